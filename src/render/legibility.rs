//! Legibility of a drawing in a room: the kinds of text that cannot be read from the last row.
//!
//! Must not know: windows, files, the choice of another drawing.

use crate::geom::Area;
use crate::model::{Field, ObjectRef};
use crate::room::Room;
use crate::scene::{Group, GroupKey, Pin, Scene, SceneItem, Shape};
use crate::text::CAP_HEIGHT;
use std::collections::BTreeMap;

/// A kind of text of a map, as people call it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TextKind {
    /// The names of stages.
    Stages,
    /// The names of touchpoints.
    Touchpoints,
    /// Channel, owner and other words on cards.
    Cards,
    /// The titles of lanes.
    Lanes,
    /// The words at feelings.
    Feelings,
    /// The texts in lanes.
    Texts,
    /// The labels of paths.
    Paths,
    /// Title, scenario, personas and legends.
    Frame,
}

impl TextKind {
    /// The noun in a sentence.
    pub fn noun(self) -> &'static str {
        match self {
            TextKind::Stages => "stage names",
            TextKind::Touchpoints => "touchpoint names",
            TextKind::Cards => "details of touchpoints",
            TextKind::Lanes => "lane titles",
            TextKind::Feelings => "words at feelings",
            TextKind::Texts => "texts in lanes",
            TextKind::Paths => "labels of paths",
            TextKind::Frame => "title and legend",
        }
    }
}

/// Number of kinds of text that are named in a sentence.
const MAX_NAMED: usize = 4;

/// The part of a scene that is shown, and its size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownPart {
    /// The part, in map units.
    pub area: Area,
    /// Zoom by which the items to draw are chosen.
    pub zoom: f32,
    /// Height of the whole picture, in map units.
    pub picture_height: f64,
    /// Size of type below which text is drawn as a bar that nobody takes for text, in map units.
    pub least_size: f32,
}

impl ShownPart {
    /// A whole scene as a picture of its own, at zoom 1.
    pub fn whole(scene: &Scene) -> ShownPart {
        ShownPart {
            area: Area::new(0.0, 0.0, scene.width, scene.height),
            zoom: 1.0,
            picture_height: scene.height,
            least_size: 0.0,
        }
    }
}

/// Legibility of the shown part of a drawing in a room. Heights are those of capitals, as shares of
/// the height of the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Legibility {
    /// The smallest capital shown; infinite if no text is shown.
    pub smallest: f64,
    /// The smallest capital that is readable.
    pub needed: f64,
    /// The kinds of text that are too small, each with its smallest capital.
    pub failing: BTreeMap<TextKind, f64>,
}

impl Legibility {
    /// Whether all that is shown can be read.
    pub fn is_readable(&self) -> bool {
        self.failing.is_empty()
    }

    /// The factor by which what is shown has to be enlarged to be readable, at least 1.
    pub fn enlargement(&self) -> f64 {
        (self.needed / self.smallest).max(1.0)
    }

    /// The kinds of text that are too small in words, those of the smallest letters first; of many
    /// the first ones.
    pub fn failing_nouns(&self) -> String {
        let mut kinds: Vec<_> = self.failing.iter().collect();
        kinds.sort_by(|a, b| a.1.total_cmp(b.1));
        let mut nouns: Vec<&str> = kinds.iter().map(|(kind, _)| kind.noun()).collect();
        if nouns.len() > MAX_NAMED {
            nouns.truncate(MAX_NAMED - 1);
            nouns.push("more");
        }
        crate::english::join_with_and(&nouns)
    }
}

/// Checks the texts of a scene that are shown and not dimmed.
pub fn legibility(scene: &Scene, shown: &ShownPart, room: Room) -> Legibility {
    let needed = room.smallest_capital();
    let mut sizes: BTreeMap<TextKind, f64> = BTreeMap::new();
    for group in &scene.groups {
        let bounds = group.area(&group.content.bounds);
        if !is_in_sight(group, &bounds, &shown.area) {
            continue;
        }
        for item in &group.content.items {
            let Shape::Text(line) = &item.shape else {
                continue;
            };
            let object = group.content.objects.get(item.object as usize);
            let is_dimmed = object.is_some_and(|object| {
                !scene.highlight.is_off() && !scene.highlight.contains_object(object)
            });
            let is_text = line.size >= shown.least_size;
            let is_drawn = item.zoom.contains(shown.zoom) && is_text && !is_dimmed;
            if !is_drawn || !is_in_sight(group, &group.area(&line.bounds()), &shown.area) {
                continue;
            }
            let height = f64::from(line.size * CAP_HEIGHT) / shown.picture_height;
            let smallest = sizes.entry(kind_of(group, item)).or_insert(height);
            *smallest = smallest.min(height);
        }
    }
    let smallest = sizes.values().copied().fold(f64::INFINITY, f64::min);
    // A tolerance, because a zoom that is computed from the need gives it only nearly.
    sizes.retain(|_, height| *height < needed * (1.0 - 1e-4));
    Legibility {
        smallest,
        needed,
        failing: sizes,
    }
}

/// Whether an area is in sight; pinned groups are, along their axis.
fn is_in_sight(group: &Group, area: &Area, sight: &Area) -> bool {
    let is_across = area.left < sight.right && sight.left < area.right;
    let is_down = area.top < sight.bottom && sight.top < area.bottom;
    match group.pin {
        Pin::None => is_across && is_down,
        Pin::Top
        | Pin::Along {
            is_on_top: true, ..
        } => is_across,
        Pin::Left => is_down,
        Pin::Along { .. } => is_across && is_down,
        Pin::Corner => true,
    }
}

fn kind_of(group: &Group, item: &SceneItem) -> TextKind {
    match group.key {
        GroupKey::Stage(_) | GroupKey::StageTexts(_) | GroupKey::StageOverview(_) => {
            return TextKind::Stages;
        }
        GroupKey::LaneTitle(_) => return TextKind::Lanes,
        GroupKey::Header => return TextKind::Frame,
        _ => {}
    }
    let object = group.content.objects.get(item.object as usize);
    let is_name = matches!(&item.shape, Shape::Text(line) if line.text_field == Some(Field::Name));
    match object.and_then(|object| object.id.object()) {
        Some(ObjectRef::Touchpoint(_)) if is_name => TextKind::Touchpoints,
        Some(ObjectRef::Touchpoint(_)) => TextKind::Cards,
        Some(ObjectRef::Stage(_)) => TextKind::Stages,
        Some(ObjectRef::Feeling(..)) => TextKind::Feelings,
        Some(ObjectRef::Path { .. }) => TextKind::Paths,
        Some(ObjectRef::Lane(_) | ObjectRef::Department(_)) => TextKind::Lanes,
        Some(ObjectRef::Map | ObjectRef::Persona(_)) | None => TextKind::Frame,
        Some(_) => TextKind::Texts,
    }
}
