//! [`Asked`]: what the request that is being answered asks, for a handler that does not take it.
//!
//! ```text
//! ResponseFuture::poll ──while_asked──▶ this thread ──current──▶ Conditional::of
//! ```
//!
//! Whatever runs between the start and the end of a poll, on the thread of it, belongs to that request, or to one that
//! was made for it. So the thread knows during a poll what is asked, and before and after it what it knew before.

use std::cell::RefCell;
use std::mem;
use std::sync::Arc;
use std::time::SystemTime;

use axum::response::Response;
use http::HeaderMap;
use http::header::LAST_MODIFIED;

use crate::basis::Taken;
use crate::precondition::UNASKED;
use crate::{EntityTag, HttpDate, Preconditions, Validators};

thread_local! {
    static CURRENT: RefCell<Asked> = const { RefCell::new(Asked::Unknown) };
}

/// What a request asks, as far as it is known.
#[derive(Debug, Clone)]
pub(super) enum Asked {
    /// No layer is being polled.
    Unknown,
    /// Nothing that is evaluated on the response: there is no condition, or the method may change something.
    Nothing(Taken),
    Conditions(Arc<Preconditions>),
}

impl Asked {
    pub(super) fn of(preconditions: Preconditions) -> Asked {
        if preconditions.is_unsafe() || preconditions.is_unconditional() {
            Asked::Nothing(preconditions.taken)
        } else {
            Asked::Conditions(Arc::new(preconditions))
        }
    }

    /// What the request asks whose layer is being polled on this thread.
    pub(super) fn current() -> Asked {
        // Nothing is known where a thread is ending, after its variables are gone.
        CURRENT.try_with(|current| current.borrow().clone()).unwrap_or(Asked::Unknown)
    }

    /// What `job` returns. While it runs, this is [`current`](Asked::current); afterwards, also after a panic, that is what it was before.
    pub(super) fn while_asked<R>(&mut self, job: impl FnOnce() -> R) -> R {
        /// Exchanges the two, and does so again in the end.
        struct Entered<'a>(&'a mut Asked);

        impl Entered<'_> {
            fn exchange(&mut self) {
                let _ = CURRENT.try_with(|current| mem::swap(&mut *current.borrow_mut(), self.0));
            }
        }

        impl Drop for Entered<'_> {
            fn drop(&mut self) {
                self.exchange();
            }
        }

        let mut entered = Entered(self);
        entered.exchange();
        job()
    }

    /// `response`, which has this tag, or what is to be answered in its place.
    pub(super) fn answer(&self, tag: EntityTag, response: Response) -> Response {
        let mut validators = Validators::new().with_entity_tag(tag);
        if let Some(date) = last_modified(response.headers()) {
            validators = validators.with_last_modified(date);
        }
        match self {
            Asked::Conditions(preconditions) => preconditions.respond_with(validators, response),
            Asked::Nothing(taken) => UNASKED.respond_since(*taken, validators, response),
            Asked::Unknown => UNASKED.respond_with(validators, response),
        }
    }
}

/// The date that the handler has set. Several lines, and what is no date, say nothing.
fn last_modified(headers: &HeaderMap) -> Option<HttpDate> {
    let mut lines = headers.get_all(LAST_MODIFIED).into_iter();
    let line = lines.next().filter(|_| lines.next().is_none())?;
    HttpDate::parse(line.as_bytes(), SystemTime::now())
}
