//! Bounds by hand, where those of the fields say too much.

use etag_runtime::{ETag, Version, VersionValue};

pub trait Model {
    type Id: Version;
}

struct Counter<M: Model>(M::Id);

impl<M: Model> Version for Counter<M> {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

#[derive(ETag)]
#[etag(bound = "M: Model,")]
pub struct Row<M>
where
    M: Model,
{
    #[etag(version)]
    counter: Counter<M>,
}

#[derive(ETag)]
struct Hidden<M: Model>(#[etag(version)] Counter<M>);

#[derive(ETag)]
#[etag(bound = "M: Model, M::Id: Send")]
pub struct Table<M: Model> {
    #[etag(related)]
    rows: Vec<Row<M>>,
    #[etag(related)]
    hidden: Hidden<M>,
}

#[derive(ETag)]
#[etag(bound = "")]
struct Free<T>(#[etag(version)] i64, std::marker::PhantomData<T>);

struct Article;

impl Model for Article {
    type Id = i64;
}

fn tag<M: Model<Id: Send>>(id: M::Id, other: M::Id) -> String {
    Table::<M> { rows: vec![Row { counter: Counter(id) }], hidden: Hidden(Counter(other)) }.etag().to_string()
}

fn main() {
    assert_ne!(tag::<Article>(1, 1), tag::<Article>(2, 1));
    let _ = Free(1, std::marker::PhantomData::<Article>).etag();
}
