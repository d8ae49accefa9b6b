//! The lists of a monthly meeting as plates below each other.
//!
//! Must not know: rows of metrics.

use super::page::ScoreList;
use super::sheet::{ListPlate, ListRow, ScoresLayout};
use crate::geom::Rect;
use crate::layout::text_block::{TextContext, TextRole};
use crate::theme::size;

/// Width of a list at type scale 1.
pub(super) const WIDTH: f32 = 400.0;
/// Gap between lists.
const GAP: f32 = 16.0;
/// Padding in a plate.
const PADDING: f32 = 12.0;
/// Gap between entries.
const BETWEEN: f32 = 6.0;

/// Places the lists from a top left corner in a width; returns their bottom.
pub(super) fn place(
    lists: &[ScoreList],
    (x, top, width): (f32, f32, f32),
    sheet: &mut ScoresLayout,
    text: &mut TextContext<'_>,
) -> f32 {
    let mut y = top;
    for list in lists {
        let mut plate = plate(list, width, text);
        (plate.x, plate.y) = (f64::from(x), f64::from(y));
        y += plate.area.height() + GAP;
        sheet.lists.push(plate);
    }
    if lists.is_empty() { top } else { y - GAP }
}

fn plate(list: &ScoreList, width: f32, text: &mut TextContext<'_>) -> ListPlate {
    let icon = text.sizes.icon;
    let inner = width - 2.0 * PADDING;
    let mut title = Vec::new();
    let block = text.block(
        &list.title,
        size::NAME,
        TextRole::Normal,
        inner - icon - 8.0,
    );
    let line = size::NAME.size * text.sizes.type_scale * size::LEADING;
    let square = Rect::new(PADDING, PADDING + (line - icon) / 2.0, icon, icon);
    let mut y = block.place(PADDING + icon + 8.0, PADDING, &mut title) + 2.0;
    let mut entries = Vec::new();
    for entry in &list.entries {
        y += BETWEEN;
        let mut runs = Vec::new();
        let texts = [
            (
                entry.name.as_str(),
                size::STRONG,
                TextRole::Normal,
                0.0,
                None,
            ),
            (entry.text.as_str(), size::SMALL, TextRole::Soft, 0.0, None),
        ];
        let bottom = text.stack(&texts, (PADDING, y), inner, &mut runs);
        entries.push(ListRow {
            object: entry.object.clone(),
            title: entry.name.clone(),
            description: entry.text.clone(),
            area: Rect::new(
                PADDING / 2.0,
                y - BETWEEN / 2.0,
                width - PADDING,
                bottom - y + BETWEEN,
            ),
            runs,
        });
        y = bottom;
    }
    ListPlate {
        x: 0.0,
        y: 0.0,
        area: Rect::new(0.0, 0.0, width, y + PADDING),
        icon: (list.icon.0, list.icon.1, square),
        title,
        entries,
    }
}
