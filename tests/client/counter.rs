//! Counters that several clients may raise: a server of the toolkit.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response, Result};
use axum::routing::get;
use axum::{Json, Router};
use etag_runtime::client::Client;
use etag_runtime::{Conditional, Deferred, ETag, ForWrite, Preconditions, Rejected, Upsert};
use http::StatusCode;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ETag)]
pub(crate) struct Counter {
    pub(crate) count: u64,
    #[etag(version)]
    pub(crate) version: u64,
}

/// What a client sends.
#[derive(Serialize, Deserialize)]
pub(crate) struct Edit {
    pub(crate) count: u64,
}

/// The counters by name, and the method and status of every answer.
#[derive(Default)]
pub(crate) struct Server {
    counters: Mutex<BTreeMap<String, Counter>>,
    answers: Mutex<Vec<(String, u16)>>,
}

impl Server {
    fn find(&self, name: &str) -> Option<Counter> {
        self.counters.lock().unwrap().get(name).cloned()
    }

    /// Compares and writes in one step, as a database does.
    pub(crate) fn write(&self, name: &str, expected: Option<u64>, count: u64) -> Option<Counter> {
        let mut counters = self.counters.lock().unwrap();
        if counters.get(name).map(|counter| counter.version) != expected {
            return None;
        }
        let counter = Counter { count, version: expected.unwrap_or(0) + 1 };
        counters.insert(name.to_owned(), counter.clone());
        Some(counter)
    }

    pub(crate) fn remove(&self, name: &str) -> bool {
        self.counters.lock().unwrap().remove(name).is_some()
    }

    /// What was answered since the last time.
    pub(crate) fn answers(&self) -> Vec<(String, u16)> {
        std::mem::take(&mut self.answers.lock().unwrap())
    }
}

type Counters = State<Arc<Server>>;

async fn show(
    State(server): Counters,
    Path(name): Path<String>,
    preconditions: Preconditions,
) -> Result<Conditional<Counter>> {
    Ok(preconditions.respond(server.find(&name).ok_or(Rejected::not_found())?))
}

async fn put(
    State(server): Counters,
    Path(name): Path<String>,
    preconditions: ForWrite,
    body: Deferred<Json<Edit>>,
) -> Result<Conditional<Counter>> {
    let permit = preconditions.upsert(server.find(&name))?;
    let Json(edit) = body.extract().await?;
    tokio::task::yield_now().await;
    Ok(match permit {
        Upsert::Replace(current) => {
            let saved = server.write(&name, Some(current.version), edit.count);
            current.commit(saved)?
        }
        Upsert::Create(vacant) => vacant.commit(server.write(&name, None, edit.count))?,
    })
}

async fn delete(State(server): Counters, Path(name): Path<String>, preconditions: ForWrite) -> Result<StatusCode> {
    let current = preconditions.guard(server.find(&name))?;
    Ok(current.commit_deleted(server.remove(&name))?)
}

/// A server with a counter `a` at 1, its address, and a client.
pub(crate) fn start() -> (Arc<Server>, String, Client) {
    let server = Arc::new(Server::default());
    server.write("a", None, 1);
    let log = Arc::clone(&server);
    let app = Router::new()
        .route("/{name}", get(show).put(put).delete(delete))
        .layer(axum::middleware::from_fn(move |request: axum::extract::Request, next: axum::middleware::Next| {
            let log = Arc::clone(&log);
            async move {
                let method = request.method().to_string();
                let response: Response = next.run(request).await.into_response();
                log.answers.lock().unwrap().push((method, response.status().as_u16()));
                response
            }
        }))
        .with_state(Arc::clone(&server));
    let address = harness::serve(app);
    (server, format!("http://{address}/a"), Client::default())
}
