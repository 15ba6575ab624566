//! A store of books, and pages of it.

use std::time::{Duration, SystemTime};

use etag_runtime::{ETag, Preconditions, Stamped, Tagged};
use http::header::IF_NONE_MATCH;
use http::{HeaderMap, Method};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, ETag)]
pub(crate) struct Book {
    #[etag(content)]
    pub(crate) id: u32,
    pub(crate) title: String,
    #[etag(version)]
    pub(crate) version: u32,
    #[etag(timestamp)]
    pub(crate) updated_at: SystemTime,
}

/// Small enough to be its own stamp.
impl Stamped for Book {
    type Stamp = Book;

    fn stamp(&self) -> Book {
        self.clone()
    }
}

/// A part of a list: what was asked for, how many there are, where it goes on, and the items.
#[derive(Debug, Serialize, ETag)]
pub(crate) struct Page {
    #[etag(related)]
    pub(crate) items: Vec<Tagged<Book>>,
    #[etag(content)]
    pub(crate) query: Query,
    #[etag(content)]
    pub(crate) total: usize,
    /// The id after which the next page starts.
    #[etag(content)]
    pub(crate) next: Option<u32>,
    /// On whose behalf the list was made: what they may not see is not in it, and is not in the total.
    #[etag(content)]
    #[serde(skip)]
    pub(crate) reader: &'static str,
}

#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(crate) struct Query {
    pub(crate) after: Option<u32>,
    pub(crate) limit: usize,
    pub(crate) title: Option<&'static str>,
}

/// Every book was written in the same tick of the clock.
pub(crate) fn book(id: u32) -> Book {
    let updated_at = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    Book { id, title: format!("Book {id}"), version: 1, updated_at }
}

pub(crate) fn page(shelf: &[Book], query: &Query, reader: &'static str) -> Page {
    let found: Vec<&Book> = shelf.iter().filter(|book| query.title.is_none_or(|title| book.title == title)).collect();
    let rest = found.iter().filter(|book| query.after.is_none_or(|after| book.id > after));
    let items: Vec<Tagged<Book>> = rest.take(query.limit).map(|book| Tagged((*book).clone())).collect();
    let next = items.last().map(|last| last.id).filter(|last| found.iter().any(|book| book.id > *last));
    Page { items, query: query.clone(), total: found.len(), next, reader }
}

/// A GET by somebody who has seen this.
pub(crate) fn get(seen: &impl ETag) -> Preconditions {
    let mut headers = HeaderMap::new();
    headers.insert(IF_NONE_MATCH, seen.etag().into());
    Preconditions::new(&Method::GET, &headers)
}
