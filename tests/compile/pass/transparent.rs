//! A newtype that is what it wraps.

use std::borrow::Cow;
use std::marker::PhantomData;

use etag_runtime::{Digest, ETag, EntityTag, Strength, Strong, StrongETag, Validators};

#[derive(Clone, ETag)]
struct Article {
    #[etag(version)]
    version: i64,
    #[etag(timestamp)]
    updated_at: std::time::SystemTime,
}

#[derive(ETag)]
#[etag(transparent)]
struct Page(Article);

#[derive(ETag)]
#[etag(transparent)]
struct Named<'a> {
    #[etag(related)]
    article: Cow<'a, Article>,
    #[etag(skip)]
    rendered: String,
    marker: PhantomData<*const u8>,
}

#[derive(ETag)]
#[etag(transparent)]
struct Generic<T: ?Sized, M = ()>(PhantomData<M>, Box<T>);

#[derive(ETag)]
#[etag(transparent)]
struct Wrapper<T>(Private<T>);

#[derive(ETag)]
struct Private<T>(#[etag(related)] T);

struct Blob;

impl ETag for Blob {
    type Strength = Strong;

    fn etag(&self) -> EntityTag {
        EntityTag::strong("by-hand")
    }
}

#[derive(ETag)]
#[etag(transparent)]
#[repr(packed)]
struct Packed(Copied);

#[derive(Clone, Copy, ETag)]
struct Copied(#[etag(version)] u32);

#[derive(ETag)]
struct Loose(#[etag(timestamp)] std::time::SystemTime);

fn parts(entity: &impl ETag) -> EntityTag {
    let mut digest = Digest::new();
    digest.related(entity);
    digest.entity_tag()
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let article = Article { version: 1, updated_at: std::time::SystemTime::UNIX_EPOCH };
    let page = Page(article.clone());
    permit(&page);
    assert_eq!(page.validators(), article.validators());
    assert_eq!(parts(&page), parts(&article));
    let named = Named { article: Cow::Borrowed(&article), rendered: String::new(), marker: PhantomData };
    assert_eq!(named.etag(), article.etag());
    let generic = Generic::<_>(PhantomData, Box::new(article.clone()));
    permit(&generic);
    assert_eq!(generic.etag(), article.etag());
    permit(&Wrapper(Private(article)));

    // Also what a hand-written implementation says.
    assert_eq!(Generic::<_>(PhantomData, Box::new(Blob)).etag().to_string(), "\"by-hand\"");
    let validators: Validators = Generic::<[Blob]>(PhantomData, Box::new([Blob])).validators();
    assert_eq!(validators, [Blob].validators());
    assert_eq!(Packed(Copied(1)).etag(), Copied(1).etag());
    assert!(<Generic<Loose> as ETag>::Strength::IS_WEAK && !<Page as ETag>::Strength::IS_WEAK);
}
