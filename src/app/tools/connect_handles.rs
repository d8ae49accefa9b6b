//! Connect handles on cards and path ends, and the line that follows the pointer.
//!
//! Must not know: the effect of a drop (`wire` does).

use super::Tool;
use super::connect;
use super::connect::ConnectTool;
use crate::app::app::App;
use crate::app::command::action::Selection;
use crate::app::command::table::CommandId;
use crate::app::editing::structure;
use crate::app::ui::style;
use crate::model::{Touchpoint, TouchpointId};
use crate::scene::{ObjectId, Scene};
use egui::{CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// Radius of a handle, and size of its grab area, in points.
const HANDLE_RADIUS: f32 = 6.5;
const GRAB_SIZE: f32 = 24.0;

impl App {
    /// Shows the handles and handles their drags.
    pub(crate) fn show_connect_handles(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        scene: &Arc<Scene>,
        hovered: Option<&ObjectId>,
    ) {
        let mut driven = self.show_card_handle(ui, canvas, scene, hovered);
        driven |= self.show_path_handles(ui, canvas, scene);
        if !driven && matches!(self.interaction.tools.active, Some(Tool::Connect(_))) {
            self.interaction.tools.active = None;
        }
    }

    /// Shows the handle of a card; returns whether a path is being drawn from it.
    fn show_card_handle(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        scene: &Arc<Scene>,
        hovered: Option<&ObjectId>,
    ) -> bool {
        // The inline editor must not be covered.
        if self.interaction.tools.editor.is_some() {
            return false;
        }
        // The press position decides, however far the pointer has moved since.
        let pointer = ui.input(|i| i.pointer.press_origin().or(i.pointer.latest_pos()));
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return false;
        };
        let open = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
        let mut spot = |id: &TouchpointId| {
            let card = document
                .canvas
                .subject_rect_on_screen(scene, &ObjectId::Card(id.clone()))?;
            let spot = card.right_center();
            canvas.contains(spot).then_some(spot)
        };
        let last = self.interaction.tools.handle_card.take();
        let stays = last.filter(|id| {
            let spot = spot(id);
            spot.zip(pointer)
                .is_some_and(|(spot, at)| spot.distance(at) < GRAB_SIZE)
        });
        let card = match (&self.interaction.tools.active, hovered, stays) {
            (Some(Tool::Connect(ConnectTool::New { from })), ..) => Some(from.clone()),
            (Some(_), ..) => None,
            (None, _, Some(stays)) => Some(stays),
            (None, Some(ObjectId::Card(id)), None) => Some(id.clone()),
            (None, _, None) => match &document.selection {
                Selection::Touchpoint(id) => Some(id.clone()),
                _ => None,
            },
        };
        let Some(from) = card else {
            return false;
        };
        // A card out of view still anchors the line that is drawn from it.
        let start = document
            .canvas
            .subject_rect_on_screen(scene, &ObjectId::Card(from.clone()));
        let Some(at) = start.map(|card| card.right_center()) else {
            return false;
        };
        // The handle must not stick out from behind the path popup.
        let covered = |popup: Rect| popup.expand(HANDLE_RADIUS + 2.0).contains(at);
        if self.interaction.tools.active.is_none()
            && self.interaction.tools.popup_rect.is_some_and(covered)
        {
            return false;
        }
        // The handle must not lie over pinned groups that cover its card.
        if self.interaction.tools.active.is_none() && !open.contains(at) {
            return false;
        }
        self.interaction.tools.handle_card = Some(from.clone());
        let response = self.show_handle(ui, canvas, at, "Draw a path");
        if response.clicked() {
            let selection = Selection::Touchpoint(from.clone());
            self.actions
                .push(crate::app::command::action::UiAction::Select {
                    selection,
                    reveal: false,
                });
            self.queue_command(CommandId::ConnectTo);
        }
        if response.drag_started() {
            self.interaction.tools.active = Some(Tool::Connect(ConnectTool::New { from }));
        }
        self.drive_connect(ui, canvas, scene, at, &response)
    }

    /// Shows the handles at both ends of the selected path; returns whether one is
    /// dragged.
    fn show_path_handles(&mut self, ui: &mut Ui, canvas: Rect, scene: &Arc<Scene>) -> bool {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return false;
        };
        let Selection::Path { from, to, kind } = document.selection.clone() else {
            return false;
        };
        let tag = ObjectId::Path {
            from: from.clone(),
            to: to.clone(),
        };
        let Some((first, last)) = document.canvas.path_ends(scene, &tag) else {
            return false;
        };
        let mut driven = false;
        for (at, other, start) in [(first, last, true), (last, first, false)] {
            let name = if start {
                "Start of the path"
            } else {
                "End of the path"
            };
            let response = self.show_handle(ui, canvas, at, name);
            if response.drag_started() {
                self.interaction.tools.active = Some(Tool::Connect(ConnectTool::Existing {
                    from: from.clone(),
                    to: to.clone(),
                    kind,
                    drags_start: start,
                }));
            }
            let held = matches!(
                &self.interaction.tools.active,
                Some(Tool::Connect(ConnectTool::Existing { drags_start: held, .. })) if *held == start
            );
            driven |= held && self.drive_connect(ui, canvas, scene, other, &response);
        }
        driven
    }

    fn show_handle(&self, ui: &mut Ui, canvas: Rect, at: Pos2, name: &str) -> Response {
        let theme = self.theme();
        let rect = Rect::from_center_size(at, Vec2::splat(GRAB_SIZE));
        let response = ui.interact(
            rect.intersect(canvas),
            Id::unique(("handle", name)),
            Sense::click_and_drag(),
        );
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
        let grown = response.hovered() || response.dragged();
        let accent = style::color(theme.accent);
        ui.painter_at(canvas).circle(
            at,
            if grown {
                HANDLE_RADIUS + 1.5
            } else {
                HANDLE_RADIUS
            },
            if grown {
                accent
            } else {
                style::color(theme.card)
            },
            Stroke::new(2.0, accent),
        );
        response.on_hover_cursor(CursorIcon::Crosshair)
    }

    /// Draws the line to the pointer and handles the drop; returns whether the drag
    /// continues.
    fn drive_connect(
        &mut self,
        ui: &Ui,
        canvas: Rect,
        scene: &Arc<Scene>,
        anchor: Pos2,
        response: &Response,
    ) -> bool {
        let Some(Tool::Connect(wire)) = self.interaction.tools.active.clone() else {
            return false;
        };
        if !response.dragged() && !response.drag_stopped() {
            return false;
        }
        let accent = style::color(self.theme().accent);
        let at = ui.input(|i| i.pointer.latest_pos());
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return false;
        };
        let Some((at, (tag, on_map))) =
            at.and_then(|at| Some((at, document.canvas.pick(scene, at)?)))
        else {
            return false;
        };
        let over = tag.as_ref().and_then(ObjectId::touchpoint);
        let over = over.filter(|id| *id != wire.fixed_end()).cloned();
        let bend = horizontal((at.x - anchor.x).abs().max(60.0) / 2.0);
        let points = [anchor, anchor + bend, at - bend, at];
        let line = egui::epaint::CubicBezierShape::from_points_stroke(
            points,
            false,
            egui::Color32::TRANSPARENT,
            Stroke::new(2.5, accent),
        );
        let painter = ui.painter_at(canvas);
        painter.add(line);
        painter.circle_filled(at, 4.0, accent);
        if response.drag_stopped() {
            self.interaction.tools.active = None;
            let outside = !canvas.contains(at);
            let itself = tag.as_ref().and_then(ObjectId::touchpoint) == Some(wire.fixed_end());
            match over {
                Some(over) => self.connect_to_card(&wire, &over),
                None if !outside && !itself => self.connect_to_new_card(&wire, scene, on_map),
                None => {}
            }
            ui.ctx().request_repaint();
            return false;
        }
        self.interaction.tools.drop_card = over;
        self.scroll_at_edge(ui, canvas, scene, at, Vec2::splat(1.0));
        true
    }

    fn connect_to_card(&mut self, wire: &ConnectTool, over: &TouchpointId) {
        let intent = self
            .document()
            .and_then(|d| wire.drop_on_card(d.session.map(), over));
        let Some(intent) = intent else {
            return;
        };
        let ends = match wire {
            ConnectTool::New { from } => (from.clone(), over.clone()),
            ConnectTool::Existing {
                to,
                drags_start: true,
                ..
            } => (over.clone(), to.clone()),
            ConnectTool::Existing { from, .. } => (from.clone(), over.clone()),
        };
        self.apply_intent(&intent, None);
        if let Some(document) = self.document_mut()
            && structure::has_path(document.session.map(), &ends.0, &ends.1)
        {
            let tag = ObjectId::Path {
                from: ends.0,
                to: ends.1,
            };
            document.select(document.selection_of(&tag), false);
            self.interaction.tools.focus_path_label = matches!(wire, ConnectTool::New { .. });
        }
    }

    /// Adds a card at the drop position and begins editing its name.
    fn connect_to_new_card(&mut self, wire: &ConnectTool, scene: &Arc<Scene>, on_map: (f64, f64)) {
        let ConnectTool::New { from } = wire else {
            return;
        };
        let places = self.interaction.tools.card_geometry(scene);
        let name = "New touchpoint";
        let id: TouchpointId = self.workspace.id_generator.new_id(name);
        let Some(document) = self.document() else {
            return;
        };
        let map = document.session.map();
        let slot = places.insertion_slot(map, &FxHashSet::default(), on_map.0);
        let card = Touchpoint::new(id.clone(), name);
        let Some(intent) = slot.and_then(|slot| connect::connect_to_new(map, from, slot, card))
        else {
            return;
        };
        if self.apply_intent(&intent, None) {
            if let Some(document) = self.document_mut() {
                document.select(Selection::Touchpoint(id), true);
            }
            self.begin_inline_edit(None);
        }
    }
}

fn horizontal(right: f32) -> Vec2 {
    egui::vec2(right, 0.0)
}
