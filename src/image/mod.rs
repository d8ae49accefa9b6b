//! Pictures from elsewhere: bytes in, pixels or bounded bytes out.
//!
//! What comes from a file, the clipboard or a stranger's map is hostile until
//! shown otherwise. Its head is read first: what is no raster picture, or claims
//! more pixels than anybody needs, is refused before anything is decoded. Slow
//! (tens of milliseconds a picture): call it off the frame.
//!
//! Must not know: files, windows, where pictures are shown.

pub(crate) mod decode;
pub(crate) mod import;
#[cfg(test)]
mod tests;

pub use decode::{Pixels, decode, decode_foreign};
pub use import::{import, import_pixels, room};

/// What is taken in at most, and what is made of it.
pub mod limit {
    /// Bytes of a file that is taken in: 64 MB.
    pub const FILE: usize = 64 * 1024 * 1024;
    /// Pixels of a picture that is taken in.
    pub const PIXELS: u64 = 64_000_000;
    /// Pixels of the longer side that a picture keeps in a map.
    pub const SIDE: u32 = 1_024;
    /// Bytes that a picture keeps in a map.
    pub const BYTES: usize = 300_000;
    /// Bytes of all pictures of a map.
    pub const TOTAL: usize = 16 * 1024 * 1024;
}

/// Why a picture is not taken in, in a sentence for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// More bytes than [`limit::FILE`].
    #[error("the file has {0} MB; pictures of up to 64 MB are taken in")]
    TooHeavy(usize),
    /// No raster picture of a kind that is read.
    #[error("this is no picture that can be read; PNG, JPEG, WebP, GIF and BMP can")]
    Unknown,
    /// A drawing made of shapes: it could hold anything.
    #[error("an SVG drawing cannot be taken in; save it as PNG first")]
    Vector,
    /// More pixels than anybody needs.
    #[error("the picture claims {0} × {1} pixels, which is more than can be taken in")]
    TooLarge(u32, u32),
    /// It starts like a picture and is none, or not whole.
    #[error("the picture is damaged and cannot be read")]
    Damaged,
    /// The map would carry more than [`limit::TOTAL`].
    #[error("a map carries at most 16 MB of pictures; remove some first")]
    Full,
}
