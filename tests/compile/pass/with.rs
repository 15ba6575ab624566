//! Fields of foreign types, through a function.

use std::collections::{BTreeMap, HashSet};
use std::fmt::Display;
use std::time::{Duration, SystemTime};

use etag_runtime::{ETag, Version};
use serde::{Serialize, Serializer};

/// Neither a version nor an instant nor serializable.
#[derive(Clone, Copy)]
struct Foreign(f64);

impl Foreign {
    const fn bits(&self) -> u64 {
        self.0.to_bits()
    }
}

fn instant(foreign: &Option<Foreign>) -> Option<SystemTime> {
    foreign.map(|Foreign(seconds)| SystemTime::UNIX_EPOCH + Duration::from_secs_f64(seconds))
}

fn text<T: ToString>(value: &T) -> String {
    value.to_string()
}

fn name(path: &std::path::Path) -> impl Version + '_ {
    path.as_os_str().as_encoded_bytes()
}

mod hex {
    pub(crate) fn serialize<S: serde::Serializer>(foreign: &super::Foreign, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&format_args!("{:x}", foreign.bits()))
    }
}

fn sorted<S: Serializer, T: Serialize + Ord>(members: &HashSet<T>, serializer: S) -> Result<S::Ok, S::Error> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_unstable();
    members.serialize(serializer)
}

fn shown<S: Serializer>(text: &impl Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(text)
}

#[derive(ETag)]
struct Article<T: ToString> {
    #[etag(version, with = Foreign::bits)]
    version: Foreign,
    #[etag(timestamp, precision = "seconds", with = instant)]
    at: Option<Foreign>,
    #[etag(content, with = self::text::<T>)]
    title: T,
    #[etag(related)]
    readers: Readers,
}

#[derive(ETag)]
struct Readers(#[etag(content, with = etag_runtime::unordered)] HashSet<u64>);

#[derive(Serialize, ETag)]
#[etag(content)]
struct Serialized<T: Serialize + Ord, D: Display> {
    #[serde(with = "hex")]
    foreign: Foreign,
    #[serde(serialize_with = "sorted")]
    readers: HashSet<T>,
    #[serde(serialize_with = "shown")]
    title: D,
    others: BTreeMap<u8, u8>,
}

#[derive(ETag)]
enum File {
    At(#[etag(version, with = name)] std::path::PathBuf),
    Of(#[etag(version, with = f64::to_le_bytes_of)] f64),
}

trait ToLeBytesOf {
    fn to_le_bytes_of(&self) -> [u8; 8];
}

impl ToLeBytesOf for f64 {
    fn to_le_bytes_of(&self) -> [u8; 8] {
        self.to_le_bytes()
    }
}

fn main() {
    let article = |bits: f64, at, title: &'static str, readers: &[u64]| {
        let readers = Readers(readers.iter().copied().collect());
        // Shown, but not serializable.
        let title = title.escape_default();
        Article { version: Foreign(bits), at: Some(Foreign(at)), title, readers }.etag()
    };
    let tag = article(1.0, 1.0, "a", &[1, 2, 3]);
    assert_eq!(article(1.0, 1.5, "a", &[3, 2, 1]), tag);
    assert_ne!(article(2.0, 1.0, "a", &[1, 2, 3]), tag);
    assert_ne!(article(1.0, 2.0, "a", &[1, 2, 3]), tag);
    assert_ne!(article(1.0, 1.0, "b", &[1, 2, 3]), tag);
    assert_ne!(article(1.0, 1.0, "a", &[1, 2]), tag);

    let serialized = |bits, readers: &[u64]| {
        let readers = readers.iter().copied().collect();
        let title = "a".escape_default();
        Serialized { foreign: Foreign(bits), readers, title, others: BTreeMap::new() }.etag()
    };
    assert_eq!(serialized(1.0, &[1, 2, 3]), serialized(1.0, &[3, 2, 1]));
    assert_ne!(serialized(1.0, &[]), serialized(2.0, &[]));
    assert_ne!(File::At("a".into()).etag(), File::At("b".into()).etag());
    assert_ne!(File::Of(0.0).etag(), File::Of(-0.0).etag());
}
