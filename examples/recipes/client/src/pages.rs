//! What pages do, whatever library their statements are made with: `GET`, `PUT` and `DELETE /pages/{slug}`, on a table `pages` of
//! `slug`, `title`, `version` and something that tells a page from one that had its slug before.

use axum::Router;
use http::StatusCode;
use http::header::CONTENT_TYPE;
use serde_json::json;

use crate::{Answer, Ask};

/// Another program that writes to the same database, over one connection.
pub trait Other: Send + 'static {
    /// Runs statements without parameters.
    fn run(&mut self, sql: &'static str) -> impl Future<Output = ()> + Send;
}

/// A test for each conversation of this module, or for each that is named, with what `fresh` makes: an application on an empty database, and
/// another program.
#[macro_export]
macro_rules! page_tests {
    ($fresh:ident) => {
        $crate::page_tests! {
            $fresh:
            in_turns,
            created_again,
            overtaken_creation,
            overtaken_replacement,
            overtaken_by_another_page,
            overtaken_by_a_deletion,
            overtaken_deletion,
            one_of_a_hundred_creates,
            no_further_version,
            unusable_bodies,
        }
    };
    ($fresh:ident: $($test:ident),+ $(,)?) => {
        $(
            #[tokio::test(flavor = "multi_thread")]
            async fn $test() {
                let (app, other) = $fresh().await;
                $crate::pages::$test(&app, other).await;
            }
        )+
    };
}

const PAGE: &str = "/pages/home";

/// Another page in place of the one that there was.
const RECREATED: &str = "DELETE FROM pages; INSERT INTO pages (slug, title) VALUES ('home', 'Theirs')";

async fn create(app: &Router, title: &str) -> Answer {
    Ask::put(PAGE).if_none_match("*").json(&json!({ "title": title })).of(app).await.is(StatusCode::CREATED)
}

/// The request is answered after `sql` was run.
async fn overtaken(request: Ask, app: &Router, mut other: impl Other, sql: &'static str) -> Answer {
    request.json_after(async move { other.run(sql).await }, &json!({ "title": "Mine" })).of(app).await
}

/// Nobody is in anybody's way.
///
/// # Panics
///
/// If that is not so, as all of these do.
pub async fn in_turns(app: &Router, _: impl Other) {
    Ask::get(PAGE).of(app).await.refused(StatusCode::NOT_FOUND, "not-found");
    let first = create(app, "Same").await;
    assert_eq!(Ask::get(PAGE).of(app).await.tag(), first.tag());
    Ask::get(PAGE).if_none_match(&first.tag()).of(app).await.expect(StatusCode::NOT_MODIFIED);
    // The row matches although nothing of it is changed but its version.
    let put = Ask::put(PAGE).if_match(&first.tag()).json(&json!({ "title": "Same" })).of(app).await;
    let put = put.is(StatusCode::OK);
    assert_ne!(put.tag(), first.tag());
    let get = Ask::get(PAGE).of(app).await;
    assert_eq!((get.tag(), get.json()), (put.tag(), put.json()));
    Ask::delete(PAGE).of(app).await.refused(StatusCode::PRECONDITION_REQUIRED, "required");
    let late = Ask::delete(PAGE).if_match(&first.tag()).of(app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "stale");
    assert_eq!(late.tag(), put.tag());
    Ask::delete(PAGE).if_match(&put.tag()).of(app).await.expect(StatusCode::NO_CONTENT);
    Ask::delete(PAGE).if_match(&put.tag()).of(app).await.refused(StatusCode::NOT_FOUND, "not-found");
}

/// The same address, content and version; and still not the same page.
///
/// # Panics
///
/// If it is.
pub async fn created_again(app: &Router, _: impl Other) {
    let first = create(app, "Same").await;
    Ask::delete(PAGE).if_match(&first.tag()).of(app).await.expect(StatusCode::NO_CONTENT);
    let second = create(app, "Same").await;
    assert_eq!(second.json(), first.json());
    Ask::get(PAGE).if_none_match(&first.tag()).of(app).await.expect(StatusCode::OK);
    for method in [http::Method::PUT, http::Method::DELETE] {
        let late = Ask::new(method, PAGE).if_match(&first.tag()).json(&json!({ "title": "Late" })).of(app).await;
        late.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(late.tag(), second.tag());
    }
    assert_eq!(Ask::get(PAGE).of(app).await.tag(), second.tag());
}

/// Somebody creates the page between the check and the write.
///
/// # Panics
///
/// If that is overwritten.
pub async fn overtaken_creation(app: &Router, other: impl Other) {
    let theirs = "INSERT INTO pages (slug, title) VALUES ('home', 'Theirs')";
    let lost = overtaken(Ask::put(PAGE).if_none_match("*"), app, other, theirs).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "exists");
    is_theirs(app, &lost).await;
}

/// Somebody changes the page between the check and the write.
///
/// # Panics
///
/// If that is overwritten.
pub async fn overtaken_replacement(app: &Router, other: impl Other) {
    let seen = create(app, "One").await.tag();
    let theirs = "UPDATE pages SET title = 'Theirs', version = version + 1";
    let lost = overtaken(Ask::put(PAGE).if_match(&seen), app, other, theirs).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    is_theirs(app, &lost).await;
}

/// Somebody exchanges the page for another of the same version between the check and the write.
///
/// # Panics
///
/// If that is overwritten.
pub async fn overtaken_by_another_page(app: &Router, other: impl Other) {
    let seen = create(app, "One").await.tag();
    let lost = overtaken(Ask::put(PAGE).if_match(&seen), app, other, RECREATED).await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
    is_theirs(app, &lost).await;
}

/// Somebody deletes the page between the check and the write, which might as well create it: the answer is that of who comes late.
///
/// # Panics
///
/// If it is there again.
pub async fn overtaken_by_a_deletion(app: &Router, other: impl Other) {
    let seen = create(app, "One").await.tag();
    let lost = overtaken(Ask::put(PAGE).if_match(&seen), app, other, "DELETE FROM pages").await;
    lost.refused(StatusCode::PRECONDITION_FAILED, "missing");
    let late = Ask::put(PAGE).if_match(&seen).json(&json!({ "title": "Late" })).of(app).await;
    late.refused(StatusCode::PRECONDITION_FAILED, "missing");
    Ask::get(PAGE).of(app).await.expect(StatusCode::NOT_FOUND);
}

/// On PostgreSQL: a deletion waits for somebody who changes, deletes or exchanges the page.
///
/// # Panics
///
/// If what that one has written is deleted.
pub async fn overtaken_deletion(app: &Router, mut other: impl Other) {
    let changed = "BEGIN; UPDATE pages SET title = 'Theirs', version = version + 1";
    // The lock keeps the deletion from starting, so that it sees the other page, which has the same version.
    let exchanged = "BEGIN; LOCK pages IN EXCLUSIVE MODE; \
                     DELETE FROM pages; INSERT INTO pages (slug, title) VALUES ('home', 'Theirs')";
    let deleted = "BEGIN; DELETE FROM pages";
    create(app, "One").await;
    for theirs in [exchanged, changed, deleted] {
        let seen = Ask::get(PAGE).of(app).await.is(StatusCode::OK).tag();
        other.run(theirs).await;
        let asked = app.clone();
        let lost = tokio::spawn(async move { Ask::delete(PAGE).if_match(&seen).of(&asked).await });
        other.run(UNTIL_ONE_WAITS).await;
        other.run("COMMIT").await;
        let lost = lost.await.unwrap();
        if theirs == deleted {
            lost.refused(StatusCode::NOT_FOUND, "not-found");
        } else {
            lost.refused(StatusCode::PRECONDITION_FAILED, "stale");
            is_theirs(app, &lost).await;
        }
    }
}

/// Ends when a statement waits for a lock, or with an error after twenty seconds.
const UNTIL_ONE_WAITS: &str = "
    DO $$
        BEGIN
            FOR attempt IN 1..4000 LOOP
                PERFORM pg_stat_clear_snapshot();
                PERFORM FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock';
                IF FOUND THEN RETURN; END IF;
                PERFORM pg_sleep(0.005);
            END LOOP;
            RAISE 'nobody waits';
        END
    $$";

/// Of many who create the same page, one is told so, and it is that one's.
///
/// # Panics
///
/// If it is not.
pub async fn one_of_a_hundred_creates(app: &Router, _: impl Other) {
    let writers: Vec<_> = (0..100)
        .map(|writer| {
            let put = Ask::put(PAGE).if_none_match("*").json(&json!({ "title": writer.to_string() }));
            let app = app.clone();
            tokio::spawn(async move { (writer, put.of(&app).await) })
        })
        .collect();
    let mut created = Vec::new();
    for writer in writers {
        let (writer, answer) = writer.await.unwrap();
        if answer.status == StatusCode::CREATED {
            created.push((writer, answer.tag()));
        } else {
            answer.refused(StatusCode::PRECONDITION_FAILED, "exists");
        }
    }
    let get = Ask::get(PAGE).of(app).await;
    let [(writer, tag)] = &created[..] else { panic!("{created:?}") };
    assert_eq!((get.json()["title"].clone(), get.tag()), (writer.to_string().into(), tag.clone()));
}

/// The version is the largest that there is.
///
/// # Panics
///
/// If something is written, or the answer is no problem document.
pub async fn no_further_version(app: &Router, mut other: impl Other) {
    other.run("INSERT INTO pages (slug, title, version) VALUES ('home', 'One', 9223372036854775807)").await;
    let seen = Ask::get(PAGE).of(app).await.is(StatusCode::OK);
    let put = Ask::put(PAGE).if_match(&seen.tag()).json(&json!({ "title": "Two" })).of(app).await;
    put.problem(StatusCode::INTERNAL_SERVER_ERROR);
    let get = Ask::get(PAGE).of(app).await.is(StatusCode::OK);
    assert_eq!((get.tag(), get.json()), (seen.tag(), seen.json()));
}

/// The body is nothing that a page could be made of.
///
/// # Panics
///
/// If something is written, or the answer is no problem document.
pub async fn unusable_bodies(app: &Router, _: impl Other) {
    let seen = create(app, "One").await;
    let long = format!(r#"{{ "title": "{}" }}"#, "x".repeat(3 << 20));
    let put = |body: &str| Ask::put(PAGE).if_match(&seen.tag()).text(body);
    for (body, status) in [
        (r#"{ "titel": "Two" }"#, StatusCode::UNPROCESSABLE_ENTITY),
        (r#"{ "title": 2 }"#, StatusCode::UNPROCESSABLE_ENTITY),
        ("{", StatusCode::BAD_REQUEST),
        (&long, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        put(body).with(CONTENT_TYPE, "application/json").of(app).await.problem(status);
    }
    put(r#"{ "title": "Two" }"#).of(app).await.problem(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    // Of a type that it does not take, the extractor says so itself.
    let typed = put("Two").with(CONTENT_TYPE, "text/plain").of(app).await;
    typed.expect(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    let get = Ask::get(PAGE).of(app).await.is(StatusCode::OK);
    assert_eq!((get.tag(), get.json()), (seen.tag(), seen.json()));
}

/// The page is that of the other program, and whoever lost against it knows its tag.
async fn is_theirs(app: &Router, lost: &Answer) {
    let get = Ask::get(PAGE).of(app).await.is(StatusCode::OK);
    assert_eq!((get.tag(), get.json()["title"].clone()), (lost.tag(), "Theirs".into()));
}
