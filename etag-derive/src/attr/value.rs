//! What may follow a key.

use proc_macro2::TokenStream;
use syn::parse::Parser;
use syn::{LitBool, LitStr, Path};

use super::item::{Item, Value};
use super::nearest::nearest;
use super::{Key, Precision};
use crate::errors::Errors;

/// A key that stands alone.
pub(super) fn word<T>(item: &Item, value: T, errors: &mut Errors) -> Key<T> {
    let name = item.key.clone();
    if !matches!(item.value, Value::Absent) {
        let wrong = format!("`{name}` takes no value");
        errors.push(whole(item), wrong, format_args!("write `{name}` alone"));
        // What was meant is clear all the same, and a role that is missing would be a second error.
    }
    Key { name, value }
}

/// `key = true` or `key = false`.
pub(super) fn flag(item: Item, errors: &mut Errors) -> Option<Key<bool>> {
    if let Value::Assigned(tokens) = &item.value
        && let Ok(literal) = syn::parse2::<LitBool>(tokens.clone())
    {
        return Some(Key { name: item.key, value: literal.value });
    }
    let name = &item.key;
    let wrong = format!("`{name}` takes `true` or `false`");
    errors.push(whole(&item), wrong, format_args!("write `{name} = false`"));
    None
}

/// `key = "unit"`.
pub(super) fn precision(item: Item, errors: &mut Errors) -> Option<Key<Precision>> {
    let name = &item.key;
    let wrong = format!("`{name}` takes {}", Precision::LIST);
    let Value::Assigned(tokens) = &item.value else {
        errors.push(whole(&item), wrong, format_args!("write `{name} = \"millis\"`"));
        return None;
    };
    let quoted = syn::parse2::<LitStr>(tokens.clone()).ok().map(|text| text.value());
    let written = quoted.clone().unwrap_or_else(|| tokens.to_string());
    let known = Precision::ALL.iter().find(|(unit, _)| *unit == written);
    if let (Some(_), Some((_, value))) = (quoted, known) {
        return Some(Key { name: item.key, value: *value });
    }
    let meant = known.map(|(unit, _)| *unit).or_else(|| nearest(&written, &Precision::ALL.map(|(unit, _)| unit)));
    errors.push(tokens, wrong, format_args!("write `{name} = {:?}`", meant.unwrap_or("millis")));
    None
}

/// `key = some::path`.
pub(super) fn path(item: Item, errors: &mut Errors) -> Option<Key<Path>> {
    let name = &item.key;
    let wrong = format!("`{name}` takes the path of the crate `etag_runtime`");
    if let Value::Assigned(tokens) = &item.value {
        if let Ok(value) = Path::parse_mod_style.parse2(tokens.clone()) {
            return Some(Key { name: item.key, value });
        }
        if let Ok(quoted) = syn::parse2::<LitStr>(tokens.clone()) {
            let help = format!("write it without quotes: `{name} = {}`", quoted.value());
            errors.push(quoted, wrong, help);
            return None;
        }
    }
    errors.push(whole(&item), wrong, format_args!("write `{name} = ::etag_runtime`"));
    None
}

/// The tokens of an item, for an error that concerns all of it.
fn whole(item: &Item) -> TokenStream {
    let mut tokens = TokenStream::from(proc_macro2::TokenTree::from(item.key.clone()));
    tokens.extend(item.argument().cloned());
    tokens
}
