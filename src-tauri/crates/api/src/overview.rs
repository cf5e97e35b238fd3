//! The street's compounds and the page of one.

use std::collections::HashMap;

use jiugai_domain::check::{Asked, asked};
use jiugai_domain::{FieldType, KindCode, RecordId, fixed};
use jiugai_storage::query::{self, CompoundCounts};
use jiugai_storage::records::{self, Record};

use crate::assets;
use crate::comparison::items_of;
use crate::kinds::stage;
use crate::plan::plan_row;
use crate::text::{counted, key, positive, small};
use crate::wire::{Alert, CompoundPage, CompoundRow, FactGroup, Figure, LedgerCount, Severity};
use crate::{ApiError, Session};

impl Session {
    /// Every compound with its counts and what needs attention.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn overview_get(&self) -> Result<Vec<CompoundRow>, ApiError> {
        let conn = self.connection()?;
        let compounds = assets::all_rows(conn, KindCode::Compound)?;
        let counts: HashMap<RecordId, CompoundCounts> = self
            .counts
            .all(conn)?
            .into_iter()
            .map(|counts| (counts.compound, counts))
            .collect();
        Ok(compounds
            .into_iter()
            .filter_map(|row| {
                let counts = counts.get(&row.id)?;
                let record = Record {
                    kind: KindCode::Compound,
                    id: row.id,
                    compound: None,
                    values: row.values,
                };
                Some(compound_row(&record, counts))
            })
            .collect())
    }

    /// The page of one compound.
    ///
    /// # Errors
    /// `notFound`.
    pub fn compound_get(&self, id: &str) -> Result<CompoundPage, ApiError> {
        let conn = self.connection()?;
        let id = key(id)?;
        let record = records::get(conn, KindCode::Compound, id)?.ok_or_else(ApiError::not_found)?;
        let counts = crate::assets::counts_of(conn, id)?;
        let ledgers = KindCode::ALL
            .into_iter()
            .filter(|kind| kind.kind().scope == jiugai_domain::kind::Scope::Compound)
            .map(|kind| {
                let query = query::WindowQuery::all(kind, Some(id));
                let count = query::totals(conn, &query)?.count;
                let count = usize::try_from(count).unwrap_or(0);
                Ok(LedgerCount {
                    kind,
                    label: kind.kind().label.to_owned(),
                    count: small(count),
                    text: counted(kind, count),
                })
            })
            .collect::<Result<_, ApiError>>()?;
        Ok(CompoundPage {
            row: compound_row(&record, &counts),
            facts: facts(&record),
            ledgers,
            figures: figures(&counts),
            plans: self.plans(id)?,
        })
    }

    fn plans(&self, compound: RecordId) -> Result<Vec<crate::wire::PlanRow>, ApiError> {
        let conn = self.connection()?;
        let mut plans = Vec::new();
        for plan in assets::rows(conn, KindCode::Plan, compound)? {
            plans.push(plan_row(&plan, &items_of(conn, compound, plan.id)?));
        }
        // As the storage tells the newest one: the plan itself before its scenarios, then what is published.
        plans.sort_by_key(|plan| {
            let draft = plan.state_code == "draft";
            (
                std::cmp::Reverse(plan.version),
                !plan.scenario.is_empty(),
                draft,
            )
        });
        Ok(plans)
    }
}

pub(crate) fn outbuilding_rooms(counts: &CompoundCounts) -> i64 {
    counts.row_house_rooms
        + counts.annex_room_rooms
        + counts.unauthorized_rooms
        + counts.other_outbuilding_rooms
}

fn area(dm2: Option<i64>) -> String {
    dm2.map_or_else(String::new, |dm2| fixed::format_grouped(dm2, 2))
}

fn compound_row(record: &Record, counts: &CompoundCounts) -> CompoundRow {
    let text = |code: &str| record.value(code).as_text().unwrap_or("").to_owned();
    let (stage, stage_index) = stage(record.value("stage").as_text());
    CompoundRow {
        id: record.id.to_string(),
        name: text("name"),
        community: text("community"),
        stage,
        stage_index,
        buildings: positive(counts.buildings),
        dwellings: positive(counts.dwellings),
        households: positive(counts.households),
        people: positive(counts.people),
        gross_floor_area: area(counts.gross_floor_area_dm2),
        outbuilding_rooms: positive(outbuilding_rooms(counts)),
        responsible: text("responsible"),
        alerts: alerts(record, counts),
    }
}

/// What needs attention, worst first.
fn alerts(record: &Record, counts: &CompoundCounts) -> Vec<Alert> {
    let mut alerts = Vec::new();
    let mut alert = |severity, kind, text: String| {
        alerts.push(Alert {
            severity,
            text,
            kind,
        });
    };
    let integer = |code: &str| record.value(code).as_integer();
    if counts.dwellings == 0 {
        alert(
            Severity::Warning,
            Some(KindCode::Dwelling),
            "还没有房屋，请导入摸底台账。".to_owned(),
        );
    }
    for (code, counted, kind, what, unit) in [
        (
            "declaredHouseholds",
            counts.households,
            KindCode::Household,
            "户数",
            "户",
        ),
        (
            "declaredPeople",
            counts.people,
            KindCode::Household,
            "人数",
            "人",
        ),
    ] {
        if let Some(declared) =
            integer(code).filter(|declared| *declared != counted && counts.dwellings > 0)
        {
            alert(
                Severity::Warning,
                Some(kind),
                format!("上报{what} {declared} {unit}，台账合计 {counted} {unit}，对不上。"),
            );
        }
    }
    let needed = KindCode::Compound
        .kind()
        .fields
        .iter()
        .filter(|field| asked(KindCode::Compound, field) == Asked::Always);
    let empty = needed
        .filter(|field| record.value(field.code).is_null())
        .count();
    if empty > 0 {
        alert(
            Severity::Note,
            Some(KindCode::Compound),
            format!("小区概况还有 {empty} 项常报内容没有填。"),
        );
    }
    if counts.unreached > 0 {
        alert(
            Severity::Note,
            Some(KindCode::Household),
            format!("还有 {} 户没有联系上。", counts.unreached),
        );
    }
    if counts.opposing > 0 {
        alert(
            Severity::Note,
            Some(KindCode::Household),
            format!("有 {} 户不同意改造。", counts.opposing),
        );
    }
    alerts.sort_by_key(|alert| alert.severity);
    alerts
}

fn facts(record: &Record) -> Vec<FactGroup> {
    let mut groups: Vec<FactGroup> = Vec::new();
    for (field, value) in KindCode::Compound.kind().fields.iter().zip(&record.values) {
        if value.is_null() || field.code == "name" {
            continue;
        }
        let value = match field.kind {
            FieldType::Area | FieldType::Money | FieldType::Count => value
                .as_integer()
                .map_or_else(String::new, |number| crate::records::grouped(field, number)),
            _ => field.format(value),
        };
        let fact = Figure {
            label: field.label.to_owned(),
            value,
            unit: field.unit.to_owned(),
        };
        match groups.iter_mut().find(|group| group.title == field.group) {
            Some(group) => group.facts.push(fact),
            None => groups.push(FactGroup {
                title: field.group.to_owned(),
                facts: vec![fact],
            }),
        }
    }
    groups
}

fn figures(counts: &CompoundCounts) -> Vec<Figure> {
    let figure = |label: &str, value: String, unit: &str| Figure {
        label: label.to_owned(),
        value,
        unit: unit.to_owned(),
    };
    let number = |value: i64| fixed::format_grouped(value, 0);
    vec![
        figure("楼栋", number(counts.buildings), "栋"),
        figure("房屋", number(counts.dwellings), "套"),
        figure("住户", number(counts.households), "户"),
        figure("常住人口", number(counts.people), "人"),
        figure("60岁以上", number(counts.seniors60), "人"),
        figure("建筑面积", area(counts.gross_floor_area_dm2), "㎡"),
        figure("附属房与违建", number(outbuilding_rooms(counts)), "间"),
        figure("车棚", number(counts.cycle_sheds), "个"),
        figure(
            "机动车位",
            counts.parking_spaces.map_or_else(String::new, number),
            "位",
        ),
        figure("汽车", number(counts.cars), "辆"),
        figure("电动车", number(counts.ebikes), "辆"),
        figure("绿地", area(counts.green_area_dm2), "㎡"),
        figure("同意改造", number(counts.agreeing), "户"),
        figure("空置", number(counts.vacant_households), "户"),
    ]
}
