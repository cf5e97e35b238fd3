use serde::Serialize;

use super::{Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet};
use crate::press::{Composed, Paper, compose};
use crate::{Fonts, ReportError};

const TEMPLATE: &str = include_str!("../../templates/timeline.typ");

/// Input of the schedule (D15 倒排工期表), A3 lying: a row with a bar for each work item, months
/// above, a line for today. Places are parts of 10,000 of the width of the bars.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Timeline {
    /// 版记.
    pub imprint: Imprint,
    /// Title.
    pub title: String,
    /// Facts under the title.
    pub facts: Vec<(String, String)>,
    /// Months from left to right; none when no day is known.
    pub months: Vec<TimelineMonth>,
    /// 今日线; none when today lies outside.
    pub today: Option<u16>,
    /// 里程碑: where and what.
    pub marks: Vec<(u16, String)>,
    /// Work items.
    pub rows: Vec<TimelineRow>,
    /// Notes under the table.
    pub notes: Vec<String>,
    /// Words before lines to write on.
    pub blanks: Vec<String>,
}

/// A month of the head.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineMonth {
    /// Year, printed over its first month.
    pub year: String,
    /// Words, such as `3月`.
    pub label: String,
    /// Its beginning.
    pub from: u16,
    /// Its end.
    pub to: u16,
}

/// A work item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TimelineRow {
    /// 序号、项目、责任单位、开工、完工、状态.
    pub cells: Vec<String>,
    /// Its bar; none when it has no day.
    pub bar: Option<TimelineBar>,
}

/// A bar.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct TimelineBar {
    /// Beginning.
    pub from: u16,
    /// End.
    pub to: u16,
    /// Where it should have ended when it is late.
    pub due: Option<u16>,
    /// How it is drawn.
    pub state: TimelineState,
}

/// Where a work item stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TimelineState {
    /// Not begun: white.
    #[default]
    Planned,
    /// Under way: light.
    Doing,
    /// Completed: dark.
    Done,
    /// Over its day (滞后): red with falling lines.
    Late,
}

const HEADS: [(&str, u16); 6] = [
    ("序号", 12),
    ("项目", 60),
    ("责任单位", 44),
    ("计划开工", 26),
    ("计划完工", 26),
    ("状态", 28),
];

impl Timeline {
    /// Sets the schedule.
    ///
    /// # Errors
    /// As [`compose`].
    pub(super) fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        let paper = Paper {
            name: "timeline",
            template: TEMPLATE,
            data: self,
            files: Vec::new(),
            generated_at: self.imprint.generated_at,
        };
        compose(&[paper], fonts)
    }

    /// The same as a table without bars, to be edited.
    pub(super) fn roster(&self) -> Roster {
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A4Lying,
            title: self.title.clone(),
            facts: self.facts.clone(),
            columns: HEADS
                .iter()
                .enumerate()
                .map(|(at, (head, width))| match at {
                    1 | 2 => RosterColumn::left(head, *width),
                    _ => RosterColumn::center(head, *width),
                })
                .collect(),
            row_mm: 10,
            parts: vec![RosterPart {
                title: String::new(),
                rows: self
                    .rows
                    .iter()
                    .map(|row| RosterRow::plain(row.cells.clone()))
                    .collect(),
            }],
            notes: self.notes.clone(),
            blanks: self.blanks.clone(),
            ..Roster::default()
        }
    }
}
