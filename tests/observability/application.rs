//! An application with every kind of answer.

use std::convert::Infallible;
use std::time::{Duration, SystemTime};

use axum::Router;
use axum::body::Body;
use axum::response::{Response, Result};
use axum::routing::{get, put};
use etag_runtime::{
    Conditional, ConditionalLayer, Content, ETag, EntityTag, Evaluate, ForWrite, Preconditions, Rejected, Upsert,
    Validators,
};
use http::header::{ACCEPT_RANGES, CONTENT_RANGE, ETAG};
use http::{HeaderValue, Request, StatusCode};
use serde::Serialize;
use tower::service_fn;

/// What changes the representation, and no state.
#[derive(Clone, Serialize, ETag)]
#[etag(stamp(MoodStamp))]
pub(crate) struct Mood {
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    at: SystemTime,
}

#[derive(Clone, Serialize, ETag)]
#[etag(stamp(NoteStamp))]
pub(crate) struct Note {
    #[etag(version)]
    version: u32,
    #[etag(timestamp)]
    at: SystemTime,
    #[etag(related, guard = false)]
    mood: Mood,
}

#[derive(Serialize, ETag)]
#[etag(reversible)]
pub(crate) struct Row {
    #[etag(version)]
    version: i64,
}

/// When everything was written that is current.
pub(crate) const WRITTEN: &str = "Sun, 06 Nov 1994 08:49:37 GMT";

pub(crate) fn note(version: u32, mood: u32) -> Note {
    let at = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
    Note { version, at, mood: Mood { version: mood, at } }
}

/// What is stored, where something is.
pub(crate) fn current() -> Note {
    note(7, 1)
}

pub(crate) fn row() -> Row {
    Row { version: 7 }
}

/// Current files have this tag.
pub(crate) const FILE: &str = "\"v1\"";

pub(crate) fn application() -> Router {
    Router::new()
        .route("/note", get(show).put(replace).delete(delete).post(create))
        .route("/lazy", get(lazy))
        .route("/new", put(upsert))
        .route("/lost", put(lost).delete(lost_deletion).post(lost_creation))
        .route("/retried", put(retried))
        .route("/applied", put(applied))
        .route("/unread", put(unread))
        .route("/absent", get(async || Rejected::not_found()).put(absent))
        .route("/failing", get(failing))
        .route("/file", get(file))
        .route("/of", get(async || Conditional::of(current())))
        .nest("/layer", layered())
        .route_service("/evaluated", Evaluate::new(service_fn(files)))
}

/// Under the layer that gives tags to what has none.
fn layered() -> Router {
    Router::new()
        .route("/text", get(async || "Hello").post(async || "Hello"))
        .route("/of", get(async || Conditional::of(current())))
        .route(
            "/spawned",
            get(async || {
                let made = std::thread::spawn(|| Conditional::of(current()));
                made.join().unwrap()
            }),
        )
        .layer(ConditionalLayer::new())
}

async fn show(preconditions: Preconditions) -> Conditional<Note> {
    preconditions.respond(current())
}

async fn lazy(preconditions: Preconditions) -> Result<Conditional<Note>> {
    let stamp = async { Ok(NoteStamp::from(&current())) };
    preconditions.respond_lazily(stamp, async { Ok(current()) }).await
}

async fn replace(preconditions: ForWrite) -> Result<Conditional<Note>> {
    Ok(preconditions.guard(Some(current()))?.commit(Some(note(8, 1)))?)
}

async fn delete(preconditions: ForWrite) -> Result<StatusCode> {
    Ok(preconditions.guard(Some(current()))?.commit_deleted(true)?)
}

async fn create(preconditions: Preconditions) -> Result<Conditional<Note>> {
    Ok(preconditions.create()?.commit(Some(note(1, 1)))?.created("/note"))
}

async fn upsert(preconditions: ForWrite) -> Result<Conditional<Note>> {
    match preconditions.upsert::<Note>(None)? {
        Upsert::Create(vacant) => Ok(vacant.commit(Some(note(1, 1)))?),
        Upsert::Replace(_) => unreachable!("there is none"),
    }
}

async fn lost(preconditions: Preconditions) -> Result<Conditional<Note>> {
    let current = preconditions.guard(Some(current()))?;
    let reload = async { Ok::<_, StatusCode>(Some(note(8, 1))) };
    Ok(current.commit_or_reload(None, reload).await??)
}

async fn lost_deletion(preconditions: ForWrite) -> Result<StatusCode> {
    let current = preconditions.guard(Some(current()))?;
    let reload = async { Ok::<_, StatusCode>(None) };
    Ok(current.commit_deleted_or_reload(false, reload).await??)
}

async fn lost_creation(preconditions: Preconditions) -> Result<Conditional<Note>> {
    Ok(preconditions.create()?.commit(None)?)
}

/// Whoever names no version writes on top in the end.
async fn retried(preconditions: Preconditions) -> Result<Conditional<Note>> {
    let lost = preconditions.guard(Some(current()))?.superseded(Some(note(8, 1)));
    assert_eq!(lost.status(), StatusCode::CONFLICT);
    Ok(preconditions.guard(Some(note(8, 1)))?.commit(Some(note(9, 1)))?)
}

async fn applied(preconditions: ForWrite) -> Result<Conditional<Note>> {
    match preconditions.try_guard(Some(current())) {
        Ok(current) => Ok(current.commit(Some(note(8, 1)))?),
        Err(refused) => Ok(refused.unless_applied(|_| true)?),
    }
}

async fn unread(preconditions: Preconditions) -> Result<Conditional<Row>> {
    let permit = preconditions.require().guard_unread::<Row>()?;
    let saved = permit.versions().contains(&7).then_some(Row { version: 8 });
    Ok(permit.commit(saved)?)
}

async fn absent(preconditions: ForWrite) -> Result<Conditional<Note>> {
    Ok(preconditions.guard(None::<Note>)?.commit(None)?)
}

async fn failing(preconditions: Preconditions) -> Response {
    preconditions.respond(current()).render(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn file(preconditions: Preconditions) -> Conditional<Content> {
    let validators = Validators::new().with_entity_tag(EntityTag::strong("v1"));
    preconditions.respond_with_content(validators, Content::from("0123456789"))
}

/// A service that evaluates nothing, and has two octets for whoever wants some.
async fn files(request: Request<Body>) -> Result<Response, Infallible> {
    let wanted = request.headers().get("range").map(|range| range.to_str().unwrap());
    let mut response = Response::new(Body::empty());
    let (status, range, body) = match wanted {
        None => (StatusCode::OK, None, "0123456789"),
        Some("bytes=0-1") => (StatusCode::PARTIAL_CONTENT, Some("bytes 0-1/10"), "01"),
        Some(_) => (StatusCode::RANGE_NOT_SATISFIABLE, Some("bytes */10"), ""),
    };
    *response.status_mut() = status;
    *response.body_mut() = body.into();
    let fields = [(ETAG, Some(FILE)), (ACCEPT_RANGES, Some("bytes")), (CONTENT_RANGE, range)];
    let fields = fields.into_iter().filter_map(|(name, value)| Some((name, HeaderValue::from_static(value?))));
    response.headers_mut().extend(fields);
    Ok(response)
}
