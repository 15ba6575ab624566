//! What a write has to bring.

use axum::extract::FromRequestParts as _;
use etag_runtime::{Current, ETag, ForWrite, Optional, Policy, Preconditions, Reason, Rejected, Upsert, WritePolicy};
use http::{Method, Request};

use crate::request::{Article, Fields, article, now, put, request};

const FAR: &str = "Fri, 01 Jan 2100 00:00:00 GMT";

fn reason<T>(permit: Result<T, Rejected>) -> Option<Reason> {
    permit.err().map(|rejected| rejected.reason())
}

/// The table in the documentation of `Policy`, and the rows that it has no room for.
#[test]
fn changing() {
    use Reason::{MatchRequired, Stale};
    let policies = [Policy::OPTIONAL, Policy::OPTIONAL.refuse_any(), Policy::REQUIRED, Policy::REQUIRED.accept_any()];
    let current = article(1).etag().to_string();
    let (go, required) = (None, Some(MatchRequired));
    #[rustfmt::skip]
    let table: [(Fields<'_>, [Option<Reason>; 4]); 7] = [
        (&[],                                                   [go, go, required, required]),
        (&[("if-match", "*")],                                  [go, required, required, go]),
        (&[("if-match", &current)],                             [go; 4]),
        (&[("if-match", "\"other\"")],                          [Some(Stale); 4]),
        (&[("if-unmodified-since", FAR)],                       [go, go, required, required]),
        (&[("if-match", "*"), ("if-unmodified-since", FAR)],    [go, required, required, go]),
        (&[("if-none-match", "\"other\"")],                     [go, go, required, required]),
    ];
    for (fields, expected) in table {
        let preconditions = request(&Method::PUT, fields);
        for (policy, expected) in policies.into_iter().zip(expected) {
            assert_eq!(reason(preconditions.under(policy).guard(Some(article(1)))), expected, "{fields:?} {policy:?}");
            let routed = preconditions.clone().with_policy(policy);
            assert_eq!(reason(routed.guard(Some(article(1)))), expected, "{fields:?} {policy:?} of the router");
        }
        assert_eq!(reason(preconditions.require().guard(Some(article(1)))), expected[2], "{fields:?}");
    }
}

#[test]
fn creating() {
    use Reason::{Missing, NoneMatchRequired};
    let policies = [Policy::OPTIONAL, Policy::OPTIONAL.refuse_any(), Policy::REQUIRED];
    let (go, required) = (None, Some(NoneMatchRequired));
    #[rustfmt::skip]
    let table: [(Fields<'_>, [Option<Reason>; 3]); 4] = [
        (&[],                               [go, go, required]),
        (&[("if-none-match", "*")],         [go; 3]),
        (&[("if-none-match", "\"other\"")], [go, go, required]),
        (&[("if-match", "*")],              [Some(Missing); 3]),
    ];
    for (fields, expected) in table {
        let preconditions = request(&Method::PUT, fields);
        for (policy, expected) in policies.into_iter().zip(expected) {
            let permits = preconditions.under(policy);
            assert_eq!(reason(permits.create::<Article>()), expected, "{fields:?} {policy:?}");
            assert_eq!(reason(permits.upsert::<Article>(None)), expected, "{fields:?} {policy:?}");
        }
    }
}

#[test]
fn an_upsert_is_the_permit_for_what_there_is() {
    let seen = put(&article(1));
    assert!(matches!(seen.require().upsert(Some(article(1))), Ok(Upsert::Replace(current)) if current.version == 1));
    assert_eq!(reason(seen.require().upsert(Some(article(2)))), Some(Reason::Stale));
    assert_eq!(reason(seen.require().upsert::<Article>(None)), Some(Reason::Missing));
    let absent = request(&Method::PUT, &[("if-none-match", "*")]);
    assert!(matches!(absent.require().upsert::<Article>(None), Ok(Upsert::Create(_))));
    assert_eq!(reason(absent.require().upsert(Some(article(1)))), Some(Reason::Exists));
}

/// 404 goes before 412, and 412 before 428.
#[test]
fn what_is_required_is_asked_for_last() {
    let nothing = request(&Method::PUT, &[]);
    assert_eq!(reason(nothing.require().guard::<Article>(None)), Some(Reason::NotFound));
    let exists = request(&Method::PUT, &[("if-none-match", "*")]);
    assert_eq!(reason(exists.require().guard(Some(article(1)))), Some(Reason::Exists));
}

/// The policy of a router binds what changes something that is there, and nothing else.
#[test]
fn a_router_that_requires_preconditions_lets_read_and_add() {
    for method in [Method::GET, Method::POST] {
        let request = request(&method, &[]).with_policy(Policy::REQUIRED);
        assert_eq!(reason(request.guard(Some(article(1)))), None, "{method}");
        assert_eq!(reason(request.create::<Article>()), None, "{method}");
        assert_eq!(reason(request.require().guard(Some(article(1)))), Some(Reason::MatchRequired), "{method}");
    }
    let delete = request(&Method::DELETE, &[]).with_policy(Policy::REQUIRED);
    assert_eq!(reason(delete.guard(Some(article(1)))), Some(Reason::MatchRequired));
    assert_eq!(reason(delete.under(Policy::OPTIONAL).guard(Some(article(1)))), None);
}

enum AnyWillDo {}

impl WritePolicy for AnyWillDo {
    const POLICY: Policy = Policy::REQUIRED.accept_any();
}

/// As axum makes them, of a request under a policy of its router.
#[test]
fn extractors() {
    let policy_of_the_router = Policy::REQUIRED;
    let parts = |field: Option<&str>| {
        let mut request = Request::put("/").extension(policy_of_the_router);
        if let Some(value) = field {
            request = request.header("if-match", value);
        }
        request.body(()).unwrap().into_parts().0
    };
    let guard = |field: Option<String>| {
        let mut parts = parts(field.as_deref());
        let Ok(preconditions) = now(Preconditions::from_request_parts(&mut parts, &()));
        let Ok(required) = now(ForWrite::<etag_runtime::Required>::from_request_parts(&mut parts, &()));
        let Ok(optional) = now(ForWrite::<Optional>::from_request_parts(&mut parts, &()));
        let Ok(any) = now(ForWrite::<AnyWillDo>::from_request_parts(&mut parts, &()));
        [
            preconditions.guard(Some(article(1))),
            required.guard(Some(article(1))),
            optional.guard(Some(article(1))),
            any.guard(Some(article(1))),
        ]
        .map(|permit| permit.is_ok())
    };
    let check = |field: Option<&str>| {
        let Ok(required) = now(ForWrite::<etag_runtime::Required>::from_request_parts(&mut parts(field), &()));
        assert!(format!("{required:?}").starts_with("ForWrite(Preconditions"), "{required:?}");
        required.check(Current::Present(&article(1).validators())).err().map(|rejected| rejected.reason())
    };
    assert_eq!(check(None), Some(Reason::MatchRequired));
    assert_eq!(check(Some("\"other\"")), Some(Reason::Stale));
    assert_eq!(check(Some(&article(1).etag().to_string())), None);
    assert_eq!(guard(None), [false, false, true, false]);
    assert_eq!(guard(Some("*".into())), [false, false, true, true]);
    assert_eq!(guard(Some(article(1).etag().to_string())), [true; 4]);
    assert_eq!(guard(Some(article(2).etag().to_string())), [false; 4]);
}
