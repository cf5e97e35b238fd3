//! Long work that somebody stops: nothing of it is left, and the ledger goes on.

use super::*;
use crate::backup::{Reason, folder_of};
use crate::testing::{Place, building, dump, run, small, stamp, update};

/// An open ledger with what its long work can be stopped by.
fn stoppable() -> (Place, Ledger, Progress) {
    let place = Place::new();
    drop(place.create());
    let progress = Progress::default();
    let options = OpenOptions {
        progress: progress.clone(),
        ..place.options.clone()
    };
    let ledger = Ledger::open(&place.ledger, &options, &stamp(1)).unwrap();
    (place, ledger, progress)
}

#[test]
fn a_backup_that_is_stopped_leaves_nothing_and_the_next_one_is_made() {
    let (place, ledger, progress) = stoppable();
    small(&ledger);
    let going = progress.begin("导入");
    assert!(progress.stop());
    assert!(matches!(
        ledger.backup(Reason::BeforeImport, &stamp(2)),
        Err(StorageError::CalledOff)
    ));
    // Long statements of the work are cut off too.
    let many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000) SELECT count(*) FROM n";
    let cut = ledger
        .connection()
        .query_row(many, [], |row| row.get::<_, i64>(0));
    assert!(matches!(
        cut.map_err(StorageError::from),
        Err(StorageError::CalledOff)
    ));
    drop(going);
    assert_eq!(ledger.list_backups().unwrap(), Vec::new());
    let folder = folder_of(ledger.backup_dir().unwrap(), &place.ledger);
    assert_eq!(std::fs::read_dir(folder).unwrap().count(), 0);
    let made = ledger.backup(Reason::BeforeImport, &stamp(3)).unwrap();
    assert!(made.backup().verified);
}

#[test]
fn a_step_that_is_stopped_before_it_is_stored_is_taken_back() {
    let (_place, ledger, progress) = stoppable();
    let before = dump(ledger.connection());
    let going = progress.begin("导入");
    let stopped = run(&ledger, &update("小区"), 2, |conn| {
        building(conn, 1, 1)?;
        assert!(progress.stop());
        Ok(1)
    });
    assert!(matches!(stopped, Err(StorageError::CalledOff)));
    drop(going);
    assert_eq!(dump(ledger.connection()), before);
    small(&ledger);
}
