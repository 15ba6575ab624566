//! [`Conditional::of`]: the response of a handler that does not take [`Preconditions`].

use super::Asked;
use crate::basis::Basis;
use crate::etag::ABSENT;
use crate::{Conditional, ETag};
#[cfg(doc)]
use crate::{ConditionalLayer, ForWrite, Preconditions};

impl<T: ETag> Conditional<T> {
    /// The response of a handler that does not take [`Preconditions`]: the [`ConditionalLayer`] around it knows what the request asks.
    ///
    /// Under the layer it is what [`Preconditions::respond`] makes: `304`, `412` or `200`, decided here, before the model is rendered.
    /// Without the layer it is a `200` with validators, whatever was asked. A handler that can name more (a
    /// [stamp](Preconditions::respond_lazily), a [variant](Preconditions::with_variant)) takes the extractor.
    ///
    /// **It is for reading.** A method that may change something is never refused by it, under the layer or without: a write needs a
    /// [permit](Preconditions::guard), and the response to it comes from the permit.
    ///
    /// # Where the request is known
    ///
    /// The layer keeps what is asked on the thread while it polls what is inside of it. That leaves three cases to know of:
    ///
    /// - **A task that the handler spawns** is polled by others. A response that is made there is a `200`, and the layer decides when
    ///   the handler returns it: the answer is the same, and the model was rendered in vain.
    /// - **A request that the handler makes in process**, to another router, has its own conditions if that router has a layer of its own.
    ///   Without one, what is made in there takes part in the outer request, and may be a `304` to it: put
    ///   [`ConditionalLayer`] around both.
    /// - **A future that several requests share**, so that only one of them loads what all want, is polled by any of them: share
    ///   the model, and make the response outside.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use axum::Router;
    /// use axum::body::Body;
    /// use axum::http::{Request, StatusCode, header};
    /// use axum::routing::get;
    /// use etag_runtime::{Conditional, ConditionalLayer, ETag};
    /// # use tower::ServiceExt as _;
    ///
    /// #[derive(serde::Serialize, ETag)]
    /// struct Note {
    ///     text: &'static str,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// async fn load() -> Note {
    ///     Note { text: "Hello", version: 7 }
    /// }
    ///
    /// async fn show() -> Conditional<Note> {
    ///     Conditional::of(load().await)
    /// }
    ///
    /// let app = Router::new().route("/note", get(show)).layer(ConditionalLayer::new());
    ///
    /// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
    /// let tag = load().await.etag().to_string();
    /// let request = Request::get("/note").header(header::IF_NONE_MATCH, tag).body(Body::empty())?;
    /// assert_eq!(app.oneshot(request).await?.status(), StatusCode::NOT_MODIFIED);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// # }
    /// ```
    pub fn of(model: T) -> Conditional<T> {
        const { assert!(!T::MAY_BE_ABSENT, "{}", ABSENT) };
        match Asked::current() {
            Asked::Conditions(preconditions) => preconditions.respond(model),
            Asked::Nothing(taken) => Conditional::written(model).on(Basis::unasked(taken)),
            Asked::Unknown => Conditional::written(model).undecided(),
        }
    }
}
