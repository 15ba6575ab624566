//! Method × conditional fields × state of the target.

use std::fmt::Write as _;
use std::time::UNIX_EPOCH;

use etag_runtime::{Current, Decision, EntityTag, HttpDate, Preconditions, Validators};
use http::{HeaderMap, HeaderValue, Method};

const BEFORE: &str = "Wed, 25 Jun 2014 17:12:17 GMT";
const DATE: &str = "Wed, 25 Jun 2014 17:12:18 GMT";
const AFTER: &str = "Wed, 25 Jun 2014 17:12:19 GMT";

/// Conditional fields of one request, each once.
type Fields = &'static [(&'static str, &'static str)];

/// Values of `If-Match` and `If-None-Match`.
const TAGS: [&str; 11] =
    ["*", "\"v1\"", "\"v2\"", "W/\"v1\"", "\"v2\", \"v1\"", "", "v1", "\"v1", "*, \"v2\"", "oops, \"v1\"", "\"*\""];
const DATES: [&str; 4] = [BEFORE, DATE, AFTER, "oops"];

/// Fields that meet in one request.
const PAIRS: [Fields; 10] = [
    &[("if-match", "\"v1\""), ("if-unmodified-since", BEFORE)],
    &[("if-match", "\"v2\""), ("if-unmodified-since", AFTER)],
    &[("if-match", "oops"), ("if-unmodified-since", AFTER)],
    &[("if-none-match", "\"v2\""), ("if-modified-since", DATE)],
    &[("if-none-match", "\"v1\""), ("if-modified-since", BEFORE)],
    &[("if-none-match", "oops"), ("if-modified-since", DATE)],
    &[("if-match", "\"v1\""), ("if-none-match", "\"v1\"")],
    &[("if-match", "*"), ("if-none-match", "*")],
    &[("if-unmodified-since", BEFORE), ("if-modified-since", DATE)],
    &[("if-unmodified-since", DATE), ("if-modified-since", DATE)],
];

#[test]
fn every_method_with_every_field_and_state() {
    let date = HttpDate::parse(DATE.as_bytes(), UNIX_EPOCH).unwrap();
    let strong = Validators::new().with_entity_tag(EntityTag::strong("v1"));
    let weak = Validators::new().with_entity_tag(EntityTag::weak("v1"));
    let columns = [
        ("absent", None),
        ("no validators", Some(Validators::new())),
        ("\"v1\"", Some(strong.clone())),
        ("W/\"v1\"", Some(weak)),
        ("date", Some(Validators::new().with_last_modified(date))),
        ("\"v1\" + date", Some(strong.with_last_modified(date))),
    ];
    let mut table = String::new();
    for methods in ["GET HEAD", "PUT POST PATCH DELETE PURGE", "QUERY"] {
        write!(table, "{methods:58}").unwrap();
        for (name, _) in &columns {
            write!(table, "{name:>15}").unwrap();
        }
        table.push('\n');
        let methods: Vec<_> = methods.split(' ').map(|name| Method::from_bytes(name.as_bytes()).unwrap()).collect();
        for fields in rows() {
            let mut row = format!("{:58}", shown(&fields));
            for (column, target) in &columns {
                let current = target.as_ref().map_or(Current::Absent, Current::Present);
                let mut decisions = methods.iter().map(|method| decide(method, &fields, current));
                let decision = decisions.next().unwrap();
                assert!(decisions.all(|other| other == decision), "{methods:?} differ: {fields:?}, {column}");
                write!(row, "{:>15}", outcome(decision)).unwrap();
            }
            writeln!(table, "{}", row.trim_end()).unwrap();
        }
        table.push('\n');
    }
    insta::assert_snapshot!("truth", table);
}

#[test]
fn no_field_is_evaluated_where_no_representation_is_selected() {
    let current = Validators::new().with_entity_tag(EntityTag::strong("v1"));
    for method in [Method::OPTIONS, Method::TRACE, Method::CONNECT] {
        for fields in rows() {
            assert_eq!(decide(&method, &fields, Current::Present(&current)), Decision::Proceed, "{method} {fields:?}");
            assert_eq!(decide(&method, &fields, Current::Absent), Decision::Proceed, "{method} {fields:?}");
        }
    }
}

fn rows() -> Vec<Vec<(&'static str, &'static str)>> {
    let single = |names: [&'static str; 2], values: &'static [&'static str]| {
        names.into_iter().flat_map(move |name| values.iter().map(move |value| vec![(name, *value)]))
    };
    let mut rows = vec![vec![]];
    rows.extend(single(["if-match", "if-none-match"], &TAGS));
    rows.extend(single(["if-unmodified-since", "if-modified-since"], &DATES));
    rows.extend(PAIRS.iter().map(|fields| fields.to_vec()));
    rows
}

fn decide(method: &Method, fields: &[(&'static str, &'static str)], current: Current<'_>) -> Decision {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        headers.append(*name, HeaderValue::from_static(value));
    }
    Preconditions::new(method, &headers).evaluate(current)
}

/// Dates by where they lie, since only that matters.
fn shown(fields: &[(&str, &str)]) -> String {
    let fields = fields.iter().map(|(name, value)| match *value {
        BEFORE => format!("{name}: before"),
        DATE => format!("{name}: date"),
        AFTER => format!("{name}: after"),
        value => format!("{name}: {value}"),
    });
    let shown = fields.collect::<Vec<_>>().join("; ");
    if shown.is_empty() { "nothing".into() } else { shown }
}

fn outcome(decision: Decision) -> &'static str {
    match decision {
        Decision::Proceed => "-",
        Decision::NotModified => "304",
        Decision::PreconditionFailed => "412",
    }
}
