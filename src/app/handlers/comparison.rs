//! Comparisons: the choice of the other map, the view, and the differences that are taken over.
//!
//! Must not know: how differences are found, how they are listed.

use crate::app::app::App;
use crate::app::command::action::CompareAction;
use crate::app::document::Document;
use crate::app::document::comparison::{CompareSource, Comparison};
use crate::app::document::navigation::Direction;
use crate::app::modals::Modal;
use crate::app::modals::compare::CompareSection;
use crate::app::modals::gap_actions::{ChosenGaps, GapActionsDialog};
use crate::compare::Transfer;
use crate::compare::future::{Gap, actions_for_gaps};
use crate::english::{count, quoted, sentence};
use crate::model::MapKind;
use crate::render::{ComparisonLayout, View};
use egui::Context;
use std::path::Path;

/// Number of steps that the dialog offers.
const OFFERED_STEPS: usize = 30;
/// Number of versions in git that it offers.
const OFFERED_VERSIONS: usize = 30;

impl App {
    /// Shows the comparison, or asks what to compare with.
    pub(super) fn show_comparison(&mut self, ctx: &Context) {
        if self.document().is_some_and(|it| it.comparison.is_some()) {
            self.switch_view(View::Compare);
            self.show_differences(ctx);
        } else {
            self.choose_comparison();
        }
    }

    /// Asks for the map to compare with.
    pub(super) fn choose_comparison(&mut self) {
        if self.document().is_some() {
            self.modals.modal = Some(Modal::Compare);
        }
    }

    /// The maps with which the one in front can be compared.
    pub(super) fn compare_sources(&mut self, ctx: &Context) -> Vec<CompareSection<CompareSource>> {
        if let Some(document) = self.document_mut() {
            document.file_versions.update(ctx, &document.session);
        }
        let Some(document) = self.document() else {
            return Vec::new();
        };
        let file_name = |path: Option<&Path>| {
            let name = path.and_then(Path::file_name);
            name.map_or_else(
                || "not saved".to_owned(),
                |name| name.to_string_lossy().into(),
            )
        };
        let open = self.workspace.documents.iter();
        let open = open.filter(|other| other.key != document.key).map(|other| {
            let remark = file_name(other.session.path());
            let source = CompareSource::Open(other.key);
            (other.title().to_owned(), remark, source)
        });
        let mut files = Vec::new();
        let folder = document.session.path().and_then(Path::parent);
        let fork = document.session.map().header().forked_from.as_ref();
        if let (Some(folder), Some(fork)) = (folder, fork)
            && !fork.file.is_empty()
            && Path::new(&fork.file).is_relative()
        {
            let words = "The map that this one was made from".to_owned();
            let source = CompareSource::File(folder.join(&fork.file));
            files.push((words, fork.file.clone(), source));
        }
        files.push((
            "Choose a file…".to_owned(),
            String::new(),
            CompareSource::ChooseFile,
        ));
        let history = document.session.history();
        let done = history.done().len();
        let steps = (0..done).rev().take(OFFERED_STEPS).filter_map(|steps| {
            let label = &history.step(steps)?.label;
            let words = format!("Before: {label}");
            let remark = match done - steps {
                1 => "1 step back".to_owned(),
                back => format!("{back} steps back"),
            };
            Some((words, remark, CompareSource::Step(steps)))
        });
        let versions = document.file_versions.list().iter();
        let versions = versions.filter(|version| version.after.is_some());
        let versions = versions.take(OFFERED_VERSIONS).map(|version| {
            let source = CompareSource::Version(Box::new(version.clone()));
            (version.subject.clone(), version.minute(), source)
        });
        vec![
            ("Open maps", open.collect()),
            ("Files", files),
            ("Steps of this map", steps.collect()),
            ("Versions in git", versions.collect()),
        ]
    }

    /// Asks for a further future to show in the summary.
    pub(super) fn choose_future(&mut self) {
        if self.open_futures().is_empty() {
            let said = "Open the other futures of this map first";
            return self.note_at_selection(said.to_owned());
        }
        self.modals.modal = Some(Modal::Futures);
    }

    /// The open future maps beside the two that are compared: words for adding or removing it, no
    /// remark, and its key.
    pub(super) fn open_futures(&self) -> Vec<(String, String, u64)> {
        let front = self.document();
        let Some((here, comparison)) = front.and_then(|it| Some((it.key, it.comparison.as_ref()?)))
        else {
            return Vec::new();
        };
        let compared = [Some(here), comparison.other.key];
        let maps = self.workspace.documents.iter();
        let futures = maps.filter(|it| {
            it.session.map().header().kind == MapKind::Future && !compared.contains(&Some(it.key))
        });
        let entry = |it: &Document| {
            let known = comparison.further.iter();
            let shown = known.clone().any(|known| known.key == Some(it.key));
            let verb = if shown { "Remove" } else { "Add" };
            (
                format!("{verb} {}", quoted(it.title())),
                String::new(),
                it.key,
            )
        };
        futures.map(entry).collect()
    }

    /// Brings the comparison in front up to date, and shows its page if it is new.
    pub(crate) fn follow_comparison(&mut self, ctx: &Context) {
        self.workspace.refresh_comparison();
        let front = self.document_mut();
        let comparison = front.and_then(|document| document.comparison.as_mut());
        if comparison.is_some_and(|it| std::mem::take(&mut it.wants_page)) {
            self.show_differences(ctx);
        }
    }

    /// Shows the page of the differences.
    fn show_differences(&mut self, ctx: &Context) {
        let preferences = &mut self.settings.preferences;
        self.chrome.side_panels.show_differences(ctx, preferences);
    }

    pub(super) fn run_compare_action(&mut self, ctx: &Context, action: CompareAction) {
        match action {
            CompareAction::With(source) => self.workspace.compare_front_with(ctx, source),
            CompareAction::Select(at) => self.on_document(|it| it.select_difference(at)),
            CompareAction::Transfer(at, way) => self.transfer_difference(Some(at), way),
            CompareAction::ToggleKind(at) => self.on_comparison(|it| it.hidden[at] ^= true),
            CompareAction::Stage(stage) => self.on_comparison(|it| it.stage = stage),
            CompareAction::ToggleFuture(key) => {
                self.workspace.toggle_future(key);
                self.lay_out_comparison(ComparisonLayout::Summary);
            }
            CompareAction::Same(before, after) => {
                self.on_comparison(|it| {
                    it.corrections.join(before, after);
                });
            }
            CompareAction::Different(before, after) => {
                self.on_comparison(|it| it.corrections.part(before, after));
            }
        }
    }

    fn on_comparison(&mut self, change: impl FnOnce(&mut Comparison)) {
        self.on_document(|document| {
            if let Some(comparison) = &mut document.comparison {
                change(comparison);
            }
        });
    }

    pub(super) fn lay_out_comparison(&mut self, layout: ComparisonLayout) {
        self.switch_view(View::Compare);
        self.on_comparison(|comparison| comparison.layout = layout);
        self.on_document(|document| {
            if let Some(at) = document.comparison.as_ref().and_then(|it| it.current) {
                document.select_difference(at);
            }
        });
    }

    pub(super) fn swap_compared(&mut self) {
        self.on_comparison(|comparison| {
            comparison.other_is_later ^= true;
            comparison.current = None;
            comparison.corrections = Default::default();
        });
    }

    /// Goes to the next or previous difference; says so at the end of the list.
    pub(super) fn step_difference(&mut self, way: Direction) {
        let moved = self
            .workspace
            .front_mut()
            .is_some_and(|document| document.step_difference(way));
        if !moved {
            self.note_at_selection(match way {
                Direction::Next => "This is the last difference".to_owned(),
                Direction::Previous => "This is the first difference".to_owned(),
            });
        }
    }

    /// Asks which of the steps that a future changes get actions.
    pub(super) fn choose_gap_actions(&mut self) {
        let maps = self.workspace.front_mut().and_then(Document::compared);
        let problem = match maps {
            Some(maps) if maps.summary.is_none() => {
                "Compare a future map with its current map first"
            }
            Some(maps) if maps.gaps.is_empty() => "This future changes no step",
            Some(maps) => {
                let dialog = GapActionsDialog::new(&maps.gaps, &maps.after);
                self.modals.modal = Some(Modal::GapActions(dialog));
                return;
            }
            None => return,
        };
        self.note_at_selection(problem.to_owned());
    }

    /// Adds actions for steps that a future changes, to the future map.
    pub(super) fn make_gap_actions(&mut self, chosen: &ChosenGaps) {
        let front = self.document();
        let comparison = front.and_then(|it| Some((it.key, it.comparison.as_ref()?)));
        let Some((here, comparison)) = comparison else {
            return;
        };
        let key = match comparison.other_is_later {
            true => comparison.other.key,
            false => Some(here),
        };
        let workspace = &mut self.workspace;
        let mut documents = workspace.documents.iter_mut();
        let Some(target) = documents.find(|it| Some(it.key) == key) else {
            let said = "The future is not open as a map, so it cannot be changed";
            return self.note_at_selection(said.to_owned());
        };
        let gaps: Vec<&Gap> = chosen.gaps.iter().collect();
        let (owner, due) = (chosen.owner.as_ref(), chosen.due);
        let map = target.session.map();
        let ids = &mut workspace.id_generator;
        let made = ids.with_factory(|ids| actions_for_gaps(map, &gaps, owner, due, ids));
        let Some(intent) = made else {
            return;
        };
        let title = target.title().to_owned();
        let words = match target.session.apply(&intent) {
            Ok(_) => format!(
                "{} added to “{title}”. Undo removes them.",
                count(gaps.len(), "action")
            ),
            Err(refusal) => sentence(&refusal.to_string()),
        };
        self.ui.toasts.push(words);
    }

    /// Takes a difference over or back, in the map that it changes; the current one if none is given.
    pub(super) fn transfer_difference(&mut self, at: Option<usize>, way: Transfer) {
        let Some(document) = self.workspace.front_mut() else {
            return;
        };
        let current = document.comparison.as_ref().and_then(|it| it.current);
        let Some(at) = at.or(current) else {
            return self
                .note_at_selection("Choose a difference first: F3 goes to the next".to_owned());
        };
        if !document
            .comparison
            .as_ref()
            .is_some_and(|it| it.can_transfer(way))
        {
            let said = "The other version is not open as a map, so it cannot be changed";
            return self.note_at_selection(said.to_owned());
        }
        let Some((key, intent)) = document.transfer_difference(at, way) else {
            return self.note_at_selection("Nothing would change".to_owned());
        };
        let is_here = document.key == key;
        let Some(target) = self.workspace.document_mut(key) else {
            return;
        };
        let title = target.title().to_owned();
        let result = target.session.apply(&intent);
        target.prune_selection();
        self.ui.toasts.push(match result {
            Ok(_) if is_here => format!("{}.", intent.label()),
            Ok(_) => format!("{}, in “{title}”. Undo it there.", intent.label()),
            Err(refusal) => sentence(&refusal.to_string()),
        });
    }
}
