//! A conditional request, before it is known who answers it.

use etag_oracle::Field;

use crate::resource::Resource;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    pub(crate) method: String,
    pub(crate) resource: Resource,
    /// The lines in the order in which they are sent.
    pub(crate) lines: Vec<(Field, Vec<u8>)>,
}

impl Request {
    pub(crate) fn has(&self, field: Field) -> bool {
        self.lines.iter().any(|(name, _)| *name == field)
    }

    /// GET and HEAD transfer a representation, other methods do something.
    pub(crate) fn transfers(&self) -> bool {
        matches!(&*self.method, "GET" | "HEAD")
    }

    /// Whether the answer may depend on the date of the target.
    pub(crate) fn asks_for_date(&self) -> bool {
        self.has(Field::IfUnmodifiedSince) || self.has(Field::IfModifiedSince) || self.has(Field::IfRange)
    }

    /// The lines, with the tag of the server itself wherever that of the resource stands.
    pub(crate) fn lines_for(&self, own: Option<&[u8]>) -> Vec<(Field, Vec<u8>)> {
        let wanted = self.resource.tag.as_ref().map(|tag| &*tag.opaque);
        match (wanted, own) {
            (Some(wanted), Some(own)) if wanted != own && !wanted.is_empty() => {
                let lines = self.lines.iter();
                lines.map(|(field, value)| (*field, replaced(value, wanted, own))).collect()
            }
            _ => self.lines.clone(),
        }
    }

    /// The simplest first: those of few lines, GET and PUT before other methods.
    pub(crate) fn complexity(&self) -> (usize, usize) {
        let usual = ["GET", "PUT"].iter().position(|method| *method == self.method);
        (self.lines.len(), usual.unwrap_or(2))
    }
}

/// With another text wherever one stands.
fn replaced(value: &[u8], text: &[u8], by: &[u8]) -> Vec<u8> {
    let mut rest = value;
    let mut result = Vec::new();
    while let Some(at) = rest.windows(text.len()).position(|window| window == text) {
        result.extend([&rest[..at], by].concat());
        rest = &rest[at + text.len()..];
    }
    result.extend(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_replaced_wherever_it_stands() {
        let seen = |value: &str| String::from_utf8(replaced(value.as_bytes(), b"v1", b"5f-1a")).unwrap();
        assert_eq!(seen("\"v1\""), "\"5f-1a\"");
        assert_eq!(seen("\"v2\", W/\"v1\", v1"), "\"v2\", W/\"5f-1a\", 5f-1a");
        assert_eq!(seen("v"), "v");
    }
}
