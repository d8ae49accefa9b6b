//! Texts of shapes as DrawingML.
//!
//! Must not know: scenes.

use super::node::{Align, EMU_PER_POINT, Paragraph, Piece, TextBody};
use super::shape_xml::{ShapeWriter, whole};
use crate::text::Face;

/// Leading of the bundled faces at 100 %, as a share of the type size.
const NATURAL_LEADING: f64 = 1.2;

impl ShapeWriter<'_, '_> {
    pub(super) fn text(&mut self, text: &TextBody) {
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
        // Exact distances where typefaces have other heights.
        let leading = paragraph.leading;
        let size = paragraph
            .pieces
            .iter()
            .map(|piece| piece.size)
            .fold(0.0, f64::max);
        if paragraph.is_latin && self.type_share >= 1.0 && size > 0.0 {
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
        let size = points(piece.size * self.type_share).clamp(100, 400_000);
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

/// A length in hundredths of a point, as large as the format allows.
fn points(length: f64) -> i64 {
    whole(length / EMU_PER_POINT * 100.0).clamp(0, 158_400)
}
