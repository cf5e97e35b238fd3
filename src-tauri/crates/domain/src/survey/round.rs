//! Rounds (轮次) of asking, and what a round must reach.

use serde::{Deserialize, Serialize};
use specta::Type;

use crate::text::normalize;

/// What a round is for (轮次类型).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum RoundKind {
    /// 摸底调查.
    Baseline,
    /// 改造意愿.
    Willingness,
    /// 方案意见.
    PlanOpinion,
    /// 满意度.
    Satisfaction,
}

impl RoundKind {
    /// Every kind, in the order of the work.
    pub const ALL: [Self; 4] = [
        Self::Baseline,
        Self::Willingness,
        Self::PlanOpinion,
        Self::Satisfaction,
    ];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Baseline => "baseline",
            Self::Willingness => "willingness",
            Self::PlanOpinion => "planOpinion",
            Self::Satisfaction => "satisfaction",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// In people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Baseline => "摸底调查",
            Self::Willingness => "改造意愿",
            Self::PlanOpinion => "方案意见",
            Self::Satisfaction => "满意度",
        }
    }

    /// Consent is asked: it belongs to a version of the plan, and paper is entered twice.
    #[must_use]
    pub fn asks_consent(self) -> bool {
        matches!(self, Self::Willingness | Self::PlanOpinion)
    }
}

/// How an answer came (渠道).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Channel {
    /// 纸质问卷.
    Paper,
    /// 上门询问.
    Door,
    /// 电话.
    Phone,
    /// 网上问卷.
    Online,
    /// 座谈会.
    Meeting,
}

impl Channel {
    /// Every channel.
    pub const ALL: [Self; 5] = [
        Self::Paper,
        Self::Door,
        Self::Phone,
        Self::Online,
        Self::Meeting,
    ];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Door => "door",
            Self::Phone => "phone",
            Self::Online => "online",
            Self::Meeting => "meeting",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.code() == code)
    }

    /// In people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Paper => "纸质问卷",
            Self::Door => "上门询问",
            Self::Phone => "电话",
            Self::Online => "网上问卷",
            Self::Meeting => "座谈会",
        }
    }
}

/// Who answers (答卷人).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Respondent {
    /// The household as a whole.
    Household,
    /// An owner.
    Owner,
    /// A tenant.
    Tenant,
}

impl Respondent {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Household, Self::Owner, Self::Tenant];

    /// As stored.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Household => "household",
            Self::Owner => "owner",
            Self::Tenant => "tenant",
        }
    }

    /// Reads a stored code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|who| who.code() == code)
    }

    /// In people's words.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Household => "住户",
            Self::Owner => "业主",
            Self::Tenant => "承租人",
        }
    }
}

/// A share that must be reached (门槛), as people write it: `2/3`, `75%`. Kept as a fraction, so
/// that 2/3 of 300 is 200 and not 201.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// Numerator.
    pub of: i64,
    /// Denominator, above 0.
    pub whole: i64,
}

impl Share {
    /// Reads `2/3`, `三分之二`, `75%`, `0.75`; between 0 and 1.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = normalize(text).replace(' ', "");
        let share = if text == "三分之二" {
            Self { of: 2, whole: 3 }
        } else if let Some((of, whole)) = text.split_once('/') {
            Self {
                of: of.parse().ok()?,
                whole: whole.parse().ok()?,
            }
        } else if let Some(percent) = text.strip_suffix('%') {
            Self {
                of: crate::fixed::parse(percent, 2, &[]).ok()?,
                whole: 10_000,
            }
        } else {
            Self {
                of: crate::fixed::parse(&text, 4, &[]).ok()?,
                whole: 10_000,
            }
        };
        (share.whole > 0 && share.of >= 0 && share.of <= share.whole && share.whole <= 1_000_000)
            .then_some(share)
    }

    /// The least count that reaches the share of `all`: 以上 includes the number.
    #[must_use]
    pub fn needed(self, all: i64) -> i64 {
        (all * self.of + self.whole - 1).div_euclid(self.whole)
    }
}
