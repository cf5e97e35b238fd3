//! 计票: what screens exchange about the count of a ballot.

use jiugai_domain::ballot::Vote;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{BallotCheck, BallotFigure, BallotStage};

/// One line of a count.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotCountLine {
    /// `all`, `participating`, `approving`, `rejecting`, `abstaining`, `following`.
    pub code: String,
    /// In words.
    pub label: String,
    /// Heads.
    pub heads: String,
    /// Their share.
    pub heads_share: String,
    /// Area.
    pub area: String,
    /// Its share.
    pub area_share: String,
}

/// One of the two thresholds.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotLegs {
    /// By heads.
    pub heads: bool,
    /// By area.
    pub area: bool,
    /// In words.
    pub text: String,
}

/// Papers of one owner that disagree.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotConflict {
    /// Head.
    pub head: String,
    /// Whose.
    pub label: String,
    /// What each paper says.
    pub papers: Vec<String>,
    /// What a person decided; none while it is open.
    pub vote: Option<Vote>,
    /// Why, and who.
    pub reason: String,
}

/// An owner who has not taken part yet.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotVisit {
    /// Head.
    pub head: String,
    /// Whose.
    pub label: String,
    /// Where.
    pub places: String,
    /// Building.
    pub building: String,
    /// What would be added.
    pub area: String,
    /// Last contact.
    pub last: String,
    /// Good time of day.
    pub time: String,
    /// What was expected before the vote (摸底), code.
    pub leaning: String,
    /// The same in words.
    pub leaning_label: String,
    /// What the owner said then.
    pub straw: String,
    /// Belongs to the shortest list.
    pub chosen: bool,
}

/// How far a building is.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotBuilding {
    /// Building.
    pub building: String,
    /// Dwellings that took part, of all.
    pub papers: String,
    /// Area that took part, of all.
    pub area: String,
    /// What is missing.
    pub left: String,
}

/// The count of a motion.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotMotionTally {
    /// Key.
    pub motion: String,
    /// What was asked.
    pub title: String,
    /// 过半数, 四分之三以上.
    pub leg_label: String,
    /// Figures.
    pub lines: Vec<BallotCountLine>,
    /// Two thirds take part.
    pub quorum: BallotLegs,
    /// Enough agree.
    pub approval: BallotLegs,
    /// None while something needs a decision.
    pub passed: Option<bool>,
    /// In a sentence.
    pub verdict: String,
    /// A local rule was chosen: what it rests on, and what the Code would come to.
    pub beside: Vec<String>,
    /// Shares are those of all owners, not of those who take part.
    pub of_all: bool,
    /// 从多 finds no common majority: a person decides, or has decided.
    pub no_majority: bool,
    /// The law, sentence by sentence.
    pub laws: Vec<String>,
    /// 还差: what is missing to the quorum.
    pub missing: String,
    /// And to pass.
    pub needed: String,
    /// Whom to visit, the shortest list first.
    pub visits: Vec<BallotVisit>,
    /// About the shortest list.
    pub visit_note: String,
    /// By building.
    pub buildings: Vec<BallotBuilding>,
    /// Papers of one owner that disagree.
    pub conflicts: Vec<BallotConflict>,
    /// What needs a decision.
    pub open: Vec<String>,
}

/// The count of a ballot.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotTally {
    /// How far it is.
    pub stage: BallotStage,
    /// Papers.
    pub figures: Vec<BallotFigure>,
    /// Motions.
    pub motions: Vec<BallotMotionTally>,
    /// What stands before closing.
    pub checks: Vec<BallotCheck>,
}

/// One paper behind a figure.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BallotPart {
    /// Number of the paper; empty without.
    pub number: String,
    /// Where.
    pub place: String,
    /// Whose.
    pub owners: String,
    /// Head.
    pub head: String,
    /// ㎡.
    pub area: String,
    /// What it says.
    pub says: String,
}
