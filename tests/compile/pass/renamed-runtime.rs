//! The runtime behind a facade, which re-exports it under its own name.

mod facade {
    pub mod conditional {
        pub use ::etag_runtime::*;
    }
}

mod etag_runtime {}

use facade::conditional as tags;

#[derive(tags::ETag)]
#[etag(crate = crate::facade::conditional)]
struct Absolute(#[etag(version)] i64);

#[derive(tags::ETag)]
#[etag(crate = tags)]
struct Relative(#[etag(related)] Absolute);

macro_rules! within {
    () => {
        #[derive(tags::ETag)]
        #[etag(crate = $crate::tags)]
        struct Within(#[etag(related)] Relative);
    };
}

within!();

fn main() {
    use tags::ETag as _;
    let _ = Within(Relative(Absolute(1))).etag();
}
