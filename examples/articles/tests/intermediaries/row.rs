//! What was measured of one configuration, as a row of the page.

use crate::tag::Fate;

/// For the two codings that clients accept: none, and gzip.
pub(crate) type Both<T> = [T; 2];

/// What a configuration does.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) tags: Both<Fate>,
    /// Whether a client that sends back the tag that it was sent is answered `304`.
    pub(crate) not_modified: Both<bool>,
    pub(crate) edits: Both<Edit>,
    /// The statuses that the server answers to three reads: two by clients that have nothing, and one by a client that has what is current.
    pub(crate) reads: Vec<String>,
    pub(crate) expect: Expect,
}

/// What an edit needs that names the tag which the client was sent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Edit {
    Nothing,
    /// A server that trusts the intermediary. Another one refuses it.
    Trust,
}

/// Who answers `Expect: 100-continue`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Expect {
    Server,
    Intermediary,
}

impl Row {
    /// All cells but the first.
    pub(crate) fn cells(&self) -> String {
        let reads: Vec<String> = self.reads.iter().map(|status| format!("`{status}`")).collect();
        [
            pair(self.tags.map(Fate::words)),
            pair(self.not_modified.map(|is| if is { "yes" } else { "no" })),
            pair(self.edits.map(Edit::words)),
            reads.join(" "),
            self.expect.words().to_owned(),
        ]
        .join(" | ")
    }
}

impl Edit {
    fn words(self) -> &'static str {
        match self {
            Edit::Nothing => "yes",
            Edit::Trust => "`--accept-weakened`",
        }
    }
}

impl Expect {
    fn words(self) -> &'static str {
        match self {
            Expect::Server => "the server",
            Expect::Intermediary => "the intermediary",
        }
    }
}

fn pair([identity, gzip]: Both<&str>) -> String {
    if identity == gzip { identity.to_owned() } else { format!("{identity} / {gzip}") }
}
