use super::*;

/// What an alert is written for is what a client reads.
#[test]
fn a_refusal_has_the_last_word_of_its_problem_type() {
    use Reason::{
        Conflict, Exists, Malformed, MatchRequired, Missing, NoneMatchRequired, NotAcceptable, NotFound,
        RangeNotSatisfiable, Stale, Weak,
    };
    let reasons = [
        NotFound,
        NotAcceptable,
        Stale,
        Conflict,
        Exists,
        Missing,
        Malformed,
        Weak,
        RangeNotSatisfiable,
        MatchRequired,
        NoneMatchRequired,
    ];
    for reason in reasons {
        let word = format!("\"reason\":\"{}\"", Outcome::Refused(reason));
        assert!(reason.problem().contains(&word), "{reason:?}: {word}");
    }
}
