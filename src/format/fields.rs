//! The fields of one record, from the shape to the model: references looked up,
//! numbers rounded, doubles told apart, with a notice wherever something is lost.
//!
//! Must not know: which records there are.

use super::ids::{Ids, Pending, Pendings, Place};
use super::notice::NoticeKind;
use super::v1;
use super::values::{Name, Pairs};
use crate::model::{Basis, Decimal, Evidence, Id, LaneContentKind, Measurement, Scale, Score};
use std::collections::BTreeMap;

/// The record whose fields are being looked at.
pub(super) struct Here<'n> {
    pub place: Place,
    pub subject: &'n str,
    pub notices: &'n mut Pendings,
}

impl Here<'_> {
    pub fn one<I: Id>(
        &mut self,
        ids: &Ids<I>,
        field: &'static str,
        name: Option<Name<'_>>,
    ) -> Option<I> {
        let name = name.filter(|n| !n.0.is_empty())?;
        let place = self.place;
        Some(ids.refer(&name, field, self.subject, self.notices, || {
            place.field(field)
        }))
    }

    pub fn many<I: Id>(
        &mut self,
        ids: &Ids<I>,
        field: &'static str,
        names: Vec<Name<'_>>,
    ) -> Vec<I> {
        let place = self.place;
        names
            .iter()
            .enumerate()
            .filter(|(_, name)| !name.0.is_empty())
            .map(|(at, name)| {
                ids.refer(name, field, self.subject, self.notices, || {
                    place.item(field, at)
                })
            })
            .collect()
    }

    fn rounded(&mut self, field: &'static str, stated: f64, kept: f64) {
        if (stated - kept).abs() > 1e-9 * stated.abs().max(1.0) {
            self.notices.push(|| Pending {
                path: self.place.field(field),
                subject: self.subject.to_owned(),
                kind: NoticeKind::Rounded {
                    field,
                    stated: stated.to_string(),
                    kept: kept.to_string(),
                },
                first: None,
            });
        }
    }

    pub fn score(&mut self, field: &'static str, stated: Option<f64>) -> Option<Score> {
        let stated = stated?;
        let score = Score::from_value(stated)?;
        self.rounded(field, stated, score.value());
        Some(score)
    }

    pub fn decimal(&mut self, field: &'static str, stated: f64) -> Decimal {
        // The shape has checked that there is one.
        let decimal = Decimal::from_value(stated).unwrap_or_default();
        self.rounded(field, stated, decimal.value());
        decimal
    }

    pub fn holds(&mut self, lane: &v1::Lane<'_>) -> LaneContentKind {
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
                self.notices.push(|| Pending {
                    path: self.place.field(field),
                    subject: self.subject.to_owned(),
                    kind: NoticeKind::UnknownField {
                        field: field.to_owned(),
                    },
                    first: None,
                });
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
                self.notices.push(|| Pending {
                    path: self.place.item(field, at),
                    subject: self.subject.to_owned(),
                    kind: NoticeKind::DuplicateKey { field, key: shown },
                    first: None,
                });
            }
        }
        all
    }

    pub fn measurements(&mut self, list: Vec<v1::Measurement>) -> Vec<Measurement> {
        let home = self.place;
        let all = list
            .into_iter()
            .enumerate()
            .map(|(at, m)| {
                self.place = match home {
                    Place::Touchpoint(stage, touchpoint) => {
                        Place::Inside(stage, touchpoint, "measurements", at)
                    }
                    _ => Place::Top("measurements", at),
                };
                Measurement {
                    metric: m.metric,
                    value: m.value.map(|value| self.decimal("value", value)),
                    unit: m.unit,
                    n: m.n,
                    date: m.date,
                }
            })
            .collect();
        self.place = home;
        all
    }
}

/// What something rests on.
pub(super) fn evidence(basis: Option<v1::Basis>, source: String) -> Evidence {
    let basis = basis.map(|basis| match basis {
        v1::Basis::Assumption => Basis::Assumption,
        v1::Basis::Observed => Basis::Observed,
        v1::Basis::Interviewed => Basis::Interviewed,
        v1::Basis::Measured => Basis::Measured,
    });
    Evidence { basis, source }
}
