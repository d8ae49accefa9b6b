//! Data remembered about the user between starts: preferences and recent maps, and the folders they are in.
//!
//! Must not know: maps, sessions, windows.

pub(crate) mod app_dirs;
pub(crate) mod kde_settings;
pub(crate) mod preferences;
pub(crate) mod recent;
pub use app_dirs::AppDirs;
pub use kde_settings::kde_animations_disabled;
pub use preferences::{
    Motion, Preferences, PreferencesStore, ScreenRect, ThemeChoice, WindowPlacement,
};
pub use recent::RecentMaps;

/// Returns the current date in UTC. Code that depends on the date receives it as a
/// parameter.
pub fn today() -> crate::model::Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}
