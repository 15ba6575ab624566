//! What a write has to bring before it gets a permit.

/// What a write has to bring: for one call ([`Preconditions::under`](crate::Preconditions::under)), for a handler
/// ([`ForWrite`](crate::ForWrite)), or for all routes of a router.
///
/// | policy | no precondition | `If-Match: *` | `If-Match: "…"` |
/// |---|---|---|---|
/// | [`OPTIONAL`](Policy::OPTIONAL) | goes on | goes on | is compared |
/// | `OPTIONAL.`[`refuse_any()`](Policy::refuse_any) | goes on | `428` | is compared |
/// | [`REQUIRED`](Policy::REQUIRED) | `428` | `428` | is compared |
/// | `REQUIRED.`[`accept_any()`](Policy::accept_any) | `428` | goes on | is compared |
///
/// `If-Unmodified-Since` is evaluated under every policy and enough for none: two writes may share a second. A write that creates needs
/// `If-None-Match: *` where one that changes needs `If-Match`. `428` is answered last, after `404` and `412`
/// ([RFC 6585 § 3]).
///
/// # Examples
///
/// For all routes of a router, in axum. It binds the methods that change what is there: a POST adds, and its handler asks for more
/// itself ([`Preconditions::require`](crate::Preconditions::require)).
///
/// ```
/// # #[cfg(feature = "axum")] {
/// use axum::{Extension, Router, routing::put};
/// use etag_runtime::Policy;
///
/// # async fn replace() {}
/// let app: Router = Router::new()
///     .route("/notes/{id}", put(replace))
///     .layer(Extension(Policy::REQUIRED));
/// # }
/// ```
///
/// [RFC 6585 § 3]: https://www.rfc-editor.org/rfc/rfc6585.html#section-3
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Policy {
    pub(crate) is_required: bool,
    pub(crate) refuses_any: bool,
    pub(crate) accepts_weakened: bool,
}

impl Policy {
    /// A precondition that is there is held, and none is asked for. The policy of [`Preconditions`](crate::Preconditions) unless
    /// another is set.
    pub const OPTIONAL: Policy = Policy { is_required: false, refuses_any: false, accepts_weakened: false };

    /// A write has to name the version that it changes, or say that it creates.
    pub const REQUIRED: Policy = Policy { is_required: true, refuses_any: true, accepts_weakened: false };

    /// The same, and `If-Match: *` goes on: it names no version, so that it overwrites whatever is there.
    #[must_use]
    pub const fn accept_any(mut self) -> Policy {
        self.refuses_any = false;
        self
    }

    /// The same, but `If-Match: *` is answered with `428`: it looks like a precondition, and protects nothing but existence.
    #[must_use]
    pub const fn refuse_any(mut self) -> Policy {
        self.refuses_any = true;
        self
    }

    /// The same, for a server behind a proxy that weakens entity tags.
    ///
    /// A proxy that compresses turns `"x"` into `W/"x"`, which strong comparison never matches, so that every write
    /// would be refused. With this, a weak tag in `If-Match` counts on a method that may change something, if it has two halves of which the state
    /// is the current one: the proxy has changed how the representation is coded, and no writer overwrites a coding. A tag
    /// from elsewhere, and one that was weak when it left here, count for nothing as before.
    ///
    /// It is a deviation from [RFC 9110 § 13.1.1], and needs trust in the proxy: a cache in between that answers with a weak tag for what is
    /// only semantically equivalent would be believed. Better, if that can be had: a proxy that leaves the tag alone.
    ///
    /// [RFC 9110 § 13.1.1]: https://www.rfc-editor.org/rfc/rfc9110.html#section-13.1.1
    #[must_use]
    pub const fn accept_weakened(mut self) -> Policy {
        self.accepts_weakened = true;
        self
    }
}

/// A [`Policy`] as a type, for [`ForWrite`](crate::ForWrite): what a handler asks for shows in its signature.
///
/// # Examples
///
/// ```
/// use etag_runtime::{Policy, WritePolicy};
///
/// enum BehindOurProxy {}
///
/// impl WritePolicy for BehindOurProxy {
///     const POLICY: Policy = Policy::REQUIRED.accept_weakened();
/// }
/// ```
pub trait WritePolicy {
    /// What it asks for.
    const POLICY: Policy;
}

/// [`Policy::REQUIRED`].
#[derive(Debug, Clone, Copy)]
pub enum Required {}

/// [`Policy::OPTIONAL`].
#[derive(Debug, Clone, Copy)]
pub enum Optional {}

impl WritePolicy for Required {
    const POLICY: Policy = Policy::REQUIRED;
}

impl WritePolicy for Optional {
    const POLICY: Policy = Policy::OPTIONAL;
}
