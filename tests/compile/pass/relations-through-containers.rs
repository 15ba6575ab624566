//! Whatever holds entities is a relation to them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::rc::Rc;
use std::sync::Arc;

use etag_runtime::{ETag, StrongETag};

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, ETag)]
struct Label(#[etag(version)] u8);

#[derive(ETag)]
struct Document<'a, T: Clone + Ord + std::hash::Hash> {
    #[etag(related)]
    pointers: (Box<T>, Rc<T>, Arc<T>, &'a T, Cow<'a, T>),
    #[etag(related)]
    lists: (Vec<T>, &'a [T], Box<[T]>, [T; 2], VecDeque<T>, LinkedList<T>),
    #[etag(related)]
    by_key: (BTreeMap<String, T>, HashMap<u64, T>),
    #[etag(related, guard = false)]
    sets: (BTreeSet<T>, HashSet<T>),
    #[etag(related)]
    nested: Option<HashMap<Key, Vec<Option<(T, Label)>>>>,
}

#[derive(PartialEq, Eq, Hash)]
struct Key(i64);

impl etag_runtime::Version for Key {
    fn value(&self) -> etag_runtime::VersionValue<'_> {
        self.0.value()
    }
}

#[derive(ETag)]
struct Shelf {
    #[etag(related)]
    by_id: HashMap<i64, Label>,
    #[etag(related)]
    labels: HashSet<Label>,
    #[etag(related)]
    first: (Label, Option<Label>),
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let shelf = |ids: &[i64]| Shelf {
        by_id: ids.iter().map(|&id| (id, Label(1))).collect(),
        labels: HashSet::from([Label(1), Label(2)]),
        first: (Label(1), None),
    };
    permit(&shelf(&[]));
    assert_eq!(shelf(&[1, 2, 3]).etag(), shelf(&[3, 2, 1]).etag());
    assert_ne!(shelf(&[1, 2]).etag(), shelf(&[1, 3]).etag());
}
