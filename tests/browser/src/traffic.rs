//! What went over the wire, by the network log of the browser: unlike a script, it sees the 304 behind a 200.

use serde_json::Value;

/// A request, and its answer as the server has sent it.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct Exchange {
    /// Of DevTools. A redirection has the same.
    id: String,
    /// `GET` and the like.
    pub method: String,
    /// The whole address.
    pub url: String,
    /// `0` if there is none yet.
    pub status: u16,
    /// The fields of the request, by their names in lower case.
    request: Vec<(String, String)>,
}

impl Exchange {
    /// The value of this field of the request.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&str> {
        self.request.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// The path, without the query.
    #[must_use]
    pub fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.find('/').map_or("", |start| &rest[start..]);
        path.split(['?', '#']).next().unwrap_or_default()
    }
}

/// The requests of these messages of the `performance` log, in the order in which they were sent.
///
/// A request that the browser answers from its cache without asking is not among them.
pub(crate) fn exchanges(log: &[Value]) -> Vec<Exchange> {
    let mut found: Vec<Exchange> = Vec::new();
    for event in log.iter().filter_map(|entry| serde_json::from_str::<Value>(entry["message"].as_str()?).ok()) {
        let (method, parameters) = (&event["message"]["method"], &event["message"]["params"]);
        let id = parameters["requestId"].as_str().unwrap_or_default();
        let mut known = |change: &mut dyn FnMut(&mut Exchange)| {
            // The first events of a request come in any order.
            let place = found.iter().rposition(|exchange| exchange.id == id).unwrap_or_else(|| {
                found.push(Exchange { id: id.to_owned(), ..Exchange::default() });
                found.len() - 1
            });
            change(&mut found[place]);
        };
        match method.as_str().unwrap_or_default() {
            "Network.requestWillBeSent" => known(&mut |exchange| {
                exchange.method = text(&parameters["request"]["method"]);
                exchange.url = text(&parameters["request"]["url"]);
            }),
            "Network.requestWillBeSentExtraInfo" => known(&mut |exchange| {
                let fields = parameters["headers"].as_object().into_iter().flatten();
                exchange.request = fields.map(|(name, value)| (name.to_lowercase(), text(value))).collect();
            }),
            "Network.responseReceivedExtraInfo" => known(&mut |exchange| {
                exchange.status = parameters["statusCode"].as_u64().and_then(|code| code.try_into().ok()).unwrap_or(0);
            }),
            _ => {}
        }
    }
    found.retain(|exchange| exchange.status != 0);
    found
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_status_is_that_on_the_wire() {
        let entry = |method: &str, params: Value| json!({ "message": json!({ "message": { "method": method, "params": params } }).to_string() });
        let exchanges = exchanges(&[
            entry(
                "Network.requestWillBeSentExtraInfo",
                json!({ "requestId": "1", "headers": { "If-None-Match": "\"a\"" } }),
            ),
            entry(
                "Network.requestWillBeSent",
                json!({ "requestId": "1", "request": { "method": "GET", "url": "http://h:1/p?q" } }),
            ),
            entry(
                "Network.requestWillBeSent",
                json!({ "requestId": "2", "request": { "method": "GET", "url": "http://h:1/cached" } }),
            ),
            entry("Network.responseReceivedExtraInfo", json!({ "requestId": "1", "statusCode": 304 })),
            entry("Network.responseReceived", json!({ "requestId": "1", "response": { "status": 200 } })),
            entry("Network.responseReceived", json!({ "requestId": "2", "response": { "status": 200 } })),
        ]);
        let [exchange] = &exchanges[..] else { panic!("{exchanges:?}") };
        assert_eq!((exchange.method.as_str(), exchange.path(), exchange.status), ("GET", "/p", 304));
        assert_eq!(exchange.field("if-none-match"), Some("\"a\""));
        assert_eq!(exchange.field("if-match"), None);
    }
}
