//! Rectangles, paths, icons and images of a scene as native shapes, and the place of its title.
//!
//! Must not know: XML.

use super::connector::connector;
use super::images::Images;
use super::node::{EMU, Frame, Geometry, Label, Line, NativeShape, Picture};
use super::slide_scene::{ObjectItems, SlideScene};
use crate::geom::{Origin, Rect, pt};
use crate::scene::{GroupKey, ImageSource, ObjectId, Shape, Stroke, Tone};
use crate::theme::{ColorRole, Icon};

impl SlideScene<'_> {
    /// Place and type size of the title of the map.
    pub(super) fn title(&self) -> Option<(Frame, f64)> {
        let header = self.scene.group(GroupKey::Header)?;
        let mut lines = header
            .content
            .items
            .iter()
            .filter_map(|item| match &item.shape {
                Shape::Text(line) if line.is_map_title() => Some(line),
                _ => None,
            });
        let bounds = lines
            .clone()
            .fold(Rect::EMPTY, |all, line| all.union(&line.bounds()));
        let size = f64::from(lines.next_back()?.size) * self.scale;
        let frame = self.frame(header.origin, &bounds);
        // Programs without its typeface take a wider one, in which it is still one line.
        Some((
            Frame {
                width: frame.width * 1.3,
                ..frame
            },
            size,
        ))
    }

    /// A shape that is no text; none for the grounds that only matter where something scrolls.
    pub(super) fn drawn(
        &self,
        of: &ObjectItems<'_>,
        origin: Origin,
        shape: &Shape,
        tone: Tone,
        images: &mut Images,
    ) -> Option<NativeShape> {
        let is_frame = of.object.id == ObjectId::Chrome || of.is_title;
        let label = Label::decorative;
        match shape {
            Shape::Rect {
                rect,
                radius,
                fill,
                stroke,
            } => {
                let color = fill.map(|fill| tone.fill(self.scene.colors.color(fill)));
                if is_frame && stroke.is_none() && color == Some(self.scene.colors.paper()) {
                    return None;
                }
                let rect = if is_frame {
                    self.cut_rect(origin, rect)
                } else {
                    *rect
                };
                let frame = self.frame(origin, &rect);
                let radius = f64::from(*radius) * self.scale;
                let geometry = if radius * 2.0 >= frame.width.min(frame.height) * 0.99
                    && (frame.width - frame.height).abs() < EMU
                {
                    Geometry::Ellipse
                } else if radius > 0.0 {
                    Geometry::Rounded(radius)
                } else {
                    Geometry::Rectangle
                };
                let mut shape = NativeShape::new(label("Area"), frame, geometry);
                shape.fill = color;
                shape.line = stroke.as_ref().map(|stroke| self.line(stroke, tone));
                Some(shape)
            }
            Shape::Path { path, fill, stroke } => {
                let mut path = path.unpack();
                if is_frame {
                    let (left, right) = match of.is_in_stage {
                        true => self.cut(origin),
                        false => self.whole(origin),
                    };
                    path = path.between(&(left..right), fill.is_some());
                }
                if path.0.is_empty() {
                    return None;
                }
                let mut shape = match (
                    fill,
                    connector(&path, None, |p| self.place(origin, p), None),
                ) {
                    (None, Some((straight, frame))) if straight.preset == "straightConnector1" => {
                        NativeShape::new(label("Line"), frame, Geometry::Connector(straight))
                    }
                    _ => self.free(label("Area"), origin, &path),
                };
                shape.fill = fill.map(|fill| tone.fill(self.scene.colors.color(fill)));
                shape.line = stroke.as_ref().map(|stroke| self.line(stroke, tone));
                Some(shape)
            }
            Shape::Icon { icon, rect, color } => Some(self.icon(origin, *icon, rect, *color, tone)),
            Shape::Image {
                source,
                rect,
                round,
            } => Some(self.image(origin, (source, rect, *round), tone, images)),
            Shape::Text(_) => None,
        }
    }

    fn icon(
        &self,
        origin: Origin,
        icon: Icon,
        rect: &Rect,
        color: ColorRole,
        tone: Tone,
    ) -> NativeShape {
        let side = rect.width().min(rect.height()) / Icon::SIDE;
        let path = icon
            .lines()
            .map(|p| pt(rect.min.x + p.x * side, rect.min.y + p.y * side));
        let stroke = Stroke::solid(Icon::STROKE * side, color);
        let mut shape = self.free(Label::decorative(format!("Icon: {icon:?}")), origin, &path);
        let line = self.line(&stroke, tone);
        let color = tone.text(self.scene.colors.color(color));
        shape.line = Some(Line { color, ..line });
        shape
    }

    fn image(
        &self,
        origin: Origin,
        (source, rect, is_round): (&ImageSource, &Rect, bool),
        tone: Tone,
        images: &mut Images,
    ) -> NativeShape {
        let image = images.add(source);
        let (width, height) = (f64::from(source.head.width), f64::from(source.head.height));
        // A round image covers its square.
        let cut = |side: f64, other: f64| ((side - other) / side / 2.0).max(0.0);
        let crop = match is_round {
            true => (cut(width, height), cut(height, width)),
            false => (0.0, 0.0),
        };
        let picture = Picture {
            image,
            svg: None,
            crop,
            is_round,
            opacity: tone.image_opacity(),
        };
        let frame = self.frame(origin, rect);
        NativeShape::new(Label::named("Picture"), frame, Geometry::Picture(picture))
    }

    /// The x positions of the whole scene, relative to an origin.
    fn whole(&self, origin: Origin) -> (f32, f32) {
        ((-origin.x) as f32, (self.scene.width - origin.x) as f32)
    }

    fn cut_rect(&self, origin: Origin, rect: &Rect) -> Rect {
        let (left, right) = self.whole(origin);
        let (min, max) = (rect.min.x.max(left), rect.max.x.min(right));
        Rect {
            min: pt(min, rect.min.y),
            max: pt(max, rect.max.y),
        }
    }
}
