//! Addresses of the texts on the map that can be edited inline: reading, changing and
//! removing them.
//!
//! Must not know: egui, sessions, positions on the map.

use crate::app::command::action::Selection;
use crate::edit::Intent;
use crate::layout::has_room;
use crate::model::{
    Holds, Lane, LaneId, LaneKind, Link, Map, PersonaId, Record, Said, StageId, TouchpointId,
};
use crate::scene::Tag;

use std::borrow::Cow;

/// An inline-editable text on the map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Title of the map.
    Title,
    /// Scenario of the map.
    Scenario,
    /// Measurements of the whole journey.
    Measured,
    /// A text of a persona.
    Persona(PersonaId, Said),
    /// Name of a stage.
    Stage(StageId),
    /// Goal of a stage.
    Goal(StageId),
    /// Title of a lane.
    Lane(LaneId),
    /// Name of a touchpoint, on its card.
    Card(TouchpointId),
    /// A text of a touchpoint in a lane.
    Cell(LaneId, TouchpointId, Said),
}

impl Spot {
    /// Returns the name of the selection, or the title of the map if nothing is
    /// selected; `None` if the name is not on the map.
    pub fn of(selection: &Selection) -> Option<Spot> {
        Some(match selection {
            Selection::Nothing => Spot::Title,
            Selection::Stage(id) => Spot::Stage(id.clone()),
            Selection::Touchpoint(id) => Spot::Card(id.clone()),
            Selection::Persona(id) => Spot::Persona(id.clone(), Said::Name),
            Selection::Lane(id) => Spot::Lane(id.clone()),
            _ => return None,
        })
    }

    /// Whether the text is drawn in the journey view (`journey`) or another one.
    /// Personas and lanes are drawn in the journey view only, and not all lanes.
    pub fn is_drawn(&self, map: &Map, journey: bool) -> bool {
        match self {
            Spot::Persona(..) => journey,
            Spot::Lane(id) => {
                let shown = |lane: &Lane| !lane.hidden && has_room(map, lane);
                journey && map.lanes().get(id).is_some_and(shown)
            }
            _ => true,
        }
    }

    /// Returns the current text, or `None` if its record no longer exists.
    pub fn text<'m>(&self, map: &'m Map) -> Option<Cow<'m, str>> {
        let text = match self {
            Spot::Title => &map.header().title,
            Spot::Scenario => &map.header().scenario,
            Spot::Measured => return Some(Cow::Owned(map.header().measured())),
            Spot::Persona(id, said) => map.personas().get(id)?.says(*said)?,
            Spot::Stage(id) => map.stages().get(id)?.name(),
            Spot::Goal(id) => &map.stages().get(id)?.goal,
            Spot::Lane(id) => map.lanes().get(id)?.title(),
            Spot::Card(id) => map.touchpoint(id)?.name(),
            Spot::Cell(lane, id, said) => return map.says(lane, id, *said),
        };
        Some(Cow::Borrowed(text))
    }

    /// Returns the intent that replaces the text, or `None` if the text cannot be set.
    pub fn with(&self, map: &Map, text: &str) -> Option<Intent> {
        Some(match self {
            Spot::Title => {
                let mut after = map.header().clone();
                text.clone_into(&mut after.title);
                Intent::SetHeader(Box::new(after))
            }
            Spot::Scenario => {
                let mut after = map.header().clone();
                text.clone_into(&mut after.scenario);
                Intent::SetHeader(Box::new(after))
            }
            Spot::Measured => {
                let mut after = map.header().clone();
                after.set_measured(text);
                Intent::SetHeader(Box::new(after))
            }
            Spot::Persona(id, said) => {
                let mut after = map.personas().get(id)?.clone();
                if !after.say(*said, text) {
                    return None;
                }
                Intent::SetPersona(Box::new(after))
            }
            Spot::Stage(id) => {
                let mut after = map.stages().get(id)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetStage(Box::new(after))
            }
            Spot::Goal(id) => {
                let mut after = map.stages().get(id)?.clone();
                text.clone_into(&mut after.goal);
                Intent::SetStage(Box::new(after))
            }
            Spot::Lane(id) => {
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
            Spot::Card(id) => {
                let mut after = map.touchpoint(id)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetTouchpoint(Box::new(after))
            }
            Spot::Cell(lane, id, Said::Caption(at)) => {
                let picture = map
                    .touchpoint(id)?
                    .picture_in(map.lanes().get(lane)?, *at)?;
                let mut after = map.images().get(&picture)?.clone();
                text.clone_into(&mut after.name);
                Intent::SetImage(Box::new(after))
            }
            Spot::Cell(lane, id, said) => {
                let mut after = map.touchpoint(id)?.clone();
                if !after.say(lane, *said, text) {
                    return None;
                }
                Intent::SetTouchpoint(Box::new(after))
            }
        })
    }

    /// Returns the intent that removes an empty entry without other content.
    pub fn without(&self, map: &Map) -> Option<Intent> {
        match self {
            Spot::Cell(_, id, said) => {
                let mut after = map.touchpoint(id)?.clone();
                let gone = after.drop_empty(*said);
                gone.then(|| Intent::SetTouchpoint(Box::new(after)))
            }
            Spot::Persona(id, said) => {
                let mut after = map.personas().get(id)?.clone();
                let gone = after.drop_empty(*said);
                gone.then(|| Intent::SetPersona(Box::new(after)))
            }
            _ => None,
        }
    }

    /// Returns the tag of the subject that shows the text.
    pub fn tag(&self, map: &Map) -> Tag {
        match self {
            Spot::Title | Spot::Scenario | Spot::Measured => Tag::Map,
            Spot::Persona(id, _) => Tag::Persona(id.clone()),
            Spot::Stage(id) | Spot::Goal(id) => Tag::Stage(id.clone()),
            Spot::Lane(id) => Tag::Lane(id.clone()),
            Spot::Card(id) => Tag::Card(id.clone()),
            Spot::Cell(_, id, Said::Emotion(at)) => {
                let feelings = map.touchpoint(id).map_or(&[][..], |it| &it.feelings);
                let whose = feelings
                    .get(usize::from(*at))
                    .and_then(|it| it.persona.clone());
                let known = whose.filter(|id| map.personas().contains(id));
                let first = || map.personas().iter().next().map(|it| it.id.clone());
                Tag::Face(id.clone(), known.or_else(first))
            }
            Spot::Cell(lane, id, _) => Tag::Cell(lane.clone(), id.clone()),
        }
    }

    /// Returns the field of the subject.
    pub fn said(&self) -> Said {
        match self {
            Spot::Cell(_, _, said) | Spot::Persona(_, said) => *said,
            Spot::Scenario => Said::Scenario,
            Spot::Measured => Said::Measured,
            Spot::Goal(_) => Said::Goal,
            Spot::Title | Spot::Stage(_) | Spot::Lane(_) | Spot::Card(_) => Said::Name,
        }
    }

    /// Whether the text is a name, which is replaced as a whole rather than continued.
    pub fn is_name(&self) -> bool {
        matches!(self.said(), Said::Name | Said::Goal | Said::Role)
    }

    /// Returns the selection during editing.
    pub fn selection(&self) -> Selection {
        match self {
            Spot::Title | Spot::Scenario | Spot::Measured => Selection::Nothing,
            Spot::Persona(id, _) => Selection::Persona(id.clone()),
            Spot::Stage(id) | Spot::Goal(id) => Selection::Stage(id.clone()),
            Spot::Lane(id) => Selection::Lane(id.clone()),
            Spot::Card(id) | Spot::Cell(_, id, _) => Selection::Touchpoint(id.clone()),
        }
    }

    /// Whether no pinned group covers the text.
    pub fn is_on_top(&self) -> bool {
        !matches!(self, Spot::Card(_) | Spot::Cell(..))
    }

    /// Returns the lane of a cell text.
    pub fn lane(&self) -> Option<&LaneId> {
        match self {
            Spot::Cell(lane, ..) => Some(lane),
            _ => None,
        }
    }

    /// Whether the text has several lines, so that Enter begins a new one.
    pub fn has_lines(&self, map: &Map) -> bool {
        let lane = self.lane().and_then(|id| map.lanes().get(id));
        self.said() == Said::Own
            && lane.is_some_and(|lane| matches!(lane.holds, Holds::Text | Holds::List))
    }

    /// Returns the accessible name of the field.
    pub fn title(&self) -> &'static str {
        match self.said() {
            Said::Name => "Name on the map",
            _ => "Text on the map",
        }
    }

    /// Returns the hint of an empty field.
    pub fn hint(&self, map: &Map) -> &'static str {
        let holds = |id| map.lanes().get(id).map(|lane| lane.holds);
        match self {
            Spot::Title => "Title of the map",
            Spot::Scenario => "What the map is about",
            Spot::Persona(_, Said::Role) => "Who that is",
            Spot::Persona(_, Said::Wants) => "What such a person wants",
            Spot::Persona(_, Said::Quote(_)) => "What such a person says",
            Spot::Measured => "NPS 18 · CSAT 3.4 of 5",
            Spot::Persona(..) => "Name of the persona",
            Spot::Stage(_) => "Name of the stage",
            Spot::Goal(_) => "What is to be achieved in the stage",
            Spot::Lane(_) => "Title of the lane",
            Spot::Card(_) => "What the customer does",
            Spot::Cell(lane, _, said) => match said {
                Said::Name
                | Said::Scenario
                | Said::Role
                | Said::Wants
                | Said::Measured
                | Said::Goal => "Name",
                Said::Quote(_) => "What the customer says",
                Said::Thought(_) => "What the customer thinks",
                Said::Motivation(_) => "Why the customer does this",
                Said::Emotion(_) => "How it feels",
                Said::Measurement(_) => "CSAT 3.4 of 5",
                Said::Caption(_) => "What the picture shows",
                Said::Pain(_) => "What hurts",
                Said::Opportunity(_) => "What could be better",
                Said::Backstage(_) => "What happens out of sight",
                Said::Own => match holds(lane) {
                    Some(Holds::List) => "One thing a line",
                    Some(Holds::Score(_)) => "A number",
                    Some(Holds::Link) => "Title <https://…>",
                    _ => "Anything",
                },
            },
        }
    }

    /// Returns the merge key; steps with the same key are merged.
    pub fn key(&self) -> String {
        format!("write/{self:?}")
    }
}

/// Returns a text to edit in a lane cell and the intent that adds it, if one is needed;
/// `None` if the cell holds no more.
pub fn make_room(
    map: &Map,
    lane: &LaneId,
    id: &TouchpointId,
    mint: &mut dyn FnMut(&str) -> String,
) -> Option<(Option<Intent>, Spot)> {
    let record = map.lanes().get(lane)?;
    let before = map.touchpoint(id)?;
    let personas: Vec<PersonaId> = map.personas().iter().map(|p| p.id.clone()).collect();
    let mut after = before.clone();
    let said = after.room_in(record, &personas, mint)?;
    let intent = (after != *before).then(|| Intent::SetTouchpoint(Box::new(after)));
    Some((intent, Spot::Cell(lane.clone(), id.clone(), said)))
}

/// Returns the intent that clears a cell of a lane.
pub fn clear(map: &Map, lane: &LaneId, id: &TouchpointId) -> Option<Intent> {
    let record = map.lanes().get(lane)?;
    let mut after = map.touchpoint(id)?.clone();
    if !after.clear(record) {
        return None;
    }
    Some(Intent::Together {
        label: format!("Clear {}", record.title()),
        intents: vec![Intent::SetTouchpoint(Box::new(after))],
    })
}

/// Returns the address of a touchpoint's link: in this lane, else in the first visible
/// lane with one.
pub fn link<'m>(map: &'m Map, lane: Option<&LaneId>, id: &TouchpointId) -> Option<&'m str> {
    let texts = &map.touchpoint(id)?.texts;
    let address = |lane: &Lane| {
        let text = texts.get(&lane.id).filter(|_| lane.holds == Holds::Link)?;
        Link::parse(text).map(|link| link.address)
    };
    let here = lane.and_then(|id| map.lanes().get(id)).and_then(address);
    here.or_else(|| map.lanes().iter().filter(|l| !l.hidden).find_map(address))
}
