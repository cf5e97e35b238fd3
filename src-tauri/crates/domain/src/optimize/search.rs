//! The exact search over the open items.
//!
//! Items are decided one after the other. A state is what the decisions so far mean for the items
//! to come: which decided items some undecided one depends on (or is depended on by), and which
//! exclusion groups are taken. For equal states only the undominated pairs of cost and weight are
//! kept, and of those only the ones that can still reach the best known combination. The order of
//! the items keeps few of them open at a time, so that chains, trees and either-or pairs cost next
//! to nothing however long they are.

use std::collections::{BTreeMap, HashMap};

use super::{Decision, closure};

/// Combinations kept at most after each item. Beyond it the most promising stay, and what the
/// others could have reached becomes the bound.
const KEPT: usize = 40_000;
/// Decided items and groups that can be open at a time.
const SLOTS: u32 = 128;

/// What came of it; weights of the open items alone.
pub(super) struct Found {
    pub(super) items: Vec<usize>,
    pub(super) weight: i64,
    pub(super) bound: i64,
}

/// A combination: its money and wishes, the most that it can still come to, and the last item taken.
#[derive(Clone, Copy)]
struct Combination {
    cost: i64,
    weight: i64,
    promise: i64,
    last: Option<u32>,
}

/// An item on the way: what it costs, and the slots that it reads and writes.
struct Step {
    item: usize,
    cost: i64,
    weight: i64,
    /// Slots of decided items that it depends on: all must be taken.
    needs: u128,
    /// Slots of decided items that depend on it: when one is taken, this one must be.
    needed: u128,
    /// Slots of groups that it belongs to and that others before it may have taken.
    groups: u128,
    /// Slots to set when it is taken.
    sets: u128,
    /// Slots that nothing needs any more afterwards.
    clears: u128,
}

pub(super) fn search(decision: &Decision, open: &[usize], budget: i64) -> Found {
    let best = greedy(decision, open, budget);
    let Some(steps) = steps(decision, open) else {
        // More ties between the items than there are slots: the bound says what is not known.
        let bound = Remaining::of(open.iter().map(|item| pair(decision, *item))).most(budget);
        return Found {
            bound: bound.max(best.weight),
            ..best
        };
    };
    let rest: Vec<Remaining> = (0..=steps.len())
        .map(|from| Remaining::of(steps[from..].iter().map(|step| (step.cost, step.weight))))
        .collect();
    let mut taken: Vec<(Option<u32>, usize)> = Vec::new();
    let start = Combination {
        cost: 0,
        weight: 0,
        promise: i64::MAX,
        last: None,
    };
    let mut states: BTreeMap<u128, Vec<Combination>> = BTreeMap::from([(0, vec![start])]);
    let mut bound = best.weight;
    for (at, step) in steps.iter().enumerate() {
        let rest = &rest[at + 1];
        let mut next: BTreeMap<u128, Vec<Combination>> = BTreeMap::new();
        for (state, combinations) in &states {
            if state & step.needed == 0 {
                let mut most = rest.falling();
                let hopeful = |one: &Combination| {
                    let promise = one.weight + most.most(budget - one.cost);
                    (promise >= best.weight).then_some(Combination { promise, ..*one })
                };
                let without = combinations.iter().filter_map(hopeful).collect();
                merge(next.entry(state & !step.clears).or_default(), without);
            }
            if state & step.needs == step.needs && state & step.groups == 0 {
                let mut most = rest.falling();
                let with = combinations
                    .iter()
                    .take_while(|one| one.cost + step.cost <= budget)
                    .filter_map(|one| {
                        let (cost, weight) = (one.cost + step.cost, one.weight + step.weight);
                        let promise = weight + most.most(budget - cost);
                        if promise < best.weight {
                            return None;
                        }
                        taken.push((one.last, step.item));
                        Some(Combination {
                            cost,
                            weight,
                            promise,
                            last: u32::try_from(taken.len() - 1).ok(),
                        })
                    })
                    .collect();
                let state = (state | step.sets) & !step.clears;
                merge(next.entry(state).or_default(), with);
            }
        }
        next.retain(|_, combinations| !combinations.is_empty());
        bound = bound.max(thin(&mut next));
        states = next;
    }
    let last = states
        .values()
        .flatten()
        .max_by_key(|one| (one.weight, std::cmp::Reverse(one.cost)));
    let cost = |items: &[usize]| -> i64 { items.iter().map(|item| pair(decision, *item).0).sum() };
    let found = match last {
        Some(one) if (one.weight, -one.cost) > (best.weight, -cost(&best.items)) => {
            let mut items = Vec::new();
            let mut next = one.last;
            while let Some((before, item)) = next.and_then(|at| taken.get(at as usize)) {
                items.push(*item);
                next = *before;
            }
            Found {
                items,
                weight: one.weight,
                bound,
            }
        }
        _ => best,
    };
    Found {
        bound: bound.max(found.weight),
        ..found
    }
}

fn pair(decision: &Decision, item: usize) -> (i64, i64) {
    let candidate = &decision.candidates[item];
    (candidate.cost_fen.unwrap_or(0).max(0), candidate.weight)
}

/// Adds `more` to `list`; both are in order of cost, and what something cheaper or equal matches in
/// weight is left out.
fn merge(list: &mut Vec<Combination>, more: Vec<Combination>) {
    if list.is_empty() {
        *list = more;
        return;
    }
    let old = std::mem::take(list);
    let (mut old, mut more) = (old.into_iter().peekable(), more.into_iter().peekable());
    loop {
        let key = |one: &Combination| (one.cost, -one.weight);
        let next = match (old.peek(), more.peek()) {
            (Some(one), Some(other)) if key(other) < key(one) => more.next(),
            (Some(_), _) => old.next(),
            (None, _) => more.next(),
        };
        let Some(next) = next else { break };
        if list.last().is_none_or(|last| next.weight > last.weight) {
            list.push(next);
        }
    }
}

/// Keeps the most promising combinations; gives the most that a dropped one could have reached.
fn thin(states: &mut BTreeMap<u128, Vec<Combination>>) -> i64 {
    if states.values().map(Vec::len).sum::<usize>() <= KEPT {
        return i64::MIN;
    }
    let mut promises: Vec<i64> = states.values().flatten().map(|one| one.promise).collect();
    let (most, dropped, _) = promises.select_nth_unstable_by(KEPT, |one, other| other.cmp(one));
    let dropped = *dropped;
    let least = most.iter().copied().min().unwrap_or(dropped);
    let mut room = KEPT;
    for combinations in states.values_mut() {
        combinations.retain(|one| {
            let keep = room > 0 && one.promise >= least;
            room -= usize::from(keep);
            keep
        });
    }
    states.retain(|_, combinations| !combinations.is_empty());
    // Ties at the edge are dropped too, and promise no more than the edge itself.
    dropped.max(least)
}

/// The items in an order that keeps few of them open, with their slots.
fn steps(decision: &Decision, open: &[usize]) -> Option<Vec<Step>> {
    let place: HashMap<usize, usize> = open.iter().copied().zip(0..).collect();
    let requires: Vec<Vec<usize>> = open
        .iter()
        .map(|item| {
            let needs = decision.candidates[*item].requires.iter();
            needs.filter_map(|need| place.get(need).copied()).collect()
        })
        .collect();
    let mut ties: Vec<Vec<usize>> = requires.clone();
    for (at, needs) in requires.iter().enumerate() {
        for need in needs {
            ties[*need].push(at);
        }
    }
    let groups: Vec<Vec<usize>> = decision
        .exclusions
        .iter()
        .map(|group| -> Vec<usize> {
            let mut members: Vec<usize> = group
                .iter()
                .filter_map(|item| place.get(item).copied())
                .collect();
            members.sort_unstable();
            members.dedup();
            members
        })
        .filter(|members| members.len() > 1)
        .collect();
    let mut steps = Vec::with_capacity(open.len());
    let mut decided = vec![false; open.len()];
    let mut slots: HashMap<(bool, usize), u32> = HashMap::new();
    let mut free: u128 = u128::MAX;
    let claim = |free: &mut u128| -> Option<u32> {
        let slot = free.trailing_zeros();
        (slot < SLOTS).then(|| {
            *free &= !(1 << slot);
            slot
        })
    };
    while let Some(at) = next(&ties, &groups, &decided) {
        let (cost, weight) = pair(decision, open[at]);
        let mut step = Step {
            item: open[at],
            cost,
            weight,
            needs: 0,
            needed: 0,
            groups: 0,
            sets: 0,
            clears: 0,
        };
        for other in ties[at].iter().filter(|other| decided[**other]) {
            let slot = 1 << slots[&(false, *other)];
            if requires[at].contains(other) {
                step.needs |= slot;
            }
            if requires[*other].contains(&at) {
                step.needed |= slot;
            }
        }
        for (group, members) in groups.iter().enumerate() {
            if !members.contains(&at) {
                continue;
            }
            let slot = match slots.get(&(true, group)) {
                Some(slot) => *slot,
                None => {
                    let slot = claim(&mut free)?;
                    slots.insert((true, group), slot);
                    slot
                }
            };
            step.groups |= 1 << slot;
            step.sets |= 1 << slot;
        }
        decided[at] = true;
        if ties[at].iter().any(|other| !decided[*other]) {
            let slot = claim(&mut free)?;
            slots.insert((false, at), slot);
            step.sets |= 1 << slot;
        }
        slots.retain(|(is_group, index), slot| {
            let waits = if *is_group {
                groups[*index].iter().any(|member| !decided[*member])
            } else {
                ties[*index].iter().any(|other| !decided[*other])
            };
            if !waits {
                step.clears |= 1 << *slot;
            }
            waits
        });
        free |= step.clears;
        steps.push(step);
    }
    Some(steps)
}

/// The undecided item after which the fewest items and groups are open; of equal ones one that is
/// tied to what is open already, then the first.
fn next(ties: &[Vec<usize>], groups: &[Vec<usize>], decided: &[bool]) -> Option<usize> {
    let after = |at: usize| {
        let done = |other: usize| other == at || decided[other];
        let items = (0..decided.len())
            .filter(|item| done(*item) && ties[*item].iter().any(|other| !done(*other)))
            .count();
        let taken = groups
            .iter()
            .filter(|members| {
                members.iter().any(|member| done(*member))
                    && members.iter().any(|member| !done(*member))
            })
            .count();
        let tied = ties[at].iter().any(|other| decided[*other])
            || groups
                .iter()
                .any(|members| members.contains(&at) && members.iter().any(|one| decided[*one]));
        (items + taken, !tied, at)
    };
    (0..decided.len())
        .filter(|at| !decided[*at])
        .min_by_key(|at| after(*at))
}

/// What the items to come can add at most: as if they could be done in part and nothing tied them.
struct Remaining {
    /// Cost and weight up to each item, the best value for money first.
    sums: Vec<(i64, i64)>,
}

impl Remaining {
    fn of(items: impl Iterator<Item = (i64, i64)>) -> Self {
        let mut worth: Vec<(i64, i64)> = items.filter(|(_, weight)| *weight > 0).collect();
        worth.sort_by(|(cost, weight), (other_cost, other_weight)| {
            let (one, other) = (
                i128::from(*weight) * i128::from(*other_cost),
                i128::from(*other_weight) * i128::from(*cost),
            );
            other.cmp(&one)
        });
        let mut sums = vec![(0, 0)];
        let mut sum = (0i64, 0i64);
        for (cost, weight) in worth {
            sum = (sum.0.saturating_add(cost), sum.1.saturating_add(weight));
            sums.push(sum);
        }
        Self { sums }
    }

    fn most(&self, money: i64) -> i64 {
        self.falling().most(money)
    }

    /// For less and less money, one question after the other.
    fn falling(&self) -> Falling<'_> {
        Falling {
            sums: &self.sums,
            whole: None,
        }
    }
}

/// Combinations stand in order of cost, so that the money left only falls: the place in the sums is
/// looked for once and then walks down.
struct Falling<'a> {
    sums: &'a [(i64, i64)],
    whole: Option<usize>,
}

impl Falling<'_> {
    /// What this money can add at most; no more money than at the last question.
    fn most(&mut self, money: i64) -> i64 {
        if money < 0 {
            return i64::MIN / 4;
        }
        let mut whole = match self.whole {
            Some(whole) => whole,
            None => self.sums.partition_point(|(cost, _)| *cost <= money) - 1,
        };
        while self.sums[whole].0 > money {
            whole -= 1;
        }
        self.whole = Some(whole);
        let (cost, weight) = self.sums[whole];
        let part = self.sums.get(whole + 1).map_or(0, |(next, more)| {
            match (more - weight).checked_mul(money - cost) {
                Some(share) => share / (next - cost),
                None => {
                    let share = i128::from(more - weight) * i128::from(money - cost);
                    i64::try_from(share / i128::from(next - cost)).unwrap_or(0)
                }
            }
        });
        weight + part
    }
}

/// A first good combination: again and again the item that, with what it depends on, satisfies the
/// most for its money and still fits.
fn greedy(decision: &Decision, open: &[usize], budget: i64) -> Found {
    let mut chosen = vec![false; decision.candidates.len()];
    let allowed: Vec<bool> = (0..decision.candidates.len())
        .map(|item| open.contains(&item))
        .collect();
    let (mut left, mut items, mut weight) = (budget, Vec::new(), 0);
    let packs: Vec<Vec<usize>> = open
        .iter()
        .map(|item| {
            let inside = closure(&decision.candidates, *item);
            (0..inside.len())
                .filter(|at| inside[*at] && allowed[*at])
                .collect()
        })
        .collect();
    loop {
        let fresh = |pack: &Vec<usize>| -> Vec<usize> {
            let more = pack.iter().copied().filter(|item| !chosen[*item]);
            more.collect()
        };
        let best = packs
            .iter()
            .map(fresh)
            .filter(|more| !more.is_empty())
            .filter(|more| {
                decision.exclusions.iter().all(|group| {
                    let inside = |item: &&usize| chosen[**item] || more.contains(item);
                    !group.iter().any(|item| more.contains(item))
                        || group.iter().filter(inside).count() < 2
                })
            })
            .map(|more| {
                let sum = |of: fn((i64, i64)) -> i64| -> i64 {
                    more.iter().map(|item| of(pair(decision, *item))).sum()
                };
                (sum(|pair| pair.0), sum(|pair| pair.1), more)
            })
            .filter(|(cost, weight, _)| *cost <= left && *weight > 0)
            .max_by(|(cost, weight, _), (other_cost, other_weight, _)| {
                let one = i128::from(*weight) * i128::from(*other_cost);
                one.cmp(&(i128::from(*other_weight) * i128::from(*cost)))
            });
        let Some((cost, more_weight, more)) = best else {
            break;
        };
        left -= cost;
        weight += more_weight;
        for item in more {
            chosen[item] = true;
            items.push(item);
        }
    }
    Found {
        items,
        weight,
        bound: weight,
    }
}
