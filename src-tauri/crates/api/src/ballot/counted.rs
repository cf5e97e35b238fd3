//! A ballot loaded for counting.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiugai_domain::ballot::{self, Cast, Leg, Mode, Proofs, Seat, Tally, Vote};
use jiugai_domain::{BallotHolder, RecordId};
use jiugai_storage::ballots::{self as store, Ballot, Motion, Paper, RollEntry, Ruling, VoteRow};
use jiugai_storage::{Connection, StorageError, attachments};

/// What is read from a paper about a motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Read {
    /// Nobody has read it, or only one of two.
    Half,
    /// Both readings differ and nobody has settled it.
    Differs,
    /// A vote.
    Says(Vote),
    /// The vote on this motion is invalid.
    Invalid,
}

/// The outcome of one or two readings.
pub(super) fn read(vote: Option<&VoteRow>, double: bool) -> Read {
    let Some(vote) = vote else { return Read::Half };
    let of = |code: &str| Vote::from_code(code).map_or(Read::Invalid, Read::Says);
    if !vote.settled.is_empty() {
        return of(&vote.settled);
    }
    match (vote.first.as_str(), vote.second.as_str()) {
        ("", "") => Read::Half,
        (first, second) if !first.is_empty() && !second.is_empty() => {
            if first == second {
                of(first)
            } else {
                Read::Differs
            }
        }
        (one, other) if !double => of(if one.is_empty() { other } else { one }),
        _ => Read::Half,
    }
}

/// One reading takes the paper for invalid, and nobody has said so a second time or settled it.
pub(super) fn doubted(paper: &Paper) -> bool {
    paper.invalid.is_empty() && !(paper.first_invalid.is_empty() && paper.second_invalid.is_empty())
}

/// Everything that is counted, by places in the list of counting dwellings.
pub(super) struct Counted {
    pub(super) ballot: Ballot,
    pub(super) motions: Vec<Motion>,
    /// Dwellings that count, in the order of the roll.
    pub(super) entries: Vec<RollEntry>,
    pub(super) papers: Vec<Option<Paper>>,
    votes: HashMap<(RecordId, RecordId), VoteRow>,
    rulings: Vec<Ruling>,
    /// Ballot and papers that a scan hangs on; only looked for when they prove something.
    scanned: HashSet<RecordId>,
    /// Keys of the heads, by their number.
    pub(super) heads: Vec<String>,
    pub(super) seats: Vec<Seat>,
}

/// The motions of a compound that closed ballots carried, each with the version of the plan that its
/// ballot was about.
pub(crate) fn carried(
    conn: &Connection,
    compound: RecordId,
) -> Result<Vec<(Option<RecordId>, Motion)>, StorageError> {
    let mut carried = Vec::new();
    for ballot in store::list(conn, Some(compound))? {
        if ballot.closed_at.is_empty() {
            continue;
        }
        let counted = Counted::load(conn, ballot)?;
        for motion in &counted.motions {
            if counted.tally(motion, &counted.casts(motion)).passed == Some(true) {
                carried.push((counted.ballot.plan, motion.clone()));
            }
        }
    }
    Ok(carried)
}

impl Counted {
    pub(super) fn load(conn: &Connection, ballot: Ballot) -> Result<Self, StorageError> {
        let entries: Vec<RollEntry> = store::entries(conn, ballot.id)?
            .into_iter()
            .filter(|entry| entry.counts)
            .collect();
        let mut by_entry: HashMap<RecordId, Paper> = store::papers(conn, ballot.id)?
            .into_iter()
            .map(|paper| (paper.entry, paper))
            .collect();
        let papers = entries
            .iter()
            .map(|entry| by_entry.remove(&entry.id))
            .collect();
        let votes = store::votes(conn, ballot.id)?
            .into_iter()
            .map(|vote| ((vote.paper, vote.motion), vote))
            .collect();
        let mut scanned = HashSet::new();
        if ballot.follow_majority {
            for holder in [BallotHolder::Ballot, BallotHolder::BallotPaper] {
                scanned.extend(attachments::counts(conn, holder.into())?.into_keys());
            }
        }
        let mut heads: Vec<String> = Vec::new();
        let mut numbers: HashMap<&str, usize> = HashMap::new();
        let mut seats = Vec::with_capacity(entries.len());
        for entry in &entries {
            let head = *numbers.entry(&entry.head).or_insert_with(|| {
                heads.push(entry.head.clone());
                heads.len() - 1
            });
            seats.push(Seat {
                area_dm2: entry.area_dm2.unwrap_or(0),
                head,
            });
        }
        Ok(Self {
            motions: store::motions(conn, ballot.id)?,
            rulings: store::rulings(conn, ballot.id)?,
            ballot,
            papers,
            votes,
            scanned,
            heads,
            seats,
            entries,
        })
    }

    pub(super) fn leg(motion: &Motion) -> Leg {
        Leg::from_code(&motion.leg).unwrap_or(Leg::Major)
    }

    pub(super) fn vote(&self, at: usize, motion: &Motion) -> Option<&VoteRow> {
        let paper = self.papers[at].as_ref()?;
        self.votes.get(&(paper.id, motion.id))
    }

    /// What became of the paper of a dwelling for a motion.
    pub(super) fn cast(&self, at: usize, motion: &Motion) -> Cast {
        let Some(paper) = &self.papers[at] else {
            return Cast::NotReached;
        };
        match (paper.returned_on.is_empty(), paper.way.is_empty()) {
            (true, true) => return Cast::NotReached,
            (true, false) => return Cast::Unreturned,
            (false, _) => {}
        }
        if !paper.invalid.is_empty() {
            return Cast::Invalid;
        }
        if doubted(paper) {
            return Cast::Pending;
        }
        match read(self.vote(at, motion), self.ballot.double_entry) {
            Read::Half | Read::Differs => Cast::Pending,
            Read::Says(vote) => Cast::Valid(vote),
            Read::Invalid => Cast::Invalid,
        }
    }

    pub(super) fn casts(&self, motion: &Motion) -> Vec<Cast> {
        (0..self.entries.len())
            .map(|at| self.cast(at, motion))
            .collect()
    }

    fn mode(&self, motion: &Motion) -> Mode {
        if !self.ballot.follow_majority {
            return Mode::Strict;
        }
        let proven = self.papers.iter().flatten().all(|paper| {
            paper.way.is_empty()
                || !paper.returned_on.is_empty()
                || !paper.witness.is_empty()
                || !paper.evidence.is_empty()
                || self.scanned.contains(&paper.id)
        });
        let proofs = Proofs {
            // The words alone prove nothing: the rules must lie beside them.
            rules_quoted: !self.ballot.rules_clause.is_empty()
                && self.scanned.contains(&self.ballot.id),
            deliveries_proven: proven,
            consequence_printed: self.ballot.consequence_printed,
        };
        if self.ruling(motion, "").is_some() {
            Mode::FollowMajorityOrNobody(proofs)
        } else {
            Mode::FollowMajority(proofs)
        }
    }

    /// The decision that papers that did not come back join nobody, where it takes effect.
    pub(super) fn left_out(&self, motion: &Motion, tally: &Tally) -> Option<String> {
        let ruling = self.ruling(motion, "")?;
        (self.ballot.follow_majority && tally.majority.is_none()).then(|| {
            format!(
                "“从多”没有共同的多数，经决定没有收回的票哪一方都不计入，照《民法典》按收回的票计：{}（{} {}）",
                ruling.reason, ruling.decided_by, ruling.decided_on
            )
        })
    }

    pub(super) fn ruling(&self, motion: &Motion, head: &str) -> Option<&Ruling> {
        self.rulings
            .iter()
            .find(|ruling| ruling.motion == motion.id && ruling.head == head)
    }

    pub(super) fn rulings(&self, motion: &Motion) -> BTreeMap<usize, Vote> {
        let numbers: HashMap<&str, usize> = self
            .heads
            .iter()
            .enumerate()
            .map(|(number, head)| (head.as_str(), number))
            .collect();
        self.rulings
            .iter()
            .filter(|ruling| ruling.motion == motion.id)
            .filter_map(|ruling| {
                let head = numbers.get(ruling.head.as_str())?;
                Some((*head, Vote::from_code(&ruling.vote)?))
            })
            .collect()
    }

    pub(super) fn tally(&self, motion: &Motion, casts: &[Cast]) -> Tally {
        ballot::tally(
            &self.seats,
            casts,
            Self::leg(motion),
            self.mode(motion),
            &self.rulings(motion),
        )
    }
}
