//! Records in lists of their own, whatever their type, with the intents that change them.
//!
//! Must not know: what is compared or merged.

use crate::edit::Intent;
use crate::model::{
    Action, Channel, Comment, Department, Environment, Image, IndexedList, Lane, Map, Note,
    ObjectRef, Persona, PictureLanes, Record, Referrer, SavedView, Stage, Suppression,
};

/// A record in a list of its own, and the intents that change it.
pub(super) trait Listed: Record {
    fn list(map: &Map) -> &IndexedList<Self>;
    fn redirect(&mut self, lanes: &PictureLanes, update: &mut dyn FnMut(&mut ObjectRef) -> bool);
    fn add(self, at: usize) -> Intent;
    fn set(self) -> Option<Intent>;
    fn delete(id: Self::Id) -> Intent;
    fn shift(id: Self::Id, to: usize) -> Option<Intent>;
}

macro_rules! listed {
    (@redirect $record:ident, $lanes:ident, $update:ident, refers) => {
        Referrer::update_references($record, $lanes, $update)
    };
    (@redirect $record:ident, $lanes:ident, $update:ident, plain) => {
        drop(($lanes, $update))
    };
    ($($type:ident $list:ident $refers:ident, |$at:ident, $new:ident| $add:expr, $set:expr, $delete:expr, $shift:expr;)*) => {$(
        impl Listed for $type {
            fn list(map: &Map) -> &IndexedList<Self> {
                map.$list()
            }
            fn redirect(
                &mut self,
                lanes: &PictureLanes,
                update: &mut dyn FnMut(&mut ObjectRef) -> bool,
            ) {
                listed!(@redirect self, lanes, update, $refers);
            }
            fn add(self, $at: usize) -> Intent {
                let $new = Box::new(self);
                $add
            }
            fn set(self) -> Option<Intent> {
                let set: Option<fn(Box<$type>) -> Intent> = $set;
                Some(set?(Box::new(self)))
            }
            fn delete(id: Self::Id) -> Intent {
                $delete(id)
            }
            fn shift(id: Self::Id, to: usize) -> Option<Intent> {
                let shift: Option<fn(Self::Id, usize) -> Intent> = $shift;
                Some(shift?(id, to))
            }
        }
    )*};
}

listed! {
    Persona personas refers, |_at, new| Intent::AddPersona(new), Some(Intent::SetPersona),
        Intent::DeletePersona, Some(|id, to| Intent::MovePersona { id, to });
    Department departments plain, |_at, new| Intent::AddDepartment(new), Some(Intent::SetDepartment),
        Intent::DeleteDepartment, Some(|id, to| Intent::MoveDepartment { id, to });
    Channel channels plain, |_at, new| Intent::AddChannel(new), Some(Intent::SetChannel),
        Intent::DeleteChannel, Some(|id, to| Intent::MoveChannel { id, to });
    Environment environments plain, |_at, new| Intent::AddEnvironment(new), Some(Intent::SetEnvironment),
        Intent::DeleteEnvironment, Some(|id, to| Intent::MoveEnvironment { id, to });
    Lane lanes plain, |_at, new| Intent::AddLane(new), Some(Intent::SetLane),
        Intent::DeleteLane, Some(|id, to| Intent::MoveLane { id, to });
    Stage stages refers, |at, stage| Intent::AddStage { at, stage }, Some(Intent::SetStage),
        Intent::DeleteStage, Some(|id, to| Intent::MoveStage { id, to });
    Action actions refers, |_at, new| Intent::AddAction(new), Some(Intent::SetAction),
        Intent::DeleteAction, None;
    Note notes plain, |_at, new| Intent::AddNote(new), Some(Intent::SetNote),
        Intent::DeleteNote, None;
    Comment comments refers, |_at, new| Intent::AddComment(new), Some(Intent::SetComment),
        Intent::DeleteComment, None;
    SavedView saved_views refers, |_at, new| Intent::AddSavedView(new), Some(Intent::SetSavedView),
        Intent::DeleteSavedView, Some(|id, to| Intent::MoveSavedView { id, to });
    Image images plain, |_at, new| Intent::AddImage(new), Some(Intent::SetImage),
        Intent::DeleteImage, None;
    Suppression suppressions plain, |_at, new| Intent::Suppress(new), Some(Intent::Suppress),
        Intent::Unsuppress, None;
}

/// Calls a generic method for the list of an object.
macro_rules! in_list {
    ($edits:ident.$method:ident, $object:expr, ($($argument:expr),*)) => {
        match $object {
            ObjectRef::Persona(id) => $edits.$method::<Persona>(id, $($argument),*),
            ObjectRef::Department(id) => $edits.$method::<Department>(id, $($argument),*),
            ObjectRef::Channel(id) => $edits.$method::<Channel>(id, $($argument),*),
            ObjectRef::Environment(id) => $edits.$method::<Environment>(id, $($argument),*),
            ObjectRef::Lane(id) => $edits.$method::<Lane>(id, $($argument),*),
            ObjectRef::Stage(id) => $edits.$method::<Stage>(id, $($argument),*),
            ObjectRef::Action(id) => $edits.$method::<Action>(id, $($argument),*),
            ObjectRef::Note(id) => $edits.$method::<Note>(id, $($argument),*),
            ObjectRef::Comment(id) => $edits.$method::<Comment>(id, $($argument),*),
            ObjectRef::SavedView(id) => $edits.$method::<SavedView>(id, $($argument),*),
            ObjectRef::Image(id) => $edits.$method::<Image>(id, $($argument),*),
            ObjectRef::Suppression(id) => $edits.$method::<Suppression>(id, $($argument),*),
            _ => {}
        }
    };
}

pub(super) use in_list;
