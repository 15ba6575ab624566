//! What a method that may change something has to refuse.

use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use http::{HeaderName, Method, StatusCode};

use super::endpoint::Write;
use super::failure::{Failure, Rule};
use super::reading::Representation;
use super::{Endpoint, dates};
use crate::{EntityTag, HttpDate};

const OTHER: &[u8] = b"\"4aJ9zt:no-such-version\"";

pub(super) async fn check(endpoint: &Endpoint<'_>, write: &Write, before: &Representation) -> Result<(), Failure> {
    let mut false_ones = by_tag(before.entity_tag.as_ref());
    false_ones.extend(before.last_modified.and_then(by_date).into_iter().flatten());
    for False { fields, rule } in false_ones {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.clone(), value.as_slice())).collect();
        let answer = endpoint.send_write(write, &fields).await?;
        // A server may also refuse what is no list (RFC 9110 § 2.4), and what does not name a version (RFC 6585 § 3), as long
        // as it does nothing.
        let names_version = fields.iter().any(|(name, _)| *name == IF_MATCH);
        let refused = match answer.status {
            StatusCode::PRECONDITION_FAILED | StatusCode::BAD_REQUEST => true,
            StatusCode::PRECONDITION_REQUIRED => !names_version,
            _ => false,
        };
        answer.expect(refused, &format!("was answered {} where 412 is right", answer.status), rule)?;
        is_unchanged(endpoint, write, before).await?;
    }
    Ok(())
}

/// Preconditions that are false, or cannot be read.
struct False {
    fields: Vec<(HeaderName, Vec<u8>)>,
    rule: Rule,
}

/// `If-Match` and `If-None-Match`, where this is the current tag.
fn by_tag(tag: Option<&EntityTag>) -> Vec<False> {
    let opaque = tag.map(|tag| tag.opaque().to_vec()).unwrap_or_default();
    let weak = [b"W/\"", opaque.as_slice(), b"\""].concat();
    let unclosed = [b"\"", opaque.as_slice()].concat();
    let in_the_middle = [b"*, ", OTHER].concat();
    let if_match = [
        (OTHER.to_vec(), "If-Match names another version, and the method must not be performed"),
        (weak, "If-Match compares strongly, and no weak tag matches"),
        (opaque, "what is not quoted is no entity tag, and does not make the field absent"),
        (unclosed, "what is not closed is no entity tag, and does not make the field absent"),
        (in_the_middle, "`*` among others is no wildcard"),
        (Vec::new(), "a list without members matches nothing, and is not absent"),
    ];
    let if_none_match = [
        Some((b"*".to_vec(), "If-None-Match: * asks that there is nothing, and there is something")),
        tag.map(|tag| {
            (tag.to_string().into_bytes(), "If-None-Match names what is there, and 304 is for GET and HEAD only")
        }),
    ];
    let if_match = if_match.into_iter().map(|(value, rule)| (IF_MATCH, value, Rule(rule, "RFC 9110 § 13.1.1")));
    let if_none_match = if_none_match.into_iter().flatten();
    let if_none_match = if_none_match.map(|(value, rule)| (IF_NONE_MATCH, value, Rule(rule, "RFC 9110 § 13.1.2")));
    let one_field = |(name, value, rule)| False { fields: vec![(name, value)], rule };
    if_match.chain(if_none_match).map(one_field).collect()
}

/// `If-Unmodified-Since`, where this is the current date. `None` if there is none before it.
fn by_date(date: HttpDate) -> Option<[False; 2]> {
    let before = dates::after(date, -1)?;
    let section = "RFC 9110 § 13.1.4";
    let alone = False {
        fields: vec![(IF_UNMODIFIED_SINCE, before.into_bytes())],
        rule: Rule("it has been modified since, and the method must not be performed", section),
    };
    let beside = False {
        fields: vec![(IF_MATCH, OTHER.to_vec()), (IF_UNMODIFIED_SINCE, date.to_string().into_bytes())],
        rule: Rule("If-Unmodified-Since does not count next to If-Match", section),
    };
    Some([alone, beside])
}

/// That a method that was refused has not been performed all the same.
async fn is_unchanged(endpoint: &Endpoint<'_>, write: &Write, before: &Representation) -> Result<(), Failure> {
    let after = endpoint.send(Method::GET, &[]).await?;
    let unchanged = after.lines(&ETAG) == before.answer.lines(&ETAG) && after.body == before.answer.body;
    let fault = format!("after a {} that was refused shows a change", write.method);
    after.expect(
        unchanged,
        &fault,
        Rule("a method whose precondition is false must not be performed", "RFC 9110 § 13.1"),
    )
}
