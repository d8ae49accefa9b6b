//! Decoding of image files to pixels, and import: scaling and encoding them anew to the limits of
//! a map.
//!
//! Must not know: files, windows.

use super::{ImageError, limit};
use crate::model::{Image, ImageHeader, Map};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{
    DynamicImage, ImageBuffer, ImageDecoder, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage,
};
use std::borrow::Cow;
use std::collections::HashSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

/// Largest size in bytes that a decoder may need besides the pixels.
const DECODER_BYTES: u64 = 4 * 1024 * 1024;

/// A decoded image: four bytes a pixel (red, green, blue, opacity; not
/// premultiplied), rows from the top.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
    /// The pixels.
    pub rgba: Vec<u8>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {} pixels", self.width, self.height)
    }
}

impl Pixels {
    /// The average colour, weighted by opacity; white if fully transparent.
    pub fn average_color(&self) -> [u8; 3] {
        let mut sums = [0_u64; 4];
        for pixel in self.rgba.as_chunks::<4>().0 {
            let [r, g, b, a] = pixel.map(u64::from);
            for (sum, value) in sums.iter_mut().zip([r * a, g * a, b * a, a]) {
                *sum += value;
            }
        }
        let [r, g, b, a] = sums;
        [r, g, b].map(|sum| sum.checked_div(a).unwrap_or(255) as u8)
    }

    fn of(image: DynamicImage) -> Pixels {
        let image = image.into_rgba8();
        Pixels {
            width: image.width(),
            height: image.height(),
            rgba: image.into_raw(),
        }
    }
}

/// Decodes an image of a map for drawing, scaled down to at most `side` pixels on
/// its longer side.
///
/// # Errors
/// The bytes are not an image that can be shown.
pub fn decode(bytes: &[u8], side: u32) -> Result<Pixels, ImageError> {
    let head = ImageHeader::parse(bytes).ok_or(ImageError::Damaged)?;
    let pixels = u64::from(head.width) * u64::from(head.height);
    if pixels > Image::MAX_PIXELS {
        return Err(ImageError::TooManyPixels(head.width, head.height));
    }
    decode_catching_panics(bytes, Image::MAX_PIXELS, side.max(1)).map(Pixels::of)
}

/// Decodes an image from outside, rotated by its orientation tag and scaled down
/// to [`limit::SIDE`]; the first frame of an animation.
///
/// # Errors
/// The bytes are not a supported image, or exceed the limits.
pub fn decode_foreign(bytes: &[u8]) -> Result<Pixels, ImageError> {
    if bytes.len() > limit::FILE {
        return Err(ImageError::TooManyBytes(bytes.len().div_ceil(1024 * 1024)));
    }
    decode_catching_panics(bytes, limit::PIXELS, limit::SIDE).map(Pixels::of)
}

fn decode_catching_panics(bytes: &[u8], most: u64, side: u32) -> Result<DynamicImage, ImageError> {
    // The decoders are third-party code: a panic in one of them counts as a
    // damaged image and must not end the program.
    catch_unwind(AssertUnwindSafe(|| decode_limited(bytes, most, side)))
        .unwrap_or(Err(ImageError::Damaged))
}

fn decode_limited(bytes: &[u8], most: u64, side: u32) -> Result<DynamicImage, ImageError> {
    let format = supported_format(bytes)?;
    let bytes = without_extras(bytes);
    let mut limits = Limits::default();
    limits.max_image_width = Some(Image::MAX_SIDE);
    limits.max_image_height = Some(Image::MAX_SIDE);
    let mut reader = ImageReader::with_format(Cursor::new(&*bytes), format);
    reader.no_limits();
    // Reads the header only.
    let mut decoder = reader.into_decoder().map_err(|_| ImageError::Damaged)?;
    let (width, height) = decoder.dimensions();
    let sides = [width, height];
    let pixels = u64::from(width) * u64::from(height);
    // A frame of a GIF can be larger than the image.
    limits.max_alloc = Some(pixels * 8 + DECODER_BYTES);
    if sides.into_iter().any(|side| side > Image::MAX_SIDE) || pixels > most {
        return Err(ImageError::TooManyPixels(width, height));
    }
    if sides.contains(&0) {
        return Err(ImageError::Damaged);
    }
    decoder
        .set_limits(limits)
        .map_err(|_| ImageError::Damaged)?;
    let turned = decoder.orientation().map_err(|_| ImageError::Damaged)?;
    let image = DynamicImage::from_decoder(decoder).map_err(|_| ImageError::Damaged)?;
    let mut image = downscale(image, side);
    image.apply_orientation(turned);
    Ok(image)
}

fn supported_format(bytes: &[u8]) -> Result<ImageFormat, ImageError> {
    let known = [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Gif,
        ImageFormat::Bmp,
    ];
    match image::guess_format(bytes) {
        Ok(format) if known.contains(&format) => Ok(format),
        _ => {
            let start = String::from_utf8_lossy(&bytes[..bytes.len().min(1_000)]);
            let start = start.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
            let drawing = start.starts_with('<') && start.contains("<svg");
            Err(if drawing {
                ImageError::VectorGraphic
            } else {
                ImageError::UnknownFormat
            })
        }
    }
}

/// Returns a PNG without the chunks that its pixels do not need; other files as they are. A colour
/// profile or a text can unpack to a thousand times its size, and the decoder unpacks both before it
/// knows a limit. The other formats hold nothing packed besides pixels.
///
/// Chunks: <https://www.w3.org/TR/png-3/#11Chunks>; `eXIf` holds the orientation.
pub fn without_extras(bytes: &[u8]) -> Cow<'_, [u8]> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";
    const NEEDED: [&[u8; 4]; 6] = [b"IHDR", b"PLTE", b"tRNS", b"eXIf", b"IDAT", b"IEND"];
    let Some(mut rest) = bytes.strip_prefix(SIGNATURE) else {
        return Cow::Borrowed(bytes);
    };
    let mut kept = Vec::with_capacity(bytes.len());
    kept.extend_from_slice(SIGNATURE);
    // Length, name, content and checksum.
    while let Some(([a, b, c, d, name @ ..], _)) = rest.split_first_chunk::<8>() {
        let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
        let (chunk, after) = rest.split_at(length.saturating_add(12).min(rest.len()));
        if NEEDED.contains(&name) {
            kept.extend_from_slice(chunk);
        }
        rest = after;
    }
    if kept.len() == bytes.len() {
        Cow::Borrowed(bytes)
    } else {
        Cow::Owned(kept)
    }
}

/// Scales an image down to at most `side` pixels on its longer side.
fn downscale(image: DynamicImage, side: u32) -> DynamicImage {
    let longer = image.width().max(image.height());
    if longer <= side {
        return image;
    }
    // Averaging down to twice the size is fast and leaves little to filter.
    let image = if longer > 4 * side {
        image.thumbnail(2 * side, 2 * side)
    } else {
        image
    };
    image.resize(side, side, image::imageops::FilterType::CatmullRom)
}

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
