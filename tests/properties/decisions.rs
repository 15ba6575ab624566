//! The decision, for any octets in any field.

use etag_runtime::{Decision, EntityTag, EntityTagList, Validators};
use http::{Method, StatusCode};
use proptest::prelude::*;

use crate::naive::{Request, members};
use crate::strategies::{cases, current, date, fragment, lines, method, preconditions, target, value};

const FIELDS: &[&str] = &["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"];
const ALL_FIELDS: &[&str] =
    &["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since", "If-Range", "Range"];

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_decision_is_that_of_a_naive_one(method in method(), lines in lines(FIELDS), target in target()) {
        let decision = preconditions(&method, &lines).evaluate(current(target.as_ref()));
        let naive = Request { method: &method, lines: &lines }.decide(target.as_ref());
        prop_assert_eq!(decision, naive);
    }

    /// The same where every case is about a list that names nearly the current tag.
    #[test]
    fn a_list_decides_as_in_a_naive_decision(
        lines in prop::collection::vec(fragment(), 1..3),
        opaque in prop::sample::select(&["a", "b", "a,b", "", "*", "\\"][..]),
        weak in any::<bool>(),
    ) {
        let ours = if weak { EntityTag::weak(opaque) } else { EntityTag::strong(opaque) };
        let target = Some(Validators::new().with_entity_tag(ours));
        for (field, method) in [("If-Match", Method::PUT), ("If-None-Match", Method::GET), ("If-None-Match", Method::PUT)] {
            let lines: Vec<_> = lines.iter().map(|line| (field, line.clone())).collect();
            let naive = Request { method: &method, lines: &lines }.decide(target.as_ref());
            let decision = preconditions(&method, &lines).evaluate(current(target.as_ref()));
            prop_assert_eq!(decision, naive, "{} {}", method, field);
        }
    }

    /// And where every case is about dates.
    #[test]
    fn a_date_decides_as_in_a_naive_decision(
        method in prop::sample::select(&[Method::GET, Method::HEAD, Method::PUT][..]),
        lines in lines(&["If-Modified-Since", "If-Unmodified-Since"]),
        ours in date(),
    ) {
        let target = Some(Validators::new().with_last_modified(ours));
        let naive = Request { method: &method, lines: &lines }.decide(target.as_ref());
        prop_assert_eq!(preconditions(&method, &lines).evaluate(current(target.as_ref())), naive);
    }

    #[test]
    fn a_list_is_that_of_a_naive_parser(lines in prop::collection::vec(fragment(), 1..4)) {
        let list = EntityTagList::parse(&lines);
        if let EntityTagList::Tags { tags, malformed } = list {
            let lines: Vec<_> = lines.iter().map(|line| &**line).collect();
            let naive = members(&lines);
            let seen: Vec<_> = tags.iter().map(|tag| (tag.is_weak(), tag.opaque().to_vec())).collect();
            prop_assert_eq!(seen, naive.iter().flatten().cloned().collect::<Vec<_>>());
            prop_assert_eq!(malformed, naive.contains(&Err(())));
        }
    }

    /// Whatever is in `If-Match`: a write goes on only if a member that is well formed is the current tag, or `*` is all
    /// there is.
    #[test]
    fn no_write_goes_on_without_a_match(lines in prop::collection::vec(fragment(), 1..4), target in target()) {
        let fields: Vec<_> = lines.iter().map(|line| ("If-Match", line.clone())).collect();
        let ours = target.as_ref().and_then(|validators| validators.entity_tag());
        for method in [Method::PUT, Method::PATCH, Method::DELETE, Method::POST] {
            let preconditions = preconditions(&method, &fields);
            let proceeds = preconditions.evaluate(current(target.as_ref())) == Decision::Proceed;
            let refused = preconditions.check(current(target.as_ref())).err();
            prop_assert_eq!(proceeds, refused.is_none());
            if let Some(refused) = refused {
                prop_assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED);
            }
            // Some octets of the field are the current tag, between commas or ends: a test that needs no parser.
            let quoted = |ours: &EntityTag| [b"\"", ours.opaque(), b"\""].concat();
            let named = ours.is_some_and(|ours| {
                let ours = quoted(ours);
                lines.iter().any(|line| line.windows(ours.len()).any(|octets| octets == ours))
            });
            let star = lines.iter().any(|line| line.trim_ascii() == b"*");
            prop_assert!(!proceeds || named || (star && target.is_some()));
        }
    }

    #[test]
    fn every_request_has_an_answer(method in method(), lines in lines(ALL_FIELDS), target in target()) {
        let preconditions = preconditions(&method, &lines);
        let current = current(target.as_ref());
        let decision = preconditions.evaluate(current);
        let reads = method == Method::GET || method == Method::HEAD;
        prop_assert!(decision != Decision::NotModified || reads);
        prop_assert_eq!(decision == Decision::PreconditionFailed, preconditions.check(current).is_err());
        if preconditions.range_applies(current) {
            prop_assert!(method == Method::GET && target.is_some());
            prop_assert!(lines.iter().any(|(name, _)| *name == "Range"));
        }
        prop_assert_eq!(preconditions.evaluate(current), decision, "the same again");
    }

    /// A date next to its tag field changes nothing, whatever either holds.
    #[test]
    fn a_date_next_to_its_tag_field_decides_nothing(method in method(), tags in value(), date in value(), target in target()) {
        for (tag_field, date_field) in [("If-Match", "If-Unmodified-Since"), ("If-None-Match", "If-Modified-Since")] {
            let with = vec![(tag_field, tags.clone()), (date_field, date.clone())];
            let decide = |lines| preconditions(&method, lines).evaluate(current(target.as_ref()));
            prop_assert_eq!(decide(&with), decide(&with[..1]));
        }
    }

    #[test]
    fn a_part_is_sent_only_for_the_tag_itself(if_range in value(), target in target()) {
        let lines = vec![("Range", b"bytes=0-0".to_vec()), ("If-Range", if_range.clone())];
        if preconditions(&Method::GET, &lines).range_applies(current(target.as_ref())) {
            let validators = target.unwrap();
            let theirs = if_range.trim_ascii();
            let is_tag = validators.entity_tag().is_some_and(|tag| !tag.is_weak() && theirs == [b"\"", tag.opaque(), b"\""].concat());
            let is_date = validators.last_modified().is_some_and(|date| theirs == date.to_string().as_bytes());
            prop_assert!(is_tag || is_date);
        }
    }
}
