//! The papers of the office, one module for each. Most are a [`Roster`] (any table) or a
//! [`Notice`] (any letter); a new one of these needs no template of its own.

mod ballot_notice;
mod ballot_paper;
mod ballot_register;
mod ballot_result;
mod conflict_map;
mod contact_sheet;
mod document;
mod dossier;
mod imprint;
mod notice;
mod one_pager;
mod proxy_form;
mod roll_notice;
mod room_board;
mod roster;
mod survey_result;
mod survey_sheet;
mod survey_statistics;
mod tally_sheet;
mod timeline;
mod visit_round;
mod wall_board;

pub use ballot_notice::{BallotNotice, NoticeMotion};
pub use ballot_paper::{BallotMotion, BallotPaper, BallotPapers};
pub use ballot_register::{BallotRegister, RegisterLine, RegisterPart};
pub use ballot_result::{BallotResult, ResultMotion};
pub use conflict_map::{ConflictMap, ConflictPart, ConflictRooms, ConflictStorey};
pub use contact_sheet::{ContactSheet, Photo, Viewpoint};
pub use document::{Document, Format};
pub use dossier::{Dossier, DossierTable};
pub use imprint::{Imprint, Sheet};
use jiugai_domain::mask;
pub use jiugai_domain::mask::{RULE as MASK_RULE, SMALLEST_CELL, masked_name};
pub use notice::{Notice, NoticeBlock};
pub use one_pager::{
    Figures, FundingLine, IndicatorLine, IssueLine, Money, OnePager, Responsible, Schedule,
    WorkByVerb, WorkLine, render_one_pager,
};
pub use proxy_form::{ProxyForms, ProxyOwner};
pub use roll_notice::{RollLine, RollNotice, RollPart};
pub use room_board::{
    BoardCell, BoardEntrance, BoardShade, BoardState, BoardStorey, RoomBoard, RoomBoards,
};
pub use roster::{
    Roster, RosterAlign, RosterColumn, RosterPart, RosterPicture, RosterRow, RosterStyle,
};
pub use survey_result::{ResultChoice, ResultQuestion, SurveyResult};
pub use survey_sheet::{SheetAnswer, SheetChoice, SheetQuestion, SurveySheet, SurveySheets};
pub use survey_statistics::{StatisticsLine, SurveyStatistics};
pub use tally_sheet::{TallyLine, TallySheet};
pub use timeline::{Timeline, TimelineBar, TimelineMonth, TimelineRow, TimelineState};
pub use visit_round::{VisitGroup, VisitLine, VisitRound};
pub use wall_board::{WallBoard, WallCard, WallPair};

#[cfg(test)]
mod tests;
