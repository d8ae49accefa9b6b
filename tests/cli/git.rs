//! Tests with repositories of git: versions of a map, drivers, clones.

use crate::common::{Folder, touchline};
use std::path::Path;
use std::process::{Command, Output};

/// A map of one stage with these touchpoints.
pub fn map(touchpoints: &str) -> String {
    let text = format!("(title: \"T\", stages: [(name: \"S\", touchpoints: [{touchpoints}])])");
    let map = touchline::format::read(text.as_bytes()).unwrap().map;
    touchline::format::write(&map)
}

/// Whether the program git is missing; says so then.
pub fn git_is_missing() -> bool {
    let missing = Command::new("git").arg("--version").output().is_err();
    if missing {
        use std::io::Write as _;
        let _ = writeln!(std::io::stderr(), "left out: git is not installed");
    }
    missing
}

/// A repository in a temporary folder, which no settings of this machine reach.
pub struct Repository {
    folder: Folder,
    home: Folder,
}

impl Repository {
    /// Creates an empty repository.
    pub fn new() -> Repository {
        let repository = Repository {
            folder: Folder::new(),
            home: Folder::new(),
        };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    /// Returns its working directory.
    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Returns its working directory with helpers for files.
    pub fn folder(&self) -> &Folder {
        &self.folder
    }

    /// Runs git, whatever comes of it.
    pub fn try_git(&self, arguments: &[&str]) -> Output {
        Command::new("git")
            .args(["-c", "user.name=Ann Ä", "-c", "user.email=ann@example.org"])
            .args(arguments)
            .current_dir(self.path())
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.home.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_EDITOR", "true")
            .output()
            .unwrap()
    }

    /// Runs git, which must succeed, and returns what it writes.
    #[track_caller]
    pub fn git(&self, arguments: &[&str]) -> String {
        let output = self.try_git(arguments);
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Writes a file and commits everything.
    #[track_caller]
    pub fn commit(&self, name: &str, text: &str, subject: &str) {
        self.folder.put(name, text.as_bytes());
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", subject]);
    }
}

#[test]
fn history_lists_versions_through_renames_and_merges_with_what_changed() {
    if git_is_missing() {
        return;
    }
    let repository = Repository::new();
    let name = "odd \"name\" ü.ron";
    repository.commit("-old.ron", &map("(name: \"A\")"), "Begin");
    repository.git(&["mv", "--", "-old.ron", name]);
    repository.git(&["commit", "--quiet", "--message", "Rename\u{1b}[31m"]);
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.commit(name, &map("(name: \"A\"), (name: \"B\")"), "Add B");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit("other.txt", "x", "Something else");
    repository.git(&[
        "merge",
        "--quiet",
        "--no-ff",
        "side",
        "--message",
        "Merge side",
    ]);
    repository.commit(name, "not a map", "Break");
    repository.commit(name, &map("(name: \"B\")"), "Mend");
    repository
        .folder()
        .put(name, map("(name: \"B\"), (name: \"C\")").as_bytes());
    let history = || touchline("history").within(repository.folder());
    let text = history().arg(name).exits(0).stderr("").out();
    let lines: Vec<String> = text
        .lines()
        .map(|line| match line.strip_prefix("    ") {
            Some(sentence) => format!("- {sentence}"),
            // Without the commit and its time.
            None => line.split("  ").last().unwrap_or(line).to_owned(),
        })
        .collect();
    assert_eq!(
        lines,
        [
            "Not committed yet",
            "- Touchpoint “C”: added",
            "Ann Ä: Mend",
            "- Cannot be compared: this is no journey map: a map starts with a round bracket",
            "Ann Ä: Break",
            "- Cannot be compared: this is no journey map: a map starts with a round bracket",
            "Ann Ä: Merge side",
            "- Touchpoint “B”: added",
            "Ann Ä: Add B",
            "- Touchpoint “B”: added",
            "Ann Ä: Rename\\u{1b}[31m",
            "- File renamed from -old.ron",
            "Ann Ä: Begin",
            "- Map added",
        ]
    );
    let json = history()
        .args(&["--format", "json", "--limit", "3", name])
        .exits(0)
        .out();
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["versions"].as_array().unwrap().len(), 3);
    assert_eq!(json["versions"][2]["changes"][0], "Touchpoint “B”: added");
    assert_eq!(json["uncommitted"][0], "Touchpoint “C”: added");
    // From another folder, and by any name of a revision, under the name of that time.
    let first = repository.git(&["rev-list", "--max-parents=0", "HEAD"]);
    for revision in [first.trim(), "HEAD~4"] {
        history()
            .args(&["--show", revision, name])
            .exits(0)
            .stdout(&map("(name: \"A\")"));
    }
    for revision in ["gone", "--help", "HEAD:other.txt"] {
        let show = format!("--show={revision}");
        let refused = history().args(&[&show, name]).exits(2);
        let sentence = format!("there is no version “{revision}” of it");
        assert!(refused.err().contains(&sentence), "{}", refused.err());
    }
}

#[test]
fn history_says_why_there_is_none() {
    if git_is_missing() {
        return;
    }
    let folder = Folder::new().with("a.ron", &map("(name: \"A\")"));
    let history = |folder: &Folder| {
        touchline("history")
            .within(folder)
            .arg("a.ron")
            .exits(2)
            .err()
    };
    assert!(history(&folder).contains("no git repository"));
    let repository = Repository::new();
    repository.folder().put("a.ron", b"");
    assert!(history(repository.folder()).contains("no versions of it yet"));
    repository.commit("b.ron", "x", "Other");
    repository.git(&["rm", "--quiet", "--cached", "a.ron"]);
    repository.git(&[
        "commit",
        "--quiet",
        "--allow-empty",
        "--amend",
        "--message",
        "Other",
    ]);
    repository.folder().put("c.ron", b"");
    let never = touchline("history")
        .within(repository.folder())
        .arg("c.ron")
        .exits(2);
    assert!(never.err().contains("no versions of it yet"));
    let nowhere = touchline("history").arg("/no/such/folder/a.ron").exits(2);
    assert!(nowhere.err().contains("a.ron"), "{}", nowhere.err());
}

impl Repository {
    /// Clones a repository and registers the drivers there.
    fn clone_of(origin: &Repository) -> Repository {
        let clone = Repository {
            folder: Folder::new(),
            home: Folder::new(),
        };
        let from = origin.path().to_str().unwrap();
        clone.git(&["clone", "--quiet", from, "."]);
        clone.set_up(&[]);
        clone
    }

    fn set_up(&self, options: &[&str]) -> String {
        let run = touchline("git-setup").within(&self.folder);
        run.args(options).exits(0).stderr("").out()
    }
}

#[test]
fn two_clones_merge_by_meaning_also_in_a_rebase_a_cherry_pick_and_a_revert() {
    if git_is_missing() {
        return;
    }
    let file = "a.journey.ron";
    let origin = Repository::new();
    origin.set_up(&[]);
    origin.commit(file, &map("(name: \"A\"), (name: \"B\")"), "Begin");
    let [jana, tom] = [Repository::clone_of(&origin), Repository::clone_of(&origin)];
    let rename = |clone: &Repository, from: &str, to: &str| {
        let text = clone.folder().text(file);
        assert!(text.contains(from), "{from} is not in {text}");
        clone.commit(file, &text.replace(from, to), &format!("{from} to {to}"));
    };
    let names = |clone: &Repository| -> Vec<String> {
        let text = clone.folder().text(file);
        let map = touchline::format::read(text.as_bytes()).unwrap().map;
        map.touchpoints().map(|t| t.name.clone()).collect()
    };
    // Neighbouring lines, which git alone cannot merge.
    rename(
        &jana,
        "name: \"A\",\n",
        "name: \"A by phone\",\n          time: \"at once\",\n",
    );
    rename(
        &tom,
        "name: \"A\",\n",
        "name: \"A\",\n          notes: \"Nobody reads it\",\n",
    );
    tom.git(&[
        "pull",
        "--quiet",
        "--no-rebase",
        "--no-edit",
        jana.path().to_str().unwrap(),
        "main",
    ]);
    let merged = tom.folder().text(file);
    assert!(
        merged.contains("A by phone") && merged.contains("Nobody reads it"),
        "{merged}"
    );
    assert_eq!(names(&tom), ["A by phone", "B"]);
    // A rebase, a cherry-pick and a revert go through the driver too.
    jana.git(&["checkout", "--quiet", "-b", "side"]);
    rename(
        &jana,
        "name: \"B\",\n",
        "name: \"B\",\n          notes: \"Side\",\n",
    );
    jana.git(&["checkout", "--quiet", "main"]);
    rename(&jana, "name: \"B\",\n", "name: \"B, twice\",\n");
    jana.git(&["rebase", "--quiet", "main", "side"]);
    assert!(jana.folder().text(file).contains("Side"));
    assert_eq!(names(&jana), ["A by phone", "B, twice"]);
    jana.git(&["checkout", "--quiet", "main"]);
    jana.git(&["cherry-pick", "side"]);
    assert!(jana.folder().text(file).contains("Side"));
    jana.git(&["revert", "--no-edit", "HEAD~1"]);
    assert_eq!(names(&jana), ["A by phone", "B"]);
    assert!(jana.folder().text(file).contains("Side"));
    // What both changed in different ways stays in the file, which opens, and git knows of it.
    rename(&tom, "\"A by phone\"", "\"A by mail\"");
    rename(&jana, "\"A by phone\"", "\"A by fax\"");
    let from = jana.path().to_str().unwrap();
    let merge = tom.try_git(&["pull", "--quiet", "--no-rebase", from, "main"]);
    assert_eq!(merge.status.code(), Some(1), "{merge:?}");
    let text = tom.folder().text(file);
    let conflicted = touchline::format::read(text.as_bytes()).unwrap().map;
    assert_eq!(conflicted.conflicts().len(), 1, "{text}");
    assert!(text.contains("A by mail") && text.contains("A by fax"));
    assert!(
        tom.git(&["status", "--short"])
            .contains(&format!("UU {file}"))
    );
    // Differences are told as text.
    let shown = jana.git(&["log", "-p", "-1", "--", file]);
    assert!(
        shown.contains("A by fax") && !shown.contains("name: "),
        "{shown}"
    );
}

#[test]
fn git_setup_changes_nothing_the_second_time_and_its_undoing_leaves_no_trace() {
    if git_is_missing() {
        return;
    }
    let repository = Repository::new();
    repository.folder().put(".gitattributes", b"*.png binary");
    let config = || repository.folder().text(".git/config");
    let attributes = || repository.folder().text(".gitattributes");
    let before = (config(), attributes());
    let said = repository.set_up(&[]);
    assert!(
        said.contains("Added to") && said.contains("commit .gitattributes"),
        "{said}"
    );
    let after = (config(), attributes());
    assert!(
        after
            .1
            .contains("*.png binary\n*.journey.ron merge=touchline")
    );
    assert_eq!(
        repository.set_up(&[]),
        "Tested; everything was registered already\n"
    );
    assert_eq!((config(), attributes()), after);
    repository.set_up(&["--undo"]);
    assert_eq!((config(), attributes()), before);
    assert_eq!(repository.set_up(&["--undo"]), "Nothing to remove\n");
    // A driver of the same name that is not ours is left alone.
    repository.git(&["config", "merge.touchline.driver", "true"]);
    let refused = touchline("git-setup").within(repository.folder()).exits(2);
    assert!(
        refused
            .err()
            .contains("merge.touchline.driver is true already")
    );
    let outside = touchline("git-setup").within(&Folder::new()).exits(2);
    assert!(outside.err().contains("no git repository"));
}

#[test]
fn git_setup_for_all_repositories_of_a_user_registers_and_leaves_no_trace() {
    if git_is_missing() {
        return;
    }
    let repository = Repository::new();
    repository
        .home
        .put(".gitconfig", b"[core]\n\tabbrev = 12\n");
    let set_up = |options: &[&str]| {
        let run = touchline("git-setup").within(repository.folder());
        run.home(&repository.home).args(options).exits(0).out()
    };
    let said = set_up(&["--global"]);
    assert!(said.contains("in your settings of git"), "{said}");
    assert_eq!(
        set_up(&["--global"]),
        "Tested; everything was registered already\n"
    );
    // Git merges by meaning in a repository that knows nothing of it.
    let file = "a.journey.ron";
    repository.commit(file, &map("(name: \"A\")"), "Begin");
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    let text = repository.folder().text(file);
    let side = text.replace("name: \"A\",\n", "name: \"A\",\n          notes: \"N\",\n");
    repository.commit(file, &side, "Side");
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit(file, &text.replace("\"A\"", "\"A by phone\""), "Main");
    repository.git(&["merge", "--quiet", "--no-edit", "side"]);
    let merged = repository.folder().text(file);
    assert!(
        merged.contains("A by phone") && merged.contains("\"N\""),
        "{merged}"
    );
    assert!(
        !repository
            .folder()
            .names()
            .contains(&".gitattributes".to_owned())
    );
    set_up(&["--global", "--undo"]);
    let settings = repository.home.text(".gitconfig");
    assert!(!settings.contains("touchline"), "{settings}");
    assert!(settings.contains("abbrev = 12"), "{settings}");
    assert_eq!(set_up(&["--global", "--undo"]), "Nothing to remove\n");
}

#[test]
fn a_map_is_compared_with_its_revisions() {
    if git_is_missing() {
        return;
    }
    let repository = Repository::new();
    repository.commit("a.ron", &map("(name: \"A\")"), "Begin");
    repository.git(&["mv", "a.ron", "b.ron"]);
    repository.commit("b.ron", &map("(name: \"A\"), (name: \"B\")"), "Add B");
    repository.commit("b.ron", "not a map", "Break");
    let text = map("(name: \"A\"), (name: \"B\"), (name: \"C\")");
    repository.folder().put("b.ron", text.as_bytes());
    let diff = |revisions: &[&str], code: i32| {
        let run = touchline("diff").within(repository.folder());
        let run = revisions
            .iter()
            .fold(run, |run, it| run.args(&["--rev", it]));
        run.arg("b.ron").exits(code)
    };
    let told = diff(&["HEAD~2"], 1).out();
    assert!(told.contains("“B”") && told.contains("“C”"), "{told}");
    let told = diff(&["HEAD~2", "HEAD~1"], 1).out();
    assert!(told.contains("“B”") && !told.contains("“C”"), "{told}");
    assert!(
        diff(&["HEAD~1", "HEAD~1"], 0)
            .out()
            .contains("no differences")
    );
    for (revisions, problem) in [
        (&["gone"][..], "b.ron: there is no version “gone” of it"),
        (&["HEAD"], "b.ron: HEAD: this is no journey map"),
        (
            &["HEAD", "HEAD", "HEAD"],
            "--rev can be given once or twice",
        ),
    ] {
        let said = diff(revisions, 2).err();
        assert!(said.contains(problem), "{said}");
    }
}
