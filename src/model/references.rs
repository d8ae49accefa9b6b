//! References from records to other records: one walk to read them, one to change or
//! remove them.
//!
//! Must not know: drawing, files.

use super::field_ref::Field;
use super::id::{ActionId, DepartmentId, Id, ImageId, LaneId};
use super::lane::{LaneContentKind, LaneKind};
use super::map::Map;
use super::object_ref::ObjectRef;
use super::record::{
    Action, Backstage, Feeling, Opportunity, Pain, Path, Persona, Record, Stage, Touchpoint,
};
use rustc_hash::FxHashSet;

/// The custom lanes that contain images.
pub(crate) type PictureLanes = FxHashSet<LaneId>;

/// Receives each reference with its field.
type See<'s> = &'s mut dyn FnMut(Field, ObjectRef);

/// Receives each reference. It may change it to another record of the same kind, or
/// return `false` to remove it.
type Update<'u> = &'u mut dyn FnMut(&mut ObjectRef) -> bool;

/// A record that refers to others. The text of a touchpoint in a picture lane refers to
/// an image. A feeling without a persona contains no reference.
pub(crate) trait Referrer {
    /// Calls `see` with each reference.
    fn for_each_reference(&self, lanes: &PictureLanes, see: See<'_>);

    /// Calls `update` with each reference. Removed with their reference are the feeling
    /// of a persona, the path to a touchpoint and the text in a lane.
    ///
    /// The implementations name all fields of a record: a field added to the model does not
    /// compile until it is decided here whether it is a reference.
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
    /// stage and its touchpoints, actions. A feeling without a persona refers to the
    /// first one.
    pub(crate) fn for_each_reference(
        &self,
        lanes: &PictureLanes,
        see: &mut dyn FnMut(&ObjectRef, Field, ObjectRef),
    ) {
        fn visit<R: Referrer + Record>(
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

/// References in a field.
trait ReferenceField<I> {
    /// Updates each reference and removes those that are not kept.
    fn update(&mut self, kind: fn(I) -> ObjectRef, update: Update<'_>);
}

impl<I: Id> ReferenceField<I> for Option<I> {
    fn update(&mut self, kind: fn(I) -> ObjectRef, update: Update<'_>) {
        self.take_if(|id| !keep(id, kind, update));
    }
}

impl ReferenceField<ActionId> for Vec<ActionId> {
    fn update(&mut self, kind: fn(ActionId) -> ObjectRef, update: Update<'_>) {
        self.retain_mut(|id| keep(id, kind, update));
    }
}

impl ReferenceField<DepartmentId> for Vec<DepartmentId> {
    fn update(&mut self, kind: fn(DepartmentId) -> ObjectRef, update: Update<'_>) {
        let before = self.clone();
        self.retain_mut(|id| keep(id, kind, update));
        if *self != before {
            // Two departments may have become one.
            let mut seen = FxHashSet::default();
            self.retain(|id| seen.insert(id.clone()));
        }
    }
}

/// Implements both walks for records and parts of them: behind the index of a part in its list
/// are the fields that refer to others, with the kind of object and the field of the address,
/// then all other fields.
macro_rules! referrers {
    ($($record:ident($at:ident) {
        $($place:ident: $kind:ident => $field:expr),+; $($other:ident),*
    })*) => {$(
        impl $record {
            fn see_references(&self, $at: usize, see: See<'_>) {
                $(see_all(&self.$place, ObjectRef::$kind, $field, see);)+
            }

            fn update_plain_references(&mut self, update: Update<'_>) {
                let $record { $($place,)+ $($other: _,)* } = self;
                $($place.update(ObjectRef::$kind, update);)+
            }
        }
    )*};
}

referrers! {
    Stage(_at) {
        owner: Department => |_| Field::Owner, supporters: Department => Field::Supporter;
        id, name, goal, time, duration, notes
    }
    Action(_at) { owner: Department => |_| Field::Owner; id, name, status, due, lift, notes }
    Persona(_at) {
        picture: Image => |_| Field::Portrait;
        id, name, role, goals, needs, frustrations, quote, evidence
    }
    // The others of a touchpoint are in its implementation of `Referrer`.
    Touchpoint(_at) {
        channel: Channel => |_| Field::Channel, environment: Environment => |_| Field::Environment,
        owner: Department => |_| Field::Owner, supporters: Department => Field::Supporter;
        id, name, description, time, duration, moment_of_truth, feelings, pains, opportunities,
        backstage, measurements, paths, ends, evidence, tags, pictures, texts, votes, notes
    }
    Feeling(at) {
        persona: Persona => |_| Field::FeelingPersona(Field::index(at));
        score, before, after, emotion, quote, thought, motivation, evidence
    }
    Pain(at) {
        actions: Action => |action| Field::PainAction(Field::index(at), action);
        id, text, severity, votes, evidence
    }
    Opportunity(at) {
        actions: Action => |action| Field::OpportunityAction(Field::index(at), action);
        id, text, value, delight, votes, evidence
    }
    Backstage(at) {
        department: Department => |_| Field::BackstageDepartment(Field::index(at)); text, kind
    }
}

macro_rules! plain_referrers {
    ($($record:ident)*) => {$(
        impl Referrer for $record {
            fn for_each_reference(&self, _: &PictureLanes, see: See<'_>) {
                self.see_references(0, see);
            }

            fn update_references(&mut self, _: &PictureLanes, update: Update<'_>) {
                self.update_plain_references(update);
            }
        }
    )*};
}

plain_referrers! { Stage Action Persona }

impl Referrer for Touchpoint {
    fn for_each_reference(&self, lanes: &PictureLanes, see: See<'_>) {
        self.see_references(0, see);
        for (at, feeling) in self.feelings.iter().enumerate() {
            feeling.see_references(at, see);
        }
        for (at, pain) in self.pains.iter().enumerate() {
            pain.see_references(at, see);
        }
        for (at, opportunity) in self.opportunities.iter().enumerate() {
            opportunity.see_references(at, see);
        }
        for (at, item) in self.backstage.iter().enumerate() {
            item.see_references(at, see);
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
        self.update_plain_references(update);
        self.feelings.retain_mut(|feeling| {
            let is_default = feeling.persona.is_none();
            feeling.update_plain_references(update);
            is_default || feeling.persona.is_some()
        });
        for pain in &mut self.pains {
            pain.update_plain_references(update);
        }
        for opportunity in &mut self.opportunities {
            opportunity.update_plain_references(update);
        }
        for item in &mut self.backstage {
            item.update_plain_references(update);
        }
        self.paths.retain_mut(|path| {
            let Path {
                to,
                kind: _,
                label: _,
                share: _,
            } = path;
            keep(to, ObjectRef::Touchpoint, update)
        });
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
            if keep(&mut lane, ObjectRef::Lane, update) {
                // Two lanes that become one keep both texts.
                let entry = self.texts.entry(lane);
                entry
                    .and_modify(|known| *known = format!("{known}\n{text}"))
                    .or_insert(text);
            }
        }
    }
}
