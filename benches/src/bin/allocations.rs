//! A program of its own: an allocator that counts takes time and instructions, which the other programs measure.

fn main() -> anyhow::Result<()> {
    etag_bench::count_allocations(|job| allocation_counter::measure(job).count_total)
}
