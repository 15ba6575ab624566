//! Stamps of types that macros write, of types more private than the model, and under bounds by hand.
#![deny(warnings)]

use etag_runtime::{ETag, Stamped, StrongETag, Version};

pub mod facade {
    pub use etag_runtime as conditional;
}

macro_rules! entity {
    ($name:ident, $stamp:ident, $($field:ident: $ty:ty,)*) => {
        #[derive(ETag)]
        #[etag(crate = $crate::facade::conditional, stamp($stamp, derive(Clone, Debug), alias = "e"))]
        struct $name<T> {
            #[etag(version)]
            version: T,
            $(#[etag(related)] $field: $ty,)*
            #[etag(related)]
            parent: Option<Box<Self>>,
        }
    };
}

entity! { Article, ArticleStamp, author: hidden::Author, others: Vec<Option<hidden::Author>>, }

pub mod hidden {
    #[derive(etag_runtime::ETag)]
    #[etag(stamp(AuthorStamp, derive(Clone, Debug)))]
    pub struct Author {
        #[etag(related)]
        pub(crate) name: Name,
    }

    #[derive(etag_runtime::ETag)]
    #[etag(stamp(NameStamp, derive(Clone, Debug)))]
    pub(crate) struct Name(#[etag(version)] pub(crate) i64);
}

pub trait Model {
    type Id: Version + Clone;
}

#[derive(ETag)]
#[etag(bound = "M: Model", stamp(RowStamp))]
pub struct Row<M>
where
    M: Model,
{
    #[etag(version)]
    pub id: M::Id,
}

#[derive(ETag)]
#[etag(strong, stamp(PageStamp, derive(Clone)))]
#[repr(C, packed)]
pub struct Page<T: Copy, const N: usize>(#[etag(version)] pub u64, #[etag(related)] pub [T; N], pub u8);

#[derive(Clone, Copy, ETag)]
#[etag(stamp(MarkStamp, derive(Clone)))]
pub struct Mark(#[etag(version)] pub u8);

impl Model for Mark {
    type Id = i64;
}

fn permit<T: StrongETag>(_: &T) {}

fn main() {
    let author = || hidden::Author { name: hidden::Name(1) };
    let article = |parent| Article { version: 1, author: author(), others: vec![None, Some(author())], parent };
    let article = article(Some(Box::new(article(None))));
    let stamp = ArticleStamp::from(&article).clone();
    assert_eq!(stamp.etag(), article.etag());
    assert_eq!(ArticleStamp::<i32>::COLUMNS, "e.version");
    assert_eq!(stamp.others[1].as_ref().map(|author| author.name.0), Some(1));

    let row = Row::<Mark> { id: 1 };
    assert_eq!(row.etag(), RowStamp::<Mark> { id: 1 }.etag());

    let page = Page(1, [Mark(1), Mark(2)], 0);
    permit(&page.stamp());
    assert_eq!(page.etag(), PageStamp::<Mark, 2>(1, [MarkStamp(1), MarkStamp(2)]).etag());
}
