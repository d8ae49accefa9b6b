//! Accepted findings of a map, looked up by the identity of a finding.
//!
//! Must not know: single rules.

use super::finding::Finding;
use crate::model::{Map, Suppression};
use std::collections::HashMap;

/// The accepted findings of a map. One without a detail accepts all findings of its rule
/// about its subject.
#[derive(Default)]
pub struct Accepted<'m>(HashMap<[&'m str; 3], &'m Suppression>);

impl<'m> Accepted<'m> {
    /// Collects the accepted findings.
    pub fn of(map: &'m Map) -> Accepted<'m> {
        let all = map.suppressions().iter();
        Accepted(
            all.map(|it| ([it.rule.as_str(), &it.subject, &it.detail], it))
                .collect(),
        )
    }

    /// Finds the acceptance of a finding of a rule about a part of a subject; the most
    /// specific one.
    pub fn find(&self, rule: &str, subject: &str, detail: &str) -> Option<&'m Suppression> {
        if self.0.is_empty() {
            return None;
        }
        let exact = self.0.get(&[rule, subject, detail]);
        exact.or_else(|| self.0.get(&[rule, subject, ""])).copied()
    }

    /// Finds the acceptance of a finding.
    pub fn of_finding(&self, finding: &Finding) -> Option<&'m Suppression> {
        self.find(finding.rule.id, &finding.subject.key(), &finding.detail)
    }
}
