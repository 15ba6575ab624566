//! [`Content`]: a representation as octets, which may be sent in parts.
//!
//! ```text
//! Conditional<Content> ─▶ Extent ─┬─▶ 200, 206 ◀── Segments ◀── the octets, or who opens them
//!                                 └─▶ 416
//! ```

mod segments;

use std::fmt;
use std::ops::Range;

use axum::body::{Body, Bytes};
use axum::response::{IntoResponse, Response};
use http::header::{ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE};
use http::{HeaderValue, StatusCode};

use self::segments::Segments;
use super::respond::not_modified;
use crate::basis::Basis;
use crate::range::{Extent, Multipart, Segment, content_range, unsatisfied_range};
use crate::response::Outcome;
use crate::{Conditional, Current, Preconditions, Reason, Rejected, Validators};

/// The octets of a representation: an exported table, a document, a file, a stream that can start anywhere.
///
/// As `Conditional<Content>` it is a response, which sends what of it the client asks for in `Range` ([RFC 9110 § 14]):
///
/// | request | response |
/// |---|---|
/// | without `Range`, or HEAD | `200` with all octets, and `Accept-Ranges: bytes` |
/// | one range | `206` with these octets and `Content-Range` |
/// | several ranges | `206` with a part for each, as `multipart/byteranges`; with one part or all octets, where that is less |
/// | no octet in any range | `416` with `Content-Range: bytes */…`, as a problem document |
/// | `If-Range` that is not exactly the current strong validator | `200` with all octets, however the range is |
/// | `Range` of an unknown unit, in two lines, with more than 100 ranges or none that can be read | `200` with all octets |
///
/// Preconditions go first: `304` and `412` are answered before anything of this. A `206` has the fields of the `200`: `ETag`, `Cache-Control`,
/// `Vary`, and those that `If-Range` would let it leave out (§ 15.3.7). Ranges that overlap or nearly touch are sent as one, so that no request makes a
/// server send more than the whole. A content with a `Content-Encoding` has one part at most, since nothing says whether the field would be about a
/// part or about all of them.
///
/// # Examples
///
/// A model as a table. The tag is that of this variant, and nothing is exported for a `304`:
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use etag_runtime::{Conditional, Content, ETag, Preconditions, Variant};
/// # use axum::response::IntoResponse;
/// # use http::{HeaderMap, HeaderValue, Method, header};
///
/// #[derive(ETag)]
/// struct Sales {
///     rows: Vec<(&'static str, u32)>,
///     #[etag(version)]
///     version: u32,
/// }
///
/// async fn export(preconditions: Preconditions) -> Conditional<Content> {
///     answer(preconditions)
/// }
///
/// fn answer(preconditions: Preconditions) -> Conditional<Content> {
///     let sales = Sales { rows: vec![("tea", 7), ("milk", 2)], version: 1 }; // SELECT …
///     preconditions.with_variant(Variant::media_type("text/csv")).respond(sales).map(|sales| {
///         let table: String = sales.rows.iter().map(|(what, count)| format!("{what},{count}\n")).collect();
///         Content::from(table).content_type("text/csv")
///     })
/// }
///
/// # let mut headers = HeaderMap::new();
/// headers.insert(header::RANGE, HeaderValue::from_static("bytes=-7"));
/// let part = answer(Preconditions::new(&Method::GET, &headers)).into_response();
/// assert_eq!(part.status(), 206);
/// assert_eq!(part.headers()["content-range"], "bytes 6-12/13"); // milk,2
/// # }
/// ```
///
/// [RFC 9110 § 14]: https://www.rfc-editor.org/rfc/rfc9110.html#section-14
pub struct Content {
    source: Source,
    media_type: HeaderValue,
}

/// Where the octets come from.
enum Source {
    Octets(Bytes),
    Stream { length: u64, open: Box<dyn FnMut(Range<u64>) -> Body + Send> },
}

impl Content {
    /// A content of `length` octets, whose body from some octet to another is what `open` makes: a file, an object in a store, a range of
    /// a database's large object.
    ///
    /// `open` is called when its octets are to be sent: never for a HEAD, and one after the other for the parts of a
    /// `multipart/byteranges`. It starts with the first octet of its range, and may go on behind the last: the rest is not read.
    /// If it ends before, the connection or the stream is broken off, and the client knows that something is missing.
    ///
    /// Whatever may fail is better done before: open the file, and take its length and its validators from what was opened.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::fs::File;
    /// use std::io::{self, Seek as _, SeekFrom};
    ///
    /// use axum::body::Body;
    /// use etag_runtime::Content;
    /// use tokio_util::io::ReaderStream;
    ///
    /// fn content(mut file: File) -> io::Result<Content> {
    ///     let length = file.metadata()?.len();
    ///     Ok(Content::stream(length, move |octets| {
    ///         // The handles share one place, and so may the parts: each is read when the one before it has been.
    ///         match file.seek(SeekFrom::Start(octets.start)).and_then(|_| file.try_clone()) {
    ///             Ok(file) => Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file))),
    ///             Err(_) => Body::empty(), // which ends too early
    ///         }
    ///     }))
    /// }
    /// # use axum::response::IntoResponse;
    /// # use etag_runtime::{Preconditions, Validators};
    /// # use http::{HeaderMap, HeaderValue, Method, header};
    /// # let headers = HeaderMap::from_iter([(header::RANGE, HeaderValue::from_static("bytes=-9"))]);
    /// # let preconditions = Preconditions::new(&Method::GET, &headers);
    /// # let content = content(File::open(concat!(env!("CARGO_MANIFEST_DIR"), "/LICENSE-MIT"))?)?;
    /// # let response = preconditions.respond_with_content(Validators::new(), content).into_response();
    /// # let body = axum::body::to_bytes(response.into_body(), 99);
    /// # let last = tokio::runtime::Builder::new_current_thread().build()?.block_on(body).unwrap();
    /// # assert_eq!(&*last, b"OFTWARE.\n");
    /// # Ok::<(), io::Error>(())
    /// ```
    #[must_use]
    pub fn stream(length: u64, open: impl FnMut(Range<u64>) -> Body + Send + 'static) -> Content {
        Content { source: Source::Stream { length, open: Box::new(open) }, media_type: OCTETS }
    }

    /// Of this media type, in place of `text/plain; charset=utf-8` for texts and `application/octet-stream` for anything else.
    ///
    /// What is no field value changes nothing. Each part of a `multipart/byteranges` names it.
    #[must_use]
    pub fn content_type(mut self, media_type: impl TryInto<HeaderValue>) -> Content {
        if let Ok(media_type) = media_type.try_into() {
            self.media_type = media_type;
        }
        self
    }

    /// How many octets it has.
    fn length(&self) -> u64 {
        match &self.source {
            Source::Octets(octets) => octets.len() as u64,
            Source::Stream { length, .. } => *length,
        }
    }

    /// The response with these octets of it.
    fn response(self, extent: Extent) -> Response {
        let complete_length = self.length();
        let mut response = Response::new(Body::empty());
        response.headers_mut().insert(ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        let (content_type, segments) = match extent {
            Extent::Whole | Extent::Unsatisfiable => (self.media_type, vec![Segment::Part(0..complete_length)]),
            // DEVIATION (RFC 9110 § 15.3.7): with `If-Range`, too, it has all fields of the `200`. They are few, and a client that has
            // kept none of them can still tell what it gets.
            Extent::Part(part) => {
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                response.headers_mut().insert(CONTENT_RANGE, content_range(&part, complete_length));
                (self.media_type, vec![Segment::Part(part)])
            }
            Extent::Parts(parts) => {
                *response.status_mut() = StatusCode::PARTIAL_CONTENT;
                let multipart = Multipart::new(parts, complete_length, &self.media_type);
                (multipart.content_type, multipart.segments)
            }
        };
        let segments = Segments::new(self.source, segments);
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response.headers_mut().insert(CONTENT_LENGTH, segments.remaining().into());
        *response.body_mut() = Body::new(segments);
        response
    }
}

impl Preconditions {
    /// The response with this content, or the parts of it that the client asks for: `200`, `206`, `304`, `412` or `416`. The validators come from elsewhere:
    /// a file, an object store, a build.
    ///
    /// For a model with validators of its own, [`respond`](Preconditions::respond) and then [`map`](Conditional::map) its representation to a
    /// [`Content`], which is then made only if it is sent. What else the response has to say, such as `Content-Disposition`, is a
    /// [`header`](Conditional::header).
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::{Conditional, Content, EntityTag, Preconditions, Validators};
    /// # use axum::response::IntoResponse;
    /// # use http::{HeaderMap, HeaderValue, Method, header};
    ///
    /// fn logo(preconditions: &Preconditions) -> Conditional<Content> {
    ///     let validators = Validators::new().with_entity_tag(EntityTag::strong("logo-2"));
    ///     preconditions.respond_with_content(validators, Content::from("<svg/>").content_type("image/svg+xml"))
    /// }
    ///
    /// let mut headers = HeaderMap::new();
    /// headers.insert(header::RANGE, HeaderValue::from_static("bytes=0-3"));
    /// headers.insert(header::IF_RANGE, HeaderValue::from_static("\"logo-1\""));
    /// let response = logo(&Preconditions::new(&Method::GET, &headers)).into_response();
    /// assert_eq!(response.status(), 200); // not four octets of another logo
    /// ```
    pub fn respond_with_content(&self, validators: Validators, content: impl Into<Content>) -> Conditional<Content> {
        self.respond_with_validators(validators, content.into())
    }
}

/// All octets, or those that were asked for.
impl IntoResponse for Conditional<Content> {
    fn into_response(mut self) -> Response {
        let encoded = self.headers.as_ref().is_some_and(|headers| headers.contains_key(CONTENT_ENCODING));
        let media_type = self.headers.as_mut().and_then(|headers| {
            // Of a part these are others than of the whole.
            headers.remove(CONTENT_LENGTH);
            headers.remove(CONTENT_RANGE);
            headers.remove(CONTENT_TYPE)
        });
        // § 14.2: parts are an alternative to a `200`, and to no other success.
        let ranges = self.ranges.take().filter(|_| self.status.is_none_or(|status| status == StatusCode::OK));
        let mut extent = Extent::Whole;
        if let Outcome::Representation(content, validators) = &mut self.outcome {
            content.media_type = media_type.unwrap_or_else(|| content.media_type.clone());
            if let Some(ranges) = ranges {
                self.status = None;
                extent = match ranges.select(content.length(), &content.media_type) {
                    Extent::Unsatisfiable => return range_not_satisfiable(content.length(), validators, self.basis),
                    Extent::Parts(_) if encoded => Extent::Whole,
                    extent => extent,
                };
            }
        }
        self.into_response_with(|content| content.response(extent), not_modified)
    }
}

/// The `416`, with the validators of what has no such octets: a client may have all of it already.
fn range_not_satisfiable(complete_length: u64, validators: &Validators, basis: Basis) -> Response {
    let rejected = Rejected::of_current(Reason::RangeNotSatisfiable, Current::Present(validators));
    let mut response = rejected.on(basis).into_response();
    response.headers_mut().insert(CONTENT_RANGE, unsatisfied_range(complete_length));
    response
}

const OCTETS: HeaderValue = HeaderValue::from_static("application/octet-stream");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// `$type` is sent as `$media_type` unless something else is said.
macro_rules! from {
    ($($type:ty => $media_type:expr,)*) => {
        $(
            impl From<$type> for Content {
                fn from(octets: $type) -> Content {
                    Content { source: Source::Octets(octets.into()), media_type: $media_type }
                }
            }
        )*
    };
}

from! {
    Bytes => OCTETS,
    Vec<u8> => OCTETS,
    &'static [u8] => OCTETS,
    String => TEXT,
    &'static str => TEXT,
}

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Content")
            .field("media_type", &self.media_type)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}
