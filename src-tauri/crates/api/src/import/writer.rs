//! From survey rows to records.

use std::collections::HashMap;

use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_exchange::survey::{SurveyLedger, SurveyRow};
use jiugai_storage::{Connection, StorageError, log, records};

type Values = Vec<(&'static Field, Value)>;

/// Writes survey rows as records.
pub(crate) struct Writer<'a> {
    conn: &'a Connection,
    at: chrono::DateTime<chrono::FixedOffset>,
    work_units: HashMap<String, RecordId>,
    buildings: HashMap<String, RecordId>,
    entrances: HashMap<(RecordId, String), RecordId>,
    unit_owners: HashMap<RecordId, RecordId>,
    outbuildings: usize,
}

impl<'a> Writer<'a> {
    pub(crate) fn new(conn: &'a Connection, at: chrono::DateTime<chrono::FixedOffset>) -> Self {
        Self {
            conn,
            at,
            work_units: HashMap::new(),
            buildings: HashMap::new(),
            entrances: HashMap::new(),
            unit_owners: HashMap::new(),
            outbuildings: 0,
        }
    }

    fn insert(
        &self,
        kind: KindCode,
        compound: Option<RecordId>,
        values: &Values,
    ) -> Result<RecordId, StorageError> {
        let id = log::fresh_id(self.conn, self.at)?;
        records::insert(self.conn, kind, compound, id, values)?;
        Ok(id)
    }

    /// A new compound as the title tells it.
    pub(crate) fn compound(
        &mut self,
        survey: &SurveyLedger,
        name: &str,
    ) -> Result<RecordId, StorageError> {
        let kind = KindCode::Compound;
        let mut values = vec![
            value(kind, "name", text(name)),
            value(kind, "stage", text("baselineSurvey")),
        ];
        for (code, told) in [
            ("subdistrict", &survey.subdistrict),
            ("community", &survey.community),
        ] {
            values.extend(told.as_deref().map(|told| value(kind, code, text(told))));
        }
        let filled = survey.filled_on.map(|day| {
            value(
                kind,
                "surveyedOn",
                text(&day.format("%Y-%m-%d").to_string()),
            )
        });
        values.extend(filled);
        self.insert(kind, None, &values.into_iter().flatten().collect())
    }

    /// Buildings, entrances, dwellings, owners, households and outbuildings of these rows.
    pub(crate) fn rows(
        &mut self,
        compound: RecordId,
        rows: &[SurveyRow],
    ) -> Result<(), StorageError> {
        for row in rows {
            self.row(compound, row)?;
        }
        Ok(())
    }

    fn row(&mut self, compound: RecordId, row: &SurveyRow) -> Result<(), StorageError> {
        let work_unit = row
            .work_unit
            .as_deref()
            .map(|name| self.work_unit(name))
            .transpose()?;
        let building = self.building(compound, &row.building)?;
        let entrance = row
            .entrance
            .as_deref()
            .map(|name| self.entrance(compound, building, name))
            .transpose()?;
        let kind = KindCode::Dwelling;
        let mut values: Values = [
            value(kind, "building", Value::Id(building)),
            value(kind, "entrance", entrance.map_or(Value::Null, Value::Id)),
            value(kind, "room", text(&row.room)),
            value(
                kind,
                "storey",
                row.storey.map_or(Value::Null, Value::Integer),
            ),
            value(kind, "use", text("residence")),
            value(kind, "workUnit", work_unit.map_or(Value::Null, Value::Id)),
        ]
        .into_iter()
        .flatten()
        .filter(|(field, _)| row.value(kind, field.code).is_null())
        .collect();
        values.extend(cells_of(row, kind));
        let dwelling = self.insert(kind, Some(compound), &values)?;
        self.owners(compound, dwelling, row, work_unit)?;
        self.household(compound, dwelling, row, work_unit)?;
        for (sort, rooms) in &row.outbuildings {
            self.outbuilding(compound, building, dwelling, sort, *rooms, row)?;
        }
        Ok(())
    }

    fn work_unit(&mut self, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.work_units.get(name) {
            return Ok(*id);
        }
        let found = records::options(self.conn, KindCode::WorkUnit, None, name, 50)?;
        let id = match found.into_iter().find(|(_, label)| label == name) {
            Some((id, _)) => id,
            None => {
                let values = value(KindCode::WorkUnit, "name", text(name))
                    .into_iter()
                    .collect();
                self.insert(KindCode::WorkUnit, None, &values)?
            }
        };
        self.work_units.insert(name.to_owned(), id);
        Ok(id)
    }

    fn building(&mut self, compound: RecordId, name: &str) -> Result<RecordId, StorageError> {
        if let Some(id) = self.buildings.get(name) {
            return Ok(*id);
        }
        let found = records::options(self.conn, KindCode::Building, Some(compound), name, 50)?;
        let id = match found.into_iter().find(|(_, label)| label == name) {
            Some((id, _)) => id,
            None => {
                let values = value(KindCode::Building, "name", text(name))
                    .into_iter()
                    .collect();
                self.insert(KindCode::Building, Some(compound), &values)?
            }
        };
        self.buildings.insert(name.to_owned(), id);
        Ok(id)
    }

    fn entrance(
        &mut self,
        compound: RecordId,
        building: RecordId,
        name: &str,
    ) -> Result<RecordId, StorageError> {
        if let Some(id) = self.entrances.get(&(building, name.to_owned())) {
            return Ok(*id);
        }
        let field = KindCode::Dwelling.kind().field("entrance");
        let context = records::RowContext {
            building: Some(building),
        };
        let found = match field {
            Some(field) => records::resolve(self.conn, field, Some(compound), name, context)?
                .ok()
                .and_then(|value| value.as_id()),
            None => None,
        };
        let id = match found {
            Some(id) => id,
            None => {
                let kind = KindCode::Entrance;
                let values = [
                    value(kind, "building", Value::Id(building)),
                    value(kind, "name", text(name)),
                ];
                self.insert(
                    kind,
                    Some(compound),
                    &values.into_iter().flatten().collect(),
                )?
            }
        };
        self.entrances.insert((building, name.to_owned()), id);
        Ok(id)
    }

    /// One owner per name (张某、李某 are co-owners). A work unit that holds its own dwellings
    /// (公房) is one owner with several dwellings; persons of one name stay apart.
    fn owners(
        &mut self,
        compound: RecordId,
        dwelling: RecordId,
        row: &SurveyRow,
        work_unit: Option<RecordId>,
    ) -> Result<(), StorageError> {
        let Some(names) = &row.owner_name else {
            return Ok(());
        };
        let is_unit = row.work_unit.as_ref() == Some(names);
        if let Some(unit) = work_unit.filter(|_| is_unit) {
            let owner = match self.unit_owners.get(&unit) {
                Some(owner) => *owner,
                None => {
                    let kind = KindCode::Owner;
                    let values = [
                        value(kind, "name", text(names)),
                        value(kind, "type", text("workUnit")),
                        value(kind, "workUnit", Value::Id(unit)),
                    ];
                    let owner = self.insert(
                        kind,
                        Some(compound),
                        &values.into_iter().flatten().collect(),
                    )?;
                    self.unit_owners.insert(unit, owner);
                    owner
                }
            };
            return self.ownership(compound, dwelling, owner);
        }
        let separate: Vec<&str> = names
            .split(['、', '，', ',', '/', ';', '；'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .collect();
        for name in &separate {
            let kind = KindCode::Owner;
            let mut values: Values = [
                value(kind, "name", text(name)),
                value(kind, "type", text("person")),
            ]
            .into_iter()
            .flatten()
            .collect();
            let cells = cells_of(row, kind);
            // A phone belongs to nobody in particular when several names stand in the cell.
            values.extend(
                cells
                    .into_iter()
                    .filter(|(field, _)| field.code != "name" && separate.len() == 1),
            );
            let owner = self.insert(kind, Some(compound), &values)?;
            self.ownership(compound, dwelling, owner)?;
        }
        Ok(())
    }

    fn ownership(
        &self,
        compound: RecordId,
        dwelling: RecordId,
        owner: RecordId,
    ) -> Result<(), StorageError> {
        let kind = KindCode::Ownership;
        let values = [
            value(kind, "dwelling", Value::Id(dwelling)),
            value(kind, "owner", Value::Id(owner)),
        ];
        self.insert(
            kind,
            Some(compound),
            &values.into_iter().flatten().collect(),
        )?;
        Ok(())
    }

    fn household(
        &self,
        compound: RecordId,
        dwelling: RecordId,
        row: &SurveyRow,
        work_unit: Option<RecordId>,
    ) -> Result<(), StorageError> {
        let kind = KindCode::Household;
        let mut values: Values = value(kind, "dwelling", Value::Id(dwelling))
            .into_iter()
            .collect();
        let unit_owns = work_unit.is_some() && row.owner_name == row.work_unit;
        let known = row.value(kind, "contact").is_null() && !unit_owns;
        if let Some(name) = row.owner_name.as_deref().filter(|_| known) {
            values.extend(value(kind, "contact", text(name)));
        }
        values.extend(cells_of(row, kind));
        self.insert(kind, Some(compound), &values)?;
        Ok(())
    }

    fn outbuilding(
        &mut self,
        compound: RecordId,
        building: RecordId,
        dwelling: RecordId,
        sort: &str,
        rooms: i64,
        row: &SurveyRow,
    ) -> Result<(), StorageError> {
        self.outbuildings += 1;
        let kind = KindCode::Outbuilding;
        let mut values: Values = [
            value(kind, "number", text(&format!("F-{:03}", self.outbuildings))),
            value(kind, "kind", text(sort)),
            value(kind, "rooms", Value::Integer(rooms)),
            value(kind, "building", Value::Id(building)),
            value(kind, "dwelling", Value::Id(dwelling)),
            value(kind, "finding", text("pending")),
            value(kind, "state", text("standing")),
        ]
        .into_iter()
        .flatten()
        .collect();
        values.extend(
            row.owner_name
                .as_deref()
                .and_then(|name| value(kind, "occupier", text(name))),
        );
        self.insert(kind, Some(compound), &values)?;
        Ok(())
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// A value for a declared field; nothing when the kind has no such field.
fn value(kind: KindCode, code: &str, value: Value) -> Option<(&'static Field, Value)> {
    kind.kind().field(code).map(|field| (field, value))
}

/// The typed cells of a row that belong to a kind.
fn cells_of(row: &SurveyRow, kind: KindCode) -> Values {
    row.cells
        .iter()
        .filter(|(of, _, cell)| *of == kind && !cell.is_null())
        .filter_map(|(_, code, cell)| value(kind, code, cell.clone()))
        .collect()
}
