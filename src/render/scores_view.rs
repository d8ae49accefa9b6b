//! Drawing of the scores as a sheet.
//!
//! Must not know: windows, how scores are computed.

use super::record_names::RecordNames;
use crate::english::{capitalize, count};
use crate::graph::Graph;
use crate::insight::{
    RankedScore, ScoreSeries, ScoreVerdict, Scores, action_effects, change_reason,
    confidence_interval, figure, signed, source_text, value_text,
};
use crate::layout::TextRole;
use crate::layout::scores::{
    ScoreEntry, ScoreLine, ScoreList, ScoreListEntry, ScorePoint, ScoreSection, ScoresPage, scores,
};
use crate::model::{Date, Decimal, Map, Measurement, ObjectRef, Record as _};
use crate::scene::{Highlight, Scene, build_scores};
use crate::text::Measure;
use crate::theme::{Density, Icon, Theme};

/// The length of the recent period in days.
const RECENT_DAYS: u16 = 90;

/// Draws the scores of a map on a day.
pub(super) fn render_scores(
    map: &Map,
    (today, density): (Date, Density),
    (theme, highlight): (&'static Theme, Highlight),
    measure: &mut dyn Measure,
) -> Scene {
    let page = scores_page(map, today);
    let sheet = scores(map, &page, density, measure);
    build_scores(map, &sheet, theme, highlight)
}

/// Builds the content of the sheet.
fn scores_page(map: &Map, today: Date) -> ScoresPage {
    let graph = Graph::of(map);
    let known = Scores::of(map, &graph, today, RECENT_DAYS);
    let names = RecordNames::of(map);
    let dates = known.series.iter().flat_map(|it| &it.series.taken);
    let dates = dates.filter_map(|(_, it)| it.date);
    let (first, last) = (dates.clone().min(), dates.max());
    let span = first.zip(last).filter(|(first, last)| first < last);
    let page = SheetTexts {
        scores: &known,
        names: &names,
        span,
    };
    ScoresPage {
        when: format!("scores on {today}, changes of the last {RECENT_DAYS} days"),
        span: span.map_or([const { String::new() }; 2], |(first, last)| [first.to_string(), last.to_string()]),
        sections: page.sections(map),
        lists: page.lists(map),
        empty_text: "Nothing is measured yet. Type “CSAT 3.4 of 5 n 120” as a measurement of a touchpoint, or take values over with touchline measure.".to_owned(),
    }
}

struct SheetTexts<'s> {
    scores: &'s Scores<'s>,
    names: &'s RecordNames<'s>,
    /// First and last date of all values.
    span: Option<(Date, Date)>,
}

impl SheetTexts<'_> {
    /// The whole journey, then each stage with a metric.
    fn sections(&self, map: &Map) -> Vec<ScoreSection> {
        let stage_of = stage_of_touchpoints(map);
        let stage = |score: &ScoreSeries<'_>| score.touchpoint.map(|at| stage_of[at]);
        let groups = self
            .scores
            .series
            .chunk_by(|one, next| stage(one) == stage(next));
        let groups = groups.map(|group| {
            let name = stage(&group[0]).and_then(|at| map.stages().iter().nth(at));
            let title = match name.map(|stage| stage.name().trim()) {
                None => "The whole journey",
                Some("") => "Stage without a name",
                Some(name) => name,
            };
            let mut above = None;
            let rows = group.iter().map(|score| {
                let is_first = score.touchpoint.is_none() || above != Some(score.touchpoint);
                above = Some(score.touchpoint);
                self.entry(score, is_first)
            });
            ScoreSection {
                title: title.to_owned(),
                rows: rows.collect(),
            }
        });
        groups.collect()
    }

    fn entry(&self, score: &ScoreSeries<'_>, is_first: bool) -> ScoreEntry {
        let newest = score.newest();
        let interval = score.interval();
        let place = match score.object.touchpoint() {
            Some(id) if is_first => self.names.step_label(id),
            _ => String::new(),
        };
        let change = score.recent.or(score.overall);
        let change_words = change.map(|change| {
            let from = change.from.value.map_or(0.0, Decimal::value);
            let since = change
                .from
                .date
                .map_or(String::new(), |date| format!(" since {date}"));
            format!(
                "{}{since}, from {}: {}",
                signed(change.by),
                figure(from),
                change_reason(&change)
            )
        });
        let attention = capitalize(&self.scores.attention_text(score));
        ScoreEntry {
            object: score.object.clone(),
            place,
            metric: newest.metric.trim().to_owned(),
            value: value_text(newest),
            basis: basis(newest),
            change: change_words.unwrap_or_default(),
            verdict: change.map(|change| verdict_icon(change.verdict)),
            target: score
                .target
                .map_or(String::new(), |target| target.to_string()),
            attention,
            source: source_text(newest, interval.as_ref()),
            line: self.line(score),
        }
    }

    /// The values with their intervals in the range of all of them.
    fn line(&self, score: &ScoreSeries<'_>) -> ScoreLine {
        let dated = score.series.taken.iter().filter_map(|(_, it)| {
            let interval = confidence_interval(it).map(|it| (it.low, it.high));
            Some((it.date?, it.value?.value(), interval))
        });
        let dated: Vec<_> = dated.collect();
        let target = score.target.map(Decimal::value);
        let bounds = dated.iter().flat_map(|(_, value, interval)| {
            let (low, high) = interval.unwrap_or((*value, *value));
            [*value, low, high]
        });
        let (low, high) = bounds
            .chain(target)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), it| {
                (low.min(it), high.max(it))
            });
        // A metric that never changed is a line in the middle.
        let share = |value: f64| match high - low {
            width if width > 0.0 => ((value - low) / width) as f32,
            _ => 0.5,
        };
        let days =
            |from: Date, to: Date| f64::from(from.until(to).map_or(0, |span| span.get_days()));
        let time = |date: Date| {
            self.span.map_or(1.0, |(first, last)| {
                (days(first, date) / days(first, last)) as f32
            })
        };
        let points = dated.iter().map(|(date, value, interval)| ScorePoint {
            time: time(*date),
            value: share(*value),
            interval: interval.map(|(low, high)| (share(low), share(high))),
        });
        ScoreLine {
            points: points.collect(),
            target: target.map(share),
        }
    }

    fn lists(&self, map: &Map) -> Vec<ScoreList> {
        let scores = self.scores;
        let of_series = |list: Vec<&ScoreSeries<'_>>,
                         words: &dyn Fn(&ScoreSeries<'_>) -> String|
         -> Vec<ScoreListEntry> {
            list.into_iter()
                .map(|score| self.series_entry(score, words(score)))
                .collect()
        };
        let recent = |score: &ScoreSeries<'_>| {
            score.recent.map_or(String::new(), |change| {
                let from = change.from.value.map_or(0.0, Decimal::value);
                format!(
                    "{} → {}, {}",
                    figure(from),
                    value_text(change.to),
                    change_reason(&change)
                )
            })
        };
        let attention = |score: &ScoreSeries<'_>| capitalize(&scores.attention_text(score));
        let seldom = |_: &ScoreSeries<'_>| String::new();
        let unmeasured = scores.unmeasured.iter().filter_map(|(at, moment)| {
            let object = ObjectRef::from(scores.touchpoint(*at)?);
            Some(self.object_entry(object, capitalize(moment.name())))
        });
        let effects = action_effects(map).into_iter().map(|effect| {
            let lift = effect.action.lift.as_ref();
            let expected = lift.map_or(String::new(), |lift| {
                format!(
                    "Expected {} {}",
                    lift.metric.trim(),
                    signed(lift.by.value())
                )
            });
            let measured = effect.change.map_or(String::new(), |change| {
                format!(", measured {}", signed(change.by))
            });
            let text = format!("{expected}{measured}: {}", effect.verdict.word());
            ScoreListEntry {
                object: effect.object,
                name: effect.action.name().to_owned(),
                text,
            }
        });
        let touchpoints = scores.touchpoints.iter().filter_map(|ranked| {
            let object = ObjectRef::from(scores.touchpoint(ranked.at)?);
            Some(self.object_entry(object, ranked_words(ranked)))
        });
        let stages = scores.stages.iter().filter_map(|ranked| {
            let stage = map.stages().iter().nth(ranked.at)?;
            let name = stage.name().to_owned();
            Some(ScoreListEntry {
                object: ObjectRef::Stage(stage.id.clone()),
                name,
                text: ranked_words(ranked),
            })
        });
        let all: [(&str, (Icon, TextRole), Vec<ScoreListEntry>); 8] = [
            (
                "Requires attention",
                (Icon::Flag2, TextRole::Bad),
                of_series(scores.attention(), &attention),
            ),
            (
                "Falling",
                (Icon::Drop, TextRole::Bad),
                of_series(scores.falling(), &recent),
            ),
            (
                "Most improved",
                (Icon::Rise, TextRole::Good),
                of_series(scores.improved(), &recent),
            ),
            (
                "Key moments not measured",
                (Icon::Diamond, TextRole::Moment),
                unmeasured.collect(),
            ),
            (
                "Actions: expected and measured",
                (Icon::Check, TextRole::Soft),
                effects.collect(),
            ),
            (
                "Stages, the lowest first",
                (Icon::Chart, TextRole::Soft),
                stages.collect(),
            ),
            (
                "Touchpoints, the lowest first",
                (Icon::Chart, TextRole::Soft),
                touchpoints.collect(),
            ),
            (
                "Measured in fewer than four of the last twelve months",
                (Icon::Clock, TextRole::Soft),
                of_series(scores.seldom(), &seldom),
            ),
        ];
        let lists = all
            .into_iter()
            .filter(|(_, _, entries)| !entries.is_empty());
        let lists = lists.map(|(title, icon, entries)| ScoreList {
            title: format!("{title} {}", entries.len()),
            icon,
            entries,
        });
        lists.collect()
    }

    fn series_entry(&self, score: &ScoreSeries<'_>, text: String) -> ScoreListEntry {
        let metric = score.newest().metric.trim();
        let entry = self.object_entry(score.object.clone(), text);
        ScoreListEntry {
            name: format!("{metric} · {}", entry.name),
            ..entry
        }
    }

    fn object_entry(&self, object: ObjectRef, text: String) -> ScoreListEntry {
        let name = match object.touchpoint() {
            Some(id) => self.names.step_label(id),
            None => "The whole journey".to_owned(),
        };
        ScoreListEntry { object, name, text }
    }
}

/// The index of the stage of each touchpoint, in map order.
fn stage_of_touchpoints(map: &Map) -> Vec<usize> {
    let lists = map.touchpoint_lists().enumerate();
    let each = lists.flat_map(|(stage, (_, list))| std::iter::repeat_n(stage, list.len()));
    each.collect()
}

/// The answers and date that a value rests on.
fn basis(newest: &Measurement) -> String {
    let answers = newest.n.map(|n| format!("n {n}"));
    let date = newest.date.map(|date| date.to_string());
    let words: Vec<String> = answers.into_iter().chain(date).collect();
    words.join(" · ")
}

fn ranked_words(ranked: &RankedScore) -> String {
    let percent = (ranked.satisfaction * 100.0).round();
    format!(
        "{percent} % of the scale, from {}",
        count(ranked.values, "value")
    )
}

fn verdict_icon(verdict: ScoreVerdict) -> (Icon, TextRole) {
    match verdict {
        ScoreVerdict::Better => (Icon::Rise, TextRole::Good),
        ScoreVerdict::Worse => (Icon::Drop, TextRole::Bad),
        ScoreVerdict::Higher => (Icon::Rise, TextRole::Soft),
        ScoreVerdict::Lower => (Icon::Drop, TextRole::Soft),
        ScoreVerdict::Unchanged => (Icon::Minus, TextRole::Soft),
        ScoreVerdict::CannotBeTold => (Icon::Question, TextRole::Soft),
    }
}
