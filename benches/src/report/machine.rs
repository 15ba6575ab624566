//! On what it was measured, and when.

use std::fs;
use std::process::Command;
use std::thread::available_parallelism;
use std::time::SystemTime;

use anyhow::{Context as _, Result};

use crate::figures::{self, root};

/// The crates whose speed is measured along.
const CRATES: [&str; 8] = ["axum", "axum-extra", "headers", "http", "hyper", "sha2", "serde", "thiserror"];

pub(super) fn text() -> Result<String> {
    let processor = cpu_information("model name")?;
    let flags = cpu_information("flags")?;
    let has = |flag: &str| flags.split(' ').any(|other| other == flag);
    let hash = if has("sha_ni") { "with instructions for SHA-256" } else { "without instructions for SHA-256" };
    let place = if has("hypervisor") { " of a virtual machine" } else { "" };
    let processors = available_parallelism()?;
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
    let lock = fs::read_to_string(root().join("Cargo.lock"))?;
    let date = httpdate::fmt_http_date(SystemTime::now());
    // "Sun, 06 Nov 1994 08:49:37 GMT"
    let date = date.get(5..16).unwrap_or(&date);
    let load: f64 = figures::load("load-average")?;
    let commit = first_line("git", &["rev-parse", "--short", "HEAD"])?;
    let wrk = first_line("wrk", &["--version"])?;
    let wrk = wrk.split(" [").next().unwrap_or_default();
    let library = first_line("ldd", &["--version"])?;
    let library = library.rsplit(' ').next().unwrap_or_default();
    let rows = [
        ("processor", format!("{processor}, {processors} cores{place}, {hash}")),
        ("system", format!("Linux {}, glibc {library}", kernel.trim())),
        ("compiler", format!("{}, `--release`", first_line("rustc", &["--version"])?)),
        ("crates", versions(&lock)?),
        ("tools", format!("{}, {wrk}", first_line("valgrind", &["--version"])?)),
        ("date", format!("{date}, at {commit}; load average before: {load:.2}")),
    ];
    let rows: Vec<String> = rows.iter().map(|(name, value)| format!("| {name} | {value} |")).collect();
    Ok(format!("| | |\n|---|---|\n{}", rows.join("\n")))
}

/// How many programs have wanted a processor in the last minute.
pub(crate) fn load_average() -> Result<f64> {
    let averages = fs::read_to_string("/proc/loadavg")?;
    averages.split(' ').next().unwrap_or_default().parse().context("a load average")
}

fn cpu_information(name: &str) -> Result<String> {
    let text = fs::read_to_string("/proc/cpuinfo")?;
    let line = text.lines().find(|line| line.starts_with(name)).with_context(|| format!("{name} of the processor"))?;
    Ok(line.split_once(':').map_or("", |(_, value)| value.trim()).to_owned())
}

fn first_line(program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).output().with_context(|| program.to_owned())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    Ok(printed.lines().next().unwrap_or_default().to_owned())
}

fn versions(lock: &str) -> Result<String> {
    let lock: toml::Table = toml::from_str(lock)?;
    let packages = lock.get("package").and_then(toml::Value::as_array).context("packages")?;
    let of = |wanted: &str| {
        let versions =
            packages.iter().filter(|package| package.get("name").and_then(toml::Value::as_str) == Some(wanted));
        // The last one is the latest.
        let version = versions.filter_map(|package| package.get("version")?.as_str()).next_back();
        format!("{wanted} {}", version.unwrap_or("?"))
    };
    Ok(CRATES.map(of).join(", "))
}
