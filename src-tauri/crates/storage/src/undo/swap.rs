//! Records that exchange a unique key among them (two buildings that swapped their numbers): each
//! waits for the other to give it up, so they are taken out together and put back together. What goes for
//! good goes first: one of them may get its key.

use std::collections::HashSet;

use jiugai_domain::{KindCode, RecordId, Value};
use rusqlite::{Connection, ToSql, params_from_iter, types};

use crate::StorageError;
use crate::log::{Action, RowChange, decode, from_sqlite};

/// Brings the rows of `changeset` that change a unique key to their new state, takes out those of their
/// tables that it deletes, and tells which. None when there are fewer than two, or one of them was changed
/// since.
pub(super) fn exchange(
    conn: &Connection,
    changeset: &[u8],
) -> Result<HashSet<(KindCode, RecordId)>, StorageError> {
    let (mut updates, mut gone): (Vec<RowChange>, Vec<RowChange>) = (Vec::new(), Vec::new());
    decode(
        changeset,
        |_, _, action| action != Action::Insert,
        |row| match row.action {
            Action::Update => updates.push(row),
            Action::Delete => gone.push(row),
            Action::Insert => {}
        },
    )?;
    let mut rows = Vec::new();
    let mut known: Vec<(KindCode, Table)> = Vec::new();
    for update in updates {
        if !known.iter().any(|(kind, _)| *kind == update.kind) {
            known.push((update.kind, Table::of(conn, update.kind)?));
        }
        let Some((_, table)) = known.iter().find(|(kind, _)| *kind == update.kind) else {
            continue;
        };
        if !update.cells.iter().any(|(at, ..)| table.is_unique(*at)) {
            continue;
        }
        let Some(mut cells) = table.read(conn, update.id)? else {
            return Ok(HashSet::new());
        };
        for (at, old, new) in &update.cells {
            if from_sqlite((&cells[*at]).into()) != *old {
                return Ok(HashSet::new());
            }
            cells[*at] = stored(new);
        }
        rows.push((update.kind, update.id, cells));
    }
    if rows.len() < 2 {
        return Ok(HashSet::new());
    }
    gone.retain(|row| rows.iter().any(|(kind, ..)| *kind == row.kind));
    for row in &gone {
        let table = known.iter().find(|(kind, _)| *kind == row.kind);
        let cells = table
            .map(|(_, table)| table.read(conn, row.id))
            .transpose()?;
        let unchanged = cells.flatten().is_some_and(|cells| {
            cells.iter().enumerate().all(|(at, cell)| {
                let old = row.cells.iter().find(|(column, ..)| *column == at);
                from_sqlite(cell.into()) == old.map_or(Value::Null, |(_, old, _)| old.clone())
            })
        });
        if !unchanged {
            return Ok(HashSet::new());
        }
    }
    // Between the two steps others refer to what is not there.
    conn.pragma_update(None, "defer_foreign_keys", true)?;
    let taken = rows.iter().map(|(kind, id, _)| (*kind, *id));
    let done: HashSet<(KindCode, RecordId)> = taken
        .chain(gone.iter().map(|row| (row.kind, row.id)))
        .collect();
    for (kind, id) in &done {
        let sql = format!("DELETE FROM \"{}\" WHERE id = ?1", kind.kind().table);
        conn.prepare_cached(&sql)?.execute([id.0])?;
    }
    for (kind, _, cells) in &rows {
        let places = vec!["?"; cells.len()].join(", ");
        let sql = format!("INSERT INTO \"{}\" VALUES ({places})", kind.kind().table);
        conn.prepare_cached(&sql)?.execute(params_from_iter(
            cells.iter().map(|cell| cell as &dyn ToSql),
        ))?;
    }
    Ok(done)
}

/// What must be known of a table.
struct Table {
    name: &'static str,
    columns: Vec<String>,
    /// Columns of its unique keys; none when a key is made of an expression, so that any may be part.
    unique: Option<HashSet<String>>,
}

impl Table {
    fn of(conn: &Connection, kind: KindCode) -> Result<Self, StorageError> {
        let name = kind.kind().table;
        let mut statement =
            conn.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
        let columns = statement.query_map([name], |row| row.get(0))?;
        let columns = columns.collect::<Result<_, _>>()?;
        let mut statement = conn.prepare_cached(
            "SELECT part.name FROM pragma_index_list(?1) AS one, pragma_index_info(one.name) AS part
             WHERE one.\"unique\" AND one.origin <> 'pk'",
        )?;
        let unique = statement.query_map([name], |row| row.get::<_, Option<String>>(0))?;
        let unique = unique.collect::<Result<Option<_>, _>>()?;
        Ok(Self {
            name,
            columns,
            unique,
        })
    }

    fn is_unique(&self, at: usize) -> bool {
        let name = self.columns.get(at);
        match &self.unique {
            Some(unique) => name.is_some_and(|name| unique.contains(name)),
            None => name.is_some(),
        }
    }

    fn read(
        &self,
        conn: &Connection,
        id: RecordId,
    ) -> Result<Option<Vec<types::Value>>, StorageError> {
        let sql = format!("SELECT * FROM \"{}\" WHERE id = ?1", self.name);
        let mut statement = conn.prepare_cached(&sql)?;
        let mut rows = statement.query([id.0])?;
        let Some(row) = rows.next()? else {
            return Ok(None);
        };
        let cells = (0..self.columns.len()).map(|at| row.get(at));
        Ok(Some(cells.collect::<Result<_, _>>()?))
    }
}

fn stored(value: &Value) -> types::Value {
    match value {
        Value::Null => types::Value::Null,
        Value::Integer(number) => types::Value::Integer(*number),
        Value::Text(text) => types::Value::Text(text.clone()),
        Value::Id(id) => types::Value::Blob(id.0.to_vec()),
    }
}
