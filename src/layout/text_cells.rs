//! The cells of text lanes.
//!
//! Must not know: where lanes are on the map, the scene.

use super::LayoutInputs;
use super::cell_content::{CellEntry, EntryMark, TextPart, cell_entries};
use super::figures::Figure;
use super::stage::StageLayout;
use super::text_block;
use super::text_block::{TextBlock, TextRole, TextRun};
use crate::geom::Rect;
use crate::model::{Lane, LaneKind, Touchpoint};
use crate::text::Measure;
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
    /// A figure above the text: an image or a bar.
    pub figure: Option<Figure>,
    /// The lines of text.
    pub runs: Vec<TextRun>,
}

/// Height of the line of visibility above the backstage lane.
pub const VISIBILITY: f32 = 26.0;

/// Gap between two entries.
const ENTRY_GAP: f32 = 7.0;

impl LayoutInputs<'_> {
    /// The cells of a lane in one stage, and their bottom.
    pub(super) fn cells(
        &self,
        lane: &Lane,
        stage: &StageLayout,
        touchpoints: &[Touchpoint],
        measure: &mut dyn Measure,
    ) -> (Vec<TextCell>, f32) {
        let top = first_line_y(lane.kind, self.sizes);
        let between = ENTRY_GAP * self.sizes.spacing;
        let mut bottom = top;
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
            let x = self.sizes.card_x(place.column) + 4.0;
            let mut entries = Vec::with_capacity(drafts.len());
            for (i, draft) in drafts.into_iter().enumerate() {
                if i > 0 {
                    y += between;
                }
                let number = (place.is_branch && i == 0).then_some(&*place.number);
                let (entry, end) = place_entry(draft, number, (x, y), self.sizes, measure);
                entries.push(entry);
                y = end;
            }
            cells.push(TextCell {
                step,
                entries,
                area: Rect::new(x - 4.0, start - 3.0, self.sizes.card, y - start + 6.0),
            });
            filled[place.column] = y;
            bottom = bottom.max(y);
        }
        cells.sort_by_key(|cell| cell.step);
        (cells, bottom)
    }
}

/// Height of a text lane with content down to `bottom`.
pub(super) fn lane_height(kind: LaneKind, sizes: &Sizes, bottom: f32) -> f32 {
    bottom.max(first_line_y(kind, sizes) + 18.0) + sizes.lane_pad
}

/// Top of the first line of a text lane, relative to the top of the lane.
pub fn first_line_y(kind: LaneKind, sizes: &Sizes) -> f32 {
    let above = match kind {
        LaneKind::Backstage => VISIBILITY,
        _ => 0.0,
    };
    sizes.lane_pad + above
}

fn place_entry(
    draft: CellEntry<'_>,
    number: Option<&str>,
    (x, top): (f32, f32),
    sizes: &Sizes,
    measure: &mut dyn Measure,
) -> (PlacedEntry, f32) {
    let mut runs = Vec::new();
    let mut left = x;
    if let Some(number) = number {
        let block = TextBlock::new(
            number,
            sizes.text(size::SMALL_STRONG),
            TextRole::Soft,
            sizes.card,
            measure,
        );
        block.place(left, top + 1.0, &mut runs);
        left += block.width() + 6.0;
    }
    let mark = draft.mark.map(|mark| {
        let side = match mark {
            EntryMark::Icon(..) => sizes.icon,
            EntryMark::Persona(_) => 9.0,
            EntryMark::Bullet => 4.0,
        };
        let line = sizes.text(size::BODY).size * size::LEADING;
        let rect = Rect::new(left, top + (line - side) / 2.0, side, side);
        left += side + 6.0;
        (mark, rect)
    });
    let width = x + sizes.card - 8.0 - left;
    let mut y = top;
    let figure = draft.figure.map(|wanted| {
        let (figure, below) = wanted.place(left, top, width);
        y = below;
        figure
    });
    // Secondary texts are left out of an overview unless they come first.
    let shown = |(at, part): &(usize, &TextPart<'_>)| {
        sizes.shows_all_text || *at == 0 || part.2 != TextRole::Soft
    };
    let parts = draft.parts.iter().enumerate().filter(shown);
    for (text, style, ink, said) in parts.map(|(_, part)| part) {
        let scaled = sizes.text(*style);
        let mut block = TextBlock::new(text, scaled, *ink, width, measure);
        if let Some(most) = sizes.max_text_height(*style) {
            block.truncate_to_height(most, measure);
        }
        let first = runs.len();
        y = block.place(left, y, &mut runs);
        if let Some(said) = said {
            text_block::set_text_field(&mut runs[first..], *said);
        }
    }
    if mark.is_some() {
        // A mark without text takes the height of a line.
        y = y.max(top + sizes.text(size::BODY).size * size::LEADING);
    }
    let entry = PlacedEntry { mark, figure, runs };
    (entry, y)
}
