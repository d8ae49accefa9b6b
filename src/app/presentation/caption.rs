//! The line below the map that says the finding of a stop.
//!
//! Must not know: routes, cameras.

use super::shown::Shown;
use super::state::Presentation;
use crate::app::document::Document;
use crate::app::ui::style;
use crate::presentation::Stop;
use crate::theme::Theme;
use egui::{Frame, Label, Margin, Panel, RichText, Ui};

impl Presentation {
    /// Shows the message of a finding below the map, if the stop is one with a place on it.
    pub(crate) fn show_caption(&self, ui: &mut Ui, document: &Document, theme: &Theme) {
        let stop = self.stop();
        let is_shown = matches!(stop, Stop::Finding { .. })
            && !matches!(self.shown(), Shown::Words(..))
            && self.cover.is_none();
        if !is_shown {
            return;
        }
        let size = (ui.available_height() / 34.0).max(16.0);
        let margin = Margin::symmetric((size * 1.4) as i8, (size * 0.5).min(60.0) as i8);
        let frame = Frame::new()
            .fill(style::color(theme.band))
            .inner_margin(margin);
        let words = stop.title(document.session.map());
        let ink = style::color(theme.band_ink);
        Panel::bottom("finding")
            .frame(frame)
            .show_separator_line(false)
            .show(ui, |ui| {
                let words = RichText::new(words).font(style::bold_font(size)).color(ink);
                ui.add(Label::new(words).selectable(false).wrap());
            });
    }
}
