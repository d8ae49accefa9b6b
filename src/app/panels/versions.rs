//! Rows of the versions of a map in git, below the steps of its history.
//!
//! Must not know: how versions are read and opened.

use crate::app::document::file_versions::FileVersions;
use crate::app::ui::buttons::{allocate, menu_item, row_background};
use crate::app::ui::rows::{Swatch, paint_label, paint_line};
use crate::app::ui::style::{self, ROW_HEIGHT, UNIT};
use crate::english::count;
use crate::git::Version;
use crate::session::VersionChanges;
use egui::{Align2, Response, Sense, Ui, pos2, vec2};

/// The maximum number of sentences about a version.
const MAX_SENTENCES: usize = 12;

/// Returns the number of rows: a title, and the versions or a sentence in their place.
pub(super) fn row_count(versions: &FileVersions) -> usize {
    match versions.list().len() {
        0 if versions.is_reading() || versions.problem().is_some() => 2,
        0 => 0,
        count => count + 1,
    }
}

/// A request about a step or a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowAction {
    /// Goes to the step, or opens the version.
    Open,
    /// Compares the map with it.
    Compare,
}

/// Returns what a click on a row or a choice in its menu asks for. `words` name both entries of the
/// menu; without them there is none.
pub(super) fn row_action(response: &Response, words: Option<[&str; 2]>) -> Option<RowAction> {
    let mut action = response.clicked().then_some(RowAction::Open);
    let Some([open, compare]) = words else {
        return action;
    };
    response.context_menu(|ui| {
        style::menu_list(ui, |ui| {
            for (words, keys, chosen) in [
                (open, "Enter", RowAction::Open),
                (compare, "Shift+Enter", RowAction::Compare),
            ] {
                if menu_item(ui, words, keys.to_owned(), None).clicked() {
                    action = Some(chosen);
                    ui.close();
                }
            }
        });
    });
    action
}

/// Returns the version in the row with this index, if it has a map.
pub(super) fn version_at(versions: &FileVersions, row: usize) -> Option<&Version> {
    let version = versions.list().get(row.checked_sub(1)?)?;
    version.after.as_ref().map(|_| version)
}

/// Shows the row with this index; returns what is to be done with its version.
pub(super) fn version_row(
    ui: &mut Ui,
    versions: &FileVersions,
    row: usize,
    has_cursor: bool,
) -> Option<RowAction> {
    let Some(at) = row.checked_sub(1) else {
        text_row(ui, "Versions in git", true);
        return None;
    };
    let Some(version) = versions.list().get(at) else {
        let text = versions.problem().unwrap_or("Reading the versions…");
        text_row(ui, text, false);
        return None;
    };
    let name = format!("Version of {}: {}", version.minute(), version.subject);
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, response) = allocate(ui, size, Sense::CLICK, None, &name);
    row_background(ui, rect, &response, false);
    if has_cursor {
        style::focus_ring(ui, rect, 4.0);
    }
    let (tint, weak) = (ui.visuals().text_color(), ui.visuals().weak_text_color());
    let dot = pos2(rect.left() + 2.0 * UNIT, rect.center().y);
    ui.painter().circle_filled(dot, 2.5, weak);
    let mut text = rect.with_min_x(rect.left() + 4.5 * UNIT);
    text.max.x -= 1.5 * UNIT;
    let (at_right, font) = (text.right_center(), style::small_font(ui));
    let day = version.minute();
    let day = day.get(..10).unwrap_or(&day);
    let painted = ui
        .painter()
        .text(at_right, Align2::RIGHT_CENTER, day, font, weak);
    text.max.x -= painted.width() + 2.0 * UNIT;
    let font = style::body_font(ui);
    paint_line(ui, text, &version.subject, font, tint);
    let response = with_details(response, version, versions.changes(at));
    let words = version.after.as_ref();
    let words = words.map(|_| ["Open as an unsaved copy", "Compare with this version"]);
    row_action(&response, words)
}

/// Adds a tooltip with author, time, commit and changes.
fn with_details(
    response: Response,
    version: &Version,
    changes: Option<&VersionChanges>,
) -> Response {
    response.on_hover_ui(|ui| {
        ui.set_max_width(90.0 * UNIT);
        ui.label(style::bold_text(style::visible_text(&version.subject)));
        let source = format!(
            "{}, {}, {}",
            version.author,
            version.minute(),
            version.short_id()
        );
        ui.label(style::weak_text(style::visible_text(&source)));
        for sentence in sentences(changes) {
            ui.label(style::visible_text(&sentence));
        }
        if version.after.is_some() {
            ui.label(style::weak_text(
                "A click opens it as an unsaved copy, Shift+Enter compares with it",
            ));
        }
    })
}

/// Returns sentences about the changes of a version, the last of which counts the rest.
fn sentences(changes: Option<&VersionChanges>) -> Vec<String> {
    match changes {
        None => Vec::new(),
        Some(VersionChanges::Added) => vec!["Map added".to_owned()],
        Some(VersionChanges::Removed) => vec!["File removed".to_owned()],
        Some(VersionChanges::Unreadable(reason)) => vec![format!("Cannot be compared: {reason}")],
        Some(VersionChanges::Changed(all)) => {
            let mut shown: Vec<String> = all.iter().take(MAX_SENTENCES).cloned().collect();
            if let Some(more @ 1..) = all.len().checked_sub(MAX_SENTENCES) {
                shown.push(format!("and {}", count(more, "more change")));
            }
            shown
        }
    }
}

fn text_row(ui: &mut Ui, text: &str, is_title: bool) {
    let size = vec2(ui.available_width(), ROW_HEIGHT);
    let (rect, response) = allocate(ui, size, Sense::hover(), None, text);
    let tint = ui.visuals().weak_text_color();
    let (font, left) = match is_title {
        true => (style::small_font(ui), UNIT),
        false => (style::body_font(ui), 4.5 * UNIT),
    };
    let line = rect.with_min_x(rect.left() + left);
    paint_label(ui, &response, line, Swatch::None, text, font, tint);
}
