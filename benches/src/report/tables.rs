//! All figures, in the tables of the page.

use std::fmt::Write as _;

use anyhow::Result;

use super::measured::Measured;
use crate::figures::Time;

/// By the names of their places.
pub(super) fn of(measured: &Measured) -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("requests", times(measured, &["304", "200", "200-short", "412", "put"])?),
        ("loopback", loopback(measured)?),
        ("tags", times(measured, &["tag", "relations-", "content-"])?),
        ("decisions", times(measured, &["tags-", "if-"])?),
        ("layer", times(measured, &["layer-"])?),
        ("derive", derives(measured)?),
        ("sqlite", notes(measured)?),
    ])
}

/// Of the groups with these names, or with names that begin like that.
fn times(measured: &Measured, groups: &[&str]) -> Result<String> {
    let mut text = "| | ns | ratio | allocations | instructions |\n|---|--:|--:|--:|--:|\n".to_owned();
    for wanted in groups {
        let is_wanted = |group: &str| group == *wanted || (wanted.ends_with('-') && group.starts_with(wanted));
        let mut title = "";
        for time in measured.times.iter().filter(|time| is_wanted(&time.group)) {
            let Time { group, key, name, nanoseconds, ratio, .. } = time;
            if time.title != title {
                title = &time.title;
                writeln!(text, "| **{title}** | | | | |")?;
            }
            let (allocations, instructions) = (measured.allocations(group, key)?, measured.instructions(group, key)?);
            writeln!(text, "| {name} | {nanoseconds:.0} | {ratio:.2} | {allocations} | {instructions} |")?;
        }
    }
    Ok(text)
}

fn loopback(measured: &Measured) -> Result<String> {
    let mut text = "| | requests/s | ratio | p50 in ms | p99 in ms |\n|---|--:|--:|--:|--:|\n".to_owned();
    let mut title = "";
    for load in &measured.loads {
        if load.title != title {
            title = &load.title;
            writeln!(text, "| **{title}** | | | | |")?;
        }
        let (requests, ratio) = (load.requests, load.ratio);
        writeln!(
            text,
            "| {} | {requests:.0} | {ratio:.2} | {:.2} | {:.2} |",
            load.name, load.median, load.percentile_99
        )?;
    }
    Ok(text)
}

fn derives(measured: &Measured) -> Result<String> {
    let mut text = "| derive | one of 100 structs, in ms | a struct alone, in ms |\n|---|--:|--:|\n".to_owned();
    let serde = measured.derive("serde")?.milliseconds;
    for derive in measured.derives.iter().filter(|derive| derive.structs == 100) {
        let alone = measured.derives.iter().find(|other| other.structs == 1 && other.derive == derive.derive);
        let alone = alone.map(|alone| format!("{:.1} ±{:.1}", alone.milliseconds, alone.uncertainty));
        let name = match derive.derive.as_str() {
            "serde" => "`serde::Serialize`",
            "thiserror" => "`thiserror::Error`",
            _ => "`ETag`",
        };
        let (milliseconds, uncertainty) = (derive.milliseconds, derive.uncertainty);
        let ratio = milliseconds / serde;
        let alone = alone.unwrap_or_default();
        writeln!(text, "| {name} | {milliseconds:.2} ±{uncertainty:.2}, {ratio:.2} of serde's | {alone} |")?;
    }
    Ok(text)
}

fn notes(measured: &Measured) -> Result<String> {
    let mut text = "| | requests/s | ratio |\n|---|--:|--:|\n".to_owned();
    let mut title = "";
    for note in &measured.notes {
        if note.title != title {
            title = &note.title;
            writeln!(text, "| **{title}** | | |")?;
        }
        writeln!(text, "| {} | {:.0} | {:.2} |", note.name, note.requests, note.ratio)?;
    }
    Ok(text)
}
