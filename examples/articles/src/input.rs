//! What clients send: its shape, and the limits that a shape cannot express.

use serde::Deserialize;
use serde::de::IgnoredAny;
use utoipa::{IntoParams, ToSchema};

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
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
    pub(crate) title: String,
    #[schema(max_length = 100_000, pattern = r"^[^\x00]*$")]
    pub(crate) body: String,
    pub(crate) author_id: i64,
    /// As a GET shows it. What a write compares is said in `If-Match`, whatever stands here.
    #[serde(default, rename = "version")]
    #[schema(value_type = Value)]
    _version: IgnoredAny,
}

impl Input for Draft {
    fn invalid(&self) -> Vec<Invalid> {
        [line("title", &self.title), text("body", &self.body, 100_000)].into_iter().flatten().collect()
    }
}

/// What PUT takes, without the members that are to stay (RFC 7396).
// As clients are told of it: the handler reads any object, and checks what it makes of the article.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "it is a description")]
pub(crate) struct Patch {
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
    title: Option<String>,
    #[schema(max_length = 100_000, pattern = r"^[^\x00]*$")]
    body: Option<String>,
    author_id: Option<i64>,
    #[schema(value_type = Option<Value>)]
    version: Option<IgnoredAny>,
}

/// Which part of the list. A parameter that is not known is refused: it would be a filter that does not filter.
#[derive(Debug, Clone, Copy, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Part {
    /// The first has the number 1.
    #[param(minimum = 1, maximum = 4_294_967_295_i64)]
    pub(crate) page: u32,
    /// How many articles are on it.
    #[param(minimum = 1, maximum = 100)]
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
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewComment {
    #[schema(min_length = 1, max_length = 10_000, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
    pub(crate) text: String,
}

impl Input for NewComment {
    fn invalid(&self) -> Vec<Invalid> {
        [text("text", &self.text, 10_000), blank("text", &self.text)].into_iter().flatten().collect()
    }
}

/// What can be changed about an author.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rename {
    #[schema(min_length = 1, max_length = 200, pattern = r"^[^\x00]*[^\s\x00][^\x00]*$")]
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
