//! Bars in groups, all on one scale.

use super::svg::Svg;

pub(super) struct Bar {
    pub(super) name: String,
    pub(super) value: f64,
    pub(super) label: String,
    pub(super) is_ours: bool,
}

pub(super) struct Panel {
    pub(super) title: String,
    pub(super) bars: Vec<Bar>,
}

const BAR: f64 = 16.0;
const GAP: f64 = 5.0;
const LEFT: f64 = 290.0;
const SCALE: f64 = 320.0;
const WIDTH: f64 = 740.0;

pub(super) fn draw(title: &str, subtitle: &str, panels: &[Panel]) -> String {
    let values = panels.iter().flat_map(|panel| &panel.bars).map(|bar| bar.value);
    let longest = values.fold(f64::MIN_POSITIVE, f64::max);
    let mut svg = Svg::new(WIDTH);
    svg.text("title", 0.0, 16.0, title);
    svg.text("quiet", 0.0, 34.0, subtitle);
    let mut y = 64.0;
    for panel in panels {
        svg.text("title", 0.0, y, &panel.title);
        y += 10.0;
        for bar in &panel.bars {
            let (length, baseline) = (SCALE * bar.value.max(0.0) / longest, y + BAR - 4.0);
            svg.text("end", LEFT - 8.0, baseline, &bar.name);
            svg.bar(bar.is_ours, LEFT, y, length, BAR);
            svg.text("quiet", LEFT + length + 6.0, baseline, &bar.label);
            y += BAR + GAP;
        }
        y += 22.0;
    }
    svg.finish(y - 16.0)
}
