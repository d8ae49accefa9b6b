//! PDF: pages, accessibility, outline, images.

use super::*;
use crate::export::{Paper, pdf};
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

#[test]
fn samples_are_accessible_pages_of_the_size_asked_for() {
    let mut setter = Typesetter::bundled();
    let options = RenderOptions::default();
    let a3 = Paper::parse("a3").unwrap();
    for map in samples() {
        for view in [View::Journey, View::Flow, View::Ownership] {
            let scene = render_view(&map, view, &options, &mut setter).unwrap();
            let mut file = Vec::new();
            pdf(&scene, Some(a3), &mut setter, &mut file).unwrap();
            assert!(file.starts_with(b"%PDF-1.7"));
            let title = &map.header().title;
            assert_eq!(count(&file, b"<pdfuaid:part>1<"), 1, "{title} {view:?}");
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
            assert_eq!(count(&file, b"/Dest"), stages, "{title} {view:?}");
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
    let options = RenderOptions::default();
    let scene = render_view(&map, View::Journey, &options, &mut setter).unwrap();
    let a1 = Paper::parse("a1").unwrap();
    let rows = pdf(&scene, Some(a1), &mut setter, &mut std::io::sink()).unwrap();
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
