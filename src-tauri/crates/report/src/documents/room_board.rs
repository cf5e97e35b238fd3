use serde::Serialize;

use super::{Imprint, Sheet};
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/room-board.typ");

/// Input of the room boards (D4 楼栋走访作战图, 房态图): one page for each building, readable without
/// colour because every state has a mark and a pattern.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RoomBoards {
    /// 版记.
    pub imprint: Imprint,
    /// Size: `A4`, `A4Lying`, `A3` or `A3Lying`.
    pub sheet: Sheet,
    /// What the board tells (主题), such as `走访进度`.
    pub theme: String,
    /// States in the order of the legend (图例).
    pub states: Vec<BoardState>,
    /// The buildings.
    pub boards: Vec<RoomBoard>,
}

/// A state (状态) of a room and how it is drawn.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BoardState {
    /// One character (标记), such as `✓`, `同`, `反`.
    pub mark: String,
    /// Words of the legend, such as `已走访`.
    pub label: String,
    /// Shade.
    pub shade: BoardShade,
}

/// How a state is drawn; all of them can be told apart in black and white.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum BoardShade {
    /// White: nothing known yet.
    #[default]
    Blank,
    /// Green, dark: done, in favour.
    Good,
    /// Light green with dots: partly, promised.
    Partly,
    /// Amber with falling lines: undecided, to be asked again.
    Waiting,
    /// Red with crossed lines: against, refused.
    Bad,
    /// Grey with a thin line: nobody lives there, not asked.
    Apart,
}

/// One building.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RoomBoard {
    /// Building (楼栋), such as `3号楼`.
    pub building: String,
    /// Entrances (单元) from left to right.
    pub entrances: Vec<BoardEntrance>,
    /// Storeys (楼层), top first.
    pub storeys: Vec<BoardStorey>,
    /// Count of each state in the order of `RoomBoards::states`, formatted, such as `12 户`.
    pub counts: Vec<String>,
    /// Coverage (覆盖) of the building, such as `已走访 21/24 户，87.5%`.
    pub coverage: String,
}

/// One entrance.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BoardEntrance {
    /// Name, such as `1单元`.
    pub name: String,
    /// Its coverage, such as `11/12`.
    pub coverage: String,
    /// Rooms side by side on its widest storey.
    pub rooms: u16,
}

/// One storey.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BoardStorey {
    /// Label, such as `6层`.
    pub label: String,
    /// For each entrance the rooms from left to right; fewer than its width leave gaps at the right.
    pub entrances: Vec<Vec<BoardCell>>,
}

/// One room.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BoardCell {
    /// Room (房号), such as `601`.
    pub room: String,
    /// Position in `RoomBoards::states`.
    pub state: u16,
    /// One short line under the room, such as a surname or `约3月5日`; may be empty.
    pub note: String,
}

impl RoomBoards {
    /// Sets the boards, one page for each building.
    ///
    /// # Errors
    /// As [`compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let mut frame = self.clone();
        frame.boards = Vec::new();
        for state in &mut frame.states {
            state.mark = printable(&state.mark);
        }
        let pages: Vec<RoomBoards> = self
            .boards
            .iter()
            .map(|board| RoomBoards {
                boards: vec![board.clone()],
                ..frame.clone()
            })
            .collect();
        let pages = if pages.is_empty() { vec![frame] } else { pages };
        let papers: Vec<_> = pages
            .iter()
            .map(|page| Paper {
                name: "room-board",
                template: TEMPLATE,
                data: page,
                files: Vec::new(),
                generated_at: self.imprint.generated_at,
            })
            .collect();
        compose(&papers, fonts)
    }
}

/// Marks of the screen that no font of the office holds, as the signs that all of them do.
fn printable(mark: &str) -> String {
    mark.replace(['✓', '✔'], "√").replace(['✗', '✘', '✕'], "×")
}
