//! What the problem document of a `412` or `409` says about the current representation, when the handler wants it to.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::Rejected;

impl Rejected {
    /// With the current representation, as the member `current` of the problem document: what a client needs to merge
    /// without another request.
    ///
    /// What is given here is sent as it is: leave out what this client may not see. What cannot be serialized is left out.
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::Rejected;
    /// use serde_json::{Value, json};
    ///
    /// # let rejected = Rejected::not_found();
    /// let body = rejected.with_current(&json!({ "title": "Theirs" })).to_response().into_body();
    /// let problem: Value = serde_json::from_str(&body)?;
    /// assert_eq!(problem["current"]["title"], "Theirs");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_current<C: Serialize + ?Sized>(self, current: &C) -> Rejected {
        match serde_json::to_string(current) {
            Ok(current) => self.with_member("current", current),
            Err(_) => self,
        }
    }

    /// With the members of the current representation that differ from what the client has sent, as the member `differences`
    /// of the problem document. They are what others have changed, and what the client wants to. An object inside an object is compared member by member, any other value as a whole.
    ///
    /// Only members of `current` are named: what the client has sent besides is not commented on. What cannot be serialized is left
    /// out.
    ///
    /// # Examples
    ///
    /// ```
    /// use etag_runtime::Rejected;
    /// use serde_json::{Value, json};
    ///
    /// let current = json!({ "title": "Theirs", "body": "Same", "author": { "id": 1, "name": "Ada" } });
    /// let sent = json!({ "title": "Mine", "body": "Same", "author": { "id": 1 }, "note": "?" });
    /// # let rejected = Rejected::not_found();
    /// let body = rejected.with_differences(&sent, &current).to_response().into_body();
    /// let problem: Value = serde_json::from_str(&body)?;
    /// assert_eq!(problem["differences"], json!({ "title": "Theirs", "author": { "name": "Ada" } }));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn with_differences<S, C>(self, sent: &S, current: &C) -> Rejected
    where
        S: Serialize + ?Sized,
        C: Serialize + ?Sized,
    {
        match (serde_json::to_value(sent), serde_json::to_value(current)) {
            (Ok(sent), Ok(current)) => {
                let differences = differences(&sent, current).unwrap_or_else(|| Map::new().into());
                self.with_member("differences", differences.to_string())
            }
            _ => self,
        }
    }
}

/// What of `current` is not in `sent`; `None` if all of it is.
fn differences(sent: &Value, current: Value) -> Option<Value> {
    match (sent, current) {
        (Value::Object(sent), Value::Object(current)) => {
            let members = current.into_iter().filter_map(|(name, current)| match sent.get(&name) {
                Some(sent) => differences(sent, current).map(|differences| (name, differences)),
                None => Some((name, current)),
            });
            let members: Map<String, Value> = members.collect();
            (!members.is_empty()).then(|| members.into())
        }
        (sent, current) => (*sent != current).then_some(current),
    }
}
