//! Several clients create the same thing with `If-None-Match: *`.

use etag_runtime::{Conditional, Preconditions, Rejected, Upsert};
use http::{Method, StatusCode};

use crate::client::{Client, reload};
use crate::deletions::delete;
use crate::explore::{History, Start, explore};
use crate::model::{Dated, Model, Versioned};
use crate::table::Session;

/// A PUT that replaces or creates.
pub(crate) async fn put<M: Model>(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<M>, Rejected> {
    let Ok(answer) = match preconditions.require().upsert(session.select().map(M::from))? {
        Upsert::Replace(current) => {
            let saved = session.update(|row| current.is(row)).map(M::from);
            current.commit_or_reload(saved, reload(session)).await
        }
        Upsert::Create(vacant) => {
            let created = session.insert().map(M::from);
            vacant.commit_or_reload(created, reload(session)).await
        }
    };
    answer
}

/// Check, then insert what replaces whatever is there by then.
async fn check_then_insert(
    preconditions: &Preconditions,
    session: &Session<'_>,
) -> Result<Conditional<Versioned>, Rejected> {
    match preconditions.require().upsert(session.select().map(Versioned::from))? {
        Upsert::Replace(current) => current.commit(session.update(|_| true).map(Versioned::from)),
        Upsert::Create(vacant) => vacant.commit(session.insert_or_replace().map(Versioned::from)),
    }
}

fn created(history: &History) -> usize {
    history.answers.iter().filter(|(_, answer)| answer.status == StatusCode::CREATED).count()
}

#[test]
fn an_insertion_that_replaces_loses_creations() {
    let client = || Client::of_nothing(check_then_insert);
    let histories = explore(Start::Empty, [client(), client()]);
    assert_eq!(histories.len(), 6);
    let losing: Vec<_> = histories.iter().filter(|history| history.lost_updates() > 0).collect();
    assert_eq!(losing.len(), 4);
    assert!(losing.iter().all(|history| created(history) == 2));
}

#[test]
fn one_of_several_creations_succeeds() {
    for (clients, orders) in [(2, 6), (3, 150)] {
        let histories = explore(Start::Empty, (0..clients).map(|_| Client::of_nothing(put::<Versioned>)));
        assert_eq!(histories.len(), orders);
        for history in &histories {
            history.assert_honest::<Versioned>();
            assert_eq!((history.successes(), created(history)), (1, 1), "{history:#?}");
        }
    }
}

#[test]
fn a_creation_waits_for_the_deletion_of_what_is_there() {
    let deletion = Client::of_the_first::<Dated, _>(&Method::DELETE, delete::<Dated>);
    let creation = || Client::of_nothing(put::<Dated>);
    let histories = explore(Start::First, [deletion, creation(), creation()]);
    assert_eq!(histories.len(), 16);
    for history in &histories {
        history.assert_honest::<Dated>();
        assert_eq!(history.answers[0].1.status, StatusCode::NO_CONTENT, "{history:#?}");
        assert!(created(history) <= 1, "{history:#?}");
    }
    assert!(histories.iter().any(|history| created(history) == 1));
}
