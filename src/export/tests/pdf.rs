//! PDF: pages, accessibility, outline, images.

use super::*;
use crate::export::{
    Paper, PdfOptions, PdfPages, PdfReport, PdfStandards, Tiles, pdf, pdf_page_scenes,
};
use crate::render::{RenderOptions, View, render_view};

/// Number of times that the bytes stand in the file.
fn count(file: &[u8], bytes: &[u8]) -> usize {
    file.windows(bytes.len()).filter(|it| *it == bytes).count()
}

fn samples() -> impl Iterator<Item = crate::model::Map> {
    let files = std::fs::read_dir("sample_maps").unwrap();
    files.map(|file| {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        crate::format::read(&bytes).unwrap().map
    })
}

fn journey(map: &crate::model::Map, setter: &mut Typesetter) -> Scene {
    render_view(map, View::Journey, &RenderOptions::default(), setter).unwrap()
}

fn options(pages: PdfPages) -> PdfOptions {
    PdfOptions {
        date: Some(jiff::civil::date(2026, 11, 30)),
        ..pages.into()
    }
}

/// The files of a drawing with these pages.
fn written(scene: &Scene, pages: PdfPages) -> (Vec<u8>, PdfReport) {
    let mut file = Vec::new();
    let mut setter = Typesetter::bundled();
    let report = pdf(
        std::slice::from_ref(scene),
        &options(pages),
        &mut setter,
        &mut file,
    );
    (file, report.unwrap())
}

fn paper(name: &str) -> Paper {
    Paper::parse(name).unwrap()
}

#[test]
fn samples_are_accessible_pages_of_the_size_asked_for() {
    let mut setter = Typesetter::bundled();
    let options = RenderOptions::default();
    for map in samples() {
        for view in [View::Journey, View::Flow, View::Ownership] {
            let scene = render_view(&map, view, &options, &mut setter).unwrap();
            let (file, report) = written(&scene, PdfPages::Poster(paper("a3")));
            assert!(file.starts_with(b"%PDF-1.7"));
            let title = &map.header().title;
            assert_eq!(
                report.standards,
                PdfStandards::AccessibleArchival,
                "{title} {view:?}"
            );
            assert_eq!(count(&file, b"<pdfuaid:part>1<"), 1, "{title} {view:?}");
            assert_eq!(count(&file, b"<pdfaid:part>2<"), 1, "{title} {view:?}");
            let [wide, high] = [
                b"/MediaBox[0 0 1190.5511 841.8898]",
                b"/MediaBox[0 0 841.8898 1190.5511]",
            ];
            assert_eq!(
                count(&file, wide) + count(&file, high),
                1,
                "{title} {view:?}"
            );
            let stages = map.stages().len();
            let places = count(&file, b"/Dest") - count(&file, b"/DestOutputProfile");
            assert_eq!(places, stages, "{title} {view:?}");
        }
    }
}

#[test]
fn a_page_without_paper_is_as_large_as_the_map() {
    let file = pdf_bytes(&scene("Name", "text"), &mut Typesetter::bundled());
    assert_eq!(count(&file, b"/MediaBox[0 0 75 60]"), 1);
}

#[test]
fn a_long_map_fills_its_sheet_in_rows() {
    let mut setter = Typesetter::bundled();
    let map = samples()
        .max_by_key(crate::model::Map::touchpoint_count)
        .unwrap();
    let scene = journey(&map, &mut setter);
    let rows = written(&scene, PdfPages::Poster(paper("a1"))).1.rows;
    assert!(rows > 1, "{rows}");
}

#[test]
fn pictures_are_embedded_and_broken_ones_left_out() {
    let mut setter = Typesetter::bundled();
    for round in [false, true] {
        let file = pdf_bytes(&with_picture(round, None), &mut setter);
        assert_eq!(count(&file, b"/Subtype/Image"), 1);
        let broken = with_picture(round, Some(Arc::from(&b"no picture"[..])));
        assert_eq!(
            count(&pdf_bytes(&broken, &mut setter), b"/Subtype/Image"),
            0
        );
    }
}

#[test]
fn tiles_are_sheets_of_their_paper_after_a_plan() {
    let map = samples().next().unwrap();
    let scene = journey(&map, &mut Typesetter::bundled());
    let sheet = paper("a4");
    for overlap in [0.0, 10.0] {
        let tiles = Tiles { sheet, overlap };
        let (file, report) = written(&scene, PdfPages::Tiles(Some(paper("a1")), tiles));
        // A1 has 841 mm across and 594 mm down, an upright sheet 190 and 277 mm within its margins.
        let sheets = 5 * 3;
        assert_eq!(report.pages, 1 + sheets);
        assert_eq!(report.standards, PdfStandards::AccessibleArchival);
        let upright = count(&file, b"/MediaBox[0 0 595.2756 841.8898]");
        assert_eq!(upright, 1 + sheets);
        // Each text is read on one sheet only, so a poster has as many headings as one page.
        let headings = |file: &[u8]| count(file, b"/S/H2");
        let (whole, _) = written(&scene, PdfPages::Poster(paper("a1")));
        assert_eq!(
            headings(&file),
            headings(&whole) + 1,
            "the title comes after the plan"
        );
    }
}

#[test]
fn impossible_tiles_are_refused() {
    let scene = Scene {
        width: 19_000.0,
        height: 19_000.0,
        ..scene("Name", "text")
    };
    let mut setter = Typesetter::bundled();
    let mut refused = |sheet, overlap| {
        let tiles = PdfPages::Tiles(
            None,
            Tiles {
                sheet: paper(sheet),
                overlap,
            },
        );
        let scene = std::slice::from_ref(&scene);
        pdf(scene, &tiles.into(), &mut setter, &mut std::io::sink()).unwrap_err()
    };
    assert!(refused("a5", 10.0).to_string().contains("sheets"));
    assert!(refused("70x60", 50.0).to_string().contains("overlap"));
}

#[test]
fn previews_show_every_page_in_its_shape() {
    let map = samples().next().unwrap();
    let mut setter = Typesetter::bundled();
    let scene = [journey(&map, &mut setter)];
    let tiles = Tiles {
        sheet: paper("letter"),
        overlap: 10.0,
    };
    for pages in [
        PdfPages::Map,
        PdfPages::Poster(paper("a2")),
        PdfPages::Tiles(Some(paper("a2")), tiles),
        PdfPages::Handout(paper("a4")),
    ] {
        let shown = pdf_page_scenes(&scene, pages, &mut setter).unwrap();
        assert_eq!(shown.len(), written(&scene[0], pages).1.pages);
        for page in shown {
            let (width, height) = page.millimetres;
            let shape = page.scene.width / page.scene.height;
            assert!((shape - width / height).abs() < 1e-6);
        }
    }
}

#[test]
fn the_language_is_that_of_the_map_or_the_one_asked_for() {
    let mut setter = Typesetter::bundled();
    for (title, name, tag) in [
        ("فتح حساب", "ينتظر العميل تأكيد طلبه من البنك", "ar"),
        (
            "Ein Konto eröffnen",
            "Der Kunde wartet auf die Bestätigung der Bank",
            "de",
        ),
        (
            "Opening an account",
            "The customer waits for the answer of the bank",
            "en",
        ),
        ("7 %", "", "en"),
    ] {
        let text = format!(
            "(title: {title:?}, stages: [(name: {title:?}, touchpoints: [(name: {name:?})])])"
        );
        let map = crate::format::read(text.as_bytes()).unwrap().map;
        let scene = [journey(&map, &mut setter)];
        for asked in [None, Some("pt-BR".to_owned())] {
            let expected = asked.clone().unwrap_or_else(|| tag.to_owned());
            let options = PdfOptions {
                language: asked,
                ..PdfPages::Map.into()
            };
            let mut file = Vec::new();
            pdf(&scene, &options, &mut setter, &mut file).unwrap();
            let mark = format!("/Lang({expected})");
            assert_eq!(count(&file, mark.as_bytes()), 1, "{title}");
        }
    }
}

#[test]
fn without_the_title_of_the_map_its_stages_are_the_first_headings() {
    let text = "(title: \"A map\", stages: [(name: \"\", touchpoints: [(name: \"Ask\"), (name: \"Wait\")])])";
    let map = crate::format::read(text.as_bytes()).unwrap().map;
    let whole = journey(&map, &mut Typesetter::bundled());
    let stage = whole.excerpt(100.0..whole.width);
    let (file, report) = written(&stage, PdfPages::Map);
    assert_eq!(report.standards, PdfStandards::AccessibleArchival);
    assert_eq!(
        count(&file, b"/T(A map)"),
        0,
        "names of touchpoints are no headings"
    );
    let [stages, lower] = [b"/S/H1", b"/S/H2"].map(|heading| count(&file, heading));
    assert_eq!((stages, lower), (1, 0));
    let (file, _) = written(&whole, PdfPages::Map);
    let [title, stages] = [b"/S/H1", b"/S/H2"].map(|heading| count(&file, heading));
    assert_eq!((title, stages), (1, 1));
}

#[test]
fn the_title_of_the_map_is_the_first_heading_and_links_lead_on() {
    let text = "(title: \"A map\", stages: [(name: \"One\", touchpoints: [(name: \"A\", texts: {\"l\": \"Prices <https://bank.example/p>\"})]), (name: \"Two\", touchpoints: [(name: \"B\")])], lanes: [(id: \"l\", kind: custom, name: \"Links\", holds: link)])";
    let map = crate::format::read(text.as_bytes()).unwrap().map;
    let scene = journey(&map, &mut Typesetter::bundled());
    let (file, report) = written(&scene, PdfPages::Poster(paper("a3")));
    assert_eq!(report.standards, PdfStandards::AccessibleArchival);
    assert_eq!(count(&file, b"/S/H1"), 1);
    assert_eq!(count(&file, b"/T(A map)"), 1, "the heading has the title");
    assert_eq!(count(&file, b"/URI(https://bank.example/p)"), 1);
}
