//! What was decided so far, and how much was not sent, for a Prometheus that asks now and then.

use axum::Router;
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use etag_runtime::observe;
use metrics_exporter_prometheus::{PrometheusBuilder, PrometheusHandle};

use crate::openapi::Counted;

pub(crate) use metrics_exporter_prometheus::BuildError as InstallError;

/// The counters of this program.
#[derive(Clone)]
pub(crate) struct Counters(PrometheusHandle);

impl Counters {
    /// Counts from now on, once in a program.
    pub(crate) fn install() -> Result<Counters, InstallError> {
        let counters = PrometheusBuilder::new().install_recorder()?;
        observe::describe();
        Ok(Counters(counters))
    }
}

pub(crate) fn routes<S: Clone + Send + Sync + 'static>(counters: Counters) -> Router<S> {
    Router::new().route("/metrics", get(show)).with_state(counters)
}

/// `GET`, `HEAD`: the counters as text, as Prometheus reads it.
///
/// `etag_decisions_total` counts what conditional requests have come to, by `outcome`, by the `reason` of a refusal and by the `field` that has
/// decided, and `etag_bytes_not_sent_total` the octets that a 304 has saved. They begin with the server.
#[utoipa::path(get, path = "/metrics", operation_id = "show_metrics", tag = "Metrics", responses(Counted))]
pub(crate) async fn show(State(Counters(counters)): State<Counters>) -> impl IntoResponse {
    // They are others by the next request.
    let fields = [(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8"), (CACHE_CONTROL, "no-store")];
    (fields, counters.render())
}
