//! 走访, 诉求: what residents say, and who asked them (domain §5.3, §5.5).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

/// Both hang on the dwelling and name the household beside it: who moves away or is merged with
/// another takes no conversation along.
pub(super) const VISIT: Kind = Kind {
    code: KindCode::Visit,
    code_text: "visit",
    table: "visit",
    label: "走访记录",
    counter: "次",
    scope: Scope::Compound,
    name_field: "visitedOn",
    empty_hint: "还没有走访记录。到“入户走访”排一张今天的清单，走完回来一次录完；也可以在这里逐次新建。",
    fields: &[
        f(
            "dwelling",
            "dwelling_id",
            "房屋",
            Reference(KindCode::Dwelling),
        )
        .required()
        .group("走访")
        .width(150),
        f(
            "household",
            "household_id",
            "住户",
            Reference(KindCode::Household),
        )
        .group("走访")
        .width(190)
        .help("这套房只有一户时会自动填上"),
        f("visitedOn", "visited_on", "走访日期", Date)
            .required()
            .group("走访")
            .also(&["入户日期", "走访时间"])
            .help("还没去的，填打算去的那天"),
        f("time", "time", "时间", Text)
            .group("走访")
            .width(80)
            .help("如：上午、19:30"),
        f("visitors", "visitors", "走访人", Text)
            .star()
            .group("走访")
            .width(140)
            .also(&["入户人", "入户人员", "走访人员", "调查人"])
            .help("两个人的用顿号隔开"),
        f("way", "way", "方式", Code(choices::VISIT_WAY))
            .star()
            .group("走访")
            .width(80)
            .also(&["走访方式"]),
        f("met", "met", "见到谁", Code(choices::VISIT_MET))
            .star()
            .group("走访")
            .width(90)
            .also(&["接待人", "见到的人"]),
        f("outcome", "outcome", "结果", Code(choices::VISIT_OUTCOME))
            .required()
            .group("走访")
            .width(90)
            .also(&["走访结果", "走访状态"]),
        f("cause", "cause", "没见到的原因", Code(choices::VISIT_CAUSE))
            .group("走访")
            .width(110)
            .also(&["未联系原因"]),
        f("words", "words", "居民原话", LongText)
            .star()
            .group("内容")
            .personal()
            .also(&["诉求原话", "走访内容", "反映情况", "谈话内容"]),
        f("promise", "promise", "承诺事项", LongText)
            .star()
            .group("内容")
            .also(&["承诺", "答应的事"])
            .help("走访人答应居民要办的事"),
        f("promiseDue", "promise_due", "承诺期限", Date).group("内容"),
        f("promiseKept", "promise_kept_on", "兑现日期", Date)
            .group("内容")
            .also(&["办结日期"])
            .help("填了就不再提醒"),
        f("nextOn", "next_on", "下次走访", Date)
            .star()
            .group("内容")
            .also(&["下次时间", "约定时间"]),
        f("round", "round", "清单号", Text)
            .group("清单")
            .width(110)
            .also(&["走访清单"]),
        f("stop", "stop", "清单序号", Count).group("清单").width(80),
        f(
            "purpose",
            "purpose",
            "走访事由",
            Code(choices::VISIT_PURPOSE),
        )
        .group("清单")
        .width(110)
        .also(&["事由"]),
        REMARK,
    ],
};

pub(super) const WISH: Kind = Kind {
    code: KindCode::Wish,
    code_text: "wish",
    table: "wish",
    label: "居民诉求",
    counter: "条",
    scope: Scope::Compound,
    name_field: "measure",
    empty_hint: "还没有居民诉求。走访时听到的，一户一项记在这里：要什么、不要什么、愿不愿意出钱。",
    fields: &[
        f(
            "dwelling",
            "dwelling_id",
            "房屋",
            Reference(KindCode::Dwelling),
        )
        .required()
        .group("诉求")
        .width(150),
        f(
            "household",
            "household_id",
            "住户",
            Reference(KindCode::Household),
        )
        .group("诉求")
        .width(190)
        .help("这套房只有一户时会自动填上"),
        f("measure", "measure", "事项", Code(choices::WISH_MEASURE))
            .required()
            .group("诉求")
            .width(120)
            .also(&["诉求事项", "改造事项", "需求"]),
        f("attitude", "attitude", "态度", Code(choices::ATTITUDE))
            .required()
            .group("诉求")
            .width(80),
        f("priority", "priority", "优先级", Code(choices::PRIORITY))
            .star()
            .group("诉求")
            .width(80)
            .also(&["排序"]),
        f("wouldPay", "would_pay", "愿意出资", Flag)
            .star()
            .group("诉求")
            .also(&["愿否出资", "是否愿意出资"]),
        f("amount", "amount_fen", "愿出金额", Money)
            .group("诉求")
            .also(&["出资金额"]),
        f("words", "words", "居民原话", LongText)
            .star()
            .group("诉求")
            .personal()
            .also(&["诉求内容", "诉求原话", "具体诉求"]),
        f("raisedOn", "raised_on", "提出日期", Date)
            .star()
            .group("诉求"),
        f("collector", "collector", "记录人", Text).group("诉求"),
        f(
            "workItem",
            "work_item_id",
            "对应改造内容",
            Reference(KindCode::WorkItem),
        )
        .star()
        .group("答复")
        .width(180)
        .help("方案里办这件事的那一项"),
        f("answer", "answer", "答复", Code(choices::WISH_ANSWER))
            .star()
            .group("答复")
            .width(90)
            .also(&["办理结果", "采纳情况"]),
        f("reason", "reason", "答复理由", LongText)
            .group("答复")
            .also(&["不采纳理由", "理由"])
            .help("不采纳、部分采纳的要写明理由，居民看得懂"),
        f("answeredOn", "answered_on", "答复日期", Date).group("答复"),
        REMARK,
    ],
};
