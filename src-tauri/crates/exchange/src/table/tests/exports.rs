//! Our own exports are read back whole, every kind of them.

use chrono::{NaiveDate, NaiveDateTime};
use jiugai_domain::{Field, FieldType, KindCode, Value};
use rstest::rstest;

use crate::table::{Rows, Target, read_tables};
use crate::workbook::{ColumnSpec, SheetCell, SheetData, write_workbook};

fn noon() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 3, 5)
        .and_then(|day| day.and_hms_opt(12, 0, 0))
        .expect("a day")
}

/// A value that a field could hold in row `number`.
fn value(kind: KindCode, field: &Field, number: i64) -> SheetCell {
    let text = |text: String| SheetCell::Value(Value::Text(text));
    match field.kind {
        FieldType::Code(choices) if field.code == "occupancy" => text(choices[0].code.to_owned()),
        FieldType::Code(choices) => {
            let at = usize::try_from(number).expect("small") % choices.len();
            text(choices[at].code.to_owned())
        }
        FieldType::Flag => SheetCell::Value(Value::Integer(number % 2)),
        FieldType::Date => text(format!("2021-03-{:02}", number + 1)),
        FieldType::Year => SheetCell::Value(Value::Integer(1980 + number)),
        FieldType::Reference(KindCode::Building) => SheetCell::Label(format!("{number}号楼")),
        FieldType::Reference(KindCode::Dwelling) => {
            SheetCell::Label(format!("{number}号楼1单元10{number}"))
        }
        FieldType::Reference(KindCode::Entrance) => SheetCell::Label("1单元".to_owned()),
        FieldType::Reference(other) => {
            SheetCell::Label(format!("示例{}{number}", other.kind().label))
        }
        FieldType::Text | FieldType::LongText => text(match (kind, field.code) {
            (KindCode::Dwelling, "room") => format!("10{number}"),
            (KindCode::Building, "name") => format!("{number}号楼"),
            (KindCode::Entrance, "name") => format!("{number}单元"),
            _ => format!("=示例{number}"),
        }),
        _ => SheetCell::Value(Value::Integer(100 + 7 * number)),
    }
}

/// The cells that went in, as the reader should give them.
fn expected(cell: &SheetCell) -> Value {
    match cell {
        SheetCell::Value(value) => value.clone(),
        SheetCell::Label(label) => Value::Text(label.clone()),
    }
}

fn check(kind: KindCode, with_compound: bool) {
    let fields = kind.kind().fields;
    let mut columns: Vec<ColumnSpec> = fields.iter().map(ColumnSpec::of).collect();
    let rows: Vec<Vec<SheetCell>> = (1..=4)
        .map(|number| {
            fields
                .iter()
                .map(|field| value(kind, field, number))
                .collect()
        })
        .collect();
    let mut lines = rows.clone();
    if with_compound {
        columns.insert(0, ColumnSpec::text("小区", 160));
        for line in &mut lines {
            line.insert(0, SheetCell::Label("示例小区".to_owned()));
        }
    }
    let sheet = SheetData {
        name: kind.kind().label.to_owned(),
        title: Some(format!("示例小区{}台账", kind.kind().label)),
        note: Some("共 4　导出时间：2026年3月5日 12:00".to_owned()),
        columns,
        rows: lines,
        totals_label: Some("合计".to_owned()),
    };
    let bytes = write_workbook(&[sheet], noon()).expect("written");
    let tables = read_tables(&bytes, "导出.xlsx").expect("tables");
    assert_eq!(tables.tables.len(), 1);
    let found = &tables.tables[0];
    assert_eq!(found.mapping.kind, kind, "{:?}", found.mapping);
    assert_eq!(found.mapping.confidence, 100, "{:?}", found.mapping);
    assert_eq!(found.mapping.missing, []);
    let read: Rows = tables.extract().remove(0);
    assert_eq!(read.rows.len(), 4, "{:?}", read.skipped);
    assert!(
        read.checks.iter().all(|check| check.equal),
        "{:?}",
        read.checks
    );
    for (row, line) in read.rows.iter().zip(&rows) {
        assert_eq!(row.problems, []);
        for (field, cell) in fields.iter().zip(line) {
            let wanted = expected(cell);
            let place = usize::from(with_compound)
                + fields
                    .iter()
                    .position(|other| other.code == field.code)
                    .expect("a field");
            let told = match found.mapping.columns[place].target {
                Target::Building => row.key.building.clone().map_or(Value::Null, Value::Text),
                Target::Entrance => row.key.entrance.clone().map_or(Value::Null, Value::Text),
                Target::Room => row.key.room.clone().map_or(Value::Null, Value::Text),
                target => row.value(&found.mapping, target).clone(),
            };
            assert_eq!(told, wanted, "{kind:?}.{}", field.code);
        }
        assert!(row.cells.iter().all(|cell| cell.problem.is_none()));
        assert_eq!(row.key.compound.is_some(), with_compound);
    }
}

#[rstest]
fn every_kind_comes_back(#[values(false, true)] with_compound: bool) {
    for kind in KindCode::ALL {
        check(kind, with_compound && kind != KindCode::Compound);
    }
}
