//! The log: what was done, by whom, when, and exactly what changed.

mod changeset;
mod write;

pub use changeset::{Action, RowChange};
pub(crate) use changeset::{decode, from_sqlite, invert, key, texts};
pub(crate) use write::{Entry, append};

use chrono::{DateTime, FixedOffset};
use jiugai_domain::{KeySequence, KindCode, RecordId};
use rusqlite::{Connection, OptionalExtension, Row};

use crate::StorageError;
use crate::wording::OpCode;

/// Who works, on which machine, and when: always an argument, never read from the clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// Person (录入员).
    pub actor: String,
    /// Name of the machine.
    pub device: String,
    /// Local time.
    pub at: DateTime<FixedOffset>,
}

/// What a transaction is going to do, in people's words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// What.
    pub code: OpCode,
    /// To what: `3号楼2单元301`, `五交化家属院`.
    pub subject: String,
    /// To how many records (or cells, see [`crate::wording::act`]).
    pub count: usize,
    /// Further parameters of the sentence: `kind`, `source`.
    pub params: serde_json::Value,
}

impl Op {
    /// An operation on one record.
    #[must_use]
    pub fn one(code: OpCode, subject: impl Into<String>) -> Self {
        Self::many(code, subject, 1)
    }

    /// An operation on several records or cells.
    #[must_use]
    pub fn many(code: OpCode, subject: impl Into<String>, count: usize) -> Self {
        Self {
            code,
            subject: subject.into(),
            count,
            params: serde_json::Value::Object(serde_json::Map::new()),
        }
    }

    /// Names the kind that is counted.
    #[must_use]
    pub fn of_kind(mut self, kind: KindCode) -> Self {
        self.params["kind"] = kind.code().into();
        self
    }
}

/// A committed transaction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TransactionId {
    /// Its number in this ledger, rising.
    pub seq: i64,
    /// Its key in every ledger.
    pub id: RecordId,
}

/// What a transaction gave and touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<T> {
    /// What the work returned.
    pub value: T,
    /// Kinds of which records changed, in the order of [`KindCode::ALL`].
    pub scopes: Vec<KindCode>,
    /// The log row; none when nothing changed.
    pub transaction: Option<TransactionId>,
}

/// Whether a transaction was work, an undo or a redo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Work of a person.
    Do,
    /// Takes back the target.
    Undo,
    /// Brings the target back.
    Redo,
}

impl Role {
    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Do => "do",
            Self::Undo => "undo",
            Self::Redo => "redo",
        }
    }

    fn from_code(code: &str) -> Self {
        match code {
            "undo" => Self::Undo,
            "redo" => Self::Redo,
            _ => Self::Do,
        }
    }
}

/// One line of the log, without its changeset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransactionSummary {
    /// Number in this ledger.
    pub seq: i64,
    /// Key in every ledger.
    pub id: RecordId,
    /// When.
    pub at: DateTime<FixedOffset>,
    /// Who.
    pub actor: String,
    /// On which machine.
    pub device: String,
    /// What (of the target, for undo and redo).
    pub op: OpCode,
    /// To what.
    pub subject: String,
    /// To how many.
    pub count: usize,
    /// Further parameters of the sentence.
    pub params: serde_json::Value,
    /// Work, undo or redo.
    pub role: Role,
    /// The transaction that an undo or redo is about.
    pub target: Option<i64>,
    /// True when it was taken back and not brought back since.
    pub undone: bool,
}

pub(crate) const SUMMARY_COLUMNS: &str =
    "seq, id, at, actor, device, op, subject, count, params, role, target, undone_by IS NOT NULL";

pub(crate) fn summary(row: &Row<'_>) -> rusqlite::Result<TransactionSummary> {
    let at: String = row.get(2)?;
    let at = DateTime::parse_from_rfc3339(&at).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(2, rusqlite::types::Type::Text, Box::new(error))
    })?;
    let op: String = row.get(5)?;
    let role: String = row.get(9)?;
    let params: String = row.get(8)?;
    let count: i64 = row.get(7)?;
    Ok(TransactionSummary {
        seq: row.get(0)?,
        id: RecordId(row.get(1)?),
        at,
        actor: row.get(3)?,
        device: row.get(4)?,
        op: OpCode::from_code(&op),
        subject: row.get(6)?,
        count: usize::try_from(count).unwrap_or(0),
        params: serde_json::from_str(&params).unwrap_or_default(),
        role: Role::from_code(&role),
        target: row.get(10)?,
        undone: row.get(11)?,
    })
}

/// One line of the log.
pub(crate) fn find(
    conn: &Connection,
    seq: i64,
) -> Result<Option<TransactionSummary>, StorageError> {
    let sql = format!("SELECT {SUMMARY_COLUMNS} FROM transactions WHERE seq = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([seq], summary)
        .optional()?)
}

/// The changeset of a transaction.
pub(crate) fn changeset(conn: &Connection, seq: i64) -> Result<Option<Vec<u8>>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT changeset FROM transactions WHERE seq = ?1")?
        .query_row([seq], |row| row.get(0))
        .optional()?)
}

/// Columns of the table of a kind, in the order in which changesets number them.
pub(crate) fn columns(conn: &Connection, kind: KindCode) -> Result<Vec<String>, StorageError> {
    let mut statement =
        conn.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let names = statement.query_map([kind.kind().table], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// A fresh key for a record made at `at`: time first, randomness from SQLite.
///
/// # Errors
/// Whatever SQLite says.
pub fn fresh_id(conn: &Connection, at: DateTime<FixedOffset>) -> Result<RecordId, StorageError> {
    Ok(fresh_ids(conn, at)?.fresh())
}

/// Fresh keys for many records made at `at`, in rising order.
///
/// # Errors
/// Whatever SQLite says.
pub fn fresh_ids(
    conn: &Connection,
    at: DateTime<FixedOffset>,
) -> Result<KeySequence, StorageError> {
    let random: [u8; 10] = conn
        .prepare_cached("SELECT randomblob(10)")?
        .query_row([], |row| row.get(0))?;
    let millis = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    Ok(KeySequence::new(millis, random))
}
