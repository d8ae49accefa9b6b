//! Addresses of the editable texts of a map, shared by layout and editing. Texts
//! of a touchpoint are addressed by lane and index.
//!
//! Must not know: drawing and positions.

mod room;
#[cfg(test)]
mod tests;

use super::id::{Id, ImageId, LaneId, TouchpointId};
use super::lane::{Holds, Lane, LaneKind};
use super::map::Map;
use super::record::{Feeling, Header, Measurement, Persona, Record, Touchpoint};
use std::borrow::Cow;

/// An editable text of a map. Numbers are indices in the list of the touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// The name of the record: map, touchpoint, stage, lane or persona.
    Name,
    /// The scenario of the map.
    Scenario,
    /// The role of a persona.
    Role,
    /// The first goal of a persona.
    Wants,
    /// The measurements of the whole journey.
    Measured,
    /// The goal of a stage.
    Goal,
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
    Own,
}

impl Said {
    /// Converts an index. Items beyond the 255th of a touchpoint can only be
    /// edited in the inspector.
    pub fn place(at: usize) -> Option<u8> {
        u8::try_from(at).ok()
    }
}

impl Lane {
    /// Whether its contents are texts that can be edited in place.
    pub fn is_written(&self) -> bool {
        !matches!(
            self.kind,
            LaneKind::Touchpoints
                | LaneKind::Channels
                | LaneKind::Environments
                | LaneKind::Departments
        )
    }

    /// Whether new texts can be added to it, beyond captions of existing images.
    pub fn takes_words(&self) -> bool {
        self.is_written() && !self.shows_pictures()
    }

    /// Whether it shows images with captions.
    pub fn shows_pictures(&self) -> bool {
        self.kind == LaneKind::Storyboard
            || (self.kind == LaneKind::Custom && self.holds == Holds::Picture)
    }
}

impl Touchpoint {
    /// The texts of the touchpoint in a lane, in display order.
    pub fn sayings(&self, lane: &Lane) -> Vec<Said> {
        let all = |count: usize, said: fn(u8) -> Said| (0..count).filter_map(Said::place).map(said);
        match lane.kind {
            LaneKind::Thoughts => {
                let of = |(at, feeling): (usize, &Feeling)| {
                    let place = Said::place(at);
                    let quote = place.filter(|_| !feeling.quote.is_empty());
                    let thought = place.filter(|_| !feeling.thought.is_empty());
                    [quote.map(Said::Quote), thought.map(Said::Thought)]
                };
                let all = self.feelings.iter().enumerate().flat_map(of);
                all.flatten().collect()
            }
            LaneKind::Motivations => {
                let feelings = self.feelings.iter().enumerate();
                let said = feelings.filter(|(_, f)| !f.motivation.is_empty());
                said.filter_map(|(at, _)| Said::place(at).map(Said::Motivation))
                    .collect()
            }
            LaneKind::Feelings => {
                let named = |f: &Feeling| f.score.is_some() && !f.emotion.is_empty();
                let feelings = self.feelings.iter().enumerate();
                let said = feelings.filter(|(_, feeling)| named(feeling));
                said.filter_map(|(at, _)| Said::place(at).map(Said::Emotion))
                    .collect()
            }
            LaneKind::Storyboard => all(self.pictures.len(), Said::Caption).collect(),
            LaneKind::Measurements => all(self.measurements.len(), Said::Measurement).collect(),
            LaneKind::Pains => all(self.pains.len(), Said::Pain).collect(),
            LaneKind::Opportunities => all(self.opportunities.len(), Said::Opportunity).collect(),
            LaneKind::Backstage => all(self.backstage.len(), Said::Backstage).collect(),
            LaneKind::Custom => {
                let text = self.texts.get(&lane.id).filter(|t| !t.is_empty());
                let said = match lane.holds {
                    Holds::Picture => Said::Caption(0),
                    _ => Said::Own,
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
    /// Captions belong to the image: see [`Map::says`].
    pub fn says(&self, lane: &LaneId, said: Said) -> Option<Cow<'_, str>> {
        let feeling = |at: u8| self.feelings.get(usize::from(at));
        let text = match said {
            Said::Name => &self.name,
            Said::Quote(at) => &feeling(at)?.quote,
            Said::Thought(at) => &feeling(at)?.thought,
            Said::Motivation(at) => &feeling(at)?.motivation,
            Said::Emotion(at) => &feeling(at)?.emotion,
            Said::Pain(at) => &self.pains.get(usize::from(at))?.text,
            Said::Opportunity(at) => &self.opportunities.get(usize::from(at))?.text,
            Said::Backstage(at) => &self.backstage.get(usize::from(at))?.text,
            Said::Measurement(at) => {
                let measured = self.measurements.get(usize::from(at))?;
                return Some(Cow::Owned(measured.words()));
            }
            Said::Own => return Some(Cow::Borrowed(self.texts.get(lane).map_or("", |it| it))),
            Said::Scenario
            | Said::Role
            | Said::Wants
            | Said::Measured
            | Said::Goal
            | Said::Caption(_) => return None,
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
    pub fn say(&mut self, lane: &LaneId, said: Said, text: &str) -> bool {
        let place = match said {
            Said::Name => Some(&mut self.name),
            Said::Scenario
            | Said::Role
            | Said::Wants
            | Said::Measured
            | Said::Goal
            | Said::Caption(_) => None,
            Said::Quote(at) => self.feelings.get_mut(usize::from(at)).map(|f| &mut f.quote),
            Said::Thought(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.thought)
            }
            Said::Motivation(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.motivation)
            }
            Said::Emotion(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.emotion)
            }
            Said::Measurement(at) => {
                let measured = self.measurements.get_mut(usize::from(at));
                return measured.map(|it| it.set_words(text)).is_some();
            }
            Said::Pain(at) => self.pains.get_mut(usize::from(at)).map(|p| &mut p.text),
            Said::Opportunity(at) => {
                let opportunity = self.opportunities.get_mut(usize::from(at));
                opportunity.map(|o| &mut o.text)
            }
            Said::Backstage(at) => self.backstage.get_mut(usize::from(at)).map(|b| &mut b.text),
            Said::Own if text.is_empty() => {
                self.texts.remove(lane);
                return true;
            }
            Said::Own => Some(self.texts.entry(lane.clone()).or_default()),
        };
        let Some(place) = place else {
            return false;
        };
        text.clone_into(place);
        true
    }
}

/// The separator between measurements on one line.
const BETWEEN: &str = " · ";

impl Header {
    /// Formats the measurements of the whole journey on one line, without number
    /// of answers and date.
    pub fn measured(&self) -> String {
        let words: Vec<String> = self.measurements.iter().map(Measurement::words).collect();
        words.join(BETWEEN)
    }

    /// Parses such a line: measurements keep their number of answers and date by position.
    pub fn set_measured(&mut self, line: &str) {
        let said = line.split(BETWEEN).map(str::trim);
        let said: Vec<&str> = said.filter(|words| !words.is_empty()).collect();
        self.measurements
            .resize_with(said.len(), Measurement::default);
        for (measurement, words) in self.measurements.iter_mut().zip(said) {
            measurement.set_words(words);
        }
    }
}

impl Persona {
    /// Returns a text of the persona; `None` if it has no such text on the map.
    pub fn says(&self, said: Said) -> Option<&str> {
        match said {
            Said::Name => Some(&self.name),
            Said::Role => Some(&self.role),
            Said::Wants => Some(self.goals.first().map_or("", |goal| goal)),
            Said::Quote(0) => Some(&self.quote),
            _ => None,
        }
    }

    /// Sets a text of the persona. Returns whether it has such a text.
    pub fn say(&mut self, said: Said, text: &str) -> bool {
        let place = match said {
            Said::Name => &mut self.name,
            Said::Role => &mut self.role,
            Said::Quote(0) => &mut self.quote,
            Said::Wants => {
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
    pub fn drop_empty(&mut self, said: Said) -> bool {
        let empty = said == Said::Wants && self.goals.first().is_some_and(|g| g.trim().is_empty());
        empty.then(|| self.goals.remove(0)).is_some()
    }
}

impl Map {
    /// Returns a text of a touchpoint in a lane, including captions; `None` if
    /// there is no such item.
    pub fn says(&self, lane: &LaneId, id: &TouchpointId, said: Said) -> Option<Cow<'_, str>> {
        let lane = self.lanes().get(lane)?;
        let touchpoint = self.touchpoint(id)?;
        match said {
            Said::Caption(at) => {
                let picture = touchpoint.picture_in(lane, at)?;
                Some(Cow::Borrowed(self.images().get(&picture)?.name()))
            }
            said => touchpoint.says(&lane.id, said),
        }
    }
}
