//! Columns that the database changes on its own: a tag is made of what is there in the end, not of what was sent there.

use http::StatusCode;
use serde_json::json;

use crate::client::{Ask, Http};
use crate::database::{Database, on_every_shared_database};
use crate::server::Server;

on_every_shared_database! {
    tag_of_a_write_is_that_of_the_next_get,
    write_that_never_happens,
}

const SQLITE: &str = "
    CREATE TRIGGER articles_touched AFTER UPDATE OF title ON articles BEGIN
        UPDATE articles SET version = version + 10, updated_at = '2001-02-03T04:05:06.789+00:00' WHERE id = NEW.id;
    END;
    CREATE TRIGGER articles_made AFTER INSERT ON articles BEGIN
        UPDATE articles SET version = 100 WHERE id = NEW.id;
    END;
    CREATE TRIGGER authors_touched AFTER UPDATE OF name ON authors BEGIN
        UPDATE authors SET version = version + 10, updated_at = '2001-02-03T04:05:06.789+00:00' WHERE id = NEW.id;
    END;
    CREATE TRIGGER comments_made AFTER INSERT ON comments BEGIN
        UPDATE comments SET version = 100 WHERE id = NEW.id;
    END;
";

/// Before the row is written, after it, and before the commit: what RETURNING shows lacks the last two.
const POSTGRES: &str = "
    CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.updated_at := timestamptz '2001-02-03 04:05:06.123456Z';
        RETURN NEW;
    END $$;
    CREATE FUNCTION bump() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        EXECUTE format('UPDATE %I SET version = CASE %L WHEN ''INSERT'' THEN 100 ELSE version + 10 END WHERE id = %s',
                       TG_TABLE_NAME, TG_OP, NEW.id);
        RETURN NULL;
    END $$;
    CREATE TRIGGER touched BEFORE UPDATE OF title ON articles FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE TRIGGER touched BEFORE UPDATE OF name ON authors FOR EACH ROW EXECUTE FUNCTION touch();
    CREATE CONSTRAINT TRIGGER bumped AFTER INSERT OR UPDATE OF title ON articles
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bump();
    CREATE TRIGGER bumped AFTER UPDATE OF name ON authors FOR EACH ROW EXECUTE FUNCTION bump();
    CREATE TRIGGER made AFTER INSERT ON comments FOR EACH ROW EXECUTE FUNCTION bump();
";

async fn tag_of_a_write_is_that_of_the_next_get(database: Database) {
    let server = Server::start(&database).await;
    database.execute(database.choose(SQLITE, POSTGRES)).await;
    let client = server.client(Http::One);
    let draft = json!({ "title": "Touched", "body": "", "author_id": 2 });
    for (url, seen, ask, version) in [
        ("/api/articles/1", true, Ask::put("/api/articles/1").json(&draft), 12),
        ("/api/articles/1", true, Ask::patch("/api/articles/1").json(&json!({ "title": "Again" })), 23),
        ("/api/articles/70", false, Ask::put("/api/articles/70").if_none_match("*").json(&draft), 100),
        ("/api/articles/71", false, Ask::post("/api/articles").json(&draft), 100),
        ("/api/authors/2", true, Ask::put("/api/authors/2").json(&json!({ "name": "B." })), 12),
    ] {
        let ask = if seen { ask.if_match(&client.tag(url).await) } else { ask };
        let saved = client.send(ask).await;
        assert!(saved.status.is_success(), "{url}: {saved:?}");
        let shown = client.get(url).await.is(StatusCode::OK);
        assert_eq!((saved.field("etag"), &saved.body), (shown.field("etag"), &shown.body), "{url}");
        assert_eq!(shown.json()["version"], version, "{url}: the trigger has fired once");
        assert_eq!(shown.json()["updated_at"].as_str().unwrap().starts_with("2001-"), seen, "{url}");
    }
    let comment = Ask::post("/api/articles/1/comments").json(&json!({ "text": "!" }));
    let comment = client.send(comment).await.is(StatusCode::CREATED).json();
    assert_eq!(comment["version"], 100);
    assert_eq!(client.get("/api/articles/1").await.json()["comments"].as_array().unwrap().last(), Some(&comment));
    server.stop().await;
}

/// A write that the database drops without a word is not tried forever, nor called a success.
async fn write_that_never_happens(database: Database) {
    let server = Server::start(&database).await;
    let sqlite = "CREATE TRIGGER frozen BEFORE UPDATE ON authors BEGIN SELECT RAISE(IGNORE); END";
    let postgres = "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
        CREATE TRIGGER frozen BEFORE UPDATE ON authors FOR EACH ROW EXECUTE FUNCTION drop_it()";
    database.execute(database.choose(sqlite, postgres)).await;
    let client = server.client(Http::One);
    let tag = client.tag("/api/authors/1").await;
    let answer = client.send(Ask::put("/api/authors/1").json(&json!({ "name": "Eve" }))).await;
    assert!(answer.has("retry-after"));
    answer.problem(StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(client.tag("/api/authors/1").await, tag);
    server.stop().await;
}
