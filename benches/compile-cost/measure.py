"""What the derive costs the compiler, next to serde's `Serialize` on the same structs.

    python3 benches/compile-cost/measure.py [--rounds 15] [--offline]

Writes three packages to a temporary directory that differ in one word: no derive, `serde::Serialize`, `ETag`. Each has the
same structs of eight fields, once 1 and once 100 of them. `cargo check` runs for each in turn, so that what else happens on
the machine falls on all of them alike, and what is printed is the median.

The last column is what counts: the time that one derive adds to the time without any, as a part of what the other adds.
It should be at most 0.7. It means nothing for a single struct, whose derive costs less than the noise.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import tempfile
import time
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
    """The seconds that a check takes after a change of the only file."""
    (package / "src/lib.rs").touch()
    start = time.perf_counter()
    subprocess.run(["cargo", "check", "--quiet", *flags], cwd=package, env=environment, check=True)
    return time.perf_counter() - start


def measure(directory: Path, count: int, rounds: int, flags: list[str]) -> dict[str, float]:
    """The median of the time for each derive."""
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
            times[name].append(check(package, flags, environment))
    return {name: statistics.median(measured) for name, measured in times.items()}


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
            medians = measure(Path(directory), count, arguments.rounds, flags)
            none, serde, etag = (medians[name] * 1000 for name in DERIVES)
            added = (etag - none) / (serde - none)
            print(f"{count:>7} {none:>6.0f} ms {serde:>6.0f} ms {etag:>6.0f} ms {etag / serde:>11.2f} {added:>12.2f}")
    print("within the target" if added <= TARGET else f"beyond the target of {TARGET}")


if __name__ == "__main__":
    main()
