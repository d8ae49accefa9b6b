//! References from records to other records: one walk to read them, one to change or
//! remove them.
//!
//! Must not know: drawing, files.

use super::field_ref::Field;
use super::id::{DepartmentId, Id, ImageId, LaneId};
use super::lane::{LaneContentKind, LaneKind};
use super::map::Map;
use super::object_ref::ObjectRef;
use super::record::{Action, Comment, Persona, Record, SavedView, Stage, Touchpoint};
use rustc_hash::{FxHashMap, FxHashSet};

/// The custom lanes that contain images.
pub(crate) type PictureLanes = FxHashSet<LaneId>;

/// Receives each reference with its field.
type See<'s> = &'s mut dyn FnMut(Field, ObjectRef);

/// Receives each reference. It may change it to another record of the same kind, or
/// return `false` to remove it.
type Update<'u> = &'u mut dyn FnMut(&mut ObjectRef) -> bool;

/// A record that refers to others. The text of a touchpoint in a picture lane refers to
/// an image. A feeling without a persona contains no reference.
pub(crate) trait Referrer: Record {
    /// Calls `see` with each reference.
    fn for_each_reference(&self, lanes: &PictureLanes, see: See<'_>);

    /// Calls `update` with each reference. Removed with their reference are the feeling
    /// of a persona, the path to a touchpoint and the text in a lane.
    fn update_references(&mut self, lanes: &PictureLanes, update: Update<'_>);
}

impl Map {
    /// Returns the custom lanes that contain images.
    pub(crate) fn picture_lanes(&self) -> PictureLanes {
        let lanes = self.lanes().iter();
        lanes
            .filter(|l| l.kind == LaneKind::Custom && l.holds == LaneContentKind::Picture)
            .map(|l| l.id.clone())
            .collect()
    }

    /// Calls `see` with each referring record and each of its references: personas, each
    /// stage and its touchpoints, actions, saved views. A feeling without a persona refers to the
    /// first one. Comments point at records without using them, and are left out.
    pub(crate) fn for_each_reference(
        &self,
        lanes: &PictureLanes,
        see: &mut dyn FnMut(&ObjectRef, Field, ObjectRef),
    ) {
        fn visit<R: Referrer>(
            record: &R,
            lanes: &PictureLanes,
            see: &mut dyn FnMut(&ObjectRef, Field, ObjectRef),
        ) {
            let referrer = record.object();
            record.for_each_reference(lanes, &mut |field, to| see(&referrer, field, to));
        }
        let first = self.personas().iter().next();
        for persona in self.personas() {
            visit(persona, lanes, see);
        }
        for (stage, touchpoints) in self.touchpoint_lists() {
            visit(stage, lanes, see);
            for touchpoint in touchpoints {
                visit(touchpoint, lanes, see);
                let mut feelings = touchpoint.feelings.iter();
                if let Some(persona) = first
                    && let Some(at) = feelings.position(|f| f.persona.is_none())
                {
                    let field = Field::FeelingPersona(Field::index(at));
                    see(&touchpoint.into(), field, persona.into());
                }
            }
        }
        for action in self.actions() {
            visit(action, lanes, see);
        }
        for view in self.saved_views() {
            visit(view, lanes, see);
        }
    }

    /// Returns the images that something refers to.
    pub(crate) fn shown_images(&self) -> FxHashSet<ImageId> {
        let mut shown = FxHashSet::default();
        self.for_each_reference(&self.picture_lanes(), &mut |_, _, to| {
            if let ObjectRef::Image(id) = to {
                shown.insert(id);
            }
        });
        shown
    }
}

fn see_all<'r, I: Id + 'r>(
    ids: impl IntoIterator<Item = &'r I>,
    kind: fn(I) -> ObjectRef,
    field: impl Fn(u16) -> Field,
    see: See<'_>,
) {
    for (at, id) in ids.into_iter().enumerate() {
        see(field(Field::index(at)), kind(id.clone()));
    }
}

/// Updates one reference; `false` if it is to be removed.
fn keep<I: Id>(id: &mut I, kind: fn(I) -> ObjectRef, update: Update<'_>) -> bool {
    let mut object = kind(id.clone());
    let kept = update(&mut object);
    if object.key() != id.as_str() {
        *id = I::from_text(&object.key());
    }
    kept
}

/// Updates references in a list; of two that become one, the first stays.
fn keep_each<I: Id>(ids: &mut Vec<I>, kind: fn(I) -> ObjectRef, update: Update<'_>) {
    keep_distinct(ids, &mut FxHashMap::default(), kind, update);
}

/// Updates references in a list; one that becomes the same as a reference `seen` before is removed.
/// `seen` has the former id by the present one.
fn keep_distinct<I: Id>(
    ids: &mut Vec<I>,
    seen: &mut FxHashMap<I, I>,
    kind: fn(I) -> ObjectRef,
    update: Update<'_>,
) {
    ids.retain_mut(|id| {
        let former = id.clone();
        keep(id, kind, update)
            && *seen.entry(id.clone()).or_insert_with(|| former.clone()) == former
    });
}

/// Updates owner and supporters; where two departments become one, an owner is not its own
/// supporter.
fn update_owners(
    owner: &mut Option<DepartmentId>,
    supporters: &mut Vec<DepartmentId>,
    update: Update<'_>,
) {
    let former = owner.clone();
    owner.take_if(|id| !keep(id, ObjectRef::Department, update));
    let mut seen: FxHashMap<_, _> = owner.iter().cloned().zip(former).collect();
    keep_distinct(supporters, &mut seen, ObjectRef::Department, update);
}

impl Referrer for Stage {
    fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
        see_all(&self.owner, ObjectRef::Department, |_| Field::Owner, see);
        see_all(
            &self.supporters,
            ObjectRef::Department,
            Field::Supporter,
            see,
        );
    }

    fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
        update_owners(&mut self.owner, &mut self.supporters, update);
    }
}

impl Referrer for Action {
    fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
        see_all(&self.owner, ObjectRef::Department, |_| Field::Owner, see);
    }

    fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
        self.owner
            .take_if(|id| !keep(id, ObjectRef::Department, update));
    }
}

impl Referrer for Persona {
    fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
        see_all(&self.picture, ObjectRef::Image, |_| Field::Portrait, see);
    }

    fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
        self.picture
            .take_if(|id| !keep(id, ObjectRef::Image, update));
    }
}

impl Referrer for Comment {
    fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
        let Some(about) = &self.about else { return };
        let field = |_| Field::CommentSubject;
        see_all(&about.stage, ObjectRef::Stage, field, see);
        see_all(&about.touchpoint, ObjectRef::Touchpoint, field, see);
        see_all(&about.to, ObjectRef::Touchpoint, field, see);
        see_all(&about.persona, ObjectRef::Persona, field, see);
        see_all(&about.lane, ObjectRef::Lane, field, see);
        see_all(&about.department, ObjectRef::Department, field, see);
        see_all(&about.channel, ObjectRef::Channel, field, see);
        see_all(&about.environment, ObjectRef::Environment, field, see);
        see_all(&about.action, ObjectRef::Action, field, see);
        see_all(&about.note, ObjectRef::Note, field, see);
        see_all(&about.picture, ObjectRef::Image, field, see);
        see_all(&about.saved_view, ObjectRef::SavedView, field, see);
    }

    fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
        let Some(about) = &mut self.about else { return };
        about
            .stage
            .take_if(|id| !keep(id, ObjectRef::Stage, update));
        let touchpoint = ObjectRef::Touchpoint;
        about.touchpoint.take_if(|id| !keep(id, touchpoint, update));
        about.to.take_if(|id| !keep(id, touchpoint, update));
        about
            .persona
            .take_if(|id| !keep(id, ObjectRef::Persona, update));
        about.lane.take_if(|id| !keep(id, ObjectRef::Lane, update));
        about
            .department
            .take_if(|id| !keep(id, ObjectRef::Department, update));
        about
            .channel
            .take_if(|id| !keep(id, ObjectRef::Channel, update));
        about
            .environment
            .take_if(|id| !keep(id, ObjectRef::Environment, update));
        about
            .action
            .take_if(|id| !keep(id, ObjectRef::Action, update));
        about.note.take_if(|id| !keep(id, ObjectRef::Note, update));
        about
            .picture
            .take_if(|id| !keep(id, ObjectRef::Image, update));
        about
            .saved_view
            .take_if(|id| !keep(id, ObjectRef::SavedView, update));
    }
}

impl Referrer for SavedView {
    fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
        let (persona, lane) = (ObjectRef::Persona, ObjectRef::Lane);
        let (department, touchpoint) = (ObjectRef::Department, ObjectRef::Touchpoint);
        see_all(&self.personas, persona, Field::FilterPersona, see);
        see_all(&self.owners, department, Field::FilterOwner, see);
        see_all(&self.departments, department, Field::FilterDepartment, see);
        see_all(
            &self.channels,
            ObjectRef::Channel,
            Field::FilterChannel,
            see,
        );
        let environments = &self.environments;
        see_all(
            environments,
            ObjectRef::Environment,
            Field::FilterEnvironment,
            see,
        );
        see_all(&self.lanes, lane, Field::ShownLane, see);
        see_all(
            &self.folded_stages,
            ObjectRef::Stage,
            Field::FoldedStage,
            see,
        );
        see_all(&self.folded_lanes, lane, Field::FoldedLane, see);
        see_all(&self.hidden_curves, persona, Field::HiddenCurve, see);
        see_all(&self.persona, persona, |_| Field::FrontPersona, see);
        see_all(&self.from, touchpoint, |_| Field::FirstInSight, see);
        see_all(&self.to, touchpoint, |_| Field::LastInSight, see);
        see_all(&self.upper, lane, |_| Field::UpperLane, see);
        see_all(&self.lower, lane, |_| Field::LowerLane, see);
    }

    fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
        let (persona, lane) = (ObjectRef::Persona, ObjectRef::Lane);
        let (department, touchpoint) = (ObjectRef::Department, ObjectRef::Touchpoint);
        keep_each(&mut self.personas, persona, update);
        keep_each(&mut self.owners, department, update);
        keep_each(&mut self.departments, department, update);
        keep_each(&mut self.channels, ObjectRef::Channel, update);
        keep_each(&mut self.environments, ObjectRef::Environment, update);
        keep_each(&mut self.lanes, lane, update);
        keep_each(&mut self.folded_stages, ObjectRef::Stage, update);
        keep_each(&mut self.folded_lanes, lane, update);
        keep_each(&mut self.hidden_curves, persona, update);
        self.persona.take_if(|id| !keep(id, persona, update));
        self.from.take_if(|id| !keep(id, touchpoint, update));
        self.to.take_if(|id| !keep(id, touchpoint, update));
        self.upper.take_if(|id| !keep(id, lane, update));
        self.lower.take_if(|id| !keep(id, lane, update));
    }
}

impl Referrer for Touchpoint {
    fn for_each_reference(&self, lanes: &PictureLanes, see: See<'_>) {
        see_all(&self.channel, ObjectRef::Channel, |_| Field::Channel, see);
        let environment = &self.environment;
        see_all(
            environment,
            ObjectRef::Environment,
            |_| Field::Environment,
            see,
        );
        see_all(&self.owner, ObjectRef::Department, |_| Field::Owner, see);
        see_all(
            &self.supporters,
            ObjectRef::Department,
            Field::Supporter,
            see,
        );
        for (at, feeling) in self.feelings.iter().enumerate() {
            let field = |_| Field::FeelingPersona(Field::index(at));
            see_all(&feeling.persona, ObjectRef::Persona, field, see);
        }
        for (at, pain) in self.pains.iter().enumerate() {
            let field = |action| Field::PainAction(Field::index(at), action);
            see_all(&pain.actions, ObjectRef::Action, field, see);
        }
        for (at, opportunity) in self.opportunities.iter().enumerate() {
            let field = |action| Field::OpportunityAction(Field::index(at), action);
            see_all(&opportunity.actions, ObjectRef::Action, field, see);
        }
        for (at, item) in self.backstage.iter().enumerate() {
            let field = |_| Field::BackstageDepartment(Field::index(at));
            see_all(&item.department, ObjectRef::Department, field, see);
        }
        let targets = self.paths.iter().map(|path| &path.to);
        see_all(targets, ObjectRef::Touchpoint, Field::PathTarget, see);
        see_all(&self.pictures, ObjectRef::Image, Field::Picture, see);
        for (lane, text) in &self.texts {
            see(Field::CustomLane, ObjectRef::Lane(lane.clone()));
            if lanes.contains(lane) {
                see(Field::CustomLane, ObjectRef::Image(text.as_str().into()));
            }
        }
    }

    fn update_references(&mut self, lanes: &PictureLanes, update: Update<'_>) {
        self.channel
            .take_if(|id| !keep(id, ObjectRef::Channel, update));
        self.environment
            .take_if(|id| !keep(id, ObjectRef::Environment, update));
        update_owners(&mut self.owner, &mut self.supporters, update);
        self.feelings.retain_mut(|feeling| {
            let mut persona = feeling.persona.iter_mut();
            persona.all(|id| keep(id, ObjectRef::Persona, update))
        });
        let pains = self.pains.iter_mut().map(|pain| &mut pain.actions);
        let opportunities = self.opportunities.iter_mut();
        for actions in pains.chain(opportunities.map(|it| &mut it.actions)) {
            actions.retain_mut(|id| keep(id, ObjectRef::Action, update));
        }
        for item in &mut self.backstage {
            let department = &mut item.department;
            department.take_if(|id| !keep(id, ObjectRef::Department, update));
        }
        self.paths
            .retain_mut(|path| keep(&mut path.to, ObjectRef::Touchpoint, update));
        self.pictures
            .retain_mut(|id| keep(id, ObjectRef::Image, update));
        for (mut lane, mut text) in std::mem::take(&mut self.texts) {
            if lanes.contains(&lane) {
                let mut image = ImageId::from(text.as_str());
                if !keep(&mut image, ObjectRef::Image, update) {
                    continue;
                }
                text = image.to_string();
            }
            if !keep(&mut lane, ObjectRef::Lane, update) {
                continue;
            }
            // Two lanes that become one keep both texts.
            let known = self.texts.entry(lane).or_default();
            if !known.is_empty() {
                known.push('\n');
            }
            known.push_str(&text);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::arbitrary;
    use crate::model::{Backstage, CommentSubject, Feeling, Opportunity, Pain, Path};
    use proptest::prelude::{ProptestConfig, prop_assert_eq, proptest};

    /// A field added to the model does not compile until it is decided here whether it is
    /// a reference, which both walks visit.
    #[expect(dead_code, clippy::too_many_arguments, reason = "only compiled")]
    fn every_field_is_a_reference_or_not(
        stage: Stage,
        action: Action,
        persona: Persona,
        touchpoint: Touchpoint,
        pain: Pain,
        opportunity: Opportunity,
        view: SavedView,
        comment: Comment,
    ) {
        let Comment {
            about,
            // No references:
            id: _,
            text: _,
            formerly: _,
            author: _,
            date: _,
            question: _,
            resolved: _,
            replies: _,
        } = comment;
        let Some(CommentSubject {
            stage: _,
            touchpoint: _,
            to: _,
            persona: _,
            lane: _,
            department: _,
            channel: _,
            environment: _,
            action: _,
            note: _,
            picture: _,
            saved_view: _,
            // No references to records:
            path: _,
            pain: _,
            opportunity: _,
        }) = about
        else {
            return;
        };
        let SavedView {
            personas: _,
            owners: _,
            departments: _,
            channels: _,
            environments: _,
            lanes: _,
            folded_stages: _,
            folded_lanes: _,
            hidden_curves: _,
            persona: _,
            from: _,
            to: _,
            upper: _,
            lower: _,
            // No references:
            id: _,
            name: _,
            view: _,
            compact: _,
            rows: _,
            handoffs: _,
            colour: _,
            highlight: _,
            evidence: _,
            tags: _,
            without: _,
        } = view;
        let Stage {
            owner: _,
            supporters: _,
            // No references:
            id: _,
            name: _,
            goal: _,
            time: _,
            duration: _,
            notes: _,
            checked: _,
        } = stage;
        let Action {
            owner: _,
            // No references:
            id: _,
            name: _,
            status: _,
            due: _,
            done_on: _,
            lift: _,
            notes: _,
        } = action;
        let Persona {
            picture: _,
            // No references:
            id: _,
            name: _,
            role: _,
            goals: _,
            needs: _,
            frustrations: _,
            quote: _,
            evidence: _,
        } = persona;
        let Touchpoint {
            channel: _,
            environment: _,
            owner: _,
            supporters: _,
            feelings,
            pains: _,
            opportunities: _,
            backstage,
            paths,
            pictures: _,
            texts: _,
            // No references:
            id: _,
            name: _,
            description: _,
            time: _,
            duration: _,
            moment_of_truth: _,
            measurements: _,
            ends: _,
            evidence: _,
            tags: _,
            votes: _,
            notes: _,
        } = touchpoint;
        for feeling in feelings {
            let Feeling {
                persona: _,
                // No references:
                score: _,
                before: _,
                after: _,
                emotion: _,
                quote: _,
                thought: _,
                motivation: _,
                evidence: _,
            } = feeling;
        }
        let Pain {
            actions: _,
            // No references:
            id: _,
            text: _,
            severity: _,
            votes: _,
            evidence: _,
        } = pain;
        let Opportunity {
            actions: _,
            // No references:
            id: _,
            text: _,
            value: _,
            delight: _,
            votes: _,
            evidence: _,
        } = opportunity;
        for item in backstage {
            let Backstage {
                department: _,
                // No references:
                text: _,
                kind: _,
            } = item;
        }
        for path in paths {
            let Path {
                to: _,
                // No references:
                kind: _,
                label: _,
                share: _,
            } = path;
        }
    }

    fn walks<R: Referrer>(record: &R, lanes: &PictureLanes) -> (R, Vec<String>, Vec<String>) {
        let (mut read, mut updated) = (Vec::new(), Vec::new());
        record.for_each_reference(lanes, &mut |_, to| read.push(format!("{to:?}")));
        let mut copy = record.clone();
        copy.update_references(lanes, &mut |to| {
            updated.push(format!("{to:?}"));
            true
        });
        read.sort();
        updated.sort();
        (copy, read, updated)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn both_walks_visit_the_same_references(map in arbitrary::map()) {
            let lanes = map.picture_lanes();
            for touchpoint in map.touchpoints() {
                let (copy, read, updated) = walks(touchpoint, &lanes);
                prop_assert_eq!(&copy, touchpoint);
                prop_assert_eq!(read, updated);
            }
            for stage in map.stages() {
                let (copy, read, updated) = walks(stage, &lanes);
                prop_assert_eq!(&copy, stage);
                prop_assert_eq!(read, updated);
            }
            for comment in map.comments() {
                let (copy, read, updated) = walks(comment, &lanes);
                prop_assert_eq!(&copy, comment);
                prop_assert_eq!(read, updated);
            }
            for view in map.saved_views() {
                let (copy, read, updated) = walks(view, &lanes);
                prop_assert_eq!(&copy, view);
                prop_assert_eq!(read, updated);
            }
        }
    }
}
