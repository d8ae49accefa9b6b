//! Reading, changing, adding and removing the texts of a map by their addresses.
//!
//! Must not know: drawing and positions.

mod table;
#[cfg(test)]
mod tests;

use super::field_ref::Field;
use super::id::{Id, ImageId, LaneId, OpportunityId, PainId, PersonaId};
use super::lane::{Lane, LaneContentKind, LaneKind};
use super::record::{
    Backstage, Feeling, Header, Measurement, Opportunity, Pain, Persona, Touchpoint,
};
use super::value::Score;
use std::borrow::Cow;
pub use table::{MAX_TEXT_CHARS, is_too_long};
pub(crate) use table::{Texts, visit_texts};

/// Returns a text of a record with measurements; that of a whole measurement is formatted.
fn measured_text<'r>(
    record: &'r impl Texts,
    measurements: &[Measurement],
    field: Field,
) -> Option<Cow<'r, str>> {
    match field {
        Field::Measurement(at) => {
            let measurement = measurements.get(usize::from(at))?;
            Some(Cow::Owned(measurement.to_text()))
        }
        field => Some(Cow::Borrowed(record.text_at(field)?)),
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
    /// [`FieldRef::text`](crate::model::FieldRef::text).
    pub fn text_in(&self, lane: &LaneId, field: Field) -> Option<Cow<'_, str>> {
        match field {
            Field::CustomLane => Some(Cow::Borrowed(self.texts.get(lane).map_or("", |text| text))),
            field => self.text(field),
        }
    }

    pub(super) fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        measured_text(self, &self.measurements, field)
    }

    /// The image of a caption in a lane.
    pub fn picture_in(&self, lane: &Lane, at: u16) -> Option<ImageId> {
        match lane.kind {
            LaneKind::Storyboard => self.pictures.get(usize::from(at)).cloned(),
            _ => self.texts.get(&lane.id).map(|id| ImageId::from_text(id)),
        }
    }

    /// Sets a text of the touchpoint. Returns whether there is such an item and the text
    /// can be read.
    pub(crate) fn set_text(&mut self, lane: &LaneId, field: Field, text: &str) -> bool {
        match field {
            Field::Measurement(at) => {
                let measurement = self.measurements.get_mut(usize::from(at));
                measurement.is_some_and(|m| m.set_from_text(text))
            }
            Field::CustomLane => {
                self.texts.remove(lane);
                if !text.is_empty() {
                    self.texts.insert(lane.clone(), text.to_owned());
                }
                true
            }
            field => self.set_text_at(field, text),
        }
    }
}

/// The separator between measurements on one line.
const MEASUREMENT_SEPARATOR: &str = " · ";

impl Header {
    pub(super) fn text(&self, field: Field) -> Option<Cow<'_, str>> {
        match field {
            Field::Measurements => Some(Cow::Owned(self.measurement_line())),
            field => measured_text(self, &self.measurements, field),
        }
    }

    /// Sets a text of the whole map. Returns whether it has such a text and the text can be
    /// read.
    pub fn set_text(&mut self, field: Field, text: &str) -> bool {
        if field == Field::Measurements {
            return self.set_measurement_line(text);
        }
        self.set_text_at(field, text)
    }

    /// Formats the measurements of the whole journey on one line, without number
    /// of answers and date.
    pub fn measurement_line(&self) -> String {
        let words: Vec<String> = self.measurements.iter().map(Measurement::to_text).collect();
        words.join(MEASUREMENT_SEPARATOR)
    }

    /// Parses such a line: measurements keep their number of answers and date by position.
    /// Returns false if a number in it can mean two.
    pub fn set_measurement_line(&mut self, line: &str) -> bool {
        let said = line.split(MEASUREMENT_SEPARATOR).map(str::trim);
        let said: Vec<&str> = said.filter(|words| !words.is_empty()).collect();
        self.measurements
            .resize_with(said.len(), Measurement::default);
        let mut measurements = self.measurements.iter_mut().zip(said);
        measurements.all(|(measurement, words)| measurement.set_from_text(words))
    }
}

impl Persona {
    /// Sets a text of the persona. Returns whether it has such a text.
    pub fn set_text(&mut self, field: Field, text: &str) -> bool {
        if field == Field::PersonaGoal(0) && self.goals.is_empty() {
            self.goals.push(String::new());
        }
        self.set_text_at(field, text)
    }

    /// Removes a goal whose text was deleted. Returns whether it did.
    pub fn remove_if_empty(&mut self, field: Field) -> bool {
        let empty = field == Field::PersonaGoal(0)
            && self.goals.first().is_some_and(|g| g.trim().is_empty());
        empty.then(|| self.goals.remove(0)).is_some()
    }
}

impl Touchpoint {
    /// Adds an empty text to a lane and returns its address; `None` if the lane
    /// accepts no more. `id` generates an id from a name; `personas` are those of
    /// the map.
    pub fn add_text_field(
        &mut self,
        lane: &Lane,
        personas: &[PersonaId],
        id: &mut dyn FnMut(&str) -> String,
    ) -> Option<Field> {
        match lane.kind {
            LaneKind::Thoughts => self.add_feeling_field(personas, &[Field::Quote, Field::Thought]),
            LaneKind::Motivations => self.add_feeling_field(personas, &[Field::Motivation]),
            LaneKind::Feelings => {
                let field = self.add_feeling_field(personas, &[Field::Emotion])?;
                // Only scored feelings are drawn: start with a neutral score.
                if let Field::Emotion(at) = field
                    && let Some(feeling) = self.feelings.get_mut(usize::from(at))
                {
                    feeling.score.get_or_insert(Score::NEUTRAL);
                }
                Some(field)
            }
            LaneKind::Measurements => {
                self.measurements.push(Measurement::default());
                last(&self.measurements, Field::Measurement)
            }
            LaneKind::Pains => {
                self.pains.push(Pain {
                    id: PainId::from_text(&id("pain")),
                    ..Pain::default()
                });
                last(&self.pains, Field::Pain)
            }
            LaneKind::Opportunities => {
                self.opportunities.push(Opportunity {
                    id: OpportunityId::from_text(&id("opportunity")),
                    ..Opportunity::default()
                });
                last(&self.opportunities, Field::Opportunity)
            }
            LaneKind::Backstage => {
                self.backstage.push(Backstage::default());
                last(&self.backstage, Field::Backstage)
            }
            LaneKind::Custom if lane.accepts_new_text() => {
                let empty = self.texts.get(&lane.id).is_none_or(String::is_empty);
                empty.then_some(Field::CustomLane)
            }
            _ => None,
        }
    }

    /// Returns the first empty one of these fields, if need be of a new feeling.
    fn add_feeling_field(
        &mut self,
        personas: &[PersonaId],
        fields: &[fn(u16) -> Field],
    ) -> Option<Field> {
        for at in 0..self.feelings.len() {
            let mut here = fields.iter().map(|field| field(Field::index(at)));
            if let Some(free) = here.find(|field| self.text_at(*field) == Some("")) {
                return Some(free);
            }
        }
        let felt = |(i, id): &(usize, &PersonaId)| {
            // A feeling without a persona belongs to the first one.
            let whose = |f: &Feeling| f.persona.as_ref().map_or(*i == 0, |p| p == *id);
            self.feelings.iter().any(whose)
        };
        let next = personas.iter().enumerate().find(|it| !felt(it));
        let persona = match next {
            Some((_, persona)) => Some(persona.clone()),
            None if self.feelings.is_empty() => None,
            None => return None,
        };
        let feeling = Feeling {
            persona,
            ..Feeling::default()
        };
        self.feelings.push(feeling);
        last(&self.feelings, *fields.first()?)
    }

    /// Removes an entry whose text was deleted and that contains nothing else.
    /// Returns whether it did.
    pub fn remove_if_empty(&mut self, said: Field) -> bool {
        match said {
            Field::Pain(at) => remove_if(&mut self.pains, at, |pain| {
                pain.text.is_empty() && pain.votes == 0 && pain.actions.is_empty()
            }),
            Field::Opportunity(at) => remove_if(&mut self.opportunities, at, |o| {
                o.text.is_empty() && o.votes == 0 && o.actions.is_empty()
            }),
            Field::Backstage(at) => remove_if(&mut self.backstage, at, |item| {
                item.text.is_empty() && item.department.is_none()
            }),
            Field::Measurement(at) => remove_if(&mut self.measurements, at, |m| m.is_empty()),
            _ => false,
        }
    }

    /// Removes all texts of the touchpoint in a lane. Returns whether there were any.
    pub fn clear_lane(&mut self, lane: &Lane) -> bool {
        let said = self.text_fields(lane);
        let mut any = !said.is_empty();
        match lane.kind {
            LaneKind::Pains => self.pains.clear(),
            LaneKind::Opportunities => self.opportunities.clear(),
            LaneKind::Backstage => self.backstage.clear(),
            LaneKind::Measurements => self.measurements.clear(),
            LaneKind::Storyboard => self.pictures.clear(),
            LaneKind::Custom => drop(self.texts.remove(&lane.id)),
            LaneKind::Feelings => {
                for feeling in &mut self.feelings {
                    // A score without an emotion is removed too.
                    any |= feeling.score.is_some();
                    (feeling.score, feeling.before, feeling.after) = (None, None, None);
                    feeling.emotion.clear();
                }
            }
            _ => {
                for said in &said {
                    self.set_text(&lane.id, *said, "");
                }
            }
        }
        any
    }
}

/// The field of the last item in a list.
fn last<T>(list: &[T], field: fn(u16) -> Field) -> Option<Field> {
    let at = list.len().checked_sub(1)?;
    Some(field(Field::index(at)))
}

/// Removes an item that contains nothing. Returns whether it did.
fn remove_if<T>(list: &mut Vec<T>, at: u16, is_bare: impl Fn(&T) -> bool) -> bool {
    let at = usize::from(at);
    let is_bare = list.get(at).is_some_and(is_bare);
    is_bare.then(|| list.remove(at)).is_some()
}
