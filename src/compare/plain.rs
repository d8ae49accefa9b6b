//! One map as lines of text, for tools that compare texts line by line.
//!
//! Law: maps with the same content have the same text, and a change of a field changes only the
//! lines of this field.
//!
//! Must not know: other maps, files.

use super::comparison::Comparison;
use super::difference::{FieldChange, ValueKind};
use super::matching::Matching;
use super::sentences::is_name;
use crate::english::quoted;
use crate::model::{Lane, Map, ObjectRef, Table};

/// Formats a map: a line for each record, indented below it a line for each of its fields, a line
/// for each line of a long text. Ids are left out.
pub fn to_plain_text(map: &Map) -> String {
    let mut nothing = Map::default();
    for lane in map.lanes() {
        Table::<Lane>::remove(&mut nothing, &lane.id);
    }
    let comparison = Comparison::of(&nothing, map, &Matching::default());
    let mut text = String::new();
    for section in comparison.sections() {
        for difference in &section.differences {
            let Some(object) = &difference.objects.after else {
                continue;
            };
            let indent = match object {
                ObjectRef::Touchpoint(_) => "  ",
                _ => "",
            };
            let name = comparison.name(&difference.objects);
            let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
            text.push_str(&format!("{indent}{} {}\n", object.noun(), quoted(&name)));
            // The name of a standard lane says its kind.
            let is_told = |field: &&FieldChange| {
                is_name(field) || matches!(object, ObjectRef::Lane(_)) && field.key == "kind"
            };
            for field in difference.fields.iter().filter(|field| !is_told(field)) {
                push_field(field, indent, &mut text);
            }
        }
    }
    text
}

fn push_field(field: &FieldChange, indent: &str, text: &mut String) {
    let is = field.is.as_deref().unwrap_or_default();
    let label = field.label();
    let line = match field.kind {
        ValueKind::Flag => label,
        ValueKind::Item => format!(
            "{label} {}",
            is.split_whitespace().collect::<Vec<_>>().join(" ")
        ),
        _ if is.trim().contains('\n') => {
            let lines = is
                .trim()
                .lines()
                .map(|line| format!("\n{indent}    {}", line.trim_end()));
            format!("{label}:{}", lines.collect::<String>())
        }
        _ => format!("{label}: {}", is.trim()),
    };
    text.push_str(&format!("{indent}  {line}\n"));
}
