//! How much the checks notice about a large map: counted on a thread once the map has
//! come to rest, so that no frame waits for a number on a tab.
//!
//! Must not know: what is shown of it.

use super::document::Document;
use super::sides::REST;
use crate::insight;
use crate::session::today;
use egui::Context;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// A map in one of its revisions.
type Of = (u64, u64);

/// The last count, and the one that is under way.
#[derive(Default)]
pub(super) struct Counting {
    known: Option<(Of, usize)>,
    under_way: Option<(Of, Receiver<usize>)>,
    /// Which map was seen in which revision, and since when.
    seen: (Of, f64),
}

impl Counting {
    /// How many findings are open; of the map as it was last counted, while it changes.
    /// `None` where it was not counted yet.
    pub(super) fn open(&mut self, ctx: &Context, document: &Document) -> Option<usize> {
        let of = (document.key, document.session.revision());
        let now = ctx.input(|input| input.time);
        if self.seen.0 != of {
            self.seen = (of, now);
        }
        self.hear();
        let fresh = self.known.is_some_and(|(known, _)| known == of);
        if !fresh && self.under_way.is_none() {
            let rest = self.seen.1 + REST - now;
            match rest > 0.0 {
                true => ctx.request_repaint_after(Duration::from_secs_f64(rest)),
                false => self.start(ctx, of, document),
            }
        }
        let (known, count) = self.known?;
        (known.0 == document.key).then_some(count)
    }

    fn hear(&mut self) {
        let Some((of, receiver)) = &self.under_way else {
            return;
        };
        match receiver.try_recv() {
            Ok(count) => self.known = Some((*of, count)),
            Err(TryRecvError::Empty) => return,
            Err(TryRecvError::Disconnected) => {}
        }
        self.under_way = None;
    }

    fn start(&mut self, ctx: &Context, of: Of, document: &Document) {
        let (sender, receiver) = channel();
        let (map, today, ctx) = (document.session.map().clone(), today(), ctx.clone());
        let work = move || {
            // Who closed the window meanwhile does not wait for it.
            let _ = sender.send(insight::count(&map, today));
            drop(map);
            ctx.request_repaint();
        };
        // Where there is no thread to be had, the tab goes without a number.
        if thread::Builder::new().spawn(work).is_ok() {
            self.under_way = Some((of, receiver));
        }
    }
}
