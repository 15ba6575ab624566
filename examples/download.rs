//! Downloads that can be resumed, and never of two versions: a table made of a model, and a directory of files.
//!
//! `cargo run -p etag-examples --example download` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use std::path::Path;

use axum::Router;
use axum::routing::get;
use etag_runtime::{Conditional, Content, ETag, Evaluate, Preconditions, Variant};
use http::HeaderValue;
use http::header::CONTENT_DISPOSITION;
use tower_http::services::ServeDir;

#[derive(ETag)]
struct Ledger {
    entries: Vec<(&'static str, i64)>,
    #[etag(version)]
    version: u64,
}

impl Ledger {
    fn csv(&self) -> String {
        let entries = self.entries.iter();
        entries.fold("what,amount\n".to_owned(), |csv, (what, amount)| csv + what + "," + &amount.to_string() + "\n")
    }
}

/// What would be a query.
fn load() -> Ledger {
    Ledger { entries: vec![("rent", -900), ("salary", 3000), ("tea", -7)], version: 1 }
}

/// `206` for a client that has begun with this version, and everything for any other. For a `304` no table is made.
async fn export(preconditions: Preconditions) -> Conditional<Content> {
    // Its tag is not that of the JSON of a ledger. This address has no other, so that there is nothing to say in `Vary`.
    let preconditions = preconditions.with_variant(Variant::new("media-type", "text/csv"));
    let attachment = HeaderValue::from_static("attachment; filename=ledger.csv");
    preconditions
        .respond(load())
        .map(|ledger| Content::from(ledger.csv()).content_type("text/csv; charset=utf-8"))
        .header(CONTENT_DISPOSITION, attachment)
}

fn app(directory: &Path) -> Router {
    Router::new()
        .route("/ledger.csv", get(export))
        // `ServeDir` sends ranges and tags, and knows nothing of `If-Range`.
        .nest_service("/files", Evaluate::new(ServeDir::new(directory)))
}

const TRY: &str = r#"curl -si "$url/ledger.csv" -r 0-11                             # the heading
tag=$(curl -sI "$url/ledger.csv" | sed -n 's/^etag: //p' | tr -d '\r')
curl -si "$url/ledger.csv" -r 12- -H "If-Range: $tag"          # the rest of the same version
curl -si "$url/ledger.csv" -r 12- -H 'If-Range: "an old one"'  # all of the new one
curl -si "$url/ledger.csv" -r 999-                             # 416
curl -si "$url/files/download.rs" -r 0-99 -H 'If-Range: "an old one"'"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}", listener.local_addr()?);
    println!("{TRY}");
    axum::serve(listener, app(Path::new(env!("CARGO_MANIFEST_DIR")))).await
}

#[cfg(test)]
mod tests {
    use axum::body::{Body, to_bytes};
    use http::header::{CONTENT_RANGE, ETAG, IF_RANGE, RANGE};
    use http::{HeaderMap, Request, StatusCode};
    use tower::ServiceExt as _;

    use super::*;

    async fn ask(target: &str, fields: &[(http::HeaderName, &str)]) -> (StatusCode, HeaderMap, Vec<u8>) {
        let request = Request::builder().uri(target);
        let request = fields.iter().fold(request, |request, (name, value)| request.header(name, *value));
        let app = app(Path::new(env!("CARGO_MANIFEST_DIR")));
        let Ok(response) = app.oneshot(request.body(Body::empty()).expect("a valid request")).await;
        let (parts, body) = response.into_parts();
        (parts.status, parts.headers, to_bytes(body, usize::MAX).await.expect("a body").into())
    }

    #[tokio::test]
    async fn a_download_is_resumed_if_it_is_the_same_version() {
        for target in ["/ledger.csv", "/files/download.rs"] {
            let (_, fields, whole) = ask(target, &[]).await;
            let tag = fields[ETAG].to_str().expect("a tag is text here");
            let (status, fields, rest) = ask(target, &[(RANGE, "bytes=12-"), (IF_RANGE, tag)]).await;
            assert_eq!((status, &*rest), (StatusCode::PARTIAL_CONTENT, &whole[12..]), "{target}");
            assert_eq!(fields[CONTENT_RANGE], format!("bytes 12-{}/{}", whole.len() - 1, whole.len()));

            let (status, _, all) = ask(target, &[(RANGE, "bytes=12-"), (IF_RANGE, "\"an old one\"")]).await;
            assert_eq!((status, all), (StatusCode::OK, whole), "{target}");
        }
    }
}
