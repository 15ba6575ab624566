//! Clients that send no precondition: the last writer wins, but no write that was acknowledged goes uncounted.

use etag_runtime::{Conditional, Policy, Preconditions, Rejected};

use crate::client::Client;
use crate::explore::{Start, explore};
use crate::model::{Model, Versioned};
use crate::table::Session;

/// Reads and writes again until nobody is faster. Whoever is, has succeeded: with three clients, the third attempt is the last.
async fn retry(preconditions: &Preconditions, session: &Session<'_>) -> Result<Conditional<Versioned>, Rejected> {
    for _ in 0..3 {
        let current = preconditions.under(Policy::OPTIONAL).guard(session.select().map(Versioned::from))?;
        if let Some(saved) = session.update(|row| current.is(row)) {
            return current.commit(Some(saved.into()));
        }
    }
    panic!("somebody was faster three times");
}

/// Once, and whatever is there by then.
async fn overwrite(preconditions: &Preconditions, session: &Session<'_>) -> Result<Conditional<Versioned>, Rejected> {
    let current = preconditions.under(Policy::OPTIONAL).guard(session.select().map(Versioned::from))?;
    let saved = session.overwrite(current.next_version());
    current.commit(saved.map(Versioned::from))
}

#[test]
fn overwriting_swallows_writes() {
    let histories = explore(Start::First, [Client::of_anything(overwrite), Client::of_anything(overwrite)]);
    let swallowing = histories.iter().filter(|history| history.version_steps() < history.successes());
    assert_eq!((histories.len(), swallowing.count()), (6, 4));
}

#[test]
fn every_acknowledged_write_is_one_step_of_the_version() {
    for (clients, orders) in [(2, 6), (3, 498)] {
        let histories = explore(Start::First, (0..clients).map(|_| Client::of_anything(retry)));
        assert_eq!(histories.len(), orders);
        for history in &histories {
            history.assert_honest::<Versioned>();
            assert_eq!((history.successes(), history.version_steps()), (clients, clients), "{history:#?}");
        }
    }
}
