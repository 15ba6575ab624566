//! Many clients that edit a few articles through two servers, and what must be true of it afterwards.
//!
//! Every edit adds one to a number in the body of an article that the client has read before. An update that is lost is a
//! number that stays behind the version.

mod editor;
mod ledger;

use std::sync::Arc;
use std::time::{Duration, Instant};

use http::StatusCode;
use serde_json::json;
use tokio::sync::RwLock;
use tokio::task::JoinSet;
use tokio::time::timeout;

use self::editor::Editor;
pub(crate) use self::ledger::Ledger;
use crate::client::{Ask, Client, Http};
use crate::database::Database;
use crate::server::Server;

const ARTICLES: usize = 10;
const EDITORS: usize = 16;
const SERVERS: usize = 2;

/// The servers as they are reached at the moment: one that was started again has another port.
pub(crate) type Addresses = Arc<RwLock<[String; SERVERS]>>;

/// Two servers on one database, with articles to edit.
pub(crate) struct Load {
    pub(crate) servers: [Server; SERVERS],
    pub(crate) addresses: Addresses,
    pub(crate) ledger: Arc<Ledger>,
}

/// What happened in so many requests.
pub(crate) struct Figures {
    pub(crate) acknowledged: u64,
    pub(crate) refused: u64,
    pub(crate) unanswered: u64,
    pub(crate) took: Duration,
}

impl Load {
    pub(crate) async fn prepare(database: &Database) -> Load {
        let servers = tokio::join!(Server::start(database), Server::start(database));
        let servers = [servers.0, servers.1];
        let addresses = servers.each_ref().map(|server| server.address.clone());
        let client = servers[0].client(Http::One);
        let mut urls = Vec::new();
        for _ in 0..ARTICLES {
            let draft = json!({ "title": "Counted", "body": "0", "author_id": 1 });
            let created = client.send(Ask::post("/api/articles").json(&draft)).await.is(StatusCode::CREATED);
            urls.push((created.field("location"), created.field("etag")));
        }
        Load { servers, addresses: Arc::new(RwLock::new(addresses)), ledger: Arc::new(Ledger::new(urls)) }
    }

    /// Edits until so many edits are acknowledged.
    pub(crate) async fn run(&self, edits: u64, patience: Duration) -> Figures {
        let begin = Instant::now();
        self.ledger.aim_at(edits);
        let mut editors = JoinSet::new();
        for number in 0..EDITORS {
            let editor = Editor::new(number, Arc::clone(&self.addresses), Arc::clone(&self.ledger));
            editors.spawn(editor.run());
        }
        timeout(patience, editors.join_all()).await.expect("the editors make no progress");
        let figures = self.ledger.figures(begin.elapsed());
        assert!(figures.acknowledged >= edits);
        figures
    }

    /// Compares what the clients were told with what is there now.
    pub(crate) async fn verify(&self) {
        let address = self.addresses.read().await[0].clone();
        self.ledger.verify(&Client::new(&address, Http::One)).await;
    }
}
