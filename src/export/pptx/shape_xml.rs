//! Shapes and groups as PresentationML.
//!
//! Must not know: scenes.

use super::connector::site_at;
use super::node::{
    Arrow, Connector, Frame, Geometry, Group, Label, Line, NativeShape, Node, Picture,
};
use super::scheme::ColorScheme;
use crate::export::xml_writer::XmlWriter;
use crate::scene::{Dash, ObjectId};
use rustc_hash::FxHashMap;
use std::io;

/// Largest coordinate that is written; PowerPoint reads 32 bits.
const FARTHEST: f64 = 2e9;

/// Writes the shapes of one slide, each with an identifier of its own.
pub(super) struct ShapeWriter<'a, 'b> {
    pub(super) xml: &'a mut XmlWriter<'b>,
    pub(super) scheme: &'a ColorScheme,
    /// Share of the type sizes of the map.
    pub(super) type_share: f64,
    /// Identifier of the next shape.
    next: u64,
    /// The shapes to which connectors are glued.
    pub(super) targets: FxHashMap<ObjectId, Target>,
}

/// Distance within which a connector touches a shape, as a share of the width of the shape.
const TOUCHING: f64 = 0.15;

/// A shape to which connectors are glued.
pub(super) struct Target {
    id: u64,
    frame: Frame,
    /// The connection sites: middles of the top, left, bottom and right side, and where connectors
    /// begin and end.
    pub(super) sites: Vec<(f64, f64)>,
}

impl<'a, 'b> ShapeWriter<'a, 'b> {
    /// A writer whose first shape has this identifier, with texts at a share of their size.
    pub(super) fn new(
        xml: &'a mut XmlWriter<'b>,
        scheme: &'a ColorScheme,
        type_share: f64,
        first: u64,
    ) -> Self {
        ShapeWriter {
            xml,
            scheme,
            type_share,
            next: first,
            targets: FxHashMap::default(),
        }
    }

    /// Writes all shapes of a slide.
    pub(super) fn nodes(&mut self, nodes: &[Node]) -> io::Result<()> {
        let mut next = self.next;
        find_targets(nodes, &mut next, &mut self.targets);
        add_sites(nodes, &mut self.targets);
        for node in nodes {
            self.node(node)?;
        }
        Ok(())
    }

    fn node(&mut self, node: &Node) -> io::Result<()> {
        match node {
            Node::Shape(shape) => self.shape(shape),
            Node::Group(group) => self.group(group)?,
        }
        self.xml.flush_if_full()
    }

    fn group(&mut self, group: &Group) -> io::Result<()> {
        let frame = group.frame();
        self.xml.raw("<p:grpSp><p:nvGrpSpPr>");
        self.label(&group.label);
        self.xml
            .raw("<p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>");
        for names in [["off", "ext"], ["chOff", "chExt"]] {
            self.offset(&frame, names);
        }
        self.xml.raw("</a:xfrm></p:grpSpPr>");
        for child in &group.children {
            self.node(child)?;
        }
        self.xml.raw("</p:grpSp>");
        Ok(())
    }

    /// Writes the properties that all kinds of shapes have, with the next identifier.
    fn label(&mut self, label: &Label) {
        let id = self.next;
        self.next += 1;
        self.xml.raw("<p:cNvPr id=\"").int(id).raw("\" name=\"");
        match label.name.trim() {
            "" => self.xml.raw("Shape ").int(id),
            name => self.xml.text(&one_line(name)),
        };
        if !label.description.is_empty() {
            self.xml.raw("\" descr=\"").text(&label.description);
        }
        if label.is_decorative {
            self.xml.raw(concat!(
                "\"><a:extLst><a:ext uri=\"{C183D7F6-B498-43B3-948B-1728B52AA6E4}\">",
                "<adec:decorative xmlns:adec=",
                "\"http://schemas.microsoft.com/office/drawing/2017/decorative\" val=\"1\"/>",
                "</a:ext></a:extLst></p:cNvPr>"
            ));
        } else {
            self.xml.raw("\"/>");
        }
    }

    fn shape(&mut self, shape: &NativeShape) {
        let (element, kind) = match &shape.geometry {
            Geometry::Connector(_) => ("cxnSp", "CxnSp"),
            Geometry::Picture(_) => ("pic", "Pic"),
            _ => ("sp", "Sp"),
        };
        self.xml
            .raw("<p:")
            .raw(element)
            .raw("><p:nv")
            .raw(kind)
            .raw("Pr>");
        self.label(&shape.label);
        match &shape.geometry {
            Geometry::Connector(connector) => self.ends(connector),
            Geometry::Picture(_) => {
                self.xml
                    .raw("<p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr>");
            }
            _ if shape.fill.is_none() && shape.line.is_none() => {
                self.xml.raw("<p:cNvSpPr txBox=\"1\"/>");
            }
            _ => {
                self.xml.raw("<p:cNvSpPr/>");
            }
        }
        self.xml.raw("<p:nvPr/></p:nv").raw(kind).raw("Pr>");
        if let Geometry::Picture(picture) = &shape.geometry {
            self.picture(picture);
        }
        self.xml.raw("<p:spPr>");
        self.geometry(shape);
        if !matches!(
            shape.geometry,
            Geometry::Picture(_) | Geometry::Connector(_)
        ) {
            match shape.fill {
                Some(color) => self.scheme.fill(self.xml, color),
                None => {
                    self.xml.raw("<a:noFill/>");
                }
            }
        }
        match &shape.line {
            Some(line) => self.line(line),
            None => {
                self.xml.raw("<a:ln><a:noFill/></a:ln>");
            }
        }
        self.xml.raw("</p:spPr>");
        if let Some(text) = &shape.text {
            self.text(text);
        }
        self.xml.raw("</p:").raw(element).raw(">");
    }

    fn ends(&mut self, connector: &Connector) {
        self.xml.raw("<p:cNvCxnSpPr>");
        let ends = connector.ends.iter().flatten().zip(["stCxn", "endCxn"]);
        for ((object, point), element) in ends {
            let target = self.targets.get(object);
            if let Some((target, site)) = target.and_then(|it| Some((it, it.site(*point)?))) {
                let at = target.sites.iter().position(|known| *known == site);
                self.xml
                    .raw("<a:")
                    .raw(element)
                    .raw(" id=\"")
                    .int(target.id);
                self.xml
                    .raw("\" idx=\"")
                    .int(at.unwrap_or(0) as u64)
                    .raw("\"/>");
            }
        }
        self.xml.raw("</p:cNvCxnSpPr>");
    }

    fn picture(&mut self, picture: &Picture) {
        let id = picture.image as u64;
        self.xml
            .raw("<p:blipFill><a:blip r:embed=\"rId")
            .int(id)
            .raw("\">");
        if picture.opacity < 1.0 {
            let share = f64::from(picture.opacity) * 100_000.0;
            self.xml
                .raw("<a:alphaModFix amt=\"")
                .signed(whole(share))
                .raw("\"/>");
        }
        if let Some(svg) = picture.svg {
            self.xml.raw(concat!(
                "<a:extLst><a:ext uri=\"{96DAC541-7B7A-43D3-8B79-37D633B846F1}\">",
                "<asvg:svgBlip xmlns:asvg=",
                "\"http://schemas.microsoft.com/office/drawing/2016/SVG/main\" r:embed=\"rId"
            ));
            self.xml.int(svg as u64).raw("\"/></a:ext></a:extLst>");
        }
        self.xml.raw("</a:blip>");
        let (x, y) = picture.crop;
        if x > 0.0 || y > 0.0 {
            let share = |share: f64| whole(share * 100_000.0);
            for (at, share) in [share(x), share(y), share(x), share(y)]
                .into_iter()
                .enumerate()
            {
                let start = ["<a:srcRect l=\"", "\" t=\"", "\" r=\"", "\" b=\""];
                self.xml.raw(start[at]).signed(share);
            }
            self.xml.raw("\"/>");
        }
        self.xml
            .raw("<a:stretch><a:fillRect/></a:stretch></p:blipFill>");
    }

    pub(super) fn offset(&mut self, frame: &Frame, [position, size]: [&str; 2]) {
        self.xml
            .raw("<a:")
            .raw(position)
            .raw(" x=\"")
            .signed(whole(frame.x));
        self.xml.raw("\" y=\"").signed(whole(frame.y)).raw("\"/>");
        self.xml
            .raw("<a:")
            .raw(size)
            .raw(" cx=\"")
            .signed(whole(frame.width).max(0));
        self.xml
            .raw("\" cy=\"")
            .signed(whole(frame.height).max(0))
            .raw("\"/>");
    }

    fn line(&mut self, line: &Line) {
        let width = whole(line.width).clamp(0, 20_116_800);
        self.xml.raw("<a:ln w=\"").signed(width);
        self.xml.raw(if line.dash == Dash::Dashed {
            "\">"
        } else {
            "\" cap=\"rnd\">"
        });
        self.scheme.fill(self.xml, line.color);
        self.xml.raw(match line.dash {
            Dash::Solid => "",
            Dash::Dashed => "<a:prstDash val=\"dash\"/>",
            Dash::Dotted => "<a:prstDash val=\"sysDot\"/>",
        });
        self.xml.raw("<a:round/>");
        match line.arrow {
            Some(Arrow::Filled) => self.xml.raw("<a:tailEnd type=\"triangle\"/>"),
            Some(Arrow::Hollow) => self.xml.raw("<a:tailEnd type=\"arrow\"/>"),
            None => self.xml,
        };
        self.xml.raw("</a:ln>");
    }
}

/// Identifiers and frames of the shapes to which connectors can be glued, in the order in which
/// they are written.
fn find_targets(nodes: &[Node], next: &mut u64, targets: &mut FxHashMap<ObjectId, Target>) {
    for node in nodes {
        match node {
            Node::Shape(shape) => {
                let is_card = matches!(shape.geometry, Geometry::Rounded(_));
                if let Some(object) = shape.glue.as_ref().filter(|_| is_card) {
                    targets.insert(object.clone(), Target::new(*next, shape.frame));
                }
                *next += 1;
            }
            Node::Group(group) => {
                *next += 1;
                find_targets(&group.children, next, targets);
            }
        }
    }
}

/// Adds the ends of connectors to the connection sites of the shapes that they touch.
fn add_sites(nodes: &[Node], targets: &mut FxHashMap<ObjectId, Target>) {
    for node in nodes {
        let shape = match node {
            Node::Shape(shape) => shape,
            Node::Group(group) => {
                add_sites(&group.children, targets);
                continue;
            }
        };
        let Geometry::Connector(connector) = &shape.geometry else {
            continue;
        };
        for (object, point) in connector.ends.iter().flatten() {
            if let Some(target) = targets.get_mut(object)
                && let Some(site) = target.site(*point)
                && !target.sites.contains(&site)
            {
                target.sites.push(site);
            }
        }
    }
}

impl Target {
    fn new(id: u64, frame: Frame) -> Target {
        let middle = (frame.x + frame.width / 2.0, frame.y + frame.height / 2.0);
        let sites = vec![
            (middle.0, frame.y),
            (frame.x, middle.1),
            (middle.0, frame.bottom()),
            (frame.right(), middle.1),
        ];
        Target { id, frame, sites }
    }

    /// The point of the frame that is nearest to an end of a connector; `None` if the end is not at
    /// the frame, because the route goes on in another row.
    fn site(&self, point: (f64, f64)) -> Option<(f64, f64)> {
        let site = site_at(&self.frame, point);
        let distance = (site.0 - point.0).hypot(site.1 - point.1);
        (distance <= self.frame.width * TOUCHING).then_some(site)
    }
}

/// A length as a whole number; 0 if it is not finite.
pub(super) fn whole(value: f64) -> i64 {
    if value.is_finite() {
        value.clamp(-FARTHEST, FARTHEST).round() as i64
    } else {
        0
    }
}

/// A name without line breaks, which attributes cannot have.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
