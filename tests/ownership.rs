//! The ownership view of the sample maps.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

#[path = "../benches/generator/mod.rs"]
mod generator;
#[path = "common/golden.rs"]
#[expect(dead_code, reason = "other tests use the rest")]
mod golden;
#[path = "common/scene_text.rs"]
mod scene_text;

use golden::{assert_golden, sample};
use scene_text::scene_text;
use touchline::layout::ownership::{Owner, ownership};
use touchline::model::{Map, ObjectRef};
use touchline::scene::{Marks, ObjectId, Scene, Shape, build_ownership};
use touchline::text::Typesetter;
use touchline::theme::{Density, ThemeName};

/// Compares the display list of two samples line by line.
#[test]
fn sample_ownership_matches_its_golden_files() {
    let mut typesetter = Typesetter::bundled();
    for name in ["bank-account", "disrupted-flight"] {
        let map = sample(name);
        let layout = ownership(&map, Density::Comfortable, &mut typesetter);
        let dump = scene_text(&build_ownership(
            &map,
            &layout,
            ThemeName::Light.theme(),
            Marks::NONE,
        ));
        assert_golden(&format!("tests/golden/{name}.ownership.txt"), &dump);
    }
}

/// Checks that each touchpoint has one card, each stage one chevron and one mark of
/// its owner, and each department one title, with their text inside.
#[test]
fn every_record_is_in_the_ownership_view() {
    let mut typesetter = Typesetter::bundled();
    let maps = [
        sample("hospital-outpatient"),
        sample("mortgage"),
        generator::map(300),
    ];
    for map in maps {
        for density in [Density::Comfortable, Density::Compact] {
            let layout = ownership(&map, density, &mut typesetter);
            for theme in ThemeName::ALL {
                let scene = build_ownership(&map, &layout, theme.theme(), Marks::NONE);
                check_scene(&map, &scene);
            }
        }
    }
}

fn check_scene(map: &Map, scene: &Scene) {
    let mut cards = Vec::new();
    let (mut stages, mut owners, mut departments) = (Vec::new(), Vec::new(), Vec::new());
    for group in &scene.groups {
        for (at, subject) in group.content.objects.iter().enumerate() {
            let bounded = match &subject.id {
                ObjectId::Object(ObjectRef::Touchpoint(id)) => {
                    let touchpoint = map.touchpoint(id).unwrap();
                    assert_eq!(subject.marks, Marks::of_touchpoint(map, touchpoint));
                    cards.push(id.clone());
                    true
                }
                ObjectId::Object(ObjectRef::Stage(id)) => {
                    // The texts of a stage are apart and have no area.
                    stages.extend((!subject.area.is_empty()).then(|| id.clone()));
                    false
                }
                ObjectId::StageOwner(id) => {
                    owners.push(id.clone());
                    true
                }
                ObjectId::Object(ObjectRef::Department(id)) => {
                    departments.push(id.clone());
                    true
                }
                ObjectId::OwnershipCell(what) => **what == (Owner::Nobody, None),
                _ => false,
            };
            let own = group
                .content
                .items
                .iter()
                .filter(|i| i.object as usize == at);
            for item in own.filter(|_| bounded) {
                if let Shape::Text(line) = &item.shape {
                    let right = line.at.x + line.width;
                    let inside = line.at.x >= subject.area.min.x
                        && right <= subject.area.max.x + 0.5
                        && subject.area.contains(line.at);
                    assert!(
                        inside,
                        "{line:?} leaves {} {:?}",
                        subject.title, subject.area
                    );
                }
            }
        }
    }
    let wanted: Vec<_> = map.stages().iter().map(|stage| stage.id.clone()).collect();
    assert_eq!(stages, wanted);
    owners.sort_by_key(|id| map.stages().position(id));
    assert_eq!(owners, wanted);
    let wanted: Vec<_> = map.departments().iter().map(|d| d.id.clone()).collect();
    assert_eq!(departments, wanted);
    assert_eq!(cards.len(), map.touchpoint_count());
    cards.sort();
    cards.dedup();
    assert_eq!(cards.len(), map.touchpoint_count());
}

/// Checks that a larger legend for low zoom fits into the header.
#[test]
fn the_legend_is_legible_at_low_zoom() {
    let map = sample("hospital-outpatient");
    for density in [Density::Comfortable, Density::Compact] {
        let layout = ownership(&map, density, &mut Typesetter::bundled());
        let header = &layout.header;
        assert!(header.far.len() >= 4, "{density:?}: {}", header.far.len());
        for (near, far) in header.legend.iter().zip(&header.far) {
            assert_eq!(near.sample, far.sample);
            assert_eq!(near.runs[0].text, far.runs[0].text);
            assert!(far.runs[0].style.size > 2.0 * near.runs[0].style.size);
            assert!(far.rect.max.y <= header.height, "{far:?}");
            assert!(f64::from(far.rect.max.x) <= layout.width, "{far:?}");
        }
        // At 1280 by 720 the whole view is visible at this zoom.
        let zoom = (1232.0 / layout.width).min(672.0 / layout.height);
        let size = f64::from(header.far[0].runs[0].style.size);
        assert!(size * zoom > 6.0, "{density:?}: {}", size * zoom);
    }
}
