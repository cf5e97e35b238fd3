//! 题库: the questionnaires that come with the product, and what rounds usually have to reach.

use std::sync::LazyLock;

use jiugai_domain::survey::{Questionnaire, RoundKind};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
pub(super) struct Banked {
    pub(super) family: String,
    pub(super) kind: RoundKind,
    #[serde(flatten)]
    pub(super) sheet: Questionnaire,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Target {
    kind: RoundKind,
    pub(super) reach: String,
    pub(super) reach_source: String,
    pub(super) agree: String,
    pub(super) agree_source: String,
}

static BANK: LazyLock<Vec<Banked>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/survey/bank.json"))
        .expect("the shipped bank is read by a test")
});

static TARGETS: LazyLock<Vec<Target>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/survey/targets.json"))
        .expect("the shipped targets are read by a test")
});

pub(super) fn all() -> &'static [Banked] {
    &BANK
}

pub(super) fn find(family: &str) -> Option<&'static Banked> {
    BANK.iter().find(|banked| banked.family == family)
}

/// What a round of this kind usually has to reach.
pub(super) fn target(kind: RoundKind) -> &'static Target {
    TARGETS
        .iter()
        .find(|target| target.kind == kind)
        .unwrap_or(&TARGETS[0])
}

#[cfg(test)]
mod tests {
    use jiugai_domain::survey::Share;

    use super::*;

    #[test]
    fn the_bank_is_in_order() {
        for kind in RoundKind::ALL {
            let banked = all().iter().find(|banked| banked.kind == kind);
            let banked = banked.expect("every kind has a questionnaire");
            assert_eq!(banked.sheet.check(), Ok(()), "{}", banked.family);
            assert!(Share::parse(&target(kind).reach).is_some());
            let agree = &target(kind).agree;
            assert!(agree.is_empty() || Share::parse(agree).is_some());
        }
    }
}
