//! Two maps with their differences, as they are listed, drawn and taken over.
//!
//! Must not know: windows, how anything is drawn.

use crate::compare::future::{FutureSummary, Gap, gaps, summary_to_markdown, summary_to_text};
use crate::compare::{
    Comparison, Corrections, Difference, DifferenceKind, MatchedBy, Matching, Objects, Place,
    RecordPairs, to_markdown,
};
use crate::english::{capitalize, quoted};
use crate::model::{Id as _, LaneId, LaneKind, Map, MapKind, ObjectRef};
use crate::theme::ChangeMark;
use rustc_hash::FxHashMap;

/// The marks of objects.
pub type ChangeMarks = FxHashMap<ObjectRef, ChangeMark>;

/// A difference between two maps as it is listed.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedDifference {
    /// Its kind.
    pub mark: ChangeMark,
    /// The object in the earlier map, if that has it.
    pub before: Option<ObjectRef>,
    /// The object in the later map, if that has it.
    pub after: Option<ObjectRef>,
    /// The stage that it belongs to, by place in [`ComparedMaps::stages`].
    pub stage: Option<usize>,
    /// Kind and name of the object.
    pub name: String,
    /// The fields that differ: caption, text before, text after.
    pub fields: Vec<[String; 3]>,
    /// Whether both objects were found to be the same by their content, not by their id.
    pub is_by_content: bool,
}

/// Two maps with their differences, to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedMaps {
    /// The earlier map.
    pub before: Map,
    /// The later map.
    pub after: Map,
    /// Words for both.
    pub names: [String; 2],
    /// Records of the earlier map with those of the later one that are the same.
    pub pairs: RecordPairs,
    /// The differences, stage by stage; those of no stage first.
    pub differences: Vec<ListedDifference>,
    /// The names of the stages with differences, in their order.
    pub stages: Vec<String>,
    /// The summary of what a future changes, if the later map is the future of the earlier one.
    pub summary: Option<String>,
    /// The steps that are to change, if the later map is the future of the earlier one.
    pub gaps: Vec<Gap>,
    /// Further futures of the earlier map, for the summary.
    pub further: Vec<Map>,
    corrections: Corrections,
    /// The marks of objects of the earlier map.
    pub(super) marks_before: ChangeMarks,
    /// The marks of objects of the later map.
    pub(super) marks_after: ChangeMarks,
}

impl ComparedMaps {
    /// Compares an earlier map with a later one, each with its name.
    pub fn new(
        (before, before_name): (&Map, &str),
        (after, after_name): (&Map, &str),
        corrections: &Corrections,
    ) -> ComparedMaps {
        let matching = Matching::with(before, after, corrections);
        let comparison = Comparison::of(before, after, &matching);
        let summary = is_future_of(before, after).then(|| FutureSummary::of(&comparison));
        let mut maps = ComparedMaps {
            before: before.clone(),
            after: after.clone(),
            names: [before_name, after_name].map(str::to_owned),
            pairs: RecordPairs::default(),
            differences: Vec::new(),
            stages: Vec::new(),
            gaps: summary
                .as_ref()
                .map_or_else(Vec::new, |summary| gaps([before, after], summary)),
            summary: summary.as_ref().map(summary_to_text),
            further: Vec::new(),
            corrections: corrections.clone(),
            marks_before: ChangeMarks::default(),
            marks_after: ChangeMarks::default(),
        };
        for (one, other, _) in matching.pairs() {
            maps.pairs.insert(one.clone(), other.clone());
        }
        for section in comparison.sections() {
            let stage = section.stage.as_ref().map(|_| maps.stages.len());
            if stage.is_some() {
                maps.stages.push(section.title.clone());
            }
            for difference in &section.differences {
                maps.mark(difference);
                let name = comparison.name(&difference.objects);
                maps.list(difference, name, stage, &matching);
            }
        }
        maps
    }

    /// Adds a difference to the list.
    fn list(
        &mut self,
        difference: &Difference,
        name: &str,
        stage: Option<usize>,
        matching: &Matching,
    ) {
        let Objects { before, after } = &difference.objects;
        let Some(object) = after.as_ref().or(before.as_ref()) else {
            return;
        };
        let name = match object {
            ObjectRef::Map => "The map".to_owned(),
            object => format!("{} {}", object.noun(), quoted(name)),
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let fields = difference.fields.iter();
        let mut fields: Vec<[String; 3]> = fields
            .map(|field| [capitalize(&field.word), text(&field.was), text(&field.is)])
            .collect();
        if let (Some(from), Some(to)) = (&difference.from, &difference.to) {
            let place = |place: &Place, map: &Map, is_before: bool| {
                let side = |objects: &Objects| match is_before {
                    true => objects.before.clone(),
                    false => objects.after.clone(),
                };
                let nth = format!("position {} in", place.index + 1);
                match place.stage.as_ref().and_then(side) {
                    Some(stage) => format!("{nth} {}", quoted(stage.name(map))),
                    None => format!("{nth} its list"),
                }
            };
            let was = place(from, &self.before, true);
            let is = place(to, &self.after, false);
            fields.insert(0, ["Place".to_owned(), was, is]);
        }
        let reason = before.as_ref().and_then(|before| matching.reason(before));
        self.differences.push(ListedDifference {
            mark: mark_of(difference.kind),
            before: before.clone(),
            after: after.clone(),
            stage,
            name,
            fields,
            is_by_content: reason == Some(MatchedBy::Content),
        });
    }

    /// Marks the objects of a difference.
    fn mark(&mut self, difference: &Difference) {
        let mark = mark_of(difference.kind);
        self.mark_objects(&difference.objects, mark);
        let is_whole = matches!(mark, ChangeMark::Added | ChangeMark::Removed);
        for field in difference.fields.iter().filter(|_| !is_whole) {
            let change = match (&field.was, &field.is) {
                (None, Some(_)) => ChangeMark::Added,
                (Some(_), None) => ChangeMark::Removed,
                _ => ChangeMark::Changed,
            };
            let parts = [&field.objects.before, &field.objects.after];
            if parts
                .iter()
                .any(|part| matches!(part, Some(ObjectRef::Path { .. })))
            {
                self.mark_objects(&field.objects, change);
            }
            let Objects { before, after } = &difference.objects;
            for (object, is_before) in [(before, true), (after, false)] {
                let (map, marks) = match is_before {
                    true => (&self.before, &mut self.marks_before),
                    false => (&self.after, &mut self.marks_after),
                };
                if let Some(ObjectRef::Touchpoint(id)) = object {
                    for lane in lanes_of(map, &field.key) {
                        let cell = ObjectRef::Cell(id.clone(), lane);
                        marks.insert(cell, ChangeMark::Changed);
                    }
                }
            }
        }
    }

    /// Marks an object in both maps. A record that is moved and changed is marked as moved.
    fn mark_objects(&mut self, objects: &Objects, mark: ChangeMark) {
        let both = [
            (&objects.before, &mut self.marks_before),
            (&objects.after, &mut self.marks_after),
        ];
        for (object, marks) in both {
            if let Some(object) = object {
                let known = marks.entry(object.clone()).or_insert(mark);
                *known = mark.min(*known);
            }
        }
    }

    /// The summaries of the later map and of further futures.
    pub(super) fn summaries(&self) -> Vec<FutureSummary> {
        let further = self.further.iter();
        let further = further.map(|map| Comparison::between(&self.before, map));
        let comparisons = std::iter::once(self.comparison()).chain(further);
        comparisons.map(|it| FutureSummary::of(&it)).collect()
    }

    fn comparison(&self) -> Comparison {
        let matching = Matching::with(&self.before, &self.after, &self.corrections);
        Comparison::of(&self.before, &self.after, &matching)
    }

    /// The differences as Markdown, after the summary of a future.
    pub fn to_markdown(&self) -> String {
        let comparison = self.comparison();
        let differences = to_markdown(&comparison);
        match self.summary {
            Some(_) => {
                let summary = summary_to_markdown(&FutureSummary::of(&comparison));
                format!("{summary}\n{differences}")
            }
            None => differences,
        }
    }

    /// Number of differences of each kind, in the order of [`ChangeMark::ALL`].
    pub fn counts(&self) -> [usize; 4] {
        ChangeMark::ALL.map(|mark| {
            let differences = self.differences.iter();
            differences.filter(|it| it.mark == mark).count()
        })
    }
}

/// Whether a map shows the future of another one, which shows the current state.
fn is_future_of(before: &Map, after: &Map) -> bool {
    let kinds = [before, after].map(|map| map.header().kind);
    kinds == [MapKind::Current, MapKind::Future]
}

/// The mark of a kind of differences.
fn mark_of(kind: DifferenceKind) -> ChangeMark {
    match kind {
        DifferenceKind::Added => ChangeMark::Added,
        DifferenceKind::Removed => ChangeMark::Removed,
        DifferenceKind::Moved => ChangeMark::Moved,
        DifferenceKind::Changed => ChangeMark::Changed,
    }
}

/// The lanes that show a field of touchpoints, by its key in serialized records.
fn lanes_of(map: &Map, key: &str) -> Vec<LaneId> {
    let (first, rest) = key.split_once('.').unwrap_or((key, ""));
    let field = rest.rsplit('.').next().unwrap_or_default();
    let kinds: &[LaneKind] = match (first, field) {
        ("pains", _) => &[LaneKind::Pains],
        ("opportunities", _) => &[LaneKind::Opportunities],
        ("measurements", _) => &[LaneKind::Measurements],
        ("backstage", _) => &[LaneKind::Backstage],
        ("pictures", _) => &[LaneKind::Storyboard],
        ("owner" | "supporters", _) => &[LaneKind::Departments],
        ("channel", _) => &[LaneKind::Channels],
        ("environment", _) => &[LaneKind::Environments],
        ("feelings", "quote" | "thought") => &[LaneKind::Thoughts],
        ("feelings", "motivation") => &[LaneKind::Motivations],
        ("texts", _) => {
            let lanes = map.lanes().iter();
            let lanes = lanes.filter(|lane| lane.id.as_str() == rest);
            return lanes.map(|lane| lane.id.clone()).collect();
        }
        _ => return Vec::new(),
    };
    let lanes = map.lanes().iter().filter(|lane| kinds.contains(&lane.kind));
    lanes.map(|lane| lane.id.clone()).collect()
}
