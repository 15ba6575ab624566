//! All contenders once more, for whoever counts instructions.

use crate::groups;
use crate::harness::Job;

/// So often each is called while it is counted.
pub(crate) const CALLS: u64 = 20;

/// Calls all contenders, or the one of this name, and prints the name of each.
pub(crate) fn run(only: Option<&str>) {
    for group in groups() {
        for mut contender in group.contenders {
            let name = format!("{}/{}", group.key, contender.key);
            if only.is_some_and(|only| only != name) {
                continue;
            }
            // What is made at the first call is nobody's cost.
            (contender.job)();
            counted(&mut contender.job);
            println!("{name}");
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
