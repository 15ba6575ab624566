//! Two or three clients have seen the same version, and change it.

use etag_runtime::{Conditional, Preconditions, Rejected};
use http::Method;

use crate::client::{Client, reload};
use crate::explore::{Start, explore};
use crate::model::{Model, Versioned};
use crate::table::Session;

/// Check, then write what compares the version again.
pub(crate) async fn edit<M: Model>(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<M>, Rejected> {
    let current = preconditions.require().guard(session.select().map(M::from))?;
    let saved = session.update(|row| current.is(row)).map(M::from);
    let Ok(answer) = current.commit_or_reload(saved, reload(session)).await;
    answer
}

/// The same without `WHERE`: the database counts the versions.
async fn check_then_write(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<Versioned>, Rejected> {
    let current = preconditions.require().guard(session.select().map(Versioned::from))?;
    current.commit(session.update(|_| true).map(Versioned::from))
}

/// The same without `WHERE`: the handler counts the versions.
async fn check_then_overwrite(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<Versioned>, Rejected> {
    let current = preconditions.require().guard(session.select().map(Versioned::from))?;
    let saved = session.overwrite(current.next_version());
    current.commit(saved.map(Versioned::from))
}

#[test]
fn a_check_without_a_comparison_in_the_write_loses_updates() {
    let client = || Client::of_the_first::<Versioned, _>(&Method::PUT, check_then_write);
    let histories = explore(Start::First, [client(), client()]);
    assert_eq!(histories.len(), 6);
    let losing: Vec<_> = histories.iter().filter(|history| history.lost_updates() > 0).collect();
    // Both have read before either writes: four orders of six.
    assert_eq!(losing.len(), 4);
    assert!(losing.iter().all(|history| history.successes() == 2), "one tag, and two successes");
}

#[test]
fn a_version_that_the_handler_counts_stands_still_while_updates_are_lost() {
    let client = || Client::of_the_first::<Versioned, _>(&Method::PUT, check_then_overwrite);
    let histories = explore(Start::First, [client(), client()]);
    assert_eq!(histories.len(), 6);
    let losing: Vec<_> = histories.iter().filter(|history| history.version_steps() < history.successes()).collect();
    assert_eq!(losing.len(), 4);
    assert!(losing.iter().all(|history| history.lost_updates() == 1));
}

#[test]
fn a_write_that_compares_the_version_loses_none() {
    for (clients, orders) in [(2, 6), (3, 150)] {
        let client = || Client::of_the_first::<Versioned, _>(&Method::PUT, edit::<Versioned>);
        let histories = explore(Start::First, (0..clients).map(|_| client()));
        assert_eq!(histories.len(), orders);
        for history in &histories {
            history.assert_honest::<Versioned>();
            assert_eq!((history.successes(), history.version_steps()), (1, 1), "{history:#?}");
        }
    }
}
