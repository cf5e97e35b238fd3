//! The order of a list over the whole ledger: rows of equal keys and one compound make a run, which is put in the order
//! of places only when somebody looks at it.

use std::collections::HashMap;
use std::sync::Arc;

use jiugai_domain::{DataClass, Field, FieldType, KindCode};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use super::WindowQuery;
use super::collation::collation_key;
use super::condition::{Condition, field_of};
use super::order::place_order;
use crate::error::StorageError;
use crate::records::columns::table;
use crate::records::shown_sql;

/// Stands for an empty cell: last in either direction.
const EMPTY: i64 = i64::MAX;

/// The rows of a query over all compounds.
#[derive(Debug, Clone)]
pub(super) struct Runs {
    /// Row numbers, run by run, in any order within a run.
    rows: Arc<[i64]>,
    /// Where each run ends.
    ends: Arc<[usize]>,
}

impl Runs {
    /// Reads every row once, without its place.
    pub(super) fn of(conn: &Connection, query: &WindowQuery) -> Result<Self, StorageError> {
        let mut sorts = Vec::new();
        for sort in &query.sort {
            let field = field_of(query.kind, &sort.field)?;
            sorts.push((Ranks::of(field), sort.descending));
        }
        let mut entries = scan(conn, query, &mut sorts)?;
        let width = sorts.len();
        for (at, (ranks, descending)) in sorts.into_iter().enumerate() {
            let ranked = ranks.ranked(conn, query.kind)?;
            for key in entries.keys.iter_mut().skip(at).step_by(width) {
                if *key != EMPTY {
                    let rank = match &ranked {
                        Some(ranked) => usize::try_from(*key).ok().and_then(|at| ranked[at]),
                        None => Some(*key),
                    };
                    *key = rank.map_or(EMPTY, |rank| if descending { -rank } else { rank });
                }
            }
        }
        Ok(entries.in_runs(width))
    }

    /// How many rows there are.
    pub(super) fn total(&self) -> usize {
        self.rows.len()
    }

    /// Some of the rows in their order.
    pub(super) fn part(
        &self,
        conn: &Connection,
        kind: KindCode,
        offset: usize,
        limit: usize,
    ) -> Result<Vec<i64>, StorageError> {
        let first = offset.min(self.rows.len());
        let last = first.saturating_add(limit).min(self.rows.len());
        if first == last {
            return Ok(Vec::new());
        }
        let run = self.ends.partition_point(|end| *end <= first);
        let begin = run.checked_sub(1).map_or(0, |before| self.ends[before]);
        let (mut number, mut start) = (run, begin);
        // Runs of one row are in order already.
        let mut open: HashMap<i64, usize> = HashMap::new();
        let mut ordered: Vec<i64> = Vec::new();
        let mut next: Vec<usize> = Vec::new();
        while start < last {
            let end = self.ends[number];
            if end - start > 1 {
                next.push(start - begin);
                open.extend(
                    self.rows[start..end]
                        .iter()
                        .map(|row| (*row, next.len() - 1)),
                );
            }
            ordered.extend_from_slice(&self.rows[start..end]);
            (number, start) = (number + 1, end);
        }
        if !open.is_empty() {
            let (joins, order) = place_order(kind, true);
            let sql = format!(
                "SELECT t.\"rowid\" FROM json_each(?1) AS wanted JOIN {} AS t ON t.\"rowid\" = wanted.\"value\" {joins} ORDER BY {order}",
                table(kind)
            );
            let list: Vec<String> = open.keys().map(i64::to_string).collect();
            let mut statement = conn.prepare_cached(&sql)?;
            let mut rows = statement.query([format!("[{}]", list.join(","))])?;
            while let Some(row) = rows.next()? {
                let row = row.get(0)?;
                if let Some(place) = open.get(&row).and_then(|run| next.get_mut(*run)) {
                    ordered[*place] = row;
                    *place += 1;
                }
            }
        }
        ordered.truncate(last - begin);
        Ok(ordered.split_off(first - begin))
    }
}

/// What was read of the rows.
struct Entries {
    /// Place of the compound and number of the row.
    rows: Vec<(u32, i64)>,
    /// The keys of each row, one for each column that is sorted by.
    keys: Vec<i64>,
}

impl Entries {
    fn in_runs(self, width: usize) -> Runs {
        let keys = |at: u32| {
            let at = at as usize * width;
            &self.keys[at..at + width]
        };
        let mut order: Vec<(i64, u32, u32)> = (0u32..)
            .zip(&self.rows)
            .map(|(at, (compound, _))| (keys(at).first().copied().unwrap_or(0), *compound, at))
            .collect();
        let rest = |at: u32| keys(at).get(1..).unwrap_or_default();
        order.sort_unstable_by(|one, other| {
            (one.0.cmp(&other.0))
                .then_with(|| rest(one.2).cmp(rest(other.2)))
                .then_with(|| (one.1, one.2).cmp(&(other.1, other.2)))
        });
        let apart = |one: &(i64, u32, u32), other: &(i64, u32, u32)| {
            (one.0, one.1) != (other.0, other.1) || rest(one.2) != rest(other.2)
        };
        let mut ends: Vec<usize> = (1..order.len())
            .filter(|at| apart(&order[at - 1], &order[*at]))
            .collect();
        if !order.is_empty() {
            ends.push(order.len());
        }
        Runs {
            rows: order
                .iter()
                .map(|(.., at)| self.rows[*at as usize].1)
                .collect(),
            ends: ends.into(),
        }
    }
}

fn scan(
    conn: &Connection,
    query: &WindowQuery,
    sorts: &mut [(Ranks, bool)],
) -> Result<Entries, StorageError> {
    let compounds: HashMap<[u8; 16], u32> = {
        let mut statement =
            conn.prepare_cached("SELECT \"id\" FROM \"compound\" ORDER BY \"sort_key\", \"id\"")?;
        let ids = statement.query_map([], |row| row.get(0))?;
        ids.zip(0..)
            .map(|(id, at)| Ok((id?, at)))
            .collect::<rusqlite::Result<_>>()?
    };
    let condition = Condition::of(query)?;
    let mut columns = vec!["t.\"rowid\"".to_owned(), "t.\"compound_id\"".to_owned()];
    columns.extend(
        sorts
            .iter()
            .map(|(ranks, _)| format!("t.\"{}\"", ranks.field.column)),
    );
    let sql = format!(
        "SELECT {} FROM {} AS t WHERE {}",
        columns.join(", "),
        table(query.kind),
        condition.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut found = statement.query(params_from_iter(condition.parameters))?;
    let mut entries = Entries {
        rows: Vec::new(),
        keys: Vec::new(),
    };
    let mut last = ([0; 16], 0);
    while let Some(row) = found.next()? {
        // Most rows lie beside others of their compound.
        let compound = row.get_ref(1)?;
        if compound != ValueRef::Blob(&last.0) {
            let key: [u8; 16] = row.get(1)?;
            last = (key, compounds.get(&key).copied().unwrap_or(u32::MAX));
        }
        entries.rows.push((last.1, row.get(0)?));
        for (at, (ranks, _)) in sorts.iter_mut().enumerate() {
            entries.keys.push(ranks.number(row.get_ref(at + 2)?));
        }
    }
    Ok(entries)
}

/// The values of a column: numbers as they are, others by number, ranked once each when all were read.
struct Ranks {
    field: &'static Field,
    numbers: HashMap<Box<[u8]>, i64>,
    last: Option<(Box<[u8]>, i64)>,
}

impl Ranks {
    fn of(field: &'static Field) -> Self {
        Self {
            field,
            numbers: HashMap::new(),
            last: None,
        }
    }

    fn number(&mut self, value: ValueRef<'_>) -> i64 {
        let (ValueRef::Text(bytes) | ValueRef::Blob(bytes)) = value else {
            return value.as_i64().unwrap_or(EMPTY);
        };
        if let Some((_, number)) = self.last.as_ref().filter(|(last, _)| **last == *bytes) {
            return *number;
        }
        let number = match self.numbers.get(bytes) {
            Some(number) => *number,
            None => {
                let number = i64::try_from(self.numbers.len()).unwrap_or(EMPTY);
                self.numbers.insert(bytes.into(), number);
                number
            }
        };
        self.last = Some((bytes.into(), number));
        number
    }

    /// The rank of each value by its number; `None` where the numbers are the values themselves.
    fn ranked(
        self,
        conn: &Connection,
        kind: KindCode,
    ) -> Result<Option<Vec<Option<i64>>>, StorageError> {
        let person = matches!(self.field.class, DataClass::Personal)
            || matches!(self.field.kind, FieldType::Reference(KindCode::Owner));
        let keys = match self.field.kind {
            FieldType::Code(choices) => {
                let mut ranks = vec![None; self.numbers.len()];
                for (code, number) in &self.numbers {
                    let place = choices
                        .iter()
                        .position(|choice| choice.code.as_bytes() == &**code);
                    ranks[usize::try_from(*number).unwrap_or(0)] =
                        place.and_then(|place| i64::try_from(place).ok());
                }
                return Ok(Some(ranks));
            }
            FieldType::Reference(target) => {
                let sql = format!(
                    "SELECT r.\"id\", {} FROM {} AS r",
                    shown_sql(kind, target, "r"),
                    table(target)
                );
                let mut keys = Vec::with_capacity(self.numbers.len());
                let mut statement = conn.prepare_cached(&sql)?;
                let mut rows = statement.query([])?;
                while let Some(row) = rows.next()? {
                    let id = row.get_ref(0)?;
                    let number = id.as_blob().ok().and_then(|id| self.numbers.get(id));
                    if let (Some(number), Some(label)) = (number, row.get::<_, Option<String>>(1)?)
                    {
                        keys.push((collation_key(&label, person), *number));
                    }
                }
                keys
            }
            _ => self
                .numbers
                .iter()
                .map(|(text, number)| {
                    (
                        collation_key(&String::from_utf8_lossy(text), person),
                        *number,
                    )
                })
                .collect(),
        };
        if keys.is_empty() {
            return Ok((!self.numbers.is_empty()).then(|| vec![None; self.numbers.len()]));
        }
        Ok(Some(dense(keys, self.numbers.len())))
    }
}

/// Equal keys have one rank.
fn dense(mut keys: Vec<(String, i64)>, count: usize) -> Vec<Option<i64>> {
    keys.sort_unstable();
    let mut ranks = vec![None; count];
    let (mut rank, mut before) = (0, None::<&String>);
    for (key, number) in &keys {
        if before.is_some_and(|before| before != key) {
            rank += 1;
        }
        before = Some(key);
        ranks[usize::try_from(*number).unwrap_or(0)] = Some(rank);
    }
    ranks
}
