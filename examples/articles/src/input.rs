//! What clients send: its shape, and the limits that a shape cannot express.

use serde::Deserialize;
use serde::de::IgnoredAny;

use crate::problem::Invalid;

/// What is to be checked before it is written.
pub(crate) trait Input: Sized {
    /// Everything that is wrong with it.
    fn invalid(&self) -> Vec<Invalid>;

    /// The same, if nothing is wrong with it.
    fn checked(self) -> Result<Self, Vec<Invalid>> {
        let invalid = self.invalid();
        if invalid.is_empty() { Ok(self) } else { Err(invalid) }
    }
}

/// An article as its editor writes it: the document that PUT replaces and PATCH changes.
///
/// A member that is not known is refused: it would be a change that does not happen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    pub(crate) title: String,
    pub(crate) body: String,
    pub(crate) author_id: i64,
    /// As a GET shows it. What a write compares is said in `If-Match`, whatever stands here.
    #[serde(default, rename = "version")]
    _version: IgnoredAny,
}

impl Input for Draft {
    fn invalid(&self) -> Vec<Invalid> {
        [line("title", &self.title), text("body", &self.body, 100_000)].into_iter().flatten().collect()
    }
}

/// Which part of the list. A parameter that is not known is refused: it would be a filter that does not filter.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Part {
    /// The first has the number 1.
    pub(crate) page: u32,
    pub(crate) per_page: u32,
}

impl Part {
    /// How many articles come before it.
    pub(crate) fn offset(self) -> i64 {
        i64::from(self.page.saturating_sub(1)) * i64::from(self.per_page)
    }
}

impl Default for Part {
    fn default() -> Part {
        Part { page: 1, per_page: 20 }
    }
}

/// A comment to add.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComment {
    pub(crate) text: String,
}

impl Input for NewComment {
    fn invalid(&self) -> Vec<Invalid> {
        [text("text", &self.text, 10_000), blank("text", &self.text)].into_iter().flatten().collect()
    }
}

/// What can be changed about an author.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rename {
    pub(crate) name: String,
}

impl Input for Rename {
    fn invalid(&self) -> Vec<Invalid> {
        line("name", &self.name).into_iter().collect()
    }
}

/// A title or a name: not blank, and short.
fn line(field: &'static str, value: &str) -> Option<Invalid> {
    blank(field, value).or_else(|| text(field, value, 200))
}

fn text(field: &'static str, value: &str, max: usize) -> Option<Invalid> {
    // JSON can say it, and so could SQLite, but PostgreSQL cannot.
    if value.contains('\0') {
        return Some(Invalid::new(field, "must not contain U+0000"));
    }
    let chars = value.chars().count();
    (chars > max).then(|| Invalid::new(field, format!("has {chars} characters; at most {max} are allowed")))
}

fn blank(field: &'static str, value: &str) -> Option<Invalid> {
    value.trim().is_empty().then(|| Invalid::new(field, "must not be blank"))
}
