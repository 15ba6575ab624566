//! A write whose answer was lost, and that the client repeats (RFC 9110 § 13.1.1).

use etag_runtime::{ETag, Reason};
use http::header::ETAG;
use http::{Method, StatusCode};

use crate::request::{Article, Fields, article, put, request, sent};

#[test]
fn what_is_already_so_is_a_success_with_the_current_tag() {
    for method in [Method::PUT, Method::PATCH] {
        let repeated = request(&method, &[("if-match", &article(1).etag().to_string())]);
        let refused = repeated.require().try_guard(Some(article(2))).unwrap_err();
        let (response, body) = sent(refused.unless_applied(|stored| stored.title == "Title 2").unwrap());
        assert_eq!(response.status(), StatusCode::OK, "{method}");
        assert_eq!(response.headers()[ETAG], *article(2).etag().to_string());
        assert_eq!(body["version"], 2);
    }
}

#[test]
fn anything_else_stays_refused() {
    let refused = put(&article(1)).require().try_guard(Some(article(2))).unwrap_err();
    let refused = refused.unless_applied(|stored| stored.title == "Title 1").unwrap_err();
    assert_eq!(refused.reason(), Reason::Stale);
    assert_eq!(refused.current(), Some(&article(2)));
    // In a log it is the refusal, without the model.
    assert_eq!(refused.to_string(), "the current version is not the one that the request names");
    assert!(format!("{refused:?}").starts_with("Refused(Rejected { reason: Stale"), "{refused:?}");
}

/// Whoever deletes what was made anew has not deleted it.
#[test]
fn a_deletion_is_never_taken_for_done() {
    let seen = article(1).etag().to_string();
    for method in [Method::DELETE, Method::POST] {
        let refused = request(&method, &[("if-match", &seen)]).require().try_guard(Some(article(2))).unwrap_err();
        assert_eq!(refused.unless_applied(|_| true).unwrap_err().reason(), Reason::Stale, "{method}");
    }
    let gone = put(&article(1)).require().try_guard::<Article>(None).unwrap_err();
    assert_eq!(gone.unless_applied(|_| true).unwrap_err().reason(), Reason::NotFound);
}

/// The rule is about a version that is no longer current, and about nothing else.
#[test]
fn other_refusals_are_not_a_matter_of_what_is_stored() {
    let weak = format!("W/{}", article(2).etag());
    let rows: [(Fields<'_>, Reason); 4] = [
        (&[], Reason::MatchRequired),
        (&[("if-none-match", "*")], Reason::Exists),
        (&[("if-match", "unreadable")], Reason::Malformed),
        (&[("if-match", &weak)], Reason::Weak),
    ];
    for (fields, reason) in rows {
        let refused = request(&Method::PUT, fields).require().try_guard(Some(article(2))).unwrap_err();
        assert_eq!(refused.unless_applied(|_| true).unwrap_err().reason(), reason, "{fields:?}");
    }
}

/// The repetition that overtakes its original, and the creation that lost: only the first has a rule.
#[test]
fn after_a_lost_race() {
    let current = put(&article(1)).require().guard(Some(article(1))).unwrap();
    let lost = current.superseded(Some(article(2)));
    assert!(lost.unless_applied(|stored| stored.title == "Title 2").is_ok());
    let vacant = request(&Method::PUT, &[("if-none-match", "*")]).require().create::<Article>().unwrap();
    assert_eq!(vacant.superseded(Some(article(1))).unless_applied(|_| true).unwrap_err().reason(), Reason::Exists);
}
