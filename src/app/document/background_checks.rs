//! Runs the checks of a large map on a thread once the map has been unchanged for a
//! moment, so that no frame waits. If no list of findings is visible, they are only
//! counted.
//!
//! Must not know: how findings are shown.

use super::Document;
use crate::app::chrome::side_panels::REST_SECONDS;
use crate::insight::{self, Findings};
use crate::model::Date;
use crate::settings::today;
use crate::task::{Task, TaskFailed};
use egui::Context;
use std::sync::Arc;
use std::time::Duration;

/// Document key, revision of the map and date of the check.
type RevisionKey = (u64, u64, Date);

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

impl BackgroundChecks {
    /// Returns the latest result for the document, which may be of an earlier revision
    /// while the map changes. `None` if there is no result yet, or none with a list if
    /// `listed`.
    pub(crate) fn latest_result(
        &mut self,
        ctx: &Context,
        document: &Document,
        listed: bool,
    ) -> Option<CheckResult> {
        let of = (document.key, document.session.revision(), today());
        let now = ctx.input(|input| input.time);
        let since = match self.last_change {
            Some((seen, since)) if seen == of => since,
            _ => now,
        };
        self.last_change = Some((of, since));
        self.poll();
        let serves = |noticed: &CheckResult| !listed || noticed.list.is_some();
        let known = self.latest.as_ref();
        let known = known.filter(|(known, noticed)| known.0 == of.0 && serves(noticed));
        let fresh = known.is_some_and(|(known, _)| *known == of);
        let known = known.map(|(_, noticed)| noticed.clone());
        if !fresh && self.pending.is_none() && self.failed != Some(of) {
            let rest = since + REST_SECONDS - now;
            match rest > 0.0 {
                true => ctx.request_repaint_after(Duration::from_secs_f64(rest)),
                false => self.start(ctx, of, document, listed),
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
        let (map, today, ctx) = (document.session.map().clone(), of.2, ctx.clone());
        let work = move |_: &_| {
            if listed {
                let graph = crate::graph::Graph::of(&map);
                let list = Arc::new(insight::findings(&map, &graph, today));
                CheckResult {
                    open: list.open.len(),
                    list: Some(list),
                }
            } else {
                CheckResult {
                    open: insight::count(&map, today),
                    list: None,
                }
            }
        };
        let task = Task::spawn("checks", move || ctx.request_repaint(), work);
        self.pending = Some((of, task));
    }
}
