//! Counting (计票): integers only, both legs.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use specta::Type;

use super::Leg;

/// What an owner's paper says about one motion.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Type,
)]
#[serde(rename_all = "camelCase")]
pub enum Vote {
    /// 同意.
    Approve,
    /// 反对.
    Reject,
    /// 弃权: takes part, but does not agree.
    Abstain,
}

impl Vote {
    /// Every vote, in the order of the paper.
    pub const ALL: [Self; 3] = [Self::Approve, Self::Reject, Self::Abstain];

    /// As stored and sent.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::Reject => "reject",
            Self::Abstain => "abstain",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|vote| vote.code() == code)
    }

    /// What people read.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Approve => "同意",
            Self::Reject => "反对",
            Self::Abstain => "弃权",
        }
    }
}

/// What became of the paper of one dwelling.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cast {
    /// No paper was delivered.
    NotReached,
    /// Delivered and not returned: never counted, unless the owners' rules say 从多.
    Unreturned,
    /// Returned and invalid (unsigned, altered, not the owner …): does not take part.
    Invalid,
    /// Returned, but a person must still decide what it says: takes part in nothing and keeps the
    /// result open.
    Pending,
    /// Returned and valid.
    Valid(Vote),
}

/// One dwelling that counts, with the number of its head (人数).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Exclusive area in 0.01 ㎡.
    pub area_dm2: i64,
    /// Which owner, as a number from 0; dwellings of one owner have the same.
    pub head: usize,
}

/// Area and heads side by side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Share {
    /// Area in 0.01 ㎡.
    pub area_dm2: i64,
    /// Heads (人数).
    pub heads: i64,
}

/// Whether each of the two legs holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Legs {
    /// By area.
    pub area: bool,
    /// By heads.
    pub heads: bool,
}

impl Legs {
    /// Both hold.
    #[must_use]
    pub fn both(self) -> bool {
        self.area && self.heads
    }
}

/// What must be proven before delivered papers that did not come back may join the majority
/// (建房〔2009〕274号 第22条、第26条第2款).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Proofs {
    /// The owners' rules (议事规则 or 管理规约) are attached and the clause is quoted.
    pub rules_quoted: bool,
    /// Every delivered paper has its evidence of delivery.
    pub deliveries_proven: bool,
    /// The consequence stands printed on the paper.
    pub consequence_printed: bool,
}

impl Proofs {
    /// All three are there.
    #[must_use]
    pub fn complete(self) -> bool {
        self.rules_quoted && self.deliveries_proven && self.consequence_printed
    }
}

/// How papers that were delivered and did not come back are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// They do not take part (the law as it stands).
    Strict,
    /// 从多: they join the majority of those that came back. Without all three proofs the count
    /// is strict and the result stays open.
    FollowMajority(Proofs),
    /// The same, and a person decided that they are left out where area and heads have no common
    /// majority: then the count is strict.
    FollowMajorityOrNobody(Proofs),
}

impl Mode {
    /// Of 从多.
    fn proofs(self) -> Option<Proofs> {
        match self {
            Self::Strict => None,
            Self::FollowMajority(proofs) | Self::FollowMajorityOrNobody(proofs) => Some(proofs),
        }
    }
}

/// Why a result cannot be told yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// Valid papers of one owner disagree.
    Conflicts,
    /// Papers wait for a decision.
    Pending,
    /// 从多 is set without its proofs.
    Unproven,
    /// 从多 is set, but area and heads have different majorities, or none.
    NoMajority,
}

/// A count, with everything that a result rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// Everybody in the scope.
    pub all: Share,
    /// Those who take part.
    pub participating: Share,
    /// 同意.
    pub approving: Share,
    /// 反对.
    pub rejecting: Share,
    /// 弃权.
    pub abstaining: Share,
    /// What those who agree are measured against: all, or those who take part.
    pub base: Share,
    /// The base is everybody.
    pub of_all: bool,
    /// Delivered and not returned: what 从多 added to the majority.
    pub following: Share,
    /// The side that 从多 added to.
    pub majority: Option<Vote>,
    /// At least two thirds of all take part.
    pub quorum: Legs,
    /// Enough of those who take part agree.
    pub approval: Legs,
    /// Both legs of both; none while something needs a decision.
    pub passed: Option<bool>,
    /// What is missing to the quorum.
    pub missing: Share,
    /// Heads whose valid papers disagree and wait for a decision, in their order.
    pub conflicts: Vec<usize>,
    /// Heads whose valid papers disagree, decided or not.
    pub disagreeing: Vec<usize>,
    /// Why `passed` is none.
    pub open: Vec<Cause>,
}

/// One head while it is counted.
#[derive(Debug, Clone, Copy, Default)]
struct Head {
    /// It has a paper of some state.
    there: bool,
    said: Option<Vote>,
    disagrees: bool,
    unreturned: bool,
}

/// Counts one motion. `casts` stand in the order of `seats`; `rulings` are what a person decided
/// for heads whose papers disagree: then that is what the head says, with all its area that takes
/// part.
///
/// # Panics
/// When `casts` and `seats` differ in length.
#[must_use]
pub fn tally(
    seats: &[Seat],
    casts: &[Cast],
    leg: Leg,
    mode: Mode,
    rulings: &BTreeMap<usize, Vote>,
) -> Tally {
    assert_eq!(seats.len(), casts.len(), "one state for each dwelling");
    let mut heads =
        vec![Head::default(); seats.iter().map(|seat| seat.head + 1).max().unwrap_or(0)];
    let mut open = Vec::new();
    for (seat, cast) in seats.iter().zip(casts) {
        let head = &mut heads[seat.head];
        head.there = true;
        match cast {
            Cast::Valid(vote) => match head.said {
                None => head.said = Some(*vote),
                Some(before) => head.disagrees |= before != *vote,
            },
            Cast::Unreturned => head.unreturned = true,
            Cast::Pending => push(&mut open, Cause::Pending),
            Cast::NotReached | Cast::Invalid => {}
        }
    }
    let (mut conflicts, mut disagreeing) = (Vec::new(), Vec::new());
    for (number, head) in heads.iter_mut().enumerate() {
        if head.disagrees {
            disagreeing.push(number);
            match rulings.get(&number) {
                Some(vote) => head.said = Some(*vote),
                None => conflicts.push(number),
            }
        }
    }
    if !conflicts.is_empty() {
        push(&mut open, Cause::Conflicts);
    }
    let mut count = Tally {
        all: Share::default(),
        participating: Share::default(),
        approving: Share::default(),
        rejecting: Share::default(),
        abstaining: Share::default(),
        base: Share::default(),
        of_all: false,
        following: Share::default(),
        majority: None,
        quorum: Legs::default(),
        approval: Legs::default(),
        passed: None,
        missing: Share::default(),
        conflicts,
        disagreeing,
        open,
    };
    for (seat, cast) in seats.iter().zip(casts) {
        count.all.area_dm2 += seat.area_dm2;
        match cast {
            Cast::Valid(vote) => {
                let head = heads[seat.head];
                let ruled = if head.disagrees {
                    rulings.get(&seat.head)
                } else {
                    None
                };
                count.participating.area_dm2 += seat.area_dm2;
                count.side(*ruled.unwrap_or(vote)).area_dm2 += seat.area_dm2;
            }
            Cast::Unreturned => count.following.area_dm2 += seat.area_dm2,
            _ => {}
        }
    }
    for (number, head) in heads.iter().enumerate() {
        count.all.heads += i64::from(head.there);
        match head.said {
            Some(vote) => {
                count.participating.heads += 1;
                // Papers that disagree take part, but say nothing until a person has decided.
                if !head.disagrees || rulings.contains_key(&number) {
                    count.side(vote).heads += 1;
                }
            }
            None => count.following.heads += i64::from(head.unreturned),
        }
    }
    // Courts measure 从多 against everybody (闵行 cases), the Code against those who take part.
    count.of_all = count.follow(mode) || leg.is_of_all();
    count.judge(leg);
    count
}

fn push(open: &mut Vec<Cause>, cause: Cause) {
    if !open.contains(&cause) {
        open.push(cause);
    }
}

impl Tally {
    fn side(&mut self, vote: Vote) -> &mut Share {
        match vote {
            Vote::Approve => &mut self.approving,
            Vote::Reject => &mut self.rejecting,
            Vote::Abstain => &mut self.abstaining,
        }
    }

    /// Adds what was delivered and did not come back to the majority. True when 从多 is in force.
    fn follow(&mut self, mode: Mode) -> bool {
        let following = std::mem::take(&mut self.following);
        let Some(proofs) = mode.proofs() else {
            return false;
        };
        if !proofs.complete() {
            self.open.push(Cause::Unproven);
            return false;
        }
        if following == Share::default() {
            return true;
        }
        self.majority = self.majority_of_both();
        if self.majority.is_none() && matches!(mode, Mode::FollowMajorityOrNobody(_)) {
            return false;
        }
        self.following = following;
        self.participating.area_dm2 += following.area_dm2;
        self.participating.heads += following.heads;
        match self.majority {
            Some(vote) => {
                let side = self.side(vote);
                side.area_dm2 += following.area_dm2;
                side.heads += following.heads;
            }
            None => self.open.push(Cause::NoMajority),
        }
        true
    }

    /// The side with the most area and the most heads; none when the legs differ or nobody leads.
    fn majority_of_both(&self) -> Option<Vote> {
        let sides = [
            (Vote::Approve, self.approving),
            (Vote::Reject, self.rejecting),
            (Vote::Abstain, self.abstaining),
        ];
        sides
            .into_iter()
            .find(|(vote, share)| {
                sides.iter().all(|(other, rival)| {
                    other == vote || (share.area_dm2 > rival.area_dm2 && share.heads > rival.heads)
                })
            })
            .map(|(vote, _)| vote)
    }

    fn judge(&mut self, leg: Leg) {
        let (all, part, yes) = (self.all, self.participating, self.approving);
        self.missing = Share {
            area_dm2: (two_thirds(all.area_dm2) - part.area_dm2).max(0),
            heads: (two_thirds(all.heads) - part.heads).max(0),
        };
        self.quorum = Legs {
            area: all.area_dm2 > 0 && self.missing.area_dm2 == 0,
            heads: all.heads > 0 && self.missing.heads == 0,
        };
        let base = if self.of_all { all } else { part };
        self.base = base;
        self.approval = Legs {
            area: leg.reached(yes.area_dm2, base.area_dm2),
            heads: leg.reached(yes.heads, base.heads),
        };
        self.passed = self
            .open
            .is_empty()
            .then_some(self.quorum.both() && self.approval.both());
    }
}

/// The least that is two thirds of all.
fn two_thirds(all: i64) -> i64 {
    // A count of real areas never comes near the end of the range.
    let doubled = 2 * i128::from(all);
    i64::try_from(doubled.div_euclid(3) + i128::from(doubled.rem_euclid(3) > 0)).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests;
