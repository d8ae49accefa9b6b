//! From any picture to the bounded bytes that a map carries.

use super::decode::{Pixels, decode_foreign, smaller};
use super::{Refused, limit};
use crate::model::{Image, Map};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageBuffer, RgbImage, RgbaImage};
use std::collections::HashSet;
use std::sync::Arc;

/// Makes of any picture one that a map can carry: at most [`limit::SIDE`] pixels
/// on the longer side and [`limit::BYTES`] bytes, written anew, so that nothing
/// but what can be seen comes along (where it was taken, for one). A drawing of
/// few colours, or with see-through parts, becomes PNG, anything else JPEG.
///
/// # Errors
/// Where it is no picture, or too much of one.
pub fn import(bytes: &[u8]) -> Result<Arc<[u8]>, Refused> {
    import_pixels(decode_foreign(bytes)?)
}

/// Like [`import`], for pixels from the clipboard.
///
/// # Errors
/// Where there are more or fewer pixels than said, or too many.
pub fn import_pixels(pixels: Pixels) -> Result<Arc<[u8]>, Refused> {
    let (width, height) = (pixels.width, pixels.height);
    let count = u64::from(width) * u64::from(height);
    if count > limit::PIXELS || width.max(height) > Image::MAX_SIDE {
        return Err(Refused::TooLarge(width, height));
    }
    let image = ImageBuffer::from_raw(width, height, pixels.rgba).ok_or(Refused::Damaged)?;
    if count == 0 {
        return Err(Refused::Damaged);
    }
    let mut image = smaller(DynamicImage::ImageRgba8(image), limit::SIDE).into_rgba8();
    if let Some(bytes) = drawing(&image).filter(|bytes| bytes.len() <= limit::BYTES) {
        return Ok(bytes.into());
    }
    loop {
        let flat = on_white(&image);
        for quality in [85, 70, 50] {
            let bytes = photo(&flat, quality).ok_or(Refused::Damaged)?;
            // A picture of one pixel is small enough; the loop ends.
            if bytes.len() <= limit::BYTES || image.width().max(image.height()) == 1 {
                return Ok(bytes.into());
            }
        }
        let side = image.width().max(image.height()) / 4 * 3;
        image = smaller(DynamicImage::ImageRgba8(image), side.max(1)).into_rgba8();
    }
}

/// Whether a map can carry one more picture of so many bytes.
///
/// # Errors
/// [`Refused::Full`] where not.
pub fn room(map: &Map, weight: usize) -> Result<(), Refused> {
    let carried: usize = map.images().iter().map(Image::weight).sum();
    if carried + weight > limit::TOTAL {
        return Err(Refused::Full);
    }
    Ok(())
}

/// More colours than this, and it is a photograph.
const COLOURS: usize = 4_096;

/// PNG of what has few colours or see-through parts.
fn drawing(image: &RgbaImage) -> Option<Vec<u8>> {
    let mut colours = HashSet::new();
    let mut see_through = false;
    for pixel in image.pixels() {
        see_through |= pixel.0[3] < 255;
        if colours.len() <= COLOURS {
            colours.insert(pixel.0);
        }
    }
    if !see_through && colours.len() > COLOURS {
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

fn photo(image: &RgbImage, quality: u8) -> Option<Vec<u8>> {
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
