//! Search and filter.

use crate::Window;
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use touchline::app::command::action::Selection;
use touchline::model::{ObjectRef, Touchpoint};
use touchline::scene::{Highlight, Marks};
use touchline::search::filter::{Facet, FacetKind, FacetValue};

impl Window {
    fn find(&mut self, text: &str) {
        self.key(Modifiers::COMMAND, Key::F);
        self.harness
            .get_by_label("Find in this map")
            .type_text(text);
        self.run_until_idle();
    }

    /// Current highlight, as painted.
    pub(super) fn highlight(&mut self) -> Highlight {
        self.harness.state_mut().document_mut().unwrap().highlight()
    }

    fn selected_name(&self) -> String {
        match &self.document().selection {
            Selection::One(ObjectRef::Touchpoint(id)) => {
                self.touchpoint(&id.to_string()).name.clone()
            }
            Selection::One(ObjectRef::Stage(id)) => {
                let stages = self.document().session.map().stages();
                stages.get(id).unwrap().name.clone()
            }
            other => format!("{other:?}"),
        }
    }
}

#[test]
fn find_steps_through_hits_and_escape_keeps_the_last_selected() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.find("FEE");
    let hits = touchline::search::find::find(window.document().session.map(), "fee");
    let count = hits.len();
    assert!(count > 4, "{count}");
    assert!(window.shows_label(&format!("1 of {count}")));
    let first = window.document().selection.clone();
    assert_ne!(first, Selection::Nothing);
    window.key(Modifiers::NONE, Key::Enter);
    window.key(Modifiers::NONE, Key::F3);
    assert!(window.shows_label(&format!("3 of {count}")));
    window.key(Modifiers::SHIFT, Key::Enter);
    assert!(window.shows_label(&format!("2 of {count}")));
    window.press("Previous hit");
    window.press("Previous hit");
    assert!(window.shows_label(&format!("{count} of {count}")));
    let lit = window.highlight();
    let touchpoints = lit.selection.as_ref().unwrap().touchpoints.len();
    assert!(touchpoints > 1 && touchpoints < 20, "{touchpoints}");

    let last = window.document().selection.clone();
    window.key(Modifiers::NONE, Key::Escape);
    assert!(!window.shows_label("Find in this map"));
    assert_eq!(window.document().selection, last);
    assert!(window.highlight().is_off());
    // Shortcuts work again.
    window.key(Modifiers::ALT, Key::U);
    assert_eq!(window.document().highlighting.marks, Marks::UNOWNED);
}

#[test]
fn typing_more_searches_again_and_letters_stay_in_the_field() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let steps = window.document().session.history().done().len();
    window.find("account");
    window
        .harness
        .get_by_label("Find in this map")
        .type_text("zzz");
    window.run_until_idle();
    assert!(window.shows_label("Nothing found"));
    assert!(window.highlight().is_off(), "nothing found dims nothing");
    assert_eq!(window.document().session.history().done().len(), steps);
    window.key(Modifiers::COMMAND, Key::F);
    window
        .harness
        .get_by_label("Find in this map")
        .type_text("ÜBER");
    window.run_until_idle();
    let text = &window.document().highlighting.search.as_ref().unwrap().text;
    assert_eq!(text, "ÜBER", "Ctrl+F selects what was typed");
}

#[test]
fn text_typed_before_the_field_is_focused_is_searched() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window
        .harness
        .key_press_modifiers(Modifiers::COMMAND, Key::F);
    window.harness.step();
    for (key, text) in [(Key::P, "p"), (Key::I, "i"), (Key::N, "n")] {
        window.harness.key_press(key);
        window.harness.event(egui::Event::Text(text.to_owned()));
    }
    window.run_until_idle();
    let spotlight = &window.document().highlighting;
    assert_eq!(spotlight.search.as_ref().unwrap().text, "pin");
    assert!(spotlight.search.as_ref().unwrap().hit().is_some());
    assert_eq!(
        spotlight.marks,
        Marks::NONE,
        "P is text here, not a shortcut"
    );
}

#[test]
fn filter_highlights_counts_and_is_cleared() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let map = window.document().session.map();
    let count = |is: &dyn Fn(&Touchpoint) -> bool| map.touchpoints().filter(|t| is(t)).count();
    let service = count(&|t| t.owner == Some("service".into()));
    let (nobody, all) = (count(&|t| map.lacks_owner(t)), map.touchpoint_count());
    let label = map
        .departments()
        .get(&"service".into())
        .unwrap()
        .name
        .clone();
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    window.click(Role::CheckBox, &format!("Owner: {label}"));
    assert!(window.shows_label(&format!("{service} of {all} touchpoints")));
    window.click(Role::CheckBox, "Owner: No owner");
    let both = service + nobody;
    assert!(window.shows_label(&format!("{both} of {all} touchpoints")));
    window.key(Modifiers::NONE, Key::Escape);
    let lit = window.highlight();
    assert_eq!(lit.selection.as_ref().unwrap().touchpoints.len(), both);

    // The next-highlighted key steps through the touchpoints that pass.
    let mut seen = Vec::new();
    for _ in 0..both {
        window.key(Modifiers::NONE, Key::Period);
        assert!(!seen.contains(&window.selected_name()));
        seen.push(window.selected_name());
    }
    window.key(Modifiers::NONE, Key::Period);
    assert_eq!(window.selected_name(), seen[0]);

    window.press("Stop filtering by Owner: No owner");
    assert!(window.shows_label(&format!("{service} of {all} touchpoints")));
    let facets = window.document().highlighting.filter.facets();
    let owner = FacetValue::Object(ObjectRef::Department("service".into()));
    let owner = Facet {
        kind: FacetKind::Owner,
        value: Some(owner),
    };
    assert_eq!(facets, [owner]);
    window.press("Clear filter");
    assert!(window.document().highlighting.filter.is_empty());
    assert!(window.highlight().is_off());
    assert!(!window.shows_label("Clear filter"));
}

#[test]
fn the_filter_is_searched_and_the_most_used_values_come_first() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    let left = |window: &Window, label: &str| {
        let node = window.harness.get_by_label(label);
        (node.rect().left(), node.rect().top())
    };
    let (app, web) = (
        left(&window, "Channel: Mobile app"),
        left(&window, "Channel: Website"),
    );
    assert!(app.0 == web.0 && app.1 < web.1);
    assert!(left(&window, "Persona: Jana Novak").0 < left(&window, "Tag: fees").0);
    // The search field has the keyboard when the menu opens.
    window.harness.event(egui::Event::Text("vidéo".to_owned()));
    window.run_until_idle();
    assert!(window.shows_label("Channel: Video call"));
    assert!(!window.shows_label("Channel: Website"));
    window.key(Modifiers::NONE, Key::Enter);
    let facets = window.document().highlighting.filter.facets();
    let video = Facet::of_record(ObjectRef::Channel("video".into()));
    assert_eq!(facets.first().map(|it| it.kind), video.map(|it| it.kind));
    assert_eq!(facets.len(), 1);
    // The next time it is empty.
    window.key(Modifiers::NONE, Key::Escape);
    window.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    assert!(window.shows_label("Channel: Website"));
}

#[test]
fn highlight_and_filter_intersect_and_hits_override_both() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::NONE, Key::P);
    let filter = &mut window
        .harness
        .state_mut()
        .document_mut()
        .unwrap()
        .highlighting;
    let app = Facet::of_record(ObjectRef::Channel("app".into()));
    filter.filter.toggle(app.unwrap());
    window.run_until_idle();
    let lit = window.highlight();
    let map = window.document().session.map();
    for touchpoint in map.touchpoints() {
        let wanted = !touchpoint.pains.is_empty() && touchpoint.channel == Some("app".into());
        assert_eq!(
            lit.contains_touchpoint(map, touchpoint),
            wanted,
            "{}",
            touchpoint.name
        );
    }
    window.find("flatmates");
    let found = window.highlight();
    assert_eq!(found.marks, Marks::NONE);
    assert_ne!(found.selection, lit.selection);
    window.key(Modifiers::NONE, Key::Escape);
    assert_eq!(window.highlight(), lit);
}

#[test]
fn hits_in_actions_and_notes_show_their_inspector_field() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    window.key(Modifiers::COMMAND, Key::I);
    let map = window.document().session.map().clone();
    let answers = |t: &touchline::model::Touchpoint, id| {
        let pain = t.pains.iter().position(|p| p.actions.contains(id));
        let better = |o: &touchline::model::Opportunity| o.actions.contains(id);
        let opportunity = t.opportunities.iter().position(better);
        pain.map(|at| ("Pain", at))
            .or(opportunity.map(|at| ("Opportunity", at)))
    };
    let action = &map.actions().as_slice()[1];
    let mut all = map.touchpoints();
    let answer = all.find_map(|t| Some((t, answers(t, &action.id)?)));
    let (touchpoint, (what, at)) = answer.unwrap();
    window.find(&action.name);
    assert_eq!(window.selected_name(), touchpoint.name);
    let field = format!("{what} {} text", at + 1);
    let seen = |window: &Window, field: &str| {
        let rect = window.harness.get_by_label(field).rect();
        rect.top() > 60.0 && rect.bottom() < 700.0
    };
    assert!(seen(&window, &field), "the inspector opens and shows it");
    let focus = window.harness.get_by_label("Find in this map");
    assert!(focus.accesskit_node().is_focused(), "the search goes on");
    window.key(Modifiers::NONE, Key::Escape);

    let last = map.notes().len();
    let note = &map.notes().as_slice()[last - 1];
    window.find(&note.text);
    assert_eq!(window.document().selection, Selection::Nothing);
    assert!(seen(&window, &format!("Note {last} text")));
}
