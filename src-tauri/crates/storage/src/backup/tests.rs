use jiugai_domain::KindCode::{Building, Compound, Dwelling};

use super::*;
use crate::testing::{Place, building, cut, dump, memory, run, set, small, stamp, update};
use crate::{OpenOptions, wording};

#[test]
fn a_backup_is_a_plain_verified_copy() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let Outcome::Made(backup) = ledger.backup(Reason::Manual, &stamp(3)).unwrap() else {
        panic!()
    };
    assert_eq!(
        backup.path.file_name().unwrap().to_str().unwrap(),
        "20260305-090300-manual.jgdb"
    );
    assert_eq!(
        backup.counts,
        Counts {
            compounds: 1,
            dwellings: 1,
            households: 0
        }
    );
    assert_eq!(
        (backup.revision, backup.verified, backup.reason),
        (1, true, Reason::Manual)
    );
    assert_eq!(backup.bytes, std::fs::metadata(&backup.path).unwrap().len());
    assert_eq!(
        ledger.list_backups().unwrap(),
        std::slice::from_ref(&backup)
    );
    let files = std::fs::read_dir(backup.path.parent().unwrap())
        .unwrap()
        .count();
    assert_eq!(files, 1, "no companions, no half copies");
    let copy = Ledger::open(&backup.path, &OpenOptions::default(), &stamp(4)).unwrap();
    assert_eq!(dump(copy.connection()), dump(ledger.connection()));
}

#[test]
fn nothing_changed_is_no_backup() {
    let place = Place::new();
    let ledger = place.create();
    let first = ledger.backup(Reason::Opening, &stamp(0)).unwrap();
    assert!(matches!(&first, Outcome::Made(_)));
    let again = ledger.backup(Reason::Manual, &stamp(90)).unwrap();
    assert_eq!(again, Outcome::Unchanged(first.backup().clone()));
    small(&ledger);
    assert!(matches!(
        ledger.backup(Reason::Manual, &stamp(91)).unwrap(),
        Outcome::Made(_)
    ));
    // A copy that was cut off does not count.
    cut(&ledger.list_backups().unwrap()[0].path, 5000);
    assert!(!ledger.list_backups().unwrap()[0].verified);
    assert!(matches!(
        ledger.backup(Reason::Manual, &stamp(92)).unwrap(),
        Outcome::Made(_)
    ));
    assert_eq!(ledger.list_backups().unwrap().len(), 3);
}

#[test]
fn due_after_thirty_minutes_with_changes() {
    let place = Place::new();
    let ledger = place.create();
    assert!(!ledger.backup_due(&stamp(500)).unwrap(), "nothing in it");
    small(&ledger);
    assert!(ledger.backup_due(&stamp(0)).unwrap(), "never backed up");
    ledger.backup(Reason::Interval, &stamp(0)).unwrap();
    assert!(!ledger.backup_due(&stamp(500)).unwrap(), "no change since");
    run(&ledger, &update("3号楼"), 1, |conn| building(conn, 3, 1)).unwrap();
    assert!(!ledger.backup_due(&stamp(29)).unwrap());
    assert!(ledger.backup_due(&stamp(30)).unwrap());
    assert!(
        ledger.backup_due(&stamp(-5)).unwrap(),
        "a clock that was set back does not stop backups"
    );
}

#[test]
fn a_job_runs_beside_the_work() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let job = ledger.backup_job(Reason::Interval, &stamp(30)).unwrap();
    let made = std::thread::spawn(move || job.run());
    // Something is written at every moment of the copy, and at least once.
    let mut written = 0;
    while written == 0 || !made.is_finished() {
        written += 1;
        run(&ledger, &update("新楼"), 31, |conn| {
            building(conn, 2 + written, 1)
        })
        .unwrap();
    }
    let made = made.join().unwrap().unwrap();
    assert!(made.backup().verified);
    assert!((1..=1 + i64::from(written)).contains(&made.backup().revision));
}

#[test]
fn backups_rotate_and_leavings_are_swept() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let folder = folder_of(place.options.backup_dir.as_deref().unwrap(), &place.ledger);
    std::fs::create_dir_all(&folder).unwrap();
    let (stranger, half) = (
        folder.join("说明.txt"),
        folder.join("20260305-090000-manual.jgdb.part"),
    );
    std::fs::write(&stranger, "x").unwrap();
    std::fs::write(&half, "x").unwrap();
    for minute in 1..16 {
        run(&ledger, &update("1号楼"), minute, |conn| {
            set(conn, Building, 1, &format!("storeys = {minute}"))
        })
        .unwrap();
        ledger.backup(Reason::Manual, &stamp(minute)).unwrap();
    }
    let left: Vec<i64> = ledger
        .list_backups()
        .unwrap()
        .iter()
        .map(|backup| backup.revision)
        .collect();
    assert_eq!(left, (7..=16).rev().collect::<Vec<_>>());
    assert!(stranger.exists() && !half.exists());
}

#[test]
fn several_backups_of_one_second_have_names_of_their_own() {
    let place = Place::new();
    let ledger = place.create();
    for storeys in 1..4 {
        run(&ledger, &update("x"), 0, |conn| {
            if storeys == 1 {
                crate::testing::compound(conn, 1)
            } else {
                building(conn, storeys, 1)
            }
        })
        .unwrap();
        ledger.backup(Reason::Manual, &stamp(0)).unwrap();
    }
    let revisions: Vec<i64> = ledger
        .list_backups()
        .unwrap()
        .iter()
        .map(|backup| backup.revision)
        .collect();
    assert_eq!(revisions, [3, 2, 1]);
}

#[test]
fn a_restore_shows_what_is_lost_and_can_be_taken_back() {
    let place = Place::new();
    let mut ledger = place.create();
    small(&ledger);
    let then = dump(ledger.connection());
    let backup = ledger
        .backup(Reason::Manual, &stamp(1))
        .unwrap()
        .backup()
        .clone();
    run(&ledger, &update("3号楼"), 2, |conn| building(conn, 3, 1)).unwrap();
    run(&ledger, &update("1号楼"), 3, |conn| {
        set(conn, Building, 1, "storeys = 6")
    })
    .unwrap();
    let now = dump(ledger.connection());

    let preview = ledger.restore_preview(&backup.path).unwrap();
    let lost: Vec<String> = preview.lost.iter().map(wording::operation).collect();
    assert_eq!(lost, ["修改 1号楼", "修改 3号楼"]);
    assert_eq!(preview.regained, []);
    assert_eq!(
        preview.counts,
        [(Compound, 1, 1), (Building, 2, 3), (Dwelling, 1, 1)]
    );

    let before = ledger.restore(&backup.path, &stamp(4)).unwrap();
    assert_eq!(dump(ledger.connection()), then);
    assert_eq!(ledger.revision().unwrap(), 1);
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    assert!(
        matches!(place.try_open(), Err(StorageError::InUse { .. })),
        "still locked"
    );
    run(&ledger, &update("2号楼"), 5, |conn| {
        set(conn, Building, 2, "storeys = 2")
    })
    .unwrap();

    let present = before.backup();
    assert_eq!(
        (present.reason, present.revision),
        (Reason::BeforeRestore, 3)
    );
    let back = ledger.restore_preview(&present.path).unwrap();
    assert_eq!(
        (back.lost.len(), back.regained.len()),
        (1, 2),
        "both branches since the common past"
    );
    ledger.restore(&present.path, &stamp(6)).unwrap();
    assert_eq!(dump(ledger.connection()), now);
    ledger.close().unwrap();
    let ledger = place.open();
    assert_eq!(dump(ledger.connection()), now);
    let mode: String = ledger
        .connection()
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn unusable_backups_are_refused_before_anything_happens() {
    let place = Place::new();
    let mut ledger = place.create();
    small(&ledger);
    let before = dump(ledger.connection());
    let backup = ledger
        .backup(Reason::Manual, &stamp(1))
        .unwrap()
        .backup()
        .clone();
    run(&ledger, &update("3号楼"), 2, |conn| building(conn, 3, 1)).unwrap();
    ledger.undo(&stamp(3)).unwrap();
    let refused = |ledger: &mut Ledger, path: &Path| {
        let result = ledger.restore(path, &stamp(4));
        assert!(
            matches!(result, Err(StorageError::BackupUnusable { .. })),
            "{result:?}"
        );
        assert_eq!(dump(ledger.connection()), before);
    };
    refused(&mut ledger, &place.folder.path().join("没有.jgdb"));
    let other = place.folder.path().join("别的.jgdb");
    Ledger::create(&other, &OpenOptions::default(), &stamp(0))
        .unwrap()
        .close()
        .unwrap();
    refused(&mut ledger, &other);
    cut(&backup.path, backup.bytes - 4096);
    refused(&mut ledger, &backup.path);
    assert_eq!(
        ledger.list_backups().unwrap().len(),
        1,
        "nothing was backed up for nothing"
    );
}

#[test]
fn a_damaged_ledger_is_replaced_and_kept_aside() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let content = dump(ledger.connection());
    ledger.backup(Reason::Manual, &stamp(1)).unwrap();
    ledger.close().unwrap();
    cut(&place.ledger, 6000);
    let Err(StorageError::Damaged {
        newest_backup: Some(backup),
        ..
    }) = place.try_open()
    else {
        panic!()
    };
    let aside = replace_damaged(
        &place.ledger,
        &backup.path,
        None,
        &Progress::default(),
        &stamp(2),
    )
    .unwrap();
    assert_eq!(std::fs::metadata(&aside).unwrap().len(), 6000);
    let ledger = place.open();
    assert_eq!(dump(ledger.connection()), content);
    run(&ledger, &update("3号楼"), 3, |conn| building(conn, 3, 1)).unwrap();
}

#[test]
fn without_a_folder_there_are_no_backups_and_no_restore() {
    let mut ledger = memory();
    assert!(matches!(
        ledger.backup(Reason::Manual, &stamp(0)),
        Err(StorageError::NoBackupFolder)
    ));
    assert!(matches!(
        ledger.backup_due(&stamp(0)),
        Err(StorageError::NoBackupFolder)
    ));
    let place = Place::new();
    let file = place.create();
    let backup = file
        .backup(Reason::Manual, &stamp(0))
        .unwrap()
        .backup()
        .clone();
    let refused = ledger.restore(&backup.path, &stamp(1));
    assert!(refused.is_err());
}
