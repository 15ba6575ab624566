//! Requests to a router without sockets: the toolkit against handlers written by hand.
//!
//! ```text
//! Scenario ─┬─entrants───────▶ a route each ──▶ Router ──▶ groups, for the harness
//!           └─over_loopback──▶ a route each ──▶ server, for a load generator
//! ```

mod article;
mod body_hash;
mod constant;
mod exchange;
mod expert;
mod hand_written;
mod reversible;
mod toolkit;
mod typed_headers;

use axum::Router;
use axum::routing::MethodRouter;
use http::StatusCode;

pub(crate) use self::exchange::Exchange;
use self::hand_written::{Hashed, Plain};
use crate::harness::{Contender, Group, other, ours};

/// What a client asks for, and what it gets.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Scenario {
    /// GET with the current tag.
    NotModified,
    /// GET with an old tag.
    Ok,
    /// The same of an article without a text.
    ShortOk,
    /// PUT with an old tag.
    Stale,
    /// PUT with the current tag.
    Replaced,
}

/// One way to answer.
pub(crate) struct Entrant {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) route: MethodRouter,
}

impl Scenario {
    pub(crate) const ALL: [Scenario; 5] =
        [Scenario::NotModified, Scenario::Ok, Scenario::ShortOk, Scenario::Stale, Scenario::Replaced];

    pub(crate) const fn key(self) -> &'static str {
        match self {
            Scenario::NotModified => "304",
            Scenario::Ok => "200",
            Scenario::ShortOk => "200-short",
            Scenario::Stale => "412",
            Scenario::Replaced => "put",
        }
    }

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Scenario::NotModified => "304 to a GET",
            Scenario::Ok => "200 to a GET, 2 KB",
            Scenario::ShortOk => "200 to a GET, 60 octets",
            Scenario::Stale => "412 to a stale PUT of 2 KB",
            Scenario::Replaced => "200 to a PUT of 2 KB",
        }
    }

    /// The toolkit and what it is compared with; first what its target is about.
    pub(crate) fn entrants(self) -> Vec<Entrant> {
        let constant = Entrant { key: "constant", name: "a constant answer (the floor)", route: constant::route(self) };
        let expert = Entrant { key: "expert", name: "an expert's handler", route: expert::route::<Plain>() };
        let hashed = expert::route::<Hashed>();
        let rest = [
            Entrant { key: "hashed", name: "an expert's handler whose tag is a hash", route: hashed },
            Entrant { key: "toolkit", name: "the toolkit", route: toolkit::route() },
            Entrant { key: "reversible", name: "the toolkit, whose tag shows the version", route: reversible::route() },
            Entrant { key: "headers", name: "axum-extra and headers", route: typed_headers::route() },
            Entrant { key: "hash", name: "SHA-256 of the body", route: body_hash::route() },
        ];
        let mut entrants = if self == Scenario::Stale { vec![constant, expert] } else { vec![expert, constant] };
        entrants.extend(rest);
        if self == Scenario::Stale {
            let name = "the toolkit, after Json has parsed the body";
            entrants.push(Entrant { key: "parsed", name, route: toolkit::parsing_first() });
        }
        entrants
    }

    /// Those of them that differ by more than a socket hides.
    pub(crate) fn over_loopback(self) -> Vec<Entrant> {
        let mut entrants = self.entrants();
        entrants.retain(|entrant| !matches!(entrant.key, "hashed" | "reversible"));
        entrants
    }
}

/// All scenarios.
pub(crate) fn groups() -> Vec<Group> {
    Scenario::ALL.map(group).into()
}

fn group(scenario: Scenario) -> Group {
    let contend = |Entrant { key, name, route }| {
        let router = Router::new().route("/articles/{id}", route);
        let exchange = Exchange::of(scenario, &router, "/articles");
        let job = move || exchange.send(&router);
        if matches!(key, "toolkit" | "reversible") { ours(key, name, job) } else { other(key, name, job) }
    };
    let mut contenders: Vec<Contender> = scenario.entrants().into_iter().map(contend).collect();
    if scenario == Scenario::NotModified {
        contenders.push(unconditional());
    }
    Group { key: scenario.key().into(), title: scenario.title().into(), contenders }
}

/// The request of the shortest `200`, to a handler that does not look at its tag.
fn unconditional() -> Contender {
    let expert = Router::new().route("/articles/{id}", expert::route::<Plain>());
    let exchange = Exchange { status: StatusCode::OK, ..Exchange::of(Scenario::ShortOk, &expert, "/articles") };
    let router = Router::new().route("/articles/{id}", constant::unconditional());
    other("unconditional", "200 without conditionals, 60 octets", move || exchange.send(&router))
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use axum::body::to_bytes;
    use futures_util::FutureExt as _;
    use http::header::CONTENT_LENGTH;

    use super::*;

    /// Otherwise it would not be the same work.
    #[test]
    fn contenders_give_the_same_answer_but_for_the_tag() {
        for scenario in Scenario::ALL {
            let mut answers = scenario.entrants().into_iter().map(|Entrant { key, route, .. }| {
                let router = Router::new().route("/articles/{id}", route);
                let (parts, body) = Exchange::of(scenario, &router, "/articles").send(&router).into_parts();
                let mut names: HashSet<_> = parts.headers.into_iter().filter_map(|(name, _)| name).collect();
                // hyper writes what is not there.
                names.remove(&CONTENT_LENGTH);
                let body = to_bytes(body, usize::MAX).now_or_never().and_then(Result::ok);
                // A constant answer to a PUT has not read it.
                (key, (names, body.filter(|_| scenario != Scenario::Replaced || key != "constant")))
            });
            let (_, expected) = answers.next().unwrap();
            for (key, (names, body)) in answers {
                assert_eq!(names, expected.0, "{}/{key}", scenario.key());
                if body.is_some() {
                    assert_eq!(body, expected.1, "{}/{key}", scenario.key());
                }
            }
        }
    }
}
