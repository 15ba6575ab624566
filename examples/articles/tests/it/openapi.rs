//! The contract, held against the server: what occurs is documented, and what is documented occurs.

use std::collections::{BTreeMap, BTreeSet};

use http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Answer, Ask, Client, Http};
use crate::database::{Database, Kind};
use crate::server::Server;

/// Fields of the connection and of the content, which no document describes.
const UNDESCRIBED: [&str; 6] = ["connection", "content-length", "content-type", "date", "transfer-encoding", "allow"];

/// What was answered to a method of a path: the fields and the media types by the status.
type Answered = BTreeMap<String, (BTreeSet<String>, BTreeSet<String>)>;

/// What was answered so far, by the method and the path of the document.
struct Record {
    client: Client,
    answers: BTreeMap<(String, String), Answered>,
}

impl Record {
    async fn ask(&mut self, method: Method, path: &str, described: &str, fit: impl FnOnce(Ask) -> Ask) -> Answer {
        let key = (described.to_owned(), method.as_str().to_lowercase());
        let answer = self.client.send(fit(Ask::new(method, path))).await;
        let answered = self.answers.entry(key).or_default().entry(answer.status.as_str().to_owned()).or_default();
        let names = answer.headers.keys().map(|name| name.as_str().to_owned());
        answered.0.extend(names.filter(|name| !UNDESCRIBED.contains(&name.as_str())));
        if answer.has("content-type") && !answer.body.is_empty() {
            answered.1.insert(answer.field("content-type").split(';').next().unwrap().to_owned());
        }
        answer
    }

    /// With GET and with HEAD: whole, with the tag and with another one, in both fields.
    async fn read(&mut self, path: &str, described: &str) {
        let tag = self.client.tag(path).await;
        for method in [Method::GET, Method::HEAD] {
            self.ask(method.clone(), path, described, |ask| ask).await.is(StatusCode::OK);
            let answer = self.ask(method.clone(), path, described, |ask| ask.if_none_match(&tag)).await;
            answer.is(StatusCode::NOT_MODIFIED);
            let answer = self.ask(method, path, described, |ask| ask.if_match("\"other\"")).await;
            answer.is(StatusCode::PRECONDITION_FAILED);
        }
    }

    /// With what no body may be. `fit` brings the preconditions that let a body be read.
    async fn write_nonsense(&mut self, method: &Method, path: &str, described: &str, fit: impl Fn(Ask) -> Ask) {
        let json = |ask: Ask| ask.with("content-type", "application/json");
        let large = " ".repeat(1024 * 1024 + 1);
        for (status, ask) in [
            (400, json(Ask::new(method.clone(), path)).body("{")),
            (413, json(Ask::new(method.clone(), path)).body(large)),
            (415, Ask::new(method.clone(), path).with("content-type", "text/plain").body("{}")),
            (422, json(Ask::new(method.clone(), path)).body(r#"{"title": 1, "text": 1, "name": 1}"#)),
        ] {
            let answer = self.ask(method.clone(), path, described, |_| fit(ask)).await;
            answer.is(StatusCode::from_u16(status).unwrap());
        }
    }
}

const PAGE: &str = "/api/articles";
const ARTICLE: &str = "/api/articles/{id}";
const COMMENTS: &str = "/api/articles/{id}/comments";
const AUTHOR: &str = "/api/authors/{id}";

#[tokio::test]
async fn what_occurs_is_documented_and_what_is_documented_occurs() {
    let database = Database::new(Kind::SqliteMemory);
    let server = Server::start(&database).await;
    let client = server.client(Http::One);
    let document = client.get("/openapi.json").await.is(StatusCode::OK).json();
    let mut record = Record { client, answers: BTreeMap::new() };
    ask_everything(&mut record).await;
    let mut documented = documented(&document);
    for responses in documented.values_mut() {
        // That these occur is shown where a database fails, in `errors`.
        responses.retain(|status, _| !status.starts_with('5'));
    }
    for (operation, answered) in &record.answers {
        let documented = documented.get(operation);
        assert_eq!(Some(answered), documented, "{operation:?}: what was answered, and what is documented");
    }
    let asked: Vec<_> = record.answers.keys().collect();
    assert_eq!(asked, documented.keys().collect::<Vec<_>>());
    server.stop().await;
}

/// What the document says of each operation.
fn documented(document: &Value) -> BTreeMap<(String, String), Answered> {
    let names = |object: &Value| -> BTreeSet<String> {
        object.as_object().into_iter().flatten().map(|(name, _)| name.to_lowercase()).collect()
    };
    let mut documented = BTreeMap::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let responses = operation["responses"].as_object().unwrap().iter();
            let answered = responses
                .map(|(status, response)| (status.clone(), (names(&response["headers"]), names(&response["content"]))));
            documented.insert((path.clone(), method.clone()), answered.collect::<Answered>());
        }
    }
    documented
}

/// Every route with everything that it may answer.
async fn ask_everything(record: &mut Record) {
    let article = json!({ "title": "a", "body": "b", "author_id": 1 });
    // The second in which the authors were written has to be over, or they have no date.
    while !record.client.get("/api/authors/1").await.has("last-modified") {
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    for (path, described) in [
        (PAGE, PAGE),
        ("/api/articles/1", ARTICLE),
        ("/api/authors/1", AUTHOR),
        ("/openapi.json", "/openapi.json"),
        ("/reference", "/reference"),
    ] {
        record.read(path, described).await;
    }
    for method in [Method::GET, Method::HEAD] {
        record.ask(method.clone(), "/metrics", "/metrics", |ask| ask).await.is(StatusCode::OK);
        record.ask(method.clone(), "/api/articles?page=0", PAGE, |ask| ask).await.is(StatusCode::BAD_REQUEST);
        for (path, described) in [("/api/articles/99", ARTICLE), ("/api/authors/99", AUTHOR)] {
            record.ask(method.clone(), path, described, |ask| ask).await.is(StatusCode::NOT_FOUND);
        }
    }
    add_everything(record, &article).await;
    write_everything(record, &article).await;
}

/// What adds, and needs no precondition.
async fn add_everything(record: &mut Record, article: &Value) {
    for (path, described, body) in [
        (PAGE, PAGE, article),
        ("/api/articles/1/comments", COMMENTS, &json!({ "text": "c" })),
        ("/api/authors/2", AUTHOR, &json!({ "name": "n" })),
    ] {
        let method = if described == AUTHOR { Method::PUT } else { Method::POST };
        let status = if described == AUTHOR { StatusCode::OK } else { StatusCode::CREATED };
        record.ask(method.clone(), path, described, |ask| ask.json(body)).await.is(status);
        let late = record.ask(method.clone(), path, described, |ask| ask.if_match("\"other\"").json(body)).await;
        late.is(StatusCode::PRECONDITION_FAILED);
        record.write_nonsense(&method, path, described, |ask| ask).await;
    }
    // An author whose last change is over has a date in the refusal, and in the response to a change of nothing else.
    let late = record.ask(Method::PUT, "/api/authors/1", AUTHOR, |ask| ask.if_match("\"other\"")).await;
    late.is(StatusCode::PRECONDITION_FAILED);
    for (method, path, described) in
        [(Method::POST, "/api/articles/99/comments", COMMENTS), (Method::PUT, "/api/authors/99", AUTHOR)]
    {
        record.ask(method, path, described, |ask| ask.json(&json!({}))).await.is(StatusCode::NOT_FOUND);
    }
}

/// What changes an article, and needs a precondition.
async fn write_everything(record: &mut Record, article: &Value) {
    let create = |ask: Ask| ask.if_none_match("*").json(article);
    record.ask(Method::PUT, "/api/articles/70", ARTICLE, create).await.is(StatusCode::CREATED);
    let nowhere = format!("/api/articles/{}", i64::MAX);
    record.ask(Method::PUT, &nowhere, ARTICLE, create).await.is(StatusCode::NOT_FOUND);
    for method in [Method::PUT, Method::PATCH, Method::DELETE] {
        let path = "/api/articles/1";
        let tag = record.client.tag(path).await;
        record.ask(method.clone(), path, ARTICLE, |ask| ask.json(article)).await.is(StatusCode::PRECONDITION_REQUIRED);
        let late = record.ask(method.clone(), path, ARTICLE, |ask| ask.if_match("\"other\"").json(article)).await;
        late.is(StatusCode::PRECONDITION_FAILED);
        if method != Method::PUT {
            let gone = record.ask(method.clone(), "/api/articles/99", ARTICLE, |ask| ask.json(article)).await;
            gone.is(StatusCode::NOT_FOUND);
        }
        if method != Method::DELETE {
            record.write_nonsense(&method, path, ARTICLE, |ask| ask.if_match(&tag)).await;
        }
        let status = if method == Method::DELETE { StatusCode::NO_CONTENT } else { StatusCode::OK };
        record.ask(method, path, ARTICLE, |ask| ask.if_match(&tag).json(article)).await.is(status);
    }
}

/// A reference to nothing breaks whatever is generated from the document.
#[tokio::test]
async fn every_reference_leads_somewhere() {
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let document = server.client(Http::One).get("/openapi.json").await.json();
    let mut references = BTreeSet::new();
    collect(&document, &mut references);
    assert!(references.len() > 5, "{references:?}");
    for reference in references {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    server.stop().await;
}

fn collect(value: &Value, references: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, references)),
        Value::Object(members) => {
            if let Some(reference) = members.get("$ref").and_then(Value::as_str) {
                references.insert(reference.to_owned());
            }
            members.values().for_each(|member| collect(member, references));
        }
        _ => {}
    }
}

/// Nothing of the page comes from elsewhere, and it shows every operation, field and status of the document.
#[tokio::test]
async fn the_reference_shows_all_of_the_document() {
    let server = Server::start(&Database::new(Kind::SqliteMemory)).await;
    let client = server.client(Http::One);
    let document = client.get("/openapi.json").await.json();
    let page = client.get("/reference").await.is(StatusCode::OK);
    assert!(page.field("content-security-policy").starts_with("default-src 'none'"));
    let html = String::from_utf8(page.body).unwrap();
    assert_eq!(html.matches("<link").count(), 1);
    for elsewhere in ["<script", "src=", "url(", "@import"] {
        assert!(!html.contains(elsewhere), "{elsewhere}");
    }
    client.get("/reference/style.css").await.is(StatusCode::OK);
    for ((path, method), answered) in documented(&document) {
        if method == "head" {
            continue;
        }
        let id = document["paths"][&path][&method]["operationId"].as_str().unwrap();
        let (_, section) = html.split_once(&format!("<h2 id=\"{id}\">")).expect(id);
        let section = section.split("</section>").next().unwrap().to_lowercase();
        assert!(section.contains(&path), "{id}: {path}");
        for (status, (fields, _)) in answered {
            for named in fields.iter().chain([&status]) {
                assert!(section.contains(&format!("<code>{named}</code>")), "{id}: {named}");
            }
        }
    }
    server.stop().await;
}
