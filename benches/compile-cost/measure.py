"""What the derive costs the compiler, next to `Serialize` of serde and `Error` of thiserror on the same structs.

    python3 benches/compile-cost/measure.py [--rounds 15] [--offline] [--json FILE]

Writes packages to a temporary directory that differ in one word: no derive, `serde::Serialize`, `thiserror::Error`, `ETag`. Each
has the same structs of eight fields, once 1 and once 100 of them, and the versions of all dependencies are those of the workspace.
`cargo check` runs for each in turn, and what is printed is the median of the time that it has kept a processor busy: to wait for
one, while other programs run, costs nothing.

The last column is what counts: the time that one derive adds to the time without any, as a part of what that of serde adds.
It should be at most 1.2 / 2.1. Below each median stands how uncertain it is. Where a derive adds less than that, as for a single
struct on most machines, the ratio would be one of noise, and none is printed. A single struct gets three times the rounds,
and mostly measures what it takes to load the derive.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import resource
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = 1.2 / 2.1
DERIVES = {
    "none": "",
    "serde": ", serde::Serialize",
    "thiserror": ", thiserror::Error",
    "etag": ", etag_runtime::ETag",
}

MANIFEST = f"""\
[package]
name = "{{name}}"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
etag-runtime = {{{{ path = "{ROOT / 'etag-runtime'}", default-features = false, features = ["derive"] }}}}
serde = {{{{ version = "1", features = ["derive"] }}}}
thiserror = "2"
"""

# What is an error has to be `Debug`: so is everything, that the packages differ in one word.
STRUCT = """\
#[derive(Debug{derive})]
{error}
pub struct Model{number} {{
    pub id: i64,
    pub title: String,
    pub body: Option<String>,
    pub labels: Vec<String>,
    pub created_at: SystemTime,
    {timestamp}
    pub updated_at: SystemTime,
    {version}
    pub version: i64,
    {related}
    pub author: Author,
}}
"""

AUTHOR = """\
#[derive(Debug{derive})]
{error}
pub struct Author {{
    pub name: String,
    {version}
    pub version: i64,
}}
"""


def source(name: str, count: int) -> str:
    """The structs, with attributes where there is something to read them."""
    words = {role: f"#[etag({role})]" if name == "etag" else "" for role in ("timestamp", "version", "related")}
    words["derive"] = DERIVES[name]

    def error(message: str) -> str:
        return f'#[error("{message}")]' if name == "thiserror" else ""

    structs = [STRUCT.format(number=number, error=error("{id}: {title}"), **words) for number in range(count)]
    return "\n".join(["use std::time::SystemTime;\n", AUTHOR.format(error=error("{name}"), **words), *structs])


def check(package: Path, flags: list[str], environment: dict[str, str]) -> float:
    """The seconds of a processor that a check takes after a change of the only file."""
    (package / "src/lib.rs").touch()
    start = busy()
    subprocess.run(["cargo", "check", "--quiet", *flags], cwd=package, env=environment, check=True)
    return busy() - start


def busy() -> float:
    """The seconds that everything started here, and ended, has kept a processor busy."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return children.ru_utime + children.ru_stime


def measure(directory: Path, count: int, rounds: int, flags: list[str]) -> dict[str, list[float]]:
    """The times for each derive, in milliseconds."""
    packages = {}
    for name in DERIVES:
        package = directory / f"{name}-{count}"
        (package / "src").mkdir(parents=True)
        (package / "Cargo.toml").write_text(MANIFEST.format(name=package.name), encoding="utf-8")
        (package / "src/lib.rs").write_text(source(name, count), encoding="utf-8")
        shutil.copy(ROOT / "Cargo.lock", package)
        packages[name] = package
    # Incremental compilation would keep most of what is to be measured; dependencies are checked once, for all.
    environment = {**os.environ, "CARGO_INCREMENTAL": "0", "CARGO_TARGET_DIR": str(directory / "target")}
    for package in packages.values():
        check(package, flags, environment)
    times: dict[str, list[float]] = {name: [] for name in packages}
    for _ in range(rounds):
        for name, package in packages.items():
            times[name].append(check(package, flags, environment) * 1000)
    return times


def uncertainty(times: list[float]) -> float:
    """The standard error of the median, by the range in which the middle half of the times lies."""
    first, _, third = statistics.quantiles(times, n=4)
    return 0.93 * (third - first) / math.sqrt(len(times))


def row(count: int, times: dict[str, list[float]]) -> tuple[float, float] | None:
    """Prints what was measured, and gives the ratio of what is added and its uncertainty, unless it is only noise."""
    medians = {name: statistics.median(times[name]) for name in DERIVES}
    errors = {name: uncertainty(times[name]) for name in DERIVES}
    by_serde = medians["serde"] - medians["none"]
    added = (medians["etag"] - medians["none"]) / by_serde
    error = (errors["none"] + errors["serde"] + errors["etag"]) / abs(by_serde)
    is_noise = by_serde < 4 * max(errors.values())
    shown = "noise" if is_noise else f"{added:.2f} ±{error:.2f}"
    print(f"{count:>7} " + " ".join(f"{median:>8.0f} ms" for median in medians.values()) + f" {shown:>14}")
    print("        " + " ".join(f"±{error:>7.1f} ms" for error in errors.values()))
    return None if is_noise else (added, error)


def figures(count: int, times: dict[str, list[float]]) -> list[dict[str, object]]:
    """What each derive adds for each struct, for docs/performance.md."""
    none = times["none"]
    return [
        {
            "structs": count,
            "derive": name,
            "milliseconds": (statistics.median(times[name]) - statistics.median(none)) / count,
            "uncertainty": (uncertainty(times[name]) + uncertainty(none)) / count,
        }
        for name in DERIVES
        if name != "none"
    ]


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--offline", action="store_true")
    parser.add_argument("--json", type=Path, metavar="FILE")
    arguments = parser.parse_args()
    flags = ["--offline"] if arguments.offline else []
    print(f"{'structs':>7} " + " ".join(f"{name:>11}" for name in DERIVES) + f" {'etag/serde':>14}")
    measured: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as directory:
        for count in (1, 100):
            times = measure(Path(directory), count, arguments.rounds * (3 if count == 1 else 1), flags)
            added = row(count, times)
            measured += figures(count, times)
    if arguments.json:
        arguments.json.parent.mkdir(parents=True, exist_ok=True)
        arguments.json.write_text(json.dumps(measured, indent=2) + "\n", encoding="utf-8")
    if added is None or abs(added[0] - TARGET) < added[1]:
        print(f"too much noise to tell whether it is within the target of {TARGET:.2f}")
    else:
        print("within the target" if added[0] <= TARGET else f"beyond the target of {TARGET:.2f}")


if __name__ == "__main__":
    main()
