//! What may follow a key.

use proc_macro2::{Span, TokenStream};
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{Expr, ExprPath, LitBool, LitStr, Path, Token, WherePredicate, parse_quote};

use super::item::{Item, Value};
use super::nearest::meant;
use super::{Key, Precision};
use crate::errors::Errors;

/// A key that stands alone.
pub(super) fn word<T>(item: &Item, value: T, errors: &mut Errors) -> Key<T> {
    let name = item.key.clone();
    if !matches!(item.value, Value::Absent) {
        let wrong = format!("`{name}` takes no value");
        let help = match &item.value {
            Value::Listed(options) if !options.is_empty() => {
                format!("its options stand beside it: `{name}, {options}`")
            }
            _ => format!("write `{name}` alone"),
        };
        errors.push(whole(item), wrong, help);
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
    let likely = known.map(|(unit, _)| *unit).or_else(|| meant(&written, &Precision::ALL.map(|(unit, _)| unit)));
    errors.push(tokens, wrong, format_args!("write `{name} = {:?}`", likely.unwrap_or("millis")));
    None
}

/// `key = some::function`.
pub(super) fn function(item: &Item, errors: &mut Errors) -> Key<ExprPath> {
    let name = item.key.clone();
    let wrong = format!("`{name}` takes the path of a function from `&` the field to what is hashed");
    let path = item.argument().and_then(|tokens| syn::parse2::<ExprPath>(tokens.clone()).ok());
    match (path, &item.value) {
        (Some(value), Value::Assigned(_)) => return Key { name, value },
        (Some(_), Value::Listed(tokens)) => errors.push(whole(item), wrong, format_args!("write `{name} = {tokens}`")),
        _ => match item.argument().and_then(|tokens| syn::parse2::<LitStr>(tokens.clone()).ok()) {
            Some(quoted) => {
                let help = format!("write it without quotes: `{name} = {}`", quoted.value());
                errors.push(quoted, wrong, help);
            }
            None => errors.push(whole(item), wrong, format_args!("write `{name} = my_function`")),
        },
    }
    // That there is a function is clear all the same, and a type that needs one would be a second error.
    Key { name, value: parse_quote! { unknown } }
}

/// `key = some expression`, of the few that can be read without the grammar of whole functions: no closures, no blocks.
pub(super) fn expression(item: Item, errors: &mut Errors) -> Option<Key<Expr>> {
    if let Value::Assigned(tokens) = &item.value
        && let Ok(value) = syn::parse2(tokens.clone())
    {
        return Some(Key { name: item.key, value });
    }
    let name = &item.key;
    let wrong = format!("`{name}` takes a path, a call or a literal that gives bytes");
    errors.push(whole(&item), wrong, format_args!("write `{name} = MY_SECRET` or `{name} = my_secret()`"));
    None
}

/// `key = "T: Bound"`, with any number of predicates.
pub(super) fn bound(item: Item, errors: &mut Errors) -> Option<Key<Vec<WherePredicate>>> {
    if let Value::Assigned(tokens) = &item.value
        && let Ok(text) = syn::parse2::<LitStr>(tokens.clone())
        && let Ok(predicates) = generated(&text).parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated)
    {
        return Some(Key { name: item.key, value: predicates.into_iter().collect() });
    }
    let name = &item.key;
    let wrong = format!("`{name}` takes what would follow `where`, in quotes");
    errors.push(whole(&item), wrong, format_args!("write `{name} = \"T: ETag\"`"));
    None
}

/// The same text as if the derive had written it there: the compiler, which would add a bound to what it takes for code,
/// does not suggest to write one behind the quotes.
fn generated(text: &LitStr) -> LitStr {
    LitStr::new(&text.value(), Span::call_site().located_at(text.span()))
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
pub(super) fn whole(item: &Item) -> TokenStream {
    let mut tokens = TokenStream::from(proc_macro2::TokenTree::from(item.key.clone()));
    tokens.extend(item.argument().cloned());
    tokens
}
