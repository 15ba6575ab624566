//! The lines of one field, as they came.

use http::HeaderValue;

use crate::tag_list;

/// The lines of one field of a request.
#[derive(Debug, Clone)]
pub(crate) enum FieldLines {
    One(HeaderValue),
    Many(Vec<HeaderValue>),
}

impl FieldLines {
    pub(crate) fn new(line: &HeaderValue) -> FieldLines {
        FieldLines::One(line.clone())
    }

    /// One more line of a field that may have none yet.
    pub(crate) fn add(field: &mut Option<FieldLines>, line: &HeaderValue) {
        match field {
            None => *field = Some(FieldLines::new(line)),
            Some(field) => field.push(line),
        }
    }

    /// One more line of the field.
    pub(crate) fn push(&mut self, line: &HeaderValue) {
        match self {
            FieldLines::One(first) => *self = FieldLines::Many(vec![first.clone(), line.clone()]),
            FieldLines::Many(lines) => lines.push(line.clone()),
        }
    }

    /// Whether this is the wildcard, `*`.
    pub(crate) fn is_any(&self) -> bool {
        match self {
            FieldLines::One(line) => tag_list::is_wildcard(line.as_bytes()),
            FieldLines::Many(_) => false,
        }
    }

    /// Whether these are the very octets, in one line.
    #[inline]
    pub(crate) fn is(&self, octets: &[u8]) -> bool {
        matches!(self, FieldLines::One(line) if line.as_bytes() == octets)
    }

    /// The lines as octets.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &[u8]> {
        let lines = match self {
            FieldLines::One(line) => std::slice::from_ref(line),
            FieldLines::Many(lines) => lines.as_slice(),
        };
        lines.iter().map(HeaderValue::as_bytes)
    }

    /// The only line, without optional white space around it.
    pub(crate) fn single(&self) -> Option<&[u8]> {
        match self {
            FieldLines::One(line) => Some(tag_list::trim(line.as_bytes())),
            FieldLines::Many(_) => None,
        }
    }
}
