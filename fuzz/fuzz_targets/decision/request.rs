//! A request and its target, as a text that a fuzzer can change anywhere.
//!
//! ```text
//! PUT proxy                        the method; `proxy` if one weakens tags
//! article 7 2                      what there is now: see `Target`
//! 784111777                        its modification date; an empty line if there is none
//! If-Match: "a", W/"{ours}"        any number of fields
//! If-Match: "{state}.AAAAAAAAAAA"
//! ```
//!
//! In a field, `{ours}` stands for the opaque value of the current tag, and `{state}` for its first half, which no mutation
//! would hit.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etag_oracle::{Field, Tag, Target};
use etag_runtime::{ETag, EntityTag, HttpDate, Validators};
use http::{HeaderValue, Method};

/// When the requests arrive: 2026-11-06T08:49:37Z.
pub const NOW: u64 = 1_793_954_977;

/// The length of `.` and the second half.
const REPRESENTATION: usize = 12;

pub struct Request {
    pub method: Method,
    pub proxy_weakens: bool,
    pub lines: Vec<(Field, Vec<u8>)>,
    exists: bool,
    tag: Option<EntityTag>,
    has_halves: bool,
    /// In seconds since 1970.
    modified: Option<u32>,
}

impl Request {
    /// `None` if there could be no such request.
    pub fn read(input: &[u8]) -> Option<Request> {
        let mut lines = input.split(|octet| *octet == b'\n');
        let mut words = lines.next()?.split(|octet| *octet == b' ');
        let method = Method::from_bytes(words.next()?).ok()?;
        let proxy_weakens = words.next() == Some(b"proxy");
        let target = lines.next()?;
        let (tag, has_halves) = tag(target);
        let modified = lines.next().and_then(|line| std::str::from_utf8(line).ok()?.parse().ok());
        let lines = lines.filter_map(|line| field(line, tag.as_ref())).collect();
        Some(Request { method, proxy_weakens, lines, exists: target != b"absent", tag, has_halves, modified })
    }

    /// The target as the runtime sees it.
    pub fn validators(&self) -> Option<Validators> {
        let mut validators = self.exists.then(Validators::new)?;
        if let Some(tag) = &self.tag {
            validators = validators.with_entity_tag(tag.clone());
        }
        if let Some(date) = self.modified.and_then(|seconds| HttpDate::from_unix_seconds(seconds.into())) {
            validators = validators.with_last_modified(date);
        }
        Some(validators)
    }

    /// The target as the oracle sees it.
    pub fn target(&self) -> Option<Target> {
        let tag = self.tag.as_ref().map(|tag| Tag { weak: tag.is_weak(), opaque: tag.opaque().to_vec() });
        let modified = self.modified.map(|seconds| instant(seconds.into()));
        self.exists.then_some(Target { tag, has_halves: self.has_halves, modified })
    }

    pub fn lines_of(&self, field: Field) -> Vec<&[u8]> {
        self.lines.iter().filter(|(name, _)| *name == field).map(|(_, line)| line.as_slice()).collect()
    }
}

pub fn instant(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: u32,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

#[derive(ETag)]
struct Comment {
    #[etag(version)]
    version: u32,
}

/// The same with a weak tag.
#[derive(ETag)]
#[etag(weak)]
struct Draft {
    #[etag(version)]
    version: u32,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

/// Its version is its state, in plain text.
#[derive(ETag)]
#[etag(reversible)]
struct Page {
    #[etag(version)]
    version: String,
}

/// The tag that a line names, and whether it is one of ours: `absent`, an empty line, `article 7 2`, `draft 7 2`, `page 7`
/// or a tag.
fn tag(line: &[u8]) -> (Option<EntityTag>, bool) {
    let text = String::from_utf8_lossy(line);
    let mut words = text.splitn(2, ' ');
    let (name, rest) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut numbers = rest.split(' ').map(|word| word.parse().unwrap_or_default());
    let version = numbers.next().unwrap_or_default();
    let comments = || numbers.map(|version| Comment { version }).collect();
    match name {
        "absent" | "" => (None, false),
        "article" => (Some(Article { version, comments: comments() }.etag()), true),
        "draft" => (Some(Draft { version, comments: comments() }.etag()), true),
        "page" => (Some(Page { version: rest.to_owned() }.etag()), true),
        _ => (Some(EntityTag::parse(line).unwrap_or_else(|_| EntityTag::strong(line))), false),
    }
}

/// A field that the oracle knows, if it can be sent.
fn field(line: &[u8], tag: Option<&EntityTag>) -> Option<(Field, Vec<u8>)> {
    let colon = line.iter().position(|octet| *octet == b':')?;
    let field = Field::ALL.into_iter().find(|field| field.name().as_bytes() == &line[..colon])?;
    let value = line[colon + 1..].strip_prefix(b" ").unwrap_or(&line[colon + 1..]);
    let ours = tag.map(EntityTag::opaque).unwrap_or_default();
    let state = &ours[..ours.len().saturating_sub(REPRESENTATION)];
    let value = replace(&replace(value, b"{ours}", ours), b"{state}", state);
    HeaderValue::from_bytes(&value).is_ok().then_some((field, value))
}

fn replace(mut text: &[u8], name: &[u8], value: &[u8]) -> Vec<u8> {
    let mut replaced = Vec::new();
    while let Some(at) = text.windows(name.len()).position(|window| window == name) {
        replaced.extend_from_slice(&text[..at]);
        replaced.extend_from_slice(value);
        text = &text[at + name.len()..];
    }
    replaced.extend_from_slice(text);
    replaced
}
