//! Papers: going out, coming back, read once or twice.

use std::collections::HashMap;

use jiugai_domain::fixed::{format, format_grouped};
use jiugai_domain::{BallotHolder, RecordId};
use jiugai_storage::ballots::{self as store, Ballot, Paper, VoteRow};
use jiugai_storage::{Op, OpCode, attachments};

use super::counted::{Counted, Read, doubted, read};
use super::roll::{buildings, figure};
use super::{day, find, line, open, refused, subject};
use crate::text::key;
use crate::wire::{
    BallotChoice, BallotDelivery, BallotPaperRow, BallotPaperState, BallotPapers, BallotReading,
    BallotValidity, Changed,
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

pub(super) fn label(list: &[(&'static str, &'static str)], code: &str) -> &'static str {
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
pub(super) fn reading_label(code: &str) -> &'static str {
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
        let [first, second] = self.readings(at);
        if doubted(paper) && first && second {
            (
                BallotPaperState::Differs,
                "有效还是无效，两遍不一致".to_owned(),
            )
        } else if reads.contains(&Read::Differs) {
            (BallotPaperState::Differs, "两遍不一致".to_owned())
        } else if doubted(paper) || reads.contains(&Read::Half) {
            let word = match (self.ballot.double_entry, first) {
                (true, true) => "待录第二遍",
                (true, false) => "待录第一遍",
                (false, _) => "没有录全",
            };
            (BallotPaperState::HalfRead, word.to_owned())
        } else {
            (BallotPaperState::Valid, "有效".to_owned())
        }
    }

    /// Whether a paper was read for the first and for the second time.
    fn readings(&self, at: usize) -> [bool; 2] {
        let Some(paper) = &self.papers[at] else {
            return [false; 2];
        };
        let said = |of: fn(&VoteRow) -> &String| {
            let mut votes = self.motions.iter().map(|motion| self.vote(at, motion));
            votes.any(|vote| vote.is_some_and(|vote| !of(vote).is_empty()))
        };
        [
            !paper.first_invalid.is_empty() || said(|vote| &vote.first),
            !paper.second_invalid.is_empty() || said(|vote| &vote.second),
        ]
    }

    pub(super) fn validity(&self, at: usize, paper: &Paper) -> BallotValidity {
        let [first, second] = self.readings(at);
        let by = |invalid_by: &String, of: fn(&VoteRow) -> &String| {
            let mut votes = self
                .motions
                .iter()
                .filter_map(|motion| self.vote(at, motion));
            let voted = votes.find(|vote| !of(vote).is_empty());
            match voted {
                Some(vote) if invalid_by.is_empty() => of(vote).clone(),
                _ => invalid_by.clone(),
            }
        };
        let label = |read: bool, invalid: &str| match (read, invalid.is_empty()) {
            (false, _) => String::new(),
            (true, true) => "有效".to_owned(),
            (true, false) => format!("无效：{}", invalid_label(invalid)),
        };
        BallotValidity {
            differs: first
                && second
                && paper.first_invalid.is_empty() != paper.second_invalid.is_empty(),
            first_label: label(first, &paper.first_invalid),
            first_by: by(&paper.first_invalid_by, |vote| &vote.first_by),
            second_label: label(second, &paper.second_invalid),
            second_by: by(&paper.second_invalid_by, |vote| &vote.second_by),
            settled: if paper.settled_reason.is_empty() {
                String::new()
            } else {
                format!("{}，{}", paper.settled_reason, paper.settled_by)
            },
            first: paper.first_invalid.clone(),
            second: paper.second_invalid.clone(),
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
            validity: self.validity(at, paper),
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

    pub(super) fn paper_of(&self, ballot: &Ballot, id: &str) -> Result<Paper, ApiError> {
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
}
