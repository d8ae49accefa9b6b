//! The package of a presentation: parts in a ZIP file, with their content types and relationships
//! (ECMA-376, part 2).
//!
//! Must not know: the content of parts.

use flate2::Compression;
use flate2::write::DeflateEncoder;
use rawzip::{CompressionMethod, ZipArchiveWriter};
use std::fmt::Write as _;
use std::io::{self, Write};

/// Start of each relationship type of ECMA-376.
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
/// The relationship type of the core properties, which belongs to the package standard.
const CORE_PROPERTIES: &str =
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// Media types of parts by the ending of their names.
const DEFAULT_TYPES: [(&str, &str); 6] = [
    (
        "rels",
        "application/vnd.openxmlformats-package.relationships+xml",
    ),
    ("xml", "application/xml"),
    ("png", "image/png"),
    ("jpeg", "image/jpeg"),
    ("svg", "image/svg+xml"),
    ("fntdata", "application/x-fontdata"),
];

/// Start of each XML part.
pub(super) const XML_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A presentation under construction.
pub(super) struct Package<'a> {
    archive: ZipArchiveWriter<&'a mut dyn Write>,
    /// Names and media types of the parts whose ending does not tell.
    types: Vec<(String, &'static str)>,
}

impl<'a> Package<'a> {
    pub(super) fn new(sink: &'a mut dyn Write) -> Package<'a> {
        Package {
            archive: ZipArchiveWriter::new(sink),
            types: Vec::new(),
        }
    }

    /// Adds a part of a media type, in the words behind `vnd.openxmlformats-`.
    pub(super) fn xml(
        &mut self,
        name: &str,
        media: &'static str,
        content: &[u8],
    ) -> io::Result<()> {
        self.types.push((name.to_owned(), media));
        self.part(name, content, Compression::default())
    }

    /// Adds the properties of the document.
    pub(super) fn properties(&mut self, core: &[u8], app: &[u8]) -> io::Result<()> {
        self.xml("docProps/core.xml", "package.core-properties", core)?;
        self.xml(
            "docProps/app.xml",
            "officedocument.extended-properties",
            app,
        )
    }

    /// Adds a part whose ending tells its media type. Pixels are compressed already.
    pub(super) fn media(&mut self, name: &str, content: &[u8]) -> io::Result<()> {
        let packed = name.ends_with("png") || name.ends_with("jpeg");
        let effort = if packed {
            Compression::none()
        } else {
            Compression::default()
        };
        self.part(name, content, effort)
    }

    /// Adds the relationships of a part, or of the package for an empty name. Their identifiers are
    /// `rId1`, `rId2`, … in order.
    pub(super) fn relationships(&mut self, part: &str, targets: &[Relation]) -> io::Result<()> {
        if targets.is_empty() {
            return Ok(());
        }
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut xml = XML_HEAD.to_owned();
        xml += "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
        for (at, Relation { kind, target }) in targets.iter().enumerate() {
            let start = if kind.starts_with("http") {
                ""
            } else {
                RELATIONSHIPS
            };
            let id = at + 1;
            // Writing to a string never fails.
            let _ = write!(
                xml,
                "<Relationship Id=\"rId{id}\" Type=\"{start}{kind}\" Target=\"/{target}\"/>"
            );
        }
        xml += "</Relationships>";
        let folder = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        let name = format!("{folder}_rels/{file}.rels");
        self.part(&name, xml.as_bytes(), Compression::default())
    }

    /// Adds the relationships of the package and the media types, and ends the file.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.relationships(
            "",
            &[
                Relation::new("officeDocument", "ppt/presentation.xml"),
                Relation::new(CORE_PROPERTIES, "docProps/core.xml"),
                Relation::new("extended-properties", "docProps/app.xml"),
            ],
        )?;
        let mut xml = XML_HEAD.to_owned();
        xml += "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">";
        for (ending, media) in DEFAULT_TYPES {
            let _ = write!(
                xml,
                "<Default Extension=\"{ending}\" ContentType=\"{media}\"/>"
            );
        }
        for (name, media) in &self.types {
            let _ = write!(
                xml,
                "<Override PartName=\"/{name}\" \
                 ContentType=\"application/vnd.openxmlformats-{media}+xml\"/>"
            );
        }
        xml += "</Types>";
        self.part(
            "[Content_Types].xml",
            xml.as_bytes(),
            Compression::default(),
        )?;
        self.archive.finish().map_err(zip_error)?;
        Ok(())
    }

    fn part(&mut self, name: &str, content: &[u8], effort: Compression) -> io::Result<()> {
        let entry = self.archive.new_file(name);
        let entry = entry.compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().map_err(zip_error)?;
        let mut writer = config.wrap(DeflateEncoder::new(&mut entry, effort));
        writer.write_all(content)?;
        let (encoder, sizes) = writer.finish().map_err(zip_error)?;
        encoder.finish()?;
        entry.finish(sizes).map_err(zip_error)?;
        Ok(())
    }
}

/// A relationship from one part to another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Relation {
    /// Last word of the relationship type, or the whole type.
    kind: &'static str,
    /// Name of the target part.
    target: String,
}

impl Relation {
    pub(super) fn new(kind: &'static str, target: impl Into<String>) -> Relation {
        let target = target.into();
        Relation { kind, target }
    }
}

fn zip_error(error: rawzip::Error) -> io::Error {
    io::Error::other(error)
}
