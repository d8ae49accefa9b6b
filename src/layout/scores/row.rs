//! Rows of metrics in columns, and the small lines over time.
//!
//! Must not know: lists.

use super::page::{ScoreEntry, ScoreLine, ScoresPage};
use super::sheet::{ScoreRow, ScoresLayout};
use crate::geom::{Path, Point, Rect, pt};
use crate::layout::text_block::{TextContext, TextRole, TextRun};
use crate::theme::{Sizes, size};

/// Widths of the columns at type scale 1: place and metric, value, line over time, change, target.
const COLUMNS: [f32; 5] = [300.0, 118.0, 190.0, 250.0, 104.0];
/// Gap between columns.
const GAP: f32 = 18.0;
/// Padding above and below the texts of a row.
const PADDING: f32 = 7.0;
/// Height of a line over time at type scale 1.
const LINE_HEIGHT: f32 = 40.0;
/// Diameter of a value of a line, and of the newest one.
const POINT: [f32; 2] = [4.5, 8.0];

/// Left edges and widths of the columns.
pub(super) struct ScoreColumns {
    at: [(f32, f32); 5],
    /// Width of all columns.
    pub width: f32,
}

impl ScoreColumns {
    pub fn new(sizes: &Sizes) -> ScoreColumns {
        let mut x = 0.0;
        let at = COLUMNS.map(|width| {
            let width = width * sizes.type_scale;
            let left = x;
            x += width + GAP;
            (left, width)
        });
        ScoreColumns { at, width: x - GAP }
    }
}

/// Places all rows with the titles of stages and columns; returns their bottom.
pub(super) fn place(
    page: &ScoresPage,
    columns: &ScoreColumns,
    (left, top): (f32, f32),
    sheet: &mut ScoresLayout,
    text: &mut TextContext<'_>,
) -> f32 {
    if page.sections.is_empty() {
        return top;
    }
    let mut y = column_titles(page, columns, (left, top), &mut sheet.texts, text);
    for section in &page.sections {
        let block = text.block(&section.title, size::STAGE, TextRole::Normal, columns.width);
        y = block.place(left, y + 12.0, &mut sheet.texts) + 4.0;
        let line = Path::start(pt(left, y)).line(pt(left + columns.width, y));
        sheet.rules.push(line);
        for entry in &section.rows {
            let mut row = row(entry, columns, text);
            (row.x, row.y) = (f64::from(left), f64::from(y));
            y += row.area.height();
            sheet.rows.push(row);
        }
    }
    y
}

/// Places the titles of the columns; returns their bottom.
fn column_titles(
    page: &ScoresPage,
    columns: &ScoreColumns,
    (left, top): (f32, f32),
    out: &mut Vec<TextRun>,
    text: &mut TextContext<'_>,
) -> f32 {
    let mut bottom = top;
    let mut title = |words: &str, (x, width): (f32, f32), at_end: bool| {
        let block = text.block(words, size::SMALL_STRONG, TextRole::Soft, width);
        let x = left + x + if at_end { width - block.width() } else { 0.0 };
        bottom = bottom.max(block.place(x, top, out));
    };
    title("Metric", columns.at[0], false);
    title("Newest value", columns.at[1], false);
    let (x, width) = columns.at[2];
    match &page.span {
        [first, last] if !first.is_empty() => {
            title(first, (x, width / 2.0 - 4.0), false);
            title(last, (x + width / 2.0, width / 2.0), true);
        }
        _ => title("Over time", (x, width), false),
    }
    title("Change", columns.at[3], false);
    let mut rows = page.sections.iter().flat_map(|section| &section.rows);
    if rows.any(|row| !row.target.is_empty()) {
        title("Target", columns.at[4], false);
    }
    bottom
}

fn row(entry: &ScoreEntry, columns: &ScoreColumns, text: &mut TextContext<'_>) -> ScoreRow {
    let mut runs = Vec::new();
    let icon = text.sizes.icon;
    let [first, value, line, change, target] = columns.at;
    let (normal, soft) = (TextRole::Normal, TextRole::Soft);
    let stacked = |texts: [(&str, _, _); 3],
                   (x, width): (f32, f32),
                   text: &mut TextContext<'_>,
                   runs: &mut Vec<TextRun>| {
        let texts = texts.map(|(words, style, role)| (words, style, role, 0.0, None));
        text.stack(&texts, (x, PADDING), width, runs)
    };
    let names = [
        (entry.place.as_str(), size::STRONG, normal),
        (entry.metric.as_str(), size::BODY, normal),
        (entry.attention.as_str(), size::SMALL, TextRole::Bad),
    ];
    let values = [
        (entry.value.as_str(), size::NAME, normal),
        (entry.basis.as_str(), size::SMALL, soft),
        ("", size::SMALL, soft),
    ];
    let words = |words| {
        [
            (words, size::SMALL, normal),
            ("", size::SMALL, soft),
            ("", size::SMALL, soft),
        ]
    };
    let beside_icon = (change.0 + icon + 6.0, change.1 - icon - 6.0);
    let bottoms = [
        stacked(names, first, text, &mut runs),
        stacked(values, value, text, &mut runs),
        stacked(words(&entry.change), beside_icon, text, &mut runs),
        stacked(words(&entry.target), target, text, &mut runs),
    ];
    let line_height = LINE_HEIGHT * text.sizes.type_scale;
    let bottom = bottoms.into_iter().fold(PADDING + line_height, f32::max);
    let area = Rect::new(0.0, 0.0, columns.width, bottom + PADDING);
    let plot = Rect::new(line.0, PADDING, line.1, line_height).grow(-POINT[1] / 2.0);
    let title = match entry.place.as_str() {
        "" => entry.metric.clone(),
        place => format!("{place}: {}", entry.metric),
    };
    let words = [
        &entry.value,
        &entry.change,
        &entry.target,
        &entry.attention,
        &entry.source,
    ];
    let words = words.into_iter().filter(|it| !it.is_empty()).cloned();
    let square = Rect::new(change.0, PADDING - 1.0, icon, icon);
    ScoreRow {
        object: entry.object.clone(),
        title,
        description: words.collect::<Vec<_>>().join("; "),
        x: 0.0,
        y: 0.0,
        area,
        runs,
        verdict: entry.verdict.map(|(icon, role)| (icon, role, square)),
        bands: bands(&entry.line, &plot),
        line: value_line(&entry.line, &plot),
        points: points(&entry.line, &plot),
        target: entry.line.target.map(|share| {
            let y = at(&plot, 0.0, share).y;
            Path::start(pt(plot.min.x, y)).line(pt(plot.max.x, y))
        }),
    }
}

/// The point of a plot at shares of its width and of its height from the bottom.
fn at(plot: &Rect, time: f32, value: f32) -> Point {
    let x = plot.min.x + plot.width() * time;
    pt(x, plot.max.y - plot.height() * value)
}

/// The intervals as areas: one for each run of values that have one; a bar for a single value.
fn bands(line: &ScoreLine, plot: &Rect) -> Vec<Path> {
    let runs = line
        .points
        .chunk_by(|one, next| one.interval.is_some() == next.interval.is_some());
    let known = runs.filter(|run| run[0].interval.is_some());
    let area = known.map(|run| {
        let bounds = run.iter().filter_map(|it| Some((it.time, it.interval?)));
        let bounds: Vec<_> = bounds.collect();
        let highs = bounds
            .iter()
            .map(|(time, (_, high))| at(plot, *time, *high));
        let lows = bounds
            .iter()
            .rev()
            .map(|(time, (low, _))| at(plot, *time, *low));
        match bounds.as_slice() {
            [(time, (low, high))] => {
                let (low, high) = (at(plot, *time, *low), at(plot, *time, *high));
                let half = POINT[0] / 2.0;
                let corners = [
                    pt(low.x - half, low.y),
                    pt(low.x - half, high.y),
                    pt(low.x + half, high.y),
                    pt(low.x + half, low.y),
                ];
                Path::polygon(&corners)
            }
            _ => Path::polygon(&highs.chain(lows).collect::<Vec<_>>()),
        }
    });
    area.collect()
}

fn value_line(line: &ScoreLine, plot: &Rect) -> Option<Path> {
    let mut points = line.points.iter().map(|it| at(plot, it.time, it.value));
    let first = Path::start(points.next()?);
    (line.points.len() > 1).then(|| points.fold(first, Path::line))
}

fn points(line: &ScoreLine, plot: &Rect) -> Vec<Rect> {
    let last = line.points.len().saturating_sub(1);
    let squares = line.points.iter().enumerate().map(|(index, point)| {
        let side = POINT[usize::from(index == last)];
        Rect::centered_square(at(plot, point.time, point.value), side)
    });
    squares.collect()
}
