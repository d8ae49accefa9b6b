//! Cards of the home screen: recent maps, samples and templates with their thumbnails.
//!
//! Must not know: how cards are laid out, what choosing one does.

use super::drawing::MapDrawing;
use super::thumbnails::{MapSource, Thumbnail, ThumbnailLoader};
use crate::app::document::Appearance;
use crate::app::ui::display_file_name;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// A built-in sample or template: title, short description and file content.
struct BuiltInMap {
    title: &'static str,
    summary: &'static str,
    text: &'static str,
}

macro_rules! maps {
    ($table:ident in $folder:literal; $($file:literal: $title:literal, $about:literal;)*) => {
        const $table: &[BuiltInMap] = &[$(BuiltInMap {
            title: $title,
            summary: $about,
            text: include_str!(concat!("../../../", $folder, "/", $file, ".journey.ron")),
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
    "blank": "Blank", "An empty map";
    "purchase": "Purchase", "From the first advertisement to a recommendation";
    "onboarding": "Onboarding", "A new user of a service";
    "support": "Support", "A problem and its solution";
    "patient": "Patient", "From the first complaint to the check-up";
    "citizen": "Citizen", "An application to an authority";
}

/// Maximum number of recent maps with a card; the menu lists the others.
const MAX_RECENT_CARDS: usize = 8;

/// State of the home screen.
#[derive(Default)]
pub struct HomeScreen {
    /// The cards: recent maps, templates, samples.
    pub cards: Vec<HomeCard>,
    /// Recent maps, shown by the first cards.
    recent: Vec<PathBuf>,
    loader: ThumbnailLoader,
}

/// A card of the home screen.
pub struct HomeCard {
    /// Title of the map.
    pub title: String,
    /// Description known before the map is read.
    summary: String,
    /// Line below the title.
    pub details: String,
    /// Source of the map.
    pub source: MapSource,
    /// Appearance for which a thumbnail was requested.
    requested: Option<Appearance>,
    rendered: Option<Thumbnail>,
    /// Reason that there is no thumbnail.
    pub problem: Option<String>,
}

impl HomeScreen {
    /// Creates the cards; rebuilds those of recent maps if that list changed.
    pub fn refresh_cards(&mut self, recent: &[PathBuf]) {
        let recent = &recent[..MAX_RECENT_CARDS.min(recent.len())];
        if self.recent == recent && !self.cards.is_empty() {
            return;
        }
        self.recent = recent.to_vec();
        let files = recent.iter().map(|path| HomeCard::of_file(path));
        let known = TEMPLATES.iter().chain(SAMPLES);
        let known = known
            .map(|it| HomeCard::new(it.title, it.summary.to_owned(), MapSource::Text(it.text)));
        let mut former = std::mem::take(&mut self.cards);
        self.cards = files.chain(known).collect();
        for card in &mut self.cards {
            // Keeps thumbnails that are drawn already.
            if let Some(at) = former.iter().position(|old| old.source == card.source) {
                *card = former.swap_remove(at);
            }
        }
    }

    /// Sections of the screen: title, explanation, range of cards.
    pub fn sections(&self) -> [(&'static str, &'static str, Range<usize>); 3] {
        let recent = self.recent.len();
        let templates = recent + TEMPLATES.len();
        [
            ("Recent maps", "The maps that were open last.", 0..recent),
            (
                "Templates",
                "Touchpoints as they are found in most journeys of their kind.",
                recent..templates,
            ),
            (
                "Samples",
                "Each opens as an unsaved copy.",
                templates..self.cards.len(),
            ),
        ]
    }

    /// Whether a card stands for a recent map.
    pub fn is_recent(&self, card: usize) -> bool {
        card < self.recent.len()
    }

    /// Requests missing thumbnails and collects finished ones. Built-in maps come first: a
    /// file may be on a disk that does not answer.
    pub fn poll_thumbnails(&mut self, ctx: &egui::Context, look: Appearance) {
        while let Some((source, drawn)) = self.loader.next_finished() {
            let Some(card) = self.cards.iter_mut().find(|card| card.source == source) else {
                continue;
            };
            match drawn {
                Ok(drawn) => card.set_thumbnail(drawn),
                Err(problem) => card.problem = Some(problem),
            }
        }
        let files = self.recent.len().min(self.cards.len());
        let (files, others) = self.cards.split_at_mut(files);
        for card in others.iter_mut().chain(files) {
            if card.requested != Some(look) {
                card.requested = Some(look);
                self.loader.request(look, card.source.clone());
            }
        }
        self.loader.start(ctx);
    }
}

impl HomeCard {
    fn of_file(path: &Path) -> HomeCard {
        let title = display_file_name(path);
        let title = title.strip_suffix(".journey.ron").unwrap_or(&title);
        let folder = path
            .parent()
            .map(|parent| format!("in {}", display_file_name(parent)));
        let source = MapSource::File(path.to_owned());
        HomeCard::new(title, folder.unwrap_or_default(), source)
    }

    fn new(title: &str, summary: String, source: MapSource) -> HomeCard {
        HomeCard {
            title: title.to_owned(),
            details: summary.clone(),
            summary,
            source,
            requested: None,
            rendered: None,
            problem: None,
        }
    }

    fn set_thumbnail(&mut self, drawn: Thumbnail) {
        if matches!(self.source, MapSource::File(_)) && !drawn.title.is_empty() {
            self.title = drawn.title.clone();
        }
        self.details = match &*drawn.details {
            "" => self.summary.clone(),
            details => format!("{} · {details}", self.summary),
        };
        self.problem = None;
        self.rendered = Some(drawn);
    }

    /// Name for assistive tools.
    pub fn accessible_name(&self) -> String {
        match &self.problem {
            Some(problem) => format!("{}: {problem}", self.title),
            None => self.title.clone(),
        }
    }

    /// The drawing of the map, if there is one already.
    pub fn drawing(&self) -> Option<&MapDrawing> {
        self.rendered.as_ref().map(|drawn| &drawn.drawing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::document::UNTITLED_MAP;

    #[test]
    fn samples_and_templates_parse_without_warnings() {
        for sample in SAMPLES.iter().chain(TEMPLATES) {
            let document = crate::format::read(sample.text.as_bytes()).unwrap();
            let title = match sample.title {
                "Blank" => UNTITLED_MAP,
                title => title,
            };
            assert_eq!(document.map.header().title, title);
            assert!(
                document.warnings.is_empty(),
                "{}: {:?}",
                sample.summary,
                document.warnings
            );
        }
    }
}
