//! Small scenes, whole pictures.

use super::{ExportError, Size, SvgOptions, png, svg_text};
use crate::geom::{Origin, Path, Rect, pt};
use crate::model::{Id, TouchpointId};
use crate::scene::{
    Body, Dash, Group, Icon, Item, Marks, Pin, Scene, Shape, Stroke, Subject, Tag, TextLine,
    ZoomRange,
};
use crate::text::{Face, Measure, Style, Typesetter};
use crate::theme::Color;
use proptest::prelude::{any, proptest};
use std::cell::RefCell;
use std::sync::Arc;

const RED: Color = Color::hex(0xFF0000);
const INK: Color = Color::hex(0x102030);

fn item(subject: u32, shape: Shape) -> Item {
    Item {
        shape,
        subject,
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
        said: None,
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

/// One of everything; the second subject is a card named `name`.
fn scene(name: &str, text: &str) -> Scene {
    let subject = |tag, title: &str, marks| Subject {
        tag,
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
                fill: Some(Color::hex(0xFFFFFF)),
                stroke: Some(Stroke::solid(1.5, INK)),
            },
        ),
        item(1, Shape::Text(line(text, Face::Bold, 14.0))),
        item(
            1,
            Shape::Path {
                path: Arc::new(Path::rounded(
                    &[pt(0.0, 0.0), pt(50.0, 0.0), pt(50.0, 50.0)],
                    8.0,
                )),
                fill: None,
                stroke: Some(dotted),
            },
        ),
        Item {
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
    let card = Tag::Card(TouchpointId::from_text("card"));
    Scene {
        width: 100.0,
        height: 80.0,
        background: Color::hex(0xFBF8F2),
        title: name.to_owned(),
        description: "A picture".to_owned(),
        lit: Marks::NONE.into(),
        groups: vec![Group {
            origin: Origin { x: 2.0, y: 3.0 },
            pin: Pin::None,
            body: Arc::new(Body {
                bounds: Rect::new(0.0, 0.0, 100.0, 80.0),
                items,
                subjects: vec![
                    subject(Tag::Frame, "", Marks::FRAME),
                    subject(card, name, Marks::PAIN),
                ],
            }),
        }],
    }
}

fn as_svg(scene: &Scene, outlines: bool) -> String {
    let options = SvgOptions {
        outlines,
        ..SvgOptions::default()
    };
    svg_text(scene, &options, &mut Typesetter::bundled()).unwrap()
}

/// Holds the text to the rules of XML 1.0 that a writer can break.
fn well_formed(xml: &str) -> Result<(), String> {
    let allowed = |c: char| matches!(c, '\n' | '\t' | ' '..='\u{fffd}' | '\u{10000}'..);
    if let Some(c) = xml.chars().find(|c| !allowed(*c)) {
        return Err(format!("forbidden {c:?}"));
    }
    let entities = |text: &str| {
        text.split('&').skip(1).all(|rest| {
            ["amp;", "lt;", "gt;", "quot;", "#39;"]
                .iter()
                .any(|entity| rest.starts_with(entity))
        })
    };
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(start) = rest.find('<') {
        if !entities(&rest[..start]) || rest[..start].contains("]]>") {
            return Err(format!("text {:?}", &rest[..start]));
        }
        let end = rest[start..].find('>').ok_or("open tag")? + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("</{name}> closes nothing"));
            }
            continue;
        }
        let (tag, empty) = match tag.strip_suffix('/') {
            Some(tag) => (tag, true),
            None => (tag, false),
        };
        let (name, mut attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        if !name.chars().all(|c| c.is_ascii_alphabetic()) {
            return Err(format!("name {name:?}"));
        }
        let mut names = Vec::new();
        while !attributes.is_empty() {
            let (name, value) = attributes.split_once("=\"").ok_or("attribute")?;
            let (value, more) = value.split_once('"').ok_or("value")?;
            let good = |c: char| c.is_ascii_alphabetic() || c == '-' || c == ':';
            if !name.chars().all(good) || names.contains(&name) || !entities(value) {
                return Err(format!("attribute {name:?} {value:?}"));
            }
            names.push(name);
            attributes = more.strip_prefix(' ').unwrap_or(more);
        }
        if !empty {
            open.push(name);
        }
    }
    if open.is_empty() {
        Ok(())
    } else {
        Err(format!("left open: {open:?}"))
    }
}

#[test]
fn the_checker_finds_faults() {
    for bad in [
        "<a>",
        "<a></b>",
        "<a x=\"1\" x=\"2\"/>",
        "<a>&x</a>",
        "<a>\u{1}</a>",
    ] {
        assert!(well_formed(bad).is_err(), "{bad}");
    }
    assert_eq!(well_formed("<a x=\"1\"><b/>&amp;</a>\n"), Ok(()));
}

#[test]
fn svg_has_words_and_names() {
    let svg = as_svg(&scene("Pays & waits", "Pays the <deposit>"), false);
    well_formed(&svg).unwrap();
    for part in [
        "<title>Pays &amp; waits</title><desc>A picture</desc>",
        "<g role=\"img\"><title>Pays &amp; waits</title><desc>About Pays &amp; waits</desc>",
        ">Pays the &lt;deposit&gt;</text>",
        "font-weight=\"700\"",
        "@font-face{font-family:\"Touchline Sans\";font-weight:700;src:url(data:font/ttf;base64,",
        "<g transform=\"translate(2 3)\">",
        "stroke-dasharray=\".02 5\" stroke-linecap=\"round\"",
        "<use href=\"#i0\" x=\"60\" y=\"15\" width=\"16\" height=\"16\" stroke=\"#102030\"/>",
        "viewBox=\"0 0 100 80\"",
    ] {
        assert!(svg.contains(part), "{part} not in {svg}");
    }
    assert!(!svg.contains("x=\"60\" y=\"60\""), "drawn at zoom 1 only");
    assert!(!svg.contains("font-style:italic"), "no unused face");
    assert!(!svg.contains("http:") || svg.matches("http:").count() == 1);
}

#[test]
fn svg_outlines_need_no_font() {
    let svg = as_svg(&scene("Name", "AV 日"), true);
    well_formed(&svg).unwrap();
    assert!(!svg.contains("<text") && !svg.contains("@font-face"));
    assert_eq!(svg.matches("<use href=\"#g2-").count(), 3);
    assert_eq!(svg.matches("<path id=\"g2-").count(), 3);
}

#[test]
fn svg_keeps_the_width_of_foreign_letters() {
    let svg = as_svg(&scene("Name", "שלום"), false);
    assert!(svg.contains("textLength=\""));
    assert!(svg.contains("direction=\"rtl\" text-anchor=\"end\""));
    let svg = as_svg(&scene("Name", "Größe"), false);
    assert!(!svg.contains("textLength"));
}

#[test]
fn svg_dims_what_is_not_lit() {
    let mut scene = scene("Name", "text");
    scene.lit = Marks::UNOWNED.into();
    let svg = as_svg(&scene, false);
    assert!(svg.contains("fill=\"#102030\" fill-opacity=\".18\""));
    assert!(svg.contains("<rect x=\"0\" y=\"0\" width=\"10\" height=\"10\" fill=\"#f00\"/>"));
}

struct Read {
    width: u32,
    height: u32,
    density: Option<u32>,
    rgb: Vec<u8>,
}

impl Read {
    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * self.width + x) * 3) as usize;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }
}

fn as_png(scene: &Scene, size: Size) -> Result<Read, ExportError> {
    let mut bytes = Vec::new();
    png(
        scene,
        size,
        &mut Typesetter::bundled(),
        &mut bytes,
        &mut |_, _| (),
    )?;
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut rgb).unwrap();
    Ok(Read {
        width: frame.width,
        height: frame.height,
        density: reader.info().pixel_dims.map(|dims| dims.xppu),
        rgb,
    })
}

#[test]
fn png_shows_what_is_there() {
    let picture = as_png(&scene("Name", "MMMM"), Size::Scale(2.0)).unwrap();
    assert_eq!((picture.width, picture.height), (200, 160));
    assert_eq!(picture.density, Some(7559));
    assert_eq!(picture.at(199, 159), [0xfb, 0xf8, 0xf2]);
    assert_eq!(picture.at(12, 14), [0xff, 0, 0]);
    assert_eq!(picture.at(140, 140), [0xfb, 0xf8, 0xf2], "zoomed-out item");
    let dark = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
        let pixels = x.flat_map(|x| y.clone().map(move |y| (x, y)));
        pixels.filter(|(x, y)| picture.at(*x, *y)[0] < 0x60).count()
    };
    // Letters from (12, 33) up by their height; the phone at (62, 18).
    assert!(dark(24..110, 46..66) > 200, "{}", dark(24..110, 46..66));
    assert!(dark(124..156, 36..68) > 50, "{}", dark(124..156, 36..68));
}

#[test]
fn bands_and_tiles_leave_no_seam() {
    let mut scene = scene("Name", "Seams");
    let body = Arc::make_mut(&mut scene.groups[0].body);
    body.items.push(item(
        0,
        Shape::Rect {
            rect: Rect::new(1.0, 1.0, 96.0, 70.0),
            radius: 5.0,
            fill: Some(RED),
            stroke: None,
        },
    ));
    let picture = as_png(&scene, Size::Width(5000.0)).unwrap();
    assert_eq!((picture.width, picture.height), (5000, 4000));
    assert_eq!(picture.density, None);
    for at in 500..3500 {
        assert_eq!(picture.at(4096, at), RED_RGB, "{at}");
        assert_eq!(picture.at(at, at), RED_RGB, "{at}");
    }
}

const RED_RGB: [u8; 3] = [0xff, 0, 0];

#[test]
fn absurd_sizes_are_refused() {
    let scene = scene("Name", "text");
    let Err(error) = as_png(&scene, Size::Width(40_000.0)) else {
        panic!("drawn");
    };
    let ExportError::TooLarge {
        width,
        height,
        fits,
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!((width, height, fits), (40_000, 32_000, 30_000));
    assert!(error.to_string().contains("at most 30000 pixels wide"));
    for size in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            as_png(&scene, Size::Scale(size)),
            Err(ExportError::NoSize)
        ));
    }
    assert!(as_png(&scene, Size::Width(1.0)).is_ok());
}

#[test]
fn a_sink_that_refuses_is_told() {
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
    let svg = super::svg(&scene, &SvgOptions::default(), &mut setter, &mut Full);
    let png = png(
        &scene,
        Size::default(),
        &mut setter,
        &mut Full,
        &mut |_, _| (),
    );
    assert!(matches!(svg, Err(ExportError::Write(_))));
    assert!(matches!(png, Err(ExportError::Write(_))), "{png:?}");
}

thread_local! {
    static SETTER: RefCell<Typesetter> = RefCell::new(Typesetter::bundled());
}

proptest! {
    #[test]
    fn any_words_make_sound_xml(name in any::<String>(), text in any::<String>(), outlines: bool) {
        let scene = scene(&name, &text);
        let options = SvgOptions { outlines, ..SvgOptions::default() };
        let svg = SETTER.with_borrow_mut(|setter| svg_text(&scene, &options, setter).unwrap());
        assert_eq!(well_formed(&svg), Ok(()));
    }

    #[test]
    fn odd_shapes_are_drawn_or_left_out(numbers: [f32; 6], radius: f32, width: f32) {
        let [a, b, c, d, e, f] = numbers;
        let stroke = Some(Stroke { width, color: INK, dash: Dash::Dashed });
        let mut scene = scene("Name", "text");
        let body = Arc::make_mut(&mut scene.groups[0].body);
        body.items.push(item(0, Shape::Rect { rect: Rect::new(a, b, c, d), radius, fill: Some(RED), stroke }));
        let path = Path::start(pt(a, b)).cubic(pt(c, d), pt(e, f), pt(a, d)).close();
        body.items.push(item(0, Shape::Path { path: Arc::new(path), fill: Some(RED), stroke }));
        let mut words = line("odd", Face::Italic, width);
        words.at = pt(e, f);
        body.items.push(item(0, Shape::Text(words)));
        body.items.push(item(0, Shape::Icon { icon: Icon::Phone, rect: Rect::new(c, d, e, f), color: RED }));
        SETTER.with_borrow_mut(|setter| {
            assert_eq!(well_formed(&svg_text(&scene, &SvgOptions::default(), setter).unwrap()), Ok(()));
            png(&scene, Size::Scale(1.0), setter, &mut std::io::sink(), &mut |_, _| ()).unwrap();
        });
    }
}

/// A scene with one picture in two colours, left and right, round or not.
fn with_picture(round: bool, bytes: Option<Arc<[u8]>>) -> Scene {
    let row = [[0, 0, 255, 255].repeat(20), [255, 0, 0, 255].repeat(20)].concat();
    let pixels = crate::image::Pixels {
        width: 40,
        height: 20,
        rgba: row.repeat(20),
    };
    let bytes = bytes.unwrap_or_else(|| crate::image::import_pixels(pixels).unwrap());
    let head = crate::scene::Head {
        media: crate::scene::Media::Png,
        width: 40,
        height: 20,
    };
    let mut scene = scene("", "x");
    Arc::make_mut(&mut scene.groups[0].body).items = vec![item(
        0,
        Shape::Image {
            bytes,
            head,
            rect: Rect::new(10.0, 10.0, 40.0, if round { 40.0 } else { 20.0 }),
            round,
        },
    )];
    scene
}

#[test]
fn png_draws_pictures_whole_or_as_discs() {
    let origin = scene("", "x").groups[0].origin;
    let at =
        |picture: &Read, x: f64, y: f64| picture.at((origin.x + x) as u32, (origin.y + y) as u32);
    let whole = as_png(&with_picture(false, None), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&whole, 15.0, 20.0), [0, 0, 255]);
    assert_eq!(at(&whole, 45.0, 20.0), [255, 0, 0]);
    let round = as_png(&with_picture(true, None), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&round, 15.0, 30.0), [0, 0, 255]);
    assert_eq!(at(&round, 45.0, 30.0), [255, 0, 0]);
    assert_eq!(
        at(&round, 11.0, 11.0),
        [0xfb, 0xf8, 0xf2],
        "outside the disc"
    );
    let broken = Some(b"no picture".as_slice().into());
    let broken = as_png(&with_picture(false, broken), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&broken, 15.0, 20.0), [0xfb, 0xf8, 0xf2]);
}

#[test]
fn svg_carries_the_bytes_of_pictures_and_nothing_active() {
    let svg = |scene: &Scene| {
        svg_text(scene, &SvgOptions::default(), &mut Typesetter::bundled()).unwrap()
    };
    let text = svg(&with_picture(true, None));
    assert!(
        text.contains("<image x=\"10\" y=\"10\" width=\"40\" height=\"40\""),
        "{text}"
    );
    assert!(text.contains(" clip-path=\"url(#d1)\" href=\"data:image/png;base64,iVBORw0KGgo"));
    let hostile: Arc<[u8]> = b"\"/><script>alert(1)</script>".as_slice().into();
    let text = svg(&with_picture(false, Some(hostile)));
    assert!(!text.contains("script"), "{text}");
    assert_eq!(text.matches("href=\"data:image/png;base64,").count(), 1);
}
