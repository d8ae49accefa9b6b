//! Decoding and import of untrusted images: bytes in, pixels or bounded bytes out.
//!
//! Input from files, the clipboard or foreign maps is treated as hostile. Its
//! header is read first: anything that is not a raster image or exceeds the pixel
//! limit is rejected before decoding. Slow (tens of milliseconds an image): call
//! it off the frame.
//!
//! Must not know: files, windows, where images are shown.

pub(crate) mod codec;
#[cfg(test)]
mod tests;

pub use codec::{
    Pixels, check_capacity, decode, decode_foreign, import, import_pixels, without_extras,
};

/// Limits on imported and stored images.
pub mod limit {
    /// Maximum size of an imported file in bytes: 64 MB.
    pub const FILE: usize = 64 * 1024 * 1024;
    /// Maximum number of pixels of an imported image.
    pub const PIXELS: u64 = 64_000_000;
    /// Maximum length of the longer side of a stored image, in pixels.
    pub const SIDE: u32 = 1_024;
    /// Maximum size of a stored image in bytes.
    pub const BYTES: usize = 300_000;
    /// Maximum size of all images of a map in bytes.
    pub const TOTAL: usize = 16 * 1024 * 1024;
}

/// The reason why an image is rejected, as a sentence for users.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImageError {
    /// The file exceeds [`limit::FILE`]; its size in MB.
    #[error("the file has {0} MB; pictures of up to 64 MB can be imported")]
    TooManyBytes(usize),
    /// The file is not a raster image of a supported format.
    #[error("this picture format is not supported; use PNG, JPEG, WebP, GIF or BMP")]
    UnknownFormat,
    /// The file is a vector graphic, which could contain anything.
    #[error("an SVG drawing cannot be imported; save it as PNG first")]
    VectorGraphic,
    /// The image exceeds the pixel limit; its width and height.
    #[error("the picture has {0} × {1} pixels, which is too large to import")]
    TooManyPixels(u32, u32),
    /// The file starts like an image but is invalid or incomplete.
    #[error("the picture is damaged and cannot be read")]
    Damaged,
    /// The images of the map would exceed [`limit::TOTAL`].
    #[error("a map carries at most 16 MB of pictures; remove some first")]
    MapFull,
}
