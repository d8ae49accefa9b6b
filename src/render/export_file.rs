//! Pictures as files.

use super::progress::Pace;
use crate::export::{ExportError, Size, SvgOptions, png, svg};
use crate::scene::Scene;
use crate::storage::DiskError;
use crate::text::Typesetter;
use std::io::{self, Write};
use std::path::Path;

/// Which kind of picture file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Paper {
    /// Lines and text that can be scaled, selected and found.
    Svg {
        /// Text as shapes: looks the same without any font, but cannot be searched.
        outlines: bool,
    },
    /// Pixels.
    Png {
        /// How many.
        size: Size,
    },
}

/// Why a picture was not made. A file that stood there before is as it was.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// It could not be drawn.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// It could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Draws a scene into a file, which is then wholly the new one.
///
/// # Errors
/// Where it cannot be drawn in that size or not be written there.
pub fn export(
    scene: &Scene,
    paper: Paper,
    typesetter: &mut Typesetter,
    path: &Path,
) -> Result<(), PaperError> {
    export_until(scene, paper, typesetter, path, &Pace::default())
}

/// Like [`export`], but tells how far it is where that is known, and stops soon
/// after it is no longer wanted.
///
/// # Errors
/// As [`export`]; and where it was stopped: the file is then as it was.
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
    // What was small enough to be drawn in one piece asks only here.
    bytes.flush().map_err(ExportError::Write)?;
    crate::storage::write(path, &bytes.bytes)?;
    Ok(())
}

/// Takes the picture piece by piece, and refuses more once it is cancelled.
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
    fn a_cancelled_export_leaves_the_file_as_it_was() {
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
        assert_eq!(pace.share(), Some(1.0), "all rows were told");
        assert!(disk::read(&path).unwrap().starts_with(b"\x89PNG"));
    }
}
