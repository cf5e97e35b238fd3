//! What does not add up in a plan, each with the way out.

use jiugai_domain::comparison::{self, Action, Demolished, Finding, Stage};
use jiugai_domain::plan::{clashes, cycle};
use jiugai_domain::{KindCode, fixed};
use jiugai_storage::Connection;

use super::estimate_fen;
use super::load::{Version, item};
use crate::assets::{Fields, load_assets};
use crate::wire::{GroundBalance, PlanFinding, Severity};
use crate::{ApiError, wording};

/// Ground in 0.01 ㎡ that demolitions free, and what is built on it.
pub(super) struct Ground {
    freed: Option<i64>,
    used: i64,
}

impl Ground {
    pub(super) fn left(&self) -> Option<i64> {
        self.freed.map(|freed| freed - self.used)
    }

    pub(super) fn told(&self) -> GroundBalance {
        let area = |dm2: i64| fixed::format_grouped(dm2, 2);
        let Some(freed) = self.freed else {
            let text = if self.used > 0 {
                format!("已安排 {} ㎡，但还没有拆出来的地", area(self.used))
            } else {
                String::new()
            };
            return GroundBalance {
                freed: String::new(),
                used: area(self.used),
                left: "—".to_owned(),
                text,
            };
        };
        let left = freed - self.used;
        let rest = if left < 0 {
            format!("超出 {} ㎡", area(-left))
        } else {
            format!("还剩 {} ㎡", area(left))
        };
        GroundBalance {
            freed: area(freed),
            used: area(self.used),
            left: if left < 0 {
                "—".to_owned()
            } else {
                area(left)
            },
            text: format!(
                "拆除腾出 {} ㎡，已安排 {} ㎡，{rest}",
                area(freed),
                area(self.used)
            ),
        }
    }
}

/// The ground of a version: structures that go against what stands on 拆出来的地 then.
pub(super) fn ground(version: &Version, demolished: &[Demolished]) -> Ground {
    let freed = demolished
        .iter()
        .filter(|gone| matches!(gone.asset.kind, KindCode::Outbuilding | KindCode::CycleShed))
        .filter_map(|gone| gone.asset.measures.area_dm2)
        .reduce(|sum, area| sum + area);
    let used = version
        .effects
        .iter()
        .filter(|loaded| {
            loaded.effect.action == Action::Create
                && Fields::of(KindCode::Effect, &loaded.row.values).text("ground") == "freed"
        })
        .filter_map(|loaded| loaded.effect.measures.area_dm2)
        .sum();
    Ground { freed, used }
}

fn told(
    severity: Severity,
    text: impl Into<String>,
    next: &str,
    item: Option<String>,
) -> PlanFinding {
    PlanFinding {
        severity,
        text: text.into(),
        next_step: next.to_owned(),
        item,
    }
}

/// The findings of a version, worst first, and its ground.
pub(super) fn findings(
    conn: &Connection,
    version: &Version,
) -> Result<(Vec<PlanFinding>, Ground), ApiError> {
    let effects: Vec<_> = version
        .effects
        .iter()
        .map(|loaded| loaded.effect.clone())
        .collect();
    let assets = load_assets(conn, version.compound)?;
    let state = comparison::apply(&assets, &effects, Stage::Proposed);
    let mut found: Vec<PlanFinding> = state
        .findings
        .iter()
        .map(|finding| effect_finding(version, finding))
        .collect();
    found.extend(order_findings(conn, version)?);
    let ground = ground(version, &state.demolished);
    if let Some(left) = ground.left()
        && left < 0
    {
        found.push(told(
            Severity::Error,
            format!("建得比腾出来的多：{}", ground.told().text),
            "减少新建的面积，多拆一些，或者把“用什么地”改为空地、占用绿地等实际用的地。",
            None,
        ));
    }
    found.extend(item_findings(version));
    found.sort_by_key(|finding| finding.severity);
    Ok((found, ground))
}

/// Findings that have to be solved before a version can be published.
pub(crate) fn errors(conn: &Connection, version: &Version) -> Result<usize, ApiError> {
    let (found, _) = findings(conn, version)?;
    let errors = found.iter().filter(|one| one.severity == Severity::Error);
    Ok(errors.count())
}

fn effect_finding(version: &Version, finding: &Finding) -> PlanFinding {
    let (name, next) = match finding {
        Finding::DemolishedTwice { work_item, .. } => (
            work_item,
            "同一处只能拆一次：在两项内容里留一处，把另一处的这条效果删掉。",
        ),
        Finding::AlteredAfterDemolition { work_item, .. } => (
            work_item,
            "要么不拆，要么不改：删掉其中一条效果；拆了再建的，改成“新增”。",
        ),
        Finding::AlteredTwice { work_item, .. } => (
            work_item,
            "同一处的同一个数只能由一项内容改：留一处，把另一处的这条效果删掉或者改成一样。",
        ),
        Finding::TooManyRooms { label, .. } => {
            return told(
                Severity::Error,
                wording::finding(finding),
                "核对台账里的间数，或者把要拆的间数改小。",
                version
                    .effects
                    .iter()
                    .find(|loaded| {
                        loaded
                            .row
                            .references
                            .iter()
                            .flatten()
                            .any(|one| one == label)
                    })
                    .map(|loaded| loaded.effect.work_item.to_string()),
            );
        }
        Finding::TargetMissing { work_item } => (
            work_item,
            "对象已经不在台账里：重新选一个，或者删掉这条效果。",
        ),
    };
    let item = version
        .items
        .iter()
        .find(|row| item(row).text("name") == name)
        .map(|row| row.id.to_string());
    told(Severity::Error, wording::finding(finding), next, item)
}

fn order_findings(conn: &Connection, version: &Version) -> Result<Vec<PlanFinding>, ApiError> {
    let name = |at: usize| {
        version
            .items
            .get(at)
            .map_or("", |row| item(row).text("name"))
    };
    let id = |at: usize| version.items.get(at).map(|row| row.id.to_string());
    let mut found = Vec::new();
    let waits = version.pairs(conn, "after")?;
    if let Some(circle) = cycle(version.items.len(), &waits) {
        let names: Vec<String> = circle.iter().map(|at| format!("“{}”", name(*at))).collect();
        found.push(told(
            Severity::Error,
            format!("{}互相等着先做，谁也开不了工", names.join("、")),
            "到“先后与取舍”里删掉其中一条。",
            circle.first().and_then(|at| id(*at)),
        ));
    }
    for (item, first) in waits {
        let days = |at: usize, code: &str| {
            let row = version.items.get(at)?;
            Some(self::item(row).text(code).to_owned()).filter(|day| !day.is_empty())
        };
        if let (Some(start), Some(end)) = (days(item, "startOn"), days(first, "endOn"))
            && start < end
        {
            found.push(told(
                Severity::Warning,
                format!(
                    "“{}”{}开工，早于要先做的“{}”完工（{}）",
                    name(item),
                    crate::text::long_date(Some(&start)),
                    name(first),
                    crate::text::long_date(Some(&end))
                ),
                "调整两项的计划日期。",
                id(item),
            ));
        }
    }
    let chosen = vec![true; version.items.len()];
    for clash in clashes(&chosen, &version.pairs(conn, "instead")?) {
        found.push(told(
            Severity::Error,
            format!(
                "“{}”和“{}”只能做一个，两项都在方案里",
                name(clash.one),
                name(clash.other)
            ),
            "去掉其中一项；要比较的，另做一个比选方案。",
            id(clash.one),
        ));
    }
    Ok(found)
}

fn item_findings(version: &Version) -> Vec<PlanFinding> {
    let mut found = Vec::new();
    for row in &version.items {
        let fields = item(row);
        let name = fields.text("name");
        let id = || Some(row.id.to_string());
        if fields.integer("unitPrice").is_some() && fields.text("measure").is_empty() {
            found.push(told(
                Severity::Error,
                format!("“{name}”写了单价，没写单位"),
                "写明单价是每间、每㎡还是每米的。",
                id(),
            ));
        }
        if estimate_fen(row).is_none() {
            found.push(told(
                Severity::Warning,
                format!("“{name}”没有估算，不计入总投资"),
                "填数量和单价，或者直接填估算。",
                id(),
            ));
        }
        if let (Some(done), Some(planned)) =
            (fields.integer("quantityDone"), fields.integer("quantity"))
            && done > planned
        {
            found.push(told(
                Severity::Warning,
                format!(
                    "“{name}”完成 {} {}，比计划的 {} 还多",
                    super::quantity(done),
                    fields.text("measure"),
                    super::quantity(planned)
                ),
                "核对完成数量；确实多做了的，做一版变更。",
                id(),
            ));
        }
        if !version
            .effects
            .iter()
            .any(|loaded| loaded.effect.work_item == row.id)
        {
            found.push(told(
                Severity::Note,
                format!("“{name}”没有写明效果，不计入前后对比"),
                "点“写明效果”或者“选择要拆的”。",
                id(),
            ));
        }
    }
    found
}
