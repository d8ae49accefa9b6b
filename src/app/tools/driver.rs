//! Drives the tools from canvas input: a drag is previewed, and committed as one step
//! on release.
//!
//! Must not know: the effects of the tools.

use super::Tool;
use super::drag_owner::DragOwnerTool;
use crate::app::app::App;
use crate::app::canvas::{CanvasResponse, Drag, DragPhase, auto_scroll_speed};
use crate::app::command::action::Selection;
use crate::app::editing::assign;
use crate::app::editing::assign::Assignment;
use crate::render::{RenderedMap, View};
use crate::scene::{ObjectId, Scene};
use egui::{Context, DragAndDrop, Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};
use std::sync::Arc;

impl App {
    /// Handles the input on the canvas in this frame.
    pub(crate) fn handle_canvas_input(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        scene: &Arc<Scene>,
        journey: Option<&RenderedMap>,
        shown: &CanvasResponse,
    ) {
        self.interaction.tools.drop_card = None;
        self.drive_tool(ui, canvas, scene, shown.drag.as_ref());
        self.show_connect_handles(ui, canvas, scene, shown.hovered.as_ref());
        self.drop_assignment(ui, canvas, scene);
        self.show_path_popup(ui, canvas, scene);
        if let Some(picture) = journey {
            self.show_lane_examples(ui, canvas, picture);
            self.show_lane_cursor(ui, canvas, picture, scene);
        }
        self.show_inline_editor(ui, canvas, journey, scene);
        self.show_context_menu(scene, &shown.response);
    }

    /// Cancels the current drag on Escape; returns whether there was one.
    pub(crate) fn handle_tool_keys(&mut self, ctx: &Context) -> bool {
        let escape = self.interaction.tools.active.is_some()
            && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if escape {
            self.cancel_drag();
            ctx.stop_dragging();
        }
        escape
    }

    /// Cancels the current drag and restores the map.
    pub(crate) fn cancel_drag(&mut self) {
        self.interaction.tools.active = None;
        if let Some(document) = self.document_mut() {
            document.canvas.cancel_drag();
            if document.session.cancel() {
                document.prune_selection();
            }
        }
    }

    fn drive_tool(&mut self, ui: &Ui, canvas: Rect, scene: &Arc<Scene>, drag: Option<&Drag>) {
        let Some(drag) = drag else {
            if matches!(&self.interaction.tools.active, Some(held) if !matches!(held, Tool::Connect(_)))
            {
                self.cancel_drag();
            }
            return;
        };
        let places = self.interaction.tools.card_geometry(scene);
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        let started = drag.phase == DragPhase::Started;
        if started {
            let held = drag.modifiers;
            let (map, view) = (document.session.map(), document.view);
            let tag = drag.tag.as_ref();
            self.interaction.tools.active = Tool::begin(
                map,
                &places,
                &document.selection,
                // In other views the layout determines the positions.
                tag.filter(|_| view == View::Journey),
                drag.from,
                (held.shift, held.command),
                self.settings.preferences.density.sizes(),
            )
            .or_else(|| {
                let tag = tag.filter(|_| view == View::Ownership)?;
                DragOwnerTool::start(map, scene, &document.selection, tag).map(Tool::DragOwner)
            });
            match &drag.tag {
                _ if held.shift => {}
                Some(ObjectId::Card(id)) if !document.selection.touchpoints().contains(id) => {
                    document.select(Selection::Touchpoint(id.clone()), false);
                }
                Some(ObjectId::Face(id, _)) => {
                    document.select(Selection::Touchpoint(id.clone()), false);
                }
                Some(ObjectId::Stage(id) | ObjectId::StageOwner(id)) => {
                    document.select(Selection::Stage(id.clone()), false);
                }
                _ => {}
            }
        }
        let scroll = match &mut self.interaction.tools.active {
            None | Some(Tool::Connect(_)) => return,
            Some(Tool::DragOwner(owner)) => {
                if drag.phase == DragPhase::Dropped {
                    let intent = owner.intent(document.session.map(), drag.on_map.1);
                    self.interaction.tools.active = None;
                    ui.ctx().request_repaint();
                    if let Some(intent) = intent {
                        self.apply_intent(&intent, None);
                    }
                    return;
                }
                Vec2::splat(1.0)
            }
            Some(Tool::Marquee(band)) => {
                band.extend_to(drag.on_map);
                let selection = band.selection(document.session.map(), &places);
                document.select(selection, false);
                Vec2::splat(1.0)
            }
            Some(gesture) => {
                if started || drag.on_map != self.interaction.tools.last_position {
                    let before = document.session.revision();
                    match gesture.proposal(&places, drag.on_map) {
                        Some(intent) => {
                            // An intent that cannot be applied leaves the preview
                            // unchanged.
                            let _ = document.session.propose(&intent);
                        }
                        None => {
                            document.session.cancel();
                        }
                    }
                    if document.session.revision() != before {
                        document.prune_selection();
                        ui.ctx().request_repaint();
                    }
                }
                match gesture {
                    Tool::DragFeeling(_) => Vec2::ZERO,
                    _ => vec2(1.0, 0.0),
                }
            }
        };
        self.interaction.tools.last_position = drag.on_map;
        if drag.phase == DragPhase::Dropped {
            document.session.commit();
            document.prune_selection();
            self.interaction.tools.active = None;
            ui.ctx().request_repaint();
            return;
        }
        self.scroll_at_edge(ui, canvas, scene, drag.at, scroll);
        self.show_drag_preview(ui, canvas, drag.at, drag.on_map);
    }

    /// Scrolls the map while the pointer is near its edge; `ways` is a factor for each
    /// axis.
    pub(crate) fn scroll_at_edge(
        &mut self,
        ui: &Ui,
        canvas: Rect,
        scene: &Scene,
        at: Pos2,
        ways: Vec2,
    ) {
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
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
        let size = canvas.size().into();
        let limits = crate::app::canvas::Limits::of((scene.width, scene.height), size);
        document.camera = document.camera.within(&limits);
        if document.camera != before {
            ui.ctx().request_repaint();
        }
    }

    /// Assigns the dragged entity to the touchpoint it is dropped on.
    fn drop_assignment(&mut self, ui: &Ui, canvas: Rect, scene: &Arc<Scene>) {
        if !DragAndDrop::has_payload_of_type::<Assignment>(ui.ctx()) {
            return;
        }
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else {
            return;
        };
        let Some(document) = self.workspace.documents.get_mut(self.workspace.active) else {
            return;
        };
        if !canvas.contains(at) {
            return;
        }
        let under = document.canvas.pick(scene, at).and_then(|(tag, _)| tag);
        let Some(id) = under.as_ref().and_then(ObjectId::touchpoint) else {
            return;
        };
        self.interaction.tools.drop_card = Some(id.clone());
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
        self.interaction.tools.drop_card = None;
        if let Some(intent) = intent {
            self.apply_intent(&intent, None);
            ui.ctx().request_repaint();
        }
    }
}
