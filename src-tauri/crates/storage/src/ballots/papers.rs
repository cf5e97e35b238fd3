//! Papers and what they say.

use jiugai_domain::RecordId;
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{filled, rows_of, text};
use crate::StorageError;
use crate::records::columns::{id_at, optional_id_at};

/// A numbered paper of one dwelling (表决票).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Key.
    pub id: RecordId,
    /// Line of the roll.
    pub entry: RecordId,
    /// Number, from 1.
    pub number: i64,
    /// Code of the way of delivery; empty while it was not delivered.
    pub way: String,
    /// When it was delivered.
    pub delivered_on: String,
    /// Who saw it.
    pub witness: String,
    /// Who signed for it.
    pub receiver: String,
    /// Where the signed stub, the photo or the post's slip is kept.
    pub evidence: String,
    /// When it came back; empty while it did not.
    pub returned_on: String,
    /// Who voted for the owner.
    pub proxy: String,
    /// His letter of authority.
    pub proxy_document: String,
    /// Code of the reason for being invalid as a whole, as both readings or a decision have it;
    /// empty for a valid one.
    pub invalid: String,
    /// More about that.
    pub invalid_note: String,
    /// The reason by the first reading; empty when it took the paper for valid, or was not made.
    pub first_invalid: String,
    /// Who read it so.
    pub first_invalid_by: String,
    /// By the second reading.
    pub second_invalid: String,
    /// Who.
    pub second_invalid_by: String,
    /// Who settled whether it is valid, where the readings differed.
    pub settled_by: String,
    /// Why.
    pub settled_reason: String,
}

impl Paper {
    /// A paper that was not delivered.
    #[must_use]
    pub fn blank(id: RecordId, entry: RecordId, number: i64) -> Self {
        Self {
            id,
            entry,
            number,
            way: String::new(),
            delivered_on: String::new(),
            witness: String::new(),
            receiver: String::new(),
            evidence: String::new(),
            returned_on: String::new(),
            proxy: String::new(),
            proxy_document: String::new(),
            invalid: String::new(),
            invalid_note: String::new(),
            first_invalid: String::new(),
            first_invalid_by: String::new(),
            second_invalid: String::new(),
            second_invalid_by: String::new(),
            settled_by: String::new(),
            settled_reason: String::new(),
        }
    }
}

const PAPER: &str =
    "id, entry_id, number, way, delivered_on, witness, receiver, evidence, returned_on, proxy,
    proxy_document, invalid, invalid_note, first_invalid, first_invalid_by, second_invalid,
    second_invalid_by, settled_by, settled_reason";

fn paper_at(row: &Row<'_>) -> rusqlite::Result<Paper> {
    Ok(Paper {
        id: id_at(row, 0)?,
        entry: id_at(row, 1)?,
        number: row.get(2)?,
        way: text(row, 3)?,
        delivered_on: text(row, 4)?,
        witness: text(row, 5)?,
        receiver: text(row, 6)?,
        evidence: text(row, 7)?,
        returned_on: text(row, 8)?,
        proxy: text(row, 9)?,
        proxy_document: text(row, 10)?,
        invalid: text(row, 11)?,
        invalid_note: text(row, 12)?,
        first_invalid: text(row, 13)?,
        first_invalid_by: text(row, 14)?,
        second_invalid: text(row, 15)?,
        second_invalid_by: text(row, 16)?,
        settled_by: text(row, 17)?,
        settled_reason: text(row, 18)?,
    })
}

/// The papers of a ballot by number.
///
/// # Errors
/// When the ledger cannot be read.
pub fn papers(conn: &Connection, ballot: RecordId) -> Result<Vec<Paper>, StorageError> {
    let sql = format!("SELECT {PAPER} FROM ballot_paper WHERE ballot_id = ?1 ORDER BY number");
    rows_of(conn, &sql, ballot, paper_at)
}

/// One paper of a ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn paper(
    conn: &Connection,
    ballot: RecordId,
    id: RecordId,
) -> Result<Option<Paper>, StorageError> {
    let sql = format!("SELECT {PAPER} FROM ballot_paper WHERE id = ?1 AND ballot_id = ?2");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.0, ballot.0], paper_at)
        .optional()?)
}

/// The ballot of a paper, its number and its dwelling.
///
/// # Errors
/// When the ledger cannot be read.
pub fn paper_place(
    conn: &Connection,
    id: RecordId,
) -> Result<Option<(RecordId, i64, String)>, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT p.ballot_id, p.number, e.place FROM ballot_paper AS p
             JOIN ballot_entry AS e ON e.id = p.entry_id WHERE p.id = ?1",
        )?
        .query_row([id.0], |row| Ok((id_at(row, 0)?, row.get(1)?, row.get(2)?)))
        .optional()?)
}

/// Stores a paper, new or changed.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn put_paper(conn: &Connection, ballot: RecordId, paper: &Paper) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_paper (id, ballot_id, entry_id, number, way, delivered_on, witness, receiver, evidence,
           returned_on, proxy, proxy_document, invalid, invalid_note, first_invalid, first_invalid_by,
           second_invalid, second_invalid_by, settled_by, settled_reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
         ON CONFLICT (id) DO UPDATE SET way = excluded.way, delivered_on = excluded.delivered_on,
           witness = excluded.witness, receiver = excluded.receiver, evidence = excluded.evidence,
           returned_on = excluded.returned_on, proxy = excluded.proxy, proxy_document = excluded.proxy_document,
           invalid = excluded.invalid, invalid_note = excluded.invalid_note,
           first_invalid = excluded.first_invalid, first_invalid_by = excluded.first_invalid_by,
           second_invalid = excluded.second_invalid, second_invalid_by = excluded.second_invalid_by,
           settled_by = excluded.settled_by, settled_reason = excluded.settled_reason",
    )?
    .execute(params![
        paper.id.0,
        ballot.0,
        paper.entry.0,
        paper.number,
        filled(&paper.way),
        filled(&paper.delivered_on),
        filled(&paper.witness),
        filled(&paper.receiver),
        filled(&paper.evidence),
        filled(&paper.returned_on),
        filled(&paper.proxy),
        filled(&paper.proxy_document),
        filled(&paper.invalid),
        filled(&paper.invalid_note),
        filled(&paper.first_invalid),
        filled(&paper.first_invalid_by),
        filled(&paper.second_invalid),
        filled(&paper.second_invalid_by),
        filled(&paper.settled_by),
        filled(&paper.settled_reason),
    ])?;
    Ok(())
}

/// What a paper says about a motion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoteRow {
    /// Key.
    pub id: RecordId,
    /// The paper.
    pub paper: RecordId,
    /// The motion.
    pub motion: RecordId,
    /// `approve`, `reject`, `abstain`, `invalid`; empty when not read.
    pub first: String,
    /// Who read it.
    pub first_by: String,
    /// The second reading.
    pub second: String,
    /// Who.
    pub second_by: String,
    /// What was settled when both differ.
    pub settled: String,
    /// By whom.
    pub settled_by: String,
    /// Why.
    pub settled_reason: String,
}

/// Every vote of a ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn votes(conn: &Connection, ballot: RecordId) -> Result<Vec<VoteRow>, StorageError> {
    rows_of(conn, "SELECT id, paper_id, motion_id, first, first_by, second, second_by, settled, settled_by, settled_reason
         FROM ballot_vote WHERE ballot_id = ?1", ballot, |row| {
        Ok(VoteRow {
            id: id_at(row, 0)?,
            paper: id_at(row, 1)?,
            motion: id_at(row, 2)?,
            first: text(row, 3)?,
            first_by: text(row, 4)?,
            second: text(row, 5)?,
            second_by: text(row, 6)?,
            settled: text(row, 7)?,
            settled_by: text(row, 8)?,
            settled_reason: text(row, 9)?,
        })
    })
}

/// Stores a vote, new or changed.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn put_vote(conn: &Connection, ballot: RecordId, vote: &VoteRow) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_vote (id, ballot_id, paper_id, motion_id, first, first_by, second, second_by, settled,
           settled_by, settled_reason)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
         ON CONFLICT (paper_id, motion_id) DO UPDATE SET first = excluded.first, first_by = excluded.first_by,
           second = excluded.second, second_by = excluded.second_by, settled = excluded.settled,
           settled_by = excluded.settled_by, settled_reason = excluded.settled_reason",
    )?
    .execute(params![
        vote.id.0,
        ballot.0,
        vote.paper.0,
        vote.motion.0,
        filled(&vote.first),
        filled(&vote.first_by),
        filled(&vote.second),
        filled(&vote.second_by),
        filled(&vote.settled),
        filled(&vote.settled_by),
        filled(&vote.settled_reason),
    ])?;
    Ok(())
}

/// Takes back what a paper says: it was not returned after all.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn remove_votes(conn: &Connection, paper: RecordId) -> Result<(), StorageError> {
    conn.prepare_cached("DELETE FROM ballot_vote WHERE paper_id = ?1")?
        .execute([paper.0])?;
    Ok(())
}

/// What a ruling says whose head is empty: papers that did not come back join nobody.
pub const LEFT_OUT: &str = "leftOut";

/// What a person decided about papers of one owner that disagree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ruling {
    /// Key.
    pub id: RecordId,
    /// The motion.
    pub motion: RecordId,
    /// The head.
    pub head: String,
    /// What counts.
    pub vote: String,
    /// Why.
    pub reason: String,
    /// By whom.
    pub decided_by: String,
    /// When.
    pub decided_on: String,
}

/// The rulings of a ballot.
///
/// # Errors
/// When the ledger cannot be read.
pub fn rulings(conn: &Connection, ballot: RecordId) -> Result<Vec<Ruling>, StorageError> {
    rows_of(
        conn,
        "SELECT id, motion_id, head, vote, reason, decided_by, decided_on FROM ballot_ruling
         WHERE ballot_id = ?1 ORDER BY id",
        ballot,
        |row| {
            Ok(Ruling {
                id: id_at(row, 0)?,
                motion: id_at(row, 1)?,
                head: row.get(2)?,
                vote: row.get(3)?,
                reason: row.get(4)?,
                decided_by: row.get(5)?,
                decided_on: row.get(6)?,
            })
        },
    )
}

/// Stores a ruling; an earlier one about the same head and motion is replaced.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn put_ruling(
    conn: &Connection,
    ballot: RecordId,
    ruling: &Ruling,
) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_ruling (id, ballot_id, motion_id, head, vote, reason, decided_by, decided_on)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (motion_id, head) DO UPDATE SET vote = excluded.vote, reason = excluded.reason,
           decided_by = excluded.decided_by, decided_on = excluded.decided_on",
    )?
    .execute(params![
        ruling.id.0,
        ballot.0,
        ruling.motion.0,
        ruling.head,
        ruling.vote,
        ruling.reason,
        ruling.decided_by,
        ruling.decided_on,
    ])?;
    Ok(())
}

/// What an owner is expected to say (投票前摸底).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Straw {
    /// The head.
    pub head: String,
    /// `approve`, `reject`, `abstain`, `undecided`.
    pub leaning: String,
    /// Remark.
    pub note: String,
    /// When.
    pub noted_on: String,
}

/// The straw poll of a ballot. It is never counted.
///
/// # Errors
/// When the ledger cannot be read.
pub fn straws(conn: &Connection, ballot: RecordId) -> Result<Vec<Straw>, StorageError> {
    rows_of(
        conn,
        "SELECT head, leaning, note, noted_on FROM ballot_straw WHERE ballot_id = ?1",
        ballot,
        |row| {
            Ok(Straw {
                head: row.get(0)?,
                leaning: row.get(1)?,
                note: text(row, 2)?,
                noted_on: row.get(3)?,
            })
        },
    )
}

/// Notes what an owner is expected to say.
///
/// # Errors
/// [`StorageError::BallotClosed`]; whatever SQLite says.
pub fn put_straw(
    conn: &Connection,
    id: RecordId,
    ballot: RecordId,
    straw: &Straw,
) -> Result<(), StorageError> {
    conn.prepare_cached(
        "INSERT INTO ballot_straw (id, ballot_id, head, leaning, note, noted_on) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT (ballot_id, head) DO UPDATE SET leaning = excluded.leaning, note = excluded.note,
           noted_on = excluded.noted_on",
    )?
    .execute(params![
        id.0,
        ballot.0,
        straw.head,
        straw.leaning,
        filled(&straw.note),
        straw.noted_on,
    ])?;
    Ok(())
}

/// The last visits to the dwellings of a compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastVisit {
    /// The dwelling.
    pub dwelling: RecordId,
    /// Day of the last one.
    pub visited_on: String,
    /// Code of its outcome.
    pub outcome: String,
    /// Time of day of the last one at which somebody was met; empty when never.
    pub good_time: String,
    /// What the household said about the renovation in the survey of the baseline.
    pub willingness: String,
}

/// Last contact and good time of day for every dwelling of a compound that was visited or whose
/// household said something.
///
/// # Errors
/// When the ledger cannot be read.
pub fn last_visits(conn: &Connection, compound: RecordId) -> Result<Vec<LastVisit>, StorageError> {
    let mut statement = conn.prepare_cached(include_str!("last_visits.sql"))?;
    let rows = statement.query_map([compound.0], |row| {
        Ok(LastVisit {
            dwelling: optional_id_at(row, 0)?.unwrap_or(RecordId([0; 16])),
            visited_on: text(row, 1)?,
            outcome: text(row, 2)?,
            good_time: text(row, 3)?,
            willingness: text(row, 4)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}
