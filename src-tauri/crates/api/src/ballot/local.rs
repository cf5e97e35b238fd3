//! Local rules that count otherwise than the Code: chosen for a motion by a person, never by default.

use jiugai_domain::ballot::Leg;

use super::law::holds;
use super::rules::about;
use crate::wire::{BallotLocalRule, Parameter};

/// What a motion may be counted by instead of the Code. A rule without a date since when it holds
/// is not verified and stays off, and so does one that the office switched off, or that does not
/// hold yet on the first `day` of voting.
pub(super) fn offered(rules: &[Parameter], day: &str) -> Vec<BallotLocalRule> {
    rules
        .iter()
        .filter(|rule| rule.enabled && !rule.effective_on.is_empty() && holds(rule, day))
        .filter(|rule| matches!(rule.standing.as_str(), "local" | "superseded"))
        .flat_map(|rule| {
            [Leg::Ordinary, Leg::Major].map(|instead_of| {
                let leg = Leg::of_words(&rule.value, instead_of)?;
                Some(BallotLocalRule {
                    code: rule.code.clone(),
                    instead_of,
                    leg,
                    leg_label: leg.label().to_owned(),
                    reason: format!("《{}》{}：{}", rule.source, rule.clause, rule.value),
                    about: about(&rule.code).to_owned(),
                })
            })
        })
        .flatten()
        .collect()
}

/// The rule that was chosen for a motion of these words, if it may be chosen.
pub(super) fn chosen<'a>(
    offered: &'a [BallotLocalRule],
    instead_of: Leg,
    leg: Leg,
    reason: &str,
    title: &str,
) -> Option<&'a BallotLocalRule> {
    offered.iter().find(|rule| {
        (rule.instead_of, rule.leg) == (instead_of, leg)
            && reason.starts_with(&rule.reason)
            && title.contains(&rule.about)
    })
}
