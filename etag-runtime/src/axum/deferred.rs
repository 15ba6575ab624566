//! [`Deferred`]: a body that is read after the preconditions have been checked.

use std::convert::Infallible;
use std::fmt;
use std::marker::PhantomData;

use axum::extract::{FromRequest, Request};

/// The body of a request, which is not read before [`extract`](Deferred::extract).
///
/// A write that is refused needs no body: the client is answered before it has sent one (`Expect: 100-continue`), and the
/// server parses nothing ([RFC 9110 § 10.1.1]). An extractor of axum that reads the body, such as `Json`, reads it before the
/// handler starts; `Deferred<Json<_>>` reads it when the handler has its permit.
///
/// # Examples
///
/// ```
/// use axum::Json;
/// use axum::response::Result;
/// use etag_runtime::{Conditional, Deferred, ETag, Preconditions};
///
/// #[derive(Clone, serde::Serialize, ETag)]
/// struct Note {
///     text: String,
///     #[etag(version)]
///     version: u32,
/// }
///
/// async fn replace(preconditions: Preconditions, body: Deferred<Json<String>>) -> Result<Conditional<Note>> {
///     # let load = || Note { text: "old".into(), version: 1 };
///     let current = preconditions.require().guard(Some(load()))?; // 412 and 428 are answered here,
///     let Json(text) = body.extract().await?;                     // 400, 413, 415 and 422 here
///     let saved = Note { text, version: current.version + 1 };
///     Ok(current.commit(Some(saved))?)
/// }
/// ```
///
/// [RFC 9110 § 10.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1
pub struct Deferred<E> {
    request: Request,
    extractor: PhantomData<fn() -> E>,
}

impl<E: FromRequest<()>> Deferred<E> {
    /// Reads the body.
    ///
    /// # Errors
    ///
    /// The rejection of the extractor: of `Json`, `400` if the body cannot be read or is no JSON, `413` if it is too
    /// large, `415` if it has another content type, `422` if it is not the JSON that was expected.
    pub async fn extract(self) -> Result<E, E::Rejection> {
        E::from_request(self.request, &()).await
    }
}

/// Never fails, since it reads nothing.
impl<E, S: Sync> FromRequest<S> for Deferred<E> {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Deferred<E>, Infallible> {
        Ok(Deferred { request, extractor: PhantomData })
    }
}

impl<E> fmt::Debug for Deferred<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deferred").field("request", &self.request).finish_non_exhaustive()
    }
}
