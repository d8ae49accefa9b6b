//! Exports in other programs: Inkscape, rsvg-convert, LibreOffice and Chromium draw our SVG as our
//! PNG, and so does Poppler our PDF, whose text it finds. LibreOffice opens our slides. A program that is not installed is left
//! out, and said to be.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr
)]

use image::RgbImage;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use touchline::export::{PdfPages, Size, SlideOptions};
use touchline::insight::Findings;
use touchline::layout::LayoutOptions;
use touchline::model::{Id, LaneId};
use touchline::render::{
    ExportFormat, PageSource, RenderOptions, View, export_file, export_page, render_view,
};
use touchline::text::Typesetter;

/// A program that draws SVG.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Reader {
    Inkscape,
    Rsvg,
    LibreOffice,
    Chromium,
}

impl Reader {
    const ALL: [Reader; 4] = [
        Reader::Inkscape,
        Reader::Rsvg,
        Reader::LibreOffice,
        Reader::Chromium,
    ];

    fn program(self) -> &'static str {
        match self {
            Reader::Inkscape => "inkscape",
            Reader::Rsvg => "rsvg-convert",
            Reader::LibreOffice => "soffice",
            Reader::Chromium => "chromium",
        }
    }

    /// Draws an SVG in a size; `None` if the program is not installed.
    fn draw(self, svg: &Path, (width, height): (u32, u32)) -> Option<RgbImage> {
        let folder = svg.parent().unwrap();
        // LibreOffice names its picture itself.
        let png = folder.join(svg.with_extension("png").file_name().unwrap());
        let with = |start: &str, path: &Path| {
            let mut argument = OsString::from(start);
            argument.push(path);
            argument
        };
        let mut command = Command::new(self.program());
        match self {
            Reader::Inkscape | Reader::Rsvg => command.arg(svg).arg("-o").arg(&png),
            Reader::LibreOffice => {
                let side = |of: u32| format!("{{\"type\":\"long\",\"value\":\"{of}\"}}");
                let (width, height) = (side(width), side(height));
                let profile = with("-env:UserInstallation=file://", &folder.join("office"));
                command
                    .args(["--headless", "--convert-to"])
                    .arg(format!(
                        "png:draw_png_Export:{{\"PixelWidth\":{width},\"PixelHeight\":{height}}}"
                    ))
                    .args([profile, "--outdir".into(), folder.into(), svg.into()])
            }
            Reader::Chromium => command
                .args(["--headless", "--no-sandbox", "--disable-gpu"])
                .args(["--hide-scrollbars", "--force-device-scale-factor=1"])
                .arg(format!("--window-size={width},{height}"))
                .arg(with("--user-data-dir=", &folder.join("browser")))
                .args([with("--screenshot=", &png), svg.into()]),
        };
        let done = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        match done {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                eprintln!("{} is not installed", self.program());
                return None;
            }
            done => assert!(done.unwrap().success(), "{self:?}"),
        }
        let drawn = image::open(&png).unwrap().to_rgb8();
        // Sizes between two pixels are rounded in either direction.
        assert_eq!(drawn.width(), width, "{self:?}");
        assert!(drawn.height().abs_diff(height) < 2, "{self:?}");
        Some(drawn)
    }
}

/// Means of squares of a picture, in order.
fn means(picture: &RgbImage, side: u32) -> Vec<[f32; 3]> {
    let columns = picture.width() / side;
    let mut sums = vec![[0_u32; 3]; (columns * (picture.height() / side)) as usize];
    for (x, y, pixel) in picture.enumerate_pixels() {
        let square = y / side * columns + x / side;
        if x / side < columns
            && let Some(sum) = sums.get_mut(square as usize)
        {
            for (sum, part) in sum.iter_mut().zip(pixel.0) {
                *sum += u32::from(part);
            }
        }
    }
    let mean = |sum: u32| sum as f32 / (side * side) as f32;
    sums.into_iter().map(|sum| sum.map(mean)).collect()
}

/// The largest difference between squares of two pictures, 0 … 255, and the corner of that square.
fn difference(a: &RgbImage, b: &RgbImage, side: u32) -> (f32, (u32, u32)) {
    let columns = a.width() / side;
    let squares = means(a, side).into_iter().zip(means(b, side));
    let largest = squares.enumerate().map(|(at, (a, b))| {
        let parts = a.iter().zip(b).map(|(a, b)| (a - b).abs());
        let at = at as u32;
        let corner = (at % columns * side, at / columns * side);
        (parts.fold(0.0, f32::max), corner)
    });
    largest.fold((0.0, (0, 0)), |a, b| if b.0 > a.0 { b } else { a })
}

fn export(folder: &Path) -> (PathBuf, PathBuf, RgbImage) {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample_maps/bank-account.journey.ron"
    );
    let map = touchline::format::read(&std::fs::read(path).unwrap())
        .unwrap()
        .map;
    let lanes = ["touchpoints", "storyboard", "feelings"];
    let options = RenderOptions {
        layout: LayoutOptions {
            lanes: Some(lanes.map(LaneId::from_text).to_vec()),
            ..LayoutOptions::default()
        },
        ..RenderOptions::default()
    };
    let mut typesetter = Typesetter::bundled();
    let scene = [render_view(&map, View::Journey, &options, &mut typesetter).unwrap()];
    let mut write = |name: &str, format| {
        let path = folder.join(name);
        export_file(&scene, &format, &mut typesetter, &path, None).unwrap();
        path
    };
    let text = write(
        "text.svg",
        ExportFormat::Svg {
            outlines: false,
            paper: None,
        },
    );
    let outlines = write(
        "outlines.svg",
        ExportFormat::Svg {
            outlines: true,
            paper: None,
        },
    );
    write("page.pdf", ExportFormat::Pdf(PdfPages::Map.into()));
    let size = Size::Scale(1.0);
    let png = write("ours.png", ExportFormat::Png { size });
    (text, outlines, image::open(png).unwrap().to_rgb8())
}

#[test]
fn other_programs_draw_svg_as_our_png() {
    let folder = tempfile::tempdir().unwrap();
    let (text, outlines, ours) = export(folder.path());
    // A wide typeface in readers that do not take the embedded one.
    let narrow = std::fs::read_to_string(&text).unwrap();
    let narrow = narrow.replace("Helvetica,Arial,", "'DejaVu Sans',");
    touchline::storage::write(&text, narrow.as_bytes()).unwrap();
    for reader in Reader::ALL {
        let Some(drawn) = reader.draw(&outlines, ours.dimensions()) else {
            continue;
        };
        // Half a lost icon changes its squares by 60.
        let (most, at) = difference(&ours, &drawn, 12);
        assert!(most < 40.0, "outlines in {reader:?}: {most} at {at:?}");
        let drawn = reader.draw(&text, ours.dimensions()).unwrap();
        let (most, at) = difference(&ours, &drawn, 24);
        let room = match reader {
            Reader::Inkscape | Reader::Chromium => 20.0,
            // Spaces letters instead of narrowing them.
            Reader::LibreOffice => 28.0,
            // Knows no `textLength`: such lines become longer.
            Reader::Rsvg => 90.0,
        };
        assert!(most < room, "text in {reader:?}: {most} at {at:?}");
    }
}

/// Runs a program of Poppler; `None` if it is not installed.
fn poppler(program: &str, arguments: &[OsString]) -> Option<Vec<u8>> {
    match Command::new(program).args(arguments).output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("{program} is not installed");
            None
        }
        done => {
            let done = done.unwrap();
            assert!(done.status.success(), "{program}");
            Some(done.stdout)
        }
    }
}

/// Opens a page in Chromium; returns the document after its script ran and what the console said.
/// `None` if Chromium is not installed.
fn browse(page: &Path, address: &str) -> Option<(String, String)> {
    let folder = page.parent().unwrap();
    let mut profile = OsString::from("--user-data-dir=");
    profile.push(folder.join("browser"));
    let mut command = Command::new(Reader::Chromium.program());
    command
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--dump-dom"])
        .args(["--enable-logging=stderr", "--window-size=1280,800"])
        .args([
            profile,
            format!("file://{}#{address}", page.display()).into(),
        ]);
    match command.output() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            eprintln!("Chromium is not installed");
            None
        }
        done => {
            let done = done.unwrap();
            let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            let said = text(&done.stderr);
            let said = said.lines().filter(|line| line.contains("CONSOLE"));
            Some((text(&done.stdout), said.collect::<Vec<_>>().join("\n")))
        }
    }
}

#[test]
fn chromium_opens_a_page_of_hostile_texts_and_only_its_own_script_acts() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("map.html");
    let hostile = "\\u{22}\\u{27}><script>document.title=1</script><img src=x onerror=document.title=1>\
                   <svg onload=document.title=1></script></style><a href=javascript:document.title=1>";
    let more = "(name: \"S\", touchpoints: [(name: \"A\"), (name: \"B\")]), ".repeat(12);
    let map = format!(
        "(title: \"{hostile}\",
        stages: [(name: \"{hostile}\", touchpoints: [(name: \"{hostile}\")]), {more}])"
    );
    let map = touchline::format::read(map.as_bytes()).unwrap().map;
    let source = PageSource {
        map: &map,
        findings: &Findings::default(),
        today: touchline::model::parse_date("2026-06-01").unwrap(),
        options: &RenderOptions::default(),
        theme: None,
        view: View::Journey,
        saved: &[],
    };
    export_page(&source, &mut Typesetter::bundled(), &page, None).unwrap();
    let Some((document, said)) = browse(&page, "t0") else {
        return;
    };
    assert_eq!(said, "");
    assert!(document.contains("<title>\"'&gt;&lt;script&gt;document.title=1"));
    assert_eq!(document.matches("<script").count(), 1);
    assert_eq!(document.matches("<img").count(), 0);
    // The script ran: the drawing is placed, and the card of the touchpoint is open.
    assert!(document.contains("<g data-pin=\"none\" transform=\"translate("));
    let card = document.split_once("<aside id=\"card\"").unwrap().1;
    assert!(!card.split_once('>').unwrap().0.contains("hidden"));
    assert!(card.contains("<h2><bdi>1 \"'&gt;&lt;script&gt;"));
    // Nothing out of sight is laid out: the last touchpoint is not even in the document.
    let file = std::fs::read_to_string(&page).unwrap();
    let places = |text: &str, number| text.matches(&format!("data-t=\"{number}\"")).count();
    assert!(places(&document, 24) < places(&file, 24));
    assert!(places(&document, 24) < places(&document, 0));
}

#[test]
fn chromium_shows_a_saved_view_with_its_highlight() {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("map.html");
    let map = "(title: \"T\", departments: [(name: \"Desk\")], stages: [(name: \"S\", owner: \"desk\", touchpoints: [
        (name: \"A\", owner: \"desk\"), (name: \"B\"), (name: \"C\", owner: \"desk\")])],
        saved_views: [(name: \"The desk\", view: journey, owners: [\"desk\"])])";
    let map = touchline::format::read(map.as_bytes()).unwrap().map;
    let options = RenderOptions::default();
    let source = PageSource {
        map: &map,
        findings: &Findings::default(),
        today: touchline::model::parse_date("2026-06-01").unwrap(),
        options: &options,
        theme: None,
        view: View::Flow,
        saved: &touchline::saved_view::drawings(&map, &options),
    };
    export_page(&source, &mut Typesetter::bundled(), &page, None).unwrap();
    let Some((document, said)) = browse(&page, "saved-1") else {
        return;
    };
    assert_eq!(said, "");
    let tab = document.split("data-view=\"saved-1\"").nth(1).unwrap();
    let tab = tab.split('>').next().unwrap();
    assert!(tab.contains("aria-selected=\"true\""), "{tab}");
    // What belongs to a touchpoint, without the paths from it.
    let is_dimmed = |number: usize| {
        let attribute = format!("\" data-t=\"{number}\"");
        let mut places = document.match_indices(&attribute);
        places.any(|(at, _)| {
            let is_path = document[at + attribute.len()..].starts_with(" data-to");
            !is_path && document[..at].ends_with("<g class=\"o out")
        })
    };
    assert_eq!([0, 1, 2].map(is_dimmed), [false, true, false]);
    assert!(document.contains(">2 touchpoints</span>"));
}

#[test]
fn poppler_draws_pdf_as_our_png_and_finds_its_text() {
    let folder = tempfile::tempdir().unwrap();
    let (.., ours) = export(folder.path());
    let pdf = folder.path().join("page.pdf");
    let png = folder.path().join("poppler");
    let mut arguments: Vec<OsString> = ["-png", "-singlefile", "-r", "96"].map(Into::into).into();
    arguments.extend([pdf.clone().into(), png.clone().into()]);
    if poppler("pdftocairo", &arguments).is_none() {
        return;
    }
    let drawn = image::open(png.with_extension("png")).unwrap().to_rgb8();
    assert!(
        drawn.width().abs_diff(ours.width()) < 2,
        "{}",
        drawn.width()
    );
    assert!(
        drawn.height().abs_diff(ours.height()) < 2,
        "{}",
        drawn.height()
    );
    let drawn = image::imageops::crop_imm(&drawn, 0, 0, ours.width(), ours.height()).to_image();
    let (most, at) = difference(&ours, &drawn, 12);
    assert!(most < 40.0, "{most} at {at:?}");
    let text = poppler("pdftotext", &[pdf.into(), "-".into()]).unwrap();
    let text = String::from_utf8(text).unwrap();
    for words in [
        "Opening a bank account",
        "Wait for approval",
        "Receives the card by",
    ] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

#[test]
fn libreoffice_opens_slides_with_all_texts() {
    let folder = tempfile::tempdir().unwrap();
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/sample_maps/building-permit.journey.ron"
    );
    let bytes = std::fs::read(path).unwrap();
    let map = touchline::format::read(&bytes).unwrap().map;
    let mut typesetter = Typesetter::bundled();
    let options = RenderOptions::default();
    let scene = render_view(&map, View::Journey, &options, &mut typesetter).unwrap();
    let slides = folder.path().join("map.pptx");
    let format = ExportFormat::Pptx(SlideOptions::default());
    export_file(&[scene], &format, &mut typesetter, &slides, None).unwrap();
    let mut profile = OsString::from("-env:UserInstallation=file://");
    profile.push(folder.path().join("office"));
    let arguments: [OsString; 6] = [
        profile,
        "--headless".into(),
        "--convert-to".into(),
        "pdf".into(),
        "--outdir".into(),
        folder.path().into(),
    ];
    let mut office = Command::new("soffice");
    let office = office.args(arguments).arg(&slides);
    let done = office.stdout(Stdio::null()).stderr(Stdio::null()).status();
    let pdf = folder.path().join("map.pdf");
    // Draw alone opens no slides.
    if done.is_err() || !pdf.exists() {
        eprintln!("LibreOffice Impress is not installed");
        return;
    }
    let Some(text) = poppler("pdftotext", &[pdf.into(), "-".into()]) else {
        return;
    };
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let text = plain(&String::from_utf8(text).unwrap());
    for stage in map.stages() {
        assert!(text.contains(&plain(&stage.name)), "{}", stage.name);
    }
    for touchpoint in map.touchpoints() {
        assert!(
            text.contains(&plain(&touchpoint.name)),
            "{}",
            touchpoint.name
        );
    }
}

#[test]
fn text_of_pdf_is_in_reading_order_in_every_script() {
    let folder = tempfile::tempdir().unwrap();
    for (title, name) in [
        ("فتح حساب مصرفي", "ينتظر العميل تأكيد الطلب"),
        ("口座の開設", "確認を待っています"),
        ("बैंक खाता खोलना", "ग्राहक पुष्टि की प्रतीक्षा करता है"),
    ] {
        let text =
            format!("(title: {title:?}, stages: [(name: \"A\", touchpoints: [(name: {name:?})])])");
        let map = touchline::format::read(text.as_bytes()).unwrap().map;
        // With the typefaces of the system.
        let mut typesetter = Typesetter::new();
        let options = RenderOptions::default();
        let scene = [render_view(&map, View::Journey, &options, &mut typesetter).unwrap()];
        let pdf = folder.path().join("script.pdf");
        let format = ExportFormat::Pdf(PdfPages::Map.into());
        export_file(&scene, &format, &mut typesetter, &pdf, None).unwrap();
        if let Some(message) = typesetter.take_missing_scripts() {
            eprintln!("{message}");
            continue;
        }
        let Some(text) = poppler("pdftotext", &[pdf.into(), "-".into()]) else {
            return;
        };
        // Line breaks of the card, and marks of the direction of a line.
        let letters = |text: &str| -> String {
            let is_letter = |c: &char| !c.is_whitespace() && !('\u{202a}'..='\u{202e}').contains(c);
            text.chars().filter(is_letter).collect()
        };
        let text = letters(&String::from_utf8(text).unwrap());
        for words in [title, name] {
            assert!(text.contains(&letters(words)), "{words}: {text}");
        }
    }
}
