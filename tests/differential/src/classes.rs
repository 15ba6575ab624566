//! Requests that are answered differently, sorted into classes.

use etag_oracle::Rule;

use crate::outcome::{Opinion, Outcome};
use crate::request::Request;

/// A request, and what everyone says about it.
pub(crate) struct Observation {
    pub(crate) request: Request,
    pub(crate) opinion: Opinion,
    /// In the order of the servers. `None` was not asked.
    pub(crate) answers: Vec<Option<Outcome>>,
}

/// Requests that one rule decides, and that each server answers in one way.
pub(crate) struct Class {
    /// The simplest request.
    pub(crate) request: Request,
    pub(crate) rule: &'static Rule,
    pub(crate) outcomes: Vec<Outcome>,
    pub(crate) answers: Vec<Option<Outcome>>,
    pub(crate) size: usize,
}

impl Observation {
    /// Whether somebody answers in another way than somebody else, or than the RFC.
    fn differs(&self) -> bool {
        let answers: Vec<Outcome> = self.answers.iter().flatten().copied().collect();
        let different = answers.windows(2).any(|pair| pair[0] != pair[1]);
        different || answers.iter().any(|answer| !self.opinion.outcomes.contains(answer))
    }

    fn asked(&self) -> usize {
        self.answers.iter().flatten().count()
    }

    fn belongs_to(&self, class: &Class) -> bool {
        let agree =
            |(one, other): (&Option<Outcome>, &Option<Outcome>)| one.is_none() || other.is_none() || one == other;
        std::ptr::eq(self.opinion.rule, class.rule)
            && self.request.transfers() == class.request.transfers()
            && self.opinion.outcomes == class.outcomes
            && self.answers.iter().zip(&class.answers).all(agree)
    }
}

/// The classes in the order of the rules. An example is one that as many servers as possible were asked, and of equally
/// simple ones the first.
pub(crate) fn of(observations: &[Observation]) -> Vec<Class> {
    let mut different: Vec<&Observation> = observations.iter().filter(|observation| observation.differs()).collect();
    different.sort_by_key(|observation| (std::cmp::Reverse(observation.asked()), observation.request.complexity()));
    let mut classes: Vec<Class> = Vec::new();
    for observation in different {
        match classes.iter_mut().find(|class| observation.belongs_to(class)) {
            Some(class) => class.size += 1,
            None => classes.push(Class {
                request: observation.request.clone(),
                rule: observation.opinion.rule,
                outcomes: observation.opinion.outcomes.clone(),
                answers: observation.answers.clone(),
                size: 1,
            }),
        }
    }
    let place = |class: &Class| etag_oracle::RULES.iter().position(|rule| std::ptr::eq(rule, class.rule));
    classes.sort_by_key(|class| {
        (place(class), !class.request.transfers(), std::cmp::Reverse(class.size), class.request.complexity())
    });
    classes
}

#[cfg(test)]
mod tests {
    use etag_oracle::Field;

    use super::*;
    use crate::outcome::opinion;
    use crate::resource::Resource;

    fn observation(lines: &[&str], answers: [Option<Outcome>; 3]) -> Observation {
        let resource = Resource { exists: true, tag: None, modified: None };
        let lines = lines.iter().map(|line| (Field::IfMatch, line.as_bytes().to_vec())).collect();
        let request = Request { method: "PUT".to_owned(), resource, lines };
        Observation { opinion: opinion(&request), request, answers: answers.into() }
    }

    #[test]
    fn answers_that_do_not_contradict_each_other_are_of_one_class() {
        let (failed, performed) = (Some(Outcome::PreconditionFailed), Some(Outcome::Success));
        let classes = of(&[
            observation(&["\"a\"", "\"b\""], [failed, performed, failed]),
            observation(&["\"c\""], [failed, performed, None]),
            observation(&["\"d\""], [failed, performed, failed]),
            observation(&["\"e\""], [performed, performed, None]),
            observation(&["\"f\""], [failed, failed, failed]),
        ]);
        let seen: Vec<(usize, &[u8])> = classes.iter().map(|class| (class.size, &*class.request.lines[0].1)).collect();
        assert_eq!(seen, [(3, &b"\"d\""[..]), (1, b"\"e\"")]);
    }
}
