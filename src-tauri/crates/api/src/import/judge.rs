//! What a row of a table would do to the ledger: which records it means, and cell by cell what
//! stands there and what would.

use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_exchange::table::{Mapping, Problem, RowProblem, SourceRow, Target, Weight};
use jiugai_storage::records::{self, matching};
use jiugai_storage::{StorageError, history};

use super::lookups::Lookups;

mod dwelling;
mod single;

pub(super) use dwelling::separate;

/// Where a value of the file stands against the ledger.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// The same, or nothing in the file.
    Same,
    /// Goes into a new record or an empty cell.
    Fill,
    /// Takes the place of another value.
    Change,
    /// Would take the place of what a person wrote after the last import.
    Conflict,
    /// Cannot be stored; the cell stays as it is.
    Bad,
}

/// One value against the ledger.
#[derive(Debug, Clone)]
pub(super) struct Compared {
    /// Place of the column in the table; none for what follows from other columns.
    pub(super) column: Option<usize>,
    pub(super) field: &'static Field,
    pub(super) old: Value,
    /// A reference that is still to be made stays text.
    pub(super) new: Value,
    pub(super) mark: Mark,
}

/// A record that the row means.
#[derive(Debug, Clone)]
pub(super) struct Touched {
    pub(super) kind: KindCode,
    /// None: to be made.
    pub(super) id: Option<RecordId>,
    pub(super) cells: Vec<Compared>,
}

/// What happens with the names of owners.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Owners {
    /// Nothing is said, or they are the same.
    Keep,
    /// The dwelling gets its first owners.
    Create,
    /// The one owner is called otherwise.
    Rename(RecordId),
    /// The one ownership goes to somebody else: the owner has other dwellings too.
    Hand(RecordId),
}

/// Why a row cannot be imported, or what is to be known of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    Row(RowProblem),
    /// It is not known which compound is meant.
    NoCompound,
    /// A needed field of a new record is blank.
    Needs(&'static Field),
    /// The dwelling is not in the ledger.
    NoDwelling,
    /// Nobody of that name, or several.
    NoOwner,
    /// Several records are called so.
    SeveralNamed(KindCode),
    /// The same as an earlier row; counted from 1.
    Again(u32),
    /// Another owner of the dwelling of an earlier row, which has all names; counted from 1.
    FurtherOwner(u32),
    /// The same place as other rows, with other values.
    Twice,
    /// A cell whose text stands for nothing in the ledger; column.
    NoReference(usize),
    /// Owners cannot be told apart; column.
    OwnersDiffer(usize),
    /// The stage of a compound that there is would move past its gates.
    StageAtGates,
    /// Several households or outbuildings; column.
    Several(usize, KindCode),
}

/// What a row would do.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    /// Name and key of the compound.
    pub(super) compound: Option<(String, Option<RecordId>)>,
    pub(super) building: Option<RecordId>,
    pub(super) entrance: Option<RecordId>,
    /// The first is the one that the table is about.
    pub(super) records: Vec<Touched>,
    pub(super) owners: Owners,
    /// What stands in the ledger for the column of owners' names.
    pub(super) owner_names: String,
    /// Reasons why the row is not imported.
    pub(super) bad: Vec<Note>,
    /// What else is to be known.
    pub(super) notes: Vec<Note>,
}

/// What the whole table tells.
pub(super) struct Source<'a> {
    pub(super) mapping: &'a Mapping,
    /// Compound of the rows that do not name theirs.
    pub(super) compound: &'a str,
    pub(super) overwrite_blanks: bool,
    /// Such a table was imported into this compound before: what its imports noted.
    pub(super) imported: Option<&'a str>,
}

impl Source<'_> {
    fn has(&self, kind: KindCode) -> bool {
        self.mapping
            .columns
            .iter()
            .any(|column| matches!(column.target, Target::Field { kind: of, .. } if of == kind))
    }

    fn place(&self, target: Target) -> Option<usize> {
        self.mapping.place_of(target)
    }
}

/// Judges a row. `settled` is the record that it was found to mean before, when rows are judged
/// once more out of their order: which of several of one name a row means depends on those before.
pub(super) fn judge(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    settled: Option<Option<RecordId>>,
) -> Result<Judged, StorageError> {
    let mut judged = Judged {
        compound: None,
        building: None,
        entrance: None,
        records: Vec::new(),
        owners: Owners::Keep,
        owner_names: String::new(),
        bad: Vec::new(),
        notes: Vec::new(),
    };
    for (weight, problem) in &row.problems {
        if matches!(problem, RowProblem::Duplicate { .. }) {
            continue;
        }
        let note = Note::Row(problem.clone());
        if *weight == Weight::Error {
            judged.bad.push(note);
        } else {
            judged.notes.push(note);
        }
    }
    if !judged.bad.is_empty() {
        return Ok(judged);
    }
    let kind = source.mapping.kind;
    if kind.kind().scope == jiugai_domain::kind::Scope::Compound {
        let name = row.key.compound.as_deref().unwrap_or(source.compound);
        if name.is_empty() {
            judged.bad.push(Note::NoCompound);
            return Ok(judged);
        }
        judged.compound = Some((name.to_owned(), look.compound(name)?));
    }
    if kind == KindCode::Dwelling {
        dwelling::judge(look, source, row, &mut judged)?;
    } else {
        single::judge(look, source, row, settled, &mut judged)?;
    }
    let moves = |record: &Touched| {
        let differs = |cell: &Compared| matches!(cell.mark, Mark::Change | Mark::Fill);
        record.kind == KindCode::Compound
            && record.id.is_some()
            && record
                .cells
                .iter()
                .any(|cell| cell.field.code == "stage" && differs(cell))
    };
    if judged.records.iter().any(moves) {
        judged.bad.push(Note::StageAtGates);
    }
    if judged.bad.is_empty() {
        conflicts(look, source, &mut judged)?;
    }
    Ok(judged)
}

/// What people changed by hand since the last import is not overwritten unasked.
fn conflicts(
    look: &Lookups<'_>,
    source: &Source<'_>,
    judged: &mut Judged,
) -> Result<(), StorageError> {
    let Some(fingerprint) = source.imported else {
        return Ok(());
    };
    for record in &mut judged.records {
        let Some(id) = record.id else { continue };
        let differs = |cell: &Compared| matches!(cell.mark, Mark::Change | Mark::Fill);
        if !record.cells.iter().any(differs) {
            continue;
        }
        let before = history::last_import(look.conn, fingerprint, Some((record.kind, id)))?;
        let Some(seq) = before else { continue };
        let fields = history::fields_changed_since(look.conn, record.kind, id, seq)?;
        for cell in record.cells.iter_mut().filter(|cell| differs(cell)) {
            if fields.iter().any(|field| field.code == cell.field.code) {
                cell.mark = Mark::Conflict;
            }
        }
    }
    Ok(())
}

impl Judged {
    pub(super) fn compound_id(&self) -> Option<RecordId> {
        self.compound.as_ref().and_then(|(_, id)| *id)
    }
}

/// The cells of a row that go to a kind, with their columns; blank ones too when those count.
fn cells_of(
    source: &Source<'_>,
    row: &SourceRow,
    kind: KindCode,
) -> Vec<(usize, &'static Field, Value, bool)> {
    let mut cells = Vec::new();
    for (place, column) in source.mapping.columns.iter().enumerate() {
        let field = match column.target {
            Target::Field { kind: of, field } if of == kind => kind.kind().field(field),
            Target::Phone if matches!(kind, KindCode::Household | KindCode::Owner) => {
                kind.kind().field("phone")
            }
            _ => None,
        };
        let Some(field) = field else { continue };
        let cell = row
            .cells
            .iter()
            .find(|cell| usize::from(cell.column) == place);
        match cell {
            Some(cell) => {
                let is_bad = matches!(
                    cell.problem,
                    Some(Problem::Bad { .. } | Problem::FormulaError { .. })
                );
                cells.push((place, field, cell.value.clone(), is_bad));
            }
            None if source.overwrite_blanks => cells.push((place, field, Value::Null, false)),
            None => {}
        }
    }
    cells
}

/// A value of the file beside what stands in the ledger.
fn compare(
    column: Option<usize>,
    field: &'static Field,
    old: Value,
    new: Value,
    is_bad: bool,
) -> Compared {
    let mark = if is_bad {
        Mark::Bad
    } else if old == new || (new.is_null() && field.required) {
        Mark::Same
    } else if old.is_null() {
        Mark::Fill
    } else {
        Mark::Change
    };
    Compared {
        column,
        field,
        old,
        new,
        mark,
    }
}

/// Brings the text of a reference to the record that it means.
fn resolved(
    look: &mut Lookups<'_>,
    judged: &mut Judged,
    kind: KindCode,
    field: &'static Field,
    column: usize,
    value: Value,
) -> Result<(Value, bool), StorageError> {
    let (FieldType::Reference(target), Value::Text(text)) = (field.kind, &value) else {
        return Ok((value, false));
    };
    if target == KindCode::WorkUnit {
        let found = look.work_unit(text)?;
        return Ok((found.map_or(value, Value::Id), false));
    }
    // A reference that the import makes itself stays text, as a work unit does.
    // In a compound that is still to be made there is nothing to refer to.
    let compound = judged.compound_id();
    if (judged.compound.is_none() || compound.is_some())
        && let Ok(found) = look.reference(kind, field, compound, text)?
    {
        return Ok((found, false));
    }
    let within = judged.compound.as_ref().map_or("", |(name, _)| name);
    if look
        .promised()
        .is_some_and(|promised| promised.has(target, within, text))
    {
        return Ok((value, false));
    }
    judged.notes.push(Note::NoReference(column));
    Ok((Value::Null, true))
}

/// A record of the ledger, as far as it is there.
fn stored(
    look: &Lookups<'_>,
    kind: KindCode,
    id: Option<RecordId>,
) -> Result<Option<records::Record>, StorageError> {
    match id {
        Some(id) => records::get(look.conn, kind, id),
        None => Ok(None),
    }
}

fn old_value(record: Option<&records::Record>, field: &Field) -> Value {
    record.map_or(Value::Null, |record| record.value(field.code).clone())
}

/// The dwelling that a row lies in, when the import makes it itself: what people call it.
fn promised_dwelling(look: &Lookups<'_>, row: &SourceRow, judged: &Judged) -> Option<String> {
    let (within, _) = judged.compound.as_ref()?;
    look.promised()?.dwelling(within, row)
}

/// The dwelling that a row lies in.
fn dwelling_of(
    look: &mut Lookups<'_>,
    row: &SourceRow,
    judged: &mut Judged,
) -> Result<Vec<RecordId>, StorageError> {
    let (Some(compound), Some(building), Some(room)) =
        (judged.compound_id(), &row.key.building, &row.key.room)
    else {
        return Ok(Vec::new());
    };
    let Some(building) = look.building(compound, building)? else {
        return Ok(Vec::new());
    };
    judged.building = Some(building);
    let entrance = match &row.key.entrance {
        Some(name) => match look.entrance(building, name)? {
            Some(entrance) => Some(entrance),
            None => return Ok(Vec::new()),
        },
        None => None,
    };
    judged.entrance = entrance;
    matching::dwellings_at(look.conn, building, entrance, room)
}
