//! A client that has seen everything, without a socket.

use anyhow::{Context as _, Result, ensure};
use axum::Router;
use axum::body::Body;
use http::header::{ETAG, IF_NONE_MATCH};
use http::{HeaderValue, Request, StatusCode, Uri};
use http_body_util::BodyExt as _;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

/// Repeats requests for some resources, each with the tag that it had, or without.
pub(crate) struct Client<'a> {
    router: Router,
    runtime: &'a Runtime,
    requests: Vec<(Uri, Option<HeaderValue>)>,
    next: usize,
    expected: StatusCode,
}

impl<'a> Client<'a> {
    /// For the resources with these ids under `path`. Asks for each once, and then expects `304` if it sends the tags.
    pub(crate) fn new(
        router: &Router,
        runtime: &'a Runtime,
        path: &str,
        ids: impl Iterator<Item = i64>,
        is_conditional: bool,
    ) -> Result<Client<'a>> {
        let expected = if is_conditional { StatusCode::NOT_MODIFIED } else { StatusCode::OK };
        let mut client = Client { router: router.clone(), runtime, requests: Vec::new(), next: 0, expected };
        for id in ids {
            let uri: Uri = format!("/{path}/{id}").parse()?;
            let response = runtime.block_on(client.router.clone().oneshot(request(&uri, None)))?;
            ensure!(response.status() == StatusCode::OK, "{uri}: {}", response.status());
            let tag = response.headers().get(ETAG).context("a representation has a tag")?.clone();
            client.requests.push((uri, is_conditional.then_some(tag)));
        }
        client.request()?;
        Ok(client)
    }

    /// One request, with the whole response.
    pub(crate) fn request(&mut self) -> Result<()> {
        let (uri, tag) = &self.requests[self.next];
        self.next = (self.next + 1) % self.requests.len();
        let request = request(uri, tag.clone());
        let (status, body) = self.runtime.block_on(async {
            let response = self.router.clone().oneshot(request).await?;
            let status = response.status();
            anyhow::Ok((status, response.into_body().collect().await?.to_bytes()))
        })?;
        ensure!(status == self.expected, "{uri}: {status}, {}", String::from_utf8_lossy(&body));
        Ok(())
    }
}

fn request(uri: &Uri, tag: Option<HeaderValue>) -> Request<Body> {
    let mut request = Request::new(Body::empty());
    *request.uri_mut() = uri.clone();
    if let Some(tag) = tag {
        request.headers_mut().insert(IF_NONE_MATCH, tag);
    }
    request
}
