//! The menu of routes over the map.
//!
//! Must not know: how routes are made, cameras.

use super::state::Presentation;
use crate::app::document::Document;
use crate::app::frame::FrameCx;
use crate::app::ui::buttons::{ControlIcon, selectable, small_icon_button};
use crate::app::ui::style::{self, UNIT};
use crate::presentation::RouteKind;
use egui::{
    Align2, Area, Atom, Button, Context, Frame, Id, Key, Modifiers, Order, Rect, RichText, Ui, vec2,
};

/// Width of an entry, in points.
const ROW_WIDTH: f32 = 320.0;

impl Presentation {
    /// Opens the menu at the present route, or closes it.
    pub(super) fn toggle_route_menu(&mut self) {
        let here = self.routes().position(|kind| kind == self.route.kind);
        self.menu = match self.menu {
            Some(_) => None,
            None => here,
        };
    }

    /// The routes of the menu: every kind, with the path that was chosen last.
    pub(super) fn routes(&self) -> impl Iterator<Item = RouteKind> + use<> {
        let path = self.path;
        RouteKind::ALL.into_iter().map(move |kind| match kind {
            RouteKind::Path(_) => RouteKind::Path(path),
            kind => kind,
        })
    }

    /// The title of a route in the menu; of the paths it counts them once they are known.
    pub(super) fn route_title(&self, kind: RouteKind) -> String {
        let (title, paths) = (kind.title(), self.route.paths);
        match kind {
            RouteKind::Path(0) if paths > 1 => format!("{title} (1 of {paths})"),
            RouteKind::Path(1..) if paths > 1 => format!("{title} of {paths}"),
            _ => title.into_owned(),
        }
    }

    /// Walks the path after or before the one chosen last, or that one if no path is walked.
    pub(super) fn take_neighboring_path(&mut self, document: &mut Document, on: bool) {
        if let RouteKind::Path(at) = self.route.kind {
            let next = if on { at + 1 } else { at.saturating_sub(1) };
            self.path = next.min(self.route.paths.saturating_sub(1));
        }
        self.take_route(document, RouteKind::Path(self.path));
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
            let chosen = self.routes().nth(marked);
            self.choose_route(document, chosen);
        } else if matches!(self.routes().nth(marked), Some(RouteKind::Path(_)))
            && let Some(on) = [(Key::ArrowRight, true), (Key::ArrowLeft, false)]
                .into_iter()
                .find_map(|(key, on)| pressed(key).then_some(on))
        {
            self.take_neighboring_path(document, on);
        } else if pressed(Key::Escape) || pressed(Key::R) {
            self.menu = None;
        } else {
            let typed = (0..count).find(|at| digit(*at).is_some_and(pressed));
            self.choose_route(document, typed.and_then(|at| self.routes().nth(at)));
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
        let (mut chosen, mut turned) = (None, None);
        area.show(ui.ctx(), |ui| {
            Frame::popup(ui.style())
                .inner_margin(4.0 * UNIT)
                .show(ui, |ui| {
                    ui.label(style::heading("Route"));
                    ui.add_space(UNIT);
                    for (at, kind) in self.routes().enumerate() {
                        let words = format!("{}   {}", (at + 1) % 10, self.route_title(kind));
                        let words = RichText::new(words).size(20.0);
                        let is_path = matches!(kind, RouteKind::Path(_));
                        let width = if is_path { ROW_WIDTH - 68.0 } else { ROW_WIDTH };
                        let button = Button::new((words, Atom::grow())).min_size(vec2(width, 36.0));
                        ui.horizontal(|ui| {
                            if selectable(ui, at == marked, button).clicked() {
                                chosen = Some(kind);
                            }
                            if is_path {
                                turned = path_buttons(ui).or(turned);
                            }
                        });
                    }
                });
        });
        self.choose_route(cx.document, chosen);
        if let Some(on) = turned {
            self.take_neighboring_path(cx.document, on);
        }
    }
}

/// Buttons for the previous and the next path; returns whether one leads on, if it is clicked.
pub(super) fn path_buttons(ui: &mut Ui) -> Option<bool> {
    let previous = small_icon_button(ui, ControlIcon::Left, "Previous path").clicked();
    let next = small_icon_button(ui, ControlIcon::Right, "Next path").clicked();
    (previous || next).then_some(next)
}

/// Number key of an entry.
fn digit(at: usize) -> Option<Key> {
    Key::from_name(&((at + 1) % 10).to_string())
}
