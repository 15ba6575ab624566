//! The answer to a method that reads: the representation, or that the client has it.
//!
//! ```text
//! model ──▶ Validators ─┬─first_false──▶ Conditional<T> ──▶ 200, 304, 412
//!       Preconditions ──┘
//! ```

use crate::basis::Basis;
use crate::conditions::Changed;
use crate::etag::ABSENT;
use crate::field_lines::FieldLines;
use crate::response::{Answer, Outcome};
use crate::{Conditional, Current, Decision, ETag, Preconditions, Reason, Rejected, Stamped, Validators};

impl Preconditions {
    /// The response to GET and HEAD: `304` if the client has the current representation, `412` if it insists on
    /// another (`If-Match`), and otherwise `200` with the model.
    ///
    /// The answer to a method that may change something is the model, whatever the preconditions are: a write that was to
    /// be refused had to be refused before it was done. Its response comes from a permit: see
    /// [`guard`](Preconditions::guard).
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(all(feature = "axum", feature = "derive"))] {
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    ///
    /// #[derive(serde::Serialize, ETag)]
    /// struct Note {
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// async fn show(preconditions: Preconditions) -> Conditional<Note> {
    ///     preconditions.respond(Note { version: 1 })
    /// }
    /// # }
    /// ```
    ///
    /// An `Option` is no representation: what is absent is a `404`, before any precondition.
    ///
    /// ```compile_fail
    /// # #[cfg(feature = "derive")] {
    /// # use etag_runtime::{Conditional, ETag, Preconditions};
    /// # #[derive(ETag)]
    /// # struct Note { #[etag(version)] version: u32 }
    /// fn show(preconditions: &Preconditions, stored: Option<Note>) -> Conditional<Option<Note>> {
    ///     preconditions.respond(stored) // stored.ok_or(Rejected::not_found())?
    /// }
    /// # show(&Preconditions::new(&http::Method::GET, &http::HeaderMap::new()), None);
    /// # }
    /// # #[cfg(not(feature = "derive"))] compile_error!("nothing to see");
    /// ```
    pub fn respond<T: ETag>(&self, model: T) -> Conditional<T> {
        const { assert!(!T::MAY_BE_ABSENT, "{}", ABSENT) };
        self.respond_with_validators(model.validators(), model)
    }

    /// The `304`, if that is the answer by validators alone, before anything is loaded or built.
    ///
    /// The model that is loaded afterwards may be newer than `stamp`; [`respond`](Preconditions::respond) sends the
    /// tag of the model.
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions};
    ///
    /// #[derive(ETag)]
    /// #[etag(stamp(NoteStamp))]
    /// struct Note {
    ///     text: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// // SELECT {NoteStamp::COLUMNS} FROM notes …: the text is not loaded for a 304.
    /// fn show(preconditions: &Preconditions, stamp: &NoteStamp) -> Option<Conditional<Note>> {
    ///     preconditions.not_modified(stamp)
    /// }
    ///
    /// # use http::{HeaderMap, Method, header::IF_NONE_MATCH};
    /// let mut headers = HeaderMap::new();
    /// headers.insert(IF_NONE_MATCH, Note { text: "Hello".into(), version: 7 }.etag().into());
    /// let preconditions = Preconditions::new(&Method::GET, &headers);
    /// assert!(show(&preconditions, &NoteStamp { version: 7 }).is_some());
    /// assert!(show(&preconditions, &NoteStamp { version: 8 }).is_none());
    /// # }
    /// ```
    #[must_use = "a `304` has to be returned"]
    pub fn not_modified<T, S: ETag + ?Sized>(&self, stamp: &S) -> Option<Conditional<T>> {
        const { assert!(!S::MAY_BE_ABSENT, "{}", ABSENT) };
        let mut validators = stamp.validators();
        self.select(&mut validators);
        match self.answer(&validators) {
            Some(answer @ Answer::NotModified { .. }) => {
                let mut response = Conditional::new(Outcome::Instead(answer));
                response.select(self.selection());
                Some(response)
            }
            _ => None,
        }
    }

    /// [`respond`](Preconditions::respond) to what `model` loads, unless `stamp` shows that the client has it already.
    ///
    /// `stamp` is polled only for a request that may be answered with `304`
    /// ([`is_revalidation`](Preconditions::is_revalidation)), and `model` only for one that is not: a request without conditions costs
    /// no more than it did without a stamp. Both futures answer with what is there: `404` is an error of theirs. The tag of the response is that of the model, which may be newer than the stamp.
    ///
    /// # Errors
    ///
    /// Those of the two futures, for example [`Rejected::not_found`].
    ///
    /// # Examples
    ///
    /// ```
    /// # #[cfg(feature = "derive")] {
    /// use etag_runtime::{Conditional, ETag, Preconditions, Rejected};
    ///
    /// #[derive(ETag)]
    /// #[etag(stamp(NoteStamp))]
    /// struct Note {
    ///     text: String,
    ///     #[etag(version)]
    ///     version: u32,
    /// }
    ///
    /// async fn stamp() -> Result<NoteStamp, Rejected> {
    ///     Ok(NoteStamp { version: 7 }) // SELECT version FROM notes WHERE id = ?
    /// }
    ///
    /// async fn load() -> Result<Note, Rejected> {
    ///     Ok(Note { text: "Hello".into(), version: 7 }) // SELECT * FROM notes WHERE id = ?
    /// }
    ///
    /// async fn show(preconditions: Preconditions) -> Result<Conditional<Note>, Rejected> {
    ///     preconditions.respond_lazily(stamp(), load()).await
    /// }
    /// # }
    /// ```
    pub async fn respond_lazily<T: Stamped, E>(
        &self,
        stamp: impl Future<Output = Result<T::Stamp, E>>,
        model: impl Future<Output = Result<T, E>>,
    ) -> Result<Conditional<T>, E> {
        if self.is_revalidation()
            && let Some(not_modified) = self.not_modified(&stamp.await?)
        {
            return Ok(not_modified);
        }
        Ok(self.respond(model.await?))
    }

    /// [`respond`](Preconditions::respond) with validators that are not those of the type of the model.
    #[inline]
    pub(crate) fn respond_with_validators<T>(&self, validators: Validators, model: T) -> Conditional<T> {
        let mut validators = validators;
        self.select(&mut validators);
        #[cfg(feature = "range")]
        let ranges = self.ranges(&validators);
        let answer = self.answer(&validators);
        let basis = match &answer {
            None => Basis::of_representation(self, &validators),
            Some(_) => Basis::UNKNOWN,
        };
        let mut response = Conditional::new(match answer {
            None => Outcome::Representation(model, validators),
            Some(answer) => Outcome::Instead(answer),
        });
        response.basis = basis;
        #[cfg(feature = "range")]
        {
            response.ranges = ranges;
        }
        response.select(self.selection());
        response
    }

    /// Makes them the validators of the variant that is to be sent, as far as they are settled.
    #[inline]
    fn select(&self, validators: &mut Validators) {
        if let Some(selection) = self.selection() {
            *validators = selection.of_validators(validators);
        }
        validators.settle();
    }

    /// What is to be answered in place of the representation with these validators.
    fn answer(&self, validators: &Validators) -> Option<Answer> {
        // What a method that may change something was to be refused has been refused before.
        if self.is_unsafe() {
            return None;
        }
        let current = Current::Present(validators);
        let condition = self.first_false(current, self.policy)?;
        let basis = Basis::of_false(self, condition, current);
        Some(if self.consequence(condition) == Decision::NotModified {
            let entity_tag = validators.entity_tag().map(|ours| match self.conditions.changed() {
                // The client has sent the very octets: no need to write them again.
                Changed::IfNoneMatch(FieldLines::One(line)) if line.as_bytes() == ours.wire() => line.clone(),
                _ => ours.into(),
            });
            Answer::NotModified { entity_tag, last_modified: validators.last_modified(), basis }
        } else {
            let rejected = Rejected::of_current(Reason::of(condition, self, current), current);
            Answer::Rejected(Box::new(rejected.on(basis)))
        })
    }
}
