//! The canvas widget: shows a scene, handles panning and zooming, and reports pointer
//! input on subjects; the caller interprets it.
//!
//! Must not know: the map behind the scene, commands, panels.

use super::accessibility::AccessibilityTree;
use super::camera::{Camera, CameraAnimation, MAX_ZOOM, ZOOM_STEPS};
use super::overlay::{self, Outlines, OverlayKind};
use super::painter::ScenePainter;
use super::picking::subject_at;
use super::response::{CanvasResponse, Click, Drag, DragPhase};
use super::spatial_index::{SpatialIndex, Viewport};
use crate::model::ObjectRef;
use crate::scene::{ObjectId, Scene};
use crate::text::Typesetter;
use crate::theme::Color;
use egui::{CursorIcon, Key, PointerButton, Rect, Response, Sense, Ui, Vec2};
use std::sync::Arc;

/// Factor on egui's wheel zoom; a notch then changes the zoom by a quarter.
const WHEEL_ZOOM_FACTOR: f32 = 0.6;

/// Options of the widget besides scene and camera.
#[derive(Clone, Copy, Debug)]
pub struct CanvasOptions<'a> {
    /// Outlined subjects.
    pub overlay: &'a [(ObjectId, OverlayKind)],
    /// Colour of outlines.
    pub accent: Color,
    /// Whether subjects can be dragged; otherwise dragging them pans.
    pub draggable: bool,
    /// Whether named subjects get accessibility nodes.
    pub accessibility: bool,
}

/// Action of the pressed button.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum PressAction {
    Pan,
    /// Drags a subject or a marquee, since the drag began like this.
    DragSubject(Drag),
}

/// A canvas widget with its state between frames; one for each view.
#[derive(Default)]
pub struct CanvasView {
    pub(super) painter: ScenePainter,
    pub(super) press: Option<PressAction>,
    /// Last viewport shown.
    pub(super) viewport: Option<Viewport>,
    /// Accumulated zoom below one step, in steps.
    zoom_remainder: f32,
    pub(super) visible: Vec<u32>,
    accessibility: AccessibilityTree,
}

impl CanvasView {
    /// Shows the map in the remaining space.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        source: &mut Typesetter,
        scene: &Arc<Scene>,
        camera: &mut Camera,
        options: &CanvasOptions<'_>,
    ) -> CanvasResponse {
        let rect = ui.available_rect_before_wrap();
        let response = ui.allocate_rect(rect, Sense::click_and_drag());
        if response.drag_started() {
            self.press = self.press_action(ui, scene, camera, &response, options);
        }
        self.navigate(ui, camera, rect, &response);
        *camera = camera.within((scene.width, scene.height), rect.size().into());

        let index = self.painter.index_for(scene);
        let view = Viewport::new(camera, rect, ui.pixels_per_point(), index);
        self.viewport = Some(view);
        let covered = index.pinned_extent(camera.zoom, rect.size());
        let hovered = response
            .contains_pointer()
            .then(|| ui.input(|i| i.pointer.hover_pos()))
            .flatten()
            .and_then(|at| subject_at(scene, index, &view, at));
        let click = click_event(ui, &response, scene, index, &view);
        let drag = self.drag_event(ui, &response, scene, &view);

        let painted = self.painter.paint(ui.ctx(), source, scene, camera, rect);
        let painter = ui.painter_at(rect);
        painter.extend(painted.meshes.iter().cloned().map(egui::Shape::Mesh));
        let mut outlines = Outlines::default();
        for (tag, kind) in options.overlay {
            outlines.entry(tag).or_default().push(*kind);
        }
        overlay::draw(
            &painter,
            scene,
            &view,
            &self.painter.visible,
            &outlines,
            options.accent,
        );
        let asked = if options.accessibility {
            let tree = &mut self.accessibility;
            tree.update(ui, &response, scene, &view, &outlines)
        } else {
            Default::default()
        };
        self.set_cursor(ui, &response, hovered.as_ref());
        CanvasResponse {
            response,
            hovered,
            click: click.or(asked.click),
            accessibility_focus: asked.focus,
            drag,
            covered,
            painted,
        }
    }

    /// Advances an animation: sets the camera and requests a repaint until the end.
    /// Returns whether the animation continues.
    pub fn advance_animation(ui: &Ui, glide: &mut CameraAnimation, camera: &mut Camera) -> bool {
        glide.advance(ui.input(|i| i.stable_dt).min(0.05));
        *camera = glide.camera();
        if !glide.is_done() {
            ui.request_repaint();
        }
        !glide.is_done()
    }

    /// Returns the action of a press that became a drag in this frame.
    fn press_action(
        &mut self,
        ui: &Ui,
        scene: &Arc<Scene>,
        camera: &mut Camera,
        response: &Response,
        options: &CanvasOptions<'_>,
    ) -> Option<PressAction> {
        let at = ui.input(|i| i.pointer.press_origin())?;
        let pans = is_space_held(ui)
            || !options.draggable
            || response.drag_started_by(PointerButton::Middle);
        if !pans && response.drag_started_by(PointerButton::Primary) {
            let index = self.painter.index_for(scene);
            let view = Viewport::new(camera, response.rect, ui.pixels_per_point(), index);
            let tag = subject_at(scene, index, &view, at);
            let modifiers = ui.input(|i| i.modifiers);
            if modifiers.shift || tag.as_ref().is_some_and(is_draggable) {
                let from = view.on_map(at);
                return Some(PressAction::DragSubject(Drag {
                    tag,
                    from,
                    modifiers,
                    at,
                    on_map: from,
                    over: None,
                    phase: DragPhase::Started,
                }));
            }
        }
        if response.drag_started_by(PointerButton::Secondary) {
            return None;
        }
        // The distance that distinguished the drag from a click belongs to the drag.
        let way = ui.input(|i| i.pointer.total_drag_delta());
        let late = way.unwrap_or(Vec2::ZERO) - response.drag_delta();
        camera.pan(late.x, late.y);
        Some(PressAction::Pan)
    }

    fn navigate(&mut self, ui: &Ui, camera: &mut Camera, rect: Rect, response: &Response) {
        if self.press == Some(PressAction::Pan) {
            // egui's drag delta is zero in the frame of the release.
            let delta = if response.dragged() || response.drag_stopped() {
                ui.input(|i| i.pointer.delta())
            } else {
                Vec2::ZERO
            };
            camera.pan(delta.x, delta.y);
            if !response.dragged() {
                self.press = None;
            }
        }
        if !response.contains_pointer() {
            return;
        }
        let (scroll, zoom, at, pinch) = ui.input(|i| {
            let touch = i.multi_touch();
            let zooms = |event: &egui::Event| matches!(event, egui::Event::Zoom(_));
            let pinch = touch.is_some() || i.events.iter().any(zooms);
            let fingers = touch.map_or(Vec2::ZERO, |touch| touch.translation_delta);
            let at = touch.map(|touch| touch.center_pos);
            let at = at.or(i.pointer.hover_pos());
            (i.smooth_scroll_delta() + fingers, i.zoom_delta(), at, pinch)
        });
        if zoom == 1.0 {
            camera.pan(scroll.x, scroll.y);
            return;
        }
        // Whole steps keep text sharp at every stop.
        let wanted = zoom.log2() * ZOOM_STEPS * if pinch { 1.0 } else { WHEEL_ZOOM_FACTOR };
        if wanted * self.zoom_remainder < 0.0 {
            self.zoom_remainder = 0.0;
        }
        self.zoom_remainder += wanted;
        let steps = self.zoom_remainder.trunc();
        self.zoom_remainder -= steps;
        if steps != 0.0 {
            let middle = at.unwrap_or(rect.center()) - rect.center();
            let to = camera.stepped(steps as i32).clamp(1e-6, MAX_ZOOM);
            camera.zoom_at(to, (middle.x, middle.y));
        }
    }

    fn drag_event(
        &mut self,
        ui: &Ui,
        response: &Response,
        scene: &Arc<Scene>,
        view: &Viewport,
    ) -> Option<Drag> {
        let Some(PressAction::DragSubject(held)) = self.press.clone() else {
            return None;
        };
        let phase = if response.drag_started() {
            DragPhase::Started
        } else if response.dragged() {
            DragPhase::Moving
        } else {
            self.press = None;
            DragPhase::Dropped
        };
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            self.press = None;
            return None;
        }
        let at = response
            .interact_pointer_pos()
            .or(ui.input(|i| i.pointer.latest_pos()))?;
        let index = self.painter.index_for(scene);
        Some(Drag {
            at,
            on_map: view.on_map(at),
            over: subject_at(scene, index, view, at),
            phase,
            ..held
        })
    }

    fn set_cursor(&self, ui: &Ui, response: &Response, hovered: Option<&ObjectId>) {
        let icon = match &self.press {
            Some(_) => CursorIcon::Grabbing,
            None if !response.contains_pointer() => return,
            None if is_space_held(ui) => CursorIcon::Grab,
            None if hovered.is_some() => CursorIcon::PointingHand,
            None => CursorIcon::Default,
        };
        ui.set_cursor_icon(icon);
    }
}

/// Whether a press on this object drags it; otherwise it pans the map.
fn is_draggable(tag: &ObjectId) -> bool {
    matches!(
        tag,
        ObjectId::StageOwner(_)
            | ObjectId::Object(
                ObjectRef::Touchpoint(_) | ObjectRef::Stage(_) | ObjectRef::Feeling(..)
            )
    )
}

/// Whether the space bar, which pans, is held and no text field has the keyboard.
fn is_space_held(ui: &Ui) -> bool {
    ui.input(|i| i.key_down(Key::Space)) && !ui.egui_wants_keyboard_input()
}

fn click_event(
    ui: &Ui,
    response: &Response,
    scene: &Scene,
    index: &SpatialIndex,
    view: &Viewport,
) -> Option<Click> {
    let secondary = response.secondary_clicked();
    if !response.clicked() && !secondary {
        return None;
    }
    let at = response.interact_pointer_pos()?;
    Some(Click {
        tag: subject_at(scene, index, view, at),
        at,
        on_map: view.on_map(at),
        double: response.double_clicked(),
        secondary,
        modifiers: ui.input(|i| i.modifiers),
        from_accessibility: false,
    })
}
