//! What is deleted and created anew, at the same address, starts with version 1 again.
//!
//! A client that has seen the first row must not change the second. That is why a date or an identity belongs in the tag
//! of what can be created again, and in the `WHERE` of every statement.

use http::{Method, StatusCode};

use crate::client::Client;
use crate::creations::put;
use crate::deletions::delete;
use crate::edits::edit;
use crate::explore::{History, Start, explore};
use crate::model::{Dated, HalfCompared, Model, Plain, Versioned};
use crate::unread::edit_unread;

/// One client deletes, one creates, and this one, which has seen the first row, edits.
fn race<M: Model + 'static>(editor: Client) -> Vec<History> {
    let deleter = Client::of_the_first::<M, _>(&Method::DELETE, delete::<M>);
    explore(Start::First, [editor, deleter, Client::of_nothing(put::<M>)])
}

fn editor<M: Model + 'static>() -> Client {
    Client::of_the_first::<M, _>(&Method::PUT, edit::<M>)
}

fn losing(histories: &[History]) -> Vec<&History> {
    histories.iter().filter(|history| history.lost_updates() > 0).collect()
}

#[test]
fn a_version_alone_takes_the_second_row_for_the_first() {
    let histories = race::<Versioned>(editor::<Versioned>());
    let losing = losing(&histories);
    assert_eq!((histories.len(), losing.len()), (39, 3));
    // Everybody is told that all is well, and what was created is not what is there.
    assert!(losing.iter().all(|history| history.successes() == 3 && history.version_steps() == 1));
}

#[test]
fn a_version_that_is_read_from_the_tag_does_so_too() {
    let histories = race::<Plain>(Client::of_the_first::<Plain, _>(&Method::PUT, edit_unread));
    let losing = losing(&histories);
    assert_eq!((histories.len(), losing.len()), (16, 1));
    assert!(losing.iter().all(|history| history.successes() == 3));
}

/// A second row that was there when the handler read is told apart by its tag. What came later only the statement can
/// tell apart.
#[test]
fn a_date_that_the_statement_does_not_compare_is_half_the_remedy() {
    let histories = race::<HalfCompared>(editor::<HalfCompared>());
    let losing = losing(&histories);
    assert_eq!((histories.len(), losing.len()), (39, 2));
    assert!(losing.iter().all(|history| history.successes() == 3));
}

#[test]
fn a_date_in_the_tag_and_in_the_statement_tells_rows_apart() {
    let histories = race::<Dated>(editor::<Dated>());
    assert_eq!(histories.len(), 39);
    for history in &histories {
        history.assert_honest::<Dated>();
    }
    // There was occasion: the second row was there, untouched, when the editor was refused.
    let second = |history: &&History| history.end.is_some_and(|row| (row.created, row.version) == (2, 1));
    let refused = |history: &&History| history.answers[0].1.status == StatusCode::PRECONDITION_FAILED;
    assert!(histories.iter().filter(second).any(|history| refused(&history)));
}
