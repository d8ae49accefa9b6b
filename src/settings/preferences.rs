//! User preferences of the window, stored between starts as JSON in the program's
//! own folder. They never change a map.
//!
//! A file with unknown or malformed entries is used as far as it is understood and
//! renamed, never overwritten.
//! Must not know: egui, windows.

use super::app_dirs::AppDirs;
use super::export_choices::ExportChoices;
use crate::room::Room;
use crate::task::Task;
use crate::theme::{Density, DepartmentPalette, ThemeName};
use serde::{Deserialize, Serialize};

/// The file in the program's folder.
const FILE: &str = "preferences.json";

/// The choice of colour theme for map and window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ThemeChoice {
    /// Warm off-white background.
    #[default]
    Light,
    /// Dark slate background.
    Dark,
    /// Black on white.
    Projector,
    /// Light or dark, following the system.
    System,
}

impl ThemeChoice {
    /// Returns the theme, given whether the system is in dark mode.
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

/// The choice of animations.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Motion {
    /// Following the system.
    #[default]
    System,
    /// Animations.
    Full,
    /// No animations.
    Reduced,
}

/// The position and size of the window, in logical points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WindowPlacement {
    /// Left and top, if the system reports them.
    pub at: Option<(i32, i32)>,
    /// Width and height.
    pub size: (u32, u32),
    /// Whether the window was maximized.
    pub maximized: bool,
}

/// Left, top, width and height of a screen, in logical points.
pub type ScreenRect = (i32, i32, u32, u32);

impl WindowPlacement {
    /// The size of a window that is no longer maximized and had no size before.
    pub const DEFAULT_SIZE: (u32, u32) = (1240, 680);
    /// The minimum size of a window.
    pub const MIN_SIZE: (u32, u32) = (480, 320);
    /// The maximum width and height: some graphics drivers refuse more.
    pub const MAX_SIDE: u32 = 8192;

    /// Clamps the size to what a window can have.
    #[must_use]
    pub fn sanitized(self) -> WindowPlacement {
        let ((width, height), least) = (self.size, Self::MIN_SIZE);
        let width = width.clamp(least.0, Self::MAX_SIDE);
        let height = height.clamp(least.1, Self::MAX_SIDE);
        WindowPlacement {
            size: (width, height),
            ..self
        }
    }

    /// Fits the placement to the screens: the size is limited to that of its
    /// screen, and the position is left to the system if the title bar would not be
    /// reachable.
    #[must_use]
    pub fn fit_to_screens(self, screens: &[ScreenRect]) -> WindowPlacement {
        let held = |screen: &&ScreenRect| {
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
        WindowPlacement {
            at: self.at.filter(|_| found.is_some()),
            size: (width, height),
            ..self
        }
        .sanitized()
    }
}

/// User preferences of the window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Preferences {
    /// The colour theme of map and window.
    pub theme: ThemeChoice,
    /// The colours of departments without a colour of their own.
    pub palette: DepartmentPalette,
    /// The density of the map.
    pub density: Density,
    /// Whether the journey is broken into rows.
    pub rows: bool,
    /// The scale of the whole interface, in percent.
    pub text_size: u16,
    /// The choice of animations.
    pub motion: Motion,
    /// The room in which maps are presented.
    pub room: Room,
    /// The name of the author of comments; may be empty.
    pub author: String,
    /// Whether the outline on the left is shown.
    pub outline: bool,
    /// Whether the inspector on the right is shown.
    pub inspector: bool,
    /// Whether the minimap is shown.
    pub minimap: bool,
    /// The choices for the last exported file.
    pub export: ExportChoices,
    /// Name of the screen on which maps are presented; `None` for one without the window.
    pub presentation_screen: Option<String>,
    /// The last position and size of the window.
    pub window: Option<WindowPlacement>,
}

impl Default for Preferences {
    fn default() -> Self {
        Preferences {
            theme: ThemeChoice::default(),
            palette: DepartmentPalette::default(),
            density: Density::default(),
            rows: false,
            text_size: 100,
            motion: Motion::default(),
            room: Room::default(),
            author: String::new(),
            outline: false,
            inspector: true,
            minimap: true,
            export: ExportChoices::default(),
            presentation_screen: None,
            window: None,
        }
    }
}

impl Preferences {
    /// The scales offered, in percent.
    pub const TEXT_SIZES: [u16; 8] = [80, 90, 100, 110, 125, 150, 175, 200];

    /// Reads the preferences in this folder as far as they are understood. Writes
    /// nothing.
    pub fn read(home: &AppDirs) -> Preferences {
        let bytes = home.read(FILE);
        bytes.map_or_else(Preferences::default, |bytes| parse(&bytes).0)
    }

    /// Returns the scale factor of the interface, 0.8 … 2.
    pub fn zoom(&self) -> f32 {
        f32::from(self.text_size.clamp(80, 200)) / 100.0
    }

    /// Returns the next larger or smaller scale, in percent.
    pub fn next_text_size(&self, larger: bool) -> u16 {
        let mut sizes = Self::TEXT_SIZES.into_iter();
        let next = if larger {
            sizes.find(|size| *size > self.text_size)
        } else {
            sizes.rfind(|size| *size < self.text_size)
        };
        next.unwrap_or(self.text_size)
    }
}

/// Parses preferences; the flag is `false` if part of the file was not understood.
fn parse(bytes: &[u8]) -> (Preferences, bool) {
    use serde_json::{Map, Value, from_slice, from_value, to_value};
    let mut understood = Preferences::default();
    let entries = from_slice::<Map<String, Value>>(bytes);
    let mut whole = entries.is_ok();
    for (name, value) in entries.unwrap_or_default() {
        // One entry at a time, so that an invalid one does not affect the others.
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
    understood.room = understood.room.sanitized();
    understood.window = understood.window.map(WindowPlacement::sanitized);
    (understood, whole)
}

/// Stores preferences on a background thread when they have changed.
pub struct PreferencesStore {
    dirs: AppDirs,
    /// Content of the file; `None` if it must be written in any case.
    written: Option<Preferences>,
    writer: Option<Task<()>>,
}

impl PreferencesStore {
    /// Loads the preferences in this folder and creates the store. A file that is
    /// not understood is renamed by appending `.bad`.
    pub fn load(home: &AppDirs) -> (Preferences, PreferencesStore) {
        let (found, whole) = match home.read(FILE) {
            Some(bytes) => parse(&bytes),
            // Missing, or unreadable: an unreadable file must be renamed.
            None => (Preferences::default(), !home.contains(FILE)),
        };
        let mut keeper = PreferencesStore {
            dirs: home.clone(),
            written: whole.then(|| found.clone()),
            writer: None,
        };
        if !whole && home.quarantine(FILE).is_err() {
            // Losing today's changes is better than overwriting the user's file.
            keeper.dirs = AppDirs::none();
        }
        (found, keeper)
    }

    /// Writes changed preferences on a thread. Does nothing while a write is
    /// running; the next call catches up. A change of the window placement alone is
    /// not written, because it may change with every frame; it is written with
    /// other changes or at the end.
    pub fn save_if_changed(&mut self, now: &Preferences) {
        let written = self.written.as_ref().map(|written| Preferences {
            window: now.window,
            ..written.clone()
        });
        if written.as_ref() != Some(now) {
            self.write(now);
        }
    }

    fn write(&mut self, now: &Preferences) {
        if self.writer.is_some() && Task::poll_slot(&mut self.writer).is_none() {
            return;
        }
        let (home, text) = (self.dirs.clone(), to_json(now));
        // A failed write must not disturb the user's work.
        let write = move |_: &_| drop(home.write(FILE, text.as_bytes()));
        self.writer = Some(Task::spawn("preferences", || (), write));
        self.written = Some(now.clone());
    }

    /// Writes changed preferences and waits, before the program ends.
    pub fn save_and_wait(&mut self, now: &Preferences) {
        let wait = |writer: Option<Task<()>>| writer.map_or(Ok(()), Task::wait);
        let _ = wait(self.writer.take());
        if self.written.as_ref() != Some(now) {
            self.write(now);
        }
        let _ = wait(self.writer.take());
    }
}

fn to_json(preferences: &Preferences) -> String {
    serde_json::to_string_pretty(preferences).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn home() -> (tempfile::TempDir, AppDirs) {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path().join("own"));
        (folder, home)
    }

    #[test]
    fn preferences_round_trip_and_skip_unchanged_writes() {
        let (_folder, home) = home();
        let (mut now, mut keeper) = PreferencesStore::load(&home);
        keeper.save_and_wait(&now);
        assert!(!home.contains(FILE), "written without a change");
        now.theme = ThemeChoice::Dark;
        now.palette = DepartmentPalette::OkabeIto;
        now.density = Density::Compact;
        now.text_size = 150;
        now.room = Room::new(2.0, 10.0).unwrap();
        now.window = Some(WindowPlacement {
            at: Some((-5, 10)),
            size: (1000, 700),
            maximized: true,
        });
        keeper.save_if_changed(&now);
        now.minimap = false;
        keeper.save_and_wait(&now);
        assert_eq!(PreferencesStore::load(&home).0, now);
        assert_eq!(Preferences::read(&home), now);
        assert!(!home.contains("preferences.json.bad"));
    }

    #[test]
    fn invalid_entries_are_set_aside_and_the_rest_is_used() {
        let (_folder, home) = home();
        let odd = br#"{"theme": "dark", "text_size": "huge", "colour_of_the_moon": 7, "room": {"height": 0, "distance": 65535}, "window": {"at": null, "size": [1, 99999], "maximized": false}}"#;
        home.write(FILE, odd).unwrap();
        let (mut now, mut keeper) = PreferencesStore::load(&home);
        assert_eq!((now.theme, now.text_size), (ThemeChoice::Dark, 100));
        assert_eq!(now.window.map(|w| w.size), Some((480, 8192)));
        assert_eq!(now.room, Room::default());
        assert_eq!(home.read("preferences.json.bad").as_deref(), Some(&odd[..]));
        now.outline = true;
        keeper.save_and_wait(&now);
        assert_eq!(PreferencesStore::load(&home).0, now);
    }

    #[test]
    fn a_position_off_screen_is_left_to_the_system() {
        let screens = [(0, 0, 1920, 1080), (1920, 0, 2560, 1440)];
        let at = |x, y| WindowPlacement {
            at: Some((x, y)),
            size: (3000, 700),
            maximized: false,
        };
        assert_eq!(at(100, 50).fit_to_screens(&screens).at, Some((100, 50)));
        assert_eq!(at(100, 50).fit_to_screens(&screens).size, (1920, 700));
        assert_eq!(at(2000, 50).fit_to_screens(&screens).size, (2560, 700));
        for (x, y) in [(5000, 0), (0, 1430), (0, -300), (i32::MAX, i32::MIN)] {
            assert_eq!(at(x, y).fit_to_screens(&screens).at, None, "{x} {y}");
        }
        assert_eq!(at(100, 50).fit_to_screens(&[]).at, None);
        assert_eq!(
            at(100, 50).fit_to_screens(&[(0, 0, 1, 1)]).size,
            WindowPlacement::MIN_SIZE
        );
    }

    #[test]
    fn text_sizes_step_through_the_offered_ones() {
        let mut now = Preferences::default();
        let mut seen = Vec::new();
        for _ in 0..10 {
            now.text_size = now.next_text_size(true);
            seen.push(now.text_size);
        }
        assert_eq!(seen[..5], [110, 125, 150, 175, 200]);
        assert_eq!(now.next_text_size(true), 200);
        now.text_size = 80;
        assert_eq!(now.next_text_size(false), 80);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_file_content_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..300) {
            let (_folder, home) = home();
            let mut half = to_json(&Preferences::default()).into_bytes();
            half.truncate(cut);
            for content in [bytes, half] {
                home.write(FILE, &content).unwrap();
                let (mut now, mut keeper) = PreferencesStore::load(&home);
                prop_assert!((0.8..=2.0).contains(&now.zoom()));
                now.text_size = now.next_text_size(true);
                keeper.save_and_wait(&now);
                prop_assert_eq!(PreferencesStore::load(&home).0, now);
            }
        }

        #[test]
        fn window_sizes_stay_within_limits(at in any::<(i32, i32)>(), size in any::<(u32, u32)>(), screen in any::<ScreenRect>()) {
            let place = WindowPlacement { at: Some(at), size, maximized: false }.fit_to_screens(&[screen]);
            prop_assert!(place.size.0 >= WindowPlacement::MIN_SIZE.0 && place.size.1 >= WindowPlacement::MIN_SIZE.1);
            prop_assert!(place.size.0 <= WindowPlacement::MAX_SIDE && place.size.1 <= WindowPlacement::MAX_SIDE);
        }
    }
}
