//! Tables of measurements, aggregated or as single answers, taken into a map.
//!
//! Must not know: files, windows.

use super::answers::AnswerCounts;
use super::columns::{Column, Columns};
use super::place::Places;
use super::table::{Table, TableError, read_table};
use crate::edit::Intent;
use crate::folding::fold_text;
use crate::insight::is_same_series;
use crate::model::{Date, Decimal, Map, Measurement, TouchpointId, parse_date};
use std::collections::BTreeMap;

/// The effect of a measurement from a table on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is new.
    Added,
    /// One of the same metric and day, or the same month for counted answers, had other figures.
    Updated {
        /// The figures that it replaces.
        before: Measurement,
    },
    /// The map had it already.
    Unchanged,
}

/// A measurement from a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportedMeasurement {
    /// The touchpoint; `None` for the whole journey.
    pub touchpoint: Option<TouchpointId>,
    /// The measurement.
    pub measurement: Measurement,
    /// The number of the first line it comes from, from 1.
    pub line: u64,
    /// The effect.
    pub outcome: Outcome,
}

/// A row that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RejectedRow {
    /// The number of the line, from 1.
    pub line: u64,
    /// The reason.
    pub reason: String,
}

/// The measurements of a table, and the intent that brings them into the map.
#[derive(Clone, Debug)]
pub struct MeasurementImport {
    /// The measurements in the order of the table.
    pub measurements: Vec<ImportedMeasurement>,
    /// The rows that could not be used.
    pub rejected: Vec<RejectedRow>,
    /// The columns that are not understood, by their names.
    pub unknown_columns: Vec<String>,
    /// The intent; `None` if nothing changes.
    pub intent: Option<Intent>,
}

/// Reads a table of measurements: touchpoint (id or name; empty is the whole journey), date, metric,
/// and either value with unit, n, sd and target, or counts (promoters, passives, detractors;
/// counted with n), or one answer a line, counted by touchpoint, metric and month.
///
/// `metric` and `unit` stand where the table has none.
///
/// # Errors
/// A [`TableError`] if the table as a whole cannot be read; single rows are rejected.
pub fn import_measurements(
    map: &Map,
    bytes: &[u8],
    (metric, unit): (&str, &str),
) -> Result<MeasurementImport, TableError> {
    let Table { header, rows } = read_table(bytes)?;
    let header = Columns::of(&header)?;
    if !header.has(Column::Metric) && metric.is_empty() {
        return Err(TableError::MissingColumn("metric"));
    }
    let mut reader = Reader {
        places: Places::of(map),
        header,
        defaults: (metric, unit),
        read: Vec::new(),
        answers: BTreeMap::new(),
    };
    let mut rejected = Vec::new();
    for (line, row) in &rows {
        if let Err(reason) = reader.row(*line, row) {
            rejected.push(RejectedRow {
                line: *line,
                reason,
            });
        }
    }
    let unknown_columns = std::mem::take(&mut reader.header.unknown);
    let (measurements, intent) = merged(map, reader.finish(), &mut rejected);
    Ok(MeasurementImport {
        measurements,
        rejected,
        unknown_columns,
        intent,
    })
}

/// A measurement that was read, with its line; `is_month` if it stands for its whole month.
struct ReadMeasurement {
    touchpoint: Option<TouchpointId>,
    measurement: Measurement,
    line: u64,
    is_month: bool,
}

/// Place, metric and unit, folded, and month.
type AnswerKey = (Option<TouchpointId>, String, String, (i16, i8));

/// Counted answers: line, metric, unit, newest day.
struct CountedAnswers {
    line: u64,
    metric: String,
    unit: String,
    day: Date,
    counts: AnswerCounts,
}

struct Reader<'m, 'd> {
    places: Places<'m>,
    header: Columns,
    defaults: (&'d str, &'d str),
    read: Vec<ReadMeasurement>,
    answers: BTreeMap<AnswerKey, CountedAnswers>,
}

impl Reader<'_, '_> {
    fn row(&mut self, line: u64, row: &[String]) -> Result<(), String> {
        let cell = |column| self.header.cell(row, column);
        let or = |text: &str, default: &str| {
            let text = if text.is_empty() { default } else { text };
            text.to_owned()
        };
        let touchpoint = self.places.find(cell(Column::Touchpoint))?;
        let metric = or(cell(Column::Metric), self.defaults.0);
        let unit = or(cell(Column::Unit), self.defaults.1);
        if metric.is_empty() {
            return Err("the metric is missing".to_owned());
        }
        let date = read_day(cell(Column::Date))?;
        let answer = cell(Column::Answer);
        if !answer.is_empty() {
            return self.answer(line, (touchpoint, metric, unit, date), answer);
        }
        let mut measurement = Measurement {
            metric,
            unit,
            value: read_number(cell(Column::Value), "value")?,
            n: read_count(cell(Column::N), "n")?,
            sd: read_number(cell(Column::Sd), "sd")?,
            target: read_number(cell(Column::Target), "target")?,
            date: Some(date),
            ..Measurement::default()
        };
        if let Some(counts) = self.counts(row, measurement.n)? {
            let target = measurement.target;
            if !measurement.set_counts(counts) {
                return Err("the counts are all zero".to_owned());
            }
            measurement.target = target;
        }
        if measurement.value.is_none() && measurement.target.is_none() {
            return Err("the value is missing".to_owned());
        }
        self.read.push(ReadMeasurement {
            touchpoint,
            measurement,
            line,
            is_month: false,
        });
        Ok(())
    }

    /// The counts of a row: of NPS, or those that count of n.
    fn counts(&self, row: &[String], n: Option<u32>) -> Result<Option<Vec<u32>>, String> {
        let cell = |column, name| read_count(self.header.cell(row, column), name);
        let promoters = cell(Column::Promoters, "promoters")?;
        let passives = cell(Column::Passives, "passives")?;
        let detractors = cell(Column::Detractors, "detractors")?;
        let counted = cell(Column::Counted, "counted")?;
        match (promoters, passives, detractors, counted) {
            (None, None, None, None) => Ok(None),
            (Some(promoters), Some(passives), Some(detractors), None) => {
                Ok(Some(vec![promoters, passives, detractors]))
            }
            (None, None, None, Some(counted)) => {
                let n = n.ok_or("counted needs n, the number of all answers")?;
                let others = n.checked_sub(counted).ok_or("counted is larger than n")?;
                Ok(Some(vec![counted, others]))
            }
            _ => Err("promoters, passives and detractors are needed together".to_owned()),
        }
    }

    fn answer(
        &mut self,
        line: u64,
        (touchpoint, metric, unit, day): (Option<TouchpointId>, String, String, Date),
        answer: &str,
    ) -> Result<(), String> {
        let month = (day.year(), day.month());
        let key = (touchpoint, fold_text(&metric), fold_text(&unit), month);
        if let Some(counted) = self.answers.get_mut(&key) {
            counted.counts.add(answer)?;
            counted.day = counted.day.max(day);
            return Ok(());
        }
        let mut counts = AnswerCounts::new(&metric, &unit)?;
        counts.add(answer)?;
        let counted = CountedAnswers {
            line,
            metric,
            unit,
            day,
            counts,
        };
        self.answers.insert(key, counted);
        Ok(())
    }

    fn finish(self) -> Vec<ReadMeasurement> {
        let mut read = self.read;
        for ((touchpoint, ..), counted) in self.answers {
            let mut measurement = Measurement {
                metric: counted.metric,
                unit: counted.unit,
                date: Some(counted.day),
                ..Measurement::default()
            };
            measurement.set_counts(counted.counts.counts);
            read.push(ReadMeasurement {
                touchpoint,
                measurement,
                line: counted.line,
                is_month: true,
            });
        }
        read.sort_by_key(|it| it.line);
        read
    }
}

/// Reads a day: `2026-03-31`, also with a time behind it, or a month, which is its first day.
fn read_day(text: &str) -> Result<Date, String> {
    let day = text.get(..10).unwrap_or(text);
    let month = || parse_date(&format!("{text}-01"));
    let rest = text.get(10..).unwrap_or_default();
    let has_time = rest.is_empty() || rest.starts_with(['T', ' ']);
    let date = parse_date(day).filter(|_| has_time).or_else(month);
    match date {
        Some(date) => Ok(date),
        None if text.is_empty() => Err("the date is missing".to_owned()),
        None => Err(format!("“{text}” is no date such as 2026-03-31")),
    }
}

fn read_number(text: &str, name: &str) -> Result<Option<Decimal>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let text = text.trim_end_matches('%').trim_end();
    match Decimal::readings(text)[..] {
        [number] => Ok(Some(number)),
        [] => Err(format!("{name}: “{text}” is no number")),
        _ => Err(format!("{name}: “{text}” can mean two numbers")),
    }
}

fn read_count(text: &str, name: &str) -> Result<Option<u32>, String> {
    let number = read_number(text, name)?;
    let count = number.map(|number| {
        number
            .to_count()
            .ok_or_else(|| format!("{name}: {text} is no count"))
    });
    count.transpose()
}

/// Measurements of one place while a table is taken in, with the lines that stated them.
struct Measured {
    list: Vec<Measurement>,
    lines: BTreeMap<usize, (u64, Measurement)>,
}

/// Brings measurements into the lists of the map: each replaces the one of its metric and day, or
/// month, or is added. Fields that the table does not state stay. A row that contradicts an earlier
/// one is rejected.
fn merged(
    map: &Map,
    read: Vec<ReadMeasurement>,
    rejected: &mut Vec<RejectedRow>,
) -> (Vec<ImportedMeasurement>, Option<Intent>) {
    let mut places: BTreeMap<Option<TouchpointId>, Measured> = BTreeMap::new();
    let mut imported = Vec::new();
    for it in read {
        let place = places
            .entry(it.touchpoint.clone())
            .or_insert_with(|| Measured {
                list: measurements_of(map, it.touchpoint.as_ref()),
                lines: BTreeMap::new(),
            });
        let at = place
            .list
            .iter()
            .position(|known| it.is_of_same_time(known));
        let at = at.unwrap_or(place.list.len());
        match place.lines.get(&at) {
            Some((_, earlier)) if *earlier == it.measurement => continue,
            Some((line, _)) => {
                let reason = format!("differs from line {line}, of the same metric and time");
                rejected.push(RejectedRow {
                    line: it.line,
                    reason,
                });
                continue;
            }
            None => place.lines.insert(at, (it.line, it.measurement.clone())),
        };
        let outcome = match place.list.get_mut(at) {
            None => {
                place.list.push(it.measurement.clone());
                Outcome::Added
            }
            Some(known) => {
                let before = known.clone();
                update(known, &it.measurement);
                if *known == before {
                    Outcome::Unchanged
                } else {
                    Outcome::Updated { before }
                }
            }
        };
        imported.push(ImportedMeasurement {
            touchpoint: it.touchpoint,
            measurement: it.measurement,
            line: it.line,
            outcome,
        });
    }
    rejected.sort_by_key(|row| row.line);
    let intents: Vec<Intent> = places
        .into_iter()
        .filter_map(|(touchpoint, place)| intent(map, touchpoint, place.list))
        .collect();
    let batch = (!intents.is_empty()).then(|| Intent::Batch {
        label: "Import measurements".to_owned(),
        intents,
    });
    (imported, batch)
}

fn measurements_of(map: &Map, touchpoint: Option<&TouchpointId>) -> Vec<Measurement> {
    match touchpoint {
        None => map.header().measurements.clone(),
        Some(id) => map
            .touchpoint(id)
            .map(|it| it.measurements.clone())
            .unwrap_or_default(),
    }
}

impl ReadMeasurement {
    /// Whether a measurement is of the same metric and day; or month, if both are counted.
    fn is_of_same_time(&self, known: &Measurement) -> bool {
        let month = |date: Option<Date>| date.map(|date| (date.year(), date.month()));
        let in_month = self.is_month
            && !known.counts.is_empty()
            && month(known.date) == month(self.measurement.date);
        (in_month || known.date == self.measurement.date)
            && is_same_series(known, &self.measurement)
    }
}

fn update(known: &mut Measurement, new: &Measurement) {
    if known.value != new.value || known.n != new.n && new.n.is_some() || !new.counts.is_empty() {
        known.counts.clone_from(&new.counts);
    }
    known.value = new.value.or(known.value);
    known.n = new.n.or(known.n);
    known.sd = new.sd.or(known.sd);
    known.target = new.target.or(known.target);
    known.date = new.date;
}

fn intent(
    map: &Map,
    touchpoint: Option<TouchpointId>,
    measurements: Vec<Measurement>,
) -> Option<Intent> {
    match touchpoint {
        None => {
            let mut header = map.header().clone();
            let changed = header.measurements != measurements;
            header.measurements = measurements;
            changed.then(|| Intent::SetHeader(Box::new(header)))
        }
        Some(id) => {
            let mut touchpoint = map.touchpoint(&id)?.clone();
            let changed = touchpoint.measurements != measurements;
            touchpoint.measurements = measurements;
            changed.then(|| Intent::SetTouchpoint(Box::new(touchpoint)))
        }
    }
}
