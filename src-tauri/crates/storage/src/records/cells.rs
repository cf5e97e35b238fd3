//! A row of typed texts on its way to a record.

use jiugai_domain::address::{building_name, entrance_name, room_number, storey_of_room};
use jiugai_domain::{Field, FieldError, FieldType, KindCode, RecordId, Value};
use rusqlite::Connection;

use super::{Record, RowContext, get, resolve};
use crate::error::StorageError;

/// A cell that cannot be stored as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CellError {
    /// The field of the cell.
    pub field: &'static Field,
    /// What was typed.
    pub text: String,
    /// What is wrong with it.
    pub error: FieldError,
}

/// A row as it can be stored, or every cell that cannot.
pub type ReadCells = Result<Vec<(&'static Field, Value)>, Vec<CellError>>;

/// Reads typed cells (field code, text) into values: numbers, dates and codes by their fields,
/// references by the records of the compound, names of buildings, entrances and rooms in their
/// canonical form. `existing` is the record that the cells change; without it the row is new, and
/// then every required field must be among the cells and a dwelling's storey follows from its room.
///
/// # Errors
/// Outer: the ledger cannot be read, or [`StorageError::NoSuchField`]. Inner: every cell that
/// cannot be stored.
pub fn read_cells(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
    existing: Option<&Record>,
    cells: &[(&str, &str)],
) -> Result<ReadCells, StorageError> {
    let mut typed = Vec::with_capacity(cells.len());
    for (code, text) in cells {
        let field = kind
            .kind()
            .field(code)
            .ok_or_else(|| StorageError::NoSuchField {
                kind,
                code: (*code).to_owned(),
            })?;
        typed.push((field, *text));
    }
    // The building comes first: the entrance is looked for inside it.
    typed.sort_by_key(|(field, _)| field.kind != FieldType::Reference(KindCode::Building));
    let compound = compound.or(existing.and_then(|record| record.compound));
    let mut context = RowContext {
        building: existing.and_then(|record| record.value("building").as_id()),
    };
    let mut values: Vec<(&'static Field, Value)> = Vec::new();
    let mut errors = Vec::new();
    for (field, text) in &typed {
        let value = match field.kind {
            FieldType::Reference(_) => resolve(conn, field, compound, text, context)?,
            _ => field.parse(text).map(|value| canonical(kind, field, value)),
        };
        match value {
            Ok(value) => {
                if field.code == "building" {
                    context.building = value.as_id();
                }
                values.push((field, value));
            }
            Err(error) => errors.push(CellError {
                field,
                text: (*text).to_owned(),
                error,
            }),
        }
    }
    match existing {
        None => {
            let missing =
                kind.kind().fields.iter().filter(|field| {
                    field.required && !typed.iter().any(|(given, _)| *given == *field)
                });
            errors.extend(missing.map(|field| CellError {
                field,
                text: String::new(),
                error: FieldError::Required,
            }));
            storey_from_room(kind, &mut values);
        }
        Some(existing) => keep_entrance(conn, existing, context, &mut values, &mut errors)?,
    }
    Ok(if errors.is_empty() {
        Ok(values)
    } else {
        Err(errors)
    })
}

fn canonical(kind: KindCode, field: &Field, value: Value) -> Value {
    let Value::Text(text) = &value else {
        return value;
    };
    let name = match (kind, field.code) {
        (KindCode::Building, "name") => building_name(text),
        (KindCode::Entrance, "name") => entrance_name(text),
        (KindCode::Dwelling, "room") => room_number(text),
        _ => None,
    };
    name.map_or(value, Value::Text)
}

fn storey_from_room(kind: KindCode, values: &mut Vec<(&'static Field, Value)>) {
    if kind != KindCode::Dwelling {
        return;
    }
    let of = |code: &str| values.iter().position(|(field, _)| field.code == code);
    let room = of("room")
        .and_then(|index| values[index].1.as_text())
        .and_then(storey_of_room);
    let (Some(storey), Some(field)) = (room, kind.kind().field("storey")) else {
        return;
    };
    match of("storey") {
        Some(index) if values[index].1.is_null() => values[index].1 = Value::Integer(storey),
        Some(_) => {}
        None => values.push((field, Value::Integer(storey))),
    }
}

/// A dwelling that moves to another building goes into the entrance of the same name there.
fn keep_entrance(
    conn: &Connection,
    existing: &Record,
    context: RowContext,
    values: &mut Vec<(&'static Field, Value)>,
    errors: &mut Vec<CellError>,
) -> Result<(), StorageError> {
    let moved = existing.kind == KindCode::Dwelling
        && context.building.is_some()
        && context.building != existing.value("building").as_id();
    let (true, Some(entrance), Some(field)) = (
        moved,
        existing.value("entrance").as_id(),
        existing.kind.kind().field("entrance"),
    ) else {
        return Ok(());
    };
    if values.iter().any(|(given, _)| given.code == field.code)
        || errors.iter().any(|error| error.field.code == field.code)
    {
        return Ok(());
    }
    let record = get(conn, KindCode::Entrance, entrance)?;
    let name = record
        .as_ref()
        .and_then(|record| record.value("name").as_text())
        .unwrap_or_default()
        .to_owned();
    match resolve(conn, field, existing.compound, &name, context)? {
        Ok(value) => values.push((field, value)),
        Err(error) => errors.push(CellError {
            field,
            text: name,
            error,
        }),
    }
    Ok(())
}
