use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn singles(groups: &[(usize, Cast)]) -> (Vec<Seat>, Vec<Cast>) {
    let mut seats = Vec::new();
    let mut casts = Vec::new();
    for (count, cast) in groups {
        for _ in 0..*count {
            seats.push(Seat {
                area_dm2: 5_000,
                head: seats.len(),
            });
            casts.push(*cast);
        }
    }
    (seats, casts)
}

const YES: Cast = Cast::Valid(Vote::Approve);
const NO: Cast = Cast::Valid(Vote::Reject);
const NEITHER: Cast = Cast::Valid(Vote::Abstain);
const PROOFS: Proofs = Proofs {
    rules_quoted: true,
    deliveries_proven: true,
    consequence_printed: true,
};
const PROVEN: Mode = Mode::FollowMajority(PROOFS);
const PROVEN_OR_NOBODY: Mode = Mode::FollowMajorityOrNobody(PROOFS);

fn count(groups: &[(usize, Cast)], leg: Leg, mode: Mode) -> Tally {
    let (seats, casts) = singles(groups);
    tally(&seats, &casts, leg, mode, &BTreeMap::new())
}

#[rstest]
#[case(205, true)]
#[case(204, false)]
fn quorum_of_307_heads(#[case] participating: usize, #[case] reached: bool) {
    let groups = [
        (participating, YES),
        (307 - participating, Cast::NotReached),
    ];
    let result = count(&groups, Leg::Ordinary, Mode::Strict);
    assert_eq!(result.quorum.heads, reached);
    assert_eq!(result.missing.heads, i64::from(!reached));
}

#[rstest]
#[case(Leg::Ordinary, 103, true)]
#[case(Leg::Ordinary, 102, false)]
#[case(Leg::Major, 154, true)]
#[case(Leg::Major, 153, false)]
fn approval_of_205(#[case] leg: Leg, #[case] agree: usize, #[case] passed: bool) {
    let groups = [(agree, YES), (205 - agree, NO), (102, Cast::NotReached)];
    assert_eq!(count(&groups, leg, Mode::Strict).passed, Some(passed));
}

#[rstest]
#[case(Leg::Ordinary, 100, false)]
#[case(Leg::Ordinary, 101, true)]
#[case(Leg::Major, 150, true)]
#[case(Leg::Major, 149, false)]
fn at_least_includes_the_number_more_than_half_does_not(
    #[case] leg: Leg,
    #[case] agree: usize,
    #[case] passed: bool,
) {
    let groups = [(agree, YES), (200 - agree, NO), (100, Cast::NotReached)];
    let result = count(&groups, leg, Mode::Strict);
    assert!(result.quorum.both(), "exactly two thirds are enough");
    assert_eq!(result.passed, Some(passed));
}

#[test]
fn minhang_one() {
    let groups = [
        (417, YES),
        (278, NO),
        (8, NEITHER),
        (584, Cast::Unreturned),
        (4, Cast::NotReached),
    ];
    let strict = count(&groups, Leg::Ordinary, Mode::Strict);
    assert_eq!((strict.all.heads, strict.participating.heads), (1291, 703));
    assert_eq!(strict.following, Share::default());
    assert!(!strict.quorum.heads && strict.passed == Some(false));
    let follow = count(&groups, Leg::Ordinary, PROVEN);
    assert_eq!(follow.approving.heads, 417 + 584);
    assert_eq!(follow.participating.heads, 703 + 584);
    assert_eq!(follow.majority, Some(Vote::Approve));
    assert_eq!(follow.passed, Some(true));
    // 77.5 % of all.
    assert_eq!(crate::fixed::ratio(Some(1001), Some(1291), 1000), Some(775));
}

#[test]
fn minhang_two() {
    let groups = [
        (995, YES),
        (27, NO),
        (125, NEITHER),
        (1071, Cast::Unreturned),
        (43, Cast::NotReached),
    ];
    let follow = count(&groups, Leg::Ordinary, PROVEN);
    assert_eq!(follow.all.heads, 2261);
    let share = crate::fixed::ratio(Some(follow.approving.heads), Some(2261), 10_000);
    assert_eq!(share, Some(9138));
}

#[test]
fn follow_majority_needs_every_proof() {
    let groups = [(417, YES), (278, NO), (600, Cast::Unreturned)];
    for missing in 0..3 {
        let proofs = Proofs {
            rules_quoted: missing != 0,
            deliveries_proven: missing != 1,
            consequence_printed: missing != 2,
        };
        let result = count(&groups, Leg::Ordinary, Mode::FollowMajority(proofs));
        assert_eq!(result.participating.heads, 695, "counted strictly");
        assert_eq!((result.passed, result.open), (None, vec![Cause::Unproven]));
    }
}

#[test]
fn follow_majority_is_measured_against_all_even_when_nobody_follows() {
    let groups = [(6, YES), (2, NO), (4, Cast::NotReached)];
    let strict = count(&groups, Leg::Ordinary, Mode::Strict);
    assert_eq!((strict.base.heads, strict.passed), (8, Some(true)));
    let follow = count(&groups, Leg::Ordinary, PROVEN);
    assert_eq!((follow.following, follow.of_all), (Share::default(), true));
    assert_eq!((follow.base.heads, follow.passed), (12, Some(false)));
}

#[test]
fn follow_majority_joins_nobody_when_area_and_heads_differ() {
    let seats = [(9_000, 0), (2_000, 1), (2_000, 2), (2_000, 3)];
    let seats: Vec<Seat> = seats
        .iter()
        .map(|(area_dm2, head)| Seat {
            area_dm2: *area_dm2,
            head: *head,
        })
        .collect();
    let casts = [NO, YES, YES, Cast::Unreturned];
    let counted = |mode| tally(&seats, &casts, Leg::Ordinary, mode, &BTreeMap::new());
    let result = counted(PROVEN);
    assert_eq!((result.majority, result.passed), (None, None));
    assert_eq!(result.open, [Cause::NoMajority]);
    // Decided by a person: left out, and counted as strictly as without 从多.
    let ruled = counted(PROVEN_OR_NOBODY);
    assert_eq!(ruled, counted(Mode::Strict));
    assert_eq!(ruled.passed, Some(false));
}

#[test]
fn a_decision_that_nobody_follows_changes_no_clear_majority() {
    let groups = [(417, YES), (278, NO), (584, Cast::Unreturned)];
    assert_eq!(
        count(&groups, Leg::Ordinary, PROVEN_OR_NOBODY),
        count(&groups, Leg::Ordinary, PROVEN)
    );
}

/// 100 dwellings of 50 ㎡, 40 of them one company's.
fn block(company: Cast, private: usize) -> Tally {
    let mut seats = vec![
        Seat {
            area_dm2: 5_000,
            head: 0
        };
        40
    ];
    let mut casts = vec![company; 40];
    for number in 0..60 {
        seats.push(Seat {
            area_dm2: 5_000,
            head: number + 1,
        });
        casts.push(if number < private {
            YES
        } else {
            Cast::NotReached
        });
    }
    tally(
        &seats,
        &casts,
        Leg::Ordinary,
        Mode::Strict,
        &BTreeMap::new(),
    )
}

#[test]
fn a_work_units_block() {
    let absent = block(Cast::NotReached, 50);
    assert_eq!(
        absent.all,
        Share {
            area_dm2: 500_000,
            heads: 61
        }
    );
    assert_eq!(
        absent.participating,
        Share {
            area_dm2: 250_000,
            heads: 50
        }
    );
    assert!(absent.quorum.heads && !absent.quorum.area);
    assert_eq!(absent.passed, Some(false));
    let mirror = block(YES, 30);
    assert_eq!(
        mirror.participating,
        Share {
            area_dm2: 350_000,
            heads: 31
        }
    );
    assert!(mirror.quorum.area && !mirror.quorum.heads);
    assert_eq!(mirror.passed, Some(false));
    assert_eq!(
        mirror.missing,
        Share {
            area_dm2: 0,
            heads: 10
        }
    );
}

#[test]
fn dongguan_notice() {
    assert_eq!(two_thirds(403), 269);
    assert_eq!(two_thirds(6_678_397), 4_452_265);
}

#[test]
fn papers_of_one_owner_that_disagree_wait_for_a_person() {
    let seats = [0, 0, 1].map(|head| Seat {
        area_dm2: 6_000,
        head,
    });
    let casts = [YES, NO, YES];
    let open = tally(
        &seats,
        &casts,
        Leg::Ordinary,
        Mode::Strict,
        &BTreeMap::new(),
    );
    assert_eq!((open.conflicts, open.passed), (vec![0], None));
    assert_eq!(open.participating.heads, 2);
    assert_eq!(
        open.approving,
        Share {
            area_dm2: 12_000,
            heads: 1
        }
    );
    let ruled = BTreeMap::from([(0, Vote::Approve)]);
    let decided = tally(&seats, &casts, Leg::Ordinary, Mode::Strict, &ruled);
    assert_eq!(decided.passed, Some(true));
    assert_eq!(
        decided.approving,
        Share {
            area_dm2: 18_000,
            heads: 2
        }
    );
}

#[test]
fn nobody_passes_nothing() {
    for leg in [Leg::Ordinary, Leg::Major] {
        let empty = tally(&[], &[], leg, Mode::Strict, &BTreeMap::new());
        assert_eq!(empty.passed, Some(false));
        let silent = count(&[(3, Cast::NotReached)], leg, Mode::Strict);
        assert!(!silent.approval.area && !silent.approval.heads);
    }
}

#[test]
fn a_paper_that_waits_keeps_the_result_open() {
    let result = count(&[(9, YES), (1, Cast::Pending)], Leg::Major, Mode::Strict);
    assert_eq!((result.passed, result.open), (None, vec![Cause::Pending]));
    assert_eq!(result.participating.heads, 9);
}

/// A second count that shares nothing with the first: over exact fractions, head by head.
mod brute {
    use super::*;
    use std::cmp::Ordering;

    /// An exact fraction with a positive denominator.
    #[derive(Clone, Copy)]
    struct Fraction(u128, u128);

    impl Fraction {
        fn of(part: u128, whole: u128) -> Option<Self> {
            (whole > 0).then_some(Self(part, whole))
        }

        fn against(self, other: Self) -> Ordering {
            (self.0 * other.1).cmp(&(other.0 * self.1))
        }
    }

    pub(super) struct Result {
        pub(super) numbers: [i64; 8],
        pub(super) quorum: (bool, bool),
        pub(super) approval: (bool, bool),
        pub(super) conflicts: Vec<usize>,
        pub(super) passed: Option<bool>,
    }

    /// `way`: 0 strict, 1 从多, 2 从多 with the decision that nobody follows without a majority.
    pub(super) fn judge(seats: &[Seat], casts: &[Cast], leg: Leg, way: u8) -> Result {
        let mut owners: BTreeMap<usize, Vec<(u128, Cast)>> = BTreeMap::new();
        for (seat, cast) in seats.iter().zip(casts) {
            let area = u128::try_from(seat.area_dm2).expect("no negative area");
            owners.entry(seat.head).or_default().push((area, *cast));
        }
        let area_of = |wanted: &dyn Fn(Cast) -> bool| -> u128 {
            owners
                .values()
                .flatten()
                .filter(|(_, cast)| wanted(*cast))
                .map(|(area, _)| area)
                .sum()
        };
        let opinions = |papers: &Vec<(u128, Cast)>| {
            let mut said: Vec<Vote> = papers
                .iter()
                .filter_map(|(_, cast)| match cast {
                    Cast::Valid(vote) => Some(*vote),
                    _ => None,
                })
                .collect();
            said.sort();
            said.dedup();
            said
        };
        let conflicts: Vec<usize> = owners
            .iter()
            .filter(|(_, papers)| opinions(papers).len() > 1)
            .map(|(head, _)| *head)
            .collect();
        let heads_saying = |vote: Vote| {
            owners
                .values()
                .filter(|papers| opinions(papers) == [vote])
                .count() as u128
        };
        let mut part_area = area_of(&|cast| matches!(cast, Cast::Valid(_)));
        let mut part_heads = owners
            .values()
            .filter(|papers| !opinions(papers).is_empty())
            .count() as u128;
        let mut sides: Vec<(Vote, u128, u128)> = Vote::ALL
            .into_iter()
            .map(|vote| {
                (
                    vote,
                    area_of(&|cast| cast == Cast::Valid(vote)),
                    heads_saying(vote),
                )
            })
            .collect();
        let (all_area, all_heads) = (area_of(&|_| true), owners.len() as u128);
        let mut undecided = !conflicts.is_empty() || casts.contains(&Cast::Pending);
        let mut against_all = way > 0;
        if way > 0 {
            let late_area = area_of(&|cast| cast == Cast::Unreturned);
            let late_heads = owners
                .values()
                .filter(|papers| {
                    opinions(papers).is_empty()
                        && papers.iter().any(|(_, cast)| *cast == Cast::Unreturned)
                })
                .count() as u128;
            if late_area > 0 || late_heads > 0 {
                let most_area = sides.iter().map(|side| side.1).max().unwrap_or(0);
                let most_heads = sides.iter().map(|side| side.2).max().unwrap_or(0);
                let first: Vec<usize> = (0..3)
                    .filter(|at| sides[*at].1 == most_area && sides[*at].2 == most_heads)
                    .collect();
                let alone = sides.iter().filter(|side| side.1 == most_area).count() == 1
                    && sides.iter().filter(|side| side.2 == most_heads).count() == 1;
                let leads = if alone { first.first() } else { None };
                if leads.is_some() || way == 1 {
                    part_area += late_area;
                    part_heads += late_heads;
                } else {
                    against_all = false;
                }
                if let Some(at) = leads {
                    sides[*at].1 += late_area;
                    sides[*at].2 += late_heads;
                } else {
                    undecided |= way == 1;
                }
            }
        }
        let two_thirds = Fraction(2, 3);
        let takes_part = |part, all| {
            Fraction::of(part, all).is_some_and(|share| share.against(two_thirds) != Ordering::Less)
        };
        let of_everybody = matches!(leg, Leg::AllHalf | Leg::AllTwoThirds);
        let (whole_area, whole_heads) = if against_all || of_everybody {
            (all_area, all_heads)
        } else {
            (part_area, part_heads)
        };
        let agrees = |part, whole| {
            Fraction::of(part, whole).is_some_and(|share| match leg {
                Leg::Ordinary | Leg::AllHalf => share.against(Fraction(1, 2)) == Ordering::Greater,
                Leg::AllTwoThirds => share.against(two_thirds) != Ordering::Less,
                Leg::Major => share.against(Fraction(3, 4)) != Ordering::Less,
            })
        };
        let quorum = (
            takes_part(part_area, all_area),
            takes_part(part_heads, all_heads),
        );
        let approval = (
            agrees(sides[0].1, whole_area),
            agrees(sides[0].2, whole_heads),
        );
        let numbers = [
            all_area,
            all_heads,
            part_area,
            part_heads,
            sides[0].1,
            sides[0].2,
            whole_area,
            whole_heads,
        ]
        .map(|number| i64::try_from(number).expect("small"));
        let passed = (!undecided).then_some(quorum.0 && quorum.1 && approval.0 && approval.1);
        Result {
            numbers,
            quorum,
            approval,
            conflicts,
            passed,
        }
    }
}

fn any_cast() -> impl Strategy<Value = Cast> {
    prop_oneof![
        6 => Just(YES),
        2 => Just(NO),
        2 => Just(NEITHER),
        2 => Just(Cast::Unreturned),
        1 => Just(Cast::NotReached),
        1 => Just(Cast::Invalid),
    ]
}

/// Rolls in which boundaries are met often: few sorts of areas, few heads.
fn any_roll() -> impl Strategy<Value = Vec<(i64, usize, Cast)>> {
    proptest::collection::vec(
        (
            prop_oneof![Just(5_000i64), Just(6_120), 1i64..20_000],
            0usize..12,
            any_cast(),
        ),
        1..24,
    )
}

proptest! {
    #[test]
    fn agrees_with_a_count_over_fractions(
        roll in any_roll(),
        leg in proptest::sample::select(Leg::ALL.to_vec()),
        way in 0u8..3,
    ) {
        let mode = [Mode::Strict, PROVEN, PROVEN_OR_NOBODY][usize::from(way)];
        let (seats, casts): (Vec<Seat>, Vec<Cast>) = roll
            .into_iter()
            .map(|(area_dm2, head, cast)| (Seat { area_dm2, head }, cast))
            .unzip();
        let first = tally(&seats, &casts, leg, mode, &BTreeMap::new());
        let second = brute::judge(&seats, &casts, leg, way);
        let numbers = [
            first.all.area_dm2, first.all.heads, first.participating.area_dm2,
            first.participating.heads, first.approving.area_dm2, first.approving.heads,
            first.base.area_dm2, first.base.heads,
        ];
        prop_assert_eq!(numbers, second.numbers);
        prop_assert_eq!((first.quorum.area, first.quorum.heads), second.quorum);
        prop_assert_eq!((first.approval.area, first.approval.heads), second.approval);
        prop_assert_eq!(first.conflicts, second.conflicts);
        prop_assert_eq!(first.passed, second.passed);
    }

    #[test]
    fn what_is_missing_is_exactly_what_is_missing(roll in any_roll()) {
        let (seats, casts): (Vec<Seat>, Vec<Cast>) = roll
            .into_iter()
            .map(|(area_dm2, head, cast)| (Seat { area_dm2, head }, cast))
            .unzip();
        let result = tally(&seats, &casts, Leg::Ordinary, Mode::Strict, &BTreeMap::new());
        let reaches = |part: i64, all: i64| 3 * part >= 2 * all;
        let heads = result.participating.heads + result.missing.heads;
        prop_assert!(reaches(heads, result.all.heads));
        prop_assert!(result.missing.heads == 0 || !reaches(heads - 1, result.all.heads));
        let area = result.participating.area_dm2 + result.missing.area_dm2;
        prop_assert!(reaches(area, result.all.area_dm2));
        prop_assert!(result.missing.area_dm2 == 0 || !reaches(area - 1, result.all.area_dm2));
    }

    #[test]
    fn the_order_of_papers_does_not_matter(roll in any_roll(), turn in 0usize..24) {
        let mut turned = roll.clone();
        let by = turn % turned.len();
        turned.rotate_left(by);
        let result = |roll: Vec<(i64, usize, Cast)>| {
            let (seats, casts): (Vec<Seat>, Vec<Cast>) = roll
                .into_iter()
                .map(|(area_dm2, head, cast)| (Seat { area_dm2, head }, cast))
                .unzip();
            tally(&seats, &casts, Leg::Major, Mode::Strict, &BTreeMap::new())
        };
        prop_assert_eq!(result(roll), result(turned));
    }
}
