use etag_runtime::ETag;

struct Lsn(i64);

fn number(lsn: Lsn) -> i64 {
    lsn.0
}

#[derive(ETag)]
struct Row(#[etag(version, with = number)] Lsn);

fn main() {
    let _ = Row(Lsn(1)).etag();
}
