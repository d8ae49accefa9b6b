//! Values that touchpoints of a page are filtered by.
//!
//! Must not know: how a page is written.

use crate::export::PageFilter;
use crate::model::{Feeling, Map, Persona, Touchpoint};

/// The persona of a feeling: the one it names, or the first of the map.
pub(super) fn persona_of<'m>(map: &'m Map, feeling: &Feeling) -> Option<(usize, &'m Persona)> {
    let mut personas = map.personas().iter().enumerate();
    match &feeling.persona {
        None => personas.next(),
        Some(id) => personas.find(|(_, persona)| persona.id == *id),
    }
}

/// The kinds of values to filter by: owners, with nobody last, personas, and channels.
pub(super) fn filters(map: &Map) -> Vec<PageFilter> {
    let mut filters = vec![
        PageFilter {
            title: "Owner",
            is_persona: false,
            values: map
                .departments()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
        PageFilter {
            title: "Persona",
            is_persona: true,
            values: map
                .personas()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
        PageFilter {
            title: "Channel",
            is_persona: false,
            values: map
                .channels()
                .iter()
                .map(|it| (it.name.clone(), 0))
                .collect(),
        },
    ];
    if let Some(owners) = filters.first_mut() {
        owners.values.push(("No owner".to_owned(), 0));
    }
    for touchpoint in map.touchpoints() {
        for number in filter_values(map, touchpoint) {
            let mut values = filters.iter_mut().flat_map(|filter| &mut filter.values);
            if let Some((_, count)) = values.nth(number) {
                *count += 1;
            }
        }
    }
    filters
}

/// The values that a touchpoint is filtered by, numbered through all filters.
pub(super) fn filter_values(map: &Map, touchpoint: &Touchpoint) -> Vec<usize> {
    let nobody = map.departments().len();
    let personas = nobody + 1;
    let channels = personas + map.personas().len();
    let mut values = Vec::new();
    let owner = touchpoint.owner.as_ref();
    values.extend(owner.and_then(|id| map.departments().position(id)));
    values.extend(map.lacks_owner(touchpoint).then_some(nobody));
    for feeling in &touchpoint.feelings {
        let value = persona_of(map, feeling).map(|(at, _)| personas + at);
        values.extend(value.filter(|value| !values.contains(value)));
    }
    let channel = touchpoint.channel.as_ref();
    let channel = channel.and_then(|id| map.channels().position(id));
    values.extend(channel.map(|at| channels + at));
    values
}
