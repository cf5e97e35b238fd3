//! The rules themselves, worst first.

mod must;
mod supplement;
mod verify;

use std::sync::LazyLock;

use super::{Looks, Rule, Threshold, Weight};
use crate::KindCode;

/// Name, cells, what is found, what is expected, why, how.
type Said = (
    &'static str,
    &'static [(KindCode, &'static str)],
    &'static str,
    &'static str,
    &'static str,
    &'static str,
);

const fn rule(code: &'static str, weight: Weight, said: Said) -> Rule {
    Rule {
        code,
        name: said.0,
        weight,
        looks: Looks::At(said.1),
        found: said.2,
        expected: said.3,
        why: said.4,
        how: said.5,
        threshold: None,
    }
}

const fn must(code: &'static str, said: Said) -> Rule {
    rule(code, Weight::Must, said)
}

const fn verify(code: &'static str, said: Said) -> Rule {
    rule(code, Weight::Verify, said)
}

const fn supplement(code: &'static str, said: Said) -> Rule {
    rule(code, Weight::Supplement, said)
}

/// A rule with a threshold, which is an estimate.
const fn estimated(threshold: Threshold, mut rule: Rule) -> Rule {
    rule.threshold = Some(threshold);
    rule
}

/// Fields that superiors usually ask for, left empty.
const fn missing(code: &'static str, name: &'static str, kind: KindCode) -> Rule {
    Rule {
        code,
        name,
        weight: Weight::Supplement,
        looks: Looks::Starred(kind),
        found: "没有填{field}",
        expected: "上级表格常要，填上",
        why: "这些是上级报表常要的内容，空着的报表上只能印横线。",
        how: "有资料的照资料填，没有的到现场问清再填；确实不适用的，标为“不算问题”。",
        threshold: None,
    }
}

/// Every rule.
pub static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| [must::MUST, verify::VERIFY, supplement::SUPPLEMENT].concat());
