use std::panic::{AssertUnwindSafe, catch_unwind};

use jiugai_domain::KindCode::{Building, Compound, Dwelling};
use rstest::rstest;

use super::inspect::Looks;
use super::*;
use crate::backup::Reason;
use crate::lock::lock_path;
use crate::testing::{
    Place, at, building, compound, cut, delete, dump, dwelling, id, memory, run, small, stamp,
    update,
};
use crate::{Op, OpCode};

#[test]
fn a_ledger_is_made_closed_and_opened() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let (content, key) = (dump(ledger.connection()), ledger.id().unwrap());
    assert_eq!(key.len(), 36);
    ledger.close().unwrap();
    assert!(
        !beside(&place.ledger, "-wal").exists(),
        "closed is one file"
    );
    let ledger = place.open();
    assert_eq!(dump(ledger.connection()), content);
    assert_eq!((ledger.id().unwrap(), ledger.revision().unwrap()), (key, 1));
    let pragma = |name: &str| {
        ledger
            .connection()
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, i64>(0))
            .unwrap()
    };
    assert_eq!(
        (
            pragma("synchronous"),
            pragma("foreign_keys"),
            pragma("user_version")
        ),
        (2, 1, migrate::latest())
    );
    assert_eq!(
        pragma("temp_store"),
        1,
        "in memory, a large import would take minutes to undo"
    );
    let mode: String = ledger
        .connection()
        .query_row("PRAGMA journal_mode", [], |row| row.get(0))
        .unwrap();
    assert_eq!(mode, "wal");
}

#[test]
fn making_a_ledger_never_overwrites() {
    let place = Place::new();
    std::fs::write(&place.ledger, "别的文件").unwrap();
    let made = Ledger::create(&place.ledger, &place.options, &stamp(0));
    assert!(matches!(made, Err(StorageError::FileExists { .. })));
    assert_eq!(std::fs::read_to_string(&place.ledger).unwrap(), "别的文件");
}

#[test]
fn a_transaction_is_logged_with_what_it_touched() {
    let ledger = memory();
    let changed = ledger
        .transact(&Op::one(OpCode::Create, "小区1"), &stamp(7), |conn| {
            compound(conn, 1)?;
            building(conn, 1, 1)?;
            Ok("值")
        })
        .unwrap();
    assert_eq!(
        (changed.value, changed.scopes),
        ("值", vec![Compound, Building])
    );
    let logged = ledger.history(10, None).unwrap();
    assert_eq!(logged.len(), 1);
    assert_eq!(
        (logged[0].seq, logged[0].id),
        (
            changed.transaction.unwrap().seq,
            changed.transaction.unwrap().id
        )
    );
    assert_eq!(
        (
            logged[0].actor.as_str(),
            logged[0].device.as_str(),
            logged[0].at
        ),
        ("录入员甲", "测试机", at(7))
    );
    assert_eq!(
        (logged[0].op, logged[0].subject.as_str(), logged[0].undone),
        (OpCode::Create, "小区1", false)
    );
}

#[test]
fn nothing_changed_is_nothing_logged() {
    let ledger = memory();
    small(&ledger);
    let changed = ledger
        .transact(&update("1号楼"), &stamp(1), |conn| {
            Ok(conn.execute("UPDATE building SET storeys = storeys", [])?)
        })
        .unwrap();
    assert_eq!((changed.transaction, changed.scopes), (None, vec![]));
    assert_eq!(ledger.revision().unwrap(), 1);
}

#[test]
fn an_error_or_a_panic_leaves_everything_as_it_was() {
    let ledger = memory();
    small(&ledger);
    let before = dump(ledger.connection());
    let failed = ledger.transact::<()>(&update("x"), &stamp(1), |conn| {
        building(conn, 7, 1)?;
        Err(StorageError::CalledOff)
    });
    assert!(matches!(failed, Err(StorageError::CalledOff)));
    assert_eq!(dump(ledger.connection()), before);
    let panicked = catch_unwind(AssertUnwindSafe(|| {
        ledger.transact::<()>(&update("x"), &stamp(1), |conn| {
            building(conn, 7, 1)?;
            panic!("in the middle")
        })
    }));
    assert!(panicked.is_err());
    assert_eq!(
        (dump(ledger.connection()), ledger.revision().unwrap()),
        (before, 1)
    );
    run(&ledger, &update("x"), 2, |conn| building(conn, 7, 1)).unwrap();
    assert_eq!(ledger.revision().unwrap(), 2, "and work goes on");
}

#[test]
fn parents_may_come_after_children_but_must_come() {
    let ledger = memory();
    small(&ledger);
    run(&ledger, &update("x"), 1, |conn| {
        dwelling(conn, 301, 3, 1)?;
        building(conn, 3, 1)
    })
    .unwrap();
    let before = dump(ledger.connection());
    let orphan = run(&ledger, &update("x"), 2, |conn| delete(conn, Building, 3));
    let Err(StorageError::Reference {
        child,
        parent,
        field,
    }) = orphan
    else {
        panic!("{orphan:?}")
    };
    assert_eq!(child, (Dwelling, Some(id(Dwelling, 301))));
    assert_eq!(parent, (Building, Some(id(Building, 3))));
    assert_eq!(field, Some("building"));
    assert_eq!(
        (dump(ledger.connection()), ledger.revision().unwrap()),
        (before, 2)
    );
}

#[test]
fn a_taken_name_is_told_with_its_columns() {
    let ledger = memory();
    small(&ledger);
    let taken = run(&ledger, &update("x"), 1, |conn| {
        building(conn, 3, 1)?;
        conn.execute(
            "UPDATE building SET name = '1号楼' WHERE name = '3号楼'",
            [],
        )
    });
    let Err(StorageError::KeyTaken { kind, columns }) = taken else {
        panic!("{taken:?}")
    };
    assert_eq!(
        (kind, columns),
        (
            Some(Building),
            vec!["compound_id".to_owned(), "name".to_owned()]
        )
    );
}

#[test]
fn a_full_disk_loses_nothing_and_work_goes_on() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let before = dump(ledger.connection());
    let pages: i64 = ledger
        .connection()
        .query_row("PRAGMA page_count", [], |row| row.get(0))
        .unwrap();
    let limit = |pages: i64| {
        ledger
            .connection()
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |_| Ok(()))
            .unwrap();
    };
    limit(pages + 1);
    let many = || {
        run(&ledger, &update("x"), 1, |conn| {
            for number in 200..600 {
                dwelling(conn, number, 1, 1)?;
            }
            Ok(0)
        })
    };
    assert!(matches!(many(), Err(StorageError::DiskFull(_))));
    assert_eq!(
        (dump(ledger.connection()), ledger.revision().unwrap()),
        (before.clone(), 1)
    );
    assert!(ledger.connection().is_autocommit());
    limit(1_000_000);
    many().unwrap();
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger.undo(&stamp(2)).unwrap();
    assert_eq!(dump(ledger.connection()), before);
}

#[test]
fn one_window_writes_the_second_may_read() {
    let place = Place::new();
    let first = place.create();
    small(&first);
    let Err(StorageError::InUse { holder }) = place.try_open() else {
        panic!()
    };
    if cfg!(unix) {
        assert_eq!(holder.as_deref(), Some("录入员甲 测试机 2026-03-05 09:00"));
    }
    let options = OpenOptions {
        mode: Mode::ReadWriteOrRead,
        ..place.options.clone()
    };
    let second = Ledger::open(&place.ledger, &options, &stamp(1)).unwrap();
    assert_eq!(second.read_only(), Some(ReadOnlyReason::InUse));
    assert_eq!(dump(second.connection()), dump(first.connection()));
    let refused = run(&second, &update("x"), 1, |conn| building(conn, 9, 1));
    assert!(matches!(
        refused,
        Err(StorageError::ReadOnly {
            reason: ReadOnlyReason::InUse
        })
    ));
    run(&first, &update("x"), 2, |conn| building(conn, 9, 1)).unwrap();
    assert_eq!(
        second.revision().unwrap(),
        2,
        "the reader sees what the writer commits"
    );
    first.close().unwrap();
    assert_eq!(place.open().read_only(), None);
}

#[test]
fn a_lock_file_left_behind_is_no_obstacle() {
    let place = Place::new();
    place.create().close().unwrap();
    assert!(lock_path(&place.ledger).exists());
    std::fs::write(lock_path(&place.ledger), "someone who is gone").unwrap();
    assert_eq!(place.open().read_only(), None);
}

#[test]
fn a_read_only_file_opens_for_reading_with_the_reason() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger.close().unwrap();
    let mut permissions = std::fs::metadata(&place.ledger).unwrap().permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&place.ledger, permissions).unwrap();
    assert!(matches!(
        place.try_open(),
        Err(StorageError::ReadOnly {
            reason: ReadOnlyReason::File
        })
    ));
    let options = OpenOptions {
        mode: Mode::ReadWriteOrRead,
        ..place.options.clone()
    };
    let ledger = Ledger::open(&place.ledger, &options, &stamp(1)).unwrap();
    assert_eq!(
        (ledger.read_only(), ledger.revision().unwrap()),
        (Some(ReadOnlyReason::File), 1)
    );
    assert!(matches!(
        ledger.undo(&stamp(2)),
        Err(StorageError::ReadOnly { .. })
    ));
    assert!(matches!(
        ledger.set_fact("x", "y"),
        Err(StorageError::ReadOnly { .. })
    ));
}

#[rstest]
#[case(b"", Looks::Empty)]
#[case(b"PK\x03\x04....[Content_Types].xml", Looks::Workbook)]
#[case(b"PK\x03\x04....photo.jpg", Looks::Archive)]
#[case(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", Looks::OldOffice)]
#[case(b"%PDF-1.7", Looks::Pdf)]
#[case("楼号,房号\n".as_bytes(), Looks::Unknown)]
fn foreign_files_are_refused_by_name(#[case] content: &[u8], #[case] expected: Looks) {
    let place = Place::new();
    std::fs::write(&place.ledger, content).unwrap();
    let Err(StorageError::NotALedger { looks }) = place.try_open() else {
        panic!()
    };
    assert_eq!(looks, expected);
    assert_eq!(
        std::fs::read(&place.ledger).unwrap(),
        content,
        "and left alone"
    );
    assert!(!lock_path(&place.ledger).exists());
}

#[test]
fn databases_of_other_programs_folders_and_nothing_are_refused() {
    let place = Place::new();
    assert!(matches!(
        place.try_open(),
        Err(StorageError::FileMissing { .. })
    ));
    let folder = Ledger::open(place.folder.path(), &place.options, &stamp(0));
    assert!(matches!(
        folder,
        Err(StorageError::NotALedger {
            looks: Looks::Folder
        })
    ));
    let other = Connection::open(&place.ledger).unwrap();
    other
        .execute_batch("PRAGMA application_id = 7; CREATE TABLE notes (x);")
        .unwrap();
    drop(other);
    let refused = place.try_open();
    assert!(matches!(
        refused,
        Err(StorageError::NotALedger {
            looks: Looks::OtherDatabase { application_id: 7 }
        })
    ));
}

#[test]
fn a_newer_ledger_is_refused() {
    let place = Place::new();
    let ledger = place.create();
    ledger
        .connection()
        .pragma_update(None, "user_version", migrate::latest() + 1)
        .unwrap();
    ledger.close().unwrap();
    let Err(StorageError::NewerVersion { found, supported }) = place.try_open() else {
        panic!()
    };
    assert_eq!(
        (found, supported),
        (migrate::latest() + 1, migrate::latest())
    );
}

/// A ledger as it was before the inventory: only the first migration ran.
fn old(place: &Place) {
    let conn = Connection::open(&place.ledger).unwrap();
    conn.pragma_update(None, "application_id", migrate::APPLICATION_ID)
        .unwrap();
    conn.execute_batch(include_str!("../../migrations/01-log/up.sql"))
        .unwrap();
    conn.pragma_update(None, "user_version", 1).unwrap();
    conn.execute("INSERT INTO ledger_facts VALUES ('id', 'old')", [])
        .unwrap();
}

#[test]
fn an_older_ledger_is_backed_up_then_migrated() {
    let place = Place::new();
    old(&place);
    let reading = OpenOptions {
        mode: Mode::ReadOnly,
        ..place.options.clone()
    };
    let refused = Ledger::open(&place.ledger, &reading, &stamp(0));
    assert!(matches!(
        refused,
        Err(StorageError::MigrationNeedsWriting { found: 1, .. })
    ));
    let mut ledger = place.open();
    assert_eq!(
        migrate::version(ledger.connection()).unwrap(),
        migrate::latest()
    );
    small(&ledger);
    let backups = ledger.list_backups().unwrap();
    assert_eq!(backups.len(), 1);
    assert_eq!(
        (backups[0].reason, backups[0].verified),
        (Reason::BeforeMigration, true)
    );
    let copy = read_only_connection(&backups[0].path, None).unwrap();
    assert_eq!(migrate::version(&copy).unwrap(), 1);
    drop(copy);
    // Going back to the older state gives a ledger that works in this version.
    ledger.restore(&backups[0].path, &stamp(5)).unwrap();
    assert_eq!(
        (
            dump(ledger.connection()).as_str(),
            ledger.revision().unwrap()
        ),
        ("", 0)
    );
    small(&ledger);
}

#[test]
fn a_truncated_ledger_is_recognised_with_its_newest_backup() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger.backup(Reason::Manual, &stamp(3)).unwrap();
    let backup = ledger.list_backups().unwrap().remove(0);
    ledger.close().unwrap();
    let whole = std::fs::metadata(&place.ledger).unwrap().len();
    for length in [whole - 1, whole / 2, 4096, 100, 40] {
        cut(&place.ledger, length);
        let Err(StorageError::Damaged { newest_backup, .. }) = place.try_open() else {
            panic!("{length}")
        };
        assert_eq!(newest_backup.as_deref(), Some(&backup));
    }
}

#[test]
fn a_damaged_page_is_recognised() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger.close().unwrap();
    let mut bytes = std::fs::read(&place.ledger).unwrap();
    for page in bytes.chunks_mut(4096).skip(1) {
        page[..64].fill(0x5a);
    }
    std::fs::write(&place.ledger, bytes).unwrap();
    assert!(matches!(
        place.try_open(),
        Err(StorageError::Damaged {
            newest_backup: None,
            ..
        })
    ));
}

#[test]
fn tracked_tables_have_keys_and_neither_actions_nor_triggers() {
    let ledger = memory();
    let conn = ledger.connection();
    for kind in jiugai_domain::KindCode::ALL {
        let table = kind.kind().table;
        let key: (String, String) = conn
            .query_row(
                "SELECT name, type FROM pragma_table_info(?1) WHERE pk = 1",
                [table],
                |row| Ok((row.get(0)?, row.get(1)?)),
            )
            .unwrap();
        assert_eq!(key, ("id".to_owned(), "BLOB".to_owned()), "{table}");
        let actions: i64 = conn
            .query_row(
                "SELECT count(*) FROM pragma_foreign_key_list(?1) WHERE on_update <> 'NO ACTION' OR on_delete <> 'NO ACTION'",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(actions, 0, "{table}: undo would run the action again");
        let writing: i64 = conn
            .query_row(
                "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger' AND tbl_name = ?1
                   AND sql NOT GLOB '*BEGIN SELECT RAISE(ABORT, ''[a-zA-Z]*''); END'",
                [table],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(writing, 0, "{table}: undo would run the trigger again");
    }
}

#[test]
fn schema() {
    let ledger = memory();
    let mut statement = ledger
        .connection()
        .prepare(
            "SELECT sql || ';' FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name",
        )
        .unwrap();
    let lines: Vec<String> = statement
        .query_map([], |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    insta::assert_snapshot!(lines.join("\n"));
}

#[test]
fn migrations_are_valid() {
    assert_eq!(migrate::validate(), Ok(()));
}

#[test]
fn a_file_locked_by_another_program_is_told_and_work_goes_on() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    ledger
        .connection()
        .busy_timeout(std::time::Duration::ZERO)
        .unwrap();
    let other = Connection::open(&place.ledger).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let locked = run(&ledger, &update("x"), 1, |conn| building(conn, 9, 1));
    assert!(matches!(locked, Err(StorageError::Locked(_))));
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.revision().unwrap(), 1);
    run(&ledger, &update("x"), 1, |conn| building(conn, 9, 1)).unwrap();
}

#[test]
fn a_medium_without_shared_memory_is_read() {
    let place = Place::new();
    let ledger = place.create();
    small(&ledger);
    let content = dump(ledger.connection());
    ledger.close().unwrap();
    // Where SQLite cannot make its companions, as on a write-protected stick: folders are in the way.
    std::fs::create_dir(beside(&place.ledger, "-shm")).unwrap();
    let options = OpenOptions {
        mode: Mode::ReadOnly,
        ..place.options.clone()
    };
    let ledger = Ledger::open(&place.ledger, &options, &stamp(1)).unwrap();
    assert_eq!(dump(ledger.connection()), content);
    assert_eq!(ledger.read_only(), Some(ReadOnlyReason::Asked));
}

#[test]
fn facts_are_kept_outside_of_undo() {
    let ledger = memory();
    ledger.set_fact("sample", "true").unwrap();
    small(&ledger);
    ledger.set_fact("sample", "false").unwrap();
    ledger.undo(&stamp(1)).unwrap();
    assert_eq!(ledger.fact("sample").unwrap().as_deref(), Some("false"));
    assert_eq!(ledger.fact("missing").unwrap(), None);
}
