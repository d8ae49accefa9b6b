//! Inline editing of texts on the map by their addresses: reading, changing and removing
//! them. The object of an address is the one that shows the text: a cell for a text in a
//! lane.
//!
//! Must not know: egui, sessions, positions on the map.

use crate::app::editing::assign::feeling_index;
use crate::edit::{IdFactory, Intent};
use crate::layout::is_worth_showing;
use crate::model::{
    Feeling, Field, FieldRef, Image, Lane, LaneContentKind, LaneId, LaneKind, Map, ObjectRef,
    PainId, PersonaId, Score, Stage, Touchpoint, TouchpointId,
};
use std::borrow::Cow;

impl FieldRef {
    /// Whether the text is drawn in the journey view (`journey`) or another one.
    /// Personas and lanes are drawn in the journey view only, and not all lanes.
    pub(crate) fn is_drawn(&self, map: &Map, journey: bool) -> bool {
        match &self.object {
            ObjectRef::Persona(_) => journey,
            ObjectRef::Department(_) | ObjectRef::Channel(_) | ObjectRef::Environment(_) => false,
            ObjectRef::Lane(id) => {
                let shown = |lane: &Lane| !lane.hidden && is_worth_showing(map, lane);
                journey && map.lanes().get(id).is_some_and(shown)
            }
            _ => true,
        }
    }

    /// Returns the text as drawn, or `None` if its object no longer exists.
    pub(crate) fn drawn_text<'m>(&self, map: &'m Map) -> Option<Cow<'m, str>> {
        match &self.object {
            ObjectRef::Lane(id) => Some(Cow::Borrowed(map.lanes().get(id)?.title())),
            _ => self.text(map),
        }
    }

    /// Returns the intent that replaces the text, or `None` if the text cannot be set.
    pub(crate) fn set_text_intent(&self, map: &Map, text: &str) -> Option<Intent> {
        let field = self.field;
        match &self.object {
            ObjectRef::Map => changed(
                Some(map.header()),
                |header| header.set_text(field, text),
                Intent::SetHeader,
            ),
            ObjectRef::Persona(id) => changed(
                map.personas().get(id),
                |persona| persona.set_text(field, text),
                Intent::SetPersona,
            ),
            ObjectRef::Stage(id) => {
                let set = |stage: &mut Stage| match field {
                    Field::Name => replace(&mut stage.name, text),
                    Field::StageGoal => replace(&mut stage.goal, text),
                    _ => false,
                };
                changed(map.stages().get(id), set, Intent::SetStage)
            }
            ObjectRef::Lane(id) => {
                let set = |lane: &mut Lane| {
                    // The default title is not stored.
                    let usual = lane.kind != LaneKind::Custom && text == lane.kind.title();
                    replace(&mut lane.name, if usual { "" } else { text })
                };
                changed(map.lanes().get(id), set, Intent::SetLane)
            }
            ObjectRef::Touchpoint(id) if field == Field::Name => changed(
                map.touchpoint(id),
                |touchpoint| replace(&mut touchpoint.name, text),
                Intent::SetTouchpoint,
            ),
            ObjectRef::Cell(id, lane) => {
                let touchpoint = map.touchpoint(id);
                if let Field::Caption(at) = field {
                    let picture = touchpoint?.picture_in(map.lanes().get(lane)?, at)?;
                    let set = |image: &mut Image| replace(&mut image.name, text);
                    return changed(map.images().get(&picture), set, Intent::SetImage);
                }
                let set = |touchpoint: &mut Touchpoint| touchpoint.set_text(lane, field, text);
                changed(touchpoint, set, Intent::SetTouchpoint)
            }
            _ => None,
        }
    }

    /// Returns the text with more behind it, on a line of its own in a list. A score is
    /// replaced.
    pub(crate) fn text_with_more(&self, map: &Map, more: &str) -> String {
        let before = self.text(map).unwrap_or_default();
        match self.content_kind(map) {
            Some(LaneContentKind::Score(_)) => more.to_owned(),
            _ if before.is_empty() => more.to_owned(),
            Some(LaneContentKind::List) => format!("{before}\n{more}"),
            _ => format!("{before} {more}"),
        }
    }

    /// Returns the intent that removes an empty entry without other content.
    pub(crate) fn remove_empty_intent(&self, map: &Map) -> Option<Intent> {
        match &self.object {
            ObjectRef::Cell(id, _) => changed(
                map.touchpoint(id),
                |touchpoint| touchpoint.remove_if_empty(self.field),
                Intent::SetTouchpoint,
            ),
            ObjectRef::Persona(id) => changed(
                map.personas().get(id),
                |persona| persona.remove_if_empty(self.field),
                Intent::SetPersona,
            ),
            _ => None,
        }
    }

    /// Returns the object on the map that shows the text: for a feeling its face.
    pub(crate) fn shown_in(&self, map: &Map) -> ObjectRef {
        match (&self.object, self.field) {
            (ObjectRef::Cell(id, _), Field::Emotion(at)) => {
                let feelings = map.touchpoint(id).map_or(&[][..], |t| &t.feelings);
                let feeling = feelings.get(usize::from(at));
                let persona = feeling.and_then(|f| f.persona.clone());
                let known = persona.filter(|id| map.personas().contains(id));
                let first = || map.personas().iter().next().map(|p| p.id.clone());
                ObjectRef::Feeling(id.clone(), known.or_else(first))
            }
            (object, _) => object.clone(),
        }
    }

    /// Whether the text is a name, which is replaced as a whole rather than continued.
    pub(crate) fn is_name(&self) -> bool {
        matches!(
            self.field,
            Field::Title | Field::Name | Field::StageGoal | Field::Role
        )
    }

    /// Whether no pinned group covers the text.
    pub(crate) fn is_drawn_above_pinned(&self) -> bool {
        self.object.touchpoint().is_none()
    }

    /// Returns the lane of a cell text.
    pub(crate) fn lane(&self) -> Option<&LaneId> {
        match &self.object {
            ObjectRef::Cell(_, lane) => Some(lane),
            _ => None,
        }
    }

    fn content_kind(&self, map: &Map) -> Option<LaneContentKind> {
        self.lane()
            .and_then(|id| map.lanes().get(id))
            .map(|lane| lane.holds)
    }

    /// Whether the text has several lines, so that Enter begins a new one.
    pub(crate) fn is_multiline(&self, map: &Map) -> bool {
        let kind = self.content_kind(map);
        self.field == Field::CustomLane
            && matches!(kind, Some(LaneContentKind::Text | LaneContentKind::List))
    }

    /// Returns the accessible name of the inline field.
    pub(crate) fn inline_title(&self) -> &'static str {
        match self.field {
            Field::Name | Field::Title => "Name on the map",
            _ => "Text on the map",
        }
    }

    /// Returns the hint of an empty field.
    pub(crate) fn inline_hint(&self, map: &Map) -> &'static str {
        match (&self.object, self.field) {
            (_, Field::Title) => "Title of the map",
            (_, Field::Scenario) => "What the map is about",
            (_, Field::Measurements) => "NPS 18 · CSAT 3.4 of 5",
            (_, Field::Role) => "Who that is",
            (_, Field::PersonaGoal(_)) => "What such a person wants",
            (_, Field::PersonaQuote) => "What such a person says",
            (ObjectRef::Persona(_), _) => "Name of the persona",
            (_, Field::StageGoal) => "What is to be achieved in the stage",
            (ObjectRef::Stage(_), _) => "Name of the stage",
            (ObjectRef::Lane(_), _) => "Title of the lane",
            (_, Field::Name) => "What the customer does",
            (_, Field::Quote(_)) => "What the customer says",
            (_, Field::Thought(_)) => "What the customer thinks",
            (_, Field::Motivation(_)) => "Why the customer does this",
            (_, Field::Emotion(_)) => "How it feels",
            (_, Field::Measurement(_)) => "CSAT 3.4 of 5",
            (_, Field::Caption(_)) => "What the picture shows",
            (_, Field::Pain(_)) => "What hurts",
            (_, Field::Opportunity(_)) => "What could be better",
            (_, Field::Backstage(_)) => "What happens out of sight",
            _ => match self.content_kind(map) {
                Some(LaneContentKind::List) => "One thing a line",
                Some(LaneContentKind::Score(_)) => "A number",
                Some(LaneContentKind::Link) => "Title <https://…>",
                _ => "Anything",
            },
        }
    }

    /// Returns the key of typing in this text; steps with the same key are merged.
    pub(crate) fn merge_key(&self) -> String {
        format!("{self:?}")
    }
}

impl Touchpoint {
    /// The address of a text of the touchpoint in a lane.
    pub(crate) fn cell_text(&self, lane: &LaneId, field: Field) -> FieldRef {
        ObjectRef::Cell(self.id.clone(), lane.clone()).field(field)
    }
}

/// Returns the intent that sets a changed copy of a record; `None` without a record or a
/// change.
fn changed<R: Clone>(
    record: Option<&R>,
    change: impl FnOnce(&mut R) -> bool,
    intent: fn(Box<R>) -> Intent,
) -> Option<Intent> {
    let mut after = record?.clone();
    change(&mut after).then(|| intent(Box::new(after)))
}

/// Replaces a text; returns that it was set.
fn replace(old: &mut String, text: &str) -> bool {
    text.clone_into(old);
    true
}

/// Returns a text to edit in a lane cell and the intent that adds it, if one is needed;
/// `None` if the cell holds no more. A feeling is one of this persona.
pub fn add_text_slot(
    map: &Map,
    lane: &LaneId,
    id: &TouchpointId,
    persona: Option<&PersonaId>,
    ids: &mut IdFactory<'_>,
) -> Option<(Option<Intent>, FieldRef)> {
    let record = map.lanes().get(lane)?;
    let before = map.touchpoint(id)?;
    let mut after = before.clone();
    if let (Some(persona), Some(fields)) = (persona, feeling_fields(record.kind)) {
        let known = feeling_index(map, before, persona);
        let at = known.unwrap_or(before.feelings.len());
        if known.is_none() {
            after.feelings.push(Feeling {
                persona: Some(persona.clone()),
                ..Feeling::default()
            });
        }
        let feeling = after.feelings.get_mut(at)?;
        if record.kind == LaneKind::Feelings {
            // Only scored feelings are drawn: start with a neutral score.
            feeling.score.get_or_insert(Score::NEUTRAL);
        }
        let mut fields = fields.iter().map(|field| field(Field::index(at)));
        let is_free = |field: &Field| after.text_in(lane, *field).is_some_and(|t| t.is_empty());
        let free = fields.clone().find(is_free);
        let field = free.or_else(|| fields.next_back())?;
        let intent = (after != *before).then(|| Intent::SetTouchpoint(Box::new(after)));
        return Some((intent, before.cell_text(lane, field)));
    }
    let personas: Vec<PersonaId> = map.personas().iter().map(|p| p.id.clone()).collect();
    // The names are the words of the kinds, so the type of the id does not matter.
    let mut mint = |name: &str| ids.new_id::<PainId>(name).to_string();
    let said = after.add_text_field(record, &personas, &mut mint)?;
    let intent = (after != *before).then(|| Intent::SetTouchpoint(Box::new(after)));
    Some((intent, before.cell_text(lane, said)))
}

/// A field of the feeling at an index.
type FeelingField = fn(u16) -> Field;

/// The fields of a feeling that a lane shows, in the order in which they are filled.
fn feeling_fields(kind: LaneKind) -> Option<&'static [FeelingField]> {
    Some(match kind {
        LaneKind::Feelings => &[Field::Emotion],
        LaneKind::Thoughts => &[Field::Quote, Field::Thought],
        LaneKind::Motivations => &[Field::Motivation],
        _ => return None,
    })
}

/// Returns the intent that clears a cell of a lane.
pub fn clear_cell(map: &Map, lane: &LaneId, id: &TouchpointId) -> Option<Intent> {
    let record = map.lanes().get(lane)?;
    let clear = |touchpoint: &mut Touchpoint| touchpoint.clear_lane(record);
    Some(Intent::Batch {
        label: format!("Clear {}", record.title()),
        intents: vec![changed(map.touchpoint(id), clear, Intent::SetTouchpoint)?],
    })
}
