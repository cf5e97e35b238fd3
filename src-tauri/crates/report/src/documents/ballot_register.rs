use super::{Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet};

/// Input of the issue and return register (D9 发票、收票登记表), one part for each building. Empty
/// texts are written by hand.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BallotRegister {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot (表决), such as `五交化家属院改造方案业主表决`.
    pub ballot: String,
    /// Period of the ballot (投票时间), formatted.
    pub period: String,
    /// Ways of delivery that are written into the column 送达方式, such as `1 当面`.
    pub ways: Vec<String>,
    /// Buildings.
    pub parts: Vec<RegisterPart>,
}

/// A building of the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterPart {
    /// Building, such as `3号楼`.
    pub title: String,
    /// Its papers.
    pub lines: Vec<RegisterLine>,
}

/// A paper in the register.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RegisterLine {
    /// Number of the paper (票号).
    pub number: String,
    /// Dwellings.
    pub room: String,
    /// Owner, whole name: the register stays in the office.
    pub owner: String,
    /// Exclusive area, such as `86.40`.
    pub area: String,
    /// 送达方式.
    pub way: String,
    /// Day of delivery (领票日期).
    pub issued_on: String,
    /// Day of return (回收日期).
    pub returned_on: String,
    /// 有效 or 无效 with its reason.
    pub validity: String,
}

impl BallotRegister {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let columns = vec![
            RosterColumn::center("票号", 16),
            RosterColumn::left("房号", 34),
            RosterColumn::left("业主", 30),
            RosterColumn::right("专有部分面积（㎡）", 24),
            RosterColumn::center("送达方式", 20).under("发票"),
            RosterColumn::left("领票人签字", 33).under("发票"),
            RosterColumn::center("日期", 25).under("发票"),
            RosterColumn::center("回收日期", 25).under("收票"),
            RosterColumn::center("有效性", 24).under("收票"),
            RosterColumn::left("监票人签字", 27).under("收票"),
        ];
        let parts = self
            .parts
            .iter()
            .map(|part| RosterPart {
                title: part.title.clone(),
                rows: part
                    .lines
                    .iter()
                    .map(|line| {
                        RosterRow::plain(vec![
                            line.number.clone(),
                            line.room.clone(),
                            line.owner.clone(),
                            line.area.clone(),
                            line.way.clone(),
                            String::new(),
                            line.issued_on.clone(),
                            line.returned_on.clone(),
                            line.validity.clone(),
                            String::new(),
                        ])
                    })
                    .collect(),
            })
            .collect();
        let mut notes = Vec::new();
        if !self.ways.is_empty() {
            notes.push(format!("送达方式填号码：{}。", self.ways.join("　")));
        }
        notes.push(
            "代领、同住人签收或留置送达的，在领票人签字栏写明代领人与业主的关系，并有见证人签字。"
                .to_owned(),
        );
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A4Lying,
            title: "表决票发放、回收登记表".to_owned(),
            facts: vec![
                ("表决".to_owned(), self.ballot.clone()),
                ("投票时间".to_owned(), self.period.clone()),
            ],
            columns,
            row_mm: 11,
            parts,
            pictures: Vec::new(),
            notes,
            blanks: vec!["发票人".to_owned(), "监票人".to_owned(), "日期".to_owned()],
            seal: false,
        }
    }
}
