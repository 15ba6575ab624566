//! Bounds are on the types of fields, and only where a parameter decides.

use std::collections::HashMap;
use std::marker::PhantomData;
use std::time::SystemTime;

use etag_runtime::{ETag, Strength, Strong, StrongETag, Version};

/// Neither an entity nor serializable nor a version.
struct Opaque;

trait Table {
    type Key: Version;
}

impl Table for Opaque {
    type Key = i64;
}

#[derive(ETag)]
struct Row<T: Table, C = Opaque>
where
    C: Send,
{
    #[etag(version)]
    key: T::Key,
    marker: PhantomData<C>,
    by_name: HashMap<String, C>,
}

#[derive(ETag)]
struct Page<T> {
    #[etag(related)]
    items: Vec<T>,
}

#[derive(ETag)]
struct Labelled<T, L>(#[etag(related)] Page<T>, #[etag(content)] L);

type List<T> = Vec<T>;

/// One strength, reached on many ways, one of them bounded by hand.
#[derive(ETag)]
struct Many<T: ETag<Strength = Strong>>(
    #[etag(related)] T,
    #[etag(related)] T,
    #[etag(related)] Vec<T>,
    #[etag(related)] List<T>,
    #[etag(related)] Page<T>,
    #[etag(related)] Page<T>,
);

#[derive(ETag)]
struct Timestamped(#[etag(timestamp)] SystemTime);

/// Recursive through itself, and in itself.
#[derive(ETag)]
struct Node<T> {
    #[etag(version)]
    value: T,
    #[etag(related)]
    left: Option<Box<Node<T>>>,
    #[etag(related)]
    right: Option<Box<Self>>,
}

/// Strong for whatever is strong itself, also where nobody knows yet what that is.
#[derive(ETag)]
#[etag(strong)]
pub struct Dated<T, const N: usize>(#[etag(timestamp)] SystemTime, #[etag(related)] [T; N], #[etag(related)] Page<T>);

fn permit_any<T: StrongETag>(dated: &Dated<T, 1>)
where
    Page<T>: StrongETag,
{
    permit(dated);
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let row = || Row::<Opaque> { key: 1, marker: PhantomData, by_name: HashMap::new() };
    permit(&row());
    let page = Page { items: vec![row()] };
    permit(&page);
    let labelled = Labelled(page, "label");
    permit(&labelled);
    let _ = labelled.etag();
    let _ = permit::<Many<Labelled<Row<Opaque>, i64>>>;
    assert!(<Page<Timestamped> as ETag>::Strength::IS_WEAK);
    assert!(<Labelled<Timestamped, i64> as ETag>::Strength::IS_WEAK);

    let leaf = |value| Some(Box::new(Node { value, left: None, right: None }));
    let tree = Node { value: 1, left: leaf(2), right: None };
    permit(&tree);
    permit_any(&Dated(SystemTime::now(), [row()], Page { items: vec![row()] }));
    assert_ne!(tree.etag(), Node { value: 1, left: leaf(3), right: None }.etag());
    assert_ne!(tree.etag(), Node { value: 1, left: None, right: leaf(2) }.etag());
}
