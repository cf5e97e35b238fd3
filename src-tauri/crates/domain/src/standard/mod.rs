//! 规范检查: the values of law and standards that a compound is measured by, before, as planned
//! and as built.
//!
//! A rule is data: what it asks, its limit, where that stands written and how sure we are of it.
//! How it is measured is a shape of [`Looks`]. What cannot be told names the datum that is missing.

mod access;
mod bound;
mod ground;
mod law;
mod looks;
mod measures;
mod order;
mod rules;
#[cfg(test)]
mod tests;

pub use bound::{Bound, Unit};
pub use order::{Enforcement, Step, earliest_enforcement};
pub use rules::RULES;

use crate::comparison::{Asset, Effect, Facts, Figure, Stage, StageState};
use crate::{KindCode, RecordId};

/// What a rule says about a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// 达标.
    Met,
    /// 不达标.
    Unmet,
    /// 缺数据: cannot be told.
    Unknown,
    /// 不涉及: there is nothing that the rule speaks of.
    Void,
}

impl Verdict {
    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Met => "达标",
            Self::Unmet => "不达标",
            Self::Unknown => "缺数据",
            Self::Void => "不涉及",
        }
    }

    /// The worst of several: 不达标, then 缺数据, then 达标; 不涉及 when there are none.
    #[must_use]
    pub fn worst(verdicts: impl IntoIterator<Item = Self>) -> Self {
        let rank = |verdict| match verdict {
            Self::Void => 0,
            Self::Met => 1,
            Self::Unknown => 2,
            Self::Unmet => 3,
        };
        verdicts
            .into_iter()
            .max_by_key(|verdict| rank(*verdict))
            .unwrap_or(Self::Void)
    }

    /// Met or not.
    #[must_use]
    pub fn of(met: bool) -> Self {
        if met { Self::Met } else { Self::Unmet }
    }
}

/// Where a rule belongs on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Group {
    /// 绿地 (§10.1).
    Green,
    /// 道路与消防 (§10.2).
    Road,
    /// 停车 (§10.3).
    Parking,
    /// 自行车与电动车 (§10.4).
    Cycle,
    /// 无障碍 (§10.5).
    Access,
    /// 日照 (§10.6).
    Sun,
    /// 参考 (§10.7).
    Hint,
    /// 施工顺序与拆除 (§9, §16.5).
    Order,
}

impl Group {
    /// Every group in the order of the screen.
    pub const ALL: [Self; 8] = [
        Self::Green,
        Self::Road,
        Self::Parking,
        Self::Cycle,
        Self::Access,
        Self::Sun,
        Self::Order,
        Self::Hint,
    ];

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Green => "绿地",
            Self::Road => "道路与消防",
            Self::Parking => "停车",
            Self::Cycle => "自行车与电动车",
            Self::Access => "无障碍",
            Self::Sun => "日照",
            Self::Hint => "其他参考",
            Self::Order => "顺序与拆除",
        }
    }
}

/// What stands behind a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Standing {
    /// 法律、法规.
    Statute,
    /// 标准.
    Standard,
    /// 地方规定.
    Local,
    /// 惯例、参考.
    Customary,
}

impl Standing {
    /// As stored among the parameters.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Statute => "statute",
            Self::Standard => "standard",
            Self::Local => "local",
            Self::Customary => "customary",
        }
    }
}

/// How sure the product is of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mark {
    /// The text of the law was read.
    Read,
    /// A public page with the words was read.
    Seen,
    /// Secondary: another collection says so.
    Secondary,
    /// Not verified: such a rule is shipped switched off.
    Unverified,
}

impl Mark {
    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "原文核对过",
            Self::Seen => "公开页面核对过",
            Self::Secondary => "二手资料，请核对",
            Self::Unverified => "未核实",
        }
    }
}

/// How a value stands to its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Compare {
    /// 不小于.
    AtLeast,
    /// 不大于.
    AtMost,
}

/// Whether a rule speaks of an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picked {
    /// It does.
    Yes,
    /// It does not.
    No,
    /// This field would tell.
    Unknown(&'static str),
}

/// How a rule is measured.
#[derive(Debug, Clone, Copy)]
pub enum Looks {
    /// Every asset of the kind that is picked: its field against the limit.
    Each {
        /// Kind.
        kind: KindCode,
        /// Which of them.
        pick: fn(&Asset) -> Picked,
        /// The field that is measured.
        field: &'static str,
        /// How.
        compare: Compare,
    },
    /// Every asset of the kind that is picked: yes or no.
    Flag {
        /// Kind.
        kind: KindCode,
        /// Which of them.
        pick: fn(&Asset) -> Picked,
        /// The field.
        field: &'static str,
        /// What it must say.
        want: bool,
    },
    /// A measure of its own.
    Of(fn(&Scene<'_>, Option<Bound>) -> Outcome),
}

/// A rule.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Code, stable.
    pub code: &'static str,
    /// Where it is shown.
    pub group: Group,
    /// What people call it.
    pub name: &'static str,
    /// What it asks; `{0}` stands for the limit.
    pub requirement: &'static str,
    /// The limit as people write it; what must be so, when it is no number.
    pub value: &'static str,
    /// Unit of the limit.
    pub unit: Unit,
    /// Law or standard.
    pub source: &'static str,
    /// Clause.
    pub clause: &'static str,
    /// Where it holds: `全国`, or a part of the compound's 市区.
    pub region: &'static str,
    /// What stands behind it.
    pub standing: Standing,
    /// How sure the product is.
    pub mark: Mark,
    /// How it is measured.
    pub looks: Looks,
}

impl Rule {
    /// As shipped: what is not verified is switched off.
    #[must_use]
    pub fn enabled(&self) -> bool {
        self.mark != Mark::Unverified
    }

    /// What the rule says about a scene under a limit.
    #[must_use]
    pub fn judge(&self, scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
        looks::judge(self, scene, bound)
    }
}

/// The detail `ground` of an effect by the code of 用什么地.
#[must_use]
pub fn ground(code: &str) -> i64 {
    order::ground_code(code)
}

/// Finds a rule by its code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

/// Where a figure comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A record.
    Record(KindCode, RecordId),
    /// What a work item of the plan creates.
    Created {
        /// The work item.
        work_item: RecordId,
        /// Name of what it creates.
        name: String,
    },
    /// A whole ledger of the compound: nothing stands there yet.
    Ledger(KindCode),
}

/// One row behind a verdict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Where it stands.
    pub place: Place,
    /// What people call it.
    pub label: String,
    /// Its figures as people read them.
    pub value: String,
    /// What it comes to.
    pub verdict: Verdict,
}

/// A datum that a rule needs and the ledger lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// The record to fill in.
    pub place: Place,
    /// What people call it.
    pub label: String,
    /// The field.
    pub field: &'static str,
}

/// What a rule says about a stage, with the figures used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The verdict.
    pub verdict: Verdict,
    /// The figures used, in one sentence; empty when there is nothing to tell.
    pub told: String,
    /// The rows.
    pub rows: Vec<Row>,
    /// What is missing.
    pub missing: Vec<Missing>,
}

impl Outcome {
    /// There is nothing that the rule speaks of.
    #[must_use]
    pub fn void(told: &str) -> Self {
        Self {
            verdict: Verdict::Void,
            told: told.to_owned(),
            rows: Vec::new(),
            missing: Vec::new(),
        }
    }
}

/// A building as sunlight rules see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SunBuilding {
    /// Its record.
    pub id: RecordId,
    /// 3号楼.
    pub label: String,
    /// 老年人居住建筑.
    pub elderly: bool,
    /// 改建新建住宅.
    pub new_dwelling: bool,
    /// 冬至日照 in hundredths of an hour.
    pub winter: Option<i64>,
    /// 大寒日照 in hundredths of an hour.
    pub cold: Option<i64>,
}

/// What rules read of the compound itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its record.
    pub compound: RecordId,
    /// Code of 房屋性质; empty when nobody filled it in.
    pub tenure: String,
    /// 通向城市道路的出入口.
    pub city_entrances: Option<i64>,
    /// 电动车 of the households; none when nobody filled in any.
    pub ebikes: Option<i64>,
    /// Its buildings.
    pub buildings: Vec<SunBuilding>,
    /// Work items of the plan whose change of use owners decided (民法典278八) by a closed ballot that
    /// counts for this version; none stands for the plan as a whole.
    pub use_change_decided: Vec<Option<RecordId>>,
}

/// A compound at one stage, with all that rules read.
pub struct Scene<'a> {
    /// Which stage.
    pub stage: Stage,
    /// Facts of the compound.
    pub facts: &'a Facts,
    /// More of them.
    pub site: &'a Site,
    /// Before anything was done.
    pub baseline: &'a StageState,
    /// At the stage.
    pub state: &'a StageState,
    /// Indicators of the stage.
    pub figures: &'a [Figure],
    /// Effects of the plan that count at the stage.
    pub effects: &'a [Effect],
    /// Work items in the order of the plan.
    pub steps: &'a [Step],
    /// Structures that the plan demolishes, with the dates of their disposal.
    pub enforcements: &'a [Enforcement],
}

impl Scene<'_> {
    /// An indicator's value.
    #[must_use]
    pub fn figure(&self, code: &str) -> Option<i64> {
        self.figures
            .iter()
            .find(|figure| figure.indicator.code == code)?
            .value
    }
}
