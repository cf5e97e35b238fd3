//! 不算问题: findings that a person has judged, with the reason.

use super::*;
use crate::kind::{Kind, KindCode, Scope};

/// It belongs to the whole ledger and refers to its record by text, so that a record that is
/// removed and comes back from the recycle bin finds its judgement again.
pub(super) const WAIVER: Kind = Kind {
    code: KindCode::Waiver,
    code_text: "waiver",
    table: "waiver",
    label: "不算问题",
    counter: "条",
    scope: Scope::Ledger,
    name_field: "label",
    empty_hint: "还没有标为“不算问题”的。数据体检里查出来、核实过没有错的，可以标上并写明理由。",
    fields: &[
        f("label", "label", "对象", Text).required().group("对象"),
        f("rule", "rule", "检查项代码", Text)
            .required()
            .group("对象"),
        f("subject", "subject", "记录编码", Text)
            .required()
            .group("对象"),
        f("field", "field", "字段代码", Text)
            .required()
            .group("对象"),
        f("judged", "judged", "当时的值", Text)
            .required()
            .group("判断")
            .help("值变了就又提醒"),
        f("found", "found", "当时查出的", Text).group("判断"),
        f("reason", "reason", "理由", LongText)
            .required()
            .group("判断"),
        f("judgedBy", "judged_by", "判断人", Text).group("判断"),
        f("judgedOn", "judged_on", "判断日期", Date).group("判断"),
        REMARK,
    ],
};
