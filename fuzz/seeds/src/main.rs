//! What fuzzing starts from, written below the folder that is named: `TARGET/NAME`, one input a file.
//!
//! ```text
//! tests/conformance/cases.json ─▶ tag, tag_list, date, decision, round_trip
//! tests/compile/{pass,ui}/*.rs ─▶ derive
//! ```

mod cases;
mod models;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// Where the inputs of each target go.
struct Corpus {
    root: PathBuf,
}

fn main() -> Result<(), Box<dyn Error>> {
    let root = env::args_os().nth(1).ok_or("usage: etag-fuzz-seeds FOLDER")?;
    let corpus = Corpus { root: root.into() };
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let cases = cases::write(&fs::read_to_string(tests.join("conformance/cases.json"))?, &corpus)?;
    let models = models::write(&tests.join("compile"), &corpus)?;
    if cases == 0 || models == 0 {
        return Err("there is nothing to start from".into());
    }
    println!("{cases} inputs of the conformance cases, and {models} models");
    Ok(())
}

impl Corpus {
    fn add(&self, target: &str, name: &str, input: &[u8]) -> Result<usize, Box<dyn Error>> {
        let folder = self.root.join(target);
        fs::create_dir_all(&folder)?;
        fs::write(folder.join(name), input)?;
        Ok(1)
    }
}
