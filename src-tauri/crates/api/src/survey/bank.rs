//! 题库: the questionnaires that come with the product.

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

static BANK: LazyLock<Vec<Banked>> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../../data/survey/bank.json"))
        .expect("the shipped bank is read by a test")
});

pub(super) fn all() -> &'static [Banked] {
    &BANK
}

pub(super) fn find(family: &str) -> Option<&'static Banked> {
    BANK.iter().find(|banked| banked.family == family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bank_is_in_order() {
        for kind in RoundKind::ALL {
            let banked = all().iter().find(|banked| banked.kind == kind);
            let banked = banked.expect("every kind has a questionnaire");
            assert_eq!(banked.sheet.check(), Ok(()), "{}", banked.family);
        }
    }
}
