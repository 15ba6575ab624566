//! Instructions of one request, counted by valgrind: hardly more or fewer on a busy machine, but for what threads do until they
//! hand over to each other, a tenth of them at most.

use std::process::Command;

use anyhow::{Context as _, Result, ensure};

/// What is counted is the difference between these, so that the start is not.
const REQUESTS: [u32; 2] = [500, 5_500];

/// Prints the instructions of a `304` on SQLite.
pub(crate) fn run() -> Result<()> {
    println!("\n{:<44} {:>12} {:>8}", "SQLite, no relations", "instructions", "ratio");
    let first = of_one_request("expert")?;
    for (name, path) in [("SELECT version, by hand, 304", "expert"), ("stamp, 304", "note")] {
        let instructions = of_one_request(path)?;
        println!("  {name:<42} {instructions:>12.0} {:>8.2}", instructions / first);
    }
    Ok(())
}

fn of_one_request(path: &str) -> Result<f64> {
    let [few, many] = REQUESTS;
    #[expect(clippy::cast_precision_loss, reason = "fewer than 2^52")]
    let difference = (of(path, many)? - of(path, few)?) as f64;
    Ok(difference / f64::from(many - few))
}

/// Instructions of the whole program, with so many requests.
fn of(path: &str, requests: u32) -> Result<u64> {
    let program = std::env::current_exe()?;
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(program)
        .args(["requests", path, &requests.to_string()])
        .output()
        .context("valgrind counts the instructions; it is a package of every distribution")?;
    let log = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{log}");
    let (_, count) = log.rsplit_once("Collected : ").context("valgrind says what it has collected")?;
    let digits: String = count.trim_start().chars().take_while(char::is_ascii_digit).collect();
    digits.parse().with_context(|| format!("a number of instructions, not {count}"))
}
