//! Focus and highlighting of fields by their address, from outside the panel.
//!
//! Must not know: the fields, the kinds of addresses.

use super::style::UNIT;
use egui::{Context, Id, Response, Ui};
use std::hash::Hash;

/// An address of a field.
pub trait Address: Hash + std::fmt::Debug {}

impl<T: Hash + std::fmt::Debug> Address for T {}

/// The id of the field of an address.
pub(crate) fn field_id(address: &impl Address) -> Id {
    Id::unique(("field", address))
}

/// Requests the focus for the field of this address as soon as it is shown.
pub fn focus_field(ctx: &Context, address: &impl Address) {
    ctx.data_mut(|d| d.insert_temp(focus_id(), field_id(address)));
}

/// Whether a requested field was not shown yet.
pub fn is_focus_pending(ctx: &Context) -> bool {
    ctx.data(|d| d.get_temp::<Id>(focus_id())).is_some()
}

fn focus_id() -> Id {
    Id::unique("inspector-focus")
}

/// Gives a control the focus if requested for this field, and draws its highlight.
pub(crate) fn apply_field_focus(ui: &Ui, field: Id, response: &Response) {
    if ui.data(|d| d.get_temp(focus_id())) == Some(field) {
        ui.data_mut(|d| d.remove::<Id>(focus_id()));
        response.request_focus();
        response.scroll_to_me(None);
    }
    let highlighted: Option<HighlightedField> = ui.data(|d| d.get_temp(highlight_id()));
    if let Some(highlighted) = highlighted.filter(|highlighted| highlighted.field == field) {
        super::list_focus::focus_ring(ui, response.rect.expand(UNIT / 2.0));
        if !highlighted.is_scrolled_to {
            response.scroll_to_me(Some(egui::Align::Center));
            let is_scrolled_to = true;
            let seen = HighlightedField {
                field,
                is_scrolled_to,
            };
            ui.data_mut(|d| d.insert_temp(highlight_id(), seen));
        }
    }
}

/// The highlighted field, and whether it was scrolled to.
#[derive(Clone, Copy)]
struct HighlightedField {
    field: Id,
    is_scrolled_to: bool,
}

/// Highlights the field of this address until another one is highlighted: scrolls to it
/// and draws a ring. The focus does not change.
pub fn highlight_field(ctx: &Context, address: Option<&impl Address>) {
    ctx.data_mut(|d| match address.map(field_id) {
        Some(field) => {
            let is_scrolled_to = false;
            let highlighted = HighlightedField {
                field,
                is_scrolled_to,
            };
            d.insert_temp(highlight_id(), highlighted);
        }
        None => d.remove::<HighlightedField>(highlight_id()),
    });
}

fn highlight_id() -> Id {
    Id::unique("inspector-highlight")
}
