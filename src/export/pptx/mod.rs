//! Presentations for PowerPoint, Keynote and Impress (ECMA-376, 5th edition, transitional): slides
//! of native shapes that can be edited, or of exact pictures.
//!
//! Must not know: the model's records, layout.

mod connector;
mod curves;
mod drawn_shapes;
mod geometry_xml;
mod images;
mod node;
mod package;
mod pages;
mod parts;
mod routes;
mod scheme;
mod shape_xml;
mod size;
mod slide_scene;
mod text_body;
mod text_xml;

pub use size::SlideSize;

use super::{ExportError, Size, png, svg};
use crate::scene::Scene;
use crate::text::Typesetter;
use images::{FIRST, Images};
use node::{EMU, Frame, Geometry, Label, NativeShape, Node, Picture};
use package::{Package, Relation};
use pages::{Page, pages};
use scheme::ColorScheme;
use shape_xml::ShapeWriter;
use slide_scene::SlideScene;
use std::io::Write;

/// Content of the slides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SlideContent {
    /// Native shapes.
    #[default]
    Editable,
    /// A picture, exact.
    Pictures,
}

/// Options of a presentation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SlideOptions {
    /// Content of the slides.
    pub content: SlideContent,
    /// Size of the slides.
    pub size: SlideSize,
    /// The typeface of the texts; Fira Sans if there is none.
    pub font: Option<String>,
    /// Notes of the slides.
    pub notes: SlideNotes,
}

/// Texts to be said with the slides; line feeds divide paragraphs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SlideNotes {
    /// With the overview.
    pub overview: String,
    /// With each stage, by place in the layout.
    pub stages: Vec<String>,
}

impl SlideOptions {
    /// The typeface in which maps are laid out.
    pub const TYPEFACE: &str = "Fira Sans";

    fn typeface(&self) -> &str {
        let font = self.font.as_deref().map(str::trim);
        font.filter(|font| !font.is_empty())
            .unwrap_or(SlideOptions::TYPEFACE)
    }

    fn type_share(&self) -> f64 {
        if self.typeface().eq_ignore_ascii_case(SlideOptions::TYPEFACE) {
            1.0
        } else {
            OTHER_TYPEFACE
        }
    }
}

impl SlideNotes {
    fn of(&self, page: &Page<'_>) -> &str {
        match page.stage {
            Some(stage) => self.stages.get(stage).map_or("", |notes| notes),
            None => &self.overview,
        }
    }
}

/// Share of the type sizes of the map for another typeface, so that wider letters fit: those of Arial
/// are up to 9 % wider.
const OTHER_TYPEFACE: f64 = 0.92;

/// Margin of a slide in map units.
const MARGIN: f64 = 32.0;
/// Top and height of the title of a slide in map units.
const TITLE: (f64, f64) = (18.0, 40.0);
/// Top of the area below the title in map units.
const TOP: f64 = 68.0;
/// Number of items above which a slide is a picture: programs open and draw slides of thousands of
/// shapes slowly, and only the overview of a large map has as many.
const MAX_ITEMS: usize = 6_000;
/// Pixels of a picture a map unit of the slide: 192 to the inch.
const PICTURE_SCALE: f64 = 2.0;

/// Writes the scene as a presentation. Returns the number of slides.
///
/// # Errors
///
/// [`ExportError::Write`] if writing to the sink fails, the errors of [`png()`] and [`svg()`] if a
/// picture cannot be drawn.
pub fn pptx(
    scene: &Scene,
    options: &SlideOptions,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<usize, ExportError> {
    let mut package = Package::new(sink);
    let scheme = ColorScheme::of(&scene.colors);
    let size = options.size.in_map_units();
    let room = (size.0 - 2.0 * MARGIN, size.1 - TOP - MARGIN / 2.0);
    let pages = pages(scene, room);
    let mut images = Images::default();
    for (at, page) in pages.iter().enumerate() {
        let drawn = content(page, room, options.content, typesetter, &mut images)?;
        let number = at + 1;
        let mut relations = vec![
            Relation::new("slideLayout", "ppt/slideLayouts/slideLayout1.xml"),
            Relation::new(
                "notesSlide",
                format!("ppt/notesSlides/notesSlide{number}.xml"),
            ),
        ];
        debug_assert_eq!(relations.len() + 1, FIRST);
        relations.extend(images.end_slide(&mut package)?);
        let name = format!("ppt/slides/slide{number}.xml");
        package.xml(
            &name,
            SLIDE,
            &slide(&page.title, drawn, (&scheme, options.type_share()))?,
        )?;
        package.relationships(&name, &relations)?;
        notes_slide(&mut package, number, options.notes.of(page))?;
    }
    shared_parts(&mut package, scene, options, &scheme, pages.len())?;
    package.finish()?;
    Ok(pages.len())
}

const SLIDE: &str = "officedocument.presentationml.slide";

/// The nodes of a slide, and the place of its title with its type size.
type SlideContents = (Vec<Node>, Option<(Frame, f64)>);

/// The drawings of a page as shapes, and the place of its title with its type size if the drawing
/// has one.
fn content(
    page: &Page<'_>,
    room: (f64, f64),
    content: SlideContent,
    typesetter: &mut Typesetter,
    images: &mut Images,
) -> Result<SlideContents, ExportError> {
    let (mut nodes, mut title) = (Vec::new(), None);
    for (part, (scale, top)) in page.parts.iter().zip(page.places(room)) {
        let free = (room.0 - part.scene.width * scale).max(0.0);
        let has_header = page.parts.len() > 1;
        // The title is in the header of the map.
        let top = top + if has_header { MARGIN } else { TOP };
        let slide = SlideScene {
            scene: &part.scene,
            origin: ((MARGIN + free / 2.0) * EMU, top * EMU),
            scale: scale * EMU,
            columns: part.columns.clone(),
            zoom: if part.is_overview { scale as f32 } else { 1.0 },
            omits_tiny_text: part.is_overview,
        };
        title = title.or_else(|| slide.title().filter(|_| has_header));
        if content == SlideContent::Editable && slide.item_count() <= MAX_ITEMS {
            nodes.extend(slide.nodes(images));
        } else {
            nodes.push(picture(&slide, typesetter, images)?);
        }
    }
    Ok((nodes, title))
}

fn picture(
    slide: &SlideScene<'_>,
    typesetter: &mut Typesetter,
    images: &mut Images,
) -> Result<Node, ExportError> {
    let scene = slide.scene;
    let (mut pixels, mut drawing) = (Vec::new(), Vec::new());
    let size = Size::Scale(slide.scale / EMU * PICTURE_SCALE);
    png(scene, size, typesetter, &mut pixels, &mut |_, _| ())?;
    svg(scene, true, typesetter, &mut drawing)?;
    let picture = Picture {
        image: images.add_drawing("png", pixels),
        svg: Some(images.add_drawing("svg", drawing)),
        crop: (0.0, 0.0),
        is_round: false,
        opacity: 1.0,
    };
    let frame = Frame {
        x: slide.origin.0,
        y: slide.origin.1,
        width: scene.width * slide.scale,
        height: scene.height * slide.scale,
    };
    let description = scene.description.clone();
    let label = Label {
        description,
        ..Label::named("Map")
    };
    let shape = NativeShape::new(label, frame, Geometry::Picture(picture));
    Ok(Node::Shape(Box::new(shape)))
}

/// The part of a slide.
fn slide(
    title: &str,
    (nodes, title_place): (Vec<Node>, Option<(Frame, f64)>),
    (scheme, type_share): (&ColorScheme, f64),
) -> std::io::Result<Vec<u8>> {
    let mut failure = Ok(());
    let bytes = parts::xml(|xml| {
        xml.raw("<p:sld")
            .raw(parts::NAMESPACES)
            .raw("><p:cSld>")
            .raw(parts::TREE_START);
        xml.raw("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr>");
        xml.raw("<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr>");
        xml.raw("</p:nvSpPr>");
        parts::title_text(xml, title, title_place);
        xml.raw("</p:sp>");
        let mut writer = ShapeWriter::new(xml, scheme, type_share, 3);
        failure = writer.nodes(&nodes);
        xml.raw("</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>");
    });
    failure.map(|()| bytes)
}

fn notes_slide(package: &mut Package<'_>, number: usize, notes: &str) -> std::io::Result<()> {
    let name = format!("ppt/notesSlides/notesSlide{number}.xml");
    let bytes = parts::xml(|xml| {
        xml.raw("<p:notes")
            .raw(parts::NAMESPACES)
            .raw("><p:cSld>")
            .raw(parts::TREE_START);
        xml.raw("<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Slide\"/><p:cNvSpPr>");
        xml.raw("<a:spLocks noGrp=\"1\" noRot=\"1\" noChangeAspect=\"1\"/></p:cNvSpPr><p:nvPr>");
        xml.raw("<p:ph type=\"sldImg\" idx=\"2\"/></p:nvPr></p:nvSpPr><p:spPr/></p:sp>");
        xml.raw("<p:sp><p:nvSpPr><p:cNvPr id=\"3\" name=\"Notes\"/><p:cNvSpPr>");
        xml.raw("<a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"body\" sz=\"quarter\"");
        xml.raw(" idx=\"3\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/>");
        for line in notes.split('\n') {
            xml.raw("<a:p><a:r><a:t>")
                .text(line)
                .raw("</a:t></a:r></a:p>");
        }
        xml.raw("</p:txBody></p:sp></p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/>");
        xml.raw("</p:clrMapOvr></p:notes>");
    });
    package.xml(&name, "officedocument.presentationml.notesSlide", &bytes)?;
    let slide = format!("ppt/slides/slide{number}.xml");
    let relations = [
        Relation::new("notesMaster", "ppt/notesMasters/notesMaster1.xml"),
        Relation::new("slide", slide),
    ];
    package.relationships(&name, &relations)
}

/// Writes the parts beside the slides.
fn shared_parts(
    package: &mut Package<'_>,
    scene: &Scene,
    options: &SlideOptions,
    scheme: &ColorScheme,
    slides: usize,
) -> std::io::Result<()> {
    let font = options.typeface();
    let theme = parts::theme(scheme, font);
    for name in ["ppt/theme/theme1.xml", "ppt/theme/theme2.xml"] {
        package.xml(name, "officedocument.theme", &theme)?;
    }
    let (width, height) = options.size.in_map_units();
    let emu = |length: f64| (length * EMU).round() as i64;
    let title = [MARGIN, TITLE.0, width - 2.0 * MARGIN, TITLE.1].map(emu);
    let master = "ppt/slideMasters/slideMaster1.xml";
    let layout = "ppt/slideLayouts/slideLayout1.xml";
    let notes = "ppt/notesMasters/notesMaster1.xml";
    package.xml(
        master,
        "officedocument.presentationml.slideMaster",
        &parts::slide_master(title),
    )?;
    package.relationships(
        master,
        &[
            Relation::new("slideLayout", layout),
            Relation::new("theme", "ppt/theme/theme1.xml"),
        ],
    )?;
    package.xml(
        layout,
        "officedocument.presentationml.slideLayout",
        &parts::slide_layout(title),
    )?;
    package.relationships(layout, &[Relation::new("slideMaster", master)])?;
    package.xml(
        notes,
        "officedocument.presentationml.notesMaster",
        &parts::notes_master(),
    )?;
    package.relationships(notes, &[Relation::new("theme", "ppt/theme/theme2.xml")])?;
    let mut relations = vec![
        Relation::new("slideMaster", master),
        Relation::new("notesMaster", notes),
        Relation::new("theme", "ppt/theme/theme1.xml"),
        Relation::new("presProps", "ppt/presProps.xml"),
        Relation::new("viewProps", "ppt/viewProps.xml"),
        Relation::new("tableStyles", "ppt/tableStyles.xml"),
    ];
    for (name, media, content) in parts::settings() {
        package.xml(name, media, &content)?;
    }
    let first = relations.len() + 1;
    let of_slides = (1..=slides).map(|at| format!("ppt/slides/slide{at}.xml"));
    relations.extend(of_slides.map(|name| Relation::new("slide", name)));
    let presentation = parts::xml(|xml| {
        xml.raw("<p:presentation")
            .raw(parts::NAMESPACES)
            .raw(" saveSubsetFonts=\"1\">");
        xml.raw("<p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/>");
        xml.raw("</p:sldMasterIdLst><p:notesMasterIdLst><p:notesMasterId r:id=\"rId2\"/>");
        xml.raw("</p:notesMasterIdLst><p:sldIdLst>");
        for at in 0..slides {
            xml.raw("<p:sldId id=\"")
                .int(256 + at as u64)
                .raw("\" r:id=\"rId");
            xml.int((first + at) as u64).raw("\"/>");
        }
        xml.raw("</p:sldIdLst><p:sldSz cx=\"")
            .signed(emu(width))
            .raw("\" cy=\"");
        xml.signed(emu(height))
            .raw("\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/>");
        xml.raw("<p:defaultTextStyle>");
        parts::default_style(xml);
        xml.raw("</p:defaultTextStyle></p:presentation>");
    });
    let name = "ppt/presentation.xml";
    package.xml(
        name,
        "officedocument.presentationml.presentation.main",
        &presentation,
    )?;
    package.relationships(name, &relations)?;
    let core = parts::core_properties(&scene.title, &scene.description);
    package.properties(&core, &parts::app_properties(slides))
}
