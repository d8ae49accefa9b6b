//! The texts that a touchpoint says in lanes, each by its place, so that whoever
//! shows one and whoever writes one mean the same.
//!
//! Must not know: what is drawn, and where.

use super::id::{Id, LaneId, OpportunityId, PainId, PersonaId};
use super::lane::{Holds, Lane, LaneKind};
use super::record::{Backstage, Feeling, Opportunity, Pain, Touchpoint};
use super::value::{Evidence, Level};

/// One of the texts that can be read on a map. Numbers are places in the list
/// of the touchpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Said {
    /// The name of the thing itself: a card, a stage, a lane.
    Name,
    /// What is to be achieved in a stage.
    Goal,
    /// What is said aloud in this feeling.
    Quote(u8),
    /// What is thought in this feeling.
    Thought(u8),
    /// Why it is done, in this feeling.
    Motivation(u8),
    /// A pain.
    Pain(u8),
    /// An opportunity.
    Opportunity(u8),
    /// Something backstage.
    Backstage(u8),
    /// What stands in a lane of one's own.
    Own,
}

impl Said {
    /// A place in a list. What lies beyond the 255th thing at one touchpoint
    /// is written in the inspector alone.
    pub fn place(at: usize) -> Option<u8> {
        u8::try_from(at).ok()
    }
}

impl Lane {
    /// Whether what it says is text that can be written where it stands.
    pub fn is_written(&self) -> bool {
        match self.kind {
            LaneKind::Thoughts
            | LaneKind::Motivations
            | LaneKind::Pains
            | LaneKind::Opportunities
            | LaneKind::Backstage => true,
            LaneKind::Custom => self.holds != Holds::Picture,
            _ => false,
        }
    }

    /// Whether a touchpoint can say any number of things in it.
    pub fn takes_many(&self) -> bool {
        matches!(
            self.kind,
            LaneKind::Pains | LaneKind::Opportunities | LaneKind::Backstage
        )
    }
}

impl Touchpoint {
    /// What it says in a lane, in the order in which it is shown.
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
            LaneKind::Pains => all(self.pains.len(), Said::Pain).collect(),
            LaneKind::Opportunities => all(self.opportunities.len(), Said::Opportunity).collect(),
            LaneKind::Backstage => all(self.backstage.len(), Said::Backstage).collect(),
            LaneKind::Custom if lane.is_written() => {
                let text = self.texts.get(&lane.id).filter(|t| !t.is_empty());
                text.map(|_| Said::Own).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    /// One of its texts; `None` where it has no such thing.
    pub fn says(&self, lane: &LaneId, said: Said) -> Option<&str> {
        let feeling = |at: u8| self.feelings.get(usize::from(at));
        Some(match said {
            Said::Name => &self.name,
            Said::Goal => return None,
            Said::Quote(at) => &feeling(at)?.quote,
            Said::Thought(at) => &feeling(at)?.thought,
            Said::Motivation(at) => &feeling(at)?.motivation,
            Said::Pain(at) => &self.pains.get(usize::from(at))?.text,
            Said::Opportunity(at) => &self.opportunities.get(usize::from(at))?.text,
            Said::Backstage(at) => &self.backstage.get(usize::from(at))?.text,
            Said::Own => self.texts.get(lane).map_or("", String::as_str),
        })
    }

    /// Says something else in one of its texts. Whether it has such a thing.
    pub fn say(&mut self, lane: &LaneId, said: Said, text: &str) -> bool {
        let place = match said {
            Said::Name => Some(&mut self.name),
            Said::Goal => None,
            Said::Quote(at) => self.feelings.get_mut(usize::from(at)).map(|f| &mut f.quote),
            Said::Thought(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.thought)
            }
            Said::Motivation(at) => {
                let feeling = self.feelings.get_mut(usize::from(at));
                feeling.map(|f| &mut f.motivation)
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

    /// Makes room for one more text in a lane and says which it is; `None` where
    /// the lane holds no more. `id` makes a fresh id for a name; `personas` are those
    /// of the map.
    pub fn room_in(
        &mut self,
        lane: &Lane,
        personas: &[PersonaId],
        id: &mut dyn FnMut(&str) -> String,
    ) -> Option<Said> {
        match lane.kind {
            LaneKind::Thoughts => self.room_in_feelings(personas, |feeling, at| {
                if feeling.quote.is_empty() {
                    return Some(Said::Quote(at));
                }
                feeling.thought.is_empty().then_some(Said::Thought(at))
            }),
            LaneKind::Motivations => self.room_in_feelings(personas, |feeling, at| {
                let empty = feeling.motivation.is_empty();
                empty.then_some(Said::Motivation(at))
            }),
            LaneKind::Pains => {
                let at = Said::place(self.pains.len())?;
                self.pains.push(Pain {
                    id: PainId::from_text(&id("pain")),
                    text: String::new(),
                    severity: Level::default(),
                    votes: 0,
                    actions: Vec::new(),
                    evidence: Evidence::default(),
                });
                Some(Said::Pain(at))
            }
            LaneKind::Opportunities => {
                let at = Said::place(self.opportunities.len())?;
                self.opportunities.push(Opportunity {
                    id: OpportunityId::from_text(&id("opportunity")),
                    text: String::new(),
                    value: Level::default(),
                    delight: false,
                    votes: 0,
                    actions: Vec::new(),
                    evidence: Evidence::default(),
                });
                Some(Said::Opportunity(at))
            }
            LaneKind::Backstage => {
                let at = Said::place(self.backstage.len())?;
                self.backstage.push(Backstage {
                    text: String::new(),
                    kind: Default::default(),
                    department: None,
                });
                Some(Said::Backstage(at))
            }
            LaneKind::Custom if lane.is_written() => {
                let empty = self.texts.get(&lane.id).is_none_or(String::is_empty);
                empty.then_some(Said::Own)
            }
            _ => None,
        }
    }

    fn room_in_feelings(
        &mut self,
        personas: &[PersonaId],
        free: impl Fn(&Feeling, u8) -> Option<Said>,
    ) -> Option<Said> {
        for (at, feeling) in self.feelings.iter().enumerate() {
            if let Some(said) = Said::place(at).and_then(|at| free(feeling, at)) {
                return Some(said);
            }
        }
        let felt = |(i, id): &(usize, &PersonaId)| {
            // A feeling of nobody in particular is the first persona's.
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
        let said = Said::place(self.feelings.len()).and_then(|at| free(&feeling, at))?;
        self.feelings.push(feeling);
        Some(said)
    }

    /// Takes out what says nothing any more and carries nothing else: an entry
    /// whose words were deleted. Whether it did.
    pub fn drop_empty(&mut self, said: Said) -> bool {
        match said {
            Said::Pain(at) => {
                let at = usize::from(at);
                let bare = |p: &Pain| p.text.is_empty() && p.votes == 0 && p.actions.is_empty();
                let bare = self.pains.get(at).is_some_and(bare);
                bare.then(|| self.pains.remove(at)).is_some()
            }
            Said::Opportunity(at) => {
                let at = usize::from(at);
                let bare =
                    |o: &Opportunity| o.text.is_empty() && o.votes == 0 && o.actions.is_empty();
                let bare = self.opportunities.get(at).is_some_and(bare);
                bare.then(|| self.opportunities.remove(at)).is_some()
            }
            Said::Backstage(at) => {
                let at = usize::from(at);
                let bare = |b: &Backstage| b.text.is_empty() && b.department.is_none();
                let bare = self.backstage.get(at).is_some_and(bare);
                bare.then(|| self.backstage.remove(at)).is_some()
            }
            _ => false,
        }
    }

    /// Takes all out that it says in a lane. Whether there was something.
    pub fn clear(&mut self, lane: &Lane) -> bool {
        let said = self.sayings(lane);
        match lane.kind {
            LaneKind::Pains => self.pains.clear(),
            LaneKind::Opportunities => self.opportunities.clear(),
            LaneKind::Backstage => self.backstage.clear(),
            _ => {
                for said in &said {
                    self.say(&lane.id, *said, "");
                }
            }
        }
        !said.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::arbitrary;
    use proptest::prelude::{ProptestConfig, any, prop_assert, prop_assert_eq, proptest};
    use proptest::sample::Index;

    fn lanes() -> Vec<Lane> {
        let mut lanes: Vec<Lane> = LaneKind::STANDARD.map(Lane::standard).into();
        for holds in Holds::ALL {
            lanes.push(Lane::own(LaneId::from_text(holds.word()), "Own", holds));
        }
        lanes
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]
        #[test]
        fn what_is_said_is_read_back_and_leaves_the_rest_alone(
            map in arbitrary::map(),
            text in "[a-zé\\n]{1,12}",
            which in any::<Index>(),
        ) {
            let Some(touchpoint) = map.touchpoints().next() else {
                return Ok(());
            };
            for lane in lanes() {
                let before = touchpoint.clone();
                let mut after = before.clone();
                let personas: Vec<_> = map.personas().iter().map(|p| p.id.clone()).collect();
                let mut id = |name: &str| format!("fresh-{name}");
                if let Some(said) = after.room_in(&lane, &personas, &mut id) {
                    prop_assert_eq!(after.says(&lane.id, said), Some(""));
                    prop_assert!(after.say(&lane.id, said, &text));
                    prop_assert_eq!(after.says(&lane.id, said), Some(&*text));
                    let now = after.sayings(&lane);
                    prop_assert!(now.contains(&said));
                    prop_assert_eq!(now.len(), before.sayings(&lane).len() + 1);
                } else {
                    prop_assert!(!lane.is_written() || !lane.takes_many());
                }
                let said = after.sayings(&lane);
                prop_assert!(said.is_empty() || lane.is_written());
                if !said.is_empty() {
                    let said = said[which.index(said.len())];
                    prop_assert!(after.say(&lane.id, said, &text));
                    prop_assert_eq!(after.says(&lane.id, said), Some(&*text));
                    prop_assert!(!after.drop_empty(said));
                }
                let some = !after.sayings(&lane).is_empty();
                prop_assert_eq!(after.clear(&lane), some);
                prop_assert!(after.sayings(&lane).is_empty());
                prop_assert_eq!(&after.name, &before.name);
            }
        }
    }
}
