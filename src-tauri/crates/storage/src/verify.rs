//! Checking a ledger from end to end.

#[cfg(test)]
mod tests;

use jiugai_domain::KindCode;
use rusqlite::Connection;

use crate::{Ledger, StorageError, attachments, log};

/// Something that must always hold, as a query for the records that break it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invariant {
    /// Its code, camelCase.
    pub code: &'static str,
    /// A query that gives one row for each record at fault.
    pub sql: &'static str,
}

/// What is wrong with a ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// SQLite's own check of pages and indexes.
    Integrity(String),
    /// Records that refer to one that is not there.
    DanglingReferences {
        /// Table that refers.
        table: String,
        /// How many records.
        count: usize,
    },
    /// Records whose key is not a UUIDv7 of 16 bytes.
    BadKeys {
        /// Their kind.
        kind: KindCode,
        /// How many.
        count: usize,
    },
    /// An invariant does not hold.
    Invariant {
        /// Its code.
        code: &'static str,
        /// How many records are at fault.
        count: usize,
    },
    /// Photos and scans are not what was kept.
    Files {
        /// How many.
        count: usize,
    },
    /// Numbers are missing in the log.
    LogGap {
        /// Rows in the log.
        rows: i64,
        /// Last number.
        last: i64,
    },
    /// A transaction's changeset cannot be read, or its list of records is not that of the changeset.
    LogRow {
        /// Its number.
        seq: i64,
    },
    /// An undo or redo and its target do not agree.
    LogTarget {
        /// Its number.
        seq: i64,
    },
}

impl Ledger {
    /// Checks pages, references, keys, invariants and the log. Empty when all is well.
    ///
    /// # Errors
    /// When the checks themselves cannot run.
    pub fn verify(&self, invariants: &[Invariant]) -> Result<Vec<Problem>, StorageError> {
        let conn = self.connection();
        let mut problems = integrity(conn)?;
        if !problems.is_empty() {
            return Ok(problems);
        }
        references(conn, &mut problems)?;
        for kind in KindCode::ALL {
            let sql = format!(
                "SELECT count(*) FROM \"{}\" WHERE length(id) <> 16 OR hex(substr(id, 7, 1)) NOT LIKE '7%'",
                kind.kind().table
            );
            let count = count(conn, &sql)?;
            if count > 0 {
                problems.push(Problem::BadKeys { kind, count });
            }
        }
        for invariant in invariants {
            let count = count(conn, &format!("SELECT count(*) FROM ({})", invariant.sql))?;
            if count > 0 {
                problems.push(Problem::Invariant {
                    code: invariant.code,
                    count,
                });
            }
        }
        let count = attachments::damaged(conn)?;
        if count > 0 {
            problems.push(Problem::Files { count });
        }
        check_log(conn, &mut problems)?;
        Ok(problems)
    }
}

/// SQLite's own verdict.
pub(crate) fn integrity(conn: &Connection) -> Result<Vec<Problem>, StorageError> {
    let mut statement = conn.prepare("PRAGMA integrity_check(20)")?;
    let lines: Vec<String> = statement
        .query_map([], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    Ok(lines
        .into_iter()
        .filter(|line| line != "ok")
        .map(Problem::Integrity)
        .collect())
}

fn references(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), StorageError> {
    let mut statement = conn.prepare(
        "SELECT \"table\", count(*) FROM pragma_foreign_key_check GROUP BY 1 ORDER BY 1",
    )?;
    let found = statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?)))?;
    for row in found {
        let (table, count) = row?;
        problems.push(Problem::DanglingReferences {
            table,
            count: usize::try_from(count).unwrap_or(0),
        });
    }
    Ok(())
}

fn check_log(conn: &Connection, problems: &mut Vec<Problem>) -> Result<(), StorageError> {
    let (rows, last): (i64, i64) = conn.query_row(
        "SELECT count(*), coalesce(max(seq), 0) FROM transactions",
        [],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    if rows != last {
        problems.push(Problem::LogGap { rows, last });
    }
    let mut targets = conn.prepare(
        "SELECT t.seq FROM transactions AS t LEFT JOIN transactions AS o ON o.seq = t.target
         WHERE t.role <> 'do' AND (o.seq IS NULL OR o.role <> 'do' OR o.seq >= t.seq)
         UNION
         SELECT t.seq FROM transactions AS t LEFT JOIN transactions AS u ON u.seq = t.undone_by
         WHERE t.undone_by IS NOT NULL AND (u.seq IS NULL OR u.role <> 'undo' OR u.target <> t.seq)
         ORDER BY 1",
    )?;
    for seq in targets.query_map([], |row| row.get(0))? {
        problems.push(Problem::LogTarget { seq: seq? });
    }
    let mut listed = conn.prepare("SELECT count(*) FROM transaction_rows WHERE table_name = ?1 AND row_id = ?2 AND seq = ?3 AND action = ?4")?;
    let mut totals: std::collections::HashMap<i64, i64> = conn
        .prepare("SELECT seq, count(*) FROM transaction_rows GROUP BY seq")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    let mut entries = conn.prepare("SELECT seq, changeset FROM transactions ORDER BY seq")?;
    let mut rows = entries.query([])?;
    while let Some(row) = rows.next()? {
        let (seq, changeset): (i64, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let mut touched = Vec::new();
        let read = log::decode(&changeset, |_, _, _| false, |row| touched.push(row));
        // What changes only forms and reports touches no record of a kind.
        let total = totals.remove(&seq).unwrap_or(0);
        let mut sound = read.is_ok() && i64::try_from(touched.len()) == Ok(total);
        for change in touched {
            let found: i64 = listed.query_row(
                (
                    change.kind.kind().table,
                    change.id.0,
                    seq,
                    change.action.code(),
                ),
                |row| row.get(0),
            )?;
            sound &= found == 1;
        }
        if !sound {
            problems.push(Problem::LogRow { seq });
        }
    }
    problems.extend(totals.into_keys().map(|seq| Problem::LogRow { seq }));
    Ok(())
}

fn count(conn: &Connection, sql: &str) -> Result<usize, StorageError> {
    let count: i64 = conn.query_row(sql, [], |row| row.get(0))?;
    Ok(usize::try_from(count).unwrap_or(0))
}
