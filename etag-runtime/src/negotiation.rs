//! [`Accept`]: which of the media types that a server offers a client prefers.

use headers_accept::Accept as Ranges;
use http::header::ACCEPT;
use http::{HeaderMap, HeaderValue};
use mediatype::MediaType;

use crate::{Reason, Rejected, Variant};

/// The field `Accept` of a request ([RFC 9110 § 12.5.1]). In axum it is an extractor that never fails.
///
/// # Examples
///
/// ```
/// use etag_runtime::Accept;
/// use http::{HeaderMap, HeaderValue, header::ACCEPT};
///
/// #[derive(Clone, Copy, Debug, PartialEq)]
/// enum Form {
///     Json,
///     Html,
/// }
///
/// const FORMS: &[(&str, Form)] = &[("application/json", Form::Json), ("text/html", Form::Html)];
///
/// let mut headers = HeaderMap::new();
/// let choose = |headers: &HeaderMap| Accept::new(headers).choose(FORMS).map(|(form, _)| form);
/// assert_eq!(choose(&headers), Ok(Form::Json));
///
/// headers.insert(ACCEPT, HeaderValue::from_static("text/*, application/json;q=0.5"));
/// assert_eq!(choose(&headers), Ok(Form::Html));
///
/// headers.insert(ACCEPT, HeaderValue::from_static("image/png"));
/// assert!(choose(&headers).is_err()); // 406
/// ```
///
/// [RFC 9110 § 12.5.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.1
#[derive(Debug, Clone, Default)]
pub struct Accept(Vec<HeaderValue>);

impl Accept {
    /// The field, in all its lines, of a request with these fields.
    #[must_use]
    pub fn new(headers: &HeaderMap) -> Accept {
        Accept(headers.get_all(ACCEPT).iter().cloned().collect())
    }

    /// The offer that the client prefers, and the variant that it makes of the response; see
    /// [`Preconditions::with_variant`](crate::Preconditions::with_variant).
    ///
    /// Each offer is a media type, and what stands for it in the program; the first is what a client gets that says nothing about it, or
    /// nothing that can be read. Between offers that the client likes equally, the one that it names first is chosen, and
    /// of those that it does not name the first one. An offer that is no media type is never chosen.
    ///
    /// # Errors
    ///
    /// [`Rejected`] with `406` if the client accepts no offer. § 12.5.1 lets a server send the first one all the same.
    pub fn choose<T: Clone>(&self, offers: &[(&str, T)]) -> Result<(T, Variant), Rejected> {
        let offers: Vec<(MediaType<'_>, &(&str, T))> = offers
            .iter()
            .filter_map(|offer| MediaType::parse(offer.0).ok().map(|media_type| (media_type, offer)))
            .collect();
        let chosen = match self.ranges() {
            Some(ranges) => ranges.negotiate(offers.iter().map(|(media_type, _)| media_type)).cloned(),
            None => offers.first().map(|(media_type, _)| media_type.clone()),
        };
        offers
            .into_iter()
            .find(|(media_type, _)| Some(media_type) == chosen.as_ref())
            .map(|(_, (media_type, form))| (form.clone(), Variant::media_type(media_type)))
            .ok_or(Rejected::new(Reason::NotAcceptable))
    }

    /// What the client lists, if there is anything that can be read.
    fn ranges(&self) -> Option<Ranges> {
        let lines: Vec<&str> = self.0.iter().filter_map(|line| line.to_str().ok()).collect();
        let text = lines.join(",");
        let ranges = text.parse().or_else(|_| {
            // A member that is no media range spoils itself only: there are clients that send `*` among others.
            let members = text.split(',').filter(|member| MediaType::parse(member.trim()).is_ok());
            members.collect::<Vec<_>>().join(",").parse()
        });
        ranges.ok().filter(|ranges: &Ranges| ranges.media_types().next().is_some())
    }
}
