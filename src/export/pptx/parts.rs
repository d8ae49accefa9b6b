//! The parts that every presentation has: theme, slide master and layout, master of notes,
//! properties.
//!
//! Must not know: slides.

use super::node::{EMU_PER_POINT, Frame};
use super::package::XML_HEAD;
use super::scheme::ColorScheme;
use crate::export::xml_writer::XmlWriter;

/// The namespaces of PresentationML parts, as attributes.
pub(super) const NAMESPACES: &str = concat!(
    " xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"",
    " xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"",
    " xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\""
);

/// Start of a tree of shapes.
pub(super) const TREE_START: &str = concat!(
    "<p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr>",
    "<p:grpSpPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"0\" cy=\"0\"/>",
    "<a:chOff x=\"0\" y=\"0\"/><a:chExt cx=\"0\" cy=\"0\"/></a:xfrm></p:grpSpPr>"
);

/// The names of the colours on slides in the master and its layouts.
const COLOR_MAP: &str = concat!(
    "<p:clrMap bg1=\"lt1\" tx1=\"dk1\" bg2=\"lt2\" tx2=\"dk2\" accent1=\"accent1\"",
    " accent2=\"accent2\" accent3=\"accent3\" accent4=\"accent4\" accent5=\"accent5\"",
    " accent6=\"accent6\" hlink=\"hlink\" folHlink=\"folHlink\"/>"
);

/// Typefaces of other scripts in a theme, as Office has them.
const SCRIPT_FONTS: [(&str, &str); 14] = [
    ("Jpan", "Yu Gothic"),
    ("Hang", "Malgun Gothic"),
    ("Hans", "Microsoft YaHei"),
    ("Hant", "Microsoft JhengHei"),
    ("Arab", "Arial"),
    ("Hebr", "Arial"),
    ("Thai", "Tahoma"),
    ("Deva", "Nirmala UI"),
    ("Beng", "Nirmala UI"),
    ("Gujr", "Nirmala UI"),
    ("Taml", "Nirmala UI"),
    ("Ethi", "Ebrima"),
    ("Armn", "Arial"),
    ("Geor", "Sylfaen"),
];

/// A part written with an [`XmlWriter`].
pub(super) fn xml(write: impl FnOnce(&mut XmlWriter<'_>)) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut xml = XmlWriter::new(&mut bytes);
    xml.raw(XML_HEAD);
    write(&mut xml);
    // Writing to memory never fails.
    let _ = xml.flush();
    drop(xml);
    bytes
}

/// The theme: colours, typefaces, and the plain styles of the standard.
pub(super) fn theme(scheme: &ColorScheme, font: &str) -> Vec<u8> {
    xml(|xml| {
        xml.raw("<a:theme xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\"");
        xml.raw(" name=\"Touchline\"><a:themeElements><a:clrScheme name=\"Touchline\">");
        scheme.write_slots(xml);
        xml.raw("</a:clrScheme><a:fontScheme name=\"Touchline\">");
        for element in ["majorFont", "minorFont"] {
            xml.raw("<a:")
                .raw(element)
                .raw("><a:latin typeface=\"")
                .text(font);
            xml.raw("\"/><a:ea typeface=\"\"/><a:cs typeface=\"\"/>");
            for (script, typeface) in SCRIPT_FONTS {
                xml.raw("<a:font script=\"")
                    .raw(script)
                    .raw("\" typeface=\"")
                    .raw(typeface);
                xml.raw("\"/>");
            }
            xml.raw("</a:").raw(element).raw(">");
        }
        xml.raw("</a:fontScheme><a:fmtScheme name=\"Touchline\"><a:fillStyleLst>");
        let fill = "<a:solidFill><a:schemeClr val=\"phClr\"/></a:solidFill>";
        xml.raw(&fill.repeat(3))
            .raw("</a:fillStyleLst><a:lnStyleLst>");
        for width in ["9525", "19050", "28575"] {
            xml.raw("<a:ln w=\"")
                .raw(width)
                .raw("\">")
                .raw(fill)
                .raw("</a:ln>");
        }
        xml.raw("</a:lnStyleLst><a:effectStyleLst>");
        xml.raw(&"<a:effectStyle><a:effectLst/></a:effectStyle>".repeat(3));
        xml.raw("</a:effectStyleLst><a:bgFillStyleLst>")
            .raw(&fill.repeat(3));
        xml.raw("</a:bgFillStyleLst></a:fmtScheme></a:themeElements></a:theme>");
    })
}

/// A title placeholder with its place on the slide.
fn title_placeholder(xml: &mut XmlWriter<'_>, [x, y, width, height]: [i64; 4]) {
    xml.raw("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/>");
    xml.raw(
        "<p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>",
    );
    xml.raw("</p:nvSpPr><p:spPr><a:xfrm><a:off x=\"")
        .signed(x)
        .raw("\" y=\"")
        .signed(y);
    xml.raw("\"/><a:ext cx=\"")
        .signed(width)
        .raw("\" cy=\"")
        .signed(height);
    xml.raw("\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr>");
    xml.raw("<p:txBody><a:bodyPr lIns=\"0\" tIns=\"0\" rIns=\"0\" bIns=\"0\" anchor=\"ctr\">");
    xml.raw("<a:normAutofit/></a:bodyPr><a:lstStyle/><a:p><a:r><a:t>Title</a:t></a:r></a:p>");
    xml.raw("</p:txBody></p:sp>");
}

/// The master of slides, with a title at this place.
pub(super) fn slide_master(title: [i64; 4]) -> Vec<u8> {
    xml(|xml| {
        xml.raw("<p:sldMaster")
            .raw(NAMESPACES)
            .raw("><p:cSld><p:bg><p:bgPr><a:solidFill>");
        xml.raw("<a:schemeClr val=\"bg1\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>");
        xml.raw(TREE_START);
        title_placeholder(xml, title);
        xml.raw("</p:spTree></p:cSld>").raw(COLOR_MAP);
        xml.raw("<p:sldLayoutIdLst><p:sldLayoutId id=\"2147483649\" r:id=\"rId1\"/>");
        xml.raw("</p:sldLayoutIdLst><p:txStyles><p:titleStyle><a:lvl1pPr algn=\"l\"><a:lnSpc>");
        xml.raw("<a:spcPct val=\"100000\"/></a:lnSpc><a:buNone/><a:defRPr sz=\"2000\" b=\"1\">");
        xml.raw("<a:solidFill><a:schemeClr val=\"tx1\"/></a:solidFill>");
        xml.raw("<a:latin typeface=\"+mj-lt\"/><a:ea typeface=\"+mj-ea\"/>");
        xml.raw("<a:cs typeface=\"+mj-cs\"/></a:defRPr></a:lvl1pPr></p:titleStyle>");
        for element in ["bodyStyle", "otherStyle"] {
            xml.raw("<p:").raw(element).raw(">");
            default_style(xml);
            xml.raw("</p:").raw(element).raw(">");
        }
        xml.raw("</p:txStyles></p:sldMaster>");
    })
}

/// Place and text of the title of a slide; its place is that of the layout unless one is given,
/// with a type size.
pub(super) fn title_text(xml: &mut XmlWriter<'_>, title: &str, place: Option<(Frame, f64)>) {
    let size = match place {
        Some((frame, size)) => {
            let [x, y, width, height] = [frame.x, frame.y, frame.width, frame.height];
            xml.raw("<p:spPr><a:xfrm><a:off x=\"")
                .signed(x as i64)
                .raw("\" y=\"")
                .signed(y as i64);
            xml.raw("\"/><a:ext cx=\"")
                .signed(width as i64)
                .raw("\" cy=\"");
            xml.signed(height as i64).raw("\"/></a:xfrm></p:spPr>");
            (size / EMU_PER_POINT * 100.0) as i64
        }
        None => {
            xml.raw("<p:spPr/>");
            0
        }
    };
    xml.raw("<p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r>");
    if size > 0 {
        xml.raw("<a:rPr sz=\"")
            .signed(size.clamp(100, 400_000))
            .raw("\"/>");
    }
    xml.raw("<a:t>")
        .text(title)
        .raw("</a:t></a:r></a:p></p:txBody>");
}

/// The settings that PowerPoint expects, all left to it: names, media types and contents.
pub(super) fn settings() -> [(&'static str, &'static str, Vec<u8>); 3] {
    let plain = |element: &str, more: &str| {
        xml(|xml| {
            xml.raw("<")
                .raw(element)
                .raw(NAMESPACES)
                .raw(more)
                .raw("/>");
        })
    };
    [
        (
            "ppt/presProps.xml",
            "officedocument.presentationml.presProps",
            plain("p:presentationPr", ""),
        ),
        (
            "ppt/viewProps.xml",
            "officedocument.presentationml.viewProps",
            plain("p:viewPr", ""),
        ),
        (
            "ppt/tableStyles.xml",
            "officedocument.presentationml.tableStyles",
            plain(
                "a:tblStyleLst",
                " def=\"{5C22544A-7EE6-4342-B048-85BDC9FD1C3A}\"",
            ),
        ),
    ]
}

/// The style of text without another one.
pub(super) fn default_style(xml: &mut XmlWriter<'_>) {
    xml.raw("<a:lvl1pPr marL=\"0\" algn=\"l\"><a:buNone/><a:defRPr sz=\"1200\"><a:solidFill>");
    xml.raw("<a:schemeClr val=\"tx1\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/>");
    xml.raw("<a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl1pPr>");
}

/// The layout of all slides: a title, and room below it.
pub(super) fn slide_layout(title: [i64; 4]) -> Vec<u8> {
    xml(|xml| {
        xml.raw("<p:sldLayout")
            .raw(NAMESPACES)
            .raw(" type=\"titleOnly\" preserve=\"1\">");
        xml.raw("<p:cSld name=\"Map\">").raw(TREE_START);
        title_placeholder(xml, title);
        xml.raw("</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr>");
        xml.raw("</p:sldLayout>");
    })
}

/// The master of notes pages: the slide above its notes.
pub(super) fn notes_master() -> Vec<u8> {
    xml(|xml| {
        xml.raw("<p:notesMaster")
            .raw(NAMESPACES)
            .raw("><p:cSld><p:bg><p:bgPr><a:solidFill>");
        xml.raw("<a:srgbClr val=\"FFFFFF\"/></a:solidFill><a:effectLst/></p:bgPr></p:bg>");
        xml.raw(TREE_START);
        xml.raw(concat!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr>",
            "<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>",
            "<p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm>",
            "<a:off x=\"685800\" y=\"685800\"/><a:ext cx=\"5486400\" cy=\"3086100\"/></a:xfrm>",
            "<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/>",
            "<a:ln w=\"9525\"><a:solidFill><a:srgbClr val=\"808080\"/></a:solidFill></a:ln>",
            "</p:spPr></p:sp><p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr>",
            "<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\"",
            " idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr><a:xfrm><a:off x=\"685800\" y=\"4000500\"/>",
            "<a:ext cx=\"5486400\" cy=\"4457700\"/></a:xfrm><a:prstGeom prst=\"rect\">",
            "<a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/><a:lstStyle/><a:p/></p:txBody>",
            "</p:sp></p:spTree></p:cSld>"
        ));
        xml.raw(COLOR_MAP)
            .raw("<p:notesStyle><a:lvl1pPr marL=\"0\" algn=\"l\">");
        xml.raw("<a:spcBef><a:spcPts val=\"600\"/></a:spcBef><a:defRPr sz=\"1200\"><a:solidFill>");
        xml.raw("<a:srgbClr val=\"000000\"/></a:solidFill><a:latin typeface=\"+mn-lt\"/>");
        xml.raw("<a:ea typeface=\"+mn-ea\"/><a:cs typeface=\"+mn-cs\"/></a:defRPr></a:lvl1pPr>");
        xml.raw("</p:notesStyle></p:notesMaster>");
    })
}

/// The core properties: title and description.
pub(super) fn core_properties(title: &str, description: &str) -> Vec<u8> {
    xml(|xml| {
        xml.raw("<cp:coreProperties xmlns:cp=");
        xml.raw("\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\"");
        xml.raw(" xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>")
            .text(title);
        xml.raw("</dc:title><dc:description>").text(description);
        xml.raw("</dc:description></cp:coreProperties>");
    })
}

/// The extended properties: the program.
pub(super) fn app_properties(slides: usize) -> Vec<u8> {
    xml(|xml| {
        xml.raw("<Properties xmlns=");
        xml.raw("\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\">");
        xml.raw("<Application>Touchline</Application><Slides>")
            .int(slides as u64);
        xml.raw("</Slides></Properties>");
    })
}
