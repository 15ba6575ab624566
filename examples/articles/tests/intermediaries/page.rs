//! `docs/intermediaries.md`: the configurations in it are what is run, and its table is what was measured.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

use crate::CONFIGURATIONS;
use crate::apache::APACHE;
use crate::haproxy::HAPROXY;
use crate::intermediary::version;
use crate::nginx::NGINX;
use crate::varnish::VARNISH;

/// The line under the head of the table; the rows follow.
const RULE: &str = "|---|---|---|---|---|---|\n";

/// Tests run at the same time.
static PAGE: Mutex<()> = Mutex::new(());

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs/intermediaries.md")
}

fn read() -> String {
    fs::read_to_string(path()).unwrap()
}

/// The lines of the first block under this title.
pub(crate) fn configuration(name: &str) -> String {
    let page = read();
    let (_, section) = page.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("no title `{name}`"));
    let section = section.split("\n#").next().unwrap();
    let (_, block) = section.split_once("\n```").unwrap_or_else(|| panic!("no block under `{name}`"));
    let (_, lines) = block.split_once('\n').unwrap();
    lines.split("```").next().unwrap().to_owned()
}

/// Compares the row of this name with these cells; writes it instead if that is asked for, as of a snapshot.
pub(crate) fn compare(name: &str, cells: &str) {
    let _page = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let page = read();
    let measured = format!("| {name} | {cells} |");
    let shown = row(&page, name).unwrap_or("nothing");
    if shown == measured {
        return;
    }
    assert!(is_written(), "measured:\n{measured}\nshown:\n{shown}\n`INSTA_UPDATE=always` writes the page");
    let rows =
        CONFIGURATIONS.iter().filter_map(|other| if *other == name { Some(&*measured) } else { row(&page, other) });
    let (before, table) = page.split_once(RULE).unwrap();
    let after = table.lines().skip_while(|line| line.starts_with('|'));
    let lines = rows.chain(after).map(|line| format!("{line}\n"));
    write(&format!("{before}{RULE}{}", lines.collect::<String>()));
}

/// In one step: others may be reading it.
fn write(page: &str) {
    let new = path().with_extension("new");
    fs::write(&new, page).unwrap();
    fs::rename(new, path()).unwrap();
}

fn is_written() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always")
}

fn row<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("| {name} | ");
    page.lines().find(|line| line.starts_with(&begin))
}

/// The first cells of the table.
fn names(page: &str) -> Vec<&str> {
    let (_, rows) = page.split_once(RULE).unwrap();
    rows.lines().map_while(|line| line.strip_prefix("| ")?.split(" | ").next()).collect()
}

#[test]
fn every_row_is_measured_and_every_configuration_is_run() {
    let page = read();
    assert_eq!(names(&page), CONFIGURATIONS);
    let titles: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("### ")).collect();
    assert_eq!(titles, CONFIGURATIONS);
    assert_eq!(page.matches("\n```").count(), 2 * CONFIGURATIONS.len(), "a block that is not run");
}

/// Those with which the table was written last. What is installed may be newer, and has to do the same.
#[test]
fn versions() {
    let _page = PAGE.lock().unwrap_or_else(PoisonError::into_inner);
    let page = read();
    let begin = "Measured with ";
    let shown = page.lines().find(|line| line.starts_with(begin)).expect("the page says with what it was measured");
    let [apache, haproxy, nginx, varnish] = [APACHE, HAPROXY, NGINX, VARNISH].map(|one| version(&one));
    let installed = format!(
        "{begin}Apache httpd {apache}, HAProxy {haproxy}, nginx {nginx} and Varnish {varnish}, as Debian has them."
    );
    let without_numbers = |line: &str| line.replace(|c: char| c.is_ascii_digit() || c == '.', "");
    assert_eq!(without_numbers(shown), without_numbers(&installed));
    if is_written() {
        write(&page.replace(shown, &installed));
    }
}

#[test]
fn no_link_is_dead() {
    let page = read();
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let dead: Vec<&str> = links.filter(|link| !path().with_file_name(link).exists()).collect();
    assert!(dead.is_empty(), "{dead:?}");
}
