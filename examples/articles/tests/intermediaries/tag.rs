//! What an intermediary does to an entity tag.

/// What has become of the tag that the server has sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Fate {
    Kept,
    Weakened,
    /// `-gzip` is appended inside the quotes.
    Suffixed,
}

impl Fate {
    /// Of the tag that the server sends, by the one that arrives. Nothing else is known to become of one.
    pub(crate) fn of(sent: &str, arrived: &str) -> Fate {
        let opaque = sent.strip_suffix('"').unwrap();
        if arrived == sent {
            Fate::Kept
        } else if arrived.strip_prefix("W/") == Some(sent) {
            Fate::Weakened
        } else if arrived.strip_prefix(opaque) == Some("-gzip\"") {
            Fate::Suffixed
        } else {
            panic!("{sent} has become {arrived}");
        }
    }

    pub(crate) fn words(self) -> &'static str {
        match self {
            Fate::Kept => "kept",
            Fate::Weakened => "weakened",
            Fate::Suffixed => "`-gzip` appended",
        }
    }
}

/// The half that says what a writer has seen, without the mark of a weak tag.
pub(crate) fn state(tag: &str) -> String {
    let (state, _) = tag.trim_start_matches("W/").split_once('.').unwrap_or_else(|| panic!("not of the server: {tag}"));
    state.to_owned()
}
