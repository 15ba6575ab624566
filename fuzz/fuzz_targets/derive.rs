//! The derive on whatever may stand below it: it never panics, and what comes out is Rust.
//!
//! The input is the text of an item. A crate of procedural macros cannot be called from a program, so that its modules are
//! compiled here once more, with the tokens of proc-macro2 that need no compiler around them. A `macro_rules!` gives its
//! fragments in groups without delimiters, which have no text: `~( … )` stands for one.
//!
//! Half of the mutations change octets, the other half whole tokens: few of the texts that differ in an octet are Rust.

#![no_main]

use std::str::FromStr;

use libfuzzer_sys::{Corpus, fuzz_mutator, fuzz_target, fuzzer_mutate};
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

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    match other_token(&data[..size], seed >> 1).filter(|text| seed & 1 == 1 && text.len() <= max_size) {
        Some(text) => {
            data[..text.len()].copy_from_slice(&text);
            text.len()
        }
        None => fuzzer_mutate(data, size, max_size),
    }
});

/// Tokens that the derive or the language has an opinion about.
#[rustfmt::skip]
const TOKENS: [&[u8]; 36] = [
    b"version", b"timestamp", b"related", b"guard", b"touch", b"recursive", b"content", b"skip", b"precision", b"with",
    b"column", b"stamp", b"transparent", b"reversible", b"strong", b"weak", b"salt", b"bound", b"crate", b"etag", b"serde",
    b"self", b"Self", b"super", b"type", b"_", b"r#type", b"'a", b"T", b"false", b"0", b"\"\"", b"\"T: A\"", b"=", b",", b"()",
];

/// The text with one of its tokens replaced by another one, of it or of the list. The tokens of a seed have white space around them.
fn other_token(text: &[u8], random: u32) -> Option<Vec<u8>> {
    let mut words: Vec<&[u8]> = text.split(u8::is_ascii_whitespace).collect();
    let (count, random) = (words.len(), random as usize);
    let (place, choice) = (random % count, random / count);
    let from_list = TOKENS.get(choice % (2 * TOKENS.len())).copied();
    let word = words.get_mut(place)?;
    *word = from_list.unwrap_or(text.split(u8::is_ascii_whitespace).nth(choice % count)?);
    Some(words.join(&b' '))
}

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
