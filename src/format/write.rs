//! The canonical text of a map, in format 1.
//!
//! Two spaces a level, `\n`, defaults left out, fields in the order of the
//! format. Personas, stages, touchpoints, actions and pictures take a block, one
//! field a line; every other record takes one line. So what changes in the map changes
//! only its own lines.
//!
//! Must not know: reading.

use super::VERSION;
use super::printer::{FieldPrinter, PrettyPrinter, RecordLayout};
use super::v1;
use crate::model::{Header, Lane, LaneKind, Map};

/// Returns the canonical text of a map.
pub fn write(map: &Map) -> String {
    let mut printer = PrettyPrinter::default();
    printer.out.reserve(1024 + 512 * map.touchpoint_count());
    printer.record(RecordLayout::Block, |fields| map_fields(fields, map));
    printer.out.push('\n');
    printer.out
}

/// Whether this text is exactly the canonical text of the map, so that saving
/// the unchanged map changes no byte.
pub fn is_canonical(text: &[u8], map: &Map) -> bool {
    write(map).as_bytes() == text
}

fn map_fields(fields: &mut FieldPrinter<'_>, map: &Map) {
    let Header {
        title,
        kind,
        forked_from,
        scenario,
        measurements,
        extra,
    } = map.header();
    fields.value("format", &VERSION);
    fields.value("title", title);
    fields.value_if("kind", kind);
    fields.value_if("forked_from", forked_from);
    fields.value_if("scenario", scenario);
    fields.records_if("personas", map.personas());
    fields.records_if("departments", map.departments());
    fields.records_if("channels", map.channels());
    fields.records_if("environments", map.environments());
    fields.records_if("lanes", stated_lanes(map.lanes().as_slice()));
    fields.list_if("stages", map.stages(), |printer, stage| {
        printer.record(RecordLayout::Block, |fields| {
            v1::Stage::print(stage, fields);
            fields.records_if("touchpoints", map.touchpoints_in(&stage.id));
        });
    });
    fields.records_if("actions", map.actions());
    fields.value_if("measurements", measurements);
    fields.records_if("notes", map.notes());
    fields.records_if("suppressions", map.suppressions());
    fields.value_if("extra", extra);
    // Last, so that what people read and merge by hand comes before it.
    fields.records_if("pictures", map.images());
}

/// Lanes that must be written: reading adds the standard lanes that are
/// missing, in their usual order, so such a tail is left out.
fn stated_lanes(lanes: &[Lane]) -> &[Lane] {
    let usual_place = |lane: &Lane| {
        let place = LaneKind::STANDARD
            .iter()
            .position(|kind| *kind == lane.kind);
        place.filter(|_| *lane == Lane::standard(lane.kind))
    };
    let mut next_place = LaneKind::STANDARD.len();
    let mut stated = lanes;
    while let [before @ .., last] = stated
        && let Some(place) = usual_place(last)
        && place < next_place
    {
        next_place = place;
        stated = before;
    }
    stated
}
