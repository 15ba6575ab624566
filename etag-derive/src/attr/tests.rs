use syn::{Attribute, parse_quote};

use super::{ContainerAttrs, FieldAttrs};
use crate::errors::Errors;

fn complaints(errors: Errors) -> Vec<String> {
    match errors.finish() {
        Ok(()) => Vec::new(),
        Err(error) => error.into_iter().map(|error| error.to_string()).collect(),
    }
}

fn field(attributes: &[Attribute]) -> Vec<String> {
    let mut errors = Errors::default();
    FieldAttrs::parse(attributes, &mut errors);
    complaints(errors)
}

fn container(attributes: &[Attribute]) -> Vec<String> {
    let mut errors = Errors::default();
    ContainerAttrs::parse(attributes, &mut errors);
    complaints(errors)
}

#[test]
fn every_documented_form_is_accepted() {
    for attribute in [
        parse_quote!(#[etag(version)]),
        parse_quote!(#[etag(timestamp,)]),
        parse_quote!(#[etag(related, guard = false, touch)]),
        parse_quote!(#[etag(related, guard = true)]),
        parse_quote!(#[etag(content)]),
        parse_quote!(#[etag(skip)]),
        parse_quote!(#[doc = "of no concern"]),
    ] {
        assert!(field(&[attribute]).is_empty());
    }
    for attribute in [
        parse_quote!(#[etag(content, strong)]),
        parse_quote!(#[etag(weak)]),
        parse_quote!(#[etag(crate = ::my::runtime)]),
        parse_quote!(#[etag(crate = crate)]),
    ] {
        assert!(container(&[attribute]).is_empty());
    }
}

#[test]
fn all_mistakes_of_a_field_are_gathered() {
    let found = field(&[
        parse_quote!(#[etag(skp, version = 3, guard = 1, "x")]),
        parse_quote!(#[etag]),
        parse_quote!(#[etag(version, weak)]),
    ]);
    let first_lines: Vec<_> = found.iter().filter_map(|text| text.lines().next()).collect();
    assert_eq!(
        first_lines,
        [
            "this is no key of `#[etag(...)]`",
            "`#[etag(...)]` without a key says nothing",
            "unknown key `skp` in `#[etag(...)]`",
            "`version` takes no value",
            "`guard` takes `true` or `false`",
            "`version` is written twice",
            "`version` is first written here",
            "`weak` is said of a type, not of a field",
        ]
    );
}

#[test]
fn every_complaint_but_a_pointer_says_what_to_write() {
    let found = container(&[
        parse_quote!(#[etag(strnog, version, crate = "a::b", crate = 1, weak())]),
        parse_quote!(#[etag = "weak"]),
    ]);
    assert_eq!(found.len(), 6, "{found:#?}");
    for text in found {
        assert!(text.contains("\nhelp: "), "{text}");
    }
}

#[test]
fn the_nearest_key_is_named() {
    let found = field(&[parse_quote!(#[etag(relatd)])]);
    assert!(found[0].contains("did you mean `related`?"), "{found:?}");
}

#[test]
fn an_empty_list_has_no_options_to_stand_beside_the_key() {
    let found = field(&[parse_quote!(#[etag(version(), related(touch))])]);
    assert!(found[0].ends_with("write `version` alone"), "{found:?}");
    assert!(found[1].ends_with("`related, touch`"), "{found:?}");
}

#[test]
fn a_word_of_the_language_names_no_stamp() {
    assert!(container(&[parse_quote!(#[etag(stamp(r#type))])]).is_empty());
    let found = container(&[parse_quote!(#[etag(stamp(type))])]);
    assert!(found[0].starts_with("unknown key `type` in `stamp(...)`"), "{found:?}");
}

#[test]
fn a_quoted_path_is_given_back_without_quotes() {
    let found = container(&[parse_quote!(#[etag(crate = "my::runtime")])]);
    assert!(found[0].ends_with("`crate = my::runtime`"), "{found:?}");
}

#[test]
fn an_unusable_path_is_remembered() {
    let mut errors = Errors::default();
    let attrs = ContainerAttrs::parse(&[parse_quote!(#[etag(crate = 1)])], &mut errors);
    assert!(attrs.runtime_is_unknown);
    assert!(!errors.is_empty());
    assert!(errors.finish().is_err());
}
