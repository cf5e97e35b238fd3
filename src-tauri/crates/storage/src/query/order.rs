//! In which order a grid shows its rows, worked out once and kept until it can have changed.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::Arc;

use jiugai_domain::{DataClass, FieldType, KindCode, RecordId};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, params_from_iter};

use super::WindowQuery;
use super::collation::collation_key;
use super::condition::{Condition, at_a_dwelling, field_of};
use super::runs::Runs;
use crate::error::StorageError;
use crate::records::columns::{id_at, in_compound, table};
use crate::records::{choice_sql, reference_sql};

/// Orders kept at the same time: a few screens with a few filters each.
const KEPT: usize = 24;

/// The rows of recent queries in their order. Holds SQLite row numbers, so it belongs to one open
/// ledger and must hear of every change: [`OrderCache::edited`] for changed fields,
/// [`OrderCache::invalidate`] for added or removed records, undo and redo, [`OrderCache::clear`]
/// for a restored backup or a VACUUM, which may number rows anew.
#[derive(Debug, Default)]
pub struct OrderCache {
    kept: Vec<(WindowQuery, Order)>,
}

/// What is kept of a query.
#[derive(Debug, Clone)]
enum Order {
    /// The numbers of its rows.
    Rows(Arc<[i64]>),
    /// How many rows each compound has, compounds in order: enough to find the compounds that a
    /// window of the whole ledger touches, whose own orders are then worked out alone.
    Compounds(Arc<[(RecordId, usize)]>),
    /// The rows of a filtered or sorted list of the whole ledger.
    Runs(Runs),
}

impl OrderCache {
    /// An empty cache.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Forgets every order that records of these kinds take part in.
    pub fn invalidate(&mut self, kinds: &[KindCode]) {
        self.kept.retain(|(query, _)| {
            !kinds
                .iter()
                .any(|kind| *kind == query.kind || related(query.kind).contains(kind))
        });
    }

    /// Forgets the orders that the changed fields (codes) of a kind take part in. Rows must
    /// neither have come nor gone.
    pub fn edited(&mut self, kind: KindCode, fields: &[&str]) {
        self.kept.retain(|(query, _)| {
            let concerned = |field: &&str| {
                if query.kind == kind {
                    query.depends_on(field)
                } else {
                    related(query.kind).contains(&kind) && names(kind, field)
                }
            };
            !fields.iter().any(concerned)
        });
    }

    /// Forgets everything, as after restoring a backup.
    pub fn clear(&mut self) {
        self.kept.clear();
    }

    /// How many rows a query has, and the numbers of some of them in their order.
    pub(crate) fn part(
        &mut self,
        conn: &Connection,
        query: &WindowQuery,
        offset: usize,
        limit: usize,
    ) -> Result<(usize, Vec<i64>), StorageError> {
        let compounds = match self.order(conn, query)? {
            Order::Rows(rows) => {
                let first = offset.min(rows.len());
                let last = first.saturating_add(limit).min(rows.len());
                return Ok((rows.len(), rows[first..last].to_vec()));
            }
            Order::Runs(runs) => {
                return Ok((runs.total(), runs.part(conn, query.kind, offset, limit)?));
            }
            Order::Compounds(compounds) => compounds,
        };
        let (mut total, mut part) = (0, Vec::new());
        for (compound, count) in compounds.iter() {
            let wanted = offset.saturating_add(part.len());
            if part.len() < limit && wanted < total + count {
                let inside = WindowQuery {
                    compound: Some(*compound),
                    ..query.clone()
                };
                part.extend(
                    self.part(conn, &inside, wanted - total, limit - part.len())?
                        .1,
                );
            }
            total += count;
        }
        Ok((total, part))
    }

    fn order(&mut self, conn: &Connection, query: &WindowQuery) -> Result<Order, StorageError> {
        let order = match self.kept.iter().position(|(kept, _)| kept == query) {
            Some(index) => self.kept.remove(index).1,
            None if query.is_whole_ledger() => {
                Order::Compounds(compounds(conn, query.kind)?.into())
            }
            None if query.compound.is_none() && in_compound(query.kind) => {
                Order::Runs(Runs::of(conn, query)?)
            }
            None => Order::Rows(ordered(conn, query)?.into()),
        };
        if self.kept.len() >= KEPT {
            self.kept.remove(0);
        }
        self.kept.push((query.clone(), order.clone()));
        Ok(order)
    }
}

impl WindowQuery {
    /// Every record of every compound, by place.
    fn is_whole_ledger(&self) -> bool {
        self.compound.is_none()
            && in_compound(self.kind)
            && self.search.is_none()
            && self.filters.is_empty()
            && self.sort.is_empty()
    }

    fn depends_on(&self, field: &str) -> bool {
        self.search
            .as_deref()
            .is_some_and(|text| !text.trim().is_empty())
            || names(self.kind, field)
            || self.filters.iter().any(|filter| filter.field == field)
            || self.sort.iter().any(|sort| sort.field == field)
    }
}

/// Kinds whose names or places stand in the rows of a kind.
fn related(kind: KindCode) -> BTreeSet<KindCode> {
    let mut found = BTreeSet::from([KindCode::Compound]);
    let mut open = vec![kind];
    while let Some(next) = open.pop() {
        for (_, target) in next.kind().references() {
            if found.insert(target) {
                open.push(target);
            }
        }
    }
    found
}

/// True when a field takes part in the label or in the default order of its kind.
fn names(kind: KindCode, field: &str) -> bool {
    field == kind.kind().name_field
        || matches!(
            (kind, field),
            (KindCode::Entrance, "building")
                | (KindCode::Dwelling, "building" | "entrance" | "storey")
                | (
                    KindCode::Ownership | KindCode::Household | KindCode::Visit | KindCode::Wish,
                    "dwelling"
                )
                | (KindCode::Wish, "attitude")
                | (KindCode::Outbuilding, "kind" | "building")
                | (KindCode::Plan, "version" | "scenario" | "basedOn")
                | (KindCode::WorkItem, "plan" | "ordinal" | "verb")
                | (KindCode::Opinion, "words")
                | (KindCode::Price, "measure")
        )
        || matches!(
            kind,
            KindCode::Effect | KindCode::Dependency | KindCode::Fund
        )
}

/// The joins and the ORDER BY of the default order, by place and then by name. `within` tells
/// that all rows are of one compound.
pub(crate) fn place_order(kind: KindCode, within: bool) -> (String, String) {
    let (house, room) = if within {
        (include_str!("house.sql"), "b.\"sort_key\", e.\"sort_key\"")
    } else {
        (include_str!("ranked_house.sql"), "b.\"rank\", e.\"rank\"")
    };
    let room = format!("{room}, d.\"storey\" IS NULL, d.\"storey\", d.\"sort_key\"");
    let (joins, order) = match kind {
        KindCode::Dwelling => (house.replace("d.", "t."), room.replace("d.", "t.")),
        KindCode::Household | KindCode::Ownership => (
            format!("JOIN \"dwelling\" AS d ON d.\"id\" = t.\"dwelling_id\" {house}"),
            format!("{room}, t.\"sort_key\""),
        ),
        KindCode::Visit | KindCode::Wish => (
            format!("JOIN \"dwelling\" AS d ON d.\"id\" = t.\"dwelling_id\" {house}"),
            match kind {
                KindCode::Visit => format!("{room}, t.\"visited_on\", t.\"sort_key\""),
                _ => format!("{room}, t.\"sort_key\""),
            },
        ),
        KindCode::Entrance => (
            "JOIN \"building\" AS b ON b.\"id\" = t.\"building_id\"".to_owned(),
            "b.\"sort_key\", t.\"sort_key\"".to_owned(),
        ),
        // Scenarios of one version: what they are made from comes before them.
        KindCode::Plan => (String::new(), "t.\"version\", t.\"based_on_id\" IS NOT NULL, t.\"scenario\"".to_owned()),
        KindCode::WorkItem => (
            "JOIN \"plan\" AS p ON p.\"id\" = t.\"plan_id\"".to_owned(),
            "p.\"version\", p.\"based_on_id\" IS NOT NULL, p.\"scenario\", t.\"ordinal\" IS NULL, t.\"ordinal\", t.\"sort_key\""
                .to_owned(),
        ),
        KindCode::Effect => (
            "JOIN \"work_item\" AS w ON w.\"id\" = t.\"work_item_id\" \
             JOIN \"plan\" AS p ON p.\"id\" = w.\"plan_id\""
                .to_owned(),
            "p.\"version\", p.\"based_on_id\" IS NOT NULL, p.\"scenario\", w.\"ordinal\" IS NULL, w.\"ordinal\", w.\"sort_key\""
                .to_owned(),
        ),
        _ => (String::new(), "t.\"sort_key\"".to_owned()),
    };
    if within || !in_compound(kind) || at_a_dwelling(kind) {
        (joins, format!("{order}, t.\"id\""))
    } else {
        (
            format!("JOIN \"compound\" AS c ON c.\"id\" = t.\"compound_id\" {joins}"),
            format!("c.\"sort_key\", c.\"id\", {order}, t.\"id\""),
        )
    }
}

fn compounds(conn: &Connection, kind: KindCode) -> Result<Vec<(RecordId, usize)>, StorageError> {
    let sql = format!(
        "SELECT c.\"id\", n.amount FROM (SELECT \"compound_id\", count(*) AS amount FROM {} GROUP BY \"compound_id\") AS n \
         JOIN \"compound\" AS c ON c.\"id\" = n.\"compound_id\" ORDER BY c.\"sort_key\", c.\"id\"",
        table(kind)
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let rows = statement.query_map([], |row| Ok((id_at(row, 0)?, row.get::<_, i64>(1)?)))?;
    rows.map(|row| {
        row.map(|(id, count)| (id, usize::try_from(count).unwrap_or(0)))
            .map_err(StorageError::from)
    })
    .collect()
}

enum Key {
    Number(i64),
    Text(String),
}

/// Every row of a query in its order, worked out in one go.
pub(crate) fn ordered(conn: &Connection, query: &WindowQuery) -> Result<Vec<i64>, StorageError> {
    let condition = Condition::of(query)?;
    let mut columns = vec!["t.\"rowid\"".to_owned()];
    let mut person = Vec::new();
    for sort in &query.sort {
        let field = field_of(query.kind, &sort.field)?;
        let column = format!("t.\"{}\"", field.column);
        columns.push(match field.kind {
            FieldType::Code(choices) => choice_sql(choices, &column, |index, _| index.to_string()),
            FieldType::Reference(target) => reference_sql(query.kind, field, target, "t"),
            _ => column,
        });
        person.push(
            matches!(field.class, DataClass::Personal)
                || matches!(field.kind, FieldType::Reference(KindCode::Owner)),
        );
    }
    let (joins, order) = place_order(query.kind, query.compound.is_some());
    let sql = format!(
        "SELECT {} FROM {} AS t {joins} WHERE {} ORDER BY {order}",
        columns.join(", "),
        table(query.kind),
        condition.sql
    );
    let mut statement = conn.prepare_cached(&sql)?;
    let mut rows = statement.query(params_from_iter(condition.parameters))?;
    let mut found: Vec<(i64, Vec<Option<Key>>)> = Vec::new();
    while let Some(row) = rows.next()? {
        let mut keys = Vec::with_capacity(person.len());
        for (index, person) in person.iter().enumerate() {
            keys.push(match row.get_ref(index + 1)? {
                ValueRef::Integer(number) => Some(Key::Number(number)),
                ValueRef::Text(text) => Some(Key::Text(collation_key(
                    &String::from_utf8_lossy(text),
                    *person,
                ))),
                ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => None,
            });
        }
        found.push((row.get(0)?, keys));
    }
    if !query.sort.is_empty() {
        found.sort_by(|(_, one), (_, other)| {
            let pairs = one.iter().zip(other).zip(&query.sort);
            pairs
                .map(|((one, other), sort)| compare(one.as_ref(), other.as_ref(), sort.descending))
                .fold(Ordering::Equal, Ordering::then)
        });
    }
    Ok(found.into_iter().map(|(row, _)| row).collect())
}

/// Empty cells come last in either direction.
fn compare(one: Option<&Key>, other: Option<&Key>, descending: bool) -> Ordering {
    let order = match (one, other) {
        (None, None) => return Ordering::Equal,
        (None, Some(_)) => return Ordering::Greater,
        (Some(_), None) => return Ordering::Less,
        (Some(Key::Number(one)), Some(Key::Number(other))) => one.cmp(other),
        (Some(Key::Text(one)), Some(Key::Text(other))) => one.cmp(other),
        (Some(Key::Number(_)), Some(Key::Text(_))) => Ordering::Less,
        (Some(Key::Text(_)), Some(Key::Number(_))) => Ordering::Greater,
    };
    if descending { order.reverse() } else { order }
}
