//! What people decide about a count, and what they expect of owners before it.

use jiugai_domain::ballot::Vote;
use jiugai_storage::ballots::{self as store, Ruling, Straw};
use jiugai_storage::{Op, OpCode};

use super::tally::no_majority;
use super::visits::leaning_label;
use super::{find, line, open, refused, required, subject};
use crate::text::key;
use crate::wire::Changed;
use crate::{ApiError, Session};

impl Session {
    /// Decides what an owner says whose papers disagree.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` without a reason.
    pub fn ballot_rule(
        &mut self,
        id: &str,
        motion: &str,
        head: &str,
        vote: Vote,
        reason: &str,
    ) -> Result<Changed<()>, ApiError> {
        let ballot = open(find(self.connection()?, id)?)?;
        let ruling = Ruling {
            id: self.fresh()?,
            motion: key(motion)?,
            head: head.to_owned(),
            vote: vote.code().to_owned(),
            reason: required(reason, "决定的理由")?,
            decided_by: self.kept.settings.actor.clone(),
            decided_on: self.today(),
        };
        let op = Op::one(OpCode::Update, format!("{}的矛盾票决定", subject(&ballot)));
        self.write(&op, |conn| store::put_ruling(conn, ballot.id, &ruling))
    }

    /// Decides that papers that did not come back join nobody where 从多 finds no common majority.
    ///
    /// # Errors
    /// `notFound`, `sealed`; `invalid` without a reason, or where there is a majority.
    pub fn ballot_leave_out(
        &mut self,
        id: &str,
        motion: &str,
        reason: &str,
    ) -> Result<Changed<()>, ApiError> {
        let counted = self.counted(id)?;
        let ballot = open(counted.ballot.clone())?;
        let motion = key(motion)?;
        let asked = counted
            .motions
            .iter()
            .find(|other| other.id == motion)
            .ok_or_else(ApiError::not_found)?;
        let tally = counted.tally(asked, &counted.casts(asked));
        if !no_majority(&counted, asked, &tally) {
            return Err(refused(
                "没有决定",
                "没有选“从多”，或者人数和面积的多数是同一方，用不着决定。",
                "请刷新后再看。",
            ));
        }
        let ruling = Ruling {
            id: self.fresh()?,
            motion,
            head: String::new(),
            vote: store::LEFT_OUT.to_owned(),
            reason: required(reason, "决定的理由")?,
            decided_by: self.kept.settings.actor.clone(),
            decided_on: self.today(),
        };
        let op = Op::one(OpCode::Update, format!("{}的从多决定", subject(&ballot)));
        self.write(&op, |conn| store::put_ruling(conn, ballot.id, &ruling))
    }

    /// Notes what an owner is expected to say. Never counted.
    ///
    /// # Errors
    /// `notFound`, `sealed`, `invalid`.
    pub fn ballot_straw(
        &mut self,
        id: &str,
        head: &str,
        leaning: &str,
        note: &str,
    ) -> Result<Changed<()>, ApiError> {
        let ballot = find(self.connection()?, id)?;
        if leaning_label(leaning).is_empty() {
            return Err(refused("没有记下", "没有选估计的态度。", "请选一个。"));
        }
        let straw = Straw {
            head: head.to_owned(),
            leaning: leaning.to_owned(),
            note: line(note),
            noted_on: self.today(),
        };
        let fresh = self.fresh()?;
        let op = Op::one(OpCode::Update, format!("{}的票前摸底", subject(&ballot)));
        self.write(&op, |conn| store::put_straw(conn, fresh, ballot.id, &straw))
    }
}
