//! The commands with which git merges and compares maps.
//!
//! Git takes a merge driver that is missing for a conflict, and keeps our side without a mark: the
//! other side would be lost unseen. So when the program cannot run, or breaks off, the command
//! merges by lines as git does on its own, and says so. A failing conversion would end `git diff`
//! and `git log -p`, so the text of the file is shown in its place.
//!
//! Must not know: where the commands are registered.

use super::process::{Git, GitError};
use std::path::Path;

/// The maximum size in bytes of an answer of the throw-away repository.
const MAX_ANSWER: u64 = 1024 * 1024;

/// The map in the throw-away repository.
const TRIAL_FILE: &str = "trial.journey.ron";

/// Settings and the commands that are their values.
pub(super) struct Drivers([(&'static str, String); 3]);

impl Drivers {
    /// Returns the settings for a program with an absolute path.
    pub(super) fn of(program: &Path) -> Drivers {
        let path = program.to_string_lossy();
        let quoted = format!("'{}'", path.replace('\'', r"'\''"));
        // Git replaces what follows a percent sign in the merge driver.
        let merge = format!(
            "{} merge --driver %O %A %B --path %P --ours-name %X --theirs-name %Y; code=$?; \
             if [ $code -gt 1 ]; then \
             echo 'touchline cannot merge by meaning (run touchline git-setup again); merging by lines' >&2; \
             git merge-file -L ours -L base -L theirs %A %O %B; code=$?; fi; exit $code",
            quoted.replace('%', "%%")
        );
        let convert = format!(
            "show() {{ {quoted} diff --textconv \"$1\" 2>/dev/null || cat \"$1\"; }}; show"
        );
        Drivers([
            ("merge.touchline.name", "Touchline, by meaning".to_owned()),
            ("merge.touchline.driver", merge),
            ("diff.touchline.textconv", convert),
        ])
    }

    /// Returns the settings with their values.
    pub(super) fn settings(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.0.iter().map(|(key, value)| (*key, value.as_str()))
    }

    /// Whether a value of a setting is one that [`Drivers::of`] makes, for any program.
    pub(super) fn is_ours(key: &str, value: &str) -> bool {
        match key {
            "merge.touchline.name" => value == "Touchline, by meaning",
            "merge.touchline.driver" => value.contains(" merge --driver %O %A %B "),
            _ => value.contains(" diff --textconv "),
        }
    }

    /// Tries the commands in a throw-away repository: two changes of one line block that lines
    /// alone cannot merge, and a difference.
    ///
    /// # Errors
    /// If the result is not that of a merge by meaning.
    pub(super) fn try_out(&self, git: &Git<'_>, folder: &Path) -> Result<(), GitError> {
        let run = |arguments: &[&str]| {
            let identity = [
                "-c",
                "user.name=Touchline",
                "-c",
                "user.email=touchline@localhost",
                "-c",
                "commit.gpgSign=false",
            ];
            git.run(identity.iter().chain(arguments), MAX_ANSWER)
        };
        let failed = |what: &str| GitError::Failed(format!("the drivers did not work: {what}"));
        let write = |name: &str, text: &str| {
            let written = crate::storage::write(&folder.join(name), text.as_bytes());
            written.map_err(|error| failed(&error.to_string()))
        };
        let commit = |title: &str, name: &str| {
            write(TRIAL_FILE, &trial_map(title, name))?;
            run(&["add", "--all"])?;
            run(&["commit", "--quiet", "--no-verify", "--message", title])
        };
        run(&["init", "--quiet"])?;
        for (key, value) in self.settings() {
            run(&["config", "--local", key, value])?;
        }
        write(".gitattributes", &super::attributes::with_line(""))?;
        commit("Base", "Asks")?;
        run(&["checkout", "--quiet", "-b", "theirs"])?;
        commit("Base", "Asks theirs")?;
        run(&["checkout", "--quiet", "-b", "ours", "HEAD~1"])?;
        commit("Base ours", "Asks")?;
        run(&["merge", "--quiet", "--no-edit", "theirs"])
            .map_err(|error| failed(&error.to_string()))?;
        let merged = run(&["cat-file", "blob", &format!("HEAD:{TRIAL_FILE}")])?;
        let merged = String::from_utf8_lossy(&merged);
        if !(merged.contains("\"Base ours\"") && merged.contains("\"Asks theirs\"")) {
            return Err(failed("a change was lost in a merge"));
        }
        let shown = run(&["diff", "HEAD~1", "HEAD"])?;
        match String::from_utf8_lossy(&shown).contains("Asks theirs") {
            true => Ok(()),
            false => Err(failed("a difference was not shown")),
        }
    }
}

/// Returns a map whose title and touchpoint stand on one line, where lines cannot be merged.
fn trial_map(title: &str, name: &str) -> String {
    format!(
        "(title: \"{title}\", stages: [(id: \"s\", name: \"S\", touchpoints: [(id: \"a\", name: \"{name}\")])])\n"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::task::Progress;

    #[test]
    fn without_the_program_both_sides_are_left_and_differences_shown() {
        let folder = tempfile::tempdir().unwrap();
        let progress = Progress::default();
        // Missing, and one that fails.
        for program in ["/gone/touchline", "/bin/ls"] {
            let folder = folder.path().join(Path::new(program).file_name().unwrap());
            std::fs::create_dir(&folder).unwrap();
            let git = Git::new(&folder, &progress);
            match Drivers::of(Path::new(program)).try_out(&git, &folder) {
                Err(GitError::NoGit) => return,
                tried => assert!(matches!(tried, Err(GitError::Failed(_))), "{tried:?}"),
            }
            let left = std::fs::read_to_string(folder.join(TRIAL_FILE)).unwrap();
            for both in ["<<<<<<< ", "Base ours", "Asks theirs", ">>>>>>> "] {
                assert!(left.contains(both), "{both} is not in {left}");
            }
            let shown = git.run(["diff", "theirs", "ours", "--", TRIAL_FILE], MAX_ANSWER);
            let shown = String::from_utf8(shown.unwrap()).unwrap();
            assert!(shown.contains("-(title: \"Base\"") && shown.contains("Asks theirs"));
        }
    }

    #[test]
    fn paths_are_quoted_for_the_shell_and_for_git() {
        let drivers = Drivers::of(Path::new("/it's 100%/touchline"));
        let settings: Vec<_> = drivers.settings().collect();
        assert!(
            settings[1]
                .1
                .starts_with(r"'/it'\''s 100%%/touchline' merge --driver %O")
        );
        assert!(
            settings[2]
                .1
                .contains(r"'/it'\''s 100%/touchline' diff --textconv")
        );
        for (key, value) in settings {
            assert!(Drivers::is_ours(key, value));
            assert!(!Drivers::is_ours(key, "true"));
        }
    }
}
