//! A note that scripts of another origin can read, revalidate and change: what a browser has to be told for that.
//!
//! `cargo run -p etag-examples --example cors` prints the address of a page of another origin, which tries it.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::sync::{Arc, Mutex, PoisonError};

use axum::extract::State;
use axum::response::{Html, Result};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::{Conditional, Deferred, ETag, Preconditions};
use http::header::{CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderValue, Method};
use serde::Serialize;
use tokio::net::TcpListener;
use tower_http::cors::CorsLayer;

/// The recipe. Put it around everything else, so that a `304` and a refusal have its fields too: without them, a script
/// is not told a status, but that something has failed.
///
/// What the browser's own cache does needs nothing of it, since no script has written those fields.
fn cors(origin: HeaderValue) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(origin)
        // GET and POST would do without.
        .allow_methods([Method::GET, Method::PUT])
        // A field that is not on the list of the Fetch standard, or JSON as the type of a body, has to be allowed.
        .allow_headers([CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH])
        // Scripts may read `Last-Modified` and `Cache-Control` anyway, and nobody has thought of `ETag`.
        .expose_headers([ETAG])
}

#[derive(Clone, Serialize, ETag)]
struct Note {
    text: String,
    #[etag(version)]
    version: u64,
}

type Store = Arc<Mutex<Note>>;

async fn show(State(store): State<Store>, preconditions: Preconditions) -> Conditional<Note> {
    let note = store.lock().unwrap_or_else(PoisonError::into_inner).clone();
    preconditions.respond(note)
}

async fn replace(
    State(store): State<Store>,
    preconditions: Preconditions,
    body: Deferred<Json<String>>,
) -> Result<Conditional<Note>> {
    let note = store.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let current = preconditions.require().guard(Some(note))?;
    let Json(text) = body.extract().await?;
    let mut stored = store.lock().unwrap_or_else(PoisonError::into_inner);
    let saved = (stored.version == current.version).then(|| {
        *stored = Note { text, version: current.version + 1 };
        stored.clone()
    });
    Ok(current.commit(saved)?)
}

fn api() -> Router {
    let store = Store::new(Mutex::new(Note { text: "Hello".into(), version: 1 }));
    Router::new().route("/note", get(show).put(replace)).with_state(store)
}

/// The page of the other origin. It does by hand what a client with a copy does, and shows what it has got to see.
fn page(api: &str) -> Router {
    let page = PAGE.replace("API", api);
    Router::new().route("/", get(async move || Html(page)))
}

const PAGE: &str = r#"<!doctype html>
<html lang="en"><meta charset="utf-8"><link rel="icon" href="data:,"><title>Another origin</title>
<ol></ol>
<script type="module">
  const say = (text) => document.querySelector("ol").append(Object.assign(document.createElement("li"), { textContent: text }));
  const ask = async (what, options) => {
    try {
      const response = await fetch("API/note", { cache: "no-store", ...options });
      const tag = response.headers.get("ETag");
      say(`${what}: ${response.status}, ${tag ? "with a tag" : "without a tag"}`);
      return tag;
    } catch {
      say(`${what}: failed`);
    }
  };
  const put = { method: "PUT", body: JSON.stringify("Hi") };
  const json = { "Content-Type": "application/json" };
  // A tag, even if none can be read.
  const tag = (await ask("read", {})) ?? '"unknown"';
  await ask("revalidate", { headers: { "If-None-Match": tag } });
  await ask("save", { ...put, headers: { ...json, "If-Match": tag } });
  await ask("save what is old by now", { ...put, headers: { ...json, "If-Match": tag } });
  say("done");
</script>
"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let [here, there] = [TcpListener::bind("127.0.0.1:0").await?, TcpListener::bind("127.0.0.1:0").await?];
    let [api_url, page_url] = [&here, &there].map(|listener| listener.local_addr().map(|at| format!("http://{at}")));
    let (api_url, page_url) = (api_url?, page_url?);
    println!("{page_url} shows what a page of its origin may do at {api_url}/note");
    let origin = HeaderValue::try_from(&page_url).map_err(std::io::Error::other)?;
    let pages = tokio::spawn(axum::serve(there, page(&api_url)).into_future());
    axum::serve(here, api().layer(cors(origin))).await?;
    pages.await?
}

#[cfg(test)]
mod tests {
    use etag_browser::Browser;
    use serde_json::Value;

    use super::*;

    /// What a page gets to see of an API with the layer that is made for its origin.
    async fn seen(browser: &Browser, layered: impl FnOnce(Router, HeaderValue) -> Router) -> Vec<String> {
        let [here, there] = [listen().await, listen().await];
        let [api_url, page_url] = [&here, &there].map(|listener| format!("http://{}", listener.local_addr().unwrap()));
        let api = layered(api(), HeaderValue::try_from(&page_url).unwrap());
        tokio::spawn(axum::serve(here, api).into_future());
        tokio::spawn(axum::serve(there, page(&api_url)).into_future());
        browser.goto(&page_url).await;
        browser.until("document.body.innerText.includes('done')").await;
        let lines =
            browser.run("return [...document.querySelectorAll('li')].map((line) => line.innerText)", vec![]).await;
        let lines = lines.as_array().unwrap().iter().filter_map(Value::as_str).filter(|line| *line != "done");
        lines.map(str::to_owned).collect()
    }

    async fn listen() -> TcpListener {
        TcpListener::bind("127.0.0.1:0").await.unwrap()
    }

    #[tokio::test]
    async fn a_script_of_another_origin_needs_the_recipe() {
        let browser = Browser::start().await;
        assert_eq!(
            seen(&browser, |api, origin| api.layer(cors(origin))).await,
            [
                "read: 200, with a tag",
                "revalidate: 304, with a tag",
                "save: 200, with a tag",
                "save what is old by now: 412, with a tag",
            ]
        );
        assert_eq!(
            seen(&browser, |api, origin| api.layer(CorsLayer::new().allow_origin(origin))).await,
            ["read: 200, without a tag", "revalidate: failed", "save: failed", "save what is old by now: failed"],
            "whoever allows the origin only"
        );
        assert_eq!(
            seen(&browser, |api, _| api).await,
            ["read: failed", "revalidate: failed", "save: failed", "save what is old by now: failed"],
            "whoever allows nothing"
        );
    }
}
