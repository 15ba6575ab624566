//! Successes as responses of an operation, with the representation and its fields.

use std::marker::PhantomData;

use http::StatusCode;
use utoipa::openapi::{ContentBuilder, ResponseBuilder};
use utoipa::{IntoResponses, ToSchema};

use super::refusals::{PreconditionFailed, Responses, key};
use super::{fields, schemas};
use crate::Conditional;

/// `200`: what was there has been changed, and this is what it is now.
#[derive(Debug)]
pub struct Replaced<T>(PhantomData<fn() -> T>);

/// `200` or `201`: what was there has been replaced, or created where nothing was.
#[derive(Debug)]
pub struct Upserted<T>(PhantomData<fn() -> T>);

/// `201`, with `Location`: it has been created ([`Conditional::created`]).
#[derive(Debug)]
pub struct Created<T>(PhantomData<fn() -> T>);

/// `204`: it is there no more.
#[derive(Debug)]
pub enum Deleted {}

/// The answers to a method that reads: `200`, `304`, and `412` to `If-Match` and `If-Unmodified-Since`.
impl<T: ToSchema> IntoResponses for Conditional<T> {
    fn responses() -> Responses {
        let not_modified = ResponseBuilder::new().description("The client has the current representation.");
        let mut responses = PreconditionFailed::responses();
        responses.insert(key(StatusCode::OK), representation::<T>("The representation.").build().into());
        responses.insert(key(StatusCode::NOT_MODIFIED), fields::of_not_modified(not_modified).build().into());
        responses
    }
}

impl<T: ToSchema> IntoResponses for Replaced<T> {
    fn responses() -> Responses {
        let response =
            fields::with_content_location(representation::<T>("It has been changed. This is what it is now."));
        Responses::from([(key(StatusCode::OK), response.build().into())])
    }
}

impl<T: ToSchema> IntoResponses for Upserted<T> {
    fn responses() -> Responses {
        let created =
            fields::with_content_location(representation::<T>("It has been created. This is what it is now."));
        let mut responses = Replaced::<T>::responses();
        responses.insert(key(StatusCode::CREATED), created.build().into());
        responses
    }
}

impl<T: ToSchema> IntoResponses for Created<T> {
    fn responses() -> Responses {
        let response = representation::<T>("It has been created. This is what it is now.");
        let response = fields::with_location(fields::with_content_location(response));
        Responses::from([(key(StatusCode::CREATED), response.build().into())])
    }
}

impl IntoResponses for Deleted {
    fn responses() -> Responses {
        Responses::from([(
            key(StatusCode::NO_CONTENT),
            ResponseBuilder::new().description("It is there no more.").build().into(),
        )])
    }
}

fn representation<T: ToSchema>(description: &str) -> ResponseBuilder {
    let content = ContentBuilder::new().schema(Some(schemas::of::<T>())).build();
    fields::of_representation(ResponseBuilder::new().description(description).content("application/json", content))
}
