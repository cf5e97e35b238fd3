//! Rules of law beside the Code (表决依据): those that the product brings, and where they differ.

use crate::parameters::{Accepts, Shipped};
use crate::wire::Parameter;

/// The rules of law that ballots rest on.
pub(crate) const SHIPPED: &[Shipped] = &[
    Shipped {
        code: "ballot.quorum",
        label: "参与表决的比例",
        value: "面积和人数都要三分之二以上",
        unit: "",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
        enabled: true,
        accepts: Accepts::Nothing,
    },
    Shipped {
        code: "ballot.major",
        label: "第（六）（七）（八）项的同意比例",
        value: "参与表决的面积和人数都要四分之三以上",
        unit: "",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
        enabled: true,
        accepts: Accepts::Nothing,
    },
    Shipped {
        code: "ballot.ordinary",
        label: "其他各项的同意比例",
        value: "参与表决的面积和人数都要过半数",
        unit: "",
        source: "中华人民共和国民法典",
        clause: "第二百七十八条第二款",
        region: "全国",
        effective_on: "2021-01-01",
        standing: "statute",
        remark: "",
        enabled: true,
        accepts: Accepts::Nothing,
    },
    Shipped {
        code: "ballot.notice",
        label: "提前公告",
        value: "15 日以前",
        unit: "",
        source: "物业管理条例",
        clause: "第十四条",
        region: "全国",
        effective_on: "2018-03-19",
        standing: "statute",
        remark: "",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "ballot.old12",
        label: "旧的表决比例",
        value: "专有部分和总人数都要过半数；重大事项三分之二以上",
        unit: "",
        source: "物业管理条例",
        clause: "第十二条",
        region: "全国",
        effective_on: "2018-03-19",
        standing: "superseded",
        remark: "与民法典不一致，以民法典为准",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "ballot.henan",
        label: "河南的旧比例",
        value: "按全体计：重大事项三分之二以上，其他过半数",
        unit: "",
        source: "河南省物业管理条例",
        clause: "第二十二条、第二十六条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "民法典以前的写法，以民法典为准；有的主管部门仍按它备案，先问清楚",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "ballot.henanParking",
        label: "共用道路上划车位",
        value: "没有业主大会时，全体过半数",
        unit: "",
        source: "河南省物业管理条例",
        clause: "第六十二条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "按民法典第（八）项四分之三办最稳妥",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "ballot.henanLift",
        label: "加装电梯",
        value: "单元（栋）三分之二以上业主同意",
        unit: "",
        source: "河南省物业管理条例",
        clause: "第五十九条",
        region: "河南",
        effective_on: "2018-01-01",
        standing: "superseded",
        remark: "民法典第（七）项要参与表决的四分之三以上",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "green.zhoukou",
        label: "居住区附属绿地",
        value: "禁止硬化、圈占，禁止在绿地内停车",
        unit: "",
        source: "周口市城市绿化条例",
        clause: "第三十七条第（五）（六）项",
        region: "周口",
        effective_on: "2019-01-01",
        standing: "local",
        remark: "表决通过也不能违反；生效日期请核对",
        enabled: true,
        accepts: Accepts::Words,
    },
    Shipped {
        code: "lift.jinan",
        label: "增设电梯（外地办法，参考）",
        value: "四层以上；三分之二面积和人数书面同意；公示 15 日；占用专有部分要本人同意",
        unit: "",
        source: "济南市既有多层住宅增设电梯规定",
        clause: "",
        region: "济南",
        effective_on: "",
        standing: "customary",
        remark: "外地规定，只供参考",
        enabled: true,
        accepts: Accepts::Words,
    },
];

/// The word of motions that a rule is about; empty for all.
pub(super) fn about(code: &str) -> &'static str {
    match code {
        "ballot.henanLift" => "电梯",
        "ballot.henanParking" => "车位",
        _ => "",
    }
}

/// The older rules that say something else about a matter than the Code, in sentences.
pub(super) fn conflicts(rules: &[Parameter], title: &str) -> Vec<String> {
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
