//! The figures of a comparison of scenarios: `jiugai plan compare --json`. A contract: fields are
//! only ever added.

use std::collections::BTreeMap;

use jiugai_domain::fixed::ratio;
use jiugai_domain::{FieldType, KindCode, RecordId};
use jiugai_storage::Connection;
use serde::Serialize;

use super::band::Band;
use super::{Voices, compared_versions};
use crate::assets::{self, Fields, counts_of};
use crate::comparison::{Compared, compare};
use crate::plan::findings::errors;
use crate::plan::load::{Version, item};
use crate::plan::{estimate_fen, wan_yuan};
use crate::standard::counted;
use crate::{ApiError, IndicatorSummary, Session};

/// Decisions of the owners, from the lightest to the weightiest.
pub(super) const DECISIONS: [&str; 4] = ["willingness", "ordinary", "major", "entranceMajor"];
/// Days of a month.
const MONTH: i64 = 30;

/// The scenarios of a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PlanComparison {
    /// Compound.
    pub compound: String,
    /// 户.
    pub households: i64,
    /// 建筑面积 in 0.01 ㎡; null when unknown.
    pub gross_floor_area_dm2: Option<i64>,
    /// What a household's share usually costs.
    pub band: ScenarioBand,
    /// The scenarios.
    pub scenarios: Vec<ScenarioReport>,
}

/// What a household's share usually costs, in 分.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioBand {
    /// From.
    pub low_fen: i64,
    /// To.
    pub high_fen: i64,
    /// Mean.
    pub mean_fen: i64,
    /// Where they come from.
    pub source: String,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioReport {
    /// Name of the plan.
    pub plan: String,
    /// Number of the version.
    pub version: i64,
    /// `方案A`, may be empty.
    pub scenario: String,
    /// Work items.
    pub items: usize,
    /// Work items without an estimate: the costs leave them out.
    pub unestimated: usize,
    /// Costs in 分; null when nothing is estimated.
    pub cost_fen: Option<i64>,
    /// Costs in 分 by class: `safety`, `basic`, `improvement`, `upgrade`, `` when not classed.
    pub cost_by_class_fen: BTreeMap<String, i64>,
    /// In 分 a household.
    pub cost_per_household_fen: Option<i64>,
    /// In 分 a ㎡.
    pub cost_per_area_fen: Option<i64>,
    /// `below`, `within`, `above` the band; null when unknown.
    pub cost_in_band: Option<&'static str>,
    /// Money planned of all sources in 分; null when none is noted.
    pub funds_fen: Option<i64>,
    /// Wishes.
    pub wishes: ScenarioWishes,
    /// Decisions of the owners that are needed.
    pub decisions: Vec<ScenarioDecision>,
    /// From the first day to the last; null when a day is missing.
    pub days: Option<i64>,
    /// What does not add up in it.
    pub findings: usize,
    /// What the standards say about it.
    pub standards: ScenarioStandards,
    /// Every indicator before and as planned.
    pub indicators: Vec<IndicatorSummary>,
}

/// What the standards say about a scenario.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioStandards {
    /// Requirements that it does not meet.
    pub unmet: i64,
    /// Requirements that cannot be judged for want of data.
    pub unknown: i64,
}

/// How far a scenario meets what residents ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioWishes {
    /// Wishes for something.
    pub wanted: i64,
    /// Of those, met by an item of the scenario.
    pub met: i64,
    /// Wishes against something that the scenario does.
    pub against: i64,
    /// Share of the met ones in 0.01 %; null without wishes.
    pub share_bp: Option<i64>,
    /// Weight of the met ones less that of those against.
    pub weight: i64,
    /// Weight of all wishes for something.
    pub weight_of_all: i64,
}

/// Items that need a decision of one sort.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ScenarioDecision {
    /// Code: `willingness`, `ordinary`, `major`, `entranceMajor`.
    pub decision: &'static str,
    /// What people call it.
    pub label: &'static str,
    /// Names of the items.
    pub items: Vec<String>,
}

/// A comparison with what it was made from.
pub(super) struct Drawn {
    pub(super) report: PlanComparison,
    pub(super) versions: Vec<(Version, Compared)>,
    pub(super) band: Band,
    pub(super) unlinked: i64,
}

pub(super) fn draw(
    conn: &Connection,
    compound: RecordId,
    wanted: &[RecordId],
) -> Result<Drawn, ApiError> {
    let counts = counts_of(conn, compound)?;
    let voices = Voices::load(conn, compound)?;
    let band = Band::load(conn)?;
    let mut versions = Vec::new();
    let mut scenarios = Vec::new();
    for version in compared_versions(conn, compound, wanted)? {
        let compared = compare(conn, compound, Some(version.row.id))?;
        let mut report = scenario(&version, &compared, &voices);
        report.cost_per_household_fen = ratio(report.cost_fen, Some(counts.households), 1);
        report.cost_per_area_fen = ratio(report.cost_fen, counts.gross_floor_area_dm2, 100);
        report.cost_in_band = report
            .cost_per_household_fen
            .and_then(|fen| band.verdict(fen));
        report.funds_fen = funds(conn, &version)?;
        report.findings = errors(conn, &version)?;
        let (unmet, unknown) = counted(conn, compound, version.row.id)?;
        report.standards = ScenarioStandards { unmet, unknown };
        scenarios.push(report);
        versions.push((version, compared));
    }
    Ok(Drawn {
        report: PlanComparison {
            compound: counts.name.clone(),
            households: counts.households,
            gross_floor_area_dm2: counts.gross_floor_area_dm2,
            band: ScenarioBand {
                low_fen: band.low_fen,
                high_fen: band.high_fen,
                mean_fen: band.mean_fen,
                source: band.source.clone(),
            },
            scenarios,
        },
        versions,
        band,
        unlinked: voices.unlinked,
    })
}

fn scenario(version: &Version, compared: &Compared, voices: &Voices) -> ScenarioReport {
    let fields = version.fields();
    let mut cost_by_class_fen = BTreeMap::new();
    for row in &version.items {
        if let Some(fen) = estimate_fen(row) {
            *cost_by_class_fen
                .entry(item(row).text("class").to_owned())
                .or_default() += fen;
        }
    }
    let met = voices.sum(version.items.iter());
    let indicators = compared.baseline.iter().map(|before| {
        let code = before.indicator.code;
        let at = |stage| compared.figure(stage, code).and_then(|figure| figure.value);
        IndicatorSummary {
            code,
            unit: before.indicator.unit_code,
            baseline: before.value,
            proposed: at(crate::wire::Stage::Proposed),
            as_built: at(crate::wire::Stage::AsBuilt),
        }
    });
    let estimated = version.items.iter().filter_map(estimate_fen);
    let cost_fen = crate::plan::total_fen(&version.items);
    ScenarioReport {
        plan: fields.text("name").to_owned(),
        version: fields.integer("version").unwrap_or(0),
        scenario: fields.text("scenario").to_owned(),
        items: version.items.len(),
        unestimated: version.items.len() - estimated.count(),
        cost_fen,
        cost_by_class_fen,
        cost_per_household_fen: None,
        cost_per_area_fen: None,
        cost_in_band: None,
        funds_fen: None,
        wishes: ScenarioWishes {
            wanted: voices.all.wanted,
            met: met.wanted,
            against: met.against,
            share_bp: ratio(Some(met.wanted), Some(voices.all.wanted), 10_000),
            weight: met.weight,
            weight_of_all: voices.all.weight,
        },
        decisions: decisions(version),
        days: compared
            .figure(crate::wire::Stage::Proposed, "workDays")
            .and_then(|figure| figure.value),
        findings: 0,
        standards: ScenarioStandards::default(),
        indicators: indicators.collect(),
    }
}

fn decisions(version: &Version) -> Vec<ScenarioDecision> {
    let label = |code: &str| match KindCode::WorkItem.kind().field("decision").map(|f| f.kind) {
        Some(FieldType::Code(choices)) => choices
            .iter()
            .find(|choice| choice.code == code)
            .map_or("", |choice| choice.label),
        _ => "",
    };
    DECISIONS
        .into_iter()
        .filter_map(|code| {
            let items: Vec<String> = version
                .items
                .iter()
                .map(item)
                .filter(|fields| fields.text("decision") == code)
                .map(|fields| fields.text("name").to_owned())
                .collect();
            (!items.is_empty()).then(|| ScenarioDecision {
                decision: code,
                label: label(code),
                items,
            })
        })
        .collect()
}

fn funds(conn: &Connection, version: &Version) -> Result<Option<i64>, ApiError> {
    let rows = assets::rows(conn, KindCode::Fund, version.compound)?;
    let of_plan = rows.iter().filter_map(|row| {
        let fields = Fields::of(KindCode::Fund, &row.values);
        (fields.value("plan").as_id() == Some(version.row.id))
            .then(|| fields.integer("planned"))
            .flatten()
    });
    Ok(of_plan.reduce(|sum, fen| sum + fen))
}

/// Months that people speak of: begun ones count.
pub(super) fn months(days: i64) -> i64 {
    (days + MONTH - 1) / MONTH
}

impl Session {
    /// The scenarios of a compound in figures: the newest version of each.
    ///
    /// # Errors
    /// `notFound`; `invalid` when there is no plan.
    pub fn plan_compare(&self, compound: &str) -> Result<PlanComparison, ApiError> {
        let drawn = draw(self.connection()?, self.compound_named(compound)?, &[])?;
        Ok(drawn.report)
    }
}

impl PlanComparison {
    /// In Chinese, line by line.
    #[must_use]
    pub fn text(&self) -> String {
        let wan = |fen: Option<i64>| fen.map_or_else(|| "—".to_owned(), wan_yuan);
        let mut lines = vec![format!(
            "{}：比选方案 {} 个",
            self.compound,
            self.scenarios.len()
        )];
        for one in &self.scenarios {
            let name = match one.scenario.as_str() {
                "" => format!("{}（第{}版）", one.plan, one.version),
                scenario => format!("{scenario}（{} 第{}版）", one.plan, one.version),
            };
            let days = one.days.map_or_else(
                || "工期未填".to_owned(),
                |days| format!("工期 {} 个月", months(days)),
            );
            lines.push(format!(
                "{name}：{} 项，估算 {} 万元，每户 {} 万元，{days}；诉求 {} 条满足 {} 条，反对 {} 条",
                one.items,
                wan(one.cost_fen),
                wan(one.cost_per_household_fen),
                one.wishes.wanted,
                one.wishes.met,
                one.wishes.against
            ));
            for decision in &one.decisions {
                lines.push(format!(
                    "    {}：{}",
                    decision.label,
                    decision.items.join("、")
                ));
            }
            if one.unestimated > 0 {
                lines.push(format!(
                    "    有 {} 项没有估算，没有算进造价。",
                    one.unestimated
                ));
            }
        }
        lines.join("\n")
    }
}
