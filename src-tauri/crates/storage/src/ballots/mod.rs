//! 业主表决: ballots, their frozen roll, papers and votes. Own tables, tracked like those of the
//! kinds, so that undo takes back what was done while a ballot stands open.
//!
//! A closed ballot refuses every write, the roll of an opened one every change of itself: by rule
//! in the use cases and by triggers in the file.

mod papers;
mod roll;
#[cfg(test)]
mod tests;

pub use papers::*;
pub use roll::*;

use jiugai_domain::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// The tables, for the session that records what changes. The ballot comes first: undoing its
/// opening must lift the freeze before anything below it goes.
pub(crate) const TABLES: [&str; 9] = [
    "ballot",
    "ballot_motion",
    "ballot_entry",
    "ballot_answer",
    "ballot_objection",
    "ballot_paper",
    "ballot_vote",
    "ballot_ruling",
    "ballot_straw",
];

/// A ballot with its settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ballot {
    /// Key.
    pub id: RecordId,
    /// The compound.
    pub compound: RecordId,
    /// What people call it.
    pub name: String,
    /// `compound`, `building` or `entrance`.
    pub scope: String,
    /// Which one.
    pub scope_id: RecordId,
    /// Its name when the ballot was made.
    pub scope_label: String,
    /// Notice, first and last day: ISO, empty when not set.
    pub notice_on: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// 组织单位.
    pub organiser: String,
    /// For questions.
    pub phone: String,
    /// 监票人.
    pub supervisors: String,
    /// All dwellings of a work unit are one head.
    pub work_unit_is_one: bool,
    /// Parking spaces and store rooms count.
    pub count_apart: bool,
    /// The gross area stands in for an exclusive one that is not known.
    pub gross_when_missing: bool,
    /// Papers are read twice.
    pub double_entry: bool,
    /// 从多.
    pub follow_majority: bool,
    /// The clause of the owners' rules behind 从多.
    pub rules_clause: String,
    /// The consequence stands on the paper.
    pub consequence_printed: bool,
    /// Cost of a lift.
    pub lift_cost_fen: Option<i64>,
    /// A lift is shared by area too.
    pub lift_by_area: bool,
    /// The plan that proposed it.
    pub plan: Option<RecordId>,
    /// The closed ballot that this one takes up again.
    pub follows: Option<RecordId>,
    /// Why.
    pub reason: String,
    /// When and by whom it was opened, RFC 3339; empty while it is prepared.
    pub opened_at: String,
    /// By whom.
    pub opened_by: String,
    /// When it was closed.
    pub closed_at: String,
    /// By whom.
    pub closed_by: String,
    /// What was counted then, JSON of the caller.
    pub result: String,
}

impl Ballot {
    /// A ballot of a whole compound that is prepared, with the settings that it begins with.
    #[must_use]
    pub fn prepared(
        id: RecordId,
        compound: RecordId,
        name: impl Into<String>,
        scope_label: impl Into<String>,
    ) -> Self {
        Self {
            id,
            compound,
            name: name.into(),
            scope: "compound".to_owned(),
            scope_id: compound,
            scope_label: scope_label.into(),
            notice_on: String::new(),
            starts_on: String::new(),
            ends_on: String::new(),
            organiser: String::new(),
            phone: String::new(),
            supervisors: String::new(),
            work_unit_is_one: true,
            count_apart: false,
            gross_when_missing: false,
            double_entry: true,
            follow_majority: false,
            rules_clause: String::new(),
            consequence_printed: false,
            lift_cost_fen: None,
            lift_by_area: true,
            plan: None,
            follows: None,
            reason: String::new(),
            opened_at: String::new(),
            opened_by: String::new(),
            closed_at: String::new(),
            closed_by: String::new(),
            result: String::new(),
        }
    }
}

const COLUMNS: &str = "id, compound_id, name, scope, scope_id, scope_label, notice_on, starts_on, ends_on, organiser,
    phone, supervisors, work_unit_is_one, count_apart, gross_when_missing, double_entry, follow_majority,
    rules_clause, consequence_printed, lift_cost_fen, lift_by_area, plan_id, follows_id, reason,
    opened_at, opened_by, closed_at, closed_by, result";

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get::<_, Option<String>>(at)?.unwrap_or_default())
}

/// The rows that belong to a ballot: `sql` has its key as the only parameter.
fn rows_of<T>(
    conn: &Connection,
    sql: &str,
    ballot: RecordId,
    read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
) -> Result<Vec<T>, StorageError> {
    let mut statement = conn.prepare_cached(sql)?;
    let rows = statement.query_map([ballot.0], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Empty is nothing.
fn filled(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn ballot_at(row: &Row<'_>) -> rusqlite::Result<Ballot> {
    Ok(Ballot {
        id: id_at(row, 0)?,
        compound: id_at(row, 1)?,
        name: row.get(2)?,
        scope: row.get(3)?,
        scope_id: id_at(row, 4)?,
        scope_label: row.get(5)?,
        notice_on: text(row, 6)?,
        starts_on: text(row, 7)?,
        ends_on: text(row, 8)?,
        organiser: text(row, 9)?,
        phone: text(row, 10)?,
        supervisors: text(row, 11)?,
        work_unit_is_one: row.get(12)?,
        count_apart: row.get(13)?,
        gross_when_missing: row.get(14)?,
        double_entry: row.get(15)?,
        follow_majority: row.get(16)?,
        rules_clause: text(row, 17)?,
        consequence_printed: row.get(18)?,
        lift_cost_fen: row.get(19)?,
        lift_by_area: row.get(20)?,
        plan: optional_id_at(row, 21)?,
        follows: optional_id_at(row, 22)?,
        reason: text(row, 23)?,
        opened_at: text(row, 24)?,
        opened_by: text(row, 25)?,
        closed_at: text(row, 26)?,
        closed_by: text(row, 27)?,
        result: text(row, 28)?,
    })
}

/// The ballots of a compound, or of all, the newest first.
///
/// # Errors
/// When the ledger cannot be read.
pub fn list(conn: &Connection, compound: Option<RecordId>) -> Result<Vec<Ballot>, StorageError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM ballot WHERE ?1 IS NULL OR compound_id = ?1 ORDER BY id DESC"
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([compound.map(|id| id.0)], ballot_at)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// One ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn find(conn: &Connection, id: RecordId) -> Result<Option<Ballot>, StorageError> {
    let sql = format!("SELECT {COLUMNS} FROM ballot WHERE id = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.0], ballot_at)
        .optional()?)
}

/// Stores a ballot, new or changed.
///
/// # Errors
/// [`StorageError::BallotClosed`], [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn put(conn: &Connection, ballot: &Ballot) -> Result<(), StorageError> {
    let marks: Vec<String> = (1..=29).map(|at| format!("?{at}")).collect();
    let set: Vec<String> = COLUMNS
        .split(',')
        .map(str::trim)
        .skip(1)
        .map(|column| format!("{column} = excluded.{column}"))
        .collect();
    let sql = format!(
        "INSERT INTO ballot ({COLUMNS}) VALUES ({}) ON CONFLICT (id) DO UPDATE SET {}",
        marks.join(", "),
        set.join(", ")
    );
    conn.prepare_cached(&sql)?.execute(params![
        ballot.id.0,
        ballot.compound.0,
        ballot.name,
        ballot.scope,
        ballot.scope_id.0,
        ballot.scope_label,
        filled(&ballot.notice_on),
        filled(&ballot.starts_on),
        filled(&ballot.ends_on),
        filled(&ballot.organiser),
        filled(&ballot.phone),
        filled(&ballot.supervisors),
        ballot.work_unit_is_one,
        ballot.count_apart,
        ballot.gross_when_missing,
        ballot.double_entry,
        ballot.follow_majority,
        filled(&ballot.rules_clause),
        ballot.consequence_printed,
        ballot.lift_cost_fen,
        ballot.lift_by_area,
        ballot.plan.map(|id| id.0),
        ballot.follows.map(|id| id.0),
        filled(&ballot.reason),
        filled(&ballot.opened_at),
        filled(&ballot.opened_by),
        filled(&ballot.closed_at),
        filled(&ballot.closed_by),
        filled(&ballot.result),
    ])?;
    Ok(())
}

/// Removes a ballot that was never opened, with everything below it.
///
/// # Errors
/// [`StorageError::BallotClosed`], [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn remove(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    for table in TABLES
        .iter()
        .rev()
        .filter(|table| table.starts_with("ballot_"))
    {
        conn.prepare_cached(&format!("DELETE FROM {table} WHERE ballot_id = ?1"))?
            .execute([id.0])?;
    }
    conn.prepare_cached("DELETE FROM ballot WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}

/// A motion (议题).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Motion {
    /// Key.
    pub id: RecordId,
    /// The ballot.
    pub ballot: RecordId,
    /// Place on the paper, from 1.
    pub ordinal: i64,
    /// What is asked.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// Code of the matter.
    pub matter: String,
    /// Code of the leg.
    pub leg: String,
    /// Why another leg than the Code's was chosen.
    pub leg_reason: String,
    /// The work item that it is about.
    pub work_item: Option<RecordId>,
}

/// The motions of a ballot in their order.
///
/// # Errors
/// When the ledger cannot be read.
pub fn motions(conn: &Connection, ballot: RecordId) -> Result<Vec<Motion>, StorageError> {
    rows_of(
        conn,
        "SELECT id, ballot_id, ordinal, title, detail, matter, leg, leg_reason, work_item_id
         FROM ballot_motion WHERE ballot_id = ?1 ORDER BY ordinal, id",
        ballot,
        |row| {
            Ok(Motion {
                id: id_at(row, 0)?,
                ballot: id_at(row, 1)?,
                ordinal: row.get(2)?,
                title: row.get(3)?,
                detail: text(row, 4)?,
                matter: row.get(5)?,
                leg: row.get(6)?,
                leg_reason: text(row, 7)?,
                work_item: optional_id_at(row, 8)?,
            })
        },
    )
}

/// Stores a motion, new or changed.
///
/// # Errors
/// [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn put_motion(conn: &Connection, motion: &Motion) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_motion (id, ballot_id, ordinal, title, detail, matter, leg, leg_reason, work_item_id)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
         ON CONFLICT (id) DO UPDATE SET ordinal = excluded.ordinal, title = excluded.title, detail = excluded.detail,
           matter = excluded.matter, leg = excluded.leg, leg_reason = excluded.leg_reason, work_item_id = excluded.work_item_id",
    )?
    .execute(params![
        motion.id.0,
        motion.ballot.0,
        motion.ordinal,
        motion.title,
        filled(&motion.detail),
        motion.matter,
        motion.leg,
        filled(&motion.leg_reason),
        motion.work_item.map(|id| id.0),
    ])?;
    Ok(())
}

/// Removes a motion.
///
/// # Errors
/// [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn remove_motion(conn: &Connection, id: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM ballot_motion WHERE id = ?1")?
        .execute([id.0])?;
    Ok(())
}
