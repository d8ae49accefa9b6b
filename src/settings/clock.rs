//! What day it is: the only look at the calendar. What depends on it is given the day.

use crate::model::Date;

/// The day it is now, by universal time.
pub fn today() -> Date {
    jiff::Timestamp::now()
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date()
}
