//! The comparison of scenarios in people's words.

use jiugai_domain::indicator::{Better, Indicator};
use jiugai_domain::{KindCode, fixed};

use super::report::{DECISIONS, Drawn, ScenarioReport, draw, months};
use crate::assets;
use crate::charts::HEADLINE;
use crate::comparison::{items_of, signed};
use crate::plan::{plan_row, wan_yuan};
use crate::text::{key, keys};
use crate::wire::{ScenarioCell, ScenarioGroup, ScenarioRow, ScenarioView, Stage};
use crate::{ApiError, Session};

/// Classes in the order of the plan.
const CLASSES: [(&str, &str); 5] = [
    ("safety", "其中安全类"),
    ("basic", "其中基础类"),
    ("improvement", "其中完善类"),
    ("upgrade", "其中提升类"),
    ("", "其中没有分类"),
];
/// Indicators that scenarios are compared by, besides those of the charts.
const MORE: [&str; 6] = [
    "freedArea",
    "parkingGap",
    "carChargers",
    "greenArea",
    "activityArea",
    "fireLaneMinWidth",
];

impl Session {
    /// Scenarios side by side; without plans the newest version of each scenario.
    ///
    /// # Errors
    /// `notFound`.
    pub fn scenario_compare(
        &self,
        compound: &str,
        plans: &[String],
    ) -> Result<ScenarioView, ApiError> {
        let conn = self.connection()?;
        let compound = key(compound)?;
        let drawn = draw(conn, compound, &keys(plans)?)?;
        let mut all = Vec::new();
        for row in assets::rows(conn, KindCode::Plan, compound)? {
            all.push(plan_row(&row, &items_of(conn, compound, row.id)?));
        }
        let groups = vec![
            costs(&drawn),
            voices(&drawn),
            decisions(&drawn),
            indicators(&drawn),
        ];
        Ok(ScenarioView {
            compound: compound.to_string(),
            compound_name: drawn.report.compound.clone(),
            plans: all,
            columns: drawn
                .versions
                .iter()
                .map(|(version, _)| plan_row(&version.row, &version.items))
                .collect(),
            groups,
            band: drawn.band.told(),
            notes: notes(&drawn),
        })
    }
}

fn notes(drawn: &Drawn) -> Vec<String> {
    let mut notes = Vec::new();
    if drawn.unlinked > 0 {
        notes.push(format!(
            "有 {} 条诉求还没有对到改造内容，算作没有满足。到“诉求汇总”里逐条对上。",
            drawn.unlinked
        ));
    }
    if drawn.report.gross_floor_area_dm2.is_none() {
        notes.push("房屋的建筑面积没有填写，单方造价算不出来。".to_owned());
    }
    notes
}

fn row(
    drawn: &Drawn,
    label: &str,
    unit: &str,
    formula: &str,
    cell: impl Fn(&ScenarioReport) -> ScenarioCell,
) -> ScenarioRow {
    ScenarioRow {
        label: label.to_owned(),
        unit: unit.to_owned(),
        formula: formula.to_owned(),
        cells: drawn.report.scenarios.iter().map(cell).collect(),
    }
}

/// Marks the best of the known values, unless all are the same.
fn marked(mut row: ScenarioRow, values: &[Option<i64>], better: Better) -> ScenarioRow {
    let known = || values.iter().flatten().copied();
    let best = match better {
        Better::Higher => known().max(),
        Better::Lower => known().min(),
        Better::Neutral => None,
    };
    if known().min() != known().max() {
        for (cell, value) in row.cells.iter_mut().zip(values) {
            cell.best = value.is_some() && *value == best;
        }
    }
    row
}

fn told(text: Option<String>, note: String) -> ScenarioCell {
    ScenarioCell {
        text: text.unwrap_or_else(|| "—".to_owned()),
        note,
        ..ScenarioCell::default()
    }
}

fn costs(drawn: &Drawn) -> ScenarioGroup {
    let values = |of: fn(&ScenarioReport) -> Option<i64>| -> Vec<Option<i64>> {
        drawn.report.scenarios.iter().map(of).collect()
    };
    let missing = |one: &ScenarioReport| match one.unestimated {
        0 => String::new(),
        count => format!("{count} 项没有估算，没算进来"),
    };
    let total = row(
        drawn,
        "估算合计",
        "万元",
        "各项估算相加",
        |one| ScenarioCell {
            warn: one.unestimated > 0,
            ..told(one.cost_fen.map(wan_yuan), missing(one))
        },
    );
    let household = row(
        drawn,
        "每户",
        "万元/户",
        "估算合计 ÷ 户数",
        |one| {
            let band = drawn.band.told();
            let note = match one.cost_in_band {
                Some("below") => format!("低于参考下限 {}", band.low),
                Some("above") => format!("高于参考上限 {}", band.high),
                Some(_) => format!("在参考区间 {}–{} 内", band.low, band.high),
                None => String::new(),
            };
            ScenarioCell {
                warn: one.cost_in_band.is_some_and(|place| place != "within"),
                ..told(one.cost_per_household_fen.map(wan_yuan), note)
            }
        },
    );
    let area = row(
        drawn,
        "每平方米",
        "元/㎡",
        "估算合计 ÷ 房屋建筑面积",
        |one| {
            told(
                one.cost_per_area_fen
                    .map(|fen| fixed::format_grouped(fen, 2)),
                String::new(),
            )
        },
    );
    let mut rows = vec![
        marked(total, &values(|one| one.cost_fen), Better::Lower),
        marked(
            household,
            &values(|one| one.cost_per_household_fen),
            Better::Lower,
        ),
        marked(area, &values(|one| one.cost_per_area_fen), Better::Lower),
    ];
    for (class, label) in CLASSES {
        let of = |one: &ScenarioReport| one.cost_by_class_fen.get(class).copied();
        if drawn.report.scenarios.iter().any(|one| of(one).is_some()) {
            rows.push(row(drawn, label, "万元", "", |one| {
                told(Some(wan_yuan(of(one).unwrap_or(0))), String::new())
            }));
        }
    }
    rows.push(row(
        drawn,
        "已落实的资金",
        "万元",
        "各来源计划资金相加",
        |one| {
            let gap = one
                .cost_fen
                .zip(one.funds_fen)
                .map(|(cost, funds)| cost - funds);
            ScenarioCell {
                warn: gap.is_some_and(|gap| gap > 0),
                ..told(
                    one.funds_fen.map(wan_yuan),
                    match gap {
                        Some(gap) if gap > 0 => format!("还差 {}", wan_yuan(gap)),
                        Some(gap) if gap < 0 => format!("多出 {}", wan_yuan(-gap)),
                        Some(_) => "正好".to_owned(),
                        None => "还没有资金安排".to_owned(),
                    },
                )
            }
        },
    ));
    let days = row(
        drawn,
        "工期",
        "个月",
        "计划开工到计划完工，不满一个月算一个月",
        |one| {
            let note = one.days.map_or_else(
                || "开工、完工日期没有填".to_owned(),
                |days| format!("{days} 天"),
            );
            told(one.days.map(|days| months(days).to_string()), note)
        },
    );
    rows.push(marked(days, &values(|one| one.days), Better::Lower));
    ScenarioGroup {
        title: "花多少、多久".to_owned(),
        rows,
    }
}

fn voices(drawn: &Drawn) -> ScenarioGroup {
    let values = |of: fn(&ScenarioReport) -> i64| -> Vec<Option<i64>> {
        let all = drawn.report.scenarios.iter();
        all.map(|one| Some(of(one))).collect()
    };
    let share = row(
        drawn,
        "满足诉求",
        "%",
        "有改造内容办的“要” ÷ 全部“要”",
        |one| {
            told(
                one.wishes.share_bp.map(|share| fixed::format(share, 2)),
                format!("{} 条中的 {} 条", one.wishes.wanted, one.wishes.met),
            )
        },
    );
    let weight = row(
        drawn,
        "诉求得分",
        "分",
        "第1位 3 分、第2位 2 分、其他 1 分，反对的照样扣",
        |one| {
            told(
                Some(one.wishes.weight.to_string()),
                format!("满分 {}", one.wishes.weight_of_all),
            )
        },
    );
    let against = row(
        drawn,
        "反对",
        "条",
        "对方案里要办的事说“不要”的",
        |one| told(Some(one.wishes.against.to_string()), String::new()),
    );
    ScenarioGroup {
        title: "居民怎么说".to_owned(),
        rows: vec![
            marked(share, &values(|one| one.wishes.met), Better::Higher),
            marked(weight, &values(|one| one.wishes.weight), Better::Higher),
            marked(against, &values(|one| one.wishes.against), Better::Lower),
        ],
    }
}

fn decisions(drawn: &Drawn) -> ScenarioGroup {
    let label = |code: &str| {
        let all = drawn.report.scenarios.iter().flat_map(|one| &one.decisions);
        all.filter(|one| one.decision == code)
            .map(|one| one.label)
            .next()
    };
    let mut rows: Vec<ScenarioRow> = DECISIONS
        .into_iter()
        .filter_map(|code| {
            Some(row(
                drawn,
                label(code)?,
                "项",
                "供参考，以法律意见为准",
                |one| {
                    let found = one.decisions.iter().find(|other| other.decision == code);
                    told(
                        Some(found.map_or(0, |found| found.items.len()).to_string()),
                        found.map_or_else(String::new, |found| found.items.join("、")),
                    )
                },
            ))
        })
        .collect();
    let values = |of: fn(&ScenarioReport) -> i64| -> Vec<Option<i64>> {
        let all = drawn.report.scenarios.iter();
        all.map(|one| Some(of(one))).collect()
    };
    let unmet = row(
        drawn,
        "规范检查不达标",
        "项",
        "按启用的要求查方案；到“规范检查”里看是哪些",
        |one| ScenarioCell {
            warn: one.standards.unmet > 0,
            ..told(
                Some(one.standards.unmet.to_string()),
                match one.standards.unknown {
                    0 => String::new(),
                    unknown => format!("另有 {unknown} 项缺数据"),
                },
            )
        },
    );
    rows.push(marked(
        unmet,
        &values(|one| one.standards.unmet),
        Better::Lower,
    ));
    rows.push(row(
        drawn,
        "自相矛盾",
        "处",
        "拆两遍、改已经拆掉的、先后成圈、地不够……",
        |one| ScenarioCell {
            warn: one.findings > 0,
            ..told(
                Some(one.findings.to_string()),
                if one.findings > 0 {
                    "到“改造方案”的“要先解决的”里看".to_owned()
                } else {
                    String::new()
                },
            )
        },
    ));
    ScenarioGroup {
        title: "要做哪些决定".to_owned(),
        rows,
    }
}

fn indicators(drawn: &Drawn) -> ScenarioGroup {
    let rows = HEADLINE
        .iter()
        .chain(&MORE)
        .filter_map(|code| Indicator::from_code(code))
        .filter_map(|indicator| {
            let values: Vec<(Option<i64>, Option<i64>)> = drawn
                .versions
                .iter()
                .map(|(_, compared)| {
                    let at = |stage| {
                        let figure = compared.figure(stage, indicator.code);
                        figure.and_then(|figure| figure.value)
                    };
                    (at(Stage::Baseline), at(Stage::Proposed))
                })
                .collect();
            let seen = values
                .iter()
                .any(|(before, after)| before.unwrap_or(0) != 0 || after.unwrap_or(0) != 0);
            let cells = values.iter().map(|(before, after)| {
                let change = before.zip(*after).map(|(before, after)| after - before);
                told(
                    after.map(|after| indicator.format(after)),
                    match (before, change) {
                        (Some(_), Some(0)) => "不变".to_owned(),
                        (Some(before), Some(change)) => format!(
                            "改造前 {}（{}）",
                            indicator.format(*before),
                            signed(indicator, change)
                        ),
                        _ => String::new(),
                    },
                )
            });
            let after: Vec<Option<i64>> = values.iter().map(|(_, after)| *after).collect();
            let row = ScenarioRow {
                label: indicator.label.to_owned(),
                unit: indicator.unit.to_owned(),
                formula: String::new(),
                cells: cells.collect(),
            };
            seen.then(|| marked(row, &after, indicator.better))
        })
        .collect();
    ScenarioGroup {
        title: "改成什么样".to_owned(),
        rows,
    }
}
