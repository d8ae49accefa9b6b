//! PDF: vector, with text that can be selected, searched and read aloud, an outline of the stages,
//! and metadata, on a page of the map's size or on a sheet of paper.
//!
//! Must not know: the model's records, layout.

mod painter;
mod sheet;
mod tags;

pub use sheet::Paper;

use super::{ExportError, exported_items};
use crate::scene::{Group, GroupContent, Scene, SceneItem, SceneObject, Shape, Tone};
use crate::text::Typesetter;
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::error::KrillaError;
use krilla::geom::Transform;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::tagging::{ArtifactType, ContentTag};
use krilla::{Document, SerializeSettings};
use painter::Painter;
use sheet::PlacedScene;
use std::collections::HashSet;
use std::io::Write;
use tags::Tags;

/// Writes the scene as a PDF of one page: as large as the map without a paper size, else as large as
/// fits the paper, in rows where that is larger. Returns the number of rows.
///
/// The file is PDF/UA-1 (ISO 14289-1) unless a character is drawn as a box or a font forbids it.
///
/// # Errors
///
/// [`ExportError::Write`] if writing to the sink fails, [`ExportError::Pdf`] if no PDF can be made,
/// [`ExportError::NoSize`] if the paper is smaller than its margins.
pub fn pdf(
    scene: &Scene,
    paper: Option<Paper>,
    typesetter: &mut Typesetter,
    sink: &mut dyn Write,
) -> Result<usize, ExportError> {
    let placed = PlacedScene::of(scene, paper)?;
    let accessible = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1);
    let settings = SerializeSettings {
        configuration: accessible.finish().unwrap_or_default(),
        ..SerializeSettings::default()
    };
    let bytes = match document(&placed, settings, typesetter) {
        Err(KrillaError::Validation(_)) => {
            document(&placed, SerializeSettings::default(), typesetter)
        }
        made => made,
    };
    sink.write_all(&bytes.map_err(|error| ExportError::Pdf(error.to_string()))?)?;
    Ok(placed.rows)
}

fn document(
    placed: &PlacedScene<'_>,
    settings: SerializeSettings,
    typesetter: &mut Typesetter,
) -> Result<Vec<u8>, KrillaError> {
    let scene = &*placed.scene;
    let mut document = Document::new_with(settings);
    let mut tags = Tags::default();
    let page = PageSettings::from_wh(placed.page.0, placed.page.1).unwrap_or_default();
    let mut page = document.start_page_with(page);
    let mut surface = page.surface();
    let mut painter = Painter::new(&mut surface, typesetter, &scene.colors);
    painter.background(placed.page);
    let (x, y) = placed.origin;
    let place = Transform::from_row(placed.scale, 0.0, 0.0, placed.scale, x, y);
    painter.surface.push_transform(&place);
    let mut drawn: HashSet<*const GroupContent> = HashSet::new();
    for group in &scene.groups {
        let repeated = !drawn.insert(std::sync::Arc::as_ptr(&group.content));
        let shift = (group.origin.x as f32, group.origin.y as f32);
        painter
            .surface
            .push_transform(&Transform::from_translate(shift.0, shift.1));
        draw_group(scene, group, repeated, &mut painter, &mut tags, placed);
        painter.surface.pop();
    }
    painter.surface.pop();
    surface.finish();
    page.finish();
    document.set_metadata(
        Metadata::new()
            .title(title(scene).to_owned())
            .description(scene.description.clone())
            .creator("Touchline".to_owned()),
    );
    document.set_outline(tags.outline());
    document.set_tag_tree(tags.tree(title(scene)));
    document.finish()
}

fn title(scene: &Scene) -> &str {
    let title = scene.title.trim();
    if title.is_empty() {
        "Journey map"
    } else {
        title
    }
}

/// Draws a group; what belongs to an object with a name is content, all else is an artifact.
fn draw_group(
    scene: &Scene,
    group: &Group,
    repeated: bool,
    painter: &mut Painter<'_, '_>,
    tags: &mut Tags,
    placed: &PlacedScene<'_>,
) {
    let items: Vec<&SceneItem> = exported_items(group, 1.0).collect();
    let mut told: HashSet<u32> = HashSet::new();
    for run in items.chunk_by(|one, next| one.object == next.object) {
        let Some(first) = run.first() else { continue };
        let subject = group.content.objects.get(first.object as usize);
        let has_text = run.iter().any(|item| matches!(item.shape, Shape::Text(_)));
        // The texts of a stage move along its band, which has its name.
        let is_named = |subject: &SceneObject| match subject.id.is_stage() {
            true => has_text,
            false => !subject.title.is_empty(),
        };
        if let Some(subject) = subject {
            tags.note_name(subject);
        }
        let content =
            subject.filter(|subject| !repeated && is_named(subject) && told.insert(first.object));
        match content {
            Some(subject) => {
                let id = painter.surface.start_tagged(ContentTag::Other);
                let at = (
                    placed.origin.0 + group.origin.x as f32 * placed.scale,
                    placed.origin.1 + group.origin.y as f32 * placed.scale,
                );
                tags.add(group.key, subject, has_text, id, at);
            }
            None => {
                let artifact = krilla::tagging::Artifact::with_kind(ArtifactType::Layout);
                painter.surface.start_tagged(ContentTag::Artifact(artifact));
            }
        }
        let tone = subject.map_or_else(Tone::default, |subject| scene.tone(subject));
        for item in run {
            painter.shape(&item.shape, tone);
        }
        painter.surface.end_tagged();
    }
}
