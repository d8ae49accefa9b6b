//! The cells of text lanes.
//!
//! Must not know: where lanes are on the map, the scene.

use super::LayoutInputs;
use super::cell_content::{CellEntry, EntryMark, Figure, cell_entries};
use super::cell_place::CellPlace;
use super::stage::StageLayout;
use super::text_block::{NUMBER_GAP, NumberSlot, TextContext, TextRole, TextRun};
use crate::geom::{Rect, pt};
use crate::model::{Lane, LaneKind, Touchpoint};
use crate::theme::{Sizes, size};

/// The content of one lane for one touchpoint.
#[derive(Clone, Debug)]
pub struct TextCell {
    /// Index of the touchpoint in its stage.
    pub step: usize,
    /// The entries, relative to stage and lane.
    pub entries: Vec<PlacedEntry>,
    /// Pointer area.
    pub area: Rect,
}

/// A placed entry of a cell.
#[derive(Clone, Debug)]
pub struct PlacedEntry {
    /// The mark in front of the text, and its place.
    pub mark: Option<(EntryMark, Rect)>,
    /// Place of the number of a side branch, in its first entry.
    pub number: Option<NumberSlot>,
    /// A figure above the text: an image or a bar.
    pub figure: Option<Figure>,
    /// The lines of text.
    pub runs: Vec<TextRun>,
}

/// Height of the line of visibility above the backstage lane.
pub const VISIBILITY: f32 = 26.0;

/// Distance from the text of a cell to its upper and lower edge.
pub(super) const CELL_PADDING: f32 = 3.0;

/// Gap between two entries.
const ENTRY_GAP: f32 = 7.0;

impl LayoutInputs<'_> {
    /// The cells of a lane in one stage that have content, and the places of all by step.
    pub(super) fn cells(
        &mut self,
        lane: &Lane,
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
    ) -> (Vec<TextCell>, Box<[CellPlace]>) {
        let sizes = self.text.sizes;
        let top = first_line_y(lane.kind, sizes);
        let between = ENTRY_GAP * sizes.spacing;
        let mut filled = vec![top; stage.columns];
        let mut cells = Vec::new();
        // The main line first, then the branches below it.
        let mut order: Vec<usize> = (0..touchpoints.len()).collect();
        order.sort_by_key(|i| stage.steps()[*i].row);
        for step in order {
            let place = &stage.steps()[step];
            let drafts = cell_entries(self.map, &touchpoints[step], lane);
            if drafts.is_empty() {
                continue;
            }
            let start = filled[place.column];
            let mut y = start + if start > top { between } else { 0.0 };
            let x = sizes.card_x(place.column) + 4.0;
            let mut entries = Vec::with_capacity(drafts.len());
            for (i, draft) in drafts.into_iter().enumerate() {
                if i > 0 {
                    y += between;
                }
                let widths = &self.shared.number_widths;
                let number = (place.is_branch && i == 0)
                    .then(|| widths.slot(place.number_room, (x, y + 1.0), TextRole::Soft));
                let (entry, end) = place_entry(draft, number, (x, y), &mut self.text);
                entries.push(entry);
                y = end;
            }
            cells.push(TextCell {
                step,
                entries,
                area: Rect {
                    min: pt(x - 4.0, start - CELL_PADDING),
                    max: pt(x - 4.0 + sizes.card, y + CELL_PADDING),
                },
            });
            filled[place.column] = y;
        }
        cells.sort_by_key(|cell| cell.step);
        let free = stage.steps().iter().map(|step| match filled[step.column] {
            end if end > top => CellPlace::empty(end + CELL_PADDING),
            top => CellPlace::empty(top - CELL_PADDING),
        });
        let mut places: Box<[CellPlace]> = free.collect();
        for cell in &cells {
            places[cell.step] = CellPlace::filled(cell.area.min.y, cell.area.max.y);
        }
        (cells, places)
    }
}

/// Height of a text lane with content down to `bottom`.
pub(super) fn lane_height(kind: LaneKind, sizes: &Sizes, bottom: f32) -> f32 {
    bottom.max(first_line_y(kind, sizes) + 18.0) + sizes.lane_pad
}

/// Top of the first line of a text lane, relative to the top of the lane.
pub fn first_line_y(kind: LaneKind, sizes: &Sizes) -> f32 {
    sizes.lane_pad + visibility(kind)
}

/// Height of the line of visibility above a lane; 0 for lanes without it.
pub(super) fn visibility(kind: LaneKind) -> f32 {
    match kind {
        LaneKind::Backstage => VISIBILITY,
        _ => 0.0,
    }
}

fn place_entry(
    mut draft: CellEntry<'_>,
    number: Option<NumberSlot>,
    (x, top): (f32, f32),
    text: &mut TextContext<'_>,
) -> (PlacedEntry, f32) {
    let sizes = text.sizes;
    let line = sizes.text(size::BODY).size * size::LEADING;
    let mut runs = Vec::new();
    let mut left = x;
    if let Some(number) = number {
        left += number.room + NUMBER_GAP;
    }
    let mark = draft.mark.map(|mark| {
        let side = match mark {
            EntryMark::Icon(..) => sizes.icon,
            EntryMark::Persona(_) => 9.0,
            EntryMark::Bullet => 4.0,
        };
        let rect = Rect::new(left, top + (line - side) / 2.0, side, side);
        left += side + 6.0;
        (mark, rect)
    });
    let width = x + sizes.card - 8.0 - left;
    let figure = draft.figure.as_mut();
    let mut y = figure.map_or(top, |figure| figure.place(left, top, width));
    for (at, (words, style, role, field)) in draft.parts.iter().enumerate() {
        // Secondary texts are left out of an overview unless they come first.
        if !sizes.shows_all_text && at > 0 && *role == TextRole::Soft {
            continue;
        }
        let mut block = text.block(words, *style, *role, width);
        if let Some(most) = sizes.max_text_height(*style) {
            block.truncate_to_height(most, text.measure);
        }
        y = block.place_field(*field, left, y, &mut runs);
    }
    if mark.is_some() {
        // A mark without text takes the height of a line.
        y = y.max(top + line);
    }
    let figure = draft.figure;
    let entry = PlacedEntry {
        mark,
        number,
        figure,
        runs,
    };
    (entry, y)
}
