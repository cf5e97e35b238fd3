//! The sample ledger as it lies on people's desks, number by number and without a hand.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jiugai_domain::KindCode::{Dwelling, Household, Owner};
use jiugai_domain::{KindCode, Value};

use crate::table::{CheckScope, Reason, RowRole, Rows, Tables, Target, read_tables};

const NAME: &str = "摸底台账_五交化家属院_示例.xlsx";
const BYTES: &[u8] = include_bytes!("../../../../api/data/sample/摸底台账_五交化家属院_示例.xlsx");

fn sample() -> (Tables, Rows) {
    let tables = read_tables(BYTES, NAME).expect("tables");
    assert_eq!(tables.tables.len(), 1);
    let rows = tables.extract().remove(0);
    (tables, rows)
}

#[test]
fn place_and_date() {
    let (tables, rows) = sample();
    let found = &tables.tables[0];
    assert_eq!(rows.sheet, "入户摸底表");
    assert_eq!(found.mapping.kind, Dwelling);
    assert_eq!(found.mapping.missing, []);
    let facts = &found.table.facts;
    assert_eq!(
        facts.title.as_deref(),
        Some("七一路街道文明社区五交化家属院老旧小区改造入户摸底台账（示例）")
    );
    assert_eq!(facts.compound.as_deref(), Some("五交化家属院"));
    assert_eq!(facts.subdistrict.as_deref(), Some("七一路街道"));
    assert_eq!(facts.community.as_deref(), Some("文明社区"));
    assert_eq!(facts.filled_on, NaiveDate::from_ymd_opt(2021, 3, 5));
    assert!(facts.is_sample);
}

#[test]
fn every_column_is_recognised_and_says_why() {
    let (tables, _) = sample();
    let found = &tables.tables[0];
    let columns = found.table.columns.iter().zip(&found.mapping.columns);
    let shown: Vec<String> = columns
        .map(|(column, mapped)| {
            assert!(
                matches!(mapped.reason, Reason::Word { .. }),
                "{:?}",
                mapped.reason
            );
            format!(
                "{} {} {}",
                column.range,
                column.path.join("/"),
                mapped.target.code()
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "A3:A4 序号 serial",
            "B3:B4 楼号 building",
            "C3:C4 单元 entrance",
            "D3:D4 房号 room",
            "E3:E4 业主姓名 owner.name",
            "F3:F4 联系电话 phone",
            "G3:G4 产权情况/性质 dwelling.tenure",
            "H3:H4 产权情况/产权单位 dwelling.workUnit",
            "I3:I4 产权情况/建筑面积（㎡） dwelling.grossFloorArea",
            "J3:J4 产权情况/不动产权证 dwelling.titleState",
            "K3:K4 居住情况/自住/出租/空置 household.occupancy",
            "L3:L4 居住情况/常住人口 household.people",
            "M3:M4 居住情况/其中60岁以上 household.seniors60",
            "N3:N4 居住情况/残疾人 household.disabled",
            "O3:O4 车辆（辆）/汽车 household.cars",
            "P3:P4 车辆（辆）/电动车 household.ebikes",
            "Q3:Q4 附属房（间）/大排房 rooms.rowHouse",
            "R3:R4 附属房（间）/小配房 rooms.annexRoom",
            "S3:S4 附属房（间）/违建 rooms.unauthorized",
            "T3:T4 是否同意改造 household.willingness",
            "U3:U4 是否配合拆除 household.cooperation",
            "V3:V4 备注 dwelling.remark",
        ]
    );
}

#[test]
fn buildings_dwellings_people_and_rooms() {
    let (tables, rows) = sample();
    let mapping = &tables.tables[0].mapping;
    let mut per_building: BTreeMap<&str, (usize, i64, i64, i64)> = BTreeMap::new();
    let mut rooms: BTreeMap<&str, i64> = BTreeMap::new();
    for row in &rows.rows {
        let value = |kind, field| {
            let value = row.value(mapping, Target::Field { kind, field });
            value.as_integer().unwrap_or(0)
        };
        let building = row.key.building.as_deref().expect("a building");
        let counts = per_building.entry(building).or_default();
        counts.0 += 1;
        counts.1 += value(Household, "people");
        counts.2 += value(Dwelling, "grossFloorArea");
        for (kind, number) in row.rooms(mapping) {
            counts.3 += number;
            *rooms.entry(kind).or_default() += number;
        }
    }
    assert_eq!(
        per_building.into_iter().collect::<Vec<_>>(),
        [
            ("1号楼", (24, 95, 161_018, 9)),
            ("2号楼", (40, 143, 281_323, 20)),
            ("3号楼", (40, 147, 259_636, 17)),
            ("4号楼", (36, 130, 229_574, 6)),
            ("5号楼", (48, 173, 320_644, 15)),
            ("6号楼", (36, 124, 230_351, 14)),
            ("7号楼", (48, 146, 315_490, 12)),
            ("8号楼", (35, 142, 225_817, 14)),
        ]
    );
    assert_eq!(rows.rows.len(), 307);
    assert_eq!(
        ["rowHouse", "annexRoom", "unauthorized"].map(|kind| rooms[kind]),
        [22, 55, 30]
    );
}

#[test]
fn every_total_is_checked_and_agrees() {
    let (_, rows) = sample();
    assert_eq!(rows.checks.len(), 90, "nine total rows of ten figures");
    assert!(rows.checks.iter().all(|check| check.equal));
    let of = |scope: &CheckScope| -> Vec<(u32, i64)> {
        let checks = rows.checks.iter().filter(|check| check.scope == *scope);
        checks.map(|check| (check.row, check.stated)).collect()
    };
    let whole = of(&CheckScope::All);
    assert_eq!(
        whole.iter().map(|(_, stated)| *stated).collect::<Vec<_>>(),
        [307, 2_023_853, 1100, 141, 3, 180, 350, 22, 55, 30]
    );
    let building = "1号楼".to_owned();
    let first = of(&CheckScope::Building { building });
    assert_eq!((first.len(), first[0]), (10, (29, 24)));
}

#[test]
fn only_totals_and_the_footnote_are_read_over() {
    let (_, rows) = sample();
    assert!(rows.rows.iter().all(|row| row.weight().is_none()));
    let other: Vec<&(u32, RowRole)> = rows
        .skipped
        .iter()
        .filter(|(_, role)| !matches!(role, RowRole::Total { .. }))
        .collect();
    assert_eq!(rows.skipped.len(), 10);
    assert_eq!(other, [&(321, RowRole::Footnote)]);
}

#[test]
fn rows_are_typed_and_canonical() {
    let (tables, rows) = sample();
    let mapping = &tables.tables[0].mapping;
    let row = rows.rows.iter().find(|row| row.row == 10).expect("row 10");
    assert_eq!(row.key.building.as_deref(), Some("1号楼"));
    assert_eq!(row.key.entrance.as_deref(), Some("1单元"));
    assert_eq!(row.key.room.as_deref(), Some("302"));
    assert_eq!(row.storey, Some(3));
    let fields = |kind: KindCode| -> Vec<(&str, Value)> {
        row.fields(mapping, kind)
            .map(|(field, value)| (field.code, value.clone()))
            .collect()
    };
    let text = |value: &str| Value::Text(value.to_owned());
    assert_eq!(
        fields(Owner),
        [("name", text("杨某")), ("phone", text("131****7362"))]
    );
    assert_eq!(
        fields(Dwelling),
        [
            ("tenure", text("reformed")),
            ("workUnit", text("五交化公司")),
            ("grossFloorArea", Value::Integer(5307)),
            ("titleState", text("titled")),
        ]
    );
    assert_eq!(
        fields(Household),
        [
            ("phone", text("131****7362")),
            ("occupancy", text("ownerOccupied")),
            ("people", Value::Integer(7)),
            ("seniors60", Value::Integer(0)),
            ("cars", Value::Integer(0)),
            ("ebikes", Value::Integer(1)),
            ("willingness", text("agree")),
        ]
    );
    assert!(
        rows.rows
            .iter()
            .all(|row| row.storey.is_some() && row.key.entrance.is_some())
    );
}
