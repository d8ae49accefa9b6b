//! Images of a map: where an imported one goes.
//!
//! Must not know: egui, sessions, how images are read.

use crate::app::document::selection::ImageTarget;
use crate::edit::Intent;
use crate::model::{Id, Image, ImageId, Map};

/// Default name of an image without one.
pub fn default_image_name(map: &Map, home: &ImageTarget) -> String {
    let name = match home {
        ImageTarget::Touchpoint(id) | ImageTarget::Lane(id, _) => {
            map.touchpoint(id).map(|t| t.name.as_str())
        }
        ImageTarget::Persona(id) => map.personas().get(id).map(|p| p.name.as_str()),
        ImageTarget::Replace(id) => map.images().get(id).map(|i| i.name.as_str()),
    };
    name.unwrap_or("Picture").to_owned()
}

/// Builds the intent that adds an image to its target; `None` if the target is gone.
pub fn image_intent(map: &Map, home: &ImageTarget, image: Image) -> Option<Intent> {
    let id = image.id.clone();
    let (label, shows) = match home {
        ImageTarget::Touchpoint(touchpoint) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            touchpoint.pictures.push(id);
            let label = format!("Add picture to “{}”", touchpoint.name);
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        ImageTarget::Lane(touchpoint, lane) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            let lane = map.lanes().get(lane)?;
            touchpoint.texts.insert(lane.id.clone(), id.to_string());
            let label = format!("Add picture to “{}”", lane.title());
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        ImageTarget::Persona(persona) => {
            let mut persona = map.personas().get(persona)?.clone();
            persona.picture = Some(id);
            let label = format!("Add picture of {}", persona.name);
            (label, Intent::SetPersona(Box::new(persona)))
        }
        ImageTarget::Replace(old) => {
            let known = map.images().get(old)?;
            let new = Image {
                id: ImageId::from_text(old.as_str()),
                name: known.name.clone(),
                data: image.data,
            };
            return Some(Intent::Together {
                label: "Replace picture".to_owned(),
                intents: vec![Intent::SetImage(Box::new(new))],
            });
        }
    };
    Some(Intent::Together {
        label,
        intents: vec![Intent::AddImage(Box::new(image)), shows],
    })
}
