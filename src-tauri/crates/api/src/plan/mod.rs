//! Plans, their work items and effects in people's words.

pub(crate) mod catalogue;
pub(crate) mod consent;
pub(crate) mod findings;
pub(crate) mod load;
pub(crate) mod money;
pub(crate) mod page;
#[cfg(test)]
mod tests;
pub(crate) mod versions;

use jiugai_domain::comparison::{Action, Measures};
use jiugai_domain::{Field, KindCode, RecordId, Value, fixed};
use jiugai_storage::query::Row;
use jiugai_storage::records::{self, Record};
use jiugai_storage::{Op, OpCode};

use self::load::{Version, item};
use crate::assets::{Fields, LoadedEffect, asset_fields};
use crate::records::texts;
use crate::text::{key, keys, small};
use crate::wire::{Changed, DemolitionRequest, EffectRow, PlanRow, RecordLink, WorkItemRow};
use crate::{ApiError, ErrorCode, Session};

/// The estimate of a work item in 分: as filled, else quantity × unit price.
pub(crate) fn estimate_fen(item: &Row) -> Option<i64> {
    let fields = Fields::of(KindCode::WorkItem, &item.values);
    jiugai_domain::plan::estimate(
        fields.integer("estimate"),
        fields.integer("quantity"),
        fields.integer("unitPrice"),
    )
}

/// The estimates of these items together; none when no item has one.
pub(crate) fn total_fen(items: &[Row]) -> Option<i64> {
    items
        .iter()
        .filter_map(estimate_fen)
        .reduce(|sum, fen| sum + fen)
}

/// 分 as 万元 with two decimals, rounded half up.
pub(crate) fn wan_yuan(fen: i64) -> String {
    fixed::format_grouped((fen + 5_000) / 10_000, 2)
}

pub(crate) fn plan_row(plan: &Row, items: &[Row]) -> PlanRow {
    let fields = Fields::of(KindCode::Plan, &plan.values);
    let state = KindCode::Plan
        .kind()
        .field("state")
        .map_or_else(String::new, |field| field.format(fields.value("state")));
    PlanRow {
        id: plan.id.to_string(),
        name: fields.text("name").to_owned(),
        version: u32::try_from(fields.integer("version").unwrap_or(0)).unwrap_or(0),
        scenario: fields.text("scenario").to_owned(),
        label: versions::label(
            fields.integer("version").unwrap_or(0),
            fields.text("scenario"),
        ),
        state,
        state_code: fields.text("state").to_owned(),
        items: small(items.len()),
        estimate: total_fen(items).map_or_else(String::new, wan_yuan),
    }
}

/// A quantity in hundredths without needless decimals: `22`, `37.50`.
pub(crate) fn quantity(hundredths: i64) -> String {
    if hundredths % 100 == 0 {
        fixed::format_grouped(hundredths / 100, 0)
    } else {
        fixed::format_grouped(hundredths, 2)
    }
}

impl Session {
    /// The work items of a plan with their effects.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_items(&self, plan: &str) -> Result<Vec<WorkItemRow>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        let keys = version.keys();
        let answered = |kind| page::answered(conn, version.compound, &keys, kind);
        let (wishes, problems) = (answered(KindCode::Wish)?, answered(KindCode::Problem)?);
        let (waits, instead) = (
            version.pairs(conn, "after")?,
            version.pairs(conn, "instead")?,
        );
        let name = |at: usize| {
            version
                .items
                .get(at)
                .map_or("", |row| item(row).text("name"))
        };
        Ok(version
            .items
            .iter()
            .enumerate()
            .map(|(at, row)| {
                let mut shown = work_item_row(row, &version.effects);
                shown.wishes = wishes.get(&at).copied().unwrap_or(0);
                shown.problems = problems.get(&at).copied().unwrap_or(0);
                let first = waits.iter().filter(|(one, _)| *one == at);
                shown.order = first
                    .map(|(_, first)| format!("等“{}”先做", name(*first)))
                    .collect();
                for (one, other) in &instead {
                    if *one == at || *other == at {
                        let rival = if *one == at { *other } else { *one };
                        shown.order.push(format!("和“{}”只做一个", name(rival)));
                    }
                }
                shown
            })
            .collect())
    }

    /// Writes into a work item that it demolishes these assets. Assets that it demolishes already
    /// are passed over.
    ///
    /// # Errors
    /// `notFound`; `invalid` for a kind that cannot be demolished, and for an asset that another
    /// item of the plan demolishes already.
    pub fn plan_demolish(&mut self, request: &DemolitionRequest) -> Result<Changed<u32>, ApiError> {
        let conn = self.connection()?;
        let item = records::get(conn, KindCode::WorkItem, key(&request.work_item)?)?
            .ok_or_else(ApiError::not_found)?;
        let compound = item.compound.ok_or_else(ApiError::not_found)?;
        let Some((target, _)) = asset_fields().find(|(_, kind)| *kind == request.kind) else {
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "这一类不能列入拆除",
                format!("{}不是可以拆除的对象。", request.kind.kind().label),
                "请选择附属房、车棚、停车区等。",
            ));
        };
        let plan = item.value("plan").as_id().ok_or_else(ApiError::not_found)?;
        let listed = Version::load(conn, plan)?.demolished(target);
        let assets = keys(&request.assets)?;
        let elsewhere: Vec<_> = listed
            .iter()
            .filter(|(asset, by)| assets.contains(asset) && *by != item.id)
            .collect();
        if let Some((asset, by)) = elsewhere.first() {
            let label = |kind, id| -> Result<String, ApiError> {
                Ok(records::label(conn, kind, id)?.unwrap_or_default())
            };
            return Err(ApiError::new(
                ErrorCode::Invalid,
                "同一处不能拆两次",
                format!(
                    "{}已经列入“{}”{}。",
                    label(request.kind, *asset)?,
                    label(KindCode::WorkItem, *by)?,
                    if elsewhere.len() > 1 {
                        format!("，这样的一共 {} 处", elsewhere.len())
                    } else {
                        String::new()
                    }
                ),
                "请不选它；要归到这一项的，先到那一项里删掉那条效果。",
            ));
        }
        let mut rows = Vec::new();
        for asset in assets
            .into_iter()
            .filter(|asset| listed.iter().all(|(known, _)| known != asset))
        {
            rows.push((
                self.fresh()?,
                demolition(&item, request.kind, target, asset)?,
            ));
        }
        let subject = format!("“{}”的拆除对象", item.value("name").as_text().unwrap_or(""));
        let op = Op::many(OpCode::Create, subject, rows.len()).of_kind(KindCode::Effect);
        self.write(&op, |conn| {
            for (id, values) in &rows {
                records::insert(conn, KindCode::Effect, Some(compound), *id, values)?;
            }
            Ok(small(rows.len()))
        })
    }
}

/// The values of an effect that demolishes one asset.
fn demolition(
    item: &Record,
    kind: KindCode,
    target: &'static Field,
    asset: RecordId,
) -> Result<Vec<(&'static Field, Value)>, ApiError> {
    let field = |code: &str| {
        KindCode::Effect
            .kind()
            .field(code)
            .ok_or_else(ApiError::internal)
    };
    Ok(vec![
        (field("workItem")?, Value::Id(item.id)),
        (field("action")?, Value::Text("demolish".to_owned())),
        (field("assetKind")?, Value::Text(kind.code().to_owned())),
        (target, Value::Id(asset)),
    ])
}

fn work_item_row(item: &Row, effects: &[LoadedEffect]) -> WorkItemRow {
    let declared = KindCode::WorkItem.kind();
    let shown = texts(declared.fields, &item.values, &item.references);
    let text = |code: &str| {
        let position = declared.fields.iter().position(|field| field.code == code);
        position
            .and_then(|position| shown.get(position))
            .cloned()
            .unwrap_or_default()
    };
    let fields = Fields::of(KindCode::WorkItem, &item.values);
    let amount = fields
        .integer("quantity")
        .map_or_else(String::new, |hundredths| {
            format!("{} {}", quantity(hundredths), fields.text("measure"))
                .trim_end()
                .to_owned()
        });
    WorkItemRow {
        id: item.id.to_string(),
        verb: text("verb"),
        number: text("number"),
        class: match fields.text("ownClass") {
            "" => text("class"),
            own => own.to_owned(),
        },
        revolution: text("revolution"),
        essential: jiugai_domain::plan::is_essential(fields.text("class")),
        price: match text("unitPrice").as_str() {
            "" => String::new(),
            price => format!("{price} 元/{}", fields.text("measure")),
        },
        decision: text("decision"),
        problems: 0,
        wishes: 0,
        order: Vec::new(),
        name: text("name"),
        place: text("place"),
        quantity: amount,
        estimate: estimate_fen(item).map_or_else(String::new, |fen| fixed::format_grouped(fen, 2)),
        completed_on: text("completedOn"),
        effects: effects
            .iter()
            .filter(|loaded| loaded.effect.work_item == item.id)
            .map(effect_row)
            .collect(),
    }
}

fn effect_row(loaded: &LoadedEffect) -> EffectRow {
    let effect = &loaded.effect;
    let asset = asset_fields().find_map(|(field, kind)| {
        let position = KindCode::Effect
            .kind()
            .fields
            .iter()
            .position(|declared| declared.code == field.code)?;
        let id = loaded.row.values.get(position)?.as_id()?;
        let label = loaded
            .row
            .references
            .get(position)
            .cloned()
            .flatten()
            .unwrap_or_default();
        Some(RecordLink {
            kind,
            id: id.to_string(),
            label,
        })
    });
    let kind = effect.kind.map_or("", |kind| kind.kind().label);
    let name = asset
        .as_ref()
        .map_or_else(|| effect.name.clone(), |asset| asset.label.clone());
    let measures = measures(&effect.measures);
    let told = if measures.is_empty() {
        String::new()
    } else {
        format!("：{}", measures.join("，"))
    };
    let sentence = match &effect.action {
        Action::Demolish => format!("拆除 {name}{told}"),
        Action::Create => format!("新增{kind} {name}{told}"),
        Action::Alter => format!("改变 {name}{told}"),
        Action::Quantity {
            statistic,
            hundredths,
        } => {
            let label = KindCode::Effect
                .kind()
                .field("statistic")
                .map_or_else(String::new, |field| {
                    field.format(&Value::Text(statistic.clone()))
                });
            format!("{label} {}", quantity(*hundredths))
        }
    };
    let fields = Fields::of(KindCode::Effect, &loaded.row.values);
    EffectRow {
        id: loaded.row.id.to_string(),
        sentence,
        asset,
        completed_on: fields.text("completedOn").to_owned(),
    }
}

fn measures(measures: &Measures) -> Vec<String> {
    let amounts = [
        ("rooms", measures.rooms),
        ("area", measures.area_dm2),
        ("spaces", measures.spaces),
        ("accessibleSpaces", measures.accessible_spaces),
        ("chargers", measures.chargers),
        ("places", measures.places),
        ("chargingPlaces", measures.charging_places),
        ("pieces", measures.pieces),
        ("length", measures.length_mm),
        ("clearWidth", measures.clear_width_mm),
        ("damagedArea", measures.damaged_area_dm2),
        ("open", measures.open.map(i64::from)),
        ("concentrated", measures.concentrated.map(i64::from)),
        ("restored", measures.restored.map(i64::from)),
        ("fireLane", measures.detail("fireLane")),
        ("meteredHouseholds", measures.detail("meteredHouseholds")),
    ];
    let told = |(code, value): (&str, Option<i64>)| {
        let (field, value) = (KindCode::Effect.kind().field(code)?, Value::Integer(value?));
        Some(
            format!("{} {} {}", field.label, field.format(&value), field.unit)
                .trim_end()
                .to_owned(),
        )
    };
    amounts.into_iter().filter_map(told).collect()
}
