//! Thumbnail loader of the home screen: lays maps out on threads, so that neither
//! a slow disk nor a large map delays the window.
//!
//! Must not know: how cards look.

use super::drawing::MapDrawing;
use crate::app::document::Appearance;
use crate::english::{count, sentence};
use crate::format;
use crate::layout;
use crate::model::{Map, MapKind};
use crate::session::Session;
use crate::task::Task;
use crate::text::Typesetter;
use crate::theme::Density;
use egui::Context;
use std::collections::VecDeque;
use std::path::PathBuf;

/// Source of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MapSource {
    /// A file of the user.
    File(PathBuf),
    /// The text of a sample or template.
    Text(&'static str),
}

/// A map prepared for painting as a thumbnail.
pub struct Thumbnail {
    /// Title of the map.
    pub title: String,
    /// Number of touchpoints, and whether the map is a future one; empty for an empty map.
    pub details: String,
    /// The drawing.
    pub drawing: MapDrawing,
}

/// Source and result of a request: the thumbnail or an error message.
pub type ThumbnailResult = (MapSource, Result<Thumbnail, String>);

/// Number of maps drawn at a time.
const MAX_DRAWING: usize = 2;

/// Draws thumbnails on threads, in the order of the requests.
#[derive(Default)]
pub struct ThumbnailLoader {
    requests: VecDeque<(Appearance, MapSource)>,
    tasks: Vec<(MapSource, Task<DrawnThumbnail>)>,
    /// Typesetters of ended tasks.
    typesetters: Vec<Typesetter>,
}

/// The result of a task, and its typesetter for the next one.
type DrawnThumbnail = (Typesetter, Result<Thumbnail, String>);

impl ThumbnailLoader {
    /// Requests a thumbnail.
    pub fn request(&mut self, appearance: Appearance, source: MapSource) {
        self.requests.push_back((appearance, source));
    }

    /// Starts to draw what is requested; a repaint is requested for every result.
    pub fn start(&mut self, ctx: &Context) {
        while self.tasks.len() < MAX_DRAWING
            && let Some((appearance, source)) = self.requests.pop_front()
        {
            // No names are drawn, so the bundled fonts suffice.
            let typesetter = self.typesetters.pop();
            let (wanted, ctx) = (source.clone(), ctx.clone());
            let draw = move |_: &_| {
                let mut typesetter = typesetter.unwrap_or_else(Typesetter::bundled);
                let drawn = draw_thumbnail(appearance, &wanted, &mut typesetter);
                (typesetter, drawn)
            };
            let task = Task::spawn("thumbnail", move || ctx.request_repaint(), draw);
            self.tasks.push((source, task));
        }
    }

    /// Returns a result that has arrived since the last call.
    pub fn next_finished(&mut self) -> Option<ThumbnailResult> {
        let (source, result) = Task::poll_any(&mut self.tasks)?;
        let drawn = match result {
            Ok((typesetter, drawn)) => {
                self.typesetters.push(typesetter);
                drawn
            }
            Err(failed) => Err(sentence(&failed.to_string())),
        };
        Some((source, drawn))
    }
}

/// Reads the map of a source, or returns an error message.
pub fn read_map(source: &MapSource) -> Result<Map, String> {
    match source {
        MapSource::Text(text) => {
            let document = format::read(text.as_bytes());
            let document = document.map_err(|error| sentence(&error.to_string()))?;
            Ok(document.map)
        }
        MapSource::File(path) => {
            let session = Session::open(path).map_err(|error| {
                // The card shows the file name already.
                let text = error.summary();
                let text = text.trim_start_matches(&path.display().to_string());
                sentence(text.trim_start_matches([':', ' ']))
            })?;
            Ok(session.map().clone())
        }
    }
}

fn draw_thumbnail(
    appearance: Appearance,
    source: &MapSource,
    typesetter: &mut Typesetter,
) -> Result<Thumbnail, String> {
    let map = read_map(source)?;
    let options = layout::LayoutOptions {
        density: Density::Compact,
        ..layout::LayoutOptions::default()
    };
    let drawn = layout::layout(&map, &options, typesetter);
    let details = match (map.touchpoint_count(), map.header().kind) {
        (0, _) => String::new(),
        (touchpoints, MapKind::Current) => count(touchpoints, "touchpoint"),
        (touchpoints, MapKind::Future) => {
            format!("{}, future state", count(touchpoints, "touchpoint"))
        }
    };
    Ok(Thumbnail {
        title: map.header().title.trim().to_owned(),
        details,
        drawing: MapDrawing::new(&map, &drawn, appearance.colors()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::{DepartmentPalette, ThemeName};

    #[test]
    fn read_errors_omit_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let gone = MapSource::File(folder.path().join("gone.journey.ron"));
        assert_eq!(read_map(&gone).unwrap_err(), "There is no such file.");
        let path = folder.path().join("broken.journey.ron");
        crate::storage::write(&path, b"(title: 7)").unwrap();
        let said = read_map(&MapSource::File(path)).unwrap_err();
        assert!(said.starts_with("1:9: "), "{said}");
    }

    #[test]
    fn loader_draws_thumbnails_with_the_requested_appearance() {
        let mut loader = ThumbnailLoader::default();
        let text = "(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\", owner: \"d\")])], departments: [(id: \"d\", name: \"D\")])";
        let look = Appearance {
            theme: ThemeName::Dark,
            palette: DepartmentPalette::Bright,
            ..Appearance::default()
        };
        loader.request(look, MapSource::Text(text));
        loader.start(&Context::default());
        let (source, drawn) = loop {
            match loader.next_finished() {
                Some(finished) => break finished,
                None => std::thread::yield_now(),
            }
        };
        let drawn = drawn.unwrap_or_else(|said| panic!("{said}"));
        assert_eq!(source, MapSource::Text(text));
        let theme = ThemeName::Dark.with_palette(DepartmentPalette::Bright);
        assert_eq!(
            drawn.drawing.owners(),
            [Some(theme.visible_mark(theme.departments[0]))]
        );
        assert_eq!((&*drawn.title, &*drawn.details), ("T", "1 touchpoint"));
    }
}
