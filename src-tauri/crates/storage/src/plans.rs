//! 发布 of plan versions: a published version is frozen, by rule in the use cases and by triggers in
//! the file. Which version counts as the newest is told here too, for every screen and paper.

use jiugai_domain::RecordId;
use rusqlite::{Connection, OptionalExtension, params};

use crate::StorageError;
use crate::records::columns::id_at;

/// The table, for the session that records what changes.
pub(crate) const TABLES: [&str; 1] = ["plan_release"];

/// That a version was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// Key.
    pub id: RecordId,
    /// The compound.
    pub compound: RecordId,
    /// The plan version.
    pub plan: RecordId,
    /// Day, ISO.
    pub published_on: String,
    /// By whom.
    pub published_by: String,
}

/// The published versions of a compound.
///
/// # Errors
/// When the ledger cannot be read.
pub fn releases(conn: &Connection, compound: RecordId) -> Result<Vec<Release>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT id, compound_id, plan_id, published_on, published_by FROM plan_release
         WHERE compound_id = ?1 ORDER BY id",
    )?;
    let rows = statement.query_map([compound.0], |row| {
        Ok(Release {
            id: id_at(row, 0)?,
            compound: id_at(row, 1)?,
            plan: id_at(row, 2)?,
            published_on: row.get(3)?,
            published_by: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// True when a version was published.
///
/// # Errors
/// When the ledger cannot be read.
pub fn is_released(conn: &Connection, plan: RecordId) -> Result<bool, StorageError> {
    let sql = "SELECT 1 FROM plan_release WHERE plan_id = ?1";
    Ok(conn.prepare_cached(sql)?.exists([plan.0])?)
}

/// Freezes a version.
///
/// # Errors
/// Whatever SQLite says.
pub fn release(conn: &Connection, release: &Release) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO plan_release (id, compound_id, plan_id, published_on, published_by)
         VALUES (?1, ?2, ?3, ?4, ?5)",
    )?
    .execute(params![
        release.id.0,
        release.compound.0,
        release.plan.0,
        release.published_on,
        release.published_by,
    ])?;
    Ok(())
}

/// Takes a publication back.
///
/// # Errors
/// Whatever SQLite says.
pub fn withdraw(conn: &Connection, plan: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM plan_release WHERE plan_id = ?1")?
        .execute([plan.0])?;
    Ok(())
}

/// The newest version of a compound's plan, key and number: of several scenarios of one version the
/// published one, and the plan itself before its scenarios.
///
/// # Errors
/// When the ledger cannot be read.
pub fn newest(
    conn: &Connection,
    compound: RecordId,
) -> Result<Option<(RecordId, i64)>, StorageError> {
    numbered(conn, compound, None)
}

/// The version that owners are asked about: the newest one that was published, before any is the
/// newest one.
///
/// # Errors
/// When the ledger cannot be read.
pub fn asked(
    conn: &Connection,
    compound: RecordId,
) -> Result<Option<(RecordId, i64)>, StorageError> {
    let number: Option<i64> = conn
        .prepare_cached(
            "SELECT ifnull(max(CASE WHEN r.id IS NOT NULL THEN v.version END), max(v.version))
             FROM plan AS v LEFT JOIN plan_release AS r ON r.plan_id = v.id
             WHERE v.compound_id = ?1",
        )?
        .query_row([compound.0], |row| row.get(0))?;
    numbered(conn, compound, number)
}

/// The same among the versions of this number.
///
/// # Errors
/// When the ledger cannot be read.
pub fn numbered(
    conn: &Connection,
    compound: RecordId,
    number: Option<i64>,
) -> Result<Option<(RecordId, i64)>, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT p.id, p.version FROM plan AS p LEFT JOIN plan_release AS r ON r.plan_id = p.id
             WHERE p.compound_id = ?1 AND (?2 IS NULL OR p.version = ?2)
             ORDER BY p.version DESC, p.scenario IS NOT NULL, r.id IS NULL, p.scenario, p.id LIMIT 1",
        )?
        .query_row((compound.0, number), |row| Ok((id_at(row, 0)?, row.get(1)?)))
        .optional()?)
}
