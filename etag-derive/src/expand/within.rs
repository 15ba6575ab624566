//! The types inside a field's type for which the type as a whole cannot answer.
//!
//! A tuple is an entity only if all of its elements are, a map only if its keys are versions, and a column of JSON never,
//! but each is serialized whatever it is.

use syn::{GenericArgument, PathArguments, Type};

/// Containers that serialize what they hold.
const TRANSPARENT: [&str; 10] =
    ["Option", "Box", "Rc", "Arc", "Cow", "Vec", "VecDeque", "LinkedList", "BTreeSet", "HashSet"];
const MAPS: [&str; 3] = ["BTreeMap", "HashMap", "IndexMap"];
/// What serializes what it holds, but is no entity itself; the first is a column of JSON.
const OPAQUE: [&str; 9] =
    ["Json", "Mutex", "RwLock", "RefCell", "Result", "OnceCell", "OnceLock", "SmallVec", "IndexSet"];

/// The elements of tuples, the values of maps, and what is in a column of JSON or behind a lock, that `ty` holds at any
/// depth; `ty` itself is not among them.
pub(crate) fn within(ty: &Type) -> Vec<&Type> {
    let mut found = Vec::new();
    walk(ty, &mut found);
    found
}

fn walk<'t>(ty: &'t Type, found: &mut Vec<&'t Type>) {
    match ty {
        Type::Tuple(tuple) => {
            for element in &tuple.elems {
                found.push(element);
                walk(element, found);
            }
        }
        Type::Reference(reference) => walk(&reference.elem, found),
        Type::Slice(slice) => walk(&slice.elem, found),
        Type::Array(array) => walk(&array.elem, found),
        Type::Paren(paren) => walk(&paren.elem, found),
        Type::Group(group) => walk(&group.elem, found),
        Type::Path(path) => {
            let Some(last) = path.path.segments.last() else { return };
            let is_one_of = |names: &[&str]| names.iter().any(|name| last.ident == name);
            let (is_map, is_opaque) = (is_one_of(&MAPS), is_one_of(&OPAQUE));
            if !is_map && !is_opaque && !is_one_of(&TRANSPARENT) {
                return;
            }
            let PathArguments::AngleBracketed(arguments) = &last.arguments else { return };
            let types = arguments.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            for inner in types.skip(usize::from(is_map)).take(1) {
                if is_map || is_opaque {
                    found.push(inner);
                }
                walk(inner, found);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use proc_macro2::{Delimiter, Group};
    use quote::{ToTokens, quote};
    use syn::{Type, parse_quote};

    use super::within;

    #[test]
    fn tuples_and_maps_are_opened() {
        // What a `macro_rules!` fragment is wrapped in.
        let fragment = Group::new(Delimiter::None, quote!((A, B)));
        let table: [(Type, &[&str]); 14] = [
            (parse_quote!(Author), &[]),
            (parse_quote!(Vec<Author>), &[]),
            (parse_quote!((Author, u8)), &["Author", "u8"]),
            (parse_quote!(Option<&'a [(u8, Box<(A, B)>)]>), &["u8", "Box < (A , B) >", "A", "B"]),
            (parse_quote!(std::collections::HashMap<Key, Vec<Author>, S>), &["Vec < Author >"]),
            (parse_quote!(BTreeMap<(A, B), HashMap<C, D>>), &["HashMap < C , D >", "D"]),
            (parse_quote!(Option<sqlx::types::Json<Vec<Author>>>), &["Vec < Author >"]),
            (parse_quote!(IndexMap<Key, SmallVec<[Author; 2]>>), &["SmallVec < [Author ; 2] >", "[Author ; 2]"]),
            (parse_quote!(Json), &[]),
            (parse_quote!(Arc<Mutex<Result<Author, Error>>>), &["Result < Author , Error >", "Author"]),
            (parse_quote!(Id<(Author, u8)>), &[]),
            (parse_quote!([(A, B); 2]), &["A", "B"]),
            (parse_quote!(((A, B))), &["A", "B"]),
            (parse_quote!(#fragment), &["A", "B"]),
        ];
        for (ty, expected) in table {
            let found: Vec<_> = within(&ty).iter().map(|ty| ty.to_token_stream().to_string()).collect();
            assert_eq!(found, expected, "{}", ty.to_token_stream());
        }
    }
}
