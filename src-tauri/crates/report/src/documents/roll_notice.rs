use super::ballot_result::{joined, named_or, sentence};
use super::{Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet, mask};

/// Input of the roll notice (业主名册公示, D21 公示脱敏名册), one part for each building. Give whole
/// names; the paper masks them unless it is a copy for the office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollNotice {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot that the roll is for.
    pub ballot: String,
    /// Totals in a sentence, such as `共 307 套，18,420.00 ㎡，业主 298 人`.
    pub totals: String,
    /// Until when corrections are taken (更正期), such as `2026年3月1日至3月7日`.
    pub objections_until: String,
    /// Telephone and place for corrections.
    pub contact: String,
    /// Names stand whole: a copy for the office, not to be posted.
    pub whole_names: bool,
    /// Who publishes it (落款).
    pub signer: String,
    /// Buildings.
    pub parts: Vec<RollPart>,
}

/// A building of the roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollPart {
    /// Building, such as `3号楼`.
    pub title: String,
    /// Its entries.
    pub lines: Vec<RollLine>,
    /// Sum of the area, such as `2,304.00`; empty prints none.
    pub area: String,
}

/// An entry of the roll.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RollLine {
    /// Dwelling, such as `2单元301`.
    pub room: String,
    /// Owner, whole; several divided by 、.
    pub owner: String,
    /// Exclusive area, such as `86.40`.
    pub area: String,
    /// Source of the area (面积来源): 登记簿, 实测, 合同, 待核.
    pub source: String,
    /// Votes by heads, such as `1`, or `并入 3号楼2单元302`.
    pub heads: String,
    /// Remark (备注); may be empty.
    pub remark: String,
}

impl RollNotice {
    /// The table.
    #[must_use]
    pub fn roster(&self) -> Roster {
        let columns = vec![
            RosterColumn::center("序号", 12),
            RosterColumn::left("房号", 34),
            RosterColumn::left("业主", 32),
            RosterColumn::right("专有部分面积（㎡）", 28),
            RosterColumn::center("面积来源", 22),
            RosterColumn::center("人数", 20),
            RosterColumn::left("备注", 30),
        ];
        let parts = self
            .parts
            .iter()
            .map(|one| part(one, self.whole_names))
            .collect();
        let contact = sentence("联系方式：", &self.contact);
        Roster {
            imprint: self.imprint.clone(),
            sheet: Sheet::A4,
            title: match self.whole_names {
                true => "业主名册（核对稿）".to_owned(),
                false => "业主名册公示".to_owned(),
            },
            facts: vec![
                ("用于".to_owned(), self.ballot.clone()),
                ("合计".to_owned(), self.totals.clone()),
            ],
            columns,
            row_mm: 8,
            parts,
            pictures: Vec::new(),
            notes: vec![
                format!(
                    "名册有错漏的，请业主本人在{}内带房屋权属证明更正。{contact}",
                    named_or(&self.objections_until, "公示期")
                ),
                joined(&["面积按不动产登记簿记载，没有登记的按实测，没有实测的按合同"]),
                match self.whole_names {
                    true => "核对稿，有全名，只留在办公室，不张贴。".to_owned(),
                    false => mask::RULE.to_owned(),
                },
                sentence("公示单位：", &self.signer),
            ]
            .into_iter()
            .filter(|note| !note.is_empty())
            .collect(),
            blanks: vec!["公示日期".to_owned()],
            seal: true,
        }
    }
}

fn part(part: &RollPart, whole_names: bool) -> RosterPart {
    let mut rows: Vec<RosterRow> = part
        .lines
        .iter()
        .enumerate()
        .map(|(at, line)| {
            RosterRow::plain(vec![
                format!("{}", at + 1),
                line.room.clone(),
                match whole_names {
                    true => line.owner.clone(),
                    false => mask::masked_name(&line.owner),
                },
                line.area.clone(),
                line.source.clone(),
                line.heads.clone(),
                line.remark.clone(),
            ])
        })
        .collect();
    if !part.area.is_empty() {
        let mut cells = vec![String::new(); 7];
        "小计".clone_into(&mut cells[1]);
        part.area.clone_into(&mut cells[3]);
        rows.push(RosterRow::total(cells));
    }
    RosterPart {
        title: part.title.clone(),
        rows,
    }
}
