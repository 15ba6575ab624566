//! All contenders once more, for whoever counts instructions.

use crate::groups;
use crate::harness::Job;

/// So often each is called while it is counted.
pub(crate) const CALLS: u64 = 20;

/// Calls all contenders, and prints the name of each.
pub(crate) fn run() {
    for group in groups() {
        for mut contender in group.contenders {
            // What is made at the first call is nobody's cost.
            (contender.job)();
            counted(&mut contender.job);
            println!("{}/{}", group.key, contender.key);
        }
    }
}

/// What [`crate::callgrind`] counts is what happens in here. It knows it by its name.
#[inline(never)]
fn counted(job: &mut Job) {
    for _ in 0..CALLS {
        job();
    }
}
