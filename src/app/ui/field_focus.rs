//! Focus and highlighting of fields by their address, from outside the panel.
//!
//! Must not know: the fields, the kinds of addresses.

use super::style::{self, UNIT};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align, Context, Id, Response, Ui};
use std::fmt::Debug;
use std::hash::Hash;

/// The field that gets the focus once it is shown, and whether its text is selected.
#[derive(Clone, Copy)]
struct FieldToFocus(Id, bool);

/// The highlighted field, and whether it was scrolled to.
#[derive(Clone, Copy)]
struct HighlightedField(Id, bool);

/// The id of the field of an address.
pub(crate) fn field_id(address: &(impl Hash + Debug)) -> Id {
    Id::unique(("field", address))
}

/// Requests the focus for the field of this address as soon as it is shown.
pub fn focus_field(ctx: &Context, address: &(impl Hash + Debug)) {
    let field = FieldToFocus(field_id(address), false);
    ctx.data_mut(|d| d.insert_temp(Id::NULL, field));
}

/// Requests the focus for the name of a new record, with the default name selected, so that
/// typing replaces it.
pub(crate) fn focus_new_name(ctx: &Context, address: &(impl Hash + Debug)) {
    let field = FieldToFocus(field_id(address), true);
    ctx.data_mut(|d| d.insert_temp(Id::NULL, field));
}

/// The field with the focus, if it has room for several lines.
#[derive(Clone, Copy)]
struct LineList(Id);

/// Notes that a field has room for several lines.
pub(crate) fn note_line_list(response: &Response) {
    if response.has_focus() {
        let field = LineList(response.id);
        response.ctx.data_mut(|d| d.insert_temp(Id::NULL, field));
    }
}

/// Whether the field with the focus has room for several lines.
pub(crate) fn is_line_list_focused(ctx: &Context) -> bool {
    let noted = ctx.data(|d| d.get_temp::<LineList>(Id::NULL));
    noted.is_some_and(|noted| ctx.memory(|memory| memory.has_focus(noted.0)))
}

/// Whether a requested field was not shown yet.
pub fn is_focus_pending(ctx: &Context) -> bool {
    ctx.data(|d| d.get_temp::<FieldToFocus>(Id::NULL)).is_some()
}

/// Gives a control the focus if requested for this field, and draws its highlight.
pub(crate) fn apply_field_focus(ui: &Ui, field: Id, response: &Response) {
    let wanted: Option<FieldToFocus> = ui.data(|d| d.get_temp(Id::NULL));
    if let Some(FieldToFocus(_, selects)) = wanted.filter(|wanted| wanted.0 == field) {
        ui.data_mut(|d| d.remove::<FieldToFocus>(Id::NULL));
        response.request_focus();
        response.scroll_to_me(None);
        if selects {
            select_text(ui.ctx(), response.id, 0);
        }
    }
    let highlighted: Option<HighlightedField> = ui.data(|d| d.get_temp(Id::NULL));
    if let Some(HighlightedField(_, seen)) = highlighted.filter(|it| it.0 == field) {
        style::focus_ring(ui, response.rect.expand(UNIT / 2.0), 4.0);
        if !seen {
            response.scroll_to_me(Some(Align::Center));
            ui.data_mut(|d| d.insert_temp(Id::NULL, HighlightedField(field, true)));
        }
    }
}

/// Highlights the field of this address until another one is highlighted: scrolls to it
/// and draws a ring. The focus does not change.
pub fn highlight_field(ctx: &Context, address: Option<&(impl Hash + Debug)>) {
    ctx.data_mut(|d| match address.map(field_id) {
        Some(field) => {
            d.insert_temp(Id::NULL, HighlightedField(field, false));
        }
        None => d.remove::<HighlightedField>(Id::NULL),
    });
}

/// Selects the text of a field from a character to the end, so that typing replaces it.
pub(crate) fn select_text(ctx: &Context, field: Id, from: usize) {
    let mut state = TextEditState::load(ctx, field).unwrap_or_default();
    // egui clamps a cursor past the end.
    let range = CCursorRange::two(CCursor::new(from), CCursor::new(usize::MAX));
    state.cursor.set_char_range(Some(range));
    state.store(ctx, field);
}
