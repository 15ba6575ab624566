//! The stamp of every shape of type: whatever decides the validators, and nothing else.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::rc::Rc;
use std::sync::Arc;
use std::time::SystemTime;

use etag_runtime::{ETag, Members, Reversible, Stamped, StrongETag};

mod store {
    use super::{AuthorStamp, SystemTime};

    #[derive(serde::Serialize, etag_runtime::ETag)]
    #[etag(stamp(ArticleStamp, derive(Clone, Debug, PartialEq, serde::Serialize), alias = "a"))]
    pub(crate) struct Article {
        #[etag(content)]
        pub(crate) id: i64,
        pub(crate) title: String,
        #[etag(version)]
        pub(crate) version: i64,
        #[etag(timestamp, precision = "millis", column = "modified")]
        pub(crate) updated_at: SystemTime,
        #[etag(related)]
        pub(crate) author: super::Author,
        #[etag(related, guard = false, stamp(serde(rename = "remarks"), doc = "Those of readers."))]
        pub(crate) comments: Vec<super::Comment>,
        #[etag(skip)]
        pub(crate) views: u64,
    }

    pub(crate) fn stamp(author: AuthorStamp) -> ArticleStamp {
        ArticleStamp { id: 1, version: 1, updated_at: SystemTime::UNIX_EPOCH, author, comments: Vec::new() }
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, ETag)]
#[etag(stamp(AuthorStamp, derive(Clone, Debug, PartialEq, serde::Serialize)))]
struct Author {
    name: String,
    #[etag(version, column = "\"r#type\"")]
    r#type: i64,
}

#[derive(serde::Serialize, ETag)]
#[etag(stamp(CommentStamp, derive(Clone, Debug, PartialEq, serde::Serialize)))]
struct Comment(String, #[etag(version)] i64, #[etag(content, with = str::len)] String);

#[derive(Clone, serde::Serialize, ETag)]
#[etag(content, stamp)]
struct Label<T> {
    text: T,
}

#[derive(ETag)]
#[etag(transparent, stamp)]
struct Envelope<T>(T, PhantomData<u8>);

#[derive(ETag)]
#[etag(salt = "salt", stamp(PostStamp))]
enum Post<'a, T> {
    Draft,
    Hidden(#[etag(skip)] T),
    Scheduled {
        #[etag(timestamp)]
        at: SystemTime,
        title: &'a str,
    },
    Published(&'a str, #[etag(version)] i64, #[etag(related)] Author),
}

#[derive(ETag)]
#[etag(reversible, stamp(RowStamp))]
struct Row<'a, T> {
    body: T,
    #[etag(version)]
    version: String,
    name: &'a str,
}

#[derive(ETag)]
#[etag(stamp(NodeStamp, derive(Clone)))]
struct Node<T> {
    #[etag(version)]
    value: T,
    #[etag(related)]
    left: Option<Box<Node<T>>>,
    #[etag(related)]
    right: Option<Box<Self>>,
    #[etag(related)]
    others: Vec<Self>,
}

#[derive(ETag)]
#[etag(salt = Self::SALT, stamp(FolderStamp))]
struct Folder {
    #[etag(version, with = Self::twice)]
    version: i64,
    #[etag(related, guard = false, recursive)]
    file: Option<Box<File>>,
}

impl Folder {
    const SALT: &'static str = "salt";

    fn twice(version: &i64) -> i64 {
        2 * version
    }
}

#[derive(ETag)]
#[etag(stamp(FileStamp))]
struct File {
    #[etag(version)]
    version: i64,
    #[etag(related)]
    folder: Option<Box<Folder>>,
}

#[derive(ETag)]
#[etag(stamp(ShelfStamp))]
struct Shelf<'a, T: Clone + Ord + std::hash::Hash, U: Into<T> = T, const N: usize = 2, const M: usize = 3>
where
    T: Into<U>,
{
    #[etag(related)]
    pointers: (Box<T>, Rc<T>, Arc<T>, &'a T, Cow<'a, T>),
    #[etag(related)]
    lists: (Vec<T>, &'a [T], Box<[T]>, [T; N], VecDeque<T>, LinkedList<T>),
    #[etag(related)]
    by_key: (BTreeMap<String, T>, HashMap<u64, T>),
    #[etag(related, guard = false)]
    sets: (BTreeSet<T>, HashSet<T>),
    #[etag(related)]
    nested: Option<HashMap<i64, Vec<Option<(T, Label<u8>)>>>>,
    #[etag(version)]
    version: [u8; 4],
    size: [u8; M],
    converted: PhantomData<U>,
}

fn author(r#type: i64) -> Author {
    Author { name: "Ada".into(), r#type }
}

fn same<T: Stamped>(model: &T) -> T::Stamp {
    let stamp = model.stamp();
    assert_eq!(model.validators(), stamp.validators());
    assert_eq!(model.etag(), stamp.etag());
    stamp
}

fn permit<T: StrongETag>(_: &T) {}
fn version<T: Reversible>(_: &T) {}

fn main() {
    let article = store::Article {
        id: 1,
        title: "Tags".into(),
        version: 1,
        updated_at: SystemTime::UNIX_EPOCH,
        author: author(1),
        comments: vec![Comment("Hm".into(), 1, "x".into())],
        views: 1,
    };
    let stamp = same(&article);
    permit(&stamp);
    assert_eq!(stamp, store::ArticleStamp::from(&article));
    assert_ne!(stamp.etag(), store::stamp(author(1).stamp()).etag());
    assert_eq!(store::ArticleStamp::COLUMNS, r#"a.id, a.version, a.modified AS "updated_at""#);
    assert_eq!(AuthorStamp::COLUMNS, r##""r#type" AS "type""##);
    let _ = CommentStamp(1, "x".into());
    let _ = (article.title, article.views, article.comments[0].0.as_str());
    same(&[article.comments]);

    same(&Label { text: "a" });
    let envelope = Envelope(vec![author(1)], PhantomData);
    let _: Vec<AuthorStamp> = same(&envelope);

    let posts = [
        Post::Draft,
        Post::Hidden(1),
        Post::Scheduled { at: SystemTime::UNIX_EPOCH, title: "Tags" },
        Post::Published("Tags", 1, author(1)),
    ];
    for post in &posts {
        match same(post) {
            PostStamp::Draft | PostStamp::Hidden | PostStamp::Scheduled { at: SystemTime::UNIX_EPOCH } => {}
            PostStamp::Scheduled { .. } => unreachable!(),
            PostStamp::Published(version, author) => assert_eq!((version, author.r#type), (1, 1)),
        }
    }
    same(&posts.as_slice());

    let row = Row { body: 'a', version: "1".into(), name: "a" };
    version(&row);
    version(&same(&row));

    let leaf = |value| Some(Box::new(Node { value, left: None, right: None, others: Vec::new() }));
    let tree = Node { value: 1, left: leaf(2), right: leaf(3), others: vec![*leaf(4).unwrap()] };
    assert_eq!(same(&tree).clone().left.unwrap().value, 2);
    let file = File { version: 1, folder: Some(Box::new(Folder { version: 2, file: None })) };
    same(&Folder { version: 1, file: Some(Box::new(file)) });

    let (one, two) = (author(1), author(2));
    let all = [one.clone(), two.clone()];
    let shelf: Shelf<'_, Author, Author> = Shelf {
        pointers: (Box::new(one.clone()), Rc::new(one.clone()), Arc::new(two), &one, Cow::Borrowed(&one)),
        lists: (all.to_vec(), &all, all.clone().into(), all.clone(), all.clone().into(), all.clone().into()),
        by_key: ([("a".into(), one.clone())].into(), [(1, one.clone()), (2, one.clone())].into()),
        sets: (all.clone().into(), [one.clone(), Author { name: "Bo".into(), ..one.clone() }].into()),
        nested: Some([(1, vec![None, Some((one.clone(), Label { text: 1 }))])].into()),
        version: [0; 4],
        size: [0; 3],
        converted: PhantomData,
    };
    let stamp: ShelfStamp<'_, Author, 2> = same(&shelf);
    let Members(readers) = stamp.sets.1;
    assert_eq!(readers, vec![one.stamp(), one.stamp()]);
    let _ = (shelf.size, shelf.converted);
}
