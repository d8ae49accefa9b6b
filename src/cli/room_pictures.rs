//! Pictures of a journey for a room: numbered files, and what they leave out.
//!
//! Must not know: the other options of exports.

use super::outcome::{CliError, ExitOutcome, print_error};
use crate::english::count;
use crate::model::Map;
use crate::render::{self, ExportFormat, RenderOptions, RoomFit};
use crate::room::Room;
use crate::text::Typesetter;
use std::path::{Path, PathBuf};

/// Width of a picture in pixels where none is asked for: a projector of 16 : 9.
pub(super) const WIDTH: f64 = 1920.0;

/// Writes the pictures of a journey and says what had to go.
pub(super) fn export(
    map: &Map,
    options: &RenderOptions,
    room: Room,
    format: &ExportFormat,
    output: &Path,
    typesetter: &mut Typesetter,
) -> Result<ExitOutcome, CliError> {
    let fitted = render::fit_room(map, options, room, typesetter);
    let pages = fitted.pages.len();
    for (at, page) in fitted.pages.iter().enumerate() {
        let path = numbered(output, at, pages);
        render::export_file(std::slice::from_ref(page), format, typesetter, &path, None)?;
    }
    let name = output.display();
    let pictures = match pages {
        1 => format!("{name} is drawn"),
        _ => format!(
            "{name} is drawn as {} with numbers",
            count(pages, "picture")
        ),
    };
    print_error(&format!("{pictures} for {room}{}", remarks(&fitted)));
    Ok(ExitOutcome::Success)
}

/// The parts that had to go, and those that still cannot be read.
fn remarks(fitted: &RoomFit) -> String {
    let mut remarks = String::new();
    let left_out = fitted.left_out.to_string();
    if !left_out.is_empty() {
        remarks.push_str(&format!("; left out so that all can be read: {left_out}"));
    }
    if !fitted.legibility.is_readable() {
        let (small, times) = (
            fitted.legibility.failing_nouns(),
            fitted.legibility.enlargement(),
        );
        remarks.push_str(&format!(
            "; even so {small} cannot be read from the last row: they would have to be {times:.1} \
             times as large, so make the picture larger or move the seats nearer"
        ));
    }
    remarks
}

/// The path of one of several files: `wall.png` becomes `wall-03.png`.
fn numbered(path: &Path, at: usize, count: usize) -> PathBuf {
    if count < 2 {
        return path.to_owned();
    }
    let digits = count.to_string().len();
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{:0digits$}.{ending}", at + 1))
}
