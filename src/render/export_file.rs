//! Export of drawings to SVG, PDF, PNG and PowerPoint files.
//!
//! Must not know: windows.

use crate::export::{
    ExportError, FitNote, Paper, Size, SlideNotes, SlideOptions, pdf, png, pptx, svg,
};
use crate::graph::Graph;
use crate::insight::{Findings, speaker_notes};
use crate::model::{Date, Map};
use crate::scene::Scene;
use crate::storage::DiskError;
use crate::task::Progress;
use crate::text::Typesetter;
use std::io::{self, Write};
use std::path::Path;

/// The format of an exported file.
#[derive(Clone, Debug, PartialEq)]
pub enum ExportFormat {
    /// Vector graphics with text that can be selected and searched.
    Svg {
        /// Whether text is drawn as outlines: independent of fonts, but not
        /// searchable.
        outlines: bool,
    },
    /// Vector graphics on one page, for print.
    Pdf {
        /// The sheet that the map fills; without one the page is as large as the map.
        paper: Option<Paper>,
    },
    /// Slides of native shapes, or of pictures.
    Pptx(SlideOptions),
    /// Pixels.
    Png {
        /// The size of the image.
        size: Size,
    },
}

/// Returns the notes of slides: the report of the map on a day, given its graph and findings.
pub fn slide_notes(map: &Map, graph: &Graph, findings: &Findings, today: Date) -> SlideNotes {
    let notes = speaker_notes(map, graph, findings, today);
    SlideNotes {
        overview: notes.overview,
        stages: notes.stages,
    }
}

/// The kind of an exported file.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputFormat {
    /// A drawing of one view.
    Drawing(ExportFormat),
    /// A page with all views and the text of the map, in HTML.
    Page,
}

/// An error while exporting. An existing file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExportFileError {
    /// The scene could not be drawn.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The file could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Draws a scene and atomically writes it to a file. Reports progress if known, and stops
/// soon after cancellation. Returns how a PNG differs from the size asked for.
///
/// # Errors
/// If the scene cannot be drawn in that size or the file cannot be written, and on
/// cancellation; the file is then unchanged.
pub fn export_file(
    scene: &Scene,
    paper: ExportFormat,
    typesetter: &mut Typesetter,
    path: &Path,
    progress: Option<&Progress>,
) -> Result<Option<FitNote>, ExportFileError> {
    let mut bytes = CancellableWriter::new(progress);
    let note = match paper {
        ExportFormat::Svg { outlines } => {
            svg(scene, outlines, typesetter, &mut bytes)?;
            None
        }
        ExportFormat::Pdf { paper } => {
            pdf(scene, paper, typesetter, &mut bytes)?;
            None
        }
        ExportFormat::Pptx(options) => {
            pptx(scene, &options, typesetter, &mut bytes)?;
            None
        }
        ExportFormat::Png { size } => {
            let told = &mut |rows, of| {
                if let Some(progress) = progress {
                    progress.report(rows, of);
                }
            };
            png(scene, size, typesetter, &mut bytes, told)?
        }
    };
    write_file(bytes, path)?;
    Ok(note)
}

/// Atomically writes to a file what was buffered, unless it was cancelled.
pub(super) fn write_file(
    mut buffered: CancellableWriter<'_>,
    path: &Path,
) -> Result<(), ExportFileError> {
    // A scene drawn in one piece checks for cancellation only here.
    buffered.flush().map_err(ExportError::Write)?;
    crate::storage::write(path, &buffered.bytes)?;
    Ok(())
}

/// Buffers the output and fails after cancellation.
pub(super) struct CancellableWriter<'a> {
    bytes: Vec<u8>,
    progress: Option<&'a Progress>,
}

impl<'a> CancellableWriter<'a> {
    pub(super) fn new(progress: Option<&'a Progress>) -> CancellableWriter<'a> {
        CancellableWriter {
            bytes: Vec::new(),
            progress,
        }
    }
}

impl Write for CancellableWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.flush()?;
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.progress.is_some_and(Progress::is_cancelled) {
            return Err(io::Error::other("cancelled"));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::render::{RenderOptions, RenderedMap};
    use crate::storage::disk;

    #[test]
    fn a_cancelled_export_leaves_the_file_unchanged() {
        let mut typesetter = Typesetter::bundled();
        let options = RenderOptions::default();
        let scene = RenderedMap::of(&Map::with_title("T"), &options, &mut typesetter).scene;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        crate::storage::write(&path, b"before").unwrap();
        let size = Size::Scale(1.0);
        for paper in [
            ExportFormat::Svg { outlines: false },
            ExportFormat::Pdf { paper: None },
            ExportFormat::Pptx(SlideOptions::default()),
            ExportFormat::Png { size },
        ] {
            let pace = Progress::default();
            pace.cancel();
            let progress = Some(&pace);
            assert!(export_file(&scene, paper, &mut typesetter, &path, progress).is_err());
            assert_eq!(disk::read(&path).unwrap(), b"before");
        }
        let pace = Progress::default();
        let png = ExportFormat::Png { size };
        export_file(&scene, png, &mut typesetter, &path, Some(&pace)).unwrap();
        assert_eq!(pace.fraction(), Some(1.0), "all rows were reported");
        assert!(disk::read(&path).unwrap().starts_with(b"\x89PNG"));
    }
}
