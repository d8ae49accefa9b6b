//! The cards of the start screen: which maps they stand for, and their pictures.
//!
//! Must not know: how cards are laid out, what choosing one does.

use super::canvas::{Camera, ScenePainter};
use super::document::Look;
use super::gallery::Gallery;
use super::thumbnails::{Loader, Source, Thumbnail};
use egui::epaint::Mesh;
use egui::{Rect, Ui, vec2};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A sample or template: its name, what it shows, and its file.
struct Sample {
    title: &'static str,
    about: &'static str,
    text: &'static str,
}

macro_rules! maps {
    ($table:ident in $folder:literal; $($file:literal: $title:literal, $about:literal;)*) => {
        const $table: &[Sample] = &[$(Sample {
            title: $title,
            about: $about,
            text: include_str!(concat!("../../", $folder, "/", $file, ".journey.ron")),
        }),*];
    };
}

maps! {
    SAMPLES in "sample_maps";
    "bank-account": "Opening a bank account", "A student opens her first account";
    "bank-account-future": "Opening a bank account, in one evening", "The same account, as it shall be";
    "mortgage": "A mortgage, from search to move-in", "From the search to moving in";
    "hospital-outpatient": "A hospital outpatient visit", "A visit with a referral";
    "software-onboarding": "Onboarding a small company to payroll software", "A team starts with new software";
    "disrupted-flight": "A cancelled flight and the long way home", "A flight is cancelled";
    "building-permit": "Applying for a building permit", "Applying for a permit";
}

maps! {
    TEMPLATES in "assets/templates";
    "blank": "Blank", "Three stages with a touchpoint each";
    "purchase": "Purchase", "From the first advertisement to a recommendation";
    "onboarding": "Onboarding", "A new user of a service";
    "support": "Support", "A problem and its solution";
    "patient": "Patient", "From the first complaint to the check-up";
    "citizen": "Citizen", "An application to an authority";
}

/// Size of a thumbnail in points.
pub const THUMBNAIL: egui::Vec2 = vec2(288.0, 152.0);

/// Points to a map unit in a thumbnail: cards and curve are shapes, names are bars.
const ZOOM: f32 = 0.17;

/// So many recent maps have a card; the menu lists the others.
const RECENT: usize = 8;

/// The start screen with what is drawn on it.
#[derive(Default)]
pub struct Start {
    /// The cards: recent maps, samples, templates.
    pub cards: Vec<Card>,
    /// The recent maps that the first cards show.
    recent: Vec<PathBuf>,
    /// Paints the thumbnails.
    pub painter: ScenePainter,
    loader: Option<Loader>,
}

/// What a thumbnail was painted for: where, with which state of its pictures, with
/// which look.
type Painted = (Rect, u64, Look);

/// A map that can be chosen.
pub struct Card {
    /// Its name.
    pub title: String,
    /// What is known before the map was read.
    about: String,
    /// What stands under the title.
    pub facts: String,
    /// Where the map is.
    pub source: Source,
    /// With which look a picture was asked for.
    ordered: Option<Look>,
    drawn: Option<Thumbnail>,
    /// Why there is no picture.
    pub problem: Option<String>,
    mesh: Option<(Painted, Vec<Arc<Mesh>>)>,
}

impl Start {
    /// Makes the cards; where the recent maps are others than before, their cards anew.
    pub fn prepare(&mut self, recent: &[PathBuf]) {
        let recent = recent.get(..RECENT.min(recent.len())).unwrap_or_default();
        if self.recent == recent && !self.cards.is_empty() {
            return;
        }
        self.recent = recent.to_vec();
        let files = recent.iter().map(|path| Card::of_file(path));
        let known = SAMPLES.iter().chain(TEMPLATES).map(Card::of_sample);
        let mut former = std::mem::take(&mut self.cards);
        self.cards = files.chain(known).collect();
        for card in &mut self.cards {
            // What is drawn already stays.
            if let Some(at) = former.iter().position(|old| old.source == card.source) {
                *card = former.swap_remove(at);
            }
        }
    }

    /// The parts of the screen: title, explanation, cards.
    pub fn sections(&self) -> [(&'static str, &'static str, Range<usize>); 3] {
        let recent = self.recent.len();
        let samples = recent + SAMPLES.len();
        [
            (
                "Go on with a map",
                "The maps that were open last.",
                0..recent,
            ),
            (
                "Look at a sample",
                "Samples open as copies without a file; change them freely.",
                recent..samples,
            ),
            (
                "Start from a template",
                "Touchpoints as they are found in most journeys of their kind.",
                samples..self.cards.len(),
            ),
        ]
    }

    /// Whether a card stands for a recent map.
    pub fn is_recent(&self, card: usize) -> bool {
        card < self.recent.len()
    }

    /// Orders pictures that are missing and takes those that are ready. Samples
    /// come first: a file may be on a disk that does not answer.
    pub fn load(&mut self, ctx: &egui::Context, look: Look) {
        let loader = self.loader.get_or_insert_with(|| Loader::start(ctx));
        for (source, drawn) in loader.take() {
            let Some(card) = self.cards.iter_mut().find(|card| card.source == source) else {
                continue;
            };
            match drawn {
                Ok(drawn) => card.show(drawn),
                Err(problem) => card.problem = Some(problem),
            }
        }
        let files = self.recent.len().min(self.cards.len());
        let (files, others) = self.cards.split_at_mut(files);
        for card in others.iter_mut().chain(files) {
            if card.ordered != Some(look) {
                card.ordered = Some(look);
                loader.order(look, card.source.clone());
            }
        }
    }
}

impl Card {
    fn of_sample(sample: &Sample) -> Card {
        Card::new(
            sample.title.to_owned(),
            sample.about.to_owned(),
            Source::Text(sample.text),
        )
    }

    fn of_file(path: &Path) -> Card {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or(path.as_os_str());
            name.to_string_lossy().into_owned()
        };
        let title = name(path);
        let title = title.strip_suffix(".journey.ron").unwrap_or(&title);
        let folder = path.parent().map(|parent| format!("in {}", name(parent)));
        Card::new(
            title.to_owned(),
            folder.unwrap_or_default(),
            Source::File(path.to_owned()),
        )
    }

    fn new(title: String, about: String, source: Source) -> Card {
        Card {
            title,
            facts: about.clone(),
            about,
            source,
            ordered: None,
            drawn: None,
            problem: None,
            mesh: None,
        }
    }

    fn show(&mut self, drawn: Thumbnail) {
        if !drawn.title.is_empty() {
            self.title = drawn.title.clone();
        }
        self.facts = format!("{} · {}", self.about, drawn.facts);
        self.problem = None;
        self.drawn = Some(drawn);
    }

    /// What assistive tools say.
    pub fn spoken(&self) -> String {
        match &self.problem {
            Some(problem) => format!("{}: {problem}", self.title),
            None => self.title.clone(),
        }
    }

    /// The picture, painted into a part of the window; `None`: there is none yet.
    pub fn mesh(
        &mut self,
        ui: &Ui,
        painter: &mut ScenePainter,
        glyphs: &mut crate::text::Typesetter,
        rect: Rect,
    ) -> Option<Vec<Arc<Mesh>>> {
        let drawn = self.drawn.as_ref()?;
        let pictures = Gallery::of(ui.ctx()).lock().generation();
        let wanted = (rect, pictures, drawn.look);
        match &self.mesh {
            Some((known, mesh)) if *known == wanted => Some(mesh.clone()),
            _ => {
                // From the first stage on: that is where maps differ.
                let camera = Camera {
                    x: f64::from(rect.width() / ZOOM) / 2.0,
                    y: drawn.top - 16.0 + f64::from(rect.height() / ZOOM) / 2.0,
                    zoom: ZOOM,
                };
                let painted = painter.paint(ui.ctx(), glyphs, &drawn.scene, &camera, rect);
                let meshes: Vec<Arc<Mesh>> = painted.meshes().collect();
                self.mesh = Some((wanted, meshes.clone()));
                Some(meshes)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sample_reads_without_notices() {
        for sample in SAMPLES.iter().chain(TEMPLATES) {
            let document = crate::format::read(sample.text.as_bytes()).unwrap();
            assert_eq!(document.map.header().title, sample.title);
            assert!(
                document.warnings.is_empty(),
                "{}: {:?}",
                sample.about,
                document.warnings
            );
        }
    }
}
