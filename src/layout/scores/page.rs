//! Texts and figures of the scores sheet.
//!
//! Must not know: positions, how a score is computed.

use crate::layout::text_block::TextRole;
use crate::model::ObjectRef;
use crate::theme::Icon;

/// Texts and figures of the scores sheet.
#[derive(Clone, Debug, Default)]
pub struct ScoresPage {
    /// The day and period of the scores.
    pub when: String,
    /// First and last date of all lines; empty without two dates.
    pub span: [String; 2],
    /// The metrics of the whole journey, then those of each stage.
    pub sections: Vec<ScoreSection>,
    /// The lists beside the rows.
    pub lists: Vec<ScoreList>,
    /// Text shown if nothing is measured.
    pub empty_text: String,
}

/// The metrics of a stage or of the whole journey.
#[derive(Clone, Debug)]
pub struct ScoreSection {
    /// The name.
    pub title: String,
    /// The metrics in map order.
    pub rows: Vec<ScoreEntry>,
}

/// A metric of one record.
#[derive(Clone, Debug)]
pub struct ScoreEntry {
    /// The record that is measured.
    pub object: ObjectRef,
    /// The name of the touchpoint with its number; empty in rows that follow one of the same.
    pub place: String,
    /// The metric.
    pub metric: String,
    /// The newest value with its unit.
    pub value: String,
    /// The answers and date that it rests on.
    pub basis: String,
    /// The change with its conclusion.
    pub change: String,
    /// The conclusion as an icon with its role; `None` without a change.
    pub verdict: Option<(Icon, TextRole)>,
    /// The target in words; empty if there is none.
    pub target: String,
    /// The reasons to look at it; empty if there are none.
    pub attention: String,
    /// The sentence on the source of the figure, for assistive tools.
    pub source: String,
    /// The values over time.
    pub line: ScoreLine,
}

/// Values over time as shares of the drawn area: from the first to the last date of the sheet, and
/// from the lowest to the highest value of the metric.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreLine {
    /// The values by date.
    pub points: Vec<ScorePoint>,
    /// The target.
    pub target: Option<f32>,
}

/// A value at a date; all shares 0 … 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScorePoint {
    /// The date.
    pub time: f32,
    /// The value.
    pub value: f32,
    /// The 95 % interval.
    pub interval: Option<(f32, f32)>,
}

/// A list of the monthly meeting.
#[derive(Clone, Debug)]
pub struct ScoreList {
    /// The name with the number of entries.
    pub title: String,
    /// Its icon.
    pub icon: (Icon, TextRole),
    /// The entries.
    pub entries: Vec<ScoreListEntry>,
}

/// An entry of a list.
#[derive(Clone, Debug)]
pub struct ScoreListEntry {
    /// The record that it is about.
    pub object: ObjectRef,
    /// Its name.
    pub name: String,
    /// The text below it; may be empty.
    pub text: String,
}
