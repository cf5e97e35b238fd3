//! 房态图.

use serde::{Deserialize, Serialize};
use specta::Type;

use super::RecordLink;

/// The colour of a cell; the sign beside it says the same without colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum BoardTone {
    /// Done, willing.
    Good,
    /// On the way, with conditions.
    Warn,
    /// Against, refused.
    Bad,
    /// Tried in vain.
    Note,
    /// Nothing known yet.
    Blank,
    /// Does not apply.
    Off,
}

/// Something that a board can show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardTheme {
    /// Code.
    pub code: String,
    /// What people call it.
    pub label: String,
}

/// How many dwellings are covered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardCoverage {
    /// What it is about: 1单元, 3号楼.
    pub label: String,
    /// Key of the building; none for an entrance.
    pub building: Option<String>,
    /// Covered dwellings.
    pub covered: u32,
    /// Dwellings.
    pub total: u32,
    /// `18/24 套，75%`.
    pub text: String,
    /// Share in whole percent, for a bar.
    pub percent: u32,
}

/// A state of the theme with how many dwellings have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardLegend {
    /// Code.
    pub code: String,
    /// Label.
    pub label: String,
    /// Sign.
    pub sign: String,
    /// Colour.
    pub tone: BoardTone,
    /// Dwellings of the building.
    pub count: u32,
}

/// One dwelling.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardCell {
    /// Key of the dwelling.
    pub dwelling: String,
    /// Its only household; none when there is none or several.
    pub household: Option<String>,
    /// Where it is: 3号楼2单元301.
    pub place: String,
    /// 房号.
    pub room: String,
    /// Who lives there, in short: 李某, 空置, 2 户.
    pub who: String,
    /// Code of its state.
    pub state: String,
    /// Its state in words.
    pub label: String,
    /// Sign.
    pub sign: String,
    /// Colour.
    pub tone: BoardTone,
    /// What else should be known: 约定 3月8日, 承诺未兑现, 清单上.
    pub note: String,
}

/// One storey.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardStorey {
    /// `6层`, or that nobody filled in the storey.
    pub label: String,
    /// By entrance, then column; an empty place is none.
    pub cells: Vec<Vec<Option<BoardCell>>>,
}

/// The board of a building.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct RoomBoard {
    /// The building; none in a compound without buildings.
    pub building: Option<RecordLink>,
    /// What is shown.
    pub theme: BoardTheme,
    /// What can be shown.
    pub themes: Vec<BoardTheme>,
    /// Name of the coverage: 走访完成, 已表态.
    pub coverage_label: String,
    /// Of the building.
    pub coverage: BoardCoverage,
    /// Of its entrances, left to right.
    pub entrances: Vec<BoardCoverage>,
    /// Of every building of the compound, in order.
    pub buildings: Vec<BoardCoverage>,
    /// States with their counts.
    pub legend: Vec<BoardLegend>,
    /// Storeys, top first.
    pub storeys: Vec<BoardStorey>,
    /// What the board leaves open, in a sentence; empty when nothing.
    pub note: String,
}

/// Paper of a board.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PaperSize {
    /// A4, upright.
    A4,
    /// A4, lying.
    A4Lying,
    /// A3, lying.
    A3Lying,
}
