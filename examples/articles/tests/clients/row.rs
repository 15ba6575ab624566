//! What was measured of one client, as a row of the page.

use http::header::{IF_MODIFIED_SINCE, IF_NONE_MATCH};

use crate::recorder::Exchange;

/// What a client does.
#[derive(Debug)]
pub(crate) struct Row {
    pub(crate) asks: Asks,
    /// What the server has answered to two reads, and two more after somebody else has edited. `None` if it was not asked.
    pub(crate) answers: [Option<u16>; 4],
    /// Whether the first read after that shows the edit.
    pub(crate) shows_edit: bool,
    pub(crate) own: Own,
}

/// By what a client that has something asks whether it is current.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Asks {
    Nothing,
    Unconditionally,
    ByTag,
    ByDate,
    ByBoth,
}

/// What becomes of an edit by the client, with the tag that it was shown last.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Own {
    /// It has no tag.
    Without,
    /// `412`: what it was shown was old.
    Late,
    /// It is saved, and the next read shows what was before.
    Hidden,
    Shown,
}

impl Row {
    /// Whether it revalidates what it has, and never takes what is old for current.
    pub(crate) fn is_right(&self) -> bool {
        self.answers == [200, 304, 200, 304].map(Some)
            && self.shows_edit
            && [Own::Without, Own::Shown].contains(&self.own)
    }

    /// All cells but the first.
    pub(crate) fn cells(&self) -> String {
        let answers = self.answers.map(|status| status.map_or("–".to_owned(), |status| format!("`{status}`")));
        let shows_edit = if self.shows_edit { "yes" } else { "**no**" };
        [self.asks.words(), &answers[..2].join(" "), &answers[2..].join(" "), shows_edit, self.own.words()].join(" | ")
    }
}

impl Asks {
    pub(crate) fn of(exchanges: &[Exchange]) -> Asks {
        let [exchange] = exchanges else { return Asks::Nothing };
        match (exchange.fields.contains_key(IF_NONE_MATCH), exchange.fields.contains_key(IF_MODIFIED_SINCE)) {
            (true, true) => Asks::ByBoth,
            (true, false) => Asks::ByTag,
            (false, true) => Asks::ByDate,
            (false, false) => Asks::Unconditionally,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Asks::Nothing => "does not ask",
            Asks::Unconditionally => "no condition",
            Asks::ByTag => "`If-None-Match`",
            Asks::ByDate => "`If-Modified-Since`",
            Asks::ByBoth => "both",
        }
    }
}

impl Own {
    fn words(self) -> &'static str {
        match self {
            Own::Without => "–",
            Own::Late => "**`412`**",
            Own::Hidden => "saved, **not shown**",
            Own::Shown => "saved, shown",
        }
    }
}
