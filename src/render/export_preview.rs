//! A preview of an exported file: its pages, and the size that it will have.
//!
//! Must not know: windows, how a file is written.

use super::export_file::{ExportFileError, ExportFormat};
use super::export_options::{ExportOptions, ExportSource};
use crate::english::count;
use crate::export::{ExportError, PdfPages, paper_scene, pdf_page_scenes, pixels, png_scene};
use crate::image::Pixels;
use crate::scene::Scene;
use crate::task::Progress;
use crate::text::Typesetter;

/// The pages of a file as drawings.
#[derive(Clone, Debug)]
pub struct FilePreview {
    /// The pages; a picture is one.
    pub pages: Vec<Scene>,
    /// Zoom of the items that are drawn.
    zoom: f32,
    /// Size of the file in words.
    pub size: String,
}

impl FilePreview {
    /// Draws the pages of a file.
    ///
    /// # Errors
    /// As the export of the file.
    pub fn of(
        options: &ExportOptions,
        source: ExportSource<'_>,
        typesetter: &mut Typesetter,
        progress: &Progress,
    ) -> Result<FilePreview, ExportFileError> {
        let measure = &mut super::CancellableMeasure::new(typesetter, progress);
        let scenes = options.draw(source, measure)?;
        let first = || scenes.first().ok_or(ExportError::NoSize);
        Ok(match &options.format {
            ExportFormat::Html { .. } => FilePreview {
                pages: vec![first()?.clone()],
                zoom: 1.0,
                size: "A page with all views and the text of the map; this view is in front"
                    .to_owned(),
            },
            ExportFormat::Pptx(_) => FilePreview {
                pages: vec![first()?.clone()],
                zoom: 1.0,
                size: "Slides of the whole and of each stage, with notes".to_owned(),
            },
            ExportFormat::Svg { paper, .. } => {
                let (scene, size) = match paper {
                    Some(paper) => {
                        let page = paper_scene(first()?, *paper)?;
                        (page, format!("{} × {} mm", paper.long, paper.short))
                    }
                    None => {
                        let scene = first()?.clone();
                        let sides = [scene.width, scene.height];
                        let [width, height] = sides.map(|side| grouped(side.ceil() as u64));
                        (scene, format!("{width} × {height} pixels at 100 %"))
                    }
                };
                FilePreview {
                    size,
                    pages: vec![scene],
                    zoom: 1.0,
                }
            }
            ExportFormat::Png { size } => {
                let png = png_scene(first()?, *size)?;
                let note = png
                    .note
                    .map_or_else(String::new, |note| format!(", {note}"));
                let (width, height) = (grouped(png.width), grouped(png.height));
                FilePreview {
                    size: format!("{width} × {height} pixels{note}"),
                    pages: vec![png.scene],
                    zoom: png.scale as f32,
                }
            }
            ExportFormat::Pdf(pdf) => {
                let pages = pdf_page_scenes(&scenes, pdf.pages, typesetter)?;
                let (width, height) = pages.first().map_or((0.0, 0.0), |page| page.millimetres);
                let sides = format!("{width:.0} × {height:.0} mm");
                let size = match pdf.pages {
                    PdfPages::Map | PdfPages::Poster(_) => format!("1 page of {sides}"),
                    PdfPages::Tiles(..) => {
                        let sheets = count(pages.len().saturating_sub(1), "sheet");
                        format!("{sheets} of {sides}, and their plan")
                    }
                    PdfPages::Handout(_) => format!("{} of {sides}", count(pages.len(), "page")),
                };
                FilePreview {
                    pages: pages.into_iter().map(|page| page.scene).collect(),
                    zoom: 1.0,
                    size,
                }
            }
        })
    }

    /// The pixels of a page, as large as fits into a width and a height.
    pub fn pixels(
        &self,
        page: usize,
        (width, height): (f64, f64),
        typesetter: &mut Typesetter,
    ) -> Option<Pixels> {
        let scene = self.pages.get(page)?;
        let scale = (width / scene.width).min(height / scene.height);
        pixels(scene, scale, self.zoom, typesetter).ok()
    }
}

/// A number with its digits in groups of three.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(30_000), "30,000");
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
