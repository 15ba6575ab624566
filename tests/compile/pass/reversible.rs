//! The version in plain text, in every shape that has one.

use etag_runtime::{ETag, Reversible, ReversibleVersion, StrongETag, Version, VersionValue};

#[derive(ETag)]
#[etag(reversible)]
struct Article {
    title: String,
    #[etag(version)]
    version: i64,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

#[derive(ETag)]
#[etag(reversible)]
struct Comment {
    #[etag(version)]
    revision: String,
}

#[derive(ETag)]
struct Board {
    #[etag(version)]
    version: u8,
    #[etag(related)]
    pinned: Comment,
}

#[derive(ETag)]
#[etag(reversible, strong)]
struct Row<'a, V, const N: usize>(#[etag(version)] V, &'a [u8; N]);

#[derive(ETag)]
#[etag(transparent)]
struct Shared(std::sync::Arc<Article>);

#[derive(Clone, ETag)]
#[etag(reversible)]
struct Copied(#[etag(version)] u8);

#[derive(ETag)]
#[etag(transparent)]
pub struct Envelope<T>(T, #[etag(skip)] bool);

#[derive(ETag)]
#[etag(transparent)]
pub struct Borrowed<'a> {
    inner: &'a Private,
}

#[derive(ETag)]
#[etag(reversible)]
struct Private(#[etag(version)] Revision);

// What holds nothing reversible is an entity all the same.
#[derive(ETag)]
#[etag(transparent)]
struct Hashed(Vec<Comment>);

pub struct Revision(u32);

impl Version for Revision {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

impl ReversibleVersion for Revision {
    fn from_state(state: &str) -> Option<Self> {
        u32::from_state(state).map(Self)
    }
}

#[derive(ETag)]
#[etag(reversible)]
#[repr(C, packed)]
pub struct Packed {
    #[etag(version)]
    version: [u8; 8],
    flag: bool,
}

#[derive(ETag)]
#[etag(reversible)]
pub struct Versioned {
    #[etag(version)]
    version: Revision,
}

// Nobody else has to know of which type a version is.
struct Secret<V>(V);

impl<V: Version> Version for Secret<V> {
    fn value(&self) -> VersionValue<'_> {
        self.0.value()
    }
}

impl<V: ReversibleVersion> ReversibleVersion for Secret<V> {
    fn from_state(state: &str) -> Option<Self> {
        V::from_state(state).map(Self)
    }
}

#[derive(ETag)]
#[etag(reversible)]
pub struct Secretive {
    #[etag(version)]
    version: crate::Secret<u64>,
}

#[derive(ETag)]
#[etag(reversible)]
pub struct Generic<V> {
    #[etag(version)]
    version: Secret<V>,
}

#[derive(ETag)]
#[etag(transparent)]
pub struct Opened(Box<Secretive>);

fn state(entity: &impl ETag) -> String {
    let tag = entity.etag().to_string();
    let (state, representation) = tag.trim_matches('"').rsplit_once('.').unwrap();
    assert_eq!(representation.len(), 11);
    state.to_owned()
}

fn is_reversible<T: Reversible<Version = V> + StrongETag, V>() {}

fn is_entity<T: ETag>() {}

fn main() {
    let comment = |revision: &str| Comment { revision: revision.to_owned() };
    let article = |version, comments| Article { title: "Title".to_owned(), version, comments };
    assert_eq!(state(&article(7, Vec::new())), "7");
    assert_eq!(state(&article(-7, Vec::new())), "-7");
    assert_eq!(state(&comment("2-ab")), "2-ab");
    assert_eq!(state(&comment("2.1, \"é\"")), "2.1%2C%20%22%C3%A9%22");
    assert_eq!(state(&Packed { version: [0, 0, 0, 0, 0, 0, 7, 0xd1], flag: true }), "00000000000007d1");
    assert_eq!(state(&Versioned { version: Revision(9) }), "9");
    assert_eq!(state(&Opened(Box::new(Secretive { version: Secret(9) }))), "9");
    assert_eq!(state(&Generic { version: Secret("2-ab".to_owned()) }), "2-ab");
    assert_eq!(state(&Row(7_u8, b"ab")), "7");
    assert_eq!(state(&Shared(article(7, Vec::new()).into())), "7");

    // Comments move the other half.
    assert_ne!(article(7, Vec::new()).etag(), article(7, vec![comment("1")]).etag());
    assert_eq!(state(&article(7, vec![comment("1")])), "7");
    // Under a relation, the version is a part of a state that is hashed.
    assert_eq!(state(&Board { version: 1, pinned: comment("1") }).len(), 22);
    assert_ne!(state(&Board { version: 1, pinned: comment("1") }), state(&Board { version: 1, pinned: comment("2") }));

    is_reversible::<Article, i64>();
    is_reversible::<Row<'static, String, 2>, String>();
    is_reversible::<Versioned, Revision>();
    is_reversible::<Secretive, Secret<u64>>();
    is_reversible::<Generic<String>, Secret<String>>();
    is_reversible::<Opened, Secret<u64>>();

    // A pointer is what it points to, and a transparent type what it holds.
    is_reversible::<&Article, i64>();
    is_reversible::<&mut Article, i64>();
    is_reversible::<Box<Article>, i64>();
    is_reversible::<std::rc::Rc<std::sync::Arc<Article>>, i64>();
    is_reversible::<std::borrow::Cow<'static, Copied>, u8>();
    is_reversible::<Shared, i64>();
    is_reversible::<Envelope<Comment>, String>();
    is_reversible::<Envelope<Row<'_, String, 2>>, String>();
    is_reversible::<Borrowed<'_>, Revision>();
    is_entity::<Hashed>();
    is_entity::<Envelope<Board>>();
}
