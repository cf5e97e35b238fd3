use super::notice::compose_notices;
use super::{BallotMotion, Imprint, Notice, NoticeBlock};
use crate::press::Composed;
use crate::{Fonts, ReportError};

/// Input of the proxy forms (授权委托书), one page for each owner; none at all prints a blank one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyForms {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot.
    pub ballot: String,
    /// Matters.
    pub motions: Vec<BallotMotion>,
    /// Owners. Empty texts are written by hand.
    pub owners: Vec<ProxyOwner>,
}

/// The owner who authorises another.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProxyOwner {
    /// Owner (委托人), whole name.
    pub owner: String,
    /// Dwellings.
    pub dwellings: String,
    /// Exclusive area, such as `86.40 ㎡`.
    pub area: String,
}

impl ProxyForms {
    /// The letters.
    #[must_use]
    pub fn notices(&self) -> Vec<Notice> {
        let blank = [ProxyOwner::default()];
        let owners = if self.owners.is_empty() {
            &blank[..]
        } else {
            &self.owners[..]
        };
        owners.iter().map(|owner| self.letter(owner)).collect()
    }

    /// Sets the letters.
    ///
    /// # Errors
    /// As [`crate::press::compose`].
    pub fn compose(&self, fonts: &Fonts) -> Result<Composed, ReportError> {
        compose_notices(&self.notices(), fonts)
    }

    fn letter(&self, owner: &ProxyOwner) -> Notice {
        let ballot = match self.ballot.as_str() {
            "" => "本次业主表决".to_owned(),
            ballot => format!("“{ballot}”"),
        };
        let mut blocks = vec![
            NoticeBlock::blanks(&[
                ("委托人（业主）", &owner.owner),
                ("房屋坐落", &owner.dwellings),
                ("专有部分面积", &owner.area),
                ("委托人电话", ""),
                ("受委托人", ""),
                ("与委托人关系", ""),
                ("受委托人电话", ""),
            ]),
            NoticeBlock::paragraph(format!(
                "本人因故不能亲自参加投票，委托上述受委托人代为参加{ballot}，领取、填写并交回表决票。"
            )),
        ];
        if !self.motions.is_empty() {
            blocks.push(NoticeBlock::paragraph(
                "对各事项的意见（在一栏内打√；不填的由受委托人决定）：",
            ));
            blocks.push(NoticeBlock::Table {
                columns: vec![
                    super::RosterColumn::left("表决事项", 96),
                    super::RosterColumn::center("同意", 20),
                    super::RosterColumn::center("反对", 20),
                    super::RosterColumn::center("弃权", 20),
                ],
                rows: self
                    .motions
                    .iter()
                    .map(|motion| {
                        super::RosterRow::plain(vec![
                            format!("{}、{}", motion.number, motion.text),
                            "□".to_owned(),
                            "□".to_owned(),
                            "□".to_owned(),
                        ])
                    })
                    .collect(),
            });
        }
        blocks.push(NoticeBlock::paragraph(
            "委托期限自签字之日起至本次表决计票结束之日止。受委托人不得转委托。",
        ));
        blocks.push(NoticeBlock::blanks(&[
            ("委托人（签名、手印）", ""),
            ("受委托人（签名）", ""),
            ("日期", ""),
        ]));
        blocks.push(NoticeBlock::note(
            "附：委托人、受委托人身份证件复印件各一份，注明“仅用于本次业主表决”。",
        ));
        Notice {
            imprint: self.imprint.clone(),
            title: "授权委托书".to_owned(),
            addressee: String::new(),
            blocks,
            signers: Vec::new(),
            date: String::new(),
        }
    }
}
