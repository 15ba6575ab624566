//! A model and its stamp have the same validators, whatever the model holds; and a stamp knows of nothing that does not decide.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::rc::Rc;
use std::time::{Duration, SystemTime};

use etag_runtime::{ETag, Members, Stamped, Tagged, Validators};
use proptest::prelude::*;

use crate::strategies::cases;

#[derive(Debug, Clone, ETag)]
#[etag(stamp(ArticleStamp, derive(Debug, Clone)))]
struct Article {
    /// Shown, and in no tag.
    title: String,
    #[etag(content)]
    labels: BTreeMap<String, Option<i8>>,
    #[etag(version, with = doubled)]
    version: i64,
    #[etag(timestamp, precision = "millis")]
    updated_at: Option<SystemTime>,
    #[etag(related)]
    author: Author,
    #[etag(related, guard = false, touch)]
    comments: Vec<Comment>,
    #[etag(related)]
    editor: Option<Box<Author>>,
    #[etag(related)]
    parts: HashMap<i8, Rc<Part>>,
    #[etag(related, guard = false)]
    readers: (BTreeSet<Reader>, HashSet<Reader>),
    #[etag(related)]
    place: Place<Reader>,
    #[etag(related)]
    answers: Vec<Article>,
    #[etag(skip)]
    views: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "what a field gives")]
fn doubled(version: &i64) -> i128 {
    i128::from(*version) * 2
}

#[derive(Debug, Clone, ETag)]
#[etag(reversible, stamp(AuthorStamp, derive(Debug, Clone)))]
struct Author {
    name: String,
    #[etag(version)]
    revision: String,
}

/// Weak: so is all that has one, and its stamp.
#[derive(Debug, Clone, ETag)]
#[etag(stamp(CommentStamp, derive(Debug, Clone)))]
struct Comment(String, #[etag(timestamp)] SystemTime);

#[derive(Debug, Clone, ETag)]
#[etag(stamp(PartStamp, derive(Debug, Clone)), salt = "salt")]
enum Part {
    Missing,
    Text(#[etag(version)] u8, #[etag(skip)] String),
    Figure {
        #[etag(timestamp, precision = "seconds")]
        drawn_at: SystemTime,
        #[etag(related, guard = false)]
        readers: [Reader; 2],
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, ETag)]
#[etag(stamp(ReaderStamp, derive(Debug, Clone)))]
struct Reader {
    name: u8,
    #[etag(version)]
    version: u8,
}

#[derive(Debug, Clone, ETag)]
#[etag(transparent, stamp)]
struct Place<T>(Option<T>);

/// From 1969 to 1970, to the nanosecond.
fn instant() -> impl Strategy<Value = SystemTime> {
    (any::<bool>(), 0..3_u64, 0..1_000_000_000_u32).prop_map(|(is_before, seconds, nanos)| {
        let distance = Duration::new(seconds, nanos);
        if is_before { SystemTime::UNIX_EPOCH - distance } else { SystemTime::UNIX_EPOCH + distance }
    })
}

fn reader() -> impl Strategy<Value = Reader> {
    (0..3_u8, 0..2_u8).prop_map(|(name, version)| Reader { name, version })
}

fn author() -> impl Strategy<Value = Author> {
    ("[a-z]{0,2}", "[a-z %\"é]{0,3}").prop_map(|(name, revision)| Author { name, revision })
}

fn comment() -> impl Strategy<Value = Comment> {
    ("[a-z]{0,2}", instant()).prop_map(|(text, at)| Comment(text, at))
}

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        Just(Part::Missing),
        (any::<u8>(), "[a-z]{0,2}").prop_map(|(version, text)| Part::Text(version, text)),
        (instant(), [reader(), reader()]).prop_map(|(drawn_at, readers)| Part::Figure { drawn_at, readers }),
    ]
}

fn article() -> impl Strategy<Value = Article> {
    let own = (
        "[a-z]{0,2}",
        prop::collection::btree_map("[a-z]{0,2}", any::<Option<i8>>(), 0..3),
        any::<i64>(),
        prop::option::of(instant()),
        any::<u8>(),
    );
    let related = (
        author(),
        prop::collection::vec(comment(), 0..3),
        prop::option::of(author().prop_map(Box::new)),
        prop::collection::hash_map(0..100_i8, part().prop_map(Rc::new), 0..3),
        (prop::collection::btree_set(reader(), 0..5), prop::collection::hash_set(reader(), 0..5)),
        prop::option::of(reader()).prop_map(Place),
    );
    let leaf = (own, related).prop_map(|((title, labels, version, updated_at, views), related)| {
        let (author, comments, editor, parts, readers, place) = related;
        let answers = Vec::new();
        Article { title, labels, version, updated_at, author, comments, editor, parts, readers, place, answers, views }
    });
    leaf.prop_recursive(2, 4, 2, |inner| {
        (inner.clone(), prop::collection::vec(inner, 0..3))
            .prop_map(|(article, answers)| Article { answers, ..article })
    })
}

/// Changes of what decides the tag, and of what does not, at any depth.
fn change(article: &mut Article, change: u8) {
    match change {
        0 => article.version = article.version.wrapping_add(1),
        1 => drop(article.labels.insert("new".into(), None)),
        2 => article.updated_at = Some(SystemTime::UNIX_EPOCH + Duration::from_secs(9)),
        3 => article.author.revision.push('+'),
        4 => article.comments.push(Comment(String::new(), SystemTime::UNIX_EPOCH)),
        5 => article.place = Place(Some(Reader { name: 0, version: 9 })),
        6 => drop(article.readers.1.insert(Reader { name: 9, version: 0 })),
        7 => drop(article.parts.insert(-1, Rc::new(Part::Text(9, String::new())))),
        _ => article.answers.push(Article { answers: Vec::new(), ..article.clone() }),
    }
}

fn change_of_nothing(article: &mut Article) {
    article.title.push('+');
    article.views = article.views.wrapping_add(1);
    article.author.name.push('+');
    for comment in &mut article.comments {
        comment.0.push('+');
    }
    for part in article.parts.values_mut() {
        if let Part::Text(_, text) = Rc::make_mut(part) {
            text.push('+');
        }
    }
    if let Some(reader) = &mut article.place.0 {
        reader.name += 1;
    }
    article.answers.iter_mut().for_each(change_of_nothing);
}

fn of_both<T: Stamped>(model: &T) -> Result<Validators, TestCaseError> {
    let (of_model, of_stamp) = (model.validators(), model.stamp().validators());
    prop_assert_eq!(&of_model, &of_stamp);
    prop_assert_eq!(model.etag(), model.stamp().etag());
    Ok(of_model)
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_stamp_has_the_validators_of_its_model(article in article()) {
        of_both(&article)?;
        of_both(&article.author)?;
        of_both(&article.comments)?;
        of_both(&article.parts)?;
        of_both(&article.readers)?;
        of_both(&article.place)?;
        of_both(&Some((Tagged(article.author.clone()), [&article.place])))?;
    }

    #[test]
    fn what_is_not_in_a_stamp_moves_neither(article in article()) {
        let mut other = article.clone();
        change_of_nothing(&mut other);
        prop_assert_eq!(of_both(&article)?, of_both(&other)?);
    }

    #[test]
    fn what_is_in_a_stamp_moves_both(article in article(), what in 0..9_u8, is_inside in any::<bool>()) {
        let mut other = article.clone();
        match other.answers.first_mut() {
            Some(answer) if is_inside => change(answer, what),
            _ => change(&mut other, what),
        }
        prop_assert_ne!(of_both(&article)?, of_both(&other)?, "{}", what);
    }

    /// Two members of a set may differ in nothing that their stamps know of.
    #[test]
    fn members_with_equal_stamps_count(readers in prop::collection::hash_set(reader(), 0..6)) {
        let Members(stamps) = readers.stamp();
        prop_assert_eq!(stamps.len(), readers.len());
        of_both(&readers)?;
    }
}
