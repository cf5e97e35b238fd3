//! Looking into a ZIP package before a reader unpacks it: what it is, how large it becomes, and
//! what the readers do not tell: hidden rows and columns.

use std::collections::HashMap;
use std::io::{self, Cursor, Read, Write};

use zip::ZipArchive;

use crate::book::{COLUMN_LIMIT, ROW_LIMIT, Span};
use crate::tags::{Tags, attribute, local_name};
use crate::{ExchangeError, SeemsToBe};

/// How much is unpacked at most, in bytes.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// All text parts together.
    unpacked: u64,
    /// A part that its reader keeps in memory whole: shared texts, formats, content.xml.
    kept: u64,
    /// Between two tags; a cell holds 32,767 signs at most.
    run: u64,
}

/// 600 MB are above a million rows.
const LIMITS: Limits = Limits {
    unpacked: 600 * 1024 * 1024,
    kept: 250 * 1024 * 1024,
    run: 4 * 1024 * 1024,
};
/// Merged ranges of a sheet that are kept.
const MOST_SPANS: usize = 300_000;
const PART_LIMIT: usize = 10_000;

/// What a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PackageKind {
    /// .xlsx, .xlsm.
    Workbook,
    /// .ods.
    OpenDocument,
}

/// What a sheet is, apart from its cells; rows and columns counted from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Outline {
    pub(crate) hidden_rows: Vec<u32>,
    pub(crate) hidden_columns: Vec<u32>,
    /// Merged ranges as they are written, perhaps the wrong way round or over one another.
    pub(crate) spans: Vec<Span>,
}

/// What a look into the package tells.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    pub(crate) kind: PackageKind,
    /// One per sheet, in the order of the tabs.
    pub(crate) outlines: Vec<Outline>,
}

/// Makes sure that the package is a workbook and that unpacking it stays bounded. Sizes written
/// in the directory may lie, so every part that is text is unpacked once and counted.
pub(crate) fn check(bytes: &[u8]) -> Result<Parts, ExchangeError> {
    check_within(bytes, LIMITS)
}

fn check_within(bytes: &[u8], limits: Limits) -> Result<Parts, ExchangeError> {
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
    if declared > limits.unpacked {
        return Err(ExchangeError::TooLarge {
            bytes: declared,
            limit: limits.unpacked,
        });
    }
    let mut unpacked = 0u64;
    let mut outlines: HashMap<String, Outline> = HashMap::new();
    let (mut sheets, mut targets) = (Vec::new(), HashMap::new());
    for (index, name) in names.iter().enumerate() {
        if !is_text(name) {
            continue;
        }
        let part = archive
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        let is_sheet = name.starts_with("xl/worksheets/");
        let limit = if is_sheet {
            limits.unpacked
        } else {
            limits.kept
        };
        let mut found = Outline::default();
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
        let wanted: &[&str] = if is_sheet {
            &["row", "col", "mergeCell"]
        } else {
            &["sheet", "Relationship"]
        };
        let mut tags = Tags::new(wanted, &mut on_tag);
        let room = (limits.unpacked - unpacked).min(limit);
        let length = io::copy(&mut part.take(room + 1), &mut tags)
            .map_err(|error| damaged(error.to_string()))?;
        tags.flush().map_err(|error| damaged(error.to_string()))?;
        let longest = tags.longest_run();
        unpacked += length;
        for (bytes, limit) in [(length, room), (longest, limits.run)] {
            if bytes > limit {
                return Err(ExchangeError::TooLarge { bytes, limit });
            }
        }
        if is_sheet {
            outlines.insert(name.clone(), found);
        }
    }
    let of_sheet = |id: &String| {
        let name = targets.get(id)?;
        outlines.remove(name)
    };
    Ok(Parts {
        kind,
        outlines: sheets
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

impl Outline {
    fn take(&mut self, tag: &str) {
        let is_hidden = || matches!(attribute(tag, "hidden"), Some("1" | "true"));
        let number = |key| attribute(tag, key).and_then(|text| text.parse::<u32>().ok());
        match local_name(tag) {
            "row" if is_hidden() => {
                let row = number("r").and_then(|row| row.checked_sub(1));
                self.hidden_rows.extend(row);
            }
            "col" if is_hidden() => {
                if let (Some(first), Some(last)) = (number("min"), number("max")) {
                    let last = last.min(COLUMN_LIMIT);
                    self.hidden_columns.extend(first.max(1) - 1..last);
                }
            }
            "mergeCell" if self.spans.len() < MOST_SPANS => {
                self.spans.extend(attribute(tag, "ref").and_then(span));
            }
            _ => {}
        }
    }
}

/// `A2:B3` as a range.
fn span(reference: &str) -> Option<Span> {
    let (first, last) = reference.split_once(':')?;
    let place = |text: &str| {
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let mut column = 0u32;
        for letter in text[..digits].bytes() {
            let figure = u32::from(letter.to_ascii_uppercase().checked_sub(b'A')?) + 1;
            column = column.checked_mul(26)?.checked_add(figure)?;
        }
        let row: u32 = text[digits..].parse().ok()?;
        let (row, column) = (row.checked_sub(1)?, column.checked_sub(1)?);
        (row < ROW_LIMIT && column < COLUMN_LIMIT).then_some((row, column))
    };
    let (first, last) = (place(first)?, place(last)?);
    Some(Span {
        first_row: first.0,
        first_column: first.1,
        last_row: last.0,
        last_column: last.1,
    })
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
                b"<x:worksheet><x:cols><x:col min=\"2\" max=\"3\" hidden=\"1\"/></x:cols><x:row r=\"7\" hidden=\"true\"><mergeCell ref=\"AA2:AB3\"/><mergeCell ref=\"A\"/>",
            ),
            (
                "xl/workbook.xml",
                b"<workbook><sheets><sheet name=\"a\" r:id=\"rId9\"/><sheet name=\"b\" r:id=\"rId3\"/></sheets></workbook>",
            ),
            ("xl/_rels/workbook.xml.rels", rels),
        ]);
        let outline = Outline {
            hidden_rows: vec![6],
            hidden_columns: vec![1, 2],
            spans: vec![Span {
                first_row: 1,
                first_column: 26,
                last_row: 2,
                last_column: 27,
            }],
        };
        assert_eq!(
            check(&bytes).map(|parts| parts.outlines),
            Ok(vec![outline, Outline::default()])
        );
    }

    const SMALL: Limits = Limits {
        unpacked: 30_000,
        kept: 20_000,
        run: 5_000,
    };

    #[test]
    fn a_text_without_end_is_refused() {
        let bytes = package(&[("xl/workbook.xml", &[b'x'; 5_001])]);
        let (bytes, limit) = (check_within(&bytes, SMALL), SMALL.run);
        assert_eq!(
            bytes,
            Err(ExchangeError::TooLarge {
                bytes: 5_001,
                limit
            })
        );
    }

    #[test]
    fn a_bomb_is_refused_by_its_directory_and_by_its_contents() {
        let spaces = b"<c/>".repeat(7_501);
        let mut bytes = package(&[
            ("xl/worksheets/sheet1.xml", &spaces),
            ("xl/workbook.xml", b""),
        ]);
        assert!(bytes.len() < 1_000, "a bomb is small when packed");
        assert_eq!(
            check_within(&bytes, SMALL),
            Err(ExchangeError::TooLarge {
                bytes: 30_004,
                limit: SMALL.unpacked
            })
        );
        let directory = bytes
            .windows(4)
            .position(|window| window == b"PK\x01\x02")
            .expect("directory entry");
        bytes[directory + 24..directory + 28].copy_from_slice(&1u32.to_le_bytes());
        assert!(matches!(
            check_within(&bytes, SMALL),
            Err(ExchangeError::TooLarge { .. } | ExchangeError::Damaged { .. })
        ));
        let texts = package(&[
            ("xl/workbook.xml", b"".as_slice()),
            ("xl/sharedStrings.xml", &spaces[..20_004]),
        ]);
        assert_eq!(
            check_within(&texts, SMALL),
            Err(ExchangeError::TooLarge {
                bytes: 20_001,
                limit: SMALL.kept
            })
        );
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
