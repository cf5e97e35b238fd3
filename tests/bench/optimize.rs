//! Choosing the best combination of sixty open items: as plans have them, and at their worst.

use std::time::Instant;

use jiugai_domain::optimize::{Candidate, Decision, choose};

use crate::ms;

const ITEMS: usize = 60;

/// Prints what a choice costs.
pub(crate) fn report() {
    println!(
        "\n## 最优组合（{ITEMS} 项改造内容）\n\n| 情形 | 最慢 | 中位 | 证明为最优 |\n|---|---:|---:|---:|"
    );
    for (name, decisions) in [
        ("平常：先后三项一串、几处二选一", each(usual)),
        ("权重与造价成正比", each(proportional)),
        ("权重与造价成正比，权重很大", each(fine)),
        ("每项都牵着另外两项，二十处二选一", each(tangled)),
        ("同上，权重与造价成正比", each(worst)),
    ] {
        let mut times = Vec::new();
        let mut proven = 0;
        for decision in &decisions {
            let start = Instant::now();
            let found = std::hint::black_box(choose(decision));
            times.push(start.elapsed());
            proven += usize::from(found.is_ok_and(|selection| selection.is_proven()));
        }
        times.sort();
        println!(
            "| {name} | {} | {} | {proven}/{} |",
            ms(times[times.len() - 1]),
            ms(times[times.len() / 2]),
            decisions.len()
        );
    }
}

fn each(make: fn(&mut Numbers) -> Decision) -> Vec<Decision> {
    (1..=10).map(|seed| make(&mut Numbers(seed))).collect()
}

/// The same numbers every time.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self, below: u64) -> i64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % below).unwrap_or(0)
    }

    fn before(&mut self, at: usize) -> usize {
        usize::try_from(self.next(at.max(1) as u64)).unwrap_or(0)
    }
}

fn decision(candidates: Vec<Candidate>, exclusions: Vec<Vec<usize>>) -> Decision {
    let all: i64 = candidates.iter().filter_map(|one| one.cost_fen).sum();
    Decision {
        candidates,
        exclusions,
        budget_fen: all / 2,
    }
}

fn usual(numbers: &mut Numbers) -> Decision {
    let candidates = (0..ITEMS)
        .map(|at| Candidate {
            cost_fen: Some(500_000 + numbers.next(60_000_000)),
            weight: numbers.next(400),
            basic: at % 8 == 0,
            requires: if at % 3 == 0 {
                Vec::new()
            } else {
                vec![at - 1]
            },
        })
        .collect();
    decision(
        candidates,
        (0..6).map(|at| vec![at * 9 + 1, at * 9 + 5]).collect(),
    )
}

fn proportional(numbers: &mut Numbers) -> Decision {
    alone(numbers, 1_000_000)
}

fn fine(numbers: &mut Numbers) -> Decision {
    alone(numbers, 1_000)
}

fn alone(numbers: &mut Numbers, step: i64) -> Decision {
    let candidates = (0..ITEMS)
        .map(|_| {
            let cost = 500_000 + numbers.next(60_000_000);
            Candidate {
                cost_fen: Some(cost),
                weight: cost / step,
                ..Candidate::default()
            }
        })
        .collect();
    decision(candidates, Vec::new())
}

fn tangled(numbers: &mut Numbers) -> Decision {
    ties(numbers, |numbers, _| numbers.next(400))
}

fn worst(numbers: &mut Numbers) -> Decision {
    ties(numbers, |_, cost| cost / 1_000)
}

fn ties(numbers: &mut Numbers, weight: fn(&mut Numbers, i64) -> i64) -> Decision {
    let candidates = (0..ITEMS)
        .map(|at| {
            let cost = 500_000 + numbers.next(60_000_000);
            Candidate {
                cost_fen: Some(cost),
                weight: weight(numbers, cost),
                basic: false,
                requires: if at < 2 {
                    Vec::new()
                } else {
                    vec![numbers.before(at), numbers.before(at)]
                },
            }
        })
        .collect();
    let groups = (0..20)
        .map(|at| vec![at, 20 + numbers.before(40)])
        .collect();
    decision(candidates, groups)
}
