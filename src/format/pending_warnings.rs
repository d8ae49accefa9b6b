//! Warnings by the path of a value, and the look-up of their positions in the text.
//!
//! Must not know: fields of records other than lists.

use super::limit;
use super::source_map::{PathSegment, SourceMap};
use super::warning::{Warning, WarningKind};
use crate::model::{IndexedList, Map, Record};
use rustc_hash::FxHashMap;

/// Path of a record in a file: the lists it is in, from the outermost, and the index in each.
/// Empty for the map.
#[derive(Clone, Copy, Default)]
pub(super) struct RecordPath([Option<(&'static str, usize)>; 3]);

impl RecordPath {
    /// Path of a record in a list of this record.
    pub fn inside(mut self, list: &'static str, at: usize) -> RecordPath {
        if let Some(free) = self.0.iter_mut().find(|level| level.is_none()) {
            *free = Some((list, at));
        }
        self
    }

    pub fn segments(self) -> Vec<PathSegment> {
        let levels = self.0.into_iter().flatten();
        levels
            .flat_map(|(list, at)| [PathSegment::Field(list.to_owned()), PathSegment::Index(at)])
            .collect()
    }
}

/// A warning whose position is not looked up yet.
pub(super) struct PendingWarning {
    pub path: Vec<PathSegment>,
    /// For duplicates: path of the first one.
    pub first: Option<RecordPath>,
    /// The id of the record; `None` for the innermost record on the path.
    pub subject: Option<String>,
    /// The place within the record; `None` to take that of the path.
    pub place: Option<String>,
    pub kind: WarningKind,
}

/// Warnings without positions, at most [`limit::WARNINGS`].
#[derive(Default)]
pub(super) struct PendingWarnings {
    listed: Vec<PendingWarning>,
    more: usize,
}

impl PendingWarnings {
    pub fn push(&mut self, path: Vec<PathSegment>, kind: WarningKind) {
        self.add(PendingWarning {
            path,
            first: None,
            subject: None,
            place: None,
            kind,
        });
    }

    pub fn add(&mut self, warning: PendingWarning) {
        if self.listed.len() < limit::WARNINGS {
            self.listed.push(warning);
        } else {
            self.more += 1;
        }
    }

    /// Appends the warnings of a later step.
    pub fn append(&mut self, mut later: PendingWarnings) {
        self.listed.append(&mut later.listed);
        self.more += later.more;
    }

    /// Looks up the position of each warning; only now, and only if there is one.
    pub fn with_positions(self, text: &str, map: &Map) -> Vec<Warning> {
        if self.listed.is_empty() {
            return Vec::new();
        }
        let positions = SourceMap::of(text);
        // An unknown field may be there more than once.
        let mut seen: FxHashMap<Vec<PathSegment>, usize> = FxHashMap::default();
        let locate = |pending: PendingWarning| {
            let PendingWarning { path, mut kind, .. } = pending;
            let mut nth = 0;
            match &mut kind {
                WarningKind::UnknownField { .. } => {
                    let next = seen.entry(path.clone()).or_default();
                    nth = std::mem::replace(next, *next + 1);
                }
                WarningKind::DuplicateId { first, .. } => {
                    *first = pending
                        .first
                        .and_then(|path| positions.find(&path.segments()));
                }
                _ => {}
            }
            Warning {
                at: positions.find_nth(&path, nth),
                subject: pending.subject.unwrap_or_else(|| subject(map, &path)),
                place: pending.place.unwrap_or_else(|| place(&path)),
                kind,
            }
        };
        let mut warnings: Vec<Warning> = self.listed.into_iter().map(locate).collect();
        warnings.sort_by_key(|warning| warning.at);
        let more = self.more + warnings.len().saturating_sub(limit::WARNINGS);
        warnings.truncate(limit::WARNINGS);
        if more > 0 {
            warnings.push(Warning {
                at: None,
                subject: String::new(),
                place: String::new(),
                kind: WarningKind::More(more),
            });
        }
        warnings
    }
}

/// Length of the path of the innermost record with an id that [`subject`] names.
fn record_length(path: &[PathSegment]) -> usize {
    let names = |at: usize| match path.get(at) {
        Some(PathSegment::Field(field)) => field.as_str(),
        _ => "",
    };
    match (names(0), names(2)) {
        // Measurements and accepted findings have no id.
        ("measurements" | "suppressions", _) => 0,
        ("stages", "touchpoints") => path.len().min(4),
        _ if matches!(path, [_, PathSegment::Index(_), ..]) => 2,
        _ => 0,
    }
}

/// Path within the innermost record, behind the name of its list.
fn place(path: &[PathSegment]) -> String {
    let record = record_length(path);
    let mut text = String::new();
    for (at, segment) in path.iter().enumerate().skip(record.saturating_sub(2)) {
        match segment {
            PathSegment::Field(field) if text.is_empty() => text.push_str(field),
            PathSegment::Field(field) => text.extend([".", field]),
            // The index of the record changes with those before it.
            PathSegment::Index(_) if at < record => {}
            PathSegment::Index(index) => text.push_str(&format!("[{index}]")),
        }
    }
    text
}

/// Id of the innermost record with an id on a path.
fn subject(map: &Map, path: &[PathSegment]) -> String {
    fn id<R: Record>(list: &IndexedList<R>, at: usize) -> Option<String> {
        list.as_slice().get(at).map(|r| r.id().to_string())
    }
    let [PathSegment::Field(list), PathSegment::Index(at), rest @ ..] = path else {
        return String::new();
    };
    let found = match list.as_str() {
        "personas" => id(map.personas(), *at),
        "departments" => id(map.departments(), *at),
        "channels" => id(map.channels(), *at),
        "environments" => id(map.environments(), *at),
        "lanes" => id(map.lanes(), *at),
        "actions" => id(map.actions(), *at),
        "notes" => id(map.notes(), *at),
        "comments" => id(map.comments(), *at),
        "saved_views" => id(map.saved_views(), *at),
        "conflicts" => id(map.conflicts(), *at),
        "pictures" => id(map.images(), *at),
        "stages" => map.touchpoint_lists().nth(*at).map(|(stage, list)| {
            let touchpoint = match rest {
                [PathSegment::Field(inner), PathSegment::Index(t), ..]
                    if inner == "touchpoints" =>
                {
                    id(list, *t)
                }
                _ => None,
            };
            touchpoint.unwrap_or_else(|| stage.id.to_string())
        }),
        _ => None,
    };
    found.unwrap_or_default()
}
