//! The promise that `examples/README.md` leads to every example.

use std::fs;

use crate::step::project_root;

#[test]
fn no_example_is_missing_on_their_page() {
    let examples = project_root().join("examples");
    let read = |path: &str| fs::read_to_string(project_root().join(path)).unwrap();
    let (page, workspace, package) = (read("examples/README.md"), read("Cargo.toml"), read("examples/Cargo.toml"));
    let quoted = |line: &str| line.split('"').nth(1).unwrap().to_owned();

    let members = workspace.lines().filter(|line| line.starts_with("    \"examples/"));
    let packages = members.map(|line| quoted(line).replacen("examples/", "](", 1));
    let files = package.lines().filter(|line| line.starts_with("path = ")).map(|line| format!("]({})", quoted(line)));
    let recipes = fs::read_dir(examples.join("recipes/sqlx/src")).unwrap();
    let recipes = recipes.map(|entry| format!("](recipes/sqlx/src/{})", entry.unwrap().file_name().display()));
    let needed: Vec<String> = packages.chain(files).chain(recipes.filter(|link| !link.contains("/lib.rs"))).collect();
    assert!(needed.len() > 30, "{needed:?} are too few");
    for link in needed {
        assert!(page.contains(&link), "examples/README.md has no link that contains `{link}`");
    }
    for target in page.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
        assert!(examples.join(target).exists(), "examples/README.md links to {target}, which is not there");
    }
}
