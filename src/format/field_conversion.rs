//! Conversion of fields from wire types to the model: references looked up,
//! numbers rounded, duplicates dropped, with a warning wherever something is lost.
//!
//! Must not know: which records there are.

use super::id_assignment::{IdTable, PendingWarnings, RecordPath};
use super::v1;
use super::warning::WarningKind;
use super::wire_types::Pairs;
use crate::model::{Basis, Decimal, Evidence, Id, LaneContentKind, Measurement, Scale, Score};
use std::collections::BTreeMap;

/// The record whose fields are being converted.
pub(super) struct FieldContext<'n> {
    pub record: RecordPath,
    pub subject: &'n str,
    pub warnings: &'n mut PendingWarnings,
}

impl<'n> FieldContext<'n> {
    pub fn new(
        record: RecordPath,
        subject: &'n str,
        warnings: &'n mut PendingWarnings,
    ) -> FieldContext<'n> {
        FieldContext {
            record,
            subject,
            warnings,
        }
    }

    pub fn reference<I: Id>(
        &mut self,
        ids: &IdTable<I>,
        field: &'static str,
        name: Option<String>,
    ) -> Option<I> {
        let name = name.filter(|n| !n.is_empty())?;
        let record = self.record;
        Some(ids.resolve(&name, field, self.subject, self.warnings, || {
            record.field(field)
        }))
    }

    pub fn references<I: Id>(
        &mut self,
        ids: &IdTable<I>,
        field: &'static str,
        names: Vec<String>,
    ) -> Vec<I> {
        let record = self.record;
        names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.is_empty())
            .map(|(at, name)| {
                ids.resolve(name, field, self.subject, self.warnings, || {
                    record.item(field, at)
                })
            })
            .collect()
    }

    fn rounded(&mut self, field: &'static str, stated: f64, kept: f64) {
        if (stated - kept).abs() > 1e-9 * stated.abs().max(1.0) {
            self.warnings.push(
                self.record.field(field),
                self.subject,
                WarningKind::Rounded {
                    field,
                    stated: stated.to_string(),
                    kept: kept.to_string(),
                },
            );
        }
    }

    pub fn score(&mut self, field: &'static str, stated: Option<f64>) -> Option<Score> {
        let stated = stated?;
        let score = Score::from_value(stated)?;
        self.rounded(field, stated, score.value());
        Some(score)
    }

    pub fn decimal(&mut self, field: &'static str, stated: f64) -> Decimal {
        // The wire type has checked that there is one.
        let decimal = Decimal::from_value(stated).unwrap_or_default();
        self.rounded(field, stated, decimal.value());
        decimal
    }

    pub fn holds(&mut self, lane: &v1::Lane) -> LaneContentKind {
        let holds = match lane.holds {
            v1::Holds::Text => LaneContentKind::Text,
            v1::Holds::List => LaneContentKind::List,
            v1::Holds::Picture => LaneContentKind::Picture,
            v1::Holds::Link => LaneContentKind::Link,
            v1::Holds::Score => {
                let mut end = |field, stated: Option<f64>, usual| {
                    stated.map_or(usual, |stated| self.decimal(field, stated))
                };
                return LaneContentKind::Score(Scale {
                    from: end("from", lane.from, Scale::ZERO_TO_TEN.from),
                    to: end("to", lane.to, Scale::ZERO_TO_TEN.to),
                });
            }
        };
        // Only a score has a scale.
        for (field, stated) in [("from", lane.from), ("to", lane.to)] {
            if stated.is_some() {
                self.warnings.push(
                    self.record.field(field),
                    self.subject,
                    WarningKind::UnknownField {
                        field: field.to_owned(),
                    },
                );
            }
        }
        holds
    }

    pub fn pairs<K: Ord + Clone>(
        &mut self,
        field: &'static str,
        pairs: Pairs,
        mut key: impl FnMut(&mut Self, String, usize) -> K,
    ) -> BTreeMap<K, String> {
        let mut all = BTreeMap::new();
        for (at, (name, text)) in pairs.0.into_iter().enumerate() {
            let shown = name.clone();
            let key = key(self, name, at);
            if all.insert(key, text).is_some() {
                self.warnings.push(
                    self.record.item(field, at),
                    self.subject,
                    WarningKind::DuplicateKey { field, key: shown },
                );
            }
        }
        all
    }

    pub fn measurements(&mut self, list: Vec<v1::Measurement>) -> Vec<Measurement> {
        let parent = self.record;
        let all = list
            .into_iter()
            .enumerate()
            .map(|(at, m)| {
                self.record = parent.inside("measurements", at);
                Measurement {
                    metric: m.metric,
                    value: m.value.map(|value| self.decimal("value", value)),
                    unit: m.unit,
                    n: m.n,
                    date: m.date,
                }
            })
            .collect();
        self.record = parent;
        all
    }
}

/// Evidence of a statement.
pub(super) fn evidence(basis: Option<v1::Basis>, source: String) -> Evidence {
    let basis = basis.map(|basis| match basis {
        v1::Basis::Assumption => Basis::Assumption,
        v1::Basis::Observed => Basis::Observed,
        v1::Basis::Interviewed => Basis::Interviewed,
        v1::Basis::Measured => Basis::Measured,
    });
    Evidence { basis, source }
}
