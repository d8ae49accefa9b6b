//! A map laid out and drawn in each view, and written as a file for export.
//!
//! Must not know: sessions, history, windows.

pub(crate) mod export_file;
pub(crate) mod findings_view;
pub(crate) mod progress;
pub(crate) mod rendering;
pub(crate) mod view;
pub use export_file::{Paper, PaperError, export, export_until};
pub use findings_view::draw_findings;
pub use progress::{Pace, Paced};
pub use rendering::{Picture, PictureOptions};
pub use view::{View, draw};
