//! Text with one row per line: .csv, .txt and pasted blocks.

use super::encoding::{Rows, decode};
use super::{Book, BookFormat, BookNote, Content, SheetBuilder};
use crate::ExchangeError;

/// Signs that part cells; where two fit equally well, the earlier one is taken.
const DELIMITERS: [char; 5] = ['\t', ',', ';', '，', '|'];
/// Lines by which the delimiter is chosen.
const LOOKED_AT: usize = 200;
/// A quoted cell that is longer, or has more lines, opened with a stray quotation mark.
const LONGEST_CELL: usize = 40_000;
const MOST_LINES: usize = 60;

pub(super) fn read_file(bytes: &[u8], name: &str) -> Result<Book, ExchangeError> {
    let (text, encoding, mut notes) = decode(bytes);
    let delimiter = delimiter(&text);
    let name = if name.trim().is_empty() { "表" } else { name };
    let sheet = sheet(&text, delimiter, name, &mut notes)?;
    Ok(Book {
        sheets: vec![sheet],
        format: BookFormat::Text {
            encoding,
            delimiter,
        },
        epoch_1904: false,
        notes,
    })
}

pub(super) fn read_pasted(text: &str) -> Result<Book, ExchangeError> {
    let delimiter = if text.contains('\t') {
        '\t'
    } else {
        delimiter(text)
    };
    let mut notes = Vec::new();
    let sheet = sheet(text, delimiter, "粘贴的内容", &mut notes)?;
    Ok(Book {
        sheets: vec![sheet],
        format: BookFormat::Pasted { delimiter },
        epoch_1904: false,
        notes,
    })
}

/// The sign that gives most lines the same number of cells, two at least.
fn delimiter(text: &str) -> char {
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.is_empty())
        .take(LOOKED_AT)
        .collect();
    let agreeing = |delimiter: char| {
        let mut counts: Vec<usize> = lines
            .iter()
            .map(|line| outside_quotes(line, delimiter))
            .filter(|count| *count > 0)
            .collect();
        counts.sort_unstable();
        counts
            .chunk_by(usize::eq)
            .map(|same| same.len() * 8 + same[0].min(7))
            .max()
            .unwrap_or(0)
    };
    let mut best = (0, ',');
    for delimiter in DELIMITERS {
        let score = agreeing(delimiter);
        if score > best.0 {
            best = (score, delimiter);
        }
    }
    best.1
}

fn outside_quotes(line: &str, delimiter: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for character in line.chars() {
        match character {
            '"' => quoted = !quoted,
            other if other == delimiter && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// Reads the cells. What looks ahead for a closing quotation mark may cost four times the text.
struct Reader<'t> {
    text: &'t str,
    at: usize,
    delimiter: char,
    allowance: usize,
}

enum After {
    Cell,
    Row,
    End,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    /// The next cell into `cell`; tells what follows it and whether a quotation mark was stray.
    fn cell(&mut self, cell: &mut String) -> (After, bool) {
        cell.clear();
        let mut stray = false;
        if self.rest().starts_with('"') {
            if let Some(end) = self.closing() {
                let inner = &self.text[self.at + 1..end];
                cell.push_str(&inner.replace("\"\"", "\""));
                self.at = end + 1;
                return (self.after(), false);
            }
            stray = true;
        }
        let rest = self.rest();
        let end = rest
            .find([self.delimiter, '\n', '\r'])
            .unwrap_or(rest.len());
        cell.push_str(&rest[..end]);
        self.at += end;
        (self.after(), stray)
    }

    fn after(&mut self) -> After {
        let mut following = self.rest().chars();
        match following.next() {
            None => After::End,
            Some('\r') if following.next() == Some('\n') => {
                self.at += 2;
                After::Row
            }
            Some('\r' | '\n') => {
                self.at += 1;
                After::Row
            }
            Some(delimiter) => {
                self.at += delimiter.len_utf8();
                After::Cell
            }
        }
    }

    /// Place of the quotation mark that closes the one at hand: a delimiter, a line's end or the
    /// end follows it. `None` when the opening one is stray.
    fn closing(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let start = self.at + 1;
        let mut at = start;
        let mut lines = 0;
        let mut found = None;
        while at < bytes.len() && at - start < LONGEST_CELL.min(self.allowance) {
            match bytes[at] {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => {
                    let after = &self.text[at + 1..];
                    if after.is_empty() || after.starts_with([self.delimiter, '\n', '\r']) {
                        found = Some(at);
                    }
                    break;
                }
                b'\n' => {
                    lines += 1;
                    if lines > MOST_LINES {
                        break;
                    }
                    at += 1;
                }
                _ => at += 1,
            }
        }
        if found.is_none() {
            self.allowance = self.allowance.saturating_sub(at - start);
        }
        found
    }
}

fn sheet(
    text: &str,
    delimiter: char,
    name: &str,
    notes: &mut Vec<BookNote>,
) -> Result<super::Sheet, ExchangeError> {
    let mut count = 0;
    let mut builder = SheetBuilder::new(name, false, &mut count);
    let mut reader = Reader {
        text: text.strip_prefix('\u{feff}').unwrap_or(text),
        at: 0,
        delimiter,
        allowance: text.len().saturating_mul(4),
    };
    // Excel's own mark of the delimiter is no row.
    if let Some(rest) = reader.rest().strip_prefix("sep=") {
        let line = rest.find('\n').map_or(rest.len(), |end| end + 1);
        reader.at = "sep=".len() + line;
    }
    let mut strays = Rows::default();
    let (mut row, mut column) = (0u32, 0u32);
    let mut cell = String::new();
    loop {
        let (after, stray) = reader.cell(&mut cell);
        if stray {
            strays.add(row + 1);
        }
        builder.push(row, column, Content::Text(plain(&cell)), false)?;
        match after {
            After::Cell => column += 1,
            After::Row => (row, column) = (row + 1, 0),
            After::End => break,
        }
    }
    if strays.count > 0 {
        notes.push(BookNote::StrayQuotes {
            rows: strays.rows,
            count: strays.count,
        });
    }
    Ok(builder.finish())
}

/// `="101"`, a number that was kept as text, and `'=1+1`, a text that was kept from being a
/// formula, are what they protect.
fn plain(cell: &str) -> &str {
    let unwrapped = cell
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'));
    let bare = unwrapped.unwrap_or(cell);
    match bare.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t']) => rest,
        _ => bare,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn lines(text: &str, delimiter: char) -> (Vec<String>, Vec<BookNote>) {
        let mut notes = Vec::new();
        let sheet = sheet(text, delimiter, "表", &mut notes).expect("read");
        let lines = sheet
            .rows()
            .map(|(row, cells)| {
                let texts: Vec<_> = cells
                    .iter()
                    .map(|cell| format!("{}{}", cell.column(), sheet.text(cell)))
                    .collect();
                format!("{row}:{}", texts.join("|"))
            })
            .collect();
        (lines, notes)
    }

    #[rstest]
    #[case("a,b\r\n1,2\r\n", &["0:0a|1b", "1:01|12"])]
    #[case("a,b\r1,2", &["0:0a|1b", "1:01|12"])]
    #[case("\"甲,乙\",\"说\"\"好\"\"\"\n", &["0:0甲,乙|1说\"好\""])]
    #[case("\"两\n行\",b\n1", &["0:0两\n行|1b", "1:01"])]
    #[case("a,,c\n\n,,\nd", &["0:0a|2c", "3:0d"])]
    #[case("=\"0101\",'=1+1,'甲", &["0:00101|1=1+1|2'甲"])]
    #[case("sep=;\na,b", &["0:0a|1b"])]
    fn cells(#[case] text: &str, #[case] expected: &[&str]) {
        assert_eq!(lines(text, ',').0, expected);
    }

    #[test]
    fn a_stray_quotation_mark_spoils_one_cell_only() {
        let (told, notes) = lines("楼号,备注\n1,\"说好\n2,好\"的\n3,\"真\"好,x\n", ',');
        assert_eq!(
            told,
            [
                "0:0楼号|1备注",
                "1:01|1\"说好",
                "2:02|1好\"的",
                "3:03|1\"真\"好|2x"
            ]
        );
        assert_eq!(
            notes,
            [BookNote::StrayQuotes {
                rows: vec![2, 4],
                count: 2
            }]
        );
    }

    #[rstest]
    #[case("楼号,房号\n1,101\n", ',')]
    #[case("楼号\t房号\n1\t101\n", '\t')]
    #[case("楼号;房号;面积\n1;101;61,20\n2;102;50,10\n", ';')]
    #[case("楼号，房号\n1，101\n", '，')]
    #[case("楼号,备注\n1,三室，南向，好\n2,一室，北向，坏\n", ',')]
    #[case("只有一列\n甲\n", ',')]
    fn delimiters(#[case] text: &str, #[case] expected: char) {
        assert_eq!(delimiter(text), expected);
    }

    #[test]
    fn many_stray_marks_cost_little() {
        let text = "\",\"\"\n".repeat(200_000);
        let (told, _) = lines(&text, ',');
        assert!(!told.is_empty());
    }
}
