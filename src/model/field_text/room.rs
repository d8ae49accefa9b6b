//! Adding a text to a lane, and removing entries with an empty text.
//!
//! Must not know: drawing and positions.

use super::Field;
use super::table::Texts as _;
use crate::model::id::{Id, OpportunityId, PainId, PersonaId};
use crate::model::lane::{Lane, LaneKind};
use crate::model::record::{Backstage, Feeling, Measurement, Opportunity, Pain, Touchpoint};
use crate::model::value::Score;

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
            Field::Measurement(at) => remove_if(&mut self.measurements, at, |m| {
                m.is_blank() && m.n.is_none() && m.date.is_none()
            }),
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
