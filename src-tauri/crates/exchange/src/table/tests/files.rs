//! Files of every format, whole and broken.

use encoding_rs::GB18030;
use jiugai_domain::KindCode;
use rust_xlsxwriter::{Formula, Workbook};

use super::{codes, keys, read, sheet, values};
use crate::book::{BookFormat, BookNote, TextEncoding, read_book};
use crate::table::{Problem, RowProblem, Weight, read_tables};
use crate::{ExchangeError, SeemsToBe};

const XLS: &[u8] = include_bytes!("../../../tests/data/登记表_示例.xls");
const XLS_1904: &[u8] = include_bytes!("../../../tests/data/纪元1904_示例.xls");
const ODS: &[u8] = include_bytes!("../../../tests/data/停车_示例.ods");

#[test]
fn xls_and_et_with_merges_hidden_rows_and_formulas() {
    for name in ["登记表_示例.xls", "登记表_示例.et"] {
        let tables = read_tables(XLS, name).expect("tables");
        assert_eq!(tables.book.format, BookFormat::Xls);
        assert_eq!(tables.book.notes, []);
        assert_eq!(tables.book.sheets.len(), 2);
        assert!(tables.book.sheets[1].hidden);
        let sheet = &tables.book.sheets[0];
        assert_eq!(
            (&sheet.hidden_rows[..], &sheet.hidden_columns[..]),
            (&[4][..], &[4][..])
        );
        assert!(sheet.cell(6, 5).is_some_and(crate::book::Cell::is_formula));
        let found = &tables.tables[0];
        assert_eq!(found.table.header, Some((1, 2)));
        assert!(found.table.columns[4].hidden);
        let rows = tables.extract();
        assert_eq!(
            keys(&rows[0]),
            ["3号楼/1单元/101", "3号楼/1单元/102", "3号楼/2单元/101"]
        );
        assert_eq!(
            rows[0].rows[1].problems,
            [(Weight::Note, RowProblem::Hidden)]
        );
        assert_eq!(
            values(&tables, &rows, 0, "dwelling.remark"),
            ["", "", "2021-03-05"]
        );
    }
}

#[test]
fn days_of_1904() {
    let tables = read_tables(XLS_1904, "纪元1904_示例.xls").expect("tables");
    assert!(tables.book.epoch_1904);
    assert_eq!(tables.tables[0].mapping.kind, KindCode::Outbuilding);
    let rows = tables.extract();
    assert_eq!(
        values(&tables, &rows, 0, "outbuilding.demolishedOn"),
        ["2021-03-05", "2021-03-05"]
    );
    let serial = rows[0].rows[1]
        .cells
        .last()
        .and_then(|cell| cell.problem.as_ref());
    assert!(matches!(serial, Some(Problem::DaySerial { .. })));
}

#[test]
fn days_of_1904_in_xlsx() {
    let lines = ["编号|类型|间数|拆除日期", "示例1|违建|1|42798"];
    let bytes = sheet("违建", &lines, &[]);
    for (properties, expected) in [("", "2017-03-04"), (" date1904=\"1\"", "2021-03-05")] {
        let changed = super::patched(&bytes, "xl/workbook.xml", |xml| {
            let (before, after) = xml.split_once("<workbookPr").expect("properties");
            format!("{before}<workbookPr{properties}{after}")
        });
        let (tables, rows) = read(&changed);
        assert_eq!(tables.book.epoch_1904, !properties.is_empty());
        assert_eq!(
            values(&tables, &rows, 0, "outbuilding.demolishedOn"),
            [expected]
        );
    }
}

#[test]
fn ods_with_merges_and_a_million_blank_rows() {
    let tables = read_tables(ODS, "停车_示例.ods").expect("tables");
    assert_eq!(tables.book.format, BookFormat::Ods);
    assert!(tables.book.sheets[1].hidden);
    let sheet = &tables.book.sheets[0];
    assert_eq!(
        (&sheet.hidden_rows[..], &sheet.hidden_columns[..]),
        (&[4][..], &[2][..])
    );
    let found = &tables.tables[0];
    assert_eq!(found.mapping.kind, KindCode::ParkingArea);
    assert_eq!(
        codes(&found.mapping),
        [
            "parkingArea.name",
            "parkingArea.spaces",
            "parkingArea.accessibleSpaces",
            "parkingArea.area"
        ]
    );
    let rows = tables.extract();
    assert_eq!(rows[0].rows[0].key.name.as_deref(), Some("东侧 & 大门"));
    assert_eq!(
        values(&tables, &rows, 0, "parkingArea.area"),
        ["150.50", "96.00"]
    );
    assert_eq!(rows[0].checks.len(), 3);
    assert!(rows[0].checks.iter().all(|check| check.equal));
}

#[test]
fn csv_in_gb18030_under_a_wrong_name() {
    let text = "楼号,单元,房号,姓名,建筑面积\r\n1,1,101,张某,\"1,061.20\"\r\n1,1,102,李某,50\r\n";
    let (bytes, _, _) = GB18030.encode(text);
    let tables = read_tables(&bytes, "摸底.xls").expect("tables");
    assert_eq!(
        tables.book.format,
        BookFormat::Text {
            encoding: TextEncoding::Gb18030,
            delimiter: ','
        }
    );
    let extension = "xls".to_owned();
    assert_eq!(tables.book.notes, [BookNote::WrongExtension { extension }]);
    let rows = tables.extract();
    assert_eq!(keys(&rows[0]), ["1号楼/1单元/101", "1号楼/1单元/102"]);
    assert_eq!(
        values(&tables, &rows, 0, "dwelling.grossFloorArea"),
        ["1061.20", "50.00"]
    );
}

#[test]
fn a_stray_quotation_mark_in_a_csv() {
    let text = "楼号,房号,备注\n1,101,\"说好\n1,102,正常\n";
    let tables = read_tables(text.as_bytes(), "甲.csv").expect("tables");
    assert!(matches!(
        tables.book.notes[..],
        [BookNote::StrayQuotes { count: 1, .. }]
    ));
    assert_eq!(keys(&tables.extract()[0]), ["1号楼//101", "1号楼//102"]);
}

#[test]
fn formulas_with_errors_and_with_results() {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    for (column, text) in (0u16..).zip(["楼号", "房号", "建筑面积", "常住人口"]) {
        worksheet.write_string(0, column, text).expect("written");
    }
    worksheet.write_number(1, 0, 1).expect("written");
    worksheet.write_number(1, 1, 101).expect("written");
    let broken = Formula::new("=Z1+1").set_result("#REF!");
    let sound = Formula::new("=1+2").set_result("3");
    worksheet.write_formula(1, 2, broken).expect("written");
    worksheet.write_formula(1, 3, sound).expect("written");
    let (tables, rows) = read(&workbook.save_to_buffer().expect("saved"));
    let cells = &rows[0].rows[0].cells;
    assert!(matches!(
        cells[0].problem,
        Some(Problem::FormulaError { .. })
    ));
    assert_eq!(values(&tables, &rows, 0, "household.people"), ["3"]);
    assert!(
        tables.book.sheets[0]
            .cell(1, 3)
            .is_some_and(crate::book::Cell::is_formula)
    );
}

#[test]
fn hidden_rows_columns_and_sheets_of_xlsx() {
    let mut workbook = Workbook::new();
    let lines = ["楼号|房号|电话|面积", "1|101|1|61.2", "1|102|2|50"];
    for hidden in [false, true] {
        let worksheet = workbook.add_worksheet();
        for (row, line) in (0u32..).zip(lines) {
            for (column, text) in (0u16..).zip(line.split('|')) {
                worksheet.write_string(row, column, text).expect("written");
            }
        }
        worksheet.set_row_hidden(2).expect("hidden");
        worksheet.set_column_hidden(2).expect("hidden");
        worksheet.set_hidden(hidden);
    }
    let (tables, rows) = read(&workbook.save_to_buffer().expect("saved"));
    assert_eq!(tables.tables.len(), 1);
    assert_eq!(
        rows[0].rows[1].problems,
        [(Weight::Note, RowProblem::Hidden)]
    );
    let hidden: Vec<bool> = tables.tables[0]
        .table
        .columns
        .iter()
        .map(|column| column.hidden)
        .collect();
    assert_eq!(hidden, [false, false, true, false]);
}

#[test]
fn forty_rows_in_a_sheet_that_reaches_to_its_end() {
    let mut workbook = Workbook::new();
    let worksheet = workbook.add_worksheet();
    let format = rust_xlsxwriter::Format::new().set_bold();
    for (column, text) in (0u16..).zip(["楼号", "房号", "面积"]) {
        worksheet.write_string(0, column, text).expect("written");
    }
    for row in 1..=40 {
        worksheet.write_number(row, 0, 1).expect("written");
        worksheet.write_number(row, 1, 100 + row).expect("written");
    }
    for row in (41..1_048_576).step_by(4096).chain([1_048_575]) {
        worksheet
            .write_blank(row, 16_383, &format)
            .expect("written");
    }
    let (tables, rows) = read(&workbook.save_to_buffer().expect("saved"));
    assert_eq!(rows[0].rows.len(), 40);
    assert_eq!(tables.book.sheets[0].row_count(), 41);
}

#[test]
fn what_cannot_be_read_says_what_it_is() {
    let whole = sheet("甲", &["楼号|房号", "1|101"], &[]);
    assert_eq!(read_book(b"", "空.xlsx").err(), Some(ExchangeError::Empty));
    assert!(matches!(
        read_book(&whole[..whole.len() / 2], "半.xlsx"),
        Err(ExchangeError::Damaged { .. })
    ));
    let pdf = ExchangeError::NotAWorkbook {
        seems_to_be: SeemsToBe::Pdf,
    };
    assert_eq!(read_book(b"%PDF-1.7", "甲.xlsx").err(), Some(pdf));
    let mut locked = XLS.to_vec();
    let name: Vec<u8> = "EncryptedPackage\0"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    let at = locked
        .windows(16)
        .position(|window| window.starts_with(b"W\0o\0r\0k\0b\0o\0o\0k\0"))
        .expect("the stream's name");
    locked[at..at + name.len()].copy_from_slice(&name);
    assert_eq!(
        read_book(&locked, "密.xlsx").err(),
        Some(ExchangeError::Encrypted)
    );
    let locked = super::patched(ODS, "META-INF/manifest.xml", |xml| {
        xml.replace(
            "</manifest:manifest>",
            "<manifest:encryption-data/></manifest:manifest>",
        )
    });
    assert_eq!(
        read_book(&locked, "密.ods").err(),
        Some(ExchangeError::Encrypted)
    );
    assert_eq!(
        read_tables(b"\xef\xbb\xbf \n\n", "空.csv").err(),
        Some(ExchangeError::Empty)
    );
    assert_eq!(
        read_tables("只是一段话\n没有表\n".as_bytes(), "话.txt").err(),
        Some(ExchangeError::NoTable)
    );
}

#[test]
fn merges_over_one_another() {
    let bytes = sheet(
        "甲",
        &["楼号|房号|面积", "1|101|61.2", "|102|50"],
        &[(1, 0, 2, 0)],
    );
    let ring = super::patched(&bytes, "xl/worksheets/sheet1.xml", |xml| {
        xml.replace(
            "<mergeCell ref=\"A2:A3\"/>",
            "<mergeCell ref=\"A2:A3\"/><mergeCell ref=\"A3:B4\"/><mergeCell ref=\"B4:A2\"/>",
        )
    });
    let (tables, rows) = read(&ring);
    let sheet = "甲".to_owned();
    assert_eq!(
        tables.book.notes,
        [BookNote::OverlappingMerges { sheet, dropped: 2 }]
    );
    assert_eq!(keys(&rows[0]), ["1号楼//101", "1号楼//102"]);
}
