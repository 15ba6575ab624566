//! One client that reads an article, adds one to its number, and writes it back.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use serde_json::json;

use super::{ARTICLES, Addresses, Ledger, SERVERS};
use crate::client::{Answer, Ask, BOTH, Client};

pub(super) struct Editor {
    number: usize,
    addresses: Addresses,
    ledger: Arc<Ledger>,
}

/// An article as the editor has seen it.
struct Seen {
    tag: String,
    number: u64,
}

impl Editor {
    pub(super) fn new(number: usize, addresses: Addresses, ledger: Arc<Ledger>) -> Editor {
        Editor { number, addresses, ledger }
    }

    pub(super) async fn run(self) {
        let mut old: Vec<Option<Seen>> = (0..ARTICLES).map(|_| None).collect();
        let mut address = String::new();
        let mut client = None;
        let mut turn = 0_usize;
        while self.ledger.is_open() {
            turn += 1;
            let now = self.addresses.read().await[self.number % SERVERS].clone();
            if address != now {
                client = Some(Client::new(&now, BOTH[self.number / SERVERS % BOTH.len()]));
                address = now;
            }
            let Some(client) = &client else { continue };
            let article = (turn * 7 + self.number * 3) % ARTICLES;
            // Now and then somebody comes back to what was open in another window all the time.
            let seen = match old[article].take() {
                Some(seen) if turn.is_multiple_of(11) => seen,
                _ => match self.read(client, article).await {
                    Some(seen) => seen,
                    None => continue,
                },
            };
            self.write(client, article, &seen).await;
            old[article] = Some(seen);
        }
    }

    /// `None` if the server is not there.
    async fn read(&self, client: &Client, article: usize) -> Option<Seen> {
        let Ok(answer) = client.try_send(Ask::get(self.ledger.url(article))).await else {
            tokio::time::sleep(Duration::from_millis(20)).await;
            return None;
        };
        if answer.status == StatusCode::SERVICE_UNAVAILABLE {
            tokio::time::sleep(Duration::from_millis(20)).await;
            return None;
        }
        let answer = answer.is(StatusCode::OK);
        let shown = answer.json();
        Some(Seen { tag: answer.field("etag"), number: shown["body"].as_str().unwrap().parse().unwrap() })
    }

    async fn write(&self, client: &Client, article: usize, seen: &Seen) {
        let url = self.ledger.url(article);
        let (title, body) = (format!("By {}", self.number), (seen.number + 1).to_string());
        let ask = if self.number.is_multiple_of(2) {
            Ask::patch(url).json(&json!({ "title": title, "body": body }))
        } else {
            Ask::put(url).json(&json!({ "title": title, "body": body, "author_id": 1 }))
        };
        let known = self.ledger.latest(article);
        match client.try_send(ask.if_match(&seen.tag)).await {
            Ok(answer) => self.note(article, known, seen, answer),
            // It may have been written, and it may not.
            Err(_) => self.ledger.unanswered(),
        }
    }

    fn note(&self, article: usize, known: u64, seen: &Seen, answer: Answer) {
        match answer.status {
            StatusCode::OK => {
                let version = answer.json()["version"].as_u64().unwrap();
                self.ledger.acknowledged(article, version, answer.field("etag"));
            }
            StatusCode::PRECONDITION_FAILED => {
                let tag = answer.field("etag");
                assert_ne!(tag, seen.tag, "refused by the very tag that was sent");
                answer.refused(StatusCode::PRECONDITION_FAILED, "stale");
                self.ledger.refused(article, known, tag);
            }
            // The database has gone in between, and nobody knows whether before or after the commit.
            StatusCode::SERVICE_UNAVAILABLE => self.ledger.unanswered(),
            _ => panic!("{answer:?}"),
        }
    }
}
