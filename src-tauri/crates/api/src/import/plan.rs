//! What an import would do, row by row: the states of all rows, counted; details only of those
//! that somebody looks at.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::PathBuf;
use std::sync::Arc;

use jiugai_domain::progress::Progress;
use jiugai_domain::{FieldType, KindCode, RecordId, Value};
use jiugai_exchange::table::{self, FoundTable, Mapping, Problem, Rows, SourceRow, Tables, Target};
use jiugai_storage::{Connection, StorageError, history};

use super::judge::{Judged, Mark, Note, Owners, Source, judge, separate};
use super::lookups::Lookups;
use super::promised::Promised;
use crate::text::small;
use crate::wire::{ImportSettings, ImportState, ImportStates};

/// What is known of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct RowState {
    pub(super) state: ImportState,
    /// Something in it is to be mended.
    pub(super) flawed: bool,
    /// The record that it means.
    pub(super) main: Option<RecordId>,
}

/// What an import would do.
pub(super) struct Plan {
    pub(super) settings: ImportSettings,
    /// The ledger and the end of its log when this was worked out.
    pub(super) ledger: Option<PathBuf>,
    pub(super) newest: i64,
    /// What imports of such tables into this compound noted, when there was one.
    pub(super) imported: Option<String>,
    /// Rows of each table; none of one that is left out.
    pub(super) rows: Vec<Rows>,
    pub(super) states: Vec<Vec<RowState>>,
    /// Rows about one place with different values.
    pub(super) groups: Vec<Vec<(usize, usize)>>,
    /// Rows that repeat an earlier one word for word, with the number of that one.
    pub(super) again: HashMap<(usize, usize), u32>,
    pub(super) twice: HashSet<(usize, usize)>,
    /// Rows of further owners of a dwelling, with the row that the dwelling is imported from.
    pub(super) joined: HashMap<(usize, usize), usize>,
    /// The same the other way round.
    further: HashMap<(usize, usize), Vec<usize>>,
    /// Cells of each column of each table that change the ledger.
    pub(super) changes: Vec<Vec<u32>>,
    pub(super) brings: BTreeMap<KindCode, usize>,
    pub(super) people: i64,
    pub(super) rooms: BTreeMap<&'static str, i64>,
    /// What rows may refer to though it is not in the ledger yet.
    pub(super) promised: Arc<Promised>,
}

/// Texts of new places, so that each counts once.
#[derive(Default)]
struct Fresh(HashSet<(KindCode, String)>);

impl Plan {
    /// Works out what these tables would do.
    pub(super) fn of(
        conn: &Connection,
        tables: &Tables,
        included: &[bool],
        settings: ImportSettings,
        ledger: Option<PathBuf>,
        fingerprint: &str,
        progress: &Progress,
    ) -> Result<Self, StorageError> {
        let mut rows: Vec<Rows> = tables
            .tables
            .iter()
            .zip(included)
            .map(|(found, included)| {
                if *included {
                    table::extract(&tables.book, found.sheet, &found.table, &found.mapping)
                } else {
                    Rows {
                        sheet: found.table.sheet.clone(),
                        kind: found.mapping.kind,
                        rows: Vec::new(),
                        checks: Vec::new(),
                        skipped: Vec::new(),
                    }
                }
            })
            .collect();
        let found = table::duplicates(&mut rows);
        let promised = Promised::of(&tables.tables, &rows, &settings.compound);
        let mut plan = Self {
            settings,
            ledger,
            newest: history::newest(conn)?,
            imported: history::last_import(conn, fingerprint, None)?
                .map(|_| fingerprint.to_owned()),
            states: Vec::new(),
            groups: Vec::new(),
            again: HashMap::new(),
            twice: HashSet::new(),
            joined: HashMap::new(),
            further: HashMap::new(),
            changes: tables
                .tables
                .iter()
                .map(|found| vec![0; found.table.columns.len()])
                .collect(),
            brings: BTreeMap::new(),
            people: 0,
            rooms: BTreeMap::new(),
            promised: Arc::new(promised),
            rows,
        };
        plan.tell_twins_apart(tables, found);
        let mut look = Lookups::with(conn, &plan.promised);
        let mut fresh = Fresh::default();
        progress.step("比对", plan.rows.iter().map(|rows| rows.rows.len()).sum());
        let mut done = 0;
        for at in 0..tables.tables.len() {
            let found = &tables.tables[at];
            let mut states = Vec::with_capacity(plan.rows[at].rows.len());
            for place in 0..plan.rows[at].rows.len() {
                done += 1;
                progress.reach(done)?;
                states.push(plan.row(&mut look, &mut fresh, found, at, place)?);
            }
            plan.states.push(states);
        }
        for (kind, _) in fresh.0 {
            *plan.brings.entry(kind).or_default() += 1;
        }
        Ok(plan)
    }

    /// Rows about the same place: the same words once more, or something else.
    fn tell_twins_apart(&mut self, tables: &Tables, groups: Vec<Vec<(usize, usize)>>) {
        for group in groups {
            let mut different: Vec<(usize, usize)> = Vec::new();
            for (at, place) in group {
                let row = &self.rows[at].rows[place];
                let same = |(other_at, other): &&(usize, usize)| {
                    let other = &self.rows[*other_at].rows[*other];
                    *other_at == at && says_the_same(row, other)
                };
                match different.iter().find(same) {
                    Some((at, first)) => {
                        let number = self.rows[*at].rows[*first].row;
                        self.again.insert((*at, place), number);
                    }
                    None => different.push((at, place)),
                }
            }
            if different.len() > 1 && !self.join_owners(tables, &different) {
                self.twice.extend(different.iter().copied());
                self.groups.push(different);
            }
        }
    }

    /// Several rows of one dwelling that differ in the owner alone are its owners in common: they
    /// become one row with all names.
    fn join_owners(&mut self, tables: &Tables, group: &[(usize, usize)]) -> bool {
        let [(at, first), later @ ..] = group else {
            return false;
        };
        let mapping = &tables.tables[*at].mapping;
        let Some(column) = mapping.place_of(OWNER_NAME) else {
            return false;
        };
        let rows = &self.rows[*at].rows;
        let name = |place: usize| rows[place].value(mapping, OWNER_NAME).as_text();
        let joins = mapping.kind == KindCode::Dwelling
            && name(*first).is_some()
            && later.iter().all(|(other_at, other)| {
                other_at == at
                    && name(*other).is_some()
                    && tells_only_owner(mapping, &rows[*first], &rows[*other])
            });
        if !joins {
            return false;
        }
        let names: Vec<&str> = group.iter().filter_map(|(_, place)| name(*place)).collect();
        let names = names.join("、");
        for cell in &mut self.rows[*at].rows[*first].cells {
            if usize::from(cell.column) == column {
                cell.value = Value::Text(names.clone());
            }
        }
        self.joined
            .extend(later.iter().map(|other| (*other, *first)));
        let places = later.iter().map(|(_, place)| *place).collect();
        self.further.insert((*at, *first), places);
        true
    }

    /// The rows of the further owners of the dwelling of a row.
    pub(super) fn further_owners(&self, at: usize, place: usize) -> Vec<&SourceRow> {
        let places = self.further.get(&(at, place));
        let rows = &self.rows[at].rows;
        places
            .into_iter()
            .flatten()
            .map(|place| &rows[*place])
            .collect()
    }

    fn row(
        &mut self,
        look: &mut Lookups<'_>,
        fresh: &mut Fresh,
        found: &FoundTable,
        at: usize,
        place: usize,
    ) -> Result<RowState, StorageError> {
        let source = Source {
            mapping: &found.mapping,
            compound: &self.settings.compound,
            overwrite_blanks: self.settings.overwrite_blanks,
            imported: self.imported.as_deref(),
        };
        let row = &self.rows[at].rows[place];
        if self.again.contains_key(&(at, place)) || self.joined.contains_key(&(at, place)) {
            return Ok(RowState {
                state: ImportState::Unchanged,
                flawed: false,
                main: None,
            });
        }
        let judged = judge(look, &source, row, None)?;
        let state = state_of(&judged, self.twice.contains(&(at, place)));
        let flawed = state == ImportState::Bad
            || judged.records.iter().any(|record| {
                record
                    .cells
                    .iter()
                    .any(|cell| cell.mark == Mark::Bad && cell.column.is_some())
            })
            || row.cells.iter().any(|cell| {
                matches!(
                    cell.problem,
                    Some(Problem::Bad { .. } | Problem::FormulaError { .. })
                )
            })
            || !judged.notes.iter().all(is_remark);
        let main = judged.records.first().and_then(|record| record.id);
        if state != ImportState::Bad {
            self.count(fresh, found, at, place, &judged);
        }
        Ok(RowState {
            state,
            flawed,
            main,
        })
    }

    fn count(
        &mut self,
        fresh: &mut Fresh,
        found: &FoundTable,
        at: usize,
        place: usize,
        judged: &Judged,
    ) {
        let row = &self.rows[at].rows[place];
        for (column, mapped) in found.mapping.columns.iter().enumerate() {
            let value = || {
                let cell = row
                    .cells
                    .iter()
                    .find(|cell| usize::from(cell.column) == column);
                cell.and_then(|cell| cell.value.as_integer()).unwrap_or(0)
            };
            match mapped.target {
                Target::Field {
                    kind: KindCode::Household,
                    field: "people",
                } => self.people += value(),
                Target::OutbuildingRooms { kind } => {
                    *self.rooms.entry(kind).or_default() += value();
                }
                _ => {}
            }
        }
        let of_dwelling = found.mapping.kind == KindCode::Dwelling;
        // One cell may go to two records: the phone of owner and household.
        let mut counted: Vec<usize> = Vec::new();
        for record in &judged.records {
            let by_name = of_dwelling && record.kind == KindCode::Owner;
            if record.id.is_none() && !is_place(record.kind) && !by_name {
                *self.brings.entry(record.kind).or_default() += 1;
            }
            for cell in &record.cells {
                let changes = matches!(cell.mark, Mark::Fill | Mark::Change | Mark::Conflict);
                if let (Some(column), true) = (cell.column, changes)
                    && !counted.contains(&column)
                {
                    counted.push(column);
                    self.changes[at][column] += 1;
                }
                if let (true, Some(name)) = (
                    changes && cell.field.kind == FieldType::Reference(KindCode::WorkUnit),
                    cell.new.as_text(),
                ) {
                    fresh.0.insert((KindCode::WorkUnit, name.to_owned()));
                }
            }
        }
        if judged.owners != Owners::Keep
            && let Some(column) = found.mapping.place_of(Target::Field {
                kind: KindCode::Owner,
                field: "name",
            })
            && !matches!(judged.owners, Owners::Rename(_))
        {
            self.changes[at][column] += 1;
            let value = |target| row.value(&found.mapping, target).as_text();
            let name = value(found.mapping.columns[column].target).unwrap_or("");
            let unit = value(Target::Field {
                kind: KindCode::Dwelling,
                field: "workUnit",
            });
            if unit == Some(name) {
                // A work unit is one owner with many dwellings.
                fresh.0.insert((KindCode::Owner, name.to_owned()));
            } else {
                *self.brings.entry(KindCode::Owner).or_default() += separate(name).len();
            }
        }
        fresh.places(row, judged);
    }
}

impl Fresh {
    fn places(&mut self, row: &SourceRow, judged: &Judged) {
        let Some((compound, id)) = &judged.compound else {
            return;
        };
        if id.is_none() {
            self.0.insert((KindCode::Compound, compound.clone()));
        }
        let main = judged.records.first();
        let Some(kind) = main.map(|record| record.kind) else {
            return;
        };
        if !matches!(
            kind,
            KindCode::Dwelling | KindCode::Entrance | KindCode::Building
        ) || main.is_some_and(|record| record.id.is_some())
        {
            return;
        }
        let Some(building) = &row.key.building else {
            return;
        };
        let building = format!("{compound}\n{building}");
        if kind == KindCode::Building || judged.building.is_none() {
            self.0.insert((KindCode::Building, building.clone()));
        }
        if let Some(entrance) = &row.key.entrance
            && (kind == KindCode::Entrance
                || (kind == KindCode::Dwelling && judged.entrance.is_none()))
        {
            let entrance = format!("{building}\n{entrance}");
            self.0.insert((KindCode::Entrance, entrance));
        }
    }
}

/// Kinds that are counted by their places.
const fn is_place(kind: KindCode) -> bool {
    matches!(kind, KindCode::Building | KindCode::Entrance)
}

/// Worth knowing, nothing to mend.
fn is_remark(note: &Note) -> bool {
    matches!(
        note,
        Note::Row(_) | Note::Again(_) | Note::Twice | Note::FurtherOwner(_)
    )
}

const OWNER_NAME: Target = Target::Field {
    kind: KindCode::Owner,
    field: "name",
};

/// The other row repeats this one, or leaves it blank, in all columns but those of the owner.
fn tells_only_owner(mapping: &Mapping, one: &SourceRow, other: &SourceRow) -> bool {
    let value = |row: &SourceRow, column: usize| {
        let cell = row
            .cells
            .iter()
            .find(|cell| usize::from(cell.column) == column);
        cell.map_or(Value::Null, |cell| cell.value.clone())
    };
    other.cells.iter().all(|cell| cell.problem.is_none())
        && mapping
            .columns
            .iter()
            .enumerate()
            .all(|(column, mapped)| match mapped.target {
                Target::Phone
                | Target::Field {
                    kind: KindCode::Owner,
                    ..
                } => true,
                _ => {
                    let told = value(other, column);
                    told.is_null() || told == value(one, column)
                }
            })
}

/// Two rows about the same place give the same values.
fn says_the_same(one: &SourceRow, other: &SourceRow) -> bool {
    let values = |row: &SourceRow| {
        row.cells
            .iter()
            .filter(|cell| !cell.value.is_null() || cell.problem.is_some())
            .map(|cell| (cell.column, cell.value.clone()))
            .collect::<Vec<_>>()
    };
    values(one) == values(other)
}

fn state_of(judged: &Judged, twice: bool) -> ImportState {
    if !judged.bad.is_empty() {
        return ImportState::Bad;
    }
    let cells = || judged.records.iter().flat_map(|record| &record.cells);
    if twice || cells().any(|cell| cell.mark == Mark::Conflict) {
        return ImportState::Conflict;
    }
    if judged
        .records
        .first()
        .is_some_and(|record| record.id.is_none())
    {
        return ImportState::New;
    }
    let changes = judged.owners != Owners::Keep
        || judged.records.iter().any(|record| record.id.is_none())
        || cells().any(|cell| matches!(cell.mark, Mark::Fill | Mark::Change));
    if changes {
        ImportState::Changed
    } else {
        ImportState::Unchanged
    }
}

/// Rows by state.
pub(super) fn states<'a>(rows: impl Iterator<Item = &'a RowState>) -> ImportStates {
    let mut counts = [0usize; 6];
    for row in rows {
        counts[row.state as usize] += 1;
        counts[5] += usize::from(row.flawed);
    }
    let [new, changed, unchanged, conflict, bad, flawed] = counts.map(small);
    ImportStates {
        new,
        changed,
        unchanged,
        conflict,
        bad,
        flawed,
    }
}
