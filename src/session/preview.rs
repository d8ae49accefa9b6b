//! Preview of a change that is not yet committed, for example during a drag.
//!
//! A proposal is applied to the map, so that the drawing and all derived data show
//! the real result. It enters the history when it is committed; cancelling restores
//! the exact previous map. Any other change, undo or save cancels it first and
//! never includes it.
//!
//! Must not know: gestures, windows.

use super::Session;
use crate::edit::{Intent, PlanError, UndoStep, plan_and_apply, step_label};
use crate::model::Map;

impl Session {
    /// Replaces the current proposal with this one. Returns whether the map differs
    /// from the one without proposals.
    ///
    /// # Errors
    /// If the intent cannot be carried out; nothing is proposed then.
    pub fn propose(&mut self, intent: &Intent) -> Result<bool, PlanError> {
        let former = self.revert_proposal();
        self.snapshot_before_change();
        let fulfilled = plan_and_apply(&mut self.map, intent);
        let changes = fulfilled.as_ref().cloned().unwrap_or_default();
        let same = former
            .as_ref()
            .map_or(changes.is_empty(), |it| it.changes == changes);
        if !changes.is_empty() {
            self.proposal = Some(UndoStep {
                label: step_label(intent, &changes, &self.map),
                changes,
                merge_key: None,
            });
        }
        // An equal proposal leads to the same map, so nothing is derived again.
        if !same {
            self.revision += 1;
        }
        fulfilled.map(|changes| !changes.is_empty())
    }

    /// Commits the proposal as a step of the history. Returns whether there was
    /// one.
    pub fn commit(&mut self) -> bool {
        let pending = self.proposal.take();
        pending.map(|step| self.record_step(step)).is_some()
    }

    /// Cancels the proposal and restores the map. Returns whether there was one.
    pub fn cancel(&mut self) -> bool {
        let was = self.revert_proposal().is_some();
        self.revision += u64::from(was);
        was
    }

    /// Returns the map as it would be after [`Session::cancel`].
    pub(super) fn map_without_proposal(&self) -> Map {
        let mut map = self.map.clone();
        if let Some(pending) = &self.proposal {
            let taken = pending.changes.inverse().apply(&mut map);
            debug_assert!(taken.is_ok(), "a proposal does not fit its own map");
        }
        map
    }

    fn revert_proposal(&mut self) -> Option<UndoStep> {
        let pending = self.proposal.take()?;
        let taken = pending.changes.inverse().apply(&mut self.map);
        debug_assert!(taken.is_ok(), "a proposal does not fit its own map");
        Some(pending)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Stage, StageId, Touchpoint};

    fn session() -> Session {
        let mut session = Session::untitled(Map::with_title("Test"));
        for at in 0..3 {
            let id: StageId = format!("s{at}").as_str().into();
            let stage = Box::new(Stage::new(id.clone(), format!("Stage {at}")));
            session.apply(&Intent::AddStage { at, stage }).unwrap();
            let touchpoint = Touchpoint::new(format!("t{at}").as_str().into(), "Step");
            session
                .apply(&Intent::AddTouchpoint {
                    stage: id,
                    at: 0,
                    touchpoint: Box::new(touchpoint),
                })
                .unwrap();
        }
        session
    }

    fn to(stage: &str) -> Intent {
        Intent::MoveTouchpoint {
            id: "t0".into(),
            stage: stage.into(),
            to: 0,
        }
    }

    #[test]
    fn proposals_replace_each_other_and_cancel_exactly() {
        let mut session = session();
        let (before, steps) = (session.map().clone(), session.history().done().len());
        assert_eq!(session.propose(&to("s1")), Ok(true));
        let revision = session.revision();
        assert_eq!(session.propose(&to("s1")), Ok(true));
        assert_eq!(session.revision(), revision, "the same map again");
        assert_eq!(session.propose(&to("s2")), Ok(true));
        assert_ne!(session.revision(), revision);
        let stage: StageId = "s2".into();
        assert_eq!(session.map().stage_of(&"t0".into()), Some(&stage));
        assert_eq!(session.map().touchpoints_in(&"s1".into()).len(), 1);
        assert_eq!(session.history().done().len(), steps);
        assert!(session.cancel() && !session.cancel());
        assert_eq!(*session.map(), before);
    }

    #[test]
    fn a_commit_is_one_step_and_undoes_exactly() {
        let mut session = session();
        let (before, steps) = (session.map().clone(), session.history().done().len());
        session.propose(&to("s1")).unwrap();
        session.propose(&to("s2")).unwrap();
        let after = session.map().clone();
        assert!(session.commit() && !session.commit());
        assert_eq!(*session.map(), after);
        assert_eq!(session.history().done().len(), steps + 1);
        session.undo();
        assert_eq!(*session.map(), before);
        session.redo();
        assert_eq!(*session.map(), after);
    }

    #[test]
    fn other_operations_cancel_the_proposal_first() {
        let mut session = session();
        let before = session.map().clone();
        session.propose(&to("s1")).unwrap();
        let gone = Intent::DeleteStage("s2".into());
        session.apply(&gone).unwrap();
        assert_eq!(
            session.map().stage_of(&"t0".into()),
            before.stage_of(&"t0".into())
        );
        session.propose(&to("s1")).unwrap();
        session.undo();
        assert_eq!(*session.map(), before);
        session.propose(&to("s1")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.journey.ron");
        session.save_as(&path).unwrap();
        assert_eq!(*session.map(), before);
        assert!(!session.is_dirty());
        let refused = session.propose(&to("nowhere"));
        assert!(refused.is_err() && session.proposal.is_none());
        assert_eq!(*session.map(), before);
    }
}
