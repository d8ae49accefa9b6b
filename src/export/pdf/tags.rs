//! The logical structure of a PDF: title, stages as headings, and what belongs to each stage from
//! left to right.
//!
//! Must not know: how anything is drawn.

use crate::scene::{GroupKey, ObjectId, SceneObject};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node, Tag, TagGroup, TagTree};
use std::collections::HashMap;
use std::num::NonZeroU16;

/// The tagged content of a page, in painting order.
#[derive(Default)]
pub(super) struct Tags {
    /// Content with its place in the reading order.
    content: Vec<(ReadingPlace, TagGroup)>,
    /// Stages with the place where each begins, in points.
    stages: Vec<(String, (f32, f32))>,
    names: HashMap<ObjectId, Box<str>>,
}

/// Place in the reading order: the header, then the stages from left to right, each with its
/// heading first, then what belongs to no stage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ReadingPlace {
    stage: usize,
    lane: usize,
}

impl ReadingPlace {
    fn of(key: GroupKey) -> ReadingPlace {
        let (stage, lane) = match key {
            GroupKey::Header => (0, 0),
            GroupKey::Stage(stage)
            | GroupKey::StageTexts(stage)
            | GroupKey::StageOverview(stage)
            | GroupKey::FoldedStage(stage) => (stage + 1, 0),
            GroupKey::LaneContent(lane, stage) | GroupKey::Connectors(lane, stage) => {
                (stage + 1, lane + 1)
            }
            GroupKey::Unnamed | GroupKey::LaneBackground(_) | GroupKey::LaneTitle(_) => {
                (usize::MAX, 0)
            }
        };
        ReadingPlace { stage, lane }
    }
}

impl Tags {
    /// Keeps the name of a stage for its heading.
    pub(super) fn note_name(&mut self, subject: &SceneObject) {
        if subject.id.is_stage() && !subject.title.is_empty() {
            let name = self.names.entry(subject.id.clone());
            name.or_insert_with(|| subject.title.clone());
        }
    }

    /// Adds the content of an object: a heading, a text, or a figure that its name describes.
    pub(super) fn add(
        &mut self,
        key: GroupKey,
        subject: &SceneObject,
        has_text: bool,
        content: Identifier,
        at: (f32, f32),
    ) {
        let children = vec![Node::Leaf(content)];
        let group = if subject.id.is_stage() && has_text {
            let name = self.names.get(&subject.id);
            let name = name.map_or_else(String::new, |name| name.to_string());
            self.stages.push((name.clone(), at));
            TagGroup::with_children(Tag::Hn(level(2), Some(name)), children)
        } else if has_text {
            TagGroup::with_children(Tag::P, children)
        } else {
            let alt = match &*subject.description {
                "" => subject.title.to_string(),
                description => format!("{}: {description}", subject.title),
            };
            TagGroup::with_children(Tag::Figure(Some(alt)), children)
        };
        self.content.push((ReadingPlace::of(key), group));
    }

    /// The outline: the stages, in the order of the tags.
    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for (name, (x, y)) in &self.stages {
            let place = XyzDestination::new(0, Point::from_xy(*x, *y));
            outline.push_child(OutlineNode::new(name.clone(), place));
        }
        outline
    }

    /// The tree of tags, in reading order.
    pub(super) fn tree(mut self, title: &str) -> TagTree {
        self.content.sort_by_key(|(place, _)| *place);
        let mut tree = TagTree::new();
        let mut groups = self.content.into_iter().map(|(_, group)| group);
        // The document begins with its title.
        if let Some(mut first) = groups.next() {
            first.tag = Tag::Hn(level(1), Some(title.to_owned())).into();
            tree.push(first);
        }
        for group in groups {
            tree.push(group);
        }
        tree
    }
}

fn level(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN)
}
