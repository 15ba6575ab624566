//! What the requests are about.

use std::time::{Duration, UNIX_EPOCH};

use etag_oracle::values::{MODIFIED, NOW, Tags};
use etag_oracle::{Observer, Tag, Target};
use etag_runtime::{Current, ETag, EntityTag, HttpDate, Policy, Validators};

/// Targets that the same requests are put to, under the same circumstances.
pub(crate) struct Group {
    /// What the circumstances add to the names of the states.
    pub(crate) name: &'static str,
    pub(crate) tags: Tags,
    pub(crate) proxy_weakens: bool,
    pub(crate) states: Vec<State>,
}

/// A target, as both sides see it.
pub(crate) struct State {
    pub(crate) name: &'static str,
    target: Option<Target>,
    validators: Validators,
}

impl Group {
    pub(crate) fn observer<'a>(&self, state: &'a State) -> Observer<'a> {
        let now = i64::try_from(NOW).unwrap();
        Observer { target: state.target.as_ref(), now, proxy_weakens: self.proxy_weakens }
    }

    pub(crate) fn policy(&self) -> Policy {
        if self.proxy_weakens { Policy::OPTIONAL.accept_weakened() } else { Policy::OPTIONAL }
    }
}

impl State {
    pub(crate) fn current(&self) -> Current<'_> {
        if self.target.is_some() { Current::Present(&self.validators) } else { Current::Absent }
    }

    /// The fields that a response about it has.
    pub(crate) fn fields(&self) -> Vec<String> {
        let tag = self.validators.entity_tag().map(|tag| format!("ETag: {tag}"));
        let date = self.validators.last_modified().map(|date| format!("Last-Modified: {date}"));
        [tag, date].into_iter().flatten().collect()
    }

    fn absent() -> State {
        State { name: "absent", target: None, validators: Validators::new() }
    }

    fn of(name: &'static str, tag: Option<EntityTag>, modified: Option<Duration>) -> State {
        let modified = modified.map(|since| UNIX_EPOCH + since);
        let read = |tag: &EntityTag| Tag::read(tag.to_string().as_bytes()).unwrap();
        let target = Target { tag: tag.as_ref().map(read), has_halves: false, modified };
        let mut validators = Validators::new();
        if let Some(tag) = tag {
            validators = validators.with_entity_tag(tag);
        }
        if let Some(modified) = modified {
            validators = validators.with_last_modified(HttpDate::try_from(modified).unwrap());
        }
        State { name, target: Some(target), validators }
    }

    fn with_halves(mut self) -> State {
        self.target.as_mut().unwrap().has_halves = true;
        self
    }
}

/// A model whose comments change the representation, and not the state.
#[derive(ETag)]
struct Article {
    #[etag(version)]
    version: u32,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

#[derive(ETag)]
struct Comment {
    #[etag(version)]
    version: u32,
}

/// The same with a weak tag.
#[derive(ETag)]
#[etag(weak)]
struct Draft {
    #[etag(version)]
    version: u32,
    #[etag(related, guard = false)]
    comments: Vec<Comment>,
}

fn article(version: u32, comment: u32) -> EntityTag {
    Article { version, comments: vec![Comment { version: comment }] }.etag()
}

fn draft(version: u32, comment: u32) -> EntityTag {
    Draft { version, comments: vec![Comment { version: comment }] }.etag()
}

pub(crate) fn groups() -> Vec<Group> {
    let modified = Some(Duration::from_secs(MODIFIED));
    let in_mid_second = Some(Duration::from_millis(1000 * MODIFIED + 500));
    let just_now = Some(Duration::from_secs(NOW));
    let own = || EntityTag::strong("v,1");
    assert_eq!(article(1, 1).opaque(), draft(1, 1).opaque(), "one list of tags is for both");
    let plain = vec![
        State::absent(),
        State::of("no validators", None, None),
        State::of("strong tag", Some(own()), None),
        State::of("weak tag", Some(EntityTag::weak("v,1")), None),
        State::of("date", None, modified),
        State::of("date in mid-second", None, in_mid_second),
        State::of("date of this second", None, just_now),
        State::of("strong tag, date", Some(own()), modified),
    ];
    let halves = || {
        vec![
            State::of("two halves, date", Some(article(1, 1)), modified).with_halves(),
            State::of("two halves, weak", Some(draft(1, 1)), None).with_halves(),
            State::of("two halves that only look so", Some(parsed(&article(1, 1))), None),
        ]
    };
    let own_tags =
        Tags { current: "v,1".to_owned(), sibling: "v".to_owned(), others: ["v,2".to_owned(), "v3".to_owned()] };
    vec![
        Group { name: "", tags: own_tags, proxy_weakens: false, states: plain },
        Group { name: "", tags: tags_with_halves(), proxy_weakens: false, states: halves() },
        Group { name: ", proxy weakens", tags: tags_with_halves(), proxy_weakens: true, states: halves() },
    ]
}

fn tags_with_halves() -> Tags {
    let text = |tag: EntityTag| String::from_utf8(tag.opaque().to_vec()).unwrap();
    Tags {
        current: text(article(1, 1)),
        sibling: text(article(1, 2)),
        others: [text(article(2, 1)), text(article(3, 1))],
    }
}

fn parsed(tag: &EntityTag) -> EntityTag {
    EntityTag::parse(tag.to_string().as_bytes()).unwrap()
}
