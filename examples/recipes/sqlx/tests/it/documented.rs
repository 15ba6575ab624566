//! `docs/databases.md` leads to every recipe.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The files that the page links.
fn linked(page: &Path) -> BTreeSet<PathBuf> {
    let text = fs::read_to_string(page).unwrap();
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(|target| page.with_file_name(target).canonicalize().expect(target)).collect()
}

#[test]
fn every_recipe_is_linked_and_no_link_is_dead() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let linked = linked(&package.join("../../../docs/databases.md"));
    for library in ["sqlx", "sea-orm", "diesel"] {
        for file in fs::read_dir(package.join("..").join(library).join("src")).unwrap() {
            let file = file.unwrap().path().canonicalize().unwrap();
            // Of `error.rs` there is one of each library, beside what needs it.
            let is_support = file.ends_with("lib.rs") || (library != "sqlx" && file.ends_with("error.rs"));
            assert!(is_support || linked.contains(&file), "{} is not linked", file.display());
        }
    }
}
