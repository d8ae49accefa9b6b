//! Findings of the checks.
//!
//! Must not know: windows, files.

use super::fix::Fix;
use super::rule::{Rule, RuleFamily, Severity};
use crate::model::{Field, FieldRef, ObjectRef};

/// The text shown if there are no findings.
pub const NO_FINDINGS: &str = "No findings";

/// An observation of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule, with severity and rationale.
    pub rule: &'static Rule,
    /// The object of the finding.
    pub subject: ObjectRef,
    /// The field where it shows, or the object as a whole.
    pub location: FieldRef,
    /// The message, a sentence without a full stop.
    pub message: String,
    /// The available fixes, the likeliest first.
    pub fixes: Vec<Fix>,
}

impl Finding {
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
    /// The open findings, in map order.
    pub open: Vec<Finding>,
    /// The accepted findings, in map order.
    pub accepted: Vec<Finding>,
}
