//! 统计指标 S01 to S15: what 城镇老旧小区改造 statistics ask for (统计调查制度; domain §6), as data.
//!
//! A statistic is made for one compound by [`Statistic::of`]; those of several compounds are added,
//! rates are made from the sums. Nothing is typed: each tells from what it is derived.

use crate::comparison::{Asset, Figure, Stage};
use crate::{KindCode, fixed};

/// How far a compound has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// 列入计划.
    Planned,
    /// 已开工.
    Started,
    /// 已完工.
    Completed,
}

/// How a statistic is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// The compound itself counts one when it has come so far.
    Compounds(Phase),
    /// Its households count when it has come so far.
    Households(Phase),
    /// 栋.
    Buildings,
    /// 建筑面积.
    FloorArea,
    /// Estimates of the items completed in the year.
    Investment,
    /// Length of pipes that the plan lays anew or alters.
    Pipes(Stage),
    /// Value of an indicator at a stage.
    Value(&'static str, Stage),
    /// How much more of an indicator there is than before, not below zero.
    Gain(&'static str, Stage),
    /// New concentrated green spaces.
    PocketParks(Stage),
    /// One statistic per another, in basis points.
    Rate(&'static str, &'static str),
    /// The ledger keeps nothing of it.
    NotKept,
}

/// One statistic.
#[derive(Debug, PartialEq, Eq)]
pub struct Statistic {
    /// Code, stable: `S01Planned`.
    pub code: &'static str,
    /// Number in the official list: `S01`.
    pub number: &'static str,
    /// What people read.
    pub label: &'static str,
    /// Unit as the stored integer is shown.
    pub unit: &'static str,
    /// `count`, `dm2`, `mm`, `fen` or `bp`.
    pub unit_code: &'static str,
    /// Other words of forms for it.
    pub synonyms: &'static [&'static str],
    /// From what it is derived, for people.
    pub derivation: &'static str,
    /// The same as a rule.
    pub rule: Rule,
}

/// What is known of a compound.
#[derive(Debug, Clone, Copy)]
pub struct Status<'a> {
    /// Position of its stage (推进阶段) in the list of stages; none when not set.
    pub stage: Option<usize>,
    /// 纳入计划 is filled in.
    pub programmed: bool,
    /// 户.
    pub households: i64,
    /// 栋.
    pub buildings: i64,
    /// 建筑面积 in 0.01 ㎡.
    pub floor_area_dm2: Option<i64>,
    /// Estimates of the items completed in the year, in 分; none when one of them has no estimate.
    pub invested_fen: Option<i64>,
    /// Indicators before.
    pub baseline: &'a [Figure],
    /// Indicators under the plan; none without plan.
    pub proposed: Option<(&'a [Figure], &'a [Asset])>,
    /// Indicators of what is completed; none without plan.
    pub as_built: Option<(&'a [Figure], &'a [Asset])>,
}

/// Positions in the list of stages.
const APPROVAL: usize = 6;
const CONSTRUCTION: usize = 8;
const ACCEPTANCE: usize = 9;

/// A value, or what is missing for it, in people's words.
pub type Told = Result<i64, &'static str>;

impl Statistic {
    /// Finds a statistic by code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<&'static Self> {
        STATISTICS.iter().find(|statistic| statistic.code == code)
    }

    /// The statistic of these compounds together.
    ///
    /// # Errors
    /// What is missing.
    pub fn of(&self, compounds: &[Status<'_>]) -> Told {
        if let Rule::Rate(above, below) = self.rule {
            let sum = |code| Self::from_code(code).map_or(Err(NOT_KEPT), |part| part.of(compounds));
            return fixed::ratio(Some(sum(above)?), Some(sum(below)?), 10_000)
                .ok_or("计划数是 0，算不出比例");
        }
        compounds
            .iter()
            .map(|compound| one(self.rule, compound))
            .sum()
    }
}

const NOT_KEPT: &str = "台账没有记这一项";
const NO_STAGE: &str = "小区的推进阶段没有填写";
const NO_PLAN: &str = "还没有改造方案";

fn one(rule: Rule, compound: &Status<'_>) -> Told {
    match rule {
        Rule::Compounds(phase) => Ok(i64::from(reached(phase, compound)?)),
        Rule::Households(phase) => Ok(if reached(phase, compound)? {
            compound.households
        } else {
            0
        }),
        Rule::Buildings => Ok(compound.buildings),
        Rule::FloorArea => compound
            .floor_area_dm2
            .ok_or("楼栋、房屋的建筑面积没有填写"),
        Rule::Investment => compound.invested_fen.ok_or("有完成的改造内容没有估算"),
        Rule::Pipes(stage) => at(compound, stage)?
            .1
            .iter()
            .filter(|asset| asset.kind == KindCode::PipeSegment && asset.cause.is_some())
            .map(|asset| asset.measures.length_mm.ok_or("有新建或改造的管线没有长度"))
            .sum(),
        Rule::Value(code, stage) => figure(at(compound, stage)?.0, code),
        Rule::Gain(code, stage) => {
            let after = figure(at(compound, stage)?.0, code)?;
            Ok((after - figure(compound.baseline, code)?).max(0))
        }
        Rule::PocketParks(stage) => {
            let new = at(compound, stage)?.1.iter().filter(|asset| {
                asset.kind == KindCode::GreenSpace
                    && asset.id.is_none()
                    && asset.sort == "concentrated"
            });
            Ok(i64::try_from(new.count()).unwrap_or(i64::MAX))
        }
        Rule::Rate(..) | Rule::NotKept => Err(NOT_KEPT),
    }
}

fn reached(phase: Phase, compound: &Status<'_>) -> Result<bool, &'static str> {
    let needed = match phase {
        Phase::Planned if compound.programmed => return Ok(true),
        Phase::Planned => APPROVAL,
        Phase::Started => CONSTRUCTION,
        Phase::Completed => ACCEPTANCE,
    };
    Ok(compound.stage.ok_or(NO_STAGE)? >= needed)
}

fn at<'a>(
    compound: &Status<'a>,
    stage: Stage,
) -> Result<(&'a [Figure], &'a [Asset]), &'static str> {
    match stage {
        Stage::Baseline => Ok((compound.baseline, &[])),
        Stage::Proposed => compound.proposed.ok_or(NO_PLAN),
        Stage::AsBuilt => compound.as_built.ok_or(NO_PLAN),
    }
}

fn figure(figures: &[Figure], code: &str) -> Told {
    let found = figures.iter().find(|figure| figure.indicator.code == code);
    let figure = found.ok_or(NOT_KEPT)?;
    if figure.unfilled > 0 {
        return Err("有的记录没有填这个数");
    }
    figure.value.ok_or("没有可计算的记录")
}

#[expect(clippy::too_many_arguments, reason = "a line of the table below")]
const fn s(
    code: &'static str,
    number: &'static str,
    label: &'static str,
    unit: &'static str,
    unit_code: &'static str,
    synonyms: &'static [&'static str],
    derivation: &'static str,
    rule: Rule,
) -> Statistic {
    Statistic {
        code,
        number,
        label,
        unit,
        unit_code,
        synonyms,
        derivation,
        rule,
    }
}

const BY_PLAN: &str = "“纳入计划”已填，或推进阶段到了“申报批复”";
const BY_START: &str = "推进阶段到了“施工”；台账不记开工年度，是累计数";
const BY_END: &str = "推进阶段到了“验收移交”；是累计数";
const BY_NEWEST: &str = "最新一版方案的全部内容";
const BY_DONE: &str = "最新一版方案里填了完成日期的内容";

use Phase::{Completed, Planned, Started};
use Stage::{AsBuilt, Proposed};

/// Every statistic, in the order of the official list.
#[rustfmt::skip]
pub const STATISTICS: &[Statistic] = &[
    s("S01Planned", "S01", "计划改造小区数", "个", "count", &["计划小区数", "小区数"], BY_PLAN, Rule::Compounds(Planned)),
    s("S01Started", "S01", "新开工小区数", "个", "count", &["开工小区数", "已开工小区数"], BY_START, Rule::Compounds(Started)),
    s("S01Completed", "S01", "完工小区数", "个", "count", &["已完工小区数", "竣工小区数"], BY_END, Rule::Compounds(Completed)),
    s("S02Planned", "S02", "计划改造户数", "户", "count", &["计划户数"], BY_PLAN, Rule::Households(Planned)),
    s("S02Started", "S02", "新开工户数", "户", "count", &["开工户数", "已开工户数"], BY_START, Rule::Households(Started)),
    s("S02Completed", "S02", "完工户数", "户", "count", &["已完工户数", "竣工户数", "受益户数"], BY_END, Rule::Households(Completed)),
    s("S03", "S03", "楼栋数", "栋", "count", &["栋数", "楼栋", "楼数", "住宅楼栋数"], "楼栋台账的栋数", Rule::Buildings),
    s("S04", "S04", "总建筑面积", "㎡", "dm2", &["建筑面积", "改造面积", "涉及建筑面积"], "各楼栋建筑面积合计，没填的用房屋合计", Rule::FloorArea),
    s("S05", "S05", "年度完成投资", "元", "fen", &["完成投资", "本年完成投资", "年度投资完成额", "累计完成投资"], "今年完成的改造内容的估算合计；台账不分资金来源", Rule::Investment),
    s("S06Planned", "S06", "计划更新改造管线", "m", "mm", &["计划改造管线", "计划管线长度"], BY_NEWEST, Rule::Pipes(Proposed)),
    s("S06Completed", "S06", "完成更新改造管线", "m", "mm", &["更新改造管线", "改造管线", "管线改造", "更新改造水电气热信等管线"], BY_DONE, Rule::Pipes(AsBuilt)),
    s("S07Planned", "S07", "计划加装电梯", "部", "count", &[], BY_NEWEST, Rule::Gain("lifts", Proposed)),
    s("S07Completed", "S07", "完成加装电梯", "部", "count", &["加装电梯", "加装电梯数"], BY_DONE, Rule::Gain("lifts", AsBuilt)),
    s("S08Planned", "S08", "计划建筑节能改造面积", "㎡", "dm2", &["计划节能改造面积"], BY_NEWEST, Rule::Value("insulatedArea", Proposed)),
    s("S08Completed", "S08", "完成建筑节能改造面积", "㎡", "dm2", &["建筑节能改造面积", "节能改造面积"], BY_DONE, Rule::Value("insulatedArea", AsBuilt)),
    s("S09Planned", "S09", "计划增设停车位", "个", "count", &["计划增设车位"], BY_NEWEST, Rule::Gain("parkingSpaces", Proposed)),
    s("S09Completed", "S09", "完成增设停车位", "个", "count", &["增设停车位", "新增停车位", "增设车位"], BY_DONE, Rule::Gain("parkingSpaces", AsBuilt)),
    s("S10Planned", "S10", "计划增设电动汽车充电桩", "个", "count", &["计划汽车充电桩"], BY_NEWEST, Rule::Gain("carChargers", Proposed)),
    s("S10Completed", "S10", "完成增设电动汽车充电桩", "个", "count", &["电动汽车充电桩", "增设汽车充电桩"], BY_DONE, Rule::Gain("carChargers", AsBuilt)),
    s("S11Planned", "S11", "计划增设电动自行车充电桩", "个", "count", &["计划电动自行车充电位"], BY_NEWEST, Rule::Gain("cycleChargingPlaces", Proposed)),
    s("S11Completed", "S11", "完成增设电动自行车充电桩", "个", "count", &["电动自行车充电桩", "增设电动自行车充电桩"], BY_DONE, Rule::Gain("cycleChargingPlaces", AsBuilt)),
    s("S12", "S12", "养老托育等社区服务设施", "个", "count", &["社区服务设施", "养老托育设施", "养老、托育等社区服务设施"], NOT_KEPT, Rule::NotKept),
    s("S13Planned", "S13", "计划增加文体休闲场地", "㎡", "dm2", &[], BY_NEWEST, Rule::Gain("activityArea", Proposed)),
    s("S13Completed", "S13", "完成增加文体休闲场地", "㎡", "dm2", &["文化休闲、体育健身场地", "文体休闲场地", "文化休闲体育健身场地"], BY_DONE, Rule::Gain("activityArea", AsBuilt)),
    s("S14Planned", "S14", "计划口袋公园", "个", "count", &[], "最新一版方案新建的集中绿地；绿道台账没有记", Rule::PocketParks(Proposed)),
    s("S14Completed", "S14", "完成口袋公园", "个", "count", &["口袋公园"], "方案新建并已完成的集中绿地；绿道台账没有记", Rule::PocketParks(AsBuilt)),
    s("S15Compounds", "S15", "开工率（按小区数）", "%", "bp", &["开工率", "小区开工率"], "新开工小区数 ÷ 计划改造小区数", Rule::Rate("S01Started", "S01Planned")),
    s("S15Households", "S15", "开工率（按户数）", "%", "bp", &["户数开工率"], "新开工户数 ÷ 计划改造户数", Rule::Rate("S02Started", "S02Planned")),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RecordId;
    use crate::comparison::{Action, Effect, Facts, Measures, StageState, apply, figures};
    use crate::kinds::choices::STAGE;
    use std::collections::HashSet;

    fn status(stage: &str, programmed: bool, households: i64) -> Status<'static> {
        Status {
            stage: STAGE.iter().position(|choice| choice.code == stage),
            programmed,
            households,
            buildings: 8,
            floor_area_dm2: None,
            invested_fen: Some(0),
            baseline: &[],
            proposed: None,
            as_built: None,
        }
    }

    fn of(code: &str, compounds: &[Status<'_>]) -> Told {
        Statistic::from_code(code).expect("known").of(compounds)
    }

    #[test]
    fn stages_stand_where_the_rules_look_for_them() {
        assert_eq!(STAGE[APPROVAL].code, "approval");
        assert_eq!(STAGE[CONSTRUCTION].code, "construction");
        assert_eq!(STAGE[ACCEPTANCE].code, "acceptance");
    }

    #[test]
    fn each_word_means_one_statistic() {
        let mut seen = HashSet::new();
        for statistic in STATISTICS {
            assert!(statistic.code.starts_with(statistic.number));
            for word in std::iter::once(&statistic.label).chain(statistic.synonyms) {
                assert!(seen.insert(*word), "{word} means two things");
            }
        }
        let numbers: HashSet<_> = STATISTICS
            .iter()
            .map(|statistic| statistic.number)
            .collect();
        assert_eq!(numbers.len(), 15);
    }

    #[test]
    fn compounds_households_and_rates() {
        let compounds = [
            status("construction", false, 307),
            status("acceptance", true, 100),
            status("draftPlan", true, 93),
            status("listed", false, 50),
        ];
        assert_eq!(of("S01Planned", &compounds), Ok(3));
        assert_eq!(of("S01Started", &compounds), Ok(2));
        assert_eq!(of("S02Planned", &compounds), Ok(500));
        assert_eq!(of("S02Completed", &compounds), Ok(100));
        assert_eq!(of("S15Compounds", &compounds), Ok(6667));
        assert_eq!(of("S15Households", &compounds), Ok(8140));
    }

    #[test]
    fn what_is_not_filled_is_not_zero() {
        let unset = status("", false, 307);
        assert_eq!(of("S01Started", &[unset]), Err(NO_STAGE));
        assert_eq!(
            of(
                "S01Planned",
                &[Status {
                    programmed: true,
                    ..unset
                }]
            ),
            Ok(1)
        );
        assert!(of("S04", &[unset]).is_err());
        assert_eq!(of("S09Planned", &[unset]), Err(NO_PLAN));
        assert_eq!(of("S12", &[unset]), Err(NOT_KEPT));
        assert!(of("S15Compounds", &[status("listed", false, 1)]).is_err());
    }

    #[test]
    fn gains_and_pipes_come_from_the_plan() {
        let id = |n: u64| RecordId::new(n, [0; 10]);
        let create = |n, kind, sort: &str, measures| Effect {
            id: id(n),
            work_item: id(n),
            work_item_label: "项".to_owned(),
            action: Action::Create,
            target: None,
            kind: Some(kind),
            name: "新".to_owned(),
            sort: sort.to_owned(),
            measures,
            completed: n == 1,
        };
        let effects = [
            create(
                1,
                KindCode::PipeSegment,
                "sewage",
                Measures {
                    length_mm: Some(120_000),
                    ..Measures::default()
                },
            ),
            create(
                2,
                KindCode::ParkingArea,
                "marked",
                Measures {
                    spaces: Some(40),
                    ..Measures::default()
                },
            ),
            create(
                3,
                KindCode::GreenSpace,
                "concentrated",
                Measures {
                    area_dm2: Some(100),
                    ..Measures::default()
                },
            ),
        ];
        let facts = Facts::default();
        let state = |stage| apply(&[], &effects, stage);
        let all = |state: &StageState| figures(&facts, state);
        let (before, plan, built) = (state(Stage::Baseline), state(Proposed), state(AsBuilt));
        let (baseline, proposed, as_built) = (all(&before), all(&plan), all(&built));
        let compound = Status {
            baseline: &baseline,
            proposed: Some((&proposed, &plan.assets)),
            as_built: Some((&as_built, &built.assets)),
            ..status("construction", true, 307)
        };
        assert_eq!(of("S06Planned", &[compound]), Ok(120_000));
        assert_eq!(of("S06Completed", &[compound]), Ok(120_000));
        assert_eq!(of("S09Planned", &[compound]), Ok(40));
        assert_eq!(of("S09Completed", &[compound]), Ok(0));
        assert_eq!(of("S14Planned", &[compound]), Ok(1));
    }
}
