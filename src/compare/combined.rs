//! Two maps as one, to be drawn together: the later map, and what only the earlier one has at its
//! former place.
//!
//! Must not know: differences in fields, drawing.

use crate::model::{
    Feeling, Id, IndexedList, Map, ObjectRef, Path, PathKind, Persona, PersonaId, Record, Referrer,
    Table, Touchpoint, TouchpointId,
};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// Records of the earlier map with those of the later one that they are the same as.
pub type RecordPairs = FxHashMap<ObjectRef, ObjectRef>;

/// Two maps as one.
#[derive(Clone, Debug)]
pub struct CombinedMap {
    /// The later map with the records that only the earlier one has. References of the latter are
    /// to the records of this map.
    pub map: Map,
    /// The record of this map for each record of the earlier one.
    pub of_earlier: RecordPairs,
    /// The records of the earlier map that the later one has too.
    kept: RecordPairs,
    /// Personas that have the feelings of a persona in the earlier map, with that persona. They
    /// stand at the end of the list.
    pub earlier_personas: BTreeMap<PersonaId, PersonaId>,
}

impl CombinedMap {
    /// Combines two maps, of which `pairs` has the records that are the same.
    pub fn of(before: &Map, after: &Map, pairs: &RecordPairs) -> CombinedMap {
        let mut combined = CombinedMap {
            map: after.clone(),
            of_earlier: pairs.clone(),
            kept: pairs.clone(),
            earlier_personas: BTreeMap::new(),
        };
        combined.add_list(before.departments());
        combined.add_list(before.channels());
        combined.add_list(before.environments());
        combined.add_list(before.images());
        combined.add_list(before.personas());
        combined.add_list(before.actions());
        combined.add_list(before.lanes());
        combined.add_stages(before);
        combined.add_touchpoints(before);
        combined.add_earlier_feelings(before);
        combined
    }

    /// The place behind the record that comes before a removed one.
    fn place_after<R: Record>(&self, former: Option<&R>, list: &IndexedList<R>) -> usize {
        let position = |object: &ObjectRef| list.iter().position(|it| it.object() == *object);
        let former = former.and_then(|record| self.of_earlier.get(&record.object()));
        former.and_then(position).map_or(0, |at| at + 1)
    }

    /// Adds a record of the earlier map under an id that is free.
    fn add<R: Record>(&mut self, place: &<Map as Table<R>>::Place, record: &R)
    where
        Map: Table<R>,
    {
        let mut copy = record.clone();
        while Table::<R>::get(&self.map, copy.id()).is_some() {
            copy.set_id(R::Id::from_text(&format!("{}-earlier", copy.id())));
        }
        self.of_earlier.insert(record.object(), copy.object());
        Table::<R>::insert(&mut self.map, place, copy);
    }

    fn add_list<R: Record>(&mut self, records: &IndexedList<R>)
    where
        Map: Table<R, Place = usize>,
    {
        for record in records {
            if !self.of_earlier.contains_key(&record.object()) {
                self.add(&usize::MAX, record);
            }
        }
    }

    fn add_stages(&mut self, before: &Map) {
        let mut former = None;
        for stage in before.stages() {
            if !self.of_earlier.contains_key(&stage.object()) {
                let at = self.place_after(former, self.map.stages());
                self.add(&at, stage);
            }
            former = Some(stage);
        }
    }

    fn add_touchpoints(&mut self, before: &Map) {
        let mut added = Vec::new();
        for (stage, touchpoints) in before.touchpoint_lists() {
            let Some(ObjectRef::Stage(home)) = self.of_earlier.get(&stage.object()).cloned() else {
                continue;
            };
            let mut at = 0;
            for touchpoint in touchpoints {
                let object = touchpoint.object();
                match self.of_earlier.get(&object) {
                    Some(ObjectRef::Touchpoint(now)) => {
                        // A touchpoint that moved to another stage leaves the place as it is.
                        if let Some((stage, place)) = self.map.location_of(now)
                            && stage == home
                        {
                            at = place + 1;
                        }
                    }
                    _ => {
                        self.add(&(home.clone(), at), touchpoint);
                        added.extend(self.of_earlier.get(&object).cloned());
                        at += 1;
                    }
                }
            }
        }
        self.add_paths_to_removed(before);
        let lanes = self.map.picture_lanes();
        for object in added {
            if let ObjectRef::Touchpoint(id) = object
                && let Some(mut touchpoint) = self.map.touchpoint(&id).cloned()
            {
                touchpoint.update_references(&lanes, &mut |to| {
                    if let Some(now) = self.of_earlier.get(to) {
                        to.clone_from(now);
                    }
                    true
                });
                self.map.replace(touchpoint);
            }
        }
    }

    /// Adds the alternatives and failures of the earlier map that lead to removed steps, so that these
    /// stay beside the main line.
    fn add_paths_to_removed(&mut self, before: &Map) {
        let removed = |map: &CombinedMap, id: &TouchpointId| {
            let object = ObjectRef::Touchpoint(id.clone());
            match map.of_earlier.get(&object)? {
                ObjectRef::Touchpoint(now) if !map.kept.contains_key(&object) => Some(now.clone()),
                _ => None,
            }
        };
        for touchpoint in before.touchpoints() {
            let Some(ObjectRef::Touchpoint(now)) = self.kept.get(&touchpoint.object()).cloned()
            else {
                continue;
            };
            let branches = touchpoint
                .paths
                .iter()
                .filter(|path| matches!(path.kind, PathKind::Alternative | PathKind::Failure));
            let branches = branches.filter_map(|path| {
                let to = removed(self, &path.to)?;
                Some(Path { to, ..path.clone() })
            });
            let branches: Vec<Path> = branches.collect();
            if let Some(mut touchpoint) = self.map.touchpoint(&now).cloned()
                && !branches.is_empty()
            {
                touchpoint.paths.extend(branches);
                self.map.replace(touchpoint);
            }
        }
    }

    /// Adds the feelings of the earlier map as those of personas of their own.
    fn add_earlier_feelings(&mut self, before: &Map) {
        let mut touched: FxHashMap<PersonaId, Vec<(Touchpoint, Feeling)>> = FxHashMap::default();
        for touchpoint in before.touchpoints() {
            let Some(ObjectRef::Touchpoint(now)) = self.kept.get(&touchpoint.object()) else {
                continue;
            };
            let Some(now) = self.map.touchpoint(now) else {
                continue;
            };
            for feeling in touchpoint.feelings.iter().filter(|it| it.score.is_some()) {
                let Some(persona) = self.persona_now(before, feeling) else {
                    continue;
                };
                let entry = (now.clone(), feeling.clone());
                touched.entry(persona).or_default().push(entry);
            }
        }
        let personas: Vec<Persona> = self.map.personas().iter().cloned().collect();
        for persona in personas {
            let Some(earlier) = touched.remove(&persona.id) else {
                continue;
            };
            let is_same = |(now, then): &(Touchpoint, Feeling)| {
                let mut feelings = now.feelings.iter();
                feelings.any(|it| it.score == then.score && self.is_of(it, &persona.id))
            };
            if earlier.iter().all(is_same) {
                continue;
            }
            let mut twin = persona.clone();
            twin.name = format!("{}, before", persona.name);
            while self.map.personas().contains(&twin.id) {
                twin.id = PersonaId::from(format!("{}-before", twin.id));
            }
            let id = twin.id.clone();
            Table::<Persona>::insert(&mut self.map, &usize::MAX, twin);
            for (now, then) in earlier {
                if let Some(mut touchpoint) = self.map.touchpoint(&now.id).cloned() {
                    touchpoint.feelings.push(Feeling {
                        persona: Some(id.clone()),
                        score: then.score,
                        ..Feeling::default()
                    });
                    self.map.replace(touchpoint);
                }
            }
            self.earlier_personas.insert(id, persona.id);
        }
    }

    /// The persona of this map whose feeling one of the earlier map is.
    fn persona_now(&self, before: &Map, feeling: &Feeling) -> Option<PersonaId> {
        let first = || before.personas().iter().next().map(|it| it.id.clone());
        let id = feeling.persona.clone().or_else(first)?;
        match self.of_earlier.get(&ObjectRef::Persona(id))? {
            ObjectRef::Persona(id) => Some(id.clone()),
            _ => None,
        }
    }

    /// Whether a feeling of this map is that of a persona.
    fn is_of(&self, feeling: &Feeling, persona: &PersonaId) -> bool {
        match &feeling.persona {
            Some(id) => id == persona,
            None => self.map.personas().iter().next().map(|it| &it.id) == Some(persona),
        }
    }
}
