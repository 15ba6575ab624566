//! [`redirects`]: where a client goes on by itself, and what it leaves behind.

use http::StatusCode;
use http::header::LOCATION;
use reqwest::redirect::{Attempt, Policy};
use reqwest::{Response, Url};
use serde::de::DeserializeOwned;

use super::read::{accepted, reading, value};
use super::{Client, Error, Versioned};

/// How many answers of one GET may lead on: as many as reqwest follows.
const HOPS: usize = 10;

/// The redirects of reqwest without `303 See Other`, for a [`Client`] on a [`reqwest::Client`] of yours.
///
/// What a `303` means depends on the method, which no policy is told: after a write, that it has been carried out; to a GET, that another
/// resource tells about this one ([RFC 9110 § 15.4.4]). The [`Client`] looks at that itself.
///
/// What was found at another origin is asked for there the next time, with all that your client adds to every request. A policy that stops before an
/// origin that is not trusted keeps that from happening.
///
/// # Examples
///
/// ```
/// use etag_runtime::client::{Client, redirects};
///
/// let http = reqwest::Client::builder().redirect(redirects()).user_agent("editor/1.0").build()?;
/// let client = Client::new(http);
/// # drop(client);
/// # Ok::<(), reqwest::Error>(())
/// ```
///
/// [RFC 9110 § 15.4.4]: https://www.rfc-editor.org/rfc/rfc9110.html#section-15.4.4
#[must_use]
pub fn redirects() -> Policy {
    Policy::custom(|attempt: Attempt<'_>| match attempt.status() {
        StatusCode::SEE_OTHER => attempt.stop(),
        _ => Policy::default().redirect(attempt),
    })
}

impl Client {
    /// The value that a GET of `asked` has found, there or where a `303` leads.
    ///
    /// Only within the origin that was asked: reqwest adds what its client has for every request, such as credentials, and takes it away
    /// only from what it follows by itself.
    pub(super) async fn found<T: DeserializeOwned>(
        &self,
        mut response: Response,
        asked: &Url,
    ) -> Result<Versioned<T>, Error<T>> {
        for _ in 0..HOPS {
            let Some(other) = see_other(&response).filter(|other| other.origin() == asked.origin()) else { break };
            response = reading(&self.http, other).send().await?;
        }
        value(accepted(response).await?).await
    }
}

/// Where a `303` leads.
fn see_other(response: &Response) -> Option<Url> {
    let location = response.headers().get(LOCATION).filter(|_| response.status() == StatusCode::SEE_OTHER)?;
    response.url().join(location.to_str().ok()?).ok()
}
