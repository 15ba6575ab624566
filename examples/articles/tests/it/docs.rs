//! A page below `docs` that is run: under each of its titles stands a block, and its table is what was measured of them.

use std::fs;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The line under the head of the table; the rows follow.
const RULE: &str = "\n|---|";

/// Tests run at the same time.
static PAGE: Mutex<()> = Mutex::new(());

/// A page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Page {
    /// The name of its file.
    pub(crate) file: &'static str,
    /// The first cells of its table, in their order. Each is a title as well.
    pub(crate) names: &'static [&'static str],
}

impl Page {
    pub(crate) fn path(&self) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../docs").join(self.file)
    }

    pub(crate) fn read(&self) -> String {
        fs::read_to_string(self.path()).unwrap()
    }

    /// The lines of the first block under this title.
    pub(crate) fn block(&self, name: &str) -> String {
        let page = self.read();
        let (_, section) = page.split_once(&format!("\n### {name}\n")).unwrap_or_else(|| panic!("no title `{name}`"));
        let section = section.split("\n#").next().unwrap();
        let (_, block) = section.split_once("\n```").unwrap_or_else(|| panic!("no block under `{name}`"));
        let (_, lines) = block.split_once('\n').unwrap();
        lines.split("```").next().unwrap().to_owned()
    }

    /// Compares the row of this name with these cells; writes it instead if that is asked for, as of a snapshot.
    pub(crate) fn compare(&self, name: &str, cells: &str) {
        let _page = lock();
        let page = self.read();
        let measured = format!("| {name} | {cells} |");
        let shown = row(&page, name).unwrap_or("nothing");
        if shown == measured {
            return;
        }
        assert!(is_written(), "measured:\n{measured}\nshown:\n{shown}\n`INSTA_UPDATE=always` writes the page");
        let rows =
            self.names.iter().filter_map(|other| if *other == name { Some(&*measured) } else { row(&page, other) });
        let (before, table) = split(&page);
        let after = table.lines().skip_while(|line| line.starts_with('|'));
        let lines = rows.chain(after).map(|line| format!("{line}\n"));
        self.write(&format!("{before}{}", lines.collect::<String>()));
    }

    /// Compares the line that says with what the table was written last; what is installed may be newer, and has to do the same.
    pub(crate) fn compare_versions(&self, installed: &str) {
        let _page = lock();
        let page = self.read();
        let begin = "Measured with ";
        let shown = page.lines().find(|line| line.starts_with(begin)).expect("the page says with what it was measured");
        let without_numbers = |line: &str| line.replace(|c: char| c.is_ascii_digit() || c == '.', "");
        assert_eq!(without_numbers(shown), without_numbers(installed));
        if is_written() {
            self.write(&page.replace(shown, installed));
        }
    }

    /// That nothing is on the page which is not run.
    pub(crate) fn is_complete(&self) {
        let page = self.read();
        let (_, rows) = split(&page);
        let shown: Vec<&str> = rows.lines().map_while(|line| line.strip_prefix("| ")?.split(" | ").next()).collect();
        assert_eq!(shown, self.names);
        let titles: Vec<&str> = page.lines().filter_map(|line| line.strip_prefix("### ")).collect();
        assert_eq!(titles, self.names);
        assert_eq!(page.matches("\n```").count(), 2 * self.names.len(), "a block that is not run");
        let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        let dead: Vec<&str> = links.filter(|link| !self.path().with_file_name(link).exists()).collect();
        assert!(dead.is_empty(), "{dead:?}");
    }

    /// In one step: others may be reading it.
    fn write(&self, page: &str) {
        let new = self.path().with_extension("new");
        fs::write(&new, page).unwrap();
        fs::rename(new, self.path()).unwrap();
    }
}

fn lock() -> MutexGuard<'static, ()> {
    PAGE.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_written() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|update| update == "always")
}

fn row<'a>(page: &'a str, name: &str) -> Option<&'a str> {
    let begin = format!("| {name} | ");
    page.lines().find(|line| line.starts_with(&begin))
}

/// Before and after the end of the line under the head of the table.
fn split(page: &str) -> (&str, &str) {
    let rule = page.find(RULE).expect("the page has a table");
    let end = page[rule + 1..].find('\n').expect("the table has rows");
    page.split_at(rule + 1 + end + 1)
}
