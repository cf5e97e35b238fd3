//! 最优组合: which open work items satisfy the most of the residents' weighted wishes within the
//! money (domain §19: scenarios under a budget).
//!
//! Basics (基础类) are always in, with whatever they depend on; of basics that exclude each other one
//! is in, whichever serves best. Everything is counted in integers
//! and the answer is exact: `search` goes through the items once and keeps, for every way the
//! items decided so far can still matter to those to come, only the combinations that no other
//! one beats in both money and wishes. `reasons` then says why each item is in or out.

mod reasons;
mod search;

pub use reasons::{Reason, reasons};

/// A work item that may be chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Estimate in 分; none when nobody has estimated it.
    pub cost_fen: Option<i64>,
    /// Weighted wishes for it less those against it.
    pub weight: i64,
    /// Must be done (应改尽改).
    pub basic: bool,
    /// Candidates that have to be done before, by position.
    pub requires: Vec<usize>,
}

/// What is to be decided.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Decision {
    /// The open items.
    pub candidates: Vec<Candidate>,
    /// Of each of these groups at most one may be done (二选一).
    pub exclusions: Vec<Vec<usize>>,
    /// The money in 分.
    pub budget_fen: i64,
}

/// The best combination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selection {
    /// Which candidates are done, by position.
    pub chosen: Vec<bool>,
    /// Their cost in 分; those without an estimate count nothing.
    pub cost_fen: i64,
    /// Their weight.
    pub weight: i64,
    /// By how much the basics alone are dearer than the budget; nothing else is chosen then.
    pub short_fen: Option<i64>,
    /// No combination can have more weight than this. Equal to `weight` whenever the answer is
    /// proven the best.
    pub bound: i64,
}

impl Selection {
    /// Whether no better combination exists.
    #[must_use]
    pub fn is_proven(&self) -> bool {
        self.bound <= self.weight
    }
}

/// Why there is no combination at all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Two items that exclude each other are both needed by basics.
    BasicsExclude(usize, usize),
}

/// Ways to settle which basics are done that are tried at most.
const WAYS: usize = 256;

/// The items that have to be done with `item`, itself among them, by position.
#[must_use]
pub fn closure(candidates: &[Candidate], item: usize) -> Vec<bool> {
    let mut inside = vec![false; candidates.len()];
    let mut open = vec![item];
    while let Some(next) = open.pop() {
        let Some(candidate) = candidates.get(next) else {
            continue;
        };
        if !std::mem::replace(&mut inside[next], true) {
            open.extend(&candidate.requires);
        }
    }
    inside
}

/// The combination of greatest weight within the budget; of equal ones the cheapest.
///
/// # Errors
/// [`Refusal::BasicsExclude`].
pub fn choose(decision: &Decision) -> Result<Selection, Refusal> {
    let mut found: Option<Result<Selection, Refusal>> = None;
    let mut ways = vec![decision.clone()];
    let mut tried = 0;
    // Nothing that was not tried can have more weight than this.
    let mut untried = i64::MIN;
    while let Some(way) = ways.pop() {
        if let Some(rivals) = rivals(&way) {
            if tried + ways.len() < WAYS {
                ways.extend(rivals.iter().map(|kept| keeping(&way, *kept)));
            } else if let Ok(relaxed) = settled(&without_rivals(&way)) {
                untried = untried.max(relaxed.bound);
            }
            continue;
        }
        tried += 1;
        let other = settled(&way);
        found = Some(match (found, other) {
            (None | Some(Err(_)), other) => other,
            (Some(Ok(one)), Ok(other)) => Ok(better(one, other)),
            (Some(found), Err(_)) => found,
        });
    }
    let found = found.unwrap_or_else(|| settled(decision))?;
    Ok(Selection {
        bound: found.bound.max(untried),
        ..found
    })
}

/// A basic that excludes another one, and every basic that it excludes: one of them is done. None when
/// no basics exclude each other.
fn rivals(way: &Decision) -> Option<Vec<usize>> {
    let basics = (0..way.candidates.len()).filter(|item| way.candidates[*item].basic);
    basics
        .map(|item| {
            let mut several = rivals_of(way, item);
            several.insert(0, item);
            several
        })
        .find(|several| several.len() > 1)
}

/// The basics that a candidate excludes.
fn rivals_of(way: &Decision, item: usize) -> Vec<usize> {
    (0..way.candidates.len())
        .filter(|other| *other != item && way.candidates[*other].basic)
        .filter(|other| {
            let mut groups = way.exclusions.iter();
            groups.any(|group| group.contains(&item) && group.contains(other))
        })
        .collect()
}

/// The way on which this one is done and those that it excludes have to be done no more.
fn keeping(way: &Decision, kept: usize) -> Decision {
    let mut kept_way = way.clone();
    for other in rivals_of(way, kept) {
        kept_way.candidates[other].basic = false;
    }
    kept_way
}

/// The way on which no basic has to be done that excludes another: it allows whatever any way of
/// settling them allows.
fn without_rivals(way: &Decision) -> Decision {
    let mut relaxed = way.clone();
    for item in 0..way.candidates.len() {
        relaxed.candidates[item].basic &= rivals_of(way, item).is_empty();
    }
    relaxed
}

/// The better of two; what both of them may still hide is kept.
fn better(one: Selection, other: Selection) -> Selection {
    let key = |selection: &Selection| {
        let short = std::cmp::Reverse(selection.short_fen.unwrap_or(0));
        (short, selection.weight, -selection.cost_fen)
    };
    let bound = match (one.short_fen, other.short_fen) {
        (None, None) => one.bound.max(other.bound),
        (None, Some(_)) => one.bound,
        _ => other.bound,
    };
    let best = if key(&one) >= key(&other) { one } else { other };
    Selection {
        bound: bound.max(best.weight),
        ..best
    }
}

/// The best combination when basics do not exclude each other.
fn settled(decision: &Decision) -> Result<Selection, Refusal> {
    let count = decision.candidates.len();
    let mut forced = vec![false; count];
    for item in 0..count {
        if decision.candidates[item].basic {
            for (at, inside) in closure(&decision.candidates, item).into_iter().enumerate() {
                forced[at] |= inside;
            }
        }
    }
    for group in &decision.exclusions {
        let mut inside = group.iter().filter(|item| forced[**item]);
        if let (Some(one), Some(other)) = (inside.next(), inside.next()) {
            return Err(Refusal::BasicsExclude(*one, *other));
        }
    }
    let total = |chosen: &[bool], of: &dyn Fn(&Candidate) -> i64| -> i64 {
        decision
            .candidates
            .iter()
            .zip(chosen)
            .filter(|(_, chosen)| **chosen)
            .map(|(candidate, _)| of(candidate))
            .sum()
    };
    let cost = |candidate: &Candidate| candidate.cost_fen.unwrap_or(0);
    let basics = total(&forced, &cost);
    if basics > decision.budget_fen {
        let weight = total(&forced, &|candidate| candidate.weight);
        return Ok(Selection {
            chosen: forced,
            cost_fen: basics,
            weight,
            short_fen: Some(basics - decision.budget_fen),
            bound: weight,
        });
    }
    // What cannot be done: without an estimate, beside a forced item, or needing one of those.
    let mut barred: Vec<bool> = (0..count)
        .map(|item| !forced[item] && decision.candidates[item].cost_fen.is_none())
        .collect();
    for group in &decision.exclusions {
        if group.iter().any(|item| forced[*item]) {
            for item in group.iter().filter(|item| !forced[**item]) {
                barred[*item] = true;
            }
        }
    }
    let undoable: Vec<bool> = (0..count)
        .map(|item| {
            let needs = closure(&decision.candidates, item);
            needs.iter().zip(&barred).any(|(need, bar)| *need && *bar)
        })
        .collect();
    let open: Vec<usize> = (0..count)
        .filter(|item| !forced[*item] && !undoable[*item])
        .collect();
    let found = search::search(decision, &open, decision.budget_fen - basics);
    let mut chosen = forced;
    for item in &found.items {
        chosen[*item] = true;
    }
    let weight = total(&chosen, &|candidate| candidate.weight);
    Ok(Selection {
        cost_fen: total(&chosen, &cost),
        bound: weight + (found.bound - found.weight),
        weight,
        chosen,
        short_fen: None,
    })
}

#[cfg(test)]
mod tests;
