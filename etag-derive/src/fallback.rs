//! What a type with mistakes in its attributes expands to.
//!
//! The trait is implemented anyway: the user should see the mistakes, not the cascade of missing
//! impls and unsatisfied bounds that they would cause wherever the type is used.

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::model::Refusal;

/// The errors, and an impl that is never called because nothing compiles.
pub(crate) fn derive(input: &DeriveInput, refusal: &Refusal) -> TokenStream {
    let errors = refusal.error.to_compile_error();
    // Without a path to the runtime the impl would be one more error.
    let stub = refusal.runtime.as_ref().map(|runtime| {
        let name = &input.ident;
        let (impl_generics, type_generics, where_clause) = input.generics.split_for_impl();
        quote! {
            #[automatically_derived]
            impl #impl_generics #runtime::__private::ETag for #name #type_generics #where_clause {
                // Strong, so that asking for a permit adds no error about strength.
                type Strength = #runtime::__private::Strong;

                fn etag(&self) -> #runtime::__private::EntityTag {
                    ::core::unreachable!()
                }
            }
        }
    });
    quote! {
        #errors
        #stub
    }
}

#[cfg(test)]
mod tests {
    use syn::{DeriveInput, parse_quote};

    use crate::expand::derive;

    fn implements(input: &DeriveInput) -> bool {
        derive(input).to_string().contains("impl")
    }

    #[test]
    fn mistakes_leave_an_impl_unless_the_runtime_is_unknown() {
        assert!(implements(&parse_quote! { struct A(#[etag(versoin)] i64); }));
        assert!(implements(&parse_quote! { #[etag(crate = a, b)] struct A(#[etag(version)] i64); }));
        assert!(implements(&parse_quote! { union A { a: i64 } }));
        assert!(!implements(&parse_quote! { #[etag(crate = "a")] struct A(#[etag(version)] i64); }));
    }
}
