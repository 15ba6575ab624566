//! What a request is about, on any of the servers.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use etag_oracle::{Tag, Target};

/// What every representation is.
pub(crate) const CONTENT: &str = "abcdefghijklmnopqrstuvwxyz";

/// A resource with the validators that are wanted of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Resource {
    /// Whether there is a representation.
    pub(crate) exists: bool,
    pub(crate) tag: Option<Tag>,
    /// Since 1970.
    pub(crate) modified: Option<Duration>,
}

impl Resource {
    pub(crate) const ABSENT: Resource = Resource { exists: false, tag: None, modified: None };

    /// The octets of its `ETag`.
    pub(crate) fn etag(&self) -> Option<Vec<u8>> {
        let tag = self.tag.as_ref()?;
        Some([if tag.weak { &b"W/\""[..] } else { b"\"" }, &tag.opaque, b"\""].concat())
    }

    pub(crate) fn modified_at(&self) -> Option<SystemTime> {
        Some(UNIX_EPOCH + self.modified?)
    }

    /// As the oracle sees it.
    pub(crate) fn target(&self) -> Option<Target> {
        let target = Target { tag: self.tag.clone(), has_halves: false, modified: self.modified_at() };
        self.exists.then_some(target)
    }

    /// In a few words.
    pub(crate) fn words(&self) -> String {
        if !self.exists {
            return "absent".to_owned();
        }
        let tag = self.etag().map(|tag| format!("`{}`", String::from_utf8_lossy(&tag)));
        let date = self.modified.map(|modified| match modified.subsec_nanos() {
            0 => "a date".to_owned(),
            _ => "a date in mid-second".to_owned(),
        });
        match (tag, date) {
            (None, None) => "no validators".to_owned(),
            (Some(one), None) | (None, Some(one)) => one,
            (Some(tag), Some(date)) => format!("{tag}, {date}"),
        }
    }

    /// The query that tells a server what to show.
    pub(crate) fn query(&self) -> String {
        let mut parameters = Vec::new();
        if !self.exists {
            parameters.push("absent".to_owned());
        }
        if let Some(tag) = self.etag() {
            let escaped: Vec<String> = tag.iter().map(|octet| format!("%{octet:02X}")).collect();
            parameters.push(format!("tag={}", escaped.concat()));
        }
        if let Some(modified) = self.modified {
            parameters.push(format!("modified={}", modified.as_nanos()));
        }
        parameters.join("&")
    }
}
