//! 还差多少: what is missing to a result, and the fewest owners to visit who can bring it.

use super::{Leg, Share, Tally};

/// An owner who has not (fully) taken part yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Area that would be added, 0.01 ㎡.
    pub area_dm2: i64,
    /// A head would be added: no paper of this owner counts yet.
    pub new_head: bool,
    /// Whom to ask first among equals, 0 before 1: undecided before those known to be against.
    pub rank: u8,
}

/// What must be added by owners who take part and agree.
#[must_use]
pub fn needed(tally: &Tally, leg: Leg) -> Share {
    let (yes, base) = (tally.approving, tally.base);
    let short = |agreeing, base| {
        if tally.of_all {
            leg.shortage_of_all(agreeing, base)
        } else {
            leg.shortage(agreeing, base)
        }
    };
    Share {
        area_dm2: tally
            .missing
            .area_dm2
            .max(short(yes.area_dm2, base.area_dm2)),
        heads: tally.missing.heads.max(short(yes.heads, base.heads)),
    }
}

/// The fewest candidates who together bring what is needed, as their places in the list, those
/// who bring most first; none when all of them together do not.
///
/// Fewest is exact: among lists of one length the one with the largest areas reaches the area if
/// any does, and as many new heads as needed are taken with the largest areas too.
#[must_use]
pub fn fewest(candidates: &[Candidate], needed: Share) -> Option<Vec<usize>> {
    let mut order: Vec<usize> = (0..candidates.len()).collect();
    order.sort_by_key(|at| {
        let candidate = candidates[*at];
        (std::cmp::Reverse(candidate.area_dm2), candidate.rank, *at)
    });
    let wanted = usize::try_from(needed.heads.max(0)).ok()?;
    let mut chosen: Vec<usize> = order
        .iter()
        .copied()
        .filter(|at| candidates[*at].new_head)
        .take(wanted)
        .collect();
    if chosen.len() < wanted {
        return None;
    }
    let mut area: i128 = chosen
        .iter()
        .map(|at| i128::from(candidates[*at].area_dm2))
        .sum();
    let mut taken = vec![false; candidates.len()];
    for at in &chosen {
        taken[*at] = true;
    }
    for at in order.iter().copied() {
        if area >= i128::from(needed.area_dm2) {
            break;
        }
        if !taken[at] {
            taken[at] = true;
            area += i128::from(candidates[at].area_dm2);
            chosen.push(at);
        }
    }
    if area < i128::from(needed.area_dm2) {
        return None;
    }
    chosen.sort_by_key(|at| {
        let candidate = candidates[*at];
        (candidate.rank, std::cmp::Reverse(candidate.area_dm2), *at)
    });
    Some(chosen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballot::{Cast, Mode, Proofs, Seat, Vote, tally};
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn one_large_owner_brings_the_area_many_small_ones_the_heads() {
        let mut candidates = vec![Candidate {
            area_dm2: 200_000,
            new_head: true,
            rank: 0,
        }];
        candidates.extend((0..10).map(|_| Candidate {
            area_dm2: 6_000,
            new_head: true,
            rank: 0,
        }));
        let only_area = Share {
            area_dm2: 100_000,
            heads: 1,
        };
        assert_eq!(fewest(&candidates, only_area), Some(vec![0]));
        let heads = Share {
            area_dm2: 100_000,
            heads: 4,
        };
        assert_eq!(fewest(&candidates, heads), Some(vec![0, 1, 2, 3]));
        let too_many = Share {
            area_dm2: 0,
            heads: 12,
        };
        assert_eq!(fewest(&candidates, too_many), None);
    }

    #[test]
    fn undecided_first() {
        let ranks = [2, 0, 1];
        let candidates: Vec<Candidate> = ranks
            .iter()
            .map(|rank| Candidate {
                area_dm2: 5_000,
                new_head: true,
                rank: *rank,
            })
            .collect();
        let two = Share {
            area_dm2: 0,
            heads: 2,
        };
        assert_eq!(fewest(&candidates, two), Some(vec![1, 2]));
    }

    proptest! {
        #[test]
        fn no_shorter_list_exists(
            candidates in proptest::collection::vec(
                (1i64..50, any::<bool>(), 0u8..3)
                    .prop_map(|(area_dm2, new_head, rank)| Candidate { area_dm2, new_head, rank }),
                0..10,
            ),
            area_dm2 in 0i64..200,
            heads in 0i64..6,
        ) {
            let needed = Share { area_dm2, heads };
            let mut best: Option<u32> = None;
            for set in 0u32..(1 << candidates.len()) {
                let chosen = candidates
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| set & (1 << at) != 0)
                    .map(|(_, candidate)| candidate);
                let (mut area, mut new) = (0, 0);
                for candidate in chosen {
                    area += candidate.area_dm2;
                    new += i64::from(candidate.new_head);
                }
                if area >= area_dm2 && new >= heads {
                    best = Some(best.map_or(set.count_ones(), |before| before.min(set.count_ones())));
                }
            }
            let found = fewest(&candidates, needed);
            prop_assert_eq!(found.as_ref().map(|list| list.len() as u32), best);
        }

        #[test]
        fn nothing_is_needed_exactly_when_every_leg_is_reached(
            said in proptest::collection::vec((1i64..90, 0usize..9, 0u8..6), 1..30),
            leg in proptest::sample::select(Leg::ALL.to_vec()),
            way in 0u8..3,
        ) {
            let (seats, casts): (Vec<Seat>, Vec<Cast>) = said
                .iter()
                .map(|(area_dm2, head, code)| {
                    let cast = match code {
                        0 | 1 => Cast::Valid(Vote::Approve),
                        2 => Cast::Valid(Vote::Reject),
                        3 | 4 => Cast::Unreturned,
                        _ => Cast::NotReached,
                    };
                    (Seat { area_dm2: *area_dm2, head: *head }, cast)
                })
                .unzip();
            let proofs = Proofs {
                rules_quoted: true,
                deliveries_proven: true,
                consequence_printed: true,
            };
            let mode = match way {
                0 => Mode::Strict,
                1 => Mode::FollowMajority(proofs),
                _ => Mode::FollowMajorityOrNobody(proofs),
            };
            let count = tally(&seats, &casts, leg, mode, &BTreeMap::new());
            prop_assert_eq!(
                needed(&count, leg) == Share::default(),
                count.quorum.both() && count.approval.both()
            );
        }

        #[test]
        fn who_brings_what_is_needed_brings_the_result(
            said in proptest::collection::vec((1i64..90, 0u8..4), 1..30),
            leg in proptest::sample::select(Leg::ALL.to_vec()),
        ) {
            let seats: Vec<Seat> = said
                .iter()
                .enumerate()
                .map(|(head, (area_dm2, _))| Seat { area_dm2: *area_dm2, head })
                .collect();
            let mut casts: Vec<Cast> = said
                .iter()
                .map(|(_, code)| match code {
                    0 => Cast::Valid(Vote::Approve),
                    1 => Cast::Valid(Vote::Reject),
                    _ => Cast::NotReached,
                })
                .collect();
            let count = |casts: &[Cast]| tally(&seats, casts, leg, Mode::Strict, &BTreeMap::new());
            let before = count(&casts);
            let open: Vec<usize> = (0..seats.len()).filter(|at| casts[*at] == Cast::NotReached).collect();
            let candidates: Vec<Candidate> = open
                .iter()
                .map(|at| Candidate { area_dm2: seats[*at].area_dm2, new_head: true, rank: 0 })
                .collect();
            match fewest(&candidates, needed(&before, leg)) {
                Some(list) => {
                    for at in list {
                        casts[open[at]] = Cast::Valid(Vote::Approve);
                    }
                    prop_assert_eq!(count(&casts).passed, Some(true));
                }
                None => {
                    for at in open {
                        casts[at] = Cast::Valid(Vote::Approve);
                    }
                    prop_assert_eq!(count(&casts).passed, Some(false));
                }
            }
        }
    }
}
