//! Writing what was seen, and nothing else.

use http::header::{CONTENT_LOCATION, CONTENT_TYPE, ETAG, IF_MATCH, IF_NONE_MATCH};
use http::{HeaderValue, Method, StatusCode};
use reqwest::{IntoUrl, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::read::{accepted, problem, value};
use super::{Client, Conflict, Current, Error, Versioned};
use crate::EntityTag;

/// How often [`Client::edit`] tries. Whoever loses that often is up against a machine.
const ATTEMPTS: usize = 10;

impl Client {
    /// Replaces what was seen, if nobody has changed it since: PUT with `If-Match`.
    ///
    /// Answers what is stored now, with its version: from the response if that shows it, and otherwise by a GET.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with what is there now, as far as a second request could read it; [`Error::Written`] if it was carried out, and what
    /// is stored now could not be read, from its answer or by that GET; any other [`Error`].
    pub async fn put<T: DeserializeOwned>(
        &self,
        seen: &Versioned<T>,
        value: &(impl Serialize + ?Sized),
    ) -> Result<Versioned<T>, Error<T>> {
        self.write(Method::PUT, seen, "application/json", value).await
    }

    /// Changes some members of what was seen, if nobody has changed anything since: PATCH with `If-Match`, and a merge patch ([RFC 7396]).
    ///
    /// # Errors
    ///
    /// As for [`put`](Client::put).
    ///
    /// [RFC 7396]: https://www.rfc-editor.org/rfc/rfc7396.html
    pub async fn patch<T: DeserializeOwned>(
        &self,
        seen: &Versioned<T>,
        patch: &(impl Serialize + ?Sized),
    ) -> Result<Versioned<T>, Error<T>> {
        self.write(Method::PATCH, seen, "application/merge-patch+json", patch).await
    }

    /// Deletes what was seen, if nobody has changed it since: DELETE with `If-Match`.
    ///
    /// # Errors
    ///
    /// As for [`put`](Client::put), but for [`Error::Written`]: nothing is read.
    pub async fn delete<T: DeserializeOwned>(&self, seen: &Versioned<T>) -> Result<(), Error<T>> {
        let tag = seen.strong_tag().ok_or(Error::Unversioned)?;
        let response = self.http.delete(seen.url().clone()).header(IF_MATCH, tag).send().await?;
        self.unless_conflict(response, seen.url(), Some(tag)).await.map(drop)
    }

    /// Creates it, if there is nothing at this address yet: PUT with `If-None-Match: *`.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] with what is there already, as far as it could be read; [`Error::Written`] as for [`put`](Client::put); any other [`Error`], but
    /// for [`Error::Unversioned`].
    pub async fn create<T: DeserializeOwned>(
        &self,
        url: impl IntoUrl,
        value: &(impl Serialize + ?Sized),
    ) -> Result<Versioned<T>, Error<T>> {
        let url = url.into_url()?;
        let request = self.http.put(url.clone()).header(IF_NONE_MATCH, "*").header(CONTENT_TYPE, "application/json");
        let response = request.body(serde_json::to_vec(value)?).send().await?;
        let response = self.unless_conflict(response, &url, None).await?;
        self.saved(response, &url).await
    }

    /// Replaces what is there by what `edit` makes of it, and starts again with what is there then if someone else was faster: ten times
    /// at most.
    ///
    /// `edit` gets the current value each time, so that the changes of others stay. What it makes is the body of a PUT.
    ///
    /// # Errors
    ///
    /// [`Error::Conflict`] after the last attempt, or if there is nothing any more, or what is there cannot be read; any other [`Error`] at once,
    /// such as [`Error::Contradiction`] from a server that would refuse each attempt. After [`Error::Http`] it is not known whether the last
    /// attempt was carried out, and it is not repeated.
    pub async fn edit<T: DeserializeOwned, B: Serialize>(
        &self,
        url: impl IntoUrl,
        mut edit: impl FnMut(&T) -> B,
    ) -> Result<Versioned<T>, Error<T>> {
        let mut current = self.get(url).await?;
        for _ in 1..ATTEMPTS {
            match self.put(&current, &edit(&current)).await {
                Err(Error::Conflict(conflict)) => match conflict.current {
                    Current::Present(newer) => current = newer,
                    Current::Absent | Current::Unread(_) => return Err(Error::Conflict(conflict)),
                },
                result => return result,
            }
        }
        self.put(&current, &edit(&current)).await
    }

    async fn write<T: DeserializeOwned>(
        &self,
        method: Method,
        seen: &Versioned<T>,
        content_type: &'static str,
        body: &(impl Serialize + ?Sized),
    ) -> Result<Versioned<T>, Error<T>> {
        let tag = seen.strong_tag().ok_or(Error::Unversioned)?;
        let request = self.http.request(method, seen.url().clone()).header(IF_MATCH, tag);
        let request = request.header(CONTENT_TYPE, HeaderValue::from_static(content_type));
        let response = request.body(serde_json::to_vec(body)?).send().await?;
        let response = self.unless_conflict(response, seen.url(), Some(tag)).await?;
        self.saved(response, seen.url()).await
    }

    /// What is stored now: shown by the response, or read.
    async fn saved<T: DeserializeOwned>(
        &self,
        response: Option<Response>,
        url: &Url,
    ) -> Result<Versioned<T>, Error<T>> {
        let saved = match response.filter(shows_what_is_stored) {
            Some(response) => value(response).await,
            None => self.get(url.clone()).await,
        };
        saved.map_err(|error| Error::Written(Box::new(error)))
    }

    /// The response, unless another version than the one that was named is current. Where none was named, there has to be nothing.
    ///
    /// That of a `303` is left out: what is said of the write is elsewhere, and may be anything (RFC 9110 § 15.4.4), such as that one has to log in. The
    /// write counts as carried out if something else than what was named is there.
    async fn unless_conflict<T: DeserializeOwned>(
        &self,
        response: Response,
        url: &Url,
        named: Option<&EntityTag>,
    ) -> Result<Option<Response>, Error<T>> {
        let status = response.status();
        match status {
            StatusCode::PRECONDITION_FAILED | StatusCode::CONFLICT | StatusCode::SEE_OTHER => {}
            _ => return accepted(response).await.map(Some),
        }
        let problem = problem(response).await;
        let current: Current<T> = match self.get(url.clone()).await {
            Ok(current) => Current::Present(current),
            Err(Error::Refused(StatusCode::NOT_FOUND | StatusCode::GONE, _)) => Current::Absent,
            Err(error) => Current::Unread(Box::new(error)),
        };
        let is_as_named = match &current {
            Current::Present(current) => Some(named.is_some() && current.entity_tag() == named),
            Current::Absent => Some(named.is_none()),
            Current::Unread(_) => None,
        };
        Err(match (status, is_as_named) {
            (StatusCode::SEE_OTHER, Some(false)) => return Ok(None),
            // They may be about anything, such as a name that is taken.
            (StatusCode::CONFLICT | StatusCode::SEE_OTHER, Some(true) | None) => {
                Error::Refused(status, Box::new(problem))
            }
            (_, Some(true)) => Error::Contradiction(Box::new(problem)),
            (_, Some(false) | None) => Error::Conflict(Box::new(Conflict { current, problem })),
        })
    }
}

/// Whether the body of an accepted write is what is stored now: if it says so. Otherwise it is about the write, or is not there, and the validators are
/// those of what was sent (RFC 9110 § 6.4.2, § 9.3.4), which is not what a GET answers.
fn shows_what_is_stored(response: &Response) -> bool {
    let location = response.headers().get(CONTENT_LOCATION).and_then(|location| location.to_str().ok());
    let is_here =
        location.is_some_and(|location| response.url().join(location).is_ok_and(|url| url == *response.url()));
    is_here && response.headers().contains_key(ETAG)
}
