//! 问题清单, 意见: what a plan answers (domain §5.5, §12).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const PROBLEM: Kind = Kind {
    code: KindCode::Problem,
    code_text: "problem",
    table: "problem",
    label: "问题清单",
    counter: "个",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有记问题。摸底、走访看到的，一个问题记一条，再写明方案里哪一项来办。",
    fields: &[
        f("name", "name", "问题", Text)
            .required()
            .group("问题")
            .width(200)
            .also(&["存在问题", "问题描述"]),
        f("measure", "measure", "事项", Code(choices::WISH_MEASURE))
            .star()
            .group("问题")
            .width(120),
        f("class", "class", "类别", Code(choices::WORK_CLASS))
            .star()
            .group("问题")
            .width(80)
            .help("安全类、基础类的问题都要有改造内容，或者写明理由"),
        f("place", "place", "地点", Text)
            .star()
            .group("问题")
            .width(140),
        f(
            "building",
            "building_id",
            "楼栋",
            Reference(KindCode::Building),
        )
        .group("问题"),
        f("words", "words", "详细情况", LongText).group("问题"),
        f("origin", "origin", "来源", Code(choices::PROBLEM_ORIGIN))
            .star()
            .group("问题"),
        f("foundOn", "found_on", "发现日期", Date)
            .star()
            .group("问题"),
        f(
            "workItem",
            "work_item_id",
            "对应改造内容",
            Reference(KindCode::WorkItem),
        )
        .star()
        .group("办理")
        .width(180)
        .help("方案里办这件事的那一项"),
        f("reason", "reason", "不列入的理由", LongText)
            .group("办理")
            .help("没有列入方案的，写明为什么"),
        f("responsible", "responsible", "责任人", Text)
            .group("办理")
            .help("盯着这件事办完的人；印在问题整改台账上"),
        f("toldOn", "told_on", "反馈居民日期", Date)
            .group("办理")
            .help("哪一天把办的结果告诉了提问题的居民"),
        REMARK,
    ],
};

pub(super) const OPINION: Kind = Kind {
    code: KindCode::Opinion,
    code_text: "opinion",
    table: "opinion",
    label: "方案意见",
    counter: "条",
    scope: Scope::Compound,
    name_field: "who",
    empty_hint: "还没有意见。方案公示以后，收到一条记一条，逐条写明采纳没有、为什么。",
    fields: &[
        f("plan", "plan_id", "方案", Reference(KindCode::Plan))
            .required()
            .group("意见")
            .width(180)
            .help("是对哪一版提的"),
        f("who", "who", "提出人", Text)
            .required()
            .group("意见")
            .width(140)
            .personal()
            .help("如：3号楼居民、楼栋长会"),
        f(
            "household",
            "household_id",
            "住户",
            Reference(KindCode::Household),
        )
        .group("意见")
        .width(190),
        f(
            "workItem",
            "work_item_id",
            "关于哪一项",
            Reference(KindCode::WorkItem),
        )
        .star()
        .group("意见")
        .width(180),
        f("words", "words", "意见内容", LongText)
            .required()
            .group("意见")
            .personal()
            .also(&["意见", "意见建议"]),
        f("way", "way", "方式", Code(choices::OPINION_WAY)).group("意见"),
        f("raisedOn", "raised_on", "提出日期", Date)
            .star()
            .group("意见"),
        f("answer", "answer", "处理", Code(choices::WISH_ANSWER))
            .star()
            .group("答复")
            .also(&["采纳情况", "处理结果"]),
        f("reason", "reason", "答复理由", LongText)
            .star()
            .group("答复")
            .also(&["理由", "不采纳理由"]),
        f("answeredOn", "answered_on", "答复日期", Date).group("答复"),
        REMARK,
    ],
};
