use etag_runtime::{ETag, StrongETag};

#[derive(ETag)]
struct Row<const N: usize>(#[etag(version)] [u8; N]);

#[derive(ETag)]
struct Grid<T, const ROWS: usize, const WIDE: bool = false> {
    #[etag(related)]
    rows: [T; ROWS],
    #[etag(related)]
    total: Row<{ 2 + 2 }>,
    #[etag(skip)]
    spare: [Row<ROWS>; ROWS],
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let grid = Grid::<_, 2> { rows: [Row([1]), Row([2])], total: Row([0; 4]), spare: [Row([0; 2]), Row([0; 2])] };
    permit(&grid);
}
