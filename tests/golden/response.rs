//! The tag of a response that nothing else has named, as the layer shows it.

use std::convert::Infallible;

use axum::body::Body;
use etag_runtime::{ConditionalLayer, EntityTag};
use http::header::ETAG;
use http::{Request, Response};
use tower::{ServiceBuilder, ServiceExt as _, service_fn};

/// The tag of a response with these field lines and this content.
pub(crate) fn tag(fields: &[(String, String)], content: &str) -> EntityTag {
    let within = service_fn(|_| {
        let response = fields.iter().fold(Response::builder(), |response, (name, value)| response.header(name, value));
        std::future::ready(Ok::<_, Infallible>(response.body(Body::from(content.to_owned())).unwrap()))
    });
    let response = ServiceBuilder::new().layer(ConditionalLayer::new()).service(within).oneshot(Request::new(()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let response = runtime.block_on(response).unwrap();
    EntityTag::parse(response.headers()[ETAG].as_bytes()).unwrap()
}
