//! Texture cache of the window: images are decoded on threads and kept while they are
//! visible, within a memory limit. There is one cache per window.
//!
//! Must not know: where images are shown, what maps are.

use crate::image::{ImageError, Pixels, decode};
use crate::task::Task;
use egui::mutex::Mutex;
use egui::{ColorImage, Context, Id, TextureFilter, TextureHandle, TextureId, TextureOptions};
use rustc_hash::FxHashMap;
use std::collections::VecDeque;
use std::sync::Arc;

/// Limit of texture memory on the graphics card, in bytes.
const TEXTURE_BUDGET: usize = 128 * 1024 * 1024;
/// Number of images decoded at a time.
const MAX_DECODING: usize = 2;
/// Supported texture sizes: pixels of the longer side.
const TEXTURE_SIDES: [u32; 3] = [64, 256, 1024];

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

/// Cache key: address of the image bytes, which the cache keeps alive, and index into
/// [`TEXTURE_SIDES`].
type TextureKey = (usize, usize);

/// Cache of image textures.
#[derive(Default)]
pub struct TextureCache {
    /// Images by the address of their bytes.
    images: FxHashMap<usize, CachedImage>,
    waiting: VecDeque<TextureKey>,
    decoding: Vec<(TextureKey, Task<Result<Pixels, ImageError>>)>,
    generation: u64,
    pass: u64,
}

struct CachedImage {
    bytes: Arc<[u8]>,
    sizes: [Option<TextureSlot>; TEXTURE_SIDES.len()],
}

struct TextureSlot {
    state: TextureState,
    /// Keeps the texture alive.
    handle: Option<TextureHandle>,
    /// Pass of the last request.
    last_pass: u64,
}

impl TextureSlot {
    /// Size on the graphics card with the smaller copies, in bytes.
    fn weight(&self) -> usize {
        self.handle.as_ref().map_or(0, |h| h.byte_size() / 3 * 4)
    }
}

impl TextureCache {
    /// Returns the cache of the window.
    pub fn of(ctx: &Context) -> Arc<Mutex<TextureCache>> {
        ctx.data_mut(|data| {
            data.get_temp_mut_or_default::<Arc<Mutex<TextureCache>>>(Id::NULL)
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
        while let Some(((address, size), result)) = Task::poll_any(&mut self.decoding) {
            let image = self.images.get_mut(&address);
            let Some(slot) = image.and_then(|image| image.sizes[size].as_mut()) else {
                continue;
            };
            slot.state = TextureState::Failed;
            if let Ok(Ok(pixels)) = result {
                let size = [pixels.width as usize, pixels.height as usize];
                let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
                let options = TextureOptions {
                    mipmap_mode: Some(TextureFilter::Linear),
                    ..TextureOptions::LINEAR
                };
                let handle = ctx.load_texture("picture", image, options);
                slot.state = TextureState::Texture(handle.id(), pixels.average_color());
                slot.handle = Some(handle);
            }
            self.generation += 1;
        }
        self.start_decoding(ctx);
    }

    /// Returns the texture for an image whose longer side takes this number of pixels
    /// on screen, and requests it if missing.
    pub fn texture(&mut self, ctx: &Context, bytes: &Arc<[u8]>, pixels: f32) -> TextureState {
        let mut sides = TEXTURE_SIDES.iter();
        let wanted = sides.position(|side| *side as f32 >= pixels);
        let wanted = wanted.unwrap_or(TEXTURE_SIDES.len() - 1);
        let (address, pass) = (address(bytes), self.pass);
        let image = self.images.entry(address).or_insert_with(|| CachedImage {
            bytes: bytes.clone(),
            sizes: Default::default(),
        });
        let slot = image.sizes[wanted].get_or_insert_with(|| {
            self.waiting.push_back((address, wanted));
            TextureSlot {
                state: TextureState::Pending,
                handle: None,
                last_pass: pass,
            }
        });
        slot.last_pass = pass;
        let mut state = slot.state;
        if state == TextureState::Pending {
            // Uses another size in the meantime.
            let mut others = image.sizes.iter_mut().rev().flatten();
            if let Some(other) = others.find(|slot| slot.handle.is_some()) {
                other.last_pass = pass;
                state = other.state;
            }
            self.start_decoding(ctx);
        }
        state
    }

    /// Average colour of an image, if it was decoded before.
    pub fn average(&self, bytes: &Arc<[u8]>) -> Option<[u8; 3]> {
        let mut slots = self.images.get(&address(bytes))?.sizes.iter().flatten();
        slots.find_map(|slot| match slot.state {
            TextureState::Texture(_, average) => Some(average),
            TextureState::Pending | TextureState::Failed => None,
        })
    }

    fn texture_bytes(&self) -> usize {
        let slots = self.images.values().flat_map(|image| &image.sizes);
        slots.flatten().map(TextureSlot::weight).sum()
    }

    fn start_decoding(&mut self, ctx: &Context) {
        while self.decoding.len() < MAX_DECODING && self.texture_bytes() < TEXTURE_BUDGET {
            let Some(key) = self.waiting.pop_front() else {
                return;
            };
            let Some(bytes) = self.images.get(&key.0).map(|image| image.bytes.clone()) else {
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
    /// recently visible textures.
    fn evict(&mut self) {
        let before = self.images.len();
        // Decoding threads hold a reference too; such images are removed in a later pass.
        self.images
            .retain(|_, image| Arc::strong_count(&image.bytes) > 1);
        let mut changed = self.images.len() != before;
        let mut weight = self.texture_bytes();
        if weight > TEXTURE_BUDGET / 4 * 3 {
            let recent = self.pass.saturating_sub(2);
            let slots = self.images.values_mut().flat_map(|image| &mut image.sizes);
            let is_old = |slot: &TextureSlot| slot.handle.is_some() && slot.last_pass < recent;
            let mut old: Vec<_> = slots
                .filter(|slot| slot.as_ref().is_some_and(is_old))
                .collect();
            old.sort_by_key(|slot| slot.as_ref().map(|slot| slot.last_pass));
            for slot in old {
                if weight <= TEXTURE_BUDGET / 2 {
                    break;
                }
                weight -= slot.take().map_or(0, |slot| slot.weight());
                changed = true;
            }
        }
        if changed {
            let images = &self.images;
            self.waiting
                .retain(|(address, _)| images.contains_key(address));
            self.generation += 1;
        }
    }
}

fn address(bytes: &Arc<[u8]>) -> usize {
    Arc::as_ptr(bytes).cast::<u8>() as usize
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
        let sizes = gallery.images.values().flat_map(|image| &image.sizes);
        assert_eq!(sizes.flatten().count(), 2);
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
            if gallery.images.is_empty() {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(gallery.images.is_empty());
        assert!(gallery.generation() > generation);
    }
}
