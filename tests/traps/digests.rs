//! Hashes: what a tag is made of, and what it must not depend on.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, DefaultHasher};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etag_runtime::{Digest, ETag, EntityTag, Validators};
use serde::Serialize;

#[derive(ETag)]
struct Numbered {
    #[etag(version)]
    version: u64,
}

#[derive(ETag)]
struct Timed {
    #[etag(version)]
    version: u64,
    #[etag(timestamp)]
    changed: SystemTime,
}

#[derive(ETag)]
struct TimedOnly {
    #[etag(timestamp)]
    changed: SystemTime,
}

/// The tag of what was changed so long after the epoch.
fn timed(version: u64, after: Duration) -> EntityTag {
    Timed { version, changed: UNIX_EPOCH + after }.etag()
}

#[test]
fn a_tag_is_the_same_on_every_machine_and_in_every_process() {
    // The state half by hand from docs/wire-format.md: SHA-256(01 53 70 11 07).
    let tag = Numbered { version: 7 }.etag().to_string();
    assert_eq!(&tag[..24], "\"Myv75nSeOrThBUExnMKZAQ.");
}

#[test]
fn a_tag_does_not_depend_on_the_width_of_an_integer() {
    #[derive(ETag)]
    struct Narrow {
        #[etag(version)]
        version: u8,
    }
    let state = |tag: EntityTag| tag.opaque().split(|&octet| octet == b'.').next().unwrap().to_vec();
    assert_eq!(state(Narrow { version: 7 }.etag()), state(Numbered { version: 7 }.etag()));
}

#[test]
fn a_strong_tag_has_128_bits_of_state() {
    let tag = Numbered { version: 7 }.etag();
    assert!(!tag.is_weak());
    let lengths: Vec<_> = tag.opaque().split(|&octet| octet == b'.').map(<[u8]>::len).collect();
    assert_eq!(lengths, [22, 11]);
}

#[test]
fn a_long_value_is_never_cut() {
    for length in [61, 62, 63, 64, 65, 1000, 100_000] {
        let (left, right) = (format!("{}a", "0".repeat(length)), format!("{}b", "0".repeat(length)));
        assert_eq!(EntityTag::strong(&left).opaque(), left.as_bytes());
        assert!(!EntityTag::strong(&left).strong_eq(&EntityTag::strong(&right)));
        // Neither where the value has to be replaced by its digest.
        let (left, right) = (format!(" {left}"), format!(" {right}"));
        assert!(!EntityTag::strong(left).strong_eq(&EntityTag::strong(right)));
    }
}

#[test]
fn the_order_of_iteration_does_not_change_a_tag() {
    #[derive(Serialize, ETag)]
    #[etag(weak)]
    struct Settings<M> {
        #[etag(content)]
        values: M,
    }
    type Hashed<S> = HashMap<String, u32, S>;
    let entries = || (0..50).map(|number| (format!("key {number}"), number));
    let sorted = Settings { values: entries().collect::<BTreeMap<_, _>>() }.etag();
    let random = Settings { values: entries().collect::<HashMap<_, _>>() }.etag();
    let reversed: Hashed<BuildHasherDefault<DefaultHasher>> = entries().rev().collect();
    let state = |tag: &EntityTag| tag.opaque()[..22].to_vec();
    assert_eq!(state(&random), state(&sorted));
    assert_eq!(state(&Settings { values: reversed }.etag()), state(&sorted));
    let fewer = Settings { values: entries().skip(1).collect::<HashMap<_, _>>() }.etag();
    assert_ne!(state(&fewer), state(&sorted));
}

#[test]
fn an_instant_enters_a_tag_at_microseconds() {
    let micros = Duration::from_micros(1_403_716_338_123_456);
    let nanos = |nanos| micros + Duration::from_nanos(nanos);
    assert_eq!(timed(1, nanos(0)), timed(1, nanos(999)), "a column keeps no more");
    assert_ne!(timed(1, nanos(0)), timed(1, nanos(1000)));
}

#[test]
fn what_is_recreated_with_the_same_number_has_another_tag_if_it_has_a_timestamp() {
    assert_ne!(timed(1, Duration::from_secs(1)), timed(1, Duration::from_secs(2)));
    assert_ne!(timed(1, Duration::from_secs(1)), timed(2, Duration::from_secs(1)));
}

#[test]
fn a_timestamp_alone_makes_a_weak_tag() {
    assert!(TimedOnly { changed: UNIX_EPOCH }.etag().is_weak());
    assert!(!timed(1, Duration::ZERO).is_weak());
}

/// A child that touches its parent moves a timestamp that writers are held to, whatever is said of the child itself.
#[test]
fn a_child_that_touches_its_parent_blocks_writers() {
    #[derive(ETag)]
    struct Thread {
        #[etag(timestamp)]
        touched_at: SystemTime,
        #[etag(related, guard = false, touch)]
        comments: Vec<Numbered>,
    }

    let thread = |seconds, comments: &[u64]| Thread {
        touched_at: UNIX_EPOCH + Duration::from_secs(seconds),
        comments: comments.iter().map(|&version| Numbered { version }).collect(),
    };
    let halves = |thread: Thread| {
        let tag = thread.etag().to_string();
        let (state, representation) = tag.split_once('.').unwrap();
        (state.to_owned(), representation.to_owned())
    };
    let before = halves(thread(1, &[1]));
    let edited = halves(thread(1, &[2]));
    let added = halves(thread(2, &[1, 1]));
    assert!(edited.0 == before.0 && edited.1 != before.1, "{before:?}, edited: {edited:?}");
    assert!(added.0 != before.0 && added.1 != before.1, "{before:?}, added: {added:?}");
}

/// What cannot be serialized may stand for anything: no copy of it is current, and no write is held to it.
#[test]
fn what_cannot_be_serialized_has_no_validators() {
    struct Broken;

    impl Serialize for Broken {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("broken"))
        }
    }

    #[derive(ETag)]
    struct Comment(#[etag(content)] Broken);

    #[derive(ETag)]
    struct Hashed(#[etag(version)] i64, #[etag(related, guard = false)] Vec<Comment>);

    #[derive(ETag)]
    #[etag(reversible)]
    struct Shown(#[etag(version)] i64, #[etag(related, guard = false)] Vec<Comment>);

    assert_eq!(Hashed(7, vec![Comment(Broken)]).validators(), Validators::new());
    assert_eq!(Shown(7, vec![Comment(Broken)]).validators(), Validators::new());
    assert!(Hashed(7, vec![Comment(Broken)]).etag().is_weak());
    assert!(Shown(7, vec![Comment(Broken)]).etag().is_weak());
    let whole = Shown(7, Vec::new());
    assert_eq!(whole.validators(), Validators::new().with_entity_tag(whole.etag()));
}

/// What is hashed may be a secret.
#[test]
fn a_digest_shows_nothing_of_what_it_is_made_of() {
    let mut digest = Digest::new();
    digest.salt("secret");
    assert_eq!(format!("{digest:?}"), "Digest { .. }");
}
