//! The promise that what is published is whole: it compiles without the rest of the project, and is readable away from it.
//!
//! ```text
//! the two crates ─▶ what `cargo publish` would upload ─▶ unpacked, and compiled, the one against the other
//! ```

use anyhow::{Result, bail};

use crate::step::Step;

/// What a package may hold besides sources: tests and examples of the project are packages of their own.
const BESIDES: [&str; 8] = [
    ".cargo_vcs_info.json",
    "Cargo.lock",
    "Cargo.toml",
    "Cargo.toml.orig",
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "doc/derive.md",
];

/// What each package has to hold.
const NEEDED: [&str; 4] = ["src/lib.rs", "LICENSE-APACHE", "LICENSE-MIT", "README.md"];

/// The steps that pack the two crates. They need crates.io for what these depend on, and neither of the two has to be there.
pub(crate) fn steps() -> [Step; 2] {
    const PACKAGES: &str = "package -p etag-derive -p etag-runtime --locked --allow-dirty";
    [
        Step::cargo("what is published", &format!("{PACKAGES} --list")).check_output(check),
        Step::cargo("what is published, compiled away from here", &format!("{PACKAGES} --all-features")),
    ]
}

/// Judges the list of the files of both packages, one a line.
fn check(list: &str) -> Result<()> {
    if let Some(file) = list.lines().find(|file| !file.starts_with("src/") && !BESIDES.contains(file)) {
        bail!("`{file}` would be published; if that is right, add it to `BESIDES` in xtask/src/published.rs");
    }
    for needed in NEEDED {
        let packages = list.lines().filter(|file| *file == needed).count();
        if packages != 2 {
            bail!("`{needed}` is in {packages} of the two packages");
        }
    }
    println!("   {} files", list.lines().count());
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::fs;
    use std::path::PathBuf;

    use super::*;
    use crate::ci::FEATURES;
    use crate::step::project_root;

    const GUIDE: &str = "etag-runtime/src/guide";

    fn read(path: &str) -> String {
        fs::read_to_string(project_root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    #[test]
    fn a_file_too_many_or_too_few_is_named() {
        let whole = NEEDED.join("\n");
        assert!(check(&format!("{whole}\n{whole}")).is_ok());
        let error = |list: &str| check(list).unwrap_err().to_string();
        assert!(error(&whole).contains("`src/lib.rs` is in 1 of"));
        assert!(error("").contains("`src/lib.rs` is in 0 of"));
        assert!(error(&format!("{whole}\n{whole}\ntests/wire.rs")).contains("`tests/wire.rs`"));
    }

    /// A row for each feature, or for several, as `| feature | default | adds |`.
    #[test]
    fn the_tables_of_features_are_those_of_the_manifest() {
        let manifest = read("etag-runtime/Cargo.toml");
        let (_, default) = manifest.split_once("\ndefault = [").unwrap();
        let default: BTreeSet<&str> = default.split(']').next().unwrap().split('"').skip(1).step_by(2).collect();
        for path in ["README.md", "etag-runtime/README.md"] {
            let page = read(path);
            let (_, section) = page.split_once("\n## Features\n").unwrap();
            let rows = section.split("\n## ").next().unwrap().lines().filter(|line| line.starts_with("| `"));
            let (mut described, mut on) = (BTreeSet::new(), BTreeSet::new());
            for row in rows {
                let cells: Vec<&str> = row.split('|').map(str::trim).collect();
                let names = || cells[1].split('`').skip(1).step_by(2);
                described.extend(names());
                on.extend(names().filter(|_| cells[2] == "yes"));
            }
            assert_eq!(described, BTreeSet::from(FEATURES), "rows of {path} (left) and features (right)");
            assert_eq!(on, default, "rows of {path} with `yes` (left) and the default (right)");
        }
    }

    /// A path that leads somewhere in a checkout leads nowhere on docs.rs and crates.io.
    #[test]
    fn links_of_published_pages_lead_somewhere() {
        let manifest = read("Cargo.toml");
        let (_, repository) = manifest.split_once("\nrepository = \"").unwrap();
        let here = format!("{}/blob/main/", repository.split('"').next().unwrap());
        let files = fs::read_dir(project_root().join(GUIDE)).unwrap().map(|entry| entry.unwrap().path());
        let guide = files.filter(|path| path.extension().is_some_and(|extension| extension == "md"));
        let mut pages: Vec<PathBuf> = guide.collect();
        assert!(!pages.is_empty(), "{GUIDE} has no page");
        let index = read(&format!("{GUIDE}/mod.rs"));
        for page in pages.iter().filter_map(|page| page.file_name()) {
            assert!(
                index.contains(&format!("= \"{}\";", page.display())),
                "{GUIDE}/mod.rs leaves out {}",
                page.display()
            );
        }
        pages.extend(
            ["etag-derive/README.md", "etag-runtime/README.md", "etag-runtime/doc/derive.md"].map(PathBuf::from),
        );
        for page in pages {
            let page = page.display().to_string();
            for target in links(&read(&page)) {
                let leads = match (target.strip_prefix(&here), target.split_once("etag_runtime/guide/")) {
                    (Some(path), _) => project_root().join(path).is_file(),
                    (None, Some((_, page))) => {
                        project_root().join(GUIDE).join(page.trim_matches('/')).with_extension("md").is_file()
                    }
                    // What is an item is checked by rustdoc.
                    (None, None) => target.starts_with("https://") || !target.contains(['/', '.', ' ']),
                };
                assert!(leads, "{page} links to {target}, which leads nowhere on docs.rs");
            }
        }
    }

    /// The targets of `[text](target)` and of `[name]: target`.
    fn links(page: &str) -> Vec<String> {
        let inline = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let defined = page.lines().filter(|line| line.starts_with('[')).filter_map(|line| line.split_once("]: "));
        inline.chain(defined.map(|(_, target)| target)).map(str::to_owned).collect()
    }
}
