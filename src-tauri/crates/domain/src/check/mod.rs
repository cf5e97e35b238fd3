//! 数据体检: the rules by which a ledger is looked through before its numbers go on paper.
//!
//! A rule is data: what it is called, how much it weighs, which cells it looks at, how a finding
//! reads, why it matters and how it is mended. How the cells are looked up stands in `storage`;
//! what can be judged from one text alone stands in [`judge`].

mod asked;
mod judge;
mod limits;
mod rules;

pub use asked::{Asked, asked};
pub use judge::{building_key, id_tail_fits, phone_fits, room_key};
pub use limits::{Limit, Limits, Threshold};
pub use rules::RULES;

use crate::{Field, KindCode};

/// How much a finding weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// 必须改: it cannot be so.
    Must,
    /// 应核实: it may be so, but rarely is.
    Verify,
    /// 建议补: superiors usually ask for it.
    Supplement,
}

impl Weight {
    /// Every weight, worst first.
    pub const ALL: [Self; 3] = [Self::Must, Self::Verify, Self::Supplement];

    /// What people call it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Must => "必须改",
            Self::Verify => "应核实",
            Self::Supplement => "建议补",
        }
    }

    /// The camelCase code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::Verify => "verify",
            Self::Supplement => "supplement",
        }
    }
}

/// The cells that a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// These fields; a finding points at the field it was made of.
    At(&'static [(KindCode, &'static str)]),
    /// Every field of the kind that superiors usually ask for (*), as far as [`asked`] tells.
    Starred(KindCode),
}

/// A rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code, camelCase.
    pub code: &'static str,
    /// What people call it.
    pub name: &'static str,
    /// How much a finding weighs.
    pub weight: Weight,
    /// Which cells it looks at.
    pub looks: Looks,
    /// What is found; `{0}`, `{1}` … stand for the figures, `{field}` for the label of the field.
    pub found: &'static str,
    /// What is expected, in the same way; `{limit}` stands for the value of the threshold.
    pub expected: &'static str,
    /// 为什么要改.
    pub why: &'static str,
    /// 怎么改.
    pub how: &'static str,
    /// Its threshold, an estimate (估计值) that no standard stands behind.
    pub threshold: Option<Threshold>,
}

impl Rule {
    /// The cells that it looks at.
    #[must_use]
    pub fn cells(&self) -> Vec<(KindCode, &'static Field)> {
        match self.looks {
            Looks::At(fields) => fields
                .iter()
                .filter_map(|(kind, code)| Some((*kind, kind.kind().field(code)?)))
                .collect(),
            Looks::Starred(kind) => kind
                .kind()
                .fields
                .iter()
                .filter(|field| asked(kind, field) != Asked::Never)
                .map(|field| (kind, field))
                .collect(),
        }
    }

    /// A sentence with the figures in their places.
    #[must_use]
    pub fn tell(template: &str, field: &Field, figures: &[String]) -> String {
        let mut text = template.replace("{field}", field.label);
        for (index, figure) in figures.iter().enumerate() {
            text = text.replace(&format!("{{{index}}}"), figure);
        }
        text
    }
}

/// Finds a rule by its code.
#[must_use]
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn rules_are_whole() {
        let codes: HashSet<_> = RULES.iter().map(|rule| rule.code).collect();
        let names: HashSet<_> = RULES.iter().map(|rule| rule.name).collect();
        assert_eq!((codes.len(), names.len()), (RULES.len(), RULES.len()));
        for rule in RULES.iter() {
            assert_eq!(rule.threshold.is_some(), rule.expected.contains("{limit}"));
            for text in [rule.name, rule.found, rule.expected, rule.why, rule.how] {
                assert!(!text.is_empty(), "{}", rule.code);
            }
            let declared = match rule.looks {
                Looks::At(fields) => fields.len(),
                Looks::Starred(_) => rule.cells().len(),
            };
            assert!(declared > 0, "{} looks at nothing", rule.code);
            assert_eq!(rule.cells().len(), declared, "{}: no such field", rule.code);
        }
    }

    #[test]
    fn worst_comes_first() {
        let weights: Vec<_> = RULES.iter().map(|rule| rule.weight).collect();
        let mut sorted = weights.clone();
        sorted.sort();
        assert_eq!(weights, sorted);
    }

    #[test]
    fn figures_stand_in_their_places() {
        let field = KindCode::Building.kind().field("storeys").expect("field");
        let told = Rule::tell(
            "{field}登记 {0}，实有 {1}",
            field,
            &["5".into(), "4".into()],
        );
        assert_eq!(told, "层数登记 5，实有 4");
    }
}
