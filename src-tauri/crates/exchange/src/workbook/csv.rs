//! Comma-separated text (.csv) for programs that take nothing else.

use encoding_rs::GB18030;
use jiugai_domain::{Field, Value};

use super::styles::begins_like_a_formula;
use super::{SheetCell, SheetData};

/// Encoding of a .csv.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CsvEncoding {
    /// UTF-8 with its mark, which Excel and WPS need to recognise it.
    Utf8,
    /// GB18030, for programs that know nothing else. It can hold every name.
    Gb18030,
}

/// Writes the header and the rows of a sheet; title, note and totals are for papers and left out.
/// Texts that a grid program would run as a formula are kept from it by an apostrophe, which the
/// reader takes off again.
#[must_use]
pub fn write_csv(sheet: &SheetData, encoding: CsvEncoding) -> Vec<u8> {
    let mut text = String::new();
    let headings = sheet.columns.iter().map(|column| column.heading.clone());
    line(&mut text, headings);
    for cells in &sheet.rows {
        let written =
            sheet
                .columns
                .iter()
                .enumerate()
                .map(|(index, column)| match cells.get(index) {
                    None | Some(SheetCell::Value(Value::Null)) => String::new(),
                    Some(SheetCell::Value(value)) => {
                        let written = Field::new("", "", "", column.kind).format(value);
                        match value {
                            Value::Integer(_) => written,
                            _ => guarded(&written),
                        }
                    }
                    Some(SheetCell::Label(label)) => guarded(label),
                });
        line(&mut text, written);
    }
    match encoding {
        CsvEncoding::Utf8 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
        CsvEncoding::Gb18030 => GB18030.encode(&text).0.into_owned(),
    }
}

fn guarded(text: &str) -> String {
    if begins_like_a_formula(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

fn line(text: &mut String, cells: impl Iterator<Item = String>) {
    for (place, cell) in cells.enumerate() {
        if place > 0 {
            text.push(',');
        }
        let quoted = cell.contains([',', '"', '\n', '\r', '\t', '，', ';'])
            || cell.starts_with(' ')
            || cell.ends_with(' ');
        if quoted {
            text.push('"');
            text.push_str(&cell.replace('"', "\"\""));
            text.push('"');
        } else {
            text.push_str(&cell);
        }
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::{BookFormat, TextEncoding};
    use crate::table::{Target, read_tables};
    use crate::workbook::ColumnSpec;
    use jiugai_domain::KindCode;
    use rstest::rstest;

    fn dwellings() -> SheetData {
        let text = |text: &str| SheetCell::Value(Value::Text(text.to_owned()));
        let field = |code| KindCode::Dwelling.kind().field(code).expect("declared");
        SheetData {
            columns: ["building", "room", "grossFloorArea", "remark"]
                .map(|code| ColumnSpec::of(field(code)))
                .into(),
            rows: vec![
                vec![
                    SheetCell::Label("1号楼".to_owned()),
                    text("101"),
                    SheetCell::Value(Value::Integer(6120)),
                    text("=1+1"),
                ],
                vec![
                    SheetCell::Label("1号楼".to_owned()),
                    text("102"),
                    SheetCell::Value(Value::Null),
                    text("-说\"好\",\n㛃"),
                ],
            ],
            ..SheetData::default()
        }
    }

    #[rstest]
    #[case(CsvEncoding::Utf8, TextEncoding::Utf8)]
    #[case(CsvEncoding::Gb18030, TextEncoding::Gb18030)]
    fn what_is_written_reads_back(#[case] encoding: CsvEncoding, #[case] expected: TextEncoding) {
        let bytes = write_csv(&dwellings(), encoding);
        let tables = read_tables(&bytes, "房屋.csv").expect("tables");
        assert_eq!(
            tables.book.format,
            BookFormat::Text {
                encoding: expected,
                delimiter: ','
            }
        );
        let rows = tables.extract().remove(0);
        let told: Vec<_> = ["grossFloorArea", "remark"]
            .iter()
            .flat_map(|field| {
                let target = Target::Field {
                    kind: KindCode::Dwelling,
                    field,
                };
                let mapping = &tables.tables[0].mapping;
                rows.rows
                    .iter()
                    .map(move |row| row.value(mapping, target).clone())
            })
            .collect();
        assert_eq!(
            told,
            [
                Value::Integer(6120),
                Value::Null,
                Value::Text("=1+1".into()),
                Value::Text("-说\"好\",\n㛃".into())
            ]
        );
    }

    #[test]
    fn formulas_are_kept_from_running() {
        let bytes = write_csv(&dwellings(), CsvEncoding::Utf8);
        assert!(bytes.starts_with(b"\xef\xbb\xbf"));
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert!(
            text.contains(",'=1+1\r\n") && text.contains(",\"'-说"),
            "{text}"
        );
        assert!(text.contains("1号楼,101,61.20,"));
    }
}
