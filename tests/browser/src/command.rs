//! What chromedriver knows beyond WebDriver: its logs, and commands of the DevTools protocol.

use fantoccini::wd::WebDriverCompatibleCommand;
use http::Method;
use serde_json::{Value, json};
use url::{ParseError, Url};

/// A command to the vendor's part of chromedriver.
#[derive(Debug)]
pub(crate) struct Vendor {
    path: &'static str,
    body: Value,
}

impl Vendor {
    /// What has been logged since this was asked the last time: `performance` or `browser`.
    pub(crate) fn log(kind: &str) -> Vendor {
        Vendor { path: "se/log", body: json!({ "type": kind }) }
    }

    /// A command of the DevTools protocol to the page.
    pub(crate) fn devtools(command: &str, parameters: &Value) -> Vendor {
        Vendor { path: "goog/cdp/execute", body: json!({ "cmd": command, "params": parameters }) }
    }
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!("session/{}/{}", session_id.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (Method::POST, Some(self.body.to_string()))
    }
}
