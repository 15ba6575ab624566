//! The guide: one page for each question, from the first endpoint to the traps.
//!
//! | page | question |
//! |---|---|
//! | [Getting started](getting_started) | How do I get a `304` and a `412`? |
//! | [Choosing validators](choosing_validators) | What do I annotate, what does it give, and what does it miss? |
//! | [Relations](relations) | What is shown with it: does its change count, and for whom? |
//! | [Writes](writes) | Which permit does a handler need, and what does the statement compare? |
//! | [Lists](lists) | What is the tag of a page, and how is something added to it? |
//! | [Caching](caching) | What do browsers, CDNs, proxies and compression do with it? |
//! | [Migration](migration) | There are tags already: how do I change over? |
//! | [Databases](databases) | What is special about mine? |
//! | [Questions](faq) | Why is this a `412`? Why is it no `304`? |
//!
//! The documentation of the items says what each of them does. That of the derive of [`ETag`](trait@crate::ETag) is a reference with a table of
//! its own, and [`problem`](crate::problem) is for whoever writes the client.
//!
//! Every block of code is compiled by the tests of this crate, and asserts what it says as far as it can. The module exists only in the
//! documentation: it costs a program nothing.
#![cfg_attr(docsrs, doc(auto_cfg = false))]

/// The pages, where the items that they speak of exist.
macro_rules! pages {
    ($($(#[doc = $question:literal])* $name:ident = $file:literal;)*) => { $(
        $(#[doc = $question])*
        #[cfg_attr(
            all(
                feature = "axum",
                feature = "derive",
                feature = "headers",
                feature = "layer",
                feature = "testing",
                feature = "tracing"
            ),
            doc = include_str!($file)
        )]
        #[cfg_attr(
            not(all(
                feature = "axum",
                feature = "derive",
                feature = "headers",
                feature = "layer",
                feature = "testing",
                feature = "tracing"
            )),
            doc = "",
            doc = "This page is shown where all features are enabled, as on docs.rs."
        )]
        pub mod $name {}
    )* };
}

pages! {
    /// How do I get a `304` and a `412`?
    getting_started = "getting_started.md";
    /// What do I annotate, what does it give, and what does it miss?
    choosing_validators = "choosing_validators.md";
    /// What is shown with it: does its change count, and for whom?
    relations = "relations.md";
    /// Which permit does a handler need, and what does the statement compare?
    writes = "writes.md";
    /// What is the tag of a page, and how is something added to it?
    lists = "lists.md";
    /// What do browsers, CDNs, proxies and compression do with it?
    caching = "caching.md";
    /// There are tags already: how do I change over?
    migration = "migration.md";
    /// What is special about mine?
    databases = "databases.md";
    /// Why is this a `412`? Why is it no `304`?
    faq = "faq.md";
}
