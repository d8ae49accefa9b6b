//! Findings of the checks and their quick fixes, as data.
//!
//! Must not know: windows, files, how a fix is turned into a change of the map.

use super::rule::{Rule, RuleFamily, Severity};
use crate::model::{
    ConflictChoice, DepartmentId, Field, FieldRef, ObjectRef, PathKind, Suppression, TouchpointId,
};

/// The text shown if there are no findings.
pub const NO_FINDINGS: &str = "No findings";

/// An observation of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with severity and rationale.
    pub rule: &'static Rule,
    /// The object of the finding.
    pub subject: ObjectRef,
    /// The part of the object that tells it from other findings of the rule about the
    /// object, without a running number: a metric, a field and its target. Empty for
    /// rules that report an object once.
    pub detail: String,
    /// The field where it shows, or the object as a whole.
    pub location: FieldRef,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The available fixes, the likeliest first.
    pub fixes: Vec<Fix>,
    /// Line and column in the file, for what was found by reading it.
    pub position: Option<(usize, usize)>,
    /// The findings of the rule that this one sums up; empty for a single finding.
    pub members: Vec<Finding>,
}

/// The identity of a finding in every version of a map.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FindingKey {
    rule: &'static str,
    subject: ObjectRef,
    detail: String,
}

impl Finding {
    /// Creates a finding about an object as a whole.
    pub fn new(rule: &'static Rule, subject: ObjectRef, message: String) -> Finding {
        Finding {
            rule,
            location: subject.clone().into(),
            subject,
            detail: String::new(),
            message,
            fixes: Vec::new(),
            position: None,
            members: Vec::new(),
        }
    }

    /// The single findings: its members, or itself.
    pub fn singles(&self) -> &[Finding] {
        match self.members.as_slice() {
            [] => std::slice::from_ref(self),
            members => members,
        }
    }

    /// The identity: rule, object and detail.
    pub fn key(&self) -> FindingKey {
        FindingKey {
            rule: self.rule.id,
            subject: self.subject.clone(),
            detail: self.detail.clone(),
        }
    }

    /// Whether this is the finding of an identity.
    pub fn has_key(&self, key: &FindingKey) -> bool {
        self.rule.id == key.rule && self.subject == key.subject && self.detail == key.detail
    }

    /// The acceptance of this finding for a reason.
    pub fn acceptance(&self, reason: &str) -> Suppression {
        Suppression::new(self.rule.id, &self.subject.key(), reason).with_detail(&self.detail)
    }

    /// Sets the part of the object that the finding is about.
    pub(super) fn about(&mut self, detail: impl Into<String>) -> &mut Finding {
        self.detail = detail.into();
        self
    }

    /// Places the finding at a field.
    pub(super) fn at(&mut self, location: FieldRef) -> &mut Finding {
        self.location = location;
        self
    }

    /// Adds a fix.
    pub(super) fn fix(&mut self, fix: Fix) -> &mut Finding {
        self.fixes.push(fix);
        self
    }

    /// Adds a fix that leads to a field of the subject.
    pub(super) fn fill_in(&mut self, label: &'static str, field: Field) -> &mut Finding {
        let field = self.subject.clone().field(field);
        self.fix(Fix::FillIn { label, field })
    }

    /// The severity of its rule.
    pub fn severity(&self) -> Severity {
        self.rule.severity
    }

    /// The family of its rule.
    pub fn family(&self) -> RuleFamily {
        self.rule.family
    }
}

/// The findings on a map, separated into open and accepted ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The open findings, in map order; many of one rule are summed up in one.
    pub open: Vec<Finding>,
    /// The accepted findings, in map order.
    pub accepted: Vec<Finding>,
}

/// A possible fix, applied to the subject of the finding.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Fix {
    /// Fill in a field, which needs knowledge of the user.
    FillIn {
        /// The label of the button.
        label: &'static str,
        /// The field, or the object as a whole.
        field: FieldRef,
    },
    /// Set the department as owner.
    SetOwner(DepartmentId),
    /// Add the department as a supporter of the touchpoint.
    AddSupporter(TouchpointId, DepartmentId),
    /// Add an action that answers the pain point or takes up the opportunity, named after it.
    AddAction,
    /// Add a touchpoint to the stage.
    AddTouchpoint,
    /// Delete the subject.
    Delete,
    /// Settle the conflict that the detail of the finding names.
    Settle(ConflictChoice),
    /// Merge with the first record of the same name.
    Merge,
    /// Remove dangling references.
    RemoveDangling,
    /// Remove characters that cannot be seen from the texts.
    RemoveHidden,
    /// Mark the touchpoint as a possible end of the journey.
    MarkEnd,
    /// Mark a touchpoint as a moment of truth.
    MarkMoment(TouchpointId),
    /// Add a persona.
    AddPersona,
    /// Add a path.
    AddPath {
        /// The source.
        from: TouchpointId,
        /// The target.
        to: TouchpointId,
        /// The kind of path.
        kind: PathKind,
    },
}
