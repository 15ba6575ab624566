//! The conditional fields of a request, as parameters of an operation.

use std::marker::PhantomData;

use http::HeaderName;
use http::header::{IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_UNMODIFIED_SINCE};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::{Object, Required as Needed, Type};

use super::fields;
use crate::{ForWrite, Preconditions, Required, WritePolicy};

/// The preconditions and refusals of a PUT that replaces or creates ([`Permits::upsert`](crate::Permits::upsert)): as parameters,
/// `If-Match` and `If-None-Match: *`, of which the policy `P` may require one.
#[derive(Debug)]
pub struct ForUpsert<P = Required>(PhantomData<fn() -> P>);

/// The preconditions and refusals of a method that creates at its target ([`Preconditions::create`](crate::Preconditions::create)):
/// as a parameter, `If-None-Match: *`, which the policy `P` may require.
#[derive(Debug)]
pub struct ForCreation<P = Required>(PhantomData<fn() -> P>);

/// All four, each optional: which of them counts is decided by the method. A policy of the router, which has no type, is not seen here.
impl IntoParams for Preconditions {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            tag(&IF_MATCH, false, "Go on only if this is a current version."),
            tag(&IF_NONE_MATCH, false, "Answer 304 if one of these is the current version."),
            date(&IF_MODIFIED_SINCE, "Answer 304 if nothing has changed since. Ignored where there is If-None-Match."),
            date(&IF_UNMODIFIED_SINCE, "Go on only if nothing has changed since. Ignored where there is If-Match."),
        ]
    }
}

/// `If-Match`, required if the policy asks for one, and what counts besides.
impl<P: WritePolicy> IntoParams for ForWrite<P> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let any = if P::POLICY.refuses_any { "" } else { " `*` stands for any." };
        let if_match = format!("The ETag of the version to change: the write fails if it is no longer current.{any}");
        vec![
            tag(&IF_MATCH, P::POLICY.is_required, &if_match),
            tag(&IF_NONE_MATCH, false, "The write fails if one of these is the current version."),
            date(&IF_UNMODIFIED_SINCE, UNMODIFIED),
        ]
    }
}

impl<P: WritePolicy> IntoParams for ForUpsert<P> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let one = if P::POLICY.is_required { " Either this or the other is required." } else { "" };
        let if_match =
            format!("To replace: the ETag of the version to replace, which fails if it is no longer current.{one}");
        let if_none_match = format!("To create: `*`, which fails if there is something already.{one}");
        vec![
            tag(&IF_MATCH, false, &if_match),
            any(&IF_NONE_MATCH, false, &if_none_match),
            date(&IF_UNMODIFIED_SINCE, UNMODIFIED),
        ]
    }
}

impl<P: WritePolicy> IntoParams for ForCreation<P> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![any(&IF_NONE_MATCH, P::POLICY.is_required, "`*`: the write fails if there is something already.")]
    }
}

const UNMODIFIED: &str = "The write fails if there was a change since. Two changes may share a second: If-Match is exact, and goes before it.";

fn tag(field: &HeaderName, is_required: bool, description: &str) -> Parameter {
    parameter(field, is_required, description, fields::EXAMPLE)
}

fn any(field: &HeaderName, is_required: bool, description: &str) -> Parameter {
    parameter(field, is_required, description, "*")
}

fn date(field: &HeaderName, description: &str) -> Parameter {
    parameter(field, false, description, "Sun, 06 Nov 1994 08:49:37 GMT")
}

/// A text without a pattern: what cannot be read is no error of syntax, but decides what the precondition evaluates to.
fn parameter(field: &HeaderName, is_required: bool, description: &str, example: &str) -> Parameter {
    ParameterBuilder::new()
        .name(fields::name(field))
        .parameter_in(ParameterIn::Header)
        .required(if is_required { Needed::True } else { Needed::False })
        .description(Some(description))
        .schema(Some(Object::with_type(Type::String)))
        .example(Some(example.into()))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Optional;

    #[test]
    fn the_policy_decides_which_fields_are_required() {
        #[rustfmt::skip]
        let table: [(Vec<Parameter>, &[&str]); 7] = [
            (Preconditions::into_params(|| None),           &["If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"]),
            (<ForWrite>::into_params(|| None),              &["If-Match!", "If-None-Match", "If-Unmodified-Since"]),
            (ForWrite::<Optional>::into_params(|| None),    &["If-Match", "If-None-Match", "If-Unmodified-Since"]),
            (<ForUpsert>::into_params(|| None),             &["If-Match", "If-None-Match", "If-Unmodified-Since"]),
            (ForUpsert::<Optional>::into_params(|| None),   &["If-Match", "If-None-Match", "If-Unmodified-Since"]),
            (<ForCreation>::into_params(|| None),           &["If-None-Match!"]),
            (ForCreation::<Optional>::into_params(|| None), &["If-None-Match"]),
        ];
        for (parameters, expected) in table {
            let name = |parameter: Parameter| {
                assert!(parameter.parameter_in == ParameterIn::Header);
                parameter.name + if parameter.required == Needed::True { "!" } else { "" }
            };
            assert_eq!(parameters.into_iter().map(name).collect::<Vec<_>>(), expected);
        }
    }
}
