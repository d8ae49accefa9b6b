//! The images of a presentation, each once, and those that one slide shows.
//!
//! Must not know: XML.

use super::package::{Package, Relation};
use crate::image::without_extras;
use crate::scene::{ImageSource, Media};
use std::collections::HashMap;
use std::io;

/// The images of a presentation that are in the package, by the address of their bytes, and the
/// relationships of the present slide.
#[derive(Default)]
pub(super) struct Images {
    known: HashMap<*const u8, String>,
    new: Vec<(String, Vec<u8>)>,
    relations: Vec<Relation>,
    count: usize,
}

/// First relationship of a slide that may be an image; the ones before are its layout and its notes.
pub(super) const FIRST: usize = 3;

impl Images {
    /// Number of the relationship with an image of the map.
    pub(super) fn add(&mut self, source: &ImageSource) -> usize {
        let ending = match source.head.media {
            Media::Png => "png",
            Media::Jpeg => "jpeg",
        };
        let key = source.bytes.as_ptr();
        if let Some(name) = self.known.get(&key) {
            let name = name.clone();
            return self.relate(name);
        }
        let bytes = without_extras(&source.bytes).to_vec();
        let name = self.name(ending);
        self.new.push((name.clone(), bytes));
        self.known.insert(key, name.clone());
        self.relate(name)
    }

    /// Number of the relationship with a drawing made for this slide.
    pub(super) fn add_drawing(&mut self, ending: &str, bytes: Vec<u8>) -> usize {
        let name = self.name(ending);
        self.new.push((name.clone(), bytes));
        self.relate(name)
    }

    fn name(&mut self, ending: &str) -> String {
        self.count += 1;
        format!("ppt/media/image{}.{ending}", self.count)
    }

    fn relate(&mut self, name: String) -> usize {
        let relation = Relation::new("image", name);
        let known = self.relations.iter().position(|of| *of == relation);
        let at = known.unwrap_or_else(|| {
            self.relations.push(relation);
            self.relations.len() - 1
        });
        FIRST + at
    }

    /// Writes the new images and ends the slide; returns its relationships.
    pub(super) fn end_slide(&mut self, package: &mut Package<'_>) -> io::Result<Vec<Relation>> {
        for (name, bytes) in self.new.drain(..) {
            package.media(&name, &bytes)?;
        }
        Ok(std::mem::take(&mut self.relations))
    }
}
