//! The id in a path.

use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;
use utoipa::IntoParams;

use crate::error::Error;

/// The last or only parameter of the path: a positive number.
///
/// Anything else is no malformed request but the address of nothing, `404`. So is a number in another form, such as
/// `007`: every article has one address.
#[derive(Debug, Clone, Copy, IntoParams)]
#[into_params(names("id"), parameter_in = Path)]
pub(crate) struct Id(#[param(minimum = 1, example = 1)] pub(crate) i64);

impl<S: Send + Sync> FromRequestParts<S> for Id {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Id, Error> {
        let text = Path::<String>::from_request_parts(parts, state).await.map_err(|_| Error::not_found())?;
        parse(&text).map(Id).ok_or_else(Error::not_found)
    }
}

fn parse(text: &str) -> Option<i64> {
    text.parse().ok().filter(|id: &i64| *id > 0 && id.to_string() == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_form_for_each_id() {
        assert_eq!(parse("1"), Some(1));
        assert_eq!(parse("9223372036854775807"), Some(i64::MAX));
        for none in ["", "0", "-1", "+1", "01", "1.0", "1e3", " 1", "x", "9223372036854775808"] {
            assert_eq!(parse(none), None, "{none:?}");
        }
    }
}
