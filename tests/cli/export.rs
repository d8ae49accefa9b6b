//! Files in each format, and options that contradict each other.

use super::common::{Folder, touchline};
use super::{OWNED, SMALLEST};

#[test]
fn a_compact_export_is_smaller_than_the_comfortable_default() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let picture = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", "map.svg"])
            .args(more)
            .exits(0);
        folder.text("map.svg")
    };
    let width = |svg: &str| -> f64 {
        let (_, rest) = svg.split_once("width=\"").unwrap();
        rest.split_once('"').unwrap().0.parse().unwrap()
    };
    let usual = picture(&[]);
    assert_eq!(usual, picture(&["--density", "comfortable"]));
    let compact = picture(&["--density", "compact"]);
    assert!(width(&compact) < 0.85 * width(&usual));
}

#[test]
fn pictures_for_a_room_are_numbered_and_say_what_had_to_go() {
    let folder = Folder::new().with(
        "map.ron",
        include_str!("../../sample_maps/bank-account.journey.ron"),
    );
    let export = |output: &str, room: &str| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", output, "--room", room])
            .exits(0)
            .err()
    };
    let said = export("wall.svg", "2m,10m");
    assert!(said.contains("pictures with numbers"), "{said}");
    assert!(
        said.contains("left out so that all can be read: "),
        "{said}"
    );
    let names = folder.names();
    assert!(names.contains(&"wall-1.svg".to_owned()), "{names:?}");
    assert!(names.contains(&"wall-2.svg".to_owned()), "{names:?}");
    let said = export("far.svg", "0.2m,40m");
    assert!(said.contains("cannot be read from the last row"), "{said}");
}

#[test]
fn handoffs_and_findings_can_be_exported() {
    let folder = Folder::new()
        .with("map.ron", OWNED)
        .with("small.ron", SMALLEST);
    let picture = |map: &str, more: &[&str]| {
        let export = touchline("export").within(&folder);
        export.args(&[map, "-o", "map.svg"]).args(more).exits(0);
        folder.text("map.svg")
    };
    assert!(!picture("map.ron", &[]).contains("No handoffs"));
    let handoffs = picture("map.ron", &["--handoffs"]);
    assert!(handoffs.contains("No handoffs between owners"));
    // The former names of the options.
    assert_eq!(picture("map.ron", &["--seams"]), handoffs);
    let colored = |option| picture("map.ron", &["--view", "flow", option, "feeling"]);
    assert_eq!(colored("--color"), colored("--colour"));
    let findings = ["--view", "findings", "--today", "2026-06-01"];
    let sheet = picture("map.ron", &findings);
    assert!(sheet.contains("No findings"));
    let sheet = picture("small.ron", &findings);
    assert!(sheet.contains("Touchpoint “A”: no owner."), "{sheet}");
    assert!(sheet.contains("Step 1 A") && sheet.contains("Without an owner nobody improves it."));
    assert_eq!(sheet, picture("small.ron", &findings));
}

#[test]
fn a_page_has_the_views_and_the_text_of_the_map() {
    let folder = Folder::new().with("map.ron", OWNED);
    let page = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        let page = ["map.ron", "-o", "map.html", "--today", "2026-06-01"];
        export.args(&page).args(more).exits(0);
        folder.text("map.html")
    };
    let usual = page(&[]);
    assert!(usual.starts_with("<!doctype html>\n<html lang=\"en\" data-highlight=\"\""));
    assert!(usual.contains("<h2><bdi>Journey</bdi></h2>") && usual.contains("<article id=\"t0\""));
    assert_eq!(usual, page(&[]), "the same file each time");
    let flow = page(&[
        "--view",
        "flow",
        "--theme",
        "projector",
        "--highlight",
        "pain",
    ]);
    assert!(flow.contains("<html lang=\"en\" data-theme=\"projector\" data-highlight=\"p\""));
    assert!(flow.contains(
        "<svg class=\"drawing front\" aria-hidden=\"true\" focusable=\"false\" data-view=\"flow\""
    ));
}

#[test]
fn a_long_journey_is_drawn_in_rows() {
    let steps: String = (0..120)
        .map(|at| format!("(name: \"Step {at}\"),"))
        .collect();
    let map = format!("(title: \"Long\", stages: [(name: \"S\", touchpoints: [{steps}])])");
    let folder = Folder::new().with("map.ron", &map);
    let export = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        let lanes = ["map.ron", "-o", "map.png", "--lanes", "touchpoints"];
        export.args(&lanes).args(more).exits(0).err()
    };
    let note = export(&["--width", "1000"]);
    assert!(
        note.starts_with("touchline: map.png is drawn in "),
        "{note}"
    );
    assert!(note.contains("rows, because one row would be") && note.ends_with("unreadable\n"));
    assert_eq!(export(&["--scale", "0.25"]), "");
    let wide = touchline("export").within(&folder);
    let wide = wide.args(&["map.ron", "-o", "wide.png", "--width", "30001"]);
    assert!(wide.exits(2).err().contains("30001 is not in 16..=30000"));
}

#[test]
fn export_refuses_contradictory_options() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let refused = |arguments: &[&str]| {
        touchline("export")
            .within(&folder)
            .arg("map.ron")
            .args(arguments)
            .exits(2)
            .err()
    };
    assert_eq!(
        refused(&["-o", "map.gif"]),
        "touchline: the name of the file must end in .svg, .pdf, .png, .html or .pptx\n"
    );
    assert!(refused(&["-o", "map.svg", "--width", "100"]).contains("for PNG"));
    assert!(refused(&["-o", "map.pdf", "--width", "100"]).contains("a PDF has a --paper"));
    assert!(refused(&["-o", "map.pdf", "--outlines"]).contains("for SVG"));
    assert!(refused(&["-o", "map.pptx", "--width", "100"]).contains("--slide"));
    assert!(refused(&["-o", "map.pdf", "--slide", "4:3"]).contains("PowerPoint"));
    assert!(refused(&["-o", "map.pptx", "--slide", "5:3"]).contains("16:9"));
    assert!(refused(&["-o", "map.pptx", "--pictures", "--font", "Arial"]).contains("--font"));
    assert!(refused(&["-o", "map.html", "--paper", "a3"]).contains("--paper is for PDF, SVG"));
    assert!(refused(&["-o", "map.pdf", "--paper", "a9"]).contains("a0, a1"));
    assert!(refused(&["-o", "map.png", "--outlines"]).contains("for SVG"));
    assert!(refused(&["-o", "map.html", "--width", "100"]).contains("fits every screen"));
    assert!(refused(&["-o", "map.html", "--room", "2,10"]).contains("--room is for pictures"));
    assert!(refused(&["-o", "map.svg", "--room", "2km"]).contains("such as 2m,10m"));
    assert!(refused(&["-o", "map.html", "--outlines"]).contains("embeds its fonts"));
    assert!(
        refused(&["-o", "map.png", "--width", "100", "--scale", "2"])
            .contains("cannot be used with")
    );
    assert!(refused(&["-o", "map.png", "--scale", "0"]).contains("from 0.05 to 20"));
    let on_findings = |more: &[&str]| {
        let findings = ["-o", "map.svg", "--view", "findings"];
        refused(&[&findings, more].concat())
    };
    assert!(on_findings(&["--seams"]).contains("--handoffs is for the journey"));
    assert!(on_findings(&["--highlight", "pain"]).contains("nothing is dimmed"));
    assert!(refused(&["-o", "map.svg", "--today", "2026-01-01"]).contains("--view findings"));
    let lane = refused(&["-o", "map.png", "--lanes", "pains,emails"]);
    assert!(lane.contains("there is no lane “emails” in this map; it has touchpoints, "));
    for error in [lane, refused(&["-o", "map.png", "--theme", "pink"])] {
        assert_eq!(error.lines().count(), 1, "{error}");
    }
    assert_eq!(folder.names(), ["map.ron"]);
}

/// Width and height of each page of a PDF in millimetres.
fn pages(folder: &Folder, name: &str) -> Vec<(i64, i64)> {
    let bytes = std::fs::read(folder.path().join(name)).unwrap();
    let text = String::from_utf8_lossy(&bytes);
    let boxes = text.split("/MediaBox").skip(1).map(|rest| {
        let (sides, _) = rest.trim_start_matches([' ', '[']).split_once(']').unwrap();
        let sides: Vec<f64> = sides
            .split_whitespace()
            .map(|it| it.parse().unwrap())
            .collect();
        let millimetres = |points: f64| (points / 72.0 * 25.4).round() as i64;
        (millimetres(sides[2]), millimetres(sides[3]))
    });
    boxes.collect()
}

#[test]
fn posters_tiles_and_handouts_are_on_the_paper_asked_for() {
    let map = "(title: \"T\", stages: [(name: \"First\", touchpoints: [(name: \"A\")]), \
               (name: \"Second\", touchpoints: [(name: \"B\")])])";
    let folder = Folder::new().with("map.ron", map);
    let export = |more: &[&str]| {
        let export = touchline("export").within(&folder);
        let export = export.args(&["map.ron", "-o", "map.pdf"]).args(more);
        export.exits(0).stderr("");
        pages(&folder, "map.pdf")
    };
    assert_eq!(export(&["--paper", "a3"]), [(420, 297)]);
    // More than the four sheets of an A2, for their margins, and one that shows their order.
    let tiles = export(&["--paper", "a2", "--tiles", "a4"]);
    assert!(tiles.len() > 5, "{tiles:?}");
    assert!(
        tiles
            .iter()
            .all(|(w, h)| w.min(h) == &210 && w.max(h) == &297)
    );
    let apart = export(&["--paper", "a2", "--tiles", "a4", "--overlap", "0"]);
    assert!(apart.len() <= tiles.len(), "{apart:?}");
    // The map, two stages, and at least the people, findings or actions.
    let handout = export(&["--handout", "letter"]);
    assert!(handout.len() >= 4, "{handout:?}");
    assert!(
        handout
            .iter()
            .all(|(w, h)| w.min(h) == &216 && w.max(h) == &279)
    );
}

#[test]
fn the_language_of_a_pdf_is_that_asked_for() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    let export = |lang: &str, code| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", "map.pdf", "--lang", lang])
            .exits(code)
    };
    export("pt-BR", 0);
    let bytes = std::fs::read(folder.path().join("map.pdf")).unwrap();
    assert!(String::from_utf8_lossy(&bytes).contains("/Lang(pt-BR)"));
    let said = export("german language", 2).err();
    assert!(said.contains("a language tag such as de"), "{said}");
    let svg = touchline("export").within(&folder);
    let svg = svg.args(&["map.ron", "-o", "map.svg", "--lang", "de"]);
    assert!(svg.exits(2).err().contains("--lang is for PDF"));
}

#[test]
fn a_stage_is_exported_alone_by_id_or_name() {
    let map = "(title: \"T\", stages: [(id: \"one\", name: \"First\", touchpoints: [(name: \"Ask\")]), \
               (name: \"Second\", touchpoints: [(name: \"Bye\")])])";
    let folder = Folder::new().with("map.ron", map);
    let export = |stage: &str, code| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", "map.svg", "--stage", stage])
            .exits(code)
    };
    for name in ["one", "FIRST"] {
        export(name, 0);
        let svg = folder.text("map.svg");
        assert!(svg.contains(">Ask<") && !svg.contains(">Bye<"), "{name}");
    }
    let said = export("third", 2).err();
    assert_eq!(
        said,
        "touchline: there is no stage “third” in this map; it has one, second\n"
    );
}

#[test]
fn a_room_in_which_all_can_be_read_is_one_picture_of_any_format() {
    let folder = Folder::new().with("map.ron", SMALLEST);
    for name in ["near.svg", "near.png", "near.pdf"] {
        let export = touchline("export").within(&folder);
        let export = export.args(&["map.ron", "-o", name, "--room", "2m,4m"]);
        let said = export.exits(0).err();
        assert!(!said.contains("cannot be read"), "{said}");
        assert!(folder.names().contains(&name.to_owned()), "{name}: {said}");
    }
}

#[test]
fn two_maps_are_exported_overlaid_and_side_by_side() {
    let later = "(title: \"Later\", stages: [(name: \"S\", touchpoints: [(name: \"B\")])])";
    let folder = Folder::new()
        .with("now.ron", SMALLEST)
        .with("later.ron", later);
    let export = |output: &str, more: &[&str]| {
        let export = touchline("export").within(&folder);
        export
            .args(&["later.ron", "--compare", "now.ron", "-o", output])
            .args(more)
    };
    export("over.svg", &[]).exits(0);
    let picture = folder.text("over.svg");
    for word in ["T → Later", "New 1", "Removed 1", ">A<", ">B<"] {
        assert!(picture.contains(word), "{word}: {picture}");
    }
    export("beside.svg", &["--side-by-side"]).exits(0);
    let picture = folder.text("beside.svg");
    assert!(picture.contains("Before: T") && picture.contains("After: Later"));
    export("both.pdf", &["--side-by-side", "--paper", "a3"]).exits(0);
    // A page is about one map.
    let said = export("page.html", &[]).exits(2).err();
    assert!(said.contains("a page is about one map"), "{said}");
    export("flow.svg", &["--view", "flow"]).exits(2);
}

#[test]
fn a_journey_is_exported_in_rows_on_paper_and_as_a_saved_view() {
    let steps: String = (0..24)
        .map(|at| format!("(name: \"Step {at}\"),"))
        .collect();
    let map = format!(
        "(title: \"T\", saved_views: [(id: \"f\", name: \"The flow\", view: flow)], \
         stages: [(name: \"S\", touchpoints: [{steps}])])"
    );
    let folder = Folder::new().with("map.ron", &map);
    let export = |more: &[&str], code| {
        let export = touchline("export").within(&folder);
        export
            .args(&["map.ron", "-o", "map.svg"])
            .args(more)
            .exits(code)
    };
    let size = |more: &[&str]| {
        export(more, 0);
        let svg = folder.text("map.svg");
        let side = |name: &str| {
            let (_, rest) = svg.split_once(&format!("{name}=\"")).unwrap();
            let (side, _) = rest.split_once('"').unwrap();
            side.trim_end_matches("mm").parse::<f64>().unwrap()
        };
        (side(" width"), side(" height"))
    };
    let (strip, _) = size(&[]);
    let (three, _) = size(&["--rows", "3"]);
    assert!(
        three > strip / 4.0 && three < strip / 2.0,
        "{three} {strip}"
    );
    assert_eq!(size(&["--rows", "1500px"]).0, 1500.0);
    let (width, height) = size(&["--rows"]);
    assert!(width < strip && width > height, "{width} {height}");
    let (width, height) = size(&["--paper", "a3"]);
    assert_eq!((width.max(height), width.min(height)), (420.0, 297.0));
    export(&["--saved-view", "the flow"], 0);
    assert!(folder.text("map.svg").contains("how it flows"));
    let said = export(&["--saved-view", "pains"], 2).err();
    assert_eq!(
        said,
        "touchline: there is no saved view “pains” in this map; it has f\n"
    );
    let said = export(&["--rows", "0"], 2).err();
    assert!(said.contains("a number of rows from 1 to 99"), "{said}");
    export(&["--rows", "--view", "flow"], 2);
}

#[test]
fn comments_are_never_printed() {
    let example = include_str!("../../assets/example.journey.ron");
    let comments = touchline::format::read(example.as_bytes()).unwrap().map;
    let comments = comments.comments().clone();
    assert!(comments.len() > 5);
    let folder = Folder::new().with("map.ron", example);
    let export = |more: &[&str], output: &str| {
        let export = touchline("export").within(&folder);
        let export = export.args(&["map.ron", "-o", output]).args(more);
        export.exits(0);
        folder.text(output)
    };
    let mut files = vec![export(&[], "map.html")];
    for view in ["journey", "flow", "ownership", "findings", "scores"] {
        files.push(export(&["--view", view], "map.svg"));
    }
    for comment in comments.iter() {
        for file in &files {
            assert!(!file.contains(&comment.text), "{}", comment.text);
        }
    }
}
