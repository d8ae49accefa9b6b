//! The name of a file as seen from a folder, as maps write it.
//!
//! Must not know: what the file holds.

use std::path::{Component, Path, PathBuf};

/// Returns the name of a file relative to a folder, with `/` between folders; its whole path if
/// none leads there. Names that cannot be written as text lose the part that cannot.
pub fn relative_name(folder: &Path, file: &Path) -> String {
    let folder = whole(folder);
    let mut target = whole(file.parent().unwrap_or(Path::new("")));
    target.push(file.file_name().unwrap_or_default());
    let mut from = folder.components().peekable();
    let mut to = target.components().peekable();
    if from.peek() != to.peek() {
        return target.to_string_lossy().into_owned();
    }
    while from.peek().is_some() && from.peek() == to.peek() {
        from.next();
        to.next();
    }
    let up = from.map(|_| "..".into());
    let down = to.map(|part: Component<'_>| part.as_os_str().to_string_lossy());
    let parts: Vec<_> = up.chain(down).collect();
    parts.join("/")
}

/// Returns the path of a folder without links, or its absolute path if it does not exist.
fn whole(folder: &Path) -> PathBuf {
    let folder = match folder.as_os_str().is_empty() {
        true => Path::new("."),
        false => folder,
    };
    let absolute = || std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    folder.canonicalize().unwrap_or_else(|_| absolute())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_from_the_folder_to_the_file() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("a/b");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::create_dir_all(root.path().join("c")).unwrap();
        let name = |file: &str| relative_name(&folder, &root.path().join(file));
        assert_eq!(name("a/b/x.ron"), "x.ron");
        assert_eq!(name("a/x.ron"), "../x.ron");
        assert_eq!(name("c/x.ron"), "../../c/x.ron");
        assert_eq!(name("a/b/../b/x.ron"), "x.ron");
        assert_eq!(relative_name(Path::new(""), Path::new("x.ron")), "x.ron");
    }
}
