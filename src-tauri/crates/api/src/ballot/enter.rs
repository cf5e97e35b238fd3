//! What came back on paper: read once or twice, taken back, settled where the readings differ.

use jiugai_storage::ballots::{self as store, Paper, VoteRow};
use jiugai_storage::{Op, OpCode};

use super::counted::Counted;
use super::papers::{INVALIDS, invalid_label, label, number, reading_label};
use super::{day, find, line, open, refused, required, subject};
use crate::text::key;
use crate::wire::{BallotEntry, Changed};
use crate::{ApiError, Session};

/// What both readings come to: invalid when both say so, or the only one.
fn agree(paper: &mut Paper, double: bool) {
    let marks = [&paper.first_invalid, &paper.second_invalid];
    let said = marks.iter().filter(|mark| !mark.is_empty()).count();
    paper.invalid = if said == 2 || (said == 1 && !double) {
        let first = marks.into_iter().find(|mark| !mark.is_empty());
        first.cloned().unwrap_or_default()
    } else {
        String::new()
    };
    if said == 0 {
        paper.invalid_note.clear();
    }
    // What was settled was about other readings.
    paper.settled_by.clear();
    paper.settled_reason.clear();
}

/// Takes one reading out of a vote, and what was settled about it.
fn unread(mut vote: VoteRow, second: bool) -> VoteRow {
    if second {
        vote.second.clear();
        vote.second_by.clear();
    } else {
        vote.first.clear();
        vote.first_by.clear();
    }
    vote.settled.clear();
    vote.settled_by.clear();
    vote.settled_reason.clear();
    vote
}

impl Session {
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
                self.today()
            } else {
                returned_on
            };
            let day = &paper.returned_on;
            let against = if *day > self.today() {
                "今天还没有到这一天".to_owned()
            } else if *day < ballot.starts_on {
                format!("投票 {} 才开始", ballot.starts_on)
            } else if *day < paper.delivered_on {
                format!("这张票 {} 才送达", paper.delivered_on)
            } else {
                String::new()
            };
            if !against.is_empty() {
                return no(
                    format!("{shown} 号票的收回日期写的是 {day}，{against}。"),
                    "请核对收回日期。",
                );
            }
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
        let marked_by = if entry.second {
            &paper.first_invalid_by
        } else {
            &paper.second_invalid_by
        };
        let other_reader = before
            .iter()
            .map(|vote| {
                if entry.second {
                    &vote.first_by
                } else {
                    &vote.second_by
                }
            })
            .chain([marked_by])
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
        let (mark, marked_by) = if entry.second {
            (&mut paper.second_invalid, &mut paper.second_invalid_by)
        } else {
            (&mut paper.first_invalid, &mut paper.first_invalid_by)
        };
        mark.clone_from(&entry.invalid);
        *marked_by = if entry.invalid.is_empty() {
            String::new()
        } else {
            reader
        };
        if !entry.invalid.is_empty() {
            paper.invalid_note = line(&entry.invalid_note);
            // This reading says nothing about the motions any more.
            votes = before
                .into_iter()
                .map(|vote| unread(vote, entry.second))
                .collect();
        }
        agree(&mut paper, ballot.double_entry);
        let op = Op::one(
            OpCode::EnterPaper,
            format!("{} {shown} 号票", subject(&ballot)),
        );
        self.write(&op, |conn| {
            store::put_paper(conn, ballot.id, &paper)?;
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
        let kept = self.paper_of(&ballot, paper)?;
        let paper = Paper {
            way: kept.way,
            delivered_on: kept.delivered_on,
            witness: kept.witness,
            receiver: kept.receiver,
            evidence: kept.evidence,
            ..Paper::blank(kept.id, kept.entry, kept.number)
        };
        let op = Op::one(
            OpCode::Clear,
            format!("{} {} 号票", subject(&ballot), number(&paper)),
        );
        self.write(&op, |conn| {
            store::remove_votes(conn, paper.id)?;
            store::put_paper(conn, ballot.id, &paper)
        })
    }

    /// Settles whether a paper is valid where one reading says so and the other not: `invalid` is
    /// the reason, empty for a valid paper, which is then read anew by whom took it for invalid.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` when they do not differ or without a reason.
    pub fn ballot_settle_paper(
        &mut self,
        id: &str,
        paper: &str,
        invalid: &str,
        reason: &str,
    ) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let counted = Counted::load(conn, open(find(conn, id)?)?)?;
        let paper = key(paper)?;
        let at = counted
            .papers
            .iter()
            .position(|other| other.as_ref().is_some_and(|other| other.id == paper))
            .ok_or_else(ApiError::not_found)?;
        let mut paper = counted.papers[at].clone().ok_or_else(ApiError::not_found)?;
        if !counted.validity(at, &paper).differs {
            return Err(refused(
                "没有要核对的",
                format!(
                    "{} 号票有效无效两遍录的一样，或者还没有录完两遍。",
                    number(&paper)
                ),
                "请刷新后再看。",
            ));
        }
        if !invalid.is_empty() && invalid_label(invalid).is_empty() {
            return Err(refused(
                "没有定下来",
                "无效的原因认不出。",
                "请看着票选一个。",
            ));
        }
        paper.settled_reason = required(reason, "核对的说明")?;
        paper.settled_by.clone_from(&self.kept.settings.actor);
        paper.invalid = invalid.to_owned();
        if invalid.is_empty() {
            paper.first_invalid.clear();
            paper.first_invalid_by.clear();
            paper.second_invalid.clear();
            paper.second_invalid_by.clear();
            paper.invalid_note.clear();
        }
        let ballot = counted.ballot;
        let op = Op::one(
            OpCode::EnterPaper,
            format!("{} {} 号票（核对）", subject(&ballot), number(&paper)),
        );
        self.write(&op, |conn| store::put_paper(conn, ballot.id, &paper))
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
