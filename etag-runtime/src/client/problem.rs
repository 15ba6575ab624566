//! [`Problem`]: why a server refused, as far as it says so.

use std::fmt;

use serde::Deserialize;

/// Problem details of [RFC 9457]. What a server leaves out is empty.
///
/// [RFC 9457]: https://www.rfc-editor.org/rfc/rfc9457.html
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default)]
#[non_exhaustive]
pub struct Problem {
    /// Which kind of problem it is: a URI.
    pub r#type: String,
    /// The kind of problem, in a few words.
    pub title: String,
    /// What the matter is here, in a sentence.
    pub detail: String,
    /// Whatever else the server says, such as `current` and `differences` of [`Rejected`](crate::Rejected).
    #[serde(flatten)]
    pub extensions: serde_json::Map<String, serde_json::Value>,
}

impl Problem {
    /// What can be read of it; of anything else, nothing.
    pub(super) fn read(content_type: Option<&http::HeaderValue>, body: &[u8]) -> Problem {
        let is_problem = content_type.and_then(|value| value.to_str().ok()).is_some_and(|value| {
            let essence = value.split(';').next().unwrap_or_default();
            essence.trim().eq_ignore_ascii_case("application/problem+json")
        });
        if is_problem { serde_json::from_slice(body).unwrap_or_default() } else { Problem::default() }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.title.as_str(), self.detail.as_str()) {
            ("", "") => f.write_str("the server does not say why"),
            (title, "") => f.write_str(title),
            ("", detail) => f.write_str(detail),
            (title, detail) => write!(f, "{title}: {detail}"),
        }
    }
}
