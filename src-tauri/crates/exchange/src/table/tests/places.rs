//! Where rows lie, however their makers said it.

use rstest::rstest;

use super::{keys, read, sheet, sheets};
use crate::table::{BuildingSource, Reason, RowProblem, Weight, read_pasted_tables};

#[test]
fn one_sheet_per_building_by_its_tab() {
    let lines = [
        "序号|单元|房号|姓名|面积",
        "1|1单元|101|张某|61.2",
        "2|1单元|102|李某|50",
    ];
    let bytes = sheets(&[
        ("1号楼", &lines, &[]),
        ("2#楼", &lines, &[]),
        ("说明", &["填表说明：请如实填写，谢谢配合"], &[]),
    ]);
    let (tables, rows) = read(&bytes);
    assert_eq!(tables.tables.len(), 2);
    assert_eq!(keys(&rows[1]), ["2号楼/1单元/101", "2号楼/1单元/102"]);
    assert_eq!(
        tables.tables[0].mapping.building,
        Some(("1号楼".to_owned(), BuildingSource::SheetName))
    );
    assert!(
        rows.iter()
            .flat_map(|rows| &rows.rows)
            .all(|row| row.problems.is_empty())
    );
}

#[test]
fn the_building_by_a_title_row() {
    let lines = [
        "3号楼住户登记表",
        "房号|户主|人口",
        "101|张某|3",
        "102|李某|2",
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &[(0, 0, 0, 2)]));
    assert_eq!(
        tables.tables[0].mapping.building,
        Some(("3号楼".to_owned(), BuildingSource::Title))
    );
    assert_eq!(keys(&rows[0]), ["3号楼//101", "3号楼//102"]);
}

#[test]
fn the_building_by_a_merged_first_column() {
    let lines = [
        "楼栋|单元|房号|姓名|面积",
        "1号楼|1单元|101|张某|61.2",
        "||102|李某|50",
        "|2单元|101|王某|50",
        "2号楼|1单元|101|赵某|50",
        "||102|钱某|50",
    ];
    let merges = [(1, 0, 3, 0), (1, 1, 2, 1), (4, 0, 5, 0), (4, 1, 5, 1)];
    let (_, rows) = read(&sheet("Sheet1", &lines, &merges));
    let expected = [
        "1号楼/1单元/101",
        "1号楼/1单元/102",
        "1号楼/2单元/101",
        "2号楼/1单元/101",
        "2号楼/1单元/102",
    ];
    assert_eq!(keys(&rows[0]), expected);
}

#[test]
fn blanks_below_a_name_mean_the_name_above() {
    let lines = [
        "楼栋|单元|房号|姓名",
        "1号楼|1单元|101|张某",
        "||102|李某",
        "|2单元|101|王某",
        "||102|赵某",
        "2号楼|1单元|101|钱某",
    ];
    let (_, rows) = read(&sheet("Sheet1", &lines, &[]));
    let expected = [
        "1号楼/1单元/101",
        "1号楼/1单元/102",
        "1号楼/2单元/101",
        "1号楼/2单元/102",
        "2号楼/1单元/101",
    ];
    assert_eq!(keys(&rows[0]), expected);
}

#[test]
fn section_lines_name_the_building() {
    let lines = [
        "单元|房号|姓名|面积|人口",
        "1号楼（2户）||||",
        "1|101|张某|61.2|3",
        "1|102|李某|61.2|3",
        "2号楼（1户）||||",
        "1|101|王某|61.2|3",
    ];
    let merges = [(1, 0, 1, 4), (4, 0, 4, 4)];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &merges));
    assert_eq!(tables.tables[0].table.roles.len(), 2);
    assert_eq!(
        keys(&rows[0]),
        ["1号楼/1单元/101", "1号楼/1单元/102", "2号楼/1单元/101"]
    );
}

#[rstest]
#[case("3号楼2单元301室", "3号楼/2单元/301")]
#[case("3-2-301", "3号楼/2单元/301")]
#[case("3#2单元301", "3号楼/2单元/301")]
#[case("第3幢 2门洞 301", "3号楼/2单元/301")]
#[case("第3幢门洞2-301", "3号楼/2单元/301")]
#[case("３号楼２单元３０１", "3号楼/2单元/301")]
#[case("三号楼二单元301户", "3号楼/2单元/301")]
#[case("示例家属院3栋2单元301", "3号楼/2单元/301")]
fn whole_addresses(#[case] address: &str, #[case] expected: &str) {
    let line = format!("1|{address}|张某|61.2");
    let lines = ["序号|房屋坐落|姓名|面积", &line];
    let (_, rows) = read(&sheet("Sheet1", &lines, &[]));
    assert_eq!(keys(&rows[0]), [expected]);
}

#[test]
fn addresses_under_a_header_that_says_nothing() {
    let lines = [
        "户|姓名|面积|电话",
        "3-2-301|张某|61.2|",
        "3-2-302|李某|50|",
    ];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &[]));
    let column = &tables.tables[0].mapping.columns[0];
    assert!(matches!(&column.reason, Reason::Content { sample } if sample == "3-2-301"));
    assert_eq!(keys(&rows[0]), ["3号楼/2单元/301", "3号楼/2单元/302"]);
}

#[test]
fn an_address_that_became_a_day() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet();
    for (column, text) in (0u16..).zip(["楼号", "房号", "面积"]) {
        worksheet.write_string(0, column, text).expect("written");
    }
    let day = chrono::NaiveDate::from_ymd_opt(2021, 3, 2).expect("a day");
    let format = rust_xlsxwriter::Format::new().set_num_format("m-d");
    worksheet.write_string(1, 0, "1号楼").expect("written");
    worksheet
        .write_with_format(1, 1, &day, &format)
        .expect("written");
    worksheet.write_number(1, 2, 61.2).expect("written");
    let (_, rows) = read(&workbook.save_to_buffer().expect("saved"));
    let day = (Weight::Error, RowProblem::DayInAddress { column: 1 });
    assert!(rows[0].rows[0].problems.contains(&day));
}

#[test]
fn building_column_and_entrance_with_room_in_one_cell() {
    let lines = [
        "序号|楼栋号|单元房号|户主姓名|联系电话",
        "1|3栋|2-501|张某|13800000000",
        "2|3栋|2单元502|李某|13800000001",
    ];
    let (_, rows) = read(&sheet("Sheet1", &lines, &[]));
    assert_eq!(keys(&rows[0]), ["3号楼/2单元/501", "3号楼/2单元/502"]);
}

#[test]
fn a_copied_block_without_a_header() {
    let text = "3号楼2单元301\t张某\t61.2\n3-2-302\t李某\t50\n3-2-303\t王某\t50\n";
    let tables = read_pasted_tables(text).expect("tables");
    assert_eq!(tables.tables[0].table.header, None);
    let rows = tables.extract();
    let expected = ["3号楼/2单元/301", "3号楼/2单元/302", "3号楼/2单元/303"];
    assert_eq!(keys(&rows[0]), expected);
}

#[test]
fn one_sheet_with_a_titled_table_per_building() {
    let lines = [
        "示例家属院3号楼住户登记表",
        "房号|户主|人口",
        "101|张某|3",
        "102|李某|2",
        "合计|2户|5",
        "示例家属院4号楼住户登记表",
        "房号|户主|人口",
        "101|王某|1",
        "合计|1户|1",
    ];
    let merges = [(0, 0, 0, 2), (5, 0, 5, 2)];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &merges));
    assert_eq!(tables.tables.len(), 2);
    assert_eq!(keys(&rows[0]), ["3号楼//101", "3号楼//102"]);
    assert_eq!(keys(&rows[1]), ["4号楼//101"]);
    assert!(
        rows.iter()
            .flat_map(|rows| &rows.checks)
            .all(|check| check.equal)
    );
}

#[test]
fn the_same_title_on_every_printed_page_is_one_table() {
    let lines = [
        "3号楼住户登记表",
        "房号|户主|人口",
        "101|张某|3",
        "3号楼住户登记表",
        "房号|户主|人口",
        "102|李某|2",
        "合计|2户|5",
    ];
    let merges = [(0, 0, 0, 2), (3, 0, 3, 2)];
    let (tables, rows) = read(&sheet("Sheet1", &lines, &merges));
    assert_eq!(tables.tables.len(), 1);
    assert_eq!(keys(&rows[0]), ["3号楼//101", "3号楼//102"]);
    assert!(rows[0].checks.iter().all(|check| check.equal));
}

#[test]
fn lines_that_name_building_and_entrance() {
    let lines = [
        "序号|房号|户主|人口|备注",
        "3号楼1单元（2户）",
        "1|101|张某|3|",
        "2单元：1户，其中空置1户",
        "2|101|李某|2|",
        "4号楼（产权单位：示例公司）",
        "3|101|王某|2|",
    ];
    let merges = [(1, 0, 1, 4), (3, 0, 3, 4), (5, 0, 5, 4)];
    let (_, rows) = read(&sheet("Sheet1", &lines, &merges));
    assert_eq!(
        keys(&rows[0]),
        ["3号楼/1单元/101", "3号楼/2单元/101", "4号楼//101"]
    );
}

#[test]
fn one_tab_per_entrance() {
    let lines = ["房号|户主|人口", "101|张某|3"];
    let (_, rows) = read(&sheet("3号楼2单元", &lines, &[]));
    assert_eq!(keys(&rows[0]), ["3号楼/2单元/101"]);
}

#[test]
fn a_title_left_behind_in_a_copied_tab() {
    let lines = ["1号楼住户登记表", "房号|户主|人口", "101|张某|3"];
    let (tables, rows) = read(&sheets(&[("1号楼", &lines, &[]), ("2号楼", &lines, &[])]));
    assert_eq!(keys(&rows[1]), ["2号楼//101"]);
    let told = |place: usize| tables.tables[place].table.facts.other_building.as_deref();
    assert_eq!((told(0), told(1)), (None, Some("1号楼")));
}
