use super::{
    Imprint, Roster, RosterColumn, RosterPart, RosterPicture, RosterRow, Sheet,
    visit_round::figures,
};

/// Input of the survey statistics (D3 征求意见汇总表, A3 横): buildings with subtotals and the total,
/// the wishes most often named, and charts. For the office, not for the wall.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SurveyStatistics {
    /// 版记.
    pub imprint: Imprint,
    /// Round, such as `第二轮：改造意愿`.
    pub round: String,
    /// Period of the round, formatted; may be empty.
    pub period: String,
    /// Names of the wishes in the last columns (前五项诉求), most often named first; up to five.
    pub wishes: Vec<String>,
    /// Buildings.
    pub buildings: Vec<StatisticsLine>,
    /// Total (合计).
    pub total: StatisticsLine,
    /// Charts, each with its sample size in the note.
    pub pictures: Vec<RosterPicture>,
    /// More notes, such as how many answers are still to be decided.
    pub notes: Vec<String>,
}

/// Figures of a building, formatted; — for what is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct StatisticsLine {
    /// Building (楼栋).
    pub building: String,
    /// 应征户数.
    pub asked: String,
    /// 已征户数.
    pub answered: String,
    /// 入户率, such as `87.5%`.
    pub rate: String,
    /// 同意.
    pub agree: String,
    /// 不同意.
    pub disagree: String,
    /// 未表态.
    pub undecided: String,
    /// 未联系上.
    pub unreached: String,
    /// 同意率, of those asked or of those who answered: say which in a note.
    pub agree_rate: String,
    /// Count of each of `SurveyStatistics::wishes`.
    pub wishes: Vec<String>,
}

impl SurveyStatistics {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let wishes: Vec<&String> = self.wishes.iter().take(5).collect();
        let mut columns = vec![RosterColumn::left("楼栋", 34)];
        columns.extend(figures(
            "走访",
            &[("应征户数", 24), ("已征户数", 24), ("入户率", 24)],
        ));
        columns.extend(figures(
            "态度（户）",
            &[
                ("同意", 22),
                ("不同意", 22),
                ("未表态", 22),
                ("未联系上", 24),
                ("同意率", 24),
            ],
        ));
        columns.extend(
            wishes
                .iter()
                .map(|wish| RosterColumn::right(wish, 30).under("提得最多的诉求（户）")),
        );
        let cells = |line: &StatisticsLine| {
            let mut cells = vec![
                line.building.clone(),
                line.asked.clone(),
                line.answered.clone(),
                line.rate.clone(),
                line.agree.clone(),
                line.disagree.clone(),
                line.undecided.clone(),
                line.unreached.clone(),
                line.agree_rate.clone(),
            ];
            cells.extend(
                (0..wishes.len()).map(|at| line.wishes.get(at).cloned().unwrap_or_default()),
            );
            cells
        };
        let mut rows: Vec<RosterRow> = self
            .buildings
            .iter()
            .map(|line| RosterRow::plain(cells(line)))
            .collect();
        let mut total = cells(&self.total);
        if let Some(first) = total.first_mut().filter(|first| first.is_empty()) {
            "合计".clone_into(first);
        }
        rows.push(RosterRow::total(total));
        let mut facts = vec![("轮次".to_owned(), self.round.clone())];
        if !self.period.is_empty() {
            facts.push(("时间".to_owned(), self.period.clone()));
        }
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A3Lying,
            title: format!("{}征求意见汇总表", self.imprint.compound),
            facts,
            columns,
            row_mm: 9,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            pictures: self.pictures.clone(),
            notes: std::iter::once(
                "本表是征求意见的汇总，不是业主表决结果。户数按已录入的答卷统计。".to_owned(),
            )
            .chain(self.notes.iter().cloned())
            .collect(),
            blanks: vec!["填表人".to_owned(), "审核人".to_owned(), "日期".to_owned()],
            seal: false,
        }
    }
}
