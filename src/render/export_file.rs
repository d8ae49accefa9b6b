//! Export of drawings to SVG, PDF, PNG and PowerPoint files.
//!
//! Must not know: windows, maps.

use crate::export::{
    ExportError, FitNote, Paper, PdfOptions, PdfPages, Size, SlideOptions, pdf, png, pptx, svg,
    svg_on_paper,
};
use crate::scene::Scene;
use crate::storage::DiskError;
use crate::task::Progress;
use crate::text::Typesetter;
use crate::theme::ThemeName;
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
        /// The paper that the map fills; `None` for the size of the map.
        paper: Option<Paper>,
    },
    /// Vector graphics on pages, for print.
    Pdf(PdfOptions),
    /// Slides of native shapes, or of pictures.
    Pptx(SlideOptions),
    /// Pixels.
    Png {
        /// The size of the image.
        size: Size,
    },
    /// A page with all views and the text of the map.
    Html {
        /// The theme at the start; `None` for that of the reader's system.
        theme: Option<ThemeName>,
    },
}

impl ExportFormat {
    /// Every format with its usual options, in the order in which they are offered.
    pub fn all() -> Vec<ExportFormat> {
        vec![
            ExportFormat::Svg {
                outlines: false,
                paper: None,
            },
            ExportFormat::Pdf(PdfPages::Map.into()),
            ExportFormat::Png {
                size: Size::Fit(2.0),
            },
            ExportFormat::Html { theme: None },
            ExportFormat::Pptx(SlideOptions::default()),
        ]
    }

    /// The format of a file, by its ending, with its usual options.
    pub fn of_path(path: &Path) -> Option<ExportFormat> {
        let ending = path.extension()?.to_str()?;
        let mut all = ExportFormat::all().into_iter();
        all.find(|format| format.ending().eq_ignore_ascii_case(ending))
    }

    /// The ending of its files, without the dot.
    pub fn ending(&self) -> &'static str {
        match self {
            ExportFormat::Svg { .. } => "svg",
            ExportFormat::Pdf(_) => "pdf",
            ExportFormat::Png { .. } => "png",
            ExportFormat::Html { .. } => "html",
            ExportFormat::Pptx(_) => "pptx",
        }
    }

    /// The paper that one drawing fills, if there is one.
    pub(super) fn paper(&self) -> Option<Paper> {
        match self {
            ExportFormat::Svg { paper, .. } => *paper,
            ExportFormat::Png { size } => match size {
                Size::Paper(paper, _) => Some(*paper),
                _ => None,
            },
            ExportFormat::Pdf(pdf) => match pdf.pages {
                PdfPages::Poster(paper) => Some(paper),
                PdfPages::Tiles(paper, _) => paper,
                PdfPages::Map | PdfPages::Handout(_) => None,
            },
            ExportFormat::Pptx(_) | ExportFormat::Html { .. } => None,
        }
    }

    /// The name of the format on screen.
    pub fn title(&self) -> &'static str {
        match self {
            ExportFormat::Svg { .. } => "SVG",
            ExportFormat::Pdf(_) => "PDF",
            ExportFormat::Png { .. } => "PNG",
            ExportFormat::Html { .. } => "HTML",
            ExportFormat::Pptx(_) => "PowerPoint",
        }
    }

    /// Use of the format in a sentence.
    pub fn purpose(&self) -> &'static str {
        match self {
            ExportFormat::Svg { .. } => "A drawing for the web and for drawing programs.",
            ExportFormat::Pdf(_) => "Pages for print, with text that can be searched.",
            ExportFormat::Png { .. } => "A picture of pixels for slides and chats.",
            ExportFormat::Html { .. } => "A page with all views and the text, for any browser.",
            ExportFormat::Pptx(_) => "Slides that can be edited, or exact pictures, with notes.",
        }
    }

    /// The endings of all formats in a sentence, such as “.svg, .pdf or .png”.
    pub fn endings_in_words() -> String {
        let all = ExportFormat::all();
        let mut endings: Vec<String> = all.iter().map(|it| format!(".{}", it.ending())).collect();
        let last = endings.pop().unwrap_or_default();
        format!("{} or {last}", endings.join(", "))
    }
}

/// An error while exporting. An existing file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum ExportFileError {
    /// The scene could not be drawn.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The part of the map that is wanted is not drawn in this view.
    #[error("this part is not in the drawing; choose the journey view and a stage of the map")]
    NoSuchPart,
    /// The format has more than a drawing.
    #[error("a page is made of the whole map; export the map instead")]
    NotADrawing,
    /// The file could not be written.
    #[error(transparent)]
    Disk(#[from] DiskError),
}

/// Writes drawings atomically to a file. Reports progress if known, and stops soon after
/// cancellation. Returns how a PNG differs from the size asked for.
///
/// # Errors
/// If nothing can be drawn in that size or the file cannot be written, and on cancellation; the
/// file is then unchanged.
pub fn export_file(
    scenes: &[Scene],
    format: &ExportFormat,
    typesetter: &mut Typesetter,
    path: &Path,
    progress: Option<&Progress>,
) -> Result<Option<FitNote>, ExportFileError> {
    let (bytes, note) = export_bytes(scenes, format, typesetter, progress)?;
    crate::storage::write(path, &bytes)?;
    Ok(note)
}

/// The content of a file as [`export_file`] writes it.
///
/// # Errors
/// If nothing can be drawn in that size, and on cancellation.
pub fn export_bytes(
    scenes: &[Scene],
    format: &ExportFormat,
    typesetter: &mut Typesetter,
    progress: Option<&Progress>,
) -> Result<(Vec<u8>, Option<FitNote>), ExportFileError> {
    let mut bytes = CancellableWriter::new(progress);
    let scene = scenes.first().ok_or(ExportError::NoSize)?;
    let note = match format {
        ExportFormat::Svg { outlines, paper } => {
            match paper {
                Some(paper) => svg_on_paper(scene, (*paper, *outlines), typesetter, &mut bytes)?,
                None => svg(scene, *outlines, typesetter, &mut bytes)?,
            }
            None
        }
        ExportFormat::Pdf(options) => {
            pdf(scenes, options, typesetter, &mut bytes)?;
            None
        }
        ExportFormat::Pptx(options) => {
            pptx(scene, options, typesetter, &mut bytes)?;
            None
        }
        ExportFormat::Png { size } => {
            let told = &mut |rows, of| {
                if let Some(progress) = progress {
                    progress.report(rows, of);
                }
            };
            png(scene, *size, typesetter, &mut bytes, told)?
        }
        ExportFormat::Html { .. } => return Err(ExportFileError::NotADrawing),
    };
    // A scene drawn in one piece checks for cancellation only here.
    bytes.flush().map_err(ExportError::Write)?;
    Ok((bytes.bytes, note))
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
    use crate::model::Map;
    use crate::render::{RenderOptions, RenderedMap};
    use crate::storage::disk;

    #[test]
    fn a_cancelled_export_leaves_the_file_unchanged() {
        let mut typesetter = Typesetter::bundled();
        let options = RenderOptions::default();
        let scene = RenderedMap::of(&Map::with_title("T"), &options, &mut typesetter).scene;
        let scenes = [Scene::clone(&scene)];
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map");
        crate::storage::write(&path, b"before").unwrap();
        let size = Size::Scale(1.0);
        let all = ExportFormat::all().into_iter();
        for format in all {
            let pace = Progress::default();
            pace.cancel();
            let progress = Some(&pace);
            assert!(export_file(&scenes, &format, &mut typesetter, &path, progress).is_err());
            assert_eq!(disk::read(&path).unwrap(), b"before");
        }
        let pace = Progress::default();
        let png = ExportFormat::Png { size };
        export_file(&scenes, &png, &mut typesetter, &path, Some(&pace)).unwrap();
        assert_eq!(pace.fraction(), Some(1.0), "all rows were reported");
        assert!(disk::read(&path).unwrap().starts_with(b"\x89PNG"));
    }
}
