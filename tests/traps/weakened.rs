//! A proxy that compresses weakens entity tags, and a server that knows it may believe them on a write. On nothing else, and no
//! tags but its own.

use etag_runtime::{
    Current, Decision, ETag, EntityTag, ForWrite, Optional, Policy, Preconditions, Reason, Rejected, Required, Unread,
    Validators, WritePolicy,
};
use http::{Method, StatusCode};

use crate::permits::Page;
use crate::request::{request, tagged};

/// Under which a weakened tag may count.
const TRUSTING: Policy = Policy::REQUIRED.accept_weakened();

/// What the proxy makes of a tag.
fn weakened(tag: &EntityTag) -> String {
    format!("W/{tag}")
}

fn if_match(method: &Method, value: &str) -> Preconditions {
    request(method, &[("If-Match", value.as_bytes())])
}

/// Why a write with this `If-Match` is refused, if it is.
fn refusal(value: &str, policy: Policy, current: impl Fn() -> Page) -> Option<Reason> {
    let reasons = [Method::PUT, Method::PATCH, Method::POST, Method::DELETE].map(|method| {
        if_match(&method, value).under(policy).guard(Some(current())).err().map(|refused| refused.reason())
    });
    assert!(reasons.iter().all(|reason| *reason == reasons[0]), "{reasons:?}");
    reasons[0]
}

#[test]
fn a_weakened_tag_is_refused_unless_the_server_opts_in() {
    let sent = weakened(&Page::with(7, 0).etag());
    for policy in [Policy::OPTIONAL, Policy::REQUIRED, Policy::OPTIONAL.refuse_any(), Policy::REQUIRED.accept_any()] {
        assert_eq!(refusal(&sent, policy, || Page::with(7, 0)), Some(Reason::Weak), "{policy:?}");
        assert_eq!(refusal(&sent, policy.accept_weakened(), || Page::with(7, 0)), None, "{policy:?}");
    }
}

#[test]
fn a_weakened_tag_counts_by_its_state_half() {
    let tag = Page::with(7, 0).etag();
    let coded = format!("{}-gzip\"", weakened(&tag).trim_end_matches('"'));
    let listed = format!("\"other\", {}, W/\"another\"", weakened(&tag));
    for sent in [weakened(&tag), coded, listed] {
        assert_eq!(refusal(&sent, TRUSTING, || Page::with(7, 0)), None, "{sent}");
        assert_eq!(refusal(&sent, TRUSTING, || Page::with(7, 2)), None, "{sent}: the same state with remarks");
        assert_eq!(refusal(&sent, TRUSTING, || Page::with(8, 0)), Some(Reason::Stale), "{sent}");
    }
}

#[test]
fn a_weak_tag_from_elsewhere_counts_for_nothing() {
    let ours = Page::with(7, 0).etag();
    // The last has the look of two halves, and was made by somebody else: whoever made it knows what `W/` means there.
    let look_alike = ours.to_string();
    for opaque in ["v1", "", look_alike.trim_matches('"')] {
        let current = tagged(format!("\"{opaque}\"").as_bytes());
        let put = if_match(&Method::PUT, &format!("W/\"{opaque}\""));
        let refused = put.under(TRUSTING).check(Current::Present(&current)).unwrap_err();
        assert_eq!(refused.status(), StatusCode::PRECONDITION_FAILED, "{opaque:?}");
        assert_eq!(put.with_policy(TRUSTING).evaluate(Current::Present(&current)), Decision::PreconditionFailed);
    }
}

#[test]
fn a_tag_that_was_weak_when_it_left_counts_for_nothing() {
    #[derive(ETag)]
    struct Draft {
        #[etag(timestamp)]
        changed: std::time::SystemTime,
    }

    let tag = Draft { changed: std::time::UNIX_EPOCH }.etag();
    assert!(tag.is_weak());
    let current = Validators::new().with_entity_tag(tag.clone());
    // As it left, and as if the proxy had strengthened it.
    for sent in [tag.to_string(), tag.to_string().replace("W/", "")] {
        let put = if_match(&Method::PUT, &sent).with_policy(TRUSTING);
        assert_eq!(put.check(Current::Present(&current)).unwrap_err().reason(), Reason::Weak, "{sent}");
    }
}

#[test]
fn a_reader_is_not_believed() {
    let tag = Page::with(7, 0).etag();
    let current = Validators::new().with_entity_tag(tag.clone());
    for method in [Method::GET, Method::HEAD, Method::from_bytes(b"QUERY").unwrap()] {
        let reader = if_match(&method, &weakened(&tag)).with_policy(TRUSTING);
        assert_eq!(reader.evaluate(Current::Present(&current)), Decision::PreconditionFailed, "{method}");
        let strong = if_match(&method, &tag.to_string()).with_policy(TRUSTING);
        assert_eq!(strong.evaluate(Current::Present(&current)), Decision::Proceed, "{method}");
    }
}

#[test]
fn a_part_of_what_was_weakened_is_not_sent() {
    let tag = Page::with(7, 0).etag();
    let current = Validators::new().with_entity_tag(tag.clone());
    let applies = |if_range: &str| {
        let get = request(&Method::GET, &[("Range", b"bytes=0-1"), ("If-Range", if_range.as_bytes())]);
        get.with_policy(TRUSTING).range_applies(Current::Present(&current))
    };
    assert!(applies(&tag.to_string()));
    assert!(!applies(&weakened(&tag)), "octets of one coding do not continue those of another");
}

#[test]
fn a_weakened_tag_names_a_version_only_under_that_policy() {
    #[derive(Debug, ETag)]
    #[etag(reversible)]
    struct Plain {
        #[etag(version)]
        version: u32,
    }

    let sent = weakened(&Plain { version: 7 }.etag());
    let put = if_match(&Method::PUT, &sent);
    let versions = |permit: Result<Unread<'_, Plain>, Rejected>| permit.unwrap().versions().to_vec();
    assert!(versions(put.require().guard_unread()).is_empty());
    assert_eq!(versions(put.under(TRUSTING).guard_unread()), [7]);
    // Without halves it is not ours, whatever it says.
    let opaque = if_match(&Method::PUT, "W/\"7\"");
    assert!(versions(opaque.under(TRUSTING).guard_unread()).is_empty());
    // What is asked afterwards, when no row has matched, keeps to the same policy.
    let late = |policy| put.under(policy).guard_unread().unwrap().superseded(Some(Plain { version: 8 })).reason();
    assert_eq!((late(Policy::REQUIRED), late(TRUSTING)), (Reason::Stale, Reason::Stale));
    let refused = put.require().guard_unread().unwrap().superseded(Some(Plain { version: 7 }));
    assert_eq!(refused.reason(), Reason::Weak, "the version is current, but was not named strongly");
}

#[test]
fn the_router_or_the_handler_may_opt_in() {
    enum Trusting {}
    impl WritePolicy for Trusting {
        const POLICY: Policy = TRUSTING;
    }

    let put = if_match(&Method::PUT, &weakened(&Page::with(7, 0).etag()));
    let behind_proxy = put.clone().with_policy(Policy::OPTIONAL.accept_weakened());
    let page = || Some(Page::with(7, 0));
    assert!(ForWrite::<Required>::from(put.clone()).guard(page()).is_err());
    assert!(ForWrite::<Trusting>::from(put).guard(page()).is_ok());
    assert!(behind_proxy.guard(page()).is_ok());
    assert!(behind_proxy.require().guard(page()).is_ok(), "the handler asks for more, and trusts no less");
    // The proxy is the same one, whatever a handler asks of its clients.
    assert!(behind_proxy.under(Policy::REQUIRED).guard(page()).is_ok());
    assert!(ForWrite::<Required>::from(behind_proxy.clone()).guard(page()).is_ok());
    assert!(ForWrite::<Optional>::from(behind_proxy).guard(page()).is_ok());
}

#[test]
fn a_weakened_tag_is_what_a_client_does_not_want_to_replace_too() {
    let sent = weakened(&Page::with(7, 0).etag());
    for policy in [Policy::OPTIONAL, Policy::OPTIONAL.accept_weakened()] {
        let put = request(&Method::PUT, &[("If-None-Match", sent.as_bytes())]).with_policy(policy);
        assert_eq!(put.guard(Some(Page::with(7, 0))).unwrap_err().reason(), Reason::Exists, "{policy:?}");
    }
}
