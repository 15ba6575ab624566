//! `If-Match` and `If-None-Match`: a list over any number of field lines.
//!
//! The input is the field lines, with an LF after each. No field line holds one.

#![no_main]

use etag_oracle::{List, Tag};
use etag_runtime::EntityTagList;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let lines: Vec<&[u8]> = input.split(|octet| *octet == b'\n').collect();
    let seen = match EntityTagList::parse(&lines) {
        EntityTagList::Any => List::Any,
        EntityTagList::Tags { tags, malformed } => {
            let read = tags.iter().map(|tag| Some(Tag { weak: tag.is_weak(), opaque: tag.opaque().to_vec() }));
            List::Members(read.chain(malformed.then_some(None)).collect())
        }
    };
    // § 5.3: the lines are one value, with commas between them.
    let expected = match List::read(&lines.join(&b", "[..])) {
        List::Any => List::Any,
        List::Members(mut members) => {
            // Where a member is no tag is known to the oracle alone.
            let malformed = members.contains(&None);
            members.retain(Option::is_some);
            members.extend(malformed.then_some(None));
            List::Members(members)
        }
    };
    assert_eq!(seen, expected);
});
