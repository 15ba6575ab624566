//! The models in the tests of the derive, those that compile and those that do not.

use std::error::Error;
use std::fs;
use std::path::Path;

use quote::ToTokens;
use syn::{Attribute, Item};

use crate::Corpus;

/// How many inputs were written.
pub fn write(tests: &Path, corpus: &Corpus) -> Result<usize, Box<dyn Error>> {
    let mut count = 0;
    for kind in ["pass", "ui"] {
        for entry in fs::read_dir(tests.join(kind))? {
            let path = entry?.path();
            if path.extension().is_none_or(|extension| extension != "rs") {
                continue;
            }
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let file = syn::parse_file(&fs::read_to_string(&path)?).map_err(|error| format!("{stem}: {error}"))?;
            for model in models(file.items) {
                corpus.add("derive", &format!("{kind}-{stem}-{count}"), model.as_bytes())?;
                count += 1;
            }
        }
    }
    Ok(count)
}

/// The text of the types that are derived, without the `derive`, as the compiler gives them to it.
fn models(items: Vec<Item>) -> Vec<String> {
    items
        .into_iter()
        .flat_map(|mut item| match &mut item {
            Item::Struct(model) => {
                derived(&mut model.attrs).then(|| item.to_token_stream().to_string()).into_iter().collect()
            }
            Item::Enum(model) => {
                derived(&mut model.attrs).then(|| item.to_token_stream().to_string()).into_iter().collect()
            }
            Item::Union(model) => {
                derived(&mut model.attrs).then(|| item.to_token_stream().to_string()).into_iter().collect()
            }
            Item::Mod(inner) => inner.content.take().map(|(_, items)| models(items)).unwrap_or_default(),
            _ => Vec::new(),
        })
        .collect()
}

fn derived(attributes: &mut Vec<Attribute>) -> bool {
    let all = attributes.len();
    let is_derive = |attribute: &Attribute| {
        attribute.path().is_ident("derive") && attribute.to_token_stream().to_string().contains("ETag")
    };
    attributes.retain(|attribute| !is_derive(attribute));
    attributes.len() < all
}
