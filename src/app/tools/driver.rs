//! Drives the tools from canvas input: a drag is previewed, and committed as one step
//! on release.
//!
//! Must not know: the effects of the tools.

use super::drag_owner::DragOwnerTool;
use super::tool::{Tool, ToolState};
use crate::app::canvas::{CanvasResponse, Drag, DragPhase, auto_scroll_speed};
use crate::app::command::action::UiAction;
use crate::app::document::camera_target::DrawnView;
use crate::app::document::{Assignment, Document};
use crate::app::editing::assign;
use crate::app::frame::FrameCx;
use crate::model::ObjectRef;
use crate::render::View;
use crate::scene::{ObjectId, Scene};
use egui::{Context, DragAndDrop, Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};
use std::sync::Arc;

impl ToolState {
    /// Handles the input on the canvas in this frame. While a text is edited in place
    /// (`is_editing`), cards have no handles.
    pub(crate) fn handle_input(
        &mut self,
        ui: &mut Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        shown: &CanvasResponse,
        is_editing: bool,
    ) {
        self.drop_card = None;
        let scene = drawn.scene;
        self.drive(ui, cx, canvas, drawn, shown.drag.as_ref());
        let hovered = shown.hovered.as_ref();
        // Rows of scores are no cards.
        let is_bare = is_editing || cx.document.view == View::Scores;
        self.show_connect_handles(ui, cx, canvas, drawn, hovered, is_bare);
        self.drop_assignment(ui, cx, canvas, scene);
        self.show_path_popup(ui, cx, canvas, scene);
    }

    /// Cancels the current drag on Escape; returns whether there was one.
    pub(crate) fn handle_keys(
        &mut self,
        ctx: &Context,
        document: &mut Document,
        actions: &mut Vec<UiAction>,
    ) -> bool {
        let escape =
            self.active.is_some() && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if escape {
            self.cancel_drag(document, actions);
            ctx.stop_dragging();
        }
        escape
    }

    fn cancel_drag(&mut self, document: &mut Document, actions: &mut Vec<UiAction>) {
        self.active = None;
        document.canvas.cancel_drag();
        actions.push(UiAction::CancelDrag);
    }

    fn drive(
        &mut self,
        ui: &Ui,
        cx: &mut FrameCx<'_>,
        canvas: Rect,
        drawn: &DrawnView<'_>,
        drag: Option<&Drag>,
    ) {
        let scene = drawn.scene;
        let Some(drag) = drag else {
            if matches!(&self.active, Some(tool) if !matches!(tool, Tool::Connect(_))) {
                self.cancel_drag(cx.document, cx.actions);
            }
            return;
        };
        let document = &mut *cx.document;
        let started = drag.phase == DragPhase::Started;
        if started {
            let held = drag.modifiers;
            let (map, view) = (document.session.map(), document.view);
            let tag = drag.tag.as_ref();
            self.active = Tool::begin(
                map,
                drawn,
                &document.selection,
                // In other views the layout determines the positions.
                tag.filter(|_| view == View::Journey),
                drag.from,
                (held.shift, held.command),
                cx.preferences.density.sizes(),
            )
            .or_else(|| {
                let tag = tag.filter(|_| view == View::Ownership)?;
                DragOwnerTool::start(map, scene, &document.selection, tag).map(Tool::DragOwner)
            });
            let card = tag.and_then(ObjectId::object);
            let is_selected = matches!(card, Some(ObjectRef::Touchpoint(id))
                if document.selection.touchpoints().contains(id));
            if let Some(tag) = tag.filter(|_| !held.shift && !is_selected) {
                document.choose_persona_of(tag);
                document.select(document.selection_of(tag), false);
            }
        }
        let scroll = match &mut self.active {
            None | Some(Tool::Connect(_)) => return,
            Some(Tool::DragOwner(owner)) => {
                if drag.phase == DragPhase::Dropped {
                    let intent = owner.intent(document.session.map(), drag.on_map.1);
                    self.active = None;
                    cx.actions.extend(intent.map(UiAction::Edit));
                    ui.ctx().request_repaint();
                    return;
                }
                Vec2::splat(1.0)
            }
            Some(Tool::Marquee(band)) => {
                band.extend_to(drag.on_map);
                let selection = band.selection(document.session.map(), scene);
                document.select(selection, false);
                Vec2::splat(1.0)
            }
            Some(tool) => {
                if started || drag.on_map != self.last_position {
                    cx.actions.push(match tool.proposal(drawn, drag.on_map) {
                        Some(intent) => UiAction::PreviewDrag(intent),
                        None => UiAction::CancelDrag,
                    });
                }
                match tool {
                    Tool::DragFeeling(_) => Vec2::ZERO,
                    _ if scene.rows.is_some() => vec2(0.0, 1.0),
                    _ => vec2(1.0, 0.0),
                }
            }
        };
        self.last_position = drag.on_map;
        if drag.phase == DragPhase::Dropped {
            cx.actions.push(UiAction::CommitDrag);
            self.active = None;
            return;
        }
        scroll_at_edge(ui, document, canvas, scene, drag.at, scroll);
        self.show_drag_preview(ui, cx, canvas, drag.at, drag.on_map);
    }

    /// Assigns the dragged entity to the touchpoint it is dropped on.
    fn drop_assignment(&mut self, ui: &Ui, cx: &mut FrameCx<'_>, canvas: Rect, scene: &Arc<Scene>) {
        if !DragAndDrop::has_payload_of_type::<Assignment>(ui.ctx()) {
            return;
        }
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else {
            return;
        };
        let document = &mut *cx.document;
        if !canvas.contains(at) {
            return;
        }
        let under = document.canvas.pick(scene, at).and_then(|(tag, _)| tag);
        let Some(id) = under.as_ref().and_then(ObjectId::touchpoint) else {
            return;
        };
        self.drop_card = Some(id.clone());
        if !ui.input(|i| i.pointer.any_released()) {
            return;
        }
        let Some(gift) = DragAndDrop::take_payload::<Assignment>(ui.ctx()) else {
            return;
        };
        let selected = document.selection.touchpoints();
        let one = std::slice::from_ref(id);
        let ids = if selected.contains(id) { selected } else { one };
        let intent = assign::assign_intent(document.session.map(), ids, &gift);
        self.drop_card = None;
        cx.actions.extend(intent.map(UiAction::Edit));
    }
}

/// Scrolls the map while the pointer is near its edge; `ways` is a factor for each
/// axis.
pub(super) fn scroll_at_edge(
    ui: &Ui,
    document: &mut Document,
    canvas: Rect,
    scene: &Scene,
    at: Pos2,
    ways: Vec2,
) {
    // Scrolls only if the pointer moved towards the edge since the press.
    let start = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
    let towards = |speed: f32, way: f32| if speed * way < -4.0 { speed } else { 0.0 };
    let speed = auto_scroll_speed(canvas, document.covered, at) * ways;
    let speed = vec2(
        towards(speed.x, at.x - start.x),
        towards(speed.y, at.y - start.y),
    );
    if speed == Vec2::ZERO {
        return;
    }
    let way = speed * ui.input(|i| i.stable_dt).min(0.05);
    let before = document.camera;
    document.camera.pan(way.x, way.y);
    let map = (scene.width, scene.height);
    document.camera = document.camera.within(map, canvas.size().into());
    if document.camera != before {
        ui.ctx().request_repaint();
    }
}
