use etag_runtime::ETag;

fn half(number: &f64) -> f64 {
    number / 2.0
}

#[derive(ETag)]
struct Article(#[etag(version, with = half)] f64);

#[derive(ETag)]
struct Author(#[etag(version, with = f64::missing)] f64);

fn main() {}
