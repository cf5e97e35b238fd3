//! D6 一页纸改造方案: gathering what stands on it.

use jiugai_domain::KindCode;
use jiugai_domain::fixed::{format_grouped, ratio};
use jiugai_report::charts::Caption;
use jiugai_report::documents::{
    Document, Figures, FundingLine, IndicatorLine, IssueLine, Money, OnePager, Responsible,
    Schedule, WorkByVerb, WorkLine,
};
use jiugai_storage::query::{self, Row};
use jiugai_storage::records::{self, Record};

use crate::assets::Fields;
use crate::charts::{HEADLINE, dots};
use crate::comparison::{Compared, chosen_plan, compare};
use crate::plan::{quantity, total_fen, wan_yuan};
use crate::text::{key, long_date};
use crate::wire::{ReportOption, ReportParameter, ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

use super::Gathered;

/// Indicators of the table on the one-page plan, in the order of the card.
const TABLE: &[&str] = &[
    "demolishedRooms",
    "demolishedSheds",
    "freedArea",
    "damagedRoadArea",
    "faultyPipe",
    "parkingSpaces",
    "spacesPerHousehold",
    "cyclePlaces",
    "cycleChargingPlaces",
    "concentratedGreenPerPerson",
    "greenArea",
    "fitnessEquipment",
    "noticeBoards",
];
const TABLE_ROWS: usize = 10;

impl Session {
    /// The one-page plan (D6) and what is to be said before printing it.
    pub(super) fn gather_one_pager(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let plan = chosen_plan(conn, compound, request.plan.as_deref())?;
        let compared = compare(conn, compound, plan)?;
        let record =
            records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let counts = crate::assets::counts_of(conn, compound)?;
        let text = |code: &str| record.value(code).as_text().unwrap_or("").to_owned();
        let imprint = self.imprint(compound)?;
        let paper = OnePager {
            compound: compared.name.clone(),
            subdistrict: imprint.subdistrict,
            community: imprint.community,
            plan: compared.plan.as_ref().map_or_else(String::new, plan_name),
            sample: imprint.sample,
            figures: figures(&record, &counts, &work_units(&counts, conn, compound)?),
            issues: text("problems")
                .lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| IssueLine {
                    title: line.trim().to_owned(),
                    remark: String::new(),
                })
                .collect(),
            work: work(&compared.items),
            money: money(&compared, &counts),
            schedule: schedule(compared.plan.as_ref()),
            responsible: responsible(&record, compared.plan.as_ref()),
            indicators: indicator_lines(&compared),
            chart: Some(dots(&compared, chart_caption(&compared), HEADLINE, 720)),
            data_as_of: compared.surveyed_on.clone(),
            ledger_version: imprint.ledger_version,
            generated_at: imprint.generated_at,
        };
        let mut warnings = Vec::new();
        let empty = unfilled(&paper);
        if !empty.is_empty() {
            warnings.push(format!(
                "纸上还有没填的内容：{}。可以先到小区概况补上。",
                empty.join("、")
            ));
        }
        if paper.plan.is_empty() {
            warnings.push("这个小区还没有改造方案，纸上只有现状。".to_owned());
        }
        let parameters = self.plan_parameter(compound, plan)?;
        Ok(Gathered {
            document: Document::OnePager(Box::new(paper)),
            warnings,
            parameters: vec![parameters],
        })
    }

    /// The choice among the plans of a compound.
    pub(super) fn plan_parameter(
        &self,
        compound: jiugai_domain::RecordId,
        chosen: Option<jiugai_domain::RecordId>,
    ) -> Result<ReportParameter, ApiError> {
        let plans = crate::assets::rows(self.connection()?, KindCode::Plan, compound)?;
        Ok(ReportParameter {
            code: ReportParameterCode::Plan,
            label: "方案".to_owned(),
            value: chosen.map(|plan| plan.to_string()).unwrap_or_default(),
            options: plans
                .iter()
                .map(|plan| ReportOption {
                    value: plan.id.to_string(),
                    label: plan_name(plan),
                })
                .collect(),
        })
    }
}

/// What a leader will ask for and the paper cannot tell.
fn unfilled(paper: &OnePager) -> Vec<&'static str> {
    let figures = &paper.figures;
    let blank = |text: &str| text.is_empty();
    [
        ("街道", blank(&paper.subdistrict)),
        ("社区", blank(&paper.community)),
        ("摸底日期", blank(&paper.data_as_of)),
        ("户数", figures.households.is_none()),
        ("人数", figures.people.is_none()),
        ("建筑面积", figures.gross_floor_area.is_none()),
        ("建成年代", figures.built.is_none()),
        ("主要问题", paper.issues.is_empty()),
    ]
    .into_iter()
    .filter_map(|(name, missing)| missing.then_some(name))
    .collect()
}

pub(super) fn plan_name(plan: &Row) -> String {
    let fields = Fields::of(KindCode::Plan, &plan.values);
    match fields.integer("version") {
        Some(version) => format!(
            "{} {}",
            fields.text("name"),
            crate::plan::versions::label(version, fields.text("scenario"))
        ),
        None => fields.text("name").to_owned(),
    }
}

fn chart_caption(compared: &Compared) -> Caption {
    Caption {
        source: "小区台账与改造方案".to_owned(),
        surveyed_on: compared.surveyed_on.clone(),
        ..Caption::default()
    }
}

/// Names of the work units that hold buildings or dwellings of the compound.
fn work_units(
    counts: &query::CompoundCounts,
    conn: &jiugai_storage::Connection,
    compound: jiugai_domain::RecordId,
) -> Result<Vec<String>, ApiError> {
    let mut names: Vec<String> = Vec::new();
    if counts.dwellings == 0 {
        return Ok(names);
    }
    let kind = KindCode::Dwelling;
    let position = kind
        .kind()
        .fields
        .iter()
        .position(|field| field.code == "workUnit");
    for row in crate::assets::rows(conn, kind, compound)? {
        let name = position
            .and_then(|position| row.references.get(position))
            .cloned()
            .flatten();
        if let Some(name) = name.filter(|name| !names.contains(name)) {
            names.push(name);
        }
    }
    Ok(names)
}

fn figures(record: &Record, counts: &query::CompoundCounts, units: &[String]) -> Figures {
    let count = |number: i64, unit: &str| {
        Some(number)
            .filter(|number| *number > 0)
            .map(|number| format!("{} {unit}", format_grouped(number, 0)))
    };
    let area = |dm2: Option<i64>| dm2.map(|dm2| format!("{} ㎡", format_grouped(dm2, 2)));
    let year = |code: &str| record.value(code).as_integer();
    Figures {
        households: count(counts.households, "户"),
        people: count(counts.people, "人"),
        buildings: count(counts.buildings, "栋"),
        dwellings: count(counts.dwellings, "套"),
        gross_floor_area: area(counts.gross_floor_area_dm2),
        built: match (year("builtFrom"), year("builtTo")) {
            (Some(from), Some(to)) if from != to => Some(format!("{from}—{to} 年")),
            (Some(year), _) | (None, Some(year)) => Some(format!("{year} 年")),
            (None, None) => None,
        },
        land_area: area(record.value("siteArea").as_integer()),
        work_units: Some(units.join("、")).filter(|units| !units.is_empty()),
    }
}

fn work(items: &[Row]) -> WorkByVerb {
    let mut work = WorkByVerb::default();
    for item in items {
        let fields = Fields::of(KindCode::WorkItem, &item.values);
        let line = WorkLine {
            name: fields.text("name").to_owned(),
            quantity: fields
                .integer("quantity")
                .map_or_else(String::new, quantity),
            unit: fields.text("measure").to_owned(),
        };
        match fields.text("verb") {
            "demolish" => work.demolish.push(line),
            "build" => work.build.push(line),
            "add" => work.add.push(line),
            "alter" => work.alter.push(line),
            _ => work.repair.push(line),
        }
    }
    work
}

fn money(compared: &Compared, counts: &query::CompoundCounts) -> Money {
    let total = total_fen(&compared.items);
    let yuan = |fen: i64| format_grouped(fen / 100, 0);
    let funding = compared.plan.as_ref().map_or("", |plan| {
        Fields::of(KindCode::Plan, &plan.values).text("funding")
    });
    Money {
        total: total.map(|fen| format!("{} 万元", wan_yuan(fen))),
        per_household: ratio(total, Some(counts.households), 1)
            .map(|fen| format!("{} 元/户", yuan(fen))),
        // 分 per 0.01 ㎡ is 元 per ㎡.
        per_area: ratio(total, counts.gross_floor_area_dm2, 1)
            .map(|yuan| format!("{} 元/㎡", format_grouped(yuan, 0))),
        funding: funding
            .split(['、', '，', ',', '；', ';', '\n'])
            .map(str::trim)
            .filter(|source| !source.is_empty())
            .map(|source| FundingLine {
                source: source.to_owned(),
                amount: String::new(),
            })
            .collect(),
    }
}

fn schedule(plan: Option<&Row>) -> Schedule {
    let Some(plan) = plan else {
        return Schedule::default();
    };
    let fields = Fields::of(KindCode::Plan, &plan.values);
    let day = |code: &str| chrono::NaiveDate::parse_from_str(fields.text(code), "%Y-%m-%d").ok();
    let filled =
        |code: &str| Some(long_date(Some(fields.text(code)))).filter(|date| !date.is_empty());
    let days = day("startOn")
        .zip(day("endOn"))
        .map(|(start, end)| (end - start).num_days() + 1);
    Schedule {
        start: filled("startOn"),
        end: filled("endOn"),
        duration: days
            .filter(|days| *days > 0)
            .map(|days| format!("{days} 天")),
    }
}

fn responsible(record: &Record, plan: Option<&Row>) -> Responsible {
    let of_plan = |code: &str| {
        plan.map_or("", |plan| {
            Fields::of(KindCode::Plan, &plan.values).text(code)
        })
        .to_owned()
    };
    let first = |first: String, second: &str| {
        Some(if first.is_empty() {
            second.to_owned()
        } else {
            first
        })
        .filter(|text| !text.is_empty())
    };
    let text = |code: &str| record.value(code).as_text().unwrap_or("");
    Responsible {
        organisation: first(of_plan("preparedBy"), text("subdistrict")),
        person: first(of_plan("responsible"), text("responsible")),
    }
}

pub(super) fn indicator_lines(compared: &Compared) -> Vec<IndicatorLine> {
    let rows = compared.rows();
    let built = rows
        .iter()
        .any(|row| row.as_built != row.baseline && !row.as_built.is_empty());
    TABLE
        .iter()
        .filter_map(|code| rows.iter().find(|row| row.code == *code))
        .filter(|row| {
            !(matches!(row.baseline.as_str(), "0" | "0.00" | "—")
                && matches!(row.proposed.as_str(), "" | "0" | "0.00" | "—"))
        })
        .take(TABLE_ROWS)
        .map(|row| {
            let known =
                |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty() && text != "—");
            IndicatorLine {
                group: row.group_label.clone(),
                name: row.label.clone(),
                unit: row.unit.clone(),
                before: known(&row.baseline),
                after: known(&row.proposed),
                change: known(&row.delta),
                as_built: known(&row.as_built).filter(|_| built),
                standard: None,
                surveyed_on: compared.surveyed_on.clone(),
            }
        })
        .collect()
}
