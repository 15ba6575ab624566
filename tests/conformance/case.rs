//! The table, as types. Whatever is in it and not known here is an error: it could be an expectation.

use etag_runtime::{EntityTag, HttpDate, Validators};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The present, as far as the table is concerned: `Fri, 06 Nov 2026 08:49:37 GMT`.
pub(crate) const NOW: Duration = Duration::from_secs(1_793_954_977);

/// Keys that explain a case to people, and expect nothing.
const PROSE: [&str; 7] = ["source", "also_in", "rfc", "note", "disputed", "dispute", "measured_deviations"];

pub(crate) struct Case {
    pub(crate) id: String,
    pub(crate) kind: String,
    pub(crate) normative: Normative,
    pub(crate) layer: Layer,
    pub(crate) subject: Subject,
    utf8: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Normative {
    #[serde(rename = "MUST")]
    Must,
    #[serde(rename = "SHOULD")]
    Should,
    #[serde(rename = "MAY")]
    May,
    #[serde(rename = "undefined")]
    Undefined,
}

#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Layer {
    Core,
    Server,
    Both,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub(crate) enum Subject {
    Precondition(Exchange),
    IfRange(Exchange),
    EtagParse(TagParse),
    EtagCompare(TagCompare),
    DateParse(DateParse),
}

/// A request to a resource.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Exchange {
    pub(crate) method: String,
    pub(crate) resource: Resource,
    pub(crate) request_headers: Vec<(String, String)>,
    pub(crate) expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Resource {
    pub(crate) exists: bool,
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    #[serde(default)]
    pub(crate) last_modified_nanos: u32,
    pub(crate) unconditioned_status: Option<u16>,
    #[serde(default = "Resource::default_length")]
    pub(crate) length: usize,
    #[serde(default = "Resource::default_range_support")]
    pub(crate) range_support: bool,
    #[serde(default)]
    pub(crate) headers_200: BTreeMap<String, String>,
    pub(crate) etag_on_error: Option<String>,
    /// Says that `$NOW` stands for a date, which [`load`] has written.
    #[serde(rename = "dynamic")]
    _dynamic: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Expect {
    pub(crate) status: Option<u16>,
    #[serde(default)]
    pub(crate) proceed: bool,
    #[serde(default)]
    pub(crate) also_ok: Vec<Value>,
    #[serde(default)]
    pub(crate) headers_present: Vec<String>,
    #[serde(default)]
    pub(crate) headers_absent: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagParse {
    pub(crate) input: String,
    pub(crate) inputs: Option<Vec<String>>,
    pub(crate) form: Option<String>,
    pub(crate) valid: bool,
    pub(crate) weak: Option<bool>,
    pub(crate) opaque: Option<String>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) salvage: Option<Vec<String>>,
    #[serde(default)]
    pub(crate) any: bool,
    #[serde(default)]
    pub(crate) ows: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "as in the table")]
pub(crate) struct TagCompare {
    pub(crate) a: String,
    pub(crate) b: String,
    #[serde(default = "yes")]
    pub(crate) a_valid: bool,
    #[serde(default = "yes")]
    pub(crate) b_valid: bool,
    pub(crate) strong: bool,
    pub(crate) weak: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DateParse {
    pub(crate) input: String,
    pub(crate) valid: bool,
    pub(crate) epoch: Option<i64>,
    pub(crate) now: Option<u64>,
    /// The same as `now`, for people.
    #[serde(rename = "now_http")]
    _now_http: Option<String>,
    #[serde(default)]
    pub(crate) also_ok: Vec<Value>,
    #[serde(default)]
    pub(crate) ows: bool,
}

/// All cases, in the order of the table.
pub(crate) fn load() -> Vec<Case> {
    let now = HttpDate::try_from(UNIX_EPOCH + NOW).unwrap().to_string();
    let table = include_str!("cases.json").replace("\"$NOW\"", &format!("\"{now}\""));
    let cases: Vec<Map<String, Value>> = serde_json::from_str(&table).unwrap();
    cases.into_iter().map(Case::from_object).collect()
}

impl Case {
    fn from_object(mut object: Map<String, Value>) -> Case {
        for key in PROSE {
            object.remove(key);
        }
        let mut take = |key| object.remove(key).unwrap_or_default();
        let id = take("id").as_str().unwrap().to_owned();
        let utf8 = match take("encoding") {
            Value::Null => false,
            encoding => {
                assert_eq!(encoding, "utf-8", "{id}");
                true
            }
        };
        let normative = serde_json::from_value(take("normative")).unwrap();
        let layer = serde_json::from_value(take("layer")).unwrap();
        let kind = object["kind"].as_str().unwrap().to_owned();
        let subject = serde_json::from_value(object.into()).unwrap_or_else(|error| panic!("{id}: {error}"));
        Case { id, kind, normative, layer, subject, utf8 }
    }

    /// The octets that a text of the table stands for: one character, one octet, unless the case says otherwise.
    pub(crate) fn octets(&self, text: &str) -> Vec<u8> {
        if self.utf8 {
            return text.as_bytes().to_vec();
        }
        text.chars().map(|char| u8::try_from(u32::from(char)).expect("a character is one octet")).collect()
    }

    /// The request and the resource, if the case is about an exchange.
    pub(crate) fn exchange(&self) -> Option<&Exchange> {
        match &self.subject {
            Subject::Precondition(exchange) | Subject::IfRange(exchange) => Some(exchange),
            Subject::EtagParse(_) | Subject::EtagCompare(_) | Subject::DateParse(_) => None,
        }
    }

    /// What the resource of an exchange has for validators, or `None` if there is no representation.
    pub(crate) fn validators(&self, resource: &Resource) -> Option<Validators> {
        let mut validators = resource.exists.then(Validators::new)?;
        if let Some(tag) = &resource.etag {
            validators = validators.with_entity_tag(EntityTag::parse(&self.octets(tag)).expect("a tag of ours"));
        }
        if let Some(date) = &resource.last_modified {
            let date = HttpDate::parse(date.as_bytes(), UNIX_EPOCH).expect("a date of ours");
            let seconds = Duration::from_secs(date.unix_seconds().try_into().expect("a date after 1970"));
            let instant: SystemTime = UNIX_EPOCH + seconds + Duration::from_nanos(resource.last_modified_nanos.into());
            validators = validators.with_last_modified(HttpDate::try_from(instant).unwrap());
        }
        Some(validators)
    }
}

impl Resource {
    fn default_length() -> usize {
        26
    }

    fn default_range_support() -> bool {
        true
    }
}

fn yes() -> bool {
    true
}
