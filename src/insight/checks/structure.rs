//! Rules on the structure of the map: names, references, lanes, images. Rules about
//! files only are checked by the reader.

use crate::english::quoted;
use crate::folding::{fold_text, is_hidden};
use crate::insight::context::CheckContext;
use crate::insight::finding::Fix;
use crate::insight::rule::catalogue;
use crate::model::{
    Decimal, Field, FieldRef, Id, Image, ImageData, ImageId, Lane, LaneContentKind, LaneKind, Map,
    NoteId, ObjectRef, PictureLanes, Record, Referrer as _, visit_texts,
};
use std::collections::HashSet;

catalogue! {
    Structure;
    REFERENCE_DANGLING = "reference-dangling", Error, "Broken reference",
        "A reference points to something that is not in the map.",
        "A misspelt owner looks like an owner, but no department has that id.",
        "Touchline's own rule",
        "owner: \"slaes\"";
    DUPLICATE_ID = "duplicate-id", Error, "Duplicate id",
        "Two records of one kind have the same id.",
        "A reference to the id could mean either record.",
        "Touchline's own rule",
        "Two touchpoints with id: \"calls\".";
    UNKNOWN_FIELD = "unknown-field", Warning, "Unknown field",
        "The file has a field that the format does not have.",
        "Its value is not shown and is dropped when the map is saved; often the name is misspelt.",
        "Touchline's own rule",
        "oner: \"sales\"";
    DUPLICATE_KEY = "duplicate-key", Warning, "Duplicate key",
        "A value is given twice for one key.",
        "Only one of the two is kept.",
        "Touchline's own rule",
        "Two texts for the lane “emails” on one touchpoint.";
    NUMBER_ROUNDED = "number-rounded", Warning, "Number rounded",
        "A number has more decimals than are kept.",
        "Scores are kept in tenths, other numbers in thousandths, so that maps compare exactly.",
        "Touchline's own rule",
        "score: 1.25";
    VALUE_UNREADABLE = "value-unreadable", Warning, "Unreadable duration",
        "The file states a duration that cannot be read.",
        "It counts nowhere, and saving the map drops it.",
        "Touchline's own rule",
        "duration: \"soon\"";
    PICTURE_BROKEN = "picture-broken", Warning, "Broken picture",
        "The data of a picture is not a PNG or JPEG that can be shown.",
        "A grey box with its name is shown instead.",
        "Touchline's own rule",
        "A line of its data was lost in a merge.";
    LANE_VALUE = "lane-value", Warning, "Value does not fit its lane",
        "The value of a touchpoint does not fit its lane.",
        "A number off the scale, an address that cannot be opened or a missing picture is shown as plain text or not at all.",
        "Touchline's own rule",
        "11 in a lane from 0 to 10.";
    HIDDEN_CHARACTERS = "hidden-characters", Warning, "Hidden characters",
        "A text holds control characters, or marks that turn the direction of what follows.",
        "They cannot be seen: two names that look the same differ, and other programs may show or do something else. The map shows a box in their place.",
        "The Unicode Consortium, Unicode Technical Report 36, Unicode Security Considerations",
        "“Calls” with a line feed of an old printer in the middle.";
    EMPTY_STAGE = "empty-stage", Advice, "Stage without touchpoints",
        "The stage has no touchpoints.",
        "Either touchpoints are missing, or the stage is not needed.",
        "Touchline's own rule",
        "“Advocacy” has no touchpoints.";
    DUPLICATE_NAME = "duplicate-name", Advice, "Duplicate name",
        "Two records of one kind have the same name: stages, touchpoints of one stage, personas, departments, channels or environments.",
        "They look the same on the map, and counts and colours are split between them.",
        "Touchline's own rule",
        "“Call centre” and “call centre” are two departments.";
    ACCEPTED_UNKNOWN = "accepted-unknown", Warning, "Acceptance of nothing known",
        "An accepted finding names a rule or an object that does not exist.",
        "It accepts nothing, and the finding that it was meant for shows again; often the name is misspelt, or the object was deleted.",
        "Touchline's own rule",
        "rule: \"unowned-touchpiont\"";
    ACCEPTED_UNUSED = "accepted-unused", Advice, "Accepted finding no longer occurs",
        "An accepted finding no longer occurs.",
        "What was accepted has been resolved or changed; the acceptance would silently cover it if it came back.",
        "Touchline's own rule",
        "“Checks the credit record” was accepted without an owner, and has one now.";
    CONFLICT_OPEN = "conflict-open", Warning, "A merge left this to decide",
        "Two versions of the map say different things here, and nobody has decided yet.",
        "The map shows one of them as if it were agreed, and whoever wrote the other one believes it is there.",
        "Touchline's own rule",
        "Jana gave “Waits” to Sales and Tom to Service; both versions were merged.";
    ORIGIN_MISSING = "origin-missing", Warning, "Original map is gone",
        "The map from which this one was made is not where the map says, or cannot be read.",
        "Without the original, nobody can compare the two; often it was renamed or moved.",
        "Touchline's own rule",
        "forked_from: (file: \"bank-acount.journey.ron\")";
    ORIGIN_NEWER = "origin-newer", Advice, "Original map has newer measurements",
        "The map from which this one was made has measurements from after that day.",
        "A future journey answers what was known when it was made; new figures can confirm it or call for another one.",
        "Touchline's own rule: a future map is compared with the current one",
        "Made in May; in July the current map got an NPS of 12 instead of 18.";
    UNUSED_PICTURE = "unused-picture", Advice, "Unused picture",
        "The picture is not used.",
        "It makes the file larger and is never shown.",
        "Touchline's own rule",
        "The picture of a touchpoint that was deleted by hand.";
}

/// The label of the fix for a repeated name.
const CHANGE_NAME: &str = "Change the name";

pub(crate) fn check(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    for (stage, touchpoints) in map.touchpoint_lists() {
        // A map without any touchpoint is one finding, about the map.
        if touchpoints.is_empty() && !cx.touchpoints.is_empty() {
            let message = format!("stage {}: no touchpoints", quoted(&stage.name));
            cx.report(&EMPTY_STAGE, stage, message)
                .fix(Fix::AddTouchpoint)
                .fix(Fix::Delete);
        }
        let of_stage = format!(" in {}", quoted(&stage.name));
        repeated_names(cx, touchpoints, &of_stage, None);
    }
    let merge = || Some(Fix::Merge);
    repeated_names(cx, map.stages(), "", None);
    repeated_names(cx, map.personas(), "", None);
    repeated_names(cx, map.departments(), "", merge());
    repeated_names(cx, map.channels(), "", merge());
    repeated_names(cx, map.environments(), "", merge());
    references(cx);
    hidden_characters(cx);
    lane_values(cx);
    images(cx);
}

/// Reports the records whose name is the same as an earlier one once folded.
fn repeated_names<'m, R: Record + 'm>(
    cx: &mut CheckContext<'m>,
    records: impl IntoIterator<Item = &'m R>,
    of: &str,
    merge: Option<Fix>,
) {
    let mut seen = HashSet::new();
    for record in records {
        let name = fold_text(record.name());
        if !name.is_empty() && !seen.insert(name) {
            let name = quoted(record.name());
            let message = format!("second {} called {name}{of}", R::Id::WORD);
            let finding = cx.report(&DUPLICATE_NAME, record, message);
            finding.about(R::Id::WORD);
            finding.fixes.extend(merge.clone());
            finding.fill_in(CHANGE_NAME, Field::Name);
        }
    }
}

fn references(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    let mut reported = HashSet::new();
    let mut see = |referrer: &ObjectRef, field: Field, to: ObjectRef| {
        if to.is_in(map) {
            return;
        }
        let detail = reference_detail(map, referrer, field, &to);
        if !reported.insert((referrer.clone(), detail.clone())) {
            return;
        }
        let key = field.key();
        let name = key.rsplit('.').next().unwrap_or_default();
        let name = name.split('[').next().unwrap_or_default();
        let word = match to {
            ObjectRef::Note(_) => NoteId::WORD.to_owned(),
            _ => to.noun().to_lowercase(),
        };
        let id = to.key();
        let message = format!("“{name}” refers to {word} “{id}”, which is not in the map");
        let location = match (referrer, &to) {
            (ObjectRef::Touchpoint(id), ObjectRef::Lane(lane)) => {
                ObjectRef::Cell(id.clone(), lane.clone())
            }
            _ => referrer.clone(),
        };
        cx.report(&REFERENCE_DANGLING, referrer.clone(), message)
            .at(location.field(field))
            .about(detail)
            .fix(Fix::RemoveDangling);
    };
    let lanes = PictureLanes::default();
    map.for_each_reference(&lanes, &mut see);
    for comment in map.comments() {
        let referrer = comment.object();
        comment.for_each_reference(&lanes, &mut |field, to| see(&referrer, field, to));
    }
}

/// Reports one finding for each kind of text of a record: its items have no lasting identity.
fn hidden_characters(cx: &mut CheckContext<'_>) {
    let mut found: Vec<(ObjectRef, String, FieldRef, usize)> = Vec::new();
    visit_texts(cx.map, &mut |object, field, text| {
        // Most texts are plain; these are compared several bytes at once.
        let is_plain = text.bytes().all(|b| matches!(b, b' '..=b'~'));
        if is_plain || !text.contains(is_hidden) {
            return;
        }
        let count = text.chars().filter(|c| is_hidden(*c)).count();
        let key = unnumbered(field);
        let (subject, detail) = match object {
            ObjectRef::Cell(id, lane) => (
                ObjectRef::Touchpoint(id.clone()),
                format!("{key} {}", lane.as_str()),
            ),
            object => (object.clone(), key),
        };
        let mut known = found.iter_mut();
        match known.find(|it| (&it.0, &it.1) == (&subject, &detail)) {
            Some(same) => same.3 += count,
            None => found.push((subject, detail, object.clone().field(field), count)),
        }
    });
    for (subject, detail, location, count) in found {
        let what = match count {
            1 => "a hidden character".to_owned(),
            _ => format!("{count} hidden characters"),
        };
        let label = location.field.label().to_lowercase();
        let message = match subject.name(cx.map).trim() {
            "" => format!("“{label}”: {what}"),
            name => format!("“{name}”, {label}: {what}"),
        };
        // The reason of an accepted finding is written anew.
        let is_reason = matches!(subject, ObjectRef::Suppression(_));
        let fix = (!is_reason).then_some(Fix::RemoveHidden);
        cx.report(&HIDDEN_CHARACTERS, subject, message)
            .at(location)
            .about(detail)
            .fixes
            .extend(fix);
    }
}

/// The name of a field without the indices of list items.
fn unnumbered(field: Field) -> String {
    let mut key = field.key().to_string();
    key.retain(|c| !c.is_ascii_digit() && !matches!(c, '[' | ']'));
    key
}

/// The kind of record, its field without indices, and the target, such as
/// `touchpoint pains.actions fees-hidden show-fees` for an action of a pain point.
fn reference_detail(map: &Map, referrer: &ObjectRef, field: Field, to: &ObjectRef) -> String {
    let touchpoint = referrer.touchpoint().and_then(|id| map.touchpoint(id));
    let item = touchpoint.and_then(|t| match field {
        Field::PainAction(at, _) => Some(t.pains.get(usize::from(at))?.id.as_str()),
        Field::OpportunityAction(at, _) => Some(t.opportunities.get(usize::from(at))?.id.as_str()),
        _ => None,
    });
    let key = unnumbered(field);
    let (noun, to) = (referrer.noun().to_lowercase(), to.key());
    let words = [&noun, key.as_str(), item.unwrap_or_default(), &to];
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Checks the values of custom lanes against the kind of the lane.
fn lane_values(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    let restricted = |lane: &&Lane| {
        lane.kind == LaneKind::Custom
            && !matches!(lane.holds, LaneContentKind::Text | LaneContentKind::List)
    };
    let lanes: Vec<&Lane> = map.lanes().iter().filter(restricted).collect();
    if lanes.is_empty() {
        return;
    }
    for touchpoint in map.touchpoints() {
        for lane in &lanes {
            let text = touchpoint.texts.get(&lane.id);
            if let Some(problem) = text.and_then(|text| lane_problem(map, lane, text)) {
                let message = format!(
                    "{} at “{}”: {problem}",
                    quoted(&touchpoint.name),
                    lane.title()
                );
                let cell = ObjectRef::Cell(touchpoint.id.clone(), lane.id.clone());
                let field = cell.field(Field::CustomLane);
                let label = "Correct the entry";
                cx.report(&LANE_VALUE, touchpoint, message)
                    .at(field.clone())
                    .about(lane.id.as_str())
                    .fix(Fix::FillIn { label, field });
            }
        }
    }
}

fn lane_problem(map: &Map, lane: &Lane, text: &str) -> Option<String> {
    let fits = match lane.holds {
        LaneContentKind::Picture => map.images().contains(&ImageId::from(text)),
        holds => holds.accepts(text),
    };
    if fits {
        return None;
    }
    let shown: String = text.chars().take(60).collect();
    Some(match lane.holds {
        LaneContentKind::Score(scale) => match &Decimal::readings(text)[..] {
            [] => format!("“{shown}” is no number"),
            [one, other] if scale.contains(*one) && scale.contains(*other) => {
                format!("{shown} may mean {one} or {other}")
            }
            _ => {
                let (from, to) = (scale.from, scale.to);
                format!("{shown} is not on the scale from {from} to {to}")
            }
        },
        LaneContentKind::Link => format!("“{shown}” is no address of http, https or mailto"),
        LaneContentKind::Picture | LaneContentKind::Text | LaneContentKind::List => {
            format!("there is no picture “{shown}”")
        }
    })
}

fn images(cx: &mut CheckContext<'_>) {
    let map = cx.map;
    if map.images().is_empty() {
        return;
    }
    let shown = map.shown_images();
    for image in map.images() {
        let name = image.name();
        if let Some(problem) = image_problem(image) {
            let message = format!("picture “{name}”: {problem}");
            cx.report(&PICTURE_BROKEN, image, message)
                .at(image.object().field(Field::ImageData))
                .fill_in("Choose another picture", Field::ImageData)
                .fix(Fix::Delete);
        }
        if !shown.contains(&image.id) {
            let message = format!("picture “{name}”: not used");
            cx.report(&UNUSED_PICTURE, image, message).fix(Fix::Delete);
        }
    }
}

fn image_problem(image: &Image) -> Option<&'static str> {
    match &image.data {
        ImageData::Unreadable(_) => Some("cannot be read, its data is no base 64"),
        ImageData::Bytes(_) if image.header().is_none() => {
            Some("no PNG or JPEG, cut short, or too many pixels")
        }
        ImageData::Bytes(_) => None,
    }
}
