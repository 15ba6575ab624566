//! The other side: a client that revalidates what it has, and names the version that it changes.
//!
//! ```text
//! get ──▶ Versioned<T> ─┬─refresh─▶ 304: the same; 200: the new one
//!                       └─put, patch, delete─▶ If-Match ─┬─▶ Versioned<T>
//!                                                        └─▶ Conflict<T>: what is there now
//! ```
//!
//! It works with any server that follows RFC 9110, and on a [`reqwest::Client`] of yours, of reqwest 0.13: TLS, redirects, credentials and time limits
//! are set there. A server that does not evaluate `If-Match`, such as nginx with its module for `WebDAV`, overwrites what it should not, and
//! says nothing: no client can see that.
//!
//! A server that answers a write with `303 See Other` has carried it out. reqwest then sends a GET with the same `If-Match`, which is false by now, and
//! what comes back looks like a conflict: [`edit`](Client::edit) would write again. For such servers let reqwest stop there; the new version is then read:
//!
//! ```
//! use reqwest::redirect::Policy;
//!
//! let stops = |attempt: reqwest::redirect::Attempt<'_>| match attempt.status().as_u16() {
//!     303 => attempt.stop(),
//!     _ => Policy::default().redirect(attempt),
//! };
//! let http = reqwest::Client::builder().redirect(Policy::custom(stops)).build()?;
//! let client = etag_runtime::client::Client::new(http);
//! # drop(client);
//! # Ok::<(), reqwest::Error>(())
//! ```
//!
//! # Examples
//!
//! ```no_run
//! use etag_runtime::client::{Client, Error};
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Article {
//!     title: String,
//!     body: String,
//! }
//!
//! # async fn example() -> Result<(), Error<Article>> {
//! let client = Client::new(reqwest::Client::new());
//! let mut article = client.get::<Article>("http://localhost:3000/api/articles/1").await?;
//! client.refresh(&mut article).await?; // 304, in most cases
//!
//! let edited = Article { title: "Two".into(), body: article.body.clone() };
//! match client.put(&article, &edited).await {
//!     Ok(saved) => println!("saved as {:?}", saved.entity_tag()),
//!     Err(Error::Conflict(conflict)) => println!("someone was faster: {:?}", conflict.current.map(|article| article.title.clone())),
//!     Err(error) => return Err(error),
//! }
//!
//! // Or: again and again, on top of whatever is there.
//! client.edit(article.url().as_str(), |article: &Article| Article { title: "Two".into(), body: article.body.clone() }).await?;
//! # Ok(())
//! # }
//! ```

mod error;
mod problem;
mod read;
mod versioned;
mod write;

pub use error::{Conflict, Error};
pub use problem::Problem;
pub use versioned::Versioned;

/// Sends conditional requests.
///
/// See the [module](self) for how it is used.
#[derive(Debug, Clone, Default)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// Sends them with this client.
    #[must_use]
    pub fn new(http: reqwest::Client) -> Client {
        Client { http }
    }
}
