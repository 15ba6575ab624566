//! The wire, there and back: whatever a client does to the tag that it has, short of changing it, the tag is its tag.
//!
//! ```text
//! entity ──GET──▶ ETag ──mangled──▶ If-None-Match ──▶ 304
//!                              └──▶ If-Match ───────▶ 200, and 412 from then on
//! ```
//!
//! Through the router of axum, so that the fields are those that a response really has.

#![no_main]

mod entities;
mod mangling;

use arbitrary::Arbitrary;
use axum::Router;
use axum::body::Body;
use axum::response::Response;
use entities::Entities;
use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderName, HeaderValue, Method, Request, StatusCode};
use libfuzzer_sys::fuzz_target;
use mangling::Mangling;
use tower_service::Service;

#[derive(Arbitrary, Debug)]
struct Input {
    entities: Entities,
    comment: u32,
    mangling: Mangling,
}

fuzz_target!(|input: Input| {
    for path in ["/article", "/page"] {
        Exchange { app: input.entities.clone().router(), path, mangling: &input.mangling }.all(input.comment);
    }
});

/// Requests to one entity.
struct Exchange<'a> {
    app: Router,
    path: &'static str,
    mangling: &'a Mangling,
}

impl Exchange<'_> {
    fn all(&mut self, comment: u32) {
        let first = self.send(Method::GET, self.path, &[]);
        assert_eq!(first.status(), StatusCode::OK);
        let seen = tag(&first);
        self.is_fresh(&seen);

        // A comment moves the representation, and a page has none.
        let commented =
            self.send(Method::POST, "/comments", &[(&HeaderName::from_static("x-comment"), comment.into())]);
        assert_eq!(commented.status(), StatusCode::OK);
        let has_comments = self.path == "/article";
        assert_eq!(self.revalidate(&seen), if has_comments { StatusCode::OK } else { StatusCode::NOT_MODIFIED });

        // Whoever has not seen it may write all the same, and once only.
        let weakened = self.write(&[(&IF_MATCH, weak(&seen))]);
        assert_eq!(weakened.status(), StatusCode::PRECONDITION_FAILED, "a weak tag guards nothing");
        let written = self.write(&self.mangled(&IF_MATCH, &seen, false));
        assert_eq!(written.status(), StatusCode::OK, "{:?} of {seen:?}", self.mangling);
        let late = self.write(&self.mangled(&IF_MATCH, &seen, false));
        assert_eq!(late.status(), StatusCode::PRECONDITION_FAILED, "{:?} of {seen:?}", self.mangling);

        // The tag of a write is the tag of the next read.
        let current = tag(&written);
        assert_eq!(tag(&late), current);
        self.is_fresh(&current);
        assert_eq!(self.revalidate(&seen), StatusCode::OK);
    }

    /// Whoever has this tag needs no body.
    fn is_fresh(&mut self, seen: &HeaderValue) {
        for may_be_weak in [false, true] {
            let answer = self.send(Method::GET, self.path, &self.mangled(&IF_NONE_MATCH, seen, may_be_weak));
            assert_eq!(answer.status(), StatusCode::NOT_MODIFIED, "{:?} of {seen:?}", self.mangling);
            assert_eq!(tag(&answer), *seen);
        }
    }

    fn revalidate(&mut self, seen: &HeaderValue) -> StatusCode {
        self.send(Method::GET, self.path, &self.mangled(&IF_NONE_MATCH, seen, true)).status()
    }

    fn write(&mut self, fields: &[(&HeaderName, HeaderValue)]) -> Response {
        self.send(Method::PUT, self.path, fields)
    }

    fn mangled<'n>(
        &self,
        name: &'n HeaderName,
        tag: &HeaderValue,
        may_be_weak: bool,
    ) -> Vec<(&'n HeaderName, HeaderValue)> {
        self.mangling.lines(tag, may_be_weak).into_iter().map(|line| (name, line)).collect()
    }

    fn send(&mut self, method: Method, path: &str, fields: &[(&HeaderName, HeaderValue)]) -> Response {
        let mut request = Request::builder().method(method).uri(path).body(Body::empty()).expect("a request");
        for (name, value) in fields {
            request.headers_mut().append(*name, value.clone());
        }
        // Nothing here waits for anything, so that polling once is enough.
        let mut answer = std::pin::pin!(self.app.call(request));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        match answer.as_mut().poll(&mut context) {
            std::task::Poll::Ready(Ok(response)) => response,
            std::task::Poll::Ready(Err(never)) => match never {},
            std::task::Poll::Pending => panic!("the handler waits"),
        }
    }
}

fn tag(response: &Response) -> HeaderValue {
    response.headers()[ETAG].clone()
}

fn weak(tag: &HeaderValue) -> HeaderValue {
    HeaderValue::from_bytes(&[b"W/", tag.as_bytes()].concat()).expect("a field value")
}
