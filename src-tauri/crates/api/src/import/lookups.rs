//! What the names of a table mean in the ledger; each name is asked for once.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiugai_domain::text::normalize;
use jiugai_domain::{Field, FieldError, KindCode, RecordId, Value};
use jiugai_exchange::table::Tables;
use jiugai_storage::records::{self, RowContext, matching};
use jiugai_storage::{Connection, StorageError};

use super::promised::Promised;
use crate::ApiError;

type Found = Option<RecordId>;
type ReferenceKey = (KindCode, &'static str, Option<RecordId>, String);

/// Names of the ledger that were asked for.
pub(super) struct Lookups<'a> {
    pub(super) conn: &'a Connection,
    compounds: HashMap<String, Found>,
    work_units: HashMap<String, Found>,
    buildings: HashMap<(RecordId, String), Found>,
    entrances: HashMap<(RecordId, String), Found>,
    references: HashMap<ReferenceKey, Result<Value, FieldError>>,
    numbers: HashMap<RecordId, (HashSet<String>, usize)>,
    /// Records of one name that earlier rows took already.
    taken: HashSet<RecordId>,
    /// What the import is going to make itself.
    promised: Option<Arc<Promised>>,
}

impl<'a> Lookups<'a> {
    pub(super) fn new(conn: &'a Connection) -> Self {
        Self {
            conn,
            compounds: HashMap::new(),
            work_units: HashMap::new(),
            buildings: HashMap::new(),
            entrances: HashMap::new(),
            references: HashMap::new(),
            numbers: HashMap::new(),
            taken: HashSet::new(),
            promised: None,
        }
    }

    /// Rows may refer to what the import makes itself.
    pub(super) fn with(conn: &'a Connection, promised: &Arc<Promised>) -> Self {
        Self {
            promised: Some(Arc::clone(promised)),
            ..Self::new(conn)
        }
    }

    pub(super) fn promised(&self) -> Option<&Promised> {
        self.promised.as_deref()
    }

    /// Asks for every name anew: records were written.
    pub(super) fn forget_names(&mut self) {
        self.compounds.clear();
        self.work_units.clear();
        self.buildings.clear();
        self.entrances.clear();
        self.references.clear();
    }

    pub(super) fn compound(&mut self, name: &str) -> Result<Found, StorageError> {
        if let Some(found) = self.compounds.get(name) {
            return Ok(*found);
        }
        let found = first(self.conn, KindCode::Compound, None, name)?;
        self.compounds.insert(name.to_owned(), found);
        Ok(found)
    }

    pub(super) fn work_unit(&mut self, name: &str) -> Result<Found, StorageError> {
        if let Some(found) = self.work_units.get(name) {
            return Ok(*found);
        }
        let found = first(self.conn, KindCode::WorkUnit, None, name)?;
        self.work_units.insert(name.to_owned(), found);
        Ok(found)
    }

    pub(super) fn building(
        &mut self,
        compound: RecordId,
        name: &str,
    ) -> Result<Found, StorageError> {
        let key = (compound, name.to_owned());
        if let Some(found) = self.buildings.get(&key) {
            return Ok(*found);
        }
        let found = first(self.conn, KindCode::Building, Some(compound), name)?;
        self.buildings.insert(key, found);
        Ok(found)
    }

    pub(super) fn entrance(
        &mut self,
        building: RecordId,
        name: &str,
    ) -> Result<Found, StorageError> {
        let key = (building, name.to_owned());
        if let Some(found) = self.entrances.get(&key) {
            return Ok(*found);
        }
        let found = matching::entrance_at(self.conn, building, name)?;
        self.entrances.insert(key, found);
        Ok(found)
    }

    /// A reference as people write it.
    pub(super) fn reference(
        &mut self,
        kind: KindCode,
        field: &'static Field,
        compound: Found,
        text: &str,
    ) -> Result<Result<Value, FieldError>, StorageError> {
        let key = (kind, field.code, compound, text.to_owned());
        if let Some(found) = self.references.get(&key) {
            return Ok(found.clone());
        }
        let context = RowContext::default();
        let found = records::resolve(self.conn, field, compound, text, context)?;
        self.references.insert(key, found.clone());
        Ok(found)
    }

    /// A record was made under this name.
    pub(super) fn made(&mut self, kind: KindCode, within: Found, name: &str, id: RecordId) {
        let name = name.to_owned();
        match (kind, within) {
            (KindCode::Compound, _) => drop(self.compounds.insert(name, Some(id))),
            (KindCode::WorkUnit, _) => drop(self.work_units.insert(name, Some(id))),
            (KindCode::Building, Some(compound)) => {
                self.buildings.insert((compound, name), Some(id));
            }
            (KindCode::Entrance, Some(building)) => {
                self.entrances.insert((building, name), Some(id));
            }
            _ => {}
        }
    }

    /// The next number of an outbuilding that is still free: `F-031`.
    pub(super) fn next_number(&mut self, compound: RecordId) -> Result<String, StorageError> {
        if !self.numbers.contains_key(&compound) {
            let used = matching::outbuilding_numbers(self.conn, compound)?;
            self.numbers
                .insert(compound, (used.into_iter().collect(), 0));
        }
        let Some((used, last)) = self.numbers.get_mut(&compound) else {
            return Ok(String::new());
        };
        loop {
            *last += 1;
            let number = format!("F-{last:03}");
            if used.insert(number.clone()) {
                return Ok(number);
            }
        }
    }

    /// Notes that a row stands for this record; false when an earlier row did.
    pub(super) fn take(&mut self, id: RecordId) -> bool {
        self.taken.insert(id)
    }

    pub(super) fn is_taken(&self, id: RecordId) -> bool {
        self.taken.contains(&id)
    }
}

fn first(
    conn: &Connection,
    kind: KindCode,
    compound: Found,
    name: &str,
) -> Result<Found, StorageError> {
    let found = matching::named(conn, kind, compound, name, 1)?;
    Ok(found.first().copied())
}

/// The compound that a file is about: one of the ledger that its title names, the one that the
/// title seems to name, or the only one there is.
pub(super) fn compound_told(conn: &Connection, tables: &Tables) -> Result<String, ApiError> {
    let facts = || tables.tables.iter().map(|found| &found.table.facts);
    let told = facts().find_map(|facts| facts.compound.clone());
    if let Some(told) = &told
        && find_compound(conn, told)?.is_some()
    {
        return Ok(told.clone());
    }
    let all = crate::assets::all_rows(conn, KindCode::Compound)?;
    let titles: Vec<String> = facts()
        .filter_map(|facts| facts.title.as_deref().map(normalize))
        .collect();
    let named = all
        .iter()
        .filter(|row| titles.iter().any(|title| title.contains(&row.label)))
        .max_by_key(|row| row.label.chars().count());
    Ok(match (named, told, all.as_slice()) {
        (Some(row), ..) => row.label.clone(),
        (None, Some(told), _) => told,
        (None, None, [only]) => only.label.clone(),
        (None, None, _) => String::new(),
    })
}

/// A compound by its name.
pub(crate) fn find_compound(conn: &Connection, name: &str) -> Result<Option<RecordId>, ApiError> {
    Ok(Lookups::new(conn).compound(&normalize(name))?)
}
