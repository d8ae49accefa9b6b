//! Imports images into the active map: dropped, pasted or chosen, processed on threads,
//! each added as one undo step.
//!
//! Must not know: how images are read or shown.

use crate::app::app::App;
use crate::app::command::action::{PictureHome, Selection};
use crate::app::platform::file_dialog::Wanted;
use crate::edit::Intent;
use crate::image::{Pixels, room};
use crate::insight::sentence;
use crate::model::{Holds, Id, Image, ImageId, LaneKind, Map};
use crate::scene::Tag;
use crate::session::{self, PictureSource, TakeError, Taken};
use egui::{ColorImage, Context};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};

/// Image imports in progress.
pub struct Taking {
    door: Sender<Arrival>,
    arrivals: Receiver<Arrival>,
    /// Number of imports in progress.
    pub underway: usize,
    /// Target of the image requested by the open file dialog.
    pub home: Option<PictureHome>,
    /// Files dropped in this frame; the canvas knows the target.
    pub dropped: Vec<PathBuf>,
}

struct Arrival {
    document: u64,
    home: PictureHome,
    taken: Result<Taken, TakeError>,
}

impl Default for Taking {
    fn default() -> Self {
        let (door, arrivals) = channel();
        Taking {
            door,
            arrivals,
            underway: 0,
            home: None,
            dropped: Vec::new(),
        }
    }
}

impl App {
    /// Asks for image files.
    pub(crate) fn ask_for_pictures(&mut self, ctx: &Context, home: PictureHome) {
        if let Some(key) = self.document().map(|d| d.key) {
            self.taking.home = Some(home);
            self.ask(ctx, Wanted::Take, Some(key));
        }
    }

    /// Asks for image files for the selection.
    pub(crate) fn choose_pictures(&mut self, ctx: &Context) {
        match self.document().and_then(|d| home_of(&d.selection)) {
            Some(home) => self.ask_for_pictures(ctx, home),
            None => self
                .toasts
                .say("Select a touchpoint or a persona first, then add the picture."),
        }
    }

    /// Imports images in the background; each is added to the map when ready.
    pub(crate) fn take(&mut self, ctx: &Context, home: &PictureHome, sources: Vec<PictureSource>) {
        let Some(document) = self.document().map(|d| d.key) else {
            return;
        };
        for source in sources {
            let (door, ctx, home) = (self.taking.door.clone(), ctx.clone(), home.clone());
            let started = std::thread::Builder::new()
                .name("taking a picture in".to_owned())
                .spawn(move || {
                    let taken = session::take_picture(source);
                    // Fails if the window was closed meanwhile.
                    let _ = door.send(Arrival {
                        document,
                        home,
                        taken,
                    });
                    ctx.request_repaint();
                });
            self.taking.underway += usize::from(started.is_ok());
        }
    }

    /// Adds images imported since the last frame.
    pub(crate) fn receive_pictures(&mut self) {
        while let Ok(arrival) = self.taking.arrivals.try_recv() {
            self.taking.underway = self.taking.underway.saturating_sub(1);
            let mint = &mut self.mint;
            let Some(document) = self
                .documents
                .iter_mut()
                .find(|d| d.key == arrival.document)
            else {
                continue;
            };
            let map = document.session.map();
            let intent = arrival
                .taken
                .map_err(|error| error.to_string())
                .and_then(|taken| {
                    room(map, bytes(&taken)).map_err(|error| error.to_string())?;
                    let name = match taken.name.as_str() {
                        "" => usual_name(map, &arrival.home),
                        name => name.to_owned(),
                    };
                    let image = Image {
                        id: mint.mint(&name),
                        name,
                        data: taken.data,
                    };
                    wish(map, &arrival.home, image)
                        .ok_or_else(|| "what the picture was for is gone".to_owned())
                });
            match intent {
                Ok(intent) => match document.session.apply(&intent) {
                    Ok(_) => {
                        let done = intent.label();
                        let done = done.replacen("Add picture", "Picture added", 1);
                        let done = done.replacen("Replace picture", "Picture replaced", 1);
                        self.toasts.say(format!("{done}."));
                    }
                    Err(refusal) => self.toasts.say(sentence(&refusal.to_string())),
                },
                Err(problem) => self.toasts.say(sentence(&problem)),
            }
        }
    }

    /// Imports a pasted image for the selection.
    pub(crate) fn paste_picture(&mut self, ctx: &Context, image: &ColorImage) {
        match self.document().and_then(|d| home_of(&d.selection)) {
            Some(home) => {
                let rgba = image.pixels.iter();
                let rgba = rgba.flat_map(|p| p.to_srgba_unmultiplied()).collect();
                let pixels = Pixels {
                    width: u32::try_from(image.width()).unwrap_or(u32::MAX),
                    height: u32::try_from(image.height()).unwrap_or(u32::MAX),
                    rgba,
                };
                self.take(ctx, &home, vec![PictureSource::Pixels(pixels)]);
            }
            None => self
                .toasts
                .say("Select a touchpoint or a persona first, then paste the picture."),
        }
    }

    /// Imports dropped images for the card or cell under the pointer, if the system
    /// reports one, else for the selection.
    pub(crate) fn drop_pictures(&mut self, ctx: &Context, under: Option<&Tag>) {
        let dropped = std::mem::take(&mut self.taking.dropped);
        if dropped.is_empty() {
            return;
        }
        let selected = self.document().and_then(|d| home_of(&d.selection));
        match under.and_then(|tag| self.home_under(tag)).or(selected) {
            Some(home) => {
                let sources = dropped.into_iter().map(PictureSource::File).collect();
                self.take(ctx, &home, sources);
            }
            None => self
                .toasts
                .say("Select a touchpoint or a persona first, then drop the picture."),
        }
    }

    fn home_under(&self, tag: &Tag) -> Option<PictureHome> {
        let map = self.document()?.session.map();
        match tag {
            Tag::Card(id) | Tag::Face(id, _) => Some(PictureHome::Touchpoint(id.clone())),
            Tag::Cell(lane, id) => Some(match map.lanes().get(lane) {
                Some(l) if l.kind == LaneKind::Custom && l.holds == Holds::Picture => {
                    PictureHome::Lane(id.clone(), lane.clone())
                }
                _ => PictureHome::Touchpoint(id.clone()),
            }),
            _ => None,
        }
    }
}

fn bytes(taken: &Taken) -> usize {
    match &taken.data {
        crate::model::ImageData::Bytes(bytes) => bytes.len(),
        crate::model::ImageData::Unreadable(text) => text.len(),
    }
}

fn home_of(selection: &Selection) -> Option<PictureHome> {
    match selection {
        Selection::Touchpoint(id) => Some(PictureHome::Touchpoint(id.clone())),
        Selection::Persona(id) => Some(PictureHome::Persona(id.clone())),
        _ => None,
    }
}

/// Default name of an image without one.
fn usual_name(map: &Map, home: &PictureHome) -> String {
    let name = match home {
        PictureHome::Touchpoint(id) | PictureHome::Lane(id, _) => {
            map.touchpoint(id).map(|t| t.name.as_str())
        }
        PictureHome::Persona(id) => map.personas().get(id).map(|p| p.name.as_str()),
        PictureHome::Instead(id) => map.images().get(id).map(|i| i.name.as_str()),
    };
    name.unwrap_or("Picture").to_owned()
}

/// Builds the intent that adds an image to its target; `None` if the target is gone.
fn wish(map: &Map, home: &PictureHome, image: Image) -> Option<Intent> {
    let id = image.id.clone();
    let (label, shows) = match home {
        PictureHome::Touchpoint(touchpoint) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            touchpoint.pictures.push(id);
            let label = format!("Add picture to “{}”", touchpoint.name);
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        PictureHome::Lane(touchpoint, lane) => {
            let mut touchpoint = map.touchpoint(touchpoint)?.clone();
            let lane = map.lanes().get(lane)?;
            touchpoint.texts.insert(lane.id.clone(), id.to_string());
            let label = format!("Add picture to “{}”", lane.title());
            (label, Intent::SetTouchpoint(Box::new(touchpoint)))
        }
        PictureHome::Persona(persona) => {
            let mut persona = map.personas().get(persona)?.clone();
            persona.picture = Some(id);
            let label = format!("Add picture of {}", persona.name);
            (label, Intent::SetPersona(Box::new(persona)))
        }
        PictureHome::Instead(old) => {
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
