//! 资金, 单价库 (domain §5.5, §15).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const FUND: Kind = Kind {
    code: KindCode::Fund,
    code_text: "fund",
    table: "fund",
    label: "资金",
    counter: "笔",
    scope: Scope::Compound,
    name_field: "source",
    empty_hint: "还没有资金安排。一个来源记一笔：计划多少、到位多少、付了多少。",
    fields: &[
        f("plan", "plan_id", "方案", Reference(KindCode::Plan))
            .required()
            .group("资金")
            .width(180),
        f("source", "source", "来源", Code(choices::FUND_SOURCE))
            .required()
            .group("资金")
            .width(120)
            .also(&["资金来源"]),
        f(
            "workItem",
            "work_item_id",
            "用于哪一项",
            Reference(KindCode::WorkItem),
        )
        .group("资金")
        .width(180)
        .help("不写就是用于整个方案"),
        f("planned", "planned_fen", "计划", Money)
            .star()
            .group("金额")
            .sum()
            .also(&["计划资金", "计划金额"]),
        f("arrived", "arrived_fen", "到位", Money)
            .star()
            .group("金额")
            .sum()
            .also(&["到位资金", "到位金额"]),
        f("paid", "paid_fen", "支付", Money)
            .star()
            .group("金额")
            .sum()
            .also(&["已支付", "支付金额"]),
        f("settled", "settled_fen", "结算", Money)
            .star()
            .group("金额")
            .sum()
            .also(&["结算金额"]),
        f("document", "document", "文号", Text)
            .star()
            .group("凭据")
            .width(140),
        f("datedOn", "dated_on", "日期", Date).star().group("凭据"),
        REMARK,
    ],
};

pub(super) const PRICE: Kind = Kind {
    code: KindCode::Price,
    code_text: "price",
    table: "price",
    label: "单价库",
    counter: "条",
    scope: Scope::Ledger,
    name_field: "name",
    empty_hint: "单价库是空的。把当地的信息价、中标价从表格导入，添加内容时就能直接选用。",
    fields: &[
        f("name", "name", "名称", Text)
            .required()
            .group("单价")
            .width(180)
            .also(&["项目名称", "单价名称"]),
        f("verb", "verb", "方式", Code(choices::VERB))
            .star()
            .group("单价")
            .width(70),
        f("class", "class", "类别", Code(choices::WORK_CLASS))
            .star()
            .group("单价")
            .width(80),
        f("measure", "measure", "单位", Text)
            .required()
            .group("单价")
            .width(60)
            .also(&["计量单位"]),
        f("unitPrice", "unit_price_fen", "单价", Money)
            .required()
            .group("单价")
            .also(&["综合单价"]),
        f("source", "source", "来源", Text)
            .star()
            .group("依据")
            .width(180)
            .also(&["单价来源"]),
        f("pricedOn", "priced_on", "日期", Date)
            .star()
            .group("依据")
            .also(&["单价日期"]),
        f("region", "region", "地区", Text).star().group("依据"),
        f("example", "example", "示例", Flag)
            .star()
            .group("依据")
            .help("示例单价只供试用，换成当地的"),
        REMARK,
    ],
};
