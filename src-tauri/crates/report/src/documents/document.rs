use super::notice::{checksum_of, compose_notices};
use super::one_pager::{compose_one_pager, one_pager_docx};
use super::{
    BallotNotice, BallotPapers, BallotRegister, BallotResult, ConflictMap, ContactSheet, Dossier,
    Notice, OnePager, ProxyForms, RollNotice, RoomBoards, Roster, SurveyResult, SurveySheets,
    SurveyStatistics, TallySheet, Timeline, VisitRound, WallBoard,
};
use crate::press::Composed;
use crate::{Fonts, ReportError, docx};

/// Any paper of the office with its data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Document {
    /// D6 一页纸改造方案.
    OnePager(Box<OnePager>),
    /// D2 入户调查表.
    SurveySheets(Box<SurveySheets>),
    /// D3 征求意见汇总表.
    SurveyStatistics(Box<SurveyStatistics>),
    /// 问卷结果公示.
    SurveyResult(Box<SurveyResult>),
    /// D4 楼栋走访作战图.
    RoomBoards(Box<RoomBoards>),
    /// 走访清单.
    VisitRound(Box<VisitRound>),
    /// 诉求矛盾图.
    ConflictMap(Box<ConflictMap>),
    /// D8 表决票及存根.
    BallotPapers(Box<BallotPapers>),
    /// D9 发票、收票登记表.
    BallotRegister(Box<BallotRegister>),
    /// 计票表.
    TallySheet(Box<TallySheet>),
    /// D10 计票结果公示.
    BallotResult(Box<BallotResult>),
    /// 业主名册公示.
    RollNotice(Box<RollNotice>),
    /// 投票通知公告.
    BallotNotice(Box<BallotNotice>),
    /// 授权委托书.
    ProxyForms(Box<ProxyForms>),
    /// 照片对照表.
    ContactSheet(Box<ContactSheet>),
    /// 前后对比展板、指标展板.
    WallBoard(Box<WallBoard>),
    /// D15 倒排工期表.
    Timeline(Box<Timeline>),
    /// Any other table.
    Roster(Box<Roster>),
    /// D1 小区基本情况表.
    Dossier(Box<Dossier>),
    /// Any other letter.
    Notice(Box<Notice>),
    /// Any other letters, one after the other.
    Letters(Vec<Notice>),
}

/// A kind of file that a paper can be saved as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PDF, exactly as printed.
    Pdf,
    /// Word document, to be edited.
    Docx,
    /// Workbook, for tables.
    Xlsx,
}

impl Document {
    /// The kinds of files it can be saved as.
    #[must_use]
    pub fn formats(&self) -> &'static [Format] {
        match self {
            Self::SurveySheets(_)
            | Self::SurveyResult(_)
            | Self::RoomBoards(_)
            | Self::WallBoard(_)
            | Self::Dossier(_)
            | Self::ContactSheet(_) => &[Format::Pdf],
            Self::ConflictMap(map) if !map.public && !map.conflicts.is_empty() => &[Format::Pdf],
            Self::SurveyStatistics(statistics) if !statistics.pictures.is_empty() => {
                &[Format::Pdf, Format::Xlsx]
            }
            Self::Roster(roster) if roster.columns.is_empty() => &[Format::Pdf],
            Self::Roster(roster) if roster.drawn() => &[Format::Pdf, Format::Xlsx],
            Self::OnePager(_)
            | Self::BallotPapers(_)
            | Self::BallotResult(_)
            | Self::BallotNotice(_)
            | Self::ProxyForms(_)
            | Self::Notice(_)
            | Self::Letters(_) => &[Format::Pdf, Format::Docx],
            _ => &[Format::Pdf, Format::Docx, Format::Xlsx],
        }
    }

    /// The paper as a Word document; none when its layout is drawn and would be lost.
    ///
    /// # Errors
    /// [`ReportError::Data`], [`ReportError::Docx`], those of a picture.
    pub fn docx(&self, fonts: &Fonts) -> Result<Option<Vec<u8>>, ReportError> {
        if !self.formats().contains(&Format::Docx) {
            return Ok(None);
        }
        let roster = |table: &Roster| docx::roster(table, &table.checksum()?);
        let letters = |letters: &[Notice]| docx::notices(letters, &checksum_of(letters)?);
        match self {
            Self::SurveySheets(_)
            | Self::SurveyResult(_)
            | Self::RoomBoards(_)
            | Self::WallBoard(_)
            | Self::Dossier(_)
            | Self::ContactSheet(_) => return Ok(None),
            Self::OnePager(paper) => one_pager_docx(paper, fonts),
            Self::SurveyStatistics(statistics) => roster(&statistics.roster()),
            Self::VisitRound(round) => roster(&round.roster()),
            Self::ConflictMap(map) => roster(&map.roster()),
            Self::BallotPapers(papers) => docx::ballot_papers(papers, &papers.checksum()?),
            Self::BallotRegister(register) => roster(&register.roster()),
            Self::TallySheet(sheet) => roster(&sheet.roster()),
            Self::BallotResult(result) => letters(&[result.notice()]),
            Self::RollNotice(roll) => roster(&roll.roster()),
            Self::BallotNotice(notice) => letters(&[notice.notice()]),
            Self::ProxyForms(forms) => letters(&forms.notices()),
            Self::Timeline(timeline) => roster(&timeline.roster()),
            Self::Roster(table) => roster(table),
            Self::Notice(notice) => letters(std::slice::from_ref(notice)),
            Self::Letters(some) => letters(some),
        }
        .map(Some)
    }

    /// The paper as a table, for a workbook; none when it is a letter or a drawing.
    #[must_use]
    pub fn table(&self) -> Option<Roster> {
        match self {
            Self::SurveyStatistics(statistics) => Some(statistics.roster()),
            Self::VisitRound(round) => Some(round.roster()),
            Self::BallotRegister(register) => Some(register.roster()),
            Self::TallySheet(sheet) => Some(sheet.roster()),
            Self::RollNotice(roll) => Some(roll.roster()),
            Self::Timeline(timeline) => Some(timeline.roster()),
            Self::Roster(table) if !table.columns.is_empty() => Some((**table).clone()),
            _ => None,
        }
    }

    /// Sets the paper.
    ///
    /// # Errors
    /// As [`crate::press::compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        match self {
            Self::OnePager(paper) => compose_one_pager(paper, fonts),
            Self::SurveySheets(sheets) => sheets.compose(fonts),
            Self::SurveyStatistics(statistics) => statistics.roster().compose(fonts),
            Self::SurveyResult(result) => result.compose(fonts),
            Self::RoomBoards(boards) => boards.compose(fonts),
            Self::VisitRound(round) => round.roster().compose(fonts),
            Self::ConflictMap(map) => map.roster().compose(fonts),
            Self::BallotPapers(papers) => papers.compose(fonts),
            Self::BallotRegister(register) => register.roster().compose(fonts),
            Self::TallySheet(sheet) => sheet.roster().compose(fonts),
            Self::BallotResult(result) => result.notice().compose(fonts),
            Self::RollNotice(roll) => roll.roster().compose(fonts),
            Self::BallotNotice(notice) => notice.notice().compose(fonts),
            Self::ProxyForms(forms) => forms.compose(fonts),
            Self::ContactSheet(sheet) => sheet.compose(fonts),
            Self::WallBoard(board) => board.compose(fonts),
            Self::Timeline(timeline) => timeline.compose(fonts),
            Self::Roster(roster) => roster.compose(fonts),
            Self::Dossier(dossier) => dossier.compose(fonts),
            Self::Notice(notice) => notice.compose(fonts),
            Self::Letters(some) => compose_notices(some, fonts),
        }
    }
}
