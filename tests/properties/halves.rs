//! Tags that the toolkit has made: a write compares the state half, a read the whole tag.

use etag_runtime::{Decision, ETag, EntityTag, Validators};
use http::Method;
use proptest::prelude::*;

use crate::strategies::{cases, current, preconditions};

#[derive(ETag)]
struct Page {
    #[etag(version)]
    version: u8,
    #[etag(related, guard = false)]
    remark: Remark,
}

#[derive(ETag)]
struct Remark {
    #[etag(version)]
    version: u8,
}

/// Of few states and few representations.
fn tag() -> impl Strategy<Value = EntityTag> {
    (0..2_u8, 0..2_u8).prop_map(|(version, remark)| Page { version, remark: Remark { version: remark } }.etag())
}

/// What a client or a proxy may have made of a tag. Only the first two are tags of ours; the fourth has our state.
fn member() -> impl Strategy<Value = String> {
    (tag(), 0..10_usize).prop_map(|(tag, change)| {
        let tag = tag.to_string();
        let opaque = tag.trim_matches('"');
        match change {
            0 | 1 => tag,
            2 => format!("W/{tag}"),
            3 => format!("\"{opaque}-gzip\""),
            4 => format!("\"{}\"", &opaque[..22]),
            5 => format!("\"{}\"", &opaque[..33]),
            6 => format!("\"{}!\"", &opaque[..33]),
            7 => format!("\"x{opaque}\""),
            8 => opaque.to_owned(),
            _ => format!("\"{opaque}"),
        }
    })
}

/// The state half of a strong tag of ours, by the grammar of `docs/wire-format.md`.
fn state(member: &str) -> Option<&str> {
    let (state, representation) = member.strip_prefix('"')?.strip_suffix('"')?.split_once('.')?;
    let (representation, appended) = representation.split_at_checked(11)?;
    let coding = appended.strip_prefix("--").or(appended.strip_prefix('-')).unwrap_or("?");
    let is_coding = !coding.is_empty() && coding.bytes().all(|octet| octet.is_ascii_alphanumeric());
    let base64url = |text: &str| text.bytes().all(|octet| octet.is_ascii_alphanumeric() || b"-_".contains(&octet));
    let ours = state.len() == 22 && base64url(state) && base64url(representation);
    let ours = ours && (appended.is_empty() || is_coding);
    ours.then_some(state)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_writer_is_held_to_the_state_half_only(members in prop::collection::vec(member(), 1..5), ours in tag()) {
        let named = members.iter().any(|member| state(member) == state(&ours.to_string()));
        let target = Some(Validators::new().with_entity_tag(ours));
        for layout in [vec![members.join(",")], vec![members.join(" , ")], members] {
            let lines: Vec<_> = layout.into_iter().map(|line| ("If-Match", line.into_bytes())).collect();
            let decision = preconditions(&Method::PUT, &lines).evaluate(current(target.as_ref()));
            prop_assert_eq!(decision == Decision::Proceed, named, "{:?}", lines);
        }
    }

    #[test]
    fn a_reader_is_held_to_the_whole_tag(members in prop::collection::vec(member(), 1..5), ours in tag()) {
        let text = ours.to_string();
        let named = members.iter().any(|member| member.strip_prefix("W/").unwrap_or(member) == text);
        let target = Some(Validators::new().with_entity_tag(ours));
        let lines = [("If-None-Match", members.join(", ").into_bytes())];
        let decision = preconditions(&Method::GET, &lines).evaluate(current(target.as_ref()));
        prop_assert_eq!(decision == Decision::NotModified, named, "{:?}", members);
        let lines = [("If-Match", members.join(", ").into_bytes())];
        let decision = preconditions(&Method::GET, &lines).evaluate(current(target.as_ref()));
        prop_assert_eq!(decision == Decision::Proceed, members.contains(&text), "{:?}", members);
    }
}
