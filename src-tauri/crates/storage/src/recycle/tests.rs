use jiugai_domain::KindCode::{Building, Dwelling, WorkUnit};

use super::*;
use crate::testing::{
    building, delete, dump, dwelling, id, memory, run, set, small, stamp, update,
};

fn bin(ledger: &Ledger) -> Vec<(i64, Vec<(KindCode, usize)>)> {
    ledger
        .recycle_bin()
        .unwrap()
        .into_iter()
        .map(|deletion| (deletion.transaction.seq, deletion.counts))
        .collect()
}

fn drop_building(ledger: &Ledger, minute: i64) -> i64 {
    run(
        ledger,
        &Op::many(OpCode::Delete, "1号楼", 2),
        minute,
        |conn| {
            delete(conn, Dwelling, 101)?;
            delete(conn, Building, 1)
        },
    )
    .unwrap()
}

#[test]
fn deleted_records_lie_in_the_bin_and_come_back() {
    let ledger = memory();
    small(&ledger);
    let before = dump(ledger.connection());
    assert_eq!(bin(&ledger), []);
    let seq = drop_building(&ledger, 1);
    assert_eq!(bin(&ledger), [(seq, vec![(Building, 1), (Dwelling, 1)])]);
    assert_eq!(ledger.recycle_bin().unwrap()[0].kind(), Some(Building));
    let restored = ledger.restore_deleted(seq, &stamp(2)).unwrap();
    assert_eq!(
        (restored.value, restored.scopes),
        (2, vec![Building, Dwelling])
    );
    assert_eq!(dump(ledger.connection()), before);
    assert_eq!(bin(&ledger), []);
    assert!(matches!(
        ledger.restore_deleted(seq, &stamp(3)),
        Err(StorageError::NoSuchTransaction { .. })
    ));
    // Restoring is work like any other.
    let line = ledger.next_undo().unwrap().unwrap();
    assert_eq!(crate::wording::operation(&line), "恢复 1号楼 等 2 条");
    ledger.undo(&stamp(4)).unwrap();
    assert_eq!(bin(&ledger), [(seq, vec![(Building, 1), (Dwelling, 1)])]);
}

#[test]
fn undo_and_redo_of_deletions_and_creations() {
    let ledger = memory();
    small(&ledger);
    let seq = drop_building(&ledger, 1);
    ledger.undo(&stamp(2)).unwrap();
    assert_eq!(bin(&ledger), []);
    ledger.redo(&stamp(3)).unwrap();
    assert_eq!(bin(&ledger), [(seq, vec![(Building, 1), (Dwelling, 1)])]);
    run(&ledger, &Op::one(OpCode::Create, "7号楼"), 4, |conn| {
        building(conn, 7, 1)
    })
    .unwrap();
    ledger.undo(&stamp(5)).unwrap();
    assert_eq!(
        bin(&ledger).len(),
        1,
        "a creation that was taken back is no deletion"
    );
}

#[test]
fn a_record_lies_in_the_bin_once_with_its_last_deletion() {
    let ledger = memory();
    small(&ledger);
    let first = drop_building(&ledger, 1);
    ledger.restore_deleted(first, &stamp(2)).unwrap();
    let second = run(&ledger, &Op::one(OpCode::Delete, "101"), 3, |conn| {
        delete(conn, Dwelling, 101)
    })
    .unwrap();
    assert_eq!(bin(&ledger), [(second, vec![(Dwelling, 1)])]);
}

#[test]
fn refused_when_the_parent_is_gone_or_the_name_is_taken() {
    let ledger = memory();
    small(&ledger);
    let room = run(&ledger, &Op::one(OpCode::Delete, "101"), 1, |conn| {
        delete(conn, Dwelling, 101)
    })
    .unwrap();
    let house = run(&ledger, &Op::one(OpCode::Delete, "1号楼"), 2, |conn| {
        delete(conn, Building, 1)
    })
    .unwrap();
    let before = dump(ledger.connection());
    let Err(StorageError::LaterChange(obstacle)) = ledger.restore_deleted(room, &stamp(3)) else {
        panic!()
    };
    assert_eq!(obstacle.reason, ObstacleReason::ParentGone);
    assert_eq!(obstacle.other, Some((Building, id(Building, 1))));
    assert_eq!(obstacle.by.unwrap().seq, house);
    run(&ledger, &update("1号楼"), 4, |conn| {
        building(conn, 8, 1)?;
        set(conn, Building, 8, "name = '1号楼'")
    })
    .unwrap();
    let Err(StorageError::LaterChange(obstacle)) = ledger.restore_deleted(house, &stamp(5)) else {
        panic!()
    };
    assert_eq!(
        (obstacle.reason, obstacle.record),
        (ObstacleReason::KeyTaken, (Building, id(Building, 1)))
    );
    ledger.undo(&stamp(6)).unwrap();
    assert_eq!(dump(ledger.connection()), before);
    ledger.restore_deleted(house, &stamp(7)).unwrap();
    ledger.restore_deleted(room, &stamp(8)).unwrap();
    assert_eq!(bin(&ledger), []);
    assert_eq!(ledger.verify(&[]).unwrap(), []);
}

#[test]
fn references_that_the_deletion_emptied_are_set_again() {
    let ledger = memory();
    small(&ledger);
    let unit = id(WorkUnit, 1);
    let link = |number: u16| {
        format!(
            "work_unit_id = x'{}', storeys = {number}",
            unit.to_string().replace('-', "")
        )
    };
    run(&ledger, &update("单位"), 1, |conn| {
        conn.execute(
            "INSERT INTO work_unit (id, sort_key, name) VALUES (?1, '单位', '单位')",
            [unit.0],
        )?;
        set(conn, Building, 1, &link(5))?;
        set(conn, Building, 2, &link(6))
    })
    .unwrap();
    let seq = run(&ledger, &Op::one(OpCode::Delete, "单位"), 2, |conn| {
        conn.execute(
            "UPDATE building SET work_unit_id = NULL, storeys = storeys + 10",
            [],
        )?;
        delete(conn, WorkUnit, 1)
    })
    .unwrap();
    ledger.restore_deleted(seq, &stamp(3)).unwrap();
    let linked: Vec<(i64, i64)> = ledger
        .connection()
        .prepare("SELECT work_unit_id IS NOT NULL, storeys FROM building ORDER BY name")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert_eq!(
        linked,
        [(1, 15), (1, 16)],
        "references only: other changes are not a deletion"
    );
    assert_eq!(ledger.verify(&[]).unwrap(), []);
}

#[test]
fn what_came_back_in_part_comes_back_in_the_rest() {
    let ledger = memory();
    small(&ledger);
    run(&ledger, &Op::one(OpCode::Create, "102"), 1, |conn| {
        dwelling(conn, 102, 1, 1)
    })
    .unwrap();
    let seq = run(&ledger, &Op::many(OpCode::Delete, "101", 2), 2, |conn| {
        conn.execute("DELETE FROM dwelling", [])
    })
    .unwrap();
    run(&ledger, &Op::one(OpCode::Create, "102"), 3, |conn| {
        dwelling(conn, 102, 1, 1)
    })
    .unwrap();
    assert_eq!(bin(&ledger), [(seq, vec![(Dwelling, 1)])]);
    assert_eq!(ledger.restore_deleted(seq, &stamp(4)).unwrap().value, 1);
    assert_eq!(
        ledger
            .connection()
            .query_row("SELECT count(*) FROM compound JOIN dwelling", [], |row| row
                .get::<_, i64>(0))
            .unwrap(),
        2
    );
}
