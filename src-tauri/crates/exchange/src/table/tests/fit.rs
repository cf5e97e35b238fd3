//! What no single cell shows: totals against the rows, people against one another.

use super::{read, sheet};
use crate::table::{CheckScope, RowProblem, Target, Weight};

#[test]
fn totals_of_entrances_buildings_and_all() {
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
    let (_, rows) = read(&sheet("表", &lines, &[]));
    assert_eq!(rows[0].rows.len(), 4);
    let differing: Vec<_> = rows[0]
        .checks
        .iter()
        .filter(|check| !check.equal)
        .map(|check| (check.row, check.target.code(), check.stated, check.computed))
        .collect();
    assert_eq!(
        differing,
        [
            (8, "room".to_owned(), 2, 1),
            (10, "household.people".to_owned(), 11, 10)
        ]
    );
    let scopes: Vec<_> = rows[0]
        .checks
        .iter()
        .filter(|check| check.target == Target::Room)
        .map(|check| check.scope.clone())
        .collect();
    let building = |name: &str| CheckScope::Building {
        building: name.into(),
    };
    let entrance = CheckScope::Entrance {
        building: "1号楼".into(),
        entrance: "1单元".into(),
    };
    assert_eq!(
        scopes,
        [
            entrance,
            building("1号楼"),
            building("2号楼"),
            CheckScope::All,
            CheckScope::All
        ]
    );
}

#[test]
fn totals_of_each_building_named_heji_and_a_total_on_top() {
    let each = [
        "楼号|房号|人口",
        "1|101|2",
        "合计|1户|2",
        "2|101|3",
        "合计|1户|3",
    ];
    let (_, rows) = read(&sheet("表", &each, &[]));
    assert_eq!(rows[0].checks.len(), 4);
    assert!(
        rows[0].checks.iter().all(|check| check.equal),
        "{:?}",
        rows[0].checks
    );
    let top = ["楼号|房号|人口", "合计|2户|5", "1|101|2", "2|101|3"];
    let (_, rows) = read(&sheet("表", &top, &[]));
    assert_eq!(rows[0].checks.len(), 2);
    assert!(
        rows[0]
            .checks
            .iter()
            .all(|check| check.equal && check.scope == CheckScope::All),
        "{:?}",
        rows[0].checks
    );
}

#[test]
fn people_that_do_not_fit() {
    let lines = [
        "楼号|房号|居住情况|常住人口|60岁以上",
        "1|101|空置|2|0",
        "1|102|自住||",
        "1|103|自住|2|3",
        "1|104|空置||",
        "1|105|空置|0|",
    ];
    let (_, rows) = read(&sheet("表", &lines, &[]));
    let met: Vec<_> = rows[0]
        .rows
        .iter()
        .flat_map(|row| {
            row.problems
                .iter()
                .map(|problem| (row.row, problem.clone()))
        })
        .collect();
    let part = RowProblem::PartExceedsPeople {
        field: "seniors60",
        part: 3,
        people: 2,
    };
    assert_eq!(
        met,
        [
            (
                2,
                (Weight::Warning, RowProblem::PeopleInVacant { people: 2 })
            ),
            (3, (Weight::Warning, RowProblem::PeopleMissing)),
            (4, (Weight::Warning, part)),
        ]
    );
}
