//! Small workbooks, one for every issue, error and shape of header.

use jiugai_domain::KindCode::{Dwelling, Household};
use jiugai_domain::{FieldError, Value};
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::survey::{IssueCode, Severity, SubtotalScope, SurveyLedger, Target, read_survey};

/// Name, lines and merges of a sheet.
pub(super) type SheetText<'a> = (&'a str, &'a [&'a str], &'a [[u16; 4]]);

/// Rows of cells divided by `|`; `merges` are first row, first column, last row, last column.
pub(super) fn book(sheets: &[SheetText<'_>]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, lines, merges) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).expect("a name");
        for [first_row, first_column, last_row, last_column] in *merges {
            sheet
                .merge_range(
                    u32::from(*first_row),
                    *first_column,
                    u32::from(*last_row),
                    *last_column,
                    "",
                    &Format::new(),
                )
                .expect("merged");
        }
        for (row, line) in (0u32..).zip(*lines) {
            for (column, text) in (0u16..).zip(line.split('|')) {
                if let Some(formula) = text.strip_prefix("=!") {
                    sheet
                        .write_formula(row, column, Formula::new("1/0").set_result(formula))
                        .expect("written");
                } else if !text.is_empty() {
                    sheet.write_string(row, column, text).expect("written");
                }
            }
        }
    }
    workbook.save_to_buffer().expect("saved")
}

pub(super) fn read_lines(lines: &[&str]) -> SurveyLedger {
    read_survey(&book(&[("表", lines, &[])]), "表.xlsx").expect("a ledger")
}

pub(super) fn places(ledger: &SurveyLedger) -> Vec<String> {
    ledger
        .rows
        .iter()
        .map(|row| {
            format!(
                "{}-{}-{}",
                row.building,
                row.entrance.as_deref().unwrap_or(""),
                row.room
            )
        })
        .collect()
}

pub(super) fn met(ledger: &SurveyLedger) -> Vec<(Severity, Option<u32>, IssueCode)> {
    ledger
        .issues
        .iter()
        .map(|issue| (issue.severity, issue.row, issue.code.clone()))
        .collect()
}

#[test]
fn one_level() {
    let ledger = read_lines(&[
        "楼号|单元|房号|面积",
        "1|1|101|61.2",
        "１号楼|一单元|１０２室|60",
    ]);
    assert_eq!(places(&ledger), ["1号楼-1单元-101", "1号楼-1单元-102"]);
    assert_eq!(ledger.issues, []);
}

#[test]
fn two_levels_without_merging() {
    let ledger = read_lines(&[
        "楼号|房号|产权情况||车辆||备注",
        "||性质|面积|汽车|电动车|",
        "1|101|公房|50|1|2|甲",
    ]);
    let row = &ledger.rows[0];
    assert_eq!(
        row.value(Dwelling, "tenure"),
        &Value::Text("publicOwned".into())
    );
    assert_eq!(row.value(Household, "ebikes"), &Value::Integer(2));
    assert_eq!(ledger.columns[3].path, ["产权情况", "面积"]);
    assert_eq!(row.value(Dwelling, "remark"), &Value::Text("甲".into()));
}

#[test]
fn three_levels() {
    let lines = [
        "某某家属院摸底表",
        "位置|||房屋与住户||||",
        "楼号|单元|房号|附属房||居住情况||备注",
        "|||大排房|小配房|常住人口|残疾人|",
        "3栋|2|301|1|无|4|0|",
    ];
    let merges: &[[u16; 4]] = &[
        [0, 0, 0, 7],
        [1, 0, 1, 2],
        [1, 3, 1, 6],
        [2, 0, 3, 0],
        [2, 1, 3, 1],
        [2, 2, 3, 2],
        [2, 3, 2, 4],
        [2, 5, 2, 6],
        [1, 7, 3, 7],
    ];
    let mut lines = lines;
    lines[1] = "位置|||房屋与住户||||备注";
    lines[2] = "楼号|单元|房号|附属房||居住情况||";
    let ledger = read_survey(&book(&[("表", &lines, merges)]), "").expect("a ledger");
    assert_eq!(places(&ledger), ["3号楼-2单元-301"]);
    assert_eq!(ledger.compound_name.as_deref(), Some("某某家属院"));
    assert_eq!(ledger.columns[3].path, ["房屋与住户", "附属房", "大排房"]);
    assert_eq!(ledger.columns[3].range, "D2:D4");
    assert_eq!(ledger.rows[0].outbuildings, [("rowHouse", 1)]);
    assert_eq!(
        met(&ledger),
        [(Severity::Note, Some(5), IssueCode::ReadAsZero)]
    );
}

#[test]
fn units_and_numbering_under_the_header_are_read_over() {
    let ledger = read_lines(&[
        "楼号|房号|面积|人口",
        "||（㎡）|（人）",
        "1|2|3|4",
        "1|101|50|2",
        "|102|51|3",
    ]);
    assert_eq!(places(&ledger), ["1号楼--101", "1号楼--102"]);
    assert_eq!(ledger.issues, []);
}

#[test]
fn merged_and_blank_buildings_are_filled_down_but_no_other_cell() {
    let lines = [
        "楼号|单元|房号|备注",
        "1|1|101|甲",
        "||102|",
        "||201|",
        "2|1|101|",
        "||102|",
    ];
    let ledger = read_survey(
        &book(&[("表", &lines, &[[1, 0, 3, 0], [1, 1, 2, 1], [1, 3, 3, 3]])]),
        "",
    )
    .expect("a ledger");
    assert_eq!(
        places(&ledger),
        [
            "1号楼-1单元-101",
            "1号楼-1单元-102",
            "1号楼--201",
            "2号楼-1单元-101",
            "2号楼--102"
        ]
    );
    assert_eq!(ledger.rows[1].value(Dwelling, "remark"), &Value::Null);
}

#[test]
fn one_sheet_per_building() {
    let header = "房号|户主姓名|人口";
    let sheets: [SheetText<'_>; 4] = [
        ("封面", &["五交化家属院", "2021年"], &[]),
        ("1号楼", &[header, "101|甲|2", "102|乙|3", "合计||5"], &[]),
        ("第二页", &["三号楼入户摸底表", header, "101|丙|4"], &[]),
        ("北楼", &[header, "101|丁|1"], &[]),
    ];
    let ledger = read_survey(&book(&sheets), "").expect("a ledger");
    assert_eq!(
        places(&ledger),
        ["1号楼--101", "1号楼--102", "3号楼--101", "北楼--101"]
    );
    assert_eq!(ledger.sheets, ["1号楼", "第二页", "北楼"]);
    assert!(ledger.checks.iter().all(|check| check.equal));
    assert_eq!(
        ledger.issues[0].code,
        IssueCode::BuildingFromSheet {
            building: "1号楼".into()
        }
    );
}

#[test]
fn one_address_column() {
    let ledger = read_lines(&[
        "序号|房屋坐落|业主姓名|面积",
        "1|3号楼2单元501|甲|50",
        "2|3-2-502|乙|51",
        "3|约|丙|52",
    ]);
    assert_eq!(places(&ledger)[..2], ["3号楼-2单元-501", "3号楼-2单元-502"]);
    assert_eq!(
        met(&ledger),
        [(Severity::Error, Some(4), IssueCode::MissingBuilding)]
    );
}

#[test]
fn bad_cells_stay_empty_and_keep_the_row() {
    let ledger = read_lines(&[
        "楼号|房号|面积|性质|常住人口|汽车|是否同意改造|宽带",
        "1|101|约60|别墅|三人|=!#REF!|是|移动",
        "1|102|61.205|房改|2|/|否|",
    ]);
    let bad = |field, kind, error| IssueCode::BadCell { kind, field, error };
    assert_eq!(
        met(&ledger),
        [
            (
                Severity::Warning,
                Some(2),
                bad("grossFloorArea", Dwelling, FieldError::NotANumber)
            ),
            (
                Severity::Warning,
                Some(2),
                IssueCode::UnknownChoice {
                    kind: Dwelling,
                    field: "tenure"
                }
            ),
            (
                Severity::Warning,
                Some(2),
                bad("people", Household, FieldError::NotANumber)
            ),
            (Severity::Warning, Some(2), IssueCode::FormulaError),
            (
                Severity::Warning,
                Some(3),
                bad(
                    "grossFloorArea",
                    Dwelling,
                    FieldError::TooManyDecimals { places: 2 }
                )
            ),
            (
                Severity::Note,
                None,
                IssueCode::UnmappedColumn { filled: 1 }
            ),
        ]
    );
    assert_eq!(ledger.issues[0].text, "约60");
    assert_eq!(
        ledger.issues[0]
            .column
            .as_ref()
            .map(|column| (column.letter.as_str(), column.label.as_str())),
        Some(("C", "面积"))
    );
    assert_eq!(ledger.unmapped[0].samples, ["移动"]);
    assert_eq!(
        ledger.rows[0].cells,
        [(Household, "willingness", Value::Text("agree".into()))]
    );
    assert_eq!(
        ledger.rows[1].value(Household, "willingness"),
        &Value::Text("oppose".into())
    );
    assert_eq!(
        ledger
            .originals
            .iter()
            .map(|row| row.row)
            .collect::<Vec<_>>(),
        [2, 3]
    );
}

#[test]
fn rows_without_place_and_duplicates_are_not_imported() {
    let ledger = read_lines(&[
        "楼号|房号|业主姓名|面积",
        "|101|甲|50",
        "1|101|乙|51",
        "1||丙|52",
        "1号楼|１０１室|丁|53",
        "2|101|戊|54",
    ]);
    assert_eq!(places(&ledger), ["1号楼--101", "2号楼--101"]);
    assert_eq!(
        met(&ledger),
        [
            (Severity::Error, Some(2), IssueCode::MissingBuilding),
            (Severity::Error, Some(4), IssueCode::MissingRoom),
            (
                Severity::Error,
                Some(5),
                IssueCode::DuplicateDwelling {
                    first_sheet: "表".into(),
                    first_row: 3
                }
            ),
        ]
    );
}

#[test]
fn people_that_do_not_fit() {
    let ledger = read_lines(&[
        "楼号|房号|居住情况|常住人口|60岁以上",
        "1|101|空置|2|0",
        "1|102|自住||",
        "1|103|自住|2|3",
        "1|104|空置||",
        "1|105|空置|0|",
    ]);
    assert_eq!(
        met(&ledger),
        [
            (
                Severity::Warning,
                Some(2),
                IssueCode::PeopleInVacant { people: 2 }
            ),
            (Severity::Warning, Some(3), IssueCode::PeopleMissing),
            (
                Severity::Warning,
                Some(4),
                IssueCode::PartExceedsPeople {
                    field: "seniors60",
                    part: 3,
                    people: 2
                }
            ),
        ]
    );
    assert_eq!(ledger.rows.len(), 5);
}

#[test]
fn subtotals_that_differ_are_shown_with_both_figures() {
    let lines = [
        "楼号|单元|房号|面积|人口",
        "1|1|101|50|2",
        "|1|102|50.5|3",
        "1单元小计||2户|100.5|5",
        "|2|101|40|1",
        "1号楼小计||3户|140.5|6",
        "2|1|101|30|4",
        "小 计||2|30|约4",
        "合计||4户|170.5|10",
        "总计||4户|170.5|11",
    ];
    let ledger = read_lines(&lines);
    let differing: Vec<_> = ledger
        .checks
        .iter()
        .filter(|check| !check.equal)
        .map(|check| (check.row, check.target, check.stated, check.computed))
        .collect();
    assert_eq!(
        differing,
        [
            (8, Target::Room, 2, 1),
            (
                10,
                Target::Field {
                    kind: Household,
                    field: "people"
                },
                11,
                10
            )
        ]
    );
    let scopes: Vec<_> = ledger
        .checks
        .iter()
        .filter(|check| check.target == Target::Room)
        .map(|check| check.scope.clone())
        .collect();
    let building = |name: &str| SubtotalScope::Building {
        building: name.into(),
    };
    assert_eq!(
        scopes,
        [
            SubtotalScope::Entrance {
                building: "1号楼".into(),
                entrance: "1单元".into()
            },
            building("1号楼"),
            building("2号楼"),
            SubtotalScope::All,
            SubtotalScope::All
        ]
    );
    let codes: Vec<IssueCode> = ledger
        .issues
        .iter()
        .map(|issue| issue.code.clone())
        .collect();
    assert!(
        codes.contains(&IssueCode::SubtotalDiffers { check: 6 }),
        "{codes:?}"
    );
    assert!(codes.contains(&IssueCode::BadCell {
        kind: Household,
        field: "people",
        error: FieldError::NotANumber
    }));
    assert_eq!(ledger.rows.len(), 4);
}

#[test]
fn totals_of_each_building_named_heji_and_a_total_on_top() {
    let each = read_lines(&[
        "楼号|房号|人口",
        "1|101|2",
        "合计|1户|2",
        "2|101|3",
        "合计|1户|3",
    ]);
    assert!(
        each.checks.iter().all(|check| check.equal),
        "{:?}",
        each.checks
    );
    let top = read_lines(&["楼号|房号|人口", "合计|2户|5", "1|101|2", "2|101|3"]);
    assert!(
        top.checks
            .iter()
            .all(|check| check.equal && check.scope == SubtotalScope::All)
            && top.checks.len() == 2,
        "{:?}",
        top.checks
    );
}

#[test]
fn repeated_headers_footnotes_and_blank_rows() {
    let ledger = read_lines(&[
        "楼号|房号|姓名|人口",
        "1|101|甲|2",
        "",
        "楼号|房号|姓名|人口",
        "1|102|乙|3",
        "填表人：某|||审核人：某",
    ]);
    assert_eq!(places(&ledger), ["1号楼--101", "1号楼--102"]);
    assert_eq!(
        met(&ledger),
        [
            (Severity::Note, Some(4), IssueCode::RepeatedHeader),
            (Severity::Note, Some(6), IssueCode::Footnote)
        ]
    );
}

#[test]
fn a_second_column_of_the_same_is_told() {
    let ledger = read_lines(&["楼号|房号|备注|备注", "1|101|甲|乙"]);
    assert_eq!(
        met(&ledger),
        [(
            Severity::Note,
            None,
            IssueCode::DoubleColumn { first: "C".into() }
        )]
    );
    assert_eq!(
        ledger.rows[0].value(Dwelling, "remark"),
        &Value::Text("甲".into())
    );
}
