//! From records to what a comparison is derived from.

use jiugai_domain::comparison::{Action, Asset, Effect, Facts, Measures};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_storage::query::{self, OrderCache, Row, WindowQuery};
use jiugai_storage::records::Record;
use jiugai_storage::{Connection, StorageError};

/// Kinds of assets, in menu order.
pub(crate) const ASSET_KINDS: [KindCode; 8] = [
    KindCode::Outbuilding,
    KindCode::CycleShed,
    KindCode::ParkingArea,
    KindCode::GreenSpace,
    KindCode::ActivityArea,
    KindCode::Facility,
    KindCode::Road,
    KindCode::PipeSegment,
];

/// A row with its values by field code.
pub(crate) struct Fields<'a> {
    kind: KindCode,
    values: &'a [Value],
}

impl<'a> Fields<'a> {
    pub(crate) fn of(kind: KindCode, values: &'a [Value]) -> Self {
        Self { kind, values }
    }

    pub(crate) fn value(&self, code: &str) -> &'a Value {
        const EMPTY: &Value = &Value::Null;
        let position = self
            .kind
            .kind()
            .fields
            .iter()
            .position(|field| field.code == code);
        position
            .and_then(|position| self.values.get(position))
            .unwrap_or(EMPTY)
    }

    pub(crate) fn integer(&self, code: &str) -> Option<i64> {
        self.value(code).as_integer()
    }

    pub(crate) fn flag(&self, code: &str) -> Option<bool> {
        self.integer(code).map(|flag| flag != 0)
    }

    pub(crate) fn text(&self, code: &str) -> &'a str {
        self.value(code).as_text().unwrap_or("")
    }
}

/// Every record of a kind in a compound, in natural order.
pub(crate) fn rows(
    conn: &Connection,
    kind: KindCode,
    compound: RecordId,
) -> Result<Vec<Row>, StorageError> {
    let query = WindowQuery::all(kind, Some(compound));
    Ok(query::window(conn, &query, &mut OrderCache::new(), 0, usize::MAX)?.rows)
}

/// The assets of a compound as surveyed.
pub(crate) fn load_assets(
    conn: &Connection,
    compound: RecordId,
) -> Result<Vec<Asset>, StorageError> {
    let mut assets = Vec::new();
    for kind in ASSET_KINDS {
        assets.extend(
            rows(conn, kind, compound)?
                .into_iter()
                .map(|row| asset(kind, row)),
        );
    }
    Ok(assets)
}

fn asset(kind: KindCode, row: Row) -> Asset {
    let fields = Fields::of(kind, &row.values);
    let area = match kind {
        // Length times width stands in where nobody measured the area.
        KindCode::Outbuilding => fields.integer("area").or_else(|| rectangle(&fields)),
        KindCode::Road => fields.integer("area").or_else(|| rectangle(&fields)),
        _ => fields.integer("area"),
    };
    let sort = match kind {
        KindCode::CycleShed | KindCode::Road => "",
        _ => fields.text("kind"),
    };
    Asset {
        kind,
        id: Some(row.id),
        sort: sort.to_owned(),
        fire_lane: fields.flag("fireLane").unwrap_or(false),
        overhead: fields.text("laying") == "overhead",
        faulty: kind == KindCode::PipeSegment
            && matches!(fields.text("condition"), "clogged" | "damaged"),
        measures: Measures {
            rooms: fields.integer("rooms"),
            area_dm2: area,
            spaces: fields.integer("spaces"),
            accessible_spaces: fields.integer("accessibleSpaces"),
            chargers: fields.integer("chargers"),
            places: fields.integer("places"),
            charging_places: fields.integer("chargingPlaces"),
            pieces: fields.integer("pieces"),
            length_mm: fields.integer("length"),
            clear_width_mm: fields.integer("clearWidth"),
            damaged_area_dm2: fields.integer("damagedArea"),
            open: fields.flag("open"),
            concentrated: None,
            restored: None,
            details: details(kind, &row.values),
        },
        label: row.label,
        cause: None,
    }
}

/// What standards measure: every number and every yes or no of a record, by code of its field.
fn details(kind: KindCode, values: &[Value]) -> Vec<(&'static str, i64)> {
    let mut details: Vec<(&'static str, i64)> = kind
        .kind()
        .fields
        .iter()
        .zip(values)
        .filter(|(field, _)| kind != KindCode::Outbuilding || field.code == "onFireLane")
        .filter_map(|(field, value)| Some((field.code, value.as_integer()?)))
        .collect();
    let fields = Fields::of(kind, values);
    match (kind, fields.text("angle")) {
        (KindCode::ParkingArea, angle) if fields.integer("degrees").is_none() => match angle {
            "perpendicular" => details.push(("degrees", 90)),
            "parallel" => details.push(("degrees", 0)),
            _ => {}
        },
        (KindCode::Effect, _) => {
            let ground = fields.text("ground");
            if !ground.is_empty() {
                details.push(("ground", jiugai_domain::standard::ground(ground)));
            }
        }
        _ => {}
    }
    details
}

/// mm × mm as 0.01 ㎡, rounded half up.
fn rectangle(fields: &Fields<'_>) -> Option<i64> {
    let (length, width) = (fields.integer("length")?, fields.integer("width")?);
    length
        .checked_mul(width)
        .map(|square_mm| (square_mm + 5_000) / 10_000)
}

/// The fields of an effect that point at an asset.
pub(crate) fn asset_fields() -> impl Iterator<Item = (&'static Field, KindCode)> {
    KindCode::Effect
        .kind()
        .references()
        .filter(|(_, target)| ASSET_KINDS.contains(target))
}

/// An effect with the row it was read from.
pub(crate) struct LoadedEffect {
    pub(crate) effect: Effect,
    pub(crate) row: Row,
}

/// The effects of a plan, in the order of its work items.
pub(crate) fn load_effects(
    conn: &Connection,
    compound: RecordId,
    items: &[Row],
) -> Result<Vec<LoadedEffect>, StorageError> {
    let mut effects = Vec::new();
    for row in rows(conn, KindCode::Effect, compound)? {
        let fields = Fields::of(KindCode::Effect, &row.values);
        let Some(item) = fields
            .value("workItem")
            .as_id()
            .and_then(|id| items.iter().find(|item| item.id == id))
        else {
            continue;
        };
        let effect = effect(&row, &fields, item);
        effects.push(LoadedEffect { effect, row });
    }
    // Within an item by what people call the asset: 附属房 F-002 before F-010.
    let name = |loaded: &LoadedEffect| {
        let asset = loaded.row.references.iter().flatten().nth(1);
        jiugai_domain::text::natural_key(asset.unwrap_or(&loaded.effect.name))
    };
    let position = |loaded: &LoadedEffect| {
        items
            .iter()
            .position(|item| item.id == loaded.effect.work_item)
    };
    effects.sort_by_cached_key(|loaded| (position(loaded), name(loaded)));
    Ok(effects)
}

fn effect(row: &Row, fields: &Fields<'_>, item: &Row) -> Effect {
    let item_fields = Fields::of(KindCode::WorkItem, &item.values);
    let target = asset_fields()
        .find_map(|(field, kind)| fields.value(field.code).as_id().map(|id| (kind, id)));
    let kind = target
        .map(|(kind, _)| kind)
        .or_else(|| KindCode::from_code(fields.text("assetKind")));
    let action = match fields.text("action") {
        "demolish" => Action::Demolish,
        "create" => Action::Create,
        "alter" => Action::Alter,
        _ => Action::Quantity {
            statistic: fields.text("statistic").to_owned(),
            hundredths: fields.integer("quantity").unwrap_or(0),
        },
    };
    Effect {
        id: row.id,
        work_item: item.id,
        work_item_label: item_fields.text("name").to_owned(),
        action,
        target: target.map(|(_, id)| id),
        kind,
        name: fields.text("name").to_owned(),
        sort: kind.map_or_else(String::new, |kind| sort_code(kind, fields.text("subkind"))),
        measures: Measures {
            rooms: fields.integer("rooms"),
            area_dm2: fields.integer("area"),
            spaces: fields.integer("spaces"),
            accessible_spaces: fields.integer("accessibleSpaces"),
            chargers: fields.integer("chargers"),
            places: fields.integer("places"),
            charging_places: fields.integer("chargingPlaces"),
            pieces: fields.integer("pieces"),
            length_mm: fields.integer("length"),
            clear_width_mm: fields.integer("clearWidth"),
            damaged_area_dm2: fields.integer("damagedArea"),
            open: fields.flag("open"),
            concentrated: fields.flag("concentrated"),
            restored: fields.flag("restored"),
            details: details(KindCode::Effect, &row.values),
        },
        completed: !fields.text("completedOn").is_empty()
            || !item_fields.text("completedOn").is_empty(),
    }
}

/// The code of the sort that a created asset's 新增类别 names (健身器材 → fitnessEquipment).
fn sort_code(kind: KindCode, typed: &str) -> String {
    let Some(Field {
        kind: FieldType::Code(choices),
        ..
    }) = kind.kind().field("kind")
    else {
        return String::new();
    };
    let typed = jiugai_domain::text::normalize(typed);
    choices
        .iter()
        .find(|choice| {
            choice.label == typed
                || choice.code == typed
                || choice.synonyms.contains(&typed.as_str())
        })
        .map_or_else(String::new, |choice| choice.code.to_owned())
}

/// What the indicators of a compound are divided by.
pub(crate) fn load_facts(
    conn: &Connection,
    compound: &Record,
    counts: &query::CompoundCounts,
) -> Result<Facts, StorageError> {
    let integer = |code: &str| compound.value(code).as_integer();
    let lifts = rows(conn, KindCode::Building, compound.id)?
        .iter()
        .filter_map(|row| Fields::of(KindCode::Building, &row.values).integer("lifts"))
        .sum();
    Ok(Facts {
        site_area_dm2: integer("siteArea"),
        dwellings: counts.dwellings,
        dwelling_uses: query::dwelling_uses(conn, Some(compound.id))?
            .into_iter()
            .map(|(_, code, count)| (use_label(&code), count))
            .collect(),
        households: counts.households,
        people: counts.people,
        cars: Some(counts.cars)
            .filter(|cars| *cars > 0)
            .or_else(|| integer("nightCars")),
        lifts,
        given: Vec::new(),
    })
}

/// What people call a use of dwellings.
fn use_label(code: &str) -> String {
    let field = KindCode::Dwelling.kind().field("use");
    match (code, field) {
        ("", _) | (_, None) => "没有填用途".to_owned(),
        (code, Some(field)) => field.format(&Value::Text(code.to_owned())),
    }
}

/// Every record of a kind in the ledger, in natural order.
pub(crate) fn all_rows(conn: &Connection, kind: KindCode) -> Result<Vec<Row>, StorageError> {
    Ok(query::window(
        conn,
        &WindowQuery::all(kind, None),
        &mut OrderCache::new(),
        0,
        usize::MAX,
    )?
    .rows)
}

/// The counts of one compound.
pub(crate) fn counts_of(
    conn: &Connection,
    compound: RecordId,
) -> Result<query::CompoundCounts, StorageError> {
    let missing = StorageError::NotFound {
        kind: KindCode::Compound,
        id: compound,
    };
    query::counts(conn, Some(compound))?
        .into_iter()
        .next()
        .ok_or(missing)
}
