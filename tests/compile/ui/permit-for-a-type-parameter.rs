use etag_runtime::{ETag, Guarded, Preconditions, Rejected};

fn save<T: ETag>(preconditions: &Preconditions, stored: Option<T>) -> Result<Guarded<T>, Rejected> {
    preconditions.require().guard(stored)
}

fn main() {}
