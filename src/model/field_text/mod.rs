//! Reading and changing the texts of a map by their addresses.
//!
//! Must not know: drawing and positions.

mod room;
#[cfg(test)]
mod tests;

use super::field_ref::{Field, FieldRef};
use super::id::{Id, ImageId, LaneId};
use super::lane::{Lane, LaneContentKind, LaneKind};
use super::map::Map;
use super::object_ref::ObjectRef;
use super::record::{
    Action, Department, Feeling, Header, Measurement, Persona, Record, Stage, Touchpoint,
};
use std::borrow::Cow;

impl FieldRef {
    /// Returns the text of the field; `None` if there is no such item, or it is no text.
    pub fn text<'m>(&self, map: &'m Map) -> Option<Cow<'m, str>> {
        let field = self.field;
        let text = match &self.object {
            ObjectRef::Map => return map.header().text(field),
            ObjectRef::Persona(id) => map.personas().get(id)?.text(field)?,
            ObjectRef::Department(id) => map.departments().get(id)?.text(field)?,
            ObjectRef::Stage(id) => map.stages().get(id)?.text(field)?,
            ObjectRef::Action(id) => map.actions().get(id)?.text(field)?,
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
            ObjectRef::Channel(id) if field == Field::Name => map.channels().get(id)?.name(),
            ObjectRef::Environment(id) if field == Field::Name => {
                map.environments().get(id)?.name()
            }
            ObjectRef::Lane(id) if field == Field::Name => map.lanes().get(id)?.name(),
            ObjectRef::Image(id) if field == Field::Name => map.images().get(id)?.name(),
            ObjectRef::Note(id) if field == Field::NoteText => map.notes().get(id)?.name(),
            ObjectRef::Suppression(id) if field == Field::Reason => {
                map.suppressions().get(id)?.name()
            }
            _ => return None,
        };
        Some(Cow::Borrowed(text))
    }
}

impl Department {
    fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => Some(&self.name),
            Field::ShortName => Some(&self.short),
            Field::Contact => Some(&self.contact),
            _ => None,
        }
    }
}

impl Stage {
    fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => Some(&self.name),
            Field::StageGoal => Some(&self.goal),
            Field::Time => Some(&self.time),
            Field::Notes => Some(&self.notes),
            _ => None,
        }
    }
}

impl Action {
    fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => Some(&self.name),
            Field::LiftMetric => Some(&self.lift.as_ref()?.metric),
            Field::Notes => Some(&self.notes),
            _ => None,
        }
    }
}

/// Returns a text of one of some measurements.
fn measurement_text(measurements: &[Measurement], field: Field) -> Option<Cow<'_, str>> {
    let get = |at: u16| measurements.get(usize::from(at));
    Some(match field {
        Field::Measurement(at) => Cow::Owned(get(at)?.to_text()),
        Field::Metric(at) => Cow::Borrowed(&get(at)?.metric),
        Field::Unit(at) => Cow::Borrowed(&get(at)?.unit),
        _ => return None,
    })
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
    pub fn text_fields(&self, lane: &Lane) -> Vec<Field> {
        let all = |count: usize, field: fn(u16) -> Field| {
            (0..count).map(Field::index).map(field).collect()
        };
        let feelings = || self.feelings.iter().enumerate();
        let felt = |field: fn(u16) -> Field, has: fn(&Feeling) -> bool| {
            let felt = feelings().filter(|(_, feeling)| has(feeling));
            felt.map(|(at, _)| field(Field::index(at))).collect()
        };
        match lane.kind {
            LaneKind::Thoughts => {
                let of = |(at, feeling): (usize, &Feeling)| {
                    let at = Field::index(at);
                    let quote = (!feeling.quote.is_empty()).then_some(Field::Quote(at));
                    let thought = (!feeling.thought.is_empty()).then_some(Field::Thought(at));
                    [quote, thought]
                };
                feelings().flat_map(of).flatten().collect()
            }
            LaneKind::Motivations => felt(Field::Motivation, |f| !f.motivation.is_empty()),
            LaneKind::Feelings => felt(Field::Emotion, |f| {
                f.score.is_some() && !f.emotion.is_empty()
            }),
            LaneKind::Storyboard => all(self.pictures.len(), Field::Caption),
            LaneKind::Measurements => all(self.measurements.len(), Field::Measurement),
            LaneKind::Pains => all(self.pains.len(), Field::Pain),
            LaneKind::Opportunities => all(self.opportunities.len(), Field::Opportunity),
            LaneKind::Backstage => all(self.backstage.len(), Field::Backstage),
            LaneKind::Custom => {
                let text = self.texts.get(&lane.id).filter(|t| !t.is_empty());
                let field = match lane.holds {
                    LaneContentKind::Picture => Field::Caption(0),
                    _ => Field::CustomLane,
                };
                text.map(|_| field).into_iter().collect()
            }
            LaneKind::Touchpoints
            | LaneKind::Channels
            | LaneKind::Environments
            | LaneKind::Departments => Vec::new(),
        }
    }

    /// Returns a text of the touchpoint in a lane. Captions belong to the image: see
    /// [`FieldRef::text`].
    pub fn text_in(&self, lane: &LaneId, field: Field) -> Option<Cow<'_, str>> {
        match field {
            Field::CustomLane => Some(Cow::Borrowed(self.texts.get(lane).map_or("", |it| it))),
            field => self.text(field),
        }
    }

    fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        let feeling = |at: u16| self.feelings.get(usize::from(at));
        let pain = |at: u16| self.pains.get(usize::from(at));
        let opportunity = |at: u16| self.opportunities.get(usize::from(at));
        let text = match field {
            Field::Name => &self.name,
            Field::Description => &self.description,
            Field::Time => &self.time,
            Field::Notes => &self.notes,
            Field::Source => &self.evidence.source,
            Field::Quote(at) => &feeling(at)?.quote,
            Field::Thought(at) => &feeling(at)?.thought,
            Field::Motivation(at) => &feeling(at)?.motivation,
            Field::Emotion(at) => &feeling(at)?.emotion,
            Field::FeelingSource(at) => &feeling(at)?.evidence.source,
            Field::Pain(at) => &pain(at)?.text,
            Field::PainSource(at) => &pain(at)?.evidence.source,
            Field::Opportunity(at) => &opportunity(at)?.text,
            Field::OpportunitySource(at) => &opportunity(at)?.evidence.source,
            Field::Backstage(at) => &self.backstage.get(usize::from(at))?.text,
            Field::PathLabel(at) => &self.paths.get(usize::from(at))?.label,
            Field::Tag(at) => self.tags.get(usize::from(at))?,
            field => return measurement_text(&self.measurements, field),
        };
        Some(Cow::Borrowed(text))
    }

    /// The image of a caption in a lane.
    pub fn picture_in(&self, lane: &Lane, at: u16) -> Option<ImageId> {
        match lane.kind {
            LaneKind::Storyboard => self.pictures.get(usize::from(at)).cloned(),
            _ => self.texts.get(&lane.id).map(|id| ImageId::from_text(id)),
        }
    }

    /// Sets a text of the touchpoint. Returns whether there is such an item.
    pub(crate) fn set_text(&mut self, lane: &LaneId, said: Field, text: &str) -> bool {
        let place = match said {
            Field::Name => Some(&mut self.name),
            Field::Quote(at) => self.feelings.get_mut(usize::from(at)).map(|f| &mut f.quote),
            Field::Thought(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.thought)
            }
            Field::Motivation(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.motivation)
            }
            Field::Emotion(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.emotion)
            }
            Field::Measurement(at) => {
                let measured = self.measurements.get_mut(usize::from(at));
                return measured.map(|it| it.set_from_text(text)).is_some();
            }
            Field::Pain(at) => self.pains.get_mut(usize::from(at)).map(|p| &mut p.text),
            Field::Opportunity(at) => {
                let opportunity = self.opportunities.get_mut(usize::from(at));
                opportunity.map(|o| &mut o.text)
            }
            Field::Backstage(at) => self.backstage.get_mut(usize::from(at)).map(|b| &mut b.text),
            Field::CustomLane if text.is_empty() => {
                self.texts.remove(lane);
                return true;
            }
            Field::CustomLane => Some(self.texts.entry(lane.clone()).or_default()),
            _ => None,
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
    fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        match field {
            Field::Title => Some(Cow::Borrowed(&self.title)),
            Field::Scenario => Some(Cow::Borrowed(&self.scenario)),
            Field::Measurements => Some(Cow::Owned(self.measurement_line())),
            field => measurement_text(&self.measurements, field),
        }
    }

    /// Sets a text of the whole map. Returns whether it has such a text.
    pub fn set_text(&mut self, field: Field, text: &str) -> bool {
        match field {
            Field::Title => text.clone_into(&mut self.title),
            Field::Scenario => text.clone_into(&mut self.scenario),
            Field::Measurements => self.set_measurement_line(text),
            _ => return false,
        }
        true
    }

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
    fn text(&self, field: Field) -> Option<&str> {
        match field {
            Field::Name => Some(&self.name),
            Field::Role => Some(&self.role),
            // The map has room for a first goal even if there is none yet.
            Field::PersonaGoal(0) => Some(self.goals.first().map_or("", |goal| goal)),
            Field::PersonaGoal(at) => self.goals.get(usize::from(at)).map(String::as_str),
            Field::Need(at) => self.needs.get(usize::from(at)).map(String::as_str),
            Field::Frustration(at) => self.frustrations.get(usize::from(at)).map(String::as_str),
            Field::PersonaQuote => Some(&self.quote),
            Field::Source => Some(&self.evidence.source),
            _ => None,
        }
    }

    /// Sets a text of the persona. Returns whether it has such a text.
    pub fn set_text(&mut self, said: Field, text: &str) -> bool {
        let place = match said {
            Field::Name => &mut self.name,
            Field::Role => &mut self.role,
            Field::PersonaQuote => &mut self.quote,
            Field::PersonaGoal(0) => {
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
    pub fn remove_if_empty(&mut self, said: Field) -> bool {
        let empty = said == Field::PersonaGoal(0)
            && self.goals.first().is_some_and(|g| g.trim().is_empty());
        empty.then(|| self.goals.remove(0)).is_some()
    }
}
