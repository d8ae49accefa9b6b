//! The one-page summary of a future, or of several futures of one map side by side.
//!
//! Must not know: windows, how futures are summed up.

use super::compared_maps::ComparedMaps;
use super::rendering::RenderOptions;
use crate::compare::future::FutureTable;
use crate::english::quoted;
use crate::layout::findings::{PageTable, TablePage, table};
use crate::scene::{Scene, build_findings};
use crate::text::Measure;

/// Draws the summary of compared maps.
pub(super) fn render_future_page(
    maps: &ComparedMaps,
    options: &RenderOptions,
    measure: &mut dyn Measure,
) -> Scene {
    let table_of = FutureTable::of(&maps.summaries());
    let sections = table_of.sections.into_iter().map(|section| {
        let rows = section.rows.into_iter().map(|row| (row.name, row.cells));
        PageTable {
            title: section.title,
            columns: section.columns,
            rows: rows.collect(),
        }
    });
    let page = TablePage {
        kind: "From current to future".to_owned(),
        title: title(&table_of.titles),
        sections: sections.collect(),
    };
    let sheet = table(&page, options.layout.density, measure);
    build_findings(
        &maps.after,
        &sheet,
        "What a future changes in a customer journey",
        options.dress(),
    )
}

/// The current map and its futures in words.
fn title(titles: &[String]) -> String {
    match titles {
        [current, future] => format!("From {} to {}", quoted(current), quoted(future)),
        [current, futures @ ..] => {
            format!("From {} to {} futures", quoted(current), futures.len())
        }
        [] => String::new(),
    }
}
