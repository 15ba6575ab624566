use etag_runtime::{ETag, Version, VersionValue};

struct Revision(i64);

impl Version for Revision {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

#[derive(ETag)]
#[etag(stamp(ArticleStamp))]
struct Article {
    #[etag(version)]
    revision: Revision,
}

#[derive(serde::Serialize, ETag)]
#[etag(content, stamp)]
struct Settings {
    theme: String,
}

fn main() {}
