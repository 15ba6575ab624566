//! Which conditional fields of a request count, and their lines.

use http::HeaderValue;

use crate::field_lines::FieldLines;

/// A field whose condition can be false.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::enum_variant_names, reason = "these are the names of the fields")]
pub(crate) enum Condition {
    IfMatch,
    IfUnmodifiedSince,
    IfNoneMatch,
    IfModifiedSince,
}

/// The conditions of one request, of which hardly any has more than one: it is moved from hand to hand with each.
#[derive(Debug, Clone)]
pub(crate) enum Conditions {
    Unasked,
    One(Asked),
    /// That something has changed, and that something has not.
    Both(Box<Both>),
}

/// A condition with the lines of its field.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    condition: Condition,
    lines: FieldLines,
}

#[derive(Debug, Clone)]
pub(crate) struct Both {
    unchanged: Asked,
    changed: Asked,
}

/// The client goes on only if nothing has changed. A date next to `If-Match` does not count (§ 13.1.4).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Unchanged<'a> {
    Unasked,
    IfMatch(&'a FieldLines),
    IfUnmodifiedSince(&'a FieldLines),
}

/// The client goes on only if something has changed. A date next to `If-None-Match` does not count (§ 13.1.3).
#[derive(Debug, Clone, Copy)]
pub(crate) enum Changed<'a> {
    Unasked,
    IfNoneMatch(&'a FieldLines),
    IfModifiedSince(&'a FieldLines),
}

impl Condition {
    /// Whether it asks that nothing has changed.
    const fn is_of_unchanged(self) -> bool {
        matches!(self, Condition::IfMatch | Condition::IfUnmodifiedSince)
    }

    const fn is_of_tags(self) -> bool {
        matches!(self, Condition::IfMatch | Condition::IfNoneMatch)
    }
}

impl Conditions {
    /// One more line of this field.
    #[inline]
    pub(crate) fn add(&mut self, condition: Condition, line: &HeaderValue) {
        match self {
            Conditions::Unasked => *self = Conditions::One(Asked::new(condition, line)),
            Conditions::One(asked) if asked.condition.is_of_unchanged() == condition.is_of_unchanged() => {
                asked.add(condition, line);
            }
            Conditions::One(asked) => {
                *self = Conditions::Both(Box::new(Both::of(asked.clone(), Asked::new(condition, line))));
            }
            Conditions::Both(both) if condition.is_of_unchanged() => both.unchanged.add(condition, line),
            Conditions::Both(both) => both.changed.add(condition, line),
        }
    }

    /// What decides whether the method may go on: steps 1 and 2 of RFC 9110 § 13.2.2.
    #[inline]
    pub(crate) fn unchanged(&self) -> Unchanged<'_> {
        let asked = match self {
            Conditions::Unasked => return Unchanged::Unasked,
            Conditions::One(asked) => asked,
            Conditions::Both(both) => &both.unchanged,
        };
        match asked.condition {
            Condition::IfMatch => Unchanged::IfMatch(&asked.lines),
            Condition::IfUnmodifiedSince => Unchanged::IfUnmodifiedSince(&asked.lines),
            Condition::IfNoneMatch | Condition::IfModifiedSince => Unchanged::Unasked,
        }
    }

    /// What decides whether the client has the representation already: steps 3 and 4.
    #[inline]
    pub(crate) fn changed(&self) -> Changed<'_> {
        let asked = match self {
            Conditions::Unasked => return Changed::Unasked,
            Conditions::One(asked) => asked,
            Conditions::Both(both) => &both.changed,
        };
        match asked.condition {
            Condition::IfNoneMatch => Changed::IfNoneMatch(&asked.lines),
            Condition::IfModifiedSince => Changed::IfModifiedSince(&asked.lines),
            Condition::IfMatch | Condition::IfUnmodifiedSince => Changed::Unasked,
        }
    }
}

impl Both {
    fn of(first: Asked, second: Asked) -> Both {
        if first.condition.is_of_unchanged() {
            Both { unchanged: first, changed: second }
        } else {
            Both { unchanged: second, changed: first }
        }
    }
}

impl Asked {
    fn new(condition: Condition, line: &HeaderValue) -> Asked {
        Asked { condition, lines: FieldLines::new(line) }
    }

    /// One more line, of this field or of the other that asks for the same: there a date counts only where no tags are.
    fn add(&mut self, condition: Condition, line: &HeaderValue) {
        if condition == self.condition {
            self.lines.push(line);
        } else if condition.is_of_tags() {
            *self = Asked::new(condition, line);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What counts of fields that come in this order, each with its name as its value.
    fn counting(fields: &[Condition]) -> (String, String) {
        let mut conditions = Conditions::Unasked;
        for field in fields {
            let line = HeaderValue::try_from(format!("{field:?}")).unwrap();
            conditions.add(*field, &line);
        }
        let text = |lines: &FieldLines| {
            let lines: Vec<_> = lines.iter().map(String::from_utf8_lossy).collect();
            lines.join(" ")
        };
        let unchanged = match conditions.unchanged() {
            Unchanged::Unasked => String::new(),
            Unchanged::IfMatch(lines) | Unchanged::IfUnmodifiedSince(lines) => text(lines),
        };
        let changed = match conditions.changed() {
            Changed::Unasked => String::new(),
            Changed::IfNoneMatch(lines) | Changed::IfModifiedSince(lines) => text(lines),
        };
        (unchanged, changed)
    }

    /// Whatever the order of the fields is: tags count before a date, every line of a field counts, and the two kinds do not disturb
    /// each other.
    #[test]
    fn what_counts() {
        use Condition::{IfMatch, IfModifiedSince, IfNoneMatch, IfUnmodifiedSince};
        #[rustfmt::skip]
        let table: &[(&[Condition], &str, &str)] = &[
            (&[],                                                             "",                  ""),
            (&[IfMatch],                                                      "IfMatch",           ""),
            (&[IfModifiedSince],                                              "",                  "IfModifiedSince"),
            (&[IfMatch, IfMatch],                                             "IfMatch IfMatch",   ""),
            (&[IfUnmodifiedSince, IfMatch],                                   "IfMatch",           ""),
            (&[IfMatch, IfUnmodifiedSince],                                   "IfMatch",           ""),
            (&[IfModifiedSince, IfNoneMatch, IfModifiedSince, IfNoneMatch],   "",                  "IfNoneMatch IfNoneMatch"),
            (&[IfUnmodifiedSince, IfModifiedSince],                           "IfUnmodifiedSince", "IfModifiedSince"),
            (&[IfModifiedSince, IfMatch, IfNoneMatch, IfUnmodifiedSince],     "IfMatch",           "IfNoneMatch"),
            (&[IfNoneMatch, IfUnmodifiedSince, IfUnmodifiedSince, IfMatch],   "IfMatch",           "IfNoneMatch"),
        ];
        for (fields, unchanged, changed) in table {
            assert_eq!(counting(fields), ((*unchanged).into(), (*changed).into()), "{fields:?}");
        }
    }
}
