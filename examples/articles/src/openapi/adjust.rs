//! What this server does in particular, in a document that describes what the toolkit may do.

use utoipa::Modify;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::{OpenApi, RefOr, Response};

/// Leaves out fields that no response has, and adds HEAD.
pub(super) struct Adjust;

impl Modify for Adjust {
    fn modify(&self, api: &mut OpenApi) {
        for (path, item) in &mut api.paths.paths {
            let writes = [&mut item.put, &mut item.post, &mut item.patch, &mut item.delete].into_iter().flatten();
            for operation in writes {
                // The second of a write is not over when it is answered.
                keep_dates(operation, path, "412");
            }
            if let Some(get) = &mut item.get {
                // A 304 names the tag alone, as everything here has one.
                keep_dates(get, path, "200 412");
            }
            add_head(item);
        }
    }
}

/// Leaves `Last-Modified` to these statuses, if what is at the path has a date: comments can go without a trace, and so
/// can what a page lists; files have none. There is one representation of everything, and no `Vary`.
fn keep_dates(operation: &mut Operation, path: &str, statuses: &str) {
    let has_dates = path.starts_with("/api/authors/");
    for (status, response) in &mut operation.responses.responses {
        let RefOr::T(response) = response else { continue };
        response.headers.remove("Vary");
        if !has_dates || !statuses.contains(status) {
            response.headers.remove("Last-Modified");
        }
    }
}

/// The responses of an operation; none of ours is a reference.
pub(super) fn responses(operation: &mut Operation) -> impl Iterator<Item = &mut Response> {
    operation.responses.responses.values_mut().filter_map(|response| match response {
        RefOr::T(response) => Some(response),
        RefOr::Ref(_) => None,
    })
}

/// HEAD answers as GET does, without content (RFC 9110 § 9.3.2).
fn add_head(item: &mut PathItem) {
    let Some(get) = &item.get else { return };
    let mut head = get.clone();
    head.operation_id = head.operation_id.map(|id| format!("head_{id}"));
    responses(&mut head).for_each(|response| response.content.clear());
    item.head = Some(head);
}
