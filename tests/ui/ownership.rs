//! Ownership view: changing owners.

use super::Window;
use super::tools::ids;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::Queryable;
use touchline::app::command::action::Selection;
use touchline::model::{DepartmentId, Map, ObjectRef, Record, StageId, TouchpointId};
use touchline::render::View;

const NONE: Modifiers = Modifiers::NONE;

/// A window with the whole ownership view of the sample, and the ids of its
/// touchpoints.
fn ownership() -> (tempfile::TempDir, Window, Vec<TouchpointId>) {
    let (folder, _path, mut window) = Window::with_bank_account();
    window.press("Ownership");
    window.key(Modifiers::COMMAND, Key::Num0);
    let all = ids(&window.map_clone());
    (folder, window, all)
}

fn owner(map: &Map, id: &TouchpointId) -> Option<DepartmentId> {
    map.touchpoint(id).unwrap().owner.clone()
}

/// A point in the row of a department, beside its title.
fn row(window: &Window, department: &str) -> Pos2 {
    let title = window.leftmost_button(department);
    title.right_center() + egui::vec2(30.0, 0.0)
}

#[test]
fn card_dragged_to_a_row_gets_its_owner() {
    let (_folder, mut window, all) = ownership();
    let before = window.map_clone();
    let last = before.departments().iter().last().unwrap().clone();
    let other = |id: &&TouchpointId| owner(&before, id).is_some_and(|it| it != last.id);
    let id = all.iter().find(other).unwrap();
    let from = window.card(id).center();
    let to = row(&window, last.name());
    window.hold(from, to, NONE);
    let name = &before.touchpoint(id).unwrap().name;
    assert!(window.shows_label(&format!("{name} to {}", last.short_name())));
    assert_eq!(
        window.map_clone(),
        before,
        "nothing changes before the drop"
    );
    window.button(to, false, NONE);
    window.run_until_idle();
    assert_eq!(owner(&window.map_clone(), id), Some(last.id.clone()));
    window.assert_undo_restores(&before);
    // To the unowned row.
    let from = window.card(id).center();
    let to = row(&window, "No owner");
    window.drag_and_drop(from, to, NONE);
    assert_eq!(owner(&window.map_clone(), id), None);
    window.assert_undo_restores(&before);
    // Escape cancels the drag.
    window.hold(from, row(&window, last.name()), NONE);
    window.key(NONE, Key::Escape);
    window.button(to, false, NONE);
    window.run_until_idle();
    assert_eq!(window.map_clone(), before);
}

#[test]
fn whole_selection_is_dragged_along() {
    let (_folder, mut window, all) = ownership();
    let before = window.map_clone();
    let last = before.departments().iter().last().unwrap().clone();
    window.click_card(&all[0], NONE);
    window.click_card(&all[2], Modifiers::SHIFT);
    let from = window.card(&all[2]).center();
    let to = row(&window, last.name());
    window.drag_and_drop(from, to, NONE);
    for id in [&all[0], &all[2]] {
        assert_eq!(owner(&window.map_clone(), id), Some(last.id.clone()));
    }
    assert_eq!(window.document().selection.touchpoints().len(), 2);
    window.assert_undo_restores(&before);
}

#[test]
fn stage_marker_is_dragged_to_its_owner() {
    let (_folder, mut window, _all) = ownership();
    let before = window.map_clone();
    let stage = before.stages().iter().find(|stage| stage.owner.is_some());
    let stage = stage.unwrap();
    let holder = before
        .departments()
        .get(stage.owner.as_ref().unwrap())
        .unwrap();
    let other = before
        .departments()
        .iter()
        .rfind(|d| d.id != holder.id)
        .unwrap();
    let mark = format!("{} is owned by {}", stage.name(), holder.short_name());
    let from = window.leftmost_button(&mark).center();
    let to = row(&window, other.name());
    window.drag_and_drop(from, to, NONE);
    let owner = |map: &Map, id: &StageId| map.stages().get(id).unwrap().owner.clone();
    assert_eq!(
        owner(&window.map_clone(), &stage.id),
        Some(other.id.clone())
    );
    assert_eq!(
        window.document().selection,
        Selection::One(ObjectRef::Stage(stage.id.clone()))
    );
    window.assert_undo_restores(&before);
}

#[test]
fn arrows_navigate_the_column_and_change_the_owner() {
    let (_folder, mut window, all) = ownership();
    let before = window.map_clone();
    let first = before.departments().as_slice()[0].id.clone();
    let lacks_owner = |id: &&TouchpointId| before.lacks_owner(before.touchpoint(id).unwrap());
    let free = all.iter().find(lacks_owner).unwrap();
    window.click_card(free, NONE);
    window.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(
        window.map_clone(),
        before,
        "there is no row above the unowned one"
    );
    window.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(owner(&window.map_clone(), free), Some(first));
    assert_eq!(window.document().view, View::Ownership);
    window.assert_undo_restores(&before);
    // Down and up returns to the same touchpoint.
    let here = window.document().selection.clone();
    window.key(NONE, Key::ArrowDown);
    let below = window.document().selection.clone();
    assert_ne!(below, here);
    let stage = |selection: &Selection| before.stage_of(&selection.touchpoints()[0]).cloned();
    assert_eq!(stage(&below), stage(&here));
    window.key(NONE, Key::ArrowUp);
    assert_eq!(window.document().selection, here);
}

#[test]
fn cell_selects_owned_touchpoints_and_title_the_department() {
    let (_folder, mut window, all) = ownership();
    let map = window.map_clone();
    let department = map.departments().as_slice()[0].clone();
    let stage = map.stages().iter().find(|stage| {
        let touchpoints = map.touchpoints_in(&stage.id).iter();
        touchpoints
            .filter(|t| t.owner.as_ref() == Some(&department.id))
            .count()
            > 0
    });
    let stage = stage.unwrap();
    let cell = format!("{} in {}", department.short_name(), stage.name());
    window.harness.get_by_label(&cell).click_accesskit();
    window.run_until_idle();
    let owned: Vec<TouchpointId> = all
        .iter()
        .filter(|id| {
            map.stage_of(id) == Some(&stage.id) && owner(&map, id) == Some(department.id.clone())
        })
        .cloned()
        .collect();
    assert_eq!(window.document().selection.touchpoints(), owned);
    window.harness.get_by_label(department.name()).click();
    window.run_until_idle();
    let title = Selection::One(ObjectRef::Department(department.id.clone()));
    assert_eq!(window.document().selection, title);
}

#[test]
fn a_cell_adds_a_touchpoint_of_its_owner_and_stage() {
    let (_folder, mut window, _) = ownership();
    // Large enough to read the whole map.
    window.harness.set_size(egui::vec2(3840.0, 2160.0));
    window.run_until_idle();
    window.key(Modifiers::COMMAND, Key::Num0);
    let before = window.map_clone();
    let stage = before.stages().as_slice()[0].clone();
    // The ground of a cell, not a touchpoint in it.
    let owns = |id: &DepartmentId| {
        let mut inside = before.touchpoints_in(&stage.id).iter();
        inside.any(|it| it.owner.as_ref() == Some(id))
    };
    let mut departments = before.departments().iter();
    let department = departments.find(|it| !owns(&it.id)).unwrap().clone();
    let y = row(&window, department.name()).y;
    let x = window.leftmost_button(stage.name()).right() - 12.0;
    let added = |window: &Window| {
        let map = window.map_clone();
        let new = map.touchpoints_in(&stage.id).last().unwrap().clone();
        assert_eq!(map.touchpoint_count(), before.touchpoint_count() + 1);
        assert_eq!(new.owner, Some(department.id.clone()));
        assert!(window.shows_label("Name on the map"));
    };
    let at = egui::pos2(x, y);
    window.hover(at, NONE);
    window.press(&format!(
        "Add touchpoint to {}: {}",
        stage.name(),
        department.name()
    ));
    added(&window);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
    window.double_click_in_one_frame(at);
    added(&window);
    window.key(NONE, Key::Escape);
    assert_eq!(window.map_clone(), before);
}
