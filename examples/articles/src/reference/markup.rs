//! Markup that is well formed, because nothing else makes it.

use std::fmt;

/// HTML. A text in it is shown as it is.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Markup(String);

impl Markup {
    pub(super) fn text(text: &str) -> Markup {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        Markup(escaped.replace('"', "&quot;").replace('\'', "&#39;"))
    }

    /// A text with what stands between backticks as code, which is all of Markdown that the document has.
    pub(super) fn prose(text: &str) -> Markup {
        let parts = text.split('`').enumerate();
        Markup::join(parts.map(|(index, part)| if index % 2 == 1 { code(part) } else { Markup::text(part) }))
    }

    pub(super) fn join(parts: impl IntoIterator<Item = Markup>) -> Markup {
        Markup(parts.into_iter().map(|part| part.0).collect())
    }

    pub(super) fn push(&mut self, other: &Markup) {
        self.0 += &other.0;
    }
}

impl Extend<Markup> for Markup {
    fn extend<I: IntoIterator<Item = Markup>>(&mut self, parts: I) {
        parts.into_iter().for_each(|part| self.push(&part));
    }
}

impl fmt::Display for Markup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

pub(super) fn element(name: &str, content: Markup) -> Markup {
    // An empty one would show as a gap.
    if content.0.is_empty() { content } else { Markup(format!("<{name}>{content}</{name}>\n")) }
}

/// An element that can be linked to.
pub(super) fn anchor(name: &str, id: &str, content: &Markup) -> Markup {
    let id = Markup::text(id);
    Markup(format!("<{name} id=\"{id}\"><a href=\"#{id}\">{content}</a></{name}>\n"))
}

pub(super) fn link(id: &str, content: &Markup) -> Markup {
    Markup(format!("<a href=\"#{}\">{content}</a>", Markup::text(id)))
}

pub(super) fn code(text: &str) -> Markup {
    Markup(format!("<code>{}</code>", Markup::text(text)))
}

/// A table, unless it has no rows.
pub(super) fn table(head: &[&str], rows: impl Iterator<Item = Vec<Markup>>) -> Markup {
    let rows: Vec<Markup> = rows.map(|row| element("tr", cells("td", row))).collect();
    if rows.is_empty() {
        return Markup::default();
    }
    let head = element("tr", cells("th", head.iter().map(|word| Markup::text(word)).collect()));
    element("table", Markup::join([element("thead", head), element("tbody", Markup::join(rows))]))
}

/// Empty ones too, or the next would stand in their place.
fn cells(name: &str, row: Vec<Markup>) -> Markup {
    Markup::join(row.into_iter().map(|cell| Markup(format!("<{name}>{cell}</{name}>"))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_markup() {
        let text = Markup::text("<a href='\"'>&lt;</a>").to_string();
        assert_eq!(text, "&lt;a href=&#39;&quot;&#39;&gt;&amp;lt;&lt;/a&gt;");
        assert_eq!(Markup::prose("a `<b>` c").to_string(), "a <code>&lt;b&gt;</code> c");
        assert_eq!(code("<b>").to_string(), "<code>&lt;b&gt;</code>");
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let row = vec![Markup::text("a"), Markup::default()];
        let markup = table(&["one", "two"], [row].into_iter()).to_string();
        assert_eq!((markup.matches("<td>").count(), markup.matches("<th>").count()), (2, 2), "{markup}");
        assert_eq!(table(&["one"], std::iter::empty()), Markup::default());
    }
}
