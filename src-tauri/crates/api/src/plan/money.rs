//! 估算 → 预算 → 决算 item by item, money by source, and what residents pay.

use jiugai_domain::plan::{Limits, MoneyFinding, Sums, contributions, money_findings};
use jiugai_domain::{KindCode, fixed};
use jiugai_storage::query::Row;
use jiugai_storage::{Connection, StorageError};

use super::load::{Version, item};
use super::{estimate_fen, wan_yuan};
use crate::assets::{self, Fields, counts_of};
use crate::parameters::{self, Accepts, Shipped, of_group};
use crate::text::key;
use crate::wire::{
    ContributionRow, Contributions, FundRow, MoneyPage, MoneyRow, MoneyRule, Parameter,
    ParameterGroup, PlanFinding, RecordLink, Severity,
};
use crate::{ApiError, Session};

const fn rule(code: &'static str, label: &'static str, value: &'static str) -> Shipped {
    Shipped {
        code,
        label,
        value,
        unit: "%",
        source: "某地老住宅小区综合整治的办法",
        clause: "",
        region: "",
        effective_on: "",
        standing: "local",
        remark: "外地规定，供参考",
        enabled: true,
        accepts: Accepts::Percent,
    }
}

/// The limits that the product brings.
pub(crate) const SHIPPED: [Shipped; 4] = [
    rule("plan.budgetOfEstimate", "预算不超过估算的", "100"),
    rule("plan.finalOfBudget", "决算不超过预算的", "100"),
    rule("plan.fundsOfBudget", "总资金不超过总预算的", "100"),
    rule("plan.itemOfBudget", "单项决算不超过单项预算的", "110"),
];

/// The limits as the office has them, with where each comes from.
fn limits(conn: &Connection) -> Result<(Limits, Vec<MoneyRule>), ApiError> {
    let kept = of_group(conn, ParameterGroup::Money)?;
    // Switched off is a limit that nothing reaches.
    let value = |rule: &Parameter| match parameters::percent(&rule.value) {
        Some(value) if rule.enabled => value,
        _ => i64::from(u32::MAX),
    };
    let of = |code: &str| kept.iter().find(|rule| rule.code == code).map(value);
    let usual = Limits::USUAL;
    let limits = Limits {
        budget_of_estimate: of("plan.budgetOfEstimate").unwrap_or(usual.budget_of_estimate),
        final_of_budget: of("plan.finalOfBudget").unwrap_or(usual.final_of_budget),
        funds_of_budget: of("plan.fundsOfBudget").unwrap_or(usual.funds_of_budget),
        item_of_budget: of("plan.itemOfBudget").unwrap_or(usual.item_of_budget),
    };
    let told = kept
        .into_iter()
        .map(|rule| MoneyRule {
            value: if rule.enabled {
                format!("{}%", rule.value)
            } else {
                "停用".to_owned()
            },
            code: rule.code,
            label: rule.label,
            source: rule.source,
        })
        .collect();
    Ok((limits, told))
}

fn yuan(fen: Option<i64>) -> String {
    fen.map_or_else(String::new, |fen| fixed::format_grouped(fen, 2))
}

fn percent(part: Option<i64>, whole: Option<i64>) -> String {
    fixed::ratio(part, whole, 10_000)
        .map_or_else(String::new, |share| format!("{}%", fixed::format(share, 2)))
}

fn sums_of(row: &Row) -> Sums {
    let fields = item(row);
    Sums {
        estimate: estimate_fen(row),
        budget: fields.integer("budget"),
        account: fields.integer("final"),
    }
}

/// The funds of a version.
pub(super) fn funds_of(conn: &Connection, version: &Version) -> Result<Vec<Row>, StorageError> {
    let mut rows = assets::rows(conn, KindCode::Fund, version.compound)?;
    rows.retain(|row| {
        Fields::of(KindCode::Fund, &row.values)
            .value("plan")
            .as_id()
            == Some(version.row.id)
    });
    Ok(rows)
}

fn fund(row: &Row) -> Fields<'_> {
    Fields::of(KindCode::Fund, &row.values)
}

fn sum(values: impl Iterator<Item = Option<i64>>) -> Option<i64> {
    values.flatten().reduce(|sum, one| sum + one)
}

impl Session {
    /// The money of a plan version.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_money(&self, plan: &str) -> Result<MoneyPage, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        let funds = funds_of(conn, &version)?;
        let items: Vec<(Sums, i64)> = version
            .items
            .iter()
            .map(|row| {
                let of_item = |one: &&Row| fund(one).value("workItem").as_id() == Some(row.id);
                let own = funds.iter().filter(of_item);
                (
                    sums_of(row),
                    sum(own.map(|one| fund(one).integer("planned"))).unwrap_or(0),
                )
            })
            .collect();
        let planned = sum(funds.iter().map(|row| fund(row).integer("planned")));
        let (limits, rules) = limits(conn)?;
        let broken = money_findings(&items, planned.unwrap_or(0), limits);
        let rows: Vec<MoneyRow> = version
            .items
            .iter()
            .zip(&items)
            .enumerate()
            .map(|(at, (row, (sums, funded)))| {
                let over = broken.iter().any(|finding| {
                    matches!(finding, MoneyFinding::ItemAboveBudget { item, .. } | MoneyFinding::ItemFundsAboveNeed { item, .. } if *item == at)
                });
                money_row(row, *sums, *funded, over)
            })
            .collect();
        let total = Sums {
            estimate: sum(items.iter().map(|(sums, _)| sums.estimate)),
            budget: sum(items.iter().map(|(sums, _)| sums.budget)),
            account: sum(items.iter().map(|(sums, _)| sums.account)),
        };
        let need = sum(items.iter().map(|(sums, _)| sums.budget.or(sums.estimate)));
        let counts = counts_of(conn, version.compound)?;
        let each =
            |by: Option<i64>, scale: i64| yuan(fixed::ratio(need, by.filter(|by| *by > 0), scale));
        let findings = broken
            .iter()
            .map(|finding| told(&version, finding))
            .chain(funds.iter().flat_map(fund_findings))
            .collect();
        Ok(MoneyPage {
            per_household: each(Some(counts.households), 1),
            per_area: each(counts.gross_floor_area_dm2, 100),
            gap: match (need, planned) {
                (Some(need), Some(planned)) if planned < need => {
                    format!("还差 {} 万元没有来源", wan_yuan(need - planned))
                }
                (Some(need), Some(planned)) if planned > need => {
                    format!("资金比需要的多 {} 万元", wan_yuan(planned - need))
                }
                (Some(_), Some(_)) => "资金正好够".to_owned(),
                _ => String::new(),
            },
            total: MoneyRow {
                id: String::new(),
                verb: String::new(),
                name: "合计".to_owned(),
                estimate: yuan(total.estimate),
                budget: yuan(total.budget),
                account: yuan(total.account),
                ratio: percent(total.account, total.budget),
                funded: yuan(sum(items.iter().map(|(_, funded)| Some(*funded)))),
                over: false,
            },
            rows,
            fund_total: fund_total(&funds, planned),
            funds: funds
                .iter()
                .map(|row| fund_row(&version, row, planned))
                .collect(),
            findings,
            rules,
            contribution: self.plan_contributions(plan)?.text,
        })
    }

    /// What each dwelling or household pays of the residents' contribution.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_contributions(&self, plan: &str) -> Result<Contributions, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        let residents = funds_of(conn, &version)?;
        let total = sum(residents
            .iter()
            .map(fund)
            .filter(|fields| fields.text("source") == "residents")
            .map(|fields| fields.integer("planned")))
        .unwrap_or(0);
        let by_area = version.fields().text("contribution") == "area";
        if total == 0 {
            return Ok(Contributions {
                text: "没有居民出资".to_owned(),
                missing: String::new(),
                rows: Vec::new(),
            });
        }
        let kind = if by_area {
            KindCode::Dwelling
        } else {
            KindCode::Household
        };
        let mut payers = assets::rows(conn, kind, version.compound)?;
        let area = |row: &Row| {
            let fields = Fields::of(kind, &row.values);
            fields
                .integer("exclusiveArea")
                .or_else(|| fields.integer("grossFloorArea"))
        };
        let all = payers.len();
        if by_area {
            payers.retain(|row| {
                Fields::of(kind, &row.values).text("use") != "storage"
                    && area(row).is_some_and(|area| area > 0)
            });
        }
        let weights: Vec<i64> = payers
            .iter()
            .map(|row| if by_area { area(row).unwrap_or(0) } else { 1 })
            .collect();
        let parts = contributions(&weights, total).unwrap_or_default();
        let left_out = all - payers.len();
        Ok(Contributions {
            text: format!(
                "居民出资 {} 元，{}分摊，{} {}",
                yuan(Some(total)),
                if by_area { "按建筑面积" } else { "按户" },
                payers.len(),
                kind.kind().counter
            ),
            missing: if left_out > 0 {
                format!("{left_out} 套是储藏室或者没有面积，没有分到")
            } else {
                String::new()
            },
            rows: payers
                .iter()
                .zip(parts)
                .map(|(row, amount)| ContributionRow {
                    link: RecordLink {
                        kind,
                        id: row.id.to_string(),
                        label: row.label.clone(),
                    },
                    area: if by_area {
                        yuan(area(row))
                    } else {
                        String::new()
                    },
                    amount: yuan(Some(amount)),
                })
                .collect(),
        })
    }
}

fn money_row(row: &Row, sums: Sums, funded: i64, over: bool) -> MoneyRow {
    let fields = item(row);
    MoneyRow {
        id: row.id.to_string(),
        verb: KindCode::WorkItem
            .kind()
            .field("verb")
            .map_or_else(String::new, |field| field.format(fields.value("verb"))),
        name: fields.text("name").to_owned(),
        estimate: yuan(sums.estimate),
        budget: yuan(sums.budget),
        account: yuan(sums.account),
        ratio: percent(sums.account, sums.budget),
        funded: yuan(Some(funded).filter(|funded| *funded > 0)),
        over,
    }
}

fn fund_row(version: &Version, row: &Row, planned: Option<i64>) -> FundRow {
    let fields = fund(row);
    let used_for = fields
        .value("workItem")
        .as_id()
        .and_then(|id| version.position(id))
        .map_or("", |at| item(&version.items[at]).text("name"));
    FundRow {
        id: row.id.to_string(),
        source: KindCode::Fund
            .kind()
            .field("source")
            .map_or_else(String::new, |field| field.format(fields.value("source"))),
        item: used_for.to_owned(),
        planned: yuan(fields.integer("planned")),
        share: percent(fields.integer("planned"), planned),
        arrived: yuan(fields.integer("arrived")),
        paid: yuan(fields.integer("paid")),
        settled: yuan(fields.integer("settled")),
        document: fields.text("document").to_owned(),
    }
}

fn fund_total(funds: &[Row], planned: Option<i64>) -> FundRow {
    let of = |code: &str| yuan(sum(funds.iter().map(|row| fund(row).integer(code))));
    FundRow {
        id: String::new(),
        source: "合计".to_owned(),
        item: String::new(),
        planned: yuan(planned),
        share: percent(planned, planned),
        arrived: of("arrived"),
        paid: of("paid"),
        settled: of("settled"),
        document: String::new(),
    }
}

fn warning(text: String, next: &str, item: Option<String>) -> PlanFinding {
    PlanFinding {
        severity: Severity::Warning,
        text,
        next_step: next.to_owned(),
        item,
    }
}

fn told(version: &Version, finding: &MoneyFinding) -> PlanFinding {
    let yuan = |fen: i64| format!("{} 元", yuan(Some(fen)));
    let name = |at: usize| {
        version
            .items
            .get(at)
            .map_or("", |row| item(row).text("name"))
    };
    let id = |at: usize| version.items.get(at).map(|row| row.id.to_string());
    match *finding {
        MoneyFinding::BudgetAboveEstimate { budget, estimate } => warning(
            format!("预算 {} 超过估算 {}", yuan(budget), yuan(estimate)),
            "核减预算，或者说明原因后调整估算。",
            None,
        ),
        MoneyFinding::AccountAboveBudget { account, budget } => warning(
            format!("决算 {} 超过预算 {}", yuan(account), yuan(budget)),
            "核对签证和工程量；确要超的，先报批调整预算。",
            None,
        ),
        MoneyFinding::FundsAboveNeed { funds, need } => warning(
            format!("资金合计 {} 超过需要的 {}", yuan(funds), yuan(need)),
            "资金不能超过 100%：减少一个来源的计划数。",
            None,
        ),
        MoneyFinding::FundsMissing { funds, need } => warning(
            format!(
                "资金合计 {}，比需要的少 {}",
                yuan(funds),
                yuan(need - funds)
            ),
            "再落实来源，或者减少内容。",
            None,
        ),
        MoneyFinding::ItemAboveBudget {
            item,
            account,
            budget,
        } => warning(
            format!(
                "“{}”决算 {} 超过预算 {} 的限度",
                name(item),
                yuan(account),
                yuan(budget)
            ),
            "核对签证和工程量；确要超的，先报批。",
            id(item),
        ),
        MoneyFinding::ItemFundsAboveNeed { item, funds, need } => warning(
            format!(
                "“{}”的资金 {} 超过需要的 {}",
                name(item),
                yuan(funds),
                yuan(need)
            ),
            "一项的资金不能超过 100%：减少计划数，或者改为用于整个方案。",
            id(item),
        ),
    }
}

fn fund_findings(row: &Row) -> Vec<PlanFinding> {
    let fields = fund(row);
    let label = &row.label;
    let pairs = [
        ("arrived", "到位", "planned", "计划"),
        ("paid", "支付", "arrived", "到位"),
        ("settled", "结算", "planned", "计划"),
    ];
    pairs
        .into_iter()
        .filter(|(part, _, whole, _)| {
            fields.integer(part).unwrap_or(0) > fields.integer(whole).unwrap_or(0)
        })
        .map(|(_, part, _, whole)| {
            warning(
                format!("{label}：{part}的比{whole}的多"),
                "核对这笔资金的数字。",
                None,
            )
        })
        .collect()
}
