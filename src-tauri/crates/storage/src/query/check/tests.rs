//! Every rule finds what was planted for it, and nothing before.

use std::collections::BTreeSet;

use jiugai_domain::check::{Looks, RULES, rule};
use jiugai_domain::{KindCode, RecordId};
use rusqlite::Connection;

use super::{Finding, Looked, Standing, counts, finding_at, findings, subject};
use crate::records::tests::{Sample, add, fresh, inventory, sample};

const TODAY: &str = "2021-03-06";

/// Rule and the statement that plants its fault in the sample.
const PLANTED: &[(&str, &str)] = &[
    (
        "duplicateRoom",
        "UPDATE dwelling SET room = '0101' WHERE room = '201'",
    ),
    (
        "duplicateBuilding",
        "UPDATE building SET name = '1#' WHERE name = '2号楼'",
    ),
    (
        "storeyAboveBuilding",
        "UPDATE building SET storeys = 6; UPDATE dwelling SET storey = 7 WHERE room = '201'",
    ),
    (
        "storeysImplausible",
        "UPDATE building SET storeys = 0 WHERE name = '1号楼'",
    ),
    (
        "yearInFuture",
        "UPDATE building SET built_year = 2022 WHERE name = '1号楼'",
    ),
    (
        "dateInFuture",
        "UPDATE compound SET surveyed_on = '2021-03-07'",
    ),
    (
        "yearsReversed",
        "UPDATE compound SET built_from = 1990, built_to = 1980",
    ),
    (
        "planDatesReversed",
        "UPDATE plan SET start_on = '2021-06-01', end_on = '2021-05-01'",
    ),
    ("areaZero", "UPDATE green_space SET area_dm2 = 0"),
    (
        "exclusiveAboveGross",
        "UPDATE dwelling SET exclusive_area_dm2 = 99999 WHERE room = '102'",
    ),
    (
        "partAboveWhole",
        "UPDATE green_space SET sunlit_dm2 = 99999",
    ),
    (
        "groupIsNotLargerThanHousehold",
        "UPDATE household SET children = 4 WHERE people = 3",
    ),
    (
        "oldestAreAmongTheOld",
        "UPDATE household SET seniors_80 = 2 WHERE people = 3",
    ),
    (
        "sharesAreNotMoreThanAll",
        "UPDATE ownership SET share_bp = 6000",
    ),
    ("demolishedRoomsAreThere", "UPDATE effect SET rooms = 23"),
    (
        "touchedAfterDemolition",
        "INSERT INTO effect (id, compound_id, sort_key, work_item_id, action, outbuilding_id) \
         SELECT unhex(replace(hex(id), '0', 'F')), compound_id, sort_key, work_item_id, action, outbuilding_id FROM effect",
    ),
    (
        "idTail",
        "UPDATE owner SET id_tail = '000000198001010000' WHERE name = '李某'",
    ),
    (
        "yearTooEarly",
        "UPDATE building SET built_year = 1948 WHERE name = '1号楼'",
    ),
    (
        "areaLarge",
        "UPDATE dwelling SET gross_floor_area_dm2 = 612000 WHERE room = '102'",
    ),
    (
        "roomTellsStorey",
        "UPDATE dwelling SET storey = 3 WHERE room = '201'",
    ),
    (
        "dwellingsDiffer",
        "UPDATE building SET declared_dwellings = 5 WHERE name = '1号楼'",
    ),
    (
        "entrancesDiffer",
        "UPDATE building SET declared_entrances = 3 WHERE name = '1号楼'",
    ),
    (
        "buildingAreaDiffers",
        "UPDATE building SET gross_floor_area_dm2 = 30000 WHERE name = '1号楼'",
    ),
    (
        "compoundAreaDiffers",
        "UPDATE compound SET declared_gross_floor_area_dm2 = 900",
    ),
    (
        "householdsDiffer",
        "UPDATE compound SET declared_households = 3",
    ),
    ("peopleDiffer", "UPDATE compound SET declared_people = 4"),
    (
        "peopleMany",
        "UPDATE household SET people = 102 WHERE people = 3",
    ),
    (
        "areaPerPerson",
        "UPDATE household SET people = 12 WHERE people = 3; UPDATE dwelling SET gross_floor_area_dm2 = 5900",
    ),
    (
        "nobodyAtHome",
        "UPDATE household SET people = 0, occupancy = 'rented' WHERE people = 3",
    ),
    (
        "vacantWithPeople",
        "UPDATE household SET people = 1 WHERE occupancy = 'vacant'",
    ),
    (
        "severalHouseholds",
        "UPDATE household SET dwelling_id = (SELECT max(dwelling_id) FROM household)",
    ),
    (
        "carsMany",
        "UPDATE household SET cars = 301 WHERE people = 3",
    ),
    ("sharesShort", "UPDATE ownership SET share_bp = 4000"),
    (
        "representatives",
        "UPDATE ownership SET is_representative = 1",
    ),
    (
        "phone",
        "UPDATE owner SET phone = '1380000' WHERE name = '李某'",
    ),
    (
        "structureWithoutFinding",
        "UPDATE outbuilding SET finding = 'pending'",
    ),
    (
        "demolitionState",
        "UPDATE outbuilding SET state = 'standing', demolished_on = '2021-03-01'",
    ),
    ("structureWithoutRooms", "UPDATE outbuilding SET rooms = 0"),
    (
        "structureAreaDiffers",
        "UPDATE outbuilding SET length_mm = 10000, width_mm = 5000, area_dm2 = 6000",
    ),
    ("itemWithoutEffect", "DELETE FROM effect"),
    (
        "estimateDiffers",
        "UPDATE work_item SET quantity = 1000, unit_price_fen = 500, estimate_fen = 5101",
    ),
    ("finalWithoutBudget", "UPDATE work_item SET final_fen = 100"),
    ("stale", "UPDATE compound SET surveyed_on = '2019-03-05'"),
    ("dwellingWithoutOwner", "DELETE FROM ownership"),
    ("dwellingWithoutHousehold", "DELETE FROM household"),
    (
        "representativeMissing",
        "UPDATE ownership SET is_representative = 0",
    ),
    (
        "declinedWithoutReason",
        "INSERT INTO wish (id, compound_id, sort_key, dwelling_id, measure, attitude, answer) \
         SELECT id, compound_id, sort_key, dwelling_id, 'lift', 'want', 'declined' FROM household WHERE people = 3",
    ),
    (
        "householdElsewhere",
        "INSERT INTO visit (id, compound_id, sort_key, dwelling_id, household_id, visited_on, outcome) \
         SELECT h.id, h.compound_id, h.sort_key, h.dwelling_id, other.id, '2021-03-01', 'done' FROM household AS h \
         JOIN household AS other ON other.id <> h.id WHERE h.people = 3",
    ),
];

/// Rules that find something in the small sample, which leaves much open.
const OPEN: [&str; 4] = [
    "structureWithoutFinding",
    "dwellingWithoutOwner",
    "dwellingWithoutHousehold",
    "representativeMissing",
];

fn looked(compound: Option<RecordId>) -> Looked<'static> {
    Looked {
        compound,
        today: TODAY,
    }
}

fn count(conn: &Connection, code: &str, compound: Option<RecordId>, standing: Standing) -> usize {
    counts(conn, looked(compound), standing)
        .expect("counted")
        .into_iter()
        .find(|count| count.rule.code == code)
        .expect("rule")
        .count
}

fn found(conn: &Connection, code: &str, standing: Standing) -> Vec<Finding> {
    let rule = rule(code).expect("rule");
    findings(conn, looked(None), rule, standing, 0, 1_000).expect("read")
}

#[test]
fn every_rule_has_something_planted() {
    let planted: BTreeSet<&str> = PLANTED.iter().map(|(code, _)| *code).collect();
    let rules: BTreeSet<&str> = RULES
        .iter()
        .filter(|rule| matches!(rule.looks, Looks::At(_)))
        .map(|rule| rule.code)
        .collect();
    assert_eq!(planted, rules);
}

#[test]
fn planted_faults_are_found_and_counted_alike() {
    for (code, statement) in PLANTED {
        let s = sample();
        let before = found(&s.conn, code, Standing::Open).len();
        assert_eq!(before > 0, OPEN.contains(code), "{code} before");
        s.conn.execute_batch(statement).expect(code);
        let after = found(&s.conn, code, Standing::Open);
        assert!(
            after.len() > before || OPEN.contains(code),
            "{code}: nothing found"
        );
        for compound in [None, Some(s.compound)] {
            assert_eq!(
                count(&s.conn, code, compound, Standing::Open),
                after.len(),
                "{code}: counted otherwise"
            );
        }
        let other = Some(fresh());
        assert_eq!(
            count(&s.conn, code, other, Standing::Open),
            0,
            "{code} elsewhere"
        );
        for finding in after {
            assert!(
                finding
                    .rule
                    .cells()
                    .contains(&(finding.kind, finding.field))
            );
            assert_eq!(finding.compound, Some(s.compound));
            let again = finding_at(
                &s.conn,
                TODAY,
                finding.rule,
                (finding.kind, finding.id, finding.field.code),
            );
            assert_eq!(again.expect("read").as_ref(), Some(&finding));
        }
    }
}

#[test]
fn empty_fields_are_told_one_by_one_until_they_are_filled() {
    let s = sample();
    let of = |field: &str| {
        found(&s.conn, "missingGreenSpace", Standing::Open)
            .iter()
            .filter(|finding| finding.field.code == field)
            .count()
    };
    assert_eq!((of("place"), of("width"), of("area")), (1, 1, 0));
    s.conn
        .execute("UPDATE green_space SET place = '1号楼南'", [])
        .expect("filled");
    assert_eq!((of("place"), of("width")), (0, 1));
}

#[test]
fn a_vacant_household_is_not_asked_for_its_people() {
    let s = sample();
    let people = found(&s.conn, "missingHousehold", Standing::Open)
        .iter()
        .filter(|finding| finding.field.code == "people")
        .count();
    assert_eq!(people, 0);
    s.conn
        .execute(
            "UPDATE household SET occupancy = 'rented', people = NULL",
            [],
        )
        .expect("changed");
    let people = found(&s.conn, "missingHousehold", Standing::Open)
        .iter()
        .filter(|finding| finding.field.code == "people")
        .count();
    assert_eq!(people, 2);
}

#[test]
fn every_kind_tells_its_empty_fields() {
    let conn = inventory();
    let compound = add(&conn, KindCode::Compound, None, &[("name", "示例小区")]);
    add(&conn, KindCode::WorkUnit, None, &[("name", "示例公司")]);
    assert!(count(&conn, "missingCompound", Some(compound), Standing::Open) > 5);
    assert!(count(&conn, "missingWorkUnit", None, Standing::Open) > 0);
    assert_eq!(
        count(&conn, "missingWorkUnit", Some(compound), Standing::Open),
        0
    );
}

#[test]
fn pages_join_to_the_whole_in_the_order_of_places() {
    let s = sample();
    let all = found(&s.conn, "missingDwelling", Standing::Open);
    assert!(all.len() > 12);
    let rule = rule("missingDwelling").expect("rule");
    let mut pages = Vec::new();
    for offset in (0..all.len()).step_by(4) {
        pages.extend(
            findings(&s.conn, looked(None), rule, Standing::Open, offset, 4).expect("page"),
        );
    }
    assert_eq!(pages, all);
    let buildings: Vec<&str> = all
        .iter()
        .filter(|finding| finding.field == all[0].field)
        .map(|finding| finding.building.as_str())
        .collect();
    assert!(buildings.is_sorted_by_key(|name| jiugai_domain::text::natural_key(name)));
}

fn waive(s: &Sample, finding: &Finding) -> RecordId {
    add(
        &s.conn,
        KindCode::Waiver,
        None,
        &[
            ("label", &finding.label),
            ("rule", finding.rule.code),
            ("subject", &subject(finding.id)),
            ("field", finding.field.code),
            ("judged", &finding.judged),
            ("reason", "示例理由"),
        ],
    )
}

#[test]
fn what_was_judged_is_silent_until_its_value_changes() {
    let s = sample();
    let plant = |area: i64| {
        s.conn
            .execute(
                "UPDATE dwelling SET gross_floor_area_dm2 = ?1 WHERE room = '102'",
                [area],
            )
            .expect("planted");
    };
    plant(60_000);
    let open = found(&s.conn, "areaLarge", Standing::Open);
    assert_eq!(open.len(), 1);
    assert_eq!(open[0].figures, ["600.00"]);
    let id = waive(&s, &open[0]);
    assert_eq!(found(&s.conn, "areaLarge", Standing::Open), []);
    assert_eq!(count(&s.conn, "areaLarge", None, Standing::Open), 0);
    let waived = found(&s.conn, "areaLarge", Standing::Waived);
    assert_eq!(count(&s.conn, "areaLarge", None, Standing::Waived), 1);
    let judgement = waived[0].judgement.as_ref().expect("judgement");
    assert_eq!((judgement.id, judgement.reason.as_str()), (id, "示例理由"));

    plant(70_000);
    let again = found(&s.conn, "areaLarge", Standing::Open);
    assert_eq!(again.len(), 1);
    assert!(again[0].judgement.is_some(), "the earlier reason is told");
    assert_eq!(found(&s.conn, "areaLarge", Standing::Waived), []);
    plant(6_000);
    assert_eq!(found(&s.conn, "areaLarge", Standing::Open), []);
}
