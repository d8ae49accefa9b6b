//! Connect handles on cards and path ends, and the line that follows the pointer.
//!
//! Must not know: the effect of a drop (`wire` does).

use super::connect;
use super::connect::ConnectTool;
use super::driver::scroll_at_edge;
use super::insertion_slot::insertion_slot;
use super::tool::{Tool, ToolState};
use crate::app::command::action::{Selection, UiAction};
use crate::app::command::table::CommandId;
use crate::app::document::camera_target::DrawnView;
use crate::app::frame::FrameCx;
use crate::app::ui::style;
use crate::model::{ObjectRef, Touchpoint, TouchpointId};
use crate::scene::ObjectId;
use crate::theme::Theme;
use egui::{CursorIcon, Id, Pos2, Rect, Response, Role, Sense, Stroke, Ui, Vec2, WidgetInfo};
use rustc_hash::FxHashSet;

/// Radius of a handle, and size of its grab area, in points.
const HANDLE_RADIUS: f32 = 6.5;
const GRAB_SIZE: f32 = 24.0;

impl ToolState {
    /// Shows the handles and handles their drags.
    pub(super) fn show_connect_handles(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        hovered: Option<&ObjectId>,
        is_editing: bool,
    ) {
        // The inline editor must not be covered.
        let mut driven = !is_editing && self.show_card_handle(ui, cx, canvas, drawn, hovered);
        driven |= self.show_path_handles(ui, cx, canvas, drawn);
        if !driven && matches!(self.active, Some(Tool::Connect(_))) {
            self.active = None;
        }
    }

    /// Shows the handle of a card; returns whether a path is being drawn from it.
    fn show_card_handle(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        hovered: Option<&ObjectId>,
    ) -> bool {
        // The press position decides, however far the pointer has moved since.
        let pointer = ui.input(|i| i.pointer.press_origin().or(i.pointer.latest_pos()));
        let document = &mut *cx.document;
        let open = Rect::from_min_max(canvas.min + Vec2::from(document.covered), canvas.max);
        let mut spot = |id: &TouchpointId| {
            let card = ObjectRef::Touchpoint(id.clone());
            let card = document.canvas.object_rect(drawn.scene, &card)?;
            let spot = card.right_center();
            canvas.contains(spot).then_some(spot)
        };
        let last = self.handle_card.take();
        let stays = last.filter(|id| {
            let spot = spot(id);
            spot.zip(pointer)
                .is_some_and(|(spot, at)| spot.distance(at) < GRAB_SIZE)
        });
        let card = match (&self.active, hovered, stays) {
            (Some(Tool::Connect(ConnectTool::New { from })), ..) => Some(from.clone()),
            (Some(_), ..) => None,
            (None, _, Some(stays)) => Some(stays),
            (None, Some(ObjectId::Object(ObjectRef::Touchpoint(id))), None) => Some(id.clone()),
            (None, _, None) => match &document.selection {
                Selection::One(ObjectRef::Touchpoint(id)) => Some(id.clone()),
                _ => None,
            },
        };
        let Some(from) = card else {
            return false;
        };
        // A card out of view still anchors the line that is drawn from it.
        let card = ObjectRef::Touchpoint(from.clone());
        let start = document.canvas.object_rect(drawn.scene, &card);
        let Some(at) = start.map(|card| card.right_center()) else {
            return false;
        };
        // The handle must not stick out from behind the path popup.
        let covered = |popup: Rect| popup.expand(HANDLE_RADIUS + 2.0).contains(at);
        if self.active.is_none() && self.popup_rect.is_some_and(covered) {
            return false;
        }
        // The handle must not lie over pinned groups that cover its card.
        if self.active.is_none() && !open.contains(at) {
            return false;
        }
        self.handle_card = Some(from.clone());
        let response = show_handle(ui, cx.theme, canvas, at, "Draw a path");
        if response.clicked() {
            let selection = Selection::One(ObjectRef::Touchpoint(from.clone()));
            cx.actions.push(UiAction::Select {
                selection,
                reveal: false,
            });
            cx.run(CommandId::ConnectTo);
        }
        if response.drag_started() {
            self.active = Some(Tool::Connect(ConnectTool::New { from }));
        }
        self.drive_connect(ui, cx, canvas, drawn, at, &response)
    }

    /// Shows the handles at both ends of the selected path; returns whether one is
    /// dragged.
    fn show_path_handles(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
    ) -> bool {
        let document = &mut *cx.document;
        let selected = document.selection.object().cloned();
        let Some(path @ ObjectRef::Path { from, to, kind }) = &selected else {
            return false;
        };
        let Some((first, last)) = document.canvas.path_ends(drawn.scene, path) else {
            return false;
        };
        let mut driven = false;
        for (at, other, start) in [(first, last, true), (last, first, false)] {
            let name = if start {
                "Start of the path"
            } else {
                "End of the path"
            };
            let response = show_handle(ui, cx.theme, canvas, at, name);
            if response.drag_started() {
                self.active = Some(Tool::Connect(ConnectTool::Existing {
                    from: from.clone(),
                    to: to.clone(),
                    kind: *kind,
                    drags_start: start,
                }));
            }
            let held = matches!(
                &self.active,
                Some(Tool::Connect(ConnectTool::Existing { drags_start: held, .. })) if *held == start
            );
            driven |= held && self.drive_connect(ui, cx, canvas, drawn, other, &response);
        }
        driven
    }

    /// Draws the line to the pointer and handles the drop; returns whether the drag
    /// continues.
    fn drive_connect(
        &mut self,
        ui: &Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        anchor: Pos2,
        response: &Response,
    ) -> bool {
        let Some(Tool::Connect(wire)) = self.active.clone() else {
            return false;
        };
        if !response.dragged() && !response.drag_stopped() {
            return false;
        }
        let accent = style::color(cx.theme.accent);
        let at = ui.input(|i| i.pointer.latest_pos());
        let document = &mut *cx.document;
        let Some((at, (tag, on_map))) =
            at.and_then(|at| Some((at, document.canvas.pick(drawn.scene, at)?)))
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
            self.active = None;
            let outside = !canvas.contains(at);
            let itself = tag.as_ref().and_then(ObjectId::touchpoint) == Some(wire.fixed_end());
            match over {
                Some(over) => connect_to_card(cx, &wire, &over),
                None if !outside && !itself => {
                    self.connect_to_new_card(cx, &wire, drawn, on_map);
                }
                None => {}
            }
            ui.ctx().request_repaint();
            return false;
        }
        self.drop_card = over;
        scroll_at_edge(ui, document, canvas, drawn.scene, at, Vec2::splat(1.0));
        true
    }

    /// Adds a card at the drop position and begins editing its name.
    fn connect_to_new_card(
        &mut self,
        cx: &mut FrameCx<'_>,
        wire: &ConnectTool,
        drawn: &DrawnView<'_>,
        on_map: (f64, f64),
    ) {
        let ConnectTool::New { from } = wire else {
            return;
        };
        let name = "New touchpoint";
        let id: TouchpointId = cx.ids.new_id(name);
        let map = cx.document.session.map();
        let (x, _) = drawn.scene.to_strip(on_map);
        let slot = insertion_slot(drawn.strip(), map, &FxHashSet::default(), x);
        let card = Touchpoint::new(id.clone(), name);
        let intent = slot.and_then(|slot| connect::connect_to_new(map, from, slot, card));
        cx.actions.extend(intent.map(|intent| UiAction::Insert {
            intent,
            selection: Selection::One(ObjectRef::Touchpoint(id)),
        }));
    }
}

fn show_handle(ui: &mut Ui, theme: &Theme, canvas: Rect, at: Pos2, name: &str) -> Response {
    let rect = Rect::from_center_size(at, Vec2::splat(GRAB_SIZE));
    let response = ui.interact(
        rect.intersect(canvas),
        Id::unique(("handle", name)),
        Sense::click_and_drag(),
    );
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    let grown = response.hovered() || response.dragged();
    let accent = style::color(theme.accent);
    let (radius, fill) = if grown {
        (HANDLE_RADIUS + 1.5, accent)
    } else {
        (HANDLE_RADIUS, style::color(theme.card))
    };
    let outline = Stroke::new(2.0, accent);
    ui.painter_at(canvas).circle(at, radius, fill, outline);
    response.on_hover_cursor(CursorIcon::Crosshair)
}

/// Connects the free end of a path to a card.
fn connect_to_card(cx: &mut FrameCx<'_>, wire: &ConnectTool, over: &TouchpointId) {
    let Some(intent) = wire.drop_on_card(cx.document.session.map(), over) else {
        return;
    };
    let (from, to) = match wire {
        ConnectTool::New { from } => (from.clone(), over.clone()),
        ConnectTool::Existing {
            to,
            drags_start: true,
            ..
        } => (over.clone(), to.clone()),
        ConnectTool::Existing { from, .. } => (from.clone(), over.clone()),
    };
    cx.actions.push(UiAction::Connect {
        intent,
        from,
        to,
        focus_label: matches!(wire, ConnectTool::New { .. }),
    });
}

fn horizontal(right: f32) -> Vec2 {
    egui::vec2(right, 0.0)
}
