//! Why an item is in the combination, or not.

use super::{Decision, Selection, closure};

/// Why an item is in or out. Positions point at the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// 基础类必做.
    Basic,
    /// A chosen item depends on it (被依赖).
    Needed {
        /// The item that depends on it.
        by: usize,
    },
    /// It satisfies wishes for its money.
    Worth,
    /// Nobody has estimated what it costs (没有估算).
    NoEstimate,
    /// It excludes a chosen item (二选一).
    Excluded {
        /// The chosen one.
        by: usize,
    },
    /// It depends on an item that cannot be done.
    Blocked {
        /// That item.
        by: usize,
    },
    /// No wish speaks for it, or more speak against it than for it.
    NoWishes,
    /// The money does not reach.
    TooDear {
        /// What is missing in 分 to do it, and what it depends on, as well.
        short_fen: i64,
    },
    /// It, or what it depends on, would take more wishes than it brings.
    NotWorth,
}

/// The reason of every candidate.
#[must_use]
pub fn reasons(decision: &Decision, selection: &Selection) -> Vec<Reason> {
    let count = decision.candidates.len();
    (0..count)
        .map(|item| {
            if selection.chosen[item] {
                inside(decision, selection, item)
            } else {
                outside(decision, selection, item)
            }
        })
        .collect()
}

fn inside(decision: &Decision, selection: &Selection, item: usize) -> Reason {
    let candidates = &decision.candidates;
    if candidates[item].basic {
        return Reason::Basic;
    }
    let by = |basic: bool| {
        (0..candidates.len()).find(|other| {
            *other != item
                && selection.chosen[*other]
                && (!basic || candidates[*other].basic)
                && closure(candidates, *other)[item]
        })
    };
    if let Some(by) = by(true) {
        return Reason::Needed { by };
    }
    match by(false) {
        Some(by) if candidates[item].weight <= 0 => Reason::Needed { by },
        _ => Reason::Worth,
    }
}

fn outside(decision: &Decision, selection: &Selection, item: usize) -> Reason {
    let candidates = &decision.candidates;
    if candidates[item].cost_fen.is_none() {
        return Reason::NoEstimate;
    }
    let rival = |item: usize| {
        decision
            .exclusions
            .iter()
            .filter(|group| group.contains(&item))
            .flatten()
            .copied()
            .find(|other| *other != item && selection.chosen[*other])
    };
    if let Some(by) = rival(item) {
        return Reason::Excluded { by };
    }
    let more: Vec<usize> = closure(candidates, item)
        .into_iter()
        .enumerate()
        .filter(|(at, inside)| *inside && !selection.chosen[*at])
        .map(|(at, _)| at)
        .collect();
    let blocked = more.iter().copied().find(|other| {
        *other != item && (candidates[*other].cost_fen.is_none() || rival(*other).is_some())
    });
    if let Some(by) = blocked {
        return Reason::Blocked { by };
    }
    let weight: i64 = more.iter().map(|other| candidates[*other].weight).sum();
    if candidates[item].weight <= 0 && weight <= 0 {
        return Reason::NoWishes;
    }
    let cost: i64 = more
        .iter()
        .filter_map(|other| candidates[*other].cost_fen)
        .sum();
    let short_fen = cost - (decision.budget_fen - selection.cost_fen);
    if short_fen > 0 {
        Reason::TooDear { short_fen }
    } else {
        Reason::NotWorth
    }
}
