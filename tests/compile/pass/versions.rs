//! Whatever a version may be: the same value has the same tag, whichever type holds it.

use std::borrow::Cow;
use std::num::NonZero;
use std::rc::Rc;
use std::sync::Arc;

use etag_runtime::{ETag, EntityTag, ReversibleVersion, StrongETag, Version, VersionValue};
use uuid::Uuid;

/// As most applications have it, with the one line that it takes.
struct Revision(i64);

impl Version for Revision {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

impl ReversibleVersion for Revision {
    fn from_state(state: &str) -> Option<Self> {
        i64::from_state(state).map(Self)
    }
}

fn tag(entity: &impl StrongETag) -> EntityTag {
    entity.etag()
}

/// The state half of an entity with each version, of a type of its own.
macro_rules! states {
    (#[$attribute:meta] $($version:expr => $type:ty),* $(,)?) => { [$({
        #[derive(ETag)]
        #[$attribute]
        struct Entity(#[etag(version)] $type);
        let tag = tag(&Entity($version)).to_string();
        tag.split_once('.').map(|(state, _)| state.to_owned()).unwrap()
    }),*] };
    ($($version:expr => $type:ty),* $(,)?) => {
        states! { #[etag(strong)] $($version => $type),* }
    };
}

/// All the same, and not what another value has.
fn assert_all<const N: usize>(states: [String; N], others: [String; 1]) {
    assert!(states.iter().all(|state| *state == states[0]), "{states:?}");
    assert_ne!(states[0], others[0]);
}

fn main() {
    let number = states! {
        7 => i8, 7 => i16, 7 => i32, 7 => i64, 7 => i128, 7 => isize,
        7 => u8, 7 => u16, 7 => u32, 7 => u64, 7 => u128, 7 => usize,
        NonZero::new(7).unwrap() => NonZero<i8>, NonZero::new(7).unwrap() => NonZero<i16>,
        NonZero::new(7).unwrap() => NonZero<i32>, NonZero::new(7).unwrap() => NonZero<i64>,
        NonZero::new(7).unwrap() => NonZero<i128>, NonZero::new(7).unwrap() => NonZero<isize>,
        NonZero::new(7).unwrap() => NonZero<u8>, NonZero::new(7).unwrap() => NonZero<u16>,
        NonZero::new(7).unwrap() => NonZero<u32>, NonZero::new(7).unwrap() => NonZero<u64>,
        NonZero::new(7).unwrap() => NonZero<u128>, NonZero::new(7).unwrap() => NonZero<usize>,
        Revision(7) => Revision, &7 => &'static i64, Box::new(7) => Box<i64>, Cow::Owned(7) => Cow<'static, i64>,
    };
    assert_all(number, states! { -7 => i8 });

    let text = states! {
        "a" => &'static str, "a".into() => String, "a".into() => Box<str>, "a".into() => Arc<str>, "a".into() => Rc<str>,
        "a".into() => Cow<'static, str>, Box::new("a".into()) => Box<String>,
    };
    assert_all(text, states! { "b" => &'static str });

    let octets = states! {
        [1; 16] => [u8; 16], vec![1; 16] => Vec<u8>, vec![1; 16].into() => Box<[u8]>, &[1; 16] => &'static [u8],
        vec![1; 16].into() => Cow<'static, [u8]>, Uuid::from_bytes([1; 16]) => Uuid,
    };
    assert_all(octets, states! { [1; 15] => [u8; 15] });

    let plain = states! {
        #[etag(reversible)]
        7 => i8, 7 => i128, 7 => usize, NonZero::new(7).unwrap() => NonZero<u64>, Revision(7) => Revision,
        "7".into() => String, vec![7] => Vec<u8>, [7] => [u8; 1], Uuid::from_u128(7) => Uuid,
    };
    let uuid = format!("\"{:032x}", 7);
    assert_eq!(plain, ["\"7", "\"7", "\"7", "\"7", "\"7", "\"7", "\"07", "\"07", &uuid]);
}
