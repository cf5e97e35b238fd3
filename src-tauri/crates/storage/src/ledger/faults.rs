//! Killed in the middle of undo, backup and migration; ledgers of every older version; files whose
//! bytes were spoiled.

use std::path::Path;

use rusqlite::Connection;

use super::crash::{FILE, acknowledge, kill_after, options_of};
use super::*;
use crate::backup::Reason;
use crate::migrate;
use crate::testing::{
    Place, building, compound, dump, dwelling, next, run, small, stamp, times, update,
};

/// Adds a building, takes it back, brings it again, makes a backup: until it is killed. What is
/// acknowledged is the number of buildings then.
fn work_for_ever(path: &Path) {
    let ledger = Ledger::open(path, &options_of(path), &stamp(1)).unwrap();
    let count = || -> u16 {
        let sql = "SELECT count(*) FROM building";
        ledger
            .connection()
            .query_row(sql, [], |row| row.get(0))
            .unwrap()
    };
    for number in count() + 1.. {
        let step = |done: Result<(), StorageError>| {
            done.unwrap();
            acknowledge(&format!("{number} {}", count()));
        };
        step(
            run(&ledger, &update("楼"), 1, |conn| {
                building(conn, number, 1)?;
                dwelling(conn, number, number, 1)
            })
            .map(drop),
        );
        step(ledger.undo(&stamp(2)).map(drop));
        step(ledger.redo(&stamp(3)).map(drop));
        step(
            ledger
                .backup(Reason::Manual, &stamp(i64::from(number) + 4))
                .map(drop),
        );
    }
}

#[test]
fn a_kill_during_undo_redo_or_backup_leaves_what_was_acknowledged() {
    if let Some(path) = std::env::var_os(FILE) {
        return work_for_ever(Path::new(&path));
    }
    let name = "ledger::faults::a_kill_during_undo_redo_or_backup_leaves_what_was_acknowledged";
    let place = Place::new();
    let ledger = place.create();
    run(&ledger, &update("起"), 0, |conn| compound(conn, 1)).unwrap();
    ledger.close().unwrap();
    let mut random = 0x51_7c_c1_b7_27_22_0a_95;
    let mut backups = 0;
    for _ in 0..40 * times() {
        let count = usize::try_from(next(&mut random) % 7).unwrap();
        let spin = u32::try_from(next(&mut random) % 2_000_000).unwrap();
        let said = kill_after(name, &place, count, spin);
        let ledger = place.open();
        let stored: u16 = ledger
            .connection()
            .query_row("SELECT count(*) FROM building", [], |row| row.get(0))
            .unwrap();
        if let Some(last) = said.last() {
            let (number, then) = last.split_once(' ').unwrap();
            let [number, then]: [u16; 2] = [number, then].map(|text| text.parse().unwrap());
            // The step after the last acknowledged one may have been committed as well.
            assert!(
                stored == then || stored == number || stored + 1 == number || stored == number + 1,
                "{stored} stored, {last:?} acknowledged"
            );
        }
        assert_eq!(ledger.verify(&[]).unwrap(), []);
        for backup in ledger.list_backups().unwrap() {
            let copy = read_only_connection(&backup.path, None).unwrap();
            assert_eq!(crate::verify::integrity(&copy).unwrap(), []);
            backups += 1;
        }
        ledger.close().unwrap();
    }
    assert!(backups > 0, "no backup was ever looked at");
}

/// A ledger as a product of that version made it, with a compound in it once there are compounds.
pub(super) fn of_version(place: &Place, version: usize) {
    let mut conn = Connection::open(&place.ledger).unwrap();
    conn.pragma_update(None, "application_id", migrate::APPLICATION_ID)
        .unwrap();
    migrate::migrate_to(&mut conn, version);
    conn.execute("INSERT INTO ledger_facts VALUES ('id', 'old')", [])
        .unwrap();
    if version >= 2 {
        let transaction = conn.transaction().unwrap();
        compound(&transaction, 1).unwrap();
        building(&transaction, 1, 1).unwrap();
        for room in 0..500 {
            dwelling(&transaction, room, 1, 1).unwrap();
        }
        transaction.commit().unwrap();
    }
}

fn versions() -> std::ops::Range<usize> {
    1..usize::try_from(migrate::latest()).unwrap()
}

fn compounds(ledger: &Ledger) -> (i64, i64) {
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        ledger
            .connection()
            .query_row(&sql, [], |row| row.get(0))
            .unwrap()
    };
    (count("compound"), count("dwelling"))
}

fn schema(conn: &Connection) -> Vec<(String, Option<String>)> {
    let sql = "SELECT name, sql FROM sqlite_schema ORDER BY name";
    let mut statement = conn.prepare(sql).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_ledger_of_every_version_becomes_one_of_this() {
    let fresh = crate::testing::memory();
    for version in versions() {
        let place = Place::new();
        of_version(&place, version);
        let ledger = place.open();
        assert_eq!(
            schema(ledger.connection()),
            schema(fresh.connection()),
            "from version {version}"
        );
        let kept = if version >= 2 { (1, 500) } else { (0, 0) };
        assert_eq!(compounds(&ledger), kept, "from version {version}");
        assert_eq!(ledger.verify(&[]).unwrap(), [], "from version {version}");
        let backups = ledger.list_backups().unwrap();
        assert_eq!(backups.len(), 1, "from version {version}");
        run(&ledger, &update("楼"), 1, |conn| compound(conn, 2)).unwrap();
        ledger.undo(&stamp(2)).unwrap();
        ledger.close().unwrap();
    }
}

/// Says that it starts, opens the ledger, and waits to be killed.
fn upgrade(path: &Path) {
    acknowledge("start");
    let ledger = Ledger::open(path, &options_of(path), &stamp(1)).unwrap();
    acknowledge("open");
    ledger.close().unwrap();
    loop {
        std::thread::park();
    }
}

#[test]
fn a_kill_during_an_upgrade_leaves_the_old_or_the_new() {
    if let Some(path) = std::env::var_os(FILE) {
        return upgrade(Path::new(&path));
    }
    let name = "ledger::faults::a_kill_during_an_upgrade_leaves_the_old_or_the_new";
    let mut random = 0x6a_09_e6_67_f3_bc_c9_08;
    let mut seen = [0, 0];
    for round in 0..3 * times() {
        for version in versions() {
            let place = Place::new();
            of_version(&place, version);
            let spin = u32::try_from(next(&mut random) % 3_000_000).unwrap();
            // Every third time it is let go to the end.
            kill_after(name, &place, if round % 3 == 2 { 2 } else { 1 }, spin);
            let conn = read_only_connection(&place.ledger, None).unwrap();
            let found = migrate::version(&conn).unwrap();
            drop(conn);
            let old = i64::try_from(version).unwrap();
            assert!(
                found == old || found == migrate::latest(),
                "{found} is neither {old} nor the newest"
            );
            seen[usize::from(found == migrate::latest())] += 1;
            let ledger = place.open();
            let kept = if version >= 2 { (1, 500) } else { (0, 0) };
            assert_eq!(compounds(&ledger), kept, "from version {version}");
            assert_eq!(ledger.verify(&[]).unwrap(), []);
            ledger.close().unwrap();
        }
    }
    assert!(
        seen.iter().all(|count| *count > 0),
        "{seen:?}: only one state was ever met"
    );
}

/// What became of a spoiled ledger.
#[derive(Debug, Default, PartialEq, Eq)]
struct Fates {
    /// Refused, with the newest good backup.
    refused: u32,
    /// Opened with every record as it was.
    unharmed: u32,
    /// Opened, and one of its checks tells of the damage.
    told: u32,
    /// Opened with another content that no check can tell from typing.
    silent: u32,
}

#[test]
fn a_spoiled_ledger_is_refused_told_or_unharmed() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    for number in 200..400 {
        run(&ledger, &update("房"), 1, |conn| {
            dwelling(conn, number, 2, 1)
        })
        .unwrap();
    }
    let whole = dump(ledger.connection());
    ledger.backup(Reason::Manual, &stamp(3)).unwrap();
    let backup = ledger.list_backups().unwrap().remove(0);
    ledger.close().unwrap();
    let good = std::fs::read(&place.ledger).unwrap();
    let mut random = 0xbb_67_ae_85_84_ca_a7_3b;
    let mut fates = Fates::default();
    for _ in 0..150 * times() {
        let mut bytes = good.clone();
        let place_of = |random: &mut u64, length: usize| {
            usize::try_from(next(random) % u64::try_from(length).unwrap()).unwrap()
        };
        match next(&mut random) % 4 {
            0 => bytes.truncate(place_of(&mut random, good.len())),
            1 => {
                let at = place_of(&mut random, good.len());
                bytes[at] ^= 1 << (next(&mut random) % 8);
            }
            2 => {
                // A sector that reads as nothing, as a dying disk gives it.
                let at = place_of(&mut random, good.len() / 512) * 512;
                bytes[at..at + 512].fill(0);
            }
            _ => {
                let from = place_of(&mut random, good.len() / 4096) * 4096;
                let to = place_of(&mut random, good.len() / 4096) * 4096;
                bytes.copy_within(from..from + 4096, to);
            }
        }
        std::fs::write(&place.ledger, &bytes).unwrap();
        match place.try_open() {
            Err(StorageError::Damaged { newest_backup, .. }) => {
                assert_eq!(newest_backup.as_deref(), Some(&backup));
                fates.refused += 1;
            }
            // No ledger any more by its first bytes, or one of a version that never was.
            Err(StorageError::NotALedger { .. } | StorageError::NewerVersion { .. }) => {
                fates.refused += 1;
            }
            Err(other) => panic!("{other:?}"),
            Ok(ledger) => {
                match ledger.verify(&[]) {
                    Ok(problems) if problems.is_empty() => {
                        if dump(ledger.connection()) == whole {
                            fates.unharmed += 1;
                        } else {
                            fates.silent += 1;
                        }
                    }
                    Ok(_) | Err(_) => fates.told += 1,
                }
                ledger.close().unwrap();
            }
        }
        remove_leavings(&place.ledger);
    }
    assert!(fates.refused > 0 && fates.unharmed > 0, "{fates:?}");
}

/// What a spoiled ledger left beside it must not meet the next one.
fn remove_leavings(ledger: &Path) {
    for end in ["-wal", "-shm", "-journal"] {
        let mut name = ledger.as_os_str().to_owned();
        name.push(end);
        drop(std::fs::remove_file(name));
    }
}
