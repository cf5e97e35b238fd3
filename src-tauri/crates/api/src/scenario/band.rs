//! 造价参考区间 (domain §15): what a household's share usually costs, as the office has it.

use jiugai_domain::fixed;
use jiugai_storage::{Connection, StorageError};

use crate::parameters::{Accepts, Shipped, of_group};
use crate::wire::{CostBand, ParameterGroup};

const fn figure(code: &'static str, label: &'static str, value: &'static str) -> Shipped {
    Shipped {
        code,
        label,
        value,
        unit: "万元/户",
        source: "平均数按全国 2025 年完成投资 1332 亿元、499 万户算；上下限是经验数，请换成当地的",
        clause: "",
        region: "",
        effective_on: "",
        standing: "customary",
        remark: "",
        enabled: true,
        accepts: Accepts::Wan,
    }
}

/// The figures that the product brings.
pub(crate) const SHIPPED: [Shipped; 3] = [
    figure("plan.costBandLow", "户均造价参考下限", "1.00"),
    figure("plan.costBandHigh", "户均造价参考上限", "5.00"),
    figure("plan.costBandMean", "户均造价全国平均", "2.67"),
];
/// 0.01 万元 in 分.
const STEP_FEN: i64 = 10_000;

/// Money as typed in 万元, in steps of 0.01 万元, as far as it makes sense.
pub(crate) fn wan(typed: &str) -> Option<i64> {
    fixed::parse(typed, 2, &["万元", "万"])
        .ok()
        .filter(|value| *value > 0)
}

/// The band in 分 a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) low_fen: i64,
    pub(crate) high_fen: i64,
    pub(crate) mean_fen: i64,
    pub(crate) source: String,
    /// The office wants costs to be held against it.
    holds: bool,
}

impl Band {
    pub(crate) fn load(conn: &Connection) -> Result<Self, StorageError> {
        let kept = of_group(conn, ParameterGroup::Cost)?;
        let one = |at: usize| kept.iter().find(|one| one.code == SHIPPED[at].code);
        let [low_fen, high_fen, mean_fen] =
            [0, 1, 2].map(|at| one(at).and_then(|one| wan(&one.value)).unwrap_or(0) * STEP_FEN);
        Ok(Self {
            low_fen: low_fen.min(high_fen),
            high_fen: high_fen.max(low_fen),
            mean_fen,
            source: one(0).map(|one| one.source.clone()).unwrap_or_default(),
            holds: [0, 1]
                .into_iter()
                .all(|at| one(at).is_some_and(|one| one.enabled)),
        })
    }

    /// `below`, `within` or `above`; nothing where the office switched the band off.
    pub(crate) fn verdict(&self, household_fen: i64) -> Option<&'static str> {
        self.holds.then_some(match household_fen {
            fen if fen < self.low_fen => "below",
            fen if fen > self.high_fen => "above",
            _ => "within",
        })
    }

    pub(crate) fn told(&self) -> CostBand {
        let wan = |fen: i64| fixed::format(fen / STEP_FEN, 2);
        CostBand {
            low: wan(self.low_fen),
            high: wan(self.high_fen),
            mean: wan(self.mean_fen),
            source: self.source.clone(),
        }
    }
}
