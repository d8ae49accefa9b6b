//! Pictures as textures: decoded off the frame, kept while they are seen,
//! within bounds. One gallery serves a whole window.
//!
//! Must not know: where pictures are shown, what maps are.

use crate::image::{Pixels, Refused, decode};
use egui::mutex::Mutex;
use egui::{ColorImage, Context, Id, TextureFilter, TextureHandle, TextureId, TextureOptions};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Bytes that textures may take on the graphics card.
const BUDGET: usize = 128 * 1024 * 1024;
/// Pictures that are decoded at a time.
const AT_ONCE: usize = 2;
/// Pixels of the longer side that a picture is loaded with, by what is needed.
const SIDES: [u32; 3] = [64, 256, 1024];

/// A picture by the address of its bytes (kept alive by the slot) and its size.
type Key = (usize, usize);

/// What a picture is shown with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Shown {
    /// It is being decoded, or there is no room for it.
    Not,
    /// It cannot be decoded.
    Broken,
    /// This texture, and its colour from afar.
    Texture(TextureId, [u8; 3]),
}

/// Textures of pictures.
pub struct Gallery {
    slots: FxHashMap<Key, Slot>,
    waiting: Vec<Key>,
    decoding: usize,
    arrivals: Receiver<Arrival>,
    door: Sender<Arrival>,
    generation: u64,
    pass: u64,
}

type Arrival = (Key, Result<Pixels, Refused>);

struct Slot {
    bytes: Arc<[u8]>,
    state: State,
    /// The pass in which it was last asked for.
    seen: u64,
}

enum State {
    Waiting,
    Broken,
    Ready(TextureHandle, [u8; 3], usize),
}

impl Default for Gallery {
    fn default() -> Self {
        let (door, arrivals) = channel();
        Gallery {
            slots: FxHashMap::default(),
            waiting: Vec::new(),
            decoding: 0,
            arrivals,
            door,
            generation: 0,
            pass: 0,
        }
    }
}

impl Gallery {
    /// The gallery of a window.
    pub fn of(ctx: &Context) -> Arc<Mutex<Gallery>> {
        let id = Id::unique("gallery of pictures");
        ctx.data_mut(|data| {
            data.get_temp_mut_or_default::<Arc<Mutex<Gallery>>>(id)
                .clone()
        })
    }

    /// Grows whenever a texture came or went: what was painted is to be painted again.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Takes in what was decoded since the last pass, lets go of what is not
    /// seen where there is too much, and goes on decoding.
    pub fn begin(&mut self, ctx: &Context) {
        let pass = ctx.cumulative_pass_nr();
        if pass != self.pass {
            self.pass = pass;
            self.forget();
        }
        while let Ok((key, result)) = self.arrivals.try_recv() {
            self.decoding -= 1;
            let Some(slot) = self.slots.get_mut(&key) else {
                continue;
            };
            slot.state = match result {
                Ok(pixels) => {
                    let average = pixels.average();
                    let weight = pixels.rgba.len() / 3 * 4;
                    let size = [pixels.width as usize, pixels.height as usize];
                    let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
                    let options = TextureOptions {
                        mipmap_mode: Some(TextureFilter::Linear),
                        ..TextureOptions::LINEAR
                    };
                    State::Ready(ctx.load_texture("picture", image, options), average, weight)
                }
                Err(_) => State::Broken,
            };
            self.generation += 1;
        }
        self.decode(ctx);
    }

    /// What to show a picture with where its longer side takes so many pixels
    /// on screen; it is fetched where it is not there yet.
    pub fn show(&mut self, ctx: &Context, bytes: &Arc<[u8]>, pixels: f32) -> Shown {
        let address = Arc::as_ptr(bytes).cast::<u8>() as usize;
        let wanted = SIDES
            .iter()
            .position(|side| *side as f32 >= pixels)
            .unwrap_or(SIDES.len() - 1);
        let pass = self.pass;
        let slot = self.slots.entry((address, wanted)).or_insert_with(|| {
            self.waiting.push((address, wanted));
            Slot {
                bytes: bytes.clone(),
                state: State::Waiting,
                seen: pass,
            }
        });
        slot.seen = pass;
        match &slot.state {
            State::Ready(texture, average, _) => return Shown::Texture(texture.id(), *average),
            State::Broken => return Shown::Broken,
            State::Waiting => {}
        }
        self.decode(ctx);
        // Meanwhile what is there in another size.
        for size in (0..SIDES.len()).rev() {
            if let Some(slot) = self.slots.get_mut(&(address, size))
                && let State::Ready(texture, average, _) = &slot.state
            {
                slot.seen = pass;
                return Shown::Texture(texture.id(), *average);
            }
        }
        Shown::Not
    }

    /// The colour of a picture from afar, where it was decoded before.
    pub fn average(&self, bytes: &Arc<[u8]>) -> Option<[u8; 3]> {
        let address = Arc::as_ptr(bytes).cast::<u8>() as usize;
        (0..SIDES.len()).find_map(|size| match &self.slots.get(&(address, size))?.state {
            State::Ready(_, average, _) => Some(*average),
            State::Waiting | State::Broken => None,
        })
    }

    fn weight(&self) -> usize {
        let weight = |slot: &Slot| match slot.state {
            State::Ready(_, _, weight) => weight,
            State::Waiting | State::Broken => 0,
        };
        self.slots.values().map(weight).sum()
    }

    fn decode(&mut self, ctx: &Context) {
        while self.decoding < AT_ONCE && !self.waiting.is_empty() {
            if self.weight() >= BUDGET {
                return;
            }
            let key = self.waiting.remove(0);
            let Some(bytes) = self.slots.get(&key).map(|slot| slot.bytes.clone()) else {
                continue;
            };
            let (door, ctx, side) = (self.door.clone(), ctx.clone(), SIDES[key.1]);
            let started = std::thread::Builder::new()
                .name("picture".to_owned())
                .spawn(move || {
                    let decoded = decode(&bytes, side);
                    // Let go of first: whoever hears of it may look who holds it.
                    drop(bytes);
                    // The window may be gone by now; then nobody waits for it.
                    let _ = door.send((key, decoded));
                    ctx.request_repaint();
                });
            match started {
                Ok(_) => self.decoding += 1,
                Err(_) => {
                    if let Some(slot) = self.slots.get_mut(&key) {
                        slot.state = State::Broken;
                    }
                }
            }
        }
    }

    /// Lets go of pictures that no map holds any more, and of the ones not seen
    /// for longest while there is too much.
    fn forget(&mut self) {
        let before = self.slots.len();
        let sizes = |slots: &FxHashMap<Key, Slot>, address: usize| {
            (0..SIDES.len())
                .filter(|size| slots.contains_key(&(address, *size)))
                .count()
        };
        let held: Vec<Key> = self
            .slots
            .iter()
            .filter(|((address, _), slot)| {
                // Threads that decode hold one too: it goes in a later pass.
                Arc::strong_count(&slot.bytes) > sizes(&self.slots, *address)
            })
            .map(|(key, _)| *key)
            .collect();
        if held.len() < before {
            self.slots.retain(|key, _| held.contains(key));
        }
        let mut weight = self.weight();
        if weight > BUDGET / 4 * 3 {
            let recent = self.pass.saturating_sub(2);
            let mut old: Vec<(u64, Key)> = self
                .slots
                .iter()
                .filter(|(_, slot)| slot.seen < recent && matches!(slot.state, State::Ready(..)))
                .map(|(key, slot)| (slot.seen, *key))
                .collect();
            old.sort_unstable();
            for (_, key) in old {
                if weight <= BUDGET / 2 {
                    break;
                }
                if let Some(State::Ready(_, _, freed)) = self.slots.remove(&key).map(|s| s.state) {
                    weight -= freed;
                }
            }
        }
        if self.slots.len() != before {
            self.waiting.retain(|key| self.slots.contains_key(key));
            self.generation += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::import_pixels;
    use std::time::Duration;

    fn png() -> Arc<[u8]> {
        let pixels = Pixels {
            width: 300,
            height: 200,
            rgba: [200, 100, 0, 255].repeat(300 * 200),
        };
        import_pixels(pixels).unwrap()
    }

    /// Asks until an answer is there: decoding happens on other threads.
    fn shown(ctx: &Context, gallery: &mut Gallery, bytes: &Arc<[u8]>, pixels: f32) -> Shown {
        loop {
            gallery.begin(ctx);
            match gallery.show(ctx, bytes, pixels) {
                Shown::Not => {
                    let arrival = gallery
                        .arrivals
                        .recv_timeout(Duration::from_secs(60))
                        .unwrap();
                    gallery.door.send(arrival).unwrap();
                }
                shown => return shown,
            }
        }
    }

    #[test]
    fn a_picture_is_decoded_once_for_each_size_and_known_by_its_colour() {
        let ctx = Context::default();
        let mut gallery = Gallery::default();
        let bytes = png();
        assert_eq!(gallery.show(&ctx, &bytes, 50.0), Shown::Not);
        assert_eq!(gallery.average(&bytes), None);
        let Shown::Texture(small, average) = shown(&ctx, &mut gallery, &bytes, 50.0) else {
            panic!("no texture");
        };
        assert_eq!(average, [200, 100, 0]);
        assert_eq!(gallery.average(&bytes), Some(average));
        assert_eq!(
            shown(&ctx, &mut gallery, &bytes, 40.0),
            Shown::Texture(small, average)
        );
        // While the larger one is on its way, the smaller one stands in.
        assert_eq!(
            gallery.show(&ctx, &bytes, 900.0),
            Shown::Texture(small, average)
        );
        assert_eq!(gallery.slots.len(), 2);
    }

    #[test]
    fn a_broken_picture_is_tried_once() {
        let ctx = Context::default();
        let mut gallery = Gallery::default();
        let bytes: Arc<[u8]> = b"no picture".as_slice().into();
        assert_eq!(shown(&ctx, &mut gallery, &bytes, 50.0), Shown::Broken);
        let generation = gallery.generation();
        assert_eq!(shown(&ctx, &mut gallery, &bytes, 50.0), Shown::Broken);
        assert_eq!(gallery.generation(), generation);
    }

    #[test]
    fn what_no_map_holds_is_let_go() {
        let ctx = Context::default();
        let mut gallery = Gallery::default();
        let bytes = png();
        shown(&ctx, &mut gallery, &bytes, 50.0);
        let generation = gallery.generation();
        drop(bytes);
        // The thread that decoded it may hold it a moment longer.
        for _ in 0..1000 {
            gallery.forget();
            if gallery.slots.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(gallery.slots.is_empty());
        assert!(gallery.generation() > generation);
    }
}
