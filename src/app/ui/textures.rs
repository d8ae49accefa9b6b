//! Texture cache of the window: images are decoded on threads and kept while they are
//! visible, within a memory limit. There is one cache per window.
//!
//! Must not know: where images are shown, what maps are.

use crate::image::{ImageError, Pixels, decode};
use crate::task::Task;
use egui::mutex::Mutex;
use egui::{ColorImage, Context, Id, TextureFilter, TextureHandle, TextureId, TextureOptions};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Limit of texture memory on the graphics card, in bytes.
const TEXTURE_BUDGET: usize = 128 * 1024 * 1024;
/// Number of images decoded at a time.
const MAX_DECODING: usize = 2;
/// Supported texture sizes: pixels of the longer side.
const TEXTURE_SIDES: [u32; 3] = [64, 256, 1024];

/// Cache key: address of the image bytes (kept alive by the slot) and index into
/// [`TEXTURE_SIDES`].
type TextureKey = (usize, usize);

/// State of the texture of an image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum TextureState {
    /// Being decoded, or without room in the cache.
    Pending,
    /// Cannot be decoded.
    Failed,
    /// A texture, and the average colour of the image.
    Texture(TextureId, [u8; 3]),
}

/// Cache of image textures.
#[derive(Default)]
pub struct TextureCache {
    slots: FxHashMap<TextureKey, TextureSlot>,
    waiting: Vec<TextureKey>,
    decoding: Vec<(TextureKey, Task<Result<Pixels, ImageError>>)>,
    generation: u64,
    pass: u64,
}

struct TextureSlot {
    bytes: Arc<[u8]>,
    state: SlotState,
    /// Pass of the last request.
    last_pass: u64,
}

enum SlotState {
    Pending,
    Failed,
    Ready(TextureHandle, [u8; 3], usize),
}

impl TextureCache {
    /// Returns the cache of the window.
    pub fn of(ctx: &Context) -> Arc<Mutex<TextureCache>> {
        let id = Id::unique("gallery of pictures");
        ctx.data_mut(|data| {
            data.get_temp_mut_or_default::<Arc<Mutex<TextureCache>>>(id)
                .clone()
        })
    }

    /// Counter that grows whenever a texture is added or removed, so that painted
    /// meshes are updated.
    pub fn generation(&self) -> u64 {
        self.generation
    }

    /// Receives images decoded since the last pass, evicts textures that are no longer
    /// visible if there are too many, and starts further decoding.
    pub fn begin_frame(&mut self, ctx: &Context) {
        let pass = ctx.cumulative_pass_nr();
        if pass != self.pass {
            self.pass = pass;
            self.evict();
        }
        while let Some((key, result)) = Task::poll_any(&mut self.decoding) {
            let Some(slot) = self.slots.get_mut(&key) else {
                continue;
            };
            slot.state = match result {
                Ok(Ok(pixels)) => {
                    let average = pixels.average_color();
                    let weight = pixels.rgba.len() / 3 * 4;
                    let size = [pixels.width as usize, pixels.height as usize];
                    let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
                    let options = TextureOptions {
                        mipmap_mode: Some(TextureFilter::Linear),
                        ..TextureOptions::LINEAR
                    };
                    SlotState::Ready(ctx.load_texture("picture", image, options), average, weight)
                }
                Ok(Err(_)) | Err(_) => SlotState::Failed,
            };
            self.generation += 1;
        }
        self.start_decoding(ctx);
    }

    /// Returns the texture for an image whose longer side takes this number of pixels
    /// on screen, and requests it if missing.
    pub fn texture(&mut self, ctx: &Context, bytes: &Arc<[u8]>, pixels: f32) -> TextureState {
        let address = Arc::as_ptr(bytes).cast::<u8>() as usize;
        let wanted = TEXTURE_SIDES
            .iter()
            .position(|side| *side as f32 >= pixels)
            .unwrap_or(TEXTURE_SIDES.len() - 1);
        let pass = self.pass;
        let slot = self.slots.entry((address, wanted)).or_insert_with(|| {
            self.waiting.push((address, wanted));
            TextureSlot {
                bytes: bytes.clone(),
                state: SlotState::Pending,
                last_pass: pass,
            }
        });
        slot.last_pass = pass;
        match &slot.state {
            SlotState::Ready(texture, average, _) => {
                return TextureState::Texture(texture.id(), *average);
            }
            SlotState::Failed => return TextureState::Failed,
            SlotState::Pending => {}
        }
        self.start_decoding(ctx);
        // Uses another size in the meantime.
        for size in (0..TEXTURE_SIDES.len()).rev() {
            if let Some(slot) = self.slots.get_mut(&(address, size))
                && let SlotState::Ready(texture, average, _) = &slot.state
            {
                slot.last_pass = pass;
                return TextureState::Texture(texture.id(), *average);
            }
        }
        TextureState::Pending
    }

    /// Average colour of an image, if it was decoded before.
    pub fn average(&self, bytes: &Arc<[u8]>) -> Option<[u8; 3]> {
        let address = Arc::as_ptr(bytes).cast::<u8>() as usize;
        (0..TEXTURE_SIDES.len()).find_map(|size| match &self.slots.get(&(address, size))?.state {
            SlotState::Ready(_, average, _) => Some(*average),
            SlotState::Pending | SlotState::Failed => None,
        })
    }

    fn texture_bytes(&self) -> usize {
        let weight = |slot: &TextureSlot| match slot.state {
            SlotState::Ready(_, _, weight) => weight,
            SlotState::Pending | SlotState::Failed => 0,
        };
        self.slots.values().map(weight).sum()
    }

    fn start_decoding(&mut self, ctx: &Context) {
        while self.decoding.len() < MAX_DECODING && !self.waiting.is_empty() {
            if self.texture_bytes() >= TEXTURE_BUDGET {
                return;
            }
            let key = self.waiting.remove(0);
            let Some(bytes) = self.slots.get(&key).map(|slot| slot.bytes.clone()) else {
                continue;
            };
            let (ctx, side) = (ctx.clone(), TEXTURE_SIDES[key.1]);
            let wake = move || ctx.request_repaint();
            // The bytes are dropped before the result is sent: the receiver may check
            // how many owners they have.
            let task = Task::spawn("image", wake, move |_| decode(&bytes, side));
            self.decoding.push((key, task));
        }
    }

    /// Removes images that no map holds any more; above the limit also the least
    /// recently visible ones.
    fn evict(&mut self) {
        let before = self.slots.len();
        let sizes = |slots: &FxHashMap<TextureKey, TextureSlot>, address: usize| {
            (0..TEXTURE_SIDES.len())
                .filter(|size| slots.contains_key(&(address, *size)))
                .count()
        };
        let held: Vec<TextureKey> = self
            .slots
            .iter()
            .filter(|((address, _), slot)| {
                // Decoding threads hold a reference too; such images are removed in a
                // later pass.
                Arc::strong_count(&slot.bytes) > sizes(&self.slots, *address)
            })
            .map(|(key, _)| *key)
            .collect();
        if held.len() < before {
            self.slots.retain(|key, _| held.contains(key));
        }
        let mut weight = self.texture_bytes();
        if weight > TEXTURE_BUDGET / 4 * 3 {
            let recent = self.pass.saturating_sub(2);
            let mut old: Vec<(u64, TextureKey)> = self
                .slots
                .iter()
                .filter(|(_, slot)| {
                    slot.last_pass < recent && matches!(slot.state, SlotState::Ready(..))
                })
                .map(|(key, slot)| (slot.last_pass, *key))
                .collect();
            old.sort_unstable();
            for (_, key) in old {
                if weight <= TEXTURE_BUDGET / 2 {
                    break;
                }
                if let Some(SlotState::Ready(_, _, freed)) =
                    self.slots.remove(&key).map(|s| s.state)
                {
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

    /// Polls until the image is decoded on its thread.
    fn shown(
        ctx: &Context,
        gallery: &mut TextureCache,
        bytes: &Arc<[u8]>,
        pixels: f32,
    ) -> TextureState {
        loop {
            gallery.begin_frame(ctx);
            match gallery.texture(ctx, bytes, pixels) {
                TextureState::Pending => std::thread::sleep(Duration::from_millis(1)),
                shown => return shown,
            }
        }
    }

    #[test]
    fn images_are_decoded_once_per_size_and_have_an_average_color() {
        let ctx = Context::default();
        let mut gallery = TextureCache::default();
        let bytes = png();
        assert_eq!(gallery.texture(&ctx, &bytes, 50.0), TextureState::Pending);
        assert_eq!(gallery.average(&bytes), None);
        let TextureState::Texture(small, average) = shown(&ctx, &mut gallery, &bytes, 50.0) else {
            panic!("no texture");
        };
        assert_eq!(average, [200, 100, 0]);
        assert_eq!(gallery.average(&bytes), Some(average));
        assert_eq!(
            shown(&ctx, &mut gallery, &bytes, 40.0),
            TextureState::Texture(small, average)
        );
        // The smaller one is used while the larger one is being decoded.
        assert_eq!(
            gallery.texture(&ctx, &bytes, 900.0),
            TextureState::Texture(small, average)
        );
        assert_eq!(gallery.slots.len(), 2);
    }

    #[test]
    fn broken_images_are_decoded_once() {
        let ctx = Context::default();
        let mut gallery = TextureCache::default();
        let bytes: Arc<[u8]> = b"no picture".as_slice().into();
        assert_eq!(
            shown(&ctx, &mut gallery, &bytes, 50.0),
            TextureState::Failed
        );
        let generation = gallery.generation();
        assert_eq!(
            shown(&ctx, &mut gallery, &bytes, 50.0),
            TextureState::Failed
        );
        assert_eq!(gallery.generation(), generation);
    }

    #[test]
    fn images_without_owner_are_evicted() {
        let ctx = Context::default();
        let mut gallery = TextureCache::default();
        let bytes = png();
        shown(&ctx, &mut gallery, &bytes, 50.0);
        let generation = gallery.generation();
        drop(bytes);
        // The decoding thread may hold a reference a moment longer.
        for _ in 0..1000 {
            gallery.evict();
            if gallery.slots.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(gallery.slots.is_empty());
        assert!(gallery.generation() > generation);
    }
}
