//! Space reserved in a panel and filled later, since the Tab order is the order of
//! showing widgets.
//!
//! Must not know: what is shown in it.

use egui::{Rect, Ui, UiBuilder};

/// Reserves the remaining width and this height for content shown later.
pub(crate) fn reserve_space(ui: &mut Ui, height: f32) -> Rect {
    let mut rect = ui.available_rect_before_wrap();
    rect.set_height(height);
    ui.advance_cursor_after_rect(rect);
    rect
}

/// Shows content in reserved space; wider content cannot widen the panel.
pub(crate) fn show_in(ui: &mut Ui, name: &str, rect: Rect, show: impl FnOnce(&mut Ui)) {
    let place = UiBuilder::new().max_rect(rect).id_salt(name);
    let mut inner = ui.new_child(place);
    inner.set_clip_rect(rect.expand(8.0).intersect(ui.clip_rect()));
    show(&mut inner);
}
