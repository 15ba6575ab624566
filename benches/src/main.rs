//! What a tag, a decision and a `304` cost, next to code written by hand.
//!
//! `cargo xtask bench` runs all of it and prints one table. Everything that is compared is measured in the same run,
//! in turns, so that a drift of the machine's speed moves both sides; quote the ratios.
#![expect(clippy::print_stdout, reason = "a table on standard output is what this program makes")]

mod evaluate;
mod harness;
mod layer;
mod router;
mod stale;
mod tag;

fn main() {
    println!("{:<58} {:>10} {:>8} {:>7}", "", "ns", "ratio", "allocs");
    tag::run();
    evaluate::run();
    router::run();
    stale::run();
    layer::run();
}
