//! From the decision to status and fields: what a 304 keeps, what a 200 carries.

use std::time::SystemTime;

use http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_LENGTH, CONTENT_LOCATION, CONTENT_RANGE, CONTENT_TYPE,
    ETAG, Entry, HeaderName, LAST_MODIFIED, LOCATION, TRAILER, TRANSFER_ENCODING, VARY,
};
use http::{HeaderMap, HeaderValue, Response, StatusCode};

use crate::precondition::{Changed, FieldLines};
use crate::problem::Reason;
use crate::{Current, Decision, ETag, HttpDate, Preconditions, Rejected, Validators};

/// A response with validators: the representation of a `T`, `304 Not Modified`, or a refusal.
///
/// In axum it is a JSON response, which serializes the model only when its body is sent. It carries `ETag`,
/// `Last-Modified` when that is true, and `Cache-Control: no-cache` unless the handler sets another.
///
/// Change its status with [`status`](Conditional::status). A tuple, `(StatusCode::OK, conditional)`, would turn a `304`
/// into a `200` without a body.
#[derive(Debug)]
#[must_use = "a response does nothing until it is returned"]
pub struct Conditional<T> {
    outcome: Outcome<T>,
    status: StatusCode,
    /// More fields, which most responses have none of.
    headers: Option<Box<HeaderMap>>,
}

/// The answer; for a `304` also the field that already holds the tag as it is sent, if the client has sent it so.
#[derive(Debug)]
enum Outcome<T> {
    Representation(T, Validators),
    NotModified(Validators, Option<HeaderValue>),
    Rejected(Rejected),
}

impl Preconditions {
    /// The response to GET and HEAD: `304` if the client has the current representation, `412` if it insists on
    /// another (`If-Match`), and otherwise `200` with the model.
    ///
    /// The answer to any other method is the model, whatever the preconditions are: a write that was to be refused had
    /// to be refused before it was done. See [`guard`](Preconditions::guard).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(all(feature = "axum", feature = "derive"))] {
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    ///
    /// #[derive(serde::Serialize, ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// async fn show(preconditions: Preconditions) -> Conditional<Note> {
    ///     preconditions.respond(Note { version: 1 })
    /// }
    /// # }
    /// ```
    pub fn respond<T: ETag>(&self, model: T) -> Conditional<T> {
        let validators = model.validators().now_settled();
        self.respond_with_validators(validators, model)
    }

    /// The `304`, if that is the answer by validators alone, before anything is loaded or built.
    ///
    /// The model that is loaded afterwards may be newer than `stamp`; [`respond`](Preconditions::respond) sends the
    /// tag of the model.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    ///
    /// /// The column that decides the tag of a note, and has the same role as there.
    /// #[derive(ETag)]
    /// struct NoteStamp {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// fn show(preconditions: &Preconditions, stamp: &NoteStamp) -> Option<Conditional<String>> {
    ///     preconditions.not_modified(stamp) // SELECT version …; the text is not loaded for a 304
    /// }
    /// # }
    /// ```
    pub fn not_modified<T, S: ETag + ?Sized>(&self, stamp: &S) -> Option<Conditional<T>> {
        let validators = stamp.validators().now_settled();
        let not_modified = self.evaluate(Current::Present(&validators)) == Decision::NotModified;
        not_modified.then(|| Conditional::new(self.outcome_not_modified(validators)))
    }

    /// [`respond`](Preconditions::respond) with validators that are not those of the type of the model.
    pub(crate) fn respond_with_validators<T>(&self, validators: Validators, model: T) -> Conditional<T> {
        // What another method was to be refused has been refused before.
        if !self.is_get_or_head() {
            return Conditional::new(Outcome::Representation(model, validators));
        }
        let current = Current::Present(&validators);
        Conditional::new(match self.first_false(current) {
            None => Outcome::Representation(model, validators),
            Some(condition) if self.consequence(condition) == Decision::NotModified => {
                self.outcome_not_modified(validators)
            }
            Some(condition) => {
                let reason = Reason::of(condition, self, current);
                Outcome::Rejected(Rejected::precondition_failed(reason, current))
            }
        })
    }

    fn outcome_not_modified<T>(&self, validators: Validators) -> Outcome<T> {
        let sent = match (&self.changed, validators.entity_tag()) {
            (Changed::IfNoneMatch(FieldLines::One(line)), Some(ours)) if line.as_bytes() == ours.wire() => {
                Some(line.clone())
            }
            _ => None,
        };
        Outcome::NotModified(validators, sent)
    }
}

impl<T> Conditional<T> {
    fn new(outcome: Outcome<T>) -> Conditional<T> {
        Conditional { outcome, status: StatusCode::OK, headers: None }
    }

    /// The representation of `model` with its validators, whatever was asked.
    pub(crate) fn of(model: T) -> Conditional<T>
    where
        T: ETag,
    {
        let validators = model.validators().now_settled();
        Conditional::new(Outcome::Representation(model, validators))
    }

    /// The status of the response if it holds the representation; `200` otherwise said. `304` and refusals keep theirs.
    pub fn status(mut self, status: StatusCode) -> Conditional<T> {
        self.status = status;
        self
    }

    /// With one more field line. A `304` keeps it too, unless it describes the content, such as `Content-Type`.
    pub fn header(mut self, name: HeaderName, value: HeaderValue) -> Conditional<T> {
        self.headers.get_or_insert_default().append(name, value);
        self
    }

    /// With these fields, instead of those that were set before.
    #[cfg(feature = "axum")]
    pub(crate) fn headers(mut self, headers: HeaderMap) -> Conditional<T> {
        self.headers = Some(Box::new(headers));
        self
    }

    /// `201 Created`, with `Location` and `Content-Location`: the body is the representation of what was created
    /// ([RFC 9110 § 15.3.2]).
    ///
    /// [RFC 9110 § 15.3.2]: https://www.rfc-editor.org/rfc/rfc9110.html#section-15.3.2
    pub fn created(self, location: HeaderValue) -> Conditional<T> {
        self.status(StatusCode::CREATED).header(CONTENT_LOCATION, location.clone()).header(LOCATION, location)
    }

    /// The response. `render` makes the representation, and is called only if it is sent; `empty` makes the body of
    /// the `304`, whose size should be unknown, since `Content-Length: 0` would be a lie about the representation.
    ///
    /// What `render` answers with another status than a success is sent as it is, without validators.
    pub fn into_response_with<B: From<&'static str>>(
        self,
        render: impl FnOnce(T) -> Response<B>,
        empty: impl FnOnce() -> B,
    ) -> Response<B> {
        match self.outcome {
            Outcome::Representation(model, validators) => {
                let mut response = render(model);
                if !response.status().is_success() {
                    return response;
                }
                *response.status_mut() = self.status;
                let headers = response.headers_mut();
                if let Some(mut more) = self.headers {
                    for vary in headers.get_all(VARY) {
                        more.append(VARY, vary.clone());
                    }
                    headers.extend(*more);
                }
                if let Some(tag) = validators.entity_tag() {
                    headers.insert(ETAG, tag.into());
                }
                if let Some(date) = validators.last_modified() {
                    headers.insert(LAST_MODIFIED, date.into());
                }
                set_cache_control(headers);
                response
            }
            Outcome::NotModified(validators, sent) => {
                let mut response = Response::new(empty());
                *response.status_mut() = StatusCode::NOT_MODIFIED;
                let headers = response.headers_mut();
                if let Some(more) = self.headers {
                    *headers = *more;
                    for name in OF_THE_CONTENT {
                        headers.remove(name);
                    }
                }
                if let Some(tag) = validators.entity_tag() {
                    headers.insert(ETAG, sent.unwrap_or_else(|| tag.into()));
                } else if let Some(date) = validators.last_modified() {
                    // RFC 9110 § 15.4.5: only useful to a cache if there is no entity tag.
                    headers.insert(LAST_MODIFIED, date.into());
                }
                set_cache_control(headers);
                response
            }
            Outcome::Rejected(rejected) => rejected.to_response().map(B::from),
        }
    }
}

impl Validators {
    /// [`settled`](Validators::settled) by the clock of the system, which is read only if there is a date.
    pub(crate) fn now_settled(self) -> Validators {
        if self.last_modified().is_none() {
            return self;
        }
        match HttpDate::try_from(SystemTime::now()) {
            Ok(now) => self.settled(now),
            Err(_) => self,
        }
    }
}

/// Fields that describe the content of a `200`, and have no place in a `304` (RFC 9110 § 15.4.5).
const OF_THE_CONTENT: [HeaderName; 8] = [
    CONTENT_ENCODING,
    CONTENT_LANGUAGE,
    CONTENT_LENGTH,
    CONTENT_RANGE,
    CONTENT_TYPE,
    LAST_MODIFIED,
    TRAILER,
    TRANSFER_ENCODING,
];

/// Without it, a cache may serve a response with `Last-Modified` for hours without asking (RFC 9111 § 4.2.2).
fn set_cache_control(headers: &mut HeaderMap) {
    if let Entry::Vacant(cache_control) = headers.entry(CACHE_CONTROL) {
        cache_control.insert(HeaderValue::from_static("no-cache"));
    }
}
