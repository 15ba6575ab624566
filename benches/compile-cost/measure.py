"""What the derive costs the compiler, next to serde's `Serialize` on the same structs.

    python3 benches/compile-cost/measure.py [--rounds 15] [--offline]

Writes three packages to a temporary directory that differ in one word: no derive, `serde::Serialize`, `ETag`. Each has the
same structs of eight fields, once 1 and once 100 of them. `cargo check` runs for each in turn, and what is printed is the
median of the time that it has kept a processor busy: to wait for one, while other programs run, costs nothing.

The last column is what counts: the time that one derive adds to the time without any, as a part of what the other adds.
It should be at most 0.7. Below each median stands how uncertain it is. Where a derive adds less than that, as for a single
struct on most machines, the ratio would be one of noise, and none is printed. A single struct gets three times the rounds,
and mostly measures what it takes to load the derive.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import statistics
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TARGET = 0.7
DERIVES = {"none": "", "serde": "serde::Serialize", "etag": "etag_runtime::ETag"}

MANIFEST = f"""\
[package]
name = "{{name}}"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
etag-runtime = {{{{ path = "{ROOT / 'etag-runtime'}", default-features = false, features = ["derive"] }}}}
serde = {{{{ version = "1", features = ["derive"] }}}}
"""

STRUCT = """\
{derive}
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
{derive}
pub struct Author {{
    pub name: String,
    {version}
    pub version: i64,
}}
"""


def source(derive: str, count: int) -> str:
    """The structs, with attributes where there is something to read them."""
    is_etag = derive == DERIVES["etag"]
    words = {role: f"#[etag({role})]" if is_etag else "" for role in ("timestamp", "version", "related")}
    words["derive"] = f"#[derive({derive})]" if derive else ""
    structs = [STRUCT.format(number=number, **words) for number in range(count)]
    return "\n".join(["use std::time::SystemTime;\n", AUTHOR.format(**words), *structs])


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
    for name, derive in DERIVES.items():
        package = directory / f"{name}-{count}"
        (package / "src").mkdir(parents=True)
        (package / "Cargo.toml").write_text(MANIFEST.format(name=package.name), encoding="utf-8")
        (package / "src/lib.rs").write_text(source(derive, count), encoding="utf-8")
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
    none, serde, etag = (statistics.median(times[name]) for name in DERIVES)
    errors = [uncertainty(times[name]) for name in DERIVES]
    added, error = (etag - none) / (serde - none), sum(errors) / abs(serde - none)
    is_noise = serde - none < 4 * max(errors)
    shown = "noise" if is_noise else f"{added:.2f} ±{error:.2f}"
    print(f"{count:>7} {none:>6.0f} ms {serde:>6.0f} ms {etag:>6.0f} ms {etag / serde:>11.2f} {shown:>12}")
    print("        " + " ".join(f"±{error:>5.1f} ms" for error in errors))
    return None if is_noise else (added, error)


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--offline", action="store_true")
    arguments = parser.parse_args()
    flags = ["--offline"] if arguments.offline else []
    print(f"{'structs':>7} {'none':>9} {'serde':>9} {'etag':>9} {'etag/serde':>11} {'added/added':>12}")
    with tempfile.TemporaryDirectory() as directory:
        for count in (1, 100):
            added = row(count, measure(Path(directory), count, arguments.rounds * (3 if count == 1 else 1), flags))
    if added is None or abs(added[0] - TARGET) < added[1]:
        print(f"too much noise to tell whether it is within the target of {TARGET}")
    else:
        print("within the target" if added[0] <= TARGET else f"beyond the target of {TARGET}")


if __name__ == "__main__":
    main()
