//! The comparison of a document: its maps and drawing, the walk through the differences, and the edits
//! that take one over.
//!
//! Must not know: where the other map comes from, egui's widgets.

use super::Document;
use super::camera_target::CameraTarget;
use super::comparison::Comparison;
use super::navigation::Direction;
use super::selection::Selection;
use crate::compare::{Objects, Transfer, transfer};
use crate::edit::Intent;
use crate::model::ObjectRef;
use crate::render::{ComparedMaps, ComparisonLayout, ListedDifference, RenderOptions, View};
use crate::scene::{Highlight, Scene};
use crate::text::Typesetter;
use crate::theme::ChangeMark;
use std::sync::Arc;

impl Document {
    /// The compared maps; the same value as before if neither has changed.
    pub fn compared(&mut self) -> Option<Arc<ComparedMaps>> {
        let title = self.title().to_owned();
        let comparison = self.comparison.as_mut()?;
        let session = &self.session;
        Some(comparison.compare(session.map(), session.revision(), &title))
    }

    /// The drawing of the comparison.
    pub fn comparison_scene(
        &mut self,
        mut options: RenderOptions,
        typesetter: &mut Typesetter,
    ) -> Option<Arc<Scene>> {
        let maps = self.compared()?;
        options.highlight = Highlight::default();
        options.layout.handoffs = false;
        let comparison = self.comparison.as_mut()?;
        Some(comparison.draw(&maps, options, typesetter))
    }

    /// The drawn object of a difference.
    fn drawn_difference(&mut self, at: usize) -> Option<ObjectRef> {
        let maps = self.compared()?;
        let difference = maps.differences.get(at)?;
        if difference.after.is_some() {
            return difference.after.clone();
        }
        let before = difference.before.as_ref()?;
        Some(self.comparison.as_ref()?.drawn_earlier(before))
    }

    /// The drawn object of the current difference.
    pub fn current_difference(&mut self) -> Option<ObjectRef> {
        let current = self.comparison.as_ref()?.current?;
        self.drawn_difference(current)
    }

    /// The difference of a drawn object, or of the touchpoint that it belongs to.
    pub fn difference_of(&mut self, object: &ObjectRef) -> Option<usize> {
        let maps = self.compared()?;
        let comparison = self.comparison.as_ref()?;
        let is_of = |difference: &ListedDifference, object: &ObjectRef| {
            let before = difference.before.as_ref();
            difference.after.as_ref() == Some(object)
                || before.is_some_and(|it| comparison.drawn_earlier(it) == *object)
        };
        let find = |object: &ObjectRef| maps.differences.iter().position(|it| is_of(it, object));
        let card = || find(&ObjectRef::Touchpoint(object.touchpoint()?.clone()));
        find(object).or_else(card)
    }

    /// Makes a difference the current one, selects its object and shows it.
    pub fn select_difference(&mut self, at: usize) {
        let object = self.drawn_difference(at);
        let Some(maps) = self.compared() else {
            return;
        };
        if let Some(comparison) = &mut self.comparison {
            comparison.current = Some(at);
            let difference = maps.differences.get(at);
            let here = difference.and_then(|difference| match comparison.other_is_later {
                true => difference.before.as_ref(),
                false => difference.after.as_ref(),
            });
            let map = self.session.map();
            let selection = here.map_or(Selection::Nothing, |object| {
                Selection::of_object(map, object)
            });
            self.select(selection, false);
        }
        self.camera_target = object.map(CameraTarget::Reveal);
    }

    /// Goes to the next or previous difference that passes the filter; whether there is one.
    pub fn step_difference(&mut self, way: Direction) -> bool {
        let Some(maps) = self.compared() else {
            return false;
        };
        let Some(comparison) = &self.comparison else {
            return false;
        };
        let passing = |at: &usize| comparison.passes(&maps.differences[*at]);
        let count = maps.differences.len();
        let next = match (comparison.current, way) {
            (None, Direction::Next) => (0..count).find(passing),
            (None, Direction::Previous) => (0..count).rev().find(passing),
            (Some(at), Direction::Next) => (at + 1..count).find(passing),
            (Some(at), Direction::Previous) => (0..at).rev().find(passing),
        };
        if let Some(at) = next {
            self.select_difference(at);
        }
        next.is_some()
    }

    /// The edit that takes a difference over or back, and the key of the open map that it is for.
    /// `None` if that map cannot be changed, or has it already.
    pub fn transfer_difference(&mut self, at: usize, way: Transfer) -> Option<(u64, Intent)> {
        let maps = self.compared()?;
        let difference = maps.differences.get(at)?;
        let comparison = self.comparison.as_ref()?;
        let is_other = comparison.other_is_later == (way == Transfer::TakeBack);
        let key = match is_other {
            true => comparison.other.key?,
            false => self.key,
        };
        let objects = Objects {
            before: difference.before.clone(),
            after: difference.after.clone(),
        };
        let verb = match way {
            Transfer::TakeOver => "Take over",
            Transfer::TakeBack => "Take back",
        };
        let record = (&objects, difference.mark == ChangeMark::Moved);
        let label = format!("{verb}: {}", difference.name);
        let both = [&maps.before, &maps.after];
        let intent = transfer(both, &maps.pairs, record, way, label)?;
        Some((key, intent))
    }

    /// Whether a comparison is in front, drawn in this way.
    pub fn compares_in(&self, layout: ComparisonLayout) -> bool {
        let comparison = self.comparison.as_ref();
        self.view == View::Compare && comparison.is_some_and(|it| it.layout == layout)
    }

    /// The comparison as it is exported.
    pub fn exported_comparison(&mut self) -> Option<(Arc<ComparedMaps>, ComparisonLayout)> {
        let maps = self.compared()?;
        Some((maps, self.comparison.as_ref()?.layout))
    }

    /// Compares the map with another one and shows the comparison.
    pub fn compare_with(&mut self, comparison: Comparison) {
        self.comparison = Some(Box::new(comparison));
        self.switch_view(View::Compare);
        self.camera_target = Some(CameraTarget::Start);
    }
}
