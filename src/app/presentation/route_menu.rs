//! The menu of routes over the map.
//!
//! Must not know: how routes are made, cameras.

use super::state::Presentation;
use crate::app::document::Document;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::selectable;
use crate::app::ui::style::{self, UNIT};
use crate::presentation::RouteKind;
use egui::{
    Align2, Area, Button, Context, Frame, Id, Key, Modifiers, Order, Rect, RichText, Ui, vec2,
};

impl Presentation {
    /// Opens the menu at the present route, or closes it.
    pub(super) fn toggle_route_menu(&mut self) {
        let here = RouteKind::ALL
            .iter()
            .position(|kind| *kind == self.route.kind);
        self.menu = match self.menu {
            Some(_) => None,
            None => here,
        };
    }

    /// Handles the keys of the open menu.
    pub(super) fn handle_menu_keys(&mut self, ctx: &Context, document: &mut Document) {
        let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let Some(marked) = self.menu else {
            return;
        };
        let count = RouteKind::ALL.len();
        if pressed(Key::ArrowDown) {
            self.menu = Some((marked + 1) % count);
        } else if pressed(Key::ArrowUp) {
            self.menu = Some((marked + count - 1) % count);
        } else if pressed(Key::Enter) || pressed(Key::Space) {
            self.choose_route(document, RouteKind::ALL.get(marked).copied());
        } else if pressed(Key::Escape) || pressed(Key::R) {
            self.menu = None;
        } else {
            let digits = (0..count).find(|at| digit(*at).is_some_and(pressed));
            self.choose_route(
                document,
                digits.and_then(|at| RouteKind::ALL.get(at).copied()),
            );
        }
    }

    fn choose_route(&mut self, document: &mut Document, kind: Option<RouteKind>) {
        if let Some(kind) = kind {
            self.menu = None;
            self.take_route(document, kind);
        }
    }

    /// Shows the menu while it is open.
    pub(super) fn show_route_menu(&mut self, ui: &Ui, cx: &mut FrameCx<'_>, rect: Rect) {
        let Some(marked) = self.menu else {
            return;
        };
        let area = Area::new(Id::unique("routes"))
            .order(Order::Foreground)
            .pivot(Align2::CENTER_CENTER)
            .fixed_pos(rect.center());
        let mut chosen = None;
        area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .inner_margin(4.0 * UNIT)
                .show(ui, |ui| {
                    ui.label(style::heading("Route"));
                    ui.add_space(UNIT);
                    for (at, kind) in RouteKind::ALL.into_iter().enumerate() {
                        let words = format!("{}   {}", (at + 1) % 10, kind.title());
                        let words = RichText::new(words).size(20.0);
                        let button = Button::new(words).min_size(vec2(320.0, 36.0));
                        if selectable(ui, at == marked, button).clicked() {
                            chosen = Some(kind);
                        }
                    }
                });
        });
        self.choose_route(cx.document, chosen);
    }
}

/// Number key of an entry.
fn digit(at: usize) -> Option<Key> {
    Key::from_name(&((at + 1) % 10).to_string())
}
