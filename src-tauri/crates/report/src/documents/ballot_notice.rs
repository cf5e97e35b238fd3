use super::ballot_result::{joined, named_or, sentence};
use super::{BallotMotion, Imprint, Notice, NoticeBlock};

/// Input of the notice of ballot (投票通知公告), at least fifteen days before it (物业管理条例第十四条).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BallotNotice {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot.
    pub ballot: String,
    /// Scope, such as `全小区 1 至 8 号楼`.
    pub scope: String,
    /// All heads, such as `298 人`.
    pub all_heads: String,
    /// All area, such as `18,420.00 ㎡`.
    pub all_area: String,
    /// Begin and end (投票起止时间).
    pub period: String,
    /// Matters with the share each needs.
    pub motions: Vec<NoticeMotion>,
    /// How papers are delivered and taken back, one sentence each.
    pub ways: Vec<String>,
    /// What an unreturned paper means, only for the 从多 mode; else empty.
    pub unreturned_rule: String,
    /// Law quoted, one paragraph each.
    pub laws: Vec<String>,
    /// Telephone and place for questions.
    pub contact: String,
    /// Who publishes it (落款).
    pub signers: Vec<String>,
    /// Date of the notice; empty leaves it to be written.
    pub date: String,
}

/// A matter in the notice.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NoticeMotion {
    /// Number and words.
    pub motion: BallotMotion,
    /// What it needs, such as `参与表决的人数和面积均四分之三以上同意`.
    pub standard: String,
}

impl BallotNotice {
    /// The notice.
    #[must_use]
    pub fn notice(&self) -> Notice {
        let mut blocks = vec![
            NoticeBlock::paragraph(format!(
                "根据《中华人民共和国民法典》和《物业管理条例》，现就{}组织业主书面表决，有关事项公告如下。",
                named_or(&self.ballot, "下列事项")
            )),
            NoticeBlock::heading("一、投票范围"),
            NoticeBlock::paragraph(joined(&[
                &self.scope,
                &sentence("业主总人数：", &self.all_heads),
                &sentence("专有部分总面积：", &self.all_area),
            ])),
            NoticeBlock::heading("二、投票起止时间"),
            NoticeBlock::paragraph(sentence("", named_or(&self.period, "另行公告"))),
            NoticeBlock::heading("三、表决事项"),
        ];
        for motion in &self.motions {
            blocks.push(NoticeBlock::paragraph(format!(
                "（{}）{}{}",
                motion.motion.number,
                sentence("", &motion.motion.text),
                sentence("通过标准：", &motion.standard)
            )));
        }
        blocks.push(NoticeBlock::heading("四、送达和收回"));
        blocks.extend(self.ways.iter().map(NoticeBlock::paragraph));
        if !self.unreturned_rule.is_empty() {
            blocks.push(NoticeBlock::paragraph(self.unreturned_rule.clone()));
        }
        blocks.push(NoticeBlock::heading("五、填写和委托"));
        blocks.push(NoticeBlock::paragraph(
            "每个事项只能在“同意”“反对”“弃权”中选一项打√，由业主本人签名。没有签名、涂改、多选或不选的，该项无效。",
        ));
        blocks.push(NoticeBlock::paragraph(
            "本人不能投票的，可以书面委托他人，代理人交票时附委托书和双方身份证件复印件。共有的房屋由共有人推举一人投票。",
        ));
        blocks.push(NoticeBlock::heading("六、法律依据"));
        blocks.extend(self.laws.iter().map(NoticeBlock::paragraph));
        if !self.contact.is_empty() {
            blocks.push(NoticeBlock::paragraph(sentence(
                "咨询和反映问题：",
                &self.contact,
            )));
        }
        Notice {
            imprint: self.imprint.clone(),
            title: format!("关于{}的公告", named_or(&self.ballot, "组织业主表决")),
            addressee: "各位业主：".to_owned(),
            blocks,
            signers: self.signers.clone(),
            date: self.date.clone(),
        }
    }
}
