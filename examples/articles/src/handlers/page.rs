//! The list of all articles, page by page.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use etag_runtime::{Conditional, Preconditions};
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::model::Page;
use crate::problem::Problem;
use crate::store::Store;

/// Which part of the list.
#[derive(Debug, Deserialize)]
#[serde(default)]
pub(crate) struct Part {
    page: u32,
    per_page: u32,
}

impl Default for Part {
    fn default() -> Part {
        Part { page: 1, per_page: 20 }
    }
}

/// `GET`, `HEAD`: `304` or the page.
pub(crate) async fn show(
    State(store): State<Store>,
    preconditions: Preconditions,
    part: std::result::Result<Query<Part>, QueryRejection>,
) -> Result<Conditional<Page>> {
    let Query(Part { page, per_page }) = part?;
    if page == 0 || !(1..=100).contains(&per_page) {
        let detail = "`page` is a number from 1, and `per_page` one from 1 to 100.";
        return Err(Error::Refused(Problem::new(StatusCode::BAD_REQUEST, detail)));
    }
    Ok(preconditions.respond(store.page(page, per_page).await?))
}
