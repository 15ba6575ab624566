//! What GET and HEAD have to answer.

use std::time::SystemTime;

use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_TYPE, DATE, ETAG, EXPIRES, HeaderName,
    IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, LAST_MODIFIED, SET_COOKIE, TRANSFER_ENCODING,
    VARY,
};
use http::{Method, StatusCode};

use super::exchange::Exchange;
use super::failure::{Failure, Rule};
use super::{Endpoint, dates};
use crate::{EntityTag, HttpDate};

/// A tag that no endpoint has by chance.
const OTHER: &[u8] = b"\"4aJ9zt,kM3:no-such-version\"";

/// What a GET without conditions has answered.
#[derive(Debug)]
pub(super) struct Representation {
    pub(super) answer: Exchange,
    pub(super) entity_tag: Option<EntityTag>,
    pub(super) last_modified: Option<HttpDate>,
    /// Fields that are others with each answer, such as the number of a request.
    restless: Vec<HeaderName>,
}

pub(super) async fn check(endpoint: &Endpoint<'_>) -> Result<Representation, Failure> {
    let representation = representation(endpoint).await?;
    if let Some(tag) = &representation.entity_tag {
        by_tag(endpoint, &representation, tag).await?;
        if_match(endpoint, tag).await?;
    }
    if let Some(date) = representation.last_modified {
        by_date(endpoint, &representation, date).await?;
    }
    head(endpoint, &representation).await?;
    Ok(representation)
}

/// A `200` with a validator, which is the same the next time.
async fn representation(endpoint: &Endpoint<'_>) -> Result<Representation, Failure> {
    let answer = endpoint.send(Method::GET, &[]).await?;
    answer.expect_status(StatusCode::OK, Rule("only what has a representation can be checked", "RFC 9110 § 13.2.1"))?;
    let tags = answer.lines(&ETAG);
    let entity_tag = match tags.as_slice() {
        [] => None,
        [line] => Some(EntityTag::parse(line).map_err(|_| {
            let rule = Rule(
                "an entity tag is quoted, without spaces inside, and only `W/` stands before it",
                "RFC 9110 § 8.8.3",
            );
            answer.failure(format!("was answered with `ETag: {}`", line.escape_ascii()), rule)
        })?),
        _ => {
            return Err(answer.failure(
                "was answered with several entity tags",
                Rule("a representation has one", "RFC 9110 § 8.8.3"),
            ));
        }
    };
    let last_modified = match answer.lines(&LAST_MODIFIED).as_slice() {
        [] => None,
        lines => Some(last_modified(&answer, lines)?),
    };
    let rule = Rule("without ETag or Last-Modified there is nothing to revalidate by", "RFC 9110 § 8.8");
    answer.expect(entity_tag.is_some() || last_modified.is_some(), "was answered without a validator", rule)?;
    let rule = Rule("without it, a cache may serve the response for hours before it asks", "RFC 9111 § 4.2.2");
    answer.expect(
        answer.headers.contains_key(CACHE_CONTROL) || answer.headers.contains_key(EXPIRES),
        "was answered without Cache-Control",
        rule,
    )?;

    let again = endpoint.send(Method::GET, &[]).await?;
    let rule = Rule("a validator stays the same as long as the representation does", "RFC 9110 § 8.8.1");
    again.expect(again.lines(&ETAG) == answer.lines(&ETAG), "was answered with another ETag the second time", rule)?;
    if entity_tag.as_ref().is_some_and(|tag| !tag.is_weak()) {
        let rule = Rule("a strong validator changes with every octet", "RFC 9110 § 8.8.1");
        again.expect(again.body == answer.body, "was answered with another body and the same strong ETag", rule)?;
    }
    let names = answer.headers.keys().chain(again.headers.keys());
    let restless = names.filter(|name| again.lines(name) != answer.lines(name)).cloned().collect();
    Ok(Representation { answer, entity_tag, last_modified, restless })
}

fn last_modified(answer: &Exchange, lines: &[&[u8]]) -> Result<HttpDate, Failure> {
    let now = SystemTime::now();
    let fixed = |line: &[u8]| HttpDate::parse(line, now).filter(|date| date.to_string().as_bytes() == line);
    let rule = Rule("a server sends one date, in the form `Sun, 06 Nov 1994 08:49:37 GMT`", "RFC 9110 § 5.6.7");
    let date = match lines {
        [line] => fixed(line),
        _ => None,
    };
    let date = date.ok_or_else(|| {
        answer.failure(format!("was answered with `Last-Modified: {}`", lines.concat().escape_ascii()), rule)
    })?;
    let rule = Rule("nothing has been modified later than now", "RFC 9110 § 8.8.2.1");
    answer.expect(
        HttpDate::try_from(now).is_ok_and(|now| date <= now),
        "was answered with a Last-Modified in the future",
        rule,
    )?;
    Ok(date)
}

/// `If-None-Match`.
async fn by_tag(endpoint: &Endpoint<'_>, representation: &Representation, tag: &EntityTag) -> Result<(), Failure> {
    let strong = [b"\"", tag.opaque(), b"\""].concat();
    let weak = [b"W/", strong.as_slice()].concat();
    let ours = if tag.is_weak() { &weak } else { &strong };
    let line = |parts: &[&[u8]]| parts.concat();
    let section = "RFC 9110 § 13.1.2";
    let not_modified: [(Vec<Vec<u8>>, &str); 9] = [
        (vec![ours.clone()], "the client has the current representation"),
        (vec![strong.clone()], "If-None-Match compares weakly, so that `W/` makes no difference"),
        (vec![weak.clone()], "If-None-Match compares weakly, so that `W/` makes no difference"),
        (vec![b"*".to_vec()], "`*` stands for any representation that there is"),
        (vec![line(&[OTHER, b", ", &strong])], "one member of the list is enough"),
        (vec![line(&[&strong, b",", OTHER])], "one member of the list is enough"),
        (vec![line(&[b", ,", &strong, b" ,"])], "empty members of a list are skipped"),
        (vec![OTHER.to_vec(), strong.clone()], "several field lines are one list"),
        (vec![strong.clone(), OTHER.to_vec()], "several field lines are one list"),
    ];
    for (lines, rule) in not_modified {
        let fields: Vec<_> = lines.iter().map(|line| (IF_NONE_MATCH, line.as_slice())).collect();
        for method in [Method::GET, Method::HEAD] {
            let answer = endpoint.send(method, &fields).await?;
            answer.expect_status(StatusCode::NOT_MODIFIED, Rule(rule, section))?;
            is_not_modified(&answer, representation)?;
        }
    }
    let modified: [(Vec<u8>, &str); 5] = [
        (OTHER.to_vec(), "no member is the current tag"),
        (b"\"*\"".to_vec(), "`*` in quotes is a tag like any other"),
        (tag.opaque().to_vec(), "what is not quoted is no entity tag"),
        (line(&[b"\"", tag.opaque()]), "what is not closed is no entity tag"),
        (line(&[b"\"", tag.opaque(), b"x\""]), "tags are compared as a whole"),
    ];
    for (line, rule) in modified {
        let answer = endpoint.send(Method::GET, &[(IF_NONE_MATCH, &line)]).await?;
        answer.expect_status(StatusCode::OK, Rule(rule, section))?;
        let rule = Rule("the full answer is that of a request without conditions", "RFC 9110 § 13.1.2");
        answer.expect(
            answer.lines(&ETAG) == representation.answer.lines(&ETAG),
            "was answered with another ETag",
            rule,
        )?;
    }
    Ok(())
}

/// `If-Match` on a method that transfers: whoever insists on a version gets that one or none.
async fn if_match(endpoint: &Endpoint<'_>, tag: &EntityTag) -> Result<(), Failure> {
    let answer = endpoint.send(Method::GET, &[(IF_MATCH, OTHER)]).await?;
    let rule = Rule("If-Match holds for every method, and names another version", "RFC 9110 § 13.1.1");
    answer.expect_status(StatusCode::PRECONDITION_FAILED, rule)?;
    let sent = tag.to_string();
    let answer = endpoint.send(Method::GET, &[(IF_MATCH, sent.as_bytes())]).await?;
    let (status, rule) = if tag.is_weak() {
        (StatusCode::PRECONDITION_FAILED, "If-Match compares strongly, and no weak tag matches")
    } else {
        (StatusCode::OK, "If-Match names the current version")
    };
    answer.expect_status(status, Rule(rule, "RFC 9110 § 13.1.1"))
}

/// `If-Modified-Since` and `If-Unmodified-Since`.
async fn by_date(endpoint: &Endpoint<'_>, representation: &Representation, date: HttpDate) -> Result<(), Failure> {
    let fixed = date.to_string();
    let (before, later) = (dates::after(date, -1), dates::after(date, 1));
    let since = "RFC 9110 § 13.1.3";
    let not_modified = [Some(fixed.clone()), dates::asctime(date), later.clone()];
    for value in not_modified.iter().flatten() {
        let answer = endpoint.send(Method::GET, &[(IF_MODIFIED_SINCE, value.as_bytes())]).await?;
        answer.expect_status(StatusCode::NOT_MODIFIED, Rule("it has not been modified since", since))?;
        is_not_modified(&answer, representation)?;
    }
    let modified = [
        (before.clone(), "it has been modified since"),
        (Some("yesterday".to_owned()), "what is no date is ignored"),
        (Some(format!("{fixed}, {fixed}")), "what is no date is ignored"),
    ];
    for (value, rule) in modified {
        let Some(value) = value else { continue };
        let answer = endpoint.send(Method::GET, &[(IF_MODIFIED_SINCE, value.as_bytes())]).await?;
        answer.expect_status(StatusCode::OK, Rule(rule, since))?;
    }
    let both = [(IF_NONE_MATCH, OTHER), (IF_MODIFIED_SINCE, fixed.as_bytes())];
    let answer = endpoint.send(Method::GET, &both).await?;
    answer.expect_status(StatusCode::OK, Rule("If-Modified-Since does not count next to If-None-Match", since))?;

    let unmodified = "RFC 9110 § 13.1.4";
    if let Some(before) = before {
        let answer = endpoint.send(Method::GET, &[(IF_UNMODIFIED_SINCE, before.as_bytes())]).await?;
        answer.expect_status(StatusCode::PRECONDITION_FAILED, Rule("it has been modified since", unmodified))?;
    }
    let answer = endpoint.send(Method::GET, &[(IF_UNMODIFIED_SINCE, fixed.as_bytes())]).await?;
    answer.expect_status(StatusCode::OK, Rule("it has not been modified since", unmodified))
}

/// The fields of a `304`, and that it ends with them.
fn is_not_modified(answer: &Exchange, representation: &Representation) -> Result<(), Failure> {
    let rule = Rule("a 304 ends with its fields", "RFC 9110 § 15.4.5");
    answer.expect(answer.body.is_empty(), "was answered 304 with a body", rule)?;
    for name in [ETAG, CACHE_CONTROL, CONTENT_LOCATION, EXPIRES, VARY] {
        // What is computed from the clock, such as `Expires`, differs from one answer to the next.
        let same = match name {
            EXPIRES => answer.headers.contains_key(EXPIRES) == representation.answer.headers.contains_key(EXPIRES),
            _ => answer.repeats(&name, &representation.answer),
        };
        let rule = Rule(
            "a 304 repeats ETag, Cache-Control, Content-Location, Expires and Vary of the 200, every line of them",
            "RFC 9110 § 15.4.5",
        );
        answer.expect(same, &format!("was answered 304 with another `{name}` than the 200"), rule)?;
    }
    let length = answer.headers.get(CONTENT_LENGTH).is_some_and(|length| {
        length.to_str().ok().and_then(|length| length.parse().ok()) != Some(representation.answer.body.len())
    });
    let rule = Rule("Content-Length on a 304 would be that of the 200, and is best left out", "RFC 9110 § 8.6");
    answer.expect(!length, "was answered 304 with a wrong Content-Length", rule)?;
    for name in [CONTENT_TYPE, CONTENT_ENCODING, TRANSFER_ENCODING] {
        let rule = Rule("a 304 has no fields of a content that it does not have", "RFC 9110 § 15.4.5");
        answer.expect(!answer.headers.contains_key(&name), &format!("was answered 304 with `{name}`"), rule)?;
    }
    Ok(())
}

/// HEAD is GET without the content.
async fn head(endpoint: &Endpoint<'_>, representation: &Representation) -> Result<(), Failure> {
    let answer = endpoint.send(Method::HEAD, &[]).await?;
    let section = "RFC 9110 § 9.3.2";
    answer.expect_status(StatusCode::OK, Rule("HEAD answers as GET would", section))?;
    answer.expect(answer.body.is_empty(), "was answered with a body", Rule("the answer to HEAD has none", section))?;
    let differs = |name: &&HeaderName| {
        // A field that only a body decides may be left out of a HEAD; the others have other values each time.
        let may_be_left_out = [CONTENT_LENGTH, TRANSFER_ENCODING].contains(name) && !answer.headers.contains_key(*name);
        ![DATE, EXPIRES, SET_COOKIE].contains(name)
            && !representation.restless.contains(*name)
            && !may_be_left_out
            && !answer.repeats(name, &representation.answer)
    };
    let names = representation.answer.headers.keys().chain(answer.headers.keys());
    match names.into_iter().find(differs) {
        None => Ok(()),
        Some(name) => {
            let fault = format!("was answered with another `{name}` than GET");
            Err(answer.failure(fault, Rule("HEAD answers with the fields that GET would send", section)))
        }
    }
}
