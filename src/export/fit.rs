//! Scale and rows of a PNG: within the limits of the format, and never a strip that nobody can read.
//!
//! Must not know: the model, layout, how pixels are painted.

use super::pdf::paper_scene;
use super::{ExportError, MAX_SIDE, Size};
use crate::scene::{MAX_EMPTY, Scene};
use std::borrow::Cow;

/// Maximum number of pixels.
const MAX_AREA: f64 = 1.2e9;

/// Scale below which no name is readable, not even the large ones of an overview.
const READABLE_SCALE: f64 = 0.25;

/// Width over height above which a picture below that scale is broken into rows. A smaller picture
/// of a whole map is a thumbnail, which people ask for.
const STRIP: f64 = 3.0;

/// Width over height of a picture in rows whose width is free.
const PAGE: f64 = 1.6;

/// The scene of a picture, in rows where it has to be, and its size.
pub(super) struct FittedPicture<'a> {
    pub(super) scene: Cow<'a, Scene>,
    /// Pixels per map unit.
    pub(super) scale: f64,
    pub(super) width: u64,
    pub(super) height: u64,
    pub(super) note: Option<FitNote>,
}

/// The way in which a picture differs from the size asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FitNote {
    /// The map would be too wide in one row.
    Rows {
        /// The number of rows.
        rows: usize,
        /// Width of a single row in pixels.
        width: u64,
        /// Pixels per map unit.
        scale: f64,
    },
    /// The map would be an unreadable strip in one row.
    Strip {
        /// The number of rows.
        rows: usize,
        /// Height of a single row in pixels.
        height: u64,
    },
    /// The scale is less than wanted.
    Smaller {
        /// Pixels per map unit.
        scale: f64,
    },
}

impl std::fmt::Display for FitNote {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FitNote::Rows { rows, width, scale } => write!(
                f,
                "drawn in {rows} rows at scale {scale:.2}, because one row would be {width} pixels \
                 wide and a PNG has at most {MAX_SIDE}"
            ),
            FitNote::Strip { rows, height } => write!(
                f,
                "drawn in {rows} rows, because one row would be {height} pixels high and unreadable"
            ),
            FitNote::Smaller { scale } => write!(
                f,
                "drawn at scale {scale:.2}, because a PNG has at most {MAX_SIDE} pixels a side"
            ),
        }
    }
}

/// Fits a scene to a size.
///
/// # Errors
///
/// [`ExportError::TooLarge`] and [`ExportError::TooNarrow`] if an exact size is not possible even in
/// rows, [`ExportError::NoSize`] if it is no size.
pub(super) fn fit(scene: &Scene, size: Size) -> Result<FittedPicture<'_>, ExportError> {
    let positive = |value: f64| (value.is_finite() && value > 0.0).then_some(value);
    let is_strip = scene.width > scene.height * STRIP;
    match size {
        Size::Width(width) => {
            let width = positive(width).ok_or(ExportError::NoSize)?;
            let scale = width / scene.width;
            if !is_strip || scale >= READABLE_SCALE {
                return FittedPicture::single(scene, scale);
            }
            let (in_rows, rows) = scene.in_rows(width / READABLE_SCALE);
            if in_rows.height * READABLE_SCALE > MAX_SIDE {
                let area = scene.width * scene.height * READABLE_SCALE.powi(2);
                return Err(ExportError::TooNarrow {
                    width: width as u64,
                    least: (area / MAX_SIDE * (1.0 + MAX_EMPTY)).ceil() as u64,
                });
            }
            // Exactly the width asked for, also where a row is not as wide.
            let scale = width / in_rows.width;
            let height = (scene.height * width / scene.width).ceil() as u64;
            let note = FitNote::Strip { rows, height };
            FittedPicture::of(Cow::Owned(in_rows), scale, Some(note))
        }
        Size::Paper(paper, dpi) => {
            let page = paper_scene(scene, paper)?;
            let long = paper.long / 25.4 * positive(dpi).ok_or(ExportError::NoSize)?;
            let scale = long.round() / page.width.max(page.height);
            FittedPicture::of(Cow::Owned(page), scale, None)
        }
        Size::Scale(scale) => {
            let scale = positive(scale).ok_or(ExportError::NoSize)?;
            match FittedPicture::single(scene, scale) {
                Err(ExportError::TooLarge { .. }) if is_strip => {
                    FittedPicture::in_rows(scene, scale)
                }
                other => other,
            }
        }
        Size::Fit(scale) => {
            let scale = positive(scale).ok_or(ExportError::NoSize)?;
            let whole = largest_scale(scene);
            if !is_strip || whole >= scale.min(1.0) {
                let smaller = scale.min(whole);
                let mut picture = FittedPicture::single(scene, smaller)?;
                if smaller < scale {
                    picture.note = Some(FitNote::Smaller { scale: smaller });
                }
                return Ok(picture);
            }
            // Titles and unequal rows take some room, so that less than the limit may be needed.
            let mut scale = scale.min(1.0);
            scale = scale.min(MAX_SIDE / (scene.width * scene.height).sqrt());
            loop {
                match FittedPicture::in_rows(scene, scale) {
                    Err(ExportError::TooLarge { .. }) if scale > 1e-3 => scale *= 0.9,
                    other => return other,
                }
            }
        }
    }
}

/// The largest scale of a scene in one row.
fn largest_scale(scene: &Scene) -> f64 {
    let side = MAX_SIDE / scene.width.max(scene.height);
    side.min((MAX_AREA / (scene.width * scene.height)).sqrt())
}

impl<'a> FittedPicture<'a> {
    fn single(scene: &'a Scene, scale: f64) -> Result<FittedPicture<'a>, ExportError> {
        FittedPicture::of(Cow::Borrowed(scene), scale, None)
    }

    /// Rows in the shape of a page, or as wide as possible.
    fn in_rows(scene: &'a Scene, scale: f64) -> Result<FittedPicture<'a>, ExportError> {
        let width = (scene.width * scene.height * PAGE).sqrt();
        let (in_rows, rows) = scene.in_rows(width.min(MAX_SIDE / scale));
        let note = FitNote::Rows {
            rows,
            width: (scene.width * scale).ceil() as u64,
            scale,
        };
        FittedPicture::of(Cow::Owned(in_rows), scale, Some(note))
    }

    fn of(
        scene: Cow<'a, Scene>,
        scale: f64,
        note: Option<FitNote>,
    ) -> Result<FittedPicture<'a>, ExportError> {
        // The scale of a width in whole pixels gives that width again in spite of rounding.
        let pixels = |length: f64| (length * scale - 1e-6).ceil().max(1.0);
        let (width, height) = (pixels(scene.width), pixels(scene.height));
        if !(width.is_finite() && height.is_finite()) {
            return Err(ExportError::NoSize);
        }
        if width > MAX_SIDE || height > MAX_SIDE || width * height > MAX_AREA {
            let fits = largest_scale(&scene) * scene.width;
            return Err(ExportError::TooLarge {
                width: width as u64,
                height: height as u64,
                fits: fits.floor().max(1.0) as u64,
            });
        }
        Ok(FittedPicture {
            scene,
            scale,
            width: width as u64,
            height: height as u64,
            note,
        })
    }
}
