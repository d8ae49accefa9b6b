//! The clipboard of the system, read on a thread with one deadline: its owner is another
//! program, which may not answer.
//!
//! Must not know: what is pasted where.

use crate::english::sentence;
use crate::task::Task;
use egui::{ColorImage, Context, Event, Key, Modifiers, OutputCommand, PointerButton, Pos2};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Time in which the owner of the clipboard has to answer.
const DEADLINE: Duration = Duration::from_secs(2);

/// Interval at which an answer is polled.
const POLL_INTERVAL: Duration = Duration::from_millis(20);

/// Frames in which the window brings the text, if it reads the clipboard.
const WINDOW_FRAMES: u8 = 3;

const SILENT: &str =
    "The program from which the text was copied does not answer. Copy the text once more.";
const FORMATTED: &str = "Only formatted text (HTML) was copied, without plain text. Copy it from another program, or as plain text.";
const BROKEN: &str = "The copied text is damaged and cannot be read. Copy it once more.";
const NOTHING: &str = "There is neither text nor a picture to paste. Copy something first.";

/// Content that can be pasted.
#[derive(Clone, Debug)]
pub(super) enum Content {
    Text(String),
    Image(Arc<ColorImage>),
    Nothing,
}

/// Content of the clipboard, or the reason why there is none.
pub(crate) type ReadResult = Result<ClipboardData, arboard::Error>;

/// Data in the clipboard.
pub(crate) enum ClipboardData {
    Text(String),
    Image(ColorImage),
    /// Formatted text without plain text.
    Html,
}

/// Function that reads the clipboard, however long that takes.
type Read = fn() -> ReadResult;

/// A task that is shared between threads by turns.
type SharedTask<T> = Mutex<Task<T>>;

/// The clipboard of the system.
pub(crate) struct Clipboard {
    read: Read,
    /// Whether the window reads and writes texts (Wayland, where that needs its display).
    through_window: bool,
    reading: Option<Reading>,
    /// Reading of the selection for a click with the middle button, and its position.
    primary: Option<(Pos2, SharedTask<Option<String>>)>,
    /// Owner of what was copied here.
    own: Option<arboard::Clipboard>,
    messages: Vec<String>,
}

enum Reading {
    /// The window was asked, this number of frames ago.
    Window(u8),
    Thread(Instant, SharedTask<ReadResult>),
}

impl Clipboard {
    /// Creates the clipboard of the system.
    pub fn system(through_window: bool) -> Clipboard {
        Clipboard::new(read_system, through_window)
    }

    fn new(read: Read, through_window: bool) -> Clipboard {
        Clipboard {
            read,
            through_window,
            reading: None,
            primary: None,
            own: None,
            messages: Vec::new(),
        }
    }

    /// Returns messages about the clipboard once.
    pub fn take_messages(&mut self) -> Vec<String> {
        std::mem::take(&mut self.messages)
    }

    /// Rewrites the shortcuts for copying and cutting, and reads the selection for a click
    /// with the middle button.
    pub(super) fn on_events(&mut self, ctx: &Context, events: &mut Vec<Event>) {
        for event in events.iter_mut() {
            match event {
                Event::Key {
                    key,
                    pressed: true,
                    modifiers,
                    ..
                } => {
                    if is_shortcut(*key, *modifiers, Key::C) {
                        *event = Event::Copy;
                    } else if is_shortcut(*key, *modifiers, Key::X) {
                        *event = Event::Cut;
                    }
                }
                Event::PointerButton {
                    pos,
                    button: PointerButton::Middle,
                    pressed: true,
                    ..
                } if !self.through_window => {
                    let task = spawn(ctx, "selection", read_primary);
                    self.primary = Some((*pos, task));
                }
                _ => {}
            }
        }
        let done = self.primary.as_ref().and_then(|(pos, task)| {
            let text = task.lock().ok()?.poll()?;
            Some((*pos, text.ok().flatten()))
        });
        if let Some((pos, text)) = done {
            self.primary = None;
            events.extend(text.map(|text| Event::MiddleClickPaste { pos, text }));
        }
    }

    /// Reads the clipboard; `None` while that is not done. A text that the window has read is
    /// among the events.
    pub(super) fn poll(&mut self, ctx: &Context, events: &mut Vec<Event>) -> Option<Content> {
        match &mut self.reading {
            None if self.through_window => {
                ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste);
                self.reading = Some(Reading::Window(0));
            }
            None => self.start_thread(ctx),
            Some(Reading::Window(frames)) => {
                let read = |event: &Event| matches!(event, Event::Paste(_));
                if let Some(at) = events.iter().position(read)
                    && let Event::Paste(text) = events.remove(at)
                {
                    self.reading = None;
                    return Some(Content::Text(text));
                }
                *frames += 1;
                if *frames > WINDOW_FRAMES {
                    self.start_thread(ctx);
                }
            }
            Some(Reading::Thread(began, task)) => {
                let result = task.get_mut().ok().and_then(|task| task.poll());
                let late = began.elapsed() > DEADLINE;
                if result.is_some() || late {
                    self.reading = None;
                    return Some(self.content(result.map(|done| {
                        done.unwrap_or_else(|failed| {
                            Err(arboard::Error::Unknown {
                                description: failed.to_string(),
                            })
                        })
                    })));
                }
            }
        }
        ctx.request_repaint_after(POLL_INTERVAL);
        None
    }

    fn start_thread(&mut self, ctx: &Context) {
        let task = spawn(ctx, "clipboard", self.read);
        self.reading = Some(Reading::Thread(Instant::now(), task));
    }

    /// Returns what can be pasted, and says so if that is nothing. `None` is no answer.
    fn content(&mut self, result: Option<ReadResult>) -> Content {
        use arboard::Error::{ContentNotAvailable, ConversionFailure};
        let message = match result {
            Some(Ok(ClipboardData::Text(text))) if !text.is_empty() => {
                return Content::Text(text.replace("\r\n", "\n"));
            }
            Some(Ok(ClipboardData::Image(image))) => return Content::Image(Arc::new(image)),
            None => SILENT.to_owned(),
            Some(Ok(ClipboardData::Html)) => FORMATTED.to_owned(),
            Some(Err(ConversionFailure)) => BROKEN.to_owned(),
            Some(Ok(ClipboardData::Text(_)) | Err(ContentNotAvailable)) => NOTHING.to_owned(),
            Some(Err(error)) => {
                let why = sentence(&error.to_string());
                format!("The clipboard cannot be read. {why}")
            }
        };
        self.messages.push(message);
        Content::Nothing
    }

    /// Takes copied texts out of the commands and puts them into the clipboard.
    pub(super) fn take_copied(&mut self, commands: &mut Vec<OutputCommand>) {
        if self.through_window {
            return;
        }
        let copied = |command: &mut OutputCommand| {
            matches!(
                command,
                OutputCommand::CopyText(_) | OutputCommand::TextSelectionSettled(_)
            )
        };
        let copied: Vec<OutputCommand> = commands.extract_if(.., copied).collect();
        for command in copied {
            let done = match command {
                OutputCommand::CopyText(text) => self.owner().and_then(|own| own.set_text(text)),
                // No message, since nobody asked for it.
                OutputCommand::TextSelectionSettled(text) => {
                    let _ = self.owner().and_then(|own| set_primary(own, text));
                    Ok(())
                }
                _ => Ok(()),
            };
            if let Err(error) = done {
                let why = sentence(&error.to_string());
                self.messages.push(format!("Nothing was copied. {why}"));
            }
        }
    }

    /// Puts a picture into the clipboard, as PNG where other programs ask for one.
    ///
    /// # Errors
    /// The reason why it cannot, as sentences.
    pub(super) fn copy_image(&mut self, image: &ColorImage) -> Result<(), String> {
        let rgba = image.pixels.iter().flat_map(|p| p.to_srgba_unmultiplied());
        let data = arboard::ImageData {
            width: image.width(),
            height: image.height(),
            bytes: rgba.collect(),
        };
        let copied = self.owner().and_then(|own| own.set_image(data));
        copied.map_err(|error| {
            let why = sentence(&error.to_string());
            format!("No picture can be copied here; export a PNG instead. {why}")
        })
    }

    fn owner(&mut self) -> Result<&mut arboard::Clipboard, arboard::Error> {
        match &mut self.own {
            Some(own) => Ok(own),
            none => Ok(none.insert(arboard::Clipboard::new()?)),
        }
    }
}

/// Whether a key press is the shortcut of the clipboard with this letter.
pub(super) fn is_shortcut(key: Key, modifiers: Modifiers, letter: Key) -> bool {
    let other = match letter {
        Key::C => Key::Copy,
        Key::X => Key::Cut,
        _ => Key::Paste,
    };
    // With Shift, C copies as a picture.
    let is_other_copy = letter == Key::C && modifiers.shift;
    key == other || (key == letter && modifiers.command && !modifiers.alt && !is_other_copy)
}

fn spawn<T: Send + 'static>(
    ctx: &Context,
    name: &str,
    read: impl FnOnce() -> T + Send + 'static,
) -> SharedTask<T> {
    let ctx = ctx.clone();
    Mutex::new(Task::spawn(
        name,
        move || ctx.request_repaint(),
        move |_| read(),
    ))
}

/// Reads text, else a picture.
fn read_system() -> ReadResult {
    let mut clipboard = arboard::Clipboard::new()?;
    match clipboard.get_text() {
        Err(arboard::Error::ContentNotAvailable) => {}
        text => return text.map(ClipboardData::Text),
    }
    match clipboard.get_image() {
        Err(arboard::Error::ContentNotAvailable) => {}
        image => {
            return image.map(|image| {
                let size = [image.width, image.height];
                ClipboardData::Image(ColorImage::from_rgba_unmultiplied(size, &image.bytes))
            });
        }
    }
    clipboard.get().html().map(|_| ClipboardData::Html)
}

#[cfg(all(unix, not(target_os = "macos")))]
fn read_primary() -> Option<String> {
    use arboard::{GetExtLinux as _, LinuxClipboardKind};
    let mut clipboard = arboard::Clipboard::new().ok()?;
    let primary = clipboard.get().clipboard(LinuxClipboardKind::Primary);
    primary.text().ok().filter(|text| !text.is_empty())
}

#[cfg(all(unix, not(target_os = "macos")))]
fn set_primary(own: &mut arboard::Clipboard, text: String) -> Result<(), arboard::Error> {
    use arboard::{LinuxClipboardKind, SetExtLinux as _};
    own.set().clipboard(LinuxClipboardKind::Primary).text(text)
}

/// There is no such selection on this system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn read_primary() -> Option<String> {
    None
}

/// There is no such selection on this system.
#[cfg(not(all(unix, not(target_os = "macos"))))]
fn set_primary(_: &mut arboard::Clipboard, _: String) -> Result<(), arboard::Error> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::KeyQueue;
    use super::*;
    use egui::TextEdit;
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable;

    fn silent() -> ReadResult {
        std::thread::sleep(10 * DEADLINE);
        Err(arboard::Error::ContentNotAvailable)
    }

    fn html() -> ReadResult {
        Ok(ClipboardData::Html)
    }

    fn broken() -> ReadResult {
        Err(arboard::Error::ConversionFailure)
    }

    fn empty() -> ReadResult {
        Err(arboard::Error::ContentNotAvailable)
    }

    fn line() -> ReadResult {
        std::thread::sleep(POLL_INTERVAL);
        Ok(ClipboardData::Text("pays\r\n".to_owned()))
    }

    /// Types “a”, pastes and types “b” in one frame; returns the text and the messages.
    fn pasted(read: Read) -> (String, Vec<String>) {
        let show = |ui: &mut egui::Ui, text: &mut String| {
            let field = TextEdit::multiline(text).id(egui::Id::unique("field"));
            let label = ui.label("Text").id;
            ui.add(field).labelled_by(label);
            let ctx = ui.ctx().clone();
            KeyQueue::with(&ctx, |queue| queue.end_frame(&ctx, false));
        };
        let mut harness = Harness::builder()
            .with_context_setup(move |ctx| {
                crate::app::App::prepare(ctx);
                let clipboard = Clipboard::new(read, false);
                KeyQueue::with(ctx, |queue| queue.use_clipboard(clipboard));
            })
            .build_ui_state(show, String::new());
        harness
            .ctx
            .memory_mut(|m| m.request_focus(egui::Id::unique("field")));
        harness.run_steps(2);
        let paste = Event::Key {
            key: Key::V,
            physical_key: Some(Key::V),
            pressed: true,
            repeat: false,
            modifiers: Modifiers::COMMAND,
        };
        let text = |text: &str| Event::Text(text.to_owned());
        let events = [text("a"), paste, text("b")];
        harness.input_mut().events.extend(events);
        let mut frames = 0;
        while !harness.state().ends_with('b') {
            harness.step();
            std::thread::sleep(Duration::from_millis(2));
            frames += 1;
        }
        // The window is drawn while nobody answers.
        let waits = read as usize == silent as Read as usize;
        assert!(!waits || frames > 20, "{frames} frames");
        let messages = KeyQueue::with(&harness.ctx, KeyQueue::take_messages);
        assert!(
            harness
                .query_by_role(egui::Role::MultilineTextInput)
                .is_some()
        );
        (harness.state().clone(), messages)
    }

    #[test]
    fn text_is_pasted_between_what_was_typed_before_and_after() {
        assert_eq!(pasted(line), ("apays\nb".to_owned(), Vec::new()));
    }

    #[test]
    fn a_clipboard_without_usable_text_says_so_and_typing_goes_on() {
        for (read, message) in [
            (silent as Read, SILENT),
            (html, FORMATTED),
            (broken, BROKEN),
            (empty, NOTHING),
        ] {
            assert_eq!(pasted(read), ("ab".to_owned(), vec![message.to_owned()]));
        }
    }
}
