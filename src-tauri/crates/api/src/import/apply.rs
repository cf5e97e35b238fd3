//! Writes the chosen rows of a plan, inside the caller's transaction.

use std::collections::{BTreeMap, HashSet};

use chrono::{DateTime, FixedOffset};
use jiugai_domain::{Field, FieldType, KeySequence, KindCode, RecordId, Value};
use jiugai_exchange::table::{FoundTable, SourceRow, Tables, Target};
use jiugai_storage::{Connection, StorageError, log, records};

use super::judge::{self, Judged, Mark, Owners, Source, Touched};
use super::lookups::Lookups;

type Values = Vec<(&'static Field, Value)>;

/// Writes rows.
pub(super) struct Applier<'a> {
    pub(super) look: Lookups<'a>,
    keys: KeySequence,
    /// Columns of the present table that are left out.
    pub(super) skip: HashSet<usize>,
    /// Owners that stand for a work unit of a compound.
    unit_owners: BTreeMap<(RecordId, RecordId), RecordId>,
    pub(super) created: BTreeMap<KindCode, usize>,
    pub(super) changed: HashSet<RecordId>,
    pub(super) compounds: HashSet<RecordId>,
    pub(super) people: i64,
}

impl<'a> Applier<'a> {
    pub(super) fn new(look: Lookups<'a>, at: DateTime<FixedOffset>) -> Result<Self, StorageError> {
        Ok(Self {
            keys: log::fresh_ids(look.conn, at)?,
            look,
            skip: HashSet::new(),
            unit_owners: BTreeMap::new(),
            created: BTreeMap::new(),
            changed: HashSet::new(),
            compounds: HashSet::new(),
            people: 0,
        })
    }

    /// Writes what a row says; `further` are the rows of further owners of its dwelling.
    pub(super) fn row(
        &mut self,
        found: &FoundTable,
        source: &Source<'_>,
        row: &SourceRow,
        further: &[&SourceRow],
        judged: &Judged,
    ) -> Result<(), StorageError> {
        let compound = match &judged.compound {
            Some((name, _)) => Some(self.compound(found, name)?),
            None => None,
        };
        self.compounds.extend(compound);
        let place = self.places(compound, row, judged)?;
        let mut dwelling = None;
        let mut owner_row: Option<&Touched> = None;
        for record in &judged.records {
            let mut values = self.values(record)?;
            match record.kind {
                KindCode::Owner if source.mapping.kind == KindCode::Dwelling => {
                    owner_row = Some(record);
                    if record.id.is_none() {
                        continue;
                    }
                }
                KindCode::Dwelling if source.mapping.kind == KindCode::Dwelling => {
                    dwelling = Some(self.dwelling(compound, place, row, record, values)?);
                    continue;
                }
                KindCode::Household if source.mapping.kind == KindCode::Dwelling => {
                    if record.id.is_none() {
                        let told = owner_name(source, row).filter(|_| !self.is_unit(source, row));
                        self.household(&mut values, dwelling, told);
                    }
                    self.people += record
                        .cells
                        .iter()
                        .filter(|cell| cell.field.code == "people")
                        .filter_map(|cell| cell.new.as_integer())
                        .sum::<i64>();
                }
                KindCode::Outbuilding if record.id.is_none() => {
                    self.outbuilding(&mut values, compound, place, dwelling, source, row)?;
                }
                KindCode::Entrance if record.id.is_none() => {
                    values.extend(field_value(
                        KindCode::Entrance,
                        "building",
                        place.0.map_or(Value::Null, Value::Id),
                    ));
                }
                _ => {}
            }
            let id = self.store(record.kind, record.id, compound, &values)?;
            if source.mapping.kind != KindCode::Dwelling {
                // The next row of this name is another record.
                self.look.take(id);
            }
        }
        if let (Some(compound), Some(dwelling)) = (compound, dwelling) {
            self.owners(
                (compound, dwelling),
                source,
                (row, further),
                judged,
                owner_row,
            )?;
        }
        Ok(())
    }

    /// The values of a record that are written.
    fn values(&mut self, record: &Touched) -> Result<Values, StorageError> {
        let mut values = Values::new();
        for cell in &record.cells {
            let left_out = cell
                .column
                .is_some_and(|column| self.skip.contains(&column));
            if left_out || matches!(cell.mark, Mark::Same | Mark::Bad) {
                continue;
            }
            let value = match (&cell.new, cell.field.kind) {
                (Value::Text(name), FieldType::Reference(KindCode::WorkUnit)) => {
                    Value::Id(self.work_unit(name)?)
                }
                (value, _) => value.clone(),
            };
            values.push((cell.field, value));
        }
        Ok(values)
    }

    fn store(
        &mut self,
        kind: KindCode,
        id: Option<RecordId>,
        compound: Option<RecordId>,
        values: &Values,
    ) -> Result<RecordId, StorageError> {
        match id {
            Some(id) => {
                if !values.is_empty() {
                    records::update(self.look.conn, kind, id, values)?;
                    self.changed.insert(id);
                }
                Ok(id)
            }
            None => self.insert(kind, compound, values),
        }
    }

    fn insert(
        &mut self,
        kind: KindCode,
        compound: Option<RecordId>,
        values: &Values,
    ) -> Result<RecordId, StorageError> {
        let id = self.keys.fresh();
        records::insert(self.look.conn, kind, compound, id, values)?;
        *self.created.entry(kind).or_default() += 1;
        Ok(id)
    }

    /// A compound by its name; a new one as the lines above the table tell it.
    fn compound(&mut self, found: &FoundTable, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.look.compound(name)? {
            return Ok(id);
        }
        let kind = KindCode::Compound;
        let facts = &found.table.facts;
        let mut values: Values = [
            field_value(kind, "name", text(name)),
            field_value(kind, "stage", text("baselineSurvey")),
        ]
        .into_iter()
        .flatten()
        .collect();
        if facts.compound.as_deref() == Some(name) {
            let day = facts
                .filled_on
                .map(|day| day.format("%Y-%m-%d").to_string());
            for (code, told) in [
                ("subdistrict", &facts.subdistrict),
                ("community", &facts.community),
                ("surveyedOn", &day),
            ] {
                let told = told.as_deref();
                values.extend(told.and_then(|told| field_value(kind, code, text(told))));
            }
        }
        let id = self.insert(kind, None, &values)?;
        self.look.made(kind, None, name, id);
        Ok(id)
    }

    fn work_unit(&mut self, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.look.work_unit(name)? {
            return Ok(id);
        }
        let kind = KindCode::WorkUnit;
        let values = field_value(kind, "name", text(name)).into_iter().collect();
        let id = self.insert(kind, None, &values)?;
        self.look.made(kind, None, name, id);
        Ok(id)
    }

    /// Building and entrance of a row, made where a dwelling or an entrance needs them.
    fn places(
        &mut self,
        compound: Option<RecordId>,
        row: &SourceRow,
        judged: &Judged,
    ) -> Result<(Option<RecordId>, Option<RecordId>), StorageError> {
        let kind = judged.records.first().map(|record| record.kind);
        let (Some(compound), Some(KindCode::Dwelling | KindCode::Entrance), Some(name)) =
            (compound, kind, &row.key.building)
        else {
            return Ok((judged.building, judged.entrance));
        };
        let building = match self.look.building(compound, name)? {
            Some(id) => id,
            None => {
                let kind = KindCode::Building;
                let values = field_value(kind, "name", text(name)).into_iter().collect();
                let id = self.insert(kind, Some(compound), &values)?;
                self.look.made(kind, Some(compound), name, id);
                id
            }
        };
        let (Some(KindCode::Dwelling), Some(name)) = (kind, &row.key.entrance) else {
            return Ok((Some(building), None));
        };
        let entrance = match self.look.entrance(building, name)? {
            Some(id) => id,
            None => {
                let kind = KindCode::Entrance;
                let values = [
                    field_value(kind, "building", Value::Id(building)),
                    field_value(kind, "name", text(name)),
                ];
                let values = values.into_iter().flatten().collect();
                let id = self.insert(kind, Some(compound), &values)?;
                self.look.made(kind, Some(building), name, id);
                id
            }
        };
        Ok((Some(building), Some(entrance)))
    }

    fn dwelling(
        &mut self,
        compound: Option<RecordId>,
        (building, entrance): (Option<RecordId>, Option<RecordId>),
        row: &SourceRow,
        record: &Touched,
        mut values: Values,
    ) -> Result<RecordId, StorageError> {
        let kind = KindCode::Dwelling;
        if record.id.is_none() {
            let room = row.key.room.as_deref().unwrap_or("");
            for (code, value) in [
                ("building", building.map_or(Value::Null, Value::Id)),
                ("entrance", entrance.map_or(Value::Null, Value::Id)),
                ("room", text(room)),
                ("use", text("residence")),
            ] {
                if !values.iter().any(|(field, _)| field.code == code) {
                    values.extend(field_value(kind, code, value));
                }
            }
        }
        self.store(kind, record.id, compound, &values)
    }

    fn household(&self, values: &mut Values, dwelling: Option<RecordId>, contact: Option<&str>) {
        let kind = KindCode::Household;
        let dwelling = dwelling.map_or(Value::Null, Value::Id);
        values.extend(field_value(kind, "dwelling", dwelling));
        if !values.iter().any(|(field, _)| field.code == "contact") {
            values.extend(contact.and_then(|name| field_value(kind, "contact", text(name))));
        }
    }

    fn outbuilding(
        &mut self,
        values: &mut Values,
        compound: Option<RecordId>,
        place: (Option<RecordId>, Option<RecordId>),
        dwelling: Option<RecordId>,
        source: &Source<'_>,
        row: &SourceRow,
    ) -> Result<(), StorageError> {
        let kind = KindCode::Outbuilding;
        let mut rest = vec![("finding", text("pending")), ("state", text("standing"))];
        if let Some(compound) = compound {
            let told = |code: &str| values.iter().any(|(field, _)| field.code == code);
            if !told("number") {
                rest.push(("number", text(&self.look.next_number(compound)?)));
            }
        }
        if let (Some(dwelling), Some(building)) = (dwelling, place.0) {
            rest.push(("dwelling", Value::Id(dwelling)));
            rest.push(("building", Value::Id(building)));
            rest.extend(owner_name(source, row).map(|name| ("occupier", text(name))));
        }
        for (code, value) in rest {
            if !values.iter().any(|(field, _)| field.code == code) {
                values.extend(field_value(kind, code, value));
            }
        }
        Ok(())
    }

    /// The owner is the work unit itself (公房).
    fn is_unit(&self, source: &Source<'_>, row: &SourceRow) -> bool {
        let unit = Target::Field {
            kind: KindCode::Dwelling,
            field: "workUnit",
        };
        let owner = owner_name(source, row);
        owner.is_some() && row.value(source.mapping, unit).as_text() == owner
    }

    fn owners(
        &mut self,
        (compound, dwelling): (RecordId, RecordId),
        source: &Source<'_>,
        (row, further): (&SourceRow, &[&SourceRow]),
        judged: &Judged,
        record: Option<&Touched>,
    ) -> Result<(), StorageError> {
        let column = source.mapping.place_of(OWNER_NAME);
        if column.is_none_or(|column| self.skip.contains(&column)) {
            return Ok(());
        }
        let Some(names) = owner_name(source, row) else {
            return Ok(());
        };
        let owners = match judged.owners {
            Owners::Create | Owners::Hand(_) if self.is_unit(source, row) => {
                vec![self.unit_owner(compound, names)?]
            }
            Owners::Create | Owners::Hand(_) => {
                let separate = judge::separate(names);
                let mut made = Vec::new();
                for (at, name) in separate.iter().enumerate() {
                    let kind = KindCode::Owner;
                    // A phone belongs to nobody in particular when several names stand in a cell.
                    let told = match record {
                        Some(record) if separate.len() == further.len() + 1 => match at {
                            0 => self.values(record)?,
                            _ => self.of_owner(source, further[at - 1]),
                        },
                        _ => Values::new(),
                    };
                    let mut values: Values = [
                        field_value(kind, "name", text(name)),
                        field_value(kind, "type", text("person")),
                    ]
                    .into_iter()
                    .flatten()
                    .filter(|(field, _)| !told.iter().any(|(other, _)| other.code == field.code))
                    .collect();
                    values.extend(told.iter().cloned());
                    made.push(self.insert(kind, Some(compound), &values)?);
                }
                made
            }
            Owners::Keep | Owners::Rename(_) => return Ok(()),
        };
        let kind = KindCode::Ownership;
        if let (Owners::Hand(ownership), Some(owner)) = (&judged.owners, owners.first()) {
            let values: Values = field_value(kind, "owner", Value::Id(*owner))
                .into_iter()
                .collect();
            self.store(kind, Some(*ownership), None, &values)?;
            return Ok(());
        }
        for owner in owners {
            let values = [
                field_value(kind, "dwelling", Value::Id(dwelling)),
                field_value(kind, "owner", Value::Id(owner)),
            ];
            let values = values.into_iter().flatten().collect();
            self.insert(kind, Some(compound), &values)?;
        }
        Ok(())
    }

    /// What the row of a further owner says of him besides the name.
    fn of_owner(&self, source: &Source<'_>, row: &SourceRow) -> Values {
        let columns = source.mapping.columns.iter().enumerate();
        columns
            .filter(|(column, _)| !self.skip.contains(column))
            .filter_map(|(_, column)| {
                let code = match column.target {
                    Target::Phone => "phone",
                    Target::Field {
                        kind: KindCode::Owner,
                        field,
                    } if field != "name" => field,
                    _ => return None,
                };
                let value = row.value(source.mapping, column.target);
                let is_plain = !value.is_null() && !matches!(value, Value::Id(_));
                is_plain
                    .then(|| field_value(KindCode::Owner, code, value.clone()))
                    .flatten()
            })
            .filter(|(field, _)| !matches!(field.kind, FieldType::Reference(_)))
            .collect()
    }

    /// A work unit that holds its own dwellings is one owner with several dwellings.
    fn unit_owner(&mut self, compound: RecordId, name: &str) -> Result<RecordId, StorageError> {
        let unit = self.work_unit(name)?;
        if let Some(owner) = self.unit_owners.get(&(compound, unit)) {
            return Ok(*owner);
        }
        let kind = KindCode::Owner;
        let called = records::matching::named(self.look.conn, kind, Some(compound), name, 20)?;
        let mut found = None;
        for id in called {
            let record = records::get(self.look.conn, kind, id)?;
            if record.is_some_and(|record| record.value("workUnit").as_id() == Some(unit)) {
                found = Some(id);
                break;
            }
        }
        let owner = match found {
            Some(owner) => owner,
            None => {
                let values = [
                    field_value(kind, "name", text(name)),
                    field_value(kind, "type", text("workUnit")),
                    field_value(kind, "workUnit", Value::Id(unit)),
                ];
                let values = values.into_iter().flatten().collect();
                self.insert(kind, Some(compound), &values)?
            }
        };
        self.unit_owners.insert((compound, unit), owner);
        Ok(owner)
    }
}

/// Writes every row of these tables as it is proposed into a compound of this name that has no
/// rows yet; the compound.
pub(crate) fn write_new(
    conn: &Connection,
    tables: &Tables,
    compound: &str,
    at: DateTime<FixedOffset>,
) -> Result<Option<RecordId>, StorageError> {
    let mut applier = Applier::new(Lookups::new(conn), at)?;
    for (found, rows) in tables.tables.iter().zip(tables.extract()) {
        let source = Source {
            mapping: &found.mapping,
            compound,
            overwrite_blanks: false,
            imported: None,
        };
        for row in &rows.rows {
            let judged = judge::judge(&mut applier.look, &source, row, None)?;
            if judged.bad.is_empty() {
                applier.row(found, &source, row, &[], &judged)?;
            }
        }
    }
    applier.look.compound(compound)
}

const OWNER_NAME: Target = Target::Field {
    kind: KindCode::Owner,
    field: "name",
};

fn owner_name<'r>(source: &Source<'_>, row: &'r SourceRow) -> Option<&'r str> {
    row.value(source.mapping, OWNER_NAME).as_text()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A value for a declared field; nothing when the kind has no such field.
fn field_value(kind: KindCode, code: &str, value: Value) -> Option<(&'static Field, Value)> {
    kind.kind().field(code).map(|field| (field, value))
}
