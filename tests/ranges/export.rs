//! A derived model as a table: its ranges, its own tag, and no work for a `304`.

use std::cell::Cell;

use axum::response::{IntoResponse as _, Response};
use etag_runtime::{Conditional, Content, ETag, Preconditions, Variant};
use http::header::{CONTENT_RANGE, CONTENT_TYPE, IF_MATCH, IF_NONE_MATCH, IF_RANGE, RANGE, VARY};
use http::{Method, StatusCode};

use crate::answer::{Answer, get, preconditions};

#[derive(serde::Serialize, ETag)]
struct Sales {
    rows: Vec<(&'static str, u32)>,
    #[etag(version)]
    version: u32,
}

impl Sales {
    fn of(version: u32) -> Sales {
        Sales { rows: vec![("tea", 7), ("milk", 2)], version }
    }

    fn table(&self) -> String {
        self.rows.iter().fold(String::new(), |table, (what, count)| table + &format!("{what},{count}\n"))
    }
}

fn csv(preconditions: Preconditions) -> Preconditions {
    preconditions.with_variant(Variant::media_type("text/csv"))
}

fn export(preconditions: Preconditions) -> Conditional<Content> {
    csv(preconditions).respond(Sales::of(1)).map(|sales| Content::from(sales.table()).content_type("text/csv"))
}

fn tag(response: Response) -> String {
    Answer::of(response).text(&http::header::ETAG).unwrap().to_owned()
}

#[test]
fn the_export_of_a_model_has_parts() {
    let whole = get(&[], export);
    assert_eq!((whole.status, &*whole.body), (StatusCode::OK, &b"tea,7\nmilk,2\n"[..]));
    assert_eq!((whole.text(&CONTENT_TYPE), whole.text(&VARY)), (Some("text/csv"), Some("accept")));
    let tag = whole.text(&http::header::ETAG).unwrap();
    let rest = get(&[(RANGE, "bytes=6-"), (IF_RANGE, tag)], export);
    assert_eq!((rest.status, &*rest.body), (StatusCode::PARTIAL_CONTENT, &b"milk,2\n"[..]));
    assert_eq!(rest.text(&CONTENT_RANGE), Some("bytes 6-12/13"));
    assert_eq!((rest.text(&CONTENT_TYPE), rest.text(&VARY)), (Some("text/csv"), Some("accept")));
}

#[test]
fn json_and_csv_are_never_parts_of_one_another() {
    let json = tag(preconditions(&Method::GET, &[]).respond(Sales::of(1)).into_response());
    let table = tag(export(preconditions(&Method::GET, &[])).into_response());
    assert_ne!(json, table);
    let answer = get(&[(RANGE, "bytes=6-"), (IF_RANGE, &*json)], export);
    assert_eq!((answer.status, answer.body.len()), (StatusCode::OK, 13));
    // Whoever has seen the table may change what is in it.
    let permit = csv(preconditions(&Method::PUT, &[(IF_MATCH, &*table)])).require().guard(Some(Sales::of(1)));
    assert!(permit.is_ok());
}

#[test]
fn a_newer_version_is_sent_as_a_whole() {
    let old = csv(preconditions(&Method::GET, &[])).respond(Sales::of(0)).map(|_| Content::from(""));
    let old = tag(old.into_response());
    for range in ["bytes=6-", "bytes=0-1,5-6", "bytes=999-"] {
        assert_eq!(get(&[(RANGE, range), (IF_RANGE, &*old)], export).status, StatusCode::OK, "{range}");
    }
}

#[test]
fn nothing_is_exported_for_a_304_or_a_412() {
    let table = tag(export(preconditions(&Method::GET, &[])).into_response());
    let exported = Cell::new(0);
    let counted = |preconditions: Preconditions| {
        csv(preconditions).respond(Sales::of(1)).map(|sales| {
            exported.set(exported.get() + 1);
            Content::from(sales.table())
        })
    };
    assert_eq!(get(&[(RANGE, "bytes=0-1"), (IF_NONE_MATCH, &*table)], counted).status, StatusCode::NOT_MODIFIED);
    assert_eq!(get(&[(RANGE, "bytes=0-1"), (IF_MATCH, "\"v0\"")], counted).status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(exported.get(), 0);
    assert_eq!(get(&[(RANGE, "bytes=0-1")], counted).status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(exported.get(), 1);
}

#[test]
fn an_export_may_fail() {
    let export = |fields: &[_]| {
        let sales = csv(preconditions(&Method::GET, fields)).respond(Sales::of(1));
        sales.try_map(|_| Err::<Content, _>(StatusCode::INSUFFICIENT_STORAGE)).into_response()
    };
    assert_eq!(export(&[(RANGE, "bytes=0-1")]).status(), StatusCode::INSUFFICIENT_STORAGE);
    let table = tag(crate::export::export(preconditions(&Method::GET, &[])).into_response());
    assert_eq!(export(&[(IF_NONE_MATCH, &*table)]).status(), StatusCode::NOT_MODIFIED);
}
