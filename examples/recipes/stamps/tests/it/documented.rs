//! `docs/stamps.md` leads to every file.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Of these there is nothing to say.
const SUPPORT: [&str; 3] = ["lib.rs", "language.rs", "model.rs"];

#[test]
fn every_file_is_linked_and_no_link_is_dead() {
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = package.join("../../../docs/stamps.md");
    let text = fs::read_to_string(&page).unwrap();
    let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let linked: BTreeSet<PathBuf> =
        targets.map(|target| page.with_file_name(target).canonicalize().expect(target)).collect();
    for file in fs::read_dir(package.join("src")).unwrap() {
        let file = file.unwrap().path().canonicalize().unwrap();
        let is_support = SUPPORT.iter().any(|name| file.ends_with(name));
        assert!(is_support || linked.contains(&file), "{} is not linked", file.display());
    }
}
