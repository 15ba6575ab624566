//! When a request was taken, what has decided it, and what has become of it.

use std::time::Instant;

use http::header::ACCEPT_RANGES;
use http::{Response, StatusCode};

use crate::conditions::{Changed, Condition, Unchanged};
use crate::field_lines::FieldLines;
use crate::observe::{Decided, Field, Half, Outcome};
use crate::tag_list;
use crate::{Current, Preconditions, Reason, Validators};

/// When preconditions were taken from the request, if they were.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Taken(Option<Instant>);

impl Taken {
    pub(crate) const UNKNOWN: Taken = Taken(None);

    pub(crate) fn now() -> Taken {
        Taken(Some(Instant::now()))
    }
}

/// What an answer rests on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Basis {
    taken: Taken,
    by: Option<By>,
    /// What decides where the representation has parts.
    if_range: Option<By>,
    step: Step,
}

/// The field that has decided.
#[derive(Debug, Clone, Copy)]
struct By {
    field: Field,
    half: Option<Half>,
}

/// How far the request has come.
#[derive(Debug, Clone, Copy)]
enum Step {
    /// It was evaluated.
    Evaluated,
    /// It was evaluated, and has a permit to write.
    Permitted,
    /// It has a permit that only the statement evaluates.
    Unread,
    /// What it would have written was there already.
    Applied,
    /// It had a permit, and no row has matched.
    Lost,
}

impl Basis {
    /// Of a response that no preconditions have led to.
    pub(crate) const UNKNOWN: Basis = Basis::unasked(Taken::UNKNOWN);

    /// Of a request that asks for nothing.
    pub(crate) const fn unasked(taken: Taken) -> Basis {
        Basis { taken, by: None, if_range: None, step: Step::Evaluated }
    }

    /// Of a request whose first false condition this is.
    pub(crate) fn of_false(preconditions: &Preconditions, condition: Condition, current: Current<'_>) -> Basis {
        Basis { by: By::of_false(preconditions, condition, current), ..Basis::unasked(preconditions.taken) }
    }

    /// Of a request whose conditions are all true.
    pub(crate) fn of_true(preconditions: &Preconditions, current: Current<'_>) -> Basis {
        let by = By::of_last_true(preconditions, current);
        let if_range = preconditions.range().and_then(|range| range.if_range.as_ref());
        let if_range = if_range.map(|field| By::tags(Field::IfRange, field, preconditions, current));
        Basis { by, if_range, ..Basis::unasked(preconditions.taken) }
    }

    /// Of a representation that is sent. A method that may change something was evaluated before, if at all.
    pub(crate) fn of_representation(preconditions: &Preconditions, validators: &Validators) -> Basis {
        if preconditions.is_unsafe() {
            return Basis::unasked(preconditions.taken);
        }
        Basis::of_true(preconditions, Current::Present(validators))
    }

    /// Of a request that nothing was compared with: `If-Match` decides, if it is there.
    pub(crate) fn of_if_match(preconditions: &Preconditions) -> Basis {
        let by = match preconditions.conditions.unchanged() {
            Unchanged::IfMatch(_) => Some(By { field: Field::IfMatch, half: None }),
            Unchanged::IfUnmodifiedSince(_) | Unchanged::Unasked => None,
        };
        Basis { by, ..Basis::unasked(preconditions.taken) }
    }

    /// The same, of a request that was taken then.
    #[cfg(feature = "axum")]
    pub(crate) fn since(self, taken: Taken) -> Basis {
        Basis { taken, ..self }
    }

    pub(crate) fn permitted(self) -> Basis {
        Basis { step: Step::Permitted, ..self }
    }

    /// The versions that the statement compares are state halves.
    pub(crate) fn unread(self) -> Basis {
        let by = self.by.map(|by| By { half: Some(Half::State), ..by });
        Basis { by, step: Step::Unread, ..self }
    }

    pub(crate) fn applied(self) -> Basis {
        Basis { step: Step::Applied, ..self }
    }

    /// No row has matched. That is a lost race only if a read before has let the request through.
    pub(crate) fn lost(self) -> Basis {
        let step = if matches!(self.step, Step::Unread) { Step::Unread } else { Step::Lost };
        Basis { step, ..self }
    }

    /// The response has the representation, or a part of it.
    pub(crate) fn record_representation<B>(self, response: &mut Response<B>) {
        let is_part = response.status() == StatusCode::PARTIAL_CONTENT;
        let outcome = match self.step {
            Step::Permitted | Step::Unread if response.status() == StatusCode::CREATED => Outcome::Created,
            Step::Permitted | Step::Unread => Outcome::Written,
            Step::Applied => Outcome::Applied,
            Step::Evaluated | Step::Lost if is_part => Outcome::Partial,
            Step::Evaluated | Step::Lost => Outcome::Sent,
        };
        // Where there are no parts, `Range` and `If-Range` were ignored (§ 14.2).
        let has_parts = is_part || response.headers().get(ACCEPT_RANGES).is_some_and(|unit| unit == "bytes");
        let by = self.if_range.filter(|_| has_parts).or(self.by);
        self.record(outcome, by, response);
    }

    pub(crate) fn record_not_modified<B>(self, response: &mut Response<B>) {
        self.record(Outcome::NotModified, self.by, response);
    }

    pub(crate) fn record_refusal<B>(self, reason: Reason, response: &mut Response<B>) {
        let outcome = if matches!(self.step, Step::Lost) { Outcome::Lost(reason) } else { Outcome::Refused(reason) };
        let by = match reason {
            Reason::RangeNotSatisfiable => self.if_range,
            Reason::Stale | Reason::Exists => self.by,
            // No halves were compared that could have differed.
            _ => self.by.map(|by| By { half: None, ..by }),
        };
        self.record(outcome, by, response);
    }

    /// A deletion has no response that could tell it.
    pub(crate) fn record_deleted(self, status: StatusCode) {
        self.decided(Outcome::Deleted, self.by).record(status);
    }

    fn record<B>(self, outcome: Outcome, by: Option<By>, response: &mut Response<B>) {
        let decided = self.decided(outcome, by);
        decided.record(response.status());
        response.extensions_mut().insert(decided);
    }

    fn decided(self, outcome: Outcome, by: Option<By>) -> Decided {
        let elapsed = self.taken.0.map(|taken| taken.elapsed());
        Decided::new(outcome, by.map(|by| by.field), by.and_then(|by| by.half), elapsed)
    }
}

impl By {
    fn of_false(preconditions: &Preconditions, condition: Condition, current: Current<'_>) -> Option<By> {
        Some(match (condition, preconditions.conditions.unchanged(), preconditions.conditions.changed()) {
            (Condition::IfMatch, Unchanged::IfMatch(field), _) => {
                By::tags(Field::IfMatch, field, preconditions, current)
            }
            (Condition::IfNoneMatch, _, Changed::IfNoneMatch(field)) => {
                By::tags(Field::IfNoneMatch, field, preconditions, current)
            }
            (Condition::IfUnmodifiedSince, ..) => By { field: Field::IfUnmodifiedSince, half: None },
            (Condition::IfModifiedSince, ..) => By { field: Field::IfModifiedSince, half: None },
            // There is no condition without its field.
            _ => return None,
        })
    }

    /// The last field that was evaluated. A date that is none, or that there was nothing to compare with, was ignored.
    fn of_last_true(preconditions: &Preconditions, current: Current<'_>) -> Option<By> {
        let counts = |field| current.last_modified().is_some() && preconditions.date(field).is_some();
        match preconditions.conditions.changed() {
            Changed::IfNoneMatch(field) => return Some(By::tags(Field::IfNoneMatch, field, preconditions, current)),
            Changed::IfModifiedSince(field) if counts(field) => {
                return Some(By { field: Field::IfModifiedSince, half: None });
            }
            Changed::IfModifiedSince(_) | Changed::Unasked => {}
        }
        match preconditions.conditions.unchanged() {
            Unchanged::IfMatch(field) => Some(By::tags(Field::IfMatch, field, preconditions, current)),
            Unchanged::IfUnmodifiedSince(field) if counts(field) => {
                Some(By { field: Field::IfUnmodifiedSince, half: None })
            }
            Unchanged::IfUnmodifiedSince(_) | Unchanged::Unasked => None,
        }
    }

    /// A field that names tags. Where there are no tags on both sides, or ours has no halves, none of them has decided.
    fn tags(field: Field, lines: &FieldLines, preconditions: &Preconditions, current: Current<'_>) -> By {
        let ours = current.entity_tag().filter(|ours| ours.state().is_some() && !lines.is_any());
        let mut half = None;
        for theirs in lines.iter().flat_map(tag_list::members).filter_map(Result::ok) {
            let Some(ours) = ours else { break };
            // A writer is held to the state; to a reader the rest matters once that is the same.
            if !preconditions.is_unsafe() && theirs.same_state(ours) {
                half = Some(Half::Representation);
                break;
            }
            half = Some(Half::State);
        }
        By { field, half }
    }
}

/// What was decided, from a response to the extensions of the one that is sent.
#[cfg(feature = "axum")]
pub(crate) fn carry(from: &http::Extensions, to: &mut http::Extensions) {
    if let Some(decided) = from.get::<Decided>() {
        to.insert(*decided);
    }
}
