//! `COLUMNS`: the fields as a query names them.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Generics;

use super::fields::{Kept, KeptGroup};
use crate::model::{Model, NamedStamp, Role};

/// Expands to:
///
/// ```text
/// impl ArticleStamp {
///     #[doc = "…"]
///     pub(crate) const COLUMNS: &'static str = "a.id, a.version, a.modified AS \"updated_at\"";
/// }
/// ```
///
/// Nothing if there are none: what is related is no column of the table.
pub(super) fn columns(
    model: &Model<'_>,
    stamp: &NamedStamp,
    groups: &[KeptGroup<'_, '_>],
    generics: &Generics,
) -> Option<TokenStream> {
    let fields = groups.iter().filter(|_| model.body.is_table()).flat_map(|group| &group.fields);
    let columns: Vec<_> = fields.filter_map(|kept| column(kept, stamp.alias.as_deref())).collect();
    if columns.is_empty() {
        return None;
    }
    let columns = columns.join(", ");
    let (name, visibility) = (&stamp.name, model.visibility);
    let (impl_generics, type_generics, where_clause) = generics.split_for_impl();
    let doc =
        format!("The columns of the fields, as they follow `SELECT`: `{columns}`. What is related is none of them.");
    Some(quote! {
        impl #impl_generics #name #type_generics #where_clause {
            #[doc = #doc]
            #[allow(dead_code)]
            #visibility const COLUMNS: &'static ::core::primitive::str = #columns;
        }
    })
}

/// `version`, or `a.modified AS "updated_at"`, in quotes since a field may be called what is a word of SQL.
fn column(kept: &Kept<'_, '_>, alias: Option<&str>) -> Option<String> {
    if matches!(kept.field.role, Role::Related(_)) {
        return None;
    }
    let name = kept.name();
    let column = kept.field.on_stamp.column.as_ref().map(|column| column.value.trim());
    let mut text = alias.map(|alias| format!("{alias}.")).unwrap_or_default();
    match column {
        Some(column) if column != name => text.extend([column, " AS \"", &name, "\""]),
        Some(_) | None => text.push_str(&name),
    }
    Some(text)
}
