//! 业主表决: what screens exchange about ballots.

use jiugai_domain::ballot::{Leg, Matter};
use serde::{Deserialize, Serialize};
use specta::Type;

/// How far a ballot is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BallotStage {
    /// 准备: roll and motions are made.
    Preparing,
    /// 进行: papers go out and come back.
    Open,
    /// 封存.
    Closed,
}

/// A ballot in the list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotRow {
    /// Key.
    pub id: String,
    /// Name.
    pub name: String,
    /// 全小区, 3号楼 …
    pub scope: String,
    /// How far it is.
    pub stage: BallotStage,
    /// The same in words.
    pub stage_label: String,
    /// From when to when.
    pub period: String,
    /// Papers that came back, of all.
    pub progress: String,
    /// One sentence for each motion.
    pub verdicts: Vec<String>,
    /// Name of the ballot that it takes up again; empty for none.
    pub follows: String,
}

/// A code with its label.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotChoice {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
}

/// What can be set about a ballot. Dates are ISO, empty when not set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotSettings {
    /// Name.
    pub name: String,
    /// `compound`, `building` or `entrance`.
    pub scope: String,
    /// Key of that.
    pub scope_id: String,
    /// Day of the notice.
    pub notice_on: String,
    /// First day.
    pub starts_on: String,
    /// Last day.
    pub ends_on: String,
    /// 组织单位.
    pub organiser: String,
    /// For questions.
    pub phone: String,
    /// 监票人.
    pub supervisors: String,
    /// All dwellings of a work unit are one head.
    pub work_unit_is_one: bool,
    /// Parking spaces and store rooms count.
    pub count_apart: bool,
    /// Gross area stands in for an unknown exclusive area.
    pub gross_when_missing: bool,
    /// Papers are read by two people.
    pub double_entry: bool,
    /// 从多.
    pub follow_majority: bool,
    /// The clause behind it.
    pub rules_clause: String,
    /// The consequence stands on the paper.
    pub consequence_printed: bool,
}

/// A motion as it is typed.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotMotionDraft {
    /// Key; none for a new one.
    pub id: Option<String>,
    /// What is asked.
    pub title: String,
    /// More about it.
    pub detail: String,
    /// Matter of the Code.
    pub matter: Matter,
    /// How many must agree.
    pub leg: Leg,
    /// Why another leg than the Code's.
    pub leg_reason: String,
    /// The work item that it is about.
    pub work_item: Option<String>,
}

/// A motion with the law behind it.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotMotionRow {
    /// Key.
    pub id: String,
    /// Number on the paper.
    pub ordinal: u32,
    /// As it is typed.
    pub draft: BallotMotionDraft,
    /// Item of the Code.
    pub matter_label: String,
    /// 过半数, 四分之三以上.
    pub leg_label: String,
    /// The sentence of the Code.
    pub law: String,
    /// Where it stands.
    pub source: String,
    /// Local rules that say otherwise, and which prevails.
    pub conflicts: Vec<String>,
    /// What must be looked at before the vote.
    pub warnings: Vec<String>,
}

/// A motion that a plan calls for.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotProposal {
    /// As it would be taken over.
    pub draft: BallotMotionDraft,
    /// 过半数, 四分之三以上.
    pub leg_label: String,
    /// Why.
    pub hint: String,
    /// What must be looked at.
    pub warnings: Vec<String>,
    /// It is a motion already.
    pub taken: bool,
}

/// Something that is looked at before opening or closing.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotCheck {
    /// It is all right.
    pub good: bool,
    /// It must be all right.
    pub blocks: bool,
    /// In words.
    pub text: String,
}

/// A ballot with its motions.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotPage {
    /// Key.
    pub id: String,
    /// Compound.
    pub compound: String,
    /// Name of the scope.
    pub scope_label: String,
    /// How far it is.
    pub stage: BallotStage,
    /// The same in words.
    pub stage_label: String,
    /// Settings.
    pub settings: BallotSettings,
    /// Motions.
    pub motions: Vec<BallotMotionRow>,
    /// Motions that the newest plan calls for.
    pub proposals: Vec<BallotProposal>,
    /// What stands before opening.
    pub checks: Vec<BallotCheck>,
    /// Items of the Code to choose from.
    pub matters: Vec<BallotMatter>,
    /// Local rules to choose from.
    pub local_rules: Vec<BallotLocalRule>,
    /// Scans that hang on the ballot: its rules, notices as they were posted.
    pub scans: u32,
    /// The ballot that this one takes up again; empty for none.
    pub follows: String,
    /// Why.
    pub reason: String,
    /// When and by whom it was opened.
    pub opened: String,
    /// When and by whom it was closed.
    pub closed: String,
    /// A lift can be shared: the scope is an entrance.
    pub lift: bool,
}

/// An item of the Code.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotMatter {
    /// Code.
    pub matter: Matter,
    /// Words of the Code.
    pub label: String,
    /// What it needs.
    pub leg: Leg,
    /// The same in words.
    pub leg_label: String,
}

/// A local rule that a motion may be counted by instead of the Code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotLocalRule {
    /// Code of the rule.
    pub code: String,
    /// The leg of the Code that it stands beside.
    pub instead_of: Leg,
    /// The leg that it asks for.
    pub leg: Leg,
    /// The same in words.
    pub leg_label: String,
    /// What is kept as the reason: document, clause and words.
    pub reason: String,
    /// It is only about motions with this word; empty for all.
    pub about: String,
}

/// A figure over a list.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotFigure {
    /// What.
    pub label: String,
    /// How much.
    pub value: String,
    /// Unit.
    pub unit: String,
}

/// A line of the roll.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotRollRow {
    /// Key.
    pub id: String,
    /// The dwelling in the ledger.
    pub dwelling: String,
    /// Where.
    pub place: String,
    /// Building.
    pub building: String,
    /// Whose.
    pub owners: String,
    /// ㎡.
    pub area: String,
    /// 登记簿, 实测, 合同, 待核.
    pub source: String,
    /// The area holds the final count up.
    pub unverified: bool,
    /// It counts.
    pub counts: bool,
    /// How it counts by heads.
    pub head: String,
    /// Remark.
    pub note: String,
}

/// A decision about the roll.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotQuestion {
    /// Key.
    pub key: String,
    /// Sort in words.
    pub sort: String,
    /// Whom or what it is about.
    pub subject: String,
    /// What is known.
    pub detail: String,
    /// Answers.
    pub answers: Vec<BallotChoice>,
    /// The answer; empty while it is open.
    pub answer: String,
    /// Its reason, by whom and when.
    pub reason: String,
    /// By whom and when.
    pub decided: String,
    /// The result has to wait for it.
    pub blocks: bool,
}

/// An objection.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotObjection {
    /// Key; none for a new one.
    pub id: Option<String>,
    /// `roll`, `lift` or `result`.
    pub sort: String,
    /// About which place.
    pub place: String,
    /// What was said.
    pub words: String,
    /// When.
    pub raised_on: String,
    /// What was answered.
    pub answer: String,
    /// When.
    pub answered_on: String,
}

/// The roll of a ballot.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotRoll {
    /// It was made.
    pub made: bool,
    /// It is frozen.
    pub frozen: bool,
    /// Buildings.
    pub buildings: Vec<String>,
    /// Its lines.
    pub rows: Vec<BallotRollRow>,
    /// Totals.
    pub figures: Vec<BallotFigure>,
    /// What a person decides.
    pub questions: Vec<BallotQuestion>,
    /// Objections.
    pub objections: Vec<BallotObjection>,
    /// What changed in the ledger since.
    pub drift: Vec<String>,
    /// The law behind area and heads.
    pub laws: Vec<String>,
}

/// Where a paper is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BallotPaperState {
    /// 未送达.
    Waiting,
    /// 已送达.
    Delivered,
    /// 待第二遍.
    HalfRead,
    /// 两遍不一致.
    Differs,
    /// 有效.
    Valid,
    /// 无效.
    Invalid,
}

/// What a paper says about a motion.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotReading {
    /// Motion.
    pub motion: String,
    /// `approve`, `reject`, `abstain`, `invalid`; empty when not read.
    pub first: String,
    /// By whom.
    pub first_by: String,
    /// Second reading.
    pub second: String,
    /// By whom.
    pub second_by: String,
    /// What was settled.
    pub settled: String,
    /// Why and by whom.
    pub settled_reason: String,
}

/// Whether two readings took a paper for valid.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotValidity {
    /// Code of the reason for being invalid by the first reading; empty without.
    pub first: String,
    /// In words; empty when it was not read.
    pub first_label: String,
    /// By whom.
    pub first_by: String,
    /// Second reading.
    pub second: String,
    /// In words.
    pub second_label: String,
    /// By whom.
    pub second_by: String,
    /// One says valid, the other invalid.
    pub differs: bool,
    /// Why it was settled so, and by whom; empty when it was not.
    pub settled: String,
}

/// A paper.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotPaperRow {
    /// Key.
    pub id: String,
    /// Number as printed.
    pub number: String,
    /// Where.
    pub place: String,
    /// Building.
    pub building: String,
    /// Whose.
    pub owners: String,
    /// ㎡.
    pub area: String,
    /// Where it is.
    pub state: BallotPaperState,
    /// The same in words.
    pub state_label: String,
    /// Way of delivery in words, with date and witness.
    pub delivery: String,
    /// When it came back.
    pub returned_on: String,
    /// Who voted for the owner.
    pub proxy: String,
    /// His letter of authority.
    pub proxy_document: String,
    /// Scans that hang on it: signed stub, letter of authority.
    pub scans: u32,
    /// Whether it is valid, by each reading.
    pub validity: BallotValidity,
    /// Code of the reason for being invalid, when that is decided.
    pub invalid: String,
    /// More about that.
    pub invalid_note: String,
    /// What it says, in the order of the motions.
    pub readings: Vec<BallotReading>,
    /// The same in one line.
    pub says: String,
}

/// The papers of a ballot.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotPapers {
    /// Buildings.
    pub buildings: Vec<String>,
    /// Papers.
    pub rows: Vec<BallotPaperRow>,
    /// Figures.
    pub figures: Vec<BallotFigure>,
    /// Ways of delivery.
    pub ways: Vec<BallotChoice>,
    /// Reasons for being invalid.
    pub invalids: Vec<BallotChoice>,
    /// Motions in their order.
    pub motions: Vec<BallotChoice>,
    /// Papers are read twice.
    pub double_entry: bool,
}

/// A delivery of papers.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotDelivery {
    /// Papers.
    pub papers: Vec<String>,
    /// Code of the way.
    pub way: String,
    /// When.
    pub delivered_on: String,
    /// Who saw it.
    pub witness: String,
    /// Who signed for it.
    pub receiver: String,
    /// Where the evidence is kept.
    pub evidence: String,
}

/// One reading of a returned paper.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotEntry {
    /// Paper.
    pub paper: String,
    /// The second reading.
    pub second: bool,
    /// Who reads; empty for the person of the settings.
    pub reader: String,
    /// When it came back.
    pub returned_on: String,
    /// For each motion: `approve`, `reject`, `abstain` or `invalid`.
    pub choices: Vec<String>,
    /// Who voted for the owner.
    pub proxy: String,
    /// His letter of authority.
    pub proxy_document: String,
    /// Code of the reason for being invalid as a whole; empty for a valid one.
    pub invalid: String,
    /// More about that.
    pub invalid_note: String,
}

/// One dwelling that shares a lift.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiftRow {
    /// Line of the roll.
    pub entry: String,
    /// Where.
    pub place: String,
    /// Whose.
    pub owners: String,
    /// Storey.
    pub storey: String,
    /// ㎡.
    pub area: String,
    /// Coefficient as typed: `1.20`.
    pub coefficient: String,
    /// Its share.
    pub share: String,
    /// What that is in money.
    pub amount: String,
}

/// Sharing a lift.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiftPage {
    /// Rows.
    pub rows: Vec<LiftRow>,
    /// What is lacking, so that nothing is shared out yet.
    pub missing: Vec<String>,
    /// Cost as typed, 元.
    pub cost: String,
    /// By area too.
    pub by_area: bool,
    /// Sum of the shares: always 100.00%.
    pub total_share: String,
    /// Sum of the amounts.
    pub total_amount: String,
    /// The rules behind it.
    pub notes: Vec<String>,
}

/// What is typed about sharing a lift.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LiftDraft {
    /// Cost in 元.
    pub cost: String,
    /// By area too.
    pub by_area: bool,
    /// Coefficients by line of the roll.
    pub coefficients: Vec<(String, String)>,
}
