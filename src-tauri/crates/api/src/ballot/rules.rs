//! Rules of law beside the Code (参数): shipped ones, and what the office added or switched off.

use jiugai_storage::ballots::{self as store, Parameter};
use jiugai_storage::{Connection, Op, OpCode};

use super::{day, line, refused, required};
use crate::wire::{BallotRule, Changed};
use crate::{ApiError, Session};

/// A rule that the product brings.
struct Shipped {
    code: &'static str,
    label: &'static str,
    value: &'static str,
    source: &'static str,
    clause: &'static str,
    region: &'static str,
    effective_on: &'static str,
    standing: &'static str,
    remark: &'static str,
}

const SHIPPED: &[Shipped] = &[
    Shipped {
        code: "ballot.quorum",
        label: "参与表决的比例",
        value: "面积和人数都要三分之二以上",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
    },
    Shipped {
        code: "ballot.major",
        label: "第（六）（七）（八）项的同意比例",
        value: "参与表决的面积和人数都要四分之三以上",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
    },
    Shipped {
        code: "ballot.ordinary",
        label: "其他各项的同意比例",
        value: "参与表决的面积和人数都要过半数",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
    },
    Shipped {
        code: "ballot.notice",
        label: "提前公告",
        value: "15 日以前",
        source: "物业管理条例",
        clause: "第十四条",
        region: "全国",
        effective_on: "2018-03-19",
        standing: "statute",
        remark: "",
    },
    Shipped {
        code: "ballot.old12",
        label: "旧的表决比例",
        value: "专有部分和总人数都要过半数；重大事项三分之二以上",
        source: "物业管理条例",
        clause: "第十二条",
        region: "全国",
        effective_on: "2018-03-19",
        standing: "superseded",
        remark: "与民法典不一致，以民法典为准",
    },
    Shipped {
        code: "ballot.henan",
        label: "河南的旧比例",
        value: "按全体计：重大事项三分之二以上，其他过半数",
        source: "河南省物业管理条例",
        clause: "第二十二条、第二十六条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "民法典以前的写法，以民法典为准；有的主管部门仍按它备案，先问清楚",
    },
    Shipped {
        code: "ballot.henanParking",
        label: "共用道路上划车位",
        value: "没有业主大会时，全体过半数",
        source: "河南省物业管理条例",
        clause: "第六十二条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "按民法典第（八）项四分之三办最稳妥",
    },
    Shipped {
        code: "ballot.henanLift",
        label: "加装电梯",
        value: "单元（栋）三分之二以上业主同意",
        source: "河南省物业管理条例",
        clause: "第五十九条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "民法典第（七）项要参与表决的四分之三以上",
    },
    Shipped {
        code: "green.zhoukou",
        label: "居住区附属绿地",
        value: "禁止硬化、圈占，禁止在绿地内停车",
        source: "周口市城市绿化条例",
        clause: "第三十七条第（五）（六）项",
        region: "周口",
        effective_on: "2019-01-01",
        standing: "local",
        remark: "表决通过也不能违反；生效日期请核对",
    },
    Shipped {
        code: "lift.jinan",
        label: "增设电梯（外地办法，参考）",
        value: "四层以上；三分之二面积和人数书面同意；公示 15 日；占用专有部分要本人同意",
        source: "济南市既有多层住宅增设电梯规定",
        clause: "",
        region: "济南",
        effective_on: "",
        standing: "customary",
        remark: "外地规定，只供参考",
    },
];

fn standing_label(code: &str) -> &'static str {
    match code {
        "statute" => "法律、法规",
        "standard" => "标准",
        "local" => "地方规定",
        "superseded" => "与民法典不一致",
        _ => "惯例、参考",
    }
}

/// Every rule: the shipped ones as the office has them, then its own.
pub(super) fn all(conn: &Connection) -> Result<Vec<BallotRule>, ApiError> {
    let own = store::parameters(conn)?;
    let mut rules: Vec<BallotRule> = SHIPPED
        .iter()
        .map(|shipped| {
            let kept = own.iter().find(|rule| rule.code == shipped.code);
            let text = |shipped: &str, kept: Option<&String>| {
                kept.map_or_else(|| shipped.to_owned(), Clone::clone)
            };
            let standing = text(shipped.standing, kept.map(|rule| &rule.standing));
            BallotRule {
                code: shipped.code.to_owned(),
                label: text(shipped.label, kept.map(|rule| &rule.label)),
                value: text(shipped.value, kept.map(|rule| &rule.value)),
                source: text(shipped.source, kept.map(|rule| &rule.source)),
                clause: text(shipped.clause, kept.map(|rule| &rule.clause)),
                region: text(shipped.region, kept.map(|rule| &rule.region)),
                effective_on: text(shipped.effective_on, kept.map(|rule| &rule.effective_on)),
                standing_label: standing_label(&standing).to_owned(),
                standing,
                enabled: kept.is_none_or(|rule| rule.enabled),
                remark: text(shipped.remark, kept.map(|rule| &rule.remark)),
                shipped: true,
            }
        })
        .collect();
    rules.extend(
        own.into_iter()
            .filter(|rule| SHIPPED.iter().all(|shipped| shipped.code != rule.code))
            .map(|rule| BallotRule {
                standing_label: standing_label(&rule.standing).to_owned(),
                code: rule.code,
                label: rule.label,
                value: rule.value,
                source: rule.source,
                clause: rule.clause,
                region: rule.region,
                effective_on: rule.effective_on,
                standing: rule.standing,
                enabled: rule.enabled,
                remark: rule.remark,
                shipped: false,
            }),
    );
    Ok(rules)
}

/// The word of motions that a rule is about; empty for all.
pub(super) fn about(code: &str) -> &'static str {
    match code {
        "ballot.henanLift" => "电梯",
        "ballot.henanParking" => "车位",
        _ => "",
    }
}

/// The older rules that say something else about a matter than the Code, in sentences.
pub(super) fn conflicts(rules: &[BallotRule], title: &str) -> Vec<String> {
    rules
        .iter()
        .filter(|rule| rule.enabled && rule.standing == "superseded")
        .filter(|rule| title.contains(about(&rule.code)))
        .map(|rule| {
            format!(
                "《{}》{}写的是“{}”。{}。",
                rule.source, rule.clause, rule.value, rule.remark
            )
        })
        .collect()
}

impl Session {
    /// The rules of law that ballots rest on.
    ///
    /// # Errors
    /// When the ledger cannot be read.
    pub fn ballot_rules(&self) -> Result<Vec<BallotRule>, ApiError> {
        all(self.connection()?)
    }

    /// Adds a rule, changes one, or switches one off. Those of the Code cannot be switched off.
    ///
    /// # Errors
    /// `invalid`.
    pub fn ballot_set_rule(&mut self, rule: &BallotRule) -> Result<Changed<()>, ApiError> {
        const CODE: [&str; 3] = ["ballot.quorum", "ballot.major", "ballot.ordinary"];
        if CODE.contains(&rule.code.as_str()) {
            return Err(refused(
                "没有保存",
                "《民法典》第二百七十八条的比例是法定的，不能改，也不能停用。",
                "地方的规定请另加一条。",
            ));
        }
        let id = self.fresh()?;
        let code = match rule.code.as_str() {
            "" => format!("own.{id}"),
            code => code.to_owned(),
        };
        let standing = match rule.standing.as_str() {
            known @ ("statute" | "standard" | "local" | "customary" | "superseded") => known,
            _ => "local",
        };
        let kept = Parameter {
            id,
            code,
            label: required(&rule.label, "事项")?,
            value: required(&rule.value, "规定的内容")?,
            source: required(&rule.source, "依据的文件")?,
            clause: line(&rule.clause),
            region: line(&rule.region),
            effective_on: day(&rule.effective_on, "生效日期")?,
            standing: standing.to_owned(),
            enabled: rule.enabled,
            remark: line(&rule.remark),
        };
        let op = Op::one(OpCode::Update, format!("表决依据“{}”", kept.label));
        self.write(&op, |conn| store::put_parameter(conn, &kept))
    }
}
