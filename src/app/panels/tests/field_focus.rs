//! Every fix and every hit that leads to a field leads to one that the inspector shows.

use super::{TODAY, the_inspector};
use crate::app::command::action::Selection;
use crate::app::document::highlight::inspector_field;
use crate::app::panels::context::PanelContext;
use crate::app::ui::{focus_field, is_focus_pending, style};
use crate::edit::{History, IdFactory};
use crate::graph::Graph;
use crate::insight::{self, Findings, Fix, ReferenceCounts};
use crate::layout::{self, Layout};
use crate::model::{Field, FieldRef, Map};
use crate::scene::Highlight;
use crate::search::filter::Filter;
use crate::search::find::find;
use crate::text::FixedWidth;
use crate::theme::LIGHT;
use egui_kittest::Harness;
use std::collections::{BTreeSet, HashSet};
use std::mem::discriminant;
use std::path::PathBuf;

/// A map in the inspector.
struct Shown {
    map: Map,
    layout: Layout,
    findings: Findings,
    usage: ReferenceCounts,
    selection: Selection,
}

impl Shown {
    fn new(map: Map) -> Shown {
        let options = layout::LayoutOptions::default();
        Shown {
            layout: layout::layout(&map, &options, &mut FixedWidth),
            findings: insight::findings(&map, &Graph::of(&map), TODAY, Vec::new()),
            usage: ReferenceCounts::of(&map),
            selection: Selection::Nothing,
            map,
        }
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        the_inspector(
            ui,
            &mut PanelContext {
                map: &self.map,
                layout: &self.layout,
                history: &History::default(),
                versions: &Default::default(),
                findings: &self.findings,
                checks_pending: false,
                usage: &self.usage,
                hidden_curves: &BTreeSet::new(),
                folding: &Default::default(),
                shows_saved_lanes: false,
                saved_view: None,
                comparison: None,
                selection: &self.selection,
                highlight: &Highlight::default(),
                filter: &Filter::default(),
                theme: &LIGHT,
                author: "Jana",
                ids: IdFactory::new(&mut || 0),
                actions: &mut Vec::new(),
            },
        );
    }
}

/// Asserts that the inspector shows each field, given that its object is selected.
fn assert_shown(map: Map, fields: &[FieldRef]) {
    let mut harness = Harness::builder()
        .with_size(egui::vec2(360.0, 800.0))
        .with_context_setup(|ctx| {
            style::install_fonts(ctx);
            style::set_style(ctx, &LIGHT, false);
        })
        .build_ui_state(|ui, shown: &mut Shown| shown.show(ui), Shown::new(map));
    for field in fields {
        let shown = harness.state_mut();
        shown.selection = Selection::of_object(&shown.map, &field.object);
        focus_field(&harness.ctx, field);
        harness.step();
        assert!(!is_focus_pending(&harness.ctx), "no field of {field:?}");
        assert!(harness.ctx.memory(|memory| memory.focused()).is_some());
    }
}

fn maps() -> impl Iterator<Item = Map> {
    let files = ["sample_maps", "tests/rules"]
        .into_iter()
        .flat_map(|folder| {
            let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(folder);
            std::fs::read_dir(folder).unwrap()
        });
    files.filter_map(|file| {
        let text = std::fs::read(file.unwrap().path()).unwrap();
        crate::format::read(&text).ok().map(|document| document.map)
    })
}

#[test]
fn every_fix_that_leads_to_a_field_leads_to_one_that_is_shown() {
    let mut labels = HashSet::new();
    for map in maps() {
        let found = insight::check(&map, TODAY);
        let mut fields = HashSet::new();
        for fix in found.into_iter().flat_map(|finding| finding.fixes) {
            if let Fix::FillIn { label, field } = fix
                && !matches!(field.field, Field::Whole | Field::ImageData)
            {
                labels.insert(label);
                fields.insert(field);
            }
        }
        // One of each kind is enough in a large map.
        let mut kinds = HashSet::new();
        fields.retain(|it| kinds.insert((discriminant(&it.object), discriminant(&it.field))));
        let fields: Vec<FieldRef> = fields.into_iter().collect();
        assert_shown(map, &fields);
    }
    for label in [
        "Change the name",
        "Choose an owner",
        "Set a due date",
        "Set another due date",
        "Choose an action",
        "Enter a measurement",
        "Write down what is behind it",
        "Correct the entry",
    ] {
        assert!(labels.contains(label), "no finding offers “{label}”");
    }
}

/// A map in which every text contains an e.
const ALL_TEXTS: &str = r#"(
    title: "Deer", scenario: "Deer",
    measurements: [(metric: "Deer", value: 1, unit: "deer")],
    personas: [(
        id: "p", name: "Deer", role: "Deer", goals: ["deer"], needs: ["deer"],
        frustrations: ["deer"], quote: "Deer", source: "Deer",
    )],
    departments: [(id: "d", name: "Deer", short: "Deer", contact: "Deer")],
    channels: [(id: "c", name: "Deer")],
    environments: [(id: "n", name: "Deer")],
    lanes: [(id: "own", name: "Deer", kind: custom)],
    stages: [(
        id: "s", name: "Deer", goal: "Deer", time: "Deer", notes: "Deer",
        touchpoints: [(
            id: "t", name: "Deer", description: "Deer", time: "Deer",
            feelings: [(
                persona: "p", score: 1, emotion: "deer", quote: "Deer", thought: "Deer",
                motivation: "Deer", source: "Deer",
            )],
            pains: [(text: "Deer", source: "Deer")],
            opportunities: [(text: "Deer", source: "Deer", actions: ["a"])],
            backstage: [(text: "Deer")],
            measurements: [(metric: "Deer", value: 1, unit: "deer")],
            paths: [(to: "t", label: "Deer")],
            source: "Deer", tags: ["deer"], texts: {"own": "Deer"}, notes: "Deer",
        )],
    )],
    actions: [
        (id: "a", name: "Deer"),
        (id: "b", name: "Deer", lift: (metric: "Deer", by: 1), notes: "Deer"),
    ],
    notes: [(text: "Deer")],
)"#;

#[test]
fn every_hit_leads_to_a_field_that_is_shown() {
    let map = crate::format::read(ALL_TEXTS.as_bytes()).unwrap().map;
    let hits = find(&map, "deer");
    let mut fields: HashSet<FieldRef> = hits.iter().map(|hit| hit.field.clone()).collect();
    assert_eq!(fields.len(), 46);
    // A hit in an action leads to the text that the action addresses.
    fields.extend(hits.iter().map(|hit| inspector_field(&map, hit)));
    let fields: Vec<FieldRef> = fields.into_iter().collect();
    assert_shown(map, &fields);
}
