//! The pictures of the page.

use anyhow::Result;

use super::bars::{self, Bar, Panel};
use super::lines::{self, Series};
use super::measured::Measured;
use crate::requests::Scenario;

const PICTURED: [Scenario; 4] = [Scenario::NotModified, Scenario::Ok, Scenario::Stale, Scenario::Replaced];

/// In the order of their bars: from the least work to the most.
const CONTENDERS: [&str; 6] = ["constant", "expert", "hashed", "toolkit", "headers", "hash"];

/// By the names of their files.
pub(super) fn of(measured: &Measured) -> Result<Vec<(&'static str, String)>> {
    Ok(vec![
        ("requests.svg", requests(measured)),
        ("loopback.svg", loopback(measured)),
        ("tags.svg", tags(measured)?),
        ("decisions.svg", decisions(measured)?),
        ("derive.svg", derives(measured)),
    ])
}

fn requests(measured: &Measured) -> String {
    let bar = |key: &&str, scenario: Scenario| {
        let time = measured.time(scenario.key(), key).ok()?;
        let label = format!("{:.2} µs", time.nanoseconds / 1000.0);
        Some(Bar { name: time.name.clone(), value: time.nanoseconds, label, is_ours: time.key == "toolkit" })
    };
    let panels = PICTURED.map(|scenario| Panel {
        title: scenario.title().into(),
        bars: CONTENDERS.iter().filter_map(|key| bar(key, scenario)).collect(),
    });
    bars::draw("Time of one request", "Through the router of axum, without a socket", &panels)
}

fn loopback(measured: &Measured) -> String {
    let bar = |key: &&str, scenario: Scenario| {
        let load = measured.requests(scenario.key(), key).ok()?;
        let label = format!("{:.0} 000, {:.2}", load.requests / 1000.0, load.ratio);
        Some(Bar { name: load.name.clone(), value: load.requests, label, is_ours: load.key == "toolkit" })
    };
    let panels = PICTURED.map(|scenario| Panel {
        title: scenario.title().into(),
        bars: CONTENDERS.iter().filter_map(|key| bar(key, scenario)).collect(),
    });
    bars::draw("Requests in a second of one processor", "Over loopback; ratios are to constant answers", &panels)
}

fn tags(measured: &Measured) -> Result<String> {
    let counts = [1, 10, 100, 1000];
    let series = |key, name: &str| -> Result<Series> {
        let point = |count: u32| Ok((f64::from(count), measured.time(&format!("relations-{count}"), key)?.nanoseconds));
        Ok(Series { name: name.into(), points: counts.into_iter().map(point).collect::<Result<_>>()? })
    };
    let series = [series("tag", "the tag")?, series("sha256", "SHA-256 of the same octets")?];
    Ok(lines::draw("Tag of a model with relations", "relations", "ns", &series))
}

fn decisions(measured: &Measured) -> Result<String> {
    let counts = [1, 10, 100];
    let series = |key, name: &str| -> Result<Series> {
        let point = |count: u32| Ok((f64::from(count), measured.time(&format!("tags-{count}"), key)?.nanoseconds));
        Ok(Series { name: name.into(), points: counts.into_iter().map(point).collect::<Result<_>>()? })
    };
    let series = [
        series("new", "fields to a decision")?,
        series("headers", "the same with headers")?,
        series("match", "evaluation alone")?,
    ];
    Ok(lines::draw("If-None-Match, of which the last tag matches", "tags in the field", "ns", &series))
}

fn derives(measured: &Measured) -> String {
    let bars = measured.derives.iter().filter(|derive| derive.structs == 100);
    let bars = bars.map(|derive| Bar {
        name: if derive.derive == "etag" { "ETag".into() } else { derive.derive.clone() },
        value: derive.milliseconds,
        label: format!("{:.2} ms", derive.milliseconds),
        is_ours: derive.derive == "etag",
    });
    let panel = Panel { title: "One of 100 structs of eight fields".into(), bars: bars.collect() };
    bars::draw("What a derive adds to cargo check", "Time of a processor", &[panel])
}
