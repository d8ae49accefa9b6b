//! Cells of the ownership matrix and the touchpoints in them: the mark of the stage's owner, number of touchpoints, pains and
//! feelings, the touchpoints, and what the owner supports.
//!
//! Must not know: colours, the scene.

use super::counts::{OwnedCell, Owner};
use crate::geom::{Point, Rect, pt};
use crate::layout::card::{Badge, Card, badge_labels, shown_name};
use crate::layout::flow::score_label;
use crate::layout::text_block::{TextBlock, TextContext, TextRole, TextRun};
use crate::model::{Field, Score, Touchpoint, TouchpointId};
use crate::theme::{Icon, Sizes, size};
use std::sync::Arc;

/// The cell of an owner and a stage, relative to the top left of row and column.
#[derive(Clone, Debug)]
pub struct OwnerCell {
    /// Index of the stage.
    pub stage: usize,
    /// The whole cell.
    pub rect: Rect,
    /// The counts of the cell.
    pub counts: OwnedCell,
    /// Mark that the owner owns the stage.
    pub stage_mark: Option<StageMark>,
    /// The count and other texts.
    pub runs: Vec<TextRun>,
    /// Pains by severity, with their number.
    pub badges: Vec<Badge>,
    /// The worst feeling.
    pub face: Option<(Score, Icon, Rect)>,
    /// Count and pains, enlarged for overview zoom.
    pub far: Vec<TextRun>,
    /// The count alone on a plate, for zooms at which no name is readable.
    pub count_plate: Option<(Rect, Vec<TextRun>)>,
    /// The touchpoints.
    pub chips: Vec<Chip>,
}

/// The mark of a stage's owner.
#[derive(Clone, Debug)]
pub struct StageMark {
    /// A small chevron as on the stage band.
    pub chevron: Rect,
    /// Pointer area for dragging.
    pub area: Rect,
    /// The label.
    pub runs: Vec<TextRun>,
}

/// Padding inside a cell.
pub(super) const CELL_PADDING: f32 = 10.0;
/// Margin around a cell, within its column and row.
pub const CELL_MARGIN: f32 = 4.0;
/// Gap between two chips.
const CHIP_GAP: f32 = 6.0;

/// Number of chips side by side for this many in one cell.
pub(super) fn chips_per_row(most: usize) -> usize {
    (most as f32 / 5.0).sqrt().ceil().max(1.0) as usize
}

/// Width of a column with this many chips side by side.
pub(super) fn column_width(abreast: usize, sizes: &Sizes) -> f32 {
    let chips = abreast as f32 * chip_width(sizes) + (abreast as f32 - 1.0) * CHIP_GAP;
    chips + 2.0 * (CELL_PADDING + CELL_MARGIN)
}

/// Inputs of a cell.
pub(super) struct CellInput<'a> {
    /// Index of the stage, and its number of chips side by side.
    pub stage: (usize, usize),
    pub touchpoints: &'a [Touchpoint],
    pub numbers: &'a [Arc<str>],
    /// The owner; `None` for the total of a stage.
    pub owner: Option<&'a Owner>,
}

impl OwnerCell {
    /// A cell with the height it needs.
    pub(super) fn new(
        input: &CellInput<'_>,
        counts: OwnedCell,
        text: &mut TextContext<'_>,
    ) -> OwnerCell {
        let sizes = text.sizes;
        let (stage, abreast) = input.stage;
        let width = column_width(abreast, sizes);
        let left = CELL_MARGIN + CELL_PADDING;
        let right = width - CELL_MARGIN - CELL_PADDING;
        let mut cell = OwnerCell {
            stage,
            rect: Rect::default(),
            counts,
            stage_mark: None,
            runs: Vec::new(),
            badges: Vec::new(),
            face: None,
            far: Vec::new(),
            count_plate: None,
            chips: Vec::new(),
        };
        let mut y = CELL_MARGIN + 8.0 * sizes.spacing.max(0.8);
        if cell.counts.owns_stage {
            y = cell.place_stage_mark(input.owner, (left, y), right, text) + 4.0;
        }
        let head = y;
        if cell.counts.workload.touchpoints > 0 {
            y = cell.place_counts((left, y), right, text);
            cell.place_overview((left, head), (right, y), text);
            y += 5.0;
        }
        y = cell.place_chips(input, (left, y), text);
        if let Some(words) = support_text(&cell.counts) {
            let block = text.block(&words, size::SMALL, TextRole::Soft, right - left);
            y = block.place(left, y, &mut cell.runs) + 2.0;
        }
        cell.rect = Rect::new(0.0, 0.0, width, y + 6.0 + CELL_MARGIN);
        cell
    }

    /// Sets the height to that of the row.
    pub(super) fn set_height(&mut self, height: f32, text: &mut TextContext<'_>) {
        self.rect.max.y = height;
        if self.chips.is_empty() {
            return;
        }
        let inner = self.rect.grow(-CELL_MARGIN);
        let room = (inner.height() * 0.62).min(inner.width() * 0.42);
        let style = size::bold((room * 0.8).min(150.0));
        let words = self.counts.workload.touchpoints.to_string();
        let (role, room) = (TextRole::Normal, f32::INFINITY);
        let block = TextBlock::new(&words, style, role, room, text.measure);
        let (width, height) = (block.width() + style.size * 0.5, style.size);
        let center = inner.center();
        let (x, y) = (center.x - width / 2.0, center.y - height / 2.0);
        let mut runs = Vec::new();
        let top = center.y - block.height() / 2.0;
        block.place(center.x - block.width() / 2.0, top, &mut runs);
        self.count_plate = Some((Rect::new(x, y, width, height), runs));
    }

    /// Places the mark of the stage's owner; returns its bottom.
    fn place_stage_mark(
        &mut self,
        owner: Option<&Owner>,
        (left, y): (f32, f32),
        right: f32,
        text: &mut TextContext<'_>,
    ) -> f32 {
        let (words, role) = match owner {
            Some(Owner::Nobody) => ("Stage has no owner", TextRole::Unowned),
            Some(Owner::Unknown) => ("Stage, unknown owner", TextRole::Unowned),
            _ => ("Owns the stage", TextRole::Normal),
        };
        let beside = 26.0;
        let room = right - left - beside - 6.0;
        let block = text.block(words, size::SMALL_STRONG, role, room);
        let mut runs = Vec::new();
        let bottom = block.place(left + beside, y + 3.0, &mut runs) + 3.0;
        self.stage_mark = Some(StageMark {
            chevron: Rect::new(left + 5.0, (y + bottom) / 2.0 - 6.0, 17.0, 12.0),
            area: Rect {
                min: pt(left - 2.0, y),
                max: pt(left + beside + block.width() + 8.0, bottom),
            },
            runs,
        });
        bottom
    }

    /// Places the count, pains by severity and feelings; returns their bottom.
    fn place_counts(
        &mut self,
        (left, y): (f32, f32),
        right: f32,
        text: &mut TextContext<'_>,
    ) -> f32 {
        let (load, sizes) = (self.counts.workload, text.sizes);
        let words = load.touchpoints.to_string();
        let count = text.block(&words, size::STAGE, TextRole::Normal, right - left);
        let mut bottom = count.place(left, y, &mut self.runs);
        let style = size::SMALL_STRONG;
        let line = sizes.text(style).size * size::LEADING;
        let mut x = left + count.width() + 10.0;
        let mut level = y + (count.height() - line) / 2.0;
        for (icon, count) in load.flags() {
            let words = count.to_string();
            let block = text.block(&words, style, TextRole::Pain, right - left);
            let width = sizes.icon + 2.0 + block.width();
            if x + width > right && x > left {
                (x, level) = (left, bottom);
            }
            let mut runs = Vec::new();
            bottom = bottom.max(block.place(x + sizes.icon + 2.0, level, &mut runs));
            let icon_y = level + (line - sizes.icon) / 2.0;
            self.badges.push(Badge {
                icon,
                role: TextRole::Pain,
                rect: Rect::new(x, icon_y, sizes.icon, sizes.icon),
                runs,
            });
            x += width + 8.0;
        }
        if let Some((lowest, words)) = load.feelings() {
            let beside = sizes.icon + 5.0;
            let room = right - left - beside;
            let block = text.block(&words, size::SMALL, TextRole::Soft, room);
            let rect = Rect::new(left, bottom + 1.0, sizes.icon, sizes.icon);
            self.face = Some((lowest, score_label(lowest).0, rect));
            let end = block.place(left + beside, bottom + 0.5, &mut self.runs);
            bottom = end.max(rect.max.y);
        }
        bottom
    }

    /// Places the count for overview zoom, as large as fits.
    fn place_overview(
        &mut self,
        (left, top): (f32, f32),
        (right, bottom): (f32, f32),
        text: &mut TextContext<'_>,
    ) {
        let load = self.counts.workload;
        let size = ((bottom - top) / size::LEADING).min(34.0 * text.sizes.type_scale);
        let width = right - left;
        let mut block = |words: &str, size, role| {
            TextBlock::new(words, size::bold(size), role, width, text.measure)
        };
        let count = block(&load.touchpoints.to_string(), size, TextRole::Normal);
        count.place(left, top, &mut self.far);
        let words = match load.pain_count() {
            0 => return,
            1 => "1 pain".to_owned(),
            n => format!("{n} pains"),
        };
        let pains = block(&words, size * 0.75, TextRole::Pain);
        if count.width() + 12.0 + pains.width() <= width {
            pains.place(right - pains.width(), top + size * 0.18, &mut self.far);
        }
    }

    /// Places the touchpoints in rows; returns their bottom.
    fn place_chips(
        &mut self,
        input: &CellInput<'_>,
        (left, mut y): (f32, f32),
        text: &mut TextContext<'_>,
    ) -> f32 {
        let step = chip_width(text.sizes) + CHIP_GAP;
        for row in self.counts.owned.chunks(input.stage.1) {
            let mut height: f32 = 0.0;
            let first = self.chips.len();
            for (column, place) in row.iter().enumerate() {
                let number = input.numbers[*place].clone();
                let mut chip = Chip::new(&input.touchpoints[*place], number, text);
                height = height.max(chip.card.rect.height());
                chip.shift(pt(left + column as f32 * step, y));
                self.chips.push(chip);
            }
            for chip in &mut self.chips[first..] {
                chip.card.rect.max.y = y + height;
            }
            y += height + CHIP_GAP;
        }
        y
    }
}

/// Text about what the owner supports.
fn support_text(counts: &OwnedCell) -> Option<String> {
    match (counts.supports_stage, counts.supports) {
        (false, 0) => None,
        (true, 0) => Some("Supports the stage".to_owned()),
        (false, n) => Some(format!("Supports {n}")),
        (true, n) => Some(format!("Supports the stage and {n}")),
    }
}

/// Width of the owner's stripe at the left edge.
pub const CHIP_STRIPE: f32 = 6.0;

/// A touchpoint in the cell of its owner.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The touchpoint.
    pub id: TouchpointId,
    /// The number, as in the journey.
    pub number: Arc<str>,
    /// Name and number; the badges are the moment of truth and pains, without labels.
    pub card: Card,
    /// The worst feeling, if there is any.
    pub face: Option<(Score, Icon, Rect)>,
}

/// Size of the names of chips for overview zoom, in the comfortable density.
const OVERVIEW_NAME: f32 = 17.0;

/// Width of a chip.
fn chip_width(sizes: &Sizes) -> f32 {
    (sizes.card * 0.9).round()
}

impl Chip {
    /// A chip at (0, 0) with the height it needs.
    pub(super) fn new(
        touchpoint: &Touchpoint,
        number: Arc<str>,
        text: &mut TextContext<'_>,
    ) -> Chip {
        let sizes = text.sizes;
        let left = CHIP_STRIPE + 7.0 * sizes.spacing.max(0.8);
        let inner = chip_width(sizes) - left - 7.0;
        let (name, role) = shown_name(touchpoint);
        let mut card = Card::default();
        let block = text.block(name, size::bold(13.5), role, inner);
        let top = 5.0 * sizes.spacing;
        let y = block.place_field(Some(Field::Name), left, top, &mut card.runs) + 2.0;
        let small = text.block(&number, size::SMALL, TextRole::Soft, inner);
        small.place(left, y, &mut card.runs);

        // From right to left, the most important first.
        let mut right = chip_width(sizes) - 7.0;
        // Place of an icon, and left end of the label of this width at its right.
        let mut take = |label: f32| {
            let left = right - label;
            right -= if label > 0.0 { label + 2.0 } else { 0.0 };
            right -= sizes.icon;
            let rect = Rect::new(right, y + 0.5, sizes.icon, sizes.icon);
            right -= 6.0;
            (rect, left)
        };
        let worst = touchpoint.feelings.iter().filter_map(|f| f.score).min();
        let face = worst.map(|score| (score, score_label(score).0, take(0.0).0));
        for (icon, role, _) in badge_labels(touchpoint) {
            let count = match role {
                TextRole::Pain if touchpoint.pains.len() > 1 => touchpoint.pains.len().to_string(),
                TextRole::Pain | TextRole::Moment => String::new(),
                _ => continue,
            };
            let block = text.block(&count, size::SMALL_STRONG, role, inner);
            let (rect, left) = take(block.width());
            let mut runs = Vec::new();
            block.place(left, y, &mut runs);
            card.badges.push(Badge {
                icon,
                role,
                rect,
                runs,
            });
        }
        let bottom = small.height().max(sizes.icon + 1.0);
        card.rect = Rect::new(
            0.0,
            0.0,
            chip_width(sizes),
            y + bottom + 5.0 * sizes.spacing,
        );
        let style = size::bold(OVERVIEW_NAME * sizes.type_scale);
        let width = chip_width(sizes) - CHIP_STRIPE - 12.0;
        let far = TextBlock::new(name, style, role, width, text.measure);
        card.rect.max.y = card.rect.max.y.max(far.height() + 2.0);
        let top = (card.rect.height() - far.height()) / 2.0;
        let corner = (CHIP_STRIPE + 6.0, top);
        far.place_field(Some(Field::Name), corner.0, corner.1, &mut card.far);
        Chip {
            id: touchpoint.id.clone(),
            number,
            card,
            face,
        }
    }

    /// Translates the chip.
    fn shift(&mut self, by: Point) {
        self.card.shift(by, 0.0);
        if let Some((_, _, rect)) = &mut self.face {
            *rect = rect.translate(by);
        }
    }
}
