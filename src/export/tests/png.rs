//! Tests of PNG: pixels at the positions of the scene, no visible tile borders, limited sizes.

use super::{RED, item, scene, with_picture};
use crate::export::fit::fit;
use crate::export::{ExportError, FitNote, Size, png};
use crate::geom::Rect;
use crate::scene::{Scene, Shape};
use crate::text::Typesetter;
use std::sync::Arc;

struct DecodedPng {
    width: u32,
    height: u32,
    density: Option<u32>,
    rgb: Vec<u8>,
}

impl DecodedPng {
    fn at(&self, x: u32, y: u32) -> [u8; 3] {
        let at = ((y * self.width + x) * 3) as usize;
        [self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]]
    }
}

fn as_png(scene: &Scene, size: Size) -> Result<DecodedPng, ExportError> {
    let mut bytes = Vec::new();
    png(
        scene,
        size,
        &mut Typesetter::bundled(),
        &mut bytes,
        &mut |_, _| (),
    )?;
    let mut reader = ::png::Decoder::new(std::io::Cursor::new(&bytes))
        .read_info()
        .unwrap();
    let mut rgb = vec![0; reader.output_buffer_size().unwrap()];
    let frame = reader.next_frame(&mut rgb).unwrap();
    Ok(DecodedPng {
        width: frame.width,
        height: frame.height,
        density: reader.info().pixel_dims.map(|dims| dims.xppu),
        rgb,
    })
}

#[test]
fn items_are_painted_at_their_positions() {
    let picture = as_png(&scene("Name", "MMMM"), Size::Scale(2.0)).unwrap();
    assert_eq!((picture.width, picture.height), (200, 160));
    assert_eq!(picture.density, Some(7559));
    assert_eq!(picture.at(199, 159), [0xfb, 0xf8, 0xf2]);
    assert_eq!(picture.at(12, 14), [0xff, 0, 0]);
    assert_eq!(picture.at(140, 140), [0xfb, 0xf8, 0xf2], "zoomed-out item");
    let dark = |x: std::ops::Range<u32>, y: std::ops::Range<u32>| {
        let pixels = x.flat_map(|x| y.clone().map(move |y| (x, y)));
        pixels.filter(|(x, y)| picture.at(*x, *y)[0] < 0x60).count()
    };
    // Letters from (12, 33) up by their height; the phone at (62, 18).
    assert!(dark(24..110, 46..66) > 200, "{}", dark(24..110, 46..66));
    assert!(dark(124..156, 36..68) > 50, "{}", dark(124..156, 36..68));
}

#[test]
fn tiles_and_bands_have_no_visible_borders() {
    let mut scene = scene("Name", "Seams");
    let body = Arc::make_mut(&mut scene.groups[0].content);
    body.items.push(item(
        0,
        Shape::Rect {
            rect: Rect::new(1.0, 1.0, 96.0, 70.0),
            radius: 5.0,
            fill: Some(RED),
            stroke: None,
        },
    ));
    let picture = as_png(&scene, Size::Width(5000.0)).unwrap();
    assert_eq!((picture.width, picture.height), (5000, 4000));
    assert_eq!(picture.density, None);
    for at in 500..3500 {
        assert_eq!(picture.at(4096, at), RED_RGB, "{at}");
        assert_eq!(picture.at(at, at), RED_RGB, "{at}");
    }
}

const RED_RGB: [u8; 3] = [0xff, 0, 0];

#[test]
fn impossible_sizes_are_rejected() {
    let scene = scene("Name", "text");
    let Err(error) = as_png(&scene, Size::Width(40_000.0)) else {
        panic!("drawn");
    };
    let ExportError::TooLarge {
        width,
        height,
        fits,
    } = error
    else {
        panic!("{error}");
    };
    assert_eq!((width, height, fits), (40_000, 32_000, 30_000));
    assert!(error.to_string().contains("at most 30000 pixels wide"));
    for size in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert!(matches!(
            as_png(&scene, Size::Scale(size)),
            Err(ExportError::NoSize)
        ));
    }
    assert!(as_png(&scene, Size::Width(1.0)).is_ok());
}

/// A journey without content of this many map units.
fn long(width: f64, height: f64) -> Scene {
    Scene {
        width,
        height,
        ..scene("Name", "text")
    }
}

#[test]
fn long_maps_are_fitted_to_the_limits() {
    // About 30, 300, 2,000 and 20,000 touchpoints.
    for (width, wanted, rows) in [
        (7_500.0, 2.0, 1..2),
        (14_000.0, 2.0, 1..2),
        (73_572.0, 1.0, 2..8),
        (490_000.0, 1.0, 8..40),
        (5e6, 1.0, 20..90),
    ] {
        let scene = long(width, 2_000.0);
        let picture = fit(&scene, Size::Fit(wanted)).unwrap();
        assert!(picture.width <= 30_000 && picture.height <= 30_000);
        assert!(picture.scale >= 0.25, "{width}: {}", picture.scale);
        let found = match picture.note {
            Some(FitNote::Rows { rows, .. }) => rows,
            None => 1,
            note => panic!("{note:?}"),
        };
        assert!(rows.contains(&found), "{width}: {found} rows");
    }
    let scene = long(20_000.0, 15_000.0);
    let picture = fit(&scene, Size::Fit(2.0)).unwrap();
    assert_eq!((picture.width, picture.scale), (30_000, 1.5));
    let note = picture.note.unwrap().to_string();
    assert_eq!(
        note,
        "drawn at scale 1.50, because a PNG has at most 30000 pixels a side"
    );
}

#[test]
fn a_width_gives_no_unreadable_strip() {
    let scene = long(73_572.0, 2_000.0);
    for width in [1_000.0, 1_920.0, 7_022.0] {
        let picture = fit(&scene, Size::Width(width)).unwrap();
        assert_eq!(picture.width, width as u64);
        assert!(picture.scale >= 0.24 && picture.height > 500, "{width}");
        assert!(matches!(picture.note, Some(FitNote::Strip { .. })));
    }
    // One row can be read.
    assert_eq!(fit(&scene, Size::Width(20_000.0)).unwrap().note, None);
    // A thumbnail.
    let usual = long(4_400.0, 3_700.0);
    assert_eq!(fit(&usual, Size::Width(200.0)).unwrap().note, None);
    let huge = long(490_000.0, 2_000.0);
    let Err(error) = fit(&huge, Size::Width(1_000.0)) else {
        panic!("drawn");
    };
    let ExportError::TooNarrow { least, .. } = error else {
        panic!("{error}");
    };
    assert!(fit(&huge, Size::Width(least as f64)).is_ok(), "{least}");
}

#[test]
fn a_small_scale_has_the_words_of_an_overview() {
    let scene = scene("Name", "MMMM");
    // The square that is drawn below zoom 0.5 only.
    let red = |scale: f64| {
        let picture = as_png(&scene, Size::Scale(scale)).unwrap();
        picture.at((70.0 * scale) as u32, (70.0 * scale) as u32) == RED_RGB
    };
    assert!(red(0.4) && !red(0.6));
}

#[test]
fn images_are_drawn_whole_or_as_discs() {
    let origin = scene("", "x").groups[0].origin;
    let at = |picture: &DecodedPng, x: f64, y: f64| {
        picture.at((origin.x + x) as u32, (origin.y + y) as u32)
    };
    let whole = as_png(&with_picture(false, None), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&whole, 15.0, 20.0), [0, 0, 255]);
    assert_eq!(at(&whole, 45.0, 20.0), [255, 0, 0]);
    let round = as_png(&with_picture(true, None), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&round, 15.0, 30.0), [0, 0, 255]);
    assert_eq!(at(&round, 45.0, 30.0), [255, 0, 0]);
    assert_eq!(
        at(&round, 11.0, 11.0),
        [0xfb, 0xf8, 0xf2],
        "outside the disc"
    );
    let broken = Some(b"no picture".as_slice().into());
    let broken = as_png(&with_picture(false, broken), Size::Scale(1.0)).unwrap();
    assert_eq!(at(&broken, 15.0, 20.0), [0xfb, 0xf8, 0xf2]);
}
