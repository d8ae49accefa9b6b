//! Rows of the versions of a map in git, below the steps of its history.
//!
//! Must not know: how versions are read and opened.

use crate::app::document::file_versions::FileVersions;
use crate::app::ui::buttons::{allocate, row_background};
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

/// Shows the row with this index; returns whether its version was clicked.
pub(super) fn version_row(
    ui: &mut Ui,
    versions: &FileVersions,
    row: usize,
    has_cursor: bool,
) -> bool {
    let Some(at) = row.checked_sub(1) else {
        text_row(ui, "Versions in git", true);
        return false;
    };
    let Some(version) = versions.list().get(at) else {
        let text = versions.problem().unwrap_or("Reading the versions…");
        text_row(ui, text, false);
        return false;
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
    response.clicked() && version.after.is_some()
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
            ui.label(style::weak_text("Click to open it as an unsaved copy"));
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
