//! The way from before to after: what each work item takes from an indicator and adds to it.

use std::collections::HashMap;

use super::{Figure, StageState};
use crate::RecordId;

/// What one work item does to an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The work item; none when it cannot be told.
    pub cause: Option<RecordId>,
    /// What it takes, not above zero, in the indicator's stored unit.
    pub less: i64,
    /// What it adds, not below zero.
    pub more: i64,
}

/// The changes of an indicator that is the sum of its rows, by work item. The value before and all
/// of them make the value after; rows that were not filled in count nothing on either side.
#[must_use]
pub fn changes(before: &Figure, after: &Figure, state: &StageState) -> Vec<Change> {
    let mut old: HashMap<RecordId, i64> = before
        .parts
        .iter()
        .filter_map(|part| Some((part.record?.1, part.value.unwrap_or(0))))
        .collect();
    let mut found: Vec<Change> = Vec::new();
    let mut add = |cause: Option<RecordId>, difference: i64| {
        if difference == 0 {
            return;
        }
        let at = found
            .iter()
            .position(|change| change.cause == cause)
            .unwrap_or_else(|| {
                found.push(Change {
                    cause,
                    less: 0,
                    more: 0,
                });
                found.len() - 1
            });
        found[at].less += difference.min(0);
        found[at].more += difference.max(0);
    };
    for part in &after.parts {
        let was = part.record.and_then(|(_, id)| old.remove(&id)).unwrap_or(0);
        add(part.cause, part.value.unwrap_or(0) - was);
    }
    for part in &before.parts {
        let Some(was) = part.record.and_then(|(_, id)| old.remove(&id)) else {
            continue;
        };
        let id = part.record.map(|(_, id)| id);
        let cause = state.demolished.iter().find(|gone| gone.asset.id == id);
        add(cause.map(|gone| gone.cause), -was);
    }
    // What is taken comes first, as people tell it: so much there was, so much goes, so much comes.
    found.sort_by_key(|change| change.less >= 0);
    found
}
