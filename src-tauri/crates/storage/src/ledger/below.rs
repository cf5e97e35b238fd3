//! The disk fails below SQLite: whatever read, write, synchronisation, truncation, opening or removal
//! of a file goes wrong, it is told as an error, what was committed stands, nothing is half there, and
//! the ledger opens whole afterwards.
//!
//! Each test starts its own executable again as the process whose disk fails.

use std::path::Path;

use jiugai_faults::{Lasting, Operation, arm_file, fired, prepare};

use super::crash::{FILE, acknowledge, acknowledged, again, options_of};
use super::faults::of_version;
use super::*;
use crate::backup::Reason;
use crate::testing::{Place, building, compound, dump, dwelling, run, stamp, times, update};

/// What is under way when the disk fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Work {
    /// One building with its rooms is written.
    Write,
    /// More rows than the cache of pages holds are written at once.
    Import,
    /// The last step is taken back.
    Undo,
    /// A backup is made.
    Backup,
    /// A backup takes the place of the ledger.
    Restore,
    /// The ledger is closed after a step.
    Close,
    /// A ledger of an older version is opened.
    Convert,
}

/// Name of the backup that is restored; it lies out of reach of the rotation.
const OTHER: &str = "另一份.jgdb";

fn rooms(ledger: &Ledger, number: u16, count: u16, minute: i64) -> Result<(), StorageError> {
    run(ledger, &update("楼"), minute, |conn| {
        building(conn, number, 1)?;
        for room in 0..count {
            dwelling(conn, number * 5_000 + room, number, 1)?;
        }
        Ok(0)
    })
    .map(drop)
}

/// Does the work; the faults begin when the arming file is there.
fn work(work: Work, path: &Path) -> Result<(), StorageError> {
    let arm = || {
        if let Some(file) = arm_file() {
            std::fs::write(file, "").unwrap();
        }
    };
    if work == Work::Convert {
        arm();
    }
    let mut ledger = Ledger::open(path, &options_of(path), &stamp(1))?;
    if work == Work::Close {
        rooms(&ledger, 2, 40, 2).unwrap();
    }
    arm();
    match work {
        Work::Write => rooms(&ledger, 2, 40, 2)?,
        Work::Import => rooms(&ledger, 2, 2_500, 2)?,
        Work::Undo => drop(ledger.undo(&stamp(2))?),
        Work::Backup => drop(ledger.backup(Reason::Manual, &stamp(2))?),
        Work::Restore => drop(ledger.restore(&path.with_file_name(OTHER), &stamp(2))?),
        Work::Close | Work::Convert => {}
    }
    ledger.close()
}

/// The ledger that the work begins with, and its content where that may stay.
fn begin(kind: Work) -> (Place, Option<String>) {
    let place = Place::new();
    if kind == Work::Convert {
        of_version(&place, 10);
        return (place, None);
    }
    let ledger = place.create();
    run(&ledger, &update("起"), 0, |conn| compound(conn, 1)).unwrap();
    if kind == Work::Restore {
        let made = ledger.backup(Reason::Manual, &stamp(0)).unwrap();
        std::fs::rename(&made.backup().path, place.ledger.with_file_name(OTHER)).unwrap();
    }
    rooms(&ledger, 1, 200, 1).unwrap();
    let content = dump(ledger.connection());
    ledger.close().unwrap();
    // What was written before the closing stands, whatever the closing meets.
    (place, Some(content).filter(|_| kind != Work::Close))
}

/// The same files in a folder of their own.
fn copy_of(place: &Place) -> Place {
    let copy = Place::new();
    for file in std::fs::read_dir(place.folder.path()).unwrap() {
        let file = file.unwrap();
        if file.file_type().unwrap().is_file() {
            std::fs::copy(file.path(), copy.folder.path().join(file.file_name())).unwrap();
        }
    }
    copy
}

/// What the ledger may hold afterwards: it opens, is whole, and every backup is whole.
fn content(place: &Place, told: &str) -> String {
    let ledger = place
        .try_open()
        .unwrap_or_else(|error| panic!("{told}: the ledger does not open: {error}"));
    assert_eq!(
        crate::verify::integrity(ledger.connection()).unwrap(),
        [],
        "{told}"
    );
    assert_eq!(ledger.verify(&[]).unwrap(), [], "{told}");
    for backup in ledger.list_backups().unwrap() {
        let copy = read_only_connection(&backup.path, None)
            .unwrap_or_else(|error| panic!("{told}: a backup does not open: {error}"));
        assert_eq!(crate::verify::integrity(&copy).unwrap(), [], "{told}");
    }
    let content = dump(ledger.connection());
    ledger.close().unwrap();
    content
}

/// Lets each operation of the work fail in turn.
fn torture(name: &str, kind: Work) {
    if let Some(path) = std::env::var_os(FILE) {
        let said = match work(kind, Path::new(&path)) {
            Ok(()) => "whole".to_owned(),
            Err(error) => format!("refused {error}"),
        };
        return acknowledge(&said);
    }
    let (first, before) = begin(kind);
    let place = copy_of(&first);
    work(kind, &place.ledger).unwrap();
    let after = content(&place, "without a fault");
    let (mut points, mut refused) = (0, 0);
    for operation in Operation::ALL {
        let mut n = 1;
        loop {
            let lasting = if n % 2 == 1 {
                Lasting::Always
            } else {
                Lasting::Once
            };
            let place = copy_of(&first);
            let arm = place.folder.path().join("arm");
            let mut command = again(name, &place);
            prepare(&mut command, operation, n, lasting, &arm);
            let output = command.output().unwrap();
            let told = format!("{kind:?}, {operation:?} {n} {lasting:?}");
            let printed = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(
                output.status.success(),
                "{told}: {printed}{}",
                String::from_utf8_lossy(&output.stderr)
            );
            if !fired(&arm) {
                break;
            }
            let said = printed.lines().find_map(acknowledged).expect("an answer");
            let now = content(&place, &told);
            let whole = said.starts_with("whole");
            assert!(
                now == after || (!whole && before.as_ref() == Some(&now)),
                "{told}: {said} and neither what was nor what should be"
            );
            points += 1;
            refused += usize::from(!whole);
            n += 1 + n / (2 * times());
        }
    }
    assert!(points > 20, "{points} points are too few to say anything");
    // A closing may leave the log of the pages for the next opening, and be whole all the same.
    assert!(refused > 5 || kind == Work::Close, "{refused} refused");
}

#[test]
fn a_step_is_written_whole_or_refused() {
    torture(
        "ledger::below::a_step_is_written_whole_or_refused",
        Work::Write,
    );
}

#[test]
fn an_import_is_written_whole_or_refused() {
    torture(
        "ledger::below::an_import_is_written_whole_or_refused",
        Work::Import,
    );
}

#[test]
fn a_step_is_taken_back_whole_or_stands() {
    torture(
        "ledger::below::a_step_is_taken_back_whole_or_stands",
        Work::Undo,
    );
}

#[test]
fn a_backup_is_whole_or_not_there() {
    torture(
        "ledger::below::a_backup_is_whole_or_not_there",
        Work::Backup,
    );
}

#[test]
fn a_restore_leaves_the_old_or_the_new() {
    torture(
        "ledger::below::a_restore_leaves_the_old_or_the_new",
        Work::Restore,
    );
}

#[test]
fn a_closing_that_fails_loses_nothing() {
    torture(
        "ledger::below::a_closing_that_fails_loses_nothing",
        Work::Close,
    );
}

#[test]
fn an_older_ledger_is_converted_whole_or_can_be_again() {
    torture(
        "ledger::below::an_older_ledger_is_converted_whole_or_can_be_again",
        Work::Convert,
    );
}
