//! What a request may say in each of the fields: the values that are combined in the enumeration.

use crate::Field;

/// The tags that the lists of a request are made of, as on the wire but without quotes.
#[derive(Clone, Debug)]
pub struct Tags {
    /// The current one.
    pub current: String,
    /// Of another representation of the same state; for a tag without halves, one that has a beginning in common with it.
    pub sibling: String,
    /// Two of other states.
    pub others: [String; 2],
}

/// One way to fill a field.
#[derive(Clone, Debug)]
pub struct Value {
    /// Its lines, none of which means that the field is left out.
    pub lines: Vec<String>,
}

/// When the dated targets were modified: 1998-12-31T23:59:59Z, at the end of a year with a leap second.
pub const MODIFIED: u64 = 915_148_799;
/// The next second, in which the requests arrive.
pub const NOW: u64 = MODIFIED + 1;

const EARLIER: &str = "Thursday, 31-Dec-98 23:59:58 GMT";
const EQUAL: &str = "Thu, 31 Dec 1998 23:59:59 GMT";
const LATER: &str = "Fri Jan  1 00:00:00 1999";
/// The same as [`LATER`], on a day of another name.
const LATER_BY_A_LEAP_SECOND: &str = "Mon, 31 Dec 1998 23:59:60 GMT";
const NO_DATE: &str = "1998-12-31T23:59:59Z";

/// The values of a field, of which the first leaves it out, and the others get less simple one by one.
#[must_use]
pub fn of(field: Field, tags: &Tags) -> Vec<Value> {
    let values = match field {
        Field::IfMatch | Field::IfNoneMatch => lists(tags),
        Field::IfUnmodifiedSince => dates(LATER_BY_A_LEAP_SECOND),
        Field::IfModifiedSince => dates(LATER),
        Field::IfRange => validators(tags),
        Field::Range => vec![vec!["bytes=0-3".to_owned()]],
    };
    let absent = Value { lines: Vec::new() };
    [absent].into_iter().chain(values.into_iter().map(|lines| Value { lines })).collect()
}

fn lists(Tags { current, sibling, others: [other, third] }: &Tags) -> Vec<Vec<String>> {
    vec![
        vec!["*".to_owned()],
        vec![format!("\"{current}\"")],
        vec![format!("\"{other}\"")],
        vec![format!("W/\"{current}\"")],
        vec![format!("\"{sibling}\"")],
        vec![format!("W/\"{sibling}\"")],
        vec![format!("\"{sibling}-gzip\"")],
        vec![format!("\"{other}\",\"{current}\"")],
        vec![format!("\"{other}\" ,, \"{third}\"")],
        // No tag at all, and members that are none.
        vec![String::new()],
        vec![current.clone()],
        vec![format!("w/\"{current}\"")],
        vec![format!("*, \"{current}\"")],
        vec![format!("{other}, \"{sibling}\"")],
        vec![format!("\"{other}, W/\"{current}\"")],
        // Several lines.
        vec![format!("\"{other}\""), format!("\"{current}\"")],
        vec![format!("\"{current}\""), other.clone()],
    ]
}

fn dates(later: &str) -> Vec<Vec<String>> {
    vec![
        vec![EQUAL.to_owned()],
        vec![EARLIER.to_owned()],
        vec![later.to_owned()],
        vec![NO_DATE.to_owned()],
        vec![format!("{EARLIER}, {EARLIER}")],
        vec![EQUAL.to_owned(), EARLIER.to_owned()],
    ]
}

fn validators(Tags { current, sibling, others: [other, _] }: &Tags) -> Vec<Vec<String>> {
    vec![
        vec![format!("\"{current}\"")],
        vec![format!("W/\"{current}\"")],
        vec![format!("\"{sibling}\"")],
        vec![EQUAL.to_owned()],
        vec![EARLIER.to_owned()],
        vec![LATER.to_owned()],
        vec![NO_DATE.to_owned()],
        vec![current.clone()],
        vec![format!("\"{current}\", \"{other}\"")],
        vec![format!("\"{current}\""), format!("\"{current}\"")],
    ]
}
