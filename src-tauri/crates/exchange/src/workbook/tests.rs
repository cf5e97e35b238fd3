use super::*;
use crate::book::read_book;
use crate::table::{Target, read_tables};
use jiugai_domain::KindCode;
use proptest::prelude::*;
use std::io::Read;

pub(super) fn noon() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 5)
        .and_then(|day| day.and_hms_opt(12, 0, 0))
        .expect("a day")
}

fn field(kind: KindCode, code: &str) -> &'static Field {
    kind.kind().field(code).expect("declared")
}

fn text(value: &str) -> SheetCell {
    SheetCell::Value(Value::Text(value.to_owned()))
}

fn number(value: i64) -> SheetCell {
    SheetCell::Value(Value::Integer(value))
}

fn dwellings() -> SheetData {
    let columns = vec![
        ColumnSpec::text("楼号", 80),
        ColumnSpec::of(field(KindCode::Dwelling, "room")),
        ColumnSpec::of(field(KindCode::Dwelling, "grossFloorArea")),
        ColumnSpec::of(field(KindCode::Dwelling, "tenure")),
        ColumnSpec::of(field(KindCode::Household, "people")),
        ColumnSpec::of(field(KindCode::Dwelling, "remark")),
    ];
    let label = |building: &str| SheetCell::Label(building.to_owned());
    let rows = vec![
        vec![
            label("1号楼"),
            text("101"),
            number(6120),
            text("reformed"),
            number(3),
            text("=1+1"),
        ],
        vec![
            label("1号楼"),
            text("102"),
            number(5305),
            text("commodity"),
            number(2),
            text("@甲"),
        ],
        vec![
            label("2号楼"),
            text("101"),
            number(7430),
            SheetCell::Value(Value::Null),
            number(0),
            text("-5"),
        ],
        vec![
            label("2号楼"),
            text("102"),
            number(1),
            text("mixed"),
            number(1),
            text("+86\t"),
        ],
    ];
    SheetData {
        name: "房屋".into(),
        title: Some("房屋台账".into()),
        note: Some("单位：㎡、人".into()),
        columns,
        rows,
        totals_label: Some("合计".into()),
    }
}

/// One part of the package as text.
pub(super) fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a package");
    let mut content = String::new();
    archive
        .by_name(name)
        .expect("the part")
        .read_to_string(&mut content)
        .expect("text");
    content
}

#[test]
fn what_is_written_reads_back() {
    let bytes = write_workbook(&[dwellings()], noon()).expect("written");
    let book = read_book(&bytes, "").expect("read");
    let sheet = &book.sheets[0];
    let lines: Vec<String> = sheet
        .rows()
        .map(|(_, cells)| {
            cells
                .iter()
                .map(|cell| sheet.text(cell))
                .collect::<Vec<_>>()
                .join("|")
        })
        .collect();
    assert_eq!(sheet.name, "房屋");
    assert_eq!(
        lines,
        [
            "房屋台账",
            "单位：㎡、人",
            "楼号|房号|建筑面积（㎡）|产权性质|常住人口（人）|备注",
            "1号楼|101|61.2|房改房|3|=1+1",
            "1号楼|102|53.05|商品房|2|@甲",
            "2号楼|101|74.3|0|-5",
            "2号楼|102|0.01|混合|1|+86\t",
            "合计|188.56|6",
        ]
    );
}

#[test]
fn an_export_imports_as_the_same_rows() {
    let bytes = write_workbook(&[dwellings()], noon()).expect("written");
    let tables = read_tables(&bytes, "房屋.xlsx").expect("read");
    let extracted = tables.extract().remove(0);
    let mapping = &tables.tables[0].mapping;
    assert_eq!(extracted.rows.len(), 4);
    assert!(extracted.rows.iter().all(|row| row.weight().is_none()));
    assert!(
        extracted.checks.iter().all(|check| check.equal) && extracted.checks.len() == 2,
        "{:?}",
        extracted.checks
    );
    let value = |kind, field| extracted.rows[0].value(mapping, Target::Field { kind, field });
    assert_eq!(
        value(KindCode::Dwelling, "grossFloorArea"),
        &Value::Integer(6120)
    );
    assert_eq!(
        value(KindCode::Dwelling, "tenure"),
        &Value::Text("reformed".into())
    );
    assert_eq!(
        value(KindCode::Dwelling, "remark"),
        &Value::Text("=1+1".into())
    );
}

#[test]
fn no_text_becomes_a_formula() {
    let bytes = write_workbook(&[dwellings()], noon()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(!sheet.contains("<f>"), "a formula was written");
    assert!(part(&bytes, "xl/sharedStrings.xml").contains("<t>=1+1</t>"));
}

#[test]
fn page_and_lists() {
    let bytes = write_workbook(&[dwellings()], noon()).expect("written");
    let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
    for expected in [
        "paperSize=\"9\"",
        "orientation=\"landscape\"",
        "fitToHeight=\"0\"",
        "ySplit=\"3\"",
        "state=\"frozen\"",
        "房改房",
    ] {
        assert!(sheet.contains(expected), "{expected} is not in the sheet");
    }
    assert!(part(&bytes, "xl/workbook.xml").contains("_xlnm.Print_Titles"));
    assert!(part(&bytes, "xl/styles.xml").contains("#,##0.00"));
}

#[test]
fn equal_data_gives_equal_bytes() {
    assert_eq!(
        write_workbook(&[dwellings()], noon()),
        write_workbook(&[dwellings()], noon())
    );
    let later = noon() + chrono::TimeDelta::days(1);
    assert_ne!(
        write_workbook(&[dwellings()], noon()),
        write_workbook(&[dwellings()], later)
    );
}

#[test]
fn dates_flags_and_lengths() {
    let columns = [
        ("length", KindCode::Road),
        ("fireLane", KindCode::Road),
        ("demolishedOn", KindCode::Outbuilding),
    ];
    let sheet = SheetData {
        name: "杂".into(),
        columns: columns
            .into_iter()
            .map(|(code, kind)| ColumnSpec::of(field(kind, code)))
            .collect(),
        rows: vec![
            vec![number(3505), number(1), text("2021-03-05")],
            vec![number(4000)],
        ],
        ..SheetData::default()
    };
    let bytes = write_workbook(&[sheet], noon()).expect("written");
    let book = read_book(&bytes, "").expect("read");
    let sheet = &book.sheets[0];
    assert_eq!(
        [0, 1, 2].map(|column| sheet.text_at(1, column)),
        ["3.505", "是", "2021-03-05"]
    );
    assert_eq!(
        [0, 1, 2].map(|column| sheet.text_at(2, column)),
        ["4", "", ""]
    );
}

#[test]
fn tab_names() {
    assert_eq!(tab_name("1号楼/2号楼", &[]), "1号楼_2号楼");
    assert_eq!(tab_name("", &[]), "表");
    assert_eq!(tab_name("房屋", &["房屋".into()]), "房屋_2");
    let long = tab_name(&"长".repeat(40), &[]);
    assert_eq!(long.chars().count(), 31);
    assert_eq!(tab_name(&"长".repeat(40), &[long]).chars().count(), 28);
}

#[test]
fn too_many_columns_are_an_error_not_a_panic() {
    let columns = vec![ColumnSpec::text("列", 40); 17_000];
    let result = write_workbook(
        &[SheetData {
            name: "宽".into(),
            columns,
            ..SheetData::default()
        }],
        noon(),
    );
    assert!(matches!(result, Err(ExchangeError::Unwritable { .. })));
}

#[test]
fn units_lists_and_paper_for_wide_tables() {
    let mut sheet = dwellings();
    sheet.totals_label = None;
    let bytes = write_workbook(&[sheet.clone()], noon()).expect("written");
    let narrow = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(narrow.contains("paperSize=\"9\""));
    // The list of 产权性质 reaches into rows that people add.
    assert!(narrow.contains("sqref=\"D4:D507\""), "{narrow}");
    let styles = part(&bytes, "xl/styles.xml");
    assert!(styles.contains("#,##0.00&quot;㎡&quot;"), "{styles}");
    assert!(styles.contains("quotePrefix=\"1\""));
    let columns = KindCode::Building.kind().fields.iter().map(ColumnSpec::of);
    sheet.columns = columns.collect();
    let bytes = write_workbook(&[sheet], noon()).expect("written");
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("paperSize=\"8\""));
    let money = ColumnSpec::of(field(KindCode::WorkItem, "estimate"));
    let sheet = SheetData {
        columns: vec![money],
        rows: vec![vec![number(123_456)]],
        ..SheetData::default()
    };
    let bytes = write_workbook(&[sheet], noon()).expect("written");
    assert!(part(&bytes, "xl/styles.xml").contains("#,##0.00&quot;元&quot;"));
    assert!(part(&bytes, "xl/worksheets/sheet1.xml").contains("<v>1234.56</v>"));
}

#[test]
fn a_very_long_table_is_framed_by_one_rule_and_reads_back_the_same() {
    let mut sheet = dwellings();
    let few = sheet.rows.clone();
    sheet.rows = few.iter().cycle().take(MANY_ROWS).cloned().collect();
    let bytes = write_workbook(&[sheet.clone()], noon()).expect("written");
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert_eq!(xml.matches("<conditionalFormatting").count(), 1);
    // Numbers have the format of their column: ㎡ behind an area.
    let area = xml.find("<v>61.2</v>").expect("an area");
    let open = xml[..area].rfind("<c ").expect("its cell");
    let look = xml[open..area].split('"').nth(3).expect("a look");
    let look: usize = look.parse().expect("a number");
    let styles = part(&bytes, "xl/styles.xml");
    let cells = styles.split("<cellXfs").nth(1).expect("looks");
    let area = cells.split("<xf ").nth(look + 1).expect("that look");
    assert!(!area.contains("numFmtId=\"0\""), "{area}");
    let book = read_book(&bytes, "long.xlsx").expect("a workbook");
    let filled = |rows: &[Vec<SheetCell>]| {
        let cells = rows.iter().flatten();
        cells
            .filter(|cell| **cell != SheetCell::Value(Value::Null))
            .count()
    };
    let table = book.sheets[0]
        .rows()
        .skip_while(|(_, cells)| cells.len() < sheet.columns.len());
    let read: usize = table
        .skip(1)
        .take(MANY_ROWS)
        .map(|(_, cells)| cells.len())
        .sum();
    assert_eq!(read, filled(&sheet.rows));
}

proptest! {
    #[test]
    fn a_number_is_the_float_that_its_text_is(number in any::<i64>(), small in -10_000_000i64..10_000_000, decimals in 0u32..4) {
        for number in [number, small] {
            let text: f64 = fixed::format(number, decimals).parse().expect("a number");
            prop_assert_eq!(exact(number, decimals).to_bits(), text.to_bits(), "{}", number);
        }
    }
}
