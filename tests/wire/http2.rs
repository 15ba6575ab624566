//! The same over HTTP/2, where axum and hyper write other fields than over HTTP/1.1.

use harness::{Answer, exchange_http2 as exchange};
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH, TRANSFER_ENCODING, VARY,
};
use http::{Method, Request};

use crate::application::{Note, serve};

fn request(method: &Method, target: &str) -> http::request::Builder {
    Request::builder().method(method).uri(format!("http://test{target}"))
}

#[test]
fn a_304_says_nothing_about_a_content_that_it_has_not() {
    for method in [Method::GET, Method::HEAD] {
        let request = request(&method, "/note").header(IF_NONE_MATCH, Note::tag()).body(()).unwrap();
        let answer = exchange(serve(), vec![request]).remove(0);
        let headers = answer.head.headers();
        assert_eq!(answer.head.status(), 304, "{method}");
        for name in [CONTENT_LENGTH, CONTENT_TYPE, TRANSFER_ENCODING] {
            assert_eq!(headers.get(&name), None, "{method}: {name} on a 304");
        }
        assert!(answer.ended && answer.body.is_empty(), "{method}: a 304 ends with its fields");
        assert_eq!(headers[ETAG], *Note::tag());
        assert_eq!(headers.get_all(VARY).iter().collect::<Vec<_>>(), ["Accept", "Cookie, Origin"]);
        assert_eq!(headers.get_all(CACHE_CONTROL).iter().collect::<Vec<_>>(), ["private", "max-age=0"]);
    }
}

#[test]
fn head_has_the_length_of_get() {
    let requests = [Method::GET, Method::HEAD].map(|method| request(&method, "/note").body(()).unwrap());
    let answers = exchange(serve(), requests.into());
    let length = |answer: &Answer| answer.head.headers()[CONTENT_LENGTH].to_str().unwrap().parse::<usize>().unwrap();
    assert_eq!(length(&answers[0]), answers[0].body.len());
    assert_eq!(length(&answers[1]), answers[0].body.len());
    assert!(answers[1].body.is_empty());
}

#[test]
fn a_connection_goes_on_after_a_304_and_after_a_refusal() {
    let requests = vec![
        request(&Method::GET, "/note").header(IF_NONE_MATCH, Note::tag()).body(()).unwrap(),
        request(&Method::PUT, "/note").header(IF_MATCH, "\"stale\"").body(()).unwrap(),
        request(&Method::PUT, "/note").body(()).unwrap(),
        request(&Method::GET, "/note").body(()).unwrap(),
    ];
    let answers = exchange(serve(), requests);
    let statuses: Vec<_> = answers.iter().map(|answer| answer.head.status().as_u16()).collect();
    assert_eq!(statuses, [304, 412, 428, 200]);
    for refusal in &answers[1..3] {
        assert_eq!(refusal.head.headers()[CONTENT_TYPE], "application/problem+json");
        assert_eq!(refusal.head.headers()[CACHE_CONTROL], "no-store");
    }
    assert_eq!(answers[3].body, br#"{"text":"remember the milk","version":7}"#);
}
