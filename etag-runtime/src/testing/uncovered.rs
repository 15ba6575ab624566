//! [`uncovered`]: what a body shows that its tag does not see.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::ETag;

/// The members of the JSON of this model that can change while its entity tag stays, as JSON pointers (RFC 6901).
///
/// Each member is changed in turn, alone: numbers grow, texts get a letter, `true` becomes `false`, `null` becomes something, lists lose and
/// double an item, maps lose an entry. What the model can be read from, and what then looks different, has to have another tag.
///
/// A version stands for what the same write changes: `/title` is listed for an article whose `version` moves with it, and rightly so. What should
/// not be listed is what changes *without* the version: a name that belongs to someone else, a count of what is elsewhere. So write down
/// what you expect; a member that is added later has to be thought of by whoever adds it.
///
/// # Panics
///
/// If the model cannot be serialized as JSON, or not be read from its own JSON.
///
/// # Examples
///
/// ```
/// # #[cfg(feature = "derive")] {
/// use etag_runtime::{ETag, testing::uncovered};
///
/// #[derive(serde::Serialize, serde::Deserialize, ETag)]
/// struct Article {
///     title: String,
///     #[etag(version)]
///     version: i64,
///     #[etag(related)]
///     author: Author,
///     #[etag(skip)]
///     likes: u64, // of whoever likes it, without a new version: a mistake
/// }
///
/// #[derive(serde::Serialize, serde::Deserialize, ETag)]
/// #[etag(content)]
/// struct Author {
///     name: String,
/// }
///
/// let article = Article { title: "One".into(), version: 1, author: Author { name: "Ada".into() }, likes: 0 };
/// assert_eq!(uncovered(&article), ["/likes", "/title"]);
/// # }
/// ```
#[must_use]
pub fn uncovered<T: ETag + Serialize + DeserializeOwned>(model: &T) -> Vec<String> {
    let json = serde_json::to_value(model).expect("a model to be checked can be serialized as JSON");
    let read: T = serde_json::from_value(json.clone()).expect("a model to be checked can be read from its own JSON");
    let tag = read.etag();
    let json = serde_json::to_value(&read).expect("what was read can be serialized");
    let mut pointers = Vec::new();
    walk(&json, "", &mut |pointer, other| {
        let mut changed = json.clone();
        // The model as a whole is no member.
        let Some(place) = changed.pointer_mut(pointer).filter(|_| !pointer.is_empty()) else { return };
        *place = other;
        let Ok(changed) = serde_json::from_value::<T>(changed) else { return };
        let shown = serde_json::to_value(&changed);
        if shown.is_ok_and(|shown| shown != json) && changed.etag() == tag {
            pointers.push(pointer.to_owned());
        }
    });
    pointers.dedup();
    pointers
}

/// Calls `change` with each place in the document, and with what may stand there instead.
fn walk(value: &Value, pointer: &str, change: &mut impl FnMut(&str, Value)) {
    for other in instead_of(value) {
        change(pointer, other);
    }
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                walk(member, &format!("{pointer}/{name}"), change);
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                walk(item, &format!("{pointer}/{index}"), change);
            }
        }
        _ => {}
    }
}

fn instead_of(value: &Value) -> Vec<Value> {
    match value {
        Value::Null => vec![true.into(), 1.into(), "a".into(), Value::Array(Vec::new()), Map::new().into()],
        Value::Bool(value) => vec![(!value).into()],
        Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
            (Some(number), ..) => vec![number.wrapping_add(1).into(), number.wrapping_sub(1).into()],
            (_, Some(number), _) => vec![number.wrapping_add(1).into()],
            (.., Some(number)) => vec![(number + 1.0).into(), (number / 2.0).into()],
            _ => Vec::new(),
        },
        Value::String(text) => vec![another(text).into(), Value::Null],
        Value::Array(items) => {
            let fewer: Vec<Value> = items.iter().skip(1).cloned().collect();
            let more: Vec<Value> = items.iter().chain(items.first()).cloned().collect();
            [fewer, more].into_iter().filter(|others| others != items).map(Value::Array).collect()
        }
        Value::Object(members) => {
            let fewer: Map<_, _> =
                members.iter().skip(1).map(|(name, member)| (name.clone(), member.clone())).collect();
            [Some(Value::Null), (fewer.len() < members.len()).then_some(fewer.into())].into_iter().flatten().collect()
        }
    }
}

/// A text that is different and still likely to be of the same kind: a date stays a date.
fn another(text: &str) -> String {
    match text.bytes().rposition(|octet| octet.is_ascii_digit()) {
        Some(place) if text.len() > 1 => {
            let digit = if text.as_bytes()[place] == b'0' { '1' } else { '0' };
            text.char_indices().map(|(index, c)| if index == place { digit } else { c }).collect()
        }
        _ => format!("{text}a"),
    }
}
