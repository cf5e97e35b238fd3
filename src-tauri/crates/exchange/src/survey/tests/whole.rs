//! Whole files: refused ones, lists of issues, and what no single row shows.

use jiugai_domain::{KindCode, KindCode::Household, Value};
use rstest::rstest;

use super::cases::{book, places, read_lines};
use crate::survey::read_survey;
use crate::workbook::write_issues;
use crate::{ExchangeError, NeededColumn, SeemsToBe, grid};

#[rstest]
#[case(&["单元|房号|面积", "1|101|50"], NeededColumn::Building)]
#[case(&["楼号|业主姓名|面积", "1|甲|50"], NeededColumn::Room)]
fn needed_columns(#[case] lines: &[&str], #[case] expected: NeededColumn) {
    let result = read_survey(&book(&[("表", lines, &[])]), "");
    match result {
        Err(ExchangeError::MissingColumn {
            sheet,
            row,
            column,
            found,
        }) => {
            assert_eq!((sheet.as_str(), row, column), ("表", 1, expected));
            assert_eq!(found.len(), 3);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn workbooks_without_a_table() {
    assert_eq!(
        read_survey(&book(&[("表", &[], &[])]), ""),
        Err(ExchangeError::Empty)
    );
    assert_eq!(read_survey(b"", ""), Err(ExchangeError::Empty));
    assert_eq!(
        read_survey(&book(&[("表", &["通知", "请各户配合"], &[])]), ""),
        Err(ExchangeError::NoTable)
    );
    let html = read_survey(b"<html><table></table></html>", "台账.xls");
    assert_eq!(
        html,
        Err(ExchangeError::NotAWorkbook {
            seems_to_be: SeemsToBe::Html
        })
    );
    assert!(matches!(
        read_survey(&super::sample::BYTES[..20_000], ""),
        Err(ExchangeError::Damaged { .. })
    ));
    let limit = crate::file::FILE_LIMIT;
    let large = vec![0; usize::try_from(limit).expect("64 bit") + 1];
    assert_eq!(
        read_survey(&large, ""),
        Err(ExchangeError::TooLarge {
            bytes: limit + 1,
            limit
        })
    );
}

#[test]
fn issues_go_out_with_their_rows() {
    let ledger = read_lines(&[
        "楼号|房号|面积|人口",
        "1|101|约60|2",
        "1|102|50|3",
        "1|101|50|3",
        "注：现场核实|||",
    ]);
    let reasons: Vec<String> = (1..=ledger.issues.len())
        .map(|number| format!("问题{number}"))
        .collect();
    let created = chrono::NaiveDate::from_ymd_opt(2026, 3, 5)
        .and_then(|day| day.and_hms_opt(0, 0, 0))
        .expect("a day");
    let bytes = write_issues(&ledger, &reasons, created).expect("written");
    let grid = &grid::read(&bytes).expect("read")[0];
    let lines: Vec<String> = grid
        .rows
        .iter()
        .map(|(_, cells)| {
            cells
                .iter()
                .map(|cell| cell.text.as_str())
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert_eq!(
        lines,
        [
            "原行号|问题|楼号|房号|面积|人口",
            "2|问题1|1|101|约60|2",
            "4|问题2|1|101|50|3",
            "5|问题3"
        ]
    );
    let corrected =
        read_survey(&bytes, "").expect("the list of issues can be corrected and read again");
    assert_eq!(places(&corrected), ["1号楼--101"]);
}

#[test]
fn phones_belong_to_owner_and_household() {
    let ledger = read_lines(&["楼号|房号|业主姓名|电话", "1|101|甲|130****0000"]);
    let phone = Value::Text("130****0000".into());
    assert_eq!(
        ledger.rows[0].cells,
        [
            (KindCode::Owner, "phone", phone.clone()),
            (Household, "phone", phone)
        ]
    );
    assert_eq!(ledger.rows[0].owner_name.as_deref(), Some("甲"));
}

/// One-hot columns and headings that only look alike are left to people, never guessed.
#[test]
fn unknown_columns_do_not_take_known_places() {
    let lines = ["楼号|房号|居住情况||", "||自住|出租|空置", "1|101|√||"];
    let ledger = read_survey(&book(&[("表", &lines, &[[0, 2, 0, 4]])]), "").expect("a ledger");
    assert_eq!(
        ledger
            .unmapped
            .iter()
            .map(|column| column.column.label.as_str())
            .collect::<Vec<_>>(),
        ["自住", "出租", "空置"]
    );
    assert_eq!(ledger.rows[0].cells, []);
}
