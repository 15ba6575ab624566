//! Some clients change what others delete.

use etag_runtime::{Preconditions, Rejected};
use http::{Method, StatusCode};

use crate::client::{Client, reload};
use crate::edits::edit;
use crate::explore::{Start, explore};
use crate::model::{Model, Versioned};
use crate::table::Session;

/// Check, then delete what has the version still.
pub(crate) async fn delete<M: Model>(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<StatusCode, Rejected> {
    let current = preconditions.require().guard(session.select().map(M::from))?;
    let matched = session.delete(|row| current.is(row));
    let Ok(answer) = current.commit_deleted_or_reload(matched, reload::<M>(session)).await;
    answer
}

/// The same without `WHERE`.
async fn check_then_delete(preconditions: &Preconditions, session: &Session<'_>) -> Result<StatusCode, Rejected> {
    let current = preconditions.require().guard(session.select().map(Versioned::from))?;
    current.commit_deleted(session.delete(|_| true))
}

fn editor() -> Client {
    Client::of_the_first::<Versioned, _>(&Method::PUT, edit::<Versioned>)
}

fn deleter() -> Client {
    Client::of_the_first::<Versioned, _>(&Method::DELETE, delete::<Versioned>)
}

#[test]
fn a_deletion_without_a_comparison_deletes_what_its_client_has_not_seen() {
    let deleter = Client::of_the_first::<Versioned, _>(&Method::DELETE, check_then_delete);
    let histories = explore(Start::First, [editor(), deleter]);
    let losing: Vec<_> = histories.iter().filter(|history| history.lost_updates() > 0).collect();
    assert_eq!((histories.len(), losing.len()), (6, 2));
    assert!(losing.iter().all(|history| history.successes() == 2 && history.end.is_none()));
}

#[test]
fn either_the_edit_or_the_deletion_succeeds() {
    let histories = explore(Start::First, [editor(), deleter()]);
    assert_eq!(histories.len(), 6);
    for history in &histories {
        history.assert_honest::<Versioned>();
        let statuses = (history.answers[0].1.status, history.answers[1].1.status);
        let expected = match history.end {
            Some(_) => (StatusCode::OK, StatusCode::PRECONDITION_FAILED),
            None => (StatusCode::NOT_FOUND, StatusCode::NO_CONTENT),
        };
        assert_eq!(statuses, expected, "{history:#?}");
    }
}

#[test]
fn one_of_two_edits_and_a_deletion_succeeds() {
    let histories = explore(Start::First, [editor(), editor(), deleter()]);
    assert_eq!(histories.len(), 150);
    for history in &histories {
        history.assert_honest::<Versioned>();
        assert_eq!(history.successes(), 1, "{history:#?}");
    }
}

#[test]
fn one_of_several_deletions_succeeds() {
    let histories = explore(Start::First, [deleter(), deleter(), deleter()]);
    assert_eq!(histories.len(), 150);
    for history in &histories {
        history.assert_honest::<Versioned>();
        assert_eq!((history.successes(), history.end), (1, None), "{history:#?}");
    }
}
