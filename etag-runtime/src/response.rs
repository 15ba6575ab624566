//! From the decision to status and fields: what a 304 keeps, what a 200 carries.

mod fields;

use std::borrow::Cow;
use std::convert::Infallible;

use http::header::{CACHE_CONTROL, CONTENT_LOCATION, ETAG, HeaderName, LAST_MODIFIED, LOCATION, VARY};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use self::fields::{NO_CACHE, OF_THE_CONTENT, add, set_cache_control, uri_reference};
use crate::basis::Basis;
use crate::etag::ABSENT;
#[cfg(feature = "range")]
use crate::range::Ranges;
use crate::variant::Selection;
use crate::{ETag, HttpDate, Rejected, Validators, vary};

/// A response with validators: the representation of a `T`, `304 Not Modified`, or a refusal.
///
/// In axum it is a JSON response, which serializes the model only for a `200`. It carries `ETag`,
/// `Last-Modified` when that is true, and `Cache-Control: no-cache` unless the handler sets another, or `Expires`.
///
/// Change its status with [`status`](Conditional::status). A tuple, `(StatusCode::OK, conditional)`, would turn a `304`
/// into a `200` without a body.
#[derive(Debug)]
#[must_use = "a response does nothing until it is returned"]
pub struct Conditional<T> {
    pub(crate) outcome: Outcome<T>,
    /// Of the representation, if the handler has named one.
    pub(crate) status: Option<StatusCode>,
    /// `Content-Location`, which every response to a PUT or PATCH has: a map of one field would cost four allocations.
    content_location: Option<HeaderValue>,
    /// More fields, which most responses have none of.
    pub(crate) headers: Option<Box<HeaderMap>>,
    /// The parts of the representation that the client wants, if it has parts.
    #[cfg(feature = "range")]
    pub(crate) ranges: Option<Ranges>,
    /// Whether it was made without knowing what the request asks.
    undecided: bool,
    /// Of the representation; what is answered in its place has its own.
    pub(crate) basis: Basis,
}

/// Among the extensions of a response: whether it answers what the request asks was not known when it was made.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Undecided;

#[derive(Debug)]
pub(crate) enum Outcome<T> {
    Representation(T, Validators),
    Instead(Answer),
}

/// What is answered in place of the representation.
#[derive(Debug)]
pub(crate) enum Answer {
    /// `304`, with the value of `ETag`, or, without one, of `Last-Modified`.
    NotModified {
        entity_tag: Option<HeaderValue>,
        last_modified: Option<HttpDate>,
        basis: Basis,
    },
    Rejected(Box<Rejected>),
}

impl<T> Conditional<T> {
    pub(crate) fn new(outcome: Outcome<T>) -> Conditional<T> {
        Conditional {
            outcome,
            status: None,
            content_location: None,
            headers: None,
            #[cfg(feature = "range")]
            ranges: None,
            undecided: false,
            basis: Basis::UNKNOWN,
        }
    }

    /// The same, whose representation is sent on this basis.
    pub(crate) fn on(mut self, basis: Basis) -> Conditional<T> {
        self.basis = basis;
        self
    }

    /// The representation of `model` with its validators, whatever was asked, as after a write.
    #[cfg(any(test, feature = "layer"))]
    pub(crate) fn written(model: T) -> Conditional<T>
    where
        T: ETag,
    {
        Conditional::written_as(model, None)
    }

    /// The same of the variant that is selected.
    pub(crate) fn written_as(model: T, selection: Option<&Selection>) -> Conditional<T>
    where
        T: ETag,
    {
        const { assert!(!T::MAY_BE_ABSENT, "{}", ABSENT) };
        let mut validators = model.validators();
        if let Some(selection) = selection {
            validators = selection.of_validators(&validators);
        }
        validators.settle();
        let mut response = Conditional::new(Outcome::Representation(model, validators));
        response.select(selection);
        response
    }

    /// The status of the response if it holds the representation, in place of `200`: another success. A `304` and a
    /// refusal keep theirs.
    pub fn status(mut self, status: StatusCode) -> Conditional<T> {
        self.status = Some(status);
        self
    }

    /// With one more field line; `Location` and `Content-Location` have one line only, the last.
    ///
    /// A `304` keeps it too, unless it describes the content, such as `Content-Type`. So `Vary`, `Expires` and a
    /// `Cache-Control` of your own belong here, and not to what is rendered, which a `304` knows nothing of. A refusal
    /// has none of them.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Conditional<T> {
        if name == CONTENT_LOCATION {
            self.content_location = Some(value);
            return self;
        }
        let headers = self.headers.get_or_insert_default();
        if name == VARY {
            vary::add(headers, &value);
        } else if name == LOCATION {
            headers.insert(name, value);
        } else {
            headers.append(name, value);
        }
        self
    }

    /// [`header`](Conditional::header) with a typed field, such as `CacheControl`, `Expires` or `Vary` of the crate `headers`.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use std::time::Duration;
    ///
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    /// use headers::CacheControl;
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn show(preconditions: &Preconditions, note: Note) -> Conditional<Note> {
    ///     let a_minute = CacheControl::new().with_private().with_max_age(Duration::from_secs(60));
    ///     preconditions.respond(note).typed_header(a_minute)
    /// }
    /// # }
    /// ```
    #[cfg(feature = "headers")]
    #[expect(clippy::needless_pass_by_value, reason = "a field that was built for one response has no other use")]
    pub fn typed_header<H: headers::Header>(self, field: H) -> Conditional<T> {
        let mut lines = Vec::new();
        field.encode(&mut lines);
        lines.into_iter().fold(self, |response, line| response.header(H::name().clone(), line))
    }

    /// Whether the representation is sent, and nothing in place of it.
    #[cfg(feature = "axum")]
    pub(crate) fn is_representation(&self) -> bool {
        matches!(self.outcome, Outcome::Representation(..))
    }

    /// With these fields besides those that were set before.
    #[cfg(feature = "axum")]
    pub(crate) fn headers(mut self, mut headers: HeaderMap) -> Conditional<T> {
        if let Some(before) = &self.headers {
            add(&mut headers, before);
        }
        self.headers = Some(Box::new(headers));
        self
    }

    /// The same, which whoever knows what the request asks may still decide.
    #[cfg(feature = "layer")]
    pub(crate) fn undecided(mut self) -> Conditional<T> {
        self.undecided = true;
        self
    }

    /// Adds the fields that say which variant it is.
    #[inline]
    pub(crate) fn select(&mut self, selection: Option<&Selection>) {
        if let Some(selection) = selection {
            selection.write_to(self.headers.get_or_insert_default());
        }
    }

    /// The same, whose representation is that of what `view` makes of the model. It is called only if there is one to be sent.
    ///
    /// The validators stay those of the model. What the view has besides, such as a member that a release has added to it,
    /// is to be named before: [`Variant::new("view", "2")`](crate::Variant::new).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    ///
    /// #[derive(ETag)]
    /// struct Note {
    ///     text: String,
    ///     secret: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// #[derive(serde::Serialize)]
    /// struct View {
    ///     text: String,
    /// }
    ///
    /// fn show(preconditions: &Preconditions, note: Note) -> Conditional<View> {
    ///     preconditions.respond(note).map(|note| View { text: note.text })
    /// }
    /// # }
    /// ```
    pub fn map<U>(self, view: impl FnOnce(T) -> U) -> Conditional<U> {
        let mapped = self.try_map(|model| Ok::<U, Infallible>(view(model)));
        mapped.unwrap_or_else(|never| match never {})
    }

    /// [`map`](Conditional::map) with a view that may fail, such as an export.
    ///
    /// # Errors
    ///
    /// That of `view`, which is called only if there is a representation to be sent.
    pub fn try_map<U, E>(self, view: impl FnOnce(T) -> Result<U, E>) -> Result<Conditional<U>, E> {
        Ok(Conditional {
            outcome: match self.outcome {
                Outcome::Representation(model, validators) => Outcome::Representation(view(model)?, validators),
                Outcome::Instead(answer) => Outcome::Instead(answer),
            },
            status: self.status,
            content_location: self.content_location,
            headers: self.headers,
            #[cfg(feature = "range")]
            ranges: self.ranges,
            undecided: self.undecided,
            basis: self.basis,
        })
    }

    /// `201 Created`, with `Location` and `Content-Location`: the body is the representation of what was created
    /// ([RFC 9110 § 15.3.2]).
    ///
    /// `location` is a reference such as `/notes/7`. What no reference may hold, such as spaces and letters beyond ASCII, is
    /// percent-encoded; `%`, `/`, `?` and `#` are left as they are.
    ///
    /// [RFC 9110 § 15.3.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.2
    pub fn created(self, location: &str) -> Conditional<T> {
        let created = self.status(StatusCode::CREATED);
        match HeaderValue::try_from(uri_reference(location)) {
            Ok(location) => created.header(CONTENT_LOCATION, location.clone()).header(LOCATION, location),
            // Visible ASCII is always a field value.
            Err(_) => created,
        }
    }

    /// The response. `render` makes the representation, and is called only if it is sent; `empty` makes the body of
    /// the `304`, whose size should be unknown, since `Content-Length: 0` would be a lie about the representation.
    ///
    /// What `render` answers with another status than a success is sent as it is, without validators.
    pub fn into_response_with<B: From<Cow<'static, str>>>(
        self,
        render: impl FnOnce(T) -> Response<B>,
        empty: impl FnOnce() -> B,
    ) -> Response<B> {
        match self.outcome {
            Outcome::Representation(model, validators) => {
                let mut response = render(model);
                if !response.status().is_success() {
                    if !self.undecided {
                        self.basis.record_representation(&mut response);
                    }
                    return response;
                }
                if let Some(status) = self.status {
                    *response.status_mut() = status;
                }
                let headers = response.headers_mut();
                if let Some(more) = self.headers {
                    add(headers, &more);
                }
                if let Some(location) = self.content_location {
                    headers.insert(CONTENT_LOCATION, location);
                }
                validators.write_to(headers);
                set_cache_control(headers);
                if self.undecided {
                    response.extensions_mut().insert(Undecided);
                } else {
                    self.basis.record_representation(&mut response);
                }
                response
            }
            Outcome::Instead(Answer::NotModified { entity_tag, last_modified, basis }) => {
                let mut response = Response::new(empty());
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                let headers = response.headers_mut();
                if let Some(more) = self.headers {
                    *headers = *more;
                    for name in OF_THE_CONTENT {
                        headers.remove(name);
                    }
                    set_cache_control(headers);
                } else {
                    headers.insert(CACHE_CONTROL, NO_CACHE);
                }
                if let Some(location) = self.content_location {
                    headers.insert(CONTENT_LOCATION, location);
                }
                if let Some(tag) = entity_tag {
                    headers.insert(ETAG, tag);
                } else if let Some(date) = last_modified {
                    // RFC 9110 § 15.4.5: only useful to a cache if there is no entity tag.
                    headers.insert(LAST_MODIFIED, date.into());
                }
                basis.record_not_modified(&mut response);
                response
            }
            Outcome::Instead(Answer::Rejected(rejected)) => rejected.to_response_with(B::from),
        }
    }
}

#[cfg(test)]
mod tests;
