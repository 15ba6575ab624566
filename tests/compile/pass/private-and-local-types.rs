use etag_runtime::ETag;

mod model {
    #[derive(etag_runtime::ETag)]
    pub(crate) struct Article<T> {
        #[etag(related)]
        author: Author,
        #[etag(related)]
        owner: Owner<T>,
    }

    #[derive(etag_runtime::ETag)]
    struct Author(#[etag(version)] i64);

    #[derive(etag_runtime::ETag)]
    struct Owner<T>(#[etag(version)] T);

    pub(crate) fn article() -> Article<i64> {
        Article { author: Author(1), owner: Owner(1) }
    }
}

fn main() {
    #[derive(ETag)]
    struct Local {
        #[etag(related)]
        article: model::Article<i64>,
    }

    let _ = Local { article: model::article() }.etag();
}
