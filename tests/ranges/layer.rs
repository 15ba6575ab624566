//! `EvaluateLayer` around services that answer, change and refuse as they are told.

use axum::body::Body;
use etag_runtime::Evaluate;
use http::header::{
    CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, ETAG, HeaderName, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH,
    IF_RANGE, IF_UNMODIFIED_SINCE, LAST_MODIFIED, RANGE, VARY,
};
use http::{Method, Request, Response};
use tower::ServiceExt as _;

use crate::told::{Bodies, CHANGED, Fields, Seen, Told, ask, plain, status, version};

const REST: (HeaderName, &str) = (RANGE, "bytes=6-");

#[test]
fn the_service_sees_no_condition() {
    let all = [IF_MATCH, IF_NONE_MATCH, IF_MODIFIED_SINCE, IF_UNMODIFIED_SINCE, IF_RANGE];
    let mut fields: Vec<_> = all.iter().map(|name| (name.clone(), "\"a\"")).collect();
    fields.push((http::header::ACCEPT, "text/html"));
    let (_, seen) = ask(&Method::GET, &fields, plain);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].keys().collect::<Vec<_>>(), [http::header::ACCEPT]);
}

#[test]
fn conditions_are_evaluated_as_everywhere() {
    #[rustfmt::skip]
    let table: [(Fields<'_>, u16); 16] = [
        (&[],                                                            200),
        (&[(IF_NONE_MATCH, "\"a\"")],                                    304),
        (&[(IF_NONE_MATCH, "\"b\""), (IF_NONE_MATCH, "W/\"a\"")],        304),
        (&[(IF_NONE_MATCH, "\"b\"")],                                    200),
        (&[(IF_NONE_MATCH, "*")],                                        304),
        (&[(IF_NONE_MATCH, "\"b\""), (IF_MODIFIED_SINCE, CHANGED)],      200),
        (&[(IF_MODIFIED_SINCE, CHANGED)],                                304),
        (&[(IF_MODIFIED_SINCE, "Sunday, 06-Nov-94 08:49:37 GMT")],       304),
        (&[(IF_MATCH, "\"b\""), (IF_MATCH, "\"a\"")],                    200),
        (&[(IF_MATCH, "W/\"a\"")],                                       412),
        (&[(IF_MATCH, "a")],                                             412),
        (&[(IF_MATCH, "\"b\""), (IF_UNMODIFIED_SINCE, CHANGED)],         412),
        (&[(IF_UNMODIFIED_SINCE, "Sun, 06 Nov 1994 08:49:36 GMT")],      412),
        (&[REST],                                                        206),
        (&[REST, (IF_NONE_MATCH, "\"a\"")],                              304),
        (&[REST, (IF_MATCH, "\"b\"")],                                   412),
    ];
    for (fields, expected) in table {
        assert_eq!(status(fields, plain), expected, "{fields:?}");
        if !fields.contains(&REST) {
            assert_eq!(ask(&Method::HEAD, fields, plain).0.status, expected, "HEAD {fields:?}");
        }
    }
}

#[test]
fn what_is_there_without_a_tag_is_there() {
    let untagged = |_: &Request<Body>, _: usize| Response::new(Body::from("something"));
    assert_eq!(status(&[(IF_MATCH, "*")], untagged), 200);
    assert_eq!(status(&[(IF_NONE_MATCH, "*")], untagged), 304);
    assert_eq!(status(&[(IF_MATCH, "\"a\"")], untagged), 412);
    let twice = |_: &Request<Body>, _: usize| {
        Response::builder().header(ETAG, "\"a\"").header(ETAG, "\"b\"").body(Body::empty()).unwrap()
    };
    assert_eq!(status(&[(IF_NONE_MATCH, "\"a\"")], twice), 200);
}

#[test]
fn a_304_and_a_412_say_what_they_have_to() {
    let (not_modified, _) = ask(&Method::GET, &[REST, (IF_NONE_MATCH, "\"a\"")], plain);
    assert_eq!((not_modified.text(&ETAG), not_modified.text(&VARY)), (Some("\"a\""), Some("cookie")));
    assert_eq!(not_modified.text(&CACHE_CONTROL), Some("no-cache"));
    for name in [CONTENT_RANGE, CONTENT_LENGTH, LAST_MODIFIED] {
        assert_eq!(not_modified.text(&name), None, "{name}");
    }
    let (failed, _) = ask(&Method::GET, &[(IF_MATCH, "\"b\"")], plain);
    assert_eq!((failed.text(&ETAG), failed.text(&CACHE_CONTROL)), (Some("\"a\""), Some("no-store")));
    assert!(std::str::from_utf8(&failed.body).unwrap().contains("#stale"));
}

/// § 13.2.1: what is no success goes before any condition.
#[test]
fn what_is_no_success_passes() {
    for code in [404, 307, 403, 500, 304] {
        let refuse = move |_: &Request<Body>, _: usize| {
            Response::builder().status(code).header(ETAG, "\"a\"").body(Body::from("why")).unwrap()
        };
        let (answer, seen) = ask(&Method::GET, &[REST, (IF_RANGE, "\"b\""), (IF_MATCH, "\"b\"")], refuse);
        assert_eq!((answer.status.as_u16(), &*answer.body, seen.len()), (code, &b"why"[..], 1));
        assert_eq!((answer.text(&ETAG), answer.text(&CACHE_CONTROL)), (Some("\"a\""), None), "untouched");
    }
}

#[test]
fn methods_that_may_change_something_pass_as_they_are() {
    let fields = [(IF_MATCH, "\"b\""), (IF_NONE_MATCH, "\"a\""), (IF_RANGE, "\"b\""), (RANGE, "bytes=99-")];
    let done = |_: &Request<Body>, _: usize| Response::builder().header(ETAG, "\"a\"").body("done".into()).unwrap();
    for method in [Method::PUT, Method::POST, Method::DELETE, Method::PATCH, Method::OPTIONS] {
        let (answer, seen) = ask(&method, &fields, done);
        assert_eq!((answer.status.as_u16(), &*answer.body), (200, &b"done"[..]), "{method}");
        assert_eq!((seen.len(), seen[0].len(), answer.headers.len()), (1, 4, 1), "{method}");
    }
}

#[test]
fn a_range_is_taken_off_a_head() {
    let (answer, seen) = ask(&Method::HEAD, &[(RANGE, "bytes=99-"), (IF_RANGE, "\"a\"")], plain);
    assert_eq!((answer.status.as_u16(), answer.text(&CONTENT_RANGE)), (200, None));
    assert!(seen[0].is_empty());
}

#[test]
fn a_part_of_the_version_that_the_client_has_takes_one_call() {
    for if_range in ["\"a\"", CHANGED] {
        let (answer, seen) = ask(&Method::GET, &[REST, (IF_RANGE, if_range)], plain);
        assert_eq!((answer.status.as_u16(), &*answer.body, seen.len()), (206, &b"aaaa"[..], 1), "{if_range}");
    }
}

#[test]
fn a_part_of_another_version_is_not_sent() {
    for if_range in ["\"b\"", "W/\"a\"", "*", "a", "", "Sun, 06 Nov 1994 08:49:38 GMT"] {
        let (answer, seen) = ask(&Method::GET, &[REST, (IF_RANGE, if_range)], plain);
        assert_eq!((answer.status.as_u16(), &*answer.body), (200, &b"aaaaaaaaaa"[..]), "{if_range}");
        assert_eq!((seen.len(), seen[0].contains_key(RANGE), seen[1].contains_key(RANGE)), (2, true, false));
    }
    // Without a validator of its own, a part is one of nobody knows what.
    let untagged = |request: &Request<Body>, number: usize| {
        let mut response = plain(request, number);
        response.headers_mut().remove(ETAG);
        response
    };
    assert_eq!(status(&[REST, (IF_RANGE, "\"a\"")], untagged), 200);
}

/// Each answer is judged by the validators that it comes with, so that it does not matter when the change is.
#[test]
fn a_change_between_two_calls_is_no_splice() {
    let changing = |request: &Request<Body>, number: usize| version(["b", "c"][number - 1], request);
    let (answer, _) = ask(&Method::GET, &[REST, (IF_RANGE, "\"a\"")], changing);
    assert_eq!((answer.status.as_u16(), answer.text(&ETAG), &*answer.body), (200, Some("\"c\""), &b"cccccccccc"[..]));
    // What the client has begun with is there again, but it is all of it that has been asked for by now.
    let (answer, _) = ask(&Method::GET, &[REST, (IF_RANGE, "\"c\"")], changing);
    assert_eq!((answer.status.as_u16(), &*answer.body), (200, &b"cccccccccc"[..]));
    // The other conditions, too, are those of what is sent.
    assert_eq!(status(&[REST, (IF_RANGE, "\"a\""), (IF_NONE_MATCH, "\"c\"")], changing), 304);
    assert_eq!(status(&[REST, (IF_RANGE, "\"a\""), (IF_MATCH, "\"b\"")], changing), 412);
}

#[test]
fn a_416_is_sent_only_to_who_has_asked_for_that_version() {
    let far = (RANGE, "bytes=99-");
    #[rustfmt::skip]
    let table: [(Fields<'_>, u16, usize); 10] = [
        (std::slice::from_ref(&far),              416, 1),
        (&[far.clone(), (IF_RANGE, "\"a\"")],     416, 2),
        (&[far.clone(), (IF_RANGE, "\"b\"")],     200, 2),
        (&[far.clone(), (IF_NONE_MATCH, "\"a\"")], 304, 2),
        (&[far.clone(), (IF_NONE_MATCH, "\"b\"")], 416, 2),
        (&[far.clone(), (IF_MATCH, "\"b\"")],     412, 2),
        (&[far.clone(), (IF_MATCH, "\"a\"")],     416, 2),
        // These the service may not, or need not, refuse.
        (&[(RANGE, "items=0-3")],                 200, 2),
        (&[(RANGE, "bytes=0-1,4-5")],             200, 2),
        (&[far.clone(), far.clone()],             200, 2),
    ];
    for (fields, expected, calls) in table {
        let (answer, seen) = ask(&Method::GET, fields, plain);
        assert_eq!((answer.status.as_u16(), seen.len()), (expected, calls), "{fields:?}");
        if expected == 416 {
            assert_eq!(answer.text(&CONTENT_RANGE), Some("bytes */10"), "{fields:?}");
        }
    }
    let gone = |request: &Request<Body>, number: usize| match number {
        1 => plain(request, number),
        _ => Response::builder().status(404).body(Body::empty()).unwrap(),
    };
    assert_eq!(status(&[far, (IF_RANGE, "\"a\"")], gone), 404);
}

#[test]
fn what_is_not_sent_is_dropped_unread() {
    let bodies = Bodies::default();
    let counting = {
        let bodies = bodies.clone();
        move |request: &Request<Body>, _: usize| {
            assert_eq!(bodies.alive(), 0, "the first body is dropped before the second call");
            plain(request, 0).map(|_| bodies.body())
        }
    };
    assert_eq!(status(&[(IF_NONE_MATCH, "\"a\"")], counting.clone()), 304);
    assert_eq!(status(&[(IF_MATCH, "\"b\"")], counting.clone()), 412);
    assert_eq!((bodies.reads(), bodies.alive()), (0, 0));
    assert_eq!(status(&[REST, (IF_RANGE, "\"b\"")], counting), 200);
    assert_eq!((bodies.reads(), bodies.alive()), (1, 0));
}

/// A GET may have a content, although it means nothing. There is only one of it.
#[test]
fn the_second_request_is_the_first_without_range_and_content() {
    #[derive(Clone)]
    struct User;
    let seen = Seen::default();
    let service = |request: &Request<Body>, number: usize| {
        assert!(request.extensions().get::<User>().is_some());
        assert_eq!((request.uri().path(), request.version()), ("/a", http::Version::HTTP_2));
        plain(request, number)
    };
    let service = Evaluate::new(Told::new(service, seen.clone()));
    let request = Request::get("/a").version(http::Version::HTTP_2).extension(User);
    let request = request.header(RANGE, "bytes=6-").header(IF_RANGE, "\"b\"").header(CONTENT_LENGTH, "4");
    let request = request.header("cookie", "a=1").body(Body::from("why?")).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let Ok(response) = runtime.block_on(service.oneshot(request));
    assert_eq!(response.status(), 200);
    let seen = seen.lock().unwrap();
    assert_eq!(seen[1].keys().collect::<Vec<_>>(), ["cookie"]);
}

/// § 8.8.2.1: what may change again in the same second, and then keep its date, has none yet.
#[test]
fn a_date_of_this_second_is_not_sent() {
    let future = |_: &Request<Body>, _: usize| {
        let response = Response::builder().header(ETAG, "\"a\"").header(LAST_MODIFIED, "Fri, 31 Dec 9999 23:59:59 GMT");
        response.body(Body::empty()).unwrap()
    };
    assert_eq!(ask(&Method::GET, &[], future).0.text(&LAST_MODIFIED), None);
    assert_eq!(ask(&Method::GET, &[], plain).0.text(&LAST_MODIFIED), Some(CHANGED));
}
