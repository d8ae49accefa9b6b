//! Checks the images of a map.

use super::structure::{PICTURE_BROKEN, UNUSED_PICTURE};
use crate::insight::context::CheckContext;
use crate::insight::finding::Finding;
use crate::insight::fix::Fix;
use crate::model::{
    Field, Id, Image, ImageData, LaneContentKind, LaneKind, Map, ObjectRef, Record,
};
use std::collections::HashSet;

pub(crate) fn check(look: &mut CheckContext<'_>) {
    let map = look.map;
    if map.images().is_empty() {
        return;
    }
    let shown = shown(map);
    for image in map.images().iter() {
        let name = image.name();
        let subject = || ObjectRef::Image(image.id.clone());
        if let Some(problem) = problem(image) {
            let place = subject().field(Field::ImageData);
            let message = format!("the picture “{name}” {problem}");
            let finding = Finding::new(&PICTURE_BROKEN, subject(), place, message);
            look.add_after_stages(finding.with_fixes([
                Fix::fill_in("Choose another picture", subject()),
                Fix::Delete,
            ]));
        }
        if !shown.contains(image.id.as_str()) {
            let message = format!("nothing shows the picture “{name}”");
            let finding = Finding::new(&UNUSED_PICTURE, subject(), subject(), message);
            look.add_after_stages(finding.with_fixes([Fix::Delete]));
        }
    }
}

fn problem(image: &Image) -> Option<&'static str> {
    match &image.data {
        ImageData::Unreadable(_) => Some("cannot be read: its data is no base 64"),
        ImageData::Bytes(_) if image.header().is_none() => Some(
            "cannot be shown: its data is no PNG or JPEG, is cut short, or has too many pixels",
        ),
        ImageData::Bytes(_) => None,
    }
}

/// The ids of all images with at least one reference.
fn shown(map: &Map) -> HashSet<&str> {
    let lanes: Vec<_> = map
        .lanes()
        .iter()
        .filter(|l| l.kind == LaneKind::Custom && l.holds == LaneContentKind::Picture)
        .map(|l| &l.id)
        .collect();
    let mut shown: HashSet<&str> = map
        .personas()
        .iter()
        .filter_map(|p| p.picture.as_ref())
        .map(Id::as_str)
        .collect();
    for touchpoint in map.touchpoints() {
        shown.extend(touchpoint.pictures.iter().map(Id::as_str));
        shown.extend(
            lanes
                .iter()
                .filter_map(|l| touchpoint.texts.get(*l))
                .map(String::as_str),
        );
    }
    shown
}
