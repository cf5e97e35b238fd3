//! Media that come, go, fail and fill up; names and paths that are hard; laptops that sleep.

use std::path::Path;

use super::*;
use crate::backup::{self, Reason};
use crate::files::NameFault;
use crate::lock;
use crate::testing::{Place, building, dump, run, small, stamp, update};

/// A stick with a ledger on it that has two transactions.
fn stick() -> (Place, Ledger) {
    let mut place = Place::new();
    let folder = place.folder.path().join("U盘");
    std::fs::create_dir(&folder).unwrap();
    place.ledger = folder.join("五交化.jgdb");
    let ledger = place.create();
    small(&ledger);
    run(&ledger, &update("3号楼"), 1, |conn| building(conn, 3, 1)).unwrap();
    (place, ledger)
}

pub(super) fn add(ledger: &Ledger, number: u16) -> Result<i64, StorageError> {
    run(ledger, &update("楼"), 2, |conn| building(conn, number, 1))
}

/// Every file of a folder by its name, in another folder.
fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
    }
}

#[test]
fn a_stick_pulled_out_and_put_back_loses_nothing_acknowledged() {
    let (place, mut ledger) = stick();
    let (plugged, pulled) = (
        place.folder.path().join("U盘"),
        place.folder.path().join("拔出"),
    );
    let before = dump(ledger.connection());
    std::fs::rename(&plugged, &pulled).unwrap();
    for _ in 0..2 {
        assert!(matches!(add(&ledger, 4), Err(StorageError::Gone { .. })));
        let away = ledger.reconnect(&stamp(3));
        assert!(matches!(away, Err(StorageError::Gone { .. })), "{away:?}");
        assert_eq!(dump(ledger.connection()), before, "and can still be read");
    }
    assert!(!ledger.is_sound());
    // A stick that comes back is another device to the system: the old handles stay dead.
    copy(&pulled, &plugged);
    assert!(matches!(
        add(&ledger, 4),
        Err(StorageError::Replaced { .. })
    ));
    assert!(ledger.reconnect(&stamp(4)).unwrap());
    assert!(!ledger.reconnect(&stamp(4)).unwrap(), "once is enough");
    assert_eq!(dump(ledger.connection()), before, "every change is there");
    add(&ledger, 4).unwrap();
    assert!(ledger.is_sound());
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger.close().unwrap();
    assert_eq!(place.open().revision().unwrap(), 3);
}

#[test]
fn the_same_stick_back_at_its_place_goes_on() {
    let (place, mut ledger) = stick();
    let (plugged, pulled) = (
        place.folder.path().join("U盘"),
        place.folder.path().join("拔出"),
    );
    std::fs::rename(&plugged, &pulled).unwrap();
    assert!(matches!(add(&ledger, 4), Err(StorageError::Gone { .. })));
    std::fs::rename(&pulled, &plugged).unwrap();
    assert!(ledger.reconnect(&stamp(3)).unwrap());
    assert_eq!(add(&ledger, 4).unwrap(), 3);
    let second = place.try_open();
    assert!(
        matches!(second, Err(StorageError::InUse { .. })),
        "the lock was taken anew"
    );
}

#[test]
fn an_older_copy_or_another_ledger_in_its_place_is_not_written_to() {
    let (place, mut ledger) = stick();
    let plugged = place.folder.path().join("U盘");
    let older = place.folder.path().join("旧");
    ledger
        .connection()
        .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))
        .unwrap();
    copy(&plugged, &older);
    add(&ledger, 4).unwrap();
    let before = dump(ledger.connection());
    let mut refused = |what: &str| {
        let content = std::fs::read(&place.ledger).unwrap();
        let back = ledger.reconnect(&stamp(3));
        assert!(matches!(back, Err(StorageError::Replaced { .. })), "{what}");
        assert!(add(&ledger, 5).is_err());
        assert_eq!(std::fs::read(&place.ledger).unwrap(), content);
        assert_eq!(dump(ledger.connection()), before, "the newer can be read");
    };
    std::fs::rename(&plugged, place.folder.path().join("拔出")).unwrap();
    copy(&older, &plugged);
    refused("older");
    std::fs::remove_dir_all(&plugged).unwrap();
    std::fs::create_dir(&plugged).unwrap();
    let other = place.create();
    for number in 1..9 {
        run(&other, &update("x"), 1, |conn| {
            crate::testing::compound(conn, number)
        })
        .unwrap();
    }
    other.close().unwrap();
    refused("another");
}

#[test]
fn clock_jumps_do_not_move_the_lock() {
    let place = Place::new();
    let _owner = place.create();
    for minutes in [-15_768_000, 15_768_000] {
        let refused = lock::take(&place.ledger, &stamp(minutes));
        assert!(matches!(refused, Err(StorageError::InUse { .. })));
    }
}

#[test]
fn sleep_in_mid_work_makes_a_backup_due_and_clock_jumps_make_no_flood() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger.backup(Reason::Opening, &stamp(0)).unwrap();
    add(&ledger, 10).unwrap();
    assert!(!ledger.backup_due(&stamp(29)).unwrap());
    assert!(ledger.backup_due(&stamp(300)).unwrap(), "slept over lunch");
    // The clock ran ahead by years, a backup was made, then it was put right.
    let ahead = 3_000_000;
    ledger.backup(Reason::Interval, &stamp(ahead)).unwrap();
    add(&ledger, 11).unwrap();
    assert!(ledger.backup_due(&stamp(310)).unwrap());
    ledger.backup(Reason::Interval, &stamp(310)).unwrap();
    for number in 12..15 {
        add(&ledger, number).unwrap();
        let due = ledger.backup_due(&stamp(320)).unwrap();
        assert!(!due, "not after every change until the clock comes there");
    }
    assert!(ledger.backup_due(&stamp(340)).unwrap());
    let made = ledger.backup(Reason::Interval, &stamp(340)).unwrap();
    let again = ledger.backup(Reason::Manual, &stamp(341)).unwrap();
    assert_eq!(again, backup::Outcome::Unchanged(made.backup().clone()));
}

#[test]
fn a_full_backup_stick_is_not_tried_after_every_change() {
    let mut place = Place::new();
    // A file where the folder should be: nothing can be written there.
    let blocked = place.folder.path().join("备份盘");
    std::fs::write(&blocked, "x").unwrap();
    place.options.backup_dir = Some(place.folder.path().join("好盘"));
    let mut ledger = place.create();
    small(&ledger);
    assert!(ledger.backup_due(&stamp(0)).unwrap());
    ledger.backup_dir = Some(blocked.join("备份"));
    assert!(ledger.backup(Reason::Interval, &stamp(0)).is_err());
    ledger.backup_dir = Some(place.folder.path().join("好盘"));
    assert!(!ledger.backup_due(&stamp(4)).unwrap());
    assert!(ledger.backup_due(&stamp(5)).unwrap());
}

#[test]
fn names_that_no_ledger_can_have_are_refused_and_leave_nothing() {
    let place = Place::new();
    let folder = place.folder.path();
    for (name, expected) in [
        ("NUL.jgdb", NameFault::Reserved("NUL".to_owned())),
        ("3号楼?.jgdb", NameFault::Forbidden('?')),
        ("台账.jgdb.", NameFault::EndsInDotOrSpace),
        (
            "院院院院院院院院院院".repeat(9).as_str(),
            NameFault::TooLong,
        ),
    ] {
        let made = Ledger::create(&folder.join(name), &place.options, &stamp(0));
        match made {
            Err(StorageError::BadName { fault, .. }) => assert_eq!(fault, expected),
            other => panic!("{other:?}"),
        }
    }
    let missing = Ledger::create(&folder.join("没有/a.jgdb"), &place.options, &stamp(0));
    assert!(matches!(missing, Err(StorageError::FolderMissing { .. })));
    std::fs::create_dir(folder.join("夹.jgdb")).unwrap();
    let taken = Ledger::create(&folder.join("夹.jgdb"), &place.options, &stamp(0));
    assert!(matches!(taken, Err(StorageError::FileExists { .. })));
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 1);
    // The longest name that is taken, with all that SQLite and the backups put behind it.
    let longest = folder.join(format!("{}.jgdb", "院".repeat(78)));
    let ledger = Ledger::create(&longest, &place.options, &stamp(0)).unwrap();
    small(&ledger);
    ledger.backup(Reason::Manual, &stamp(1)).unwrap();
    let backup = ledger.list_backups().unwrap().remove(0);
    ledger.close().unwrap();
    backup::replace_damaged(
        &longest,
        &backup.path,
        None,
        &Progress::default(),
        &stamp(2),
    )
    .unwrap();
}
