//! Adding a text to a lane, and removing entries with an empty text.
//!
//! Must not know: drawing and positions.

use super::Field;
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
            LaneKind::Thoughts => self.add_feeling_field(personas, |feeling, at| {
                if feeling.quote.is_empty() {
                    return Some(Field::Quote(at));
                }
                feeling.thought.is_empty().then_some(Field::Thought(at))
            }),
            LaneKind::Motivations => self.add_feeling_field(personas, |feeling, at| {
                let empty = feeling.motivation.is_empty();
                empty.then_some(Field::Motivation(at))
            }),
            LaneKind::Feelings => {
                let said = self.add_feeling_field(personas, |feeling, at| {
                    let empty = feeling.emotion.is_empty();
                    empty.then_some(Field::Emotion(at))
                })?;
                // Only scored feelings are drawn: start with a neutral score.
                if let Field::Emotion(at) = said
                    && let Some(feeling) = self.feelings.get_mut(usize::from(at))
                {
                    feeling.score.get_or_insert(Score::NEUTRAL);
                }
                Some(said)
            }
            LaneKind::Measurements => {
                let at = Field::index(self.measurements.len());
                self.measurements.push(Measurement::default());
                Some(Field::Measurement(at))
            }
            LaneKind::Pains => {
                let at = Field::index(self.pains.len());
                self.pains.push(Pain {
                    id: PainId::from_text(&id("pain")),
                    ..Pain::default()
                });
                Some(Field::Pain(at))
            }
            LaneKind::Opportunities => {
                let at = Field::index(self.opportunities.len());
                self.opportunities.push(Opportunity {
                    id: OpportunityId::from_text(&id("opportunity")),
                    ..Opportunity::default()
                });
                Some(Field::Opportunity(at))
            }
            LaneKind::Backstage => {
                let at = Field::index(self.backstage.len());
                self.backstage.push(Backstage::default());
                Some(Field::Backstage(at))
            }
            LaneKind::Custom if lane.accepts_new_text() => {
                let empty = self.texts.get(&lane.id).is_none_or(String::is_empty);
                empty.then_some(Field::CustomLane)
            }
            _ => None,
        }
    }

    fn add_feeling_field(
        &mut self,
        personas: &[PersonaId],
        free: impl Fn(&Feeling, u16) -> Option<Field>,
    ) -> Option<Field> {
        for (at, feeling) in self.feelings.iter().enumerate() {
            if let Some(said) = free(feeling, Field::index(at)) {
                return Some(said);
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
        let said = free(&feeling, Field::index(self.feelings.len()))?;
        self.feelings.push(feeling);
        Some(said)
    }

    /// Removes an entry whose text was deleted and that contains nothing else.
    /// Returns whether it did.
    pub fn remove_if_empty(&mut self, said: Field) -> bool {
        match said {
            Field::Pain(at) => {
                let at = usize::from(at);
                let bare = |p: &Pain| p.text.is_empty() && p.votes == 0 && p.actions.is_empty();
                let bare = self.pains.get(at).is_some_and(bare);
                bare.then(|| self.pains.remove(at)).is_some()
            }
            Field::Opportunity(at) => {
                let at = usize::from(at);
                let bare =
                    |o: &Opportunity| o.text.is_empty() && o.votes == 0 && o.actions.is_empty();
                let bare = self.opportunities.get(at).is_some_and(bare);
                bare.then(|| self.opportunities.remove(at)).is_some()
            }
            Field::Backstage(at) => {
                let at = usize::from(at);
                let bare = |b: &Backstage| b.text.is_empty() && b.department.is_none();
                let bare = self.backstage.get(at).is_some_and(bare);
                bare.then(|| self.backstage.remove(at)).is_some()
            }
            Field::Measurement(at) => {
                let at = usize::from(at);
                let bare = |m: &Measurement| m.is_blank() && m.n.is_none() && m.date.is_none();
                let bare = self.measurements.get(at).is_some_and(bare);
                bare.then(|| self.measurements.remove(at)).is_some()
            }
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
