//! Export of drawings to SVG and PNG files.
//!
//! Must not know: windows, maps.

use super::progress::Pace;
use crate::export::{ExportError, Size, SvgOptions, png, svg};
use crate::scene::Scene;
use crate::storage::DiskError;
use crate::text::Typesetter;
use std::io::{self, Write};
use std::path::Path;

/// The format of an exported file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paper {
    /// Vector graphics with text that can be selected and searched.
    Svg {
        /// Whether text is drawn as outlines: independent of fonts, but not
        /// searchable.
        outlines: bool,
    },
    /// Pixels.
    Png {
        /// The size of the image.
        size: Size,
    },
}

/// An error while exporting. An existing file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// The scene could not be drawn.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Draws a scene and atomically writes it to a file.
///
/// # Errors
/// If the scene cannot be drawn in that size or the file cannot be written.
pub fn export(
    scene: &Scene,
    paper: Paper,
    typesetter: &mut Typesetter,
    path: &Path,
) -> Result<(), PaperError> {
    export_until(scene, paper, typesetter, path, &Pace::default())
}

/// Like [`export`], but reports progress if known, and stops soon after
/// cancellation.
///
/// # Errors
/// As [`export`], and on cancellation; the file is then unchanged.
pub fn export_until(
    scene: &Scene,
    paper: Paper,
    typesetter: &mut Typesetter,
    path: &Path,
    pace: &Pace,
) -> Result<(), PaperError> {
    let mut bytes = Sink {
        bytes: Vec::new(),
        pace,
    };
    match paper {
        Paper::Svg { outlines } => {
            let options = SvgOptions {
                size: Size::default(),
                outlines,
            };
            svg(scene, &options, typesetter, &mut bytes)?;
        }
        Paper::Png { size } => {
            let told = &mut |rows, of| pace.tell(rows, of);
            png(scene, size, typesetter, &mut bytes, told)?;
        }
    }
    // A scene drawn in one piece checks for cancellation only here.
    bytes.flush().map_err(ExportError::Write)?;
    crate::storage::write(path, &bytes.bytes)?;
    Ok(())
}

/// Buffers the output and fails after cancellation.
struct Sink<'a> {
    bytes: Vec<u8>,
    pace: &'a Pace,
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.flush()?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.pace.is_stopped() {
            return Err(io::Error::other("cancelled"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Map;
    use crate::render::{Picture, PictureOptions};
    use crate::storage::disk;

    #[test]
    fn a_cancelled_export_leaves_the_file_unchanged() {
        let mut typesetter = Typesetter::bundled();
        let options = PictureOptions::default();
        let scene = Picture::of(&Map::titled("T"), &options, &mut typesetter).scene;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        crate::storage::write(&path, b"before").unwrap();
        let size = Size::default();
        for paper in [Paper::Svg { outlines: false }, Paper::Png { size }] {
            let pace = Pace::default();
            pace.stop();
            assert!(export_until(&scene, paper, &mut typesetter, &path, &pace).is_err());
            assert_eq!(disk::read(&path).unwrap(), b"before");
        }
        let pace = Pace::default();
        export_until(&scene, Paper::Png { size }, &mut typesetter, &path, &pace).unwrap();
        assert_eq!(pace.share(), Some(1.0), "all rows were reported");
        assert!(disk::read(&path).unwrap().starts_with(b"\x89PNG"));
    }
}
