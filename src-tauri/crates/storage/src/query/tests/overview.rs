//! Counts of compounds, invariants.

use jiugai_domain::KindCode;

use crate::query::counts;
use crate::query::invariants::{doubts, violations};
use crate::records::tests::{add, assert_sound, sample};

#[test]
fn dwellings_households_and_people_stay_apart() {
    let s = sample();
    let other = add(&s.conn, KindCode::Compound, None, &[("name", "2号院")]);
    let all = counts(&s.conn, None).expect("read");
    assert_eq!(
        all.iter()
            .map(|count| count.name.as_str())
            .collect::<Vec<_>>(),
        ["2号院", "示例家属院"]
    );
    let one = counts(&s.conn, Some(s.compound)).expect("read");
    assert_eq!(one, all[1..]);
    let c = &one[0];
    assert_eq!(
        (c.compound, c.stage.as_deref()),
        (s.compound, Some("baselineSurvey"))
    );
    assert_eq!(
        (
            c.buildings,
            c.entrances,
            c.dwellings,
            c.households,
            c.people,
            c.owners
        ),
        (3, 3, 9, 2, 3, 2)
    );
    assert_eq!(
        (
            c.row_house_rooms,
            c.annex_room_rooms,
            c.unauthorized_rooms,
            c.other_outbuilding_rooms
        ),
        (22, 0, 0, 0)
    );
    assert_eq!(
        (c.cycle_sheds, c.parking_spaces, c.green_area_dm2),
        (0, None, Some(12_050))
    );
    assert_eq!(
        (
            c.seniors60,
            c.vacant_households,
            c.agreeing,
            c.opposing,
            c.unanswered()
        ),
        (1, 1, 1, 0, 1)
    );
    let empty = &all[0];
    assert_eq!(
        (
            empty.compound,
            empty.dwellings,
            empty.gross_floor_area_dm2,
            empty.unanswered()
        ),
        (other, 0, None, 0)
    );
}

#[test]
fn a_building_without_its_own_area_has_that_of_its_dwellings() {
    let s = sample();
    let area = counts(&s.conn, Some(s.compound)).expect("read")[0].gross_floor_area_dm2;
    // 10号楼 has its own 1000 ㎡, which stand instead of the 90 of its dwellings.
    assert_eq!(area, Some(100_000 + 6120 + 6375 + 6120 + 7000 + 8888));
}

#[test]
fn invariants_hold_and_notice_what_breaks_them() {
    let s = sample();
    assert_sound(&s.conn);
    s.conn
        .execute_batch("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
        .expect("loosened");
    for (sql, invariant) in [
        (
            "UPDATE building SET sort_key = 'x' WHERE name = '2号楼'",
            "orderFollowsTheName",
        ),
        ("UPDATE compound SET stage = 'paradise'", "codeIsKnown"),
        (
            "UPDATE compound SET surveyed_on = '2021-02-30'",
            "dateIsADay",
        ),
        (
            "UPDATE household SET people = -1 WHERE contact IS NULL",
            "numberIsNotNegative",
        ),
        (
            "UPDATE household SET dwelling_id = randomblob(16) WHERE contact IS NULL",
            "referenceExists",
        ),
        ("UPDATE green_space SET remark = ' '", "textIsNotEmpty"),
        ("UPDATE compound SET enclosed = 7", "flagIsYesOrNo"),
        (
            "UPDATE effect SET outbuilding_id = NULL",
            "effectNamesItsTarget",
        ),
        (
            "UPDATE dwelling SET entrance_id = (SELECT e.id FROM entrance e JOIN building b ON b.id = e.building_id WHERE b.name = '2号楼') WHERE room = '201'",
            "entranceIsOfTheBuilding",
        ),
    ] {
        assert_eq!(s.conn.execute(sql, []).expect("broken"), 1, "{sql}");
        let found = violations(&s.conn, 5).expect("checked");
        assert!(
            found
                .iter()
                .any(|violation| violation.invariant == invariant),
            "{invariant}: {found:?}"
        );
    }
}

#[test]
fn doubts_are_no_violations() {
    let s = sample();
    s.conn
        .execute(
            "UPDATE household SET seniors_60 = 9 WHERE contact IS NOT NULL",
            [],
        )
        .expect("mistyped");
    s.conn
        .execute(
            "UPDATE ownership SET share_bp = 9000 WHERE share_bp = 5000",
            [],
        )
        .expect("mistyped");
    s.conn
        .execute("UPDATE effect SET rooms = 23", [])
        .expect("mistyped");
    let mut found: Vec<_> = doubts(&s.conn, 5)
        .expect("checked")
        .into_iter()
        .map(|doubt| doubt.invariant)
        .collect();
    found.dedup();
    assert_eq!(
        found,
        [
            "groupIsNotLargerThanHousehold",
            "sharesAreNotMoreThanAll",
            "demolishedRoomsAreThere"
        ]
    );
    assert_sound(&s.conn);
}
