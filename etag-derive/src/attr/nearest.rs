//! The known key that an unknown one was probably meant to be.

/// Words that mean a key elsewhere, or are said of what it stands for.
#[rustfmt::skip]
const OTHER_WORDS: [(&str, &[&str]); 15] = [
    ("version",         &["counter", "etag", "lock", "lock_version", "optimistic_lock", "revision", "row_version", "rowversion"]),
    ("timestamp",       &["date", "datetime", "last_modified", "modified", "modified_at", "time", "updated", "updated_at"]),
    ("related",         &["belongs_to", "child", "children", "entity", "has_many", "has_one", "include", "nested", "parent"]),
    ("guard = false",   &["cache_only", "unguarded"]),
    ("content",         &["all", "body", "data", "hash", "id", "identity", "key", "payload", "value"]),
    ("skip",            &["exclude", "except", "ignore", "ignored", "none", "omit", "transient", "volatile"]),
    ("precision",       &["resolution", "round", "rounding", "truncate", "unit"]),
    ("with",            &["as", "convert", "function", "hash_with", "map", "serialize_with", "using", "via"]),
    ("recursive",       &["cycle", "cyclic", "lazy"]),
    ("transparent",     &["delegate", "forward", "inner", "newtype"]),
    ("salt",            &["pepper", "secret", "seed"]),
    ("crate",           &["path", "runtime"]),
    // Nothing is finer than a microsecond.
    ("micros",          &["microseconds", "nanos", "nanoseconds", "ns", "us", "µs"]),
    ("millis",          &["milliseconds", "ms"]),
    ("seconds",         &["s", "sec", "secs"]),
];

/// What was probably meant by `written`: one of these keys, or units, that is another word for it, or spelled like it.
pub(crate) fn meant(written: &str, keys: &[&'static str]) -> Option<&'static str> {
    let is_known = |key: &str| keys.iter().any(|known| key.split(' ').next() == Some(known));
    let other = OTHER_WORDS.iter().find(|(key, words)| is_known(key) && words.contains(&written));
    other.map(|(key, _)| *key).or_else(|| nearest(written, keys))
}

/// The candidate nearest to `written`, if any is near enough to be worth a suggestion.
pub(crate) fn nearest<'a>(written: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let tolerated = written.chars().count().div_ceil(3);
    candidates
        .iter()
        .map(|candidate| (distance(written, candidate), *candidate))
        .filter(|(distance, _)| *distance <= tolerated)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance: insertions, deletions and substitutions, one each.
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    // `row[j]`: distance from the characters of `from` read so far to the first `j` of `to`.
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (i, left) in from.chars().enumerate() {
        let mut diagonal = i;
        let mut previous = i + 1;
        for (cell, right) in row.iter_mut().skip(1).zip(&to) {
            let substituted = diagonal + usize::from(left != *right);
            diagonal = *cell;
            previous = substituted.min(diagonal + 1).min(previous + 1);
            *cell = previous;
        }
        if let Some(first) = row.first_mut() {
            *first = i + 1;
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::{OTHER_WORDS, distance, meant, nearest};
    use crate::attr::{CONTAINER_KEYS, FIELD_KEYS, Precision};

    const KEYS: [&str; 4] = ["version", "timestamp", "related", "skip"];

    #[test]
    fn distances() {
        #[rustfmt::skip]
        let table = [
            // from,     to,        distance
            ("",         "",        0),
            ("",         "skip",    4),
            ("skip",     "",        4),
            ("skip",     "skip",    0),
            ("skp",      "skip",    1),
            ("versoin",  "version", 2),
            ("kitten",   "sitting", 3),
            ("sunday",   "saturday",3),
        ];
        for (from, to, expected) in table {
            assert_eq!(distance(from, to), expected, "{from:?} to {to:?}");
        }
    }

    /// `revision` is spelled like `precision`, and means something else.
    #[test]
    fn the_meaning_goes_before_the_spelling() {
        let keys = ["precision", "version", "guard", "content"];
        assert_eq!(nearest("revision", &keys), Some("precision"));
        assert_eq!(meant("revision", &keys), Some("version"));
        assert_eq!(meant("unguarded", &keys), Some("guard = false"));
        assert_eq!(meant("versoin", &keys), Some("version"));
        assert_eq!(meant("ignore", &keys), None, "`skip` is no key here");
    }

    #[test]
    fn no_key_is_another_word_and_no_word_has_two_meanings() {
        let mut words: Vec<_> = OTHER_WORDS.iter().flat_map(|(_, words)| *words).collect();
        let count = words.len();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), count);
        for key in FIELD_KEYS.iter().chain(&CONTAINER_KEYS) {
            assert!(!words.contains(&key), "{key}");
        }
        for (key, _) in OTHER_WORDS {
            let key = key.split(' ').next().unwrap();
            let is_unit = Precision::ALL.iter().any(|(unit, _)| *unit == key);
            assert!(is_unit || FIELD_KEYS.contains(&key) || CONTAINER_KEYS.contains(&key), "{key}");
        }
    }

    #[test]
    fn only_what_is_near_is_suggested() {
        assert_eq!(nearest("skp", &KEYS), Some("skip"));
        assert_eq!(nearest("Version", &KEYS), Some("version"));
        assert_eq!(nearest("relation", &KEYS), Some("related"));
        assert_eq!(nearest("colour", &KEYS), None);
        assert_eq!(nearest("", &KEYS), None);
    }
}
