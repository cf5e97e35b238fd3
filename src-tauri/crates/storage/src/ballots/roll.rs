//! The roll of a ballot (业主名册): what the ledger says about the dwellings of a scope, and what
//! was written down of it.

use std::collections::HashMap;

use jiugai_domain::RecordId;
use jiugai_domain::ballot::heads::{Employer, Holder, Title};
use rusqlite::{Connection, params};

use super::{filled, rows_of, text};
use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// A dwelling of the scope as the ledger has it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Title and owners.
    pub title: Title,
    /// Building.
    pub building: String,
    /// Storey.
    pub storey: Option<i64>,
    /// 专有部分面积, 0.01 ㎡.
    pub exclusive_dm2: Option<i64>,
    /// 建筑面积, 0.01 ㎡.
    pub gross_dm2: Option<i64>,
    /// Code of the source; empty when not filled in.
    pub area_source: String,
}

/// The dwellings of a scope, in the order of the house numbers.
///
/// # Errors
/// When the ledger cannot be read.
pub fn titles(
    conn: &Connection,
    compound: RecordId,
    scope: &str,
    scope_id: RecordId,
) -> Result<Vec<Found>, StorageError> {
    let mut holders = holders(conn, compound)?;
    let mut statement = conn.prepare_cached(include_str!("titles.sql"))?;
    let rows = statement.query_map(params![compound.0, scope, scope_id.0], |row| {
        let id = id_at(row, 0)?;
        let (building, entrance, room) = (text(row, 1)?, text(row, 2)?, text(row, 3)?);
        let employer = optional_id_at(row, 10)?;
        let state = text(row, 12)?;
        let (usage, tenure, title_state) = (text(row, 5)?, text(row, 6)?, text(row, 7)?);
        Ok(Found {
            title: Title {
                dwelling: id,
                place: format!("{building}{entrance}{room}"),
                apart: matches!(usage.as_str(), "garage" | "storage"),
                public_owned: tenure == "publicOwned" || title_state == "publicOwned",
                unclear: matches!(title_state.as_str(), "disputed" | "sealed" | "unverified"),
                employer: match employer {
                    Some(id) => Some(Employer {
                        id,
                        name: text(row, 11)?,
                        gone: matches!(state.as_str(), "dissolved" | "bankrupt"),
                        successor: text(row, 13)?,
                    }),
                    None => None,
                },
                holders: Vec::new(),
            },
            building,
            storey: row.get(4)?,
            exclusive_dm2: row.get(8)?,
            gross_dm2: row.get(9)?,
            area_source: text(row, 14)?,
        })
    })?;
    let mut found: Vec<Found> = rows.collect::<Result<_, _>>()?;
    for one in &mut found {
        one.title.holders = holders.remove(&one.title.dwelling).unwrap_or_default();
    }
    Ok(found)
}

fn holders(
    conn: &Connection,
    compound: RecordId,
) -> Result<HashMap<RecordId, Vec<Holder>>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT s.dwelling_id, o.id, o.name, o.type, o.work_unit_id, o.phone, o.id_tail, s.is_representative
         FROM ownership AS s JOIN owner AS o ON o.id = s.owner_id
         WHERE s.compound_id = ?1 ORDER BY s.dwelling_id, o.sort_key, o.id",
    )?;
    let rows = statement.query_map([compound.0], |row| {
        Ok((
            id_at(row, 0)?,
            Holder {
                owner: id_at(row, 1)?,
                name: row.get(2)?,
                sort: text(row, 3)?,
                work_unit: optional_id_at(row, 4)?,
                marks: [text(row, 5)?, text(row, 6)?],
                representative: row.get::<_, Option<bool>>(7)?.unwrap_or(false),
            },
        ))
    })?;
    let mut all: HashMap<RecordId, Vec<Holder>> = HashMap::new();
    for row in rows {
        let (dwelling, holder) = row?;
        all.entry(dwelling).or_default().push(holder);
    }
    Ok(all)
}

/// A line of the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RollEntry {
    /// Key.
    pub id: RecordId,
    /// Place in the roll, from 1.
    pub ordinal: i64,
    /// The dwelling.
    pub dwelling: RecordId,
    /// `3号楼2单元301`.
    pub place: String,
    /// `3号楼`.
    pub building: String,
    /// Storey.
    pub storey: Option<i64>,
    /// Area in 0.01 ㎡; none when nothing is known.
    pub area_dm2: Option<i64>,
    /// Code of its source; empty when not known.
    pub area_source: String,
    /// Names on the paper.
    pub owners: String,
    /// Key of the head.
    pub head: String,
    /// Who that is.
    pub head_label: String,
    /// It counts.
    pub counts: bool,
    /// Why not, or how.
    pub note: String,
    /// Coefficient for sharing a lift, in hundredths.
    pub coefficient: Option<i64>,
}

/// The roll, in its order.
///
/// # Errors
/// When the ledger cannot be read.
pub fn entries(conn: &Connection, ballot: RecordId) -> Result<Vec<RollEntry>, StorageError> {
    rows_of(conn, "SELECT id, ordinal, dwelling_id, place, building, storey, area_dm2, area_source, owners, head, head_label,
           counts, note, coefficient
         FROM ballot_entry WHERE ballot_id = ?1 ORDER BY ordinal", ballot, |row| {
        Ok(RollEntry {
            id: id_at(row, 0)?,
            ordinal: row.get(1)?,
            dwelling: id_at(row, 2)?,
            place: row.get(3)?,
            building: row.get(4)?,
            storey: row.get(5)?,
            area_dm2: row.get(6)?,
            area_source: text(row, 7)?,
            owners: row.get(8)?,
            head: row.get(9)?,
            head_label: row.get(10)?,
            counts: row.get(11)?,
            note: text(row, 12)?,
            coefficient: row.get(13)?,
        })
    })
}

/// Writes the roll anew.
///
/// # Errors
/// [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn replace_entries(
    conn: &Connection,
    ballot: RecordId,
    entries: &[RollEntry],
) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM ballot_entry WHERE ballot_id = ?1")?
        .execute([ballot.0])?;
    let mut insert = conn.prepare_cached(
        "INSERT INTO ballot_entry (id, ballot_id, ordinal, dwelling_id, place, building, storey, area_dm2, area_source,
           owners, head, head_label, counts, note, coefficient)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)",
    )?;
    for entry in entries {
        insert.execute(params![
            entry.id.0,
            ballot.0,
            entry.ordinal,
            entry.dwelling.0,
            entry.place,
            entry.building,
            entry.storey,
            entry.area_dm2,
            filled(&entry.area_source),
            entry.owners,
            entry.head,
            entry.head_label,
            entry.counts,
            filled(&entry.note),
            entry.coefficient,
        ])?;
    }
    Ok(())
}

/// Sets the coefficient of a line for sharing a lift.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn set_coefficient(
    conn: &Connection,
    entry: RecordId,
    coefficient: Option<i64>,
) -> Result<(), StorageError> {
    conn.prepare_cached("UPDATE ballot_entry SET coefficient = ?2 WHERE id = ?1")?
        .execute(params![entry.0, coefficient])?;
    Ok(())
}

/// What a person decided about the roll.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Key of the question.
    pub question: String,
    /// Whom or what it is about.
    pub subject: String,
    /// Code of the answer.
    pub answer: String,
    /// Why.
    pub reason: String,
    /// Who decided.
    pub decided_by: String,
    /// When.
    pub decided_on: String,
}

/// Every decision about the roll of a ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn answers(conn: &Connection, ballot: RecordId) -> Result<Vec<Answer>, StorageError> {
    rows_of(
        conn,
        "SELECT question, subject, answer, reason, decided_by, decided_on FROM ballot_answer
         WHERE ballot_id = ?1 ORDER BY id",
        ballot,
        |row| {
            Ok(Answer {
                question: row.get(0)?,
                subject: row.get(1)?,
                answer: row.get(2)?,
                reason: row.get(3)?,
                decided_by: row.get(4)?,
                decided_on: row.get(5)?,
            })
        },
    )
}

/// Stores a decision; an earlier one about the same question is replaced.
///
/// # Errors
/// [`StorageError::RollFrozen`]; whatever SQLite says.
pub fn put_answer(
    conn: &Connection,
    id: RecordId,
    ballot: RecordId,
    answer: &Answer,
) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_answer (id, ballot_id, question, subject, answer, reason, decided_by, decided_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (ballot_id, question) DO UPDATE SET answer = excluded.answer, reason = excluded.reason,
           decided_by = excluded.decided_by, decided_on = excluded.decided_on",
    )?
    .execute(params![
        id.0,
        ballot.0,
        answer.question,
        answer.subject,
        answer.answer,
        answer.reason,
        answer.decided_by,
        answer.decided_on,
    ])?;
    Ok(())
}

/// An objection (异议).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Objection {
    /// Key.
    pub id: RecordId,
    /// `roll`, `lift` or `result`.
    pub sort: String,
    /// About which place.
    pub place: String,
    /// What was said.
    pub words: String,
    /// When.
    pub raised_on: String,
    /// What was answered; empty while it is open.
    pub answer: String,
    /// When.
    pub answered_on: String,
}

/// The objections of a ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn objections(conn: &Connection, ballot: RecordId) -> Result<Vec<Objection>, StorageError> {
    rows_of(
        conn,
        "SELECT id, sort, place, words, raised_on, answer, answered_on FROM ballot_objection
         WHERE ballot_id = ?1 ORDER BY id",
        ballot,
        |row| {
            Ok(Objection {
                id: id_at(row, 0)?,
                sort: row.get(1)?,
                place: row.get(2)?,
                words: row.get(3)?,
                raised_on: row.get(4)?,
                answer: text(row, 5)?,
                answered_on: text(row, 6)?,
            })
        },
    )
}

/// Stores an objection, new or answered.
///
/// # Errors
/// Whatever SQLite says.
pub fn put_objection(
    conn: &Connection,
    ballot: RecordId,
    objection: &Objection,
) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_objection (id, ballot_id, sort, place, words, raised_on, answer, answered_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (id) DO UPDATE SET answer = excluded.answer, answered_on = excluded.answered_on",
    )?
    .execute(params![
        objection.id.0,
        ballot.0,
        objection.sort,
        objection.place,
        objection.words,
        objection.raised_on,
        filled(&objection.answer),
        filled(&objection.answered_on),
    ])?;
    Ok(())
}
