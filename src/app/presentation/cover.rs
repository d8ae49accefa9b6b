//! Covers of the map: black, white, or its title alone.
//!
//! Must not know: routes, cameras.

use super::shown::Cover;
use super::state::Presentation;
use crate::app::ui::style::{self, UNIT};
use crate::theme::Theme;
use egui::{Color32, Id, Label, Rect, RichText, Role, Sense, Ui, UiBuilder, WidgetInfo};

impl Presentation {
    /// Covers the map, or uncovers it if it has this cover.
    pub(super) fn toggle_cover(&mut self, cover: Cover) {
        self.cover = (self.cover != Some(cover)).then_some(cover);
    }

    /// Shows the cover over the map. A click uncovers it.
    pub(super) fn show_cover(&mut self, ui: &mut Ui, theme: &Theme, title: &str, rect: Rect) {
        let Some(cover) = self.cover else {
            return;
        };
        let fill = match cover {
            Cover::Black => Color32::BLACK,
            Cover::White => Color32::WHITE,
            Cover::Hidden => style::color(theme.paper),
        };
        let response = ui.interact(rect, Id::unique("cover"), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, cover.name()));
        ui.painter_at(rect).rect_filled(rect, 0.0, fill);
        if cover == Cover::Hidden {
            show_words(ui, theme, rect, (title, ""));
        }
        if response.clicked() {
            self.cover = None;
        }
    }
}

/// Shows a title in large type in the middle, with a line below it.
pub(super) fn show_words(ui: &mut Ui, theme: &Theme, rect: Rect, (title, line): (&str, &str)) {
    let ink = style::color(theme.ink);
    // A long title has smaller type, so that nothing is cut.
    let usual = rect.height() / 9.0;
    let letters = title.chars().count().max(1) as f32;
    let room = rect.width() * rect.height() * 0.45;
    let size = usual.min((room / (letters * 0.75)).sqrt());
    // The longest word stays on one line.
    let longest = title
        .split_whitespace()
        .map(|word| word.chars().count())
        .max();
    let across = rect.width() * 0.84 / (longest.unwrap_or(1).max(1) as f32 * 0.62);
    let size = size.min(across).max(14.0);
    let inner = rect.shrink2(rect.size() * 0.08);
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    child.shrink_clip_rect(rect);
    let font = style::bold_font(size);
    let galley = child
        .painter()
        .layout(title.to_owned(), font.clone(), ink, inner.width());
    let space = (inner.height() - galley.rect.height()) / 2.0 - size;
    child.vertical_centered(|ui| {
        ui.add_space(space.max(0.0));
        let words = RichText::new(title).font(font).color(ink);
        ui.add(Label::new(words).selectable(false).wrap());
        if !line.is_empty() {
            ui.add_space(2.0 * UNIT);
            let soft = style::color(theme.ink_soft);
            let words = RichText::new(line).size(size * 0.5).color(soft);
            ui.add(Label::new(words).selectable(false).wrap());
        }
    });
}
