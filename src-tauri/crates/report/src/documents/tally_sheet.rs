use super::{Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet, visit_round::figures};

/// Input of the tally sheet (计票表), signed by the tellers and witnesses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TallySheet {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot.
    pub ballot: String,
    /// Scope and roll (投票范围), such as `全小区 307 套，业主 298 人，18,420.00 ㎡`.
    pub scope: String,
    /// 发出、收回、有效、无效 papers, label and number; empty numbers are written by hand.
    pub papers: Vec<(String, String)>,
    /// One line for each motion.
    pub motions: Vec<TallyLine>,
    /// How quorum and approval are reckoned, with the clause, one paragraph each.
    pub laws: Vec<String>,
}

/// Figures of a motion, formatted. Empty texts are written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TallyLine {
    /// Number and words.
    pub motion: String,
    /// 同意 by heads.
    pub approve_heads: String,
    /// 同意 by area.
    pub approve_area: String,
    /// 反对 by heads.
    pub reject_heads: String,
    /// 反对 by area.
    pub reject_area: String,
    /// 弃权 by heads.
    pub abstain_heads: String,
    /// 弃权 by area.
    pub abstain_area: String,
    /// 参与 by heads, with its share of all.
    pub participating_heads: String,
    /// 参与 by area, with its share of all.
    pub participating_area: String,
    /// 通过, 未通过, or what is still to be decided.
    pub verdict: String,
}

impl TallySheet {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let mut columns = vec![RosterColumn::left("表决事项", 62)];
        for group in ["参与表决", "同意", "反对", "弃权"] {
            columns.extend(figures(group, &[("人数", 20), ("面积（㎡）", 29)]));
        }
        columns.push(RosterColumn::center("结果", 24));
        let rows = self
            .motions
            .iter()
            .map(|line| {
                RosterRow::plain(vec![
                    line.motion.clone(),
                    line.participating_heads.clone(),
                    line.participating_area.clone(),
                    line.approve_heads.clone(),
                    line.approve_area.clone(),
                    line.reject_heads.clone(),
                    line.reject_area.clone(),
                    line.abstain_heads.clone(),
                    line.abstain_area.clone(),
                    line.verdict.clone(),
                ])
            })
            .collect();
        let mut facts = vec![
            ("表决".to_owned(), self.ballot.clone()),
            ("投票范围".to_owned(), self.scope.clone()),
        ];
        facts.extend(self.papers.iter().cloned());
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A4Lying,
            title: "业主表决计票表".to_owned(),
            facts,
            columns,
            row_mm: 14,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            pictures: Vec::new(),
            notes: self.laws.clone(),
            blanks: [
                "计票人",
                "唱票人",
                "监票人",
                "业主代表",
                "社区居委会代表",
                "街道办事处代表",
                "计票地点",
                "日期",
            ]
            .map(str::to_owned)
            .to_vec(),
            seal: true,
        }
    }
}
