//! A type as it is written: to go through tokens is most of what a derive does, so that it is done once for each field.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Type, TypePath};

use crate::mention::is_plain_word;

/// What is asked of the tokens of a type, or of an attribute.
#[derive(Clone)]
pub(crate) struct Written {
    /// Each token after a space. The compiler's own way to print tokens changes between releases.
    ///
    /// A comma before the end is left out: whether there is one depends on how long a line may be.
    pub(crate) text: String,
    /// Whether every name in it, lifetimes aside, is one that stands for no entity and no map or set without order.
    pub(crate) is_plain: bool,
}

impl Written {
    pub(crate) fn ty(ty: &Type) -> Self {
        // Most types are one word, which needs no tokens.
        if let Type::Path(TypePath { attrs, qself: None, path }) = ty
            && attrs.is_empty()
            && let Some(name) = path.get_ident()
        {
            let name = name.to_string();
            return Self { is_plain: is_plain_word(&name), text: format!(" {name}") };
        }
        Self::tokens(ty.to_token_stream())
    }

    pub(crate) fn tokens(tokens: TokenStream) -> Self {
        let mut written = Self { text: String::new(), is_plain: true };
        written.push(tokens, false);
        written
    }

    fn push(&mut self, tokens: TokenStream, is_in_parentheses: bool) {
        let mut tokens = tokens.into_iter().peekable();
        let (mut elements, mut depth, mut previous) = (0, 0, ' ');
        let mut is_lifetime = false;
        while let Some(token) = tokens.next() {
            let follows_quote = std::mem::take(&mut is_lifetime);
            match token {
                TokenTree::Group(group) => {
                    let (open, close) = match group.delimiter() {
                        Delimiter::Parenthesis => (" (", " )"),
                        Delimiter::Brace => (" {", " }"),
                        Delimiter::Bracket => (" [", " ]"),
                        // What a `macro_rules!` fragment is wrapped in: nobody wrote it.
                        Delimiter::None => ("", ""),
                    };
                    self.text.push_str(open);
                    self.push(group.stream(), group.delimiter() == Delimiter::Parenthesis);
                    self.text.push_str(close);
                }
                TokenTree::Punct(punct) => {
                    let punct = punct.as_char();
                    match (punct, tokens.peek()) {
                        // `(A,)` is a tuple, and `(A)` is not.
                        (',', None) if !is_in_parentheses || elements > 0 => continue,
                        (',', Some(TokenTree::Punct(next))) if next.as_char() == '>' => continue,
                        (',', _) if depth == 0 => elements += 1,
                        ('<', _) => depth += 1,
                        ('>', _) if previous != '-' => depth -= 1,
                        _ => {}
                    }
                    previous = punct;
                    is_lifetime = punct == '\'';
                    // A macro may stand for any type.
                    self.is_plain &= punct != '!';
                    self.text.extend([' ', punct]);
                }
                TokenTree::Ident(name) => {
                    let word = name.to_string();
                    self.is_plain &= follows_quote || is_plain_word(&word);
                    self.text.push(' ');
                    self.text.push_str(&word);
                }
                TokenTree::Literal(literal) => {
                    self.text.push(' ');
                    self.text.push_str(&literal.to_string());
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use quote::ToTokens;
    use syn::{Type, parse_quote};

    use super::Written;

    #[test]
    fn a_type_is_plain_if_all_of_its_names_are() {
        #[rustfmt::skip]
        let table: [(Type, bool, &str); 9] = [
            (parse_quote!(u8),                      true,  " u8"),
            (parse_quote!(Author),                  false, " Author"),
            (parse_quote!(r#type),                  false, " r#type"),
            (parse_quote!(Option<Vec<u8>>),         true,  " Option < Vec < u8 > >"),
            (parse_quote!(&'author [u8]),           true,  " & ' author [ u8 ]"),
            (parse_quote!([u8; 32]),                true,  " [ u8 ; 32 ]"),
            (parse_quote!(Option<(Author,)>),       false, " Option < ( Author , ) >"),
            (parse_quote!(std::option::Option<u8>), false, " std : : option : : Option < u8 >"),
            (parse_quote!(u8!()),                   false, " u8 ! ( )"),
        ];
        for (ty, is_plain, text) in table {
            let (shown, written) = (ty.to_token_stream(), Written::ty(&ty));
            assert_eq!((written.is_plain, written.text.as_str()), (is_plain, text), "{shown}");
            assert_eq!(Written::tokens(shown).text, text);
        }
    }
}
