//! Looking into a ZIP package before a reader unpacks it: what it is, how large it becomes, and
//! what the readers do not tell: hidden rows and columns.

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};

use zip::ZipArchive;

use crate::tags::{Tags, attribute, local_name};
use crate::{ExchangeError, SeemsToBe};

/// Bytes of all text parts together that are unpacked at most: 600 MB, above a million rows.
pub(crate) const UNPACKED_LIMIT: u64 = 600 * 1024 * 1024;
/// Bytes of the parts that readers keep in memory whole: shared texts, formats, content.xml.
const KEPT_LIMIT: u64 = 250 * 1024 * 1024;
/// Bytes between two tags; a cell holds 32,767 signs at most.
const RUN_LIMIT: u64 = 4 * 1024 * 1024;
const PART_LIMIT: usize = 10_000;

/// What a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageKind {
    /// .xlsx, .xlsm.
    Workbook,
    /// .ods.
    OpenDocument,
}

/// Rows and columns of a sheet that are hidden, counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Hidden {
    pub(crate) rows: Vec<u32>,
    pub(crate) columns: Vec<u32>,
}

/// What a look into the package tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) kind: PackageKind,
    /// Hidden rows and columns per sheet, in the order of the tabs.
    pub(crate) hidden: Vec<Hidden>,
}

/// Makes sure that the package is a workbook and that unpacking it stays bounded. Sizes written
/// in the directory may lie, so every part that is text is unpacked once and counted.
pub(crate) fn check(bytes: &[u8]) -> Result<Parts, ExchangeError> {
    let damaged = |detail: String| ExchangeError::Damaged { detail };
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
    if archive.len() > PART_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: archive.len() as u64,
            limit: PART_LIMIT as u64,
        });
    }
    let mut names = Vec::with_capacity(archive.len());
    let mut declared = 0u64;
    for index in 0..archive.len() {
        let part = archive
            .by_index_raw(index)
            .map_err(|error| damaged(error.to_string()))?;
        if part.encrypted() {
            return Err(ExchangeError::Encrypted);
        }
        let name = part
            .name()
            .map_err(|error| damaged(error.to_string()))?
            .to_lowercase();
        if is_text(&name) {
            declared = declared.saturating_add(part.size());
        }
        names.push(name);
    }
    let kind = kind(&names)?;
    if declared > UNPACKED_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: declared,
            limit: UNPACKED_LIMIT,
        });
    }
    let mut unpacked = 0u64;
    let mut hidden: HashMap<String, Hidden> = HashMap::new();
    let (mut sheets, mut targets) = (Vec::new(), HashMap::new());
    for (index, name) in names.iter().enumerate() {
        if !is_text(name) {
            continue;
        }
        let part = archive
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        let is_sheet = name.starts_with("xl/worksheets/");
        let limit = if is_sheet { UNPACKED_LIMIT } else { KEPT_LIMIT };
        let mut found = Hidden::default();
        let mut on_tag = |tag: &str| match (is_sheet, name.as_str()) {
            (true, _) => found.take(tag),
            (_, "xl/workbook.xml") if local_name(tag) == "sheet" => {
                sheets.push(attribute(tag, "id").unwrap_or_default().to_owned());
            }
            (_, "xl/_rels/workbook.xml.rels") if local_name(tag) == "Relationship" => {
                if let (Some(id), Some(target)) = (attribute(tag, "Id"), attribute(tag, "Target")) {
                    targets.insert(id.to_owned(), part_name(target));
                }
            }
            _ => {}
        };
        let mut tags = Tags::new(&mut on_tag);
        let room = (UNPACKED_LIMIT - unpacked).min(limit);
        let length = io::copy(&mut part.take(room + 1), &mut tags)
            .map_err(|error| damaged(error.to_string()))?;
        tags.flush().map_err(|error| damaged(error.to_string()))?;
        let longest = tags.longest_run();
        unpacked += length;
        for (bytes, limit) in [(length, room), (longest, RUN_LIMIT)] {
            if bytes > limit {
                return Err(ExchangeError::TooLarge { bytes, limit });
            }
        }
        if is_sheet {
            hidden.insert(name.clone(), found);
        }
    }
    let of_sheet = |id: &String| {
        let name = targets.get(id)?;
        hidden.remove(name)
    };
    Ok(Parts {
        kind,
        hidden: sheets
            .iter()
            .map(of_sheet)
            .map(Option::unwrap_or_default)
            .collect(),
    })
}

fn is_text(name: &str) -> bool {
    name.ends_with(".xml") || name.ends_with(".rels")
}

/// Full lower-case name of a part that a relation of the workbook names.
fn part_name(target: &str) -> String {
    let target = target.to_lowercase();
    match target.strip_prefix('/') {
        Some(absolute) => absolute.to_owned(),
        None => format!("xl/{target}"),
    }
}

impl Hidden {
    fn take(&mut self, tag: &str) {
        let name = local_name(tag);
        if !matches!(name, "row" | "col") || !matches!(attribute(tag, "hidden"), Some("1" | "true"))
        {
            return;
        }
        let number = |key| attribute(tag, key).and_then(|text| text.parse::<u32>().ok());
        if name == "row" {
            self.rows
                .extend(number("r").and_then(|row| row.checked_sub(1)));
        } else if let (Some(first), Some(last)) = (number("min"), number("max")) {
            let last = last.min(crate::book::COLUMN_LIMIT);
            self.columns.extend(first.max(1) - 1..last);
        }
    }
}

fn kind(names: &[String]) -> Result<PackageKind, ExchangeError> {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let seems_to_be = if has("xl/workbook.xml") {
        return Ok(PackageKind::Workbook);
    } else if has("xl/workbook.bin") {
        SeemsToBe::BinaryWorkbook
    } else if has("word/") {
        SeemsToBe::WordDocument
    } else if has("ppt/") {
        SeemsToBe::Presentation
    } else if has("mimetype") && has("content.xml") {
        return Ok(PackageKind::OpenDocument);
    } else {
        SeemsToBe::Archive
    };
    Err(ExchangeError::NotAWorkbook { seems_to_be })
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::io::Write;
    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            writer
                .start_file(*name, SimpleFileOptions::default())
                .expect("started");
            writer.write_all(content).expect("written");
        }
        writer.finish().expect("finished").into_inner()
    }

    #[rstest]
    #[case("word/document.xml", SeemsToBe::WordDocument)]
    #[case("ppt/presentation.xml", SeemsToBe::Presentation)]
    #[case("xl/workbook.bin", SeemsToBe::BinaryWorkbook)]
    #[case("照片.jpg", SeemsToBe::Archive)]
    fn other_packages(#[case] part: &str, #[case] expected: SeemsToBe) {
        assert_eq!(
            check(&package(&[(part, b"x")])),
            Err(ExchangeError::NotAWorkbook {
                seems_to_be: expected
            })
        );
    }

    #[test]
    fn open_document() {
        let bytes = package(&[("mimetype", b"x"), ("content.xml", b"x")]);
        assert_eq!(
            check(&bytes).map(|parts| parts.kind),
            Ok(PackageKind::OpenDocument)
        );
    }

    #[test]
    fn hidden_rows_and_columns_are_told_by_tab() {
        let rels = br#"<Relationships><Relationship Id="rId9" Target="/xl/worksheets/Sheet2.xml"/>
            <Relationship Id="rId3" Target="worksheets/sheet1.xml"/></Relationships>"#;
        let bytes = package(&[
            ("xl/worksheets/sheet1.xml", b"<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>"),
            (
                "xl/worksheets/Sheet2.xml",
                b"<x:worksheet><x:cols><x:col min=\"2\" max=\"3\" hidden=\"1\"/></x:cols><x:row r=\"7\" hidden=\"true\">",
            ),
            (
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name=\"a\" r:id=\"rId9\"/><sheet name=\"b\" r:id=\"rId3\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", rels),
        ]);
        let hidden = Hidden {
            rows: vec![6],
            columns: vec![1, 2],
        };
        assert_eq!(
            check(&bytes).map(|parts| parts.hidden),
            Ok(vec![hidden, Hidden::default()])
        );
    }

    #[test]
    fn a_text_without_end_is_refused() {
        let long = vec![b'x'; usize::try_from(RUN_LIMIT).expect("64 bit") + 1];
        assert_eq!(
            check(&package(&[("xl/workbook.xml", &long)])),
            Err(ExchangeError::TooLarge {
                bytes: RUN_LIMIT + 1,
                limit: RUN_LIMIT
            })
        );
    }

    #[test]
    fn a_bomb_is_refused_by_its_directory_and_by_its_contents() {
        let zeros = vec![b' '; usize::try_from(UNPACKED_LIMIT).expect("64 bit") + 1];
        let mut bytes = package(&[("xl/workbook.xml", &zeros)]);
        assert!(
            bytes.len() < 1_000_000,
            "a bomb is small when packed: {}",
            bytes.len()
        );
        assert_eq!(
            check(&bytes),
            Err(ExchangeError::TooLarge {
                bytes: UNPACKED_LIMIT + 1,
                limit: UNPACKED_LIMIT
            })
        );
        let directory = bytes
            .windows(4)
            .rposition(|window| window == b"PK\x01\x02")
            .expect("directory entry");
        bytes[directory + 24..directory + 28].copy_from_slice(&1u32.to_le_bytes());
        assert!(matches!(
            check(&bytes),
            Err(ExchangeError::TooLarge { .. } | ExchangeError::Damaged { .. })
        ));
    }

    #[test]
    fn a_cut_package_is_damaged() {
        let bytes = package(&[("xl/workbook.xml", b"<workbook/>")]);
        assert!(check(&bytes).is_ok());
        assert!(matches!(
            check(&bytes[..bytes.len() - 30]),
            Err(ExchangeError::Damaged { .. })
        ));
    }
}
