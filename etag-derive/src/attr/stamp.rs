//! `stamp` on a type and on a field, and `column`: what the stamp is to look like.
//!
//! ```text
//! stamp = "stamp" [ "(" Name *( "," option ) ")" ]
//! option = "derive" "(" paths ")" / "attributes" "(" attributes ")" / "alias" "=" TEXT
//! ```

use proc_macro2::{Ident, TokenStream};
use syn::parse::{Parse as _, ParseStream, Parser as _};
use syn::punctuated::Punctuated;
use syn::{LitStr, Meta, Path, Token};

use super::Key;
use super::item::{Item, Value, items_in};
use super::nearest::nearest;
use super::once;
use super::value::whole;
use crate::errors::Errors;

/// What is said of the stamp of a type.
#[derive(Default)]
pub(crate) struct StampAttrs {
    /// `None` if `stamp` stands alone, or if nothing in its parentheses could be a name.
    pub(crate) name: Option<Ident>,
    pub(crate) derives: Option<Key<Vec<Path>>>,
    /// Attributes for what is derived.
    pub(crate) attributes: Option<Key<Vec<Meta>>>,
    pub(crate) alias: Option<Key<String>>,
    /// A mistake was reported that leaves open what was meant.
    pub(crate) is_broken: bool,
}

const KEYS: [&str; 3] = ["derive", "attributes", "alias"];
const ACCEPTS: &str = "`stamp` accepts a name, `derive(...)`, `attributes(...)`, `alias = \"...\"`";

/// `stamp` or `stamp(Name, derive(Path, …), alias = "a")`.
pub(super) fn stamp(item: &Item, errors: &mut Errors) -> Key<StampAttrs> {
    let mut attrs = StampAttrs::default();
    match &item.value {
        Value::Absent => {}
        Value::Listed(tokens) => attrs.read(tokens, errors),
        Value::Assigned(tokens) => {
            let name = &item.key;
            let help = format!("write `{name}({})`", unquoted(tokens));
            errors.push(whole(item), format_args!("the name that `{name}` takes stands in parentheses"), help);
            attrs.is_broken = true;
        }
    }
    Key { name: item.key.clone(), value: attrs }
}

impl StampAttrs {
    fn read(&mut self, tokens: &TokenStream, errors: &mut Errors) {
        for item in items_in(tokens) {
            match item {
                Err(tokens) => {
                    let help = match syn::parse2::<LitStr>(tokens.clone()) {
                        Ok(quoted) => format!("write it without quotes: `stamp({})`", quoted.value()),
                        Err(_) => format!("{ACCEPTS}; it is as visible as its model"),
                    };
                    errors.push(tokens, "this is neither a name nor a key of `stamp(...)`", help);
                    self.is_broken = true;
                }
                Ok(item) if item.key == "derive" => once(&mut self.derives, derives(item, errors), errors),
                Ok(item) if item.key == "attributes" => {
                    let example = "attributes(serde(rename_all = \"camelCase\"))";
                    once(&mut self.attributes, attributes(item, example, errors), errors);
                }
                Ok(item) if item.key == "alias" => once(&mut self.alias, text(item, "a", errors), errors),
                Ok(Item { key, value: Value::Absent }) if syn::parse_str::<Ident>(&key.to_string()).is_ok() => {
                    match &self.name {
                        None => self.name = Some(key),
                        Some(first) => {
                            errors.push(
                                &key,
                                format_args!("a type has one stamp, which is `{first}`"),
                                format_args!("remove `{key}`; {ACCEPTS}"),
                            );
                        }
                    }
                }
                Ok(item) => {
                    let key = &item.key;
                    let help = match nearest(&key.to_string(), &KEYS) {
                        Some(known) => format!("did you mean `{known}`? {ACCEPTS}"),
                        None => ACCEPTS.to_owned(),
                    };
                    errors.push(key, format_args!("unknown key `{key}` in `stamp(...)`"), help);
                    self.is_broken = true;
                }
            }
        }
    }
}

/// `derive(Clone, sqlx::FromRow)`.
fn derives(item: Item, errors: &mut Errors) -> Option<Key<Vec<Path>>> {
    let Some(paths) = listed(&item, Path::parse_mod_style) else {
        let wrong = "`derive(...)` of a stamp takes the paths of derive macros";
        errors.push(whole(&item), wrong, "write `derive(Clone, Debug, sqlx::FromRow)`, or leave it out");
        return None;
    };
    for path in paths.iter().filter(|path| path.segments.last().is_some_and(|last| last.ident == "ETag")) {
        errors.push(
            path,
            "a stamp has the validators of its model without deriving them",
            "remove `ETag` from `derive(...)`",
        );
    }
    Some(Key { name: item.key, value: paths })
}

/// `stamp(sqlx(json), …)` on a field: attributes for the field of the stamp.
pub(super) fn field_attributes(item: Item, errors: &mut Errors) -> Option<Key<Vec<Meta>>> {
    attributes(item, "stamp(sqlx(json))", errors)
}

fn attributes(item: Item, example: &str, errors: &mut Errors) -> Option<Key<Vec<Meta>>> {
    let Some(attributes) = listed(&item, Meta::parse) else {
        let wrong = format!("`{}` here takes attributes, for what is derived for the stamp", item.key);
        errors.push(whole(&item), wrong, format_args!("write `{example}`, or leave it out"));
        return None;
    };
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("etag")) {
        errors.push(
            attribute,
            "what the stamp is follows from the model, and no `etag` from `#[etag(...)]`",
            "write it above the model or its field, and not inside of `stamp(...)`",
        );
    }
    Some(Key { name: item.key, value: attributes })
}

/// `key = "text"`: what stands in a query as it is.
pub(super) fn text(item: Item, example: &str, errors: &mut Errors) -> Option<Key<String>> {
    let name = &item.key;
    if let Value::Assigned(tokens) = &item.value
        && let Ok(literal) = syn::parse2::<LitStr>(tokens.clone())
    {
        let text = literal.value();
        if !text.trim().is_empty() && !text.contains('\0') {
            return Some(Key { name: item.key, value: text });
        }
        let wrong = format!("`{name}` takes a name as it stands in a query, which is neither empty nor holds a NUL");
        errors.push(literal, wrong, format_args!("write `{name} = \"{example}\"`, or leave it out"));
        return None;
    }
    let wrong = format!("`{name}` takes a name as it stands in a query, in quotes");
    errors.push(whole(&item), wrong, format_args!("write `{name} = \"{example}\"`"));
    None
}

/// What stands in the parentheses of a key, if it is there and as it has to be.
fn listed<T>(item: &Item, parse: fn(ParseStream<'_>) -> syn::Result<T>) -> Option<Vec<T>> {
    let Value::Listed(tokens) = &item.value else { return None };
    let parser = |input: ParseStream<'_>| Punctuated::<T, Token![,]>::parse_terminated_with(input, parse);
    let listed: Vec<T> = parser.parse2(tokens.clone()).ok()?.into_iter().collect();
    (!listed.is_empty()).then_some(listed)
}

/// What was written in place of a name, without the quotes that it may have.
fn unquoted(tokens: &TokenStream) -> String {
    match syn::parse2::<LitStr>(tokens.clone()) {
        Ok(quoted) => quoted.value(),
        Err(_) => tokens.to_string(),
    }
}
