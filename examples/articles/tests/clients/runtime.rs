//! The client of this library.

use etag_runtime::client::{Client, Error, Versioned};
use http::StatusCode;
use serde_json::Value;

use crate::front::Front;
use crate::measure::{Reader, measure};
use crate::page::PAGE;
use crate::row::Row;

/// Measures it.
pub(crate) async fn client(front: Front, name: &str) -> Row {
    PAGE.has_code(name, include_str!("runtime.rs"));
    let mut reader = Runtime { client: Client::default(), url: front.url(), seen: None };
    measure(front, &mut reader).await
}

struct Runtime {
    client: Client,
    url: String,
    seen: Option<Versioned<Value>>,
}

impl Runtime {
    async fn current(&mut self) -> Result<Versioned<Value>, Error<Value>> {
        let Runtime { client, url, .. } = self;
        let article = match self.seen.take() {
            None => client.get(&*url).await?,
            Some(mut seen) => {
                client.refresh(&mut seen).await?;
                seen
            }
        };
        Ok(article)
    }
}

impl Reader for Runtime {
    async fn read(&mut self) -> String {
        let article = self.current().await.unwrap();
        // As many octets as the server has sent, with the members in an order of their own.
        self.seen.insert(article).to_string()
    }

    async fn edit(&mut self, document: &Value) -> Option<StatusCode> {
        let seen = self.seen.as_ref().unwrap();
        match self.client.put(seen, document).await {
            Ok(saved) => self.seen = Some(saved),
            Err(Error::Conflict(_)) => return Some(StatusCode::PRECONDITION_FAILED),
            Err(error) => panic!("{error}"),
        }
        Some(StatusCode::OK)
    }
}
