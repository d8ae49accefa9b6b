//! The entries of a large card: what is said about a touchpoint, with marks.
//!
//! Must not know: the page and the places of entries.

use super::{Draft, Entry, HEADING, LargeCardMark, QUOTE, SMALL, STRONG, WORDS};
use crate::layout::card::{badge_labels, pain_flag};
use crate::layout::cell_content::persona_index;
use crate::layout::conflicts::conflict_badge;
use crate::layout::flow::score_label;
use crate::layout::text_block::{NO_OWNER_NEEDED, TextBlock, TextRole};
use crate::model::{Field, LaneId, LaneKind, Map, ObjectRef};
use crate::theme::Icon;

impl Draft<'_> {
    /// Owner, channel, environment and badges, with their roles.
    pub(super) fn chip_texts(&self) -> Vec<(LargeCardMark, TextRole, String)> {
        let (map, touchpoint) = (self.map, self.touchpoint);
        let owner = touchpoint.owner.as_ref();
        let (role, owner) = match owner.map(|id| map.departments().get(id)) {
            None if map.needs_no_owner(touchpoint) => (TextRole::Soft, NO_OWNER_NEEDED.to_owned()),
            None => (TextRole::Unowned, "No owner".to_owned()),
            Some(None) => (TextRole::Unowned, "Unknown owner".to_owned()),
            Some(Some(department)) => (TextRole::Normal, department.name.clone()),
        };
        let mut chips = vec![(LargeCardMark::Owner, role, owner)];
        let mut add = |icon, role, word: String| {
            chips.push((LargeCardMark::Icon(icon, role), role, word));
        };
        let channel = touchpoint.channel.as_ref();
        if let Some(channel) = channel.and_then(|id| map.channels().get(id)) {
            let icon = Icon::for_channel(channel.icon.as_deref(), &channel.name);
            add(icon, TextRole::Soft, channel.name.clone());
        }
        let environment = touchpoint.environment.as_ref();
        if let Some(environment) = environment.and_then(|id| map.environments().get(id)) {
            let icon = Icon::for_environment(environment.kind, &environment.name);
            add(icon, TextRole::Soft, environment.name.clone());
        }
        // Pain points and opportunities are listed below.
        let badges = conflict_badge(map, touchpoint).into_iter();
        for (icon, role, word) in badges.chain(badge_labels(touchpoint)) {
            if !matches!(role, TextRole::Pain | TextRole::Opportunity) {
                add(
                    icon,
                    role,
                    if icon == Icon::Vote {
                        format!("{word} votes")
                    } else {
                        word
                    },
                );
            }
        }
        chips
    }

    /// The feelings with the words of the customers, in a column of this width.
    pub(super) fn feelings(&mut self, width: f32) -> Vec<Entry> {
        let (map, touchpoint) = (self.map, self.touchpoint);
        let words = lane_of(map, LaneKind::Thoughts);
        let side = 58.0 * self.scale;
        let room = (width - side - self.mark_gap()).max(1.0);
        let mut entries = Vec::new();
        for (at, feeling) in touchpoint.feelings.iter().enumerate() {
            let at = Field::index(at);
            let persona = persona_index(map, feeling);
            let who = map.personas().as_slice().get(persona);
            let several = map.personas().len() > 1;
            if let Some(score) = feeling.score {
                let said = match feeling.emotion.trim() {
                    "" => score_label(score).1.to_owned(),
                    emotion => emotion.to_owned(),
                };
                let mut blocks = vec![(
                    self.block(&said, STRONG, TextRole::Normal, room),
                    Some(Field::Emotion(at)),
                )];
                let name = who.filter(|_| several).map_or("", |p| p.name.as_str());
                let line = match name {
                    "" => score.to_string(),
                    name => format!("{name}  ·  {score}"),
                };
                blocks.push((self.block(&line, SMALL, TextRole::Soft, room), None));
                entries.push(Entry {
                    object: ObjectRef::Feeling(
                        touchpoint.id.clone(),
                        who.map(|persona| persona.id.clone()),
                    ),
                    mark: Some((LargeCardMark::Face(score, persona), side)),
                    is_heading: false,
                    blocks,
                });
            }
            let mut blocks = Vec::new();
            if !feeling.quote.trim().is_empty() {
                let quote = format!("“{}”", feeling.quote);
                let block = self.block(&quote, QUOTE, TextRole::Normal, width);
                blocks.push((block, Some(Field::Quote(at))));
            }
            if !feeling.thought.trim().is_empty() {
                let block = self.block(&feeling.thought, WORDS, TextRole::Soft, width);
                blocks.push((block, Some(Field::Thought(at))));
            }
            if !blocks.is_empty() {
                entries.push(self.cell(words.as_ref(), None, blocks));
            }
        }
        entries
    }

    /// Pain points and opportunities, in a column of this width.
    pub(super) fn needs(&mut self, width: f32) -> Vec<Entry> {
        let touchpoint = self.touchpoint;
        let side = 26.0 * self.scale;
        let room = (width - side - self.mark_gap()).max(1.0);
        let pains = lane_of(self.map, LaneKind::Pains);
        let opportunities = lane_of(self.map, LaneKind::Opportunities);
        let mut entries = Vec::new();
        if !touchpoint.pains.is_empty() {
            entries.push(self.heading("Pain points", width));
        }
        for (at, pain) in touchpoint.pains.iter().enumerate() {
            let mark = LargeCardMark::Icon(pain_flag(pain.severity), TextRole::Pain);
            let field = Field::Pain(Field::index(at));
            let block = self.block(placeholder(&pain.text), WORDS, TextRole::Normal, room);
            entries.push(self.cell(
                pains.as_ref(),
                Some((mark, side)),
                vec![(block, Some(field))],
            ));
        }
        if !touchpoint.opportunities.is_empty() {
            entries.push(self.heading("Opportunities", width));
        }
        for (at, found) in touchpoint.opportunities.iter().enumerate() {
            let icon = if found.delight {
                Icon::Star
            } else {
                Icon::Bulb
            };
            let mark = LargeCardMark::Icon(icon, TextRole::Opportunity);
            let field = Field::Opportunity(Field::index(at));
            let block = self.block(placeholder(&found.text), WORDS, TextRole::Normal, room);
            let lane = opportunities.as_ref();
            entries.push(self.cell(lane, Some((mark, side)), vec![(block, Some(field))]));
        }
        entries
    }

    /// An entry of a lane; without the lane its texts cannot be edited here.
    fn cell(
        &self,
        lane: Option<&LaneId>,
        mark: Option<(LargeCardMark, f32)>,
        mut blocks: Vec<(TextBlock, Option<Field>)>,
    ) -> Entry {
        let object = match lane {
            Some(lane) => ObjectRef::Cell(self.touchpoint.id.clone(), lane.clone()),
            None => {
                blocks.iter_mut().for_each(|(_, field)| *field = None);
                self.address()
            }
        };
        Entry {
            object,
            mark,
            is_heading: false,
            blocks,
        }
    }

    /// A heading over entries of a column of this width.
    fn heading(&mut self, words: &str, width: f32) -> Entry {
        let block = self.block(words, HEADING, TextRole::Soft, width);
        Entry {
            object: self.address(),
            mark: None,
            is_heading: true,
            blocks: vec![(block, None)],
        }
    }
}

fn placeholder(text: &str) -> &str {
    match text.trim() {
        "" => "No words yet",
        text => text,
    }
}

fn lane_of(map: &Map, kind: LaneKind) -> Option<LaneId> {
    let mut lanes = map.lanes().iter();
    lanes
        .find(|lane| lane.kind == kind)
        .map(|lane| lane.id.clone())
}
