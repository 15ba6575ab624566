//! Whatever the content is and whatever is asked: what is sent are its octets, all that were asked for, and no more than it has.

use std::ops::Range;

use etag_runtime::{Content, Validators};
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, RANGE};
use http::{HeaderMap, HeaderValue, Method, StatusCode};
use proptest::prelude::*;

use crate::answer::{Answer, Part};
use crate::fresh::Chunks;

/// One range, as it is written.
#[derive(Debug, Clone, Copy)]
enum Spec {
    From(u64),
    Between(u64, u64),
    Last(u64),
}

impl Spec {
    fn text(self) -> String {
        match self {
            Spec::From(first) => format!("{first}-"),
            Spec::Between(first, last) => format!("{first}-{last}"),
            Spec::Last(suffix) => format!("-{suffix}"),
        }
    }

    /// The octets of so many, as § 14.1.2 has it, one by one.
    fn selects(self, octet: u64, length: u64) -> bool {
        match self {
            Spec::From(first) => octet >= first,
            Spec::Between(first, last) => octet >= first && octet <= last,
            Spec::Last(suffix) => length - octet <= suffix,
        }
    }
}

fn specs() -> impl Strategy<Value = Vec<Spec>> {
    let place = || prop_oneof![4 => 0..2500_u64, 1 => any::<u64>()];
    let spec = prop_oneof![
        place().prop_map(Spec::From),
        (place(), 0..200_u64).prop_map(|(first, more)| Spec::Between(first, first.saturating_add(more))),
        place().prop_map(Spec::Last),
    ];
    proptest::collection::vec(spec, 1..12)
}

fn octets() -> impl Strategy<Value = Vec<u8>> {
    // The octets that a multipart is made of are more likely than others.
    proptest::collection::vec(any::<u8>(), 0..2500).prop_map(|mut octets| {
        octets.iter_mut().filter(|octet| **octet > 200).for_each(|octet| *octet = b"-\r\n"[usize::from(*octet % 3)]);
        octets
    })
}

fn ask(range: &[u8], content: Content) -> Answer {
    let mut headers = HeaderMap::new();
    headers.insert(RANGE, HeaderValue::from_bytes(range).unwrap());
    let preconditions = etag_runtime::Preconditions::new(&Method::GET, &headers);
    let response = preconditions.respond_with_content(Validators::new(), content);
    Answer::of(axum::response::IntoResponse::into_response(response))
}

/// What is true of any answer. The octets that it has, which may be all.
fn check(answer: &Answer, content: &[u8]) -> Vec<Range<usize>> {
    let length = answer.headers[CONTENT_LENGTH].to_str().unwrap();
    assert_eq!(length, answer.body.len().to_string());
    assert!(answer.body.len() <= content.len(), "{} octets for {}", answer.body.len(), content.len());
    if answer.status == StatusCode::OK {
        assert_eq!(answer.body, content);
        assert_eq!(answer.text(&CONTENT_RANGE), None);
        return vec![0..content.len()];
    }
    let parts = answer.parts();
    for Part { octets, complete_length, body, .. } in &parts {
        assert_eq!(*complete_length, content.len());
        assert_eq!(*body, content[octets.clone()]);
    }
    let mut sorted: Vec<_> = parts.into_iter().map(|part| part.octets).collect();
    sorted.sort_by_key(|octets| octets.start);
    assert!(sorted.len() <= 100);
    assert!(sorted.windows(2).all(|pair| pair[0].end < pair[1].start), "parts that could be one: {sorted:?}");
    sorted
}

proptest! {
    #[test]
    fn all_octets_that_were_asked_for_are_sent(content in octets(), specs in specs(), size in 1..500_usize) {
        let text: Vec<_> = specs.iter().map(|spec| spec.text()).collect();
        let range = format!("bytes={}", text.join(", "));
        let length = content.len() as u64;
        let wanted: Vec<u64> =
            (0..length).filter(|octet| specs.iter().any(|spec| spec.selects(*octet, length))).collect();

        let answer = ask(range.as_bytes(), content.clone().into());
        if answer.status == StatusCode::RANGE_NOT_SATISFIABLE {
            prop_assert!(wanted.is_empty());
            prop_assert_eq!(answer.text(&CONTENT_RANGE), Some(&*format!("bytes */{length}")));
            return Ok(());
        }
        let sent = check(&answer, &content);
        for octet in &wanted {
            let octet = usize::try_from(*octet).unwrap();
            prop_assert!(sent.iter().any(|part| part.contains(&octet)), "{} is missing", octet);
        }
        if let [_] = specs.as_slice() && length > 0 {
            prop_assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT);
            prop_assert_eq!(answer.body.len(), wanted.len());
        }

        // The same from a stream.
        let octets = content.clone();
        let stream = Content::stream(length, move |part| {
            let place = |octet| usize::try_from(octet).unwrap();
            Chunks::of(&octets[place(part.start)..place(part.end)], size)
        });
        let streamed = ask(range.as_bytes(), stream);
        prop_assert_eq!(streamed.status, answer.status);
        prop_assert_eq!(check(&streamed, &content), sent);
    }

    #[test]
    fn any_field_is_answered(
        content in octets(),
        range in prop_oneof![
            "bytes=[-0-9, ]{0,40}",
            "[ -~]{0,40}",
            proptest::collection::vec(32..=255_u8, 0..40).prop_map(|octets| {
                octets.into_iter().filter(|octet| *octet != 127).map(char::from).collect()
            }),
        ],
    ) {
        let octets: Vec<u8> = range.chars().map(|octet| u8::try_from(u32::from(octet)).unwrap()).collect();
        let answer = ask(&octets, content.clone().into());
        if answer.status != StatusCode::RANGE_NOT_SATISFIABLE {
            check(&answer, &content);
        }
    }
}
