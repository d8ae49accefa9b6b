//! What other programs measured, taken into a map as intents.
//!
//! Must not know: files, windows.

mod answers;
mod columns;
mod measurements;
mod place;
mod table;
#[cfg(test)]
mod tests;

pub use measurements::{
    ImportedMeasurement, MeasurementImport, Outcome, RejectedRow, import_measurements,
};
pub use table::TableError;
