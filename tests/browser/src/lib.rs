//! A Chromium for tests, without a window, driven through WebDriver: started by a test, and gone with it.
//!
//! ```text
//! Browser ──driver──▶ a shell that ends chromedriver and Chromium when the test process ends, however it does
//!    ├────command──▶ what DevTools can do, and WebDriver cannot
//!    ├────traffic──▶ what went over the wire
//!    └────palette──▶ screenshots that are small enough to keep
//! ```
//!
//! Each has a profile of its own in a temporary folder, so that no cache is shared, and talks to nobody but this machine.

mod command;
mod driver;
mod palette;
mod traffic;

use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use fantoccini::error::CmdError;
use fantoccini::wd::{Capabilities, WebDriverCompatibleCommand};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::command::Vendor;
use crate::driver::Driver;
pub use crate::palette::in_256_colours;
pub use crate::traffic::Exchange;

/// How long anything may take before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// Nothing is asked, nothing is fetched on the side, and no name leads to another machine. Root may run it.
const FLAGS: [&str; 13] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-search-engine-choice-screen",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    "--force-color-profile=srgb",
];

/// A browser. Dropping it ends it.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    /// After the client, which talks to it.
    _driver: Driver,
}

/// How a page is looked at.
#[derive(Debug, Clone, Copy, PartialEq)]
#[expect(clippy::exhaustive_structs, reason = "tests make them")]
pub struct View {
    /// In pixels of CSS.
    pub width: u32,
    /// The same.
    pub height: u32,
    /// Whether it is a phone, which a page has to fit itself to.
    pub is_phone: bool,
    /// What `prefers-color-scheme` says.
    pub is_dark: bool,
}

impl Browser {
    /// Starts one, which takes one to two seconds.
    ///
    /// # Panics
    ///
    /// If Chromium or chromedriver is not installed or does not start.
    #[must_use]
    pub async fn start() -> Browser {
        let driver = Driver::start();
        let mut flags: Vec<Value> = FLAGS.iter().map(|flag| json!(flag)).collect();
        flags.push(json!(format!("--user-data-dir={}", driver.profile())));
        let capabilities = json!({
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "performance": "ALL", "browser": "ALL" },
        });
        let capabilities: Capabilities = capabilities.as_object().cloned().unwrap_or_default();
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let url = driver.url();
        let client = timeout(PATIENCE, builder.capabilities(capabilities).connect(&url)).await;
        let client = client.expect("Chromium does not start in time").expect("Chromium does not start");
        Browser { client, _driver: driver }
    }

    /// For everything that WebDriver can do.
    #[must_use]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Opens this address in the current tab, and waits until everything that the page names is there.
    ///
    /// # Panics
    ///
    /// If it cannot be opened.
    pub async fn goto(&self, url: &str) {
        in_time(self.client.goto(url)).await;
    }

    /// Runs the body of an asynchronous function in the page, and answers what it returns.
    ///
    /// # Panics
    ///
    /// If it throws, or does not come to its end.
    pub async fn run(&self, body: &str, arguments: Vec<Value>) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; const given = [...arguments].slice(0, -1); \
             (async (...args) => {{ {body} }})(...given)\
             .then((value) => done({{ value: value ?? null }}), (error) => done({{ error: String(error) }}));"
        );
        let mut answer = in_time(self.client.execute_async(&script, arguments)).await;
        assert!(answer["error"].is_null(), "{}\nin {body}", answer["error"]);
        answer["value"].take()
    }

    /// Waits until this expression is true in the page.
    ///
    /// # Panics
    ///
    /// If that takes too long. The message shows the text of the page.
    pub async fn until(&self, expression: &str) {
        let begin = Instant::now();
        while self.run(&format!("return Boolean({expression})"), vec![]).await != json!(true) {
            if begin.elapsed() > PATIENCE {
                let text = self.run("return document.body.innerText", vec![]).await;
                panic!("never true: {expression}\n{}", text.as_str().unwrap_or_default());
            }
            sleep(Duration::from_millis(20)).await;
        }
    }

    /// What went over the wire since this was asked the last time, in all tabs.
    ///
    /// # Panics
    ///
    /// If the browser is gone.
    pub async fn traffic(&self) -> Vec<Exchange> {
        let log = self.command(Vendor::log("performance")).await;
        traffic::exchanges(log.as_array().map_or(&[], Vec::as_slice))
    }

    /// What stands in the console since this was asked the last time: errors of scripts, what the page's policy has
    /// forbidden, and whatever a script has written. That a request was refused is none of it, though it stands there.
    ///
    /// # Panics
    ///
    /// If the browser is gone.
    pub async fn complaints(&self) -> Vec<String> {
        let log = self.command(Vendor::log("browser")).await;
        let entries = log.as_array().into_iter().flatten().filter(|entry| entry["source"] != "network");
        entries.map(|entry| format!("{}: {}", entry["source"], entry["message"])).collect()
    }

    /// Looks at the current tab in this way.
    ///
    /// # Panics
    ///
    /// If the browser is gone.
    pub async fn view(&self, view: View) {
        let View { width, height, is_phone, is_dark } = view;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": is_phone });
        self.command(Vendor::devtools("Emulation.setDeviceMetricsOverride", &metrics)).await;
        self.command(Vendor::devtools("Emulation.setScrollbarsHidden", &json!({ "hidden": true }))).await;
        let features = json!({ "features": [
            { "name": "prefers-color-scheme", "value": if is_dark { "dark" } else { "light" } },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ] });
        self.command(Vendor::devtools("Emulation.setEmulatedMedia", &features)).await;
    }

    /// A picture of the whole page, or of what is from the first to the last of these elements, as PNG.
    ///
    /// # Panics
    ///
    /// If there is no such element.
    pub async fn screenshot(&self, elements: &[&str]) -> Vec<u8> {
        let clip = self.run(CLIP, vec![json!(elements)]).await;
        let parameters = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.command(Vendor::devtools("Page.captureScreenshot", &parameters)).await;
        BASE64_STANDARD.decode(picture["data"].as_str().unwrap_or_default()).expect("it is base64")
    }

    /// What the accessibility tree of the page holds: the role and the name of each node that has a role.
    ///
    /// # Panics
    ///
    /// If the browser is gone.
    pub async fn accessibility(&self) -> Vec<(String, String)> {
        let tree = self.command(Vendor::devtools("Accessibility.getFullAXTree", &json!({}))).await;
        let nodes = tree["nodes"].as_array().into_iter().flatten().filter(|node| node["ignored"] != true);
        let text = |value: &Value| value["value"].as_str().unwrap_or_default().trim().to_owned();
        nodes.map(|node| (text(&node["role"]), text(&node["name"]))).collect()
    }

    async fn command(&self, command: impl WebDriverCompatibleCommand + Send + 'static) -> Value {
        in_time(self.client.issue_cmd(command)).await
    }
}

/// The rectangle around the elements, and a little more, as wide as the page.
const CLIP: &str = "\
    const page = document.documentElement; \
    const all = { x: 0, y: 0, width: page.scrollWidth, height: page.scrollHeight, scale: 1 }; \
    if (!args[0].length) return all; \
    const places = args[0].map((selector) => document.querySelector(selector).getBoundingClientRect()); \
    const top = Math.max(0, Math.min(...places.map((place) => place.top)) + scrollY - 8); \
    const bottom = Math.max(...places.map((place) => place.bottom)) + scrollY + 8; \
    return { ...all, y: top, height: bottom - top };";

/// What the browser answers.
async fn in_time<T>(answer: impl Future<Output = Result<T, CmdError>>) -> T {
    let answer = timeout(PATIENCE, answer).await.expect("the browser does not answer");
    answer.unwrap_or_else(|error| panic!("the browser says: {error}"))
}
