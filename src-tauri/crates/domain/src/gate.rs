//! 阶段与关口: what a compound must show before it leaves each of the twelve stages (domain.md §12, §3.3).
//!
//! A condition is counted from the ledger, or confirmed by a person when no ledger can tell. A
//! person may also decide an exception, with the reason.

use crate::standard::{Bound, Unit, Verdict};

/// A condition of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Condition {
    /// Code, stable.
    pub code: &'static str,
    /// Stage that it closes, 0 to 11.
    pub stage: usize,
    /// What it asks; `{0}` stands for the limit.
    pub asks: &'static str,
    /// The limit as people write it, empty for none.
    pub value: &'static str,
    /// Unit of the limit.
    pub unit: Unit,
    /// Where it comes from.
    pub source: &'static str,
    /// Where it is mended: `plan`, `ledger:opinion`, `compound:feeRate` …
    pub mends: &'static str,
    /// Only a person can tell.
    pub confirmed: bool,
}

const fn counted(
    code: &'static str,
    stage: usize,
    asks: &'static str,
    limit: (&'static str, Unit),
    source: &'static str,
    mends: &'static str,
) -> Condition {
    Condition {
        code,
        stage,
        asks,
        value: limit.0,
        unit: limit.1,
        source,
        mends,
        confirmed: false,
    }
}

const fn confirmed(
    code: &'static str,
    stage: usize,
    asks: &'static str,
    mends: &'static str,
) -> Condition {
    Condition {
        code,
        stage,
        asks,
        value: "",
        unit: Unit::None,
        source: "工作惯例",
        mends,
        confirmed: true,
    }
}

const NONE: (&str, Unit) = ("", Unit::None);
const CUSTOM: &str = "工作惯例";

/// Keeps the table a table.
macro_rules! table {
    ($($condition:expr),* $(,)?) => { &[$($condition),*] };
}

/// Every condition, by stage.
pub const CONDITIONS: &[Condition] = table! {
    counted("builtYear", 0, "建成年份不晚于 {0} 年（2000 年底前的优先）", ("2005", Unit::Count("年")),
        "国办发〔2020〕23号；豫建城建〔2020〕475号", "compound:builtTo"),
    counted("danger", 0, "没有 C、D 级危房（有的另走危房处置）", NONE, CUSTOM, "ledger:building"),
    confirmed("notExpropriated", 0, "不在征收、拆除新建范围内", "compound:programme"),
    counted("archive", 1, "档案常报内容填齐 {0} 以上", ("90%", Unit::Share), CUSTOM, "check"),
    counted("buildings", 1, "每栋楼都有房屋记录", NONE, CUSTOM, "ledger:building"),
    counted("visited", 2, "入户率不低于 {0}", ("75%", Unit::Share), "通辽做法，请按当地要求改", "visits"),
    counted("agreeing", 2, "同意改造的户不少于 {0}", ("2/3", Unit::Share), "仪征做法，请按当地要求改", "visits"),
    counted("hasPlan", 3, "有改造方案", NONE, CUSTOM, "plan"),
    counted("problems", 3, "安全类、基础类问题都有改造内容或者写明理由", NONE, CUSTOM, "ledger:problem"),
    counted("costed", 3, "每项内容都有估算", NONE, CUSTOM, "plan"),
    counted("standards", 3, "规范检查没有不达标", NONE, CUSTOM, "standard"),
    counted("notice", 4, "公示满 {0} 天", ("7", Unit::Count("天")), "各地 5 到 15 天，按当地要求改", "planRecord"),
    counted("opinions", 4, "意见都答复了，不采纳、部分采纳的写了理由", NONE, CUSTOM, "ledger:opinion"),
    counted("decisions", 5, "要业主决定的内容都表决通过", NONE, "民法典第二百七十八条", "ballots"),
    counted("budgeted", 6, "每项内容都有预算", NONE, CUSTOM, "plan"),
    counted("funds", 6, "计划资金不少于造价", NONE, CUSTOM, "ledger:fund"),
    confirmed("approved", 6, "申报材料齐全，批复已下达", "compound:programme"),
    counted("demolished", 7, "方案要拆的都已拆除", NONE, CUSTOM, "ledger:outbuilding"),
    counted("pipeCompanies", 7, "管线内容都写明管线单位", NONE, "物业管理条例第五十一条", "plan"),
    confirmed("toldResidents", 7, "施工告知已张贴", "plan"),
    confirmed("pipesBriefed", 7, "管线单位已交底", "plan"),
    counted("completed", 8, "各项内容都已完成", NONE, CUSTOM, "plan"),
    confirmed("safe", 8, "没有未了结的安全问题和投诉", "plan"),
    counted("measured", 9, "各项内容都量了完成数量", NONE, CUSTOM, "plan"),
    counted("settled", 9, "各项内容都有决算", NONE, CUSTOM, "plan"),
    confirmed("accepted", 9, "五方、社区和居民代表验收，整改完", "plan"),
    confirmed("handedOver", 9, "资产移交清单已签", "plan"),
    counted("asked", 10, "完工以后回访的户数不少于 {0}", ("30%", Unit::Share), CUSTOM, "survey"),
    counted("satisfied", 10, "满意的不低于 {0}", ("90%", Unit::Share), "各地目标不同，请按当地要求改", "survey"),
    counted("management", 11, "定了物业模式", NONE, CUSTOM, "compound:management"),
    counted("fee", 11, "定了物业费", NONE, CUSTOM, "compound:feeRate"),
    confirmed("covenant", 11, "管理规约已通过", "ballots"),
};

impl Condition {
    /// What its limit is called among the parameters.
    #[must_use]
    pub fn label(&self) -> &'static str {
        match self.code {
            "builtYear" => "纳入改造的最晚建成年份",
            "archive" => "档案填齐的比例",
            "visited" => "入户率",
            "agreeing" => "同意改造的比例",
            "notice" => "公示天数",
            "asked" => "回访户数的比例",
            "satisfied" => "满意的比例",
            _ => self.asks,
        }
    }
}

/// Finds a condition by its code.
#[must_use]
pub fn condition(code: &str) -> Option<&'static Condition> {
    CONDITIONS.iter().find(|condition| condition.code == code)
}

/// What a part of a whole is, both counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Of {
    /// So many …
    pub part: i64,
    /// … of so many.
    pub whole: i64,
}

/// What the ledger says to the gates.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GateFacts {
    /// 最晚建成年份.
    pub built_to: Option<i64>,
    /// C、D 级的楼 of all.
    pub dangerous: Of,
    /// Cells that are usually asked for: filled of all.
    pub archive: Of,
    /// Buildings with dwellings of all.
    pub buildings: Of,
    /// Households that said something of all.
    pub visited: Of,
    /// Households that agree of all.
    pub agreeing: Of,
    /// There is a plan.
    pub plan: bool,
    /// Problems of 安全类 and 基础类 that are answered, of all.
    pub problems: Of,
    /// Work items with an estimate, of all.
    pub costed: Of,
    /// Rules that the plan does not meet, and those that cannot be told.
    pub unmet: i64,
    /// Rules that cannot be told.
    pub untold: i64,
    /// Days of notice that are over; none without both dates.
    pub notice_days: Option<i64>,
    /// The notice is still running.
    pub notice_running: bool,
    /// Opinions answered of all.
    pub opinions: Of,
    /// Work items that owners decided, of those that they must decide.
    pub decisions: Of,
    /// 计划资金 and 造价, 分; the cost is none when no item has one.
    pub funds_fen: i64,
    /// 造价, 分: the budget of each item, its estimate where there is none.
    pub cost_fen: Option<i64>,
    /// Work items with a budget, of all.
    pub budgeted: Of,
    /// Work items with a final account, of all.
    pub settled: Of,
    /// Structures demolished, of those that the plan demolishes.
    pub demolished: Of,
    /// Items about pipes with their company, of all such.
    pub pipes: Of,
    /// Items completed of all.
    pub completed: Of,
    /// Items whose done quantity was measured, of all.
    pub measured: Of,
    /// Households that were asked how content they are since the last work was completed, of all.
    pub asked: Of,
    /// Content ones, of those who said.
    pub satisfied: Of,
    /// A way of management was chosen; none when nobody filled it in.
    pub managed: Option<bool>,
    /// 物业费 is filled in.
    pub fee: bool,
}

fn all(of: Of, counter: &str, nothing: Verdict) -> (Verdict, String) {
    let Of { part, whole } = of;
    if whole == 0 {
        return (nothing, "没有".to_owned());
    }
    let told = if part >= whole {
        format!("{whole} {counter}都齐了")
    } else {
        format!("{whole} {counter}，还差 {} {counter}", whole - part)
    };
    (Verdict::of(part >= whole), told)
}

fn share(of: Of, bound: Option<Bound>, counter: &str) -> (Verdict, String) {
    let Some(bound) = bound else {
        return (Verdict::Unknown, "没有填写可以比较的限值".to_owned());
    };
    if of.whole == 0 {
        return (Verdict::Unknown, "还没有可以计算的数".to_owned());
    }
    let percent = crate::fixed::ratio(Some(of.part), Some(of.whole), 10_000).unwrap_or(0);
    let missing = (bound.needed(of.whole) - of.part).max(0);
    let short = if missing > 0 {
        format!("，还差 {missing} {counter}")
    } else {
        String::new()
    };
    (
        Verdict::of(bound.reached(of.part, of.whole)),
        format!(
            "{} / {} {counter}，{}{short}",
            of.part,
            of.whole,
            Unit::Share.show(percent)
        ),
    )
}

/// What the ledger says to a condition, with the figures. One that only a person can tell is
/// unknown until somebody confirms it.
#[must_use]
pub fn judge(condition: &Condition, facts: &GateFacts, bound: Option<Bound>) -> (Verdict, String) {
    match condition.code {
        "builtYear" => match (facts.built_to, bound) {
            (Some(year), Some(bound)) => {
                let what = if year <= 2_000 {
                    "优先纳入"
                } else {
                    "有条件纳入"
                };
                let met = bound.kept(year, 1);
                let note = if met { what } else { "不在范围内" };
                (Verdict::of(met), format!("最晚 {year} 年建成，{note}"))
            }
            _ => (Verdict::Unknown, "没有填最晚建成年份".to_owned()),
        },
        "danger" => {
            let Of { part, whole } = facts.dangerous;
            match (part, whole) {
                (_, 0) => (Verdict::Unknown, "还没有楼栋".to_owned()),
                (0, whole) => (Verdict::Met, format!("{whole} 栋，没有登记为 C、D 级的")),
                (part, whole) => (
                    Verdict::Unmet,
                    format!("{whole} 栋里有 {part} 栋是 C、D 级"),
                ),
            }
        }
        "archive" => share(facts.archive, bound, "格"),
        "buildings" => all(facts.buildings, "栋", Verdict::Unknown),
        "visited" => share(facts.visited, bound, "户"),
        "agreeing" => share(facts.agreeing, bound, "户"),
        "hasPlan" => (
            Verdict::of(facts.plan),
            if facts.plan { "有" } else { "还没有" }.to_owned(),
        ),
        "problems" => all(facts.problems, "个问题", Verdict::Met),
        "costed" => all(facts.costed, "项", Verdict::Unknown),
        "budgeted" => all(facts.budgeted, "项", Verdict::Unknown),
        "settled" => all(facts.settled, "项", Verdict::Unknown),
        "standards" if !facts.plan => (Verdict::Unknown, "还没有方案".to_owned()),
        "standards" => (
            Verdict::of(facts.unmet == 0),
            format!("不达标 {} 项，缺数据 {} 项", facts.unmet, facts.untold),
        ),
        "notice" => match (facts.notice_days, bound) {
            (Some(days), _) if facts.notice_running => {
                (Verdict::Unmet, format!("公示 {days} 天，还没有结束"))
            }
            (Some(days), Some(bound)) => (
                Verdict::of(bound.reached(days, 1)),
                format!("公示了 {days} 天"),
            ),
            _ => (Verdict::Unknown, "没有填公示开始、结束日期".to_owned()),
        },
        "opinions" => all(facts.opinions, "条意见", Verdict::Met),
        "decisions" => all(facts.decisions, "项", Verdict::Met),
        "funds" => match facts.cost_fen {
            None => (Verdict::Unknown, "内容还没有估算".to_owned()),
            Some(cost) => {
                let wan = |fen: i64| crate::fixed::format_grouped((fen + 5_000) / 10_000, 2);
                let gap = cost - facts.funds_fen;
                let short = if gap > 0 {
                    format!("，还差 {} 万元", wan(gap))
                } else {
                    String::new()
                };
                (
                    Verdict::of(gap <= 0),
                    format!(
                        "计划资金 {} 万元，造价 {} 万元{short}",
                        wan(facts.funds_fen),
                        wan(cost)
                    ),
                )
            }
        },
        "demolished" => all(facts.demolished, "处", Verdict::Met),
        "pipeCompanies" => all(facts.pipes, "项", Verdict::Met),
        "completed" => all(facts.completed, "项", Verdict::Unknown),
        "measured" => all(facts.measured, "项", Verdict::Unknown),
        "asked" => share(facts.asked, bound, "户"),
        "satisfied" => share(facts.satisfied, bound, "份"),
        "management" => match facts.managed {
            None => (Verdict::Unknown, "没有填物业模式".to_owned()),
            Some(true) => (Verdict::Met, "已定".to_owned()),
            Some(false) => (Verdict::Unmet, "现在是无物业".to_owned()),
        },
        "fee" => (
            if facts.fee {
                Verdict::Met
            } else {
                Verdict::Unknown
            },
            if facts.fee {
                "已填"
            } else {
                "没有填物业费"
            }
            .to_owned(),
        ),
        _ => (Verdict::Unknown, "要有人确认".to_owned()),
    }
}

#[cfg(test)]
mod tests;
