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
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::visit::{self, Visit};
use syn::{Attribute, Generics, Ident, Visibility};

// The modules name each other from the root of their crate, which is this one here.
use self::etag_derive::{attr, bounds, errors, expand, fallback, mention, model, written};

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
    pub(crate) mod written;
}

/// No stack is as deep as a text can be long. The compiler gives up at 128.
const DEPTH: usize = 64;

fuzz_target!(|input: &[u8]| -> Corpus {
    let Ok(text) = std::str::from_utf8(input) else { return Corpus::Reject };
    if depth(text) > DEPTH {
        return Corpus::Reject;
    }
    let Ok(tokens) = TokenStream::from_str(text) else { return Corpus::Reject };
    let tokens = with_invisible_groups(tokens);
    if Misread::is_in(&tokens) {
        return Corpus::Reject;
    }
    let expansion = expand::derive_tokens(tokens.clone());
    if let Err(error) = syn::parse2::<syn::File>(expansion.clone()) {
        panic!("{error}\n\n{tokens}\n\nexpands to\n\n{expansion}");
    }
    Corpus::Keep
});

/// What the compiler never has derived, or reads otherwise than syn.
#[derive(Default)]
struct Misread(bool);

impl Misread {
    fn is_in(tokens: &TokenStream) -> bool {
        let mut misread = Misread::default();
        if let Ok(input) = syn::parse2(tokens.clone()) {
            misread.visit_derive_input(&input);
        } else if let Ok(generics) = generics.parse2(tokens.clone()) {
            misread.visit_generics(&generics);
        }
        misread.0
    }
}

/// Those of an item whose rest is not one, or not yet.
fn generics(input: ParseStream<'_>) -> syn::Result<Generics> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Visibility>()?;
    input.call(Ident::parse_any)?;
    input.parse::<Ident>()?;
    let generics = input.parse()?;
    input.parse::<TokenStream>()?;
    Ok(generics)
}

impl<'a> Visit<'a> for Misread {
    /// The compiler knows no field `_`.
    fn visit_field(&mut self, field: &'a syn::Field) {
        self.0 |= field.ident.as_ref().is_some_and(|name| name == "_");
        visit::visit_field(self, field);
    }

    /// Nor a parameter of that name.
    fn visit_type_param(&mut self, parameter: &'a syn::TypeParam) {
        self.0 |= parameter.ident == "_";
        visit::visit_type_param(self, parameter);
    }

    /// `A<B: C>` stands in no type, and syn reads it in none that stands in an expression.
    fn visit_constraint(&mut self, _: &'a syn::Constraint) {
        self.0 = true;
    }

    /// The compiler reads `<A + as B>`, where syn takes `as` for what follows the plus.
    fn visit_type_trait_object(&mut self, object: &'a syn::TypeTraitObject) {
        self.0 |= object.bounds.trailing_punct();
        visit::visit_type_trait_object(self, object);
    }
}

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
