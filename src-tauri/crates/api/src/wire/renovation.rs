//! The renovation plan in full: its page, catalogue, ground, versions and money.

use serde::{Deserialize, Serialize};
use specta::Type;

use jiugai_domain::KindCode;

use super::{PlanRow, RecordLink, Severity};

/// A version with all that is to be known about it at one look.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanPage {
    /// The version.
    pub row: PlanRow,
    /// Its compound.
    pub compound: String,
    /// The version that it was made from.
    pub based_on: Option<RecordLink>,
    /// Published and frozen.
    pub released: bool,
    /// `2021年3月25日由示例录入员发布`, or empty.
    pub published: String,
    /// `公示 2021年3月25日至2021年4月1日`, or empty.
    pub notice: String,
    /// A newer version stands.
    pub superseded: String,
    /// What does not add up, worst first.
    pub findings: Vec<PlanFinding>,
    /// The ground that demolitions free.
    pub ground: GroundBalance,
    /// What was said about it.
    pub opinions: OpinionCount,
    /// Who consented to which version.
    pub consents: Vec<ConsentLine>,
    /// What nobody answers yet.
    pub unanswered: Unanswered,
}

/// Something that does not add up in a plan, with the way out.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanFinding {
    /// An error keeps the version from being published.
    pub severity: Severity,
    /// What is wrong.
    pub text: String,
    /// What to do.
    pub next_step: String,
    /// The work item to open.
    pub item: Option<String>,
}

/// 腾出的地 and what stands on it then, in ㎡.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundBalance {
    /// Freed by demolitions, `1,060.00`; empty when nothing is demolished.
    pub freed: String,
    /// Used by what is built on it.
    pub used: String,
    /// What is left; `—` when more is built than freed.
    pub left: String,
    /// `腾出 1,060.00 ㎡，已安排 180.00 ㎡，还剩 880.00 ㎡`.
    pub text: String,
}

/// 意见 counted.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OpinionCount {
    /// All.
    pub total: u32,
    /// 采纳.
    pub adopted: u32,
    /// 部分采纳.
    pub partly: u32,
    /// 不采纳.
    pub declined: u32,
    /// Not answered yet.
    pub open: u32,
    /// `收到意见 8 条：采纳 3 条，部分采纳 2 条，不采纳 2 条；还有 1 条没有答复`.
    pub text: String,
}

/// Consent that refers to a version.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConsentLine {
    /// What was asked, and of which version.
    pub text: String,
    /// It refers to another version than this one.
    pub stale: bool,
}

/// Problems and wishes that no work item answers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Unanswered {
    /// Problems without a work item or a reason.
    pub problems: Vec<UnansweredProblem>,
    /// Wishes by subject that no item of this version is linked with, most asked first.
    pub wishes: Vec<UnansweredWish>,
    /// `问题 9 个，7 个有改造内容，1 个写明不列入`.
    pub problem_text: String,
    /// `诉求 124 条，对上改造内容 98 条`.
    pub wish_text: String,
}

/// A problem that nothing answers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnansweredProblem {
    /// Key.
    pub id: String,
    /// What it is.
    pub name: String,
    /// 类别 label.
    pub class: String,
    /// Where.
    pub place: String,
    /// 安全类 or 基础类: must have an item or a reason.
    pub essential: bool,
}

/// Wishes about one subject that nothing answers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UnansweredWish {
    /// 事项 label.
    pub subject: String,
    /// How many want it.
    pub want: u32,
    /// How many do not.
    pub against: u32,
    /// Keys of the wishes.
    pub ids: Vec<String>,
}

/// Wishes or problems that a work item answers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanLink {
    /// The work item.
    pub work_item: String,
    /// Kind of the records: wish or problem.
    pub kind: KindCode,
    /// The records.
    pub ids: Vec<String>,
}

/// A measure to choose from (domain: 拆建添改修 catalogue).
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Measure {
    /// Code.
    pub code: String,
    /// 拆/建/添/改/修.
    pub verb: String,
    /// What is done.
    pub name: String,
    /// Unit of measurement.
    pub measure: String,
    /// 类别 label.
    pub class: String,
    /// 三个革命 label, may be empty.
    pub revolution: String,
    /// 业主决定 label, may be empty.
    pub decision: String,
    /// 报批手续, may be empty.
    pub permit: String,
    /// 统计口径 label, may be empty.
    pub statistic: String,
    /// Prices of the library that fit, the nearest first.
    pub prices: Vec<PriceOffer>,
    /// How often residents asked for it.
    pub wanted: u32,
    /// How its name is spelled, for typing with the input method off.
    pub keys: Vec<String>,
}

/// A price of the library.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PriceOffer {
    /// `120.00`.
    pub price: String,
    /// `示例单价，2021年3月，周口`.
    pub source: String,
    /// Source as a cell.
    pub source_cell: String,
    /// Day as a cell.
    pub day_cell: String,
    /// Marked 示例.
    pub example: bool,
}

/// A work item to be added.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewItem {
    /// The version.
    pub plan: String,
    /// The measure of the catalogue; none for one of one's own.
    pub measure: Option<String>,
    /// Cells as typed: field code and text.
    pub cells: Vec<(String, String)>,
}

/// What freed ground is used for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundRequest {
    /// The version.
    pub plan: String,
    /// One line for each use.
    pub uses: Vec<GroundUse>,
}

/// One use of freed ground.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct GroundUse {
    /// 停车区, 绿地, 车棚 or 活动场地.
    pub kind: KindCode,
    /// Name of what is built.
    pub name: String,
    /// Ground in ㎡ as typed.
    pub area: String,
    /// Spaces or places as typed; empty for green and squares.
    pub amount: String,
    /// The work item that it belongs to; none for a new one of the catalogue.
    pub item: Option<String>,
}

/// Publishing a version.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Publication {
    /// The version.
    pub plan: String,
    /// `consultation` or `final`.
    pub state: String,
    /// First day of the notice, as typed; may be empty when final.
    pub notice_from: String,
    /// Last day.
    pub notice_to: String,
}

/// Making a version from another.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewVersion {
    /// The version that it is made from.
    pub plan: String,
    /// Name of the scenario; empty for the next version.
    pub scenario: String,
}

/// What sets two versions apart.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PlanDifference {
    /// The one.
    pub before: PlanRow,
    /// The other.
    pub after: PlanRow,
    /// `新增 1 项，去掉 1 项，改动 3 项，估算减少 2.40 万元`.
    pub summary: String,
    /// Item by item.
    pub lines: Vec<DifferenceLine>,
}

/// One item that differs.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DifferenceLine {
    /// 新增, 去掉 or 改动.
    pub change: String,
    /// The item.
    pub name: String,
    /// `数量：66 位 → 60 位`, `不再 拆除 …`, `多了 新增 …`.
    pub details: Vec<String>,
    /// `+3,200.00`, `−5,400.00`, `0`, in 元.
    pub money: String,
    /// -1, 0, 1.
    pub direction: i32,
}

/// 估算 → 预算 → 决算, funds and who pays.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyPage {
    /// Item by item.
    pub rows: Vec<MoneyRow>,
    /// The sums.
    pub total: MoneyRow,
    /// Money by source.
    pub funds: Vec<FundRow>,
    /// The sums of the funds.
    pub fund_total: FundRow,
    /// `还差 12.30 万元` or `资金够了`, or empty.
    pub gap: String,
    /// 元 for each household; empty when unknown.
    pub per_household: String,
    /// 元 for each ㎡ of floor area; empty when unknown.
    pub per_area: String,
    /// What breaks a rule.
    pub findings: Vec<PlanFinding>,
    /// The rules with their sources.
    pub rules: Vec<MoneyRule>,
    /// What residents pay together and how it is shared.
    pub contribution: String,
}

/// The money of one item, in 元.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyRow {
    /// Key, empty for the sum.
    pub id: String,
    /// 拆/建/添/改/修.
    pub verb: String,
    /// Name.
    pub name: String,
    /// 估算.
    pub estimate: String,
    /// 预算.
    pub budget: String,
    /// 决算.
    pub account: String,
    /// 决算 in % of 预算, or empty.
    pub ratio: String,
    /// Funds for this item alone.
    pub funded: String,
    /// It breaks a rule.
    pub over: bool,
}

/// Money of one source, in 元.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FundRow {
    /// Key, empty for the sum.
    pub id: String,
    /// Source.
    pub source: String,
    /// For which item, or empty.
    pub item: String,
    /// 计划.
    pub planned: String,
    /// Share of all that is planned, `45.00%`.
    pub share: String,
    /// 到位.
    pub arrived: String,
    /// 支付.
    pub paid: String,
    /// 结算.
    pub settled: String,
    /// 文号.
    pub document: String,
}

/// A limit with its source.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MoneyRule {
    /// Code.
    pub code: String,
    /// What it limits.
    pub label: String,
    /// `110%`.
    pub value: String,
    /// Where it comes from.
    pub source: String,
}

/// What each household or dwelling pays.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Contributions {
    /// `居民出资 92,100.00 元，按户分摊，307 户`.
    pub text: String,
    /// What was left out, or empty.
    pub missing: String,
    /// One line for each.
    pub rows: Vec<ContributionRow>,
}

/// What one pays.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ContributionRow {
    /// The dwelling or household.
    pub link: RecordLink,
    /// Area in ㎡ by which it is shared; empty by household.
    pub area: String,
    /// 元.
    pub amount: String,
}
