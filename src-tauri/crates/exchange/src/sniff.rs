//! What bytes are, whatever their file is called.

use crate::{ExchangeError, SeemsToBe};

/// The two containers that workbooks come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Container {
    /// A ZIP package: .xlsx, .xlsm.
    Package,
    /// An OLE compound file with a workbook stream: .xls, .et.
    Compound,
}

/// Tells the container of a workbook.
pub(crate) fn container(bytes: &[u8]) -> Result<Container, ExchangeError> {
    if bytes.is_empty() {
        return Err(ExchangeError::Empty);
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return Ok(Container::Package);
    }
    if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        return compound(bytes);
    }
    Err(ExchangeError::NotAWorkbook {
        seems_to_be: other(bytes),
    })
}

/// Directory entries of a compound file are 128 bytes long, aligned, and begin with the name of
/// the stream in UTF-16; that is enough to know what the file holds.
fn compound(bytes: &[u8]) -> Result<Container, ExchangeError> {
    let has = |name: &str| {
        let wide: Vec<u8> = name
            .encode_utf16()
            .chain([0])
            .flat_map(u16::to_le_bytes)
            .collect();
        bytes
            .chunks_exact(128)
            .any(|entry| entry.starts_with(&wide))
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        return Err(ExchangeError::Encrypted);
    }
    if has("Workbook") || has("Book") || has("WORKBOOK") {
        return Ok(Container::Compound);
    }
    let seems_to_be = if has("WordDocument") {
        SeemsToBe::WordDocument
    } else if has("PowerPoint Document") {
        SeemsToBe::Presentation
    } else {
        SeemsToBe::Unknown
    };
    Err(ExchangeError::NotAWorkbook { seems_to_be })
}

const MAGIC: [(&[u8], SeemsToBe); 14] = [
    (b"%PDF", SeemsToBe::Pdf),
    (b"\x89PNG", SeemsToBe::Picture),
    (b"\xff\xd8\xff", SeemsToBe::Picture),
    (b"GIF8", SeemsToBe::Picture),
    (b"BM", SeemsToBe::Picture),
    (b"II*\0", SeemsToBe::Picture),
    (b"MM\0*", SeemsToBe::Picture),
    (b"SQLite format 3\0", SeemsToBe::Database),
    (b"\0\x01\0\0Standard ", SeemsToBe::Database),
    (b"Rar!", SeemsToBe::Archive),
    (b"7z\xbc\xaf", SeemsToBe::Archive),
    (b"\x1f\x8b", SeemsToBe::Archive),
    (b"{\\rtf", SeemsToBe::WordDocument),
    (b"PK", SeemsToBe::Archive),
];

fn other(bytes: &[u8]) -> SeemsToBe {
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, kind)| {
        let long_enough = *magic != b"BM" || bytes.get(6..10) == Some(&[0; 4]);
        bytes.starts_with(magic) && long_enough && *kind != SeemsToBe::Unknown
    }) {
        return *kind;
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return SeemsToBe::Picture;
    }
    let head = &bytes[..bytes.len().min(4096)];
    if head
        .iter()
        .any(|byte| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c))
    {
        let wide_text = head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]);
        return if wide_text {
            SeemsToBe::Text
        } else {
            SeemsToBe::Unknown
        };
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    if text.contains("urn:schemas-microsoft-com:office:spreadsheet") {
        SeemsToBe::XmlSpreadsheet
    } else if ["<html", "<!doctype html", "<table", "<head", "<body"]
        .iter()
        .any(|tag| text.contains(tag))
    {
        SeemsToBe::Html
    } else {
        SeemsToBe::Text
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case(b"<html><table><tr><td>1</td></tr></table>", SeemsToBe::Html)]
    #[case(b"\xef\xbb\xbf<!DOCTYPE html>", SeemsToBe::Html)]
    #[case(
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
        SeemsToBe::XmlSpreadsheet
    )]
    #[case(b"%PDF-1.7", SeemsToBe::Pdf)]
    #[case(b"\x89PNG\r\n", SeemsToBe::Picture)]
    #[case(b"BM\x36\0\0\0\0\0\0\0", SeemsToBe::Picture)]
    #[case(b"BMW,1", SeemsToBe::Text)]
    #[case(b"RIFF\0\0\0\0WEBP", SeemsToBe::Picture)]
    #[case(b"SQLite format 3\0more", SeemsToBe::Database)]
    #[case("楼号,房号\n1,101\n".as_bytes(), SeemsToBe::Text)]
    #[case(b"\xc2\xa5\xba\xc5,1\n", SeemsToBe::Text)]
    #[case(b"Rar!\x1a\x07", SeemsToBe::Archive)]
    #[case(&[0; 64], SeemsToBe::Unknown)]
    fn others(#[case] bytes: &[u8], #[case] expected: SeemsToBe) {
        assert_eq!(
            container(bytes),
            Err(ExchangeError::NotAWorkbook {
                seems_to_be: expected
            })
        );
    }

    /// A compound file as far as this module looks: signature and one directory entry.
    fn compound_with(stream: &str) -> Vec<u8> {
        let mut bytes = vec![0; 1024];
        bytes[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
        for (index, wide) in stream.encode_utf16().enumerate() {
            bytes[512 + 2 * index..514 + 2 * index].copy_from_slice(&wide.to_le_bytes());
        }
        bytes
    }

    #[test]
    fn compound_files() {
        assert_eq!(
            container(&compound_with("Workbook")),
            Ok(Container::Compound)
        );
        assert_eq!(
            container(&compound_with("EncryptedPackage")),
            Err(ExchangeError::Encrypted)
        );
        let seems = |stream| match container(&compound_with(stream)) {
            Err(ExchangeError::NotAWorkbook { seems_to_be }) => seems_to_be,
            other => panic!("{other:?}"),
        };
        assert_eq!(seems("WordDocument"), SeemsToBe::WordDocument);
        assert_eq!(seems("PowerPoint Document"), SeemsToBe::Presentation);
        assert_eq!(seems("Bookmarks"), SeemsToBe::Unknown);
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(container(b""), Err(ExchangeError::Empty));
    }
}
