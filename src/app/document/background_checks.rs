//! What the checks notice about a large map: looked for on a thread once the map has
//! come to rest, so that no frame waits for it. Where nobody looks at the list it is
//! only counted, for the tab.
//!
//! Must not know: what is shown of it.

use super::Document;
use crate::app::chrome::side_panels::REST;
use crate::insight::{self, Findings};
use crate::model::Date;
use crate::settings::today;
use egui::Context;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// A map in one of its revisions, looked at on a day.
type Of = (u64, u64, Date);

/// What was noticed.
#[derive(Clone)]
pub(crate) struct Noticed {
    /// How many findings are open.
    pub open: usize,
    /// All of them, where they are listed.
    pub list: Option<Arc<Findings>>,
}

/// What was noticed last, and what is under way.
#[derive(Default)]
pub(crate) struct Checking {
    known: Option<(Of, Noticed)>,
    under_way: Option<(Of, Receiver<Noticed>)>,
    /// What no answer came for: it is not tried again.
    failed: Option<Of>,
    /// Which map was seen in which revision, and since when.
    seen: Option<(Of, f64)>,
}

impl Checking {
    /// What is noticed; while the map changes, what was noticed last. `None` where
    /// nothing was looked for in it yet, or not for a list where one is wanted.
    pub(crate) fn noticed(
        &mut self,
        ctx: &Context,
        document: &Document,
        listed: bool,
    ) -> Option<Noticed> {
        let of = (document.key, document.session.revision(), today());
        let now = ctx.input(|input| input.time);
        let since = match self.seen {
            Some((seen, since)) if seen == of => since,
            _ => now,
        };
        self.seen = Some((of, since));
        self.hear();
        let serves = |noticed: &Noticed| !listed || noticed.list.is_some();
        let known = self.known.as_ref();
        let known = known.filter(|(known, noticed)| known.0 == of.0 && serves(noticed));
        let fresh = known.is_some_and(|(known, _)| *known == of);
        let known = known.map(|(_, noticed)| noticed.clone());
        if !fresh && self.under_way.is_none() && self.failed != Some(of) {
            let rest = since + REST - now;
            match rest > 0.0 {
                true => ctx.request_repaint_after(Duration::from_secs_f64(rest)),
                false => self.start(ctx, of, document, listed),
            }
        }
        known
    }

    fn hear(&mut self) {
        let Some((of, receiver)) = &self.under_way else {
            return;
        };
        match receiver.try_recv() {
            Ok(noticed) => self.known = Some((*of, noticed)),
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => self.failed = Some(*of),
        }
        self.under_way = None;
    }

    fn start(&mut self, ctx: &Context, of: Of, document: &Document, listed: bool) {
        let (sender, receiver) = channel();
        let (map, today, ctx) = (document.session.map().clone(), of.2, ctx.clone());
        let work = move || {
            let noticed = if listed {
                let graph = crate::graph::Graph::of(&map);
                let list = Arc::new(insight::findings(&map, &graph, today));
                Noticed {
                    open: list.open.len(),
                    list: Some(list),
                }
            } else {
                Noticed {
                    open: insight::count(&map, today),
                    list: None,
                }
            };
            // Who closed the window meanwhile does not wait for it.
            let _ = sender.send(noticed);
            drop(map);
            ctx.request_repaint();
        };
        // Where there is no thread to be had, the tab goes without a number.
        if thread::Builder::new().spawn(work).is_ok() {
            self.under_way = Some((of, receiver));
        }
    }
}
