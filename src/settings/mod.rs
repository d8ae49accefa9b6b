//! Data remembered about the user between starts: preferences and recent maps, and the
//! folders they are in; the user's date and desktop settings.
//!
//! Must not know: maps, sessions, windows.

pub(crate) mod app_dirs;
pub(crate) mod export_choices;
mod folded_parts;
pub(crate) mod kde_settings;
pub(crate) mod preferences;
pub(crate) mod recent;
pub use app_dirs::AppDirs;
pub use export_choices::ExportChoices;
pub use folded_parts::FoldedParts;
pub use kde_settings::kde_animations_disabled;
pub use preferences::{
    Motion, Preferences, PreferencesStore, ScreenRect, ThemeChoice, WindowPlacement,
};
pub use recent::RecentMaps;

use crate::model::Date;
use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Returns the current date where the user is. The only access to the system clock's
/// calendar: code that depends on the date receives it as a parameter.
pub fn today() -> Date {
    local_date(Timestamp::now(), TimeZone::system())
}

fn local_date(now: Timestamp, zone: TimeZone) -> Date {
    now.to_zoned(zone).date()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::tz::Offset;

    #[test]
    fn the_date_is_that_of_the_time_zone() {
        let late: Timestamp = "2026-06-01T23:30:00Z".parse().unwrap();
        let early: Timestamp = "2026-06-01T00:30:00Z".parse().unwrap();
        let zone = |hours| TimeZone::fixed(Offset::constant(hours));
        let day = |day| Date::constant(2026, 6, day);
        assert_eq!(local_date(late, zone(2)), day(2));
        assert_eq!(local_date(late, zone(-7)), day(1));
        assert_eq!(local_date(early, zone(-7)), Date::constant(2026, 5, 31));
        assert_eq!(local_date(early, TimeZone::UTC), day(1));
    }
}
