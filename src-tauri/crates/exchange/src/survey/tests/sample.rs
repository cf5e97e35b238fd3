//! The sample ledger as it lies on people's desks, number by number.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use jiugai_domain::KindCode::{Dwelling, Household, Owner};
use jiugai_domain::Value;

use crate::survey::{IssueCode, Severity, SubtotalScope, SurveyLedger, Target, read_survey};

pub(super) const BYTES: &[u8] =
    include_bytes!("../../../../api/data/sample/摸底台账_五交化家属院_示例.xlsx");

fn ledger() -> SurveyLedger {
    read_survey(BYTES, "摸底台账_五交化家属院_示例.xlsx").expect("the sample is a survey ledger")
}

#[test]
fn place_and_date() {
    let ledger = ledger();
    assert_eq!(ledger.sheets, ["入户摸底表"]);
    assert_eq!(
        ledger.title.as_deref(),
        Some("七一路街道文明社区五交化家属院老旧小区改造入户摸底台账（示例）")
    );
    assert_eq!(ledger.compound_name.as_deref(), Some("五交化家属院"));
    assert_eq!(ledger.subdistrict.as_deref(), Some("七一路街道"));
    assert_eq!(ledger.community.as_deref(), Some("文明社区"));
    assert_eq!(ledger.filled_on, NaiveDate::from_ymd_opt(2021, 3, 5));
    assert!(ledger.is_sample);
}

#[test]
fn every_column_is_recognised_and_says_why() {
    let ledger = ledger();
    assert_eq!(ledger.unmapped, []);
    let found: Vec<String> = ledger
        .columns
        .iter()
        .map(|column| format!("{} {} {}", column.range, column.path.join("/"), column.word))
        .collect();
    assert_eq!(
        found,
        [
            "A3:A4 序号 序号",
            "B3:B4 楼号 楼号",
            "C3:C4 单元 单元",
            "D3:D4 房号 房号",
            "E3:E4 业主姓名 业主姓名",
            "F3:F4 联系电话 联系电话",
            "G3:G4 产权情况/性质 性质",
            "H3:H4 产权情况/产权单位 产权单位",
            "I3:I4 产权情况/建筑面积（㎡） 建筑面积",
            "J3:J4 产权情况/不动产权证 不动产权证",
            "K3:K4 居住情况/自住/出租/空置 自住/出租/空置",
            "L3:L4 居住情况/常住人口 常住人口",
            "M3:M4 居住情况/其中60岁以上 60岁以上",
            "N3:N4 居住情况/残疾人 残疾人",
            "O3:O4 车辆（辆）/汽车 汽车",
            "P3:P4 车辆（辆）/电动车 电动车",
            "Q3:Q4 附属房（间）/大排房 大排房",
            "R3:R4 附属房（间）/小配房 小配房",
            "S3:S4 附属房（间）/违建 违建",
            "T3:T4 是否同意改造 是否同意改造",
            "U3:U4 是否配合拆除 是否配合拆除",
            "V3:V4 备注 备注",
        ]
    );
    assert!(ledger.columns.iter().all(|column| column.exact));
}

#[test]
fn buildings_dwellings_people_and_rooms() {
    let ledger = ledger();
    let mut per_building: BTreeMap<&str, (usize, i64, i64, i64)> = BTreeMap::new();
    for row in &ledger.rows {
        let counts = per_building.entry(&row.building).or_default();
        counts.0 += 1;
        counts.1 += row.value(Household, "people").as_integer().unwrap_or(0);
        counts.2 += row
            .value(Dwelling, "grossFloorArea")
            .as_integer()
            .unwrap_or(0);
        counts.3 += row.outbuildings.iter().map(|(_, rooms)| rooms).sum::<i64>();
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
    assert_eq!(ledger.rows.len(), 307);
    let total = |kind| ledger.rows.iter().map(|row| row.rooms(kind)).sum::<i64>();
    assert_eq!(
        [total("rowHouse"), total("annexRoom"), total("unauthorized")],
        [22, 55, 30]
    );
    let people: i64 = ledger
        .rows
        .iter()
        .filter_map(|row| row.value(Household, "people").as_integer())
        .sum();
    assert_eq!(people, 1100);
}

#[test]
fn every_subtotal_is_checked_and_agrees() {
    let ledger = ledger();
    assert_eq!(ledger.checks.len(), 90, "nine total rows of ten figures");
    assert_eq!(ledger.checks.iter().filter(|check| !check.equal).count(), 0);
    let whole: Vec<(i64, &str)> = ledger
        .checks
        .iter()
        .filter(|check| check.scope == SubtotalScope::All)
        .map(|check| (check.stated, check.unit))
        .collect();
    assert_eq!(
        whole,
        [
            (307, "户"),
            (2_023_853, "㎡"),
            (1100, "人"),
            (141, "人"),
            (3, "人"),
            (180, "辆"),
            (350, "辆"),
            (22, "间"),
            (55, "间"),
            (30, "间")
        ]
        .into_iter()
        .collect::<Vec<_>>()
    );
    let first = &ledger.checks[0];
    assert_eq!(
        (first.row, &first.scope, first.target, first.stated),
        (
            29,
            &SubtotalScope::Building {
                building: "1号楼".into()
            },
            Target::Room,
            24
        )
    );
}

#[test]
fn only_the_footnote_is_met() {
    let ledger = ledger();
    let met: Vec<_> = ledger
        .issues
        .iter()
        .map(|issue| (issue.severity, issue.row, issue.code.clone()))
        .collect();
    assert_eq!(met, [(Severity::Note, Some(321), IssueCode::Footnote)]);
    assert_eq!(ledger.originals, []);
}

#[test]
fn rows_are_typed_and_canonical() {
    let ledger = ledger();
    let row = ledger
        .rows
        .iter()
        .find(|row| row.row == 10)
        .expect("row 10");
    assert_eq!(
        (
            row.building.as_str(),
            row.entrance.as_deref(),
            row.room.as_str(),
            row.storey
        ),
        ("1号楼", Some("1单元"), "302", Some(3))
    );
    assert_eq!(row.owner_name.as_deref(), Some("杨某"));
    assert_eq!(row.work_unit.as_deref(), Some("五交化公司"));
    let text = |value: &str| Value::Text(value.to_owned());
    assert_eq!(
        row.cells,
        [
            (Owner, "phone", text("131****7362")),
            (Household, "phone", text("131****7362")),
            (Dwelling, "tenure", text("reformed")),
            (Dwelling, "grossFloorArea", Value::Integer(5307)),
            (Dwelling, "titleState", text("titled")),
            (Household, "occupancy", text("ownerOccupied")),
            (Household, "people", Value::Integer(7)),
            (Household, "seniors60", Value::Integer(0)),
            (Household, "cars", Value::Integer(0)),
            (Household, "ebikes", Value::Integer(1)),
            (Household, "willingness", text("agree")),
        ]
    );
    let measured = ledger.rows.iter().find(|row| row.row == 8).expect("row 8");
    assert_eq!(
        measured.value(Dwelling, "grossFloorArea"),
        &Value::Integer(7430)
    );
    assert!(
        ledger
            .rows
            .iter()
            .all(|row| row.storey.is_some() && row.entrance.is_some())
    );
}
