//! What all pictures have in common: they can be read on a light page and on a dark one.

use std::fmt::Write as _;

/// A picture is drawn into this.
pub(super) struct Svg {
    width: f64,
    parts: String,
}

const STYLE: &str = "\
text { fill: #1f2328 } .title { font-weight: bold } .end { text-anchor: end } .middle { text-anchor: middle }
.quiet { fill: #59636e } polyline { fill: none; stroke-width: 2 } polyline.grid { stroke: #d1d9e0; stroke-width: 1 }
rect { fill: #afb8c1 } rect.ours { fill: #0969da }
.series-0 { stroke: #0969da } .series-1 { stroke: #8c959f } .series-2 { stroke: #bc4c00 }
@media (prefers-color-scheme: dark) {
text { fill: #f0f6fc } .quiet { fill: #9198a1 } polyline.grid { stroke: #3d444d }
rect { fill: #656c76 } rect.ours { fill: #4493f8 }
.series-0 { stroke: #4493f8 } .series-1 { stroke: #9198a1 } .series-2 { stroke: #db6d28 }
}";

impl Svg {
    pub(super) fn new(width: f64) -> Svg {
        Svg { width, parts: String::new() }
    }

    /// Text at its baseline; `class` is one of the style's, or several.
    pub(super) fn text(&mut self, class: &str, x: f64, y: f64, text: &str) {
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        self.part(&format!(r#"<text class="{class}" x="{x:.1}" y="{y:.1}">{text}</text>"#));
    }

    pub(super) fn bar(&mut self, is_ours: bool, x: f64, y: f64, width: f64, height: f64) {
        let class = if is_ours { r#" class="ours""# } else { "" };
        self.part(&format!(r#"<rect{class} x="{x:.1}" y="{y:.1}" width="{width:.1}" height="{height:.1}"/>"#));
    }

    pub(super) fn line(&mut self, class: &str, points: &[(f64, f64)]) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        self.part(&format!(r#"<polyline class="{class}" points="{}"/>"#, points.join(" ")));
    }

    fn part(&mut self, part: &str) {
        self.parts.push_str(part);
        self.parts.push('\n');
    }

    pub(super) fn finish(self, height: f64) -> String {
        let mut svg = String::new();
        let _ = writeln!(
            svg,
            r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {:.0} {height:.0}" font-family="sans-serif" font-size="12">"#,
            self.width
        );
        let _ = write!(svg, "<style>\n{STYLE}\n</style>\n{}</svg>\n", self.parts);
        svg
    }
}
