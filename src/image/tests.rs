//! Ordinary and hostile images.

use super::*;
use crate::model::{Image, ImageHeader, Media};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::{ProptestConfig, any, prop_assert, proptest};
use std::io::Cursor;

fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// An image with as many colours as a photograph.
fn photograph(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        Rgb([x, y, x * y / 7].map(|v| (v % 256) as u8))
    })
}

fn drawing(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x / 20 + y / 20) % 3 {
        0 => Rgb([250, 247, 240]),
        1 => Rgb([30, 40, 50]),
        _ => Rgb([0, 114, 178]),
    })
}

#[test]
fn every_supported_format_is_scaled_to_the_limits() {
    for format in [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::Gif,
        ImageFormat::Bmp,
        ImageFormat::WebP,
    ] {
        let bytes = import(&file(drawing(1400, 700), format)).unwrap();
        let head = ImageHeader::parse(&bytes).unwrap();
        assert_eq!((head.width, head.height), (1024, 512), "{format:?}");
        assert!(bytes.len() <= limit::BYTES);
        let pixels = decode(&bytes, limit::SIDE).unwrap();
        assert_eq!((pixels.width, pixels.height), (1024, 512));
    }
}

#[test]
fn drawings_become_png_and_photographs_small_jpeg() {
    let small = import(&file(drawing(300, 200), ImageFormat::Png)).unwrap();
    assert_eq!(ImageHeader::parse(&small).unwrap().media, Media::Png);
    assert_eq!(
        decode(&small, limit::SIDE).unwrap().rgba,
        DynamicImage::from(drawing(300, 200))
            .into_rgba8()
            .into_raw()
    );
    let photo = import(&file(photograph(1024, 1024), ImageFormat::Png)).unwrap();
    assert_eq!(ImageHeader::parse(&photo).unwrap().media, Media::Jpeg);
    assert!(photo.len() <= limit::BYTES);
    let glass = RgbaImage::from_fn(64, 64, |x, _| Rgba([9, 90, 200, (x * 4) as u8]));
    let glass = import(&file(glass, ImageFormat::Png)).unwrap();
    assert_eq!(ImageHeader::parse(&glass).unwrap().media, Media::Png);
    assert_eq!(decode(&glass, limit::SIDE).unwrap().rgba[3], 0);
}

#[test]
fn a_single_pixel_is_an_image() {
    let dot = import(&file(
        RgbImage::from_pixel(1, 1, Rgb([7, 8, 9])),
        ImageFormat::Bmp,
    ))
    .unwrap();
    assert_eq!(
        decode(&dot, limit::SIDE).unwrap().average_color(),
        [7, 8, 9]
    );
}

/// A PNG that claims this size and contains almost no data.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = file(RgbImage::new(1, 1), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

/// The checksum of PNG chunks.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xEDB8_8320 & (sum & 1).wrapping_neg())
        })
    })
}

#[test]
fn frame_larger_than_its_gif_is_refused() {
    let mut gif = Vec::new();
    let image = DynamicImage::ImageRgb8(RgbImage::new(1_500, 1_000));
    image
        .write_to(&mut Cursor::new(&mut gif), ImageFormat::Gif)
        .unwrap();
    assert!(decode_foreign(&gif).is_ok());
    // A screen of one pixel.
    gif[6..10].copy_from_slice(&[1, 0, 1, 0]);
    assert_eq!(decode_foreign(&gif), Err(ImageError::Damaged));
}

#[test]
fn images_with_too_many_pixels_are_rejected_by_their_header() {
    for (width, height) in [
        (60_000, 60_000),
        (16_385, 1),
        (9_000, 9_000),
        (1, u32::MAX >> 1),
    ] {
        let refused = import(&bomb(width, height)).unwrap_err();
        assert_eq!(refused, ImageError::TooManyPixels(width, height));
        assert!(decode(&bomb(width, height), limit::SIDE).is_err());
    }
    // The limit for drawing is lower than the limit for import.
    assert_eq!(
        decode(&bomb(8_000, 8_000), limit::SIDE),
        Err(ImageError::TooManyPixels(8_000, 8_000))
    );
    let mut gif = b"GIF89a\xFF\xFF\xFF\xFF\0\0\0".to_vec();
    gif.extend(b",\0\0\0\0\x01\0\x01\0\0\x02\x02\x44\x01\0;");
    assert_eq!(import(&gif), Err(ImageError::TooManyPixels(65_535, 65_535)));
}

#[test]
fn damaged_and_unsupported_files_are_reported() {
    let jpeg = file(photograph(200, 100), ImageFormat::Jpeg);
    assert_eq!(
        decode(&jpeg[..jpeg.len() / 2], limit::SIDE),
        Err(ImageError::Damaged)
    );
    assert_eq!(import(&bomb(0, 5)), Err(ImageError::Damaged));
    assert_eq!(import(&bomb(5_000, 5_000)), Err(ImageError::Damaged));
    assert_eq!(import(b""), Err(ImageError::UnknownFormat));
    assert_eq!(import(b"%PDF-1.7"), Err(ImageError::UnknownFormat));
    assert_eq!(
        import(b"II*\0\x08\0\0\0"),
        Err(ImageError::UnknownFormat),
        "TIFF"
    );
    for svg in [
        "<svg xmlns='http://www.w3.org/2000/svg'/>",
        "\n<?xml version='1.0'?><svg/>",
    ] {
        assert_eq!(import(svg.as_bytes()), Err(ImageError::VectorGraphic));
    }
    let heavy = vec![0; limit::FILE + 1];
    assert_eq!(import(&heavy), Err(ImageError::TooManyBytes(65)));
}

#[test]
fn the_first_frame_of_an_animation_is_imported() {
    let mut bytes = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut bytes);
    for n in 0..300_u32 {
        let shade = if n == 0 { 200 } else { 0 };
        let frame = RgbaImage::from_pixel(40, 30, Rgba([shade, shade, shade, 255]));
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let pixels = decode(&import(&bytes).unwrap(), limit::SIDE).unwrap();
    assert_eq!(
        (pixels.width, pixels.average_color()),
        (40, [200, 200, 200])
    );
}

#[test]
fn a_map_takes_images_up_to_the_total_limit() {
    let mut map = crate::model::Map::with_title("T");
    let image = Image {
        id: "i".into(),
        name: String::new(),
        data: crate::model::ImageData::Bytes(vec![0; limit::TOTAL - 10].into()),
    };
    let add = crate::edit::Intent::AddImage(Box::new(image));
    crate::edit::plan(&map, &add)
        .unwrap()
        .apply(&mut map)
        .unwrap();
    assert_eq!(check_capacity(&map, 10), Ok(()));
    assert_eq!(check_capacity(&map, 11), Err(ImageError::MapFull));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]

    #[test]
    fn any_bytes_are_imported_or_rejected(kind in 0..6_usize, noise in proptest::collection::vec(any::<u8>(), 0..200)) {
        let start: [&[u8]; 6] = [b"", b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", b"\xFF\xD8\xFF", b"GIF89a", b"BM", b"RIFF\x40\0\0\0WEBPVP8 "];
        let bytes = [start[kind], &noise].concat();
        let _ = import(&bytes);
        let _ = decode(&bytes, limit::SIDE);
    }

    #[test]
    fn a_damaged_image_is_imported_or_rejected(kind in 0..5_usize, at in any::<usize>(), byte in any::<u8>(), cut in any::<bool>()) {
        let formats = [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::Bmp, ImageFormat::WebP];
        let mut bytes = file(drawing(24, 16), formats[kind]);
        let at = at % bytes.len();
        if cut {
            bytes.truncate(at);
        } else {
            bytes[at] = byte;
        }
        if let Ok(taken) = import(&bytes) {
            prop_assert!(decode(&taken, limit::SIDE).is_ok());
        }
    }
}
