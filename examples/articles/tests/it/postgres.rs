//! What only PostgreSQL does: writers that do not wait for each other unless they are told to, transactions that are
//! given up for others, and a server that is not there.
//!
//! Nothing here is left to chance: another connection stops the server in the middle of a request, and knows from the
//! table of locks that it has.

use std::time::{Duration, Instant};

use etag_postgres::{Cluster, Durability};
use http::StatusCode;
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use tokio::task::JoinHandle;

use crate::client::{Answer, Ask, Client, Http};
use crate::database::{Database, Kind};
use crate::server::{PATIENCE, Server};

const URL: &str = "/api/articles/1";
const AUTHOR: &str = "/api/authors/1";

/// A server, its client, and a connection beside it.
async fn start() -> (Server, Client, Other) {
    let database = Database::new(Kind::Postgres);
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    (server, client, Other(PgConnection::connect(&database.url).await.unwrap()))
}

/// Somebody else in the same database.
struct Other(PgConnection);

impl Other {
    async fn execute(&mut self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.0).await.unwrap();
    }

    async fn number(&mut self, sql: &'static str) -> i64 {
        sqlx::query_scalar(sql).fetch_one(&mut self.0).await.unwrap()
    }

    /// How many connections wait for a lock.
    async fn waiting(&mut self) -> i64 {
        // In a transaction, PostgreSQL would answer the same again and again.
        self.execute("SELECT pg_stat_clear_snapshot()").await;
        let waiting = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() \
                       AND wait_event_type = 'Lock'";
        self.number(waiting).await
    }

    /// Waits until this many do.
    async fn until_waiting(&mut self, connections: i64) {
        let begin = Instant::now();
        while self.waiting().await != connections {
            assert!(begin.elapsed() < PATIENCE / 5, "nobody waits");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

/// On its way.
fn send(client: &Client, ask: Ask) -> JoinHandle<Answer> {
    let client = client.clone();
    tokio::spawn(async move { client.send(ask).await })
}

/// The author gets another name after the permit was given and before the write: it is no longer what was seen.
#[tokio::test]
async fn write_after_a_rename_that_is_not_committed() {
    for ask in [
        Ask::patch(URL).json(&json!({ "title": "Unseen" })),
        Ask::delete(URL),
        Ask::post("/api/articles/1/comments").json(&json!({ "text": "Unseen" })),
    ] {
        let (server, client, mut other) = start().await;
        let before = client.get(URL).await.is(StatusCode::OK);
        other
            .execute("BEGIN; UPDATE authors SET name = 'Eve', version = version + 1, updated_at = now() WHERE id = 1")
            .await;
        let answer = send(&client, ask.if_match(&before.field("etag")));
        other.until_waiting(1).await;
        other.execute("COMMIT").await;
        let answer = answer.await.unwrap();
        let now = client.get(URL).await.is(StatusCode::OK);
        assert_eq!(answer.field("etag"), now.field("etag"));
        answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
        assert_eq!(now.json()["author"]["name"], "Eve");
        assert_eq!((&now.json()["version"], &now.json()["comments"]), (&json!(1), &before.json()["comments"]));
        server.stop().await;
    }
}

/// Everything that makes up the state is compared, whatever else has stayed: two writes may have the same time, and another
/// author the same version.
#[tokio::test]
async fn write_after_a_change_of_one_column_that_is_not_committed() {
    let (server, client, mut other) = start().await;
    let comment = json!({ "text": "Unseen" });
    for (change, is_of_the_author) in [
        ("articles SET version = version + 1", false),
        ("articles SET updated_at = updated_at + interval '1 microsecond'", false),
        ("articles SET author_id = 3 - author_id", false),
        ("authors SET version = version + 1", true),
        ("authors SET updated_at = updated_at + interval '1 microsecond'", true),
    ] {
        for (url, ask) in [
            (URL, Ask::patch(URL).json(&json!({ "title": "Unseen" }))),
            (URL, Ask::delete(URL)),
            (URL, Ask::post("/api/articles/1/comments").json(&comment)),
            (AUTHOR, Ask::put(AUTHOR).json(&json!({ "name": "Unseen" }))),
        ] {
            if url == AUTHOR && !is_of_the_author {
                continue;
            }
            let ask = ask.if_match(&client.tag(url).await);
            other.execute(&format!("BEGIN; UPDATE {change}")).await;
            let answer = send(&client, ask);
            other.until_waiting(1).await;
            other.execute("COMMIT").await;
            let answer = answer.await.unwrap();
            let now = client.get(url).await.is(StatusCode::OK);
            assert_eq!(answer.field("etag"), now.field("etag"), "{change}");
            answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
            assert!(!String::from_utf8(now.body).unwrap().contains("Unseen"), "{change}");
        }
    }
    server.stop().await;
}

/// The other way around: an author keeps the name until the write that has seen it is done.
#[tokio::test]
async fn rename_during_a_write() {
    let (server, client, mut other) = start().await;
    other
        .execute(
            "CREATE FUNCTION pause() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 PERFORM pg_advisory_xact_lock(1);
                 RETURN NEW;
             END $$;
             CREATE TRIGGER paused BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION pause();
             SELECT pg_advisory_lock(1)",
        )
        .await;
    let tag = client.tag(URL).await;
    let edit = send(&client, Ask::patch(URL).if_match(&tag).json(&json!({ "title": "First" })));
    other.until_waiting(1).await;
    let rename = send(&client, Ask::put(AUTHOR).json(&json!({ "name": "Eve" })));
    other.until_waiting(2).await;
    other.execute("SELECT pg_advisory_unlock(1)").await;
    let saved = edit.await.unwrap().is(StatusCode::OK);
    assert_eq!(saved.json()["author"]["name"], "Ada");
    rename.await.unwrap().is(StatusCode::OK);
    let now = client.send(Ask::get(URL).if_none_match(&saved.field("etag"))).await.is(StatusCode::OK);
    assert_eq!(now.json()["author"]["name"], "Eve");
    server.stop().await;
}

/// A comment waits for whoever is about to delete its article, and has nothing to belong to afterwards.
#[tokio::test]
async fn comment_during_a_deletion() {
    let (server, client, mut other) = start().await;
    let ask = Ask::post("/api/articles/1/comments").json(&json!({ "text": "Late" }));
    other.execute("BEGIN; DELETE FROM articles WHERE id = 1").await;
    let answer = send(&client, ask);
    other.until_waiting(1).await;
    other.execute("COMMIT").await;
    answer.await.unwrap().problem(StatusCode::NOT_FOUND);
    server.stop().await;
}

/// An article and its comments are of one instant, although they are two questions.
#[tokio::test]
async fn read_during_a_write() {
    let (server, client, mut other) = start().await;
    for url in [URL, "/api/articles"] {
        let before = client.get(url).await.is(StatusCode::OK);
        other.execute("BEGIN; LOCK TABLE comments IN ACCESS EXCLUSIVE MODE").await;
        let during = send(&client, Ask::get(url));
        other.until_waiting(1).await;
        other
            .execute(
                "UPDATE articles SET version = version + 1 WHERE id = 1;
                 INSERT INTO comments (article_id, text, version) VALUES (1, 'New', 1);
                 COMMIT",
            )
            .await;
        let during = during.await.unwrap().is(StatusCode::OK);
        assert_eq!((during.field("etag"), &during.body), (before.field("etag"), &before.body), "{url}");
        assert_ne!(client.tag(url).await, before.field("etag"), "{url}");
    }
    server.stop().await;
}

/// A write that PostgreSQL gives up for another one is made again, a few times. That is no reason to say 412.
#[tokio::test]
async fn transaction_that_is_given_up() {
    let (server, client, mut other) = start().await;
    other
        .execute(
            "CREATE SEQUENCE attempts;
             CREATE TABLE failures (until BIGINT, code TEXT);
             INSERT INTO failures VALUES (0, '');
             CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                 IF nextval('attempts') < (SELECT until FROM failures) THEN
                     RAISE EXCEPTION 'could not serialize access' USING ERRCODE = (SELECT code FROM failures);
                 END IF;
                 RETURN NEW;
             END $$;
             CREATE TRIGGER failing BEFORE UPDATE ON articles FOR EACH ROW EXECUTE FUNCTION fail()",
        )
        .await;
    // serialization_failure, deadlock_detected; the last two are no reason to try again.
    for (code, until, status, attempts) in [
        ("40001", 5, StatusCode::OK, 5),
        ("40P01", 3, StatusCode::OK, 3),
        ("40001", 99, StatusCode::SERVICE_UNAVAILABLE, 5),
        ("40P01", 99, StatusCode::SERVICE_UNAVAILABLE, 5),
        ("53200", 99, StatusCode::SERVICE_UNAVAILABLE, 1),
        ("22012", 99, StatusCode::INTERNAL_SERVER_ERROR, 1),
    ] {
        other.execute(&format!("UPDATE failures SET until = {until}, code = '{code}'")).await;
        other.execute("ALTER SEQUENCE attempts RESTART").await;
        let tag = client.tag(URL).await;
        let answer = client.send(Ask::patch(URL).if_match(&tag).json(&json!({ "title": code }))).await;
        assert_eq!(other.number("SELECT last_value FROM attempts").await, attempts, "{code}");
        if status == StatusCode::OK {
            assert_eq!(answer.is(status).field("etag"), client.tag(URL).await, "{code}");
        } else {
            assert_eq!(answer.has("retry-after"), status == StatusCode::SERVICE_UNAVAILABLE);
            answer.problem(status);
            assert_eq!(client.tag(URL).await, tag, "{code}");
        }
    }
    server.stop().await;
}

/// Whoever keeps others out for too long is not waited for forever.
#[tokio::test]
async fn lock_that_is_held() {
    let (server, client, mut other) = start().await;
    let tag = client.tag(URL).await;
    other.execute("BEGIN; SELECT FROM articles WHERE id = 1 FOR UPDATE").await;
    let edit = Ask::patch(URL).if_match(&tag).json(&json!({ "title": "In time" }));
    let answer = client.send(edit.clone()).await;
    assert!(answer.has("retry-after"));
    answer.problem(StatusCode::SERVICE_UNAVAILABLE);
    other.execute("ROLLBACK").await;
    client.send(edit).await.is(StatusCode::OK);
    server.stop().await;
}

/// Ids that clients have chosen are not chosen again, whether the database has noticed them or not.
#[tokio::test]
async fn ids_that_are_taken() {
    let (server, client, mut other) = start().await;
    let draft = json!({ "title": "New", "body": "", "author_id": 1 });
    let create = async || client.send(Ask::post("/api/articles").json(&draft)).await.is(StatusCode::CREATED).json();
    assert_eq!(create().await["id"], 4);
    for id in [5, 7] {
        let put = Ask::put(&format!("/api/articles/{id}")).if_none_match("*").json(&draft);
        client.send(put).await.is(StatusCode::CREATED);
    }
    // As in SQLite: not even one that is free again.
    client.send(Ask::delete("/api/articles/7").if_match(&client.tag("/api/articles/7").await)).await;
    assert_eq!(create().await["id"], 8);
    other
        .execute(
            "INSERT INTO articles (id, title, body, author_id, version, updated_at)
             SELECT id, 'By hand', '', 1, 1, now() FROM generate_series(9, 500) AS id",
        )
        .await;
    assert_eq!(create().await["id"], 501);
    server.stop().await;
}

/// An id that was given is not given again, although a client has chosen a smaller one at the same time.
#[tokio::test]
async fn ids_that_are_chosen_and_given_at_once() {
    let database = Database::new(Kind::Postgres);
    let mut other = Other(PgConnection::connect(&database.url).await.unwrap());
    // The one that PostgreSQL has, with a pause before it.
    other
        .execute(
            "CREATE FUNCTION public.setval(regclass, bigint) RETURNS bigint LANGUAGE plpgsql AS $$ BEGIN
                 PERFORM pg_advisory_xact_lock_shared(1);
                 RETURN pg_catalog.setval($1, $2);
             END $$;
             DO $$ BEGIN
                 EXECUTE format('ALTER DATABASE %I SET search_path = public, pg_catalog', current_database());
             END $$",
        )
        .await;
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    other.execute("SELECT pg_advisory_lock(1)").await;

    let draft = json!({ "title": "New", "body": "", "author_id": 1 });
    let chosen = send(&client, Ask::put("/api/articles/6").if_none_match("*").json(&draft));
    other.until_waiting(1).await;
    let given: Vec<_> = (0..6).map(|_| send(&client, Ask::post("/api/articles").json(&draft))).collect();
    let begin = Instant::now();
    // Those that are answered have not waited for the others.
    let unanswered = || given.iter().filter(|answer| !answer.is_finished()).count();
    while other.waiting().await != 1 + i64::try_from(unanswered()).unwrap() {
        assert!(begin.elapsed() < PATIENCE / 5, "somebody neither waits nor is answered");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    // The largest of all is free again, if it is there.
    let largest = other.number("SELECT max(id) FROM articles").await;
    if largest > 3 {
        other.execute(&format!("DELETE FROM articles WHERE id = {largest}")).await;
    }
    other.execute("SELECT pg_advisory_unlock(1)").await;

    let mut ids = vec![chosen.await.unwrap().is(StatusCode::CREATED).json()["id"].as_i64().unwrap()];
    for answer in given {
        ids.push(answer.await.unwrap().is(StatusCode::CREATED).json()["id"].as_i64().unwrap());
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "{ids:?}");
    server.stop().await;
}

/// PostgreSQL goes away and comes back. Requests are told so meanwhile, and the server is there all the time.
#[tokio::test]
async fn outage() {
    let mut cluster = Cluster::start(Durability::Durable);
    let url = cluster.create_database("articles");
    let server = Server::spawn(crate::server::program().args(["--listen", "127.0.0.1:0", "--database", &url])).await;
    let client = server.client(Http::One);
    let mut tag = client.tag(URL).await;
    for crash in [false, true] {
        if crash {
            cluster.kill9();
        } else {
            cluster.stop();
        }
        let edit = Ask::patch(URL).if_match(&tag).json(&json!({ "title": format!("{crash}") }));
        let asks = [Ask::get(URL), edit.clone(), Ask::get("/api/articles"), Ask::get(AUTHOR)];
        // Each is waited for a while, since PostgreSQL could be about to start: so all at once.
        for answer in asks.map(|ask| send(&client, ask)) {
            let answer = answer.await.unwrap();
            assert!(answer.has("retry-after"));
            let problem = answer.problem(StatusCode::SERVICE_UNAVAILABLE).to_string();
            assert!(!problem.contains("postgres"), "{problem}");
        }
        cluster.restart();
        assert_eq!(client.tag(URL).await, tag);
        tag = client.send(edit).await.is(StatusCode::OK).field("etag");
    }
    server.stop().await;
}
