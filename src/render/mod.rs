//! A map laid out and drawn in each view, and written as a file for export.
//!
//! Must not know: sessions, history, windows.

pub(crate) mod cancellable_measure;
pub(crate) mod export_file;
pub(crate) mod findings_view;
pub(crate) mod page;
pub(crate) mod rendering;
pub use crate::model::View;
pub use cancellable_measure::CancellableMeasure;
pub use export_file::{ExportFileError, ExportFormat, OutputFormat, export_file, slide_notes};
pub use findings_view::render_findings;
pub use page::{PageSource, export_page};
pub use rendering::{RenderOptions, RenderedMap, render_view};
