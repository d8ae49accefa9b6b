//! The preview of an exported file, drawn on a thread.
//!
//! Must not know: the choices of the dialog.

use crate::app::ui::buttons::{ControlIcon, small_icon_button};
use crate::app::ui::style::{self, UNIT};
use crate::english::sentence;
use crate::image::Pixels;
use crate::insight::Finding;
use crate::model::{Date, Map};
use crate::render::{ExportOptions, ExportSource, FilePreview};
use crate::task::{Progress, Task};
use crate::text::Typesetter;
use egui::{
    Align2, Color32, ColorImage, Label, Rect, Sense, Spinner, Stroke, StrokeKind, TextureHandle,
    TextureOptions, Ui, WidgetInfo, pos2, vec2,
};
use std::sync::Arc;

/// The map that is exported.
pub(super) struct Source {
    pub(super) map: Map,
    /// Findings about its file.
    pub(super) read: Vec<Finding>,
    pub(super) today: Date,
}

/// A page of a file in a size.
#[derive(Clone, PartialEq)]
struct Request {
    options: ExportOptions,
    page: usize,
    /// Width and height in pixels.
    room: (u32, u32),
}

/// Pages, or the reason why there are none.
type Pages = Result<Arc<FilePreview>, String>;

/// The result of a task, and its typesetter for the next one.
struct Drawn {
    typesetter: Typesetter,
    pages: Pages,
    pixels: Option<Pixels>,
}

/// The preview of a file.
pub(super) struct Preview {
    source: Arc<Source>,
    task: Option<(Request, Task<Drawn>)>,
    typesetter: Option<Typesetter>,
    /// The pages, and the options with which they were drawn.
    pages: Option<(ExportOptions, Pages)>,
    /// The page in sight.
    shown: Option<(Request, Option<TextureHandle>)>,
    page: usize,
}

impl Preview {
    pub(super) fn new(source: Arc<Source>, typesetter: Typesetter) -> Preview {
        Preview {
            source,
            task: None,
            typesetter: Some(typesetter),
            pages: None,
            shown: None,
            page: 0,
        }
    }

    /// Size of the file in words, or the reason why it cannot be made; `None` while it is drawn.
    pub(super) fn size(&self, options: &ExportOptions) -> Option<Result<&str, &str>> {
        let (_, pages) = self.pages.as_ref().filter(|(of, _)| of == options)?;
        Some(match pages {
            Ok(pages) => Ok(&pages.size),
            Err(error) => Err(error),
        })
    }

    fn page_count(&self) -> usize {
        let known = self.pages.as_ref();
        let known = known.and_then(|(_, pages)| pages.as_ref().ok());
        known.map_or(1, |pages| pages.pages.len().max(1))
    }

    /// Shows a page within a width and a height, in points, with the way to others.
    pub(super) fn show(&mut self, ui: &mut Ui, options: &ExportOptions, width: f32, height: f32) {
        let count = self.page_count();
        self.page = self.page.min(count - 1);
        let pager = if count > 1 { 8.0 * UNIT } else { 0.0 };
        let size = vec2(width, (height - pager).max(40.0));
        let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
        let words = format!("Preview, page {} of {count}", self.page + 1);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &words));
        let scale = ui.ctx().pixels_per_point();
        let pixels = |points: f32| (points * scale).round().clamp(16.0, MAX_SIDE) as u32;
        let inner = rect.shrink(2.0 * UNIT);
        let request = Request {
            options: options.clone(),
            page: self.page,
            room: (pixels(inner.width()), pixels(inner.height())),
        };
        self.update(ui, request);
        self.paint(ui, rect, inner);
        if count != self.page_count() {
            // The way to pages that have just been drawn.
            ui.ctx().request_repaint();
        }
        if count > 1 {
            self.pager(ui, width, count);
        }
    }

    /// Takes up what was drawn, and starts to draw what is wanted.
    fn update(&mut self, ui: &Ui, request: Request) {
        if let Some((of, task)) = &self.task
            && let Some(result) = task.poll()
        {
            let of = of.clone();
            self.task = None;
            let failed = |_| "The preview cannot be drawn.".to_owned();
            match result.map_err(failed) {
                Ok(drawn) => {
                    let texture = drawn.pixels.map(|pixels| {
                        let size = [pixels.width as usize, pixels.height as usize];
                        let image = ColorImage::from_rgba_unmultiplied(size, &pixels.rgba);
                        let options = TextureOptions::LINEAR;
                        ui.ctx().load_texture("export preview", image, options)
                    });
                    self.typesetter = Some(drawn.typesetter);
                    self.pages = Some((of.options.clone(), drawn.pages));
                    self.shown = Some((of, texture));
                }
                Err(error) => {
                    self.pages = Some((of.options.clone(), Err(error)));
                    self.shown = Some((of, None));
                }
            }
            // The number of pages may be another.
            ui.ctx().request_repaint();
        }
        let is_shown = self.shown.as_ref().is_some_and(|(of, _)| *of == request);
        let is_drawn = self.task.as_ref().is_some_and(|(of, _)| *of == request);
        if is_shown || is_drawn {
            return;
        }
        let pages = self.pages.clone().filter(|(of, _)| *of == request.options);
        let typesetter = self.typesetter.take();
        let (source, wanted, ctx) = (self.source.clone(), request.clone(), ui.ctx().clone());
        // A task for other options is dropped, which cancels it.
        self.task = Some((
            request,
            Task::spawn(
                "preview",
                move || ctx.request_repaint(),
                move |progress| {
                    let typesetter = typesetter.unwrap_or_default();
                    draw(
                        &source,
                        &wanted,
                        pages.map(|(_, pages)| pages),
                        typesetter,
                        progress,
                    )
                },
            ),
        ));
    }

    fn paint(&self, ui: &mut Ui, rect: Rect, inner: Rect) {
        let painter = ui.painter_at(rect);
        let visuals = ui.visuals();
        painter.rect_filled(rect, UNIT, visuals.extreme_bg_color);
        let texture = self
            .shown
            .as_ref()
            .and_then(|(_, texture)| texture.as_ref());
        if let Some(texture) = texture {
            let own = texture.size_vec2();
            let scale = (inner.width() / own.x).min(inner.height() / own.y);
            let page = Align2::CENTER_CENTER.align_size_within_rect(own * scale, inner);
            let whole = Rect::from_min_max(pos2(0.0, 0.0), pos2(1.0, 1.0));
            let tint = match self.task {
                // What is being drawn anew fades.
                Some(_) => Color32::from_white_alpha(150),
                None => Color32::WHITE,
            };
            painter.image(texture.id(), page, whole, tint);
            let edge = Stroke::new(1.0, visuals.weak_text_color());
            painter.rect_stroke(page, 0.0, edge, StrokeKind::Outside);
        }
        let error = match &self.pages {
            Some((_, Err(error))) if self.task.is_none() => Some(error),
            _ => None,
        };
        if let Some(error) = error {
            let label = Label::new(style::bold_text(error)).wrap();
            ui.put(inner.shrink(2.0 * UNIT), label);
        } else if texture.is_none() {
            let spinner = Rect::from_center_size(rect.center(), vec2(6.0 * UNIT, 6.0 * UNIT));
            ui.put(spinner, Spinner::new());
        }
    }

    /// Buttons that turn the pages.
    fn pager(&mut self, ui: &mut Ui, width: f32, count: usize) {
        let before = self.page > 0;
        let after = self.page + 1 < count;
        ui.horizontal(|ui| {
            ui.set_width(width);
            let button = |ui: &mut Ui, enabled: bool, icon, name: &str| {
                ui.add_enabled_ui(enabled, |ui| small_icon_button(ui, icon, name).clicked())
                    .inner
            };
            if button(ui, before, ControlIcon::Left, "Previous page") {
                self.page -= 1;
            }
            ui.label(style::weak_text(format!(
                "Page {} of {count}",
                self.page + 1
            )));
            if button(ui, after, ControlIcon::Right, "Next page") {
                self.page += 1;
            }
        });
    }
}

/// Maximum side of a preview in pixels.
const MAX_SIDE: f32 = 2_400.0;

fn draw(
    source: &Source,
    request: &Request,
    known: Option<Pages>,
    mut typesetter: Typesetter,
    progress: &Progress,
) -> Drawn {
    let pages = known.unwrap_or_else(|| {
        let source = ExportSource {
            map: &source.map,
            read: source.read.clone(),
            today: source.today,
            saved: Vec::new(),
        };
        let drawn = FilePreview::of(&request.options, source, &mut typesetter, progress);
        drawn
            .map(Arc::new)
            .map_err(|error| sentence(&error.to_string()))
    });
    let room = (f64::from(request.room.0), f64::from(request.room.1));
    let pixels = match &pages {
        Ok(pages) if !progress.is_cancelled() => {
            let page = request.page.min(pages.pages.len().saturating_sub(1));
            pages.pixels(page, room, &mut typesetter)
        }
        _ => None,
    };
    Drawn {
        typesetter,
        pages,
        pixels,
    }
}
