//! HTML: one page that shows the drawings of a map and its text, without anything from outside.
//!
//! The page is `assets/page/`, filled in at its markers. Its policy allows our own script and style
//! by their hashes and nothing else (Content Security Policy Level 3), and every text is escaped.
//! Must not know: the model's records, layout, how a map becomes text.

mod drawing;
mod mark_letters;
mod outline;
mod tabs;

pub use drawing::{Drawing, ObjectNumbers};
pub use outline::{Anchor, Block, Mood, Phrase, Section};
pub use tabs::{Tab, TabHighlight};

use super::ExportError;
use super::defs::Defs;
use super::paint_classes::{PaintClasses, css_color};
use super::svg_shapes::{Paints, ShapeWriter};
use super::xml_writer::XmlWriter;
use crate::scene::{Marks, ObjectId};
use crate::text::{FAMILY, Face, MainLanguage, Typesetter, displayable};
use crate::theme::{ROLES, RoleColors, ThemeName};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use mark_letters::mark_letters;
use outline::own_words;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::Write;

static PAGE: &str = include_str!("../../../assets/page/page.html");
pub(super) static STYLE: &str = include_str!("../../../assets/page/style.css");
pub(super) static SCRIPT: &str = concat!(
    include_str!("../../../assets/page/map.js"),
    include_str!("../../../assets/page/drawing.js"),
    include_str!("../../../assets/page/view.js"),
    include_str!("../../../assets/page/present.js"),
    include_str!("../../../assets/page/print.js"),
    include_str!("../../../assets/page/input.js"),
);

/// Characters of the page's own words.
const OWN_CHARS: std::ops::RangeInclusive<char> = ' '..='~';

/// Content of a page.
pub struct Page<'p> {
    /// Title of the map.
    pub title: String,
    /// The language of the map.
    pub language: MainLanguage,
    /// The drawings.
    pub drawings: Vec<Drawing<'p>>,
    /// Index of the drawing in front.
    pub first: usize,
    /// The tabs of the views.
    pub views: Vec<Tab>,
    /// The tabs of the saved views.
    pub saved_views: Vec<Tab>,
    /// The colours of all themes, in the order of [`ThemeName::ALL`].
    pub themes: [RoleColors; 3],
    /// The theme at the start; `None` for that of the reader's system.
    pub theme: Option<ThemeName>,
    /// Marks that are highlighted at the start.
    pub highlight: Marks,
    /// Number of touchpoints with each mark: without an owner, with pain points.
    pub counts: [usize; 2],
    /// Values to filter by.
    pub filters: Vec<PageFilter>,
    /// Numbers of an object, by which script and text find it.
    pub numbers: &'p dyn Fn(&ObjectId) -> ObjectNumbers,
    /// The map as text.
    pub text: Section,
}

/// A kind of values to filter touchpoints by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageFilter {
    /// Name on screen.
    pub title: &'static str,
    /// Whether the values are the personas in their order, so that faces are filtered too.
    pub is_persona: bool,
    /// Name and number of touchpoints of each value.
    pub values: Vec<(String, usize)>,
}

/// Writes a page as one HTML file.
///
/// # Errors
///
/// [`ExportError::Write`] if writing to the sink fails, [`ExportError::Font`] if a face cannot be
/// embedded.
pub fn html(
    page: &Page<'_>,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<(), ExportError> {
    let scenes = || page.drawings.iter().map(|drawing| drawing.scene);
    let classes = PaintClasses::of(scenes());
    let groups = scenes().flat_map(|scene| &scene.groups);
    let items = groups.flat_map(|group| &group.content.items);
    let mut defs = Defs::of(items, false, typesetter);
    page.text.for_each_text(&mut |text| {
        for face in Face::ALL {
            defs.used_chars.add(&displayable(text), face);
        }
    });
    for tab in &page.saved_views {
        defs.used_chars.add(&displayable(&tab.title), Face::Regular);
        defs.used_chars.add(&displayable(&tab.title), Face::Bold);
    }
    defs.used_chars
        .add(&String::from_iter(OWN_CHARS), Face::Regular);
    defs.used_chars
        .add(&String::from_iter(OWN_CHARS), Face::Bold);
    let style = style(page, &classes, &defs, typesetter)?;

    let mut xml = XmlWriter::new(sink);
    // A marker is a comment with a name; the text behind it goes on to the next one.
    for (index, piece) in PAGE.split("<!--").enumerate() {
        let Some((name, rest)) = piece.split_once("-->").filter(|_| index > 0) else {
            xml.raw(piece);
            continue;
        };
        match name {
            "policy" => {
                xml.raw(&policy(&style));
            }
            "title" => {
                xml.text(&page.title);
            }
            "start" => start_attributes(page, &classes, &mut xml),
            "style" => {
                xml.raw(&style);
            }
            "lang" => {
                xml.raw(page.language.tag());
            }
            "own" => own_words(&page.language, &mut xml),
            "tabs" => page.views.iter().for_each(|tab| tab.write(&mut xml)),
            "saved" => page.saved_views.iter().for_each(|tab| tab.write(&mut xml)),
            "unowned" => {
                xml.int(page.counts[0] as u64);
            }
            "pains" => {
                xml.int(page.counts[1] as u64);
            }
            "filters" => filters(page, &mut xml),
            "drawings" => {
                xml.raw("<svg class=\"defs\" aria-hidden=\"true\" focusable=\"false\"><defs>");
                defs.define(&mut xml);
                xml.raw("</defs></svg>");
                let paints = Paints::Classes(&classes);
                let mut shapes = ShapeWriter::new(&mut xml, typesetter, None, paints);
                for (at, drawing) in page.drawings.iter().enumerate() {
                    drawing.write(at == page.first, page.numbers, &mut shapes)?;
                }
            }
            "text" => page.text.write(1, &page.language, &mut xml),
            "script" => {
                xml.raw(SCRIPT);
            }
            _ => {}
        }
        xml.raw(rest);
        xml.flush_if_full()?;
    }
    xml.flush()?;
    Ok(())
}

/// The policy: our script and style by their hashes, pictures and typefaces from the file itself.
fn policy(style: &str) -> String {
    let hash = |text: &str| BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; img-src data:; \
         font-src data:; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(style),
    )
}

/// The style sheet: typefaces, the colours of all themes, the classes of the drawings, the page.
fn style(
    page: &Page<'_>,
    classes: &PaintClasses,
    defs: &Defs,
    typesetter: &mut Typesetter,
) -> Result<String, ExportError> {
    let mut fonts = Vec::new();
    let mut xml = XmlWriter::new(&mut fonts);
    defs.used_chars.write_font_faces(&mut xml, typesetter)?;
    xml.flush()?;
    let mut css = String::from_utf8_lossy(&fonts).into_owned();
    let [light, dark, projector] = &page.themes;
    let mut theme = |selector: &str, scheme: &str, colors: &RoleColors| {
        let _ = write!(css, "{selector}{{color-scheme:{scheme};");
        for (name, role) in [
            ("paper", ROLES.paper),
            ("shade", ROLES.paper_shade),
            ("card", ROLES.card),
            ("ink", ROLES.ink),
            ("soft", ROLES.ink_soft),
            ("line", ROLES.line),
            ("band", ROLES.band),
            ("good", ROLES.good),
            ("bad", ROLES.bad),
            ("pain", ROLES.pain),
            ("opportunity", ROLES.opportunity),
            ("moment", ROLES.moment),
            ("unowned", ROLES.unowned),
            ("accent", ROLES.accent),
            ("on-accent", ROLES.accent.text_on()),
        ] {
            let _ = write!(css, "--{name}:{};", css_color(colors.color(role)));
        }
        classes.write_colors(colors, &mut css);
        css.push('}');
    };
    // Paper has the colours of the projector, black on white.
    theme(":root", "light", projector);
    let screen = "@media screen{:root:not([data-theme=projector])";
    theme(screen, "light", light);
    theme(":root[data-theme=dark]", "dark", dark);
    let system = "}@media screen and (prefers-color-scheme:dark){:root:not([data-theme])";
    theme(system, "dark", dark);
    css.push('}');
    classes.write_rules(&mut css);
    let _ = write!(css, ":root{{--family:\"{FAMILY}\"}}");
    css.push_str(STYLE);
    Ok(css)
}

/// Attributes of the root element: how the page starts.
fn start_attributes(page: &Page<'_>, classes: &PaintClasses, xml: &mut XmlWriter<'_>) {
    if let Some(theme) = page.theme {
        let name = match theme {
            ThemeName::Light => "light",
            ThemeName::Dark => "dark",
            ThemeName::Projector => "projector",
        };
        xml.raw(" data-theme=\"").raw(name).raw("\"");
    }
    let letters = mark_letters(page.highlight);
    xml.raw(" data-highlight=\"").raw(letters).raw("\"");
    xml.raw(" data-zooms=\"")
        .text(&classes.zoom_list())
        .raw("\"");
}

fn filters(page: &Page<'_>, xml: &mut XmlWriter<'_>) {
    let mut number = 0;
    for filter in page.filters.iter().filter(|it| !it.values.is_empty()) {
        xml.raw("<label>")
            .text(filter.title)
            .raw(" <select><option value=\"\">All</option>");
        for (at, (name, count)) in filter.values.iter().enumerate() {
            xml.raw("<option value=\"").int(number).raw("\"");
            if filter.is_persona {
                xml.raw(" data-persona=\"").int(at as u64).raw("\"");
            }
            xml.raw(">")
                .text(&displayable(name))
                .raw(" (")
                .int(*count as u64)
                .raw(")</option>");
            number += 1;
        }
        xml.raw("</select></label>");
    }
}
