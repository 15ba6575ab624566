//! The page on which two people edit one article: its files, which are parts of the program, each with a tag of what is in it.

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use axum::response::Response;
use axum::routing::get;
use etag_runtime::{ETag, Preconditions, Validators};

/// What the page may do: run and show what comes from this server, talk to it, and nothing else. There is no script in
/// the markup, and none can be made of a text.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

/// A file of the page.
#[derive(Debug, Clone, Copy, ETag)]
struct File {
    #[etag(skip)]
    path: &'static str,
    #[etag(skip)]
    media_type: &'static str,
    #[etag(content)]
    text: &'static str,
}

const HTML: &str = "text/html; charset=utf-8";
const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const SVG: &str = "image/svg+xml";

#[rustfmt::skip]
const FILES: &[File] = &[
    File { path: "/",                 media_type: HTML,   text: include_str!("page/index.html") },
    File { path: "/page/icon.svg",    media_type: SVG,    text: include_str!("page/icon.svg") },
    File { path: "/page/style.css",   media_type: CSS,    text: include_str!("page/style.css") },
    File { path: "/page/editors.css", media_type: CSS,    text: include_str!("page/editors.css") },
    File { path: "/page/wire.css",    media_type: CSS,    text: include_str!("page/wire.css") },
    File { path: "/page/cache.js",    media_type: SCRIPT, text: include_str!("page/cache.js") },
    File { path: "/page/conflict.js", media_type: SCRIPT, text: include_str!("page/conflict.js") },
    File { path: "/page/dom.js",      media_type: SCRIPT, text: include_str!("page/dom.js") },
    File { path: "/page/editor.js",   media_type: SCRIPT, text: include_str!("page/editor.js") },
    File { path: "/page/log.js",      media_type: SCRIPT, text: include_str!("page/log.js") },
    File { path: "/page/main.js",     media_type: SCRIPT, text: include_str!("page/main.js") },
    File { path: "/page/merge.js",    media_type: SCRIPT, text: include_str!("page/merge.js") },
    File { path: "/page/picture.js",  media_type: SCRIPT, text: include_str!("page/picture.js") },
    File { path: "/page/steps.js",    media_type: SCRIPT, text: include_str!("page/steps.js") },
    File { path: "/page/tag.js",      media_type: SCRIPT, text: include_str!("page/tag.js") },
    File { path: "/page/tally.js",    media_type: SCRIPT, text: include_str!("page/tally.js") },
    File { path: "/page/wire.js",     media_type: SCRIPT, text: include_str!("page/wire.js") },
];

/// `GET`, `HEAD`: `304` or the file.
pub(crate) fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    FILES.iter().fold(Router::new(), |router, file| {
        // Once, since no file changes while the program runs.
        let validators = file.validators();
        let show = async move |preconditions: Preconditions| file.show(&preconditions, validators);
        router.route(file.path, get(show))
    })
}

impl File {
    fn show(&self, preconditions: &Preconditions, validators: Validators) -> Response {
        let fields = [
            (CONTENT_TYPE, self.media_type),
            (CONTENT_SECURITY_POLICY, POLICY),
            (X_CONTENT_TYPE_OPTIONS, "nosniff"),
            (REFERRER_POLICY, "no-referrer"),
        ];
        preconditions.respond_with(validators, (fields, self.text))
    }
}
