//! Looking into a ZIP package before a reader unpacks it: what it is and how large it becomes.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

use crate::{ExchangeError, SeemsToBe};

/// Bytes of all parts together that are unpacked at most: 200 MB, about 400,000 rows.
pub(crate) const UNPACKED_LIMIT: u64 = 200 * 1024 * 1024;
const PART_LIMIT: usize = 10_000;

/// Makes sure that the package is an .xlsx and that unpacking it stays bounded. Sizes written in
/// the directory may lie, so every part that is text is unpacked once into nothing and counted.
pub(crate) fn check(bytes: &[u8]) -> Result<(), ExchangeError> {
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
        declared = declared.saturating_add(part.size());
        names.push(
            part.name()
                .map_err(|error| damaged(error.to_string()))?
                .to_lowercase(),
        );
    }
    kind(&names)?;
    if declared > UNPACKED_LIMIT {
        return Err(ExchangeError::TooLarge {
            bytes: declared,
            limit: UNPACKED_LIMIT,
        });
    }
    let mut unpacked = 0u64;
    for (index, name) in names.iter().enumerate() {
        if !name.ends_with(".xml") && !name.ends_with(".rels") {
            continue;
        }
        let part = archive
            .by_index(index)
            .map_err(|error| damaged(error.to_string()))?;
        unpacked += io::copy(
            &mut part.take(UNPACKED_LIMIT - unpacked + 1),
            &mut io::sink(),
        )
        .map_err(|error| damaged(error.to_string()))?;
        if unpacked > UNPACKED_LIMIT {
            return Err(ExchangeError::TooLarge {
                bytes: unpacked,
                limit: UNPACKED_LIMIT,
            });
        }
    }
    Ok(())
}

fn kind(names: &[String]) -> Result<(), ExchangeError> {
    let has = |start: &str| names.iter().any(|name| name.starts_with(start));
    let seems_to_be = if has("xl/workbook.xml") {
        return Ok(());
    } else if has("xl/workbook.bin") {
        SeemsToBe::BinaryWorkbook
    } else if has("word/") {
        SeemsToBe::WordDocument
    } else if has("ppt/") {
        SeemsToBe::Presentation
    } else if has("mimetype") && has("content.xml") {
        SeemsToBe::OpenDocument
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
            check(&bytes),
            Err(ExchangeError::NotAWorkbook {
                seems_to_be: SeemsToBe::OpenDocument
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
        assert_eq!(check(&bytes), Ok(()));
        assert!(matches!(
            check(&bytes[..bytes.len() - 30]),
            Err(ExchangeError::Damaged { .. })
        ));
    }
}
