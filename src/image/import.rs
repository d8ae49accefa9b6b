//! Import of images: scales and re-encodes them to the limits of a map.
//!
//! Must not know: files, windows.

use super::decode::{Pixels, decode_foreign, downscale};
use super::{ImageError, limit};
use crate::model::{Image, Map};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageBuffer, RgbImage, RgbaImage};
use std::collections::HashSet;
use std::sync::Arc;

/// Converts an image to one that a map can contain: at most [`limit::SIDE`]
/// pixels on the longer side and [`limit::BYTES`] bytes. It is encoded anew, so
/// that no metadata is kept (such as the place where it was taken). Images with
/// few colours or with transparency become PNG, all others JPEG.
///
/// # Errors
/// The bytes are not a supported image, or exceed the limits.
pub fn import(bytes: &[u8]) -> Result<Arc<[u8]>, ImageError> {
    import_pixels(decode_foreign(bytes)?)
}

/// Like [`import`], for pixels from the clipboard.
///
/// # Errors
/// The number of pixels does not match the size, or exceeds the limits.
pub fn import_pixels(pixels: Pixels) -> Result<Arc<[u8]>, ImageError> {
    let (width, height) = (pixels.width, pixels.height);
    let count = u64::from(width) * u64::from(height);
    if count > limit::PIXELS || width.max(height) > Image::MAX_SIDE {
        return Err(ImageError::TooManyPixels(width, height));
    }
    let image = ImageBuffer::from_raw(width, height, pixels.rgba).ok_or(ImageError::Damaged)?;
    if count == 0 {
        return Err(ImageError::Damaged);
    }
    let mut image = downscale(DynamicImage::ImageRgba8(image), limit::SIDE).into_rgba8();
    if let Some(bytes) = encode_drawing(&image).filter(|bytes| bytes.len() <= limit::BYTES) {
        return Ok(bytes.into());
    }
    loop {
        let flat = on_white(&image);
        for quality in [85, 70, 50] {
            let bytes = encode_photo(&flat, quality).ok_or(ImageError::Damaged)?;
            // An image of one pixel is small enough, so the loop ends.
            if bytes.len() <= limit::BYTES || image.width().max(image.height()) == 1 {
                return Ok(bytes.into());
            }
        }
        let side = image.width().max(image.height()) / 4 * 3;
        image = downscale(DynamicImage::ImageRgba8(image), side.max(1)).into_rgba8();
    }
}

/// Checks that a map can take one more image of this many bytes.
///
/// # Errors
/// [`ImageError::MapFull`] if it cannot.
pub fn check_capacity(map: &Map, weight: usize) -> Result<(), ImageError> {
    let carried: usize = map.images().iter().map(Image::byte_len).sum();
    if carried + weight > limit::TOTAL {
        return Err(ImageError::MapFull);
    }
    Ok(())
}

/// Maximum number of colours of a drawing; images with more are photographs.
const MAX_DRAWING_COLORS: usize = 4_096;

/// Encodes as PNG if the image has few colours or transparency.
fn encode_drawing(image: &RgbaImage) -> Option<Vec<u8>> {
    let mut colours = HashSet::new();
    let mut see_through = false;
    for pixel in image.pixels() {
        see_through |= pixel.0[3] < 255;
        if colours.len() <= MAX_DRAWING_COLORS {
            colours.insert(pixel.0);
        }
    }
    if !see_through && colours.len() > MAX_DRAWING_COLORS {
        return None;
    }
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    if see_through {
        image.write_with_encoder(encoder).ok()?;
    } else {
        on_white(image).write_with_encoder(encoder).ok()?;
    }
    Some(bytes)
}

fn encode_photo(image: &RgbImage, quality: u8) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    image.write_with_encoder(encoder).ok()?;
    Some(bytes)
}

fn on_white(image: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [r, g, b, a] = image.get_pixel(x, y).0.map(u32::from);
        image::Rgb([r, g, b].map(|c| ((c * a + 255 * (255 - a)) / 255) as u8))
    })
}
