//! Cells of the ownership matrix: the mark of the stage's owner, number of touchpoints, pains and
//! feelings, the touchpoints, and what the owner supports.
//!
//! Must not know: colours, the scene.

use super::chip::{self, Chip};
use super::counts::{OwnedCell, Owner, Workload};
use crate::geom::{Rect, pt};
use crate::layout::card::Badge;
use crate::layout::flow::score_label;
use crate::layout::text_block::{TextBlock, TextRole, TextRun};
use crate::model::{Score, Touchpoint};
use crate::text::{Face, Measure, Style};
use crate::theme::{Icon, Sizes, size};
use std::sync::Arc;

/// The cell of an owner and a stage, relative to the top left of row and column.
#[derive(Clone, Debug)]
pub struct OwnerCell {
    /// Index of the stage.
    pub stage: usize,
    /// The whole cell.
    pub rect: Rect,
    /// Workload of the owner in the stage.
    pub workload: Workload,
    /// Number of touchpoints of other owners that this one supports.
    pub supports: usize,
    /// Whether the owner supports the stage itself.
    pub supports_stage: bool,
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
    let chips = abreast as f32 * chip::width(sizes) + (abreast as f32 - 1.0) * CHIP_GAP;
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
        subject: &CellInput<'_>,
        part: &OwnedCell,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> OwnerCell {
        let (stage, abreast) = subject.stage;
        let width = column_width(abreast, sizes);
        let (left, right) = (
            CELL_MARGIN + CELL_PADDING,
            width - CELL_MARGIN - CELL_PADDING,
        );
        let mut cell = OwnerCell {
            stage,
            rect: Rect::default(),
            workload: part.load,
            supports: part.supports,
            supports_stage: part.supports_stage,
            stage_mark: None,
            runs: Vec::new(),
            badges: Vec::new(),
            face: None,
            far: Vec::new(),
            count_plate: None,
            chips: Vec::new(),
        };
        let mut y = CELL_MARGIN + 8.0 * sizes.spacing.max(0.8);
        if part.owns_stage {
            let words = match subject.owner {
                Some(Owner::Nobody) => "Stage has no owner",
                Some(Owner::Unknown) => "Stage, unknown owner",
                _ => "Owns the stage",
            };
            y = cell.place_stage_mark(words, (left, y), right, sizes, measure) + 4.0;
        }
        let head = y;
        if part.load.touchpoints > 0 {
            y = cell.place_counts((left, y), right, sizes, measure);
            cell.place_overview(part.load, (left, head), (right, y), sizes, measure);
            y += 5.0;
        }
        y = cell.place_chips(subject, part, (left, y), sizes, measure);
        if let Some(words) = support_text(part) {
            let style = sizes.text(size::SMALL);
            let block = TextBlock::new(&words, style, TextRole::Soft, right - left, measure);
            y = block.place(left, y, &mut cell.runs) + 2.0;
        }
        cell.rect = Rect::new(0.0, 0.0, width, y + 6.0 + CELL_MARGIN);
        cell
    }

    /// Sets the height to that of the row.
    pub(super) fn set_height(&mut self, height: f32, measure: &mut dyn Measure) {
        self.rect.max.y = height;
        if self.chips.is_empty() {
            return;
        }
        let inner = self.rect.grow(-CELL_MARGIN);
        let room = (inner.height() * 0.62).min(inner.width() * 0.42);
        let style = Style {
            face: Face::Bold,
            size: (room * 0.8).min(150.0),
        };
        let words = self.workload.touchpoints.to_string();
        let block = TextBlock::new(&words, style, TextRole::Normal, f32::INFINITY, measure);
        let size = pt(block.width() + style.size * 0.5, style.size);
        let centre = inner.center();
        let plate = Rect::new(
            centre.x - size.x / 2.0,
            centre.y - size.y / 2.0,
            size.x,
            size.y,
        );
        let mut runs = Vec::new();
        let top = centre.y - block.height() / 2.0;
        block.place(centre.x - block.width() / 2.0, top, &mut runs);
        self.count_plate = Some((plate, runs));
    }

    /// Places the mark of the stage's owner; returns its bottom.
    fn place_stage_mark(
        &mut self,
        words: &str,
        (left, y): (f32, f32),
        right: f32,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> f32 {
        let style = sizes.text(size::SMALL_STRONG);
        let ink = match words {
            "Owns the stage" => TextRole::Normal,
            _ => TextRole::Unowned,
        };
        let beside = 26.0;
        let block = TextBlock::new(words, style, ink, right - left - beside - 6.0, measure);
        let mut runs = Vec::new();
        let bottom = block.place(left + beside, y + 3.0, &mut runs) + 3.0;
        let sign = Rect::new(left + 5.0, (y + bottom) / 2.0 - 6.0, 17.0, 12.0);
        let area = Rect {
            min: pt(left - 2.0, y),
            max: pt(left + beside + block.width() + 8.0, bottom),
        };
        self.stage_mark = Some(StageMark {
            chevron: sign,
            area,
            runs,
        });
        bottom
    }

    /// Places the count, pains by severity and feelings; returns their bottom.
    fn place_counts(
        &mut self,
        (left, y): (f32, f32),
        right: f32,
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> f32 {
        let load = self.workload;
        let count = TextBlock::new(
            &load.touchpoints.to_string(),
            sizes.text(size::STAGE),
            TextRole::Normal,
            right - left,
            measure,
        );
        let mut bottom = count.place(left, y, &mut self.runs);
        let style = sizes.text(size::SMALL_STRONG);
        let line = style.size * size::LEADING;
        let mut x = left + count.width() + 10.0;
        let mut level = y + (count.height() - line) / 2.0;
        for (severity, icon) in [(2, Icon::Flag3), (1, Icon::Flag2), (0, Icon::Flag1)] {
            if load.pains[severity] == 0 {
                continue;
            }
            let words = load.pains[severity].to_string();
            let block = TextBlock::new(&words, style, TextRole::Pain, right - left, measure);
            let width = sizes.icon + 2.0 + block.width();
            if x + width > right && x > left {
                (x, level) = (left, bottom);
            }
            let mut runs = Vec::new();
            bottom = bottom.max(block.place(x + sizes.icon + 2.0, level, &mut runs));
            self.badges.push(Badge {
                icon,
                role: TextRole::Pain,
                rect: Rect::new(x, level + (line - sizes.icon) / 2.0, sizes.icon, sizes.icon),
                runs,
            });
            x += width + 8.0;
        }
        if let (Some(lowest), Some(mean)) = (load.lowest, load.mean()) {
            let words = match load.scores {
                1 => format!("Feels {lowest}, n 1"),
                n => format!("Lowest {lowest}, mean {mean}, n {n}"),
            };
            let beside = sizes.icon + 5.0;
            let style = sizes.text(size::SMALL);
            let block = TextBlock::new(
                &words,
                style,
                TextRole::Soft,
                right - left - beside,
                measure,
            );
            let rect = Rect::new(left, bottom + 1.0, sizes.icon, sizes.icon);
            self.face = Some((lowest, score_label(lowest).0, rect));
            bottom = block
                .place(left + beside, bottom + 0.5, &mut self.runs)
                .max(rect.max.y);
        }
        bottom
    }

    /// Places the count for overview zoom, as large as fits.
    fn place_overview(
        &mut self,
        load: Workload,
        (left, top): (f32, f32),
        (right, bottom): (f32, f32),
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) {
        let size = ((bottom - top) / size::LEADING).min(34.0 * sizes.type_scale);
        let style = Style {
            face: Face::Bold,
            size,
        };
        let width = right - left;
        let words = load.touchpoints.to_string();
        let count = TextBlock::new(&words, style, TextRole::Normal, width, measure);
        count.place(left, top, &mut self.far);
        let words = match load.pain_count() {
            0 => return,
            1 => "1 pain".to_owned(),
            n => format!("{n} pains"),
        };
        let style = Style {
            size: size * 0.75,
            ..style
        };
        let pains = TextBlock::new(&words, style, TextRole::Pain, width, measure);
        if count.width() + 12.0 + pains.width() <= width {
            pains.place(right - pains.width(), top + size * 0.18, &mut self.far);
        }
    }

    /// Places the touchpoints in rows; returns their bottom.
    fn place_chips(
        &mut self,
        subject: &CellInput<'_>,
        part: &OwnedCell,
        (left, mut y): (f32, f32),
        sizes: &Sizes,
        measure: &mut dyn Measure,
    ) -> f32 {
        if subject.owner.is_none() {
            return y;
        }
        let step = chip::width(sizes) + CHIP_GAP;
        for row in part.owned.chunks(subject.stage.1) {
            let mut height: f32 = 0.0;
            let first = self.chips.len();
            for (column, place) in row.iter().enumerate() {
                let touchpoint = &subject.touchpoints[*place];
                let number = subject.numbers[*place].clone();
                let mut chip = Chip::new(touchpoint, number, sizes, measure);
                height = height.max(chip.rect.height());
                chip.shift(left + column as f32 * step, y);
                self.chips.push(chip);
            }
            for chip in &mut self.chips[first..] {
                chip.rect.max.y = y + height;
            }
            y += height + CHIP_GAP;
        }
        y
    }
}

/// Text about what the owner supports.
fn support_text(part: &OwnedCell) -> Option<String> {
    match (part.supports_stage, part.supports) {
        (false, 0) => None,
        (true, 0) => Some("Supports the stage".to_owned()),
        (false, n) => Some(format!("Supports {n}")),
        (true, n) => Some(format!("Supports the stage and {n}")),
    }
}
