//! Completion suggestions above the caret of the capture bar.
//!
//! Must not know: the matching of names.

use crate::app::ui::capture_highlighting::part_color;
use crate::app::ui::style;
use crate::app::ui::style::UNIT;
use crate::capture::{Completion, TokenKind};
use crate::theme::Theme;
use egui::{Align2, Area, Button, Context, Frame, Id, Order, Pos2, RichText, Role, WidgetInfo};

/// Shows the suggestions with their lower left corner at `at`; returns the index of the
/// clicked one.
pub(crate) fn show(
    ctx: &Context,
    theme: &Theme,
    at: Pos2,
    completion: &Completion,
    on: usize,
    chosen: bool,
) -> Option<usize> {
    let mut clicked = None;
    Area::new(Id::unique("capture offers"))
        .order(Order::Foreground)
        .pivot(Align2::LEFT_BOTTOM)
        .fixed_pos(at)
        .show(ctx, |ui| {
            Frame::popup(ui.style()).show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = 1.0;
                ui.set_min_width(45.0 * UNIT);
                for (i, offer) in completion.items.iter().enumerate() {
                    let color = style::color(part_color(completion.kind, theme));
                    let mut row =
                        Button::selectable(i == on, RichText::new(&offer.name).color(color))
                            .min_size(egui::vec2(45.0 * UNIT, 0.0));
                    if i == on {
                        let keys = if chosen { "Enter" } else { "Tab" };
                        row = row.right_text(RichText::new(keys).weak().small());
                    }
                    let response = ui.add(row);
                    response.widget_info(|| {
                        WidgetInfo::selected(Role::Button, true, i == on, &offer.name)
                    });
                    if response.clicked() {
                        clicked = Some(i);
                    }
                }
                ui.label(style::weak_text(category_title(completion.kind)).small());
            });
        });
    clicked
}

/// Returns the heading of the suggestions.
fn category_title(kind: TokenKind) -> &'static str {
    match kind {
        TokenKind::Channel => "Channels",
        TokenKind::Environment => "Environments",
        TokenKind::Owner | TokenKind::Supporter => "Departments",
        TokenKind::Stage => "Stages",
        _ => "Feelings",
    }
}
