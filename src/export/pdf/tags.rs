//! The logical structure of a PDF: title, stages as headings, and what belongs to each stage from
//! left to right.
//!
//! Must not know: how anything is drawn.

use crate::scene::{GroupKey, ObjectId, Scene, SceneObject};
use krilla::destination::XyzDestination;
use krilla::geom::Point;
use krilla::outline::{Outline, OutlineNode};
use krilla::tagging::{Identifier, Node, Tag, TagGroup, TagTree};
use std::collections::{HashMap, HashSet};
use std::num::NonZeroU16;

/// The tagged content of a document, in painting order.
#[derive(Default)]
pub(super) struct Tags {
    content: Vec<Content>,
    /// Entries of the outline: name, page, and place on it in points.
    entries: Vec<(String, usize, (f32, f32))>,
    /// Parts and stages that the outline lists.
    listed: HashSet<(usize, ObjectId)>,
    names: HashMap<ObjectId, Box<str>>,
    /// Title of each part.
    titles: Vec<String>,
    /// Whether the title of the document is a heading, above those of the stages.
    has_title: bool,
}

/// A page, and the part of the document in whose reading order its content stands.
#[derive(Clone, Copy)]
pub(super) struct Part {
    /// Index of the page.
    pub(super) page: usize,
    /// Index of the part.
    pub(super) part: usize,
    /// Whether the outline lists the stages on the page.
    pub(super) lists_stages: bool,
}

/// The role of content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// The title of the part.
    Title,
    /// The heading of a stage.
    Stage,
    Text,
    /// A drawing that the name of its object describes.
    Figure,
}

struct Content {
    place: ReadingPlace,
    group: TagGroup,
}

/// Place in the reading order: in each part the header, then the stages from left to right, each
/// with its heading first, then what belongs to no stage.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct ReadingPlace {
    part: usize,
    stage: usize,
    lane: usize,
}

impl ReadingPlace {
    fn of(part: usize, key: GroupKey, role: Role) -> ReadingPlace {
        let (stage, lane) = match key {
            _ if role == Role::Title => (0, 0),
            GroupKey::Header => (0, 1),
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
        ReadingPlace { part, stage, lane }
    }
}

impl Tags {
    /// Begins a part of the document: keeps its title, which may be drawn, and the names of its
    /// stages for headings.
    pub(super) fn begin_part(&mut self, title: &str, is_drawn: bool, scene: &Scene) {
        if self.titles.is_empty() {
            self.has_title = is_drawn;
        }
        self.titles.push(title.to_owned());
        for object in scene.groups.iter().flat_map(|group| &group.content.objects) {
            if object.id.is_stage() && !object.title.is_empty() {
                let name = self.names.entry(object.id.clone());
                name.or_insert_with(|| object.title.clone());
            }
        }
    }

    /// Adds a page to the outline.
    pub(super) fn list_page(&mut self, title: &str, page: usize) {
        self.entries.push((title.to_owned(), page, (0.0, 0.0)));
    }

    /// Adds content of an object; returns its index, for links.
    pub(super) fn add(
        &mut self,
        part: Part,
        key: GroupKey,
        object: &SceneObject,
        role: Role,
        content: Identifier,
        at: (f32, f32),
    ) -> usize {
        let children = vec![Node::Leaf(content)];
        let group = match role {
            Role::Title => {
                let title = self.titles.get(part.part).cloned().unwrap_or_default();
                let level = if part.part == 0 { 1 } else { 2 };
                TagGroup::with_children(Tag::Hn(depth(level), Some(title)), children)
            }
            Role::Stage => {
                let name = self.names.get(&object.id);
                let name = name.map_or("Stage without a name", |name| name).to_owned();
                // A stage in two rows begins in the first.
                if part.lists_stages && self.listed.insert((part.part, object.id.clone())) {
                    self.entries.push((name.clone(), part.page, at));
                }
                let level = if self.has_title { 2 } else { 1 };
                TagGroup::with_children(Tag::Hn(depth(level), Some(name)), children)
            }
            Role::Text => TagGroup::with_children(Tag::P, children),
            Role::Figure => {
                let alt = match &*object.description {
                    "" => object.title.to_string(),
                    description => format!("{}: {description}", object.title),
                };
                TagGroup::with_children(Tag::Figure(Some(alt)), children)
            }
        };
        let place = ReadingPlace::of(part.part, key, role);
        self.content.push(Content { place, group });
        self.content.len() - 1
    }

    /// Makes content a link with this annotation.
    pub(super) fn add_link(&mut self, content: usize, annotation: Identifier) {
        if let Some(Content { group, .. }) = self.content.get_mut(content) {
            let mut link = TagGroup::with_children(Tag::Link, std::mem::take(&mut group.children));
            link.push(annotation);
            group.push(link);
        }
    }

    /// The outline: pages, or stages in the order of the tags.
    pub(super) fn outline(&self) -> Outline {
        let mut outline = Outline::new();
        for (name, page, (x, y)) in &self.entries {
            let place = XyzDestination::new(*page, Point::from_xy(x.max(0.0), y.max(0.0)));
            outline.push_child(OutlineNode::new(name.clone(), place));
        }
        outline
    }

    /// The tree of tags, in reading order.
    pub(super) fn tree(mut self) -> TagTree {
        self.content.sort_by_key(|content| content.place);
        let mut tree = TagTree::new();
        for content in self.content {
            tree.push(content.group);
        }
        tree
    }
}

fn depth(number: u16) -> NonZeroU16 {
    NonZeroU16::new(number).unwrap_or(NonZeroU16::MIN)
}
