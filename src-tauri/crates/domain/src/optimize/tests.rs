use proptest::prelude::*;

use super::*;

fn item(wan: i64, weight: i64) -> Candidate {
    Candidate {
        cost_fen: Some(wan),
        weight,
        ..Candidate::default()
    }
}

fn after(wan: i64, weight: i64, requires: &[usize]) -> Candidate {
    Candidate {
        requires: requires.to_vec(),
        ..item(wan, weight)
    }
}

fn basic(wan: i64) -> Candidate {
    Candidate {
        basic: true,
        ..item(wan, 0)
    }
}

fn chosen(decision: &Decision) -> Vec<usize> {
    let selection = choose(decision).expect("basics do not exclude each other");
    assert!(selection.is_proven());
    (0..decision.candidates.len())
        .filter(|item| selection.chosen[*item])
        .collect()
}

#[test]
fn the_best_is_not_always_the_best_value() {
    // 6 for 5 is the best value, but two of 5 for 5 fill the money.
    let decision = Decision {
        candidates: vec![item(6, 8), item(5, 6), item(5, 6)],
        budget_fen: 10,
        ..Decision::default()
    };
    assert_eq!(chosen(&decision), [1, 2]);
}

#[test]
fn basics_and_what_they_need_come_first() {
    let decision = Decision {
        candidates: vec![
            Candidate {
                requires: vec![1],
                ..basic(4)
            },
            item(3, -5),
            item(4, 100),
        ],
        budget_fen: 10,
        ..Decision::default()
    };
    assert_eq!(chosen(&decision), [0, 1]);
    let selection = choose(&decision).expect("no exclusion");
    assert_eq!(
        reasons(&decision, &selection),
        [
            Reason::Basic,
            Reason::Needed { by: 0 },
            Reason::TooDear { short_fen: 1 }
        ]
    );
}

#[test]
fn basics_dearer_than_the_money_stand_alone() {
    let decision = Decision {
        candidates: vec![basic(40), item(1, 9)],
        budget_fen: 30,
        ..Decision::default()
    };
    let selection = choose(&decision).expect("no exclusion");
    assert_eq!(selection.short_fen, Some(10));
    assert_eq!(selection.chosen, [true, false]);
    assert_eq!(
        reasons(&decision, &selection)[1],
        Reason::TooDear { short_fen: 11 }
    );
}

#[test]
fn of_basics_that_exclude_each_other_the_better_one_is_done() {
    let decision = Decision {
        candidates: vec![
            Candidate {
                weight: 2,
                ..basic(3)
            },
            Candidate {
                weight: 5,
                ..basic(4)
            },
            item(5, 4),
        ],
        exclusions: vec![vec![0, 1]],
        budget_fen: 8,
    };
    // The cheaper one leaves money for something else.
    assert_eq!(chosen(&decision), [0, 2]);
    let poorer = Decision {
        budget_fen: 7,
        ..decision
    };
    assert_eq!(chosen(&poorer), [1]);
    let selection = choose(&poorer).expect("one of them");
    assert_eq!(
        reasons(&poorer, &selection),
        [
            Reason::Excluded { by: 1 },
            Reason::Basic,
            Reason::TooDear { short_fen: 2 }
        ]
    );
}

#[test]
fn basics_that_need_what_excludes_each_other_are_refused() {
    let needs = |item: usize| Candidate {
        requires: vec![item],
        ..basic(1)
    };
    let decision = Decision {
        candidates: vec![needs(2), needs(3), item(1, 1), item(1, 1)],
        exclusions: vec![vec![2, 3]],
        budget_fen: 9,
    };
    assert_eq!(choose(&decision), Err(Refusal::BasicsExclude(2, 3)));
}

#[test]
fn every_way_to_stay_out_has_its_reason() {
    let decision = Decision {
        candidates: vec![
            item(4, 9),
            item(4, 5),
            Candidate {
                weight: 7,
                ..Candidate::default()
            },
            after(1, 3, &[2]),
            item(1, 0),
            after(1, 3, &[6]),
            item(1, -8),
        ],
        exclusions: vec![vec![0, 1]],
        budget_fen: 10,
    };
    let selection = choose(&decision).expect("no basics");
    assert_eq!(
        reasons(&decision, &selection),
        [
            Reason::Worth,
            Reason::Excluded { by: 0 },
            Reason::NoEstimate,
            Reason::Blocked { by: 2 },
            Reason::NoWishes,
            Reason::NotWorth,
            Reason::NoWishes,
        ]
    );
}

#[test]
fn a_circle_stands_or_falls_together() {
    let mut decision = Decision {
        candidates: vec![after(3, 1, &[1]), after(3, 9, &[0])],
        budget_fen: 5,
        ..Decision::default()
    };
    assert_eq!(chosen(&decision), Vec::<usize>::new());
    decision.budget_fen = 6;
    assert_eq!(chosen(&decision), [0, 1]);
}

/// Sixty items: chains of three, either-or pairs, and single ones.
pub(super) fn sixty(seed: i64) -> Decision {
    let candidates = (0..60i64)
        .map(|at| {
            let cost = 500_000 + (at * 7_919 + seed * 104_729) % 9_500_000;
            let weight = 1 + (at * 31 + seed * 17) % 97;
            let needs = if at % 3 != 0 && at < 30 {
                vec![usize::try_from(at - 1).unwrap_or(0)]
            } else {
                Vec::new()
            };
            Candidate {
                basic: at % 10 == 9,
                ..after(cost, weight, &needs)
            }
        })
        .collect();
    Decision {
        candidates,
        exclusions: vec![vec![40, 41], vec![43, 44, 45], vec![2, 46]],
        budget_fen: 150_000_000,
    }
}

#[test]
fn sixty_items_are_proven() {
    for seed in 0..5 {
        let selection = choose(&sixty(seed)).expect("basics do not exclude each other");
        assert!(selection.is_proven());
        assert!(selection.cost_fen <= 150_000_000);
    }
}

/// Weights in step with costs, and every item tied to two others: nothing can be left out early.
#[test]
fn what_is_not_proven_says_so() {
    let candidates: Vec<Candidate> = (0..60usize)
        .map(|at| {
            let cost = 1_000_003 + i64::try_from(at * at * 7_919 % 999_983).unwrap_or(0);
            let needs = [(at * 7 + 1) % 60, (at * 11 + 5) % 60];
            let needs: Vec<usize> = needs.into_iter().filter(|need| *need < at).collect();
            after(cost, cost / 10, &needs)
        })
        .collect();
    let decision = Decision {
        candidates,
        exclusions: (0..20).map(|at| vec![at, at + 20]).collect(),
        budget_fen: 30_000_000,
    };
    let selection = choose(&decision).expect("no basics");
    assert!(selection.bound >= selection.weight);
    assert!(selection.cost_fen <= decision.budget_fen);
}

#[test]
fn a_basic_gives_way_to_one_that_both_of_its_rivals_exclude() {
    let item = |weight: i64, basic: bool| Candidate {
        cost_fen: Some(0),
        weight,
        basic,
        requires: Vec::new(),
    };
    let decision = Decision {
        candidates: vec![item(0, true), item(0, true), item(0, true), item(1, false)],
        exclusions: vec![vec![0, 1, 3], vec![0, 1, 2]],
        budget_fen: 0,
    };
    let selection = choose(&decision).expect("a choice");
    assert_eq!(selection.chosen, [false, false, true, true]);
    assert!(selection.is_proven());
}

#[test]
fn what_was_not_tried_is_not_called_proven() {
    // Ten pairs of basics that exclude each other: 1,024 ways, of which the best is one.
    let candidates = (0..20)
        .map(|at| Candidate {
            cost_fen: Some(1),
            weight: i64::from(at % 2 == 0),
            basic: true,
            requires: Vec::new(),
        })
        .collect();
    let decision = Decision {
        candidates,
        exclusions: (0..10).map(|pair| vec![2 * pair, 2 * pair + 1]).collect(),
        budget_fen: 10,
    };
    let selection = choose(&decision).expect("a choice");
    assert!(selection.bound >= 10, "{}", selection.bound);
    assert_eq!(selection.is_proven(), selection.weight == 10);
}

/// The best weight and its least cost by trying every combination.
fn by_trying(decision: &Decision) -> Option<(i64, i64)> {
    let count = decision.candidates.len();
    (0..1u32 << count)
        .filter_map(|set| {
            let inside = |item: usize| set >> item & 1 == 1;
            let mut sum = (0, 0);
            for (at, candidate) in decision.candidates.iter().enumerate() {
                if !inside(at) {
                    let stands_in = |other: &usize| {
                        *other != at && inside(*other) && decision.candidates[*other].basic
                    };
                    let mut groups = decision.exclusions.iter();
                    let replaced =
                        groups.any(|group| group.contains(&at) && group.iter().any(stands_in));
                    if candidate.basic && !replaced {
                        return None;
                    }
                    continue;
                }
                if !candidate.requires.iter().all(|need| inside(*need)) {
                    return None;
                }
                sum = (sum.0 + candidate.weight, sum.1 + candidate.cost_fen?);
            }
            let apart = |group: &Vec<usize>| group.iter().filter(|at| inside(**at)).count() < 2;
            (sum.1 <= decision.budget_fen && decision.exclusions.iter().all(apart)).then_some(sum)
        })
        .max_by_key(|(weight, cost)| (*weight, -cost))
}

fn decisions() -> impl Strategy<Value = Decision> {
    (1usize..=13).prop_flat_map(|count| {
        let candidate = (
            prop_oneof![9 => (0i64..40).prop_map(Some), 1 => Just(None)],
            -5i64..30,
            prop::bool::weighted(0.15),
            prop::collection::vec(0..count, 0..3),
        );
        let group = prop::collection::vec(0..count, 2..5);
        (
            prop::collection::vec(candidate, count),
            prop::collection::vec(group, 0..4),
            0i64..160,
        )
            .prop_map(|(candidates, groups, budget_fen)| Decision {
                candidates: candidates
                    .into_iter()
                    .map(|(cost_fen, weight, basic, requires)| Candidate {
                        // A basic one has a price here, so that trying every combination knows it.
                        cost_fen: if basic {
                            cost_fen.or(Some(7))
                        } else {
                            cost_fen
                        },
                        weight,
                        basic,
                        requires,
                    })
                    .collect(),
                exclusions: groups
                    .into_iter()
                    .map(|group| {
                        let once: std::collections::BTreeSet<usize> = group.into_iter().collect();
                        once.into_iter().collect()
                    })
                    .collect(),
                budget_fen,
            })
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn as_good_as_trying_everything(decision in decisions()) {
        let tried = by_trying(&decision);
        match choose(&decision) {
            Err(Refusal::BasicsExclude(..)) => prop_assert_eq!(tried, None),
            Ok(selection) if selection.short_fen.is_some() => prop_assert_eq!(tried, None),
            Ok(selection) => {
                let priced = closure_priced(&decision);
                if priced {
                    prop_assert_eq!(tried, Some((selection.weight, selection.cost_fen)));
                }
                prop_assert!(selection.is_proven());
                let said = reasons(&decision, &selection);
                for (at, reason) in said.iter().enumerate() {
                    let inside = matches!(reason, Reason::Basic | Reason::Needed { .. } | Reason::Worth);
                    prop_assert_eq!(inside, selection.chosen[at]);
                }
            }
        }
    }

    #[test]
    fn more_money_never_buys_less(decision in decisions(), more in 0i64..50) {
        let richer = Decision { budget_fen: decision.budget_fen + more, ..decision.clone() };
        if let (Ok(one), Ok(other)) = (choose(&decision), choose(&richer)) {
            prop_assert!(other.weight >= one.weight || one.short_fen.is_some());
        }
    }
}

/// Whether everything that basics need has a price.
fn closure_priced(decision: &Decision) -> bool {
    (0..decision.candidates.len())
        .filter(|item| decision.candidates[*item].basic)
        .all(|item| {
            closure(&decision.candidates, item)
                .iter()
                .zip(&decision.candidates)
                .all(|(inside, candidate)| !inside || candidate.cost_fen.is_some())
        })
}
