//! Drives the tools from canvas input: a drag is previewed, and committed as one step
//! on release.
//!
//! Must not know: the effects of the tools.

use super::Gesture;
use super::drag_owner::OwnerDrag;
use crate::app::app::App;
use crate::app::canvas::{CanvasResponse, Drag, DragPhase, edge_speed};
use crate::app::command::action::Selection;
use crate::app::editing::assign;
use crate::app::editing::assign::Gift;
use crate::render::{Picture, View};
use crate::scene::{Scene, Tag};
use egui::{Context, DragAndDrop, Key, Modifiers, Pos2, Rect, Ui, Vec2, vec2};
use std::sync::Arc;

impl App {
    /// Handles the input on the canvas in this frame.
    pub(crate) fn hands_on(
        &mut self,
        ui: &mut Ui,
        canvas: Rect,
        scene: &Arc<Scene>,
        journey: Option<&Picture>,
        shown: &CanvasResponse,
    ) {
        self.hands.over = None;
        self.drag_on_map(ui, canvas, scene, shown.drag.as_ref());
        self.show_wires(ui, canvas, scene, shown.hovered.as_ref());
        self.drop_gift(ui, canvas, scene);
        self.show_path_popup(ui, canvas, scene);
        if let Some(picture) = journey {
            self.show_examples(ui, canvas, picture);
            self.show_cursor(ui, canvas, picture, scene);
        }
        self.show_editor(ui, canvas, journey, scene);
        self.show_context_menu(scene, &shown.response);
    }

    /// Cancels the current drag on Escape; returns whether there was one.
    pub(crate) fn gesture_keys(&mut self, ctx: &Context) -> bool {
        let escape = self.hands.held.is_some()
            && ctx.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if escape {
            self.let_go();
            ctx.stop_dragging();
        }
        escape
    }

    /// Cancels the current drag and restores the map.
    pub(crate) fn let_go(&mut self) {
        self.hands.held = None;
        if let Some(document) = self.document_mut() {
            document.canvas.let_go();
            if document.session.cancel() {
                document.prune();
            }
        }
    }

    fn drag_on_map(&mut self, ui: &Ui, canvas: Rect, scene: &Arc<Scene>, drag: Option<&Drag>) {
        let Some(drag) = drag else {
            if matches!(&self.hands.held, Some(held) if !matches!(held, Gesture::Wire(_))) {
                self.let_go();
            }
            return;
        };
        let places = self.hands.places(scene);
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        let started = drag.phase == DragPhase::Started;
        if started {
            let held = drag.modifiers;
            let (map, view) = (document.session.map(), document.view);
            let tag = drag.tag.as_ref();
            self.hands.held = Gesture::begin(
                map,
                &places,
                &document.selection,
                // In other views the layout determines the positions.
                tag.filter(|_| view == View::Journey),
                drag.from,
                (held.shift, held.command),
                self.preferences.density.sizes(),
            )
            .or_else(|| {
                let tag = tag.filter(|_| view == View::Ownership)?;
                OwnerDrag::take(map, scene, &document.selection, tag).map(Gesture::Owner)
            });
            match &drag.tag {
                _ if held.shift => {}
                Some(Tag::Card(id)) if !document.selection.touchpoints().contains(id) => {
                    document.select(Selection::Touchpoint(id.clone()), false);
                }
                Some(Tag::Face(id, _)) => {
                    document.select(Selection::Touchpoint(id.clone()), false);
                }
                Some(Tag::Stage(id) | Tag::StageOwner(id)) => {
                    document.select(Selection::Stage(id.clone()), false);
                }
                _ => {}
            }
        }
        let scroll = match &mut self.hands.held {
            None | Some(Gesture::Wire(_)) => return,
            Some(Gesture::Owner(owner)) => {
                if drag.phase == DragPhase::Dropped {
                    let intent = owner.intent(document.session.map(), drag.on_map.1);
                    self.hands.held = None;
                    ui.ctx().request_repaint();
                    if let Some(intent) = intent {
                        self.edit(&intent, None);
                    }
                    return;
                }
                Vec2::splat(1.0)
            }
            Some(Gesture::Band(band)) => {
                band.draw_to(drag.on_map);
                let selection = band.selection(document.session.map(), &places);
                document.select(selection, false);
                Vec2::splat(1.0)
            }
            Some(gesture) => {
                if started || drag.on_map != self.hands.last {
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
                        document.prune();
                        ui.ctx().request_repaint();
                    }
                }
                match gesture {
                    Gesture::Face(_) => Vec2::ZERO,
                    _ => vec2(1.0, 0.0),
                }
            }
        };
        self.hands.last = drag.on_map;
        if drag.phase == DragPhase::Dropped {
            document.session.commit();
            document.prune();
            self.hands.held = None;
            ui.ctx().request_repaint();
            return;
        }
        self.scroll_at_edge(ui, canvas, scene, drag.at, scroll);
        self.show_held(ui, canvas, drag.at, drag.on_map);
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
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        // Scrolls only if the pointer moved towards the edge since the press.
        let start = ui.input(|i| i.pointer.press_origin()).unwrap_or(at);
        let towards = |speed: f32, way: f32| if speed * way < -4.0 { speed } else { 0.0 };
        let speed = edge_speed(canvas, document.covered, at) * ways;
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
    fn drop_gift(&mut self, ui: &Ui, canvas: Rect, scene: &Arc<Scene>) {
        if !DragAndDrop::has_payload_of_type::<Gift>(ui.ctx()) {
            return;
        }
        let Some(at) = ui.input(|i| i.pointer.latest_pos()) else {
            return;
        };
        let Some(document) = self.documents.get_mut(self.active) else {
            return;
        };
        if !canvas.contains(at) {
            return;
        }
        let under = document.canvas.under(scene, at).and_then(|(tag, _)| tag);
        let Some(id) = under.as_ref().and_then(Tag::touchpoint) else {
            return;
        };
        self.hands.over = Some(id.clone());
        if !ui.input(|i| i.pointer.any_released()) {
            return;
        }
        let Some(gift) = DragAndDrop::take_payload::<Gift>(ui.ctx()) else {
            return;
        };
        let selected = document.selection.touchpoints();
        let one = std::slice::from_ref(id);
        let ids = if selected.contains(id) { selected } else { one };
        let intent = assign::give(document.session.map(), ids, &gift);
        self.hands.over = None;
        if let Some(intent) = intent {
            self.edit(&intent, None);
            ui.ctx().request_repaint();
        }
    }
}
