//! Rules on words that a compiler cannot hold: how doc comments begin, and that a type
//! name means one thing. CONTRIBUTING.md says why.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// First words that make a doc comment a clause without a noun.
const QUESTION_WORDS: [&str; 6] = ["What", "Where", "Whose", "Who", "Which", "How"];
/// Largest share of doc comments that may begin so, in per cent.
const MOST_QUESTIONS: usize = 3;
/// Number of modules in which a type name may stand.
const MOST_MODULES: usize = 2;
/// Names that every command of the command line has for its arguments.
const CLI_NAMES: [&str; 1] = ["Arguments"];

fn rust_files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, found);
        } else if path.extension().is_some_and(|e| e == "rs") {
            found.push(path);
        }
    }
}

/// Every source file under `src` with its text, by its path below `src`.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    rust_files(&root, &mut files);
    files.sort();
    files
        .into_iter()
        .map(|file| {
            let name = file.strip_prefix(&root).unwrap().to_string_lossy();
            (name.into_owned(), fs::read_to_string(&file).unwrap())
        })
        .collect()
}

/// The first line of each doc comment of a file, module headers included.
fn first_doc_lines(code: &str) -> impl Iterator<Item = &str> {
    let mut inside = false;
    code.lines().filter_map(move |line| {
        let line = line.trim_start();
        let text = line
            .strip_prefix("///")
            .or_else(|| line.strip_prefix("//!"));
        let first = text.filter(|_| !inside);
        inside = text.is_some();
        first.map(str::trim)
    })
}

fn first_word(line: &str) -> &str {
    line.split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or("")
}

/// The name of the type that a line of code defines, if it defines one.
fn defined_type(line: &str) -> Option<&str> {
    let mut words = line
        .split_whitespace()
        .skip_while(|word| word.starts_with("pub"));
    let kind = words.next()?;
    if !["struct", "enum", "trait", "union"].contains(&kind) {
        return None;
    }
    let name = words.next()?;
    let end = name
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(name.len());
    name[..end].chars().next().filter(|c| c.is_uppercase())?;
    Some(&name[..end])
}

#[test]
fn doc_comments_begin_with_a_noun_or_a_verb() {
    let sources = sources();
    let all: Vec<(&str, &str)> = sources
        .iter()
        .flat_map(|(file, code)| first_doc_lines(code).map(move |line| (file.as_str(), line)))
        .collect();
    assert!(all.len() > 3_000, "doc comments not found");
    let questions: Vec<String> = all
        .iter()
        .filter(|(_, line)| QUESTION_WORDS.contains(&first_word(line)))
        .map(|(file, line)| format!("{file}: {line}"))
        .collect();
    assert!(
        questions.len() * 100 <= all.len() * MOST_QUESTIONS,
        "{} of {} doc comments begin with a question word:\n{}",
        questions.len(),
        all.len(),
        questions.join("\n")
    );
}

#[test]
fn a_type_name_means_one_thing() {
    let mut modules: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (file, code) in sources() {
        // The frozen shapes of each version of the file format repeat the model's names.
        let version = file
            .strip_prefix("format/v")
            .and_then(|rest| rest.strip_suffix(".rs"));
        if version.is_some_and(|digits| digits.chars().all(|c| c.is_ascii_digit())) {
            continue;
        }
        for name in code.lines().filter_map(defined_type) {
            modules
                .entry(name.to_owned())
                .or_default()
                .insert(file.clone());
        }
    }
    assert!(modules.len() > 500, "types not found");
    let wrong: Vec<String> = modules
        .iter()
        .filter(|(name, files)| files.len() > MOST_MODULES && !CLI_NAMES.contains(&name.as_str()))
        .map(|(name, files)| format!("{name}: {files:?}"))
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Phrases that were on screen before, each with a term that everybody knows instead.
const FORMER_WORDS: [&str; 23] = [
    "Live with",
    "lives with",
    "Make the two one",
    "Take out what",
    "Nothing stands out",
    "Get around",
    "Seams",
    "People and things",
    "rescued\"",
    "Take theirs",
    "How to say it",
    "with air",
    "\"What nobody owns",
    "very customer passes {",
    "Reference data",
    "Not said",
    "by itself\"",
    "Highlight unowned",
    "Highlight on the map",
    "Why it is fine",
    "Accepted, because",
    "\"Lifts\"",
    "open as copies",
];

#[test]
fn labels_and_help_use_terms_that_everybody_knows() {
    let mut wrong = Vec::new();
    for (file, code) in sources() {
        for word in FORMER_WORDS {
            // The commands of `touchline session` keep their names.
            let exempt = file.starts_with("cli/session") || file.contains("/tests/");
            if code.contains(word) && !exempt {
                wrong.push(format!("{file} says “{word}”"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A machine may have no typeface but the bundled ones, and tests of the window refuse a sign
/// without a glyph.
#[test]
fn every_sign_on_screen_is_in_the_bundled_typefaces() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/fonts");
    let regular = fs::read(folder.join("FiraSans-Regular.ttf")).unwrap();
    let face = skrifa::FontRef::new(&regular).unwrap();
    let glyphs = skrifa::MetadataProvider::charmap(&face);
    let mut missing = BTreeSet::new();
    let on_screen = ["app/", "insight/", "session/", "english"];
    for (file, code) in sources() {
        let is_shown = on_screen.iter().any(|part| file.starts_with(part));
        if !is_shown || file.contains("tests") || file.contains("proptests") {
            continue;
        }
        let code = code.split("#[cfg(test)]").next().unwrap();
        let lines = code
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for sign in lines.flat_map(str::chars).filter(|c| !c.is_ascii()) {
            // Signs that people type are read, not shown.
            let is_read = ['＋', '。'].contains(&sign);
            if !is_read && glyphs.map(sign).is_none() {
                missing.insert((file.clone(), sign));
            }
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
