//! 参数: values that the office may set, with what stands behind them.

use serde::{Deserialize, Serialize};
use specta::Type;

/// What parameters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum ParameterGroup {
    /// 数据体检的界限.
    Check,
    /// 表决依据.
    Ballot,
    /// 问卷调查的门槛.
    Survey,
    /// 方案资金的规则.
    Money,
    /// 造价参考区间.
    Cost,
    /// 规范检查的限值.
    Standard,
    /// 关口的限值.
    Gate,
}

/// Parameters that belong together.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ParameterList {
    /// What they are for.
    pub group: ParameterGroup,
    /// The same in words.
    pub label: String,
    /// What to know about them.
    pub note: String,
    /// The office may add its own.
    pub may_add: bool,
    /// Those of the product as the office has them, then its own.
    pub parameters: Vec<Parameter>,
}

/// A value with its source and standing.
#[derive(Debug, Clone, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Parameter {
    /// Code; empty for a new one.
    pub code: String,
    /// What it is about.
    pub label: String,
    /// Its value, without the unit.
    pub value: String,
    /// Unit, empty for none.
    pub unit: String,
    /// Law or document.
    pub source: String,
    /// Clause.
    pub clause: String,
    /// Where it holds.
    pub region: String,
    /// Since when, ISO; empty when not known.
    pub effective_on: String,
    /// `statute`, `standard`, `local`, `customary`, `superseded`.
    pub standing: String,
    /// The same in words.
    pub standing_label: String,
    /// It holds, is shown and printed.
    pub enabled: bool,
    /// Remark.
    pub remark: String,
    /// The product brings it.
    pub shipped: bool,
    /// Stands in the law: it can be neither changed nor switched off.
    pub fixed: bool,
    /// What the product brings, when the office has another value or has switched it off.
    pub original: Option<String>,
    /// What may be written, empty for any words.
    pub range: String,
}
