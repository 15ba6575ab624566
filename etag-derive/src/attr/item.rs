//! The grammar inside an attribute's parentheses, without the meaning of any key.
//!
//! ```text
//! items = [ item *( "," item ) [ "," ] ]
//! item  = KEY / KEY "=" tokens / KEY "(" tokens ")"
//! ```

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use syn::{Attribute, Meta};

/// One well-formed item.
#[derive(Clone)]
pub(crate) struct Item {
    /// As written, so that any later complaint can point at it.
    pub(crate) key: Ident,
    pub(crate) value: Value,
}

/// What follows a key.
#[derive(Clone)]
pub(crate) enum Value {
    Absent,
    /// `key = tokens`; possibly no tokens.
    Assigned(TokenStream),
    /// `key(tokens)`; possibly no tokens.
    Listed(TokenStream),
}

impl Item {
    /// The tokens given for the key, however they were attached.
    pub(crate) fn argument(&self) -> Option<&TokenStream> {
        match &self.value {
            Value::Absent => None,
            Value::Assigned(tokens) | Value::Listed(tokens) => Some(tokens),
        }
    }
}

/// The items of one attribute; `Err` holds the tokens between two commas that form no item.
///
/// `None` if the attribute has no parentheses at all. A broken item spoils only itself: the next
/// one starts after the next comma.
pub(crate) fn items(attribute: &Attribute) -> Option<Vec<Result<Item, TokenStream>>> {
    match &attribute.meta {
        Meta::List(list) => Some(items_in(&list.tokens)),
        Meta::Path(_) | Meta::NameValue(_) => None,
    }
}

/// The same of what stands between parentheses.
pub(crate) fn items_in(tokens: &TokenStream) -> Vec<Result<Item, TokenStream>> {
    split(tokens).into_iter().map(item).collect()
}

fn split(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut items = Vec::new();
    let mut current = TokenStream::new();
    for token in tokens.clone() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ',' => {
                if current.is_empty() {
                    // Nothing before the comma: the comma itself is what is out of place.
                    current.extend([TokenTree::Punct(punct)]);
                }
                items.push(std::mem::take(&mut current));
            }
            token => current.extend([token]),
        }
    }
    if !current.is_empty() {
        items.push(current);
    }
    items
}

fn item(tokens: TokenStream) -> Result<Item, TokenStream> {
    let trees: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let [TokenTree::Ident(key), argument @ ..] = trees.as_slice() else {
        return Err(tokens);
    };
    let value = match argument {
        [] => Value::Absent,
        [TokenTree::Punct(punct), value @ ..] if punct.as_char() == '=' => {
            Value::Assigned(value.iter().cloned().collect())
        }
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::Parenthesis => Value::Listed(group.stream()),
        _ => return Err(tokens),
    };
    Ok(Item { key: key.clone(), value })
}

#[cfg(test)]
mod tests {
    use syn::{Attribute, parse_quote};

    use super::{Value, items};

    fn shapes(attribute: &Attribute) -> Vec<String> {
        let describe = |item: Result<super::Item, _>| match item {
            Ok(item) => match item.value {
                Value::Absent => format!("{}", item.key),
                Value::Assigned(tokens) => format!("{} = {tokens}", item.key),
                Value::Listed(tokens) => format!("{}({tokens})", item.key),
            },
            Err(tokens) => format!("broken: {tokens}"),
        };
        items(attribute).unwrap().into_iter().map(describe).collect()
    }

    #[test]
    fn a_broken_item_spoils_only_itself() {
        let attribute = parse_quote!(#[etag(a, "b", c = d + 1, e(f, g), , h::i, j[k], l { m }, crate,)]);
        assert_eq!(
            shapes(&attribute),
            [
                "a",
                "broken: \"b\"",
                "c = d + 1",
                "e(f , g)",
                "broken: ,",
                "broken: h :: i",
                "broken: j [k]",
                "broken: l { m }",
                "crate"
            ]
        );
    }

    #[test]
    fn no_parentheses_is_not_an_empty_list() {
        assert!(items(&parse_quote!(#[etag])).is_none());
        assert!(items(&parse_quote!(#[etag = "x"])).is_none());
        assert!(items(&parse_quote!(#[etag()])).unwrap().is_empty());
    }
}
