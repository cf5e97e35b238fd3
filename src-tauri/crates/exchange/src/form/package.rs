//! The parts of a package: reading them, and writing the package again with some of them replaced.

use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::scan::{attribute, truth};
use super::shape::{self, Shape};
use super::{SheetPart, damaged};
use crate::ExchangeError;

const BOM: &str = "\u{feff}";

/// A part as text, without the mark that some writers put before it.
pub(super) fn text(bytes: &[u8], name: &str) -> Result<String, ExchangeError> {
    let text = find(bytes, name)?.ok_or_else(|| damaged(&format!("no part {name}")))?;
    Ok(text.strip_prefix(BOM).map(str::to_owned).unwrap_or(text))
}

fn find(bytes: &[u8], name: &str) -> Result<Option<String>, ExchangeError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let Some(index) = index_of(&mut archive, name)? else {
        return Ok(None);
    };
    let mut part = archive.by_index(index).map_err(|error| damaged(&error))?;
    let mut text = String::new();
    part.read_to_string(&mut text)
        .map_err(|error| damaged(&error))?;
    Ok(Some(text))
}

/// Writers do not agree on the case of names.
fn index_of(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &str,
) -> Result<Option<usize>, ExchangeError> {
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|error| damaged(&error))?;
        if same(part.name().map_err(|error| damaged(&error))?.as_ref(), name) {
            return Ok(Some(index));
        }
    }
    Ok(None)
}

fn same(name: &str, other: &str) -> bool {
    name.trim_start_matches('/')
        .replace('\\', "/")
        .to_lowercase()
        == other.to_lowercase()
}

/// The sheets, and what is needed to show them.
pub(super) fn read(bytes: &[u8]) -> Result<(Vec<SheetPart>, Shape), ExchangeError> {
    let workbook = "xl/workbook.xml".to_owned();
    let book = text(bytes, &workbook)?;
    let relations = relations(&find(bytes, "xl/_rels/workbook.xml.rels")?.unwrap_or_default())?;
    let mut sheets = Vec::new();
    let mut epoch_1904 = false;
    let mut reader = Reader::from_str(&book);
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                "sheet" => {
                    let name = attribute(&tag, "name")?.unwrap_or_default();
                    let id = attribute(&tag, "id")?.unwrap_or_default();
                    let state = attribute(&tag, "state")?;
                    let target = relations
                        .get(&id)
                        .filter(|(kind, _)| kind.ends_with("/worksheet"));
                    if let Some((_, part)) = target {
                        sheets.push(SheetPart {
                            name,
                            part: part.clone(),
                            hidden: matches!(state.as_deref(), Some("hidden" | "veryHidden")),
                        });
                    }
                }
                "workbookPr" => epoch_1904 = truth(&tag, "date1904")?,
                _ => {}
            },
            Event::Eof => break,
            _ => {}
        }
    }
    let part_of = |kind: &str| {
        let mut found = relations.values();
        found
            .find(|(other, _)| other.ends_with(kind))
            .map(|(_, part)| part.clone())
    };
    let optional = |kind| match part_of(kind) {
        Some(part) => find(bytes, &part),
        None => Ok(None),
    };
    let mut formulas = false;
    for sheet in &sheets {
        let xml = text(bytes, &sheet.part)?;
        formulas |= ["<f>", "<f ", ":f>", ":f "]
            .iter()
            .any(|tag| xml.contains(tag));
    }
    let shape = Shape {
        texts: shape::shared_texts(&optional("/sharedStrings")?.unwrap_or_default())?,
        styles: super::look::styles(&optional("/styles")?.unwrap_or_default())?,
        workbook,
        formulas,
        epoch_1904,
    };
    Ok((sheets, shape))
}

/// Kind and full part name of each relation of the workbook.
fn relations(xml: &str) -> Result<HashMap<String, (String, String)>, ExchangeError> {
    let mut found = HashMap::new();
    let mut reader = Reader::from_str(xml.trim_start_matches(BOM));
    loop {
        match reader.read_event().map_err(|error| damaged(&error))? {
            Event::Start(tag) | Event::Empty(tag)
                if tag.local_name().as_ref() == "Relationship" =>
            {
                let part =
                    |name| Ok::<_, ExchangeError>(attribute(&tag, name)?.unwrap_or_default());
                let target = part("Target")?;
                let target = match target.strip_prefix('/') {
                    Some(absolute) => absolute.to_owned(),
                    None => format!("xl/{target}"),
                };
                found.insert(part("Id")?, (part("Type")?, target));
            }
            Event::Eof => return Ok(found),
            _ => {}
        }
    }
}

/// The package with some parts replaced: all others are copied packed as they are, in their order.
pub(super) fn replace(bytes: &[u8], parts: &[(String, String)]) -> Result<Vec<u8>, ExchangeError> {
    let unwritable = |error: &dyn std::error::Error| ExchangeError::Unwritable {
        detail: error.to_string(),
    };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let mut writer = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len() + 4096)));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(|error| damaged(&error))?;
        let name = part.name().map_err(|error| damaged(&error))?.into_owned();
        let Some((_, xml)) = parts.iter().find(|(other, _)| same(&name, other)) else {
            drop(part);
            let raw = archive
                .by_index_raw(index)
                .map_err(|error| damaged(&error))?;
            writer
                .raw_copy_file(raw)
                .map_err(|error| unwritable(&error))?;
            continue;
        };
        let mut options =
            SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        if let Some(at) = part.last_modified() {
            options = options.last_modified_time(at);
        }
        let mut old = Vec::new();
        part.read_to_end(&mut old)
            .map_err(|error| damaged(&error))?;
        drop(part);
        writer
            .start_file(name, options)
            .map_err(|error| unwritable(&error))?;
        let mark = if old.starts_with(BOM.as_bytes()) {
            BOM
        } else {
            ""
        };
        writer
            .write_all(format!("{mark}{xml}").as_bytes())
            .map_err(|error| unwritable(&error))?;
    }
    let done = writer.finish().map_err(|error| unwritable(&error))?;
    Ok(done.into_inner())
}

/// Several files as one archive, names in UTF-8.
///
/// # Errors
/// [`ExchangeError::Unwritable`].
pub fn zip_files(files: &[(String, Vec<u8>)]) -> Result<Vec<u8>, ExchangeError> {
    let unwritable = |error: &dyn std::error::Error| ExchangeError::Unwritable {
        detail: error.to_string(),
    };
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        writer
            .start_file(name.as_str(), SimpleFileOptions::default())
            .map_err(|error| unwritable(&error))?;
        writer
            .write_all(bytes)
            .map_err(|error| unwritable(&error))?;
    }
    let done = writer.finish().map_err(|error| unwritable(&error))?;
    Ok(done.into_inner())
}
