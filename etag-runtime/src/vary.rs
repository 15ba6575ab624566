//! `Vary`: merged, never replaced and never repeated ([RFC 9110 § 12.5.5]).
//!
//! [RFC 9110 § 12.5.5]: https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.5

use http::header::VARY;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Adds this field, if `Vary` does not list it yet.
pub(crate) fn add_field(headers: &mut HeaderMap, field: &HeaderName) {
    if !is_listed(headers, field.as_str()) {
        headers.append(VARY, HeaderValue::from(field.clone()));
    }
}

/// Adds the members of this line that `Vary` does not list yet.
pub(crate) fn add(headers: &mut HeaderMap, line: &HeaderValue) {
    let Ok(text) = line.to_str() else { return };
    let (mut members, mut new) = (0, Vec::new());
    for member in text.split(',').map(str::trim) {
        members += 1;
        if !is_listed(headers, member) {
            new.push(member);
        }
    }
    if new.len() == members {
        headers.append(VARY, line.clone());
    } else if let (false, Ok(rest)) = (new.is_empty(), HeaderValue::from_str(&new.join(", "))) {
        headers.append(VARY, rest);
    }
}

/// Whether `Vary` lists this field, or everything.
fn is_listed(headers: &HeaderMap, field: &str) -> bool {
    let lines = headers.get_all(VARY).into_iter().filter_map(|line| line.to_str().ok());
    lines
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .any(|member| member == "*" || member.eq_ignore_ascii_case(field))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_listed_once() {
        #[rustfmt::skip]
        let table: [(&[&str], &[&str]); 7] = [
            (&["accept"],                         &["accept"]),
            (&["accept", "Accept"],               &["accept"]),
            (&["accept", "origin"],               &["accept", "origin"]),
            (&["accept, origin", "origin"],       &["accept, origin"]),
            (&["accept", "origin, Accept, dnt"],  &["accept", "origin, dnt"]),
            (&["*", "accept"],                    &["*"]),
            (&["accept", "*"],                    &["accept", "*"]),
        ];
        for (added, expected) in table {
            let mut headers = HeaderMap::new();
            for line in added {
                add(&mut headers, &HeaderValue::from_static(line));
            }
            assert_eq!(headers.get_all(VARY).iter().collect::<Vec<_>>(), expected, "{added:?}");
        }
    }
}
