//! Under what name is a stamp kept?

use std::fmt::Write;

/// What a writer writes: one row, of one tenant. Forgetting it forgets every variant of it, in every release.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Subject(String);

impl Subject {
    /// The subject with these parts, for example the tenant, the table and the id.
    ///
    /// Other parts are another subject, whatever is in them: each is written with its length.
    #[must_use]
    pub fn new(parts: &[&str]) -> Subject {
        let mut name = String::new();
        for part in parts {
            // Writing to a `String` cannot fail.
            let _ = write!(name, "{}:{part},", part.len());
        }
        Subject(name)
    }

    /// As text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a reader reads: one representation of a subject.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// The row.
    pub(crate) subject: Subject,
    /// Which of its representations.
    pub(crate) variant: &'static str,
}

impl Key {
    /// The representation of `subject` that `variant` names: the language, say. Whatever selects a representation, and is
    /// not in the subject, has to be in it.
    ///
    /// It is one of a few that the program knows, so that no request can fill the store with more.
    #[must_use]
    pub const fn new(subject: Subject, variant: &'static str) -> Key {
        Key { subject, variant }
    }
}
