use jiugai_domain::KindCode::{Building, Compound, Dwelling};
use proptest::prelude::*;

use super::*;
use crate::OpCode;
use crate::testing::{
    Place, building, compound, delete, dump, dwelling, id, memory, run, set, small, stamp, update,
};

fn obstacle(result: Result<Changed<TransactionSummary>, StorageError>) -> Obstacle {
    match result {
        Err(StorageError::LaterChange(obstacle)) => *obstacle,
        other => panic!("{other:?}"),
    }
}

#[test]
fn undo_and_redo_walk_along_the_log() {
    let ledger = memory();
    let empty = dump(ledger.connection());
    assert!(matches!(
        ledger.undo(&stamp(0)),
        Err(StorageError::NothingToUndo)
    ));
    assert!(matches!(
        ledger.redo(&stamp(0)),
        Err(StorageError::NothingToRedo)
    ));
    small(&ledger);
    let first = dump(ledger.connection());
    let second = run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    let full = dump(ledger.connection());

    let undone = ledger.undo(&stamp(2)).unwrap();
    assert_eq!(undone.value.seq, second);
    assert_eq!(undone.scopes, [Building]);
    assert_eq!(dump(ledger.connection()), first);
    assert_eq!(ledger.next_redo().unwrap().unwrap().seq, second);
    assert_eq!(
        ledger.undo(&stamp(3)).unwrap().scopes,
        [Compound, Building, Dwelling]
    );
    assert_eq!(dump(ledger.connection()), empty);
    assert!(ledger.next_undo().unwrap().is_none());

    ledger.redo(&stamp(4)).unwrap();
    assert_eq!(dump(ledger.connection()), first);
    ledger.redo(&stamp(5)).unwrap();
    assert_eq!(dump(ledger.connection()), full);
    assert!(ledger.next_redo().unwrap().is_none());
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    assert_eq!(ledger.revision().unwrap(), 6);
}

#[test]
fn new_work_ends_what_could_be_redone() {
    let ledger = memory();
    small(&ledger);
    run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    ledger.undo(&stamp(2)).unwrap();
    run(&ledger, &update("2号楼"), 3, |conn| {
        set(conn, Building, 2, "storeys = 5")
    })
    .unwrap();
    assert!(ledger.next_redo().unwrap().is_none());
    ledger.undo(&stamp(4)).unwrap();
    assert_eq!(ledger.next_redo().unwrap().unwrap().subject, "2号楼");
    assert_eq!(ledger.next_undo().unwrap().unwrap().subject, "五交化家属院");
}

#[test]
fn undo_survives_reopening() {
    let place = Place::new();
    let ledger = place.create();
    let empty = dump(ledger.connection());
    small(&ledger);
    let full = dump(ledger.connection());
    ledger.close().unwrap();
    let ledger = place.open();
    ledger.undo(&stamp(2)).unwrap();
    assert_eq!(dump(ledger.connection()), empty);
    ledger.close().unwrap();
    let ledger = place.open();
    ledger.redo(&stamp(3)).unwrap();
    assert_eq!(dump(ledger.connection()), full);
}

#[test]
fn an_older_transaction_is_undone_around_later_ones() {
    let ledger = memory();
    small(&ledger);
    let storeys = run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    run(&ledger, &update("1号楼"), 2, |conn| {
        set(conn, Building, 1, "built_year = 1979")
    })
    .unwrap();
    ledger.undo_transaction(storeys, &stamp(3)).unwrap();
    let row: (Option<i64>, Option<i64>) = ledger
        .connection()
        .query_row(
            "SELECT storeys, built_year FROM building WHERE name = '1号楼'",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    assert_eq!(row, (None, Some(1979)));
    let again = ledger.undo_transaction(storeys, &stamp(4));
    assert!(matches!(again, Err(StorageError::NoSuchTransaction { seq }) if seq == storeys));
    assert_eq!(ledger.redo(&stamp(5)).unwrap().value.seq, storeys);
    assert!(matches!(
        ledger.undo_transaction(99, &stamp(6)),
        Err(StorageError::NoSuchTransaction { seq: 99 })
    ));
}

#[test]
fn a_later_change_of_the_same_field_is_named() {
    let ledger = memory();
    small(&ledger);
    let first = run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    let second = run(&ledger, &update("1号楼"), 2, |conn| {
        set(conn, Building, 1, "storeys = 7")
    })
    .unwrap();
    run(&ledger, &update("1号楼"), 3, |conn| {
        set(conn, Building, 1, "built_year = 1979")
    })
    .unwrap();
    let before = (dump(ledger.connection()), ledger.revision().unwrap());
    let obstacle = obstacle(ledger.undo_transaction(first, &stamp(4)));
    assert_eq!(obstacle.reason, ObstacleReason::ChangedLater);
    assert_eq!(obstacle.record, (Building, id(Building, 1)));
    assert_eq!(
        obstacle.by.unwrap().seq,
        second,
        "not the one that changed another field"
    );
    assert_eq!(
        (dump(ledger.connection()), ledger.revision().unwrap()),
        before
    );
}

#[test]
fn later_deletions_and_references_are_named() {
    let ledger = memory();
    small(&ledger);
    let storeys = run(&ledger, &update("2号楼"), 1, |conn| {
        set(conn, Building, 2, "storeys = 6")
    })
    .unwrap();
    let deleted = run(&ledger, &Op::one(OpCode::Delete, "2号楼"), 2, |conn| {
        delete(conn, Building, 2)
    })
    .unwrap();
    let gone = obstacle(ledger.undo_transaction(storeys, &stamp(3)));
    assert_eq!(
        (gone.reason, gone.by.map(|by| by.seq)),
        (ObstacleReason::DeletedLater, Some(deleted))
    );

    let made = run(&ledger, &Op::one(OpCode::Create, "3号楼"), 4, |conn| {
        building(conn, 3, 1)
    })
    .unwrap();
    let child = run(&ledger, &Op::one(OpCode::Create, "3号楼301"), 5, |conn| {
        dwelling(conn, 301, 3, 1)
    })
    .unwrap();
    let referenced = obstacle(ledger.undo_transaction(made, &stamp(6)));
    assert_eq!(referenced.reason, ObstacleReason::StillReferenced);
    assert_eq!(referenced.record, (Building, id(Building, 3)));
    assert_eq!(referenced.other, Some((Dwelling, id(Dwelling, 301))));
    assert_eq!(referenced.by.unwrap().seq, child);

    let room = run(&ledger, &Op::one(OpCode::Delete, "3号楼301"), 7, |conn| {
        delete(conn, Dwelling, 301)
    })
    .unwrap();
    let parent = run(&ledger, &Op::one(OpCode::Delete, "3号楼"), 8, |conn| {
        delete(conn, Building, 3)
    })
    .unwrap();
    let orphan = obstacle(ledger.undo_transaction(room, &stamp(9)));
    assert_eq!(orphan.reason, ObstacleReason::ParentGone);
    assert_eq!(orphan.other, Some((Building, id(Building, 3))));
    assert_eq!(orphan.by.unwrap().seq, parent);
    assert_eq!(ledger.verify(&[]).unwrap(), []);
}

#[test]
fn a_taken_name_and_a_record_that_is_back_are_named() {
    let ledger = memory();
    small(&ledger);
    let deleted = run(&ledger, &Op::one(OpCode::Delete, "2号楼"), 1, |conn| {
        delete(conn, Building, 2)
    })
    .unwrap();
    let taker = run(&ledger, &Op::one(OpCode::Create, "2号楼"), 2, |conn| {
        building(conn, 9, 1)?;
        set(conn, Building, 9, "name = '2号楼'")
    })
    .unwrap();
    let taken = obstacle(ledger.undo_transaction(deleted, &stamp(3)));
    assert_eq!(taken.reason, ObstacleReason::KeyTaken);
    assert_eq!(taken.record, (Building, id(Building, 2)));
    assert_eq!(taken.other, Some((Building, id(Building, 9))));
    assert_eq!(taken.by.unwrap().seq, taker);

    run(&ledger, &Op::one(OpCode::Delete, "2号楼"), 4, |conn| {
        delete(conn, Building, 9)
    })
    .unwrap();
    let back = run(&ledger, &Op::one(OpCode::Create, "2号楼"), 5, |conn| {
        building(conn, 2, 1)
    })
    .unwrap();
    let exists = obstacle(ledger.undo_transaction(deleted, &stamp(6)));
    assert_eq!(
        (exists.reason, exists.by.map(|by| by.seq)),
        (ObstacleReason::Exists, Some(back))
    );
}

#[test]
fn swapped_names_are_swapped_back() {
    let ledger = memory();
    small(&ledger);
    let before = dump(ledger.connection());
    run(&ledger, &update("楼号"), 1, |conn| {
        set(conn, Building, 1, "name = '暂'")?;
        set(conn, Building, 2, "name = '1号楼'")?;
        set(conn, Building, 1, "name = '2号楼'")
    })
    .unwrap();
    let after = dump(ledger.connection());
    ledger.undo(&stamp(2)).unwrap();
    assert_eq!(dump(ledger.connection()), before);
    ledger.redo(&stamp(3)).unwrap();
    assert_eq!(dump(ledger.connection()), after);
    assert_eq!(ledger.verify(&[]).unwrap(), []);
}

#[test]
fn a_swap_that_met_a_taken_name_names_the_taker() {
    let ledger = memory();
    small(&ledger);
    let swap = run(&ledger, &update("楼号"), 1, |conn| {
        set(conn, Building, 1, "name = '暂'")?;
        set(conn, Building, 2, "name = '1号楼'")?;
        set(conn, Building, 1, "name = '9号楼'")
    })
    .unwrap();
    let taker = run(&ledger, &Op::one(OpCode::Create, "2号楼"), 2, |conn| {
        building(conn, 3, 1)?;
        set(conn, Building, 3, "name = '2号楼'")
    })
    .unwrap();
    let before = dump(ledger.connection());
    let taken = obstacle(ledger.undo_transaction(swap, &stamp(3)));
    assert_eq!(
        (taken.reason, taken.record),
        (ObstacleReason::KeyTaken, (Building, id(Building, 2)))
    );
    assert_eq!(
        (taken.other, taken.by.map(|by| by.seq)),
        (Some((Building, id(Building, 3))), Some(taker))
    );
    assert_eq!(dump(ledger.connection()), before);
}

/// One statement of random work. Some fail (no such parent, name taken): then the whole
/// transaction is called off, which is part of the test.
#[derive(Debug, Clone)]
enum Act {
    Compound(u16),
    Building(u16, u16),
    Dwelling(u16, u16),
    Storeys(u16, i64),
    Rename(u16, u16),
    Swap(u16, u16),
    Move(u16, u16),
    DropDwelling(u16),
    DropBuilding(u16),
}

fn act() -> impl Strategy<Value = Act> {
    let number = || 1u16..5;
    prop_oneof![
        (1u16..3).prop_map(Act::Compound),
        (number(), 1u16..3).prop_map(|(n, c)| Act::Building(n, c)),
        (1u16..9, number()).prop_map(|(n, b)| Act::Dwelling(n, b)),
        (number(), 0i64..9).prop_map(|(n, s)| Act::Storeys(n, s)),
        (number(), number()).prop_map(|(n, m)| Act::Rename(n, m)),
        (number(), number()).prop_map(|(n, m)| Act::Swap(n, m)),
        (1u16..9, number()).prop_map(|(n, b)| Act::Move(n, b)),
        (1u16..9).prop_map(Act::DropDwelling),
        number().prop_map(Act::DropBuilding),
    ]
}

fn perform(conn: &Connection, act: &Act) -> rusqlite::Result<usize> {
    let home = |building: u16| -> rusqlite::Result<[u8; 16]> {
        conn.query_row(
            "SELECT compound_id FROM building WHERE id = ?1",
            [id(Building, building).0],
            |row| row.get(0),
        )
    };
    match *act {
        Act::Compound(n) => compound(conn, n),
        Act::Building(n, c) => building(conn, n, c),
        Act::Dwelling(n, b) => {
            let compound = home(b)?;
            conn.execute(
                "INSERT INTO dwelling (id, compound_id, sort_key, building_id, room) VALUES (?1, ?2, 'a', ?3, ?4)",
                rusqlite::params![id(Dwelling, n).0, compound, id(Building, b).0, n.to_string()],
            )
        }
        Act::Storeys(n, storeys) => set(
            conn,
            Building,
            n,
            &format!("storeys = nullif({storeys}, 0)"),
        ),
        Act::Rename(n, m) => set(conn, Building, n, &format!("name = '{m}号楼'")),
        Act::Swap(n, m) => {
            let name = |n| {
                conn.query_row(
                    "SELECT name FROM building WHERE id = ?1",
                    [id(Building, n).0],
                    |row| row.get::<_, String>(0),
                )
            };
            let (a, b) = (name(n)?, name(m)?);
            set(conn, Building, n, "name = '暂'")?;
            set(conn, Building, m, &format!("name = '{a}'"))?;
            set(conn, Building, n, &format!("name = '{b}'"))
        }
        Act::Move(n, b) => {
            let compound = home(b)?;
            conn.execute(
                "UPDATE dwelling SET building_id = ?2, compound_id = ?3 WHERE id = ?1",
                rusqlite::params![id(Dwelling, n).0, id(Building, b).0, compound],
            )
        }
        Act::DropDwelling(n) => delete(conn, Dwelling, n),
        Act::DropBuilding(n) => {
            conn.execute(
                "DELETE FROM dwelling WHERE building_id = ?1",
                [id(Building, n).0],
            )?;
            delete(conn, Building, n)
        }
    }
}

/// Two compounds with two buildings each, one step of the log.
fn yards() -> Ledger {
    let ledger = memory();
    run(&ledger, &update("起"), 0, |conn| {
        for n in 1..3 {
            compound(conn, n)?;
            building(conn, n, 1)?;
            building(conn, n + 2, 2)?;
        }
        Ok(0)
    })
    .unwrap();
    ledger
}

#[derive(Debug, Clone)]
enum Step {
    Work(Vec<Act>),
    Undo,
    Redo,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => prop::collection::vec(act(), 1..5).prop_map(Step::Work),
        2 => Just(Step::Undo),
        1 => Just(Step::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undo_and_redo_give_every_state_back(steps in prop::collection::vec(step(), 1..40)) {
        let ledger = yards();
        // States before each undoable transaction and the present one; then those to redo.
        let mut states = vec![String::new(), dump(ledger.connection())];
        let mut ahead: Vec<String> = Vec::new();
        for (minute, step) in (1..).zip(&steps) {
            match step {
                Step::Work(acts) => {
                    let done = run(&ledger, &update("改"), minute, |conn| {
                        for act in acts {
                            perform(conn, act)?;
                        }
                        Ok(0)
                    });
                    let now = dump(ledger.connection());
                    match done {
                        Ok(0) | Err(_) => prop_assert_eq!(&now, states.last().unwrap()),
                        Ok(_) => {
                            states.push(now);
                            ahead.clear();
                        }
                    }
                }
                Step::Undo => match ledger.undo(&stamp(minute)) {
                    Ok(_) => {
                        ahead.push(states.pop().unwrap());
                        prop_assert_eq!(&dump(ledger.connection()), states.last().unwrap());
                    }
                    Err(error) => {
                        prop_assert!(matches!(error, StorageError::NothingToUndo), "{error:?}");
                        prop_assert_eq!(states.len(), 1);
                    }
                },
                Step::Redo => match ledger.redo(&stamp(minute)) {
                    Ok(_) => {
                        states.push(ahead.pop().unwrap());
                        prop_assert_eq!(&dump(ledger.connection()), states.last().unwrap());
                    }
                    Err(error) => {
                        prop_assert!(matches!(error, StorageError::NothingToRedo), "{error:?}");
                        prop_assert!(ahead.is_empty());
                    }
                },
            }
        }
        let end = dump(ledger.connection());
        let mut back = 0;
        while ledger.next_undo().unwrap().is_some() {
            ledger.undo(&stamp(100)).unwrap();
            back += 1;
        }
        prop_assert_eq!(dump(ledger.connection()), "");
        for _ in 0..back {
            ledger.redo(&stamp(200)).unwrap();
        }
        prop_assert_eq!(dump(ledger.connection()), end);
        prop_assert_eq!(ledger.verify(&[]).unwrap(), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn undoing_and_restoring_out_of_order_is_done_whole_or_refused_with_a_reason(
        works in prop::collection::vec(prop::collection::vec(act(), 1..4), 1..24),
        picks in prop::collection::vec((any::<bool>(), any::<prop::sample::Index>()), 1..12),
    ) {
        let ledger = yards();
        run(&ledger, &update("住"), 0, |conn| {
            perform(conn, &Act::Dwelling(1, 1))?;
            perform(conn, &Act::Dwelling(2, 2))?;
            Ok(0)
        }).unwrap();
        for (minute, acts) in (1..).zip(&works) {
            let done = run(&ledger, &update("改"), minute, |conn| {
                for act in acts {
                    perform(conn, act)?;
                }
                Ok(0)
            });
            drop(done);
        }
        for (undo, pick) in &picks {
            let before = dump(ledger.connection());
            let refused = if *undo {
                let seqs: Vec<i64> = ledger.history(100, None).unwrap().iter().map(|line| line.seq).collect();
                ledger.undo_transaction(*pick.get(&seqs), &stamp(50)).err()
            } else {
                let bin: Vec<i64> = ledger.recycle_bin().unwrap().iter().map(|deletion| deletion.transaction.seq).collect();
                if bin.is_empty() {
                    continue;
                }
                ledger.restore_deleted(*pick.get(&bin), &stamp(50)).err()
            };
            match refused {
                None => prop_assert_ne!(dump(ledger.connection()), before),
                Some(StorageError::NoSuchTransaction { .. }) if *undo => prop_assert_eq!(dump(ledger.connection()), before),
                Some(StorageError::LaterChange(obstacle)) => {
                    prop_assert_eq!(dump(ledger.connection()), before);
                    let other = matches!(obstacle.reason, ObstacleReason::StillReferenced | ObstacleReason::ParentGone | ObstacleReason::ParentMoved);
                    prop_assert!(!other || obstacle.other.is_some(), "{obstacle:?}");
                }
                Some(error) => prop_assert!(false, "{error:?}"),
            }
        }
        prop_assert_eq!(ledger.verify(&[]).unwrap(), []);
    }
}

#[test]
fn a_swap_beside_a_name_handed_on_by_a_deleted_record_is_undone_and_redone() {
    let ledger = yards();
    let before = dump(ledger.connection());
    run(&ledger, &update("改"), 1, |conn| {
        perform(conn, &Act::Swap(4, 3))?;
        perform(conn, &Act::DropBuilding(3))?;
        perform(conn, &Act::Swap(1, 2))
    })
    .unwrap();
    let after = dump(ledger.connection());
    ledger.undo(&stamp(2)).unwrap();
    assert_eq!(dump(ledger.connection()), before);
    ledger.redo(&stamp(3)).unwrap();
    assert_eq!(dump(ledger.connection()), after);
}
