//! The derive on whatever may stand below it: it never panics, and what comes out is Rust.
//!
//! The input is the text of an item. A crate of procedural macros cannot be called from a program, so that its modules are
//! compiled here once more, with the tokens of proc-macro2 that need no compiler around them. A `macro_rules!` gives its
//! fragments in groups without delimiters, which have no text: `~( … )` stands for one.

#![no_main]

use std::str::FromStr;

use libfuzzer_sys::{Corpus, fuzz_target};
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

// The modules name each other from the root of their crate, which is this one here.
use self::etag_derive::{attr, bounds, errors, expand, fallback, mention, model};

#[path = "../../etag-derive/src"]
#[allow(unreachable_pub, dead_code)]
mod etag_derive {
    pub(crate) mod attr;
    pub(crate) mod bounds;
    pub(crate) mod errors;
    pub(crate) mod expand;
    pub(crate) mod fallback;
    pub(crate) mod mention;
    pub(crate) mod model;
}

/// No stack is as deep as a text can be long. The compiler gives up at 128.
const DEPTH: usize = 64;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(input) else { return Corpus::Reject };
    if depth(text) > DEPTH {
        return Corpus::Reject;
    }
    let Ok(tokens) = TokenStream::from_str(text) else { return Corpus::Reject };
    if has_trailing_plus(tokens.clone()) {
        return Corpus::Reject;
    }
    let tokens = with_invisible_groups(tokens);
    let expansion = expand::derive_tokens(tokens.clone());
    if let Err(error) = syn::parse2::<syn::File>(expansion.clone()) {
        panic!("{error}\n\n{tokens}\n\nexpands to\n\n{expansion}");
    }
    Corpus::Keep
});

/// How many delimiters are open at most, and what else makes a parser call itself.
fn depth(text: &str) -> usize {
    let (mut open, mut deepest) = (0_usize, 0);
    for octet in text.bytes() {
        match octet {
            b'(' | b'[' | b'{' | b'<' | b'&' | b'*' | b'!' | b'-' => open += 1,
            b')' | b']' | b'}' | b'>' => open = open.saturating_sub(1),
            _ => continue,
        }
        deepest = deepest.max(open);
    }
    deepest
}

/// `A +` is a type. The compiler reads it in front of ` as Trait`, where syn takes `as` for what follows the plus.
fn has_trailing_plus(tokens: TokenStream) -> bool {
    let trees: Vec<TokenTree> = tokens.into_iter().collect();
    let is_plus = |tree: &TokenTree| matches!(tree, TokenTree::Punct(punct) if punct.as_char() == '+');
    let ends = |tree: Option<&TokenTree>| match tree {
        Some(TokenTree::Punct(punct)) => !matches!(punct.as_char(), '?' | '\'' | '~'),
        Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Brace,
        Some(TokenTree::Ident(_) | TokenTree::Literal(_)) => false,
        None => true,
    };
    trees.iter().enumerate().any(|(at, tree)| match tree {
        TokenTree::Group(group) => has_trailing_plus(group.stream()),
        _ => is_plus(tree) && ends(trees.get(at + 1)),
    })
}

fn with_invisible_groups(tokens: TokenStream) -> TokenStream {
    let mut trees: Vec<TokenTree> = Vec::new();
    for tree in tokens {
        let TokenTree::Group(group) = tree else {
            trees.push(tree);
            continue;
        };
        let is_marked = matches!(trees.last(), Some(TokenTree::Punct(punct)) if punct.as_char() == '~');
        let delimiter = if is_marked { Delimiter::None } else { group.delimiter() };
        if is_marked {
            trees.pop();
        }
        trees.push(Group::new(delimiter, with_invisible_groups(group.stream())).into());
    }
    trees.into_iter().collect()
}
