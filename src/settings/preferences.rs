//! What people chose about the window, kept between starts as JSON in the
//! program's own folder. Nothing here changes a map.
//!
//! A file that says something unknown or broken counts as far as it is
//! understood and is put aside, never overwritten.
//! Must not know: egui, windows.

use super::app_dirs::Home;
use crate::theme::{Density, Palette, ThemeName};
use serde::{Deserialize, Serialize};
use std::thread::JoinHandle;

/// The file in the program's folder.
const FILE: &str = "preferences.json";

/// Where the colours of map and window come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// Warm paper.
    #[default]
    Light,
    /// Deep slate.
    Dark,
    /// Plain black on white.
    Projector,
    /// Light or dark, as the system is.
    System,
}

impl ThemeChoice {
    /// The theme that it comes to where the system is dark or not.
    pub fn theme(self, dark: bool) -> ThemeName {
        match self {
            ThemeChoice::Light => ThemeName::Light,
            ThemeChoice::Dark => ThemeName::Dark,
            ThemeChoice::Projector => ThemeName::Projector,
            ThemeChoice::System if dark => ThemeName::Dark,
            ThemeChoice::System => ThemeName::Light,
        }
    }
}

/// Whether things glide to their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// As the system is.
    #[default]
    System,
    /// They glide.
    Full,
    /// They jump.
    Reduced,
}

/// Where the window stood, in the system's points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Left and top, where the system says.
    pub at: Option<(i32, i32)>,
    /// Width and height.
    pub size: (u32, u32),
    /// It filled the screen.
    pub maximized: bool,
}

/// Left, top, width and height of a screen, in the system's points.
pub type Screen = (i32, i32, u32, u32);

impl Place {
    /// The smallest window.
    pub const LEAST: (u32, u32) = (640, 420);
    /// The largest: some graphics refuse more.
    pub const MOST: u32 = 8192;

    /// The place with a size that a window can have.
    #[must_use]
    pub fn sanitised(self) -> Place {
        let (width, height) = self.size;
        Place {
            size: (
                width.clamp(Place::LEAST.0, Place::MOST),
                height.clamp(Place::LEAST.1, Place::MOST),
            ),
            ..self
        }
    }

    /// The place on these screens: no larger than the one it is on, and left to
    /// the system where nobody could take hold of the window's title.
    #[must_use]
    pub fn on(self, screens: &[Screen]) -> Place {
        let held = |screen: &&Screen| {
            let Some((x, y)) = self.at.map(|(x, y)| (i64::from(x), i64::from(y))) else {
                return false;
            };
            let (left, top) = (i64::from(screen.0), i64::from(screen.1));
            let (right, bottom) = (left + i64::from(screen.2), top + i64::from(screen.3));
            let seen = right.min(x + i64::from(self.size.0)) - left.max(x);
            seen >= 120 && y >= top - 8 && y + 40 <= bottom
        };
        let found = screens.iter().find(held);
        let (width, height) = match found.or(screens.first()) {
            Some(screen) => (self.size.0.min(screen.2), self.size.1.min(screen.3)),
            None => self.size,
        };
        Place {
            at: self.at.filter(|_| found.is_some()),
            size: (width, height),
            ..self
        }
        .sanitised()
    }
}

/// What people chose about the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The colours of map and window.
    pub theme: ThemeChoice,
    /// The colours of departments that have none of their own.
    pub palette: Palette,
    /// How much room things take on the map.
    pub density: Density,
    /// The size of everything, in percent.
    pub text_size: u16,
    /// Whether things glide.
    pub motion: Motion,
    /// The outline at the left is shown.
    pub outline: bool,
    /// The inspector at the right is shown.
    pub inspector: bool,
    /// The overview in the corner is shown.
    pub minimap: bool,
    /// Where the window stood.
    pub window: Option<Place>,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            theme: ThemeChoice::default(),
            palette: Palette::default(),
            density: Density::default(),
            text_size: 100,
            motion: Motion::default(),
            outline: false,
            inspector: true,
            minimap: true,
            window: None,
        }
    }
}

impl Preferences {
    /// Sizes that are offered, in percent.
    pub const TEXT_SIZES: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

    /// What is kept in this folder, as far as it is understood. Writes nothing.
    pub fn read(home: &Home) -> Preferences {
        let bytes = home.read(FILE);
        bytes.map_or_else(Preferences::default, |bytes| parse(&bytes).0)
    }

    /// How much larger than usual everything is, 0.8 … 2.
    pub fn zoom(&self) -> f32 {
        f32::from(self.text_size.clamp(80, 200)) / 100.0
    }

    /// The size one step larger or smaller.
    pub fn next_size(&self, larger: bool) -> u16 {
        let mut sizes = Self::TEXT_SIZES.into_iter();
        let next = if larger {
            sizes.find(|size| *size > self.text_size)
        } else {
            sizes.rev().find(|size| *size < self.text_size)
        };
        next.unwrap_or(self.text_size)
    }
}

/// The preferences in a file, and whether all of it was understood.
fn parse(bytes: &[u8]) -> (Preferences, bool) {
    use serde_json::{Map, Value, from_slice, from_value, to_value};
    let mut whole = true;
    let mut understood = Preferences::default();
    let said: Map<String, Value> = from_slice(bytes).unwrap_or_else(|_| {
        whole = false;
        Map::new()
    });
    for (name, value) in said {
        // Each entry by itself: one that is wrong takes no other with it.
        let Ok(Value::Object(mut all)) = to_value(&understood) else {
            break;
        };
        let known = all.insert(name, value).is_some();
        match from_value(Value::Object(all)) {
            Ok(with) if known => understood = with,
            _ => whole = false,
        }
    }
    understood.text_size = understood.text_size.clamp(80, 200);
    understood.window = understood.window.map(Place::sanitised);
    (understood, whole)
}

/// Keeps preferences: writes them beside the work, when they have changed.
pub struct Keeper {
    home: Home,
    /// What the file says; `None`: not what it should.
    written: Option<Preferences>,
    writing: Option<JoinHandle<()>>,
}

impl Keeper {
    /// What is kept in this folder, and who keeps it from now on. A file that
    /// is not understood is put aside under the same name with `.bad` behind it.
    pub fn load(home: &Home) -> (Preferences, Keeper) {
        let (found, whole) = match home.read(FILE) {
            Some(bytes) => parse(&bytes),
            // Missing, or nothing that can be read: then there is something to put aside.
            None => (Preferences::default(), !home.has(FILE)),
        };
        let mut keeper = Keeper {
            home: home.clone(),
            written: whole.then(|| found.clone()),
            writing: None,
        };
        if !whole && home.put_aside(FILE).is_err() {
            // Rather forget what is chosen today than overwrite what somebody wrote.
            keeper.home = Home::nowhere();
        }
        (found, keeper)
    }

    /// Writes what has changed since, on a thread of its own. While one is
    /// writing already, the next call will do. Where the window stands is
    /// written along with the rest or at the end: it may change with every frame.
    pub fn keep(&mut self, now: &Preferences) {
        let window = now.window;
        let same = |written: &Preferences| {
            let here = Preferences {
                window,
                ..written.clone()
            };
            here == *now
        };
        if !self.written.as_ref().is_some_and(same) {
            self.write(now);
        }
    }

    fn write(&mut self, now: &Preferences) {
        if self.writing.as_ref().is_some_and(|job| !job.is_finished()) {
            return;
        }
        let (home, text) = (self.home.clone(), text(now));
        let job = std::thread::Builder::new().name("preferences".to_owned());
        // Preferences that cannot be kept are no reason to disturb anybody's work.
        let job = job.spawn(move || drop(home.write(FILE, text.as_bytes())));
        self.writing = job.ok();
        self.written = Some(now.clone());
    }

    /// Writes what has changed since and waits for it: the program ends.
    pub fn finish(&mut self, now: &Preferences) {
        if let Some(job) = self.writing.take() {
            let _ = job.join();
        }
        if self.written.as_ref() != Some(now) {
            self.write(now);
        }
        if let Some(job) = self.writing.take() {
            let _ = job.join();
        }
    }
}

fn text(preferences: &Preferences) -> String {
    serde_json::to_string_pretty(preferences).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn home() -> (tempfile::TempDir, Home) {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::at(folder.path().join("own"));
        (folder, home)
    }

    #[test]
    fn what_is_kept_is_found_again_and_nothing_is_written_for_nothing() {
        let (_folder, home) = home();
        let (mut now, mut keeper) = Keeper::load(&home);
        keeper.finish(&now);
        assert!(!home.has(FILE), "written though nothing was chosen");
        now.theme = ThemeChoice::Dark;
        now.palette = Palette::OkabeIto;
        now.density = Density::Compact;
        now.text_size = 150;
        now.window = Some(Place {
            at: Some((-5, 10)),
            size: (1000, 700),
            maximized: true,
        });
        keeper.keep(&now);
        now.minimap = false;
        keeper.finish(&now);
        assert_eq!(Keeper::load(&home).0, now);
        assert_eq!(Preferences::read(&home), now);
        assert!(!home.has("preferences.json.bad"));
    }

    #[test]
    fn what_is_not_understood_is_put_aside_and_the_rest_counts() {
        let (_folder, home) = home();
        let odd = br#"{"theme": "dark", "text_size": "huge", "colour_of_the_moon": 7, "window": {"at": null, "size": [1, 99999], "maximized": false}}"#;
        home.write(FILE, odd).unwrap();
        let (mut now, mut keeper) = Keeper::load(&home);
        assert_eq!((now.theme, now.text_size), (ThemeChoice::Dark, 100));
        assert_eq!(now.window.map(|w| w.size), Some((640, 8192)));
        assert_eq!(home.read("preferences.json.bad").as_deref(), Some(&odd[..]));
        now.outline = true;
        keeper.finish(&now);
        assert_eq!(Keeper::load(&home).0, now);
    }

    #[test]
    fn a_place_off_the_screens_is_left_to_the_system() {
        let screens = [(0, 0, 1920, 1080), (1920, 0, 2560, 1440)];
        let at = |x, y| Place {
            at: Some((x, y)),
            size: (3000, 700),
            maximized: false,
        };
        assert_eq!(at(100, 50).on(&screens).at, Some((100, 50)));
        assert_eq!(at(100, 50).on(&screens).size, (1920, 700));
        assert_eq!(at(2000, 50).on(&screens).size, (2560, 700));
        for (x, y) in [(5000, 0), (0, 1430), (0, -300), (i32::MAX, i32::MIN)] {
            assert_eq!(at(x, y).on(&screens).at, None, "{x} {y}");
        }
        assert_eq!(at(100, 50).on(&[]).at, None);
        assert_eq!(at(100, 50).on(&[(0, 0, 1, 1)]).size, Place::LEAST);
    }

    #[test]
    fn sizes_step_through_those_that_are_offered() {
        let mut now = Preferences::default();
        let mut seen = Vec::new();
        for _ in 0..10 {
            now.text_size = now.next_size(true);
            seen.push(now.text_size);
        }
        assert_eq!(seen[..5], [110, 125, 150, 175, 200]);
        assert_eq!(now.next_size(true), 200);
        now.text_size = 80;
        assert_eq!(now.next_size(false), 80);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_content_is_survived(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..300) {
            let (_folder, home) = home();
            let mut half = text(&Preferences::default()).into_bytes();
            half.truncate(cut);
            for content in [bytes, half] {
                home.write(FILE, &content).unwrap();
                let (mut now, mut keeper) = Keeper::load(&home);
                prop_assert!((0.8..=2.0).contains(&now.zoom()));
                now.text_size = now.next_size(true);
                keeper.finish(&now);
                prop_assert_eq!(Keeper::load(&home).0, now);
            }
        }

        #[test]
        fn windows_are_never_too_small_or_too_large(at in any::<(i32, i32)>(), size in any::<(u32, u32)>(), screen in any::<Screen>()) {
            let place = Place { at: Some(at), size, maximized: false }.on(&[screen]);
            prop_assert!(place.size.0 >= Place::LEAST.0 && place.size.1 >= Place::LEAST.1);
            prop_assert!(place.size.0 <= Place::MOST && place.size.1 <= Place::MOST);
        }
    }
}
