//! Shapes and groups as PresentationML.
//!
//! Must not know: scenes.

use super::connector::{side, site_at};
use super::node::{
    Align, Arrow, Connector, EMU_PER_POINT, Frame, Geometry, Group, Label, Line, NativeShape, Node,
    Paragraph, Picture, Piece, TextBody,
};
use super::scheme::ColorScheme;
use crate::export::xml_writer::XmlWriter;
use crate::geom::{Path, Point, Segment, pt};
use crate::scene::{Dash, ObjectId};
use crate::text::Face;
use rustc_hash::FxHashMap;
use std::io;

/// Leading of the bundled faces at 100 %, as a share of the type size.
const NATURAL_LEADING: f64 = 1.2;

/// Largest coordinate that is written; PowerPoint reads 32 bits.
const FARTHEST: f64 = 2e9;

/// Writes the shapes of one slide, each with an identifier of its own.
pub(super) struct ShapeWriter<'a, 'b> {
    pub(super) xml: &'a mut XmlWriter<'b>,
    scheme: &'a ColorScheme,
    /// Identifier of the next shape.
    next: u64,
    /// The shapes to which connectors are glued.
    targets: FxHashMap<ObjectId, Target>,
}

/// A shape to which connectors are glued.
struct Target {
    id: u64,
    frame: Frame,
    /// The connection sites: middles of the top, left, bottom and right side, and where connectors
    /// begin and end.
    sites: Vec<(f64, f64)>,
}

impl<'a, 'b> ShapeWriter<'a, 'b> {
    /// A writer whose first shape has this identifier.
    pub(super) fn new(xml: &'a mut XmlWriter<'b>, scheme: &'a ColorScheme, first: u64) -> Self {
        ShapeWriter {
            xml,
            scheme,
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
            if let Some(target) = self.targets.get(object) {
                let at = target
                    .sites
                    .iter()
                    .position(|site| *site == site_at(&target.frame, *point));
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

    fn offset(&mut self, frame: &Frame, [position, size]: [&str; 2]) {
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

    fn geometry(&mut self, shape: &NativeShape) {
        let (geometry, frame) = (&shape.geometry, &shape.frame);
        self.xml.raw("<a:xfrm");
        if let Geometry::Connector(connector) = geometry {
            let flags = [
                (connector.is_turned, " rot=\"5400000\""),
                (connector.flip_x, " flipH=\"1\""),
                (connector.flip_y, " flipV=\"1\""),
            ];
            for (_, attribute) in flags.into_iter().filter(|(holds, _)| *holds) {
                self.xml.raw(attribute);
            }
        }
        self.xml.raw(">");
        self.offset(frame, ["off", "ext"]);
        self.xml.raw("</a:xfrm>");
        match geometry {
            Geometry::Rectangle => self.preset("rect", &[]),
            Geometry::Ellipse => self.preset("ellipse", &[]),
            Geometry::Rounded(radius) if self.has_own_sites(shape) => self.card(*radius, shape),
            Geometry::Rounded(radius) => {
                let share = radius / frame.width.min(frame.height).max(1.0);
                self.preset("roundRect", &[("adj", (share * 100_000.0).min(50_000.0))]);
            }
            Geometry::Picture(picture) => {
                self.preset(if picture.is_round { "ellipse" } else { "rect" }, &[]);
            }
            Geometry::Connector(connector) => {
                let names = ["adj1", "adj2", "adj3"];
                let bends: Vec<_> = names
                    .into_iter()
                    .zip(connector.bends.iter().copied())
                    .collect();
                self.preset(connector.preset, &bends);
            }
            Geometry::Free(path) => self.free(path, frame),
        }
    }

    /// Whether connectors meet the shape elsewhere than in the middle of its sides.
    fn has_own_sites(&self, shape: &NativeShape) -> bool {
        let target = shape
            .glue
            .as_ref()
            .and_then(|object| self.targets.get(object));
        target.is_some_and(|target| target.sites.len() > 4)
    }

    /// A rectangle with round corners that has connection sites where routes meet it.
    fn card(&mut self, radius: f64, shape: &NativeShape) {
        let Frame {
            x,
            y,
            width,
            height,
        } = shape.frame;
        let target = shape
            .glue
            .as_ref()
            .and_then(|object| self.targets.get(object));
        let sites = target.map_or(&[][..], |target| &target.sites);
        let xml = &mut *self.xml;
        xml.raw("<a:custGeom><a:avLst/><a:gdLst>");
        let share = |at: f64, of: f64| whole(at / of.max(1.0) * 100_000.0);
        for (at, site) in (0..).zip(sites) {
            xml.raw("<a:gd name=\"x").int(at).raw("\" fmla=\"*/ w ");
            xml.signed(share(site.0 - x, width))
                .raw(" 100000\"/><a:gd name=\"y")
                .int(at);
            xml.raw("\" fmla=\"*/ h ")
                .signed(share(site.1 - y, height))
                .raw(" 100000\"/>");
        }
        xml.raw("</a:gdLst><a:ahLst/><a:cxnLst>");
        for (at, site) in (0..).zip(sites) {
            let angle = [16_200_000, 10_800_000, 5_400_000, 0][side(&shape.frame, *site)];
            xml.raw("<a:cxn ang=\"")
                .signed(angle)
                .raw("\"><a:pos x=\"x")
                .int(at);
            xml.raw("\" y=\"y").int(at).raw("\"/></a:cxn>");
        }
        xml.raw("</a:cxnLst>");
        let corner = |x: f64, y: f64| pt(x as f32, y as f32);
        let corners = [(0.0, height), (0.0, 0.0), (width, 0.0), (width, height)];
        let corners = corners.map(|(x, y)| corner(x, y));
        let [a, _, _, d] = corners;
        let middle = corner(width / 2.0, height);
        let around = [&[middle][..], &[a], &corners[1..3], &[d], &[middle]].concat();
        self.path(&Path::rounded(&around, radius as f32).close(), &shape.frame);
    }

    fn preset(&mut self, name: &str, adjustments: &[(&str, f64)]) {
        self.xml
            .raw("<a:prstGeom prst=\"")
            .raw(name)
            .raw("\"><a:avLst>");
        for (name, value) in adjustments {
            self.xml
                .raw("<a:gd name=\"")
                .raw(name)
                .raw("\" fmla=\"val ");
            self.xml.signed(whole(*value)).raw("\"/>");
        }
        self.xml.raw("</a:avLst></a:prstGeom>");
    }

    fn free(&mut self, path: &Path, frame: &Frame) {
        self.xml
            .raw("<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/>");
        self.path(path, frame);
    }

    /// Ends a geometry of its own with its path.
    fn path(&mut self, path: &Path, frame: &Frame) {
        self.xml
            .raw("<a:rect l=\"0\" t=\"0\" r=\"r\" b=\"b\"/><a:pathLst><a:path w=\"");
        self.xml
            .signed(whole(frame.width))
            .raw("\" h=\"")
            .signed(whole(frame.height));
        self.xml.raw("\">");
        for segment in &path.0 {
            match segment {
                Segment::Move(p) => self.points("moveTo", &[*p]),
                Segment::Line(p) => self.points("lnTo", &[*p]),
                Segment::Cubic(a, b, p) => self.points("cubicBezTo", &[*a, *b, *p]),
                Segment::Close => {
                    self.xml.raw("<a:close/>");
                }
            }
        }
        self.xml.raw("</a:path></a:pathLst></a:custGeom>");
    }

    fn points(&mut self, element: &str, points: &[Point]) {
        self.xml.raw("<a:").raw(element).raw(">");
        for point in points {
            self.xml.raw("<a:pt x=\"").signed(whole(point.x.into()));
            self.xml
                .raw("\" y=\"")
                .signed(whole(point.y.into()))
                .raw("\"/>");
        }
        self.xml.raw("</a:").raw(element).raw(">");
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

    fn text(&mut self, text: &TextBody) {
        self.xml.raw("<p:txBody><a:bodyPr wrap=\"");
        self.xml.raw(if text.wraps { "square" } else { "none" });
        for (name, inset) in ["lIns", "tIns", "rIns"].into_iter().zip(text.insets) {
            self.xml
                .raw("\" ")
                .raw(name)
                .raw("=\"")
                .signed(whole(inset));
        }
        self.xml.raw("\" bIns=\"0\" anchor=\"t\" anchorCtr=\"0\">");
        self.xml.raw(if text.shrinks {
            "<a:normAutofit/>"
        } else {
            "<a:spAutoFit/>"
        });
        self.xml.raw("</a:bodyPr><a:lstStyle/>");
        for paragraph in &text.paragraphs {
            self.paragraph(paragraph);
        }
        if text.paragraphs.is_empty() {
            self.xml.raw("<a:p/>");
        }
        self.xml.raw("</p:txBody>");
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        self.xml.raw("<a:p><a:pPr");
        // Impress takes a paragraph without them for one like that above, and forgets tabs where the
        // first line is indented.
        let mut indents = vec![("marL", paragraph.indent), ("marR", paragraph.right_indent)];
        if paragraph.tabs.is_empty() {
            indents.push(("indent", paragraph.first_indent));
        }
        for (name, value) in indents {
            let value = whole(value).clamp(-51_206_400, 51_206_400);
            self.xml
                .raw(" ")
                .raw(name)
                .raw("=\"")
                .signed(value)
                .raw("\"");
        }
        self.xml.raw(match paragraph.align {
            Align::Left => ">",
            Align::Center => " algn=\"ctr\">",
            Align::RightToLeft => " algn=\"r\" rtl=\"1\">",
        });
        // Exact distances for scripts whose typefaces have other heights.
        let leading = paragraph.leading;
        let size = paragraph
            .pieces
            .iter()
            .map(|piece| piece.size)
            .fold(0.0, f64::max);
        if paragraph.is_latin && size > 0.0 {
            let share = leading / size / NATURAL_LEADING * 100_000.0;
            self.xml
                .raw("<a:lnSpc><a:spcPct val=\"")
                .signed(whole(share));
        } else {
            self.xml
                .raw("<a:lnSpc><a:spcPts val=\"")
                .signed(points(leading));
        }
        self.xml.raw("\"/></a:lnSpc><a:spcBef><a:spcPts val=\"");
        self.xml
            .signed(points(paragraph.before))
            .raw("\"/></a:spcBef>");
        if !paragraph.tabs.is_empty() {
            self.xml.raw("<a:tabLst>");
            for (at, is_right) in &paragraph.tabs {
                self.xml
                    .raw("<a:tab pos=\"")
                    .signed(whole(*at))
                    .raw("\" algn=\"");
                self.xml.raw(if *is_right { "r" } else { "l" }).raw("\"/>");
            }
            self.xml.raw("</a:tabLst>");
        }
        self.xml.raw("</a:pPr>");
        for piece in &paragraph.pieces {
            for (at, line) in piece.text.split('\n').enumerate() {
                if at > 0 {
                    self.xml.raw("<a:br>");
                    self.run_properties(piece);
                    self.xml.raw("</a:br>");
                }
                self.xml.raw("<a:r>");
                self.run_properties(piece);
                self.xml.raw("<a:t>").text(line).raw("</a:t></a:r>");
            }
        }
        self.xml.raw("</a:p>");
    }

    fn run_properties(&mut self, piece: &Piece) {
        let size = points(piece.size).clamp(100, 400_000);
        self.xml.raw("<a:rPr sz=\"").signed(size);
        self.xml.raw(match piece.face {
            Face::Regular => "\">",
            Face::Italic => "\" i=\"1\">",
            Face::Bold => "\" b=\"1\">",
        });
        self.scheme.fill(self.xml, piece.color);
        self.xml.raw("</a:rPr>");
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
            if let Some(target) = targets.get_mut(object) {
                let site = site_at(&target.frame, *point);
                if !target.sites.contains(&site) {
                    target.sites.push(site);
                }
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
}

/// A length as a whole number; 0 if it is not finite.
fn whole(value: f64) -> i64 {
    if value.is_finite() {
        value.clamp(-FARTHEST, FARTHEST).round() as i64
    } else {
        0
    }
}

/// A length in hundredths of a point, as large as the format allows.
fn points(length: f64) -> i64 {
    whole(length / EMU_PER_POINT * 100.0).clamp(0, 158_400)
}

/// A name without line breaks, which attributes cannot have.
fn one_line(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}
