//! Lays maps out for the start screen on a thread of its own: neither a slow
//! disk nor a large map may hold up the window.
//!
//! Must not know: how cards look.

use crate::app::document::Look;
use crate::app::workspace::files::place_and_problem;
use crate::format;
use crate::insight::sentence;
use crate::model::{Map, MapKind};
use crate::render::Picture;
use crate::scene::{Lit, Scene};
use crate::session::Session;
use crate::text::Typesetter;
use egui::Context;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Where a map comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// A file of the user's.
    File(PathBuf),
    /// The text of a sample or template.
    Text(&'static str),
}

/// What shall be drawn.
struct Order {
    look: Look,
    source: Source,
}

/// A map ready to be painted small.
pub struct Thumbnail {
    /// How it looks.
    pub look: Look,
    /// The name of the map.
    pub title: String,
    /// How many touchpoints, and whether it is or shall be.
    pub facts: String,
    /// What is drawn.
    pub scene: Arc<Scene>,
    /// Where its stages begin, in map units.
    pub top: f64,
}

/// What came of an order: from where, and the picture or why there is none.
pub type Outcome = (Source, Result<Thumbnail, String>);

/// The thread, as seen from the window. It ends when this goes.
pub struct Loader {
    orders: Sender<Order>,
    outcomes: Receiver<Outcome>,
}

impl Loader {
    /// Starts the thread; it wakes the window whenever something is ready. On a
    /// system that refuses, cards stay without pictures.
    pub fn start(ctx: &Context) -> Loader {
        let (orders, ordered) = channel::<Order>();
        let (ready, outcomes) = channel();
        let ctx = ctx.clone();
        let work = move || {
            // Names are bars at this size: the bundled faces will do.
            let mut typesetter = Typesetter::bundled();
            for order in ordered {
                let drawn = draw(&order, &mut typesetter);
                if ready.send((order.source, drawn)).is_err() {
                    break;
                }
                ctx.request_repaint();
            }
        };
        let name = "thumbnails".to_owned();
        // Without the thread nothing is received, which is all that is lost.
        let _ = std::thread::Builder::new().name(name).spawn(work);
        Loader { orders, outcomes }
    }

    /// Asks for a picture.
    pub fn order(&self, look: Look, source: Source) {
        let order = Order { look, source };
        // Fails only where there is no thread.
        let _ = self.orders.send(order);
    }

    /// What has become ready since this was last asked.
    pub fn take(&self) -> impl Iterator<Item = Outcome> {
        self.outcomes.try_iter()
    }
}

/// The map of a source, or what to tell people about it.
pub fn read(source: &Source) -> Result<Map, String> {
    match source {
        Source::Text(text) => match format::read(text.as_bytes()) {
            Ok(document) => Ok(document.map),
            Err(error) => Err(sentence(&error.to_string())),
        },
        Source::File(path) => match Session::open(path) {
            Ok(session) => Ok(session.map().clone()),
            Err(error) => {
                // The card says which file it is.
                let said = place_and_problem(&error);
                let said = said
                    .strip_prefix(&path.display().to_string())
                    .unwrap_or(&said);
                Err(sentence(said.trim_start_matches([':', ' '])))
            }
        },
    }
}

fn draw(order: &Order, typesetter: &mut Typesetter) -> Result<Thumbnail, String> {
    let map = read(&order.source)?;
    let options = order.look.options(Lit::default());
    let picture = Picture::of(&map, &options, typesetter);
    let kind = match map.header().kind {
        MapKind::Current => "current",
        MapKind::Future => "future",
    };
    let count = match map.touchpoint_count() {
        1 => "1 touchpoint".to_owned(),
        count => format!("{count} touchpoints"),
    };
    Ok(Thumbnail {
        look: order.look,
        title: map.header().title.trim().to_owned(),
        facts: format!("{count}, {kind}"),
        top: picture.layout.band_y,
        scene: picture.scene,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Shape;
    use crate::theme::{Palette, ThemeName};

    #[test]
    fn a_file_that_is_gone_or_broken_says_so_without_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let gone = Source::File(folder.path().join("gone.journey.ron"));
        assert_eq!(read(&gone).unwrap_err(), "There is no such file.");
        let path = folder.path().join("broken.journey.ron");
        crate::storage::write(&path, b"(title: 7)").unwrap();
        let said = read(&Source::File(path)).unwrap_err();
        assert!(said.starts_with("1:9: "), "{said}");
    }

    #[test]
    fn pictures_come_from_the_thread() {
        let loader = Loader::start(&Context::default());
        let text = "(title: \"T\", stages: [(name: \"S\", touchpoints: [(name: \"A\", owner: \"d\")])], departments: [(id: \"d\", name: \"D\")])";
        let look = Look {
            theme: ThemeName::Dark,
            palette: Palette::Bright,
            ..Look::default()
        };
        loader.order(look, Source::Text(text));
        let (source, drawn) = loader.outcomes.recv().unwrap();
        let drawn = drawn.unwrap_or_else(|said| panic!("{said}"));
        assert_eq!((source, drawn.look), (Source::Text(text), look));
        let theme = ThemeName::Dark.with(Palette::Bright);
        let items = drawn.scene.groups.iter().flat_map(|g| &g.body.items);
        let mut colours = items.filter_map(|item| match &item.shape {
            Shape::Path { fill, .. } => *fill,
            _ => None,
        });
        assert!(colours.any(|colour| colour == theme.departments[0]));
        assert_eq!(
            (&*drawn.title, &*drawn.facts),
            ("T", "1 touchpoint, current")
        );
    }
}
