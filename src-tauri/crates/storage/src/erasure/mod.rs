//! 销毁个人信息: when their time is over, names, telephone numbers and free words of a compound leave
//! the records, the log, the search and the file itself. Figures, votes and answers that are counted
//! stay. Nothing of it can be undone.

pub(crate) mod ballot;
mod forget;
mod record;
pub(crate) mod survey;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use jiugai_domain::field::DataClass;
use jiugai_domain::progress::Progress;
use jiugai_domain::{KindCode, RecordId};
use rusqlite::{Connection, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use crate::log::{self, Entry, Op, Role, Stamp, fresh_id};
use crate::query::search::keys;
use crate::records::{self, columns::table};
use crate::wording::OpCode;
use crate::{Ledger, StorageError, migrate};

/// How much of one sort stands in a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// `业主·联系电话`.
    pub label: String,
    /// Personal or sensitive; free words about people count as personal.
    pub class: DataClass,
    /// How many are filled in.
    pub count: i64,
}

/// What was erased of a compound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    /// When, RFC 3339.
    pub at: String,
    /// By whom.
    pub actor: String,
    /// On which computer.
    pub device: String,
    /// Name of the compound then.
    pub compound: String,
    /// Why.
    pub reason: String,
    /// Where a copy was put before; empty for none.
    pub archive: String,
    /// What.
    pub parts: Vec<Part>,
}

/// Why, and what was kept elsewhere.
#[derive(Debug, Clone, Copy)]
pub struct Grounds<'a> {
    /// Why the data have to go.
    pub reason: &'a str,
    /// Where a copy was put before; empty for none.
    pub archive: &'a str,
}

/// What of the compounds is personal, in the order of the kinds; a compound without any is left out.
///
/// # Errors
/// Whatever SQLite says.
pub fn stock(conn: &Connection) -> Result<HashMap<RecordId, Vec<Part>>, StorageError> {
    let mut parts: HashMap<RecordId, Vec<Part>> = HashMap::new();
    let mut add = |label: &str, class: DataClass, sql: &str| -> Result<(), StorageError> {
        let mut statement = conn.prepare_cached(sql)?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let (compound, count): ([u8; 16], i64) = (row.get(0)?, row.get(1)?);
            if count > 0 {
                parts.entry(RecordId(compound)).or_default().push(Part {
                    label: label.to_owned(),
                    class,
                    count,
                });
            }
        }
        Ok(())
    };
    for kind in KindCode::ALL {
        let declared = kind.kind();
        for (field, erased) in declared.erased() {
            let filled = record::filled(kind, field, erased);
            let sql = format!(
                "SELECT compound_id, count(*) FROM {} AS t WHERE {filled} GROUP BY compound_id",
                table(kind)
            );
            let class = match field.class {
                DataClass::Sensitive => DataClass::Sensitive,
                _ => DataClass::Personal,
            };
            add(&format!("{}·{}", declared.label, field.label), class, &sql)?;
        }
    }
    for (label, sql) in survey::STOCK.into_iter().chain(ballot::STOCK) {
        add(label, DataClass::Personal, sql)?;
    }
    add("照片与附件", DataClass::Personal, &record::attached())?;
    Ok(parts)
}

/// Erases what is personal of these compounds and gives the steps of the log that were emptied. The
/// bytes leave the file. A killed process leaves all or nothing of it erased.
///
/// # Errors
/// [`StorageError::ReadOnly`]; [`StorageError::Locked`] while another program has the file open;
/// [`StorageError::DiskFull`] and others of the disk. What was erased stays so.
pub fn erase(
    ledger: &Ledger,
    compounds: &[RecordId],
    grounds: Grounds<'_>,
    stamp: &Stamp,
) -> Result<usize, StorageError> {
    ledger.progress().finish("清除并重写文件")?;
    ledger.write_untracked(|conn| {
        // What lies beside the file and is read by others would keep the old pages.
        settle(conn)?;
        conn.pragma_update(None, "secure_delete", true)?;
        let erased = in_one(conn, compounds, grounds, stamp);
        let room = erased.and_then(|count| {
            conn.execute_batch("VACUUM")?;
            settle(conn)?;
            Ok(count)
        });
        conn.pragma_update(None, "secure_delete", false)?;
        room
    })
}

/// Brings everything from the companion into the file and empties it.
fn settle(conn: &Connection) -> Result<(), StorageError> {
    conn.flush_prepared_statement_cache();
    let busy: i64 = conn.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        return Ok(());
    }
    Err(StorageError::busy())
}

fn in_one(
    conn: &Connection,
    compounds: &[RecordId],
    grounds: Grounds<'_>,
    stamp: &Stamp,
) -> Result<usize, StorageError> {
    let transaction = Transaction::new_unchecked(conn, TransactionBehavior::Immediate)?;
    conn.pragma_update(None, "defer_foreign_keys", true)?;
    let mut stock = stock(conn)?;
    // Before anything changes: the log is read by the keys that stand there now.
    let emptied = forget::steps(conn, compounds)?;
    for &compound in compounds {
        ballot::erase(conn, compound)?;
        record::erase(conn, compound)?;
        survey::erase(conn, compound)?;
        let name = records::label(conn, KindCode::Compound, compound)?.unwrap_or_default();
        let op = Op::one(OpCode::Erase, name.clone());
        let entry = Entry {
            op: &op,
            stamp,
            role: Role::Do,
            target: None,
            schema_version: migrate::version(conn)?,
            changeset: &[],
        };
        let (step, _) = log::append(conn, &entry, &Progress::default())?;
        let parts = stock.remove(&compound).unwrap_or_default();
        conn.prepare_cached(
            "INSERT INTO erasure (id, at, actor, device, compound_id, compound, reason, archive, parts, revision)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?
        .execute(params![
            fresh_id(conn, stamp.at)?.0,
            stamp.at.to_rfc3339(),
            stamp.actor,
            stamp.device,
            compound.0,
            name,
            grounds.reason,
            grounds.archive,
            serde_json::to_string(&parts).unwrap_or_default(),
            step.seq,
        ])?;
    }
    record::erase_waivers(conn)?;
    keys::rebuild(conn)?;
    transaction.commit()?;
    Ok(emptied)
}

/// The records of erasures, latest first: of one compound, or of all.
///
/// # Errors
/// Whatever SQLite says.
pub fn list(conn: &Connection, compound: Option<RecordId>) -> Result<Vec<Erasure>, StorageError> {
    let mut statement = conn.prepare_cached(
        "SELECT at, actor, device, compound, reason, archive, parts FROM erasure
         WHERE ?1 IS NULL OR compound_id = ?1 ORDER BY at DESC, id DESC",
    )?;
    let rows = statement.query_map([compound.map(|compound| compound.0)], |row| {
        let parts: String = row.get(6)?;
        Ok(Erasure {
            at: row.get(0)?,
            actor: row.get(1)?,
            device: row.get(2)?,
            compound: row.get(3)?,
            reason: row.get(4)?,
            archive: row.get(5)?,
            parts: serde_json::from_str(&parts).unwrap_or_default(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The step of the log of the last erasure.
pub(crate) fn last_revision(conn: &Connection) -> Result<Option<i64>, StorageError> {
    Ok(conn.query_row("SELECT max(revision) FROM erasure", [], |row| row.get(0))?)
}
