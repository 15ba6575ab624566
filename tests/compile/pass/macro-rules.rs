//! Fragments arrive wrapped in invisible groups, and names with the macro's hygiene.

use etag_runtime::ETag;

#[derive(ETag)]
pub struct Author(#[etag(version)] i64);

macro_rules! entity {
    ($name:ident<$($param:ident),*> { $($field:ident: $ty:ty,)* } $key:literal => $value:expr) => {
        #[derive(ETag)]
        struct $name<$($param),*> {
            $(#[etag(version)] $field: $ty,)*
            #[etag(related)]
            author: Option<$crate::Author>,
            digest: [u8; $value],
        }
    };
}

macro_rules! role {
    ($role:ident, $guard:literal, $ty:ty) => {
        #[derive(ETag)]
        struct Titled(#[etag($role, guard = $guard)] $ty, #[etag(version)] i64);
    };
}

entity! { Article<T> { version: T, } "key" => 2 + 2 }
role! { related, false, Option<Article<i64>> }

fn main() {
    let article = Article { version: 1, author: Some(Author(1)), digest: [0; 4] };
    assert_ne!(article.etag(), Article { version: 2, author: None, digest: [0; 4] }.etag());
    let _ = Titled(Some(article), 1).etag();
}
