//! Before and after: the table and the rows behind each figure.

use std::collections::HashMap;

use jiugai_domain::comparison::{
    self, Asset, Combine, Facts, Figure, Stage as DomainStage, StageState,
};
use jiugai_domain::indicator::{Indicator, IndicatorGroup};
use jiugai_domain::{KindCode, RecordId, fixed};
use jiugai_storage::query::Row;
use jiugai_storage::{Connection, plans, records};

use crate::assets::{self, Fields, LoadedEffect, counts_of, load_assets, load_effects, load_facts};
use crate::card::{Card, last_completed};
use crate::plan::plan_row;
use crate::text::{key, long_date};
use crate::wire::{
    Alert, ComparisonRow, ComparisonView, IndicatorPart, IndicatorRows, RecordLink, Severity, Stage,
};
use crate::{ApiError, Session, wording};

/// Everything that one comparison is derived from and what came of it.
pub(crate) struct Compared {
    pub(crate) compound: RecordId,
    pub(crate) name: String,
    pub(crate) surveyed_on: String,
    pub(crate) plan: Option<Row>,
    pub(crate) items: Vec<Row>,
    pub(crate) effects: Vec<LoadedEffect>,
    pub(crate) facts: Facts,
    pub(crate) assets: Vec<Asset>,
    pub(crate) proposed_state: StageState,
    pub(crate) as_built_state: StageState,
    pub(crate) baseline: Vec<Figure>,
    pub(crate) proposed: Option<Vec<Figure>>,
    pub(crate) as_built: Option<Vec<Figure>>,
}

/// Derives the three stages of a compound under a plan.
pub(crate) fn compare(
    conn: &Connection,
    compound: RecordId,
    plan: Option<RecordId>,
) -> Result<Compared, ApiError> {
    let record =
        records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
    let plans = assets::rows(conn, KindCode::Plan, compound)?;
    let plan = match plan {
        Some(id) => Some(
            plans
                .into_iter()
                .find(|row| row.id == id)
                .ok_or_else(ApiError::not_found)?,
        ),
        None => None,
    };
    let items = match &plan {
        Some(plan) => items_of(conn, compound, plan.id)?,
        None => Vec::new(),
    };
    let effects = load_effects(conn, compound, &items)?;
    let plain: Vec<_> = effects.iter().map(|loaded| loaded.effect.clone()).collect();
    let assets = load_assets(conn, compound)?;
    let counts = counts_of(conn, compound)?;
    let facts = load_facts(conn, &record, &counts)?;
    let card = Card::load(conn, &record, counts)?;
    let at = |stage| comparison::apply(&assets, &plain, stage);
    let proposed_state = at(DomainStage::Proposed);
    let as_built_state = at(DomainStage::AsBuilt);
    let planned = plan.is_some();
    let figures = |stage, state: &StageState| {
        let given = card.given(stage, plan.as_ref(), &items, state);
        let facts = Facts {
            given,
            ..facts.clone()
        };
        comparison::figures(&facts, state)
    };
    Ok(Compared {
        compound,
        name: record.value("name").as_text().unwrap_or("").to_owned(),
        surveyed_on: long_date(record.value("surveyedOn").as_text()),
        baseline: figures(DomainStage::Baseline, &at(DomainStage::Baseline)),
        proposed: planned.then(|| figures(DomainStage::Proposed, &proposed_state)),
        as_built: planned.then(|| figures(DomainStage::AsBuilt, &as_built_state)),
        assets,
        proposed_state,
        as_built_state,
        items,
        effects,
        facts,
        plan,
    })
}

/// The work items of a plan by their ordinal.
pub(crate) fn items_of(
    conn: &Connection,
    compound: RecordId,
    plan: RecordId,
) -> Result<Vec<Row>, ApiError> {
    let mut items = assets::rows(conn, KindCode::WorkItem, compound)?;
    items.retain(|row| {
        Fields::of(KindCode::WorkItem, &row.values)
            .value("plan")
            .as_id()
            == Some(plan)
    });
    items.sort_by_key(|row| {
        Fields::of(KindCode::WorkItem, &row.values)
            .integer("ordinal")
            .unwrap_or(i64::MAX)
    });
    Ok(items)
}

/// The newest plan of a compound.
pub(crate) fn newest_plan(
    conn: &Connection,
    compound: RecordId,
) -> Result<Option<RecordId>, ApiError> {
    Ok(plans::newest(conn, compound)?.map(|(plan, _)| plan))
}

/// The plan that was asked for by its key, else the newest of the compound.
pub(crate) fn chosen_plan(
    conn: &Connection,
    compound: RecordId,
    asked: Option<&str>,
) -> Result<Option<RecordId>, ApiError> {
    match asked {
        Some(plan) => Ok(Some(key(plan)?)),
        None => newest_plan(conn, compound),
    }
}

/// The head under which a group stands.
pub(crate) fn group_label(group: IndicatorGroup) -> &'static str {
    match group {
        IndicatorGroup::Demolition => "拆",
        IndicatorGroup::Road => "路",
        IndicatorGroup::Pipe => "管",
        IndicatorGroup::Parking => "停",
        IndicatorGroup::Green => "绿",
        IndicatorGroup::Building => "楼",
        IndicatorGroup::Facility => "设",
        IndicatorGroup::People => "人",
        IndicatorGroup::Governance => "治",
        IndicatorGroup::Outcome => "效",
    }
}

/// A value with its sign: `+12`, `−3.50`, `0`.
pub(crate) fn signed(indicator: &Indicator, difference: i64) -> String {
    match difference {
        0 => "0".to_owned(),
        less if less < 0 => format!("−{}", indicator.format(-less)),
        more => format!("+{}", indicator.format(more)),
    }
}

impl Compared {
    pub(crate) fn rows(&self) -> Vec<ComparisonRow> {
        self.baseline
            .iter()
            .enumerate()
            .map(|(index, before)| self.row(index, before))
            .collect()
    }

    fn row(&self, index: usize, before: &Figure) -> ComparisonRow {
        let indicator = before.indicator;
        let at = |figures: &Option<Vec<Figure>>| {
            figures
                .as_ref()
                .and_then(|figures| figures.get(index).cloned())
        };
        let (after, built) = (at(&self.proposed), at(&self.as_built));
        let text = |figure: &Figure| {
            figure
                .value
                .map_or_else(|| "—".to_owned(), |value| indicator.format(value))
        };
        // What no plan foresees is compared when it is done: satisfaction, promises.
        let later = [&after, &built].into_iter().flatten();
        let later = later.filter_map(|figure| figure.value).next();
        let difference = later
            .zip(before.value)
            .map(|(after, before)| after - before);
        ComparisonRow {
            code: indicator.code.to_owned(),
            label: indicator.label.to_owned(),
            group: indicator.group,
            group_label: group_label(indicator.group).to_owned(),
            unit: indicator.unit.to_owned(),
            better: indicator.better,
            baseline: text(before),
            proposed: after.as_ref().map_or_else(String::new, &text),
            as_built: built.as_ref().map_or_else(String::new, &text),
            delta: difference.map_or_else(String::new, |difference| signed(indicator, difference)),
            direction: difference.map_or(0, |difference| {
                i32::try_from(difference.signum()).unwrap_or(0)
            }),
            missing: missing(before, later.is_some()),
        }
    }

    pub(crate) fn figure(&self, stage: Stage, code: &str) -> Option<&Figure> {
        let figures = match stage {
            Stage::Baseline => Some(&self.baseline),
            Stage::Proposed => self.proposed.as_ref(),
            Stage::AsBuilt => self.as_built.as_ref(),
        };
        figures?.iter().find(|figure| figure.indicator.code == code)
    }

    /// The day on which the plan was made, as people write it.
    fn prepared_on(&self) -> String {
        self.plan.as_ref().map_or_else(String::new, |plan| {
            let fields = Fields::of(KindCode::Plan, &plan.values);
            long_date(fields.value("preparedOn").as_text())
        })
    }

    /// Name of a work item.
    pub(crate) fn item_name(&self, id: RecordId) -> String {
        let item = self.items.iter().find(|item| item.id == id);
        item.map_or_else(String::new, |item| {
            Fields::of(KindCode::WorkItem, &item.values)
                .text("name")
                .to_owned()
        })
    }
}

/// Which data is missing for a figure.
fn missing(figure: &Figure, known_later: bool) -> String {
    if figure.unfilled > 0 {
        return format!("有 {} 处没有填写", figure.unfilled);
    }
    if figure.value.is_some() || known_later {
        return String::new();
    }
    match (
        figure.indicator.code,
        comparison::combine_of(figure.indicator.code),
    ) {
        ("greenRatio", _) => "小区的用地面积没有填写".to_owned(),
        ("parkingGap", _) => "没有汽车数：住户台账的汽车、小区的夜间停车需求都没有填写".to_owned(),
        ("separationRatio", _) => "没有雨水、污水管线的记录".to_owned(),
        ("spacesPerHousehold", _) => "没有住户".to_owned(),
        ("concentratedGreenPerPerson", _) => "没有常住人口".to_owned(),
        ("seniors60", _) => "住户台账的60岁以上人数没有填写".to_owned(),
        ("wishesAdopted", _) => "还没有居民诉求".to_owned(),
        ("managed", _) => "小区的物业模式没有填写".to_owned(),
        ("partyBranch", _) => "小区记录里没有填有没有党支部".to_owned(),
        ("ownersCommittee", _) => "小区记录里没有填有没有业委会或物管会".to_owned(),
        ("feeCollected", _) => "小区的物业费收缴率没有填写".to_owned(),
        ("satisfaction", _) => "还没有满意度问卷的答卷".to_owned(),
        ("promisesKept", _) => "走访记录里还没有承诺事项".to_owned(),
        ("workDays", _) => "方案的计划开工、计划完工没有填写".to_owned(),
        ("costPerArea", _) => "改造内容没有估算，或者房屋建筑面积没有填写".to_owned(),
        ("costPerHousehold", _) => "改造内容没有估算".to_owned(),
        ("selfDemolition", _) => "拆除对象的处置方式没有填写".to_owned(),
        (_, Combine::Minimum) => "没有记录消防通道的净宽".to_owned(),
        _ => "没有可计算的记录".to_owned(),
    }
}

impl Session {
    /// Before and after of a compound under a plan; without plan, the baseline alone.
    ///
    /// # Errors
    /// `notFound`.
    pub fn comparison_get(
        &self,
        compound: &str,
        plan: Option<&str>,
    ) -> Result<ComparisonView, ApiError> {
        let conn = self.connection()?;
        let compared = compare(conn, key(compound)?, plan.map(key).transpose()?)?;
        let findings = compared.proposed_state.findings.iter();
        Ok(ComparisonView {
            compound: compared.compound.to_string(),
            compound_name: compared.name.clone(),
            plan: compared
                .plan
                .as_ref()
                .map(|plan| plan_row(plan, &compared.items)),
            surveyed_on: compared.surveyed_on.clone(),
            prepared_on: compared.prepared_on(),
            completed_on: long_date(last_completed(&compared.items).as_deref()),
            rows: compared.rows(),
            findings: findings
                .map(|finding| Alert {
                    severity: Severity::Warning,
                    text: wording::finding(finding),
                    kind: None,
                })
                .collect(),
        })
    }

    /// The rows behind one figure.
    ///
    /// # Errors
    /// `notFound`.
    pub fn comparison_rows(
        &self,
        compound: &str,
        plan: Option<&str>,
        indicator: &str,
        stage: Stage,
    ) -> Result<IndicatorRows, ApiError> {
        let conn = self.connection()?;
        let compared = compare(conn, key(compound)?, plan.map(key).transpose()?)?;
        let figure = compared
            .figure(stage, indicator)
            .ok_or_else(ApiError::not_found)?;
        let shown = figure.indicator;
        let counts = comparison::parts_are_counts(shown.code);
        let text = |value: Option<i64>| match value {
            None => "未填".to_owned(),
            Some(value) if counts => fixed::format_grouped(value, 0),
            Some(value) => shown.format(value),
        };
        let mut rows: Vec<IndicatorPart> = figure
            .parts
            .iter()
            .map(|part| IndicatorPart {
                record: part.record.map(|(kind, id)| RecordLink {
                    kind,
                    id: id.to_string(),
                    label: part.label.clone(),
                }),
                label: part.label.clone(),
                value: text(part.value),
                cause: part
                    .cause
                    .map_or_else(String::new, |cause| compared.item_name(cause)),
            })
            .collect();
        rows.extend(operands(&compared, stage, shown.code));
        Ok(IndicatorRows {
            label: shown.label.to_owned(),
            unit: comparison::part_unit(shown).to_owned(),
            formula: comparison::formula(shown.code).to_owned(),
            rows,
            total: figure.value.map_or_else(
                || "—".to_owned(),
                |value| match shown.unit {
                    unit if unit != comparison::part_unit(shown) => {
                        format!("{} {unit}", shown.format(value))
                    }
                    _ => shown.format(value),
                },
            ),
        })
    }
}

/// The figures that a ratio is made of, as rows.
fn operands(compared: &Compared, stage: Stage, code: &str) -> Vec<IndicatorPart> {
    let codes: &[&str] = match code {
        "spacesPerHousehold" => &["parkingSpaces", "households"],
        "greenRatio" => &["greenArea"],
        "concentratedGreenPerPerson" => &["concentratedGreen", "people"],
        "separationRatio" => &["stormPipe", "sewagePipe", "combinedPipe"],
        "parkingGap" => &["parkingSpaces"],
        _ => &[],
    };
    let figures: HashMap<&str, &Figure> = codes
        .iter()
        .filter_map(|code| compared.figure(stage, code).map(|figure| (*code, figure)))
        .collect();
    codes
        .iter()
        .filter_map(|code| figures.get(code))
        .map(|figure| IndicatorPart {
            record: None,
            label: figure.indicator.label.to_owned(),
            value: figure.value.map_or_else(
                || "—".to_owned(),
                |value| {
                    format!(
                        "{} {}",
                        figure.indicator.format(value),
                        figure.indicator.unit
                    )
                },
            ),
            cause: String::new(),
        })
        .collect()
}
