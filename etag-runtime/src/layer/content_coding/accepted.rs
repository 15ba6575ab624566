//! `Accept-Encoding`: which codings a request accepts ([RFC 9110 § 12.5.3]).
//!
//! [RFC 9110 § 12.5.3]: https://www.rfc-editor.org/rfc/rfc9110.html#section-12.5.3

use http::HeaderMap;
use http::header::ACCEPT_ENCODING;

use super::coding::Coding;
use crate::tag_list::trim;

/// The codings that a request accepts. Whichever it likes best is for the layer that codes to find out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Accepted {
    identity: bool,
    codings: [bool; Coding::ALL.len()],
}

impl Accepted {
    /// What counts for a method that may change something: a writer may have seen any coding.
    pub(super) const ALL: Accepted = Accepted { identity: true, codings: [true; Coding::ALL.len()] };

    /// Reads the field, in all its lines.
    ///
    /// ```text
    /// Accept-Encoding = #( ( content-coding / "identity" / "*" ) [ weight ] )
    /// ```
    ///
    /// A member whose weight cannot be read counts as a refusal, and so does one of two that contradict each other: it costs a
    /// transfer, while a `304` for a coding that the client refuses would leave it with octets that it cannot read.
    ///
    /// Without the field any coding is acceptable, says § 12.5.3. But whoever sends none is not known to read any, and nobody codes
    /// for it; and it may be a cache that asks on behalf of such a client, with the tags of what it has stored for others (RFC 9111 § 4.3.1).
    /// So it accepts what it would be sent, which is no coding.
    pub(super) fn of(headers: &HeaderMap) -> Accepted {
        let (mut identity, mut others) = (None, None);
        let mut codings = [None; Coding::ALL.len()];
        let lines = headers.get_all(ACCEPT_ENCODING).into_iter();
        for member in lines.flat_map(|line| line.as_bytes().split(|&octet| octet == b',')) {
            let (name, weight) = match member.iter().position(|&octet| octet == b';') {
                Some(end) => (trim(&member[..end]), Some(trim(&member[end + 1..]))),
                None => (trim(member), None),
            };
            let entry = match Coding::named(name) {
                Some(coding) => &mut codings[coding as usize],
                None if name == b"*" => &mut others,
                None if name.eq_ignore_ascii_case(b"identity") => &mut identity,
                None => continue,
            };
            *entry = Some(entry.unwrap_or(true) && weight.is_none_or(is_positive));
        }
        Accepted {
            identity: identity.or(others).unwrap_or(true),
            codings: codings.map(|coding| coding.or(others).unwrap_or(false)),
        }
    }

    pub(super) fn identity(self) -> bool {
        self.identity
    }

    pub(super) fn coding(self, coding: Coding) -> bool {
        self.codings[coding as usize]
    }

    pub(super) fn any_coding(self) -> bool {
        self.codings.contains(&true)
    }
}

/// Whether this is `"q=" qvalue`, and the value is not zero.
fn is_positive(weight: &[u8]) -> bool {
    let [b'q' | b'Q', b'=', value @ ..] = weight else { return false };
    match value {
        [b'1'] => true,
        [b'1', b'.', digits @ ..] => digits.len() <= 3 && digits.iter().all(|&digit| digit == b'0'),
        [b'0', b'.', digits @ ..] => {
            digits.len() <= 3 && digits.iter().all(u8::is_ascii_digit) && digits.iter().any(|&digit| digit != b'0')
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    /// The names of what is accepted.
    fn accepted(lines: &[&[u8]]) -> String {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(ACCEPT_ENCODING, HeaderValue::from_bytes(line).unwrap());
        }
        let accepted = Accepted::of(&headers);
        let identity = accepted.identity().then_some("identity");
        let codings = Coding::ALL.into_iter().filter(|coding| accepted.coding(*coding)).map(Coding::name);
        let names: Vec<_> = identity.into_iter().chain(codings).collect();
        assert_eq!(accepted.any_coding(), names.len() > usize::from(accepted.identity()), "{names:?}");
        names.join(" ")
    }

    #[test]
    fn what_a_request_accepts() {
        const EVERY: &str = "identity br compress deflate gzip zstd";
        #[rustfmt::skip]
        let table: [(&[&[u8]], &str); 38] = [
            // Nothing is asked for.
            (&[],                                   "identity"),
            (&[b""],                                "identity"),
            (&[b" , ,"],                            "identity"),
            // The examples of § 12.5.3.
            (&[b"compress, gzip"],                  "identity compress gzip"),
            (&[b"*"],                               EVERY),
            (&[b"compress;q=0.5, gzip;q=1.0"],      "identity compress gzip"),
            (&[b"gzip;q=1.0, identity; q=0.5, *;q=0"], "identity gzip"),
            // What browsers and their media elements send.
            (&[b"gzip, deflate, br, zstd"],         "identity br deflate gzip zstd"),
            (&[b"identity;q=1, *;q=0"],             "identity"),
            // Other names, lines, white space and case.
            (&[b"x-gzip"],                          "identity gzip"),
            (&[b"x-compress"],                      "identity compress"),
            (&[b"GZIP;Q=1"],                        "identity gzip"),
            (&[b"br", b"gzip"],                     "identity br gzip"),
            (&[b"\tgzip \t; \tq=0.001 "],           "identity gzip"),
            (&[b"aes128gcm, dcb, unheard-of"],      "identity"),
            // Refused.
            (&[b"gzip;q=0"],                        "identity"),
            (&[b"gzip;q=0.000, br"],                "identity br"),
            (&[b"*, gzip;q=0"],                     "identity br compress deflate zstd"),
            (&[b"gzip, *;q=0"],                     "gzip"),
            (&[b"*;q=0"],                           ""),
            (&[b"identity;q=0"],                    ""),
            (&[b"identity;q=0, *"],                 "br compress deflate gzip zstd"),
            (&[b"*;q=0, identity;q=0.1"],           "identity"),
            (&[b"Identity;q=0.0, br;q=0.3"],        "br"),
            // Twice.
            (&[b"gzip;q=0, gzip"],                  "identity"),
            (&[b"gzip, x-gzip;q=0"],                "identity"),
            (&[b"gzip;q=0.2, gzip;q=0.3"],          "identity gzip"),
            // No weight at all.
            (&[b"gzip;q=0.0001"],                   "identity"),
            (&[b"gzip;q=1.001"],                    "identity"),
            (&[b"gzip;q=2"],                        "identity"),
            (&[b"gzip;q=.5"],                       "identity"),
            (&[b"gzip;q"],                          "identity"),
            (&[b"gzip;"],                           "identity"),
            (&[b"gzip;q=1;a=b"],                    "identity"),
            (&[b"gzip;level=1"],                    "identity"),
            (&[b"identity;q=x, *"],                 "br compress deflate gzip zstd"),
            // No names at all.
            (&[b"\xff\xfe, gzip\xff, br"],          "identity br"),
            (&[b"\"gzip, br\""],                    "identity"),
        ];
        for (lines, expected) in table {
            let shown: Vec<_> = lines.iter().map(|line| line.escape_ascii().to_string()).collect();
            assert_eq!(accepted(lines), expected, "{shown:?}");
        }
    }
}
