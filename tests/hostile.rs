//! Hostile maps and little room, with the program as a process: what it prints, and what it takes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    dead_code,
    reason = "the helpers are shared, and not every test needs all"
)]

mod common;

use common::{Folder, touchline};
use touchline::text::is_escaped;

/// A map with a text in each field that is printed somewhere.
fn map_with(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        escaped.push_str(&format!("\\u{{{:x}}}", u32::from(c)));
    }
    include_str!("corpus/hostile/every-text.journey.ron").replace('%', &escaped)
}

/// What a terminal obeys, or takes for the end of a line.
const HOSTILE: [&str; 8] = [
    "\u{1b}[2J\u{1b}]0;pwn\u{7}",
    "l1\nfake.ron:1:1: error: FAKE",
    "ok\rFAKE",
    "a\r\nb",
    "a\u{7f}b",
    "\u{9b}31m\u{9d}0;x\u{9c}",
    "\u{202e}evil\u{202c}\u{200f}\u{61c}",
    "a\u{2028}b\u{85}c\u{0b}d",
];

/// Part of the finding that counts such characters.
const HIDDEN: &str = "hidden characters";

#[track_caller]
fn assert_harmless(output: &str, what: &str) {
    let bad = output.chars().find(|c| *c != '\n' && is_escaped(*c));
    assert_eq!(bad, None, "{what}: {output:?}");
}

#[test]
fn output_holds_nothing_that_a_terminal_obeys_and_no_forged_line() {
    let commands: &[(&[&str], i32)] = &[
        // The characters themselves are findings, which the plain map has not.
        (&["check", "--allow", "hidden-characters", "m.ron"], 1),
        (
            &[
                "check",
                "--allow",
                "hidden-characters",
                "--format",
                "json",
                "m.ron",
            ],
            1,
        ),
        (
            &[
                "check",
                "--allow",
                "hidden-characters",
                "--format",
                "sarif",
                "m.ron",
            ],
            1,
        ),
        (&["stats", "m.ron"], 0),
        (&["stats", "--format", "json", "m.ron"], 0),
        (&["paths", "m.ron"], 0),
        (&["paths", "--branches", "m.ron"], 0),
        (&["paths", "--format", "json", "m.ron"], 0),
        (&["paths", "--from", "t2", "--to", "t1", "m.ron"], 2),
        (&["report", "m.ron"], 0),
        (&["export", "m.ron", "-o", "m.svg", "--lanes", "none"], 2),
        (&["fmt", "m.ron", "-o", "-"], 0),
    ];
    let plain = Folder::new().with("m.ron", &map_with("x"));
    for text in HOSTILE {
        let hostile = Folder::new().with("m.ron", &map_with(text));
        for (command, code) in commands {
            let run = |folder| {
                let ran = touchline(command[0]).within(folder).args(&command[1..]);
                let ran = ran.exits(*code);
                (ran.out(), ran.err())
            };
            let ((out, err), (plain_out, plain_err)) = (run(&hostile), run(&plain));
            let what = format!("{command:?} with {text:?}");
            assert_harmless(&out, &what);
            assert_harmless(&err, &what);
            // A report tells of the characters themselves, which the plain map has not.
            let others = |text: &str| {
                text.lines()
                    .filter(|l| !l.to_lowercase().contains(HIDDEN))
                    .count()
            };
            assert_eq!(others(&out), others(&plain_out), "{what}: {out}");
            assert_eq!(
                err.lines().count(),
                plain_err.lines().count(),
                "{what}: {err}"
            );
        }
        for format in ["text", "json", "sarif"] {
            let ran = touchline("check").within(&hostile);
            let out = ran
                .args(&["--all", "--format", format, "m.ron"])
                .exits(1)
                .out();
            assert_harmless(&out, &format!("{format} with {text:?}"));
        }
    }
}

#[test]
fn errors_about_hostile_names_and_words_are_one_harmless_line() {
    let name = "a\u{1b}[2J\nmap.ron";
    let folder = Folder::new().with(name, "(title: \"T\", kind: fu\u{9b}31mt)");
    for command in [
        &["check", name][..],
        &["stats", "gone\u{1b}[2J\nmap.ron"],
        &["fmt", "--check", name],
        &["check", "--deny", "x\u{1b}[2J\ny", name],
        &["nonsense\u{1b}[2J\u{202e}"],
    ] {
        let ran = touchline(command[0]).within(&folder).args(&command[1..]);
        let err = ran.exits(2).err();
        assert_eq!(err.lines().count(), 1, "{err}");
        assert_harmless(&err, &format!("{command:?}"));
    }
    touchline("new")
        .within(&folder)
        .args(&["--title", "T", "b\u{1b}[2J\nmap.ron"])
        .exits(0)
        .stdout("b\\u{1b}[2J\\nmap.ron\n");
}

#[test]
fn json_keeps_texts_as_they_are() {
    let folder = Folder::new().with("m.ron", &map_with("\u{9b}\u{202e}\u{7f}"));
    let script = "open m.ron\nshow\n";
    let run = touchline("session").within(&folder).arg("--no-journal");
    let out = run.input(script).exits(0).out();
    assert_harmless(&out, "session");
    let shown: serde_json::Value = serde_json::from_str(out.lines().last().unwrap()).unwrap();
    let opened: serde_json::Value = serde_json::from_str(out.lines().next().unwrap()).unwrap();
    assert_eq!(opened["title"], "T\u{9b}\u{202e}\u{7f}");
    assert!(
        shown["map"]
            .as_str()
            .unwrap()
            .contains("T\\u{9b}\\u{202e}\\u{7f}")
    );
}

#[test]
fn arguments_may_be_uris_of_file_managers() {
    let folder = Folder::new().with("a b%.ron", &map_with("x"));
    let uri = |name: &str| format!("file://{}/{name}", folder.path().display());
    let map = uri("a%20b%25.ron");
    for command in ["check", "stats", "report", "paths", "fmt"] {
        let run = touchline(command).arg(&map);
        run.exits(if command == "check" { 1 } else { 0 });
    }
    let run = touchline("export").args(&[&map, "-o", &uri("%C3%BC.svg")]);
    run.exits(0);
    touchline("new").arg(&uri("new%20map")).exits(0);
    let session = touchline("session").arg("--no-journal");
    session
        .input(&format!("open {map}\nsave-as {}\n", uri("c%20d.ron")))
        .exits(0);
    assert_eq!(
        folder.names(),
        [
            "a b%.ron",
            "a b%.ron.bak",
            "c d.ron",
            "new map.journey.ron",
            "ü.svg"
        ]
    );
}

#[test]
fn folders_are_no_names_of_files() {
    let folder = Folder::new().with("m.ron", &map_with("x"));
    std::fs::create_dir(folder.path().join("maps")).unwrap();
    for name in ["maps/", "maps/.", "none/", ".", "..", "maps"] {
        let new = touchline("new").within(&folder).arg(name);
        if name == "maps" {
            new.exits(0);
            continue;
        }
        let err = new.exits(2).err();
        assert_eq!(
            err,
            format!("touchline: {name}: this is a folder, not a file\n")
        );
        touchline("fmt")
            .within(&folder)
            .args(&["m.ron", "-o", name])
            .exits(2);
    }
    assert_eq!(folder.names(), ["m.ron", "maps", "maps.journey.ron"]);
    assert_eq!(
        std::fs::read_dir(folder.path().join("maps"))
            .unwrap()
            .count(),
        0
    );
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;
    use base64::Engine as _;
    use std::process::{Command, Output};

    /// Runs the program in a shell, behind a command such as `ulimit`.
    fn shell(folder: &Folder, script: &str) -> Output {
        let script = script.replace("touchline", env!("CARGO_BIN_EXE_touchline"));
        let mut sh = Command::new("sh");
        sh.args(["-c", &script]).current_dir(folder.path());
        sh.output().unwrap()
    }

    #[track_caller]
    fn assert_fails_with(output: &Output, sentence: &str) {
        let err = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{err}");
        assert!(err.contains(sentence), "{err}");
        assert_eq!(err.lines().count(), 1, "{err}");
    }

    #[test]
    fn a_full_device_is_an_error() {
        let folder = Folder::new().with("m.ron", &map_with("x"));
        for command in [
            "--version",
            "--help",
            "check --help",
            "stats m.ron",
            "schema",
            "rules",
        ] {
            let ran = shell(&folder, &format!("touchline {command} >/dev/full"));
            assert_fails_with(&ran, "cannot write the output");
        }
    }

    #[test]
    fn a_limit_on_the_size_of_files_ends_in_a_sentence() {
        let folder = Folder::new().with("m.ron", &map_with("x"));
        let before = folder.text("m.ron");
        for command in ["fmt m.ron", "export m.ron -o m.svg", "new other"] {
            let ran = shell(&folder, &format!("ulimit -f 0; touchline {command}"));
            assert_fails_with(&ran, "a limit on the size of files");
        }
        let ran = shell(&folder, "ulimit -f 0; touchline schema >out");
        assert_fails_with(&ran, "cannot write the output");
        assert_eq!(folder.text("m.ron"), before);
        assert_eq!(folder.names(), ["m.ron", "out"]);
    }

    #[test]
    fn a_full_disk_leaves_no_part_of_an_export_and_the_file_from_before() {
        let formats = ["svg", "pdf", "png", "html", "pptx"];
        let mut folder = Folder::new().with("m.ron", &map_with("x"));
        for ending in formats {
            folder = folder.with(&format!("old.{ending}"), "from before");
        }
        let names = folder.names();
        for ending in formats {
            for (blocks, name) in [(0, "old"), (0, "new"), (1, "old"), (1, "new")] {
                let export = format!("touchline export m.ron -o {name}.{ending}");
                let ran = shell(&folder, &format!("ulimit -f {blocks}; {export}"));
                assert_fails_with(&ran, "a limit on the size of files");
            }
            for place in ["missing", "m.ron", "old.svg"] {
                let ran = shell(
                    &folder,
                    &format!("touchline export m.ron -o {place}/m.{ending}"),
                );
                assert_fails_with(&ran, &format!("{place}/m.{ending}"));
            }
            assert_eq!(folder.text(&format!("old.{ending}")), "from before");
            assert_eq!(folder.names(), names, "{ending}");
        }
    }

    #[test]
    fn a_limit_on_memory_ends_in_a_sentence() {
        let map = map_with("x") + &" ".repeat(30_000_000);
        let folder = Folder::new().with("m.ron", &map);
        let ran = shell(&folder, "ulimit -v 400000; touchline stats m.ron");
        assert_fails_with(&ran, "m.ron: there is not enough memory to open this file");
    }

    /// Zero bytes as a zlib stream (RFC 1950, 1951): one literal, then runs of 258 bytes.
    fn packed_zeros(length: usize) -> Vec<u8> {
        let mut bits: Vec<bool> = Vec::new();
        let mut push = |code: &str| bits.extend(code.chars().map(|c| c == '1'));
        // The last block, with fixed codes; a zero byte.
        push("110");
        push("00110000");
        for _ in 0..length / 258 {
            push("1100010100000");
        }
        push("0000000");
        let bytes = bits.chunks(8).map(|bits| {
            let bits = bits.iter().enumerate();
            bits.fold(0, |byte, (at, bit)| byte | u8::from(*bit) << at)
        });
        [0x78, 0x9C].into_iter().chain(bytes).collect()
    }

    #[test]
    fn a_picture_whose_chunks_unpack_without_bound_is_drawn_in_little_memory() {
        let mut dot = Vec::new();
        let mut encoder = png::Encoder::new(&mut dot, 1, 1);
        encoder.set_color(png::ColorType::Rgb);
        encoder
            .write_header()
            .unwrap()
            .write_image_data(&[200, 0, 0])
            .unwrap();
        let zeros = packed_zeros(1 << 30);
        for (name, head) in [
            (b"iCCP", &b"x\0\0"[..]),
            (b"zTXt", b"x\0\0"),
            (b"iTXt", b"x\0\x01\0\0\0"),
        ] {
            let content = [name, head, &zeros].concat();
            let mut chunk = ((content.len() - 4) as u32).to_be_bytes().to_vec();
            chunk.extend_from_slice(&content);
            chunk.extend(crc32fast::hash(&content).to_be_bytes());
            let mut bomb = dot.clone();
            bomb.splice(33..33, chunk);
            let data = base64::prelude::BASE64_STANDARD.encode(&bomb);
            let map = format!(
                r#"(title: "T", stages: [(name: "S", touchpoints: [(name: "A", pictures: ["x"])])], pictures: [(id: "x", name: "P", data: ["{data}"])])"#
            );
            let folder = Folder::new().with("m.ron", &map);
            for picture in ["m.png", "m.svg"] {
                let ran = shell(
                    &folder,
                    &format!("ulimit -v 800000; touchline export m.ron -o {picture}"),
                );
                let err = String::from_utf8_lossy(&ran.stderr);
                assert!(
                    ran.status.success(),
                    "{}: {err}",
                    String::from_utf8_lossy(name)
                );
            }
            // Nor is it handed on.
            assert!(folder.text("m.svg").len() < 200_000);
            let drawn =
                image::load_from_memory(&std::fs::read(folder.path().join("m.png")).unwrap());
            let is_drawn = |pixel: &image::Rgba<u8>| pixel.0 == [200, 0, 0, 255];
            assert!(
                drawn.unwrap().into_rgba8().pixels().any(is_drawn),
                "the picture is left out"
            );
        }
    }
}
