//! What stands between a client and a server: it passes everything on, and keeps what was asked and answered.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::response::Response;
use http::header::{CONNECTION, TRANSFER_ENCODING};
use http::{HeaderMap, Method};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use tokio::net::TcpListener;

/// Passes on all that comes.
pub(crate) struct Recorder {
    /// Host and port, for programs.
    pub(crate) address: String,
    /// The same, for whoever calls it within this process.
    pub(crate) router: Router,
    exchanges: Exchanges,
}

type Exchanges = Arc<Mutex<Vec<Exchange>>>;

/// What a client has asked, and what the server has answered.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// The fields of the request.
    pub(crate) fields: HeaderMap,
    pub(crate) status: u16,
    /// How long the body of the answer was.
    pub(crate) octets: usize,
}

#[derive(Clone)]
struct Server {
    connections: Client<HttpConnector, Body>,
    address: String,
    exchanges: Exchanges,
}

impl Recorder {
    /// In front of the server at this address.
    pub(crate) async fn start(server: &str) -> Recorder {
        let exchanges = Exchanges::default();
        let connections = Client::builder(TokioExecutor::new()).build_http();
        let server = Server { connections, address: server.to_owned(), exchanges: Arc::clone(&exchanges) };
        let router = Router::new().fallback(pass).with_state(server);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let app = router.clone();
        tokio::spawn(async move { axum::serve(listener, app).await });
        Recorder { address, router, exchanges }
    }

    /// What has happened at this path since the last time.
    pub(crate) fn take(&self, path: &str) -> Vec<Exchange> {
        let all = std::mem::take(&mut *self.exchanges.lock().unwrap());
        all.into_iter().filter(|exchange| exchange.path == path).collect()
    }
}

async fn pass(State(server): State<Server>, mut request: Request) -> Response {
    let (method, fields) = (request.method().clone(), request.headers().clone());
    let target = request.uri().path_and_query().unwrap().to_string();
    let path = request.uri().path().to_owned();
    *request.uri_mut() = format!("http://{}{target}", server.address).parse().unwrap();
    // Of this connection, not of the next one.
    request.headers_mut().remove(CONNECTION);
    let (mut answer, body) = server.connections.request(request).await.unwrap().into_parts();
    answer.headers.remove(CONNECTION);
    answer.headers.remove(TRANSFER_ENCODING);
    let body = body.collect().await.unwrap().to_bytes();
    let exchange = Exchange { method, path, fields, status: answer.status.as_u16(), octets: body.len() };
    server.exchanges.lock().unwrap().push(exchange);
    // Of unknown length: otherwise axum would add the length of no body to a 304.
    Response::from_parts(answer, Body::from_stream(Full::new(body).into_data_stream()))
}
