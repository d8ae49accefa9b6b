//! Row headers: name and contact of the owner, and totals.
//!
//! Must not know: colours, the scene.

use super::counts::{Owner, OwnerCounts, Workload};
use crate::geom::Rect;
use crate::layout::card::Badge;
use crate::layout::flow::score_label;
use crate::layout::text_block::{TextBlock, TextRole, TextRun, fit_largest};
use crate::model::{Map, Record, Score};
use crate::text::{Measure, Style};
use crate::theme::{Icon, Sizes, size};

/// The header of a row, relative to its top left.
#[derive(Clone, Debug, Default)]
pub struct RowHeader {
    /// The texts.
    pub runs: Vec<TextRun>,
    /// The name alone, enlarged for overview zoom.
    pub far: Vec<TextRun>,
    /// Pains by severity, with their number.
    pub badges: Vec<Badge>,
    /// The worst feeling.
    pub face: Option<(Score, Icon, Rect)>,
    /// Share of all touchpoints: a bar, and its filled part, 0 … 1.
    pub bar: Option<(Rect, f32)>,
    /// Whether to draw a warning: a department that owns nothing, or elements without a known
    /// owner.
    pub is_warning: bool,
}

/// Width of the row headers.
pub(super) fn column_width(sizes: &Sizes) -> f32 {
    (236.0 * sizes.type_scale).round()
}

/// Width of the stripe at the left edge.
pub const TITLE_STRIPE: f32 = 9.0;

/// Builder of a header with lines below each other.
struct RowHeaderBuilder<'a> {
    title: RowHeader,
    left: f32,
    room: f32,
    y: f32,
    sizes: &'a Sizes,
    measure: &'a mut dyn Measure,
}

impl RowHeaderBuilder<'_> {
    fn push_line(&mut self, words: &str, style: Style, ink: TextRole) {
        let block = TextBlock::new(words, self.sizes.text(style), ink, self.room, self.measure);
        self.y = block.place(self.left, self.y, &mut self.title.runs);
    }

    fn push_bar(&mut self, load: &Workload, all: &Workload) {
        let share = load.touchpoints as f32 / all.touchpoints.max(1) as f32;
        let rect = Rect::new(self.left, self.y + 4.0, self.room, 7.0);
        self.title.bar = Some((rect, share));
        self.y = rect.max.y + 4.0;
    }

    /// Adds pains by severity and feelings.
    fn push_counts(&mut self, load: &Workload) {
        let style = self.sizes.text(size::SMALL_STRONG);
        let icon = self.sizes.icon;
        let line = (style.size * size::LEADING).max(icon + 1.0);
        let mut x = self.left;
        for (severity, flag) in [(2, Icon::Flag3), (1, Icon::Flag2), (0, Icon::Flag1)] {
            if load.pains[severity] == 0 {
                continue;
            }
            let words = load.pains[severity].to_string();
            let block = TextBlock::new(&words, style, TextRole::Pain, self.room, self.measure);
            let mut runs = Vec::new();
            block.place(x + icon + 2.0, self.y + 1.0, &mut runs);
            let rect = Rect::new(x, self.y + 1.0, icon, icon);
            x += icon + 2.0 + block.width() + 8.0;
            self.title.badges.push(Badge {
                icon: flag,
                role: TextRole::Pain,
                rect,
                runs,
            });
        }
        if x > self.left {
            self.y += line + 2.0;
        }
        if let (Some(lowest), Some(mean)) = (load.lowest, load.mean()) {
            let words = match load.scores {
                1 => format!("Feels {lowest}, n 1"),
                n => format!("Lowest {lowest}, mean {mean}, n {n}"),
            };
            let style = self.sizes.text(size::SMALL);
            let room = self.room - icon - 5.0;
            let block = TextBlock::new(&words, style, TextRole::Soft, room, self.measure);
            let rect = Rect::new(self.left, self.y + 0.5, icon, icon);
            self.title.face = Some((lowest, score_label(lowest).0, rect));
            let bottom = block.place(self.left + icon + 5.0, self.y, &mut self.title.runs);
            self.y = bottom.max(rect.max.y) + 2.0;
        }
    }
}

/// The header of an owner's row and its height.
pub(super) fn row_header(
    map: &Map,
    holding: &OwnerCounts,
    all: &Workload,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (RowHeader, f32) {
    let mut stack = header_builder(sizes, measure);
    let load = &holding.load;
    let carries = counts_text(load.touchpoints, holding.stages);
    match &holding.owner {
        Owner::Nobody => {
            stack.push_line("Nobody", size::STAGE, TextRole::Unowned);
            match carries {
                Some(words) => {
                    stack.title.is_warning = true;
                    stack.push_line(
                        &format!("No owner: {words}"),
                        size::STRONG,
                        TextRole::Unowned,
                    );
                    stack.push_bar(load, all);
                    stack.push_counts(load);
                }
                None if all.touchpoints == 0 => {
                    stack.push_line("Nothing to own yet", size::BODY, TextRole::Soft);
                }
                None => stack.push_line("Everything has an owner", size::BODY, TextRole::Soft),
            }
        }
        Owner::Unknown => {
            stack.title.is_warning = true;
            stack.push_line("Unknown owner", size::NAME, TextRole::Unowned);
            let words = carries.unwrap_or_default();
            stack.push_line(&words, size::STRONG, TextRole::Normal);
            let why = "The map names an owner that is not among its departments";
            stack.push_line(why, size::SMALL, TextRole::Soft);
            stack.push_counts(load);
        }
        Owner::Department(id) => {
            let Some(department) = map.departments().get(id) else {
                return (stack.title, 0.0);
            };
            stack.push_line(department.short_name(), size::NAME, TextRole::Normal);
            if department.short_name() != department.name() {
                stack.push_line(department.name(), size::SMALL, TextRole::Soft);
            }
            if sizes.shows_all_text && !department.contact.is_empty() {
                stack.push_line(&department.contact, size::SMALL, TextRole::Soft);
            }
            stack.y += 2.0;
            match carries {
                Some(words) => {
                    stack.push_line(&words, size::STRONG, TextRole::Normal);
                    stack.push_bar(load, all);
                    stack.push_counts(load);
                }
                None => {
                    stack.title.is_warning = true;
                    stack.push_line("Owns nothing", size::STRONG, TextRole::Unowned);
                }
            }
            if holding.supports > 0 {
                let words = format!("Supports {}", touchpoints_text(holding.supports));
                stack.push_line(&words, size::SMALL, TextRole::Soft);
            }
        }
    }
    if let Some(words) = handoffs_text(holding) {
        stack.push_line(&words, size::SMALL, TextRole::Soft);
    }
    let name = holding.owner.name(map);
    finish(stack, &name, holding.owner == Owner::Nobody)
}

/// The header of the totals of stages and its height.
pub(super) fn total_header(
    all: &Workload,
    stages: usize,
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (RowHeader, f32) {
    let mut stack = header_builder(sizes, measure);
    stack.push_line("All", size::NAME, TextRole::Normal);
    if let Some(words) = counts_text(all.touchpoints, stages) {
        stack.push_line(&words, size::STRONG, TextRole::Normal);
    }
    stack.push_counts(all);
    finish(stack, "All", false)
}

fn header_builder<'a>(sizes: &'a Sizes, measure: &'a mut dyn Measure) -> RowHeaderBuilder<'a> {
    let left = size::MARGIN * 0.5 + TITLE_STRIPE + 7.0;
    RowHeaderBuilder {
        title: RowHeader::default(),
        left,
        room: column_width(sizes) - left - 8.0,
        y: 10.0 * sizes.spacing.max(0.8),
        sizes,
        measure,
    }
}

/// The finished header with its name for overview zoom, and its height.
fn finish(mut stack: RowHeaderBuilder<'_>, name: &str, gap: bool) -> (RowHeader, f32) {
    let height = stack.y + 10.0;
    let sizes = [46.0, 38.0, 32.0, 27.0, 22.0].map(|far| far * stack.sizes.type_scale);
    let ink = if gap {
        TextRole::Unowned
    } else {
        TextRole::Normal
    };
    let room = (stack.room, height - 8.0);
    let block = fit_largest(name, &sizes, room, ink, stack.measure);
    block.place(stack.left, 4.0, &mut stack.title.far);
    (stack.title, height)
}

/// A text such as "3 touchpoints, 1 stage"; `None` for nothing.
pub(super) fn counts_text(count: usize, stages: usize) -> Option<String> {
    let stages_words = match stages {
        0 => None,
        1 => Some("1 stage".to_owned()),
        n => Some(format!("{n} stages")),
    };
    match (count, stages_words) {
        (0, stages) => stages,
        (count, None) => Some(touchpoints_text(count)),
        (count, Some(stages)) => Some(format!("{}, {stages}", touchpoints_text(count))),
    }
}

/// A text such as "3 touchpoints".
pub(super) fn touchpoints_text(count: usize) -> String {
    match count {
        1 => "1 touchpoint".to_owned(),
        n => format!("{n} touchpoints"),
    }
}

fn handoffs_text(holding: &OwnerCounts) -> Option<String> {
    match (holding.handoffs_out, holding.handoffs_in) {
        (0, 0) => None,
        (over, 0) => Some(format!("Hands over {over}")),
        (0, takes) => Some(format!("Takes over {takes}")),
        (over, takes) => Some(format!("Hands over {over}, takes over {takes}")),
    }
}
