//! Tests of whole exports of small scenes.

mod html;
mod markup;
mod pdf;
mod png;
mod pptx;
mod svg;

use super::{ExportError, PdfPages, Size, SlideOptions};
use crate::geom::{Origin, Path, Rect, pt};
use crate::model::{Id, ObjectRef, TouchpointId};
use crate::scene::{
    Dash, Group, GroupContent, GroupKey, ImageSource, Marks, ObjectId, Pin, Scene, SceneItem,
    SceneObject, Shape, Stroke, TextLine, ZoomRange,
};
use crate::text::{Face, Measure, Style, Typesetter};
use crate::theme::Icon;
use crate::theme::{Color, ColorRole, LIGHT, ROLES, RoleColors};
use proptest::prelude::{any, proptest};
use std::cell::RefCell;
use std::sync::Arc;
use svg::well_formed;

const RED: ColorRole = ColorRole::department(0);
const INK: ColorRole = ColorRole::department(1);

/// Number of cases of a law: few, or as many as `PROPTEST_CASES` asks for.
fn cases(few: u32) -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|cases| cases.parse().ok()).unwrap_or(few)
}

/// The light theme, with [`RED`] and [`INK`] as departments.
fn colors() -> RoleColors {
    RoleColors::new(&LIGHT, Color::list([0xFF0000, 0x102030]).into())
}

fn item(subject: u32, shape: Shape) -> SceneItem {
    SceneItem {
        shape,
        object: subject,
        zoom: ZoomRange::ALL,
    }
}

fn line(text: &str, face: Face, size: f32) -> TextLine {
    let style = Style { face, size };
    TextLine {
        at: pt(10.0, 30.0),
        text: text.into(),
        face,
        size,
        color: INK,
        width: Typesetter::bundled().width(text, style),
        end: Default::default(),
        text_field: None,
    }
}

fn square(x: f32, y: f32, side: f32) -> Shape {
    Shape::Rect {
        rect: Rect::new(x, y, side, side),
        radius: 0.0,
        fill: Some(RED),
        stroke: None,
    }
}

/// One item of each kind; the second object is a card named `name`.
fn scene(name: &str, text: &str) -> Scene {
    let subject = |tag, title: &str, marks| SceneObject {
        id: tag,
        title: title.into(),
        description: if title.is_empty() {
            Box::default()
        } else {
            format!("About {title}").into()
        },
        marks,
        area: Rect::EMPTY,
    };
    let dotted = Stroke {
        width: 2.0,
        color: INK,
        dash: Dash::Dotted,
    };
    let items = vec![
        item(0, square(0.0, 0.0, 10.0)),
        item(
            1,
            Shape::Rect {
                rect: Rect::new(5.0, 10.0, 80.0, 40.0),
                radius: 8.0,
                fill: Some(ROLES.card),
                stroke: Some(Stroke::solid(1.5, INK)),
            },
        ),
        item(1, Shape::Text(line(text, Face::Bold, 14.0))),
        item(
            1,
            Shape::Path {
                path: Path::rounded(&[pt(0.0, 0.0), pt(50.0, 0.0), pt(50.0, 50.0)], 8.0).into(),
                fill: None,
                stroke: Some(dotted),
            },
        ),
        SceneItem {
            zoom: ZoomRange::below(0.5),
            ..item(1, square(60.0, 60.0, 30.0))
        },
        item(
            1,
            Shape::Icon {
                icon: Icon::Phone,
                rect: Rect::new(60.0, 15.0, 16.0, 16.0),
                color: INK,
            },
        ),
    ];
    let card = ObjectId::Object(ObjectRef::Touchpoint(TouchpointId::from_text("card")));
    Scene {
        rows: None,
        width: 100.0,
        height: 80.0,
        colors: colors(),
        title: name.to_owned(),
        description: "A picture".to_owned(),
        highlight: Marks::NONE.into(),
        groups: vec![Group {
            key: GroupKey::Unnamed,
            origin: Origin { x: 2.0, y: 3.0 },
            pin: Pin::None,
            content: Arc::new(GroupContent {
                parts: Vec::new(),
                numbers: Vec::new(),
                bounds: Rect::new(0.0, 0.0, 100.0, 80.0),
                items,
                objects: vec![
                    subject(ObjectId::Chrome, "", Marks::CHROME),
                    subject(card, name, Marks::PAIN),
                ],
            }),
        }],
    }
}

#[test]
fn failures_of_the_sink_are_returned() {
    struct Full;
    impl std::io::Write for Full {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::Error::other("full"))
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let scene = scene("Name", "text");
    let mut setter = Typesetter::bundled();
    let pdf = super::pdf(
        std::slice::from_ref(&scene),
        &PdfPages::Map.into(),
        &mut setter,
        &mut Full,
    );
    let svg = super::svg(&scene, false, &mut setter, &mut Full);
    let pptx = super::pptx(&scene, &SlideOptions::default(), &mut setter, &mut Full);
    assert!(matches!(pptx, Err(ExportError::Write(_))));
    let png = super::png(
        &scene,
        Size::Scale(1.0),
        &mut setter,
        &mut Full,
        &mut |_, _| (),
    );
    assert!(matches!(svg, Err(ExportError::Write(_))));
    assert!(matches!(pdf, Err(ExportError::Write(_))));
    assert!(matches!(png, Err(ExportError::Write(_))), "{png:?}");
}

thread_local! {
    static SETTER: RefCell<Typesetter> = RefCell::new(Typesetter::bundled());
}

proptest! {
    #[test]
    fn any_text_gives_well_formed_xml(name in any::<String>(), text in any::<String>(), outlines: bool) {
        let scene = scene(&name, &text);
        let svg = SETTER.with_borrow_mut(|setter| svg_text(&scene, outlines, setter));
        assert_eq!(well_formed(&svg), Ok(()));
        SETTER.with_borrow_mut(|setter| pdf_bytes(&scene, setter));
        pptx::parts_of(&scene, SlideOptions::default());
    }

    #[test]
    fn odd_shapes_are_drawn_or_left_out(numbers: [f32; 6], radius: f32, width: f32) {
        let [a, b, c, d, e, f] = numbers;
        let stroke = Some(Stroke { width, color: INK, dash: Dash::Dashed });
        let mut scene = scene("Name", "text");
        let body = Arc::make_mut(&mut scene.groups[0].content);
        body.items.push(item(0, Shape::Rect { rect: Rect::new(a, b, c, d), radius, fill: Some(RED), stroke }));
        let path = Path::start(pt(a, b)).cubic(pt(c, d), pt(e, f), pt(a, d)).close();
        body.items.push(item(0, Shape::Path { path: path.into(), fill: Some(RED), stroke }));
        let mut words = line("odd", Face::Italic, width);
        words.at = pt(e, f);
        body.items.push(item(0, Shape::Text(words)));
        body.items.push(item(0, Shape::Icon { icon: Icon::Phone, rect: Rect::new(c, d, e, f), color: RED }));
        SETTER.with_borrow_mut(|setter| {
            assert_eq!(well_formed(&svg_text(&scene, false, setter)), Ok(()));
            pdf_bytes(&scene, setter);
            pptx::parts_of(&scene, SlideOptions::default());
            super::png(&scene, Size::Scale(1.0), setter, &mut std::io::sink(), &mut |_, _| ()).unwrap();
        });
    }
}

/// The scene as PDF.
fn pdf_bytes(scene: &Scene, typesetter: &mut Typesetter) -> Vec<u8> {
    let mut bytes = Vec::new();
    super::pdf(
        std::slice::from_ref(scene),
        &PdfPages::Map.into(),
        typesetter,
        &mut bytes,
    )
    .unwrap();
    bytes
}

/// The scene as SVG in a string.
fn svg_text(scene: &Scene, outlines: bool, typesetter: &mut Typesetter) -> String {
    let mut bytes = Vec::new();
    super::svg(scene, outlines, typesetter, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// A scene with one image in two colours, left and right, round or not.
fn with_picture(round: bool, bytes: Option<Arc<[u8]>>) -> Scene {
    let row = [[0, 0, 255, 255].repeat(20), [255, 0, 0, 255].repeat(20)].concat();
    let pixels = crate::image::Pixels {
        width: 40,
        height: 20,
        rgba: row.repeat(20),
    };
    let bytes = bytes.unwrap_or_else(|| crate::image::import_pixels(pixels).unwrap());
    let head = crate::scene::ImageHeader {
        media: crate::scene::Media::Png,
        width: 40,
        height: 20,
    };
    let mut scene = scene("", "x");
    Arc::make_mut(&mut scene.groups[0].content).items = vec![item(
        0,
        Shape::Image {
            source: Box::new(ImageSource { bytes, head }),
            rect: Rect::new(10.0, 10.0, 40.0, if round { 40.0 } else { 20.0 }),
            round,
        },
    )];
    scene
}
