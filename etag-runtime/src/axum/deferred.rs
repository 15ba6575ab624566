//! [`Deferred`]: a body that is read after the preconditions have been checked.

use std::fmt;
use std::future::Future;
use std::marker::PhantomData;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::response::IntoResponse;
use http::header::CONTENT_TYPE;
use http::{HeaderValue, Method, StatusCode};

/// The body of a request, which is not read before [`extract`](Deferred::extract).
///
/// A write that is refused needs no body: the client is answered before it has sent one (`Expect: 100-continue`), and the
/// server parses nothing ([RFC 9110 § 10.1.1]). An extractor of axum that reads the body, such as `Json`, reads it before the
/// handler starts; `Deferred<Json<_>>` reads it when the handler has its permit.
///
/// Over HTTP/2, hyper does not say `100 Continue` ([hyper#2743]). A refusal comes before the body there, too; a client that may write sends
/// its body when it has waited long enough.
///
/// A content type that the extractor does not take is refused at once, since `415` goes before preconditions (§ 13.2.1).
/// To find out, the extractor is asked with that field alone and an empty body; a request without the field, and
/// `application/json`, are judged when the body is read. The extractor gets the state `()`, as `Json` and `Form` need none.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "derive")] {
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
///     let Json(text) = body.extract().await?;                     // 400, 413 and 422 here
///     let saved = Note { text, version: current.version + 1 };
///     Ok(current.commit(Some(saved))?)
/// }
/// # }
/// ```
///
/// [RFC 9110 § 10.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-10.1.1
/// [hyper#2743]: https://github.com/hyperium/hyper/issues/2743
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
    /// large, `415` if the request names no content type, `422` if it is not the JSON that was expected.
    pub async fn extract(self) -> Result<E, E::Rejection> {
        E::from_request(self.request, &()).await
    }
}

/// Fails only if the extractor refuses the content type with `415`.
impl<E: FromRequest<()>, S: Sync> FromRequest<S> for Deferred<E> {
    type Rejection = E::Rejection;

    #[expect(clippy::manual_async_fn, reason = "an `async fn` would move the request once more")]
    fn from_request(request: Request, _: &S) -> impl Future<Output = Result<Deferred<E>, E::Rejection>> + Send {
        async move {
            if let Some(head) = Head::in_doubt(&request) {
                // Elsewhere: what an extractor needs while it waits would be moved from hand to hand with every other request.
                Box::pin(head.judge::<E>()).await?;
            }
            Ok(Deferred { request, extractor: PhantomData })
        }
    }
}

/// All that an extractor needs to judge the content type of a request.
struct Head {
    method: Method,
    content_type: HeaderValue,
}

impl Head {
    /// Of a request whose content type may be refused. One that names none may have no body either, and is refused, if at all, when that is read.
    fn in_doubt(request: &Request) -> Option<Head> {
        // To look at each of a dozen fields takes less than to hash this name.
        let (_, content_type) = request.headers().iter().find(|(name, _)| **name == CONTENT_TYPE)?;
        (content_type != "application/json")
            .then(|| Head { method: request.method().clone(), content_type: content_type.clone() })
    }

    /// Fails only with `415`.
    async fn judge<E: FromRequest<()>>(self) -> Result<(), E::Rejection> {
        let refused = match E::from_request(self.without_body(), &()).await {
            Ok(_) => false,
            Err(rejection) => rejection.into_response().status() == StatusCode::UNSUPPORTED_MEDIA_TYPE,
        };
        // Asked once more, since to learn the status of a rejection uses it up.
        if refused {
            E::from_request(self.without_body(), &()).await?;
        }
        Ok(())
    }

    fn without_body(&self) -> Request {
        let mut head = Request::new(Body::empty());
        *head.method_mut() = self.method.clone();
        head.headers_mut().insert(CONTENT_TYPE, self.content_type.clone());
        head
    }
}

impl<E> fmt::Debug for Deferred<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Deferred").field("request", &self.request).finish_non_exhaustive()
    }
}
