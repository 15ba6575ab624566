//! What a method that may change something has to refuse.

use http::header::{ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{Method, StatusCode};

use super::Endpoint;
use super::endpoint::Write;
use super::failure::{Failure, Rule};
use super::reading::Representation;

const OTHER: &[u8] = b"\"4aJ9zt:no-such-version\"";

pub(super) async fn check(endpoint: &Endpoint<'_>, write: &Write, before: &Representation) -> Result<(), Failure> {
    let tag = before.entity_tag.as_ref();
    let opaque = tag.map(|tag| tag.opaque().to_vec()).unwrap_or_default();
    let weak = [b"W/\"", opaque.as_slice(), b"\""].concat();
    let unclosed = [b"\"", opaque.as_slice()].concat();
    let in_the_middle = [b"*, ", OTHER].concat();
    let if_match = "RFC 9110 § 13.1.1";
    let refused: [(_, &[u8], &str, &str); 7] = [
        (IF_MATCH, OTHER, "If-Match names another version, and the method must not be performed", if_match),
        (IF_MATCH, &weak, "If-Match compares strongly, and no weak tag matches", if_match),
        (IF_MATCH, &opaque, "what is not quoted is no entity tag, and does not make the field absent", if_match),
        (IF_MATCH, &unclosed, "what is not closed is no entity tag, and does not make the field absent", if_match),
        (IF_MATCH, &in_the_middle, "`*` among others is no wildcard", if_match),
        (IF_MATCH, b"", "a list without members matches nothing, and is not absent", if_match),
        (
            IF_NONE_MATCH,
            b"*",
            "If-None-Match: * asks that there is nothing, and there is something",
            "RFC 9110 § 13.1.2",
        ),
    ];
    for (name, value, rule, section) in refused {
        let answer = endpoint.send_write(write, &[(name, value)]).await?;
        let rule = Rule(rule, section);
        // A server may also refuse what is no list (RFC 9110 § 2.4), as long as it does nothing.
        let refused = [StatusCode::PRECONDITION_FAILED, StatusCode::BAD_REQUEST].contains(&answer.status);
        answer.expect(refused, &format!("was answered {} where 412 is right", answer.status), rule)?;
        is_unchanged(endpoint, write, before).await?;
    }
    Ok(())
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
