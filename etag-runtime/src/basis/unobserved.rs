//! Nothing, where nobody observes.

#![expect(clippy::unused_self, reason = "what is observed has something to tell")]

use http::{Response, StatusCode};

use crate::conditions::Condition;
use crate::{Current, Preconditions, Reason, Validators};

/// No time.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken;

impl Taken {
    pub(crate) const UNKNOWN: Taken = Taken;

    pub(crate) fn now() -> Taken {
        Taken
    }
}

/// No basis.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Basis;

impl Basis {
    pub(crate) const UNKNOWN: Basis = Basis;

    pub(crate) fn unasked(_: Taken) -> Basis {
        Basis
    }

    pub(crate) fn of_false(_: &Preconditions, _: Condition, _: Current<'_>) -> Basis {
        Basis
    }

    pub(crate) fn of_true(_: &Preconditions, _: Current<'_>) -> Basis {
        Basis
    }

    pub(crate) fn of_representation(_: &Preconditions, _: &Validators) -> Basis {
        Basis
    }

    pub(crate) fn of_if_match(_: &Preconditions) -> Basis {
        Basis
    }

    #[cfg(feature = "axum")]
    pub(crate) fn since(self, _: Taken) -> Basis {
        self
    }

    pub(crate) fn permitted(self) -> Basis {
        self
    }

    pub(crate) fn unread(self) -> Basis {
        self
    }

    pub(crate) fn applied(self) -> Basis {
        self
    }

    pub(crate) fn lost(self) -> Basis {
        self
    }

    pub(crate) fn record_representation<B>(self, _: &mut Response<B>) {}

    pub(crate) fn record_not_modified<B>(self, _: &mut Response<B>) {}

    pub(crate) fn record_refusal<B>(self, _: Reason, _: &mut Response<B>) {}

    pub(crate) fn record_deleted(self, _: StatusCode) {}
}

/// There is nothing to carry.
#[cfg(feature = "axum")]
pub(crate) fn carry(_: &http::Extensions, _: &mut http::Extensions) {}
