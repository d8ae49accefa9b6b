//! Tests of HTML pages: nothing in a map's text can act, and the page has all of the map.

use super::markup::{self, ElementContent};
use crate::export::html::{SCRIPT, STYLE};
use crate::export::xml_writer::XmlWriter;
use crate::export::{Anchor, Block, Mood, Phrase, Section};
use crate::graph::Graph;
use crate::insight;
use crate::model::{Id, Map, arbitrary, parse_date};
use crate::render::{PageSource, RenderOptions, SavedDrawing, View, export_page};
use crate::scene::{Highlight, Marks, SelectionSet};
use crate::text::{MainLanguage, Typesetter};
use crate::theme::Density;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Elements of a page, each with its attributes beside those that any element may have.
const ELEMENTS: &[(&str, &str)] = &[
    ("html", "data-theme data-highlight data-zooms"),
    ("head", ""),
    ("meta", "charset name content http-equiv"),
    ("title", ""),
    ("style", ""),
    ("script", ""),
    ("body", ""),
    ("header", ""),
    ("main", ""),
    ("noscript", ""),
    ("aside", ""),
    ("section", ""),
    ("article", "data-values data-m"),
    ("div", "data-view"),
    ("span", ""),
    ("p", ""),
    ("h1", ""),
    ("h2", ""),
    ("h3", ""),
    ("h4", ""),
    ("h5", ""),
    ("b", ""),
    ("bdi", ""),
    ("br", ""),
    ("a", "href rel"),
    ("ul", ""),
    ("li", ""),
    ("dl", ""),
    ("dt", ""),
    ("dd", ""),
    ("figure", ""),
    ("blockquote", ""),
    ("figcaption", ""),
    ("table", ""),
    ("caption", ""),
    ("thead", ""),
    ("tbody", ""),
    ("tr", ""),
    ("th", "scope"),
    ("td", ""),
    (
        "button",
        "data-view data-drawing data-m data-touchpoints data-personas disabled",
    ),
    ("label", ""),
    ("select", ""),
    ("option", "value data-persona"),
    ("input", "type autocomplete spellcheck"),
    ("dialog", ""),
    ("svg", "focusable data-view viewBox data-top data-left"),
    ("defs", ""),
    (
        "g",
        "transform data-pin data-box data-along data-s data-t data-to data-p data-m data-area",
    ),
    (
        "rect",
        "x y width height rx stroke-width stroke-linejoin stroke-dasharray stroke-linecap",
    ),
    (
        "path",
        "d stroke-width stroke-linejoin stroke-linecap stroke-dasharray",
    ),
    ("circle", "cx cy r"),
    ("clipPath", ""),
    ("use", "href xlink:href transform"),
    (
        "image",
        "x y width height preserveAspectRatio clip-path xlink:href",
    ),
    (
        "text",
        "x y font-size font-weight font-style textLength lengthAdjust direction text-anchor \
         xml:space",
    ),
];

/// Attributes of any element.
const COMMON: &str = "id lang class role hidden tabindex aria-label aria-labelledby aria-controls \
                      aria-pressed aria-expanded aria-hidden aria-keyshortcuts";

/// Reads HTML strictly: only known elements and attributes, and addresses that lead nowhere by
/// themselves. Returns the contents of scripts and styles.
fn read_strictly(html: &str) -> Result<Vec<&str>, String> {
    if let Some(c) = html.chars().find(|c| crate::folding::is_hidden(*c)) {
        return Err(format!("hidden {c:?}"));
    }
    let html = html.strip_prefix("<!doctype html>").unwrap_or(html);
    markup::read(html, |tag| {
        let known = ELEMENTS.iter().find(|(known, _)| *known == tag.name);
        let (name, known) = known.ok_or(format!("element {:?}", tag.name))?;
        for (attribute, value) in &tag.attributes {
            let mut allowed = COMMON.split_whitespace().chain(known.split_whitespace());
            if !allowed.any(|known| known == *attribute) {
                return Err(format!("attribute {attribute:?} of {name}"));
            }
            check_address(name, attribute, value.unwrap_or_default())?;
        }
        Ok(match *name {
            "script" | "style" => ElementContent::Raw,
            "meta" | "input" | "br" => ElementContent::Void,
            _ => ElementContent::Elements,
        })
    })
}

fn check_address(element: &str, attribute: &str, value: &str) -> Result<(), String> {
    let starts = |starts: &[&str]| starts.iter().any(|start| value.starts_with(start));
    let is_good = match (element, attribute) {
        ("a", "href") => starts(&["#", "http://", "https://", "mailto:"]),
        ("image", _) if attribute.ends_with("href") => {
            starts(&["data:image/png;base64,", "data:image/jpeg;base64,"])
        }
        (_, "href" | "xlink:href") => starts(&["#"]),
        (_, "clip-path") => starts(&["url(#"]),
        _ => true,
    };
    is_good
        .then_some(())
        .ok_or(format!("{element} {attribute}={value:?}"))
}

#[test]
fn the_strict_reader_finds_what_could_act() {
    for bad in [
        "<p onclick=\"x\"></p>",
        "<p style=\"x\"></p>",
        "<a href=\"javascript:x\"></a>",
        "<image xlink:href=\"https://x\"/>",
        "<iframe></iframe>",
        "<p>&lt</p>",
        "<p>",
        "<p>\u{1}</p>",
    ] {
        assert!(read_strictly(bad).is_err(), "{bad}");
    }
    assert_eq!(
        read_strictly("<p class=\"x\">&amp;<br></p>"),
        Ok(Vec::new())
    );
}

/// Texts that act where a page does not escape them.
const HOSTILE: [&str; 8] = [
    "<script>document.title='owned'</script> x",
    "</script><script>document.title='owned'</script> x",
    "\"><img src=x onerror=\"document.title='owned'\"> x",
    "' onmouseover='document.title=1' x",
    "</style></svg><svg onload=document.title=1> x",
    "<!-- x --> ]]> &lt; &#60;script&#62; {{x}} ${x} x",
    "a \u{0}\u{1}\u{7f}\u{85}\u{202e}\u{fffe} b",
    "javascript:document.title='owned' <javascript:document.title=1>",
];

/// The example of all fields, with every text of several words replaced.
pub(super) fn hostile_map() -> Map {
    let example = include_str!("../../../assets/example.journey.ron");
    let mut texts = HOSTILE.iter().cycle();
    let mut replaced = String::new();
    for (at, piece) in example.split('"').enumerate() {
        if at % 2 == 1 && piece.contains(' ') && !piece.contains('\\') {
            let text = texts.next().copied().unwrap_or_default();
            let escaped: String = text
                .chars()
                .map(|c| format!("\\u{{{:x}}}", u32::from(c)))
                .collect();
            replaced += &format!("\"{escaped}\"");
        } else if at % 2 == 1 {
            replaced += &format!("\"{piece}\"");
        } else {
            replaced += piece;
        }
    }
    crate::format::read(replaced.as_bytes()).unwrap().map
}

fn page_of(map: &Map) -> String {
    page_with(map, &[])
}

fn page_with(map: &Map, saved: &[SavedDrawing]) -> String {
    let today = parse_date("2026-06-01").unwrap();
    let source = PageSource {
        map,
        findings: &insight::findings(map, &Graph::of(map), today, Vec::new()),
        today,
        options: &RenderOptions::default(),
        theme: None,
        view: View::Flow,
        saved,
    };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("map.html");
    export_page(&source, &mut Typesetter::bundled(), &path, None).unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn nothing_in_a_map_can_act() {
    let map = hostile_map();
    let page = page_of(&map);
    let raw = read_strictly(&page).unwrap();
    let [style, script] = &raw[..] else {
        panic!("{} scripts and styles", raw.len());
    };
    assert_eq!(*script, SCRIPT);
    assert!(style.ends_with(STYLE));
    for text in raw {
        let hash = BASE64_STANDARD.encode(Sha256::digest(text.as_bytes()));
        assert!(page.contains(&format!("'sha256-{hash}'")), "{hash}");
    }
    assert!(page.contains("default-src 'none'"));
    let escaped = "&lt;script&gt;document.title=&#39;owned&#39;&lt;/script&gt; x";
    assert!(page.matches(escaped).count() > 5, "drawn and as text");
}

#[test]
fn a_page_is_small_and_has_all_views_once() {
    let map = Map::with_title("Smallest");
    let page = page_of(&map);
    read_strictly(&page).unwrap();
    let fonts: usize = page
        .split("base64,")
        .skip(1)
        .map(|font| font.find(')').unwrap_or(0))
        .sum();
    assert!(page.len() - fonts < 100_000, "{}", page.len() - fonts);
    for view in ["journey", "flow", "ownership", "findings"] {
        assert_eq!(page.matches(&format!("<svg class=\"drawing\" aria-hidden=\"true\" focusable=\"false\" data-view=\"{view}\"")).count(), usize::from(view != "flow"));
        assert_eq!(
            page.matches(&format!(
                "role=\"tab\" aria-controls=\"map\" data-view=\"{view}\""
            ))
            .count(),
            1
        );
    }
    assert_eq!(page.matches("<svg class=\"drawing front\"").count(), 1);
    assert_eq!(page.matches("<h1>Smallest</h1>").count(), 1);
}

#[test]
fn saved_views_are_tabs_with_drawings_of_their_own_only_where_they_look_otherwise() {
    let map = r#"(title: "T", stages: [(name: "S", touchpoints: [(id: "a", name: "A"), (id: "b", name: "B")])])"#;
    let map = crate::format::read(map.as_bytes()).unwrap().map;
    let saved = |name: &str, view, options| SavedDrawing {
        name: name.to_owned(),
        view,
        options,
    };
    let chosen = SelectionSet {
        touchpoints: [Id::from_text("b")].into_iter().collect(),
        ..SelectionSet::default()
    };
    let only = RenderOptions {
        highlight: Highlight {
            marks: Marks::UNOWNED,
            selection: Some(Arc::new(chosen)),
        },
        ..RenderOptions::default()
    };
    let mut compact = RenderOptions::default();
    compact.layout.density = Density::Compact;
    let saved = [
        saved("Only \"B\"", View::Journey, only),
        saved("Small", View::Journey, compact.clone()),
        saved("Smaller", View::Journey, compact),
    ];
    let page = page_with(&map, &saved);
    read_strictly(&page).unwrap();
    for tab in [
        "data-view=\"saved-1\" data-drawing=\"journey\" data-m=\"u\" data-touchpoints=\"1\">Only &quot;B&quot;<",
        "data-view=\"saved-2\" data-drawing=\"journey-2\">Small<",
        "data-view=\"saved-3\" data-drawing=\"journey-2\">Smaller<",
    ] {
        assert!(page.contains(tab), "{tab}");
    }
    assert_eq!(page.matches("<svg class=\"drawing").count(), 5);
}

#[test]
fn a_page_has_the_language_of_its_map_and_names_others() {
    let map = r#"(title: "Bestellung", scenario: "Die Kundin wartet auf die Bestätigung ihrer Bestellung",
        stages: [(name: "Warten", touchpoints: [(name: "確認を待っています")])])"#;
    let page = page_of(&crate::format::read(map.as_bytes()).unwrap().map);
    read_strictly(&page).unwrap();
    assert!(page.starts_with("<!doctype html>\n<html lang=\"de\""));
    assert!(page.contains("<bdi lang=\"ja\">1 確認を待っています</bdi>"));
    assert!(page.contains("<bdi>Warten</bdi>"));
    // The words of the program stay English.
    assert!(page.contains("<h2 lang=\"en\"><bdi>Journey</bdi></h2>"));
    assert!(page.contains("<dt lang=\"en\">Owner</dt>"));
    assert!(page.contains("role=\"tablist\" aria-label=\"Views\" lang=\"en\""));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn any_text_is_escaped(a in any::<String>(), b in any::<String>(), number in 0_usize..9) {
        let phrase = Phrase { link: Some("https://x".to_owned()), ..Phrase::with(Mood::Pain, &*a) };
        let section = Section {
            anchor: Anchor::Touchpoint { number, values: vec![number], marks: Marks::PAIN },
            heading: b.clone(),
            is_own: false,
            blocks: vec![
                Block::Text(phrase.clone()),
                Block::Quote(a.clone(), b.clone()),
                Block::Terms(vec![(b.clone(), vec![phrase.clone()])]),
                Block::List(vec![phrase]),
                Block::Table(a.clone(), vec![b.clone()], vec![vec![a.clone(), b]]),
            ],
            sections: Vec::new(),
        };
        let mut bytes = Vec::new();
        let mut xml = XmlWriter::new(&mut bytes);
        section.write(2, &MainLanguage::of(&a), &mut xml);
        xml.flush().unwrap();
        let html = String::from_utf8(bytes).unwrap();
        prop_assert_eq!(read_strictly(&html), Ok(Vec::new()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4))]
    #[test]
    fn every_touchpoint_is_drawn_and_told(map in arbitrary::map()) {
        let page = page_of(&map);
        prop_assert_eq!(read_strictly(&page).map(|raw| raw.len()), Ok(2));
        for number in 0..map.touchpoint_count() {
            let told = page.contains(&format!("<article id=\"t{number}\""));
            prop_assert!(told, "{number}");
            let drawn = page.matches(&format!("<g class=\"o\" data-t=\"{number}\"")).count();
            prop_assert!(drawn >= 3, "{number}: {drawn}");
        }
        prop_assert_eq!(page.matches("<article").count(), map.touchpoint_count());
    }
}
