//! A client that hides nothing: what it answers is what came over the wire.

use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, StatusCode, Version};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use serde_json::Value;
use tokio::time::timeout;

use crate::server::PATIENCE;

type Body = Full<axum::body::Bytes>;

/// The versions of HTTP that the server speaks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Http {
    One,
    Two,
}

pub(crate) const BOTH: [Http; 2] = [Http::One, Http::Two];

#[derive(Clone)]
pub(crate) struct Client {
    connections: legacy::Client<HttpConnector, Body>,
    address: String,
    version: Http,
}

impl Client {
    pub(crate) fn new(address: &str, version: Http) -> Client {
        let connections =
            legacy::Client::builder(TokioExecutor::new()).http2_only(version == Http::Two).build_http::<Body>();
        Client { connections, address: address.to_owned(), version }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Ask::new(Method::GET, path)).await
    }

    /// The tag that a GET shows.
    pub(crate) async fn tag(&self, path: &str) -> String {
        self.get(path).await.is(StatusCode::OK).field("etag")
    }

    pub(crate) async fn send(&self, ask: Ask) -> Answer {
        self.try_send(ask).await.unwrap()
    }

    /// `Err` if there is no answer, because the server is gone.
    pub(crate) async fn try_send(&self, ask: Ask) -> Result<Answer, Box<dyn std::error::Error + Send + Sync>> {
        let mut request = Request::new(Body::from(ask.body));
        *request.method_mut() = ask.method;
        *request.uri_mut() = format!("http://{}{}", self.address, ask.path).parse().unwrap();
        *request.headers_mut() = ask.headers;
        let response = timeout(PATIENCE, self.connections.request(request)).await.expect("no answer")?;
        let (parts, body) = response.into_parts();
        assert_eq!(parts.version == Version::HTTP_2, self.version == Http::Two);
        let body = timeout(PATIENCE, body.collect()).await.expect("no end of the body")?.to_bytes();
        Ok(Answer { status: parts.status, headers: parts.headers, body: body.to_vec() })
    }
}

/// A request.
#[derive(Clone)]
pub(crate) struct Ask {
    method: Method,
    path: String,
    headers: HeaderMap,
    body: Vec<u8>,
}

impl Ask {
    pub(crate) fn new(method: Method, path: &str) -> Ask {
        Ask { method, path: path.to_owned(), headers: HeaderMap::new(), body: Vec::new() }
    }

    pub(crate) fn get(path: &str) -> Ask {
        Ask::new(Method::GET, path)
    }

    pub(crate) fn put(path: &str) -> Ask {
        Ask::new(Method::PUT, path)
    }

    pub(crate) fn patch(path: &str) -> Ask {
        Ask::new(Method::PATCH, path)
    }

    pub(crate) fn post(path: &str) -> Ask {
        Ask::new(Method::POST, path)
    }

    pub(crate) fn delete(path: &str) -> Ask {
        Ask::new(Method::DELETE, path)
    }

    /// With one more field line.
    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Ask {
        self.headers.append(HeaderName::from_static(name), HeaderValue::from_bytes(value.as_bytes()).unwrap());
        self
    }

    pub(crate) fn if_match(self, tag: &str) -> Ask {
        self.with("if-match", tag)
    }

    pub(crate) fn if_none_match(self, tag: &str) -> Ask {
        self.with("if-none-match", tag)
    }

    pub(crate) fn json(self, body: &Value) -> Ask {
        self.with("content-type", "application/json").body(body.to_string())
    }

    pub(crate) fn body(mut self, body: impl Into<Vec<u8>>) -> Ask {
        self.body = body.into();
        self
    }
}

/// A response.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Answer {
    /// This, if it has the status.
    #[track_caller]
    pub(crate) fn is(self, status: StatusCode) -> Answer {
        let body = String::from_utf8_lossy(&self.body);
        assert_eq!(self.status, status, "{:?}\n{body}", self.headers);
        self
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.headers.contains_key(name)
    }

    /// The only line of a field.
    #[track_caller]
    pub(crate) fn field(&self, name: &str) -> String {
        let lines: Vec<_> = self.headers.get_all(name).iter().collect();
        assert_eq!(lines.len(), 1, "{name}: {lines:?}");
        lines[0].to_str().unwrap().to_owned()
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }

    /// The problem document, if this is one with the status.
    #[track_caller]
    pub(crate) fn problem(self, status: StatusCode) -> Value {
        let answer = self.is(status);
        assert_eq!(answer.field("content-type"), "application/problem+json");
        assert_eq!(answer.field("cache-control"), "no-store");
        let problem = answer.json();
        assert_eq!(problem["status"], status.as_u16());
        for member in ["type", "title", "detail"] {
            assert!(problem[member].as_str().is_some_and(|text| !text.is_empty()), "{member} of {problem}");
        }
        problem
    }

    /// The problem document of a precondition that failed, if that is the last word of its type.
    #[track_caller]
    pub(crate) fn refused(self, status: StatusCode, reason: &str) {
        let problem = self.problem(status);
        let r#type = problem["type"].as_str().unwrap();
        assert!(r#type.ends_with(&format!("#{reason}")), "{problem}");
    }
}
