//! What a configuration does, and what has to hold whatever it does.

use std::time::Duration;

use http::{Method, StatusCode};
use serde_json::json;
use tokio::io::AsyncWriteExt;
use tokio::time::{sleep, timeout};

use crate::client::{Answer, Ask};
use crate::intermediary::{Front, Intermediary};
use crate::row::{Both, Edit, Expect, Row};
use crate::server::PATIENCE;
use crate::tag::{Fate, state};
use crate::upload::{DRAFT, first_line, read_line};

/// What is edited.
const URL: &str = "/api/articles/1";

/// What is only read.
const READ: &str = "/api/articles/2";

/// What is read besides.
const OTHER: &str = "/api/articles/3";

/// What a client may accept.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Coding {
    Identity,
    Gzip,
}

const CODINGS: Both<Coding> = [Coding::Identity, Coding::Gzip];

impl Coding {
    fn accepted_by(self, ask: Ask) -> Ask {
        if self == Coding::Gzip { ask.with("accept-encoding", "gzip") } else { ask }
    }
}

/// Measures this configuration.
///
/// # Panics
///
/// If an edit is lost, if a refusal is changed on its way, or if something old is shown although the server is asked every time.
pub(crate) async fn measure(intermediary: &Intermediary, name: &str) -> Row {
    let front = Front::start(intermediary, name, &[]).await;
    let (tags, not_modified) = reads(&front).await;
    let mut edits = CODINGS.map(|_| Edit::Nothing);
    let mut shows_what_is_old = false;
    for (coding, edit) in CODINGS.into_iter().zip(&mut edits) {
        let tag = current(&front, coding, &mut shows_what_is_old).await;
        *edit = edited(&front, coding, &tag).await;
        unchanged(&front, coding).await;
    }
    large(&front).await;
    let expect = expect(&front).await;
    let reads: Vec<String> = front.asked(READ).await.iter().map(|request| request.replace("GET ", "")).collect();
    assert!(!shows_what_is_old || reads.len() < 3, "something old was shown by {name}");
    if edits.contains(&Edit::Trust) {
        trusted(intermediary, name).await;
    }
    Row { tags, not_modified, edits, reads, expect }
}

/// Two clients that have nothing, and one that has what is current, read; so do clients that accept gzip.
async fn reads(front: &Front) -> (Both<Fate>, Both<bool>) {
    let client = front.client();
    client.get(READ).await.is(StatusCode::OK);
    let tag = client.get(READ).await.is(StatusCode::OK).field("etag");
    client.send(Ask::get(READ).if_none_match(&tag)).await;

    let mut measured = Vec::new();
    for coding in CODINGS {
        let get = coding.accepted_by(Ask::get(URL));
        let sent = front.direct().send(get.clone()).await.field("etag");
        let shown = client.send(get.clone()).await.is(StatusCode::OK);
        let arrived = shown.field("etag");
        let again = client.send(get.if_none_match(&arrived)).await;
        let is_not_modified = again.status == StatusCode::NOT_MODIFIED;
        assert!(is_not_modified || again.status == StatusCode::OK, "{again:?}");
        assert_eq!(is_not_modified, again.body.is_empty());
        assert_eq!(state(&again.field("etag")), state(&sent));
        measured.push((Fate::of(&sent, &arrived), is_not_modified));
    }
    let both = [0, 1].map(|coding| measured[coding]);
    (both.map(|(tag, _)| tag), both.map(|(_, is_not_modified)| is_not_modified))
}

/// Reads until what is current is shown. `old` becomes true if something else was.
async fn current(front: &Front, coding: Coding, old: &mut bool) -> String {
    let expected = state(&front.direct().tag(URL).await);
    let client = front.client();
    let shown = async {
        loop {
            let tag = client.send(coding.accepted_by(Ask::get(URL))).await.is(StatusCode::OK).field("etag");
            if state(&tag) == expected {
                return tag;
            }
            *old = true;
            sleep(Duration::from_millis(50)).await;
        }
    };
    timeout(PATIENCE, shown).await.expect("what is current is never shown")
}

/// Replaces what was shown with this tag, and changes what that has answered; then comes late.
async fn edited(front: &Front, coding: Coding, tag: &str) -> Edit {
    let stored = front.direct().get(URL).await;
    let put = Ask::put(URL).if_match(tag).json(&json!({ "title": "First", "body": "Put", "author_id": 1 }));
    let saved = front.client().send(coding.accepted_by(put)).await;
    if saved.status == StatusCode::PRECONDITION_FAILED {
        saved.refused(StatusCode::PRECONDITION_FAILED, "weak");
        assert_eq!(front.direct().get(URL).await.body, stored.body, "a refused edit has changed something");
        late(front, coding, tag).await;
        return Edit::Trust;
    }
    let tag = saved.is(StatusCode::OK).field("etag");
    let saved = front.client().send(titled("Second", &tag, coding)).await.is(StatusCode::OK);
    let now = front.direct().get(URL).await;
    assert_eq!(now.json()["title"], "Second");
    assert_eq!(state(&saved.field("etag")), state(&now.field("etag")));
    late(front, coding, &tag).await;
    late(front, coding, &saved.field("etag")).await;
    Edit::Nothing
}

/// Whoever comes late is told so, with the tag of what has come before, and overwrites nothing.
async fn late(front: &Front, coding: Coding, tag: &str) {
    let direct = front.direct();
    direct.send(titled("Theirs", &direct.tag(URL).await, Coding::Identity)).await.is(StatusCode::OK);
    let refused = front.client().send(titled("Mine", tag, coding)).await;
    let now = direct.get(URL).await;
    assert_eq!(refused.field("etag"), now.field("etag"));
    refused.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(now.json()["title"], "Theirs");
}

/// What is no success comes as the server has sent it, and so does HEAD, but for the tag.
async fn unchanged(front: &Front, coding: Coding) {
    let patch = || coding.accepted_by(Ask::patch(URL).json(&json!({ "title": "Never" })));
    let asks =
        [patch(), patch().if_match("\"old\""), patch().if_match("old"), coding.accepted_by(Ask::get("/nowhere"))];
    for ask in asks {
        let [sent, arrived] = both(front, ask).await;
        assert_eq!(arrived.body, sent.body);
        for field in ["content-type", "content-length", "cache-control", "etag", "content-encoding"] {
            assert_eq!(arrived.headers.get(field), sent.headers.get(field), "{field} of {sent:?}");
        }
        arrived.problem(sent.status);
    }
    let [sent, arrived] = both(front, coding.accepted_by(Ask::new(Method::HEAD, OTHER))).await;
    assert_eq!(state(&arrived.field("etag")), state(&sent.field("etag")));
    assert!(arrived.body.is_empty());
    for field in ["content-type", "cache-control"] {
        assert_eq!(arrived.headers.get(field), sent.headers.get(field), "{field} of HEAD");
    }
    // It may be left out, or be that of a coding (RFC 9110 § 9.3.2), but not be wrong.
    if coding == Coding::Identity && arrived.has("content-length") {
        assert_eq!(arrived.field("content-length"), sent.field("content-length"));
    }
}

/// The refusal of a write arrives although most of its body is still on its way when it is answered. It did not, now and then.
async fn large(front: &Front) {
    let body = "x".repeat(900_000);
    for _ in 0..5 {
        let ask = Ask::put(URL).if_match("\"old\"").json(&json!({ "title": "Large", "body": body, "author_id": 1 }));
        front.client().send(ask).await.refused(StatusCode::PRECONDITION_FAILED, "stale");
    }
}

/// What the server answers, and what comes through.
async fn both(front: &Front, ask: Ask) -> Both<Answer> {
    let sent = front.direct().send(ask.clone()).await;
    let arrived = front.client().send(ask).await;
    assert_eq!(arrived.status, sent.status);
    [sent, arrived]
}

/// Who says whether the body is to be sent. The server decides in either case whether it is written.
async fn expect(front: &Front) -> Expect {
    let (mut stream, line) = first_line(&front.address, "if-match: \"old\"\r\n").await;
    let refused = "HTTP/1.1 412 Precondition Failed";
    let expect = if line == refused { Expect::Server } else { Expect::Intermediary };
    if expect == Expect::Intermediary {
        assert_eq!(line, "HTTP/1.1 100 Continue");
        assert_eq!(read_line(&mut stream).await, "");
        stream.write_all(DRAFT.as_bytes()).await.unwrap();
        assert_eq!(read_line(&mut stream).await, refused);
    }
    let tag = front.direct().tag(URL).await;
    let (mut stream, line) = first_line(&front.address, &format!("if-match: {tag}\r\n")).await;
    assert_eq!(line, "HTTP/1.1 100 Continue");
    assert_eq!(read_line(&mut stream).await, "");
    stream.write_all(DRAFT.as_bytes()).await.unwrap();
    assert_eq!(read_line(&mut stream).await, "HTTP/1.1 200 OK");
    assert_eq!(front.direct().get(URL).await.json()["title"], "Late");
    expect
}

/// What the `304` shows that a client is sent who accepts gzip, and has what is current.
pub(crate) async fn tag_of_a_304(intermediary: &Intermediary, name: &str) -> Fate {
    let front = Front::start(intermediary, name, &[]).await;
    let get = Coding::Gzip.accepted_by(Ask::get(URL));
    let sent = front.direct().tag(URL).await;
    let arrived = front.client().send(get.clone()).await.field("etag");
    let again = front.client().send(get.if_none_match(&arrived)).await.is(StatusCode::NOT_MODIFIED);
    front.server.stop().await;
    Fate::of(&sent, &again.field("etag"))
}

/// With a server that trusts it, everybody may edit what they were shown, and whoever comes late may not.
async fn trusted(intermediary: &Intermediary, name: &str) {
    let front = Front::start(intermediary, name, &["--accept-weakened"]).await;
    for coding in CODINGS {
        let tag = current(&front, coding, &mut false).await;
        assert_eq!(edited(&front, coding, &tag).await, Edit::Nothing);
    }
    front.server.stop().await;
}

/// A change by somebody who was shown this tag.
fn titled(title: &str, tag: &str, coding: Coding) -> Ask {
    coding.accepted_by(Ask::patch(URL).if_match(tag).json(&json!({ "title": title })))
}
