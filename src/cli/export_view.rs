//! The view that an export draws: that of the options, or a saved view of the map.
//!
//! Must not know: formats of files.

use super::outcome::CliError;
use crate::folding::NameIndex;
use crate::model::{Id, Map, Record, SavedView, View};
use crate::render::{JourneyRows, RenderOptions};
use crate::saved_view;

/// Returns a saved view by id or name.
///
/// # Errors
/// If the map has no such view.
pub(super) fn find<'m>(map: &'m Map, name: &str) -> Result<&'m SavedView, CliError> {
    let views = map.saved_views();
    let by_id = views.iter().map(|view| (view.id.as_str(), &view.id));
    let by_name = views.iter().map(|view| (view.name(), &view.id));
    let index: NameIndex<_> = by_id.chain(by_name).collect();
    let found = index.get(name).and_then(|id| views.get(id));
    found.ok_or_else(|| {
        let known: Vec<&str> = views.iter().map(|view| view.id.as_str()).collect();
        let known = match known.is_empty() {
            true => "it has none; save one with Alt+V in the window".to_owned(),
            false => format!("it has {}", known.join(", ")),
        };
        let name = name.trim();
        CliError::Plain(format!(
            "there is no saved view “{name}” in this map; {known}"
        ))
    })
}

/// View, options and rows of a drawing as a saved view has them, in the theme and palette of other
/// options.
pub(super) fn drawn(
    map: &Map,
    saved: &SavedView,
    appearance: &RenderOptions,
) -> (View, RenderOptions, Option<JourneyRows>) {
    let mut options = saved_view::render_options(map, saved, appearance);
    let rows = options.layout.rows.take();
    (saved.view, options, rows.map(|_| JourneyRows::Fill))
}
