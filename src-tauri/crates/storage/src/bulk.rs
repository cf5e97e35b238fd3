//! Many rows of one table, several in a statement: each statement finds its table and indexes anew.

use jiugai_domain::progress::Progress;
use rusqlite::{Connection, Statement};

use crate::StorageError;

/// Rows of one statement.
const TOGETHER: usize = 64;

/// Puts rows into a table. `into` is the statement up to its columns, of which there are `columns`; `bind` sets those of
/// a row, of which the first has this number.
pub(crate) fn insert_many<T>(
    conn: &Connection,
    (into, columns): (&str, usize),
    rows: &[T],
    progress: &Progress,
    bind: impl Fn(&mut Statement<'_>, usize, &T) -> rusqlite::Result<()>,
) -> Result<(), StorageError> {
    let mut done = 0;
    let mut insert = |together: usize, chunks: std::slice::ChunksExact<'_, T>| {
        let row = format!("(?{})", ", ?".repeat(columns - 1));
        let sql = format!(
            "{into} VALUES {row}{}",
            format!(", {row}").repeat(together - 1)
        );
        let mut statement = conn.prepare_cached(&sql)?;
        for chunk in chunks {
            progress.reach(done)?;
            for (number, row) in chunk.iter().enumerate() {
                bind(&mut statement, number * columns + 1, row)?;
            }
            statement.raw_execute()?;
            done += together;
        }
        Ok::<(), StorageError>(())
    };
    let full = rows.chunks_exact(TOGETHER);
    let rest = full.remainder();
    if rows.len() >= TOGETHER {
        insert(TOGETHER, full)?;
    }
    insert(1, rest.chunks_exact(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_arrives_once_however_many_there_are() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)")
            .unwrap();
        for count in [0, 1, TOGETHER - 1, TOGETHER, TOGETHER + 1, 3 * TOGETHER + 7] {
            conn.execute("DELETE FROM t", []).unwrap();
            let count = i64::try_from(count).unwrap();
            let rows: Vec<i64> = (0..count).collect();
            let into = ("INSERT INTO t (a, b)", 2);
            insert_many(
                &conn,
                into,
                &rows,
                &Progress::default(),
                |insert, first, row| {
                    insert.raw_bind_parameter(first, row)?;
                    insert.raw_bind_parameter(first + 1, format!("第{row}行"))
                },
            )
            .unwrap();
            let sql = "SELECT count(*) FROM t WHERE b = '第' || a || '行' AND a < ?1";
            let found: i64 = conn.query_row(sql, [count], |row| row.get(0)).unwrap();
            assert_eq!(found, count);
        }
    }

    #[test]
    fn work_that_was_stopped_goes_no_further() {
        let conn = Connection::open_in_memory().unwrap();
        conn.execute_batch("CREATE TABLE t (a INTEGER)").unwrap();
        let progress = Progress::default();
        let _going = progress.begin("导入");
        assert!(progress.stop());
        let into = ("INSERT INTO t (a)", 1);
        let stopped = insert_many(&conn, into, &[1, 2], &progress, |insert, first, row| {
            insert.raw_bind_parameter(first, row)
        });
        assert!(matches!(stopped, Err(StorageError::CalledOff)));
        let sql = "SELECT count(*) FROM t";
        assert_eq!(conn.query_row(sql, [], |row| row.get::<_, i64>(0)), Ok(0));
    }
}
