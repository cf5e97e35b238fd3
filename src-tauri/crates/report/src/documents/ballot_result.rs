use super::{Imprint, Notice, NoticeBlock, RosterColumn, RosterRow, mask};

/// Input of the result notice (D10 计票结果公示). It holds no names but those who sign.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BallotResult {
    /// 版记.
    pub imprint: Imprint,
    /// Ballot, such as `五交化家属院改造方案业主表决`.
    pub ballot: String,
    /// Scope in a sentence, such as `投票范围为全小区 1 至 8 号楼，……`.
    pub scope: String,
    /// Period, such as `2026年3月1日至3月20日`.
    pub period: String,
    /// 发出、收回、有效、无效、无法送达 papers: label and number with its measure word.
    pub papers: Vec<(String, String)>,
    /// 应参与: heads, such as `298 人`.
    pub all_heads: String,
    /// 应参与: area, such as `18,420.00 ㎡`.
    pub all_area: String,
    /// 参与: heads with share, such as `211 人（70.8%）`.
    pub participating_heads: String,
    /// 参与: area with share.
    pub participating_area: String,
    /// The quorum in a sentence with the verdict, such as `双三分之二以上参与，达到法定人数和面积。`
    pub quorum: String,
    /// Motions.
    pub motions: Vec<ResultMotion>,
    /// Law quoted (法律依据), one paragraph each.
    pub laws: Vec<String>,
    /// Until when objections are taken (异议期), such as `2026年3月21日至3月27日`.
    pub objections_until: String,
    /// Telephone and place for objections.
    pub contact: String,
    /// Names of those who witnessed the count (监票人); whole, for they sign.
    pub witnesses: Vec<String>,
    /// Who publishes it (落款), one line each.
    pub signers: Vec<String>,
    /// Date, formatted; empty leaves it to be written.
    pub date: String,
}

/// Result of a motion, figures formatted with shares, such as `160 人（75.8%）`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResultMotion {
    /// Number (一), and words.
    pub title: String,
    /// 同意.
    pub approve: (String, String),
    /// 反对.
    pub reject: (String, String),
    /// 弃权.
    pub abstain: (String, String),
    /// 法定标准, such as `参与表决的四分之三以上同意（人数、面积均须达到）`.
    pub standard: String,
    /// Verdict in a sentence, such as `人数达到、面积未达到，未通过。`
    pub verdict: String,
}

impl BallotResult {
    /// The notice.
    #[must_use]
    pub fn notice(&self) -> Notice {
        let row = |cells: [&str; 3]| RosterRow::plain(cells.map(str::to_owned).to_vec());
        let columns = |first: &str| {
            vec![
                RosterColumn::left(first, 44),
                RosterColumn::right("人数", 54),
                RosterColumn::right("专有部分面积", 58),
            ]
        };
        let mut blocks = vec![
            NoticeBlock::paragraph(format!(
                "{}已按规定完成投票、验票和计票，现将结果公示如下。",
                named_or(&self.ballot, "本次业主表决")
            )),
            NoticeBlock::heading("一、投票范围和时间"),
            NoticeBlock::paragraph(joined(&[
                &self.scope,
                &sentence("投票时间：", &self.period),
            ])),
            NoticeBlock::heading("二、参与情况"),
        ];
        if !self.papers.is_empty() {
            let counts: Vec<String> = self
                .papers
                .iter()
                .map(|(label, count)| format!("{label} {count}"))
                .collect();
            blocks.push(NoticeBlock::paragraph(format!(
                "表决票{}。",
                counts.join("，")
            )));
        }
        blocks.push(NoticeBlock::Table {
            columns: columns("项目"),
            rows: vec![
                row(["应参与表决", &self.all_heads, &self.all_area]),
                row([
                    "参与表决",
                    &self.participating_heads,
                    &self.participating_area,
                ]),
            ],
        });
        blocks.push(NoticeBlock::paragraph(self.quorum.clone()));
        blocks.push(NoticeBlock::heading("三、表决结果"));
        for motion in &self.motions {
            blocks.push(NoticeBlock::subheading(motion.title.clone()));
            let of = |label, pair: &(String, String)| row([label, &pair.0, &pair.1]);
            blocks.push(NoticeBlock::Table {
                columns: columns("表决意见"),
                rows: vec![
                    of("同意", &motion.approve),
                    of("反对", &motion.reject),
                    of("弃权", &motion.abstain),
                ],
            });
            blocks.push(NoticeBlock::paragraph(format!(
                "法定标准：{}。结论：{}",
                motion.standard.trim_end_matches('。'),
                motion.verdict
            )));
        }
        blocks.push(NoticeBlock::heading("四、法律依据"));
        blocks.extend(self.laws.iter().map(NoticeBlock::paragraph));
        blocks.push(NoticeBlock::heading("五、异议"));
        blocks.push(NoticeBlock::paragraph(format!(
            "对结果有异议的业主，请在{}内提出，可以查阅本人表决票的计票情况。{}",
            named_or(&self.objections_until, "公示期"),
            sentence("联系方式：", &self.contact)
        )));
        let witness = match self.witnesses.len() {
            0 => vec![("监票人（签字）".to_owned(), String::new())],
            _ => self
                .witnesses
                .iter()
                .map(|name| (format!("监票人 {name}（签字）"), String::new()))
                .collect(),
        };
        blocks.push(NoticeBlock::Blanks { fields: witness });
        blocks.push(NoticeBlock::note(mask::RULE));
        Notice {
            imprint: self.imprint.clone(),
            title: format!("关于{}计票结果的公示", named_or(&self.ballot, "业主表决")),
            addressee: "各位业主：".to_owned(),
            blocks,
            signers: self.signers.clone(),
            date: self.date.clone(),
        }
    }
}

/// `text`, or other words when it is empty.
pub(super) fn named_or<'a>(text: &'a str, other: &'a str) -> &'a str {
    if text.is_empty() { other } else { text }
}

/// `label` and `text` as a sentence; nothing when there is no text.
pub(super) fn sentence(label: &str, text: &str) -> String {
    match text.trim_end_matches('。') {
        "" => String::new(),
        text => format!("{label}{text}。"),
    }
}

/// Sentences one after the other, each with its full stop.
pub(super) fn joined(sentences: &[&str]) -> String {
    sentences
        .iter()
        .map(|text| sentence("", text))
        .collect::<Vec<_>>()
        .concat()
}
