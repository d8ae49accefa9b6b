//! Outlines of shapes as DrawingML.
//!
//! Must not know: scenes.

use super::connector::side;
use super::node::{Frame, Geometry, NativeShape};
use super::shape_xml::{ShapeWriter, whole};
use crate::geom::{Path, Point, Segment, pt};

impl ShapeWriter<'_, '_> {
    pub(super) fn geometry(&mut self, shape: &NativeShape) {
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
}
