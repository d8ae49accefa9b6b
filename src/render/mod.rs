//! A map laid out and drawn in each view, and written as a file for export.
//!
//! Must not know: sessions, history, windows.

pub(crate) mod cancellable_measure;
mod compared_maps;
pub(crate) mod comparison;
mod composition;
pub(crate) mod export_file;
pub(crate) mod export_options;
mod export_preview;
pub(crate) mod findings_view;
mod future_page;
mod handout;
mod legibility;
pub(crate) mod page;
mod record_names;
pub(crate) mod rendering;
mod room_fit;
mod scores_view;
pub use crate::model::View;
pub use cancellable_measure::CancellableMeasure;
pub use compared_maps::{ComparedMaps, ListedDifference};
pub use comparison::{ComparisonDrawing, ComparisonLayout, render_comparison};
pub use composition::{Composition, JourneyRows, SCREEN, compose};
pub use export_file::{ExportFileError, ExportFormat, export_bytes, export_file};
pub use export_options::{ExportOptions, ExportSource, MapPart};
pub use export_preview::FilePreview;
pub use findings_view::render_findings;
pub use legibility::{Legibility, ShownPart, TextKind, legibility};
pub use page::{PageSource, SavedDrawing, export_page};
pub use rendering::{RenderOptions, RenderedMap, render_view};
pub use room_fit::{LeftOut, PAGE, RoomFit, TallView, fit_room};
