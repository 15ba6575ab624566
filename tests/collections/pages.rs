//! What a tag made of `COUNT(*)` and `MAX(updated_at)` does not see.

use etag_runtime::{ETag, Tagged};

use crate::shelf::{Book, Page, Query, book, get, page};

fn shelf() -> Vec<Book> {
    (1..=5).map(book).collect()
}

fn first(shelf: &[Book]) -> Page {
    page(shelf, &Query { limit: 3, ..Query::default() }, "ada")
}

/// Whether somebody who has seen one page may keep it for the other.
fn is_the_same(seen: &Page, current: &Page) -> bool {
    let is_not_modified = get(seen).not_modified::<Page, _>(current).is_some();
    assert_eq!(is_not_modified, seen.etag() == current.etag());
    is_not_modified
}

#[test]
fn an_unchanged_page() {
    assert!(is_the_same(&first(&shelf()), &first(&shelf())));
}

/// The newest timestamp and the number of rows are what they were.
#[test]
fn an_older_row_in_place_of_another() {
    let mut swapped = shelf();
    swapped[1] = book(6);
    swapped.sort_by_key(|book| book.id);
    let (seen, current) = (first(&shelf()), first(&swapped));
    assert_eq!(seen.total, current.total);
    assert!(!is_the_same(&seen, &current));
}

/// The same count, and the same tick.
#[test]
fn one_deleted_and_one_inserted_in_a_tick() {
    let mut current = shelf();
    current.remove(0);
    current.push(book(6));
    assert!(!is_the_same(&first(&shelf()), &first(&current)));
}

/// An update that is older than the newest.
#[test]
fn an_older_row_that_is_changed() {
    let mut current = shelf();
    current[0].version += 1;
    assert!(!is_the_same(&first(&shelf()), &first(&current)));
}

#[test]
fn the_same_rows_in_another_order() {
    let reversed: Vec<Book> = shelf().into_iter().rev().collect();
    assert_ne!(shelf().etag(), reversed.etag());
    let mut swapped = first(&shelf());
    swapped.items.swap(0, 1);
    assert!(!is_the_same(&first(&shelf()), &swapped));
}

/// What was the first of the second page is the last of the first: both pages have changed.
#[test]
fn a_row_that_moves_between_pages() {
    let second = |shelf: &[Book]| page(shelf, &Query { after: Some(3), limit: 3, ..Query::default() }, "ada");
    let mut current = shelf();
    current[3].id = 0;
    current.sort_by_key(|book| book.id);
    assert!(!is_the_same(&first(&shelf()), &first(&current)));
    assert!(!is_the_same(&second(&shelf()), &second(&current)));
}

/// The items are the same; what is said of the rest is not.
#[test]
fn a_row_of_another_page() {
    let more: Vec<Book> = (1..=6).map(book).collect();
    assert!(!is_the_same(&first(&shelf()), &first(&more)), "the total");
    let all: Vec<Book> = (1..=3).map(book).collect();
    assert!(!is_the_same(&first(&shelf()), &first(&all)), "the total, and whether there is more");
    let mut elsewhere = shelf();
    elsewhere[4].version += 1;
    assert!(is_the_same(&first(&shelf()), &first(&elsewhere)), "the page says nothing of it");
}

/// Other questions with the same answer are other resources, or other variants of one.
#[test]
fn filters_and_permissions() {
    let one = [book(1)];
    let of = |query: Query, reader| page(&one, &query, reader);
    let all = || Query { limit: 3, ..Query::default() };
    let seen = of(all(), "ada");
    assert!(is_the_same(&seen, &of(all(), "ada")));
    assert!(!is_the_same(&seen, &of(Query { title: Some("Book 1"), ..all() }, "ada")));
    assert!(!is_the_same(&seen, &of(Query { limit: 4, ..all() }, "ada")));
    assert!(!is_the_same(&seen, &of(Query { after: Some(0), ..all() }, "ada")));
    assert!(!is_the_same(&seen, &of(all(), "bob")));
}

/// Nothing, a page of nothing, and one thing are three things.
#[test]
fn an_empty_list() {
    let empty: Vec<Book> = Vec::new();
    assert_ne!(empty.etag(), shelf().etag());
    let beyond = |after| page(&shelf(), &Query { after: Some(after), limit: 3, ..Query::default() }, "ada");
    assert!(beyond(5).items.is_empty());
    assert!(!is_the_same(&beyond(5), &beyond(6)), "another question");
    assert!(is_the_same(&beyond(5), &beyond(5)));
}

/// Whatever has gone may have been the newest.
#[test]
fn a_list_has_no_last_modified() {
    assert_eq!(shelf().validators().last_modified(), None);
    assert_eq!(first(&shelf()).validators().last_modified(), None);
    assert!(Tagged(book(1)).validators().last_modified().is_some(), "an item has one");
}
