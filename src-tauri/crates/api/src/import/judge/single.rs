//! A row of a table whose rows are one record each.

use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_exchange::table::{SourceRow, Target};
use jiugai_storage::StorageError;
use jiugai_storage::records::{self, matching};

use super::{
    Compared, Judged, Lookups, Mark, Note, Source, Touched, cells_of, compare, dwelling_of,
    old_value, promised_dwelling, resolved, stored,
};

type Values = Vec<(Option<usize>, &'static Field, Value, bool)>;

/// Records of one name that are looked at; nobody tells more of them apart.
const NAMESAKES: usize = 1_000;

pub(super) fn judge(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    settled: Option<Option<RecordId>>,
    judged: &mut Judged,
) -> Result<(), StorageError> {
    let kind = source.mapping.kind;
    let mut values = Values::new();
    for (column, field, value, is_bad) in cells_of(source, row, kind) {
        let by_key = matches!((kind, field.code), (KindCode::Ownership, "owner"));
        let (value, unknown) = if by_key {
            (value, false)
        } else {
            resolved(look, judged, kind, field, column, value)?
        };
        values.push((Some(column), field, value, is_bad || unknown));
    }
    let mut derived = |code: &str, value: Value| {
        if let Some(field) = kind.kind().field(code) {
            values.push((None, field, value, false));
        }
    };
    let candidates = match kind {
        KindCode::Building => {
            let name = row.key.building.clone().unwrap_or_default();
            derived("name", Value::Text(name.clone()));
            match judged.compound_id() {
                Some(compound) => look.building(compound, &name)?.into_iter().collect(),
                None => Vec::new(),
            }
        }
        KindCode::Entrance => {
            let name = row.key.entrance.clone().unwrap_or_default();
            derived("name", Value::Text(name.clone()));
            judged.building = match (judged.compound_id(), &row.key.building) {
                (Some(compound), Some(building)) => look.building(compound, building)?,
                _ => None,
            };
            match judged.building {
                Some(building) => look.entrance(building, &name)?.into_iter().collect(),
                None => Vec::new(),
            }
        }
        KindCode::Household | KindCode::Ownership => {
            let [dwelling] = dwelling_of(look, row, judged)?[..] else {
                return at_promised(look, source, row, judged, values);
            };
            derived("dwelling", Value::Id(dwelling));
            if kind == KindCode::Household {
                households(look, source, row, dwelling)?
            } else {
                return ownership(look, source, row, settled, judged, (dwelling, values));
            }
        }
        KindCode::Visit | KindCode::Wish => {
            let [dwelling] = dwelling_of(look, row, judged)?[..] else {
                return at_promised(look, source, row, judged, values);
            };
            derived("dwelling", Value::Id(dwelling));
            matching::at_dwelling(look.conn, kind, dwelling)?
        }
        KindCode::Fund | KindCode::Dependency | KindCode::Effect => {
            under_parent(look, kind, &values)?
        }
        _ => named(look, kind, row, judged)?,
    };
    let id = match settled {
        Some(id) => id,
        None => match choose(look, kind, &candidates, &values)? {
            Choice::Means(id) => Some(id),
            Choice::Nobody => None,
            Choice::Several => {
                judged.bad.push(Note::SeveralNamed(kind));
                return Ok(());
            }
        },
    };
    if id.is_none() && matches!(kind, KindCode::Visit | KindCode::Wish) {
        only_household(look, kind, &mut values)?;
    }
    finish(look, judged, kind, id, values)
}

/// A row in a dwelling that the import makes itself is a new record.
fn at_promised(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &mut Judged,
    mut values: Values,
) -> Result<(), StorageError> {
    let kind = source.mapping.kind;
    let Some(dwelling) = promised_dwelling(look, row, judged) else {
        judged.bad.push(Note::NoDwelling);
        return Ok(());
    };
    if let Some(field) = kind.kind().field("dwelling") {
        values.push((None, field, Value::Text(dwelling), false));
    }
    if kind == KindCode::Ownership && !is_promised_owner(look, source, row, judged) {
        let name = row.value(source.mapping, OWNER).as_text().unwrap_or("");
        let owner = one_owner(look, judged, name)?;
        let Some(owner) = owner else {
            judged.bad.push(Note::NoOwner);
            return Ok(());
        };
        own(&mut values, owner);
    }
    finish(look, judged, kind, None, values)
}

const OWNER: Target = Target::Field {
    kind: KindCode::Ownership,
    field: "owner",
};

fn is_promised_owner(
    look: &Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    judged: &Judged,
) -> bool {
    let within = judged.compound.as_ref().map_or("", |(name, _)| name);
    let name = row.value(source.mapping, OWNER).as_text().unwrap_or("");
    look.promised()
        .is_some_and(|promised| promised.has(KindCode::Owner, within, name))
}

/// The only owner of this name; of several, the next one of the same import that holds nothing yet:
/// an export lists namesakes in the order of their dwellings.
fn one_owner(
    look: &Lookups<'_>,
    judged: &Judged,
    name: &str,
) -> Result<Option<RecordId>, StorageError> {
    let compound = judged.compound_id();
    let found = matching::named(look.conn, KindCode::Owner, compound, name, NAMESAKES)?;
    if let [one] = found.as_slice() {
        return Ok(Some(*one));
    }
    for id in found {
        if look.is_taken(id) && !matching::holds_any(look.conn, id)? {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

fn own(values: &mut Values, owner: RecordId) {
    for (_, field, value, _) in values {
        if field.code == "owner" {
            *value = Value::Id(owner);
        }
    }
}

/// What was heard at a dwelling of one household was said by that household.
fn only_household(
    look: &Lookups<'_>,
    kind: KindCode,
    values: &mut Values,
) -> Result<(), StorageError> {
    let of = |code: &str| values.iter().find(|(_, field, ..)| field.code == code);
    let told = of("household").is_some_and(|(_, _, value, bad)| *bad || !value.is_null());
    let dwelling = of("dwelling").and_then(|(_, _, value, _)| value.as_id());
    let (false, Some(dwelling)) = (told, dwelling) else {
        return Ok(());
    };
    let living = matching::at_dwelling(look.conn, KindCode::Household, dwelling)?;
    if let ([one], Some(field)) = (living.as_slice(), kind.kind().field("household")) {
        values.retain(|(_, field, ..)| field.code != "household");
        values.push((None, field, Value::Id(*one), false));
    }
    Ok(())
}

fn named(
    look: &Lookups<'_>,
    kind: KindCode,
    row: &SourceRow,
    judged: &Judged,
) -> Result<Vec<RecordId>, StorageError> {
    let compound = judged.compound_id();
    match &row.key.name {
        Some(name) if judged.compound.is_none() || compound.is_some() => {
            matching::named(look.conn, kind, compound, name, NAMESAKES)
        }
        _ => Ok(Vec::new()),
    }
}

/// What has no name of its own is looked for below the plan or the work item that it belongs to.
fn under_parent(
    look: &Lookups<'_>,
    kind: KindCode,
    values: &Values,
) -> Result<Vec<RecordId>, StorageError> {
    let parent = kind
        .kind()
        .references()
        .find(|(field, _)| field.required)
        .and_then(|(field, _)| {
            let told = values
                .iter()
                .find(|(_, other, ..)| other.code == field.code);
            told.and_then(|(_, _, value, _)| value.as_id())
                .map(|id| (field, id))
        });
    match parent {
        Some((field, id)) => matching::referring(look.conn, kind, field, id),
        None => Ok(Vec::new()),
    }
}

/// The households of a dwelling that the row may mean: the only one, or those of that name.
fn households(
    look: &Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    dwelling: RecordId,
) -> Result<Vec<RecordId>, StorageError> {
    let kind = KindCode::Household;
    let found = matching::at_dwelling(look.conn, kind, dwelling)?;
    if found.len() < 2 {
        return Ok(found);
    }
    let contact = Target::Field {
        kind,
        field: "contact",
    };
    let name = row.value(source.mapping, contact);
    let mut called = Vec::new();
    for id in found {
        let record = stored(look, kind, Some(id))?;
        if record.is_some_and(|record| record.value("contact") == name) {
            called.push(id);
        }
    }
    Ok(called)
}

fn ownership(
    look: &mut Lookups<'_>,
    source: &Source<'_>,
    row: &SourceRow,
    settled: Option<Option<RecordId>>,
    judged: &mut Judged,
    (dwelling, mut values): (RecordId, Values),
) -> Result<(), StorageError> {
    let kind = KindCode::Ownership;
    let name = row.value(source.mapping, OWNER).as_text().unwrap_or("");
    let holdings = matching::holdings(look.conn, dwelling)?;
    let called: Vec<_> = holdings
        .iter()
        .filter(|holding| match settled {
            Some(id) => id == Some(holding.ownership),
            None => holding.name == name && !look.is_taken(holding.ownership),
        })
        .collect();
    let id = match called.first() {
        Some(holding) => {
            look.take(holding.ownership);
            own(&mut values, holding.owner);
            Some(holding.ownership)
        }
        None => {
            match one_owner(look, judged, name)? {
                Some(owner) => own(&mut values, owner),
                None if is_promised_owner(look, source, row, judged) => {}
                None => {
                    judged.bad.push(Note::NoOwner);
                    return Ok(());
                }
            }
            None
        }
    };
    finish(look, judged, kind, id, values)
}

/// What an effect does to what; a work item does each thing once.
const EFFECT: &[&str] = &[
    "action",
    "assetKind",
    "name",
    "subkind",
    "outbuilding",
    "cycleShed",
    "parkingArea",
    "greenSpace",
    "activityArea",
    "facility",
    "road",
    "pipeSegment",
    "statistic",
];

enum Choice {
    Means(RecordId),
    Nobody,
    Several,
}

/// Of several records of one name the row means the one that it equals; no two rows mean the same.
fn choose(
    look: &mut Lookups<'_>,
    kind: KindCode,
    candidates: &[RecordId],
    values: &Values,
) -> Result<Choice, StorageError> {
    let within: &[&str] = match kind {
        KindCode::WorkItem => &["plan"],
        KindCode::Plan => &["version", "scenario"],
        KindCode::Visit => &["visitedOn"],
        KindCode::Wish | KindCode::Price => &["measure"],
        KindCode::Fund => &["source", "workItem"],
        KindCode::Dependency => &["relation", "other"],
        KindCode::Effect => EFFECT,
        KindCode::Opinion => &["plan", "words"],
        _ => &[],
    };
    let told: Vec<_> = values
        .iter()
        .filter(|(_, field, ..)| within.contains(&field.code))
        .collect();
    let mut narrowed = candidates.to_vec();
    if !told.is_empty() {
        narrowed.clear();
        for id in candidates {
            let record = records::get(look.conn, kind, *id)?;
            let same = record.is_some_and(|record| {
                told.iter()
                    .all(|(_, field, value, _)| record.value(field.code) == value)
            });
            if same {
                narrowed.push(*id);
            }
        }
    }
    match narrowed.as_slice() {
        [] => Ok(Choice::Nobody),
        // A second row of the same name is a second record.
        [one] if look.take(*one) => Ok(Choice::Means(*one)),
        [_] => Ok(Choice::Nobody),
        several if several.iter().all(|id| look.is_taken(*id)) => Ok(Choice::Nobody),
        several => {
            for id in several.iter().filter(|id| !look.is_taken(**id)) {
                let Some(record) = records::get(look.conn, kind, *id)? else {
                    continue;
                };
                let equal = values
                    .iter()
                    .all(|(_, field, value, _)| record.value(field.code) == value);
                let blank_or_told = kind.kind().fields.iter().all(|field| {
                    record.value(field.code).is_null()
                        || values.iter().any(|(_, told, ..)| told.code == field.code)
                });
                if equal && blank_or_told {
                    let id = *id;
                    look.take(id);
                    return Ok(Choice::Means(id));
                }
            }
            Ok(Choice::Several)
        }
    }
}

fn finish(
    look: &mut Lookups<'_>,
    judged: &mut Judged,
    kind: KindCode,
    id: Option<RecordId>,
    values: Values,
) -> Result<(), StorageError> {
    let record = stored(look, kind, id)?;
    let cells: Vec<Compared> = values
        .into_iter()
        .map(|(column, field, value, is_bad)| {
            let old = old_value(record.as_ref(), field);
            compare(column, field, old, value, is_bad)
        })
        .collect();
    if id.is_none() {
        let told = |field: &Field| {
            cells.iter().any(|cell| {
                cell.field.code == field.code && !cell.new.is_null() && cell.mark != Mark::Bad
            })
        };
        let made = |code: &str| match kind {
            KindCode::Outbuilding => matches!(code, "number" | "finding" | "state"),
            KindCode::Entrance => code == "building",
            _ => false,
        };
        let missing = kind
            .kind()
            .fields
            .iter()
            .filter(|field| field.required && !told(field) && !made(field.code));
        judged.bad.extend(missing.map(Note::Needs));
    }
    judged.records.push(Touched { kind, id, cells });
    Ok(())
}
