use super::*;
use crate::book::read_book;
use crate::workbook::tests::{noon, part};

fn column(group: &str, head: &str, share: u32, side: PaperSide, kind: FieldType) -> PaperColumn {
    PaperColumn {
        group: group.to_owned(),
        head: head.to_owned(),
        share,
        side,
        kind,
    }
}

fn row(sort: PaperRowSort, cells: &[&str]) -> PaperRow {
    PaperRow {
        cells: cells
            .iter()
            .map(|cell| SheetCell::Label((*cell).to_owned()))
            .collect(),
        sort,
        photo: None,
    }
}

fn register() -> PaperSheet {
    PaperSheet {
        name: "1号楼".to_owned(),
        title: "登记表（1号楼）".to_owned(),
        origin: "示例街道 示例社区".to_owned(),
        facts: "投票时间：2026年3月1日至3月31日".to_owned(),
        columns: vec![
            column("", "票号", 20, PaperSide::Center, FieldType::LongText),
            column("发票", "送达方式", 40, PaperSide::Left, FieldType::LongText),
            column(
                "发票",
                "领票人签字",
                60,
                PaperSide::Left,
                FieldType::LongText,
            ),
            column("", "面积", 62, PaperSide::Right, FieldType::Amount),
        ],
        row_mm: 10,
        rows: vec![
            row(PaperRowSort::Heading, &["1单元"]),
            row(PaperRowSort::Record, &["0001", "当面", "", ""]),
            row(
                PaperRowSort::Record,
                &["0002", &"很长的备注".repeat(200), "=1+1", ""],
            ),
            row(PaperRowSort::Total, &["合计", "2 张", "", ""]),
        ],
        notes: vec!["送达方式填号码。".repeat(40)],
        blanks: vec!["发票人".to_owned(), "日期".to_owned()],
        seal: true,
        imprint: "生成 2026-03-05 12:00　校验码 1234-5678-9ABC".to_owned(),
        code: None,
        page_mm: (297, 210),
    }
}

/// The heights of the rows in pt, by their numbers in the sheet.
fn heights(sheet: &str) -> Vec<(u32, f64)> {
    sheet
        .split("<row ")
        .skip(1)
        .filter_map(|row| {
            let of = |name: &str| {
                let from = row.find(&format!("{name}=\""))? + name.len() + 2;
                row[from..].split('"').next()
            };
            Some((of("r")?.parse().ok()?, of("ht")?.parse().ok()?))
        })
        .collect()
}

#[test]
fn the_sheet_is_as_wide_as_its_page_and_prints_like_it() {
    let bytes = write_paper(&[register()], noon()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    // Everything that runs over the columns is merged, so that no line widens the printed area.
    for merged in ["A1:D1", "A2:D2", "A3:D3", "A6:D6"] {
        assert!(sheet.contains(merged), "{merged}");
    }
    assert!(sheet.contains("A4:A5") && sheet.contains("B4:C4"), "heads");
    assert!(sheet.contains("orientation=\"landscape\"") && sheet.contains("paperSize=\"9\""));
    let workbook = part(&bytes, "xl/workbook.xml");
    assert!(workbook.contains("$4:$5"), "only the heads are repeated");
    assert!(workbook.contains("Print_Area"));
}

#[test]
fn rows_are_as_high_as_their_words_need_and_never_cut() {
    let bytes = write_paper(&[register()], noon()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    let heights = heights(&sheet);
    let of = |wanted: u32| {
        heights
            .iter()
            .find(|(row, _)| *row == wanted)
            .map_or(0.0, |(_, height)| *height)
    };
    assert!(
        (of(7) - 10.0 * PT_PER_MM).abs() < 1.0,
        "room to sign: {}",
        of(7)
    );
    // A thousand characters in 40 mm: more than one row of a sheet can be high.
    assert!(of(8) >= TALLEST - 1.0 && of(9) > 0.0, "{heights:?}");
    assert!(sheet.contains("A8:A"), "merged over the rows");
    assert!(heights.iter().all(|(_, height)| *height <= 409.0));
}

#[test]
fn what_is_written_reads_back_and_no_text_becomes_a_formula() {
    let bytes = write_paper(&[register()], noon()).expect("written");
    let book = read_book(&bytes, "paper.xlsx").expect("a workbook");
    let sheet = &book.sheets[0];
    let texts: Vec<String> = sheet
        .rows()
        .flat_map(|(_, cells)| cells)
        .map(|cell| sheet.text(cell).into_owned())
        .collect();
    for word in ["登记表（1号楼）", "领票人签字", "1单元", "=1+1", "合计"] {
        assert!(texts.iter().any(|text| text == word), "{word} in {texts:?}");
    }
    assert!(
        texts
            .iter()
            .any(|text| text.contains("发票人") && text.contains("盖章处"))
    );
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    assert!(bytes == write_paper(&[register()], noon()).expect("written"));
}

#[test]
fn a_table_without_rows_says_so() {
    let bytes = write_paper(
        &[PaperSheet {
            rows: Vec::new(),
            page_mm: (297, 420),
            ..register()
        }],
        noon(),
    )
    .expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("没有记录"));
    assert!(sheet.contains("paperSize=\"8\"") && !sheet.contains("orientation=\"landscape\""));
}
