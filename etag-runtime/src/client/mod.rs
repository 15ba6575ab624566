//! The other side: a client that revalidates what it has, and names the version that it changes.
//!
//! ```text
//! get ──▶ Versioned<T> ─┬─refresh─▶ 304: the same; 200: the new one
//!                       └─put, patch, delete─▶ If-Match ─┬─▶ Versioned<T>
//!                                                        └─▶ Conflict<T>: what is there now, if that is known
//! ```
//!
//! It works with any server that follows RFC 9110, and on a [`reqwest::Client`] of yours, of reqwest 0.13: TLS, redirects, credentials and time limits
//! are set there. Credentials in an address go with the first request of
//! [`get`](Client::get) and [`edit`](Client::edit) and with those of [`create`](Client::create), and not with what is sent about a [`Versioned`]. A server that does not evaluate `If-Match`, such as nginx with its module for `WebDAV`, overwrites what it should not, and
//! says nothing: no client can see that.
//!
//! A tag is that of one resource, so that it does not follow everywhere:
//!
//! | answer | to a GET | to a write |
//! |---|---|---|
//! | `303` | what is there is read, within the same origin | what is stored now is read at its own address: if that is still what was named, it is [`Refused`](Error::Refused) |
//! | `301`, `302`, `307`, `308` | as reqwest does; a `304` from there is not taken for one of what was seen | it is sent there again, with the same `If-Match`, as it is the same resource |
//!
//! This is what [`Client::default`] does. For a [`reqwest::Client`] of yours [`redirects`] is the policy: one that follows a `303` by itself sends a
//! GET with the same `If-Match`, which is false by now, and what comes back looks like a conflict, so that [`edit`](Client::edit) writes again.
//!
//! # Examples
//!
//! ```no_run
//! use etag_runtime::client::{Client, Current, Error};
//!
//! #[derive(serde::Serialize, serde::Deserialize)]
//! struct Article {
//!     title: String,
//!     body: String,
//! }
//!
//! # async fn example() -> Result<(), Error<Article>> {
//! let client = Client::default();
//! let mut article = client.get::<Article>("http://localhost:3000/api/articles/1").await?;
//! client.refresh(&mut article).await?; // 304, in most cases
//!
//! let edited = Article { title: "Two".into(), body: article.body.clone() };
//! match client.put(&article, &edited).await {
//!     Ok(saved) => println!("saved as {:?}", saved.entity_tag()),
//!     Err(Error::Conflict(conflict)) => match conflict.current {
//!         Current::Present(article) => println!("someone was faster: {}", article.title),
//!         Current::Absent => println!("someone has deleted it"),
//!         Current::Unread(error) => println!("someone was faster, and what is there now is not known: {error}"),
//!     },
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
mod redirects;
mod versioned;
mod write;

pub use error::{Conflict, Current, Error};
pub use problem::Problem;
pub use redirects::redirects;
pub use versioned::Versioned;

/// Sends conditional requests.
///
/// See the [module](self) for how it is used.
#[derive(Debug, Clone)]
pub struct Client {
    http: reqwest::Client,
}

impl Client {
    /// Sends them with this client, whose policy for redirects should be [`redirects`].
    #[must_use]
    pub fn new(http: reqwest::Client) -> Client {
        Client { http }
    }
}

impl Default for Client {
    /// On a [`reqwest::Client`] of its own, which is as reqwest makes one, but for [`redirects`].
    ///
    /// # Panics
    ///
    /// As [`reqwest::Client::new`]: if TLS cannot be initialized.
    fn default() -> Client {
        let http = reqwest::Client::builder().redirect(redirects()).build();
        Client::new(http.expect("the client of reqwest can be made: TLS can be initialized"))
    }
}
