//! What the RFC does not decide, and what the project decides otherwise.
//!
//! The departure from § 9.3.4 is missing here: it is about what the response to a PUT says, and not about whether it is done.

/// A decision of the project, without which some rows of the table do not exist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// A method that is not safe is held to the state half of a tag that has halves.
    StateHalf,
    /// Where the server says that a proxy weakens tags, a weak tag of ours lets a write through if its state is current.
    WeakenedTag,
    /// `If-None-Match` with a member that is no tag fails on a method that is not safe.
    UnreadableMemberFails,
    /// The other members of a list in which one is no tag count all the same.
    OtherMembersCount,
    /// A modification date is strong once its second is over.
    SecondIsOver,
}

/// How a choice stands to the RFC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The RFC says otherwise.
    Departure,
    /// The RFC leaves it to the recipient.
    Reading,
}

impl Choice {
    /// All choices, the departures first.
    pub const ALL: [Choice; 5] = [
        Choice::StateHalf,
        Choice::WeakenedTag,
        Choice::UnreadableMemberFails,
        Choice::OtherMembersCount,
        Choice::SecondIsOver,
    ];

    /// Whether the RFC says otherwise.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Choice::StateHalf | Choice::WeakenedTag | Choice::UnreadableMemberFails => Kind::Departure,
            Choice::OtherMembersCount | Choice::SecondIsOver => Kind::Reading,
        }
    }

    /// The section that it departs from or that leaves it open, and what it says.
    #[must_use]
    pub fn says(self) -> (&'static str, &'static str) {
        match self {
            Choice::StateHalf => ("8.8.3.2", "a method that is not safe is held to the state half"),
            Choice::WeakenedTag => ("13.1.1", "where a policy says so, a weakened tag of the current state counts"),
            Choice::UnreadableMemberFails => ("13.1.2", "on a method that is not safe, a member that is no tag fails"),
            Choice::OtherMembersCount => ("2.4", "beside a member that is no tag, the others count"),
            Choice::SecondIsOver => ("8.8.2.2", "a date is strong once its second is over"),
        }
    }
}
