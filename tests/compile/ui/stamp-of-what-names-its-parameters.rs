use etag_runtime::ETag;

#[derive(ETag)]
#[etag(stamp(ArticleStamp), salt = Self::secret())]
struct Article<T> {
    #[etag(version, with = <Self>::half)]
    version: i64,
    #[etag(skip)]
    body: T,
}

fn main() {}
