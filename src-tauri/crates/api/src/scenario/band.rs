//! 造价参考区间 (domain §15): what a household's share usually costs, as the office has it.

use jiugai_domain::fixed;
use jiugai_storage::ballots::{self, Parameter};
use jiugai_storage::{Connection, Op, OpCode, StorageError};

use crate::wire::{Changed, CostBand, CostBandEdit};
use crate::{ApiError, ErrorCode, Session};

/// Code, label and usual value in 0.01 万元 of each figure.
const FIGURES: [(&str, &str, i64); 3] = [
    ("plan.costBandLow", "户均造价参考下限", 100),
    ("plan.costBandHigh", "户均造价参考上限", 500),
    ("plan.costBandMean", "户均造价全国平均", 267),
];
const SOURCE: &str =
    "平均数按全国 2025 年完成投资 1332 亿元、499 万户算；上下限是经验数，请换成当地的";
/// 0.01 万元 in 分.
const STEP_FEN: i64 = 10_000;

/// The band in 分 a household.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Band {
    pub(crate) low_fen: i64,
    pub(crate) high_fen: i64,
    pub(crate) mean_fen: i64,
    pub(crate) source: String,
}

impl Band {
    pub(crate) fn load(conn: &Connection) -> Result<Self, StorageError> {
        let own = ballots::parameters(conn)?;
        let kept = |code: &str| own.iter().find(|one| one.code == code);
        let [low_fen, high_fen, mean_fen] = FIGURES.map(|(code, _, usual)| {
            let typed = kept(code).and_then(|one| fixed::parse(&one.value, 2, &["万元"]).ok());
            typed.unwrap_or(usual) * STEP_FEN
        });
        Ok(Self {
            low_fen,
            high_fen,
            mean_fen,
            source: kept(FIGURES[0].0).map_or_else(|| SOURCE.to_owned(), |one| one.source.clone()),
        })
    }

    /// `below`, `within` or `above`.
    pub(crate) fn verdict(&self, household_fen: i64) -> &'static str {
        match household_fen {
            fen if fen < self.low_fen => "below",
            fen if fen > self.high_fen => "above",
            _ => "within",
        }
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

impl Session {
    /// Changes the band that costs are held against.
    ///
    /// # Errors
    /// `invalid` when a figure cannot be read or the lower one is above the higher.
    pub fn scenario_band(&mut self, edit: &CostBandEdit) -> Result<Changed<()>, ApiError> {
        let refused = |message: String| {
            let next = "请按万元一户填写，如 1、5、2.67。";
            ApiError::new(ErrorCode::Invalid, "参考区间没有改", message, next)
        };
        let typed = [&edit.low, &edit.high, &edit.mean];
        let mut values = [0; 3];
        for ((value, text), (_, label, _)) in values.iter_mut().zip(typed).zip(FIGURES) {
            *value = fixed::parse(text, 2, &["万元", "万"])
                .ok()
                .filter(|value| *value > 0)
                .ok_or_else(|| refused(format!("{label}写的是“{text}”，认不出是多少万元。")))?;
        }
        if values[0] > values[1] {
            return Err(refused("下限比上限还大。".to_owned()));
        }
        let source = jiugai_domain::text::normalize(&edit.source);
        if source.is_empty() {
            return Err(refused("没有写来源。".to_owned()));
        }
        let before = ballots::parameters(self.connection()?)?;
        let mut kept = Vec::new();
        for ((code, label, _), value) in FIGURES.into_iter().zip(values) {
            let old = before.iter().find(|one| one.code == code);
            kept.push(Parameter {
                id: match old {
                    Some(old) => old.id,
                    None => self.fresh()?,
                },
                code: code.to_owned(),
                label: label.to_owned(),
                value: fixed::format(value, 2),
                source: source.clone(),
                clause: String::new(),
                region: String::new(),
                effective_on: String::new(),
                standing: "customary".to_owned(),
                enabled: true,
                remark: String::new(),
            });
        }
        let op = Op::one(OpCode::Update, "户均造价参考区间");
        self.write(&op, |conn| {
            kept.iter()
                .try_for_each(|one| ballots::put_parameter(conn, one))
        })
    }
}
