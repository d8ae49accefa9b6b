//! Images of a map: where an imported one goes.
//!
//! Must not know: egui, sessions, how images are read.

use crate::edit::Intent;
use crate::model::{Id, Image, ImageId, Lane, LaneContentKind, LaneKind, Map, ObjectRef};

/// The object that an image goes to: a custom lane of a touchpoint, a persona, another
/// image that it replaces, else the touchpoint that the object belongs to.
pub fn image_target(map: &Map, object: &ObjectRef) -> Option<ObjectRef> {
    let shows_images =
        |lane: &Lane| lane.kind == LaneKind::Custom && lane.holds == LaneContentKind::Picture;
    match object {
        ObjectRef::Persona(_) => Some(object.clone()),
        ObjectRef::Cell(_, lane) if map.lanes().get(lane).is_some_and(shows_images) => {
            Some(object.clone())
        }
        ObjectRef::Path { .. } => None,
        other => other.touchpoint().cloned().map(ObjectRef::Touchpoint),
    }
}

/// Default name of an image without one.
pub fn default_image_name(map: &Map, home: &ObjectRef) -> String {
    let name = if home.is_in(map) {
        home.name(map)
    } else {
        "Picture"
    };
    name.to_owned()
}

/// Builds the intent that adds an image to its target; `None` if the target is gone.
pub fn image_intent(map: &Map, home: &ObjectRef, image: Image) -> Option<Intent> {
    let id = image.id.clone();
    let (label, shows) = match home {
        ObjectRef::Touchpoint(touchpoint) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            touchpoint.pictures.push(id);
            let label = format!("Add picture to “{}”", touchpoint.name);
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        ObjectRef::Cell(touchpoint, lane) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            let lane = map.lanes().get(lane)?;
            touchpoint.texts.insert(lane.id.clone(), id.to_string());
            let label = format!("Add picture to “{}”", lane.title());
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        ObjectRef::Persona(persona) => {
            let mut persona = map.personas().get(persona)?.clone();
            persona.picture = Some(id);
            let label = format!("Add picture of {}", persona.name);
            (label, Intent::SetPersona(Box::new(persona)))
        }
        ObjectRef::Image(old) => {
            let known = map.images().get(old)?;
            let new = Image {
                id: ImageId::from_text(old.as_str()),
                name: known.name.clone(),
                data: image.data,
            };
            return Some(Intent::Batch {
                label: "Replace picture".to_owned(),
                intents: vec![Intent::SetImage(Box::new(new))],
            });
        }
        _ => return None,
    };
    Some(Intent::Batch {
        label,
        intents: vec![Intent::AddImage(Box::new(image)), shows],
    })
}
