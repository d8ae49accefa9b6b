//! The widget: shows a scene, lets people pan and zoom it, and says what the
//! pointer does to the things on it. What that means is the caller's business.
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

/// How much of egui's zooming by the wheel is taken: a notch is then a quarter more or less.
const WHEEL: f32 = 0.6;
/// Steps of zoom in a doubling.
const STEPS: f32 = 12.0;

/// What the widget needs besides scene and camera.
#[derive(Clone, Copy, Debug)]
pub struct CanvasOptions<'a> {
    /// What is outlined.
    pub overlay: &'a [(Tag, OverlayKind)],
    /// The colour of outlines.
    pub accent: Color,
    /// Whether things on the map can be dragged; where they cannot, dragging
    /// them pans.
    pub draggable: bool,
    /// Whether cards and stages get names for assistive tools and tests.
    pub names: bool,
}

/// A click on the map.
#[derive(Clone, Debug, PartialEq)]
pub struct Click {
    /// On what; `None`: on empty ground.
    pub tag: Option<Tag>,
    /// Where on screen, in points.
    pub at: Pos2,
    /// Where on the map, in map units.
    pub on_map: (f64, f64),
    /// It was the second of a double click.
    pub double: bool,
    /// It was the secondary button.
    pub secondary: bool,
    /// What was held down.
    pub modifiers: egui::Modifiers,
    /// An assistive tool did it: the thing may be out of view.
    pub by_name: bool,
}

/// How far a drag is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DragPhase {
    /// It began in this frame.
    Started,
    /// It goes on.
    Moving,
    /// The button was released in this frame.
    Dropped,
}

/// Something on the map is being dragged.
#[derive(Clone, Debug, PartialEq)]
pub struct Drag {
    /// What was under the pointer when the button went down; `None`: ground.
    pub tag: Option<Tag>,
    /// Where the button went down on the map, in map units.
    pub from: (f64, f64),
    /// What was held down then.
    pub modifiers: Modifiers,
    /// Where the pointer is on screen, in points.
    pub at: Pos2,
    /// Where the pointer is on the map, in map units.
    pub on_map: (f64, f64),
    /// What is under the pointer now.
    pub over: Option<Tag>,
    /// How far it is.
    pub phase: DragPhase,
}

/// What happened on the canvas in this frame.
#[derive(Debug)]
pub struct CanvasResponse {
    /// egui's own response of the whole canvas.
    pub response: Response,
    /// What the pointer is over.
    pub hovered: Option<Tag>,
    /// A click.
    pub click: Option<Click>,
    /// What an assistive tool went to.
    pub reached: Option<Tag>,
    /// A drag of something on the map.
    pub drag: Option<Drag>,
    /// Somebody moved the camera by hand: a glide in progress is off.
    pub moved: bool,
    /// The limits that the camera was kept in.
    pub limits: Limits,
    /// How much of the canvas pinned groups cover at the left and the top, in points.
    pub covered: (f32, f32),
    /// What was painted.
    pub painted: Painted,
}

/// What the button that is down does.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Grip {
    Pan,
    Thing(Held),
}

/// What was taken up, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Held {
    tag: Option<Tag>,
    from: (f64, f64),
    modifiers: Modifiers,
}

impl Held {
    /// Whether it is dragged; the map is panned by anything else.
    fn moves(&self) -> bool {
        let thing = matches!(
            self.tag,
            Some(Tag::Card(_) | Tag::Stage(_) | Tag::StageOwner(_) | Tag::Face(..))
        );
        thing || self.modifiers.shift
    }
}

/// Shows scenes. Holds what is kept between frames; one for each view.
#[derive(Default)]
pub struct CanvasView {
    pub(super) painter: ScenePainter,
    pub(super) grip: Option<Grip>,
    /// What was shown last.
    pub(super) view: Option<View>,
    /// Zoom that did not fill a step yet, in steps.
    rest: f32,
    pub(super) visible: Vec<u32>,
    names: Names,
}

impl CanvasView {
    /// Fills the space that is left with the map.
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

    /// Lets a glide go on: sets the camera, asks for the next frame while it
    /// lasts, and says whether it goes on.
    pub fn glide(ui: &Ui, glide: &mut Glide, camera: &mut Camera) -> bool {
        glide.advance(ui.input(|i| i.stable_dt).min(0.05));
        *camera = glide.camera();
        if !glide.done() {
            ui.request_repaint();
        }
        !glide.done()
    }

    /// What lies under a button that goes down in this frame.
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

    /// Panning and zooming.
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
                // The way that told a drag from a click belongs to the drag.
                let way = ui
                    .input(|i| i.pointer.total_drag_delta())
                    .unwrap_or(Vec2::ZERO);
                let late = way - response.drag_delta();
                camera.pan(late.x, late.y);
            }
        }
        if self.grip == Some(Grip::Pan) {
            // Not egui's drag delta: it is zero in the frame of the release.
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
        // Always whole steps, so that text is crisp at every stop.
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
