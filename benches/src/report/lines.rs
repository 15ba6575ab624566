//! Lines over powers of ten, along both axes: what is linear is a straight line.

use super::svg::Svg;

pub(super) struct Series {
    pub(super) name: String,
    /// Positive, both of each.
    pub(super) points: Vec<(f64, f64)>,
}

const WIDTH: f64 = 740.0;
const LEFT: f64 = 80.0;
const RIGHT: f64 = 700.0;
const TOP: f64 = 90.0;
const BOTTOM: f64 = 330.0;

pub(super) fn draw(title: &str, across: &str, upwards: &str, series: &[Series]) -> String {
    let points = || series.iter().flat_map(|series| &series.points);
    let (right, top) = (last_power(points().map(|point| point.0)), last_power(points().map(|point| point.1)));
    let (left, bottom) = (first_power(points().map(|point| point.0)), first_power(points().map(|point| point.1)));
    let x = |value: f64| LEFT + (RIGHT - LEFT) * (value.log10() - f64::from(left)) / f64::from((right - left).max(1));
    let y =
        |value: f64| BOTTOM - (BOTTOM - TOP) * (value.log10() - f64::from(bottom)) / f64::from((top - bottom).max(1));
    let mut svg = Svg::new(WIDTH);
    svg.text("title", 0.0, 16.0, title);
    for power in bottom..=top {
        let value = 10_f64.powi(power);
        svg.line("grid", &[(LEFT, y(value)), (RIGHT, y(value))]);
        svg.text("end quiet", LEFT - 8.0, y(value) + 4.0, &format!("{value}"));
    }
    for power in left..=right {
        let value = 10_f64.powi(power);
        svg.text("middle quiet", x(value), BOTTOM + 20.0, &format!("{value}"));
    }
    svg.text("quiet", 0.0, TOP - 14.0, upwards);
    svg.text("end quiet", RIGHT, BOTTOM + 40.0, across);
    let mut legend = 0.0;
    for (number, Series { name, points }) in series.iter().enumerate() {
        let class = format!("series-{number}");
        svg.line(&class, &[(legend, 40.0), (legend + 24.0, 40.0)]);
        svg.text("", legend + 30.0, 44.0, name);
        legend += 240.0;
        let points: Vec<(f64, f64)> = points.iter().map(|point| (x(point.0), y(point.1))).collect();
        svg.line(&class, &points);
    }
    svg.finish(BOTTOM + 50.0)
}

#[expect(clippy::cast_possible_truncation, reason = "powers of ten are few")]
fn first_power(values: impl Iterator<Item = f64>) -> i32 {
    values.fold(f64::INFINITY, f64::min).log10().floor() as i32
}

#[expect(clippy::cast_possible_truncation, reason = "powers of ten are few")]
fn last_power(values: impl Iterator<Item = f64>) -> i32 {
    values.fold(f64::MIN_POSITIVE, f64::max).log10().ceil() as i32
}
