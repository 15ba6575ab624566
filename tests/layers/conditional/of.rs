//! `Conditional::of`: decided by the layer that it is under, before the model is rendered.

use std::convert::Infallible;
use std::future::ready;

use axum::Router;
use axum::response::IntoResponse;
use axum::routing::{any, get};
use etag_runtime::{Conditional, ConditionalLayer, Preconditions};
use http::header::{
    CACHE_CONTROL, ETAG, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE, LAST_MODIFIED,
};
use http::{HeaderValue, Method, StatusCode};
use tower::{Layer as _, ServiceExt as _, service_fn};

use super::body::content;
use super::note::{CHANGED, Note};
use super::request::{self, Fields, block_on, field, request};

const BEFORE: &str = "Fri, 13 Feb 2009 23:31:29 GMT";

/// A router whose handler knows nothing of the request, without the layer.
fn router(note: &Note) -> Router {
    let note = note.clone();
    Router::new().route("/", get(|| async move { Conditional::of(note) }))
}

#[test]
fn it_is_decided_before_the_model_is_rendered() {
    let tag = Note::tag(7);
    for (condition, value, status, rendered) in
        [(IF_NONE_MATCH, tag.as_str(), 304, 0), (IF_MATCH, "\"other\"", 412, 0), (IF_NONE_MATCH, "\"other\"", 200, 1)]
    {
        let note = Note::new(7);
        let app = router(&note).layer(ConditionalLayer::new());
        let answer = request::get(&app, &[(condition.clone(), value)]);
        assert_eq!(answer.status(), status, "{condition}: {value}");
        assert_eq!(note.rendered(), rendered, "{condition}: {value}");
    }
}

/// Every answer, field for field.
#[test]
fn it_answers_as_the_responder_does() {
    let by_hand = any(|preconditions: Preconditions| async move { preconditions.respond(Note::new(7)) });
    let by_hand = Router::new().route("/", by_hand);
    let ours = any(|| async { Conditional::of(Note::new(7)) });
    let ours = Router::new().route("/", ours).layer(ConditionalLayer::new());
    let tag = Note::tag(7);
    #[rustfmt::skip]
    let conditions: [Fields<'_>; 9] = [
        &[],
        &[(IF_NONE_MATCH, &tag)],
        &[(IF_NONE_MATCH, "*")],
        &[(IF_NONE_MATCH, "\"other\"")],
        &[(IF_MATCH, &tag)],
        &[(IF_MATCH, "\"other\"")],
        &[(IF_MODIFIED_SINCE, CHANGED)],
        &[(IF_MODIFIED_SINCE, BEFORE)],
        &[(IF_UNMODIFIED_SINCE, BEFORE)],
    ];
    for method in ["GET", "HEAD", "QUERY", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "MOVE"] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        for fields in conditions {
            let [ours, by_hand] = [&ours, &by_hand].map(|app| request::send(app, request(&method, "/", fields)));
            assert_eq!(ours.status(), by_hand.status(), "{method} {fields:?}");
            assert_eq!(ours.headers(), by_hand.headers(), "{method} {fields:?}");
            assert_eq!(content(ours.into_body()), content(by_hand.into_body()), "{method} {fields:?}");
        }
    }
}

#[test]
fn without_the_layer_it_is_a_200_with_validators() {
    let tag = Note::tag(7);
    for fields in [vec![], vec![(IF_NONE_MATCH, tag.as_str())], vec![(IF_MATCH, "\"other\"")]] {
        let answer = request::get(&router(&Note::new(7)), &fields);
        assert_eq!(answer.status(), StatusCode::OK, "{fields:?}");
        assert_eq!(field(&answer, ETAG), tag);
        assert_eq!(field(&answer, LAST_MODIFIED), CHANGED);
        assert_eq!(field(&answer, CACHE_CONTROL), "no-cache");
        assert_eq!(content(answer.into_body()), "7");
    }
}

/// What it is made into stays decided: a view is not made, and a status is not set.
#[test]
fn what_follows_is_not_done_for_a_304() {
    let line = HeaderValue::from_static("max-age=60");
    let handler = get(|| async move {
        let view = |_| -> &'static str { panic!("nobody wants it") };
        Conditional::of(Note::new(7)).header(CACHE_CONTROL, line).status(StatusCode::ACCEPTED).map(view)
    });
    let app = Router::new().route("/", handler).layer(ConditionalLayer::new());
    let answer = request::get(&app, &[(IF_NONE_MATCH, &Note::tag(7))]);
    assert_eq!(answer.status(), StatusCode::NOT_MODIFIED);
    assert_eq!(field(&answer, CACHE_CONTROL), "max-age=60");
}

/// A service may have its response before anyone polls.
#[test]
fn it_is_decided_in_a_service_that_answers_when_it_is_called() {
    let note = Note::new(7);
    let service = service_fn(|_| ready(Ok::<_, Infallible>(Conditional::of(note.clone()).into_response())));
    let answer = request::get(&ConditionalLayer::new().layer(service), &[(IF_NONE_MATCH, &Note::tag(7))]);
    assert_eq!((answer.status(), note.rendered()), (StatusCode::NOT_MODIFIED, 0));
}

/// It is polled by others, who do not know of the request: the layer decides on what the handler returns.
#[test]
fn what_a_spawned_task_has_made_is_decided_when_it_is_returned() {
    let handler =
        |note: Note| async move { tokio::spawn(async move { Conditional::of(note).into_response() }).await.unwrap() };
    #[rustfmt::skip]
    let table: [(Fields<'_>, u16); 5] = [
        (&[],                               200),
        (&[(IF_NONE_MATCH, "\"other\"")],   200),
        (&[(IF_NONE_MATCH, &Note::tag(7))], 304),
        (&[(IF_MATCH, "\"other\"")],        412),
        (&[(IF_MODIFIED_SINCE, CHANGED)],   304),
    ];
    for (fields, status) in table {
        let note = Note::new(7);
        let app = Router::new().route(
            "/",
            get({
                let note = note.clone();
                move || handler(note)
            }),
        );
        let answer = block_on(app.layer(ConditionalLayer::new()).oneshot(request(&Method::GET, "/", fields))).unwrap();
        assert_eq!(answer.status(), status, "{fields:?}");
        assert_eq!(field(&answer, ETAG), Note::tag(7), "{fields:?}");
        assert_eq!(note.rendered(), 1, "{fields:?}: in vain");
    }
}
