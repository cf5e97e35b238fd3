//! The counts of every compound, kept until the log goes on: then only those it touched are counted anew.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use jiugai_domain::kind::Scope;
use jiugai_domain::{KindCode, RecordId, Value};
use rusqlite::{Connection, OptionalExtension};

use super::{CompoundCounts, counts};
use crate::error::StorageError;
use crate::log::{self, Action};
use crate::records::columns::{id_at, table};

/// Steps of the log that are looked into; after more, everything is counted anew.
const STEPS: i64 = 100;
/// What they may weigh, in bytes.
const WEIGHT: i64 = 200_000;
/// Compounds that are counted one by one.
const ONE_BY_ONE: usize = 40;

/// Counts that were worked out before. They are known by the newest step of the log, so that undo, a restored
/// backup, another window and another ledger need not be told.
#[derive(Debug, Default)]
pub struct CountsCache(RefCell<Option<Kept>>);

#[derive(Debug)]
struct Kept {
    tip: Tip,
    counts: HashMap<RecordId, CompoundCounts>,
}

/// Number and key of the newest step.
type Tip = (i64, RecordId);

impl CountsCache {
    /// Counts of all compounds in natural order of their names, as [`counts`] gives them.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn all(&self, conn: &Connection) -> Result<Vec<CompoundCounts>, StorageError> {
        let Some(tip) = tip(conn)? else {
            return counts(conn, None);
        };
        let mut known = match self.0.take() {
            Some(kept) if kept.tip == tip => kept.counts,
            Some(kept) => untouched(conn, kept)?,
            None => HashMap::new(),
        };
        let order: Vec<RecordId> = conn
            .prepare_cached("SELECT \"id\" FROM \"compound\" ORDER BY \"sort_key\", \"id\"")?
            .query_map([], |row| id_at(row, 0))?
            .collect::<Result<_, _>>()?;
        let missing: Vec<RecordId> = order
            .iter()
            .copied()
            .filter(|id| !known.contains_key(id))
            .collect();
        let fresh = if missing.len() > ONE_BY_ONE {
            counts(conn, None)?
        } else {
            let mut fresh = Vec::new();
            for id in missing {
                fresh.extend(counts(conn, Some(id))?);
            }
            fresh
        };
        known.extend(fresh.into_iter().map(|one| (one.compound, one)));
        let all = order
            .iter()
            .filter_map(|id| known.get(id).cloned())
            .collect();
        self.0.replace(Some(Kept { tip, counts: known }));
        Ok(all)
    }
}

fn tip(conn: &Connection) -> Result<Option<Tip>, StorageError> {
    Ok(conn
        .prepare_cached("SELECT seq, id FROM transactions ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, id_at(row, 1)?)))
        .optional()?)
}

/// What the steps since did not touch; nothing where that cannot be told.
fn untouched(
    conn: &Connection,
    mut kept: Kept,
) -> Result<HashMap<RecordId, CompoundCounts>, StorageError> {
    let (seq, id) = kept.tip;
    let goes_on = conn
        .prepare_cached("SELECT 1 FROM transactions WHERE seq = ?1 AND id = ?2")?
        .exists((seq, id.0))?;
    // A step without content is one that was emptied.
    let (steps, weight, least): (i64, i64, i64) = conn
        .prepare_cached(
            "SELECT count(*), ifnull(sum(length(changeset)), 0), ifnull(min(length(changeset)), 0)
             FROM transactions WHERE seq > ?1",
        )?
        .query_row([seq], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if !goes_on || steps > STEPS || weight > WEIGHT || least == 0 {
        return Ok(HashMap::new());
    }
    let mut statement = conn.prepare_cached("SELECT changeset FROM transactions WHERE seq > ?1")?;
    let changesets: Vec<Vec<u8>> = statement
        .query_map([seq], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for compound in touched(conn, &changesets)? {
        kept.counts.remove(&compound);
    }
    Ok(kept.counts)
}

fn touched(conn: &Connection, changesets: &[Vec<u8>]) -> Result<HashSet<RecordId>, StorageError> {
    let mut places: HashMap<KindCode, usize> = HashMap::new();
    for kind in KindCode::ALL {
        if kind.kind().scope == Scope::Compound {
            let columns = log::columns(conn, kind)?;
            let place = columns.iter().position(|column| column == "compound_id");
            places.extend(place.map(|place| (kind, place)));
        }
    }
    let mut compounds = HashSet::new();
    let mut changed = HashSet::new();
    for changeset in changesets {
        log::decode(
            changeset,
            |kind, _, action| places.contains_key(&kind) && action != Action::Update,
            |row| match (row.kind, row.action) {
                (KindCode::Compound, _) => {
                    compounds.insert(row.id);
                }
                (kind, Action::Update) if places.contains_key(&kind) => {
                    changed.insert((kind, row.id));
                }
                (kind, _) => {
                    let of = |place: &usize| row.cells.iter().find(|(at, ..)| at == place);
                    for value in places
                        .get(&kind)
                        .and_then(of)
                        .iter()
                        .flat_map(|cell| [&cell.1, &cell.2])
                    {
                        if let Value::Id(compound) = value {
                            compounds.insert(*compound);
                        }
                    }
                }
            },
        )?;
    }
    // One that is gone was told above by the step that took it away.
    for (kind, id) in changed {
        let sql = format!("SELECT compound_id FROM {} WHERE id = ?1", table(kind));
        let compound = conn
            .prepare_cached(&sql)?
            .query_row([id.0], |row| id_at(row, 0))
            .optional()?;
        compounds.extend(compound);
    }
    Ok(compounds)
}
