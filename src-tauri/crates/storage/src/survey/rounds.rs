//! Questionnaires in versions, and rounds.

use jiugai_domain::RecordId;
use jiugai_domain::survey::{Questionnaire, RoundKind};
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// One version of a questionnaire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Key.
    pub id: RecordId,
    /// The same for all versions of a questionnaire.
    pub family: String,
    /// From 1.
    pub version: i64,
    /// Questions.
    pub sheet: Questionnaire,
    /// When it was made, RFC 3339.
    pub made_at: String,
    /// By whom.
    pub made_by: String,
}

/// How much a version is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Rounds that ask it.
    pub rounds: i64,
    /// Responses that answer it: with one, it never changes any more.
    pub responses: i64,
}

/// A round of asking in one compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Key.
    pub id: RecordId,
    /// Compound.
    pub compound: RecordId,
    /// Version of the questionnaire that is asked.
    pub questionnaire: RecordId,
    /// What for.
    pub kind: RoundKind,
    /// Name.
    pub name: String,
    /// First day, ISO.
    pub opens_on: Option<String>,
    /// Last day, ISO.
    pub closes_on: Option<String>,
    /// Plan that is asked about.
    pub plan: Option<RecordId>,
    /// Its version when the round began.
    pub plan_version: Option<i64>,
    /// 入户率 to be reached, as written.
    pub reach: String,
    /// Where that comes from.
    pub reach_source: String,
    /// 同意率 to be reached, as written.
    pub agree: String,
    /// Where that comes from.
    pub agree_source: String,
    /// Paper is entered twice and compared.
    pub double_entry: bool,
    /// Remark.
    pub remark: String,
}

const VERSION: &str = "SELECT q.id, q.family, q.version, q.definition, q.made_at, q.made_by
    FROM questionnaire AS q";

fn version_at(row: &Row<'_>) -> rusqlite::Result<Version> {
    let definition: String = row.get(3)?;
    Ok(Version {
        id: id_at(row, 0)?,
        family: row.get(1)?,
        version: row.get(2)?,
        sheet: super::answers::json_at(3, &definition)?,
        made_at: row.get(4)?,
        made_by: row.get(5)?,
    })
}

/// Every version, by title and the newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn versions(conn: &Connection) -> Result<Vec<Version>, StorageError> {
    let sql = format!("{VERSION} ORDER BY q.family, q.version DESC");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], version_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One version.
///
/// # Errors
/// When the ledger cannot be read.
pub fn version(conn: &Connection, id: RecordId) -> Result<Option<Version>, StorageError> {
    let sql = format!("{VERSION} WHERE q.id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row([id.0], version_at).optional()?)
}

/// How much a version is used; counts, so it is asked where it is shown and nowhere else.
///
/// # Errors
/// When the ledger cannot be read.
pub fn usage(conn: &Connection, id: RecordId) -> Result<Usage, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT (SELECT count(*) FROM survey_round WHERE questionnaire_id = ?1),
               (SELECT count(*) FROM response WHERE questionnaire_id = ?1)",
        )?
        .query_row([id.0], |row| {
            Ok(Usage {
                rounds: row.get(0)?,
                responses: row.get(1)?,
            })
        })?)
}

/// The newest version of a questionnaire.
///
/// # Errors
/// When the ledger cannot be read.
pub fn newest_version(conn: &Connection, family: &str) -> Result<Option<Version>, StorageError> {
    let sql = format!("{VERSION} WHERE q.family = ?1 ORDER BY q.version DESC LIMIT 1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row([family], version_at).optional()?)
}

/// Stores a new version.
///
/// # Errors
/// Whatever SQLite says.
pub fn insert_version(conn: &Connection, version: &Version) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO questionnaire (id, family, version, title, definition, made_at, made_by)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?
    .execute(params![
        version.id.0,
        version.family,
        version.version,
        version.sheet.title,
        super::answers::json(&version.sheet),
        version.made_at,
        version.made_by
    ])?;
    Ok(())
}

/// Stores a version again: only while nobody answered it.
///
/// # Errors
/// Whatever SQLite says.
pub fn update_version(conn: &Connection, version: &Version) -> Result<(), StorageError> {
    conn.prepare_cached("UPDATE questionnaire SET title = ?2, definition = ?3 WHERE id = ?1")?
        .execute(params![
            version.id.0,
            version.sheet.title,
            super::answers::json(&version.sheet)
        ])?;
    Ok(())
}

/// Removes a version that no round asks.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove_version(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM questionnaire WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

const ROUND: &str = "SELECT id, compound_id, questionnaire_id, kind, name, opens_on, closes_on,
    plan_id, plan_version, reach, reach_source, agree, agree_source, double_entry, remark
    FROM survey_round";

fn round_at(row: &Row<'_>) -> rusqlite::Result<Round> {
    let kind: String = row.get(3)?;
    Ok(Round {
        id: id_at(row, 0)?,
        compound: id_at(row, 1)?,
        questionnaire: id_at(row, 2)?,
        kind: RoundKind::from_code(&kind).unwrap_or(RoundKind::Baseline),
        name: row.get(4)?,
        opens_on: row.get(5)?,
        closes_on: row.get(6)?,
        plan: optional_id_at(row, 7)?,
        plan_version: row.get(8)?,
        reach: row.get(9)?,
        reach_source: row.get(10)?,
        agree: row.get(11)?,
        agree_source: row.get(12)?,
        double_entry: row.get(13)?,
        remark: row.get(14)?,
    })
}

/// The rounds of a compound, or of all, in the order in which they were made.
///
/// # Errors
/// When the ledger cannot be read.
pub fn rounds(conn: &Connection, compound: Option<RecordId>) -> Result<Vec<Round>, StorageError> {
    let sql = format!("{ROUND} WHERE ?1 IS NULL OR compound_id = ?1 ORDER BY rowid");
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([compound.map(|id| id.0)], round_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One round.
///
/// # Errors
/// When the ledger cannot be read.
pub fn round(conn: &Connection, id: RecordId) -> Result<Option<Round>, StorageError> {
    let sql = format!("{ROUND} WHERE id = ?1");
    let mut statement = conn.prepare_cached(&sql)?;
    Ok(statement.query_row([id.0], round_at).optional()?)
}

/// Stores a new round.
///
/// # Errors
/// [`StorageError::KeyTaken`] when the compound has a round of that name; whatever SQLite says.
pub fn insert_round(conn: &Connection, round: &Round) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO survey_round (id, compound_id, questionnaire_id, kind, name, opens_on, closes_on,
         plan_id, plan_version, reach, reach_source, agree, agree_source, double_entry, remark)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?
    .execute(params![
        round.id.0,
        round.compound.0,
        round.questionnaire.0,
        round.kind.code(),
        round.name,
        round.opens_on,
        round.closes_on,
        round.plan.map(|id| id.0),
        round.plan_version,
        round.reach,
        round.reach_source,
        round.agree,
        round.agree_source,
        round.double_entry,
        round.remark
    ])?;
    Ok(())
}

/// Stores a round again; kind and compound stay.
///
/// # Errors
/// [`StorageError::KeyTaken`] when the compound has a round of that name; whatever SQLite says.
pub fn update_round(conn: &Connection, round: &Round) -> Result<(), StorageError> {
    conn.prepare_cached(
        "UPDATE survey_round SET questionnaire_id = ?2, name = ?3, opens_on = ?4, closes_on = ?5,
         plan_id = ?6, plan_version = ?7, reach = ?8, reach_source = ?9, agree = ?10,
         agree_source = ?11, double_entry = ?12, remark = ?13 WHERE id = ?1",
    )?
    .execute(params![
        round.id.0,
        round.questionnaire.0,
        round.name,
        round.opens_on,
        round.closes_on,
        round.plan.map(|id| id.0),
        round.plan_version,
        round.reach,
        round.reach_source,
        round.agree,
        round.agree_source,
        round.double_entry,
        round.remark
    ])?;
    Ok(())
}

/// Removes a round with all its responses.
///
/// # Errors
/// Whatever SQLite says.
pub fn remove_round(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM response WHERE round_id = ?1")?
        .execute([id.0])?;
    conn.prepare_cached("DELETE FROM survey_round WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// Keys of every version of a questionnaire.
///
/// # Errors
/// When the ledger cannot be read.
pub fn versions_of(conn: &Connection, family: &str) -> Result<Vec<RecordId>, StorageError> {
    let mut statement = conn.prepare_cached("SELECT id FROM questionnaire WHERE family = ?1")?;
    let rows = statement.query_map([family], |row| id_at(row, 0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
