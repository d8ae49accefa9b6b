//! Tests of SVG: well-formed XML with the texts, titles and images of the scene.

use super::markup::{self, ElementContent};
use super::{scene, svg_text, with_picture};
use crate::scene::{Marks, Scene};
use crate::text::Typesetter;
use std::sync::Arc;

fn as_svg(scene: &Scene, outlines: bool) -> String {
    svg_text(scene, outlines, &mut Typesetter::bundled())
}

/// Checks the rules of XML 1.0 that a writer can break.
pub(super) fn well_formed(xml: &str) -> Result<(), String> {
    let allowed = |c: char| matches!(c, '\n' | '\t' | ' '..='\u{fffd}' | '\u{10000}'..);
    if let Some(c) = xml.chars().find(|c| !allowed(*c)) {
        return Err(format!("forbidden {c:?}"));
    }
    let is_name = |name: &str, more: char| {
        let good = |c: char| c.is_ascii_alphanumeric() || c == ':' || c == more;
        !name.is_empty() && name.chars().all(good)
    };
    let read = markup::read(xml, |tag| {
        let is_good = |it: &(&str, Option<&str>)| is_name(it.0, '-') && it.1.is_some();
        if is_name(tag.name, ':') && tag.attributes.iter().all(is_good) {
            Ok(ElementContent::Elements)
        } else {
            Err(format!("tag {:?} {:?}", tag.name, tag.attributes))
        }
    });
    read.map(drop)
}

#[test]
fn the_xml_checker_finds_errors() {
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
fn texts_titles_and_attributes_are_written() {
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
        "<use href=\"#i0\" xlink:href=\"#i0\" transform=\"translate(60 15)scale(.666667)\" stroke=\"#102030\"/>",
        "viewBox=\"0 0 100 80\"",
    ] {
        assert!(svg.contains(part), "{part} not in {svg}");
    }
    assert!(!svg.contains("x=\"60\" y=\"60\""), "drawn at zoom 1 only");
    assert!(!svg.contains("font-style:italic"), "no unused face");
    // The names of the two namespaces.
    assert_eq!(svg.matches("http:").count(), 2);
}

#[test]
fn outlines_need_no_font() {
    let svg = as_svg(&scene("Name", "AV 日"), true);
    well_formed(&svg).unwrap();
    assert!(!svg.contains("<text") && !svg.contains("@font-face"));
    assert_eq!(svg.matches("<use href=\"#g2-").count(), 3);
    assert_eq!(svg.matches("<path id=\"g2-").count(), 3);
}

#[test]
fn every_line_is_as_wide_as_laid_out() {
    for text in ["שלום", "Größe", "two words"] {
        let svg = as_svg(&scene("Name", text), false);
        let lines = svg.matches("<text").count();
        let widths = svg.matches(" textLength=\"").count();
        assert!(lines > 0 && lines == widths, "{lines} {widths}");
        let right = svg.contains("direction=\"rtl\" text-anchor=\"end\"");
        assert_eq!(right, text == "שלום");
    }
}

#[test]
fn items_outside_the_highlight_are_dimmed() {
    let mut scene = scene("Name", "text");
    scene.highlight = Marks::UNOWNED.into();
    let svg = as_svg(&scene, false);
    assert!(svg.contains("fill=\"#7a818a\">text</text>"), "grey text");
    assert!(!svg.contains("opacity"), "{svg}");
    assert_eq!(
        svg.matches("#102030").count(),
        0,
        "every colour of the card is dimmed"
    );
    assert!(svg.contains("<rect x=\"0\" y=\"0\" width=\"10\" height=\"10\" fill=\"#f00\"/>"));
}

#[test]
fn image_bytes_are_embedded_and_never_active() {
    let text = as_svg(&with_picture(true, None), false);
    assert!(
        text.contains("<image x=\"10\" y=\"10\" width=\"40\" height=\"40\""),
        "{text}"
    );
    assert!(
        text.contains(" clip-path=\"url(#d1)\" xlink:href=\"data:image/png;base64,iVBORw0KGgo")
    );
    let hostile: Arc<[u8]> = b"\"/><script>alert(1)</script>".as_slice().into();
    let text = as_svg(&with_picture(false, Some(hostile)), false);
    assert!(!text.contains("script"), "{text}");
    assert_eq!(text.matches("href=\"data:image/png;base64,").count(), 1);
}
