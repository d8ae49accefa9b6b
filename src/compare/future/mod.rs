//! A future journey against the current one in numbers: the fate of each step, what customers and
//! the organisation gain, and totals.
//!
//! Must not know: files, windows, drawing.

mod gaps;
mod shifts;
mod steps;
mod summary;
mod table;
mod telling;
mod totals;

pub use gaps::{Gap, actions_for_gaps, gaps};
pub use shifts::{
    DELIGHT_TENTHS, Fate, FeelingShift, Hypothesis, LaneMean, RemovedPain, StageShift, StepShift,
    TakenOpportunity, Totals, WasIs,
};
pub use summary::FutureSummary;
pub use table::{FutureTable, TableRow, TableSection, table_to_markdown, table_to_text};
pub use telling::{summary_to_markdown, summary_to_text};
