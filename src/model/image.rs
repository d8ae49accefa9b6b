//! Pictures that travel in the file of a map, as the bytes they arrived in.
//!
//! Called `Image` in code: the *picture* of a whole map is another thing
//! (`session::Picture`). Knows just enough of PNG and JPEG to say how large a
//! picture claims to be, so that layout needs no decoder. Must not know: how
//! pixels are decoded, where pictures are shown.

use super::id::ImageId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A picture of a touchpoint or a persona.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Image {
    /// Unique in the map.
    pub id: ImageId,
    /// What it shows, in words: the caption, and what is read aloud.
    pub name: String,
    /// The picture itself.
    pub data: ImageData,
}

/// The content of a picture. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageData {
    /// The bytes of an image file, whatever they are.
    #[serde(with = "text")]
    Bytes(Arc<[u8]>),
    /// Text that is no base64, kept as it stands in the file.
    #[serde(with = "words")]
    Unreadable(Arc<str>),
}

/// The kinds of image file that a map may carry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Media {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

impl Media {
    /// The media type, as in `data:` addresses.
    pub fn mime(self) -> &'static str {
        match self {
            Media::Png => "image/png",
            Media::Jpeg => "image/jpeg",
        }
    }
}

/// What an image file says about itself at its beginning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// What kind of file it is.
    pub media: Media,
    /// Pixels across, at least 1.
    pub width: u32,
    /// Pixels down, at least 1.
    pub height: u32,
}

impl Image {
    /// More pixels a side than this are taken for an attack, not for a picture.
    pub const MAX_SIDE: u32 = 16_384;

    /// More pixels in all than this are not drawn.
    pub const MAX_PIXELS: u64 = 16_000_000;

    /// The bytes, where there are any.
    pub fn bytes(&self) -> Option<&Arc<[u8]>> {
        match &self.data {
            ImageData::Bytes(bytes) => Some(bytes),
            ImageData::Unreadable(_) => None,
        }
    }

    /// What the file says about itself; `None` where it cannot be shown: no PNG
    /// or JPEG, cut short, without pixels, or with more of them than are drawn.
    pub fn head(&self) -> Option<Head> {
        let head = Head::of(self.bytes()?)?;
        let sides = [head.width, head.height];
        let fits = sides
            .into_iter()
            .all(|side| (1..=Image::MAX_SIDE).contains(&side))
            && u64::from(head.width) * u64::from(head.height) <= Image::MAX_PIXELS;
        fits.then_some(head)
    }

    /// How many bytes it takes.
    pub fn weight(&self) -> usize {
        match &self.data {
            ImageData::Bytes(bytes) => bytes.len(),
            ImageData::Unreadable(text) => text.len(),
        }
    }
}

impl Head {
    /// Reads the head of a PNG or JPEG that is whole from its first to its last
    /// part; what is in the parts is not looked at.
    pub fn of(bytes: &[u8]) -> Option<Head> {
        png(bytes).or_else(|| jpeg(bytes))
    }
}

fn number<const N: usize>(bytes: &[u8], at: usize) -> Option<u32> {
    let end = at.checked_add(N)?;
    let bytes = bytes.get(at..end)?;
    Some(bytes.iter().fold(0, |sum, b| sum << 8 | u32::from(*b)))
}

/// PNG: a signature, then chunks of length, name, content and sum, `IHDR` first
/// and `IEND` last (<https://www.w3.org/TR/png-3/>).
fn png(bytes: &[u8]) -> Option<Head> {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";
    if !bytes.starts_with(SIGNATURE) || bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (number::<4>(bytes, 16)?, number::<4>(bytes, 20)?);
    let mut at = SIGNATURE.len();
    while bytes.get(at + 4..at + 8)? != b"IEND" {
        let length = usize::try_from(number::<4>(bytes, at)?).ok()?;
        at = at.checked_add(length)?.checked_add(12)?;
    }
    let media = Media::Png;
    Some(Head {
        media,
        width,
        height,
    })
}

/// JPEG: markers of `FF` and a letter with a length behind them, one of them the
/// start of the frame; `FFD9` ends it (ITU T.81, annex B).
fn jpeg(bytes: &[u8]) -> Option<Head> {
    if !bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        return None;
    }
    // Some cameras leave zeros behind the end.
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
            // The frame: every C marker but tables, arithmetic conditioning and extensions.
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                let (height, width) = (number::<2>(bytes, at + 5)?, number::<2>(bytes, at + 7)?);
                let media = Media::Jpeg;
                return Some(Head {
                    media,
                    width,
                    height,
                });
            }
            // Markers without a length do not stand before the frame; scans stand behind it.
            0xD0..=0xDA | 0x00 | 0x01 => return None,
            _ => {
                let length = usize::try_from(number::<2>(bytes, at + 2)?).ok()?;
                at = at.checked_add(2)?.checked_add(length.max(2))?;
            }
        }
    }
}

impl Default for ImageData {
    fn default() -> Self {
        ImageData::Bytes(Arc::default())
    }
}

/// A shared text as any other text.
mod words {
    use serde::de::{Deserialize, Deserializer};
    use serde::ser::Serializer;
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(text: &Arc<str>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(text)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<str>, D::Error> {
        String::deserialize(from).map(Into::into)
    }
}

/// Bytes as text, where a picture stands in a step that is written down.
mod text {
    use crate::base64;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::ser::{Serialize, Serializer};
    use std::sync::Arc;

    pub fn serialize<S: Serializer>(bytes: &Arc<[u8]>, to: S) -> Result<S::Ok, S::Error> {
        base64::encode(bytes).serialize(to)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Arc<[u8]>, D::Error> {
        let text = String::deserialize(from)?;
        let bytes = base64::decode(&text);
        bytes
            .map(Into::into)
            .ok_or_else(|| D::Error::custom("expected a picture as base 64"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::{any, proptest};

    /// A PNG with this size in its head and nothing drawn.
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
    fn heads_tell_the_size() {
        let head = image(&png_of(640, 480)).head();
        let expected = Head {
            media: Media::Png,
            width: 640,
            height: 480,
        };
        assert_eq!(head, Some(expected));
        // Start, a comment, the frame, the end.
        let jpeg = b"\xFF\xD8\xFF\xFE\0\x04hi\xFF\xC2\0\x0B\x08\x01\x00\x02\x00\x01\0\0\0\xFF\xD9";
        let head = image(jpeg).head().unwrap();
        assert_eq!(
            (head.media, head.width, head.height),
            (Media::Jpeg, 512, 256)
        );
    }

    #[test]
    fn what_claims_too_much_or_ends_too_early_has_no_head() {
        assert_eq!(image(&png_of(60_000, 60_000)).head(), None);
        assert_eq!(image(&png_of(0, 10)).head(), None);
        assert_eq!(image(&png_of(5_000, 5_000)).head(), None);
        assert!(image(&png_of(16_000, 1_000)).head().is_some());
        let whole = png_of(8, 8);
        for length in 0..whole.len() - 8 {
            assert_eq!(Head::of(&whole[..length]), None, "{length}");
        }
        assert_eq!(Head::of(b"<svg xmlns='http://www.w3.org/2000/svg'/>"), None);
        assert_eq!(Head::of(b"GIF89a\x01\0\x01\0"), None);
    }

    proptest! {
        #[test]
        fn any_bytes_have_a_head_or_none(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = Head::of(&bytes);
            let mut bytes = bytes;
            for (start, end) in [(&b"\xFF\xD8\xFF"[..], &b"\xFF\xD9"[..]), (b"\x89PNG\r\n\x1A\n\0\0\0\x0DIHDR", b"")] {
                bytes.splice(..0, start.iter().copied());
                bytes.extend(end);
                let _ = Head::of(&bytes);
            }
        }
    }
}
