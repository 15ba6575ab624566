//! `docs/clients.md`: the blocks in it are what is run, and its table is what was measured.

use std::fs;
use std::process::Command;

use crate::NAMES;
use crate::docs::Page;
use crate::python::REQUIREMENTS;

pub(crate) const PAGE: Page = Page { file: "clients.md", names: NAMES };

impl Page {
    /// That the block under this title is a part of this source, which is compiled.
    pub(crate) fn has_code(&self, name: &str, source: &str) {
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let block = words(&self.block(name));
        assert!(words(source).contains(&block), "not in the source: {block}");
    }
}

#[test]
fn every_row_is_measured_and_every_block_is_run() {
    PAGE.is_complete();
}

#[test]
fn versions() {
    let [curl, chromium] = ["curl", "chromium"].map(printed);
    let pinned = fs::read_to_string(REQUIREMENTS).unwrap();
    let of = |name: &str| {
        let version = pinned.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix("=="));
        version.unwrap_or_else(|| panic!("{name} is not pinned")).to_owned()
    };
    let [cache_control, hishel, httpx, requests_cache] = ["CacheControl", "hishel", "httpx", "requests-cache"].map(of);
    PAGE.compare_versions(&format!(
        "Measured with curl {curl}, Chromium {chromium}, http-cache-reqwest {}, hishel {hishel} on httpx {httpx}, \
         requests-cache {requests_cache} and CacheControl {cache_control}.",
        locked("http-cache-reqwest")
    ));
}

/// The version that a program prints.
fn printed(program: &str) -> String {
    let output = Command::new(program).arg("--version").output().unwrap();
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let is_version = |word: &&str| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.');
    printed.split_whitespace().find(is_version).unwrap_or_else(|| panic!("no version in {printed}")).to_owned()
}

/// The version of a crate.
fn locked(name: &str) -> String {
    let lock = include_str!("../../../../Cargo.lock");
    let (_, rest) = lock.split_once(&format!("\nname = \"{name}\"\nversion = \"")).expect("it is a dependency");
    rest.split('"').next().unwrap().to_owned()
}
