//! Chromium, with the cache that every page shares.

use etag_browser::Browser;
use http::StatusCode;
use serde_json::{Value, json};

use crate::front::Front;
use crate::measure::{Reader, measure};
use crate::page::PAGE;
use crate::row::Row;

/// Measures the script under this title.
pub(crate) async fn script(front: Front, name: &str) -> Row {
    let browser = Browser::start().await;
    // Any page of the same origin.
    browser.goto(&format!("http://{}/api/authors/2", front.recorder.address)).await;
    let url = front.url();
    let script = PAGE.block(name);
    let shown = format!("http://127.0.0.1:3000{}", front.subject.path());
    assert!(script.contains(&shown), "{shown} is not in\n{script}");
    let mut reader = Chromium { browser, script: script.replace(&shown, &url), url, tag: String::new() };
    measure(front, &mut reader).await
}

struct Chromium {
    browser: Browser,
    script: String,
    url: String,
    tag: String,
}

impl Reader for Chromium {
    async fn read(&mut self) -> String {
        let read = format!("{}return [response.headers.get('ETag'), await response.text()]", self.script);
        let shown = self.browser.run(&read, vec![]).await;
        let [tag, body] = [0, 1].map(|index| shown[index].as_str().unwrap().to_owned());
        self.tag = tag;
        body
    }

    async fn edit(&mut self, document: &Value) -> Option<StatusCode> {
        let put = "const [url, tag, body] = args;\
                   const headers = { 'If-Match': tag, 'Content-Type': 'application/json' };\
                   return (await fetch(url, { method: 'PUT', headers, body })).status";
        let arguments = vec![json!(self.url), json!(self.tag), json!(document.to_string())];
        let status = self.browser.run(put, arguments).await.as_u64().unwrap();
        Some(StatusCode::from_u16(status.try_into().unwrap()).unwrap())
    }
}
