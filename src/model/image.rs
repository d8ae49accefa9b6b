//! Images embedded in the file of a map, in their original encoding.
//!
//! Parses only the headers of PNG and JPEG, for the size in pixels, so that
//! layout needs no decoder. On screen and in files an image is called a picture.
//!
//! Must not know: how pixels are decoded, where images are shown.

use super::id::ImageId;
use base64::Engine as _;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// An image of a touchpoint or a persona.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Image {
    /// Unique in the map.
    pub id: ImageId,
    /// The description: caption and accessible name.
    pub name: String,
    /// The content.
    pub data: ImageData,
}

/// The content of an image. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageData {
    /// The bytes of an image file, not validated.
    #[serde(with = "text")]
    Bytes(Arc<[u8]>),
    /// Text that is not base 64, kept as it stands in the file.
    Unreadable(String),
}

/// Data in the file of a map as lines of base 64: an image, or the map that another was forked from.
pub type EmbeddedData = ImageData;

/// The supported types of image files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl Media {
    /// The MIME type, as in `data:` URLs.
    pub fn mime(self) -> &'static str {
        match self {
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
        }
    }
}

/// The header of an image file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageHeader {
    /// The type of file.
    pub media: Media,
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
}

impl Image {
    /// Maximum plausible width or height in pixels; larger images count as an attack.
    pub const MAX_SIDE: u32 = 16_384;

    /// Maximum number of pixels of a drawn image.
    pub const MAX_PIXELS: u64 = 16_000_000;

    /// The bytes, if the data is readable.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.data {
            ImageData::Bytes(bytes) => Some(bytes),
            ImageData::Unreadable(_) => None,
        }
    }

    /// Parses the header; `None` if the image cannot be shown: not a PNG or JPEG,
    /// incomplete, without pixels, or with more of them than are drawn.
    pub fn header(&self) -> Option<ImageHeader> {
        let head = ImageHeader::parse(self.bytes()?)?;
        let mut sides = [head.width, head.height].into_iter();
        let fits = sides.all(|side| (1..=Image::MAX_SIDE).contains(&side))
            && u64::from(head.width) * u64::from(head.height) <= Image::MAX_PIXELS;
        fits.then_some(head)
    }

    /// Size of the data in bytes.
    pub fn byte_len(&self) -> usize {
        match &self.data {
            ImageData::Bytes(bytes) => bytes.len(),
            ImageData::Unreadable(text) => text.len(),
        }
    }
}

impl ImageHeader {
    /// Parses the header of a PNG or JPEG with complete structure; the content of
    /// its chunks or segments is not checked.
    pub fn parse(bytes: &[u8]) -> Option<ImageHeader> {
        let (media, (width, height)) = match png(bytes) {
            Some(size) => (Media::Png, size),
            None => (Media::Jpeg, jpeg(bytes)?),
        };
        Some(ImageHeader {
            media,
            width,
            height,
        })
    }
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(N)?;
    let bytes = bytes.get(at..end)?;
    Some(bytes.iter().fold(0, |sum, b| sum << 8 | u32::from(*b)))
}

/// Returns the size of a PNG: a signature, then chunks of length, name, content and checksum,
/// `IHDR` first and `IEND` last (<https://www.w3.org/TR/png-3/>).
fn png(bytes: &[u8]) -> Option<(u32, u32)> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";
    if !bytes.starts_with(SIGNATURE) || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let mut at = SIGNATURE.len();
    while bytes.get(at + 4..at + 8)? != b"IEND" {
        let length = usize::try_from(number::<4>(bytes, at)?).ok()?;
        at = at.checked_add(length)?.checked_add(12)?;
    }
    Some((number::<4>(bytes, 16)?, number::<4>(bytes, 20)?))
}

/// Returns the size of a JPEG: markers of `FF` and a type byte followed by a length, one of
/// them the start of frame; `FFD9` ends the file (ITU T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    if !bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return None;
    }
    // Some cameras append zeros.
    let end = bytes.iter().rposition(|b| *b != 0)?;
    if bytes.get(end.checked_sub(1)?..=end)? != [0xFF, 0xD9] {
        return None;
    }
    let mut at = 2;
    loop {
        while bytes.get(at..at + 2)? == [0xFF, 0xFF] {
            at += 1;
        }
        let [0xFF, marker] = bytes.get(at..at + 2)? else {
            return None;
        };
        match marker {
            // Start of frame: every C marker except tables, arithmetic
            // conditioning and extensions.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return Some((number::<2>(bytes, at + 7)?, number::<2>(bytes, at + 5)?));
            }
            // Markers without a length do not precede the frame; scans follow it.
            0xD0..=0xDA | 0x00 | 0x01 => return None,
            _ => {
                let length = usize::try_from(number::<2>(bytes, at + 2)?).ok()?;
                at = at.checked_add(2)?.checked_add(length.max(2))?;
            }
        }
    }
}

/// Base 64 as people paste it: padding is optional.
const LENIENT_BASE64: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

impl ImageData {
    /// Decodes base 64 text, ignoring white space; other text is kept as it stands.
    pub fn from_base64(text: &str) -> ImageData {
        let mut digits = text.as_bytes().to_vec();
        digits.retain(|byte| !b" \n\r\t".contains(byte));
        match LENIENT_BASE64.decode(digits) {
            Ok(bytes) => ImageData::Bytes(bytes.into()),
            Err(_) => ImageData::Unreadable(text.into()),
        }
    }
}

impl Default for ImageData {
    fn default() -> Self {
        ImageData::Bytes(Arc::default())
    }
}

/// Serializes bytes as base 64 text, for images in recorded steps.
mod text {
    use super::ImageData;
    use base64::Engine as _;
    use base64::prelude::BASE64_STANDARD;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(bytes: &Arc<[u8]>, to: S) -> Result<S::Ok, S::Error> {
        BASE64_STANDARD.encode(bytes).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<[u8]>, D::Error> {
        match ImageData::from_base64(&String::deserialize(from)?) {
            ImageData::Bytes(bytes) => Ok(bytes),
            ImageData::Unreadable(_) => Err(D::Error::custom("expected a picture as base 64")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, prop_assert_eq, proptest};

    #[test]
    fn base64_may_have_white_space_and_lack_padding() {
        let bytes = |text| match ImageData::from_base64(text) {
            ImageData::Bytes(bytes) => Some(bytes.to_vec()),
            ImageData::Unreadable(_) => None,
        };
        for text in ["Zm9vYg==", "Zm9vYg", "Zm9v\n\tYg= =\r\n"] {
            assert_eq!(bytes(text).as_deref(), Some(&b"foob"[..]), "{text:?}");
        }
        for text in ["Z", "Zg==Zg==", "=", "Zm9v!", "Zm9é", "-_-_"] {
            assert_eq!(bytes(text), None, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_round_trip_through_base64(bytes in proptest::collection::vec(any::<u8>(), 0..200), text in ".{0,40}") {
            let encoded = base64::prelude::BASE64_STANDARD.encode(&bytes);
            prop_assert_eq!(ImageData::from_base64(&encoded), ImageData::Bytes(bytes.into()));
            let _ = ImageData::from_base64(&text);
        }
    }

    /// A PNG with this size in its header and no image data.
    fn png_of(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR".to_vec();
        bytes.extend(width.to_be_bytes());
        bytes.extend(height.to_be_bytes());
        bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(b"\0\0\0\0IEND\0\0\0\0");
        bytes
    }

    fn image(bytes: &[u8]) -> Image {
        Image {
            id: "i".into(),
            name: String::new(),
            data: ImageData::Bytes(bytes.into()),
        }
    }

    #[test]
    fn headers_contain_the_size() {
        let head = image(&png_of(640, 480)).header();
        let expected = ImageHeader {
            media: Media::Png,
            width: 640,
            height: 480,
        };
        assert_eq!(head, Some(expected));
        // Start, a comment, the frame, the end.
        let jpeg = b"\xFF\xD8\xFF\xFE\0\x04hi\xFF\xC2\0\x0B\x08\x01\x00\x02\x00\x01\0\0\0\xFF\xD9";
        let head = image(jpeg).header().unwrap();
        assert_eq!(
            (head.media, head.width, head.height),
            (Media::Jpeg, 512, 256)
        );
    }

    #[test]
    fn oversized_and_incomplete_images_have_no_header() {
        assert_eq!(image(&png_of(60_000, 60_000)).header(), None);
        assert_eq!(image(&png_of(0, 10)).header(), None);
        assert_eq!(image(&png_of(5_000, 5_000)).header(), None);
        assert!(image(&png_of(16_000, 1_000)).header().is_some());
        let whole = png_of(8, 8);
        for length in 0..whole.len() - 8 {
            assert_eq!(ImageHeader::parse(&whole[..length]), None, "{length}");
        }
        assert_eq!(
            ImageHeader::parse(b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
            None
        );
        assert_eq!(ImageHeader::parse(b"GIF89a\x01\0\x01\0"), None);
    }

    proptest! {
        #[test]
        fn parsing_headers_of_any_bytes_never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = ImageHeader::parse(&bytes);
            let mut bytes = bytes;
            for (start, end) in [(&b"\xFF\xD8\xFF"[..], &b"\xFF\xD9"[..]), (b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", b"")] {
                bytes.splice(..0, start.iter().copied());
                bytes.extend(end);
                let _ = ImageHeader::parse(&bytes);
            }
        }
    }
}
