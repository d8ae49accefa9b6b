//! Latest findings of the active map. The checks of a large map run on a thread once
//! the map has been unchanged for a moment, so that no frame waits. If no list of
//! findings is visible, they are only counted.
//!
//! Must not know: how findings are shown.

use super::Document;
use crate::insight::{self, Findings};
use crate::session::FindingsKey;
use crate::settings::today;
use crate::task::{Task, TaskFailed};
use egui::Context;
use std::sync::Arc;
use std::time::Duration;

/// Time without changes after which the checks run, in seconds.
const REST_SECONDS: f64 = 0.3;

/// Document and key of its findings.
type RevisionKey = (u64, FindingsKey);

/// Result of a check.
#[derive(Clone)]
pub(crate) struct CheckResult {
    /// Number of open findings.
    pub open: usize,
    /// All findings, if a list was requested.
    pub list: Option<Arc<Findings>>,
}

/// Latest result and the check in progress.
#[derive(Default)]
pub(crate) struct BackgroundChecks {
    latest: Option<(RevisionKey, CheckResult)>,
    pending: Option<(RevisionKey, Task<CheckResult>)>,
    /// Revision whose check ended without a result; not tried again.
    failed: Option<RevisionKey>,
    /// Revision seen last and the time since when.
    last_change: Option<(RevisionKey, f64)>,
}

impl CheckResult {
    fn of(list: Arc<Findings>) -> CheckResult {
        CheckResult {
            open: list.open.len(),
            list: Some(list),
        }
    }
}

impl BackgroundChecks {
    /// Returns the latest result for the document, which may be of an earlier revision
    /// while the map changes, unless the findings of a small map are `listed`. `None` if
    /// there is no result yet, or none with a list if `listed`; so in the first frame of
    /// a map, which must not be delayed.
    pub(crate) fn latest_result(
        &mut self,
        ctx: &Context,
        document: &mut Document,
        listed: bool,
    ) -> Option<CheckResult> {
        let today = today();
        let of = (document.key, document.session.findings_key(today));
        let now = ctx.input(|input| input.time);
        let former = self.last_change;
        let since = former
            .filter(|(seen, _)| *seen == of)
            .map_or(now, |(_, since)| since);
        self.last_change = Some((of, since));
        let rest = (since + REST_SECONDS - now).max(0.0);
        if !document.session.is_large() {
            if former.is_none_or(|(seen, _)| seen.0 != of.0) {
                ctx.request_repaint();
                return None;
            }
            let changing = rest > 0.0 && !listed;
            let (findings, fresh) = document.session.latest_findings(today, changing);
            if !fresh {
                ctx.request_repaint_after(Duration::from_secs_f64(rest));
            }
            return Some(CheckResult::of(findings));
        }
        self.poll();
        let serves = |noticed: &CheckResult| !listed || noticed.list.is_some();
        let known = self.latest.as_ref();
        let known = known.filter(|(known, noticed)| known.0 == of.0 && serves(noticed));
        let fresh = known.is_some_and(|(known, _)| *known == of);
        let known = known.map(|(_, noticed)| noticed.clone());
        if !fresh && self.pending.is_none() && self.failed != Some(of) {
            if rest > 0.0 {
                ctx.request_repaint_after(Duration::from_secs_f64(rest));
            } else {
                self.start(ctx, of, document, listed);
            }
        }
        known
    }

    fn poll(&mut self) {
        let Some((of, task)) = &self.pending else {
            return;
        };
        match task.poll() {
            None => return,
            Some(Ok(noticed)) => self.latest = Some((*of, noticed)),
            Some(Err(TaskFailed)) => self.failed = Some(*of),
        }
        self.pending = None;
    }

    fn start(&mut self, ctx: &Context, of: RevisionKey, document: &Document, listed: bool) {
        let (map, today, ctx) = (document.session.map().clone(), today(), ctx.clone());
        let read = document.session.read_findings();
        let work = move |_: &_| {
            if listed {
                let graph = crate::graph::Graph::of(&map);
                CheckResult::of(Arc::new(insight::findings(&map, &graph, today, read)))
            } else {
                CheckResult {
                    open: insight::count(&map, today, read),
                    list: None,
                }
            }
        };
        let task = Task::spawn("checks", move || ctx.request_repaint(), work);
        self.pending = Some((of, task));
    }
}
