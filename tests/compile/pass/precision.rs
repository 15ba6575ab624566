use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use etag_runtime::ETag;

#[derive(ETag)]
struct Article {
    #[etag(timestamp, precision = "seconds")]
    updated_at: SystemTime,
}

#[derive(ETag)]
#[etag(strong)]
struct Comment<Z: chrono::TimeZone>(#[etag(precision = "millis", timestamp)] Option<DateTime<Z>>);

#[derive(ETag)]
struct Exact(#[etag(timestamp, precision = "micros")] SystemTime);

fn main() {
    let article = |millis| Article { updated_at: SystemTime::UNIX_EPOCH + Duration::from_millis(millis) };
    assert_eq!(article(1_001).validators(), article(1_999).validators());
    assert_ne!(article(1_999).etag(), article(2_000).etag());
    assert_eq!(article(1_999).validators().last_modified().unwrap().to_string(), "Thu, 01 Jan 1970 00:00:01 GMT");

    let comment = |micros| Comment(DateTime::<Utc>::from_timestamp_micros(micros));
    assert_eq!(comment(1_000).etag(), comment(1_999).etag());
    assert_ne!(comment(1_999).etag(), comment(2_000).etag());
    assert_ne!(Exact(article(7).updated_at).etag().opaque(), comment(7_000).etag().opaque());
}
