//! The content of a response, octet by octet: § 7 of `docs/wire-format.md`.

use std::fmt;

use http::HeaderMap;
use http::header::{CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE};

use super::encoder::{Encoder, kind};
use crate::EntityTag;

/// What a content is, as far as a `304` does not say it again. Two representations with the same octets differ in these, and a strong tag
/// has to tell them apart (RFC 9110 § 8.8.1); and a client would keep the old value for good.
const OF_THE_CONTENT: [http::HeaderName; 3] = [CONTENT_ENCODING, CONTENT_LANGUAGE, CONTENT_TYPE];

/// The content of a response with these fields, which is hashed as it comes.
#[derive(Clone)]
pub(crate) struct Whole(Encoder);

impl Whole {
    pub(crate) fn new(headers: &HeaderMap) -> Whole {
        let mut stream = Encoder::new(b'C');
        for name in OF_THE_CONTENT {
            // A response has few fields: to look at each of them takes less than to hash this name.
            for (_, line) in headers.iter().filter(|(other, _)| **other == name) {
                stream.with_length(kind::TEXT, name.as_str().as_bytes());
                stream.with_length(kind::BYTES, line.as_bytes());
            }
        }
        stream.end();
        Whole(stream)
    }

    /// More of the content.
    pub(crate) fn update(&mut self, octets: &[u8]) {
        self.0.octets(octets);
    }

    pub(crate) fn entity_tag(&self) -> EntityTag {
        EntityTag::from_whole(self.0.clone().finish_16())
    }
}

impl fmt::Debug for Whole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Whole").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_content_that_comes_in_pieces_is_the_same() {
        let mut whole = Whole::new(&HeaderMap::new());
        let nothing = whole.entity_tag();
        whole.update(b"ab");
        let mut pieces = Whole::new(&HeaderMap::new());
        pieces.update(b"a");
        assert_ne!(pieces.entity_tag(), whole.entity_tag());
        pieces.update(b"b");
        assert_eq!(pieces.entity_tag(), whole.entity_tag());
        assert_ne!(whole.entity_tag(), nothing);
        assert_eq!(format!("{whole:?}"), "Whole { .. }");
    }
}
