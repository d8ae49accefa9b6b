//! Differences and summaries as JSON.
//!
//! Must not know: arguments.

use crate::compare::future::{Fate, FutureSummary, StageShift, StepShift};
use crate::compare::{
    Comparison, Difference, DifferenceKind, MatchedBy, Objects, Place, SentenceWriter,
};
use crate::english::uncapitalize;
use crate::model::ObjectRef;
use serde_json::{Value, json};

pub(super) fn differences_json(comparison: &Comparison) -> Value {
    let writer = SentenceWriter::new(comparison);
    let counts = DifferenceKind::ALL.map(|kind| {
        let of_kind = comparison.differences().filter(|it| it.kind == kind);
        (kind.word().to_owned(), json!(of_kind.count()))
    });
    let sections = comparison.sections().iter().map(|section| {
        let differences = section.differences.iter();
        let differences = differences.map(|it| difference(comparison, &writer, it));
        json!({
            "title": section.title,
            "stage": section.stage.as_ref().map(ids),
            "differences": differences.collect::<Vec<_>>(),
        })
    });
    let matched = comparison
        .matching()
        .pairs()
        .filter(|(_, _, by)| *by != MatchedBy::Id);
    let mut matched: Vec<_> = matched
        .map(|(before, after, by)| (kind(before), before.key(), after.key(), by))
        .collect();
    matched.sort_unstable_by(|one, other| (&one.0, &one.1).cmp(&(&other.0, &other.1)));
    let matched = matched.into_iter().map(|(kind, before, after, by)| {
        json!({ "kind": kind, "before": before, "after": after, "by": by })
    });
    json!({
        "version": 1,
        "same": comparison.is_empty(),
        "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
        "sections": sections.collect::<Vec<_>>(),
        "matched": matched.collect::<Vec<_>>(),
    })
}

fn kind(object: &ObjectRef) -> String {
    uncapitalize(object.noun())
}

fn ids(objects: &Objects) -> Value {
    let key = |object: &Option<ObjectRef>| object.as_ref().map(|it| it.key().into_owned());
    json!({ "before": key(&objects.before), "after": key(&objects.after) })
}

fn difference(comparison: &Comparison, writer: &SentenceWriter<'_>, it: &Difference) -> Value {
    let object = it.objects.after.as_ref().or(it.objects.before.as_ref());
    let mut ids_of = ids(&it.objects);
    ids_of["kind"] = json!(object.map(kind));
    let fields = it.fields.iter().map(|field| {
        json!({
            "key": field.key,
            "field": field.word,
            "item": field.item,
            "kind": field.kind,
            "was": field.was,
            "is": field.is,
        })
    });
    json!({
        "kind": it.kind,
        "object": ids_of,
        "name": comparison.name(&it.objects),
        "from": it.from.as_ref().map(place),
        "to": it.to.as_ref().map(place),
        "fields": fields.collect::<Vec<_>>(),
        "sentences": writer.sentences(it),
    })
}

fn place(place: &Place) -> Value {
    json!({
        "stage": place.stage.as_ref().map(ids),
        "index": place.index,
        "previous": place.previous.as_ref().map(ids),
    })
}

pub(super) fn summary_json(summary: &FutureSummary) -> Value {
    let stages = summary.stages.iter().map(|stage: &StageShift| {
        json!({
            "stage": ids(&stage.objects),
            "name": stage.name,
            "fate": stage.fate,
            "steps": stage.steps.iter().map(step).collect::<Vec<_>>(),
        })
    });
    let fates = Fate::ALL.iter().zip(summary.totals.steps);
    let fates = fates.map(|(fate, count)| (fate.word().to_owned(), json!(count)));
    let mut totals = json!(summary.totals);
    totals["steps"] = fates.collect::<serde_json::Map<_, _>>().into();
    json!({
        "version": 1,
        "titles": summary.titles,
        "stages": stages.collect::<Vec<_>>(),
        "expected": summary.hypotheses,
        "totals": totals,
    })
}

fn step(step: &StepShift) -> Value {
    json!({
        "step": ids(&step.objects),
        "name": step.name,
        "fate": step.fate,
        "channel": step.channel,
        "self_service": step.becomes_self_service,
        "automated": step.becomes_automated,
        "owner": step.owner,
        "feelings": step.feelings,
        "minutes": step.minutes,
        "pains_removed": step.pains_removed,
        "pains_added": step.pains_added,
        "taken": step.taken,
        "delights_added": step.delights_added,
        "stops_being_bad": step.stops_being_bad(),
        "starts_to_delight": step.starts_to_delight(),
    })
}
