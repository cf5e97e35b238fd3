//! 改造方案: its states, what sets two versions apart, what must come first, and its money.

mod difference;
mod money;
mod order;

pub use difference::{Change, Line, Shift, difference};
pub use money::{Limits, MoneyFinding, Sums, contributions, estimate, money_findings};
pub use order::{Clash, clashes, cycle};

/// 方案状态.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanState {
    /// 草案: written, nobody outside has seen it.
    Draft,
    /// 征求意见: published, opinions come in.
    Consultation,
    /// 修改: made from a published version, to answer what was said.
    Revised,
    /// 定稿: published for good.
    Final,
    /// 变更: made from a final version.
    Changed,
}

impl PlanState {
    /// Every state.
    pub const ALL: [Self; 5] = [
        Self::Draft,
        Self::Consultation,
        Self::Revised,
        Self::Final,
        Self::Changed,
    ];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Consultation => "consultation",
            Self::Revised => "revised",
            Self::Final => "final",
            Self::Changed => "changed",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }

    /// Whether a version of this state may become one of another. Only what residents have seen
    /// becomes final.
    #[must_use]
    pub fn may_become(self, next: Self) -> bool {
        matches!(
            (self, next),
            (
                Self::Draft | Self::Revised | Self::Changed,
                Self::Consultation
            ) | (
                Self::Consultation | Self::Revised | Self::Changed,
                Self::Final
            )
        )
    }

    /// The state of a new version that is made from one of this state.
    #[must_use]
    pub fn of_successor(self) -> Self {
        match self {
            Self::Draft => Self::Draft,
            Self::Consultation | Self::Revised => Self::Revised,
            Self::Final | Self::Changed => Self::Changed,
        }
    }
}

/// 基础类 and 安全类 are done in every plan (应改尽改): a budget chooses among the others only.
#[must_use]
pub fn is_essential(class: &str) -> bool {
    matches!(class, "basic" | "safety")
}

/// What tells a work item in every version of a plan: its number, else verb and name.
#[must_use]
pub fn item_key(number: &str, verb: &str, name: &str) -> String {
    if number.is_empty() {
        format!("{verb} {name}")
    } else {
        number.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_final_unseen_and_every_state_has_a_successor() {
        assert!(!PlanState::Draft.may_become(PlanState::Final));
        assert!(PlanState::Draft.may_become(PlanState::Consultation));
        assert!(PlanState::Consultation.may_become(PlanState::Final));
        for state in PlanState::ALL {
            assert_eq!(PlanState::from_code(state.code()), Some(state));
            assert!(!state.may_become(PlanState::Draft));
            let next = state.of_successor();
            assert!(next.may_become(PlanState::Consultation), "{next:?}");
        }
        assert!(!PlanState::Final.may_become(PlanState::Final));
    }

    #[test]
    fn codes_are_those_of_the_field() {
        let codes: Vec<_> = crate::kinds::choices::PLAN_STATE
            .iter()
            .map(|choice| choice.code)
            .collect();
        assert_eq!(codes, PlanState::ALL.map(PlanState::code));
        assert!(is_essential("basic") && is_essential("safety") && !is_essential("upgrade"));
        assert_eq!(item_key("", "拆", "大排房"), "拆 大排房");
        assert_eq!(item_key("G01", "拆", "大排房"), "G01");
    }
}
