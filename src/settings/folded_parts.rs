//! The folded stages and lanes of maps, stored between starts as JSON in the program's own
//! folder. They are a person's own view and in no map.
//!
//! Must not know: whether the files still exist, and their content.

use super::app_dirs::AppDirs;
use crate::model::{LaneId, StageId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;

/// The file in the program's folder.
const FILE: &str = "folded.json";

/// The maximum number of maps, those closed last first.
const MAX_MAPS: usize = 200;

/// The folded stages and lanes of a map.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoldedParts {
    /// Stages shown as a narrow band.
    pub stages: BTreeSet<StageId>,
    /// Lanes of which only the title is shown.
    pub lanes: BTreeSet<LaneId>,
}

/// The entry of a map in the file.
#[derive(Serialize, Deserialize)]
struct FoldedMap {
    map: String,
    #[serde(default)]
    stages: Vec<String>,
    #[serde(default)]
    lanes: Vec<String>,
}

impl FoldedParts {
    /// Reads what is folded in a map; nothing if that is unknown.
    pub fn read(home: &AppDirs, map: &Path) -> FoldedParts {
        let Some(map) = name_of(map) else {
            return FoldedParts::default();
        };
        let entries = read_entries(home);
        let entry = entries.into_iter().find(|entry| entry.map == map);
        entry.map_or_else(FoldedParts::default, |entry| FoldedParts {
            stages: entry.stages.into_iter().map(StageId::from).collect(),
            lanes: entry.lanes.into_iter().map(LaneId::from).collect(),
        })
    }

    /// Remembers what is folded in a map. Writes nothing if that is known already.
    pub fn remember(&self, home: &AppDirs, map: &Path) {
        let Some(map) = name_of(map).filter(|_| home.config_dir().is_some()) else {
            return;
        };
        // Another window may have changed the list since.
        if *self == FoldedParts::read(home, Path::new(&map)) {
            return;
        }
        let mut entries = read_entries(home);
        entries.retain(|entry| entry.map != map);
        if *self != FoldedParts::default() {
            let entry = FoldedMap {
                map,
                stages: self.stages.iter().map(ToString::to_string).collect(),
                lanes: self.lanes.iter().map(ToString::to_string).collect(),
            };
            entries.insert(0, entry);
        }
        entries.truncate(MAX_MAPS);
        if let Ok(bytes) = serde_json::to_vec_pretty(&entries) {
            // A failed write must not disturb the user's work.
            let _ = home.write(FILE, &bytes);
        }
    }
}

/// Returns the absolute path of a map as text; `None` if it is not Unicode.
fn name_of(map: &Path) -> Option<String> {
    let path = std::path::absolute(map).ok()?;
    path.to_str().map(str::to_owned)
}

/// Reads the entries that are understood.
fn read_entries(home: &AppDirs) -> Vec<FoldedMap> {
    let bytes = home.read(FILE).unwrap_or_default();
    let entries: Vec<serde_json::Value> = serde_json::from_slice(&bytes).unwrap_or_default();
    let entries = entries.into_iter();
    entries
        .filter_map(|entry| serde_json::from_value(entry).ok())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn parts(stages: &[&str], lanes: &[&str]) -> FoldedParts {
        FoldedParts {
            stages: stages.iter().map(|id| StageId::from(*id)).collect(),
            lanes: lanes.iter().map(|id| LaneId::from(*id)).collect(),
        }
    }

    #[test]
    fn each_map_has_its_own_parts_and_unchanged_ones_are_not_written() {
        let folder = tempfile::tempdir().unwrap();
        let home = AppDirs::in_folder(folder.path().join("own"));
        let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
        parts(&[], &[]).remember(&home, &a);
        assert!(!home.contains(FILE), "written without a folded part");
        parts(&["s"], &["pains"]).remember(&home, &a);
        parts(&["t"], &[]).remember(&home, &b);
        assert_eq!(FoldedParts::read(&home, &a), parts(&["s"], &["pains"]));
        assert_eq!(FoldedParts::read(&home, &b), parts(&["t"], &[]));
        parts(&[], &[]).remember(&home, &a);
        assert_eq!(FoldedParts::read(&home, &a), FoldedParts::default());
        assert_eq!(read_entries(&home).len(), 1);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn any_file_content_is_accepted(bytes in proptest::collection::vec(any::<u8>(), 0..200), cut in 0usize..80) {
            let folder = tempfile::tempdir().unwrap();
            let home = AppDirs::in_folder(folder.path());
            let map = folder.path().join("map");
            parts(&["s"], &[]).remember(&home, &map);
            let mut half = home.read(FILE).unwrap();
            half.truncate(cut);
            for content in [bytes, half, br#"[1, {"map": 2}, {"map": "/x"}]"#.to_vec()] {
                home.write(FILE, &content).unwrap();
                let folded = parts(&["s", "t"], &["pains"]);
                folded.remember(&home, &map);
                prop_assert_eq!(FoldedParts::read(&home, &map), folded);
            }
        }
    }
}
