//! Reordering of list rows by dragging a grip at their left. A line shows the target;
//! Escape cancels.
//!
//! Must not know: the content of rows.

use super::buttons::allocate;
use super::style::{ROW_HEIGHT, UNIT};
use egui::{CursorIcon, Key, Rect, Sense, Stroke, Ui, vec2};

/// Width of a grip.
pub(crate) const GRIP_WIDTH: f32 = 3.0 * UNIT;

/// A reorderable list while it is shown.
#[derive(Default)]
pub(crate) struct DragReorder {
    rows: Vec<Rect>,
    dragged_row: Option<(usize, bool)>,
}

impl DragReorder {
    /// Shows the grip of the next row; `name` is its accessible name.
    pub(crate) fn grip(&mut self, ui: &mut Ui, name: &str) {
        // The keyboard has a command for moving rows, so the grip is not a tab stop.
        let size = vec2(GRIP_WIDTH, ROW_HEIGHT);
        let (rect, response) = allocate(ui, size, Sense::DRAG, None, name);
        if response.dragged() || response.drag_stopped() {
            self.dragged_row = Some((self.rows.len(), response.drag_stopped()));
        }
        let tint = ui.style().interact(&response).fg_stroke.color;
        for x in [-1.0, 1.0] {
            for y in [-1.0, 0.0, 1.0] {
                let dot = rect.center() + vec2(x, y) * 1.25 * UNIT / 2.0 * vec2(1.0, 1.6);
                ui.painter().circle_filled(dot, 1.1, tint);
            }
        }
        response
            .on_hover_cursor(CursorIcon::Grab)
            .on_hover_text("Drag to another place");
    }

    /// Records the rectangle of the row whose grip was shown last.
    pub(crate) fn add_row(&mut self, rect: Rect) {
        self.rows.push(rect);
    }

    /// Shows the target of the dragged row; on release returns the row and its new
    /// index, counted without itself.
    pub(crate) fn finish(self, ui: &Ui) -> Option<(usize, usize)> {
        let (from, let_go) = self.dragged_row?;
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            ui.ctx().stop_dragging();
            return None;
        }
        let pointer = ui.input(|i| i.pointer.latest_pos())?;
        let gap = gap(&self.rows, pointer.y);
        let to = if gap > from { gap - 1 } else { gap };
        if let_go {
            return (to != from).then_some((from, to));
        }
        let held = *self.rows.get(from)?;
        let accent = ui.visuals().selection.stroke.color;
        let painter = ui.painter();
        painter.rect_filled(held, 4.0, accent.gamma_multiply(0.15));
        let y = match gap.checked_sub(1).and_then(|before| self.rows.get(before)) {
            Some(before) => before.bottom() + UNIT / 2.0,
            None => self.rows.first()?.top() - UNIT / 2.0,
        };
        painter.hline(held.x_range(), y, Stroke::new(2.5, accent));
        ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        // Scrolls near the ends of a long list.
        let near = Rect::from_center_size(pointer, vec2(1.0, 2.0 * ROW_HEIGHT));
        ui.scroll_to_rect(near, None);
        None
    }
}

/// Returns the gap at a height: the number of rows above it.
fn gap(rows: &[Rect], y: f32) -> usize {
    rows.iter().filter(|row| row.center().y < y).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use egui::pos2;

    #[test]
    fn gap_is_the_number_of_row_centers_above() {
        let row = |i: usize| Rect::from_min_size(pos2(0.0, 30.0 * i as f32), vec2(100.0, 20.0));
        let rows: Vec<Rect> = (0..3).map(row).collect();
        assert_eq!(gap(&rows, -5.0), 0);
        assert_eq!(gap(&rows, 9.0), 0);
        assert_eq!(gap(&rows, 11.0), 1);
        assert_eq!(gap(&rows, 500.0), 3);
    }
}
