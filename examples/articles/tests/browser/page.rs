//! The page, opened on a server of its own, and what an editor does on it.

use etag_browser::{Browser, View};
use fantoccini::Locator;
use http::StatusCode;
use serde_json::{Value, json};

use crate::client::Http;
use crate::database::{Database, Kind};
use crate::server::Server;

pub(crate) const ARTICLE: &str = "/api/articles/2";

pub(crate) const DESKTOP: View = View { width: 1280, height: 900, is_phone: false, is_dark: false };

pub(crate) struct Page {
    /// First, so that it is gone before what it talks to.
    pub(crate) browser: Browser,
    pub(crate) server: Server,
}

impl Page {
    /// On a fresh server: both editors have their first copy.
    pub(crate) async fn open() -> Page {
        let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
        let page = Page { browser: Browser::start().await, server };
        page.browser.view(DESKTOP).await;
        page.load().await;
        page
    }

    /// Opens the page in the current tab.
    pub(crate) async fn load(&self) {
        self.browser.goto(&format!("http://{}/", self.server.address)).await;
        self.is_ready().await;
    }

    pub(crate) async fn is_ready(&self) {
        self.browser.until("'ready' in document.documentElement.dataset").await;
    }

    /// Opens the page in a second tab, and answers how to come back to the first one, and to it.
    pub(crate) async fn second_tab(&self) -> [fantoccini::wd::WindowHandle; 2] {
        let client = self.browser.client();
        let first = client.window().await.unwrap();
        let second = client.new_window(true).await.unwrap().handle;
        client.switch_to_window(second.clone()).await.unwrap();
        self.browser.view(DESKTOP).await;
        self.load().await;
        [first, second]
    }

    /// Types this in place of what is in a field of an editor.
    pub(crate) async fn fill(&self, who: &str, field: &str, text: &str) {
        let field =
            self.browser.client().find(Locator::Css(&format!("[data-who={who}] [name={field}]"))).await.unwrap();
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Presses a button of an editor, and waits until everything that follows is done.
    pub(crate) async fn press(&self, who: &str, button: &str) {
        let locator = format!("[data-who={who}] {button}");
        self.browser.client().find(Locator::Css(&locator)).await.unwrap().click().await.unwrap();
        self.is_idle().await;
    }

    pub(crate) async fn is_idle(&self) {
        self.browser.until("!document.querySelector('[aria-busy]')").await;
    }

    /// What an editor is told.
    pub(crate) async fn outcome(&self, who: &str) -> String {
        self.text(&format!("[data-who={who}] .outcome")).await
    }

    /// The text of an element, as it is shown.
    pub(crate) async fn text(&self, selector: &str) -> String {
        let text = self.browser.run("return document.querySelector(args[0]).innerText", vec![json!(selector)]).await;
        text.as_str().unwrap().trim().to_owned()
    }

    /// Title, text and name of the author in the draft of an editor.
    pub(crate) async fn draft(&self, who: &str) -> [String; 3] {
        let script = "const { title, body, author } = document.querySelector(`[data-who=${args[0]}] .draft`);\
                      return [title.value, body.value, author.selectedOptions[0].text];";
        serde_json::from_value(self.browser.run(script, vec![json!(who)]).await).unwrap()
    }

    /// Which versions of a field the conflict of an editor shows, and who has changed it.
    pub(crate) async fn field(&self, who: &str, field: &str) -> Field {
        let script = "const field = document.querySelector(`[data-who=${args[0]}] [data-field=${args[1]}]`);\
                      const text = (name) => field.querySelector(`[data-version~=${name}]`)?.textContent ?? '';\
                      return { by: field.classList[1], before: text('before'),\
                          theirs: text('theirs'), mine: text('mine') };";
        let found = self.browser.run(script, vec![json!(who), json!(field)]).await;
        let text = |name: &str| found[name].as_str().unwrap().to_owned();
        Field { by: text("by"), before: text("before"), theirs: text("theirs"), mine: text("mine") }
    }

    /// The article as the server has it.
    pub(crate) async fn article(&self) -> Value {
        self.server.client(Http::One).get(ARTICLE).await.is(StatusCode::OK).json()
    }

    /// The end: nothing has gone wrong that nobody has looked at, here or in the server.
    pub(crate) async fn close(self) {
        assert_eq!(self.browser.complaints().await, [] as [String; 0]);
        drop(self.browser);
        self.server.stop().await;
    }
}

/// A field in a conflict. Of the versions, what has been taken out stands before what has been put in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Field {
    pub(crate) by: String,
    pub(crate) before: String,
    pub(crate) theirs: String,
    pub(crate) mine: String,
}
