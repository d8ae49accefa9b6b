//! The choices of slides: content, size and typeface.
//!
//! Must not know: other formats.

use crate::app::modals::preferences::{preference_row, radio_group};
use crate::app::ui::style::UNIT;
use crate::export::{SlideContent, SlideOptions, SlideSize};
use egui::{TextEdit, Ui, WidgetInfo};

/// Width of the field for a typeface, in points.
const FONT_WIDTH: f32 = 40.0 * UNIT;
/// Maximum number of characters of the name of a typeface.
const MAX_FONT_CHARS: usize = 100;

pub(super) fn slide_rows(ui: &mut Ui, slides: &mut SlideOptions) {
    preference_row(ui, "Slides of", |ui| {
        let choices = [
            (
                SlideContent::Editable,
                "Shapes",
                "Texts, cards and arrows can be edited.",
            ),
            (
                SlideContent::Pictures,
                "Pictures",
                "Exactly as the map; cannot be edited.",
            ),
        ];
        radio_group(ui, "Slides of", &mut slides.content, choices);
    });
    let sizes = SlideSize::names().filter_map(|(name, tip)| {
        let size = SlideSize::parse(name).ok()?;
        Some((size, crate::english::capitalize(name), tip))
    });
    preference_row(ui, "Slide", |ui| {
        radio_group(ui, "Slide", &mut slides.size, sizes)
    });
    if slides.content == SlideContent::Editable {
        font_row(ui, &mut slides.font);
    }
}

fn font_row(ui: &mut Ui, font: &mut Option<String>) {
    preference_row(ui, "Typeface", |ui| {
        let mut name = font.clone().unwrap_or_default();
        let field = TextEdit::singleline(&mut name)
            .hint_text(SlideOptions::TYPEFACE)
            .desired_width(FONT_WIDTH)
            .char_limit(MAX_FONT_CHARS);
        let field = ui.add(field);
        field.widget_info(|| WidgetInfo::text_edit(true, &name, &name, "Typeface"));
        let tip = "In another typeface texts are a little smaller, so that they fit.";
        if field.on_hover_text(tip).changed() {
            *font = (!name.trim().is_empty()).then_some(name);
        }
    });
}
