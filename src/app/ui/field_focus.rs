//! Focus and highlighting of fields by name, from outside the panel.
//!
//! Must not know: the fields.

use super::style::UNIT;
use egui::{Response, Ui};

/// Requests the focus for the field of this name ("Name" of the selection) as soon as
/// it is shown.
pub fn focus_field(ctx: &egui::Context, name: impl Into<String>) {
    let name = name.into();
    ctx.data_mut(|d| d.insert_temp(focus_id(), name));
}

fn focus_id() -> egui::Id {
    egui::Id::unique("inspector-focus")
}

/// Gives a control the focus if requested by this name, and draws its highlight.
pub(crate) fn apply_field_focus(ui: &Ui, name: &str, response: &Response) {
    let wanted = ui.data(|d| d.get_temp::<String>(focus_id()));
    if wanted.as_deref() == Some(name) {
        ui.data_mut(|d| d.remove::<String>(focus_id()));
        response.request_focus();
        response.scroll_to_me(None);
    }
    let pointed: Option<FieldPointer> = ui.data(|d| d.get_temp(highlight_id()));
    if let Some(pointed) = pointed.filter(|pointed| pointed.name == name) {
        super::list_focus::focus_ring(ui, response.rect.expand(UNIT / 2.0));
        if !pointed.is_scrolled_to {
            response.scroll_to_me(Some(egui::Align::Center));
            let seen = FieldPointer {
                is_scrolled_to: true,
                ..pointed
            };
            ui.data_mut(|d| d.insert_temp(highlight_id(), seen));
        }
    }
}

/// The highlighted field, and whether it was scrolled to.
#[derive(Clone)]
struct FieldPointer {
    name: String,
    is_scrolled_to: bool,
}

/// Highlights the field of this name until another one is highlighted: scrolls to it
/// and draws a ring. The focus does not change.
pub fn highlight_field(ctx: &egui::Context, name: Option<String>) {
    ctx.data_mut(|d| match name {
        Some(name) => {
            d.insert_temp(
                highlight_id(),
                FieldPointer {
                    name,
                    is_scrolled_to: false,
                },
            );
        }
        None => d.remove::<FieldPointer>(highlight_id()),
    });
}

fn highlight_id() -> egui::Id {
    egui::Id::unique("inspector-pointed")
}
