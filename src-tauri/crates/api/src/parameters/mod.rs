//! 参数: every value of law, standard or experience that the product brings, as the office has it.
//!
//! A part of the product that has such values gives them as [`Shipped`] and an arm of [`shipped`];
//! the screen shows, changes, switches off and resets them without knowing any of them.

#[cfg(test)]
mod tests;

use jiugai_domain::check::Threshold;
use jiugai_domain::gate::CONDITIONS;
use jiugai_domain::standard::{Bound, RULES, Unit};
use jiugai_domain::survey::Share;
use jiugai_storage::parameters::{self as store, Parameter as Kept};
use jiugai_storage::{Connection, Op, OpCode, StorageError};

use crate::ballot::{SHIPPED, day, line, refused, required};
use crate::wire::{Changed, Parameter, ParameterGroup, ParameterList};
use crate::{ApiError, Session};

/// A parameter that the product brings.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shipped {
    pub(crate) code: &'static str,
    pub(crate) label: &'static str,
    pub(crate) value: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) source: &'static str,
    pub(crate) clause: &'static str,
    pub(crate) region: &'static str,
    pub(crate) effective_on: &'static str,
    pub(crate) standing: &'static str,
    pub(crate) remark: &'static str,
    pub(crate) enabled: bool,
    pub(crate) accepts: Accepts,
}

/// What may stand in the value of a parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Accepts {
    /// Nothing else: the law says so.
    Nothing,
    /// Any words.
    Words,
    /// A share such as 75% or 2/3.
    Share,
    /// A number that makes sense for the threshold.
    Threshold(Threshold),
    /// Whole per cent.
    Percent,
    /// Money in 万元.
    Wan,
    /// A number, a share or a proportion.
    Limit(Unit),
}

impl Accepts {
    /// The value as it is kept, or why it cannot be.
    fn read(self, typed: &str) -> Result<String, ApiError> {
        match self {
            Self::Nothing => Err(refused(
                "没有保存",
                "这是法律直接规定的，不能改，也不能停用。",
                "地方的规定请另加一条。",
            )),
            Self::Words => required(typed, "规定的内容"),
            Self::Share => {
                let typed = required(typed, "比例")?;
                if Share::parse(&typed).is_none() {
                    return Err(refused(
                        "没有保存",
                        format!("“{typed}”不是比例。"),
                        "请写成 75% 或 2/3 这样。",
                    ));
                }
                Ok(typed)
            }
            Self::Percent => percent(typed)
                .map(|value| value.to_string())
                .ok_or_else(|| {
                    refused(
                        "没有保存",
                        format!("要写 1 到 {HIGHEST} 之间的整数，现在写的是“{typed}”。"),
                        "请改好再保存。",
                    )
                }),
            Self::Wan => crate::scenario::band::wan(typed)
                .map(|value| jiugai_domain::fixed::format(value, 2))
                .ok_or_else(|| {
                    refused(
                        "没有保存",
                        format!("“{typed}”认不出是多少万元。"),
                        "请按万元填写，如 1、5、2.67。",
                    )
                }),
            Self::Limit(unit) => Bound::parse(typed, unit)
                .map(|_| jiugai_domain::text::normalize(typed))
                .ok_or_else(|| {
                    refused(
                        "没有保存",
                        format!("“{typed}”不是能比较的限值。"),
                        "请写数，或者 25%、2/3、1:12 这样的比例。",
                    )
                }),
            Self::Threshold(threshold) => {
                let limit = threshold.limit();
                limit
                    .parse(typed)
                    .map(|value| limit.format(value))
                    .ok_or_else(|| {
                        refused(
                            "没有保存",
                            format!(
                                "“{}”要写 {} 之间的数，现在写的是“{typed}”。",
                                limit.field.label,
                                limit.range()
                            ),
                            "请改好再保存。",
                        )
                    })
            }
        }
    }

    fn range(self) -> String {
        match self {
            Self::Threshold(threshold) => threshold.limit().range(),
            Self::Share => "0 到 1 之间，写成 75% 或 2/3".to_owned(),
            Self::Percent => format!("1 至 {HIGHEST}"),
            Self::Wan => "大于 0".to_owned(),
            Self::Nothing | Self::Words | Self::Limit(_) => String::new(),
        }
    }
}

/// Per cent at most: ten times as much is a slip of the hand.
const HIGHEST: i64 = 1_000;

/// Whole per cent as typed, as far as they make sense.
pub(crate) fn percent(typed: &str) -> Option<i64> {
    jiugai_domain::fixed::parse(typed, 0, &["%"])
        .ok()
        .filter(|value| (1..=HIGHEST).contains(value))
}

const GROUPS: [ParameterGroup; 7] = [
    ParameterGroup::Check,
    ParameterGroup::Survey,
    ParameterGroup::Ballot,
    ParameterGroup::Money,
    ParameterGroup::Cost,
    ParameterGroup::Standard,
    ParameterGroup::Gate,
];

/// What the product brings for a group.
fn shipped(group: ParameterGroup) -> Vec<Shipped> {
    match group {
        ParameterGroup::Ballot => SHIPPED.to_vec(),
        ParameterGroup::Survey => crate::survey::TARGETS.to_vec(),
        ParameterGroup::Money => crate::plan::money::SHIPPED.to_vec(),
        ParameterGroup::Cost => crate::scenario::band::SHIPPED.to_vec(),
        ParameterGroup::Standard => RULES
            .iter()
            .map(|rule| Shipped {
                code: rule.code,
                label: rule.name,
                value: rule.value,
                unit: rule.unit.label(),
                source: rule.source,
                clause: rule.clause,
                region: rule.region,
                effective_on: "",
                standing: rule.standing.code(),
                remark: rule.mark.label(),
                enabled: rule.enabled(),
                accepts: match rule.unit {
                    Unit::None => Accepts::Words,
                    unit => Accepts::Limit(unit),
                },
            })
            .collect(),
        ParameterGroup::Gate => CONDITIONS
            .iter()
            .filter(|one| !one.value.is_empty())
            .map(|one| Shipped {
                code: one.code,
                label: one.label(),
                value: one.value,
                unit: one.unit.label(),
                source: one.source,
                clause: "",
                region: "",
                effective_on: "",
                standing: "customary",
                remark: "",
                enabled: true,
                accepts: Accepts::Limit(one.unit),
            })
            .collect(),
        ParameterGroup::Check => Threshold::ALL
            .into_iter()
            .map(|threshold| {
                let limit = threshold.limit();
                Shipped {
                    code: limit.code,
                    label: limit.field.label,
                    value: limit.value,
                    unit: limit.field.unit,
                    source: "经验估计",
                    clause: "",
                    region: "",
                    effective_on: "",
                    standing: "customary",
                    remark: limit.basis,
                    enabled: true,
                    accepts: Accepts::Threshold(threshold),
                }
            })
            .collect(),
    }
}

fn words(group: ParameterGroup) -> (&'static str, &'static str) {
    match group {
        ParameterGroup::Check => (
            "数据体检的界限",
            "没有标准作依据，是按老旧小区的一般情况估计的，只用来提醒写错的地方。停用以后不再按它查。",
        ),
        ParameterGroup::Survey => (
            "问卷调查的门槛",
            "新建一轮调查时照这里填入户率和同意率，每一轮还可以单独改；已经建好的轮次不变。停用以后不再填。",
        ),
        ParameterGroup::Money => (
            "方案资金的规则",
            "某地老住宅小区综合整治的办法里的比例，供参考。超过的在方案的“资金”里指出来，不拦。",
        ),
        ParameterGroup::Cost => (
            "造价参考区间",
            "方案比选里，每户的造价拿来对照。停用上限或下限以后不再对照。",
        ),
        ParameterGroup::Standard => (
            "规范检查的限值",
            "没有核实过的默认停用，核对过本地要求再启用。地区写“全国”或者小区“市区”里有的字，不在的不查。",
        ),
        ParameterGroup::Gate => ("关口的限值", "各地做法不同，请按当地要求改。"),
        ParameterGroup::Ballot => (
            "表决依据",
            "计票按《民法典》第二百七十八条；其他规定印在表决文件上供核对，写法不一致的会提醒。",
        ),
    }
}

/// Codes of what the office added itself.
const OWN: &str = "own.";

fn standing_label(code: &str) -> &'static str {
    match code {
        "statute" => "法律、法规",
        "standard" => "标准",
        "local" => "地方规定",
        "superseded" => "与民法典不一致",
        _ => "惯例、参考",
    }
}

/// Every parameter of a group: those of the product as the office has them, then its own.
pub(crate) fn of_group(
    conn: &Connection,
    group: ParameterGroup,
) -> Result<Vec<Parameter>, StorageError> {
    Ok(listed(group, &store::list(conn)?))
}

fn listed(group: ParameterGroup, kept: &[Kept]) -> Vec<Parameter> {
    let mut listed: Vec<Parameter> = shipped(group)
        .iter()
        .map(|shipped| {
            let own = kept.iter().find(|kept| kept.code == shipped.code);
            as_kept(shipped, own)
        })
        .collect();
    if group == ParameterGroup::Ballot {
        listed.extend(
            kept.iter()
                .filter(|kept| kept.code.starts_with(OWN))
                .map(own),
        );
    }
    listed
}

fn as_kept(shipped: &Shipped, kept: Option<&Kept>) -> Parameter {
    let text = |shipped: &str, of: fn(&Kept) -> &String| {
        kept.map_or_else(|| shipped.to_owned(), |kept| of(kept).clone())
    };
    let standing = text(shipped.standing, |kept| &kept.standing);
    let value = text(shipped.value, |kept| &kept.value);
    let enabled = kept.map_or(shipped.enabled, |kept| kept.enabled);
    let is_other = value != shipped.value || enabled != shipped.enabled;
    Parameter {
        code: shipped.code.to_owned(),
        label: text(shipped.label, |kept| &kept.label),
        original: is_other.then(|| {
            format!("{} {}", shipped.value, shipped.unit)
                .trim()
                .to_owned()
        }),
        value,
        unit: shipped.unit.to_owned(),
        source: text(shipped.source, |kept| &kept.source),
        clause: text(shipped.clause, |kept| &kept.clause),
        region: text(shipped.region, |kept| &kept.region),
        effective_on: text(shipped.effective_on, |kept| &kept.effective_on),
        standing_label: standing_label(&standing).to_owned(),
        standing,
        enabled,
        remark: text(shipped.remark, |kept| &kept.remark),
        shipped: true,
        fixed: matches!(shipped.accepts, Accepts::Nothing),
        range: shipped.accepts.range(),
    }
}

fn own(kept: &Kept) -> Parameter {
    Parameter {
        code: kept.code.clone(),
        label: kept.label.clone(),
        value: kept.value.clone(),
        unit: kept.unit.clone(),
        source: kept.source.clone(),
        clause: kept.clause.clone(),
        region: kept.region.clone(),
        effective_on: kept.effective_on.clone(),
        standing: kept.standing.clone(),
        standing_label: standing_label(&kept.standing).to_owned(),
        enabled: kept.enabled,
        remark: kept.remark.clone(),
        shipped: false,
        fixed: false,
        original: None,
        range: String::new(),
    }
}

impl Session {
    /// Every parameter of the ledger, by what it is for.
    ///
    /// # Errors
    /// `noLedger`.
    pub fn parameter_list(&self) -> Result<Vec<ParameterList>, ApiError> {
        let kept = store::list(self.connection()?)?;
        Ok(GROUPS
            .into_iter()
            .map(|group| {
                let (label, note) = words(group);
                ParameterList {
                    group,
                    label: label.to_owned(),
                    note: note.to_owned(),
                    may_add: group == ParameterGroup::Ballot,
                    parameters: listed(group, &kept),
                }
            })
            .collect())
    }

    /// Changes a parameter or switches it; adds a rule of the office when it has no code yet.
    ///
    /// # Errors
    /// `invalid`; `notFound` for a code that nobody knows.
    pub fn parameter_set(&mut self, parameter: &Parameter) -> Result<Changed<()>, ApiError> {
        let id = self.fresh()?;
        let (code, accepts) = match parameter.code.as_str() {
            "" => (format!("{OWN}{id}"), Accepts::Words),
            code if code.starts_with(OWN) => (code.to_owned(), Accepts::Words),
            code => (code.to_owned(), find(code)?.accepts),
        };
        let standing = match parameter.standing.as_str() {
            known @ ("statute" | "standard" | "local" | "customary" | "superseded") => known,
            _ => "local",
        };
        let kept = Kept {
            id,
            code,
            label: required(&parameter.label, "事项")?,
            value: accepts.read(&parameter.value)?,
            unit: line(&parameter.unit),
            source: required(&parameter.source, "依据的文件")?,
            clause: line(&parameter.clause),
            region: line(&parameter.region),
            effective_on: day(&parameter.effective_on, "生效日期")?,
            standing: standing.to_owned(),
            enabled: parameter.enabled,
            remark: line(&parameter.remark),
        };
        let op = Op::one(OpCode::Update, format!("参数“{}”", kept.label));
        self.write(&op, |conn| store::put(conn, &kept))
    }

    /// Takes the value of the product again; a rule that the office added is removed.
    ///
    /// # Errors
    /// `notFound` when the office has set nothing.
    pub fn parameter_reset(&mut self, code: &str) -> Result<Changed<()>, ApiError> {
        let kept = store::list(self.connection()?)?;
        let kept = kept
            .iter()
            .find(|kept| kept.code == code)
            .ok_or_else(ApiError::not_found)?;
        let code_of_act = if code.starts_with(OWN) {
            OpCode::Delete
        } else {
            OpCode::Update
        };
        let op = Op::one(code_of_act, format!("参数“{}”", kept.label));
        self.write(&op, |conn| store::remove(conn, code))
    }
}

fn find(code: &str) -> Result<Shipped, ApiError> {
    GROUPS
        .into_iter()
        .flat_map(shipped)
        .find(|shipped| shipped.code == code)
        .ok_or_else(ApiError::not_found)
}
