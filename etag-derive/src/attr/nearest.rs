//! The known key that an unknown one was probably meant to be.

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
    use super::{distance, nearest};

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

    #[test]
    fn only_what_is_near_is_suggested() {
        assert_eq!(nearest("skp", &KEYS), Some("skip"));
        assert_eq!(nearest("Version", &KEYS), Some("version"));
        assert_eq!(nearest("relation", &KEYS), Some("related"));
        assert_eq!(nearest("colour", &KEYS), None);
        assert_eq!(nearest("", &KEYS), None);
    }
}
