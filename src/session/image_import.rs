//! Import of images into a map, from a file or from pixels. Runs on a background
//! thread.
//!
//! Must not know: windows, the clipboard.

use crate::image::{ImageError, Pixels, import, import_pixels};
use crate::model::ImageData;
use crate::storage::{DiskError, disk};
use std::path::{Path, PathBuf};

/// The source of an image.
#[derive(Clone, Debug)]
pub enum ImageSource {
    /// A file.
    File(PathBuf),
    /// Pixels from the clipboard.
    Pixels(Pixels),
}

/// An image ready to be added to a map.
#[derive(Clone, Debug)]
pub struct ImportedImage {
    /// The suggested name, derived from the file name; empty without a file.
    pub name: String,
    /// The image data, within the bounds of [`crate::image::limit`].
    pub data: ImageData,
}

/// An error while importing an image.
#[derive(Debug, thiserror::Error)]
pub enum ImageImportError {
    /// The file could not be read.
    #[error(transparent)]
    Disk(#[from] DiskError),
    /// The data is not an image, or exceeds the limits.
    #[error(transparent)]
    Image(#[from] ImageError),
}

/// Reads, limits and re-encodes an image; see [`import`]. Takes up to seconds for
/// large ones: not to be called on the thread that draws.
///
/// # Errors
/// If the file cannot be read or is not an image.
pub fn import_image(source: ImageSource) -> Result<ImportedImage, ImageImportError> {
    let (name, bytes) = match source {
        ImageSource::File(path) => (name_from_file(&path), import(&disk::read(&path)?)?),
        ImageSource::Pixels(pixels) => (String::new(), import_pixels(pixels)?),
    };
    let data = ImageData::Bytes(bytes);
    Ok(ImportedImage { name, data })
}

/// Whether the extension of a file is that of an image, to tell it from maps.
pub fn has_image_extension(path: &Path) -> bool {
    let endings = [
        "png", "jpg", "jpeg", "webp", "gif", "bmp", "svg", "tif", "tiff", "heic", "avif",
    ];
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| {
        endings
            .iter()
            .any(|known| ending.eq_ignore_ascii_case(known))
    })
}

/// Returns the file name as words: `queue_at-desk.png` becomes “queue at desk”.
fn name_from_file(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let words: Vec<&str> = stem
        .split(['_', '-', ' '])
        .filter(|word| !word.is_empty())
        .collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_recognized_by_extension_and_named_after_the_file() {
        assert!(
            has_image_extension(Path::new("/a/Queue.PNG"))
                && has_image_extension(Path::new("x.svg"))
        );
        assert!(
            !has_image_extension(Path::new("map.journey.ron"))
                && !has_image_extension(Path::new("png"))
        );
        assert_eq!(
            name_from_file(Path::new("/a/queue_at-the desk.png")),
            "queue at the desk"
        );
    }

    #[test]
    fn images_are_imported_or_refused_with_a_sentence() {
        let folder = tempfile::tempdir().unwrap();
        let pixels = Pixels {
            width: 2,
            height: 1,
            rgba: vec![9; 8],
        };
        let taken = import_image(ImageSource::Pixels(pixels)).unwrap();
        assert_eq!(taken.name, "");
        let ImageData::Bytes(bytes) = taken.data else {
            panic!("no bytes");
        };
        let path = folder.path().join("two dots.png");
        crate::storage::write(&path, &bytes).unwrap();
        assert_eq!(
            import_image(ImageSource::File(path)).unwrap().name,
            "two dots"
        );
        let path = folder.path().join("words.png");
        crate::storage::write(&path, b"only words").unwrap();
        let error = import_image(ImageSource::File(path)).unwrap_err();
        assert!(
            error.to_string().contains("format is not supported"),
            "{error}"
        );
        let gone = import_image(ImageSource::File(folder.path().join("gone.png")));
        assert!(matches!(gone, Err(ImageImportError::Disk(_))));
    }
}
