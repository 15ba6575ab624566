//! Mistakes, gathered so that they are reported all at once.

use std::fmt::Display;

use quote::ToTokens;

/// The mistakes found so far.
///
/// Parsers return a value whatever happens and leave their complaints here. Whoever made the
/// accumulator must read it with [`finish`](Errors::finish): dropping it unread would let a
/// mistake pass.
#[derive(Default)]
pub(crate) struct Errors {
    found: Option<syn::Error>,
    finished: bool,
}

impl Errors {
    /// Reports what is wrong at `culprit`, and what to write instead.
    pub(crate) fn push(&mut self, culprit: impl ToTokens, wrong: impl Display, help: impl Display) {
        self.note(culprit, format_args!("{wrong}\nhelp: {help}"));
    }

    /// Points at a second place that has to do with the mistake reported last.
    pub(crate) fn note(&mut self, place: impl ToTokens, message: impl Display) {
        let error = syn::Error::new_spanned(place, message);
        match &mut self.found {
            Some(found) => found.combine(error),
            None => self.found = Some(error),
        }
    }

    /// Whether nothing was reported yet.
    pub(crate) fn is_empty(&self) -> bool {
        self.found.is_none()
    }

    /// Ends the search.
    ///
    /// # Errors
    ///
    /// Everything that was reported, as one error that renders as many.
    pub(crate) fn finish(mut self) -> syn::Result<()> {
        self.finished = true;
        match self.found.take() {
            Some(found) => Err(found),
            None => Ok(()),
        }
    }
}

impl Drop for Errors {
    fn drop(&mut self) {
        // Only a bug in this crate gets here, and only its own tests are meant to see it.
        debug_assert!(self.finished || std::thread::panicking(), "mistakes were gathered but never reported");
    }
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::Errors;

    #[test]
    fn everything_is_reported_in_order() {
        let mut errors = Errors::default();
        assert!(errors.is_empty());
        errors.push(quote!(a), "first", "do this");
        errors.note(quote!(b), "second");
        assert!(!errors.is_empty());

        let error = errors.finish().unwrap_err();
        let messages: Vec<_> = error.into_iter().map(|error| error.to_string()).collect();
        assert_eq!(messages, ["first\nhelp: do this", "second"]);
    }

    #[test]
    #[should_panic(expected = "never reported")]
    #[cfg(debug_assertions)]
    fn dropping_it_unread_is_a_bug() {
        drop(Errors::default());
    }
}
