//! The canvas widget: shows a scene, handles panning and zooming, and reports pointer
//! input on subjects; the caller interprets it.
//!
//! Must not know: the map behind the scene, commands, panels.

use super::accessibility::Names;
use super::animation::Glide;
use super::camera::{Camera, Limits};
use super::overlay::{self, Outlines, OverlayKind};
use super::painter::{Painted, ScenePainter};
use super::picking::thing_at;
use super::spatial_index::{Index, View};
use crate::scene::{Scene, Tag};
use crate::text::Typesetter;
use crate::theme::Color;
use egui::{CursorIcon, Key, Modifiers, PointerButton, Pos2, Rect, Response, Sense, Ui, Vec2};
use std::sync::Arc;

/// Factor on egui's wheel zoom; a notch then changes the zoom by a quarter.
const WHEEL: f32 = 0.6;
/// Zoom steps per octave.
const STEPS: f32 = 12.0;

/// Options of the widget besides scene and camera.
#[derive(Clone, Copy, Debug)]
pub struct CanvasOptions<'a> {
    /// Outlined subjects.
    pub overlay: &'a [(Tag, OverlayKind)],
    /// Colour of outlines.
    pub accent: Color,
    /// Whether subjects can be dragged; otherwise dragging them pans.
    pub draggable: bool,
    /// Whether named subjects get accessibility nodes.
    pub names: bool,
}

/// A click on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Click {
    /// Clicked subject; `None` on the background.
    pub tag: Option<Tag>,
    /// Position on screen, in points.
    pub at: Pos2,
    /// Position on the map, in map units.
    pub on_map: (f64, f64),
    /// Whether this is the second click of a double click.
    pub double: bool,
    /// Whether the secondary button was used.
    pub secondary: bool,
    /// Modifier keys held during the click.
    pub modifiers: egui::Modifiers,
    /// Whether assistive technology sent the click; the subject may be out of view.
    pub by_name: bool,
}

/// Phase of a drag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DragPhase {
    /// The drag began in this frame.
    Started,
    /// The drag continues.
    Moving,
    /// The button was released in this frame.
    Dropped,
}

/// A drag on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// Subject at the press position; `None` on the background.
    pub tag: Option<Tag>,
    /// Press position on the map, in map units.
    pub from: (f64, f64),
    /// Modifier keys held at the press.
    pub modifiers: Modifiers,
    /// Pointer position on screen, in points.
    pub at: Pos2,
    /// Pointer position on the map, in map units.
    pub on_map: (f64, f64),
    /// Subject at the pointer.
    pub over: Option<Tag>,
    /// Phase of the drag.
    pub phase: DragPhase,
}

/// Input on the canvas in this frame.
#[derive(Debug)]
pub struct CanvasResponse {
    /// egui's response of the whole canvas.
    pub response: Response,
    /// Subject at the pointer.
    pub hovered: Option<Tag>,
    /// Click in this frame.
    pub click: Option<Click>,
    /// Subject that assistive technology focused.
    pub reached: Option<Tag>,
    /// Drag that does not pan the map.
    pub drag: Option<Drag>,
    /// Whether the user moved the camera, which cancels an animation.
    pub moved: bool,
    /// Limits the camera was clamped to.
    pub limits: Limits,
    /// Width and height of the canvas covered by pinned groups at the left and the top,
    /// in points.
    pub covered: (f32, f32),
    /// Result of painting.
    pub painted: Painted,
}

/// Action of the pressed button.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Grip {
    Pan,
    Thing(Held),
}

/// Start of a drag.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    tag: Option<Tag>,
    from: (f64, f64),
    modifiers: Modifiers,
}

impl Held {
    /// Whether the press drags a subject or a marquee; otherwise it pans the map.
    fn moves(&self) -> bool {
        let thing = matches!(
            self.tag,
            Some(Tag::Card(_) | Tag::Stage(_) | Tag::StageOwner(_) | Tag::Face(..))
        );
        thing || self.modifiers.shift
    }
}

/// A canvas widget with its state between frames; one for each view.
#[derive(Default)]
pub struct CanvasView {
    pub(super) painter: ScenePainter,
    pub(super) grip: Option<Grip>,
    /// Last viewport shown.
    pub(super) view: Option<View>,
    /// Accumulated zoom below one step, in steps.
    rest: f32,
    pub(super) visible: Vec<u32>,
    names: Names,
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
        let limits = Limits::of((scene.width, scene.height), rect.size().into());
        let before = *camera;
        let ppp = ui.pixels_per_point();

        let pressed = self.under_press(ui, scene, camera, rect, &response);
        self.navigate(ui, camera, rect, &response, pressed, options);
        *camera = camera.within(&limits);

        let index = self.painter.index(scene);
        let view = View::new(camera, rect, ppp, index);
        self.view = Some(view);
        let covered = index.covered(camera.zoom, rect.size());
        let hovered = response
            .contains_pointer()
            .then(|| ui.input(|i| i.pointer.hover_pos()))
            .flatten()
            .and_then(|at| thing_at(scene, index, &view, at));
        let click = click_of(ui, &response, scene, index, &view);
        let drag = self.dragged(ui, &response, scene, &view);

        let painted = self.painter.paint(ui.ctx(), source, scene, camera, rect);
        let painter = ui.painter_at(rect);
        painter.extend(painted.meshes().map(egui::Shape::Mesh));
        let index = self.painter.index(scene);
        if !options.overlay.is_empty() {
            index.visible(&view, &mut self.visible);
        }
        let outlines = Outlines::new(options.overlay);
        overlay::draw(
            &painter,
            scene,
            index,
            &view,
            &self.visible,
            &outlines,
            options.accent,
        );
        let asked = match options.names {
            true => self.names.tell(ui, &response, scene, &view, &outlines),
            false => Default::default(),
        };
        self.cursor(ui, &response, hovered.as_ref());
        CanvasResponse {
            response,
            hovered,
            click: click.or(asked.click),
            reached: asked.reached,
            drag,
            moved: *camera != before,
            limits,
            covered,
            painted,
        }
    }

    /// Advances an animation: sets the camera and requests a repaint until the end.
    /// Returns whether the animation continues.
    pub fn glide(ui: &Ui, glide: &mut Glide, camera: &mut Camera) -> bool {
        glide.advance(ui.input(|i| i.stable_dt).min(0.05));
        *camera = glide.camera();
        if !glide.done() {
            ui.request_repaint();
        }
        !glide.done()
    }

    /// Returns the start of a drag if a drag begins in this frame.
    fn under_press(
        &mut self,
        ui: &Ui,
        scene: &Arc<Scene>,
        camera: &Camera,
        rect: Rect,
        response: &Response,
    ) -> Option<Held> {
        if !response.drag_started() {
            return None;
        }
        let at = ui.input(|i| i.pointer.press_origin())?;
        let index = self.painter.index(scene);
        let view = View::new(camera, rect, ui.pixels_per_point(), index);
        Some(Held {
            tag: thing_at(scene, index, &view, at),
            from: view.on_map(at, crate::scene::Pin::None),
            modifiers: ui.input(|i| i.modifiers),
        })
    }

    /// Handles panning and zooming.
    fn navigate(
        &mut self,
        ui: &Ui,
        camera: &mut Camera,
        rect: Rect,
        response: &Response,
        pressed: Option<Held>,
        options: &CanvasOptions<'_>,
    ) {
        let space = ui.input(|i| i.key_down(Key::Space)) && !ui.egui_wants_keyboard_input();
        if response.drag_started() {
            let free =
                space || !options.draggable || response.drag_started_by(PointerButton::Middle);
            self.grip = match pressed {
                Some(held)
                    if !free
                        && held.moves()
                        && response.drag_started_by(PointerButton::Primary) =>
                {
                    Some(Grip::Thing(held))
                }
                _ if response.drag_started_by(PointerButton::Secondary) => None,
                _ => Some(Grip::Pan),
            };
            if self.grip == Some(Grip::Pan) {
                // The distance that distinguished the drag from a click belongs to the
                // drag.
                let way = ui
                    .input(|i| i.pointer.total_drag_delta())
                    .unwrap_or(Vec2::ZERO);
                let late = way - response.drag_delta();
                camera.pan(late.x, late.y);
            }
        }
        if self.grip == Some(Grip::Pan) {
            // egui's drag delta is zero in the frame of the release.
            let delta = if response.dragged() || response.drag_stopped() {
                ui.input(|i| i.pointer.delta())
            } else {
                Vec2::ZERO
            };
            camera.pan(delta.x, delta.y);
            if !response.dragged() {
                self.grip = None;
            }
        }
        if !response.contains_pointer() {
            return;
        }
        let (scroll, zoom, at, pinch) = ui.input(|i| {
            let pinch = |e: &egui::Event| matches!(e, egui::Event::Zoom(_));
            let pinch = i.multi_touch().is_some() || i.events.iter().any(pinch);
            let at = i
                .multi_touch()
                .map(|touch| touch.center_pos)
                .or(i.pointer.hover_pos());
            let fingers = i
                .multi_touch()
                .map_or(Vec2::ZERO, |touch| touch.translation_delta);
            (i.smooth_scroll_delta() + fingers, i.zoom_delta(), at, pinch)
        });
        if zoom == 1.0 {
            camera.pan(scroll.x, scroll.y);
            return;
        }
        // Whole steps keep text sharp at every stop.
        let wanted = zoom.log2() * STEPS * if pinch { 1.0 } else { WHEEL };
        if wanted * self.rest < 0.0 {
            self.rest = 0.0;
        }
        self.rest += wanted;
        let steps = self.rest.trunc();
        self.rest -= steps;
        if steps != 0.0 {
            let middle = at.unwrap_or(rect.center()) - rect.center();
            let limits = (1e-6, Limits::MAX_ZOOM);
            let to = camera.stepped(steps as i32).clamp(limits.0, limits.1);
            camera.zoom_at(to, (middle.x, middle.y));
        }
    }

    fn dragged(
        &mut self,
        ui: &Ui,
        response: &Response,
        scene: &Arc<Scene>,
        view: &View,
    ) -> Option<Drag> {
        let Some(Grip::Thing(held)) = self.grip.clone() else {
            return None;
        };
        let phase = if response.drag_started() {
            DragPhase::Started
        } else if response.dragged() {
            DragPhase::Moving
        } else {
            self.grip = None;
            DragPhase::Dropped
        };
        if ui.input(|i| i.key_pressed(Key::Escape)) {
            self.grip = None;
            return None;
        }
        let at = response
            .interact_pointer_pos()
            .or(ui.input(|i| i.pointer.latest_pos()))?;
        let index = self.painter.index(scene);
        Some(Drag {
            tag: held.tag,
            from: held.from,
            modifiers: held.modifiers,
            at,
            on_map: view.on_map(at, crate::scene::Pin::None),
            over: thing_at(scene, index, view, at),
            phase,
        })
    }

    fn cursor(&self, ui: &Ui, response: &Response, hovered: Option<&Tag>) {
        let icon = match &self.grip {
            Some(_) => CursorIcon::Grabbing,
            None if !response.contains_pointer() => return,
            None if ui.input(|i| i.key_down(Key::Space)) && !ui.egui_wants_keyboard_input() => {
                CursorIcon::Grab
            }
            None if hovered.is_some() => CursorIcon::PointingHand,
            None => CursorIcon::Default,
        };
        ui.set_cursor_icon(icon);
    }
}

fn click_of(
    ui: &Ui,
    response: &Response,
    scene: &Scene,
    index: &Index,
    view: &View,
) -> Option<Click> {
    let secondary = response.secondary_clicked();
    if !response.clicked() && !secondary {
        return None;
    }
    let at = response.interact_pointer_pos()?;
    Some(Click {
        tag: thing_at(scene, index, view, at),
        at,
        on_map: view.on_map(at, crate::scene::Pin::None),
        double: response.double_clicked(),
        secondary,
        modifiers: ui.input(|i| i.modifiers),
        by_name: false,
    })
}
