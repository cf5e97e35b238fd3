//! The count, 还差多少, and the closing.

use std::collections::HashMap;

use jiugai_domain::ballot::gap::needed;
use jiugai_domain::ballot::{Cast, Cause, Matter, Share, Tally, Vote, law};
use jiugai_domain::fixed::{format, format_grouped};
use jiugai_storage::ballots::{self as store, Ballot, Motion, Straw};
use jiugai_storage::{Connection, Op, OpCode, StorageError};

use super::counted::{Counted, read};
use super::papers::{figures, number, says};
use super::visits::{by_building, visits};
use super::{find, open, refused, report, stage, subject};
use crate::text::key;
use crate::wire::{
    BallotCheck, BallotConflict, BallotCountLine, BallotLegs, BallotMotionTally, BallotPart,
    BallotStage, BallotTally, Changed,
};
use crate::{ApiError, Session};

/// 12.34%, never rounded up: a share that is not reached must not look reached.
pub(super) fn share(part: i64, whole: i64) -> String {
    if whole <= 0 {
        return "—".to_owned();
    }
    let bp = i128::from(part) * 10_000 / i128::from(whole);
    format!("{}%", format(i64::try_from(bp).unwrap_or(0), 2))
}

pub(super) fn heads_and_area(share: Share) -> String {
    match (share.heads, share.area_dm2) {
        (0, 0) => "不差".to_owned(),
        (heads, 0) => format!("{} 人", format_grouped(heads, 0)),
        (0, area) => format!("{} ㎡", format_grouped(area, 2)),
        (heads, area) => format!(
            "{} 人、{} ㎡",
            format_grouped(heads, 0),
            format_grouped(area, 2)
        ),
    }
}

fn legs(held: jiugai_domain::ballot::Legs) -> BallotLegs {
    let text = match (held.heads, held.area) {
        (true, true) => "人数、面积都达到",
        (true, false) => "人数达到，面积没有达到",
        (false, true) => "面积达到，人数没有达到",
        (false, false) => "人数、面积都没有达到",
    };
    BallotLegs {
        heads: held.heads,
        area: held.area,
        text: text.to_owned(),
    }
}

fn cause(cause: Cause, tally: &Tally, pending: usize) -> String {
    match cause {
        Cause::Conflicts => format!("{} 位业主的几张票互相矛盾，要由人决定。", tally.conflicts.len()),
        Cause::Pending => format!("{pending} 张收回的票还没有录完，或者两遍不一致。"),
        Cause::Unproven => "选了“从多”，但三样证明不齐（议事规则的原文和扫描件、每张票的送达证据、票面印明后果）：先按收回的票计，不能定结果。".to_owned(),
        Cause::NoMajority => "“从多”时人数和面积的多数不是同一方，法律没有写明归哪方，要由人决定；请在下面决定；没有收回的票，现在哪一方都没有加。".to_owned(),
    }
}

pub(super) fn verdict(tally: &Tally, stage: BallotStage) -> String {
    match (tally.passed, stage) {
        (None, _) => "还不能定：有要由人决定的".to_owned(),
        (Some(true), BallotStage::Closed) => "通过".to_owned(),
        (Some(true), _) => "照现在收回的票，通过".to_owned(),
        (Some(false), stage) => {
            let mut why = Vec::new();
            if !tally.quorum.both() {
                why.push(match (tally.quorum.heads, tally.quorum.area) {
                    (true, false) => "参与的面积不到三分之二",
                    (false, true) => "参与的人数不到三分之二",
                    _ => "参与的人数和面积都不到三分之二",
                });
            }
            if !tally.approval.both() {
                why.push(match (tally.approval.heads, tally.approval.area) {
                    (true, false) => "同意的面积不够",
                    (false, true) => "同意的人数不够",
                    _ => "同意的人数和面积都不够",
                });
            }
            let result = if stage == BallotStage::Closed {
                "没有通过"
            } else {
                "还没有通过"
            };
            format!("{result}：{}", why.join("，"))
        }
    }
}

fn count_lines(tally: &Tally) -> Vec<BallotCountLine> {
    let base = tally.base;
    let line = |code: &str, label: &str, part: Share, whole: Share| BallotCountLine {
        code: code.to_owned(),
        label: label.to_owned(),
        heads: format_grouped(part.heads, 0),
        heads_share: share(part.heads, whole.heads),
        area: format_grouped(part.area_dm2, 2),
        area_share: share(part.area_dm2, whole.area_dm2),
    };
    let mut lines = vec![
        line("all", "应参与", tally.all, tally.all),
        line("participating", "参与", tally.participating, tally.all),
        line("approving", "同意", tally.approving, base),
        line("rejecting", "反对", tally.rejecting, base),
        line("abstaining", "弃权", tally.abstaining, base),
    ];
    if tally.following != Share::default() {
        lines.push(line("following", "从多计入", tally.following, tally.all));
    }
    lines
}

/// The words behind the leg of a motion with their source.
pub(super) fn standing(motion: &Motion) -> String {
    let leg = Counted::leg(motion);
    let source = if leg.is_of_code() {
        law::CODE_278
    } else {
        motion.leg_reason.as_str()
    };
    format!("{source}：{}", leg.sentence())
}

/// What stands beside a count by another leg than the Code's: on what it rests, and what the Code
/// comes to.
fn beside(counted: &Counted, motion: &Motion, casts: &[Cast], tally: &Tally) -> Vec<String> {
    let mut told: Vec<String> = counted.left_out(motion, tally).into_iter().collect();
    let matter = Matter::from_code(&motion.matter).unwrap_or(Matter::Other);
    if Counted::leg(motion) == matter.leg() {
        return told;
    }
    let by_code = Motion {
        leg: matter.leg().code().to_owned(),
        ..motion.clone()
    };
    let tally = counted.tally(&by_code, casts);
    told.extend([
        format!("计票按：{}", motion.leg_reason),
        format!(
            "照《民法典》，{}要参与表决的{}同意：{}。",
            matter.label(),
            matter.leg().label(),
            verdict(&tally, stage(&counted.ballot))
        ),
        law::CODE_PREVAILS.to_owned(),
    ]);
    told
}

fn laws(motion: &Motion, ballot: &Ballot) -> Vec<String> {
    let mut laws = vec![
        format!("{}：{}", law::CODE_278, law::QUORUM),
        standing(motion),
        law::INCLUDED.to_owned(),
        law::HEADS.to_owned(),
        law::AREA.to_owned(),
    ];
    if ballot.follow_majority {
        laws.push(law::FOLLOW.to_owned());
        laws.push(format!("议事规则原文：{}", ballot.rules_clause));
    }
    laws
}

/// Progress and verdicts for the list of ballots.
pub(super) fn summary(
    conn: &Connection,
    ballot: &Ballot,
) -> Result<(String, Vec<String>), ApiError> {
    if ballot.opened_at.is_empty() {
        return Ok((String::new(), Vec::new()));
    }
    let counted = Counted::load(conn, ballot.clone())?;
    let [all, _, returned, ..] = counted.paper_figures();
    let verdicts = counted
        .motions
        .iter()
        .map(|motion| {
            let tally = counted.tally(motion, &counted.casts(motion));
            format!("{}：{}", motion.title, verdict(&tally, stage(ballot)))
        })
        .collect();
    Ok((format!("收回 {returned} / {all} 张"), verdicts))
}

/// 从多 finds no common majority: a person decides, or has decided.
pub(super) fn no_majority(counted: &Counted, motion: &Motion, tally: &Tally) -> bool {
    tally.open.contains(&Cause::NoMajority) || counted.left_out(motion, tally).is_some()
}

/// What stands before the closing; of a closed ballot, whether its result still holds. `today` is
/// an ISO day.
pub(super) fn checks(counted: &Counted, today: &str) -> Vec<BallotCheck> {
    if stage(&counted.ballot) == BallotStage::Closed {
        let good = !report::differs(counted);
        let text = if good {
            "按封存的票重新数过，与封存时写下的结果一致。"
        } else {
            "按封存的票重新数，与封存时写下的结果不一致：台账文件可能被别的程序改过。请用备份核对，不要据此公告。"
        };
        return vec![BallotCheck {
            good,
            blocks: !good,
            text: text.to_owned(),
        }];
    }
    let mut checks = Vec::new();
    for motion in &counted.motions {
        let casts = counted.casts(motion);
        let tally = counted.tally(motion, &casts);
        let pending = casts.iter().filter(|cast| **cast == Cast::Pending).count();
        for open in &tally.open {
            checks.push(BallotCheck {
                good: false,
                blocks: true,
                text: format!("“{}”：{}", motion.title, cause(*open, &tally, pending)),
            });
        }
    }
    let waiting = counted
        .entries
        .iter()
        .filter(|entry| super::roll::unverified(entry))
        .count();
    if waiting > 0 {
        checks.push(BallotCheck {
            good: false,
            blocks: true,
            text: format!("有 {waiting} 套的面积待核，不能定结果。"),
        });
    }
    let ends_on = counted.ballot.ends_on.as_str();
    let out = counted
        .papers
        .iter()
        .flatten()
        .filter(|paper| paper.returned_on.is_empty())
        .count();
    if !ends_on.is_empty() && today < ends_on && out > 0 {
        checks.push(BallotCheck {
            good: false,
            blocks: true,
            text: format!(
                "截止日期是 {ends_on}，还没有到，还有 {out} 张票没有收回：到期以前业主都可以交票，不能封存。"
            ),
        });
    }
    if checks.is_empty() {
        checks.push(BallotCheck {
            good: true,
            blocks: true,
            text: "收回的票都录完了，没有要由人决定的，可以封存。".to_owned(),
        });
    }
    checks
}

/// Decided or not: what was decided stays in sight.
fn conflicts(
    counted: &Counted,
    motion: &Motion,
    casts: &[Cast],
    tally: &Tally,
) -> Vec<BallotConflict> {
    tally
        .disagreeing
        .iter()
        .map(|head| {
            let head = *head;
            let places: Vec<usize> = (0..casts.len())
                .filter(|at| {
                    counted.seats[*at].head == head && matches!(casts[*at], Cast::Valid(_))
                })
                .collect();
            let ruling = counted.ruling(motion, &counted.heads[head]);
            BallotConflict {
                head: counted.heads[head].clone(),
                label: counted.entries[places[0]].head_label.clone(),
                papers: places
                    .iter()
                    .map(|at| {
                        let read = read(counted.vote(*at, motion), counted.ballot.double_entry);
                        let number = counted.papers[*at]
                            .as_ref()
                            .map_or_else(String::new, number);
                        format!("{number} 号 {}：{}", counted.entries[*at].place, says(read))
                    })
                    .collect(),
                vote: ruling.and_then(|ruling| Vote::from_code(&ruling.vote)),
                reason: ruling.map_or_else(String::new, |ruling| {
                    format!(
                        "{}（{} {}）",
                        ruling.reason, ruling.decided_by, ruling.decided_on
                    )
                }),
            }
        })
        .collect()
}

impl Session {
    pub(super) fn counted(&self, id: &str) -> Result<Counted, ApiError> {
        let conn = self.connection()?;
        Ok(Counted::load(conn, find(conn, id)?)?)
    }

    fn motion_tally(
        &self,
        counted: &Counted,
        motion: &Motion,
    ) -> Result<BallotMotionTally, ApiError> {
        let conn = self.connection()?;
        let known: HashMap<_, _> = store::last_visits(conn, counted.ballot.compound)?
            .into_iter()
            .map(|visit| (visit.dwelling, visit))
            .collect();
        let straws = store::straws(conn, counted.ballot.id)?;
        let straws: HashMap<&str, &Straw> = straws
            .iter()
            .map(|straw| (straw.head.as_str(), straw))
            .collect();
        let casts = counted.casts(motion);
        let tally = counted.tally(motion, &casts);
        let (visits, visit_note) = visits(counted, motion, &casts, &tally, &known, &straws);
        let pending = casts.iter().filter(|cast| **cast == Cast::Pending).count();
        let conflicts = conflicts(counted, motion, &casts, &tally);
        Ok(BallotMotionTally {
            motion: motion.id.to_string(),
            title: motion.title.clone(),
            leg_label: Counted::leg(motion).label().to_owned(),
            lines: count_lines(&tally),
            beside: beside(counted, motion, &casts, &tally),
            of_all: tally.of_all,
            no_majority: no_majority(counted, motion, &tally),
            quorum: legs(tally.quorum),
            approval: legs(tally.approval),
            passed: tally.passed,
            verdict: verdict(&tally, stage(&counted.ballot)),
            laws: laws(motion, &counted.ballot),
            missing: heads_and_area(tally.missing),
            needed: heads_and_area(needed(&tally, Counted::leg(motion))),
            visits,
            visit_note,
            buildings: by_building(counted, &casts),
            conflicts,
            open: tally
                .open
                .iter()
                .map(|open| cause(*open, &tally, pending))
                .collect(),
        })
    }

    /// The count of a ballot, live while it is open.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_tally(&self, id: &str) -> Result<BallotTally, ApiError> {
        let counted = self.counted(id)?;
        Ok(BallotTally {
            stage: stage(&counted.ballot),
            figures: figures(&counted),
            motions: counted
                .motions
                .iter()
                .map(|motion| self.motion_tally(&counted, motion))
                .collect::<Result<_, _>>()?,
            checks: checks(&counted, &self.today()),
        })
    }

    /// The papers behind a figure of the count.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_parts(
        &self,
        id: &str,
        motion: &str,
        code: &str,
    ) -> Result<Vec<BallotPart>, ApiError> {
        let counted = self.counted(id)?;
        let motion = key(motion)?;
        let motion = counted
            .motions
            .iter()
            .find(|other| other.id == motion)
            .ok_or_else(ApiError::not_found)?;
        let casts = counted.casts(motion);
        let tally = counted.tally(motion, &casts);
        // A ruling holds only while the papers disagree.
        let mut rulings = counted.rulings(motion);
        rulings.retain(|head, _| tally.disagreeing.contains(head));
        let wanted = |at: usize| {
            let ruled = rulings.get(&counted.seats[at].head).copied();
            let says = match casts[at] {
                Cast::Valid(vote) => Some(ruled.unwrap_or(vote)),
                _ => None,
            };
            let follows = tally.following != Share::default() && casts[at] == Cast::Unreturned;
            match code {
                "all" => true,
                "participating" => says.is_some() || follows,
                "approving" => {
                    says == Some(Vote::Approve)
                        || (follows && tally.majority == Some(Vote::Approve))
                }
                "rejecting" => {
                    says == Some(Vote::Reject) || (follows && tally.majority == Some(Vote::Reject))
                }
                "abstaining" => {
                    says == Some(Vote::Abstain)
                        || (follows && tally.majority == Some(Vote::Abstain))
                }
                "following" => follows,
                _ => false,
            }
        };
        Ok((0..casts.len())
            .filter(|at| wanted(*at))
            .map(|at| {
                let entry = &counted.entries[at];
                let said = match casts[at] {
                    Cast::NotReached => "未送达".to_owned(),
                    Cast::Unreturned => "已送达，未收回".to_owned(),
                    Cast::Invalid => "无效".to_owned(),
                    Cast::Pending => "待定".to_owned(),
                    Cast::Valid(vote) => match rulings.get(&counted.seats[at].head) {
                        Some(ruled) if *ruled != vote => {
                            format!("{}（按决定计为{}）", vote.label(), ruled.label())
                        }
                        _ => vote.label().to_owned(),
                    },
                };
                BallotPart {
                    number: counted.papers[at].as_ref().map_or_else(String::new, number),
                    place: entry.place.clone(),
                    owners: entry.owners.clone(),
                    head: entry.head_label.clone(),
                    area: format(counted.seats[at].area_dm2, 2),
                    says: said,
                }
            })
            .collect())
    }

    /// What would come of it if these owners all said so. Nothing is written.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_what_if(
        &self,
        id: &str,
        motion: &str,
        heads: &[String],
        vote: Vote,
    ) -> Result<BallotMotionTally, ApiError> {
        let counted = self.counted(id)?;
        let motion = key(motion)?;
        let motion = counted
            .motions
            .iter()
            .find(|other| other.id == motion)
            .ok_or_else(ApiError::not_found)?;
        let mut casts = counted.casts(motion);
        for (at, cast) in casts.iter_mut().enumerate() {
            let head = &counted.heads[counted.seats[at].head];
            if matches!(cast, Cast::NotReached | Cast::Unreturned) && heads.contains(head) {
                *cast = Cast::Valid(vote);
            }
        }
        let tally = counted.tally(motion, &casts);
        let pending = casts.iter().filter(|cast| **cast == Cast::Pending).count();
        Ok(BallotMotionTally {
            motion: motion.id.to_string(),
            title: motion.title.clone(),
            leg_label: Counted::leg(motion).label().to_owned(),
            lines: count_lines(&tally),
            beside: Vec::new(),
            of_all: tally.of_all,
            no_majority: false,
            quorum: legs(tally.quorum),
            approval: legs(tally.approval),
            passed: tally.passed,
            verdict: verdict(&tally, BallotStage::Open),
            laws: Vec::new(),
            missing: heads_and_area(tally.missing),
            needed: heads_and_area(needed(&tally, Counted::leg(motion))),
            visits: Vec::new(),
            visit_note: String::new(),
            buildings: Vec::new(),
            conflicts: Vec::new(),
            open: tally
                .open
                .iter()
                .map(|open| cause(*open, &tally, pending))
                .collect(),
        })
    }

    /// Counts a last time and closes for good.
    ///
    /// # Errors
    /// `sealed`; `invalid` while something needs a decision.
    pub fn ballot_close(&mut self, id: &str) -> Result<Changed<()>, ApiError> {
        let counted = self.counted(id)?;
        let ballot = open(counted.ballot.clone())?;
        if let Some(check) = checks(&counted, &self.today())
            .into_iter()
            .find(|check| !check.good)
        {
            return Err(refused("还不能封存", check.text, "请先处理，再封存。"));
        }
        let (at, actor) = (self.now(), self.kept.settings.actor.clone());
        let op = Op::one(OpCode::CloseBallot, subject(&ballot));
        self.write(&op, |conn| close_now(conn, ballot, at, &actor))
    }
}

/// Writes the result down and closes.
pub(super) fn close_now(
    conn: &Connection,
    ballot: Ballot,
    at: chrono::DateTime<chrono::FixedOffset>,
    actor: &str,
) -> Result<(), StorageError> {
    let counted = Counted::load(conn, ballot)?;
    let results: Vec<report::MotionReport> = counted
        .motions
        .iter()
        .map(|motion| report::motion(&counted, motion))
        .collect();
    let mut ballot = counted.ballot;
    ballot.result = serde_json::to_string(&results).expect("plain data");
    ballot.closed_at = at.to_rfc3339();
    ballot.closed_by = actor.to_owned();
    store::put(conn, &ballot)
}
