//! Images of the scene as pixels, decoded once for the size at which they are drawn.
//!
//! Must not know: the model, layout.

use crate::image::decode;
use rustc_hash::FxHashMap;
use std::sync::Arc;
use tiny_skia::{
    FillRule, FilterQuality, IntSize, Paint, Path, Pattern, Pixmap, PixmapMut, SpreadMode,
    Transform,
};

/// Maximum longer side of a decoded image in pixels.
const MAX_IMAGE_SIDE: f32 = 2_048.0;

/// Decoded images by size and the address of their bytes, which the scene keeps alive.
#[derive(Default)]
pub(super) struct ImageCache(FxHashMap<(usize, u32), Option<Pixmap>>);

impl ImageCache {
    /// The image whose longer side is drawn with this many pixels; `None` if it cannot be decoded
    /// or is too small to be seen.
    pub(super) fn get(&mut self, bytes: &Arc<[u8]>, side: f32) -> Option<&Pixmap> {
        if side < 1.0 {
            return None;
        }
        // Round images show only a part; twice as many pixels suffice for any of them.
        let side = (side * 2.0).clamp(16.0, MAX_IMAGE_SIDE).round() as u32;
        let key = (Arc::as_ptr(bytes).cast::<u8>() as usize, side);
        let decoded = self.0.entry(key).or_insert_with(|| {
            let pixels = decode(bytes, side).ok()?;
            let size = IntSize::from_wh(pixels.width, pixels.height)?;
            let mut rgba = pixels.rgba;
            for pixel in rgba.as_chunks_mut::<4>().0 {
                let [r, g, b, a] = pixel.map(u32::from);
                *pixel = [r * a / 255, g * a / 255, b * a / 255, a].map(|c| c as u8);
            }
            Pixmap::from_vec(rgba, size)
        });
        decoded.as_ref()
    }
}

/// Draws an image into a path: stretched to its bounds, or if `round` covering them, cropped around
/// its center.
pub(super) fn draw(
    pixels: &mut PixmapMut<'_>,
    picture: &Pixmap,
    path: &Path,
    round: bool,
    opacity: f32,
) {
    let bounds = path.bounds();
    let (w, h) = (picture.width() as f32, picture.height() as f32);
    let (mut sx, mut sy) = (bounds.width() / w, bounds.height() / h);
    if round {
        let scale = sx.max(sy);
        (sx, sy) = (scale, scale);
    }
    let x = bounds.left() + (bounds.width() - w * sx) / 2.0;
    let y = bounds.top() + (bounds.height() - h * sy) / 2.0;
    let shader = Pattern::new(
        picture.as_ref(),
        SpreadMode::Pad,
        FilterQuality::Bilinear,
        opacity,
        Transform::from_row(sx, 0.0, 0.0, sy, x, y),
    );
    let paint = Paint {
        shader,
        anti_alias: true,
        ..Paint::default()
    };
    pixels.fill_path(path, &paint, FillRule::Winding, Transform::identity(), None);
}
