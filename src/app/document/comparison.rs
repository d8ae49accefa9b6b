//! The comparison of a document with another map: the other map, the choices of the view, and the
//! drawing.
//!
//! Must not know: where the other map comes from, egui's widgets.

use super::cached::{Cached, SameValue};
use crate::compare::{Corrections, Transfer};
use crate::git::Version;
use crate::model::{Map, ObjectRef};
use crate::render::{
    ComparedMaps, ComparisonDrawing, ComparisonLayout, ListedDifference, RenderOptions,
    render_comparison,
};
use crate::scene::{Highlight, Marks, Scene, SelectionSet};
use crate::text::Typesetter;
use crate::theme::ChangeMark;
use std::path::PathBuf;
use std::sync::Arc;

/// A map with which another one can be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompareSource {
    /// The open map with this key.
    Open(u64),
    /// A file.
    File(PathBuf),
    /// A file that is asked for.
    ChooseFile,
    /// The map itself after this number of steps.
    Step(usize),
    /// A version of the map in git.
    Version(Box<Version>),
}

/// The map that a document is compared with.
#[derive(Clone, Debug)]
pub struct OtherMap {
    /// The open map with this key, which is followed while it changes; `None` for a version that
    /// stays as it is.
    pub key: Option<u64>,
    /// The map.
    pub map: Map,
    /// The revision of the open map.
    pub revision: u64,
    /// Its title or version on screen.
    pub name: String,
}

/// The revisions of both maps, the corrections, the direction, and keys and revisions of further
/// futures.
type ComparedKey = (u64, u64, Corrections, bool, Vec<(Option<u64>, u64)>);
/// The compared maps, and the choices of the drawing.
type DrawingKey = (SameValue<ComparedMaps>, RenderOptions, ComparisonLayout);

/// A comparison with another map.
pub struct Comparison {
    /// The other map.
    pub other: OtherMap,
    /// Whether the other map is the later one.
    pub other_is_later: bool,
    /// Further futures of the earlier map, which are open, for the summary.
    pub further: Vec<OtherMap>,
    /// The way in which both are drawn.
    pub layout: ComparisonLayout,
    /// Kinds of differences that are left out, in the order of [`ChangeMark::ALL`].
    pub hidden: [bool; 4],
    /// The stage whose differences are listed, by place in [`ComparedMaps::stages`]; `None` for all.
    pub stage: Option<usize>,
    /// The current difference, by place in the list of all.
    pub current: Option<usize>,
    /// Whether the page of differences is to be shown.
    pub wants_page: bool,
    /// Steps that were said to be the same, or not to be.
    pub corrections: Corrections,
    compared: Cached<ComparedKey, Arc<ComparedMaps>>,
    drawn: Cached<DrawingKey, Arc<ComparisonDrawing>>,
    scene: Cached<(SameValue<ComparisonDrawing>, Highlight), Arc<Scene>>,
}

impl Comparison {
    /// A comparison with another map, the earlier one unless it is said to be later.
    pub fn new(other: OtherMap, other_is_later: bool) -> Comparison {
        Comparison {
            other,
            other_is_later,
            further: Vec::new(),
            layout: ComparisonLayout::default(),
            hidden: [false; 4],
            stage: None,
            current: None,
            wants_page: true,
            corrections: Corrections::default(),
            compared: Cached::default(),
            drawn: Cached::default(),
            scene: Cached::default(),
        }
    }

    /// Both maps compared, of which this is the other one; the same value as before if neither has
    /// changed.
    pub(super) fn compare(&mut self, map: &Map, revision: u64, title: &str) -> Arc<ComparedMaps> {
        let (other, corrections) = (&self.other, &self.corrections);
        let later = self.other_is_later;
        let further = self.further.iter();
        let versions = further.clone().map(|it| (it.key, it.revision)).collect();
        let key = (
            revision,
            other.revision,
            corrections.clone(),
            later,
            versions,
        );
        let maps = self.compared.get(key, || {
            let (this, that) = ((map, title), (&other.map, other.name.as_str()));
            let [before, after] = if later { [this, that] } else { [that, this] };
            let mut maps = ComparedMaps::new(before, after, corrections);
            maps.further = further.map(|it| it.map.clone()).collect();
            Arc::new(maps)
        });
        self.current = self.current.filter(|at| *at < maps.differences.len());
        self.stage = self.stage.filter(|at| *at < maps.stages.len());
        maps
    }

    /// The drawing of compared maps, with what passes the filter highlighted.
    pub(super) fn draw(
        &mut self,
        maps: &Arc<ComparedMaps>,
        options: RenderOptions,
        typesetter: &mut Typesetter,
    ) -> Arc<Scene> {
        let way = self.layout;
        let key = (SameValue(maps.clone()), options.clone(), way);
        let drawn = self.drawn.get(key, || {
            Arc::new(render_comparison(maps, way, &options, typesetter))
        });
        let highlight = self.highlight(maps, &drawn);
        let key = (SameValue(drawn.clone()), highlight.clone());
        self.scene.get(key, || {
            let mut scene = drawn.scene.clone();
            scene.highlight = highlight;
            Arc::new(scene)
        })
    }

    /// The address of an object of the earlier map in the drawing.
    pub(super) fn drawn_earlier(&self, object: &ObjectRef) -> ObjectRef {
        let drawn = self.drawn.last();
        let drawn = drawn.and_then(|drawn| drawn.of_earlier.get(object));
        drawn.unwrap_or(object).clone()
    }

    /// The highlight of the differences that pass the filter.
    fn highlight(&self, maps: &ComparedMaps, drawn: &ComparisonDrawing) -> Highlight {
        if !self.is_filtered() {
            return Highlight::default();
        }
        let mut set = SelectionSet::default();
        for difference in maps.differences.iter().filter(|it| self.passes(it)) {
            let before = difference.before.as_ref();
            let before = before.map(|it| drawn.of_earlier.get(it).unwrap_or(it));
            for object in before.into_iter().chain(&difference.after) {
                match object {
                    ObjectRef::Stage(id) => drop(set.stages.insert(id.clone())),
                    object => set.touchpoints.extend(object.touchpoint().cloned()),
                }
            }
        }
        Highlight {
            marks: Marks::NONE,
            selection: Some(Arc::new(set)),
        }
    }

    /// Whether a difference passes the filter.
    pub fn passes(&self, difference: &ListedDifference) -> bool {
        let mut kinds = ChangeMark::ALL.into_iter().zip(self.hidden);
        let hidden = kinds.any(|(mark, hidden)| hidden && mark == difference.mark);
        !hidden && (self.stage.is_none() || self.stage == difference.stage)
    }

    /// Whether the map that would change is open, so that a difference can be taken over or back.
    pub fn can_transfer(&self, way: Transfer) -> bool {
        let is_other = self.other_is_later == (way == Transfer::TakeBack);
        !is_other || self.other.key.is_some()
    }

    /// Whether a filter is active.
    pub fn is_filtered(&self) -> bool {
        self.stage.is_some() || self.hidden.contains(&true)
    }
}
