//! Objects of a map and their texts, found by their addresses.
//!
//! Must not know: drawing, selections.

use super::field_ref::{Field, FieldRef};
use super::field_text::Texts;
use super::id::{Id as _, TouchpointId};
use super::indexed_list::IndexedList;
use super::lane::Lane;
use super::map::Map;
use super::object_ref::ObjectRef;
use super::record::{CommentSubject, Record, Touchpoint};
use std::borrow::Cow;

/// A record in a list of the map.
struct ListedRecord<'m> {
    /// The list, as in the file.
    list: &'static str,
    at: usize,
    texts: &'m dyn Texts,
}

fn listed<'m, R: Record + Texts>(
    list: &'static str,
    records: &'m IndexedList<R>,
    id: &R::Id,
) -> Option<ListedRecord<'m>> {
    let at = records.position(id)?;
    let texts = &records.as_slice()[at];
    Some(ListedRecord { list, at, texts })
}

impl ObjectRef {
    fn listed<'m>(&self, map: &'m Map) -> Option<ListedRecord<'m>> {
        match self {
            ObjectRef::Persona(id) => listed("personas", map.personas(), id),
            ObjectRef::Department(id) => listed("departments", map.departments(), id),
            ObjectRef::Channel(id) => listed("channels", map.channels(), id),
            ObjectRef::Environment(id) => listed("environments", map.environments(), id),
            ObjectRef::Lane(id) => listed("lanes", map.lanes(), id),
            ObjectRef::Stage(id) => listed("stages", map.stages(), id),
            ObjectRef::Action(id) => listed("actions", map.actions(), id),
            ObjectRef::Note(id) => listed("notes", map.notes(), id),
            ObjectRef::Image(id) => listed("pictures", map.images(), id),
            ObjectRef::Comment(id) => listed("comments", map.comments(), id),
            ObjectRef::SavedView(id) => listed("saved_views", map.saved_views(), id),
            ObjectRef::Conflict(id) => listed("conflicts", map.conflicts(), id),
            ObjectRef::Suppression(id) => listed("suppressions", map.suppressions(), id),
            _ => None,
        }
    }

    /// The first object of a map with a [`key`](ObjectRef::key): the map, a record, a part
    /// of a touchpoint or a path.
    pub fn with_key(map: &Map, key: &str) -> Option<ObjectRef> {
        fn find<R: Record>(list: &IndexedList<R>, key: &str) -> Option<ObjectRef> {
            list.get(&R::Id::from_text(key)).map(R::object)
        }
        let touchpoint = |key: &str| map.touchpoint(&TouchpointId::from_text(key));
        let part = |t: &Touchpoint| {
            let pain = t.pains.iter().find(|pain| pain.id.as_str() == key);
            let mut ideas = t.opportunities.iter();
            let idea = ideas.find(|idea| idea.id.as_str() == key);
            pain.map(|pain| ObjectRef::Pain(t.id.clone(), pain.id.clone()))
                .or_else(|| Some(ObjectRef::Opportunity(t.id.clone(), idea?.id.clone())))
        };
        // An id may contain spaces.
        let path = |at: usize| {
            let (from, to) = (touchpoint(&key[..at])?, touchpoint(&key[at + 1..])?);
            let mut paths = from.paths.iter();
            let kind = paths.find(|path| path.to == to.id).map(|path| path.kind);
            Some(ObjectRef::Path {
                from: from.id.clone(),
                to: to.id.clone(),
                kind: kind.unwrap_or_default(),
            })
        };
        key.is_empty()
            .then_some(ObjectRef::Map)
            .or_else(|| touchpoint(key).map(Record::object))
            .or_else(|| find(map.stages(), key))
            .or_else(|| find(map.personas(), key))
            .or_else(|| find(map.departments(), key))
            .or_else(|| find(map.channels(), key))
            .or_else(|| find(map.environments(), key))
            .or_else(|| find(map.lanes(), key))
            .or_else(|| find(map.actions(), key))
            .or_else(|| find(map.notes(), key))
            .or_else(|| find(map.images(), key))
            .or_else(|| find(map.comments(), key))
            .or_else(|| find(map.saved_views(), key))
            .or_else(|| find(map.suppressions(), key))
            .or_else(|| key.match_indices(' ').find_map(|(at, _)| path(at)))
            .or_else(|| map.touchpoints().find_map(part))
    }

    /// Whether the map has the record; for a part of a touchpoint, whether it has the
    /// touchpoint.
    pub fn is_in(&self, map: &Map) -> bool {
        match self.touchpoint() {
            Some(id) => map.stage_of(id).is_some(),
            None => *self == ObjectRef::Map || self.listed(map).is_some(),
        }
    }

    /// The name of the record, or of the touchpoint that the object belongs to; empty if
    /// it no longer exists.
    pub fn name<'m>(&self, map: &'m Map) -> &'m str {
        match (self, self.touchpoint()) {
            (ObjectRef::Map, _) => &map.header().title,
            (ObjectRef::Lane(id), _) => map.lanes().get(id).map_or("", Lane::title),
            (_, Some(id)) => map.touchpoint(id).map_or("", Record::name),
            _ => {
                let texts = self.listed(map).map(|record| record.texts);
                let mut names = [
                    Field::Name,
                    Field::NoteText,
                    Field::CommentText,
                    Field::Reason,
                ]
                .into_iter();
                texts
                    .and_then(|texts| names.find_map(|field| texts.text_at(field)))
                    .unwrap_or("")
            }
        }
    }

    /// The text of a pain or opportunity, for all others the [`name`](ObjectRef::name).
    pub fn text<'m>(&self, map: &'m Map) -> &'m str {
        let touchpoint = self.touchpoint().and_then(|id| map.touchpoint(id));
        let part = touchpoint.and_then(|t| match self {
            ObjectRef::Pain(_, id) => t.pains.iter().find(|p| p.id == *id).map(|p| &p.text),
            ObjectRef::Opportunity(_, id) => {
                let mut all = t.opportunities.iter();
                all.find(|o| o.id == *id).map(|o| &o.text)
            }
            _ => None,
        });
        part.map_or_else(|| self.name(map), String::as_str)
    }

    /// The position in the file: `stages[2].touchpoints[1]`; empty for the map, or if
    /// the object no longer exists.
    pub fn path(&self, map: &Map) -> String {
        match self.place_in_list(map) {
            Some((list, at)) => format!("{list}[{at}]"),
            None => self.path_in_touchpoint(map).unwrap_or_default(),
        }
    }

    /// The list of the file and the index of the record in it; `None` for touchpoints and
    /// their parts, for the map, or if the record no longer exists.
    pub fn place_in_list(&self, map: &Map) -> Option<(&'static str, usize)> {
        self.listed(map).map(|record| (record.list, record.at))
    }

    fn path_in_touchpoint(&self, map: &Map) -> Option<String> {
        let (stage, at) = map.location_of(self.touchpoint()?)?;
        let stage = map.stages().position(&stage)?;
        let outer = format!("stages[{stage}].touchpoints[{at}]");
        let t = map.touchpoint(self.touchpoint()?)?;
        let (list, at) = match self {
            ObjectRef::Pain(_, id) => ("pains", t.pains.iter().position(|p| p.id == *id)),
            ObjectRef::Opportunity(_, id) => {
                let mut all = t.opportunities.iter();
                ("opportunities", all.position(|o| o.id == *id))
            }
            ObjectRef::Feeling(_, persona) => {
                let mut all = t.feelings.iter();
                ("feelings", all.position(|f| f.persona == *persona))
            }
            ObjectRef::Path { to, kind, .. } => {
                let mut all = t.paths.iter();
                ("paths", all.position(|p| p.to == *to && p.kind == *kind))
            }
            _ => ("", None),
        };
        Some(match at {
            Some(at) => format!("{outer}.{list}[{at}]"),
            None => outer,
        })
    }
}

impl CommentSubject {
    /// Whether the map has the object; for a part of a touchpoint, whether it has the part.
    pub fn is_in(&self, map: &Map) -> bool {
        let object = self.object();
        let touchpoint = object.touchpoint().and_then(|id| map.touchpoint(id));
        object.is_in(map)
            && match &object {
                ObjectRef::Pain(_, id) => {
                    touchpoint.is_some_and(|t| t.pains.iter().any(|p| p.id == *id))
                }
                ObjectRef::Opportunity(_, id) => {
                    touchpoint.is_some_and(|t| t.opportunities.iter().any(|o| o.id == *id))
                }
                ObjectRef::Feeling(_, Some(id)) => map.personas().contains(id),
                ObjectRef::Cell(_, id) => map.lanes().contains(id),
                ObjectRef::Path { to, .. } => map.touchpoint(to).is_some(),
                _ => true,
            }
    }
}

impl FieldRef {
    /// Returns the text of the field; `None` if there is no such item, or it is no text.
    pub fn text<'m>(&self, map: &'m Map) -> Option<Cow<'m, str>> {
        let field = self.field;
        let text = match &self.object {
            ObjectRef::Map => return map.header().text(field),
            ObjectRef::Touchpoint(id) => return map.touchpoint(id)?.text(field),
            ObjectRef::Cell(id, lane) => {
                let touchpoint = map.touchpoint(id)?;
                match field {
                    Field::Caption(at) => {
                        let picture = touchpoint.picture_in(map.lanes().get(lane)?, at)?;
                        map.images().get(&picture)?.name()
                    }
                    field => return touchpoint.text_in(lane, field),
                }
            }
            object => match object.listed(map)?.texts.text_at(field) {
                // The map has room for a first goal even if there is none yet.
                None if field == Field::PersonaGoal(0) => "",
                text => text?,
            },
        };
        Some(Cow::Borrowed(text))
    }
}
