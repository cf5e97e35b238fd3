//! The sample ledger by the general reader: what the survey reader says, without a hand.

use jiugai_domain::KindCode;

use crate::survey::read_survey;
use crate::table::{Reason, Target, read_tables};

const NAME: &str = "摸底台账_五交化家属院_示例.xlsx";
const BYTES: &[u8] = include_bytes!("../../../../api/data/sample/摸底台账_五交化家属院_示例.xlsx");

#[test]
fn three_hundred_and_seven_dwellings_without_a_hand() {
    let tables = read_tables(BYTES, NAME).expect("tables");
    assert_eq!(tables.tables.len(), 1);
    let found = &tables.tables[0];
    assert_eq!(found.mapping.kind, KindCode::Dwelling);
    assert_eq!(found.mapping.missing, []);
    assert_eq!(found.table.facts.compound.as_deref(), Some("五交化家属院"));
    assert!(found.table.facts.is_sample);
    assert!(
        found
            .mapping
            .columns
            .iter()
            .all(|column| matches!(column.reason, Reason::Word { .. })),
        "{:?}",
        found.mapping.columns
    );
    let rows = tables.extract().remove(0);
    let survey = read_survey(BYTES, NAME).expect("survey");
    assert_eq!(rows.rows.len(), 307);
    assert_eq!(survey.rows.len(), 307);
    for (row, old) in rows.rows.iter().zip(&survey.rows) {
        assert_eq!(row.row, old.row);
        assert_eq!(row.key.building.as_deref(), Some(old.building.as_str()));
        assert_eq!(row.key.entrance, old.entrance);
        assert_eq!(row.key.room.as_deref(), Some(old.room.as_str()));
        assert_eq!(row.storey, old.storey);
        for (kind, field, value) in &old.cells {
            let target = match *field {
                "phone" => Target::Phone,
                field => Target::Field { kind: *kind, field },
            };
            assert_eq!(row.value(&found.mapping, target), value, "row {}", row.row);
        }
        let rooms: Vec<(&str, i64)> = row.rooms(&found.mapping).collect();
        assert_eq!(rooms, old.outbuildings);
        let of_household = row.fields(&found.mapping, KindCode::Household).count();
        let old_household = old
            .cells
            .iter()
            .filter(|(kind, ..)| *kind == KindCode::Household);
        assert_eq!(of_household, old_household.count());
    }
    assert_eq!(rows.checks.len(), survey.checks.len());
    let unequal = |equal: &[bool]| equal.iter().filter(|equal| !**equal).count();
    let new: Vec<bool> = rows.checks.iter().map(|check| check.equal).collect();
    let old: Vec<bool> = survey.checks.iter().map(|check| check.equal).collect();
    assert_eq!(unequal(&new), unequal(&old));
    for (new, old) in rows.checks.iter().zip(&survey.checks) {
        assert_eq!(
            (new.row, new.stated, new.computed),
            (old.row, old.stated, old.computed)
        );
    }
}
