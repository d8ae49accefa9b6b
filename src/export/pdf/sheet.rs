//! A drawing placed on a page.
//!
//! Must not know: how anything is drawn.

use super::marks::Marks;
use crate::export::ExportError;
use crate::export::exported_items;
use crate::export::paper::{MARGIN, MAX_PAGE, MILLIMETRE, Paper};
use crate::export::row_fit::RowFit;
use crate::geom::{Rect, pt};
use crate::scene::{Group, GroupKey, ObjectId, Scene, SceneItem, Shape, TextLine};
use crate::text::Typesetter;
use crate::theme::ROLES;
use std::borrow::Cow;

/// Points per map unit of 1/96 inch in natural size.
const NATURAL: f64 = 72.0 / 96.0;
/// How much larger a drawing must be on a sheet that stands upright, which is harder to read on a wall.
const UPRIGHT_GAIN: f64 = 1.05;

/// A page with a drawing. Points are counted from the top left corner.
#[derive(Clone)]
pub(super) struct Sheet<'a> {
    pub(super) scene: Cow<'a, Scene>,
    /// Number of rows of the drawing.
    pub(super) rows: usize,
    /// Width and height of the page in points.
    pub(super) page: (f64, f64),
    /// Points per map unit.
    pub(super) scale: f64,
    /// Place of the map's (0, 0) in points.
    pub(super) origin: (f64, f64),
    /// Part of the drawing on a page that shows no more of it.
    pub(super) cut: Option<Cut>,
    /// Marks drawn over all of the page, in map units from its corner.
    pub(super) marks: Option<Group>,
    /// Parts of the page that are read.
    pub(super) reads: Reads,
    /// Size of the text that is the title of the drawing, in map units.
    pub(super) title_size: f32,
}

/// The parts of a page that are read; the others are decoration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Reads {
    Drawing,
    Marks,
}

/// A part of a drawing.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    /// The part shown, in points of the page.
    pub(super) window: Rect,
    /// The part of the drawing that is read on this page and on no other, in map units.
    pub(super) cell: Rect,
}

/// The whole plane.
const EVERYWHERE: Rect = Rect {
    min: pt(f32::NEG_INFINITY, f32::NEG_INFINITY),
    max: pt(f32::INFINITY, f32::INFINITY),
};

impl<'a> Sheet<'a> {
    /// Whether a title is drawn, in the part of the page that is read.
    pub(super) fn has_title(&self) -> bool {
        match self.reads {
            Reads::Drawing => self.title_size > 0.0,
            Reads::Marks => self.marks.as_ref().is_some_and(|it| title_size(it) > 0.0),
        }
    }

    /// A page of the drawing's own size, in rows where that is too wide for the format.
    pub(super) fn natural(scene: &'a Scene) -> Sheet<'a> {
        let (scene, rows) = if scene.width * NATURAL > MAX_PAGE {
            let (rows, count) = scene.in_rows(MAX_PAGE / NATURAL);
            (Cow::Owned(rows), count)
        } else {
            (Cow::Borrowed(scene), 1)
        };
        let longest = scene.width.max(scene.height).max(1.0);
        let scale = NATURAL.min(MAX_PAGE / longest);
        let side = |side: f64| side.max(1.0) * scale;
        let page = (side(scene.width), side(scene.height));
        Sheet::new(scene, rows, page, scale, (0.0, 0.0))
    }

    /// A drawing as large as it fits the paper, in rows where it is larger in these.
    pub(super) fn on_paper(scene: &'a Scene, paper: Paper) -> Result<Sheet<'a>, ExportError> {
        let landscape = largest(scene, paper.page(true))?;
        let portrait = largest(scene, paper.page(false))?;
        let lies = portrait.scale <= landscape.scale * UPRIGHT_GAIN;
        let fit = if lies { landscape } else { portrait };
        let page = paper.page(lies);
        let (scene, rows) = fit.scene(scene);
        let center = |page: f64, side: f64| (page - side * fit.scale) / 2.0;
        let origin = (center(page.0, scene.width), center(page.1, scene.height));
        let mut sheet = Sheet::new(scene, rows, page, fit.scale, origin);
        // A row or a part of a map has more beyond its edges.
        sheet.cut = Some(Cut {
            window: sheet.drawing(),
            cell: EVERYWHERE,
        });
        Ok(sheet)
    }

    fn new(
        scene: Cow<'a, Scene>,
        rows: usize,
        page: (f64, f64),
        scale: f64,
        origin: (f64, f64),
    ) -> Sheet<'a> {
        let title_size = scene.groups.iter().map(title_size).fold(0.0, f32::max);
        Sheet {
            scene,
            rows,
            page,
            scale,
            origin,
            cut: None,
            marks: None,
            reads: Reads::Drawing,
            title_size,
        }
    }

    /// Place of the drawing on the page, in points.
    pub(super) fn drawing(&self) -> Rect {
        let side = |side: f64| (side * self.scale) as f32;
        let (x, y) = (self.origin.0 as f32, self.origin.1 as f32);
        Rect::new(x, y, side(self.scene.width), side(self.scene.height))
    }

    /// Adds the number of the page and the title of the document at the bottom.
    pub(super) fn number(
        &mut self,
        (number, count): (usize, usize),
        title: &str,
        setter: &mut Typesetter,
    ) {
        let mut marks = Marks::new(self.scale);
        marks.footer(&format!("{title} · {number} of {count}"), self.page, setter);
        self.marks = Some(marks.group());
    }

    /// The page as a drawing of its own.
    pub(super) fn page_scene(&self) -> Scene {
        let (x, y) = (self.origin.0 / self.scale, self.origin.1 / self.scale);
        let (width, height) = (self.page.0 / self.scale, self.page.1 / self.scale);
        let mut page = Scene::clone(&self.scene);
        (page.width, page.height) = (width, height);
        for group in &mut page.groups {
            group.origin.x += x;
            group.origin.y += y;
        }
        if let Some(Cut { window, .. }) = self.cut {
            let side = |points: f64| points as f32;
            let (width, height) = (side(self.page.0), side(self.page.1));
            let Rect { min, max } = window;
            let mut covers = Marks::new(self.scale);
            for edge in [
                Rect::new(0.0, 0.0, width, min.y),
                Rect::new(0.0, max.y, width, height - max.y),
                Rect::new(0.0, 0.0, min.x, height),
                Rect::new(max.x, 0.0, width - max.x, height),
            ] {
                covers.rect(edge, Some(ROLES.paper), None);
            }
            page.groups.push(covers.group());
        }
        page.groups.extend(self.marks.clone());
        page
    }
}

/// The rows with which the scene is largest within the margins of a page, in points.
fn largest(scene: &Scene, page: (f64, f64)) -> Result<RowFit, ExportError> {
    let room = |side: f64| side - 2.0 * MARGIN * MILLIMETRE;
    let room = (room(page.0), room(page.1));
    if room.0 <= 0.0 || room.1 <= 0.0 {
        return Err(ExportError::NoSize);
    }
    Ok(RowFit::largest(scene, room))
}

/// Title of a drawing for people.
pub(super) fn title(scene: &Scene) -> &str {
    let title = scene.title.trim();
    if title.is_empty() {
        "Journey map"
    } else {
        title
    }
}

/// Size of the text that is the title of a group: that of the map, or the largest of the program's own
/// in a group without a place on the journey; 0 without one.
pub(super) fn title_size(group: &Group) -> f32 {
    let items = exported_items(group, 1.0);
    let sizes = items.filter_map(|item| title_line(group, item).map(|line| line.size));
    sizes.fold(0.0, f32::max)
}

/// The line of an item that can be a title.
pub(super) fn title_line<'g>(group: &Group, item: &'g SceneItem) -> Option<&'g TextLine> {
    let Shape::Text(line) = &item.shape else {
        return None;
    };
    let is_own = || {
        let object = group.content.objects.get(item.object as usize);
        matches!(group.key, GroupKey::Header | GroupKey::Unnamed)
            && object.is_none_or(|object| object.id == ObjectId::Chrome)
    };
    (line.is_map_title() || is_own()).then_some(line)
}
