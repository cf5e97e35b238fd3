use jiugai_domain::KindCode::{Building, Dwelling};

use super::*;
use crate::testing::{building, id, memory, run, set, small, stamp, update};

/// Writes past every rule, as a foreign program would.
fn tamper(ledger: &Ledger, sql: &str) {
    let conn = ledger.connection();
    conn.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON;")
        .unwrap();
    conn.execute_batch(sql).unwrap();
    conn.execute_batch("PRAGMA foreign_keys = ON; PRAGMA ignore_check_constraints = OFF;")
        .unwrap();
}

fn busy() -> Ledger {
    let ledger = memory();
    small(&ledger);
    run(&ledger, &update("1号楼"), 1, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    ledger.undo(&stamp(2)).unwrap();
    ledger.redo(&stamp(3)).unwrap();
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger
}

#[test]
fn dangling_references_are_found() {
    let ledger = busy();
    tamper(&ledger, "DELETE FROM building WHERE name = '1号楼'");
    let problems = ledger.verify(&[]).unwrap();
    assert_eq!(
        problems,
        [Problem::DanglingReferences {
            table: "dwelling".into(),
            count: 1
        }]
    );
}

#[test]
fn bad_keys_are_found() {
    let ledger = busy();
    tamper(
        &ledger,
        "UPDATE building SET id = zeroblob(16) WHERE name = '2号楼'",
    );
    assert_eq!(
        ledger.verify(&[]).unwrap(),
        [Problem::BadKeys {
            kind: Building,
            count: 1
        }]
    );
}

#[test]
fn invariants_are_checked() {
    let ledger = busy();
    let low = Invariant {
        code: "storeysBelowFifty",
        sql: "SELECT id FROM building WHERE storeys > 50",
    };
    assert_eq!(ledger.verify(&[low]).unwrap(), []);
    run(&ledger, &update("1号楼"), 4, |conn| {
        set(conn, Building, 1, "storeys = 60")
    })
    .unwrap();
    assert_eq!(
        ledger.verify(&[low]).unwrap(),
        [Problem::Invariant {
            code: "storeysBelowFifty",
            count: 1
        }]
    );
}

#[test]
fn gaps_and_lies_in_the_log_are_found() {
    let gap = busy();
    tamper(
        &gap,
        "DELETE FROM transactions WHERE seq = 3; DELETE FROM transaction_rows WHERE seq = 3",
    );
    assert!(
        gap.verify(&[])
            .unwrap()
            .contains(&Problem::LogGap { rows: 3, last: 4 })
    );

    let list = busy();
    tamper(
        &list,
        "DELETE FROM transaction_rows WHERE seq = 1 AND table_name = 'dwelling'",
    );
    assert_eq!(list.verify(&[]).unwrap(), [Problem::LogRow { seq: 1 }]);

    let action = busy();
    tamper(
        &action,
        "UPDATE transaction_rows SET action = 'delete' WHERE seq = 2",
    );
    assert_eq!(action.verify(&[]).unwrap(), [Problem::LogRow { seq: 2 }]);

    let changeset = busy();
    tamper(
        &changeset,
        "UPDATE transactions SET changeset = x'ffff' WHERE seq = 2",
    );
    assert_eq!(changeset.verify(&[]).unwrap(), [Problem::LogRow { seq: 2 }]);

    let target = busy();
    tamper(&target, "UPDATE transactions SET target = 3 WHERE seq = 4");
    assert_eq!(target.verify(&[]).unwrap(), [Problem::LogTarget { seq: 4 }]);
}

#[test]
fn a_broken_index_is_found() {
    let ledger = busy();
    tamper(
        &ledger,
        "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'dwelling_room') WHERE name = 'building_order';
         PRAGMA writable_schema = RESET;",
    );
    let problems = ledger.verify(&[]).unwrap();
    assert!(
        matches!(problems[..], [Problem::Integrity(_), ..]),
        "{problems:?}"
    );
}

#[test]
fn keys_have_their_version() {
    let ledger = memory();
    let transaction = ledger.transact(&update("x"), &stamp(5), |conn| {
        crate::testing::compound(conn, 1)?;
        Ok(building(conn, 1, 1)?)
    });
    let key = transaction.unwrap().transaction.unwrap().id;
    assert_eq!((key.0[6] >> 4, key.0[8] >> 6), (7, 2));
    let millis = u64::from_be_bytes([
        0, 0, key.0[0], key.0[1], key.0[2], key.0[3], key.0[4], key.0[5],
    ]);
    assert_eq!(
        millis,
        u64::try_from(stamp(5).at.timestamp_millis()).unwrap()
    );
    assert_ne!(key, id(Dwelling, 1));
}
