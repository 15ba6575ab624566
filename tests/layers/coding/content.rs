//! What is sent is what was meant, and HEAD says what GET sends.

use axum::body::{Body, to_bytes};
use harness::{Connection, Response};
use http::header::CONTENT_ENCODING;
use tower::{ServiceExt as _, service_fn};
use tower_http::decompression::Decompression;

use super::application::{TEXT, serve};

pub(super) const CODINGS: [&str; 4] = ["gzip", "br", "zstd", "deflate"];

/// The octets without their coding.
fn decoded(response: &Response) -> Vec<u8> {
    let mut coded = http::Response::new(Body::from(response.body.clone()));
    if let Some(coding) = response.text("content-encoding") {
        coded.headers_mut().insert(CONTENT_ENCODING, coding.parse().unwrap());
    }
    let coded = std::sync::Mutex::new(Some(coded));
    let service = service_fn(move |_: http::Request<Body>| {
        let coded = coded.lock().unwrap().take().unwrap();
        async { Ok::<_, std::convert::Infallible>(coded) }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let plain = Decompression::new(service).oneshot(http::Request::new(Body::empty())).await.unwrap();
        to_bytes(Body::new(plain.into_body()), usize::MAX).await.unwrap().to_vec()
    })
}

#[test]
fn every_coding_has_a_tag_of_its_own_and_the_same_content() {
    let mut connection = Connection::open(serve());
    for (target, uncoded) in
        [("/own/strong", "\"v0"), ("/own/weak", "W/\"v0"), ("/own/named-like-a-coding", "\"v0-gzip")]
    {
        let plain = connection.exchange("GET", target, &[], None);
        assert_eq!(plain.text("etag"), Some(format!("{uncoded}\"")));
        assert_eq!((plain.lines("vary"), &*plain.body), (vec!["accept-encoding".to_owned()], TEXT.as_bytes()));
        for coding in CODINGS {
            let coded = connection.exchange("GET", target, &[("Accept-Encoding", coding.as_bytes())], None);
            assert_eq!(coded.text("content-encoding").as_deref(), Some(coding));
            assert_eq!(coded.text("etag"), Some(format!("{uncoded}-{coding}\"")));
            assert_eq!(coded.lines("vary"), ["accept-encoding"], "not once for each layer");
            assert_ne!(coded.body, TEXT.as_bytes());
            assert_eq!(decoded(&coded), TEXT.as_bytes(), "{coding}");
        }
    }
}

#[test]
fn head_answers_with_the_fields_of_get() {
    let mut connection = Connection::open(serve());
    for target in ["/note", "/own/strong", "/own/weak"] {
        for accepted in ["identity", "gzip", "br", "zstd", "deflate", "gzip;q=0", "*;q=0"] {
            let seen = connection.exchange("GET", target, &[("Accept-Encoding", accepted.as_bytes())], None);
            let tag = seen.text("etag").unwrap();
            for (condition, held) in
                [("If-None-Match", &*tag), ("If-None-Match", "\"stale-gzip\""), ("If-Match", &*tag)]
            {
                let fields: [(&str, &[u8]); 2] =
                    [("Accept-Encoding", accepted.as_bytes()), (condition, held.as_bytes())];
                let get = connection.exchange("GET", target, &fields, None);
                let head = connection.exchange("HEAD", target, &fields, None);
                assert_eq!(head.status, get.status, "{target} {fields:?}");
                assert_eq!(shared(&head), shared(&get), "{target} {fields:?}");
            }
        }
    }
}

/// The fields in the order of their names, but those of one message: when it was sent, and how its end is found.
fn shared(response: &Response) -> Vec<(String, Vec<u8>)> {
    let of_message = |name: &str| matches!(name, "date" | "transfer-encoding");
    let mut fields: Vec<_> = response.fields.iter().filter(|(name, _)| !of_message(name)).cloned().collect();
    fields.sort();
    fields
}
