//! [`Lengths`]: how long a content was, for as many contents as there is room.

use std::collections::HashMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hash};
use std::mem;
use std::num::NonZeroUsize;
use std::sync::{Mutex, PoisonError};

/// Lengths by the keyed hash of what they belong to.
///
/// A hash of 64 bits stands for its key, so that what a client sends takes no room. Two keys that share one would only make a count wrong, and nobody who
/// does not know the key of the hash can choose them.
#[derive(Debug)]
pub(super) struct Lengths {
    hasher: RandomState,
    capacity: usize,
    generations: Mutex<Generations>,
}

/// When the younger one is full, the elder is forgotten: whatever was used since then is in the younger.
#[derive(Debug, Default)]
struct Generations {
    younger: HashMap<u64, u64>,
    elder: HashMap<u64, u64>,
}

impl Lengths {
    pub(super) fn new(capacity: NonZeroUsize) -> Lengths {
        Lengths { hasher: RandomState::new(), capacity: capacity.get(), generations: Mutex::default() }
    }

    pub(super) fn note(&self, key: &impl Hash, length: u64) {
        let hash = self.hasher.hash_one(key);
        self.with(|generations| generations.insert(hash, length, self.capacity));
    }

    pub(super) fn of(&self, key: &impl Hash) -> Option<u64> {
        let hash = self.hasher.hash_one(key);
        self.with(|generations| {
            let elder = generations.elder.remove(&hash);
            if let Some(length) = elder.filter(|_| !generations.younger.contains_key(&hash)) {
                generations.insert(hash, length, self.capacity);
            }
            generations.younger.get(&hash).copied()
        })
    }

    fn with<R>(&self, job: impl FnOnce(&mut Generations) -> R) -> R {
        job(&mut self.generations.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Generations {
    fn insert(&mut self, hash: u64, length: u64, capacity: usize) {
        if self.younger.len() >= capacity && !self.younger.contains_key(&hash) {
            self.elder = mem::take(&mut self.younger);
        }
        self.younger.insert(hash, length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(capacity: usize) -> Lengths {
        Lengths::new(NonZeroUsize::new(capacity).unwrap())
    }

    #[test]
    fn the_last_length_counts() {
        let lengths = lengths(2);
        assert_eq!(lengths.of(&"a"), None);
        lengths.note(&"a", 1);
        lengths.note(&"a", 2);
        assert_eq!((lengths.of(&"a"), lengths.of(&"b")), (Some(2), None));
    }

    #[test]
    fn it_has_room_for_twice_its_capacity_and_forgets_what_is_not_used() {
        let lengths = lengths(10);
        lengths.note(&0, 0);
        for key in 1..1000 {
            lengths.note(&key, key);
            assert_eq!(lengths.of(&0), Some(0), "used each time, at {key}");
            lengths.with(|generations| assert!(generations.younger.len() + generations.elder.len() <= 20));
        }
        assert_eq!(lengths.of(&1), None);
        for recent in 991..1000 {
            assert_eq!(lengths.of(&recent), Some(recent));
        }
    }

    /// A length that has changed is not the one of before, in whichever generation that was.
    #[test]
    fn what_is_noted_again_replaces_what_is_older() {
        let lengths = lengths(1);
        lengths.note(&"a", 1);
        lengths.note(&"b", 1);
        lengths.note(&"a", 2);
        assert_eq!(lengths.of(&"a"), Some(2));
        lengths.note(&"b", 3);
        assert_eq!((lengths.of(&"a"), lengths.of(&"b")), (Some(2), Some(3)));
    }
}
