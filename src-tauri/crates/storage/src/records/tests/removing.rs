//! Removing records with what hangs on them.

use jiugai_domain::{KindCode, Value};

use super::{Sample, assert_sound, sample};
use crate::StorageError;
use crate::records::{exists, get, removal_preview, remove};

fn count(s: &Sample, kind: KindCode) -> usize {
    let sql = format!("SELECT count(*) FROM \"{}\"", kind.kind().table);
    s.conn
        .query_row(&sql, [], |row| row.get::<_, i64>(0))
        .map(|count| usize::try_from(count).expect("count"))
        .expect("counted")
}

#[test]
fn a_building_goes_with_what_is_in_it() {
    let s = sample();
    let before: Vec<usize> = KindCode::ALL.map(|kind| count(&s, kind)).to_vec();
    let preview = removal_preview(&s.conn, KindCode::Building, &[s.building]).expect("preview");
    assert_eq!(
        preview,
        [
            (KindCode::Building, 1),
            (KindCode::Entrance, 2),
            (KindCode::Dwelling, 4),
            (KindCode::Ownership, 2),
            (KindCode::Household, 1)
        ]
    );
    remove(&s.conn, KindCode::Building, s.building).expect("removed");
    for (kind, before) in KindCode::ALL.into_iter().zip(before) {
        let gone = preview
            .iter()
            .find(|(gone, _)| *gone == kind)
            .map_or(0, |(_, gone)| *gone);
        assert_eq!(count(&s, kind), before - gone, "{kind:?}");
    }
    let outbuilding = get(&s.conn, KindCode::Outbuilding, s.outbuilding)
        .expect("read")
        .expect("kept");
    assert_eq!(
        (outbuilding.value("building"), outbuilding.value("dwelling")),
        (&Value::Null, &Value::Null)
    );
    assert_sound(&s.conn);
}

#[test]
fn an_entrance_goes_with_its_dwellings() {
    let s = sample();
    let preview = removal_preview(&s.conn, KindCode::Entrance, &[s.entrance]).expect("preview");
    assert!(preview.contains(&(KindCode::Dwelling, 3)), "{preview:?}");
    remove(&s.conn, KindCode::Entrance, s.entrance).expect("removed");
    assert!(!exists(&s.conn, KindCode::Household, s.household).expect("read"));
    assert_sound(&s.conn);
}

#[test]
fn a_compound_goes_whole() {
    let s = sample();
    let preview = removal_preview(&s.conn, KindCode::Compound, &[s.compound]).expect("preview");
    remove(&s.conn, KindCode::Compound, s.compound).expect("removed");
    assert_eq!(
        preview.iter().map(|(_, count)| count).sum::<usize>(),
        1 + 3 + 3 + 9 + 2 + 2 + 2 + 1 + 1 + 1 + 1 + 1
    );
    for kind in KindCode::ALL {
        assert_eq!(
            count(&s, kind),
            usize::from(kind == KindCode::WorkUnit),
            "{kind:?}"
        );
    }
    assert_sound(&s.conn);
}

#[test]
fn what_a_plan_counts_on_stays() {
    let s = sample();
    for refused in [
        remove(&s.conn, KindCode::Outbuilding, s.outbuilding),
        removal_preview(&s.conn, KindCode::Outbuilding, &[s.outbuilding]).map(|_| ()),
    ] {
        match refused {
            Err(StorageError::Planned { kind, plans }) => {
                assert_eq!(kind, KindCode::Outbuilding);
                assert_eq!(plans, ["改造方案（第1版）"]);
            }
            other => panic!("{other:?}"),
        }
    }
    remove(&s.conn, KindCode::Plan, s.plan).expect("removed");
    assert!(!exists(&s.conn, KindCode::Effect, s.effect).expect("read"));
    remove(&s.conn, KindCode::Outbuilding, s.outbuilding).expect("now free");
    assert_sound(&s.conn);
}

#[test]
fn a_work_unit_leaves_its_buildings() {
    let s = sample();
    remove(&s.conn, KindCode::WorkUnit, s.work_unit).expect("removed");
    let building = get(&s.conn, KindCode::Building, s.building)
        .expect("read")
        .expect("kept");
    assert_eq!(building.value("workUnit"), &Value::Null);
    let again = remove(&s.conn, KindCode::WorkUnit, s.work_unit);
    assert!(
        matches!(again, Err(StorageError::NotFound { .. })),
        "{again:?}"
    );
}

#[test]
fn an_owner_goes_with_the_ownerships_only() {
    let s = sample();
    assert_eq!(
        removal_preview(&s.conn, KindCode::Owner, &[s.owner]).expect("preview"),
        [(KindCode::Owner, 1), (KindCode::Ownership, 1)]
    );
    remove(&s.conn, KindCode::Owner, s.owner).expect("removed");
    assert!(exists(&s.conn, KindCode::Dwelling, s.dwelling).expect("read"));
    assert!(!exists(&s.conn, KindCode::Ownership, s.ownership).expect("read"));
}
