//! The loser of a race, by what it has asked for.

use std::time::{Duration, SystemTime};

use etag_runtime::{ETag, Policy, Preconditions, Reason, Refused, Upsert};
use http::header::{CONTENT_LOCATION, ETAG};
use http::{Method, StatusCode};
use serde::Serialize;

use crate::request::{Article, Fields, article, now, put, request, sent};

const FAR: &str = "Fri, 01 Jan 2100 00:00:00 GMT";

/// A precondition that was true and is now false is a `412`; without one there is nothing that could be false.
#[test]
fn a_change() {
    let (first, second) = (article(1).etag().to_string(), article(2).etag().to_string());
    let both = format!("{first}, {second}");
    #[rustfmt::skip]
    let table: [(Fields<'_>, Reason); 6] = [
        (&[],                               Reason::Conflict),
        (&[("if-match", "*")],              Reason::Conflict),
        (&[("if-none-match", "\"other\"")], Reason::Conflict),
        (&[("if-match", &first)],           Reason::Stale),
        // The other version was not the one that the statement has compared.
        (&[("if-match", &both)],            Reason::Stale),
        // An article has no date to compare with.
        (&[("if-unmodified-since", FAR)],   Reason::Conflict),
    ];
    for (fields, reason) in table {
        let put = request(&Method::PUT, fields);
        let permit = || put.guard(Some(article(1))).unwrap();
        assert_eq!(permit().commit(None).unwrap_err().reason(), reason, "{fields:?}");
        assert_eq!(permit().commit_deleted(false).unwrap_err().reason(), reason, "{fields:?}");
        assert_eq!(permit().commit_appended(None::<Article>).unwrap_err().reason(), reason, "{fields:?}");
        let faster = || std::future::ready(Ok::<_, ()>(Some(article(2))));
        let refused = now(permit().commit_or_reload(None, faster())).unwrap().unwrap_err();
        assert_eq!(refused.reason(), reason, "{fields:?}");
        assert_eq!(refused.validators().entity_tag(), Some(&article(2).etag()));
        let refused = now(permit().commit_deleted_or_reload(false, faster())).unwrap().unwrap_err();
        assert_eq!(refused.reason(), reason, "{fields:?}");
        assert_eq!(refused.validators().entity_tag(), Some(&article(2).etag()));
        let deleted = now(permit().commit_deleted_or_reload(true, faster())).unwrap();
        assert_eq!(deleted, Ok(StatusCode::NO_CONTENT), "{fields:?}");
        assert_eq!(permit().superseded(None).reason(), Reason::NotFound, "{fields:?}");
    }
}

#[derive(Debug, Serialize, ETag)]
struct Dated {
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    updated_at: SystemTime,
}

/// A date counts only if there was one to compare with, on both sides (RFC 9110 § 13.1.4).
#[test]
fn a_change_of_what_has_a_date() {
    for (date, reason) in [(FAR, Reason::Stale), ("yesterday", Reason::Conflict)] {
        let put = request(&Method::PUT, &[("if-unmodified-since", date)]);
        let dated = Dated { version: 1, updated_at: SystemTime::UNIX_EPOCH };
        assert_eq!(put.guard(Some(dated)).unwrap().commit(None).unwrap_err().reason(), reason, "{date}");
    }
}

/// Another writer may follow in the same second, so that its date says nothing yet.
#[test]
fn a_refusal_has_no_date_whose_second_is_not_over() {
    let refused = |updated_at| {
        let stored = Dated { version: 2, updated_at };
        put(&article(1)).guard(Some(stored)).unwrap_err().validators().last_modified()
    };
    assert!(refused(SystemTime::UNIX_EPOCH).is_some());
    assert_eq!(refused(SystemTime::now() + Duration::from_secs(60)), None);
}

/// A client that comes late is asked whether it wants to create, and so is the one that loses.
#[test]
fn what_an_upsert_would_have_replaced_is_gone() {
    let current = article(1).etag().to_string();
    let table: [(Fields<'_>, Reason); 3] = [
        (&[("if-match", &current)], Reason::Missing),
        (&[("if-match", "*")], Reason::Missing),
        (&[], Reason::Conflict),
    ];
    for (fields, reason) in table {
        let put = request(&Method::PUT, fields);
        let late = put.permits().upsert::<Article>(None).err().map(|rejected| rejected.reason());
        assert!(late.is_none_or(|late| late == reason), "{fields:?}");
        let permits =
            [put.permits().upsert(Some(article(1))).unwrap(), put.permits().try_upsert(Some(article(1))).unwrap()];
        for permit in permits {
            let Upsert::Replace(permit) = permit else { panic!("there is one") };
            assert_eq!(permit.superseded(None).reason(), reason, "{fields:?}");
        }
    }
    let refused = put(&article(1)).require().try_upsert(Some(article(2))).unwrap_err();
    assert_eq!((refused.reason(), refused.current().map(|stored| stored.version)), (Reason::Stale, Some(2)));
    let refused = put(&article(1)).require().try_upsert::<Article>(None).unwrap_err();
    assert_eq!((refused.reason(), refused.current().is_none()), (Reason::Missing, true));
}

#[test]
fn a_creation() {
    let absent = [("if-none-match", "*")];
    #[rustfmt::skip]
    let table: [(Fields<'_>, Reason); 3] = [
        (&[],                               Reason::Conflict),
        (&[("if-none-match", "\"other\"")], Reason::Conflict),
        (&absent,                           Reason::Exists),
    ];
    for (fields, reason) in table {
        let put = request(&Method::PUT, fields);
        let permit = || put.create::<Article>().unwrap();
        assert_eq!(permit().commit(None).unwrap_err().reason(), reason, "{fields:?}");
        assert_eq!(permit().superseded(None).reason(), reason, "{fields:?}");
        assert_eq!(permit().superseded(Some(article(1))).reason(), reason, "{fields:?}");
    }
}

/// What was stored by then is in the answer, whatever its status.
#[test]
fn a_conflict_says_what_is_current() {
    let lost: Refused<Article> =
        request(&Method::PUT, &[]).guard(Some(article(1))).unwrap().superseded(Some(article(2)));
    let (response, body) = sent(lost.report(|stored, rejected| rejected.with_current(stored)));
    assert_eq!(response.status(), StatusCode::CONFLICT);
    assert_eq!(response.headers()[ETAG], *article(2).etag().to_string());
    assert_eq!((&body["reason"], &body["status"]), (&"conflict".into(), &409.into()));
    assert_eq!(body["current"]["version"], 2);
}

/// Nobody can tell that a client that named no version has been here before.
#[test]
fn a_conflict_is_no_repetition() {
    let lost = request(&Method::PUT, &[]).guard(Some(article(1))).unwrap().superseded(Some(article(2)));
    assert_eq!(lost.unless_applied(|_| true).unwrap_err().reason(), Reason::Conflict);
}

/// The statement that found nothing may have had nothing to look for.
#[test]
fn versions_that_could_not_be_compared() {
    #[derive(Debug, ETag)]
    #[etag(reversible)]
    struct Row(#[etag(version)] i64);

    let tag = Row(7).etag().to_string();
    let weak = format!("W/{tag}");
    let of_no_row = format!("W/\"7\", {}", tag.replace('7', "seven"));
    #[rustfmt::skip]
    let table = [
        (&tag,                                  Reason::Stale),
        (&weak,                                 Reason::Weak),
        (&of_no_row,                            Reason::Stale),
        (&"unreadable".to_owned(),              Reason::Malformed),
        (&format!("{weak}, unreadable"),        Reason::Malformed),
        (&format!("{tag}, unreadable"),         Reason::Stale),
    ];
    for (field, reason) in table {
        let put = request(&Method::PUT, &[("if-match", field)]);
        let permit = || put.require().guard_unread::<Row>().unwrap();
        assert_eq!(permit().commit(None).unwrap_err().reason(), reason, "{field}");
        assert_eq!(permit().commit_deleted(false).unwrap_err().reason(), reason, "{field}");
    }
    let believed = request(&Method::PUT, &[("if-match", &weak)]).with_policy(Policy::REQUIRED.accept_weakened());
    let lost = believed.permits().guard_unread::<Row>().unwrap().commit(None).unwrap_err();
    assert_eq!(lost.reason(), Reason::Stale);
}

/// `Content-Location` says that the body is the representation of the target, which a POST does not (RFC 9110 § 15.3.2).
#[test]
fn only_a_write_to_the_target_is_its_representation() {
    let located = |preconditions: Preconditions| {
        let preconditions = preconditions.with_target("/articles/1".parse().unwrap());
        let (response, _) = sent(preconditions.guard(Some(article(1))).unwrap().commit(Some(article(2))).unwrap());
        response.headers().get(CONTENT_LOCATION).is_some()
    };
    assert!(located(put(&article(1))));
    assert!(located(request(&Method::PATCH, &[])));
    assert!(!located(request(&Method::POST, &[])));
    assert!(!located(request(&Method::DELETE, &[])));
}
