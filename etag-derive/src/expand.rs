//! From the model to tokens. Nothing here can fail.

mod checks;
mod closed;
mod etag;
mod parts;
mod reversible;
mod schema;
mod stamp;
mod within;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use self::closed::Closed;
use self::etag::Constants;
use crate::bounds::Bounded;
use crate::fallback::{self, Header};
use crate::model::Model;

/// The whole expansion of the derive, also for what is no type yet.
pub(crate) fn derive_tokens(tokens: TokenStream) -> TokenStream {
    let error = match syn::parse2(tokens.clone()) {
        Ok(input) => return derive(&input),
        Err(error) => error,
    };
    match syn::parse2::<Header>(tokens) {
        Ok(header) => fallback::derive(&header, &error),
        Err(_) => error.to_compile_error(),
    }
}

pub(crate) fn derive(input: &DeriveInput) -> TokenStream {
    match Model::from_input(input) {
        Ok(model) => implement(&model),
        Err(error) => fallback::derive(&Header::new(input), &error),
    }
}

/// Expands to:
///
/// ```text
/// const _: () = {
///     use ::etag_runtime::__private as __etag;
///     use __etag::Otherwise as _;
///     impl __etag::ETag for Article { … }
///     impl __etag::ETag for ArticleStamp { … }     // if one is asked for
///     impl __etag::Stamped for Article { … }
///     const _: () = { … };                         // one for each field that may be a mistake
/// };
/// pub(crate) struct ArticleStamp { … }
/// ```
fn implement(model: &Model<'_>) -> TokenStream {
    let runtime = &model.runtime;
    let closed = Closed::new(model);
    let bounded = Bounded::new(model);
    let constants = Constants::new(model, &closed, &bounded);
    let implementation = etag::implementation(model, &bounded.generics, &constants);
    let (stamp, of_stamp) = stamp::stamp(model, &bounded.generics, &constants).unzip();
    let refusals = checks::refusals(model, &closed);
    // What `Probe` answers where its own constants do not exist.
    let may_probe = !refusals.is_empty() || model.relations().next().is_some();
    let otherwise = may_probe.then(|| quote! { use __etag::Otherwise as _; });
    quote! {
        #[allow(deprecated, unused_qualifications, clippy::absolute_paths)]
        const _: () = {
            use #runtime::__private as __etag;
            #otherwise
            #implementation
            #of_stamp
            #refusals
        };
        #stamp
    }
}

#[cfg(test)]
mod tests;
