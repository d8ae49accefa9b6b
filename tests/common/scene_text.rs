//! A scene as text, the same on every machine, for readable comparisons.

use std::fmt::Write as _;
use touchline::geom::{Path, Point, Rect, Segment};
use touchline::layout::ownership::Owner;
use touchline::model::{Id, ObjectRef};
use touchline::scene::{
    Dash, Highlight, Marks, ObjectId, Pin, Scene, SceneItem, SceneObject, Shape, Stroke, TextLine,
    ZoomRange,
};
use touchline::theme::{Color, ColorRole, RoleColors};

/// The scene as text: a block for each group, a line for each item, a line for an object where
/// it changes. Coordinates are rounded to a tenth of a map unit; all but a group's own are
/// relative to the group.
pub fn scene_text(scene: &Scene) -> String {
    let mut out = String::new();
    line(
        &mut out,
        0,
        &format!(
            "scene {} x {} on {}",
            num(scene.width),
            num(scene.height),
            hex(scene.colors.paper())
        ),
    );
    line(&mut out, 0, &format!("title {:?}", scene.title));
    line(&mut out, 0, &format!("description {:?}", scene.description));
    line(&mut out, 0, &format!("lit {}", highlight(&scene.highlight)));
    for group in scene.groups.iter().filter(|g| !g.content.items.is_empty()) {
        let pin = match group.pin {
            Pin::None => String::new(),
            Pin::Top => " pinned to the top".to_owned(),
            Pin::Left => " pinned to the left".to_owned(),
            Pin::Corner => " pinned to the corner".to_owned(),
            Pin::Along { most, is_on_top } => {
                let top = if is_on_top { " pinned to the top," } else { "" };
                format!("{top} up to {most} along its stage")
            }
        };
        out.push('\n');
        let (x, y) = (num(group.origin.x), num(group.origin.y));
        line(
            &mut out,
            0,
            &format!(
                "group at {x} {y}{pin}, bounds {}",
                rect(&group.content.bounds)
            ),
        );
        let mut last = None;
        for item in &group.content.items {
            if last != Some(item.object) {
                last = Some(item.object);
                match group.content.objects.get(item.object as usize) {
                    Some(subject) => subject_line(&mut out, subject),
                    None => line(&mut out, 1, "subject missing"),
                }
            }
            line(&mut out, 2, &item_text(item, &scene.colors));
        }
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    // Writing to a string does not fail.
    let _ = writeln!(out, "{:1$}{text}", "", depth * 2);
}

fn subject_line(out: &mut String, subject: &SceneObject) {
    let mut text = format!("{} {:?}", object_id(&subject.id), subject.title);
    if !subject.description.is_empty() {
        let _ = write!(text, " ({:?})", subject.description);
    }
    if !subject.marks.is_empty() {
        let _ = write!(text, " marks {}", marks(subject.marks));
    }
    if subject.area.min.x <= subject.area.max.x {
        let _ = write!(text, " area {}", rect(&subject.area));
    }
    line(out, 1, &text);
}

fn object_id(tag: &ObjectId) -> String {
    let object = match tag {
        ObjectId::Chrome => return "frame".to_owned(),
        ObjectId::Object(object) => object,
        ObjectId::OwnershipCell(cell) => {
            return match &**cell {
                (whose, Some(stage)) => format!("owned by {} in {stage}", owner(whose)),
                (whose, None) => format!("owned by {}", owner(whose)),
            };
        }
        ObjectId::FoldedStage(id) => return format!("folded stage {id}"),
        ObjectId::StageOwner(id) => return format!("owner of stage {id}"),
        ObjectId::Handoff(ends) => {
            return format!("handoff {} to {}", owner(&ends.0), owner(&ends.1));
        }
    };
    match object {
        ObjectRef::Map => "map".to_owned(),
        ObjectRef::Touchpoint(id) => format!("card {id}"),
        ObjectRef::Cell(id, lane) => format!("cell {lane} {id}"),
        ObjectRef::Feeling(id, Some(persona)) => format!("face {id} of {persona}"),
        ObjectRef::Feeling(id, None) => format!("face {id}"),
        ObjectRef::Path { from, to, .. } => format!("path {from} to {to}"),
        other => format!("{} {}", other.noun().to_lowercase(), other.key()),
    }
}

fn owner(holder: &Owner) -> &str {
    match holder {
        Owner::Nobody => "nobody",
        Owner::Unknown => "unknown",
        Owner::NotNeeded => "none needed",
        Owner::Department(id) => id.as_str(),
    }
}

fn marks(marks: Marks) -> String {
    let names = [
        (Marks::UNOWNED, "unowned"),
        (Marks::PAIN, "pain"),
        (Marks::CHROME, "frame"),
    ];
    let said: Vec<&str> = names
        .iter()
        .filter(|(mark, _)| marks.intersects(*mark))
        .map(|(_, name)| *name)
        .collect();
    if said.is_empty() {
        "nothing".to_owned()
    } else {
        said.join("+")
    }
}

fn highlight(lit: &Highlight) -> String {
    let mut text = marks(lit.marks);
    if let Some(chosen) = &lit.selection {
        let (touchpoints, stages) = (chosen.touchpoints.len(), chosen.stages.len());
        let _ = write!(text, " among {touchpoints} touchpoints, {stages} stages");
    }
    text
}

fn item_text(item: &SceneItem, colors: &RoleColors) -> String {
    let hex = |role| hex(colors.color(role));
    let mut text = match &item.shape {
        Shape::Rect {
            rect: r,
            radius,
            fill,
            stroke,
        } => {
            let radius = if *radius > 0.0 {
                format!(" radius {}", num(*radius))
            } else {
                String::new()
            };
            format!("rect {}{radius}{}", rect(r), paint(*fill, *stroke, hex))
        }
        Shape::Path { path, fill, stroke } => {
            format!(
                "path {}{}",
                path_data(&path.unpack()),
                paint(*fill, *stroke, hex)
            )
        }
        Shape::Text(TextLine {
            at,
            text,
            face,
            size,
            color,
            width,
            end: _,
            text_field: _,
        }) => format!(
            "text {} {face:?} {} {} width {} {text:?}",
            point(*at),
            num(*size),
            hex(*color),
            num(*width)
        ),
        Shape::Image {
            source,
            rect: r,
            round,
        } => format!(
            "image {} {} x {}, {} bytes {}{}",
            source.head.media.mime(),
            source.head.width,
            source.head.height,
            source.bytes.len(),
            rect(r),
            if *round { " round" } else { "" }
        ),
        Shape::Icon {
            icon,
            rect: r,
            color,
        } => format!("icon {icon:?} {} {}", rect(r), hex(*color)),
    };
    text.push_str(&zoom(item.zoom));
    text
}

fn zoom(range: ZoomRange) -> String {
    match range.bounds() {
        [None, None] => String::new(),
        [Some(from), None] => format!(" from zoom {from}"),
        [None, Some(to)] => format!(" below zoom {to}"),
        [Some(from), Some(to)] => format!(" from zoom {from} below {to}"),
    }
}

fn paint(
    fill: Option<ColorRole>,
    stroke: Option<Stroke>,
    hex: impl Fn(ColorRole) -> String,
) -> String {
    let mut text = String::new();
    if let Some(fill) = fill {
        let _ = write!(text, " fill {}", hex(fill));
    }
    if let Some(Stroke { width, color, dash }) = stroke {
        let dash = match dash {
            Dash::Solid => "",
            Dash::Dashed => " dashed",
            Dash::Dotted => " dotted",
        };
        let _ = write!(text, " stroke {} {}{dash}", num(width), hex(color));
    }
    text
}

fn path_data(path: &Path) -> String {
    let steps: Vec<String> = path
        .0
        .iter()
        .map(|segment| match segment {
            Segment::Move(p) => format!("M {}", point(*p)),
            Segment::Line(p) => format!("L {}", point(*p)),
            Segment::Cubic(a, b, p) => format!("C {} {} {}", point(*a), point(*b), point(*p)),
            Segment::Close => "Z".to_owned(),
        })
        .collect();
    steps.join(" ")
}

fn point(p: Point) -> String {
    format!("{} {}", num(p.x), num(p.y))
}

fn rect(r: &Rect) -> String {
    format!(
        "{} {} {} x {}",
        num(r.min.x),
        num(r.min.y),
        num(r.width()),
        num(r.height())
    )
}

fn hex(color: Color) -> String {
    let Color { r, g, b, a } = color;
    if a == 255 {
        format!("#{r:02x}{g:02x}{b:02x}")
    } else {
        format!("#{r:02x}{g:02x}{b:02x}{a:02x}")
    }
}

/// A number rounded to a tenth, without needless digits and without minus zero.
fn num(value: impl Into<f64>) -> String {
    let tenths = (value.into() * 10.0).round() / 10.0;
    format!("{}", tenths + 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Arc;
    use touchline::geom::{Origin, pt};
    use touchline::model::{ImageHeader, Media, TouchpointId};
    use touchline::scene::{Group, GroupContent, GroupKey, ImageSource};
    use touchline::text::Face;
    use touchline::theme::{Icon, LIGHT};

    #[test]
    fn numbers_are_short_and_have_no_minus_zero() {
        assert_eq!(num(-0.01), "0");
        assert_eq!(num(1.25_f32), "1.3");
        assert_eq!(num(-3.0), "-3");
    }

    #[test]
    fn every_part_of_a_scene_is_written() {
        let item = |shape| SceneItem {
            shape,
            object: 0,
            zoom: ZoomRange::ALL,
        };
        let red = ColorRole::department(0);
        let dotted = Stroke {
            width: 2.0,
            color: red.opacity(50),
            dash: Dash::Dotted,
        };
        let path = Path::start(pt(0.0, 0.0))
            .cubic(pt(1.0, 0.0), pt(1.0, 1.0), pt(2.0, 1.0))
            .close();
        let text = TextLine {
            at: pt(4.0, 12.0),
            text: "Pays".into(),
            face: Face::Bold,
            size: 14.0,
            color: red,
            width: 30.04,
            end: Default::default(),
            text_field: None,
        };
        let scene = Scene {
            rows: None,
            width: 100.0,
            height: 50.5,
            colors: RoleColors::new(&LIGHT, vec![Color::hex(0xFF0000)]),
            title: "T".to_owned(),
            description: String::new(),
            highlight: Marks::PAIN.into(),
            groups: vec![Group {
                key: GroupKey::Unnamed,
                origin: Origin { x: 10.0, y: 20.0 },
                pin: Pin::Top,
                content: Arc::new(GroupContent {
                    parts: Vec::new(),
                    numbers: Vec::new(),
                    bounds: Rect::new(0.0, 0.0, 40.0, 30.0),
                    items: vec![
                        item(Shape::Rect {
                            rect: Rect::new(0.0, 0.0, 40.0, 30.0),
                            radius: 8.0,
                            fill: Some(red),
                            stroke: None,
                        }),
                        item(Shape::Path {
                            path: path.into(),
                            fill: None,
                            stroke: Some(dotted),
                        }),
                        SceneItem {
                            shape: Shape::Text(text),
                            object: 0,
                            zoom: ZoomRange::from(0.5),
                        },
                        item(Shape::Image {
                            source: Box::new(ImageSource {
                                bytes: b"bytes".as_slice().into(),
                                head: ImageHeader {
                                    media: Media::Png,
                                    width: 640,
                                    height: 480,
                                },
                            }),
                            rect: Rect::new(1.0, 1.0, 16.0, 16.0),
                            round: true,
                        }),
                        item(Shape::Icon {
                            icon: Icon::Phone,
                            rect: Rect::new(1.0, 1.0, 16.0, 16.0),
                            color: red,
                        }),
                    ],
                    objects: vec![SceneObject {
                        id: ObjectId::Object(ObjectRef::Touchpoint(TouchpointId::from_text(
                            "pays",
                        ))),
                        title: "Pays".into(),
                        description: "In the shop".into(),
                        marks: Marks::PAIN.with(Marks::UNOWNED),
                        area: Rect::new(0.0, 0.0, 40.0, 30.0),
                    }],
                }),
            }],
        };
        let expected = "\
scene 100 x 50.5 on #fbf8f2
title \"T\"
description \"\"
lit pain

group at 10 20 pinned to the top, bounds 0 0 40 x 30
  card pays \"Pays\" (\"In the shop\") marks unowned+pain area 0 0 40 x 30
    rect 0 0 40 x 30 radius 8 fill #ff0000
    path M 0 0 C 1 0 1 1 2 1 Z stroke 2 #ff000080 dotted
    text 4 12 Bold 14 #ff0000 width 30 \"Pays\" from zoom 0.5
    image image/png 640 x 480, 5 bytes 1 1 16 x 16 round
    icon Phone 1 1 16 x 16 #ff0000
";
        assert_eq!(scene_text(&scene), expected);
    }
}
