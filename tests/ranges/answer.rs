//! The answer to one request, with its body, and the parts of a `multipart/byteranges`.

use std::ops::Range;
use std::str::FromStr;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use etag_runtime::Preconditions;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, HeaderMap, HeaderName};
use http::{HeaderValue, Method, StatusCode};
use http_body_util::BodyExt as _;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Bytes,
}

/// One part of a representation.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) media_type: String,
    pub(crate) octets: Range<usize>,
    pub(crate) complete_length: usize,
    pub(crate) body: Vec<u8>,
}

/// The preconditions of a request with these fields.
pub(crate) fn preconditions(method: &Method, fields: &[(HeaderName, &str)]) -> Preconditions {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(name, HeaderValue::from_str(value).unwrap());
    }
    Preconditions::new(method, &headers)
}

/// What `handler` answers to a GET with these fields.
pub(crate) fn get<R: IntoResponse>(fields: &[(HeaderName, &str)], handler: impl FnOnce(Preconditions) -> R) -> Answer {
    Answer::of(handler(preconditions(&Method::GET, fields)).into_response())
}

impl Answer {
    /// With the body, which is never long in coming.
    pub(crate) fn of(response: Response) -> Answer {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(Answer::read(response))
    }

    /// With the body, whose length has to be the one that was announced. HEAD announces a body that does not come.
    pub(crate) async fn read(response: Response) -> Answer {
        let (parts, body) = response.into_parts();
        let body = body.collect().await.unwrap().to_bytes();
        if let Some(length) = parts.headers.get(CONTENT_LENGTH).filter(|_| !body.is_empty()) {
            assert_eq!(length.to_str().unwrap().parse(), Ok(body.len()), "{parts:?}");
        }
        Answer { status: parts.status, headers: parts.headers, body }
    }

    pub(crate) fn text(&self, name: &HeaderName) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// The parts of a `206`, however it has them.
    pub(crate) fn parts(&self) -> Vec<Part> {
        assert_eq!(self.status, StatusCode::PARTIAL_CONTENT);
        let media_type = self.text(&CONTENT_TYPE).unwrap();
        let Some(boundary) = media_type.strip_prefix("multipart/byteranges; boundary=") else {
            return vec![Part::new(media_type, self.text(&CONTENT_RANGE).unwrap(), &self.body)];
        };
        assert_eq!(self.text(&CONTENT_RANGE), None, "every part has its own");
        split(&self.body, boundary)
    }
}

/// The parts as a reader of RFC 2046 § 5.1.1 finds them: the boundary has to stand nowhere else.
pub(crate) fn split(body: &[u8], boundary: &str) -> Vec<Part> {
    let delimiter = format!("\r\n--{boundary}");
    let body = [b"\r\n", body].concat();
    let mut starts = Vec::new();
    for place in 0..body.len() {
        if body[place..].starts_with(delimiter.as_bytes()) {
            starts.push(place);
        }
    }
    assert_eq!(starts.first(), Some(&0), "there is nothing before the first part");
    let last = starts.pop().unwrap();
    assert_eq!(&body[last + delimiter.len()..], b"--\r\n", "there is nothing behind the last part");
    let ends = starts.iter().skip(1).chain([&last]);
    let parts = starts.iter().zip(ends).map(|(start, end)| &body[start + delimiter.len()..*end]);
    parts.map(Part::parse).collect()
}

impl Part {
    fn new(media_type: &str, content_range: &str, body: &[u8]) -> Part {
        let (octets, complete_length) = content_range.strip_prefix("bytes ").unwrap().split_once('/').unwrap();
        let (first, last) = octets.split_once('-').unwrap();
        let number = |text| usize::from_str(text).unwrap();
        Part {
            media_type: media_type.into(),
            octets: number(first)..number(last) + 1,
            complete_length: number(complete_length),
            body: body.into(),
        }
    }

    fn parse(part: &[u8]) -> Part {
        let end = part.windows(4).position(|octets| octets == b"\r\n\r\n").unwrap();
        let head = std::str::from_utf8(&part[..end]).unwrap();
        let head = head.strip_prefix("\r\nContent-Type: ").unwrap();
        let (media_type, content_range) = head.split_once("\r\nContent-Range: ").unwrap();
        Part::new(media_type, content_range, &part[end + 4..])
    }
}

/// All octets of a body that is never long in coming.
pub(crate) fn block_on(body: Body) -> Result<Bytes, axum::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(body.collect()).map(http_body_util::Collected::to_bytes)
}
