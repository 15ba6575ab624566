//! `docs/performance.md`: what is between its markers, and its pictures.
//!
//! ```text
//! target/performance ──▶ Measured ─┬─targets─▶ a table, which is printed as well
//!                                  ├─tables──▶ the others
//!                                  └─plots───▶ docs/performance/*.svg
//! ```

mod bars;
mod lines;
mod machine;
mod measured;
mod page;
mod plots;
mod svg;
mod tables;
mod targets;

use std::fs;

use anyhow::{Context as _, Result};

pub(crate) use self::machine::load_average;
use self::measured::Measured;
use self::targets::Target;
use crate::figures::root;

/// Writes what was measured into the page, and prints the table of targets.
pub(crate) fn run() -> Result<()> {
    let measured = Measured::load()?;
    let targets = targets::of(&measured)?;
    let path = root().join("docs/performance.md");
    let mut page = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let mut blocks = tables::of(&measured)?;
    blocks.extend([("machine", machine::text()?), ("targets", Target::table(&targets))]);
    for (name, text) in blocks {
        page = page::with(&page, name, &text)?;
    }
    fs::write(&path, page)?;
    let folder = root().join("docs/performance");
    fs::create_dir_all(&folder)?;
    for (name, picture) in plots::of(&measured)? {
        fs::write(folder.join(name), picture)?;
    }
    targets::print(&targets);
    println!("\nwritten to docs/performance.md, with its pictures");
    Ok(())
}
