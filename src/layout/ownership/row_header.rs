//! Row headers: name and contact of the owner, and totals.
//!
//! Must not know: colours, the scene.

use super::counts::{Owner, OwnerCounts, Workload};
use crate::geom::Rect;
use crate::layout::card::Badge;
use crate::layout::flow::score_label;
use crate::layout::text_block::{NO_OWNER_NEEDED, TextContext, TextRole, TextRun};
use crate::model::{Map, Record, Score};
use crate::text::Style;
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
struct RowHeaderBuilder<'a, 'b> {
    title: RowHeader,
    left: f32,
    room: f32,
    y: f32,
    text: &'a mut TextContext<'b>,
}

impl<'a, 'b> RowHeaderBuilder<'a, 'b> {
    fn new(text: &'a mut TextContext<'b>) -> RowHeaderBuilder<'a, 'b> {
        RowHeaderBuilder {
            title: RowHeader::default(),
            left: TEXT_LEFT,
            room: text_width(text.sizes),
            y: 10.0 * text.sizes.spacing.max(0.8),
            text,
        }
    }

    fn push_line(&mut self, words: &str, style: Style, role: TextRole) {
        let block = self.text.block(words, style, role, self.room);
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
        let sizes = self.text.sizes;
        let (style, icon) = (size::SMALL_STRONG, sizes.icon);
        let line = (sizes.text(style).size * size::LEADING).max(icon + 1.0);
        let mut x = self.left;
        for (flag, count) in load.flags() {
            let words = count.to_string();
            let block = self.text.block(&words, style, TextRole::Pain, self.room);
            let corner = (x, self.y + 1.0);
            let badge = Badge::new((flag, TextRole::Pain), corner, (&block, 2.0), sizes);
            self.title.badges.push(badge);
            x += icon + 2.0 + block.width() + 8.0;
        }
        if x > self.left {
            self.y += line + 2.0;
        }
        if let Some((lowest, words)) = load.feelings() {
            let room = self.room - icon - 5.0;
            let block = self.text.block(&words, size::SMALL, TextRole::Soft, room);
            let rect = Rect::new(self.left, self.y + 0.5, icon, icon);
            self.title.face = Some((lowest, score_label(lowest).0, rect));
            let bottom = block.place(self.left + icon + 5.0, self.y, &mut self.title.runs);
            self.y = bottom.max(rect.max.y) + 2.0;
        }
    }

    /// The finished header, and its height.
    fn finish(self) -> (RowHeader, f32) {
        (self.title, self.y + 10.0)
    }
}

/// Left edge of the texts.
pub(super) const TEXT_LEFT: f32 = size::MARGIN * 0.5 + TITLE_STRIPE + 7.0;

/// Width of the texts.
pub(super) fn text_width(sizes: &Sizes) -> f32 {
    column_width(sizes) - TEXT_LEFT - 8.0
}

/// The header of an owner's row and its height; `hidden` is the number of its handoffs without an
/// arc, which says all others.
pub(super) fn row_header(
    map: &Map,
    holding: &OwnerCounts,
    all: &Workload,
    hidden: usize,
    text: &mut TextContext<'_>,
) -> (RowHeader, f32) {
    let mut stack = RowHeaderBuilder::new(text);
    let totals = &holding.totals;
    let load = &totals.workload;
    let carries = counts_text(load.touchpoints, totals.stages);
    match &holding.owner {
        Owner::Nobody => {
            stack.push_line("No owner", size::STAGE, TextRole::Unowned);
            match carries {
                Some(words) => {
                    stack.title.is_warning = true;
                    stack.push_line(&words, size::STRONG, TextRole::Unowned);
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
        Owner::NotNeeded => {
            stack.push_line(NO_OWNER_NEEDED, size::NAME, TextRole::Normal);
            let words = carries.unwrap_or_default();
            stack.push_line(&words, size::STRONG, TextRole::Normal);
            let why = "Contacts among people, without the organisation";
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
            if stack.text.sizes.shows_all_text && !department.contact.is_empty() {
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
            if totals.supports > 0 {
                let words = format!("Supports {}", touchpoints_text(totals.supports));
                stack.push_line(&words, size::SMALL, TextRole::Soft);
            }
        }
    }
    if hidden > 0 {
        let words = match hidden {
            1 => "1 more handoff".to_owned(),
            n => format!("{n} more handoffs"),
        };
        stack.push_line(&words, size::SMALL, TextRole::Soft);
    }
    stack.finish()
}

/// The header of the totals of stages and its height.
pub(super) fn total_header(
    all: &Workload,
    stages: usize,
    text: &mut TextContext<'_>,
) -> (RowHeader, f32) {
    let mut stack = RowHeaderBuilder::new(text);
    stack.push_line("All", size::NAME, TextRole::Normal);
    if let Some(words) = counts_text(all.touchpoints, stages) {
        stack.push_line(&words, size::STRONG, TextRole::Normal);
    }
    stack.push_counts(all);
    stack.finish()
}

/// A text such as "3 touchpoints, 1 stage"; `None` for nothing.
fn counts_text(count: usize, stages: usize) -> Option<String> {
    let stages = match stages {
        0 => None,
        1 => Some("1 stage".to_owned()),
        n => Some(format!("{n} stages")),
    };
    let count = (count > 0).then(|| touchpoints_text(count));
    let words: Vec<String> = count.into_iter().chain(stages).collect();
    (!words.is_empty()).then(|| words.join(", "))
}

/// A text such as "3 touchpoints".
pub(super) fn touchpoints_text(count: usize) -> String {
    match count {
        1 => "1 touchpoint".to_owned(),
        n => format!("{n} touchpoints"),
    }
}
