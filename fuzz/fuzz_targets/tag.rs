//! One entity tag: what is read is what was sent, and what is sent can be read.
//!
//! The input is the octets between the colon of a field and its end.

#![no_main]

use etag_oracle::Tag;
use etag_runtime::EntityTag;
use http::HeaderValue;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| {
    let expected = Tag::read(octets);
    let parsed = EntityTag::parse(octets).ok();
    let seen = parsed.as_ref().map(|tag| Tag { weak: tag.is_weak(), opaque: tag.opaque().to_vec() });
    assert_eq!(seen, expected);

    if let Some(tag) = &parsed {
        assert_eq!(HeaderValue::from(tag).as_bytes(), octets, "what was read is sent as it came");
        if let Ok(text) = std::str::from_utf8(octets) {
            assert_eq!(tag.to_string(), text);
            assert_eq!(text.parse().as_ref(), Ok(tag));
        }
        assert!(tag.weak_eq(tag));
        assert_eq!(tag.strong_eq(tag), !tag.is_weak());
    }
    for made in [EntityTag::strong(octets), EntityTag::weak(octets)] {
        let sent = HeaderValue::from(&made);
        assert_eq!(EntityTag::parse(sent.as_bytes()).as_ref(), Ok(&made), "what was made can be read again");
        assert!(made.opaque() == octets || made.opaque().len() == 43, "nothing is cut off");
    }
});
