//! Reading, and asking whether what was read is still current.

use http::StatusCode;
use http::header::{ACCEPT, CONTENT_TYPE, IF_MODIFIED_SINCE, IF_NONE_MATCH};
use reqwest::{IntoUrl, RequestBuilder, Response, Url};
use serde::de::DeserializeOwned;

use super::{Client, Error, Problem, Versioned};

impl Client {
    /// Reads a value of JSON, and remembers which version it is.
    ///
    /// Where the answer is a `303`, it is what is found there, if that is of the same origin.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`], [`Error::Json`] and [`Error::Http`].
    pub async fn get<T: DeserializeOwned>(&self, url: impl IntoUrl) -> Result<Versioned<T>, Error<T>> {
        let url = url.into_url()?;
        let response = reading(&self.http, url.clone()).send().await?;
        self.found(response, &url).await
    }

    /// Reads it again if it has changed, and says whether that is so. If it has not, the answer is a `304`, and hardly anything is transferred.
    ///
    /// Without validators there is nothing to ask by: then it is read, and counts as changed. So it does where it has moved to another address: its
    /// validators were those of this one.
    ///
    /// # Errors
    ///
    /// [`Error::Refused`] (`404` if it is gone), [`Error::Json`] and [`Error::Http`]; `seen` is then what it was.
    pub async fn refresh<T: DeserializeOwned>(&self, seen: &mut Versioned<T>) -> Result<bool, Error<T>> {
        let response = revalidating(reading(&self.http, seen.url().clone()), seen).send().await?;
        *seen = match response.status() {
            StatusCode::NOT_MODIFIED if response.url() == seen.url() => {
                seen.update(response.headers());
                return Ok(false);
            }
            // reqwest has taken the validators along to another resource, where they are somebody else's (RFC 9110 § 8.8.3, § 15.4).
            StatusCode::NOT_MODIFIED => self.get(seen.url().clone()).await?,
            _ => self.found(response, seen.url()).await?,
        };
        Ok(true)
    }
}

/// A GET without conditions.
pub(super) fn reading(http: &reqwest::Client, url: Url) -> RequestBuilder {
    http.get(url).header(ACCEPT, "application/json")
}

/// By the entity tag, or, where there is none, by the date (RFC 9110 § 13.1.3).
fn revalidating<T>(request: RequestBuilder, seen: &Versioned<T>) -> RequestBuilder {
    match (seen.entity_tag(), seen.last_modified()) {
        (Some(tag), _) => request.header(IF_NONE_MATCH, tag),
        (None, Some(date)) => request.header(IF_MODIFIED_SINCE, date),
        (None, None) => request,
    }
}

/// The value of a success.
pub(super) async fn value<T: DeserializeOwned>(response: Response) -> Result<Versioned<T>, Error<T>> {
    let (url, headers) = (response.url().clone(), response.headers().clone());
    let value = serde_json::from_slice(&response.bytes().await?)?;
    Ok(Versioned::new(value, url, &headers))
}

/// A success, or what is said instead.
pub(super) async fn accepted<T>(response: Response) -> Result<Response, Error<T>> {
    if response.status().is_success() {
        return Ok(response);
    }
    let status = response.status();
    Err(Error::Refused(status, Box::new(problem(response).await)))
}

/// What the server says about its refusal. An answer that breaks off says nothing.
pub(super) async fn problem(response: Response) -> Problem {
    let content_type = response.headers().get(CONTENT_TYPE).cloned();
    match response.bytes().await {
        Ok(body) => Problem::read(content_type.as_ref(), &body),
        Err(_) => Problem::default(),
    }
}
