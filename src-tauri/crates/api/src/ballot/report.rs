//! What scripts read: every ballot with its counts.

use jiugai_storage::ballots::{self as store, Motion};
use serde::Serialize;
use serde_json::Value;

use super::count::BallotCount;
use super::counted::Counted;
use super::stage;
use crate::wire::BallotStage;
use crate::{ApiError, Session};

/// `jiugai ballot tally --json`: one ballot. A contract: fields are only ever added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BallotReport {
    /// Compound.
    pub compound: String,
    /// Name.
    pub ballot: String,
    /// `preparing`, `open` or `closed`.
    pub stage: &'static str,
    /// Name of the scope.
    pub scope: String,
    /// Motions.
    pub motions: Vec<MotionReport>,
}

/// One motion of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct MotionReport {
    /// What was asked.
    pub motion: String,
    /// `ordinary` or `major`; `allHalf` or `allTwoThirds` where a local rule was chosen.
    pub matter: &'static str,
    /// The count.
    #[serde(flatten)]
    pub count: BallotCount,
    /// The owners whose papers disagree, as people know them.
    #[serde(skip)]
    pub disagreeing: Vec<String>,
}

impl Session {
    /// What scripts read: every ballot with its counts.
    ///
    /// # Errors
    /// `notFound`.
    pub fn ballot_report(&self, name: Option<&str>) -> Result<Vec<BallotReport>, ApiError> {
        let conn = self.connection()?;
        let mut reports = Vec::new();
        for ballot in store::list(conn, None)? {
            if name.is_some_and(|name| name != ballot.name) {
                continue;
            }
            let compound = jiugai_storage::records::label(
                conn,
                jiugai_domain::KindCode::Compound,
                ballot.compound,
            )?;
            let stage = match stage(&ballot) {
                BallotStage::Preparing => "preparing",
                BallotStage::Open => "open",
                BallotStage::Closed => "closed",
            };
            let counted = Counted::load(conn, ballot)?;
            reports.push(BallotReport {
                compound: compound.unwrap_or_default(),
                ballot: counted.ballot.name.clone(),
                stage,
                scope: counted.ballot.scope_label.clone(),
                motions: counted
                    .motions
                    .iter()
                    .map(|one| motion(&counted, one))
                    .collect(),
            });
        }
        if let (Some(name), true) = (name, reports.is_empty()) {
            return Err(ApiError::new(
                crate::ErrorCode::NotFound,
                "没有这次表决",
                format!("台账里没有叫“{name}”的表决。"),
                "请核对名称。",
            ));
        }
        Ok(reports)
    }
}

pub(super) fn motion(counted: &Counted, motion: &Motion) -> MotionReport {
    let tally = counted.tally(motion, &counted.casts(motion));
    let conflicts = tally
        .conflicts
        .iter()
        .map(|head| counted.heads[*head].clone())
        .collect();
    let label = |head: usize| {
        let seat = counted.seats.iter().position(|seat| seat.head == head);
        seat.map_or_else(String::new, |at| counted.entries[at].head_label.clone())
    };
    MotionReport {
        disagreeing: tally.conflicts.iter().map(|head| label(*head)).collect(),
        motion: motion.title.clone(),
        matter: Counted::leg(motion).code(),
        count: BallotCount::of(&tally, conflicts, Vec::new()),
    }
}

/// What was written down when a ballot was closed differs from what its papers come to now.
pub(super) fn differs(counted: &Counted) -> bool {
    let now: Vec<MotionReport> = counted
        .motions
        .iter()
        .map(|one| motion(counted, one))
        .collect();
    let kept: Option<Value> = serde_json::from_str(&counted.ballot.result).ok();
    match (kept, serde_json::to_value(now).ok()) {
        (Some(kept), Some(now)) => !holds(&kept, &now),
        _ => true,
    }
}

/// All that was written down is so; fields that were added since say nothing.
fn holds(kept: &Value, now: &Value) -> bool {
    match (kept, now) {
        (Value::Object(kept), Value::Object(now)) => kept
            .iter()
            .all(|(name, kept)| now.get(name).is_some_and(|now| holds(kept, now))),
        (Value::Array(kept), Value::Array(now)) => {
            kept.len() == now.len() && kept.iter().zip(now).all(|(kept, now)| holds(kept, now))
        }
        _ => kept == now,
    }
}
