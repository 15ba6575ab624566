//! One note as JSON, CBOR or a page for people, in the language of the reader: what each of them is decides its tag, and nothing is
//! rendered for a `304`.
//!
//! `cargo run -p etag-examples --example negotiation` prints requests to try.
#![expect(clippy::print_stdout, reason = "it tells what to try")]

use axum::Json;
use axum::Router;
use axum::response::{Html, IntoResponse, Response, Result};
use axum::routing::get;
use etag_runtime::{Accept, ETag, Preconditions, Variant};
use fluent_langneg::{
    LanguageIdentifier, NegotiationStrategy, convert_vec_str_to_langids_lossy, negotiate_languages,
    parse_accepted_languages,
};
use http::header::{ACCEPT_LANGUAGE, CONTENT_TYPE};
use http::{HeaderMap, StatusCode};
use serde::Serialize;

#[derive(Serialize, ETag)]
struct Note {
    text: &'static str,
    #[etag(version)]
    version: u64,
}

#[derive(Clone, Copy)]
enum Form {
    Json,
    Cbor,
    Html,
}

/// What is offered. The first is what a client gets that does not say what it wants.
const FORMS: &[(&str, Form)] =
    &[("application/json", Form::Json), ("application/cbor", Form::Cbor), ("text/html", Form::Html)];

/// Raised with every change of the page: it is part of the tag, as the shape of the JSON is without further ado.
const TEMPLATE: &str = "1";

async fn show(preconditions: Preconditions, accept: Accept, fields: HeaderMap) -> Result<Response> {
    let (form, media_type) = accept.choose(FORMS)?; // 406
    let mut preconditions = preconditions.with_variant(media_type);
    let language = language(&fields);
    if matches!(form, Form::Html) {
        // The language of the page is that of its headings. JSON and CBOR have none.
        let page = Variant::new("template", TEMPLATE);
        preconditions = preconditions.with_variant(page).with_variant(Variant::language(language));
    }
    let note = Note { text: "Remember the <b>milk</b>", version: 1 };
    Ok(preconditions.respond(note).render(|note| match form {
        Form::Json => Json(note).into_response(),
        Form::Cbor => cbor(&note),
        Form::Html => page(&note, language).into_response(),
    }))
}

/// The best of the languages that there are texts in.
fn language(fields: &HeaderMap) -> &'static str {
    let asked = fields.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let offered = convert_vec_str_to_langids_lossy(["en", "de"]);
    let asked: Vec<LanguageIdentifier> = parse_accepted_languages(asked);
    let found = negotiate_languages(&asked, &offered, None, NegotiationStrategy::Lookup);
    if found.first().is_some_and(|language| language.language.as_str() == "de") { "de" } else { "en" }
}

fn cbor(note: &Note) -> Response {
    let mut octets = Vec::new();
    match ciborium::into_writer(note, &mut octets) {
        Ok(()) => ([(CONTENT_TYPE, "application/cbor")], octets).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn page(note: &Note, language: &str) -> Html<String> {
    let heading = if language == "de" { "Notiz" } else { "Note" };
    let text = note.text.replace('&', "&amp;").replace('<', "&lt;");
    Html(format!("<!doctype html><html lang={language}><title>{heading}</title><h1>{heading}</h1><p>{text}"))
}

fn app() -> Router {
    Router::new().route("/note", get(show))
}

const TRY: &str = r#"curl -si "$url"                                      # JSON
curl -si "$url" -H 'Accept: text/html'                 # a page: the same state, another representation
curl -si "$url" -H 'Accept: text/html' -H 'Accept-Language: de-AT, en;q=0.5'
curl -si "$url" -H 'Accept: image/png'                 # 406"#;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("url=http://{}/note", listener.local_addr()?);
    println!("{TRY}");
    axum::serve(listener, app()).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use http::Request;
    use http::header::{ACCEPT, ETAG, IF_NONE_MATCH, VARY};
    use tower::ServiceExt as _;

    use super::*;

    async fn get(fields: &[(http::HeaderName, &str)]) -> Response {
        let mut request = Request::builder().uri("/note");
        for (name, value) in fields {
            request = request.header(name, *value);
        }
        let Ok(response) = app().oneshot(request.body(Body::empty()).expect("a valid request")).await;
        response
    }

    fn tag(response: &Response) -> &str {
        response.headers()[ETAG].to_str().expect("an entity tag is text here")
    }

    #[tokio::test]
    async fn the_page_is_in_the_language_of_the_reader_and_the_json_is_in_none() {
        let german = (ACCEPT_LANGUAGE, "de-AT, en;q=0.5");
        let json = [get(&[]).await, get(std::slice::from_ref(&german)).await];
        assert_eq!(tag(&json[0]), tag(&json[1]));
        assert_eq!(json[1].headers()[VARY], "accept");

        let html = (ACCEPT, "text/html");
        let pages = [get(std::slice::from_ref(&html)).await, get(&[html, german]).await];
        assert_ne!(tag(&pages[0]), tag(&pages[1]));
        assert_eq!(pages[1].headers()["content-language"], "de");
    }

    #[tokio::test]
    async fn each_form_is_revalidated_with_its_own_tag() {
        for form in ["application/json", "application/cbor", "text/html"] {
            let seen = get(&[(ACCEPT, form)]).await;
            let again = get(&[(ACCEPT, form), (IF_NONE_MATCH, tag(&seen))]).await;
            assert_eq!((seen.status(), again.status()), (StatusCode::OK, StatusCode::NOT_MODIFIED), "{form}");
        }
        assert_eq!(get(&[(ACCEPT, "image/png")]).await.status(), StatusCode::NOT_ACCEPTABLE);
    }
}
