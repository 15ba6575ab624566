//! The version is read from the tag, so that a write is one statement.

use etag_runtime::{Conditional, Preconditions, Rejected};
use http::{Method, StatusCode};

use crate::client::{Client, reload};
use crate::explore::{Start, explore};
use crate::model::Plain;
use crate::table::Session;

/// `UPDATE … WHERE version = ANY(…)`, and nothing before it.
pub(crate) async fn edit_unread(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<Plain>, Rejected> {
    let permit = preconditions.require().guard_unread::<Plain>()?;
    let saved = session.update(|row| permit.versions().contains(&row.version)).map(Plain::from);
    let Ok(answer) = permit.commit_or_reload(saved, reload(session)).await;
    answer
}

/// `DELETE … WHERE version = ANY(…)`
async fn delete_unread(preconditions: &Preconditions, session: &Session<'_>) -> Result<StatusCode, Rejected> {
    let permit = preconditions.require().guard_unread::<Plain>()?;
    let matched = session.delete(|row| permit.versions().contains(&row.version));
    let Ok(answer) = permit.commit_deleted_or_reload(matched, reload(session)).await;
    answer
}

fn editor() -> Client {
    Client::of_the_first::<Plain, _>(&Method::PUT, edit_unread)
}

#[test]
fn one_of_several_edits_succeeds_in_one_statement() {
    for (clients, orders) in [(2, 2), (3, 18)] {
        let histories = explore(Start::First, (0..clients).map(|_| editor()));
        assert_eq!(histories.len(), orders);
        for history in &histories {
            history.assert_honest::<Plain>();
            assert_eq!((history.successes(), history.version_steps()), (1, 1), "{history:#?}");
            // One for the winner; the losers read what they have lost to.
            assert_eq!(history.statements.len(), 1 + 2 * (clients - 1), "{history:#?}");
        }
    }
}

#[test]
fn one_of_two_edits_and_a_deletion_succeeds() {
    let deleter = Client::of_the_first::<Plain, _>(&Method::DELETE, delete_unread);
    let histories = explore(Start::First, [editor(), editor(), deleter]);
    assert_eq!(histories.len(), 18);
    for history in &histories {
        history.assert_honest::<Plain>();
        assert_eq!(history.successes(), 1, "{history:#?}");
    }
}

#[test]
fn permits_with_and_without_a_read_exclude_each_other() {
    let reader = Client::of_the_first::<Plain, _>(&Method::PUT, crate::edits::edit::<Plain>);
    let histories = explore(Start::First, [editor(), reader]);
    assert_eq!(histories.len(), 3);
    for history in &histories {
        history.assert_honest::<Plain>();
        assert_eq!((history.successes(), history.version_steps()), (1, 1), "{history:#?}");
    }
}
