//! What was counted of every compound, kept until the log goes on: then only those it touched are counted anew.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::io::Read;

use jiugai_domain::{KindCode, RecordId};
use rusqlite::fallible_streaming_iterator::FallibleStreamingIterator;
use rusqlite::session::ChangesetIter;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, MAIN_DB, OptionalExtension};

use crate::error::StorageError;
use crate::log::{self, Action};
use crate::records::columns::id_at;

/// Steps of the log that are looked into; after more, everything is counted anew.
const STEPS: i64 = 1_000;
/// What they may weigh, in bytes.
const WEIGHT: i64 = 4_000_000;
/// Compounds that are counted one by one.
const ONE_BY_ONE: usize = 40;
/// Steps after which the file gets the newer counts too.
const LATE: i64 = 100;

/// The figures of one compound.
pub type Figures = Vec<Option<i64>>;

/// Figures of every compound that were worked out before, in memory and in the file. They are known by the newest step
/// of the log, so that undo, a restored backup, another window and another ledger need not be told.
#[derive(Debug)]
pub struct Kept {
    name: &'static str,
    known: RefCell<Option<Known>>,
}

#[derive(Debug)]
struct Known {
    tip: Tip,
    given: String,
    figures: HashMap<RecordId, Figures>,
    /// The step up to which the file has them.
    filed: i64,
}

/// What is new in a ledger: number and key of the newest step, and how often personal data were erased beside the log.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Tip {
    step: i64,
    id: RecordId,
    erasures: i64,
}

impl Kept {
    /// Nothing worked out yet. Each `name` has its own place in the file.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self {
            name,
            known: RefCell::default(),
        }
    }

    /// The figures of every compound. `given` tells what they depend on besides the records; `holds` whether figures
    /// of an earlier day still do. `count` works out those of one compound, or without one of all.
    ///
    /// # Errors
    /// When the ledger cannot be read, and those of `count`.
    pub fn all<E: From<StorageError>>(
        &self,
        conn: &Connection,
        given: &str,
        holds: impl Fn(&Figures) -> bool,
        count: impl Fn(&Connection, Option<RecordId>) -> Result<Vec<(RecordId, Figures)>, E>,
    ) -> Result<HashMap<RecordId, Figures>, E> {
        let Some(tip) = tip(conn).map_err(E::from)? else {
            return Ok(count(conn, None)?.into_iter().collect());
        };
        // Those in memory may be of another ledger, or of a time before a backup was restored.
        let known = match self.known.take() {
            Some(known) if has(conn, &known.tip).map_err(E::from)? => Some(known),
            _ => {
                let filed = self.read(conn).map_err(E::from)?;
                match filed {
                    Some(filed) if has(conn, &filed.tip).map_err(E::from)? => Some(filed),
                    _ => None,
                }
            }
        };
        let known =
            known.filter(|known| known.given == given && known.tip.erasures == tip.erasures);
        let (mut figures, filed) = match known {
            Some(known) if known.tip == tip => (known.figures, known.filed),
            Some(known) => (untouched(conn, known.tip.step, known.figures)?, known.filed),
            None => (HashMap::new(), -1),
        };
        figures.retain(|_, figures| holds(figures));
        let there: Vec<RecordId> = compounds(conn).map_err(E::from)?;
        let missing: Vec<RecordId> = there
            .iter()
            .copied()
            .filter(|id| !figures.contains_key(id))
            .collect();
        let much = missing.len() > ONE_BY_ONE;
        if much {
            figures = count(conn, None)?.into_iter().collect();
        } else {
            for id in missing {
                figures.extend(count(conn, Some(id))?);
            }
        }
        let there: HashSet<RecordId> = there.into_iter().collect();
        figures.retain(|id, _| there.contains(id));
        let mut known = Known {
            filed,
            tip,
            given: given.to_owned(),
            figures,
        };
        // Few compounds are counted as fast as they are read.
        let worth = there.len() > ONE_BY_ONE && (much || known.tip.step - filed > LATE);
        // A file that does not take them is no hindrance: they are counted anew another time.
        if worth && self.write(conn, &known).is_ok() {
            known.filed = known.tip.step;
        }
        let all = known.figures.clone();
        self.known.replace(Some(known));
        Ok(all)
    }

    fn read(&self, conn: &Connection) -> Result<Option<Known>, StorageError> {
        let known = conn
            .prepare_cached("SELECT step, step_id, erasures, given FROM kept WHERE name = ?1")?
            .query_row([self.name], |row| {
                let step = row.get(0)?;
                Ok(Known {
                    tip: Tip {
                        step,
                        id: id_at(row, 1)?,
                        erasures: row.get(2)?,
                    },
                    given: row.get(3)?,
                    figures: HashMap::new(),
                    filed: step,
                })
            })
            .optional()?;
        let Some(mut known) = known else {
            return Ok(None);
        };
        let mut statement =
            conn.prepare_cached("SELECT compound_id, figures FROM kept_figures WHERE name = ?1")?;
        let mut rows = statement.query([self.name])?;
        while let Some(row) = rows.next()? {
            let text = row.get_ref(1)?.as_str().unwrap_or_default();
            if let Ok(figures) = serde_json::from_str(text) {
                known.figures.insert(id_at(row, 0)?, figures);
            }
        }
        Ok(Some(known))
    }

    fn write(&self, conn: &Connection, known: &Known) -> Result<(), StorageError> {
        if conn.is_readonly(MAIN_DB)? || !conn.is_autocommit() {
            return Err(StorageError::busy());
        }
        let transaction = conn.unchecked_transaction()?;
        conn.prepare_cached("DELETE FROM kept_figures WHERE name = ?1")?
            .execute([self.name])?;
        let mut statement = conn.prepare_cached(
            "INSERT INTO kept_figures (name, compound_id, figures) VALUES (?1, ?2, ?3)",
        )?;
        for (compound, figures) in &known.figures {
            let text = serde_json::to_string(figures).unwrap_or_default();
            statement.execute((self.name, compound.0, text))?;
        }
        conn.prepare_cached(
            "INSERT OR REPLACE INTO kept (name, step, step_id, erasures, given) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute((
            self.name,
            known.tip.step,
            known.tip.id.0,
            known.tip.erasures,
            &known.given,
        ))?;
        Ok(transaction.commit()?)
    }
}

fn compounds(conn: &Connection) -> Result<Vec<RecordId>, StorageError> {
    let mut statement = conn.prepare_cached("SELECT \"id\" FROM \"compound\"")?;
    let ids = statement.query_map([], |row| id_at(row, 0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn tip(conn: &Connection) -> Result<Option<Tip>, StorageError> {
    Ok(conn
        .prepare_cached(
            "SELECT seq, id, (SELECT count(*) FROM erasure) FROM transactions ORDER BY seq DESC LIMIT 1",
        )?
        .query_row([], |row| {
            Ok(Tip {
                step: row.get(0)?,
                id: id_at(row, 1)?,
                erasures: row.get(2)?,
            })
        })
        .optional()?)
}

/// Whether the log holds a step.
fn has(conn: &Connection, tip: &Tip) -> Result<bool, StorageError> {
    Ok(conn
        .prepare_cached("SELECT 1 FROM transactions WHERE seq = ?1 AND id = ?2")?
        .exists((tip.step, tip.id.0))?)
}

/// What the steps since then did not touch; nothing where that cannot be told.
fn untouched(
    conn: &Connection,
    step: i64,
    mut figures: HashMap<RecordId, Figures>,
) -> Result<HashMap<RecordId, Figures>, StorageError> {
    // A step without content is one that was emptied. The log itself is asked, because who only reads sees it without
    // content; nothing of it but keys of compounds is used.
    let (steps, weight, least): (i64, i64, i64) = conn
        .prepare_cached(
            "SELECT count(*), ifnull(sum(length(changeset)), 0), ifnull(min(length(changeset)), 0)
             FROM main.transactions WHERE seq > ?1",
        )?
        .query_row([step], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    if steps > STEPS || weight > WEIGHT || least == 0 {
        return Ok(HashMap::new());
    }
    let mut touched = HashSet::new();
    let mut changed = HashSet::new();
    let mut statement =
        conn.prepare_cached("SELECT changeset FROM main.transactions WHERE seq > ?1")?;
    let mut rows = statement.query([step])?;
    while let Some(row) = rows.next()? {
        look_into(
            row.get_ref(0)?.as_blob().unwrap_or_default(),
            &mut touched,
            &mut changed,
        )?;
    }
    // One that is gone was told by the step that took it away.
    for (table, id) in changed {
        touched.extend(owner(conn, &table, id)?);
    }
    // What hangs on no compound hangs on something that does.
    let rounds: Vec<RecordId> = touched.iter().copied().collect();
    for round in rounds {
        touched.extend(owner(conn, "survey_round", round)?);
    }
    for compound in touched {
        figures.remove(&compound);
    }
    Ok(figures)
}

/// Every key in the rows that came, went or changed, whatever it is the key of, and the rows that changed.
fn look_into(
    changeset: &[u8],
    touched: &mut HashSet<RecordId>,
    changed: &mut HashSet<(String, RecordId)>,
) -> Result<(), StorageError> {
    let mut input = changeset;
    let reader: &mut dyn Read = &mut input;
    let mut rows = ChangesetIter::start_strm(&reader)?;
    while let Some(item) = rows.next()? {
        let operation = item.op()?;
        let action = Action::from_sqlite(operation.code());
        if let Some(id) = log::key(item, action)? {
            if action == Action::Update {
                changed.insert((operation.table_name().to_owned(), id));
            }
            touched.insert(id);
        }
        for column in 0..usize::try_from(operation.number_of_columns()).unwrap_or(0) {
            for cell in [item.old_value(column), item.new_value(column)] {
                if let Ok(ValueRef::Blob(bytes)) = cell
                    && let Ok(id) = bytes.try_into()
                {
                    touched.insert(RecordId(id));
                }
            }
        }
    }
    Ok(())
}

/// The compound to which a row belongs, or the round.
fn owner(conn: &Connection, table: &str, id: RecordId) -> Result<Option<RecordId>, StorageError> {
    let column = match table {
        "response" => "round_id",
        "survey_round" | "plan_release" | "attachment" | "ballot" => "compound_id",
        _ => match KindCode::from_table(table) {
            Some(kind) if crate::records::columns::in_compound(kind) => "compound_id",
            _ => return Ok(None),
        },
    };
    let sql = format!("SELECT \"{column}\" FROM \"{table}\" WHERE \"id\" = ?1");
    Ok(conn
        .prepare_cached(&sql)?
        .query_row([id.0], |row| row.get::<_, Option<[u8; 16]>>(0))
        .optional()?
        .flatten()
        .map(RecordId))
}
