//! Permits that have read nothing: what `If-Match` says of the version.

use etag_runtime::{ETag, Policy, Preconditions, Reason, Unread};
use http::header::{CONTENT_LOCATION, ETAG};
use http::{Method, StatusCode};
use serde::Serialize;

use crate::request::{Fields, now, put, request, sent};

#[derive(Debug, Serialize, ETag)]
#[etag(reversible)]
struct Row {
    #[etag(version)]
    version: i64,
    #[etag(related, guard = false)]
    remarks: Vec<Remark>,
}

#[derive(Debug, Serialize, ETag)]
struct Remark(#[etag(version)] u8);

fn row(version: i64) -> Row {
    Row { version, remarks: Vec::new() }
}

fn tag(version: i64) -> String {
    row(version).etag().to_string()
}

fn permit(preconditions: &Preconditions) -> Result<Unread<'_, Row>, Reason> {
    preconditions.require().guard_unread().map_err(|rejected| rejected.reason())
}

fn versions(fields: Fields<'_>) -> Vec<i64> {
    permit(&request(&Method::PUT, fields)).unwrap().versions().to_vec()
}

#[test]
fn versions_are_those_that_the_client_names() {
    assert_eq!(versions(&[("if-match", &tag(7))]), [7]);
    assert_eq!(versions(&[("if-match", &tag(-7))]), [-7]);
    assert_eq!(versions(&[("if-match", &tag(i64::MAX))]), [i64::MAX]);
    let many = format!("\"elsewhere\", {} ,, {}", tag(7), tag(9));
    assert_eq!(versions(&[("if-match", &many), ("if-match", &tag(8))]), [7, 9, 8]);
}

/// Another representation of the same state: with a remark, or as a proxy has coded it.
#[test]
fn the_other_half_does_not_matter() {
    let remarked = Row { version: 7, remarks: vec![Remark(1)] };
    assert_ne!(remarked.etag(), row(7).etag());
    assert_eq!(versions(&[("if-match", &remarked.etag().to_string())]), [7]);
    let coded = tag(7).replacen('"', "", 1).replace('"', "-gzip\"");
    assert_eq!(versions(&[("if-match", &format!("\"{coded}"))]), [7]);
}

#[test]
fn what_no_version_is_written_as_matches_none() {
    for state in ["007", "+7", "-0", "7.0", "9223372036854775808", "-9223372036854775809", "", "seven", "7%20"] {
        let tag = format!("\"{state}.AAAAAAAAAAA\"");
        assert_eq!(versions(&[("if-match", &tag)]), [0; 0], "{tag}");
    }
    for field in
        ["\"7\"", "7", "\"7.AAAAAAAAAA\"", "\"7.AAAAAAAAAAAA\"", "\"7.AAAAAAAAAA,\"", "\"7.AAAAAAAAAAA", "*, \"7\"", ""]
    {
        assert_eq!(versions(&[("if-match", field)]), [0; 0], "{field}");
    }
}

/// A text that PostgreSQL cannot hold would be an error of the statement, which a client must not cause.
#[test]
fn a_text_with_nul_matches_nothing() {
    #[derive(ETag)]
    #[etag(reversible)]
    struct Labelled(#[etag(version)] String);

    let read = |label: &str| {
        let preconditions = put(&Labelled(label.to_owned()));
        preconditions.require().guard_unread::<Labelled>().unwrap().versions().to_vec()
    };
    assert_eq!(read("2-ab %00"), ["2-ab %00"]);
    assert_eq!(read("2-ab\0"), [""; 0]);
}

#[test]
fn a_weak_tag_counts_only_where_the_server_opts_in() {
    let weakened = [("if-match", &*format!("W/{}", tag(7)))];
    assert_eq!(versions(&weakened), [0; 0]);
    let behind_a_proxy = request(&Method::PUT, &weakened).with_policy(Policy::REQUIRED.accept_weakened());
    assert_eq!(permit(&behind_a_proxy).unwrap().versions(), [7]);
}

#[test]
fn no_version_is_no_permit() {
    for fields in [&[][..], &[("if-match", "*")], &[("if-none-match", "*")], &[("if-unmodified-since", "x")]] {
        for policy in [Policy::REQUIRED, Policy::OPTIONAL, Policy::REQUIRED.accept_any()] {
            let refused = request(&Method::PUT, fields).under(policy).guard_unread::<Row>().unwrap_err();
            assert_eq!(refused.reason(), Reason::MatchRequired, "{fields:?}");
        }
    }
}

/// Both conditions have to hold (RFC 9110 § 13.2.2).
#[test]
fn if_none_match_excludes() {
    let both = format!("{}, {}", tag(7), tag(8));
    assert_eq!(versions(&[("if-match", &both), ("if-none-match", &tag(8))]), [7]);
    assert_eq!(versions(&[("if-match", &both), ("if-none-match", &format!("W/{}", tag(8)))]), [7]);
    assert_eq!(versions(&[("if-match", &both), ("if-none-match", "*")]), [0; 0]);
    assert_eq!(versions(&[("if-match", &both), ("if-none-match", "unreadable")]), [0; 0]);
}

/// As many as a server lets a request have.
#[test]
fn many_versions_and_as_many_exclusions() {
    let members = |versions: std::ops::Range<i64>| versions.map(tag).collect::<Vec<_>>().join(",");
    let (named, excluded) = (members(0..20_000), members(1..20_001));
    assert_eq!(versions(&[("if-match", &named), ("if-none-match", &excluded)]), [0]);
}

#[test]
fn a_row_that_matched_is_the_response() {
    let preconditions = put(&row(7)).with_target("/rows/1".parse().unwrap());
    let (response, body) = sent(permit(&preconditions).unwrap().commit(Some(row(8))).unwrap());
    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()[ETAG], *tag(8));
    assert_eq!(response.headers()[CONTENT_LOCATION], "/rows/1");
    assert_eq!(body["version"], 8);
    assert_eq!(permit(&preconditions).unwrap().commit_deleted(true), Ok(StatusCode::NO_CONTENT));
}

/// Why no row has matched is found out by reading, with the reason that a permit with a read would have given.
#[test]
fn a_row_that_did_not_match_is_read() {
    let weak = format!("W/{}", tag(7));
    let both = format!("{}, {}", tag(7), tag(8));
    #[rustfmt::skip]
    let table: [(Fields<'_>, Option<i64>, Reason); 6] = [
        (&[("if-match", &tag(7))],                          Some(9), Reason::Stale),
        // It was not there when the statement ran, or somebody has made it anew.
        (&[("if-match", &tag(7))],                          Some(7), Reason::Stale),
        (&[("if-match", &tag(7))],                          None,    Reason::NotFound),
        (&[("if-match", &weak)],                            Some(7), Reason::Weak),
        (&[("if-match", "unreadable")],                     Some(7), Reason::Malformed),
        (&[("if-match", &both), ("if-none-match", "*")],    Some(7), Reason::Exists),
    ];
    for (fields, stored, reason) in table {
        let preconditions = request(&Method::PUT, fields);
        let reload = std::future::ready(Ok::<_, ()>(stored.map(row)));
        let refused = now(permit(&preconditions).unwrap().commit_or_reload(None, reload)).unwrap().unwrap_err();
        assert_eq!(refused.reason(), reason, "{fields:?}");
        assert_eq!(refused.validators().entity_tag(), stored.map(|version| row(version).etag()).as_ref());
        let reload = std::future::ready(Ok::<_, ()>(stored.map(row)));
        let deleted = now(permit(&preconditions).unwrap().commit_deleted_or_reload(false, reload)).unwrap();
        assert_eq!(deleted.unwrap_err(), refused);
    }
}

#[test]
fn nothing_is_read_for_a_row_that_matched() {
    let preconditions = put(&row(7));
    let never = async || -> Result<Option<Row>, ()> { unreachable!("it was read") };
    assert!(now(permit(&preconditions).unwrap().commit_or_reload(Some(row(8)), never())).unwrap().is_ok());
    assert!(now(permit(&preconditions).unwrap().commit_deleted_or_reload(true, never())).unwrap().is_ok());
    let failed = now(permit(&preconditions).unwrap().commit_or_reload(None, async { Err("no database") }));
    assert_eq!(failed.unwrap_err(), "no database");
}
