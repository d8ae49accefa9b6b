//! Presentations: every text is on a slide, parts are well-formed and lead to each other, shapes have
//! identifiers of their own, connectors are glued to shapes that are there.

use super::*;
use crate::export::{SlideContent, SlideNotes, SlideSize, pptx};
use crate::model::arbitrary;
use crate::render::{RenderOptions, View, render_view};
use crate::text::{FixedWidth, LineEnd, displayable};
use flate2::read::DeflateDecoder;
use proptest::prelude::{ProptestConfig, prop_assert, prop_assert_eq};
use std::collections::{BTreeMap, HashSet};
use std::io::Read;

/// The parts of a presentation of the scene, by name.
pub(super) fn parts_of(scene: &Scene, options: SlideOptions) -> BTreeMap<String, Vec<u8>> {
    let mut bytes = Vec::new();
    pptx(scene, &options, &mut Typesetter::bundled(), &mut bytes).unwrap();
    let archive = rawzip::ZipArchive::from_slice(&bytes).unwrap();
    let mut entries = archive.entries();
    let mut parts = BTreeMap::new();
    while let Some(entry) = entries.next_entry().unwrap() {
        let name = String::from_utf8(entry.file_path().as_ref().to_vec()).unwrap();
        let packed = archive.get_entry(entry.wayfinder()).unwrap();
        let mut part = Vec::new();
        DeflateDecoder::new(packed.data())
            .read_to_end(&mut part)
            .unwrap();
        if name.ends_with("xml") || name.ends_with("rels") {
            let text = std::str::from_utf8(&part).unwrap();
            let (_, element) = text.split_once("?>\n").unwrap();
            assert_eq!(well_formed(element), Ok(()), "{name}");
        }
        assert!(parts.insert(name, part).is_none());
    }
    parts
}

fn text(part: &[u8]) -> &str {
    std::str::from_utf8(part).unwrap()
}

/// The values of an attribute behind a word, in order.
fn values<'x>(xml: &'x str, start: &str) -> Vec<&'x str> {
    let found = xml.split(start).skip(1);
    found
        .map(|rest| rest.split('"').next().unwrap_or_default())
        .collect()
}

/// Each relationship leads to a part, each part has a media type, and each `r:embed` and `r:id` is a
/// relationship.
fn is_complete(parts: &BTreeMap<String, Vec<u8>>) -> Result<(), String> {
    let types = text(&parts["[Content_Types].xml"]);
    for (name, part) in parts {
        let ending = name.rsplit('.').next().unwrap();
        let is_typed = types.contains(&format!("PartName=\"/{name}\""));
        if !is_typed && !types.contains(&format!("Extension=\"{ending}\"")) {
            return Err(format!("{name} has no type"));
        }
        if ending == "rels" {
            let targets = values(text(part), "Target=\"/");
            if let Some(target) = targets.iter().find(|target| !parts.contains_key(**target)) {
                return Err(format!("{name} leads to {target}"));
            }
        } else if ending == "xml" {
            let (folder, file) = name.rsplit_once('/').unwrap_or(("", name));
            let known = parts.get(&format!("{folder}/_rels/{file}.rels"));
            let known = known.map_or(Vec::new(), |part| values(text(part), " Id=\""));
            let used = [" r:embed=\"", " r:id=\""]
                .map(|start| values(text(part), start))
                .concat();
            if let Some(id) = used.iter().find(|id| !known.contains(id)) {
                return Err(format!("{name} uses {id}"));
            }
        }
    }
    Ok(())
}

fn slides(parts: &BTreeMap<String, Vec<u8>>) -> impl Iterator<Item = &str> {
    let slides = parts
        .iter()
        .filter(|(name, _)| name.starts_with("ppt/slides/slide"));
    slides.map(|(_, part)| text(part))
}

/// All texts of a slide, without what may differ where a line ends.
fn words(slide: &str) -> String {
    let texts = slide.split("<a:t>").skip(1);
    let texts = texts.filter_map(|rest| rest.split("</a:t>").next());
    plain(&texts.collect::<String>())
}

fn plain(text: &str) -> String {
    let kept = |c: &char| !c.is_whitespace() && *c != '\u{ad}' && *c != '-';
    text.chars().filter(kept).collect()
}

fn escaped(text: &str) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    text.replace('"', "&quot;").replace('\'', "&#39;")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases(12)))]
    #[test]
    fn every_text_of_a_map_is_on_a_slide(map in arbitrary::map()) {
        for view in [View::Journey, View::Flow, View::Ownership] {
            let scene = render_view(&map, view, &RenderOptions::default(), &mut FixedWidth).unwrap();
            let parts = parts_of(&scene, SlideOptions::default());
            prop_assert_eq!(is_complete(&parts), Ok(()));
            let mut said = String::new();
            for slide in slides(&parts) {
                let ids = values(slide, "<p:cNvPr id=\"");
                let known: HashSet<&str> = ids.iter().copied().collect();
                prop_assert_eq!(ids.len(), known.len());
                for end in ["<a:stCxn id=\"", "<a:endCxn id=\""] {
                    prop_assert!(values(slide, end).iter().all(|id| known.contains(id)));
                }
                said += &words(slide);
                said.push('\n');
            }
            let items = scene.groups.iter().flat_map(|group| super::super::exported_items(group, 1.0));
            for item in items {
                let Shape::Text(line) = &item.shape else { continue };
                let line = displayable(&line.text);
                let line = plain(&escaped(&line));
                prop_assert!(said.contains(&line), "{view:?}: {line:?} in {said}");
            }
        }
    }
}

/// The share of the width of a slide of 16:9 that its groups and shapes reach over.
fn reach(slide: &str) -> (f64, f64) {
    let ends = slide.split("<a:off x=\"").skip(1).filter_map(|rest| {
        let number = |text: &str| text.split('"').next()?.parse::<f64>().ok();
        let x = number(rest)?;
        let y = number(rest.split(" y=\"").nth(1)?)?;
        let wide = number(rest.split("cx=\"").nth(1)?)?;
        let high = number(rest.split("cy=\"").nth(1)?)?;
        Some((x + wide, y + high))
    });
    ends.fold((0.0, 0.0), |(a, b), (x, y)| (x.max(a), y.max(b)))
}

#[test]
fn the_overview_of_a_wide_map_fills_its_slide_in_rows() {
    let stage = |at: usize| {
        let touchpoint = |step| format!("(id: \"t{at}-{step}\", name: \"Step {at}.{step}\")");
        let touchpoints: Vec<String> = (0..5).map(touchpoint).collect();
        format!(
            "(name: \"Stage {at}\", touchpoints: [{}])",
            touchpoints.join(",")
        )
    };
    let stages: Vec<String> = (0..10).map(stage).collect();
    let map = format!("(title: \"Wide\", stages: [{}])", stages.join(","));
    let map = crate::format::read(map.as_bytes()).unwrap().map;
    let options = RenderOptions::default();
    let scene = render_view(&map, View::Journey, &options, &mut FixedWidth).unwrap();
    let parts = parts_of(&scene, SlideOptions::default());
    let overview = text(&parts["ppt/slides/slide1.xml"]);
    for stage in map.stages() {
        assert!(overview.contains(&stage.name), "{}", stage.name);
    }
    let (width, height) = reach(overview);
    assert!(
        width > 12_192_000.0 * 0.7 && width <= 12_192_000.0,
        "{width}"
    );
    assert!(
        height > 6_858_000.0 * 0.7 && height <= 6_858_000.0,
        "{height}"
    );
    // Shapes, not a picture.
    assert!(!overview.contains("<p:pic>"));
    assert_eq!(is_complete(&parts), Ok(()));
}

#[test]
fn a_label_in_the_gap_between_two_stages_is_on_a_slide() {
    // The loop from the second stage to the first has its label in the middle between them.
    let map = r#"(title: "T", stages: [
        (name: "", touchpoints: [(id: "a", name: "", paths: [(to: "e")]), (id: "b", name: ""), (name: "")]),
        (name: "", touchpoints: [(name: "", paths: [(to: "b", label: "again")]), (id: "e", name: "")]),
    ])"#;
    let map = crate::format::read(map.as_bytes()).unwrap().map;
    let options = RenderOptions::default();
    let scene = render_view(&map, View::Journey, &options, &mut FixedWidth).unwrap();
    let parts = parts_of(&scene, SlideOptions::default());
    assert!(slides(&parts).any(|slide| words(slide).contains("again")));
}

#[test]
fn lines_of_a_text_are_one_paragraph() {
    let mut scene = scene("Name", "one");
    let content = Arc::make_mut(&mut scene.groups[0].content);
    let mut first = line("Customer ser-", Face::Bold, 12.0);
    first.end = LineEnd::Hyphen;
    let mut second = line("vice of", Face::Bold, 12.0);
    (second.end, second.at.y) = (LineEnd::Space, 45.36);
    let mut third = line("the bank", Face::Bold, 12.0);
    third.at.y = 60.72;
    content.items = [first, second, third]
        .map(|line| item(1, Shape::Text(line)))
        .into();
    let parts = parts_of(&scene, SlideOptions::default());
    let slide = text(&parts["ppt/slides/slide1.xml"]);
    assert!(
        slide.contains("<a:t>Customer ser\u{ad}vice of the bank</a:t>"),
        "{slide}"
    );
}

#[test]
fn text_is_inside_its_shape_and_runs_its_own_way() {
    let scene = scene("Name", "שלום");
    let parts = parts_of(&scene, SlideOptions::default());
    let slide = text(&parts["ppt/slides/slide1.xml"]);
    let card = slide.split("name=\"Card\"").nth(1).unwrap();
    let card = card.split("</p:sp>").next().unwrap();
    assert!(
        card.contains("prst=\"roundRect\"") && card.contains("<a:t>שלום</a:t>"),
        "{card}"
    );
    assert!(card.contains("algn=\"r\" rtl=\"1\""));
    assert!(slide.contains("descr=\"About Name\""));
}

#[test]
fn pictures_are_drawn_as_pixels_and_as_vectors() {
    let options = SlideOptions {
        content: SlideContent::Pictures,
        size: SlideSize::parse("4:3").unwrap(),
        notes: SlideNotes {
            overview: "Say <this>".to_owned(),
            stages: Vec::new(),
        },
        font: Some("Verdana".to_owned()),
    };
    let parts = parts_of(&scene("Name", "text"), options);
    assert_eq!(is_complete(&parts), Ok(()));
    assert!(parts["ppt/media/image1.png"].starts_with(b"\x89PNG"));
    assert!(text(&parts["ppt/media/image2.svg"]).starts_with("<svg"));
    assert!(text(&parts["ppt/notesSlides/notesSlide1.xml"]).contains("Say &lt;this&gt;"));
    let presentation = text(&parts["ppt/presentation.xml"]);
    assert!(presentation.contains("<p:sldSz cx=\"9144000\" cy=\"6858000\"/>"));
    assert!(text(&parts["ppt/theme/theme1.xml"]).contains("typeface=\"Verdana\""));
}
