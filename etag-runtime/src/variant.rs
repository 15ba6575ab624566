//! [`Variant`]: what else decides the octets of a response, besides the entity.
//!
//! ```text
//! request ──negotiation──▶ Variant ──with_variant──▶ Preconditions ──▶ the representation half, Vary
//! ```

use std::borrow::Cow;

use http::header::{ACCEPT, ACCEPT_LANGUAGE, CONTENT_LANGUAGE, HeaderName};
use http::{HeaderMap, HeaderValue};

use crate::{Current, EntityTag, HttpDate, Preconditions, Validators, digest, vary};

/// One thing that decides the octets of a representation besides the entity: its media type, its language, the members that were
/// asked for, the role of whoever asks.
///
/// Each of them makes another representation of the same state. So it enters the representation half of the entity tag: a cache
/// never takes one for the other, while whoever has seen one of them may still change the state with its tag. A variant that a field of the
/// request has selected names that field in `Vary` ([RFC 9110 § 12.5.5]), on the `200` and the `304` alike.
///
/// | the octets depend on | variant |
/// |---|---|
/// | the media type | [`Variant::media_type("text/html")`](Variant::media_type), or what `Accept::choose` gives |
/// | the language | [`Variant::language("de")`](Variant::language) |
/// | a parameter of the query, such as the members to be shown | [`Variant::new("fields", "id,title")`](Variant::new) |
/// | who asks | [`Variant::new("role", "editor").vary(COOKIE)`](Variant::vary) |
/// | a template, or the view that [`Conditional::map`](crate::Conditional::map) makes | [`Variant::new("template", "3")`](Variant::new) |
///
/// The coding of the content is none of a handler's business: [`ContentCodingLayer`] does the same for it.
///
#[cfg_attr(feature = "layer", doc = "[`ContentCodingLayer`]: crate::ContentCodingLayer")]
#[cfg_attr(
    not(feature = "layer"),
    doc = "[`ContentCodingLayer`]: https://docs.rs/etag-runtime/latest/etag_runtime/struct.ContentCodingLayer.html"
)]
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use etag_runtime::{ETag, Preconditions, Variant};
/// # use http::{HeaderMap, Method};
///
/// #[derive(ETag)]
/// struct Note {
///     text: &'static str,
///     #[etag(version)]
///     version: u32,
/// }
///
/// let note = Note { text: "Hello", version: 1 };
/// # let preconditions = Preconditions::new(&Method::GET, &HeaderMap::new());
/// let page = preconditions
///     .with_variant(Variant::media_type("text/html"))
///     .respond(note)
///     .into_response_with(|note| http::Response::new(format!("<p>{}", note.text)), String::new);
///
/// assert_eq!(page.headers()["vary"], "accept");
/// assert_ne!(page.headers()["etag"], Note { text: "Hello", version: 1 }.etag().to_string());
/// # }
/// ```
///
/// [RFC 9110 § 12.5.5]: https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5
#[derive(Debug, Clone)]
#[must_use = "a variant does nothing until the preconditions know of it"]
pub struct Variant {
    name: Cow<'static, str>,
    value: Vec<u8>,
    vary: Option<HeaderName>,
    /// What says so in the response.
    field: Option<(HeaderName, HeaderValue)>,
}

/// What every representation is that names nothing else.
const DEFAULT: (&str, &[u8]) = ("media-type", b"application/json");

impl Variant {
    /// A variant of this name, with this value. Both enter the tag, and what is not said in them does not.
    ///
    /// Of two variants of the same name, the last one counts. `media-type` and `language` are the names of those below.
    pub fn new(name: impl Into<Cow<'static, str>>, value: impl AsRef<[u8]>) -> Variant {
        Variant { name: name.into(), value: value.as_ref().to_vec(), vary: None, field: None }
    }

    /// Of this media type, as `Accept` has selected it.
    ///
    /// `application/json` is what an entity is without further ado: its tag is the one that
    /// [`ETag::etag`](crate::ETag::etag) gives. Any other, also one with parameters, has a tag of its own.
    pub fn media_type(media_type: &str) -> Variant {
        let (essence, parameters) = match media_type.split_once(';') {
            Some((essence, parameters)) => (essence.trim(), parameters.trim()),
            None => (media_type.trim(), ""),
        };
        let mut value = essence.to_ascii_lowercase();
        if !parameters.is_empty() {
            value = value + ";" + parameters;
        }
        Variant::new("media-type", value).vary(ACCEPT)
    }

    /// In this language, as `Accept-Language` has selected it: a tag of BCP 47, which the response repeats in `Content-Language`.
    pub fn language(tag: &str) -> Variant {
        let field = HeaderValue::from_str(tag).ok().map(|tag| (CONTENT_LANGUAGE, tag));
        Variant { field, ..Variant::new("language", tag.to_ascii_lowercase()) }.vary(ACCEPT_LANGUAGE)
    }

    /// The same, selected by this field of the request.
    ///
    /// What depends on who asks is in most cases nothing for shared caches: [`header`](crate::Conditional::header) it
    /// `Cache-Control: private, no-cache` as well.
    pub fn vary(mut self, field: HeaderName) -> Variant {
        self.vary = Some(field);
        self
    }
}

/// All variants of one response, in the order of their names.
#[derive(Debug, Clone, Default)]
pub(crate) struct Selection(Vec<Variant>);

impl Selection {
    fn add(&mut self, variant: Variant) {
        match self.0.binary_search_by(|other| other.name.cmp(&variant.name)) {
            Ok(place) => self.0[place] = variant,
            Err(place) => self.0.insert(place, variant),
        }
    }

    /// The tag of the representation that is selected, of one that knows nothing of variants.
    fn of_tag(&self, tag: &EntityTag) -> EntityTag {
        let named = self.0.iter().map(|variant| (&*variant.name, variant.value.as_slice()));
        match digest::of_variants(tag.representation(), named.filter(|variant| *variant != DEFAULT)) {
            Some(half) => tag.with_representation(half),
            None => tag.clone(),
        }
    }

    /// The same of all validators. Their date is that of every variant.
    pub(crate) fn of_validators(&self, validators: &Validators) -> Validators {
        let selected = validators.entity_tag().map(|tag| self.of_tag(tag));
        let selected = selected.map_or_else(Validators::new, |tag| Validators::new().with_entity_tag(tag));
        match validators.last_modified() {
            Some(date) => selected.with_last_modified(date),
            None => selected,
        }
    }

    /// What the response says of it.
    pub(crate) fn write_to(&self, headers: &mut HeaderMap) {
        for variant in &self.0 {
            if let Some(field) = &variant.vary {
                vary::add_field(headers, field);
            }
            if let Some((name, value)) = &variant.field {
                headers.insert(name, value.clone());
            }
        }
    }
}

impl Preconditions {
    /// The same, about this variant of the representation: what is current is compared, and answered, with the tag of the variant.
    ///
    /// It may be called for each [`Variant`], in any order.
    #[must_use]
    pub fn with_variant(mut self, variant: Variant) -> Preconditions {
        self.rare_mut().selection.get_or_insert_default().add(variant);
        self
    }

    /// What the preconditions are about, of what is current.
    #[inline]
    pub(crate) fn selected<'a>(&self, current: Current<'a>) -> Selected<'a> {
        match (self.selection(), current) {
            (Some(selection), Current::Present(validators)) => Selected::Variant(selection.of_validators(validators)),
            _ => Selected::Given(current),
        }
    }
}

/// The representation that preconditions are about.
pub(crate) enum Selected<'a> {
    Given(Current<'a>),
    Variant(Validators),
}

impl Selected<'_> {
    #[inline]
    pub(crate) fn current(&self) -> Current<'_> {
        match self {
            Selected::Given(current) => *current,
            Selected::Variant(validators) => Current::Present(validators),
        }
    }

    /// The date, if it tells this representation from every other.
    pub(crate) fn strong_date(&self) -> Option<HttpDate> {
        match self {
            Selected::Given(current) => current.last_modified(),
            Selected::Variant(_) => None,
        }
    }
}
