//! A page of a PDF: its drawing with tags and links, and its marks.
//!
//! Must not know: the model's records, the order of tags.

use super::paint::hundredths;
use super::painter::{Assets, Painter};
use super::sheet::{Cut, Reads, Sheet, title_line, title_size};
use super::tags::{Part, Role, Tags};
use crate::export::exported_items;
use crate::geom::{Rect, pt};
use crate::scene::{
    Group, GroupContent, ObjectId, PartKind, Scene, SceneItem, SceneObject, Shape, Tone,
};
use crate::text::Typesetter;
use krilla::Document;
use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Transform};
use krilla::page::PageSettings;
use krilla::tagging::{Artifact, ArtifactType, ContentTag};
use rustc_hash::FxHashMap;
use std::collections::HashSet;
use std::sync::Arc;

/// Writes a page into a document.
pub(super) struct PageWriter<'a> {
    pub(super) tags: &'a mut Tags,
    /// The pages that stages lead to.
    pub(super) targets: &'a FxHashMap<ObjectId, usize>,
    /// The part of the document that the page belongs to.
    pub(super) part: Part,
}

/// A link on a page: its place, where it leads, and the tagged content that shows it.
struct PageLink {
    rect: krilla::geom::Rect,
    target: Target,
    words: String,
    content: usize,
}

/// A group on its page.
struct PlacedGroup<'a> {
    scene: &'a Scene,
    group: &'a Group,
    /// Place of its (0, 0) in points.
    origin: (f64, f64),
    /// Points per map unit.
    scale: f64,
    cut: Option<Cut>,
    /// Whether it is read; otherwise it is decoration.
    is_read: bool,
    /// Size of the text that is a title.
    title_size: f32,
}

impl PageWriter<'_> {
    /// Adds a page to the document.
    pub(super) fn write(
        &mut self,
        sheet: &Sheet<'_>,
        document: &mut Document,
        assets: &mut Assets,
        typesetter: &mut Typesetter,
    ) {
        let scene = &*sheet.scene;
        let size = (sheet.page.0 as f32, sheet.page.1 as f32);
        let settings = PageSettings::from_wh(size.0, size.1).unwrap_or_default();
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let mut painter = Painter::new(&mut surface, typesetter, assets, &scene.colors);
        painter.background(size);
        let is_clipped = sheet.cut.is_some_and(|cut| painter.clip(&cut.window));
        let mut links = Vec::new();
        let mut drawn: HashSet<*const GroupContent> = HashSet::new();
        let groups = scene.groups.iter().map(|group| PlacedGroup {
            scene,
            group,
            origin: (
                sheet.origin.0 + group.origin.x * sheet.scale,
                sheet.origin.1 + group.origin.y * sheet.scale,
            ),
            scale: sheet.scale,
            cut: sheet.cut,
            is_read: sheet.reads == Reads::Drawing && drawn.insert(Arc::as_ptr(&group.content)),
            title_size: sheet.title_size,
        });
        for placed in groups {
            self.draw_group(&placed, &mut painter, &mut links);
        }
        if is_clipped {
            painter.surface.pop();
        }
        if let Some(marks) = &sheet.marks {
            let placed = PlacedGroup {
                scene,
                group: marks,
                origin: (0.0, 0.0),
                scale: sheet.scale,
                cut: None,
                is_read: sheet.reads == Reads::Marks,
                title_size: title_size(marks),
            };
            self.draw_group(&placed, &mut painter, &mut links);
        }
        surface.finish();
        for link in links {
            let annotation = LinkAnnotation::new(link.rect, link.target);
            let annotation = Annotation::new_link(annotation, Some(link.words));
            let annotation = page.add_tagged_annotation(annotation);
            self.tags.add_link(link.content, annotation);
        }
        page.finish();
    }

    /// Draws a group; texts and objects with a name are content, all else is decoration.
    fn draw_group(
        &mut self,
        placed: &PlacedGroup<'_>,
        painter: &mut Painter<'_, '_>,
        links: &mut Vec<PageLink>,
    ) {
        let PlacedGroup { group, scale, .. } = *placed;
        let window = placed.window();
        if window.is_some_and(|window| !group.content.bounds.intersects(&window)) {
            return;
        }
        let scale = scale as f32;
        let corner = hundredths(pt(placed.origin.0 as f32, placed.origin.1 as f32));
        let (x, y) = (corner.x, corner.y);
        let place = Transform::from_row(scale, 0.0, 0.0, scale, x, y);
        painter.surface.push_transform(&place);
        let items: Vec<&SceneItem> = exported_items(group, 1.0).collect();
        let mut described: HashSet<u32> = HashSet::new();
        let is_title = |item: &SceneItem| placed.is_title(item);
        for run in items.chunk_by(|a, b| a.object == b.object && is_title(a) == is_title(b)) {
            let Some(first) = run.first() else { continue };
            let is_visible = |item: &&&SceneItem| {
                window.is_none_or(|window| item.shape.bounds().intersects(&window))
            };
            if !run.iter().any(|item| is_visible(&item)) {
                continue;
            }
            let object = group.content.objects.get(first.object as usize);
            let role = object
                .filter(|_| placed.is_read && placed.reads_here(run))
                .and_then(|object| placed.role(object, run))
                .and_then(|role| match role {
                    Role::Title | Role::Text => Some(role),
                    // An object has one heading or figure, and further texts.
                    Role::Stage | Role::Figure if described.insert(first.object) => Some(role),
                    Role::Stage => Some(Role::Text),
                    Role::Figure => None,
                });
            match object.zip(role) {
                Some((object, role)) => {
                    let id = painter.surface.start_tagged(ContentTag::Other);
                    let content = self
                        .tags
                        .add(self.part, group.key, object, role, id, (x, y));
                    links.extend(self.links(placed, object, run, content));
                }
                None => {
                    let artifact = Artifact::with_kind(ArtifactType::Layout);
                    painter.surface.start_tagged(ContentTag::Artifact(artifact));
                }
            }
            let tone = object.map_or_else(Tone::default, |object| placed.scene.tone(object));
            for item in run.iter().filter(is_visible) {
                painter.shape(&item.shape, tone);
            }
            painter.end_text();
            painter.surface.end_tagged();
        }
        painter.surface.pop();
    }

    /// The links of an object: the addresses that it shows, and the page of a stage.
    fn links(
        &self,
        placed: &PlacedGroup<'_>,
        object: &SceneObject,
        run: &[&SceneItem],
        content: usize,
    ) -> Vec<PageLink> {
        let mut links = Vec::new();
        let mut add = |rect: &Rect, target, words: &str| {
            let rect = placed.on_page(rect);
            links.extend(rect.map(|rect| PageLink {
                rect,
                target,
                words: words.to_owned(),
                content,
            }));
        };
        let content = &placed.group.content;
        let own = |at: u32| {
            let shown = content.objects.get(at as usize);
            shown.is_some_and(|shown| std::ptr::eq(shown, object))
        };
        let parts = content.parts.iter();
        for part in parts.filter(|part| part.kind == PartKind::Link && own(part.object)) {
            let address = &*object.description;
            let action = Action::Link(LinkAction::new(address.to_owned()));
            add(&part.rect, Target::Action(action), address);
        }
        if let Some(page) = self.targets.get(&object.id)
            && *page != self.part.page
        {
            let top = XyzDestination::new(*page, Point::from_xy(0.0, 0.0));
            let words = format!("Page {}", page + 1);
            add(&bounds(run), Target::Destination(top.into()), &words);
        }
        links
    }
}

impl PlacedGroup<'_> {
    /// The part of the group that the page shows, in map units; `None` for all of it.
    fn window(&self) -> Option<Rect> {
        let Rect { min, max } = self.cut?.window;
        let unit = |points: f32, origin: f64| ((f64::from(points) - origin) / self.scale) as f32;
        let (x, y) = self.origin;
        Some(Rect {
            min: pt(unit(min.x, x), unit(min.y, y)),
            max: pt(unit(max.x, x), unit(max.y, y)),
        })
    }

    /// A rectangle of the group on the page, as far as the page shows it.
    fn on_page(&self, rect: &Rect) -> Option<krilla::geom::Rect> {
        let point = |unit: f32, origin: f64| (origin + f64::from(unit) * self.scale) as f32;
        let (x, y) = self.origin;
        let (mut left, mut top) = (point(rect.min.x, x), point(rect.min.y, y));
        let (mut right, mut bottom) = (point(rect.max.x, x), point(rect.max.y, y));
        if let Some(Cut { window, .. }) = self.cut {
            (left, top) = (left.max(window.min.x), top.max(window.min.y));
            (right, bottom) = (right.min(window.max.x), bottom.min(window.max.y));
        }
        krilla::geom::Rect::from_ltrb(left, top, right, bottom)
    }

    /// Whether the page is the one on which these items are read.
    fn reads_here(&self, run: &[&SceneItem]) -> bool {
        self.cut.is_none_or(|cut| {
            let center = bounds(run).center();
            let origin = self.group.origin;
            cut.cell.contains(pt(
                (origin.x + f64::from(center.x)) as f32,
                (origin.y + f64::from(center.y)) as f32,
            ))
        })
    }

    fn is_title(&self, item: &SceneItem) -> bool {
        title_line(self.group, item).is_some_and(|line| line.size >= self.title_size)
    }

    /// The role of some items of an object; `None` for decoration.
    fn role(&self, object: &SceneObject, run: &[&SceneItem]) -> Option<Role> {
        let has_text = run.iter().any(|item| matches!(item.shape, Shape::Text(_)));
        match (has_text, object.id.is_stage()) {
            (true, true) => Some(Role::Stage),
            (true, false) if run.first().is_some_and(|item| self.is_title(item)) => {
                Some(Role::Title)
            }
            (true, false) => Some(Role::Text),
            // The texts of a stage have its name.
            (false, true) => None,
            (false, false) => (!object.title.is_empty()).then_some(Role::Figure),
        }
    }
}

fn bounds(run: &[&SceneItem]) -> Rect {
    let bounds = run.iter().map(|item| item.shape.bounds());
    bounds.fold(Rect::EMPTY, |all, own| all.union(&own))
}
