//! Addresses of the editable texts of a map, shared by layout and editing. Texts
//! of a touchpoint are addressed by lane and index.
//!
//! Must not know: drawing and positions.

mod room;
#[cfg(test)]
mod tests;

use super::id::{Id, ImageId, LaneId, TouchpointId};
use super::lane::{Lane, LaneContentKind, LaneKind};
use super::map::Map;
use super::record::{Feeling, Header, Measurement, Persona, Record, Touchpoint};
use std::borrow::Cow;

/// An editable text of a map. Numbers are indices in the list of the touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum TextField {
    /// The name of the record: map, touchpoint, stage, lane or persona.
    Name,
    /// The scenario of the map.
    Scenario,
    /// The role of a persona.
    Role,
    /// The first goal of a persona.
    FirstGoal,
    /// The measurements of the whole journey.
    JourneyMeasurements,
    /// The goal of a stage.
    StageGoal,
    /// The quote of a feeling; with index 0 also that of a persona.
    Quote(u8),
    /// The thought of a feeling.
    Thought(u8),
    /// The motivation of a feeling.
    Motivation(u8),
    /// The emotion of a feeling.
    Emotion(u8),
    /// A pain point.
    Pain(u8),
    /// An opportunity.
    Opportunity(u8),
    /// A backstage item.
    Backstage(u8),
    /// A measurement.
    Measurement(u8),
    /// The caption of an image.
    Caption(u8),
    /// The value in a custom lane.
    CustomLane,
}

impl TextField {
    /// Converts an index. Items beyond the 255th of a touchpoint can only be
    /// edited in the inspector.
    pub fn index(at: usize) -> Option<u8> {
        u8::try_from(at).ok()
    }
}

impl Lane {
    /// Whether its contents are texts that can be edited in place.
    pub fn has_text_fields(&self) -> bool {
        !matches!(
            self.kind,
            LaneKind::Touchpoints
                | LaneKind::Channels
                | LaneKind::Environments
                | LaneKind::Departments
        )
    }

    /// Whether new texts can be added to it, beyond captions of existing images.
    pub fn accepts_new_text(&self) -> bool {
        self.has_text_fields() && !self.shows_pictures()
    }

    /// Whether it shows images with captions.
    pub fn shows_pictures(&self) -> bool {
        self.kind == LaneKind::Storyboard
            || (self.kind == LaneKind::Custom && self.holds == LaneContentKind::Picture)
    }
}

impl Touchpoint {
    /// The texts of the touchpoint in a lane, in display order.
    pub fn text_fields(&self, lane: &Lane) -> Vec<TextField> {
        let all = |count: usize, said: fn(u8) -> TextField| {
            (0..count).filter_map(TextField::index).map(said)
        };
        match lane.kind {
            LaneKind::Thoughts => {
                let of = |(at, feeling): (usize, &Feeling)| {
                    let place = TextField::index(at);
                    let quote = place.filter(|_| !feeling.quote.is_empty());
                    let thought = place.filter(|_| !feeling.thought.is_empty());
                    [quote.map(TextField::Quote), thought.map(TextField::Thought)]
                };
                let all = self.feelings.iter().enumerate().flat_map(of);
                all.flatten().collect()
            }
            LaneKind::Motivations => {
                let feelings = self.feelings.iter().enumerate();
                let said = feelings.filter(|(_, f)| !f.motivation.is_empty());
                said.filter_map(|(at, _)| TextField::index(at).map(TextField::Motivation))
                    .collect()
            }
            LaneKind::Feelings => {
                let named = |f: &Feeling| f.score.is_some() && !f.emotion.is_empty();
                let feelings = self.feelings.iter().enumerate();
                let said = feelings.filter(|(_, feeling)| named(feeling));
                said.filter_map(|(at, _)| TextField::index(at).map(TextField::Emotion))
                    .collect()
            }
            LaneKind::Storyboard => all(self.pictures.len(), TextField::Caption).collect(),
            LaneKind::Measurements => {
                all(self.measurements.len(), TextField::Measurement).collect()
            }
            LaneKind::Pains => all(self.pains.len(), TextField::Pain).collect(),
            LaneKind::Opportunities => {
                all(self.opportunities.len(), TextField::Opportunity).collect()
            }
            LaneKind::Backstage => all(self.backstage.len(), TextField::Backstage).collect(),
            LaneKind::Custom => {
                let text = self.texts.get(&lane.id).filter(|t| !t.is_empty());
                let said = match lane.holds {
                    LaneContentKind::Picture => TextField::Caption(0),
                    _ => TextField::CustomLane,
                };
                text.map(|_| said).into_iter().collect()
            }
            LaneKind::Touchpoints
            | LaneKind::Channels
            | LaneKind::Environments
            | LaneKind::Departments => Vec::new(),
        }
    }

    /// Returns a text of the touchpoint; `None` if there is no such item.
    /// Captions belong to the image: see [`Map::text`].
    pub fn text(&self, lane: &LaneId, said: TextField) -> Option<Cow<'_, str>> {
        let feeling = |at: u8| self.feelings.get(usize::from(at));
        let text = match said {
            TextField::Name => &self.name,
            TextField::Quote(at) => &feeling(at)?.quote,
            TextField::Thought(at) => &feeling(at)?.thought,
            TextField::Motivation(at) => &feeling(at)?.motivation,
            TextField::Emotion(at) => &feeling(at)?.emotion,
            TextField::Pain(at) => &self.pains.get(usize::from(at))?.text,
            TextField::Opportunity(at) => &self.opportunities.get(usize::from(at))?.text,
            TextField::Backstage(at) => &self.backstage.get(usize::from(at))?.text,
            TextField::Measurement(at) => {
                let measured = self.measurements.get(usize::from(at))?;
                return Some(Cow::Owned(measured.to_text()));
            }
            TextField::CustomLane => {
                return Some(Cow::Borrowed(self.texts.get(lane).map_or("", |it| it)));
            }
            TextField::Scenario
            | TextField::Role
            | TextField::FirstGoal
            | TextField::JourneyMeasurements
            | TextField::StageGoal
            | TextField::Caption(_) => return None,
        };
        Some(Cow::Borrowed(text))
    }

    /// The image of a caption in a lane.
    pub fn picture_in(&self, lane: &Lane, at: u8) -> Option<ImageId> {
        match lane.kind {
            LaneKind::Storyboard => self.pictures.get(usize::from(at)).cloned(),
            _ => self.texts.get(&lane.id).map(|id| ImageId::from_text(id)),
        }
    }

    /// Sets a text of the touchpoint. Returns whether there is such an item.
    pub fn set_text(&mut self, lane: &LaneId, said: TextField, text: &str) -> bool {
        let place = match said {
            TextField::Name => Some(&mut self.name),
            TextField::Scenario
            | TextField::Role
            | TextField::FirstGoal
            | TextField::JourneyMeasurements
            | TextField::StageGoal
            | TextField::Caption(_) => None,
            TextField::Quote(at) => self.feelings.get_mut(usize::from(at)).map(|f| &mut f.quote),
            TextField::Thought(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.thought)
            }
            TextField::Motivation(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.motivation)
            }
            TextField::Emotion(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.emotion)
            }
            TextField::Measurement(at) => {
                let measured = self.measurements.get_mut(usize::from(at));
                return measured.map(|it| it.set_from_text(text)).is_some();
            }
            TextField::Pain(at) => self.pains.get_mut(usize::from(at)).map(|p| &mut p.text),
            TextField::Opportunity(at) => {
                let opportunity = self.opportunities.get_mut(usize::from(at));
                opportunity.map(|o| &mut o.text)
            }
            TextField::Backstage(at) => {
                self.backstage.get_mut(usize::from(at)).map(|b| &mut b.text)
            }
            TextField::CustomLane if text.is_empty() => {
                self.texts.remove(lane);
                return true;
            }
            TextField::CustomLane => Some(self.texts.entry(lane.clone()).or_default()),
        };
        let Some(place) = place else {
            return false;
        };
        text.clone_into(place);
        true
    }
}

/// The separator between measurements on one line.
const MEASUREMENT_SEPARATOR: &str = " · ";

impl Header {
    /// Formats the measurements of the whole journey on one line, without number
    /// of answers and date.
    pub fn measurement_line(&self) -> String {
        let words: Vec<String> = self.measurements.iter().map(Measurement::to_text).collect();
        words.join(MEASUREMENT_SEPARATOR)
    }

    /// Parses such a line: measurements keep their number of answers and date by position.
    pub fn set_measurement_line(&mut self, line: &str) {
        let said = line.split(MEASUREMENT_SEPARATOR).map(str::trim);
        let said: Vec<&str> = said.filter(|words| !words.is_empty()).collect();
        self.measurements
            .resize_with(said.len(), Measurement::default);
        for (measurement, words) in self.measurements.iter_mut().zip(said) {
            measurement.set_from_text(words);
        }
    }
}

impl Persona {
    /// Returns a text of the persona; `None` if it has no such text on the map.
    pub fn text(&self, said: TextField) -> Option<&str> {
        match said {
            TextField::Name => Some(&self.name),
            TextField::Role => Some(&self.role),
            TextField::FirstGoal => Some(self.goals.first().map_or("", |goal| goal)),
            TextField::Quote(0) => Some(&self.quote),
            _ => None,
        }
    }

    /// Sets a text of the persona. Returns whether it has such a text.
    pub fn set_text(&mut self, said: TextField, text: &str) -> bool {
        let place = match said {
            TextField::Name => &mut self.name,
            TextField::Role => &mut self.role,
            TextField::Quote(0) => &mut self.quote,
            TextField::FirstGoal => {
                if self.goals.is_empty() {
                    self.goals.push(String::new());
                }
                match self.goals.first_mut() {
                    Some(goal) => goal,
                    None => return false,
                }
            }
            _ => return false,
        };
        text.clone_into(place);
        true
    }

    /// Removes a goal whose text was deleted. Returns whether it did.
    pub fn remove_if_empty(&mut self, said: TextField) -> bool {
        let empty =
            said == TextField::FirstGoal && self.goals.first().is_some_and(|g| g.trim().is_empty());
        empty.then(|| self.goals.remove(0)).is_some()
    }
}

impl Map {
    /// Returns a text of a touchpoint in a lane, including captions; `None` if
    /// there is no such item.
    pub fn text(&self, lane: &LaneId, id: &TouchpointId, said: TextField) -> Option<Cow<'_, str>> {
        let lane = self.lanes().get(lane)?;
        let touchpoint = self.touchpoint(id)?;
        match said {
            TextField::Caption(at) => {
                let picture = touchpoint.picture_in(lane, at)?;
                Some(Cow::Borrowed(self.images().get(&picture)?.name()))
            }
            said => touchpoint.text(&lane.id, said),
        }
    }
}
