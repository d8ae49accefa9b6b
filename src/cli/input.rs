//! Maps as input of commands: a file, or standard input.
//!
//! Must not know: the commands.

use super::outcome::CliError;
use crate::format::{self, Document};
use crate::graph::Graph;
use crate::insight::{self, Findings};
use crate::model::{Date, Map};
use crate::session;
use crate::storage::{disk, path_from_uri};
use clap::builder::{OsStringValueParser, TypedValueParser};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Whether the path stands for standard input or output.
pub(super) fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Parses an argument that is a path, or a `file:` URI as file managers hand it over.
pub(super) fn path_parser() -> impl TypedValueParser<Value = PathBuf> {
    OsStringValueParser::new().map(|text| path_from_uri(&text))
}

/// A map with its graph, and its findings on a given date.
pub(super) struct AnalyzedMap {
    /// The content of the file.
    pub(super) bytes: Vec<u8>,
    pub(super) map: Map,
    pub(super) graph: Graph,
    pub(super) findings: Findings,
}

impl AnalyzedMap {
    /// Reads a file and analyzes its map.
    pub(super) fn of(file: &Path, today: Date) -> Result<AnalyzedMap, CliError> {
        let bytes = read_bytes(file)?;
        let Document { map, warnings } = read_document(file, &bytes)?;
        let graph = Graph::of(&map);
        let place = (!is_standard_stream(file)).then_some(file);
        let read = session::read_findings(&map, &warnings, place);
        let findings = insight::findings(&map, &graph, today, read);
        Ok(AnalyzedMap {
            bytes,
            map,
            graph,
            findings,
        })
    }
}

/// Reads a file, or standard input for `-`.
pub(super) fn read_bytes(path: &Path) -> Result<Vec<u8>, CliError> {
    if !is_standard_stream(path) {
        return Ok(disk::read_map(path)?);
    }
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(disk::MAX_BYTES)
        .read_to_end(&mut bytes)
        .map_err(|error| CliError::Plain(format!("cannot read standard input: {error}")))?;
    Ok(bytes)
}

/// Reads the map of a file, or of standard input for `-`.
pub(super) fn read_map(path: &Path) -> Result<Map, CliError> {
    Ok(read_document(path, &read_bytes(path)?)?.map)
}

/// Parses a map; errors name the file.
pub(super) fn read_document(path: &Path, bytes: &[u8]) -> Result<Document, CliError> {
    format::read(bytes).map_err(|error| CliError::Read {
        name: path.to_owned(),
        error,
    })
}
