//! Images chosen, pasted and dropped, and custom lanes.

use super::{FIRST, Window};
use egui::{Color32, ColorImage, Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use touchline::app::platform::file_dialog::{FileRequest, FileResponse};
use touchline::model::{LaneContentKind, Map, Media};

impl Window {
    fn current_map(&self) -> &Map {
        self.document().session.map()
    }

    /// Waits until the map has this number of images, which are imported on threads.
    fn wait_for_pictures(&mut self, count: usize) {
        for _ in 0..3_000 {
            self.run_until_idle();
            if self.current_map().images().len() == count {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        assert_eq!(
            self.current_map().images().len(),
            count,
            "the images were not imported"
        );
    }

    fn paste_image(&mut self) {
        let image = ColorImage::filled([40, 30], Color32::RED);
        self.harness.event(Event::PasteImage(Arc::new(image)));
        self.run_until_idle();
    }

    fn undo_step(&mut self) {
        self.key(Modifiers::COMMAND, Key::Z);
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }
    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("not read in this test".to_owned())
    }
}

/// Writes a generated image file.
pub(super) fn file(folder: &Path, name: &str) -> PathBuf {
    let pixels = touchline::image::Pixels {
        width: 60,
        height: 40,
        rgba: [10, 120, 200, 255].repeat(60 * 40),
    };
    let path = folder.join(name);
    let bytes = touchline::image::import_pixels(pixels).unwrap();
    touchline::storage::write(&path, &bytes).unwrap();
    path
}

#[test]
fn chosen_image_is_added_to_the_storyboard_and_undone() {
    let (folder, path, window) = Window::with_bank_account();
    drop(window);
    let picture = file(folder.path(), "kitchen-table.png");
    let answers = vec![FileResponse::Paths(vec![picture])];
    let mut window = Window::open(&[path], answers);
    let before = window.current_map().clone();
    let count = before.images().len();
    window.press(FIRST);
    window.press("Add picture");
    assert_eq!(
        *window.dialogs.requests.borrow(),
        [FileRequest::ImportImages]
    );
    window.wait_for_pictures(count + 1);
    let image = window
        .current_map()
        .images()
        .as_slice()
        .last()
        .unwrap()
        .clone();
    assert_eq!(image.name, "kitchen table");
    let head = image.header().unwrap();
    assert_eq!((head.media, head.width, head.height), (Media::Png, 60, 40));
    let touchpoint = window.touchpoint("asks-flatmates");
    assert_eq!(touchpoint.pictures.last(), Some(&image.id));
    window.undo_step();
    assert_eq!(*window.current_map(), before);
}

#[test]
fn pasted_image_is_added_to_the_selection_or_explained() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.current_map().clone();
    let count = before.images().len();
    window.paste_image();
    assert_eq!(*window.current_map(), before);
    let said = window.harness.state().messages().join(" ");
    assert!(
        said.contains("Select a touchpoint or a persona first"),
        "{said}"
    );
    window.press(FIRST);
    window.paste_image();
    window.wait_for_pictures(count + 1);
    let pictures = window.touchpoint("asks-flatmates").pictures.clone();
    let image = window.current_map().images().get(pictures.last().unwrap());
    assert_eq!(image.unwrap().name, FIRST);
    window.undo_step();
    assert_eq!(*window.current_map(), before);
}

#[test]
fn dropped_image_is_imported_and_a_damaged_one_is_refused() {
    let (folder, _path, mut window) = Window::with_bank_account();
    let before = window.current_map().clone();
    let count = before.images().len();
    let broken = folder.path().join("broken.png");
    touchline::storage::write(&broken, b"\x89PNG\r\n\x1A\nno more").unwrap();
    window.press(FIRST);
    for path in [broken, file(folder.path(), "flat.png")] {
        let handle: egui::DroppedFileHandle = Arc::new(Dropped(path));
        window.harness.input_mut().dropped_files.push(handle);
    }
    window.wait_for_pictures(count + 1);
    for _ in 0..3_000 {
        let said = window.harness.state().messages().join(" ");
        if said.contains("damaged") {
            break;
        }
        std::thread::sleep(Duration::from_millis(10));
        window.run_until_idle();
    }
    let said = window.harness.state().messages().join(" ");
    assert!(said.contains("The picture is damaged"), "{said}");
    window.undo_step();
    assert_eq!(*window.current_map(), before);
}

#[test]
fn removed_image_leaves_the_map_and_is_restored_by_undo() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.current_map().clone();
    window.press(FIRST);
    let remove = window.harness.get_by_label("Picture 1: remove");
    remove.scroll_to_me();
    window.run_until_idle();
    window.harness.get_by_label("Picture 1: remove").click();
    window.run_until_idle();
    assert!(window.touchpoint("asks-flatmates").pictures.is_empty());
    assert_eq!(
        window.current_map().images().len(),
        before.images().len() - 1
    );
    window.undo_step();
    assert_eq!(*window.current_map(), before);
}

#[test]
fn score_lane_is_added_and_undone() {
    let (_folder, _path, mut window) = Window::with_bank_account();
    let before = window.current_map().clone();
    window.key(Modifiers::COMMAND, Key::L);
    let button = window.harness.get_by_label("Add own lane of scores");
    button.scroll_to_me();
    window.run_until_idle();
    window.press("Add own lane of scores");
    let lane = window
        .current_map()
        .lanes()
        .as_slice()
        .last()
        .unwrap()
        .clone();
    assert!(matches!(lane.holds, LaneContentKind::Score(_)));
    window.undo_step();
    assert_eq!(*window.current_map(), before);
}
