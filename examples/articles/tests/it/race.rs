//! Writers at the same time: of those who have seen the same, one wins, and all others learn what it wrote.

use http::StatusCode;
use serde_json::json;
use tokio::task::JoinSet;

use crate::client::{Answer, Ask, BOTH, Client, Http};
use crate::database::{Database, on, on_every_database, on_every_shared_database};
use crate::server::Server;

on_every_database! {
    one_server,
}

on!(sqlite_file, SqliteFile, one_server);

on_every_shared_database! {
    two_servers,
    servers_that_start_at_once,
    author_against_editors,
    delete_against_editors,
    comments_against_editors,
    additions_to_one_page,
}

const WRITERS: usize = 100;
const URL: &str = "/api/articles/1";

/// All requests at once, each from the next of the clients.
async fn at_once(clients: &[Client], asks: impl IntoIterator<Item = Ask>) -> Vec<Answer> {
    let mut tasks = JoinSet::new();
    for (ask, client) in asks.into_iter().zip(clients.iter().cycle().cloned()) {
        tasks.spawn(async move { client.send(ask).await });
    }
    tasks.join_all().await
}

/// The one that succeeded; all others were refused for this reason, with its tag.
fn only_winner(answers: Vec<Answer>, status: StatusCode, reason: &str) -> Answer {
    let (mut won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status == status);
    assert_eq!((won.len(), lost.len()), (1, WRITERS - 1));
    let winner = won.remove(0);
    for answer in lost {
        assert_eq!(answer.field("etag"), winner.field("etag"));
        answer.refused(StatusCode::PRECONDITION_FAILED, reason);
    }
    winner
}

/// PUT from all writers with the same tag, then again with the tag of the winner, and a creation.
async fn race(clients: &[Client], id: usize) {
    let put = |url: &str, writer: usize| {
        Ask::put(url).json(&json!({ "title": format!("By {writer}"), "body": "", "author_id": 2 }))
    };
    for round in 1..=3 {
        let tag = clients[0].tag(URL).await;
        let before = clients[0].get(URL).await.json();
        let asks = (0..WRITERS).map(|writer| put(URL, writer).if_match(&tag));
        let winner = only_winner(at_once(clients, asks).await, StatusCode::OK, "stale");
        let shown = clients[0].get(URL).await;
        assert_eq!((&shown.body, shown.field("etag")), (&winner.body, winner.field("etag")), "round {round}");
        assert_eq!(shown.json()["version"], before["version"].as_i64().unwrap() + 1, "round {round}");
    }
    let url = format!("/api/articles/{id}");
    let asks = (0..WRITERS).map(|writer| put(&url, writer).if_none_match("*"));
    let winner = only_winner(at_once(clients, asks).await, StatusCode::CREATED, "exists");
    assert_eq!(clients[0].get(&url).await.body, winner.body);
}

async fn one_server(database: Database) {
    let server = Server::start(&database).await;
    for (version, id) in BOTH.into_iter().zip(70..) {
        race(&[server.client(version)], id).await;
    }
    server.stop().await;
}

/// The database decides, so it does not matter how many servers there are.
async fn two_servers(database: Database) {
    let (one, two) = tokio::join!(Server::start(&database), Server::start(&database));
    race(&[one.client(Http::One), two.client(Http::Two)], 70).await;
    let total = one.client(Http::One).get("/api/articles").await.json()["total"].clone();
    assert_eq!(total, 4, "both servers have found the database empty");
    one.stop().await;
    two.stop().await;
}

/// Servers that start at once neither fail nor fill the database twice.
async fn servers_that_start_at_once(database: Database) {
    for _ in 0..10 {
        let database = database.another();
        let start = || Server::start(&database);
        let (one, _two, _three) = tokio::join!(start(), start(), start());
        assert_eq!(one.client(Http::One).get("/api/articles").await.json()["total"], 3);
    }
}

/// An editor whose tag was taken before the author got another name does not write after it.
async fn author_against_editors(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    for round in 0..40 {
        let article = client.get(URL).await.is(StatusCode::OK);
        let seen = article.json()["author"].clone();
        let edit = Ask::patch(URL).if_match(&article.field("etag")).json(&json!({ "body": format!("{round}") }));
        let author = client.tag("/api/authors/1").await;
        let rename = Ask::put("/api/authors/1").if_match(&author).json(&json!({ "name": format!("Ada {round}") }));
        let mut asks = vec![edit; 8];
        asks.insert(round % 8, rename);
        for answer in at_once(std::slice::from_ref(&client), asks).await {
            let answered = answer.json();
            if answer.status == StatusCode::OK && answered["comments"].is_array() {
                assert_eq!(answered["author"], seen, "round {round}: it has written what it has not seen");
            }
        }
    }
    server.stop().await;
}

/// One edit or one deletion. Everybody else is told that it is another article now, or that there is none left.
async fn delete_against_editors(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    for round in 0..20 {
        let draft = json!({ "title": "Short-lived", "body": "", "author_id": 1 });
        let created = client.send(Ask::post("/api/articles").json(&draft)).await.is(StatusCode::CREATED);
        let (url, tag) = (created.field("location"), created.field("etag"));
        let edit = Ask::patch(&url).if_match(&tag).json(&json!({ "title": "Edited" }));
        let delete = Ask::delete(&url).if_match(&tag);
        let asks = (0..12).map(|writer| if (writer + round) % 3 == 0 { edit.clone() } else { delete.clone() });
        let answers = at_once(std::slice::from_ref(&client), asks).await;
        let (won, lost): (Vec<_>, Vec<_>) = answers.into_iter().partition(|answer| answer.status.is_success());
        assert_eq!(won.len(), 1, "round {round}");
        let is_edited = won[0].status == StatusCode::OK;
        for answer in lost {
            answer.problem(if is_edited { StatusCode::PRECONDITION_FAILED } else { StatusCode::NOT_FOUND });
        }
    }
    server.stop().await;
}

/// Comments do not wait for a quiet moment, nor do they get lost.
async fn comments_against_editors(database: Database) {
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let before = client.get(URL).await.json()["comments"].as_array().unwrap().len();
    let comments =
        (0..WRITERS).map(|writer| Ask::post("/api/articles/1/comments").json(&json!({ "text": format!("{writer}") })));
    let editor = async {
        for round in 0..20 {
            let tag = client.tag(URL).await;
            let edit = Ask::patch(URL).if_match(&tag).json(&json!({ "body": format!("{round}") }));
            client.send(edit).await.is(StatusCode::OK);
        }
    };
    let (answers, ()) = tokio::join!(at_once(std::slice::from_ref(&client), comments), editor);
    for answer in answers {
        answer.is(StatusCode::CREATED);
    }
    assert_eq!(client.get(URL).await.json()["comments"].as_array().unwrap().len(), before + WRITERS);
    server.stop().await;
}

/// Of those who have seen the same list, one adds to it; on which server does not matter.
async fn additions_to_one_page(database: Database) {
    let (one, two) = tokio::join!(Server::start(&database), Server::start(&database));
    let clients = [one.client(Http::One), two.client(Http::Two)];
    let page = "/api/articles?per_page=100";
    for round in 1..=5 {
        let tag = clients[0].tag(page).await;
        let asks = (0..10).map(|writer| {
            let draft = json!({ "title": format!("By {writer}"), "body": "", "author_id": 1 });
            Ask::post(page).if_match(&tag).json(&draft)
        });
        let (won, lost): (Vec<_>, Vec<_>) =
            at_once(&clients, asks).await.into_iter().partition(|answer| answer.status == StatusCode::CREATED);
        assert_eq!(won.len(), 1, "round {round}");
        let now = clients[1].get(page).await.is(StatusCode::OK);
        assert_eq!(now.json()["total"], 3 + round);
        for answer in lost {
            assert_eq!(answer.field("etag"), now.field("etag"));
            answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
        }
    }
    one.stop().await;
    two.stop().await;
}
