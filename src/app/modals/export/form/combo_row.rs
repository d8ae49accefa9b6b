//! A row of the export dialog with a list of values.
//!
//! Must not know: the values.

use crate::app::modals::preferences::preference_row;
use crate::app::ui::combo_box::{ComboBox, ComboChoice};
use crate::app::ui::rows::Swatch;
use crate::app::ui::style::UNIT;
use egui::Ui;

/// A caption with a list of values beside it.
pub(super) fn combo_row<T: Clone + PartialEq>(
    ui: &mut Ui,
    caption: &str,
    now: &mut T,
    values: Vec<(T, String)>,
) {
    let current = values.iter().find(|(value, _)| value == now);
    let text = current.map_or_else(|| "Own size".to_owned(), |(_, words)| words.clone());
    preference_row(ui, caption, |ui| {
        ui.set_max_width(COMBO_WIDTH);
        let entries = || {
            let words = values
                .iter()
                .map(|(_, words)| (words.clone(), Swatch::None));
            words.collect()
        };
        let picked = ComboBox::labeled(&text).show(ui, caption, entries);
        if let Some(ComboChoice::Entry(at)) = picked
            && let Some((value, _)) = values.get(at)
        {
            *now = value.clone();
        }
    });
}

/// Width of a list of values, in points.
const COMBO_WIDTH: f32 = 60.0 * UNIT;
