//! Ledgers with a password: nothing of them can be read without it, all that a ledger does works
//! with it, and a kill while it is changed leaves the one or the other, whole.

use std::path::Path;

use super::crash::{FILE, acknowledge, kill_after, options_of};
use super::*;
use crate::backup::{Cover, Reason, replace_damaged};
use crate::testing::{Place, building, compound, dump, next, run, small, stamp, times, update};

fn word(text: &str) -> Password {
    Password::new(text).unwrap()
}

fn with(place: &Place, password: Option<&str>) -> Result<Ledger, StorageError> {
    let options = OpenOptions {
        password: password.map(word),
        ..place.options.clone()
    };
    Ledger::open(&place.ledger, &options, &stamp(5))
}

fn holds(file: &Path, needle: &str) -> bool {
    let bytes = std::fs::read(file).unwrap();
    let needle = needle.as_bytes();
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn a_password_is_set_asked_for_changed_and_removed() {
    let place = Place::new();
    let mut ledger = place.create();
    small(&ledger);
    let whole = dump(ledger.connection());
    assert!(holds(&place.ledger, "SQLite format 3"));
    let odd = "it's “两个” \"词\"; --";
    ledger.set_password(Some(word(odd)), &stamp(2)).unwrap();
    assert_eq!(dump(ledger.connection()), whole);
    run(&ledger, &update("楼"), 3, |conn| building(conn, 77, 1)).unwrap();
    let changed = dump(ledger.connection());
    ledger.close().unwrap();
    for mark in ["SQLite format", "小区1", "CREATE TABLE"] {
        assert!(!holds(&place.ledger, mark), "{mark} can be read");
    }
    assert!(matches!(
        with(&place, None),
        Err(StorageError::PasswordNeeded)
    ));
    for wrong in ["its", " ", &odd[1..]] {
        assert!(matches!(
            with(&place, Some(wrong)),
            Err(StorageError::WrongPassword)
        ));
    }
    let mut ledger = with(&place, Some(odd)).unwrap();
    assert_eq!(dump(ledger.connection()), changed);
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger.undo(&stamp(6)).unwrap();
    ledger.redo(&stamp(7)).unwrap();
    ledger
        .set_password(Some(word("新密码")), &stamp(8))
        .unwrap();
    let content = dump(ledger.connection());
    ledger.close().unwrap();
    assert!(matches!(
        with(&place, Some(odd)),
        Err(StorageError::WrongPassword)
    ));
    let mut ledger = with(&place, Some("新密码")).unwrap();
    ledger.undo(&stamp(9)).unwrap();
    ledger.redo(&stamp(10)).unwrap();
    ledger.set_password(None, &stamp(11)).unwrap();
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger.close().unwrap();
    let ledger = place.open();
    assert!(!ledger.has_password());
    assert_eq!(dump(ledger.connection()).len(), content.len());
    assert_eq!(Password::new(""), None);
}

#[test]
fn backups_have_the_password_of_the_ledger_and_those_from_before_are_told_apart() {
    let place = Place::new();
    let mut ledger = place.create();
    small(&ledger);
    let whole = dump(ledger.connection());
    ledger.set_password(Some(word("甲")), &stamp(2)).unwrap();
    run(&ledger, &update("楼"), 3, |conn| building(conn, 77, 1)).unwrap();
    ledger.backup(Reason::Manual, &stamp(4)).unwrap();
    ledger.set_password(Some(word("乙")), &stamp(5)).unwrap();
    ledger.backup(Reason::Manual, &stamp(6)).unwrap();
    let seen = |ledger: &Ledger| -> Vec<(Reason, Cover, bool)> {
        let backups = ledger.list_backups().unwrap();
        backups
            .iter()
            .map(|one| (one.reason, one.cover, one.verified))
            .collect()
    };
    assert_eq!(
        seen(&ledger),
        [
            (Reason::Manual, Cover::Ours, true),
            (Reason::Manual, Cover::Other, false),
            (Reason::BeforePassword, Cover::Plain, true),
        ]
    );
    let backups = ledger.list_backups().unwrap();
    assert!(matches!(
        ledger.restore_preview(&backups[1].path),
        Err(StorageError::WrongPassword)
    ));
    // An unprotected one comes back protected.
    ledger.restore(&backups[2].path, &stamp(7)).unwrap();
    assert_eq!(dump(ledger.connection()), whole);
    assert_eq!(ledger.remove_foreign_backups().unwrap(), 2);
    let left = seen(&ledger);
    assert!(
        left.iter().all(|one| one.1 == Cover::Ours && one.2),
        "{left:?}"
    );
    let newest = ledger.list_backups().unwrap().remove(0);
    ledger.close().unwrap();
    assert!(!holds(&place.ledger, "SQLite format"));
    replace_damaged(
        &place.ledger,
        &newest.path,
        Some(&word("乙")),
        &Progress::default(),
        &stamp(8),
    )
    .unwrap();
    let ledger = with(&place, Some("乙")).unwrap();
    assert_eq!(ledger.verify(&[]).unwrap(), []);
    ledger
        .backup_job(Reason::Opening, &stamp(9))
        .unwrap()
        .run()
        .unwrap();
}

#[test]
fn a_new_ledger_has_its_password_from_the_first_byte() {
    let place = Place::new();
    let options = OpenOptions {
        password: Some(word("甲")),
        ..place.options.clone()
    };
    let ledger = Ledger::create(&place.ledger, &options, &stamp(0)).unwrap();
    small(&ledger);
    ledger.close().unwrap();
    assert!(!holds(&place.ledger, "SQLite format"));
    let bytes = std::fs::read(&place.ledger).unwrap();
    std::fs::write(&place.ledger, &bytes[..bytes.len() - 100]).unwrap();
    assert!(matches!(
        with(&place, Some("甲")),
        Err(StorageError::Damaged { .. })
    ));
}

#[test]
fn a_ledger_that_somebody_reads_keeps_its_password() {
    let place = Place::new();
    let mut ledger = place.create();
    small(&ledger);
    let other = read_only_connection(&place.ledger, None).unwrap();
    ledger
        .connection()
        .busy_timeout(std::time::Duration::ZERO)
        .unwrap();
    let refused = ledger.set_password(Some(word("甲")), &stamp(2));
    assert!(
        matches!(refused, Err(StorageError::Locked(_))),
        "{refused:?}"
    );
    drop(other);
    run(&ledger, &update("楼"), 3, |conn| building(conn, 77, 1)).unwrap();
    ledger.set_password(Some(word("甲")), &stamp(4)).unwrap();
    run(&ledger, &update("楼"), 5, |conn| building(conn, 78, 1)).unwrap();
}

/// Changes the password to and fro, until it is killed.
fn change_for_ever(path: &Path) {
    let options = |password| OpenOptions {
        password,
        ..options_of(path)
    };
    let opened = Ledger::open(path, &options(None), &stamp(1));
    let opened = opened.or_else(|_| Ledger::open(path, &options(Some(word("甲"))), &stamp(1)));
    let mut ledger = opened.unwrap();
    acknowledge("open");
    loop {
        let next = (!ledger.has_password()).then(|| word("甲"));
        ledger.set_password(next, &stamp(2)).unwrap();
        acknowledge("changed");
    }
}

#[test]
fn a_kill_while_the_password_changes_leaves_the_old_or_the_new() {
    if let Some(path) = std::env::var_os(FILE) {
        return change_for_ever(Path::new(&path));
    }
    let name = "ledger::locked::a_kill_while_the_password_changes_leaves_the_old_or_the_new";
    let place = Place::new();
    let ledger = place.create();
    run(&ledger, &update("起"), 0, |conn| compound(conn, 1)).unwrap();
    let whole = dump(ledger.connection());
    ledger.close().unwrap();
    let mut random = 0x3c_6e_f3_72_fe_94_f8_2b;
    for _ in 0..6 * times() {
        let count = 1 + usize::try_from(next(&mut random) % 3).unwrap();
        let spin = u32::try_from(next(&mut random) % 40_000_000).unwrap();
        kill_after(name, &place, count, spin);
        let ledger = with(&place, None)
            .or_else(|_| with(&place, Some("甲")))
            .unwrap();
        assert_eq!(dump(ledger.connection()), whole);
        assert_eq!(ledger.verify(&[]).unwrap(), []);
        assert!(!beside(&place.ledger, ".part").exists());
        ledger.close().unwrap();
    }
}
