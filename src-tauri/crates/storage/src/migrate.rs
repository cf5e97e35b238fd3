//! The schema's versions. `user_version` is the number of migrations that ran; forward only, and
//! a shipped file never changes.

use rusqlite::Connection;
use rusqlite_migration::{M, Migrations};

use crate::StorageError;

/// `PRAGMA application_id` of every ledger: `JGLD`.
pub const APPLICATION_ID: i32 = 0x4a47_4c44;

const STEPS: &[M<'static>] = &[
    M::up(include_str!("../migrations/01-log/up.sql"))
        .comment("01-log")
        .foreign_key_check(),
    M::up(include_str!("../migrations/02-inventory/up.sql"))
        .comment("02-inventory")
        .foreign_key_check(),
    M::up(include_str!("../migrations/03-check/up.sql"))
        .comment("03-check")
        .foreign_key_check(),
    M::up(include_str!("../migrations/04-form/up.sql"))
        .comment("04-form")
        .foreign_key_check(),
    M::up(include_str!("../migrations/05-search/up.sql"))
        .comment("05-search")
        .foreign_key_check(),
    M::up(include_str!("../migrations/06-voice/up.sql"))
        .comment("06-voice")
        .foreign_key_check(),
    M::up(include_str!("../migrations/07-survey/up.sql"))
        .comment("07-survey")
        .foreign_key_check(),
    M::up(include_str!("../migrations/08-attachment/up.sql"))
        .comment("08-attachment")
        .foreign_key_check(),
    M::up(include_str!("../migrations/09-ballot/up.sql"))
        .comment("09-ballot")
        .foreign_key_check(),
    M::up(include_str!("../migrations/10-plan/up.sql"))
        .comment("10-plan")
        .foreign_key_check(),
    M::up(include_str!("../migrations/11-standard/up.sql"))
        .comment("11-standard")
        .foreign_key_check(),
    M::up(include_str!("../migrations/12-print/up.sql"))
        .comment("12-print")
        .foreign_key_check(),
    M::up(include_str!("../migrations/13-export/up.sql"))
        .comment("13-export")
        .foreign_key_check(),
    M::up(include_str!("../migrations/14-ballot-reading/up.sql"))
        .comment("14-ballot-reading")
        .foreign_key_check(),
    M::up(include_str!("../migrations/15-cross/up.sql"))
        .comment("15-cross")
        .foreign_key_check(),
    M::up(include_str!("../migrations/16-desk/up.sql"))
        .comment("16-desk")
        .foreign_key_check(),
    M::up(include_str!("../migrations/17-plan-details/up.sql"))
        .comment("17-plan-details")
        .foreign_key_check(),
    M::up(include_str!("../migrations/18-erasure/up.sql"))
        .comment("18-erasure")
        .foreign_key_check(),
    M::up(include_str!("../migrations/19-references/up.sql"))
        .comment("19-references")
        .foreign_key_check(),
    M::up(include_str!("../migrations/20-kept/up.sql"))
        .comment("20-kept")
        .foreign_key_check(),
];

const MIGRATIONS: Migrations<'static> = Migrations::from_slice(STEPS);

/// The newest schema version that this product knows.
#[must_use]
pub fn latest() -> i64 {
    i64::try_from(STEPS.len()).unwrap_or(i64::MAX)
}

/// The schema version of an open file.
///
/// # Errors
/// Whatever SQLite says.
pub fn version(conn: &Connection) -> Result<i64, StorageError> {
    Ok(conn.query_row("PRAGMA user_version", [], |row| row.get(0))?)
}

/// Brings an open file to the newest version, in one transaction, and checks its references.
pub(crate) fn migrate(conn: &mut Connection) -> Result<(), StorageError> {
    conn.pragma_update(None, "foreign_keys", false)?;
    let migrated = MIGRATIONS.to_latest(conn);
    conn.pragma_update(None, "foreign_keys", true)?;
    Ok(migrated?)
}

#[cfg(test)]
pub(crate) fn validate() -> Result<(), rusqlite_migration::Error> {
    MIGRATIONS.validate()
}

/// Brings an empty file to an older version, as that version of the product made it.
#[cfg(test)]
pub(crate) fn migrate_to(conn: &mut Connection, version: usize) {
    MIGRATIONS.to_version(conn, version).unwrap();
}
