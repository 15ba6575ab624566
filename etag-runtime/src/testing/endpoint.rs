//! [`Endpoint`]: what is to be checked, and how a request reaches it.

use axum::Router;
use axum::body::{Body, Bytes};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use tower_service::Service as _;

use super::exchange::Exchange;
use super::{Failure, reading, writing};

/// Checks an endpoint with some forty requests; see [`Endpoint`].
///
/// # Panics
///
/// If the endpoint does anything wrong: with a sentence that says what, and by which section of which RFC.
pub async fn assert_conditional(app: &Router, uri: &str) {
    Endpoint::new(app, uri).assert().await;
}

/// An address of an application, whose conditional requests are to be checked.
///
/// It has to answer a GET with `200`. Checked is that the answer has a validator, that it is revalidated (also by lists, by weak forms, by several
/// field lines, by dates), that whatever is no match gets the representation, that `304` and HEAD have the fields that they must
/// have and no others, and that a false `If-Match` is a `412`. `max-age` and `s-maxage` may count down from answer to answer.
///
/// Nothing but GET and HEAD is sent unless a method is named with [`refuses`](Endpoint::refuses).
#[derive(Debug, Clone)]
#[must_use = "nothing is checked before `check` or `assert`"]
pub struct Endpoint<'a> {
    app: &'a Router,
    uri: &'a str,
    /// What every request has: a session, a language.
    fields: HeaderMap,
    writes: Vec<Write>,
}

/// A method that may change something, with a body that would.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) method: Method,
    pub(super) content_type: HeaderValue,
    pub(super) body: Bytes,
}

impl<'a> Endpoint<'a> {
    /// This path, with its query, of this application.
    pub fn new(app: &'a Router, uri: &'a str) -> Endpoint<'a> {
        Endpoint { app, uri, fields: HeaderMap::new(), writes: Vec::new() }
    }

    /// With this field in every request: who asks, and in which language.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Endpoint<'a> {
        self.fields.append(name, value);
        self
    }

    /// Checks as well that this method is refused if its precondition is false or cannot be read, also one by date, and that it has changed
    /// nothing then.
    ///
    /// `body` is JSON that the endpoint takes. Every request that is sent has to be refused: an endpoint that is right
    /// stays as it is. One that is not may carry the method out, so keep to a database for tests.
    pub fn refuses(mut self, method: Method, body: impl Into<Bytes>) -> Endpoint<'a> {
        let content_type = HeaderValue::from_static("application/json");
        self.writes.push(Write { method, content_type, body: body.into() });
        self
    }

    /// The same, with a body of another media type, such as `application/merge-patch+json`.
    pub fn refuses_content(
        mut self,
        method: Method,
        content_type: HeaderValue,
        body: impl Into<Bytes>,
    ) -> Endpoint<'a> {
        self.writes.push(Write { method, content_type, body: body.into() });
        self
    }

    /// Checks it.
    ///
    /// # Errors
    ///
    /// The first thing that it does wrong.
    pub async fn check(&self) -> Result<(), Failure> {
        let representation = reading::check(self).await?;
        for write in &self.writes {
            writing::check(self, write, &representation).await?;
        }
        Ok(())
    }

    /// Checks it in a test.
    ///
    /// # Panics
    ///
    /// With the [`Failure`] of [`check`](Endpoint::check).
    pub async fn assert(&self) {
        if let Err(failure) = self.check().await {
            panic!("{failure}");
        }
    }

    /// Sends a request with these conditional fields, and whatever every request has.
    pub(super) async fn send(&self, method: Method, fields: &[(HeaderName, &[u8])]) -> Result<Exchange, Failure> {
        self.send_body(method, fields, Body::empty()).await
    }

    pub(super) async fn send_write(&self, write: &Write, fields: &[(HeaderName, &[u8])]) -> Result<Exchange, Failure> {
        let content_type = (http::header::CONTENT_TYPE, write.content_type.as_bytes());
        let fields: Vec<_> = fields.iter().cloned().chain([content_type]).collect();
        self.send_body(write.method.clone(), &fields, Body::from(write.body.clone())).await
    }

    async fn send_body(&self, method: Method, fields: &[(HeaderName, &[u8])], body: Body) -> Result<Exchange, Failure> {
        let mut request = Request::new(body);
        *request.method_mut() = method.clone();
        *request.uri_mut() = self.uri.parse().unwrap_or_else(|error| panic!("`{}` is no address: {error}", self.uri));
        *request.headers_mut() = self.fields.clone();
        for (name, value) in fields {
            let value = HeaderValue::from_bytes(value).expect("the values are made of visible octets and spaces");
            request.headers_mut().append(name, value);
        }
        // A router is always ready, and never fails.
        let Ok(response) = self.app.clone().call(request).await;
        Exchange::new(&method, self.uri, fields, response).await
    }
}
