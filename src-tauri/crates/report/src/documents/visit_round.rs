use super::{Imprint, Roster, RosterAlign, RosterColumn, RosterPart, RosterRow, Sheet};

/// Input of today's round (走访清单): who is due, in walking order, with columns to write in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitRound {
    /// 版记.
    pub imprint: Imprint,
    /// Day of the round, formatted; empty leaves it to be written.
    pub day: String,
    /// Visitors (走访人); empty leaves them to be written.
    pub visitors: String,
    /// Numbered outcomes that are written into the column 结果, such as `1 见到本人`.
    pub outcomes: Vec<String>,
    /// Groups in walking order: one for each building and entrance.
    pub groups: Vec<VisitGroup>,
    /// Empty lines at the end for visits that nobody planned.
    pub blank_lines: u16,
}

/// The households of one entrance.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitGroup {
    /// Such as `3号楼1单元`.
    pub title: String,
    /// Its households.
    pub lines: Vec<VisitLine>,
}

/// A household to be visited.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VisitLine {
    /// Code that the entry screen takes (户码); may be empty.
    pub code: String,
    /// Room within the group, such as `301`.
    pub room: String,
    /// Name and telephone of whom to ask for; the paper is for the staff.
    pub person: String,
    /// Why it is due (事由), such as `第3次未遇`, `约好今天`, `承诺答复`.
    pub reason: String,
    /// Last contact, such as `2月28日 上门，不在家`; may be empty.
    pub last: String,
}

impl VisitRound {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let columns = vec![
            RosterColumn::center("序号", 10),
            RosterColumn::center("房号", 18),
            RosterColumn::left("联系人、电话", 38),
            RosterColumn::left("事由", 34),
            RosterColumn::left("上次联系", 42),
            RosterColumn::center("结果", 14).under("走访后填写"),
            RosterColumn::left("见到谁、说了什么、答应了什么", 84).under("走访后填写"),
            RosterColumn::center("下次日期", 20).under("走访后填写"),
        ];
        let mut rows = Vec::new();
        let mut number = 0;
        for group in &self.groups {
            rows.push(RosterRow::heading(format!(
                "{}（{} 户）",
                group.title,
                group.lines.len()
            )));
            for line in &group.lines {
                number += 1;
                let room = match line.code.as_str() {
                    "" => line.room.clone(),
                    code => format!("{}\n{code}", line.room),
                };
                rows.push(RosterRow::plain(vec![
                    format!("{number}"),
                    room,
                    line.person.clone(),
                    line.reason.clone(),
                    line.last.clone(),
                    String::new(),
                    String::new(),
                    String::new(),
                ]));
            }
        }
        if self.blank_lines > 0 {
            rows.push(RosterRow::heading("临时走访（写明楼栋、单元、房号）"));
            rows.extend((0..self.blank_lines).map(|_| RosterRow::blank(columns.len())));
        }
        let mut notes = Vec::new();
        if !self.outcomes.is_empty() {
            notes.push(format!("结果填号码：{}。", self.outcomes.join("　")));
        }
        notes.push("本表有姓名和电话，走访后请交回社区录入并收存，不要外传。".to_owned());
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A4Lying,
            title: "入户走访清单".to_owned(),
            facts: vec![
                ("走访日期".to_owned(), self.day.clone()),
                ("走访人".to_owned(), self.visitors.clone()),
                ("应走访".to_owned(), format!("{number} 户")),
            ],
            columns,
            row_mm: 11,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            pictures: Vec::new(),
            notes,
            blanks: vec![
                "走访人签字".to_owned(),
                "录入人".to_owned(),
                "录入日期".to_owned(),
            ],
            seal: false,
        }
    }
}

/// Columns of figures under one head.
pub(super) fn figures(group: &str, heads: &[(&str, u16)]) -> Vec<RosterColumn> {
    heads
        .iter()
        .map(|(head, width)| RosterColumn {
            group: group.to_owned(),
            head: (*head).to_owned(),
            width: *width,
            align: RosterAlign::Right,
        })
        .collect()
}
