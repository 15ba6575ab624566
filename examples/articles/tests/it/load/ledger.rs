//! What the clients were told, to be compared with what is stored.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::StatusCode;

use super::Figures;
use crate::client::Client;

pub(crate) struct Ledger {
    articles: Vec<Article>,
    aim: AtomicU64,
    acknowledged: AtomicU64,
    unanswered: AtomicU64,
}

struct Article {
    url: String,
    told: Mutex<Told>,
}

struct Told {
    /// The tag of each version that a response has named.
    tags: BTreeMap<u64, String>,
    /// How many responses have said that this version is theirs.
    written: BTreeMap<u64, u32>,
    /// The tags of refusals, and the latest version that the client could have known when it asked.
    refusals: Vec<(u64, String)>,
}

impl Ledger {
    /// Of articles with these addresses and tags, at version 1.
    pub(super) fn new(urls: Vec<(String, String)>) -> Ledger {
        let article = |(url, tag)| {
            let told = Told { tags: BTreeMap::from([(1, tag)]), written: BTreeMap::new(), refusals: Vec::new() };
            Article { url, told: Mutex::new(told) }
        };
        Ledger {
            articles: urls.into_iter().map(article).collect(),
            aim: AtomicU64::new(0),
            acknowledged: AtomicU64::new(0),
            unanswered: AtomicU64::new(0),
        }
    }

    pub(super) fn url(&self, article: usize) -> &str {
        &self.articles[article].url
    }

    pub(super) fn aim_at(&self, edits: u64) {
        self.aim.store(edits, Ordering::Relaxed);
    }

    /// Whether more edits are wanted.
    pub(super) fn is_open(&self) -> bool {
        self.acknowledged_so_far() < self.aim.load(Ordering::Relaxed)
    }

    pub(crate) fn acknowledged_so_far(&self) -> u64 {
        self.acknowledged.load(Ordering::Relaxed)
    }

    /// The latest version that a response has named.
    pub(super) fn latest(&self, article: usize) -> u64 {
        let told = self.articles[article].told.lock().unwrap();
        told.tags.last_key_value().map_or(0, |(version, _)| *version)
    }

    pub(super) fn acknowledged(&self, article: usize, version: u64, tag: String) {
        let mut told = self.articles[article].told.lock().unwrap();
        *told.written.entry(version).or_default() += 1;
        told.tags.insert(version, tag);
        self.acknowledged.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn refused(&self, article: usize, known: u64, tag: String) {
        self.articles[article].told.lock().unwrap().refusals.push((known, tag));
    }

    pub(super) fn unanswered(&self) {
        self.unanswered.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn figures(&self, took: Duration) -> Figures {
        let refusals = self.articles.iter().map(|article| article.told.lock().unwrap().refusals.len() as u64);
        Figures {
            acknowledged: self.acknowledged_so_far(),
            refused: refusals.sum(),
            unanswered: self.unanswered.load(Ordering::Relaxed),
            took,
        }
    }

    /// That every edit that was acknowledged is one version, that none of them is lost, and that every refusal has told a tag which
    /// was current while the request was under way.
    pub(super) async fn verify(&self, client: &Client) {
        let mut steps = 0;
        for Article { url, told } in &self.articles {
            let answer = client.get(url).await.is(StatusCode::OK);
            let shown = answer.json();
            let version = shown["version"].as_u64().unwrap();
            let told = told.lock().unwrap();

            let number: u64 = shown["body"].as_str().unwrap().parse().unwrap();
            assert_eq!(number, version - 1, "{url}: an update is lost");
            for (version, times) in &told.written {
                assert_eq!(*times, 1, "{url}: version {version} was acknowledged to several");
            }
            assert!(told.written.keys().all(|written| (2..=version).contains(written)), "{url}: {:?}", told.written);
            if let Some(tag) = told.tags.get(&version) {
                assert_eq!(answer.field("etag"), *tag, "{url}: the last response had another tag");
            }
            let versions: BTreeMap<&str, u64> = told.tags.iter().map(|(version, tag)| (&**tag, *version)).collect();
            assert_eq!(versions.len(), told.tags.len(), "{url}: one tag for two versions");
            for (known, tag) in &told.refusals {
                match versions.get(&**tag) {
                    Some(version) => assert!(version >= known, "{url}: {tag} was no longer current"),
                    // Only a write without an answer leaves a version whose tag nobody was told.
                    None => assert_ne!(self.unanswered.load(Ordering::Relaxed), 0, "{url}: {tag} was never current"),
                }
            }
            steps += version - 1;
        }
        let (acknowledged, unanswered) = (self.acknowledged_so_far(), self.unanswered.load(Ordering::Relaxed));
        assert!(steps >= acknowledged, "{acknowledged} edits were acknowledged, and {steps} were made");
        assert!(steps <= acknowledged + unanswered, "{acknowledged} edits were acknowledged, and {steps} were made");
    }
}
