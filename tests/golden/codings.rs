//! The tag of a representation with content codings, as the layer shows it.

use std::convert::Infallible;

use etag_runtime::ContentCodingLayer;
use http::header::{CONTENT_ENCODING, ETAG};
use http::{Request, Response};
use tower::{ServiceBuilder, ServiceExt as _, service_fn};

/// The tag of a response to which these codings were applied, of a representation whose tag without them this is.
pub(crate) fn tag(uncoded: String, codings: &[String]) -> String {
    if codings.is_empty() {
        return uncoded;
    }
    let coded =
        Response::builder().header(ETAG, uncoded).header(CONTENT_ENCODING, codings.join(", ")).body(()).unwrap();
    let within = service_fn(|_| std::future::ready(Ok::<_, Infallible>(coded.clone())));
    let response = ServiceBuilder::new().layer(ContentCodingLayer::new()).service(within).oneshot(Request::new(()));
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let response = runtime.block_on(response).unwrap();
    response.headers()[ETAG].to_str().unwrap().to_owned()
}
