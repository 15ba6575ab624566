//! Which names a type is written with.
//!
//! On tokens rather than on syntax: that also sees into macros, array lengths and whatever a later
//! edition adds, and a name too many only costs a bound that holds or a check that stays silent.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;

/// Whether `ty` is written with one of `names`.
///
/// Neither `path::name` nor `'name` counts: those are others.
pub(crate) fn mentions(ty: &impl ToTokens, names: &[&Ident]) -> bool {
    // Most types have no parameters, and to write a type as tokens is not free.
    !names.is_empty()
        && any_name(ty.to_token_stream(), &mut |name, is_qualified| !is_qualified && names.contains(&name))
}

/// Whether `tokens` hold one of these lifetimes, whose names are given without the quote.
pub(crate) fn mentions_lifetime(tokens: TokenStream, lifetimes: &[&Ident]) -> bool {
    let mut quoted = false;
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(name) => std::mem::take(&mut quoted) && lifetimes.contains(&&name),
        TokenTree::Group(group) => mentions_lifetime(group.stream(), lifetimes),
        token => {
            quoted = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
            false
        }
    })
}

/// Words that name, in a program without surprises, neither an entity, nor a map or set, nor
/// anything private.
#[rustfmt::skip]
const PLAIN: [&str; 30] = [
    // The commonest first.
    "String", "i64", "Option", "i32", "bool", "DateTime", "Utc", "Uuid", "Vec",
    "str", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i128", "isize", "f32", "f64",
    "mut", "static", "Box", "BTreeMap", "BTreeSet", "SystemTime", "Duration",
];

/// Whether `name` is one of [`PLAIN`].
pub(crate) fn is_plain(name: &Ident) -> bool {
    // To compare a name with a text writes it as text, each time.
    is_plain_word(&name.to_string())
}

/// Whether a name that is written so is one of [`PLAIN`].
pub(crate) fn is_plain_word(name: &str) -> bool {
    PLAIN.contains(&name)
}

/// Whether `accepts` every name that `ty` is written with, lifetimes aside.
///
/// It is told whether the name follows a `::`.
pub(crate) fn consists_of(ty: &impl ToTokens, accepts: impl Fn(&Ident, bool) -> bool) -> bool {
    // A macro may stand for any type.
    !any_name(ty.to_token_stream(), &mut |name, is_qualified| !accepts(name, is_qualified))
        && !has_macro(ty.to_token_stream())
}

fn has_macro(tokens: TokenStream) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '!',
        TokenTree::Group(group) => has_macro(group.stream()),
        TokenTree::Ident(_) | TokenTree::Literal(_) => false,
    })
}

fn any_name(tokens: TokenStream, matches: &mut impl FnMut(&Ident, bool) -> bool) -> bool {
    let mut colons = 0_usize;
    let mut quoted = false;
    for token in tokens {
        match token {
            TokenTree::Punct(punct) => {
                colons = if punct.as_char() == ':' { colons + 1 } else { 0 };
                quoted = punct.as_char() == '\'';
                continue;
            }
            TokenTree::Ident(name) if !quoted && matches(&name, colons >= 2) => return true,
            TokenTree::Group(group) if any_name(group.stream(), matches) => return true,
            TokenTree::Ident(_) | TokenTree::Group(_) | TokenTree::Literal(_) => {}
        }
        colons = 0;
        quoted = false;
    }
    false
}

#[cfg(test)]
mod tests {
    use quote::{format_ident, quote};

    use super::{consists_of, is_plain, mentions, mentions_lifetime};

    #[test]
    fn a_name_counts_wherever_it_is_unqualified() {
        let name = format_ident!("T");
        #[rustfmt::skip]
        let table = [
            (quote!(T),                 true),
            (quote!(Vec<Option<T>>),    true),
            (quote!(T::Owned),          true),
            (quote!(<T as Trait>::Out), true),
            (quote!([u8; { T }]),       true),
            (quote!(list![T]),          true),
            (quote!(other::T),          false),
            (quote!(&'T str),           false),
            (quote!(Tee),               false),
        ];
        for (ty, expected) in table {
            assert_eq!(mentions(&ty, &[&name]), expected, "{ty}");
        }
    }

    #[test]
    fn a_lifetime_counts_with_its_quote() {
        let name = format_ident!("a");
        #[rustfmt::skip]
        let table = [
            (quote!(&'a str),         true),
            (quote!([Cow<'a, T>; 2]), true),
            (quote!((&'b a, a)),      false),
            (quote!(&'ab str),        false),
        ];
        for (ty, expected) in table {
            assert_eq!(mentions_lifetime(ty.clone(), &[&name]), expected, "{ty}");
        }
    }

    #[test]
    fn every_name_is_asked_for() {
        #[rustfmt::skip]
        let table = [
            // type,                          plain, plain or qualified
            (quote!(Option<Vec<u8>>),         true,  true),
            (quote!(&'a [u8]),                true,  true),
            (quote!([u8; 32]),                true,  true),
            (quote!(Option<u8::Assoc>),       false, true),
            (quote!(Option<Author>),          false, false),
            (quote!(std::option::Option<u8>), false, false),
            (quote!(Vec<u8!()>),              false, false),
        ];
        for (ty, plain, plain_or_qualified) in table {
            assert_eq!(consists_of(&ty, |name, _| is_plain(name)), plain, "{ty}");
            let found = consists_of(&ty, |name, is_qualified| is_qualified || is_plain(name));
            assert_eq!(found, plain_or_qualified, "{ty}");
        }
    }
}
