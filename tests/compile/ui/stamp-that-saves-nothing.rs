use etag_runtime::ETag;

#[derive(Clone, serde::Serialize, ETag)]
#[etag(content, stamp(SettingsStamp))]
struct Settings {
    theme: String,
}

#[derive(ETag)]
#[etag(transparent, stamp(PageStamp, derive(Clone)))]
struct Page(Settings);

fn main() {}
