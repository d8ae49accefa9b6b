//! Future states made from a map.

use super::SMALLEST;
use super::common::{Folder, touchline};

#[test]
fn a_fork_links_to_its_origin_and_is_a_map_like_any_other() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    std::fs::create_dir(folder.path().join("futures")).unwrap();
    let fork = |more: &[&str]| {
        let fork = touchline("fork").within(&folder);
        fork.args(&["map.ron", "--today", "2026-05-18"]).args(more)
    };
    fork(&["-o", "futures/target.ron", "--name", "Target"])
        .exits(0)
        .stdout("");
    let text = folder.text("futures/target.ron");
    let line = "forked_from: (file: \"../map.ron\", name: \"Target\", date: \"2026-05-18\"),";
    assert!(text.contains(line), "{text}");
    assert!(text.contains("title: \"T – Target\""), "{text}");
    assert!(text.contains("kind: future"), "{text}");
    touchline("fmt")
        .within(&folder)
        .args(&["--check", "futures/target.ron"])
        .exits(0);
    let check = |file: &str| touchline("check").within(&folder).arg(file).exits(0).out();
    assert!(!check("futures/target.ron").contains("origin-"));
    // Nothing is replaced, and a fork needs the name of its origin.
    let refused = fork(&["-o", "futures/target.ron"]).exits(2);
    assert!(refused.err().contains("already exists"));
    let refused = touchline("fork").args(&["-", "-o", "x.ron"]).exits(2);
    assert!(refused.err().contains("made from a file"));
}
