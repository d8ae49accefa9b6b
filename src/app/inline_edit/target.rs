//! Addresses of the texts on the map that can be edited inline: reading, changing and
//! removing them.
//!
//! Must not know: egui, sessions, positions on the map.

use crate::app::command::action::Selection;
use crate::edit::Intent;
use crate::layout::is_worth_showing;
use crate::model::{
    Lane, LaneContentKind, LaneId, LaneKind, Link, Map, PersonaId, Record, StageId, TextField,
    TouchpointId,
};
use crate::scene::ObjectId;

use std::borrow::Cow;

/// An inline-editable text on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextTarget {
    /// Title of the map.
    MapTitle,
    /// Scenario of the map.
    Scenario,
    /// Measurements of the whole journey.
    Measurements,
    /// A text of a persona.
    Persona(PersonaId, TextField),
    /// Name of a stage.
    StageName(StageId),
    /// Goal of a stage.
    StageGoal(StageId),
    /// Title of a lane.
    LaneTitle(LaneId),
    /// Name of a touchpoint, on its card.
    CardName(TouchpointId),
    /// A text of a touchpoint in a lane.
    Cell(LaneId, TouchpointId, TextField),
}

impl TextTarget {
    /// Returns the name of the selection, or the title of the map if nothing is
    /// selected; `None` if the name is not on the map.
    pub fn for_selection(selection: &Selection) -> Option<TextTarget> {
        Some(match selection {
            Selection::Nothing => TextTarget::MapTitle,
            Selection::Stage(id) => TextTarget::StageName(id.clone()),
            Selection::Touchpoint(id) => TextTarget::CardName(id.clone()),
            Selection::Persona(id) => TextTarget::Persona(id.clone(), TextField::Name),
            Selection::Lane(id) => TextTarget::LaneTitle(id.clone()),
            _ => return None,
        })
    }

    /// Whether the text is drawn in the journey view (`journey`) or another one.
    /// Personas and lanes are drawn in the journey view only, and not all lanes.
    pub fn is_drawn(&self, map: &Map, journey: bool) -> bool {
        match self {
            TextTarget::Persona(..) => journey,
            TextTarget::LaneTitle(id) => {
                let shown = |lane: &Lane| !lane.hidden && is_worth_showing(map, lane);
                journey && map.lanes().get(id).is_some_and(shown)
            }
            _ => true,
        }
    }

    /// Returns the current text, or `None` if its record no longer exists.
    pub fn text<'m>(&self, map: &'m Map) -> Option<Cow<'m, str>> {
        let text = match self {
            TextTarget::MapTitle => &map.header().title,
            TextTarget::Scenario => &map.header().scenario,
            TextTarget::Measurements => return Some(Cow::Owned(map.header().measurement_line())),
            TextTarget::Persona(id, said) => map.personas().get(id)?.text(*said)?,
            TextTarget::StageName(id) => map.stages().get(id)?.name(),
            TextTarget::StageGoal(id) => &map.stages().get(id)?.goal,
            TextTarget::LaneTitle(id) => map.lanes().get(id)?.title(),
            TextTarget::CardName(id) => map.touchpoint(id)?.name(),
            TextTarget::Cell(lane, id, said) => return map.text(lane, id, *said),
        };
        Some(Cow::Borrowed(text))
    }

    /// Returns the intent that replaces the text, or `None` if the text cannot be set.
    pub fn set_text_intent(&self, map: &Map, text: &str) -> Option<Intent> {
        Some(match self {
            TextTarget::MapTitle => {
                let mut after = map.header().clone();
                text.clone_into(&mut after.title);
                Intent::SetHeader(Box::new(after))
            }
            TextTarget::Scenario => {
                let mut after = map.header().clone();
                text.clone_into(&mut after.scenario);
                Intent::SetHeader(Box::new(after))
            }
            TextTarget::Measurements => {
                let mut after = map.header().clone();
                after.set_measurement_line(text);
                Intent::SetHeader(Box::new(after))
            }
            TextTarget::Persona(id, said) => {
                let mut after = map.personas().get(id)?.clone();
                if !after.set_text(*said, text) {
                    return None;
                }
                Intent::SetPersona(Box::new(after))
            }
            TextTarget::StageName(id) => {
                let mut after = map.stages().get(id)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetStage(Box::new(after))
            }
            TextTarget::StageGoal(id) => {
                let mut after = map.stages().get(id)?.clone();
                text.clone_into(&mut after.goal);
                Intent::SetStage(Box::new(after))
            }
            TextTarget::LaneTitle(id) => {
                let mut after = map.lanes().get(id)?.clone();
                // The default title is not stored.
                let usual = after.kind != LaneKind::Custom && text == after.kind.title();
                after.name = if usual {
                    String::new()
                } else {
                    text.to_owned()
                };
                Intent::SetLane(Box::new(after))
            }
            TextTarget::CardName(id) => {
                let mut after = map.touchpoint(id)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetTouchpoint(Box::new(after))
            }
            TextTarget::Cell(lane, id, TextField::Caption(at)) => {
                let picture = map
                    .touchpoint(id)?
                    .picture_in(map.lanes().get(lane)?, *at)?;
                let mut after = map.images().get(&picture)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetImage(Box::new(after))
            }
            TextTarget::Cell(lane, id, said) => {
                let mut after = map.touchpoint(id)?.clone();
                if !after.set_text(lane, *said, text) {
                    return None;
                }
                Intent::SetTouchpoint(Box::new(after))
            }
        })
    }

    /// Returns the intent that removes an empty entry without other content.
    pub fn remove_empty_intent(&self, map: &Map) -> Option<Intent> {
        match self {
            TextTarget::Cell(_, id, said) => {
                let mut after = map.touchpoint(id)?.clone();
                let gone = after.remove_if_empty(*said);
                gone.then(|| Intent::SetTouchpoint(Box::new(after)))
            }
            TextTarget::Persona(id, said) => {
                let mut after = map.personas().get(id)?.clone();
                let gone = after.remove_if_empty(*said);
                gone.then(|| Intent::SetPersona(Box::new(after)))
            }
            _ => None,
        }
    }

    /// Returns the tag of the subject that shows the text.
    pub fn tag(&self, map: &Map) -> ObjectId {
        match self {
            TextTarget::MapTitle | TextTarget::Scenario | TextTarget::Measurements => ObjectId::Map,
            TextTarget::Persona(id, _) => ObjectId::Persona(id.clone()),
            TextTarget::StageName(id) | TextTarget::StageGoal(id) => ObjectId::Stage(id.clone()),
            TextTarget::LaneTitle(id) => ObjectId::Lane(id.clone()),
            TextTarget::CardName(id) => ObjectId::Card(id.clone()),
            TextTarget::Cell(_, id, TextField::Emotion(at)) => {
                let feelings = map.touchpoint(id).map_or(&[][..], |it| &it.feelings);
                let whose = feelings
                    .get(usize::from(*at))
                    .and_then(|it| it.persona.clone());
                let known = whose.filter(|id| map.personas().contains(id));
                let first = || map.personas().iter().next().map(|it| it.id.clone());
                ObjectId::Face(id.clone(), known.or_else(first))
            }
            TextTarget::Cell(lane, id, _) => ObjectId::Cell(lane.clone(), id.clone()),
        }
    }

    /// Returns the field of the subject.
    pub fn field(&self) -> TextField {
        match self {
            TextTarget::Cell(_, _, said) | TextTarget::Persona(_, said) => *said,
            TextTarget::Scenario => TextField::Scenario,
            TextTarget::Measurements => TextField::JourneyMeasurements,
            TextTarget::StageGoal(_) => TextField::StageGoal,
            TextTarget::MapTitle
            | TextTarget::StageName(_)
            | TextTarget::LaneTitle(_)
            | TextTarget::CardName(_) => TextField::Name,
        }
    }

    /// Whether the text is a name, which is replaced as a whole rather than continued.
    pub fn is_name(&self) -> bool {
        matches!(
            self.field(),
            TextField::Name | TextField::StageGoal | TextField::Role
        )
    }

    /// Returns the selection during editing.
    pub fn selection(&self) -> Selection {
        match self {
            TextTarget::MapTitle | TextTarget::Scenario | TextTarget::Measurements => {
                Selection::Nothing
            }
            TextTarget::Persona(id, _) => Selection::Persona(id.clone()),
            TextTarget::StageName(id) | TextTarget::StageGoal(id) => Selection::Stage(id.clone()),
            TextTarget::LaneTitle(id) => Selection::Lane(id.clone()),
            TextTarget::CardName(id) | TextTarget::Cell(_, id, _) => {
                Selection::Touchpoint(id.clone())
            }
        }
    }

    /// Whether no pinned group covers the text.
    pub fn is_drawn_above_pinned(&self) -> bool {
        !matches!(self, TextTarget::CardName(_) | TextTarget::Cell(..))
    }

    /// Returns the lane of a cell text.
    pub fn lane(&self) -> Option<&LaneId> {
        match self {
            TextTarget::Cell(lane, ..) => Some(lane),
            _ => None,
        }
    }

    /// Whether the text has several lines, so that Enter begins a new one.
    pub fn is_multiline(&self, map: &Map) -> bool {
        let lane = self.lane().and_then(|id| map.lanes().get(id));
        self.field() == TextField::CustomLane
            && lane.is_some_and(|lane| {
                matches!(lane.holds, LaneContentKind::Text | LaneContentKind::List)
            })
    }

    /// Returns the accessible name of the field.
    pub fn title(&self) -> &'static str {
        match self.field() {
            TextField::Name => "Name on the map",
            _ => "Text on the map",
        }
    }

    /// Returns the hint of an empty field.
    pub fn hint(&self, map: &Map) -> &'static str {
        let holds = |id| map.lanes().get(id).map(|lane| lane.holds);
        match self {
            TextTarget::MapTitle => "Title of the map",
            TextTarget::Scenario => "What the map is about",
            TextTarget::Persona(_, TextField::Role) => "Who that is",
            TextTarget::Persona(_, TextField::FirstGoal) => "What such a person wants",
            TextTarget::Persona(_, TextField::Quote(_)) => "What such a person says",
            TextTarget::Measurements => "NPS 18 · CSAT 3.4 of 5",
            TextTarget::Persona(..) => "Name of the persona",
            TextTarget::StageName(_) => "Name of the stage",
            TextTarget::StageGoal(_) => "What is to be achieved in the stage",
            TextTarget::LaneTitle(_) => "Title of the lane",
            TextTarget::CardName(_) => "What the customer does",
            TextTarget::Cell(lane, _, said) => match said {
                TextField::Name
                | TextField::Scenario
                | TextField::Role
                | TextField::FirstGoal
                | TextField::JourneyMeasurements
                | TextField::StageGoal => "Name",
                TextField::Quote(_) => "What the customer says",
                TextField::Thought(_) => "What the customer thinks",
                TextField::Motivation(_) => "Why the customer does this",
                TextField::Emotion(_) => "How it feels",
                TextField::Measurement(_) => "CSAT 3.4 of 5",
                TextField::Caption(_) => "What the picture shows",
                TextField::Pain(_) => "What hurts",
                TextField::Opportunity(_) => "What could be better",
                TextField::Backstage(_) => "What happens out of sight",
                TextField::CustomLane => match holds(lane) {
                    Some(LaneContentKind::List) => "One thing a line",
                    Some(LaneContentKind::Score(_)) => "A number",
                    Some(LaneContentKind::Link) => "Title <https://…>",
                    _ => "Anything",
                },
            },
        }
    }

    /// Returns the merge key; steps with the same key are merged.
    pub fn merge_key(&self) -> String {
        format!("write/{self:?}")
    }
}

/// Returns a text to edit in a lane cell and the intent that adds it, if one is needed;
/// `None` if the cell holds no more.
pub fn add_text_slot(
    map: &Map,
    lane: &LaneId,
    id: &TouchpointId,
    mint: &mut dyn FnMut(&str) -> String,
) -> Option<(Option<Intent>, TextTarget)> {
    let record = map.lanes().get(lane)?;
    let before = map.touchpoint(id)?;
    let personas: Vec<PersonaId> = map.personas().iter().map(|p| p.id.clone()).collect();
    let mut after = before.clone();
    let said = after.add_text_field(record, &personas, mint)?;
    let intent = (after != *before).then(|| Intent::SetTouchpoint(Box::new(after)));
    Some((intent, TextTarget::Cell(lane.clone(), id.clone(), said)))
}

/// Returns the intent that clears a cell of a lane.
pub fn clear_cell(map: &Map, lane: &LaneId, id: &TouchpointId) -> Option<Intent> {
    let record = map.lanes().get(lane)?;
    let mut after = map.touchpoint(id)?.clone();
    if !after.clear_lane(record) {
        return None;
    }
    Some(Intent::Together {
        label: format!("Clear {}", record.title()),
        intents: vec![Intent::SetTouchpoint(Box::new(after))],
    })
}

/// Returns the address of a touchpoint's link: in this lane, else in the first visible
/// lane with one.
pub fn cell_link<'m>(map: &'m Map, lane: Option<&LaneId>, id: &TouchpointId) -> Option<&'m str> {
    let texts = &map.touchpoint(id)?.texts;
    let address = |lane: &Lane| {
        let text = texts
            .get(&lane.id)
            .filter(|_| lane.holds == LaneContentKind::Link)?;
        Link::parse(text).map(|link| link.address)
    };
    let here = lane.and_then(|id| map.lanes().get(id)).and_then(address);
    here.or_else(|| map.lanes().iter().filter(|l| !l.hidden).find_map(address))
}
