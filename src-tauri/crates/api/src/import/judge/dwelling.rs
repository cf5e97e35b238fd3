//! A row of a dwelling table: the dwelling with its owners, its household and its outbuildings.

use jiugai_domain::{KindCode, RecordId, Value};
use jiugai_exchange::table::{SourceRow, Target};
use jiugai_storage::StorageError;
use jiugai_storage::records::matching::{self, Holding};

use super::{
    Compared, Judged, Lookups, Mark, Note, Owners, Source, Touched, cells_of, compare, dwelling_of,
    old_value, resolved, stored,
};

const OWNER_NAME: Target = Target::Field {
    kind: KindCode::Owner,
    field: "name",
};

pub(super) fn judge(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
) -> Result<(), StorageError> {
    let found = dwelling_of(look, row, judged)?;
    let id = match found.as_slice() {
        [] => None,
        [one] => Some(*one),
        _ => {
            judged.bad.push(Note::SeveralNamed(KindCode::Dwelling));
            return Ok(());
        }
    };
    own_cells(look, source, row, judged, id)?;
    let holdings = match id {
        Some(id) => matching::holdings(look.conn, id)?,
        None => Vec::new(),
    };
    owners(look, source, row, judged, &holdings)?;
    household(look, source, row, judged, id)?;
    outbuildings(look, source, row, judged, id)
}

fn own_cells(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
    id: Option<RecordId>,
) -> Result<(), StorageError> {
    let kind = KindCode::Dwelling;
    let record = stored(look, kind, id)?;
    let mut cells = Vec::new();
    for (column, field, value, is_bad) in cells_of(source, row, kind) {
        let (value, unknown) = resolved(look, judged, kind, field, column, value)?;
        let old = old_value(record.as_ref(), field);
        cells.push(compare(Some(column), field, old, value, is_bad || unknown));
    }
    let told = row.storey.zip(kind.kind().field("storey"));
    if let Some((storey, field)) = told {
        let old = old_value(record.as_ref(), field);
        if old.is_null() {
            cells.push(compare(None, field, old, Value::Integer(storey), false));
        }
    }
    judged.records.push(Touched { kind, id, cells });
    Ok(())
}

/// Names in one cell: 张某、李某.
pub(in crate::import) fn separate(names: &str) -> Vec<String> {
    names
        .split(['、', '，', ',', '/', ';', '；'])
        .map(str::trim)
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

fn owners(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
    holdings: &[Holding],
) -> Result<(), StorageError> {
    let names: Vec<&str> = holdings
        .iter()
        .map(|holding| holding.name.as_str())
        .collect();
    judged.owner_names = names.join("、");
    let told = row.value(source.mapping, OWNER_NAME).as_text();
    if let (Some(column), Some(told)) = (source.place(OWNER_NAME), told) {
        let wanted = separate(told);
        let same = |a: &[String]| {
            let mut a: Vec<&str> = a.iter().map(String::as_str).collect();
            let mut b = names.clone();
            a.sort_unstable();
            b.sort_unstable();
            a == b || names.as_slice() == [told]
        };
        judged.owners = match holdings {
            [] => Owners::Create,
            _ if same(&wanted) => Owners::Keep,
            [one] if wanted.len() == 1 && one.dwellings == 1 => Owners::Rename(one.owner),
            [one] if wanted.len() == 1 => Owners::Hand(one.ownership),
            _ => {
                judged.notes.push(Note::OwnersDiffer(column));
                Owners::Keep
            }
        };
    }
    let kind = KindCode::Owner;
    let one = match (holdings, &judged.owners) {
        ([one], Owners::Keep | Owners::Rename(_)) => Some(one.owner),
        _ => None,
    };
    let creates = matches!(judged.owners, Owners::Create | Owners::Hand(_));
    if one.is_none() && !creates {
        return Ok(());
    }
    let record = stored(look, kind, one)?;
    let is_unit = record
        .as_ref()
        .is_some_and(|record| record.value("type").as_text() == Some("workUnit"));
    let mut cells = Vec::new();
    for (column, field, value, is_bad) in cells_of(source, row, kind) {
        let renames = matches!(judged.owners, Owners::Rename(_));
        if field.code == "name" && !renames {
            continue;
        }
        // A work unit that holds many dwellings has no phone of one of them.
        if is_unit && field.code != "name" {
            continue;
        }
        let (value, unknown) = resolved(look, judged, kind, field, column, value)?;
        let old = old_value(record.as_ref(), field);
        cells.push(compare(Some(column), field, old, value, is_bad || unknown));
    }
    if creates || !cells.is_empty() {
        judged.records.push(Touched {
            kind,
            id: one,
            cells,
        });
    }
    Ok(())
}

fn household(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
    dwelling: Option<RecordId>,
) -> Result<(), StorageError> {
    let kind = KindCode::Household;
    let wanted = source.has(kind)
        || source.place(Target::Phone).is_some()
        || source.place(OWNER_NAME).is_some();
    if !wanted {
        return Ok(());
    }
    let found = match dwelling {
        Some(id) => matching::at_dwelling(look.conn, kind, id)?,
        None => Vec::new(),
    };
    let contact = Target::Field {
        kind,
        field: "contact",
    };
    let name = row.value(source.mapping, contact).as_text();
    let name = name.or_else(|| row.value(source.mapping, OWNER_NAME).as_text());
    let id = match found.as_slice() {
        [] => None,
        [one] => Some(*one),
        several => {
            let mut called = Vec::new();
            for id in several {
                let record = stored(look, kind, Some(*id))?;
                let is_so = record.is_some_and(|record| record.value("contact").as_text() == name);
                called.extend(is_so.then_some(*id));
            }
            match called.as_slice() {
                [one] => Some(*one),
                _ => {
                    let cells = cells_of(source, row, kind);
                    if let Some((column, ..)) = cells.first() {
                        judged.notes.push(Note::Several(*column, kind));
                    }
                    return Ok(());
                }
            }
        }
    };
    let record = stored(look, kind, id)?;
    let mut cells = Vec::new();
    for (column, field, value, is_bad) in cells_of(source, row, kind) {
        let (value, unknown) = resolved(look, judged, kind, field, column, value)?;
        let old = old_value(record.as_ref(), field);
        cells.push(compare(Some(column), field, old, value, is_bad || unknown));
    }
    judged.records.push(Touched { kind, id, cells });
    Ok(())
}

fn outbuildings(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
    dwelling: Option<RecordId>,
) -> Result<(), StorageError> {
    let kind = KindCode::Outbuilding;
    let Some(field) = kind.kind().field("rooms") else {
        return Ok(());
    };
    let mut standing: Option<Vec<(RecordId, String, i64)>> = None;
    for (column, mapped) in source.mapping.columns.iter().enumerate() {
        let Target::OutbuildingRooms { kind: sort } = mapped.target else {
            continue;
        };
        let Some(rooms) = row.value(source.mapping, mapped.target).as_integer() else {
            continue;
        };
        if standing.is_none() {
            let mut read = Vec::new();
            for id in match dwelling {
                Some(id) => matching::at_dwelling(look.conn, kind, id)?,
                None => Vec::new(),
            } {
                if let Some(record) = stored(look, kind, Some(id))? {
                    let sort = record.value("kind").as_text().unwrap_or("").to_owned();
                    read.push((id, sort, record.value("rooms").as_integer().unwrap_or(0)));
                }
            }
            standing = Some(read);
        }
        let of_sort: Vec<&(RecordId, String, i64)> = standing
            .iter()
            .flatten()
            .filter(|(_, of, _)| of == sort)
            .collect();
        let sum: i64 = of_sort.iter().map(|(_, _, rooms)| rooms).sum();
        let old = if of_sort.is_empty() {
            Value::Null
        } else {
            Value::Integer(sum)
        };
        let mut cell = compare(Some(column), field, old, Value::Integer(rooms), false);
        let id = match of_sort.as_slice() {
            [] if rooms == 0 => continue,
            [] => None,
            [(id, ..)] => Some(*id),
            [(id, ..), ..] => {
                if sum != rooms {
                    judged.notes.push(Note::Several(column, kind));
                    cell.mark = Mark::Bad;
                }
                Some(*id)
            }
        };
        let mut cells = vec![cell];
        if id.is_none()
            && let Some(field) = kind.kind().field("kind")
        {
            cells.push(Compared {
                column: None,
                field,
                old: Value::Null,
                new: Value::Text(sort.to_owned()),
                mark: Mark::Fill,
            });
        }
        judged.records.push(Touched { kind, id, cells });
    }
    Ok(())
}
