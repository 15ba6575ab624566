//! A content that is opened where it is needed, and not before.

use std::io::{Seek as _, SeekFrom, Write as _};
use std::ops::Range;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::response::{IntoResponse as _, Response};
use etag_runtime::{Content, Preconditions, Validators};
use http::header::{CONTENT_LENGTH, IF_NONE_MATCH, RANGE};
use http::{Method, StatusCode};
use http_body_util::BodyExt as _;

use crate::answer::{block_on, get, preconditions};
use crate::fresh::{Broken, Chunks};

/// What was opened, in its order.
type Opened = Arc<Mutex<Vec<Range<u64>>>>;

/// `length` octets, each of them the last digit of its place.
fn digits(octets: Range<u64>) -> Vec<u8> {
    octets.map(|place| b'0' + u8::try_from(place % 10).unwrap()).collect()
}

/// A content of a thousand octets, of which `read` makes the body of a range.
fn show(fields: &[(http::HeaderName, &str)], read: fn(Range<u64>) -> Body) -> (Response, Opened) {
    let opened = Opened::default();
    let log = Arc::clone(&opened);
    let content = Content::stream(1000, move |octets| {
        log.lock().unwrap().push(octets.clone());
        read(octets)
    });
    let preconditions = preconditions(&Method::GET, fields);
    (preconditions.respond_with_content(Validators::new(), content).into_response(), opened)
}

fn exactly(octets: Range<u64>) -> Body {
    Chunks::of(&digits(octets), 7)
}

#[test]
fn only_what_is_sent_is_opened() {
    let (response, opened) = show(&[(RANGE, "bytes=500-509")], exactly);
    assert_eq!(*opened.lock().unwrap(), [], "not before the body is read");
    assert_eq!(&*block_on(response.into_body()).unwrap(), b"0123456789");
    assert_eq!(*opened.lock().unwrap(), [500..510]);

    let (response, opened) = show(&[(RANGE, "bytes=5000-")], exactly);
    assert_eq!(response.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    _ = block_on(response.into_body()).unwrap();
    assert_eq!(*opened.lock().unwrap(), []);

    let (response, opened) = show(&[(RANGE, "bytes=500-509"), (IF_NONE_MATCH, "*")], exactly);
    assert_eq!(response.status(), StatusCode::NOT_MODIFIED);
    _ = block_on(response.into_body()).unwrap();
    assert_eq!(*opened.lock().unwrap(), []);
}

#[test]
fn a_part_is_opened_when_the_one_before_it_is_sent() {
    let (response, opened) = show(&[(RANGE, "bytes=500-509,0-9")], exactly);
    let mut body = response.into_body();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let mut seen = Vec::new();
    let mut sent = Vec::new();
    while let Some(frame) = runtime.block_on(body.frame()) {
        sent.extend(frame.unwrap().into_data().unwrap());
        seen.push(opened.lock().unwrap().len());
    }
    // A head, two chunks of a part, twice; and the end.
    assert_eq!(seen, [0, 1, 1, 1, 2, 2, 2]);
    assert_eq!(*opened.lock().unwrap(), [500..510, 0..10]);
    assert_eq!(String::from_utf8(sent).unwrap().matches("0123456789").count(), 2);
}

#[test]
fn octets_behind_the_part_are_not_sent() {
    let endlessly = |octets: Range<u64>| Chunks::of(&digits(octets.start..octets.start + 5000), 7);
    let answer = get(&[(RANGE, "bytes=500-509")], |_| show(&[(RANGE, "bytes=500-509")], endlessly).0);
    assert_eq!(&*answer.body, b"0123456789");
    let several = get(&[], |_| show(&[(RANGE, "bytes=500-509,0-9")], endlessly).0);
    assert!(several.parts().iter().all(|part| part.body == b"0123456789"));
    let whole = get(&[], |_| show(&[], endlessly).0);
    assert_eq!(*whole.body, digits(0..1000));
}

/// As in the documentation: handles that share one place.
#[test]
fn the_parts_of_a_file_are_read_one_after_the_other() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&digits(0..100_000)).unwrap();
    let content = Content::stream(100_000, move |octets| {
        file.seek(SeekFrom::Start(octets.start)).unwrap();
        let file = tokio::fs::File::from_std(file.try_clone().unwrap());
        Body::from_stream(tokio_util::io::ReaderStream::with_capacity(file, 64))
    });
    let fields = [(RANGE, "bytes=90001-90010, 5-14, -20003")];
    let parts = get(&fields, |preconditions| preconditions.respond_with_content(Validators::new(), content)).parts();
    let octets: Vec<_> = parts.iter().map(|part| part.octets.clone()).collect();
    assert_eq!(octets, [79_997..100_000, 5..15]);
    for part in parts {
        assert_eq!(part.body, digits(part.octets.start as u64..part.octets.end as u64));
    }
}

/// What is missing is not made up for, and the client learns of it.
#[test]
fn a_stream_that_ends_early_is_an_error() {
    let half = |octets: Range<u64>| exactly(octets.start..octets.start + (octets.end - octets.start) / 2);
    for range in ["bytes=500-509", "bytes=500-509,0-9", "bytes=0-"] {
        let (response, _) = show(&[(RANGE, range)], half);
        assert_eq!(response.status(), StatusCode::PARTIAL_CONTENT);
        let error = block_on(response.into_body()).unwrap_err();
        assert_eq!(error.to_string(), "the content has ended before its last octet", "{range}");
    }
    let (response, _) = show(&[(RANGE, "bytes=500-509")], |_| Body::new(Broken));
    assert_eq!(block_on(response.into_body()).unwrap_err().to_string(), "the disk is gone");
}

#[test]
fn the_length_is_announced_before_anything_is_opened() {
    let content = Content::stream(u64::MAX, |_| unreachable!("nothing is read"));
    let range = preconditions(&Method::GET, &[(RANGE, "bytes=-18446744073709551615,0-0")]);
    let response = range.respond_with_content(Validators::new(), content).into_response();
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[CONTENT_LENGTH], "18446744073709551615");
}

/// A service may be shared between threads, and so may what it answers with be sent between them.
#[test]
fn a_response_with_a_content_can_be_sent_to_another_thread() {
    fn is_send<T: Send>(_: &T) {}
    let respond = |preconditions: Preconditions| preconditions.respond_with_content(Validators::new(), "");
    is_send(&respond(preconditions(&Method::GET, &[])));
}
