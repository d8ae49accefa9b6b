//! Tests of painter and widget on a small hand-built scene, without a window.

use super::camera::Camera;
use crate::geom::{Origin, Path, Point, Rect, pt};
use crate::model::{Field, Id, ObjectRef, StageId, TouchpointId};
use crate::scene::{
    Dash, Group, GroupContent, GroupKey, Marks, ObjectId, Pin, Scene, SceneItem, SceneObject,
    Shape, Stroke, TextLine, ZoomRange,
};
use crate::text::{Face, Measure, Style, Typesetter};
use crate::theme::Icon;
use crate::theme::{Color, ColorRole, LIGHT, ROLES, RoleColors};
use egui::{Pos2, pos2};
use std::sync::Arc;

const INK: ColorRole = ColorRole::department(0);
const RED: ColorRole = ColorRole::department(1);
const SCREEN: egui::Rect = egui::Rect {
    min: Pos2::ZERO,
    max: pos2(1000.0, 600.0),
};

/// The light theme, with [`INK`] and [`RED`] as departments.
fn colors() -> RoleColors {
    RoleColors::new(&LIGHT, Color::list([0x102030, 0xFF0000]).into())
}

fn card(number: usize) -> ObjectRef {
    ObjectRef::Touchpoint(TouchpointId::from_text(&format!("t{number}")))
}

fn subject(id: impl Into<ObjectId>, title: &str, area: Rect) -> SceneObject {
    SceneObject {
        id: id.into(),
        title: title.into(),
        description: format!("about {title}").into(),
        marks: Marks::NONE,
        area,
    }
}

fn item(shape: Shape) -> SceneItem {
    SceneItem {
        shape,
        object: 0,
        zoom: ZoomRange::ALL,
    }
}

fn block(rect: Rect, color: ColorRole) -> SceneItem {
    item(Shape::Rect {
        rect,
        radius: 0.0,
        fill: Some(color),
        stroke: None,
    })
}

fn words(at: Point, text: &str, size: f32, setter: &mut Typesetter) -> SceneItem {
    let face = Face::Regular;
    item(Shape::Text(TextLine {
        at,
        text: text.into(),
        face,
        size,
        color: INK,
        width: setter.width(text, Style { face, size }),
        end: Default::default(),
        text_field: Some(Field::Name),
    }))
}

fn group(
    x: f64,
    y: f64,
    pin: Pin,
    bounds: Rect,
    subject: SceneObject,
    items: Vec<SceneItem>,
) -> Group {
    Group {
        key: GroupKey::Unnamed,
        origin: Origin { x, y },
        pin,
        content: Arc::new(GroupContent {
            bounds,
            items,
            objects: vec![subject],
            parts: Vec::new(),
            numbers: Vec::new(),
        }),
    }
}

/// A scene with a stage band 100 high, lane titles 120 wide, a corner, and `cards`
/// cards 200 apart, each with a box, a line of text, an arrow and an icon.
fn scene(cards: usize) -> Arc<Scene> {
    let mut setter = Typesetter::bundled();
    let width = 120.0 + cards as f64 * 200.0;
    let mut groups = Vec::new();
    for i in 0..cards {
        let bounds = Rect::new(0.0, 0.0, 200.0, 300.0);
        let title = format!("Step {i}");
        let arrow = Path::polygon(&[
            pt(180.0, 40.0),
            pt(190.0, 45.0),
            pt(180.0, 50.0),
            pt(183.0, 45.0),
        ]);
        let items = vec![
            block(Rect::new(10.0, 10.0, 160.0, 100.0), ROLES.card),
            words(pt(20.0, 40.0), &title, 16.0, &mut setter),
            item(Shape::Path {
                path: arrow.into(),
                fill: Some(INK),
                stroke: Some(Stroke {
                    width: 2.0,
                    color: INK,
                    dash: Dash::Dashed,
                }),
            }),
            item(Shape::Icon {
                icon: Icon::Phone,
                rect: Rect::new(20.0, 60.0, 16.0, 16.0),
                color: INK,
            }),
        ];
        let about = subject(card(i), &title, Rect::new(10.0, 10.0, 160.0, 100.0));
        groups.push(group(
            120.0 + i as f64 * 200.0,
            100.0,
            Pin::None,
            bounds,
            about,
            items,
        ));
    }
    let band = Rect::new(0.0, 0.0, width as f32 - 120.0, 100.0);
    let stage = ObjectRef::Stage(StageId::from_text("compare"));
    let fill = vec![block(band, ROLES.band)];
    groups.push(group(
        120.0,
        0.0,
        Pin::Top,
        band,
        subject(stage, "Compare", band),
        fill,
    ));
    let titles = Rect::new(0.0, 0.0, 120.0, 300.0);
    let fill = vec![block(titles, ROLES.paper)];
    groups.push(group(
        0.0,
        100.0,
        Pin::Left,
        titles,
        subject(ObjectId::Chrome, "", Rect::EMPTY),
        fill,
    ));
    let corner = Rect::new(0.0, 0.0, 120.0, 100.0);
    let fill = vec![block(corner, ROLES.paper)];
    groups.push(group(
        0.0,
        0.0,
        Pin::Corner,
        corner,
        subject(ObjectId::Chrome, "", Rect::EMPTY),
        fill,
    ));
    Arc::new(Scene {
        rows: None,
        width,
        height: 400.0,
        colors: colors(),
        title: "Test".to_owned(),
        description: String::new(),
        highlight: Marks::NONE.into(),
        groups,
    })
}

/// Returns a camera with a map point at the top left of the screen.
fn from_corner(x: f64, y: f64, zoom: f32) -> Camera {
    let half = SCREEN.size() / 2.0 / zoom;
    Camera {
        x: x + f64::from(half.x),
        y: y + f64::from(half.y),
        zoom,
    }
}

mod hidden;
mod painting;
mod widget;
