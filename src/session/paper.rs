//! Pictures as files.

use super::disk::{self, DiskError};
use crate::export::{ExportError, Size, SvgOptions, png, svg};
use crate::scene::Scene;
use crate::text::Typesetter;
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
    let mut bytes = Vec::new();
    match paper {
        Paper::Svg { outlines } => {
            let options = SvgOptions {
                size: Size::default(),
                outlines,
            };
            svg(scene, &options, typesetter, &mut bytes)?;
        }
        Paper::Png { size } => png(scene, size, typesetter, &mut bytes)?,
    }
    disk::write(path, &bytes)?;
    Ok(())
}
