//! The current date: the only access to the system clock's calendar. Code that
//! depends on the date receives it as a parameter.
//!
//! Must not know: anything else about the session.

use crate::model::Date;

/// Returns the current date in UTC.
pub fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}
