//! From bytes to text: UTF-8, UTF-16 and GB18030, line by line where a file mixes them.

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::BookNote;

/// Encoding of a text file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextEncoding {
    /// UTF-8, with or without its mark.
    Utf8,
    /// UTF-16 (记事本的 Unicode).
    Utf16,
    /// GB18030 with GBK and GB2312 (ANSI).
    Gb18030,
}

/// Rows of a note are listed up to this many.
const LISTED: usize = 10;

/// Decodes a text file; tells its encoding and what could not be read.
pub(super) fn decode(bytes: &[u8]) -> (String, TextEncoding, Vec<BookNote>) {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match std::str::from_utf8(rest) {
            Ok(text) => (text.to_owned(), TextEncoding::Utf8, Vec::new()),
            Err(_) => by_line(rest),
        };
    }
    if let Some((wide, mark)) = utf_16(bytes) {
        let (text, _) = wide.decode_without_bom_handling(&bytes[mark..]);
        let notes = bad_lines(&text);
        return (text.into_owned(), TextEncoding::Utf16, notes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), TextEncoding::Utf8, Vec::new());
    }
    by_line(bytes)
}

/// UTF-16 by its mark, or by every other byte of the beginning being nought.
fn utf_16(bytes: &[u8]) -> Option<(&'static encoding_rs::Encoding, usize)> {
    if bytes.starts_with(b"\xff\xfe") {
        return Some((UTF_16LE, 2));
    }
    if bytes.starts_with(b"\xfe\xff") {
        return Some((UTF_16BE, 2));
    }
    let head = &bytes[..bytes.len().min(4096)];
    let noughts = |odd: usize| {
        head.iter()
            .skip(odd)
            .step_by(2)
            .filter(|byte| **byte == 0)
            .count()
    };
    match (noughts(0), noughts(1)) {
        (0, low) if low * 8 > head.len() => Some((UTF_16LE, 0)),
        (high, 0) if high * 8 > head.len() => Some((UTF_16BE, 0)),
        _ => None,
    }
}

/// GB18030 with lines of UTF-8 in it, or the other way round.
fn by_line(bytes: &[u8]) -> (String, TextEncoding, Vec<BookNote>) {
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let telling = |line: &[u8]| !line.is_ascii();
    let is_utf_8 = |line: &[u8]| telling(line) && chinese(line);
    let utf_8 = lines.iter().filter(|line| is_utf_8(line)).count();
    let other = lines.iter().filter(|line| telling(line)).count() - utf_8;
    let mostly = if utf_8 > other {
        TextEncoding::Utf8
    } else {
        TextEncoding::Gb18030
    };
    let mut text = String::with_capacity(bytes.len() * 3 / 2);
    let mut mixed = Rows::default();
    for (row, line) in (1u32..).zip(lines) {
        let own = is_utf_8(line);
        if telling(line) && own != (mostly == TextEncoding::Utf8) {
            mixed.add(row);
        }
        let encoding = if own { UTF_8 } else { GB18030 };
        text.push_str(&encoding.decode_without_bom_handling(line).0);
    }
    let mut notes = bad_lines(&text);
    if mixed.count > 0 {
        notes.push(BookNote::MixedEncodings {
            rows: mixed.rows,
            count: mixed.count,
        });
    }
    (text, mostly, notes)
}

/// The bytes are UTF-8 with hanzi and nothing strange. GB18030 hardly ever looks like that.
fn chinese(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|text| {
        let usual = |c: char| {
            matches!(c, '\0'..='\u{7f}' | '·' | '×' | '²' | '°' | '±')
                || matches!(c, '\u{2000}'..='\u{22ff}' | '\u{2460}'..='\u{24ff}' | '\u{3000}'..='\u{303f}')
                || matches!(c, '\u{3200}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
        };
        text.chars().all(usual) && text.chars().any(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
    })
}

#[derive(Default)]
pub(super) struct Rows {
    pub(super) rows: Vec<u32>,
    pub(super) count: u32,
}

impl Rows {
    pub(super) fn add(&mut self, row: u32) {
        self.count += 1;
        if self.rows.len() < LISTED && self.rows.last() != Some(&row) {
            self.rows.push(row);
        }
    }
}

fn bad_lines(text: &str) -> Vec<BookNote> {
    let mut bad = Rows::default();
    for (row, _) in (1u32..)
        .zip(text.lines())
        .filter(|(_, line)| line.contains('\u{fffd}'))
    {
        bad.add(row);
    }
    if bad.count == 0 {
        return Vec::new();
    }
    vec![BookNote::BadBytes {
        rows: bad.rows,
        count: bad.count,
    }]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    const LINE: &str = "1号楼,张某,联通，㎡\n";

    fn gb(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn wide(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16()
            .flat_map(|unit| {
                if little {
                    unit.to_le_bytes()
                } else {
                    unit.to_be_bytes()
                }
            })
            .collect()
    }

    #[rstest]
    #[case(LINE.as_bytes().to_vec(), TextEncoding::Utf8)]
    #[case([b"\xef\xbb\xbf".as_slice(), LINE.as_bytes()].concat(), TextEncoding::Utf8)]
    #[case(gb(LINE), TextEncoding::Gb18030)]
    #[case([b"\xff\xfe".to_vec(), wide(LINE, true)].concat(), TextEncoding::Utf16)]
    #[case([b"\xfe\xff".to_vec(), wide(LINE, false)].concat(), TextEncoding::Utf16)]
    fn whole_files(#[case] bytes: Vec<u8>, #[case] expected: TextEncoding) {
        let (text, encoding, notes) = decode(&bytes);
        assert_eq!((text.as_str(), encoding), (LINE, expected));
        assert_eq!(notes, []);
    }

    #[test]
    fn lines_of_two_encodings() {
        let mut bytes = gb("楼号,房号,姓名\n1,101,张某\n");
        bytes.extend_from_slice("1,102,李某某（示例）\n".as_bytes());
        let (text, encoding, notes) = decode(&bytes);
        assert_eq!(text, "楼号,房号,姓名\n1,101,张某\n1,102,李某某（示例）\n");
        assert_eq!(encoding, TextEncoding::Gb18030);
        assert_eq!(
            notes,
            [BookNote::MixedEncodings {
                rows: vec![3],
                count: 1
            }]
        );
    }

    #[test]
    fn bytes_that_are_no_text() {
        let mut bytes = gb("楼号\n");
        bytes.extend_from_slice(b"1,\xff\xff\n");
        let (_, _, notes) = decode(&bytes);
        assert_eq!(
            notes,
            [BookNote::BadBytes {
                rows: vec![2],
                count: 1
            }]
        );
    }

    #[test]
    fn rare_names_survive() {
        let name = "㛃𬭎䶮";
        assert_eq!(decode(&gb(name)).0, name);
    }
}
