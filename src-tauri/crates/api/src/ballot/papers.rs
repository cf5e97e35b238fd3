//! Papers: going out, coming back, read once or twice.

use std::collections::HashMap;

use jiugai_domain::fixed::{format, format_grouped};
use jiugai_domain::{BallotHolder, RecordId};
use jiugai_storage::ballots::{self as store, Ballot, Paper, VoteRow};
use jiugai_storage::{Op, OpCode, attachments};

use super::counted::{Counted, Read, read};
use super::roll::{buildings, figure};
use super::{day, find, line, open, refused, required, subject};
use crate::text::key;
use crate::wire::{
    BallotChoice, BallotDelivery, BallotEntry, BallotPaperRow, BallotPaperState, BallotPapers,
    BallotReading, Changed,
};
use crate::{ApiError, Session};

pub(super) const WAYS: [(&str, &str); 5] = [
    ("inPerson", "当面"),
    ("cohabitant", "同住人代收"),
    ("mailbox", "投信箱"),
    ("post", "邮寄"),
    ("notice", "公告"),
];

pub(super) const INVALIDS: [(&str, &str); 7] = [
    ("unsigned", "没有签名"),
    ("altered", "涂改"),
    ("notOwner", "不是业主本人或代理人"),
    ("late", "过了截止时间"),
    ("noProxyDocument", "代理没有委托书"),
    ("damaged", "破损看不清"),
    ("other", "其他"),
];

fn label(list: &[(&'static str, &'static str)], code: &str) -> &'static str {
    list.iter()
        .find(|(known, _)| *known == code)
        .map_or("", |(_, label)| label)
}

pub(super) fn way_label(code: &str) -> &'static str {
    label(&WAYS, code)
}

pub(super) fn invalid_label(code: &str) -> &'static str {
    label(&INVALIDS, code)
}

fn choices(list: &[(&'static str, &'static str)]) -> Vec<BallotChoice> {
    list.iter()
        .map(|(code, label)| BallotChoice {
            code: (*code).to_owned(),
            label: (*label).to_owned(),
        })
        .collect()
}

/// As printed on the paper.
pub(super) fn number(paper: &Paper) -> String {
    format!("{:04}", paper.number)
}

/// What a code of a reading means.
fn reading_label(code: &str) -> &'static str {
    match code {
        "approve" => "同意",
        "reject" => "反对",
        "abstain" => "弃权",
        "invalid" => "此题无效",
        _ => "未录",
    }
}

pub(super) fn says(read: Read) -> &'static str {
    match read {
        Read::Half => "待录",
        Read::Differs => "两遍不一致",
        Read::Says(vote) => vote.label(),
        Read::Invalid => "此题无效",
    }
}

impl Counted {
    pub(super) fn state(&self, at: usize) -> (BallotPaperState, String) {
        let Some(paper) = &self.papers[at] else {
            return (BallotPaperState::Waiting, "没有票".to_owned());
        };
        if paper.returned_on.is_empty() {
            return if paper.way.is_empty() {
                (BallotPaperState::Waiting, "未送达".to_owned())
            } else {
                (BallotPaperState::Delivered, "已送达，未收回".to_owned())
            };
        }
        if !paper.invalid.is_empty() {
            let why = invalid_label(&paper.invalid);
            return (BallotPaperState::Invalid, format!("无效：{why}"));
        }
        let reads: Vec<Read> = self
            .motions
            .iter()
            .map(|motion| read(self.vote(at, motion), self.ballot.double_entry))
            .collect();
        if reads.contains(&Read::Differs) {
            (BallotPaperState::Differs, "两遍不一致".to_owned())
        } else if reads.contains(&Read::Half) {
            let word = if self.ballot.double_entry {
                "待录第二遍"
            } else {
                "没有录全"
            };
            (BallotPaperState::HalfRead, word.to_owned())
        } else {
            (BallotPaperState::Valid, "有效".to_owned())
        }
    }

    fn paper_row(&self, at: usize, scans: &HashMap<RecordId, u32>) -> Option<BallotPaperRow> {
        let (entry, paper) = (&self.entries[at], self.papers[at].as_ref()?);
        let (state, state_label) = self.state(at);
        let mut delivery: Vec<&str> = vec![way_label(&paper.way), &paper.delivered_on];
        let witness = format!("见证人{}", paper.witness);
        if !paper.witness.is_empty() {
            delivery.push(&witness);
        }
        delivery.retain(|part| !part.is_empty());
        let said: Vec<&str> = self
            .motions
            .iter()
            .map(|motion| says(read(self.vote(at, motion), self.ballot.double_entry)))
            .collect();
        Some(BallotPaperRow {
            id: paper.id.to_string(),
            number: number(paper),
            place: entry.place.clone(),
            building: entry.building.clone(),
            owners: entry.owners.clone(),
            area: entry
                .area_dm2
                .map_or_else(String::new, |area| format(area, 2)),
            says: if matches!(
                state,
                BallotPaperState::Waiting | BallotPaperState::Delivered | BallotPaperState::Invalid
            ) {
                String::new()
            } else {
                said.join("、")
            },
            state,
            state_label,
            delivery: delivery.join(" "),
            returned_on: paper.returned_on.clone(),
            proxy: paper.proxy.clone(),
            proxy_document: paper.proxy_document.clone(),
            scans: scans.get(&paper.id).copied().unwrap_or(0),
            invalid: paper.invalid.clone(),
            invalid_note: paper.invalid_note.clone(),
            readings: self
                .motions
                .iter()
                .map(|motion| reading(motion.id, self.vote(at, motion)))
                .collect(),
        })
    }

    /// Papers by what became of them: all, delivered, returned, valid, invalid, still to be decided.
    pub(super) fn paper_figures(&self) -> [usize; 6] {
        let mut figures = [0; 6];
        for at in 0..self.entries.len() {
            let Some(paper) = &self.papers[at] else {
                continue;
            };
            figures[0] += 1;
            figures[1] += usize::from(!paper.way.is_empty() || !paper.returned_on.is_empty());
            figures[2] += usize::from(!paper.returned_on.is_empty());
            match self.state(at).0 {
                BallotPaperState::Valid => figures[3] += 1,
                BallotPaperState::Invalid => figures[4] += 1,
                BallotPaperState::HalfRead | BallotPaperState::Differs => figures[5] += 1,
                BallotPaperState::Waiting | BallotPaperState::Delivered => {}
            }
        }
        figures
    }
}

fn reading(motion: RecordId, vote: Option<&VoteRow>) -> BallotReading {
    let text = |of: fn(&VoteRow) -> &String| vote.map_or_else(String::new, |vote| of(vote).clone());
    BallotReading {
        motion: motion.to_string(),
        first: text(|vote| &vote.first),
        first_by: text(|vote| &vote.first_by),
        second: text(|vote| &vote.second),
        second_by: text(|vote| &vote.second_by),
        settled: text(|vote| &vote.settled),
        settled_reason: vote
            .filter(|vote| !vote.settled.is_empty())
            .map_or_else(String::new, |vote| {
                format!("{}，{}", vote.settled_reason, vote.settled_by)
            }),
    }
}

pub(super) fn figures(counted: &Counted) -> Vec<crate::wire::BallotFigure> {
    let labels = ["全部", "送达", "收回", "有效", "无效", "待定"];
    labels
        .iter()
        .zip(counted.paper_figures())
        .map(|(label, count)| {
            let count = format_grouped(i64::try_from(count).unwrap_or(i64::MAX), 0);
            figure(label, count, "张")
        })
        .collect()
}

impl Session {
    /// The papers of a ballot.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_papers(&self, id: &str) -> Result<BallotPapers, ApiError> {
        let conn = self.connection()?;
        let counted = Counted::load(conn, find(conn, id)?)?;
        let scans = attachments::counts(conn, BallotHolder::BallotPaper.into())?;
        Ok(BallotPapers {
            buildings: buildings(counted.entries.iter().map(|entry| entry.building.as_str())),
            rows: (0..counted.entries.len())
                .filter_map(|at| counted.paper_row(at, &scans))
                .collect(),
            figures: figures(&counted),
            ways: choices(&WAYS),
            invalids: choices(&INVALIDS),
            motions: counted
                .motions
                .iter()
                .map(|motion| BallotChoice {
                    code: motion.id.to_string(),
                    label: motion.title.clone(),
                })
                .collect(),
            double_entry: counted.ballot.double_entry,
        })
    }

    fn paper_of(&self, ballot: &Ballot, id: &str) -> Result<Paper, ApiError> {
        store::paper(self.connection()?, ballot.id, key(id)?)?.ok_or_else(|| {
            refused(
                "没有这张票",
                "这张票不在这次表决里。",
                "请核对票号，或者按房号找。",
            )
        })
    }

    /// Notes that papers were delivered.
    ///
    /// # Errors
    /// `notFound`, `invalid`, `sealed`.
    pub fn ballot_deliver(
        &mut self,
        id: &str,
        delivery: &BallotDelivery,
    ) -> Result<Changed<()>, ApiError> {
        let ballot = open(find(self.connection()?, id)?)?;
        let delivered_on = day(&delivery.delivered_on, "送达日期")?;
        let way = label(&WAYS, &delivery.way);
        if way.is_empty() || delivered_on.is_empty() {
            return Err(refused(
                "没有登记送达",
                "要写明怎么送的、哪一天送的。",
                "请选送达方式，填送达日期。",
            ));
        }
        if delivery.papers.is_empty() {
            return Err(refused(
                "没有登记送达",
                "没有选票。",
                "请先勾选要登记的票。",
            ));
        }
        let mut papers = Vec::new();
        for id in &delivery.papers {
            let mut paper = self.paper_of(&ballot, id)?;
            if !paper.returned_on.is_empty() && delivered_on > paper.returned_on {
                return Err(refused(
                    "没有登记送达",
                    format!(
                        "{} 号票 {} 已经收回，送达不会在它之后。",
                        number(&paper),
                        paper.returned_on
                    ),
                    "请核对日期。",
                ));
            }
            paper.way.clone_from(&delivery.way);
            paper.delivered_on.clone_from(&delivered_on);
            paper.witness = line(&delivery.witness);
            paper.receiver = line(&delivery.receiver);
            paper.evidence = line(&delivery.evidence);
            papers.push(paper);
        }
        let op = Op::many(
            OpCode::Update,
            format!("{}的送达登记", subject(&ballot)),
            papers.len(),
        );
        self.write(&op, |conn| {
            for paper in &papers {
                store::put_paper(conn, ballot.id, paper)?;
            }
            Ok(())
        })
    }

    /// Reads a returned paper, for the first or the second time.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` for an unknown paper, a motion without vote, a proxy without
    /// document, or the same person reading twice.
    pub fn ballot_enter(&mut self, id: &str, entry: &BallotEntry) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = open(find(conn, id)?)?;
        let mut paper = self.paper_of(&ballot, &entry.paper)?;
        let shown = number(&paper);
        let no = |message: String, next: &str| Err(refused("这张票没有录", message, next));
        let reader = match line(&entry.reader) {
            typed if typed.is_empty() => self.kept.settings.actor.clone(),
            typed => typed,
        };
        let returned_on = day(&entry.returned_on, "收回日期")?;
        let invalid = label(&INVALIDS, &entry.invalid);
        if !entry.invalid.is_empty() && invalid.is_empty() {
            return no(format!("{shown} 号票的无效原因认不出。"), "请重新选原因。");
        }
        let motions = store::motions(conn, ballot.id)?;
        let known = ["approve", "reject", "abstain", "invalid"];
        let chosen = entry.choices.len() == motions.len()
            && entry
                .choices
                .iter()
                .all(|choice| known.contains(&choice.as_str()));
        if entry.invalid.is_empty() && !chosen {
            return no(
                format!("{shown} 号票有 {} 项议题，还有没选的。", motions.len()),
                "请每一项都选：1 同意、2 反对、3 弃权、4 此题无效。",
            );
        }
        paper.proxy = line(&entry.proxy);
        paper.proxy_document = line(&entry.proxy_document);
        if !paper.proxy.is_empty() && paper.proxy_document.is_empty() && entry.invalid.is_empty() {
            return no(
                format!("{shown} 号票由{}代投，没有写委托书。", paper.proxy),
                "请填委托书的编号或存放处；没有委托书的，按“代理没有委托书”作无效。",
            );
        }
        if !entry.second || paper.returned_on.is_empty() {
            paper.returned_on = if returned_on.is_empty() {
                self.now().format("%Y-%m-%d").to_string()
            } else {
                returned_on
            };
        }
        if !ballot.ends_on.is_empty()
            && paper.returned_on > ballot.ends_on
            && entry.invalid.is_empty()
        {
            return no(
                format!(
                    "{shown} 号票 {} 才收回，截止日期是 {}。",
                    paper.returned_on, ballot.ends_on
                ),
                "过了截止时间的，按“过了截止时间”作无效；日期写错了的，改日期。",
            );
        }
        let before: Vec<VoteRow> = store::votes(conn, ballot.id)?
            .into_iter()
            .filter(|vote| vote.paper == paper.id)
            .collect();
        let other_reader = before
            .iter()
            .map(|vote| {
                if entry.second {
                    &vote.first_by
                } else {
                    &vote.second_by
                }
            })
            .find(|name| !name.is_empty());
        if ballot.double_entry && other_reader == Some(&reader) {
            return no(
                format!("{shown} 号票的另一遍也是{reader}录的。两遍要由两个人录。"),
                "请另一个人来录，在“录入人”里写他的名字。",
            );
        }
        let mut votes = Vec::new();
        if entry.invalid.is_empty() {
            for (motion, choice) in motions.iter().zip(&entry.choices) {
                let existing = before.iter().find(|vote| vote.motion == motion.id).cloned();
                let mut vote = match existing {
                    Some(vote) => vote,
                    None => VoteRow {
                        id: self.fresh()?,
                        paper: paper.id,
                        motion: motion.id,
                        first: String::new(),
                        first_by: String::new(),
                        second: String::new(),
                        second_by: String::new(),
                        settled: String::new(),
                        settled_by: String::new(),
                        settled_reason: String::new(),
                    },
                };
                let (said, by) = if entry.second {
                    (&mut vote.second, &mut vote.second_by)
                } else {
                    (&mut vote.first, &mut vote.first_by)
                };
                said.clone_from(choice);
                by.clone_from(&reader);
                // What was settled was about other readings.
                vote.settled.clear();
                vote.settled_by.clear();
                vote.settled_reason.clear();
                votes.push(vote);
            }
        }
        paper.invalid.clone_from(&entry.invalid);
        paper.invalid_note = line(&entry.invalid_note);
        let op = Op::one(
            OpCode::EnterPaper,
            format!("{} {shown} 号票", subject(&ballot)),
        );
        self.write(&op, |conn| {
            store::put_paper(conn, ballot.id, &paper)?;
            if !paper.invalid.is_empty() {
                store::remove_votes(conn, paper.id)?;
            }
            for vote in &votes {
                store::put_vote(conn, ballot.id, vote)?;
            }
            Ok(())
        })
    }

    /// Takes the entry of a paper back: it was not returned after all.
    ///
    /// # Errors
    /// `notFound`, `sealed`.
    pub fn ballot_clear(&mut self, id: &str, paper: &str) -> Result<Changed<()>, ApiError> {
        let ballot = open(find(self.connection()?, id)?)?;
        let mut paper = self.paper_of(&ballot, paper)?;
        paper.returned_on.clear();
        paper.proxy.clear();
        paper.proxy_document.clear();
        paper.invalid.clear();
        paper.invalid_note.clear();
        let op = Op::one(
            OpCode::Clear,
            format!("{} {} 号票", subject(&ballot), number(&paper)),
        );
        self.write(&op, |conn| {
            store::remove_votes(conn, paper.id)?;
            store::put_paper(conn, ballot.id, &paper)
        })
    }

    /// Settles what a paper says where its two readings differ.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` when they do not differ or without a reason.
    pub fn ballot_settle(
        &mut self,
        id: &str,
        paper: &str,
        motion: &str,
        choice: &str,
        reason: &str,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let ballot = open(find(conn, id)?)?;
        let paper = self.paper_of(&ballot, paper)?;
        let motion = key(motion)?;
        let mut vote = store::votes(conn, ballot.id)?
            .into_iter()
            .find(|vote| vote.paper == paper.id && vote.motion == motion)
            .ok_or_else(ApiError::not_found)?;
        if vote.first == vote.second || vote.first.is_empty() || vote.second.is_empty() {
            return Err(refused(
                "没有要核对的",
                format!("{} 号票两遍录的一样，或者还没有录完两遍。", number(&paper)),
                "请刷新后再看。",
            ));
        }
        if reading_label(choice) == "未录" {
            return Err(refused(
                "没有定下来",
                "没有选以哪个为准。",
                "请看着票选一个。",
            ));
        }
        vote.settled = choice.to_owned();
        vote.settled_by.clone_from(&self.kept.settings.actor);
        vote.settled_reason = required(reason, "核对的说明")?;
        let op = Op::one(
            OpCode::EnterPaper,
            format!("{} {} 号票（核对）", subject(&ballot), number(&paper)),
        );
        self.write(&op, |conn| store::put_vote(conn, ballot.id, &vote))
    }
}
