//! Text between markers, so that what a person has written around it stays.

use anyhow::{Context as _, Result};

/// The page with another text between `<!-- figures: NAME -->` and `<!-- end -->`.
pub(super) fn with(page: &str, name: &str, text: &str) -> Result<String> {
    let begin = format!("<!-- figures: {name} -->\n");
    let (before, rest) = page.split_once(&begin).with_context(|| format!("the page has no place for {name}"))?;
    let (_, after) = rest.split_once("<!-- end -->").with_context(|| format!("the place for {name} has no end"))?;
    Ok(format!("{before}{begin}\n{}\n\n<!-- end -->{after}", text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "One.\n<!-- figures: a -->\nold\n<!-- end -->\nTwo.\n<!-- figures: b -->\nold\n<!-- end -->\n";

    #[test]
    fn what_is_not_measured_stays() {
        let page = with(PAGE, "a", "new\n").unwrap_or_default();
        assert_eq!(page, PAGE.replacen("old", "\nnew\n", 1));
        assert_eq!(with(&page, "a", "new").ok(), Some(page), "twice");
    }

    #[test]
    fn a_place_that_is_gone_is_an_error() {
        assert!(with(PAGE, "c", "").is_err());
        assert!(with("<!-- figures: a -->\n", "a", "").is_err());
    }
}
