//! What was aimed at, next to what was measured.

use anyhow::Result;

use super::measured::Measured;

/// One aim.
pub(super) struct Target {
    what: String,
    bound: Bound,
    figure: f64,
    unit: &'static str,
}

enum Bound {
    AtMost(f64),
    AtLeast(f64),
}

use Bound::{AtLeast, AtMost};

const TIMES: &str = " ×";
const NANOSECONDS: &str = " ns";
const COUNT: &str = "";

pub(super) fn of(measured: &Measured) -> Result<Vec<Target>> {
    let mut targets = requests(measured)?;
    targets.extend(loopback(measured)?);
    targets.extend(decisions(measured)?);
    targets.extend(tags(measured)?);
    targets.extend(derives(measured)?);
    Ok(targets)
}

fn requests(measured: &Measured) -> Result<Vec<Target>> {
    let ratio = |group| Ok::<_, anyhow::Error>(measured.time(group, "toolkit")?.ratio);
    let more = |other| -> Result<f64> {
        Ok(float(measured.instructions("304", "toolkit")?) - float(measured.instructions("304", other)?))
    };
    let allocations = float(measured.allocations("304", "toolkit")?) - float(measured.allocations("304", "expert")?);
    Ok(vec![
        target("304 in process: time, to the expert's", AtMost(1.08), ratio("304")?, TIMES),
        target("304: allocations, more than the expert's", AtMost(1.0), allocations, COUNT),
        target(
            "304: instructions, more than the same handler without conditionals, which sends 60 octets",
            AtMost(600.0),
            more("unconditional")?,
            COUNT,
        ),
        target("304: instructions, more than a constant 304", AtMost(600.0), more("constant")?, COUNT),
        target("200 of 2 KB in process: time, to the expert's", AtMost(1.03), ratio("200")?, TIMES),
        target("200 of 60 octets in process: time, to the expert's", AtMost(1.03), ratio("200-short")?, TIMES),
        target(
            "412 in process: requests in the same time, to a constant 412",
            AtLeast(0.92),
            1.0 / ratio("412")?,
            TIMES,
        ),
    ])
}

fn loopback(measured: &Measured) -> Result<Vec<Target>> {
    let not_modified = measured.requests("304", "toolkit")?.ratio;
    let hash = measured.requests("304", "hash")?.ratio;
    let stale = measured.requests("412", "toolkit")?.ratio;
    let stamp = measured.note("a row of seven columns", "its stamp, 304")?.ratio;
    Ok(vec![
        target("304 over loopback: requests, to constant answers", AtLeast(0.97), not_modified, TIMES),
        target("304 over loopback: requests, to SHA-256 of the body", AtLeast(1.5), not_modified / hash, TIMES),
        target("412 over loopback: requests, to a constant 412", AtLeast(0.92), stale, TIMES),
        target("304 from SQLite by a stamp: requests, to loading a row of seven columns", AtLeast(1.15), stamp, TIMES),
    ])
}

fn decisions(measured: &Measured) -> Result<Vec<Target>> {
    let time = |group| Ok::<_, anyhow::Error>(measured.time(group, "match")?.nanoseconds);
    let allocations = measured.allocations("tags-1", "match")? + measured.allocations("tags-100", "match")?;
    Ok(vec![
        target("evaluation of 1 tag", AtMost(12.0), time("tags-1")?, NANOSECONDS),
        target("evaluation of 100 tags", AtMost(300.0), time("tags-100")?, NANOSECONDS),
        target("evaluation: allocations", AtMost(0.0), float(allocations), COUNT),
    ])
}

fn tags(measured: &Measured) -> Result<Vec<Target>> {
    let instructions =
        |count: u32| -> Result<f64> { Ok(float(measured.instructions(&format!("relations-{count}"), "tag")?)) };
    // What one relation more costs from here to there.
    let slope =
        |from: u32, to: u32| -> Result<f64> { Ok((instructions(to)? - instructions(from)?) / f64::from(to - from)) };
    let time = measured.time("tag", "one")?.nanoseconds;
    let allocations = float(measured.allocations("tag", "one")?);
    let linear = slope(100, 1000)? / slope(10, 100)?;
    let hash = |group| Ok::<_, anyhow::Error>(measured.time(group, "tag")?.ratio);
    Ok(vec![
        target("tag with one relation", AtMost(120.0), time, NANOSECONDS),
        target("tag with one relation: allocations before the header value", AtMost(0.0), allocations, COUNT),
        target("a relation more after 100: instructions, to one more after 10", AtMost(1.1), linear, TIMES),
        target("tag with 100 relations: time, to SHA-256 of the octets", AtMost(1.1), hash("relations-100")?, TIMES),
        target("tag with 1000 relations: time, to SHA-256 of the octets", AtMost(1.1), hash("relations-1000")?, TIMES),
    ])
}

fn derives(measured: &Measured) -> Result<Vec<Target>> {
    let ratio = measured.derive("etag")?.milliseconds / measured.derive("serde")?.milliseconds;
    Ok(vec![target("derive: time of a check, to serde's `Serialize` (1.2 ms to 2.1 ms)", AtMost(0.57), ratio, TIMES)])
}

fn target(what: &str, bound: Bound, figure: f64, unit: &'static str) -> Target {
    Target { what: what.into(), bound, figure, unit }
}

#[expect(clippy::cast_precision_loss, reason = "fewer than 2^52")]
fn float(count: u64) -> f64 {
    count as f64
}

impl Target {
    /// As rounded as it is shown: 1.084 is 1.08.
    fn is_met(&self) -> bool {
        let round = |figure: f64| (figure * 100.0).round();
        match self.bound {
            AtMost(bound) => round(self.figure) <= round(bound),
            AtLeast(bound) => round(self.figure) >= round(bound),
        }
    }

    fn cells(&self) -> [String; 4] {
        let number = |value: f64| if self.unit == TIMES { format!("{value:.2}") } else { format!("{value:.0}") };
        let unit = self.unit;
        let bound = match self.bound {
            AtMost(bound) => format!("≤ {}{unit}", number(bound)),
            AtLeast(bound) => format!("≥ {}{unit}", number(bound)),
        };
        let figure = match self.unit {
            NANOSECONDS => format!("{:.1}{unit}", self.figure),
            unit => format!("{}{unit}", number(self.figure)),
        };
        [self.what.clone(), bound, figure, if self.is_met() { "yes" } else { "**no**" }.into()]
    }

    pub(super) fn table(targets: &[Target]) -> String {
        let rows: Vec<String> = targets.iter().map(|target| format!("| {} |", target.cells().join(" | "))).collect();
        format!("| | target | figure | met |\n|---|--:|--:|---|\n{}", rows.join("\n"))
    }
}

pub(super) fn print(targets: &[Target]) {
    println!("{:<92} {:>10} {:>10}  met", "", "target", "figure");
    for target in targets {
        let [what, bound, figure, met] = target.cells();
        println!("{what:<92} {bound:>10} {figure:>10}  {}", met.replace('*', ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_met_by_what_is_shown() {
        let met = |bound, figure| target("", bound, figure, TIMES).is_met();
        assert!(met(AtMost(1.08), 1.084) && !met(AtMost(1.08), 1.086));
        assert!(met(AtLeast(0.97), 0.966) && !met(AtLeast(0.97), 0.964));
        let cells = target("a", AtLeast(0.97), 0.964, TIMES).cells();
        assert_eq!(cells, ["a", "≥ 0.97 ×", "0.96 ×", "**no**"]);
    }
}
