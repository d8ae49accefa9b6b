//! Where the camera goes: what shall be shown, and the camera that shows it.
//!
//! Must not know: egui's widgets, how anything is drawn.

use super::Document;
use crate::app::canvas::{Area, Camera, Glide, Limits, locate};
use crate::render::Picture;
use crate::scene::{Scene, Tag};

/// Air around what the camera shows whole, in points.
const MARGIN: f32 = 24.0;
/// From this zoom on a whole map can be read.
const READABLE: f32 = 0.6;

/// What is on the canvas: the drawing of a view, and where things are in it
/// where that is known.
#[derive(Clone, Copy)]
pub struct Drawn<'a> {
    /// What is drawn.
    pub scene: &'a Scene,
    /// The journey, where that is what is drawn.
    pub journey: Option<&'a Picture>,
}

/// What the camera shall show.
#[derive(Clone, Debug, PartialEq)]
pub enum Shown {
    /// The beginning of the map at a size that can be read.
    Start,
    /// The whole map.
    All,
    /// A thing, large.
    Large(Tag),
    /// A thing, moving as little as possible.
    Near(Tag),
    /// A zoom about the middle of the view.
    Zoom(f32),
    /// So many widths of the view further right, and heights further down.
    Screens(f32, f32),
    /// A number of steps of zoom.
    Steps(i32),
    /// What [`Document::corner`] gave, in the top left corner again.
    Corner(Camera),
    /// The former, and from there a thing, moving as little as possible.
    With(Box<Shown>, Tag),
}

impl Shown {
    /// The same, with a thing in sight where there is one.
    pub fn with(self, tag: Option<Tag>) -> Shown {
        match tag {
            Some(tag) => Shown::With(Box::new(self), tag),
            None => self,
        }
    }

    /// Whether it is where looking at a view begins.
    fn is_start(&self) -> bool {
        match self {
            Shown::With(first, _) => first.is_start(),
            other => *other == Shown::Start,
        }
    }
}

impl Camera {
    /// Where a part of the map is in a view, in points.
    pub fn on_screen(&self, area: &Area, view: egui::Rect) -> egui::Rect {
        let at = |x: f64, y: f64| {
            let zoom = f64::from(self.zoom);
            let (x, y) = ((x - self.x) * zoom, (y - self.y) * zoom);
            view.center() + egui::vec2(x as f32, y as f32)
        };
        egui::Rect::from_two_pos(at(area.left, area.top), at(area.right, area.bottom))
    }
}

impl Document {
    /// Keeps the top left corner of what is seen where it is when the canvas
    /// gets another size, as when a panel opens. Whether it did.
    pub fn resized(&mut self, view: (f32, f32)) -> bool {
        let former = self.seen.replace(view);
        let Some(former) = former.filter(|former| *former != view) else {
            return false;
        };
        let (dx, dy) = ((view.0 - former.0) / 2.0, (view.1 - former.1) / 2.0);
        self.camera.pan(-dx, -dy);
        if let Some(glide) = &mut self.glide {
            glide.to.pan(-dx, -dy);
        }
        true
    }

    /// What lies in the top left corner of the view, as a camera; a view of
    /// another size goes back there with [`Shown::Corner`].
    pub fn corner(&self) -> Camera {
        let (width, height) = self.seen.unwrap_or_default();
        let mut corner = self.camera;
        corner.pan(width / 2.0, height / 2.0);
        corner
    }

    /// Where what is selected is in a view, in points.
    pub fn on_screen(&self, drawn: &Drawn<'_>, view: egui::Rect) -> Option<egui::Rect> {
        let area = self.find(drawn, &self.tag()?)?;
        let rect = self.camera.on_screen(&area, view).intersect(view);
        rect.is_positive().then_some(rect)
    }

    /// Starts to move the camera to what is wanted, where the canvas knows its size.
    pub fn go(&mut self, drawn: &Drawn<'_>, still: bool) {
        let (Some(view), Some(wanted)) = (self.seen, self.wanted.clone()) else {
            return;
        };
        self.wanted = None;
        let jump = wanted.is_start() || still;
        // A glide that is under way counts as done: keys in a row add up.
        let now = self.glide.as_ref().map_or(self.camera, |glide| glide.to);
        let Some(target) = self.target(&wanted, now, drawn, view) else {
            return;
        };
        let scene = drawn.scene;
        let limits = Limits::of((scene.width, scene.height), view);
        let target = target.within(&limits);
        if jump {
            self.camera = target;
            self.glide = None;
        } else if target != self.camera {
            self.glide = Some(Glide::new(self.camera, target, false));
        }
    }

    /// Where a thing lies on the map.
    fn find(&self, drawn: &Drawn<'_>, tag: &Tag) -> Option<Area> {
        let Some(journey) = drawn.journey else {
            return locate(drawn.scene, tag, None);
        };
        let map = self.session.map();
        let stage = match tag {
            Tag::Stage(id) => Some(id),
            tag => tag.touchpoint().and_then(|id| map.stage_of(id)),
        };
        let place = stage.and_then(|id| map.stages().position(id));
        let stage = place.and_then(|k| journey.layout.stages.get(k));
        locate(drawn.scene, tag, stage.map(|stage| stage.x))
    }

    fn target(
        &self,
        wanted: &Shown,
        now: Camera,
        drawn: &Drawn<'_>,
        view: (f32, f32),
    ) -> Option<Camera> {
        let scene = drawn.scene;
        let whole = Area::new(0.0, 0.0, scene.width, scene.height);
        Some(match wanted {
            Shown::All => Camera::fitting(&whole, view, MARGIN),
            Shown::Start => {
                let fitting = Camera::fitting(&whole, view, MARGIN);
                if fitting.zoom >= READABLE {
                    fitting
                } else {
                    let zoom = 0.75_f32;
                    let (w, h) = (view.0 / zoom, view.1 / zoom);
                    Camera {
                        x: f64::from(w) / 2.0,
                        y: (f64::from(h) / 2.0).min(scene.height / 2.0),
                        zoom: Camera { zoom, ..now }.stepped(0),
                    }
                }
            }
            Shown::Large(tag @ Tag::Stage(_)) => {
                column(&self.find(drawn, tag)?, view, self.covered.0 / now.zoom)
            }
            Shown::Large(tag) => {
                let area = self.find(drawn, tag)?;
                let mut target = Camera::fitting(&area, view, 3.0 * MARGIN);
                if target.zoom > 1.5 {
                    target.zoom = 1.5;
                    target.zoom = target.stepped(0);
                }
                target
            }
            Shown::Near(tag) => {
                // A cell may be empty, its lane hidden, a path not drawn in this view:
                // then the card will do.
                let id = match tag {
                    Tag::Path { from, .. } => Some(from),
                    tag => tag.touchpoint(),
                };
                let card = || self.find(drawn, &Tag::Card(id?.clone()));
                let room = || match tag {
                    Tag::Cell(lane, id) => {
                        super::lane_geometry::room(self.session.map(), drawn.journey?, lane, id)
                    }
                    _ => None,
                };
                let area = self.find(drawn, tag).or_else(room).or_else(card)?;
                // What stands above the stages is covered by nothing.
                let covered = match tag {
                    Tag::Map | Tag::Persona(_) => (0.0, 0.0),
                    _ => self.covered,
                };
                now.revealing(&area, view, covered, MARGIN)
            }
            Shown::Zoom(zoom) => Camera { zoom: *zoom, ..now },
            Shown::Screens(right, down) => {
                let mut target = now;
                target.pan(-right * view.0, -down * view.1);
                target
            }
            Shown::Steps(steps) => Camera {
                zoom: now.stepped(*steps),
                ..now
            },
            Shown::Corner(corner) => {
                let mut target = *corner;
                target.pan(-view.0 / 2.0, -view.1 / 2.0);
                target
            }
            Shown::With(first, tag) => {
                let first = self.target(first, now, drawn, view)?;
                let scene = (scene.width, scene.height);
                let first = first.within(&Limits::of(scene, view));
                // What is not drawn in this view does not keep from looking at it.
                let near = Shown::Near(tag.clone());
                self.target(&near, first, drawn, view).unwrap_or(first)
            }
        })
    }
}

/// The camera that shows a stage over the width of the view, from its name
/// down; `titles` is the width of the lane titles in map units.
fn column(stage: &Area, view: (f32, f32), titles: f32) -> Camera {
    let width = stage.width() + f64::from(titles);
    let zoom = f64::from(view.0 - 2.0 * MARGIN) / width.max(1.0);
    // Smaller than this nobody in the room can read; larger than that little fits.
    let zoom = zoom.clamp(0.6, 1.4) as f32;
    let camera = Camera {
        zoom,
        ..Camera::default()
    };
    let zoom = f64::from(camera.stepped(0));
    let margin = f64::from(MARGIN) / zoom;
    let (w, h) = (f64::from(view.0) / zoom, f64::from(view.1) / zoom);
    Camera {
        // A stage that is wider than the view is shown from its beginning.
        x: if width + 2.0 * margin <= w {
            (stage.left - f64::from(titles) + stage.right) / 2.0
        } else {
            stage.left - f64::from(titles) - margin + w / 2.0
        },
        y: stage.top - margin + h / 2.0,
        zoom: zoom as f32,
    }
}
