//! 业主, 产权关系, 住户 (domain §5.3).

use super::*;
use crate::kind::{Kind, KindCode, Scope};

pub(super) const OWNER: Kind = Kind {
    code: KindCode::Owner,
    code_text: "owner",
    table: "owner",
    label: "业主",
    counter: "人",
    scope: Scope::Compound,
    name_field: "name",
    empty_hint: "还没有业主。导入摸底台账会按“业主姓名”登记，也可以在这里新建。",
    fields: &[
        f("name", "name", "姓名或名称", Text)
            .required()
            .group("业主")
            .personal()
            .also(&["业主姓名", "业主", "产权人", "户主姓名", "姓名"]),
        f("type", "type", "类型", Code(choices::OWNER_TYPE))
            .star()
            .group("业主"),
        f(
            "workUnit",
            "work_unit_id",
            "对应产权单位",
            Reference(KindCode::WorkUnit),
        )
        .group("业主")
        .help("单位作为业主时选择"),
        f("phone", "phone", "联系电话", Text)
            .star()
            .group("业主")
            .personal()
            .width(130)
            .also(&["电话", "手机", "手机号", "联系方式"]),
        f("idTail", "id_tail", "证件尾号", Text)
            .group("业主")
            .sensitive()
            .help("只记后四位，用来区分同名；默认不填"),
        f("livesHere", "lives_here", "住本院", Flag).group("业主"),
        f("address", "address", "现住址", Text)
            .group("业主")
            .personal()
            .width(180),
        f("representative", "representative", "代表人或代理人", Text)
            .group("业主")
            .personal(),
        REMARK,
    ],
};

pub(super) const OWNERSHIP: Kind = Kind {
    code: KindCode::Ownership,
    code_text: "ownership",
    table: "ownership",
    label: "产权关系",
    counter: "条",
    scope: Scope::Compound,
    name_field: "owner",
    empty_hint: "还没有产权关系。先有房屋和业主，再在这里写明哪套房归谁；一套房可以有几个业主，一个业主也可以有几套房。",
    fields: &[
        f(
            "dwelling",
            "dwelling_id",
            "房屋",
            Reference(KindCode::Dwelling),
        )
        .required()
        .group("产权关系")
        .width(150),
        f("owner", "owner_id", "业主", Reference(KindCode::Owner))
            .required()
            .group("产权关系")
            .width(130),
        f("share", "share_bp", "份额", Ratio)
            .star()
            .group("产权关系")
            .help("共同共有可以不填"),
        f("representative", "is_representative", "共有代表人", Flag)
            .star()
            .group("产权关系"),
        REMARK,
    ],
};

pub(super) const HOUSEHOLD: Kind = Kind {
    code: KindCode::Household,
    code_text: "household",
    table: "household",
    label: "住户",
    counter: "户",
    scope: Scope::Compound,
    name_field: "contact",
    empty_hint: "还没有住户。导入摸底台账会按每行登记一户，也可以在这里新建。",
    fields: &[
        f(
            "dwelling",
            "dwelling_id",
            "房屋",
            Reference(KindCode::Dwelling),
        )
        .required()
        .group("住户")
        .width(150),
        f("contact", "contact", "户主或联系人", Text)
            .star()
            .group("住户")
            .personal()
            .also(&["户主", "联系人", "住户"]),
        f("phone", "phone", "联系电话", Text)
            .star()
            .group("住户")
            .personal()
            .width(130),
        f(
            "occupancy",
            "occupancy",
            "居住情况",
            Code(choices::OCCUPANCY),
        )
        .star()
        .group("住户")
        .also(&["自住/出租/空置", "居住状态"]),
        f("people", "people", "常住人口", Count)
            .unit("人")
            .star()
            .group("人口")
            .sum()
            .also(&["人口", "人数", "家庭人口", "常住人数"]),
        f("seniors60", "seniors_60", "60岁以上", Count)
            .unit("人")
            .star()
            .group("人口")
            .sum()
            .also(&["其中60岁以上", "60岁以上人数", "老人"]),
        f("seniors80", "seniors_80", "80岁以上", Count)
            .unit("人")
            .group("人口")
            .sum(),
        f("children", "children", "学龄前儿童", Count)
            .unit("人")
            .group("人口")
            .sum(),
        f("disabled", "disabled", "残疾人", Count)
            .unit("人")
            .group("人口")
            .sum()
            .sensitive()
            .also(&["残疾", "残疾人数"]),
        f("cars", "cars", "汽车", Count)
            .unit("辆")
            .star()
            .group("车辆")
            .sum()
            .also(&["小汽车", "机动车", "汽车数"]),
        f("ebikes", "ebikes", "电动车", Count)
            .unit("辆")
            .star()
            .group("车辆")
            .sum()
            .also(&["电动自行车", "电瓶车"]),
        f("bicycles", "bicycles", "自行车", Count)
            .unit("辆")
            .group("车辆")
            .sum(),
        f(
            "willingness",
            "willingness",
            "是否同意改造",
            Code(choices::WILLINGNESS),
        )
        .star()
        .group("意愿")
        .also(&["改造意愿", "同意改造"])
        .help("摸底时的意愿，不是业主表决"),
        f(
            "cooperation",
            "cooperation",
            "是否配合拆除",
            Code(choices::COOPERATION),
        )
        .star()
        .group("意愿")
        .also(&["配合拆除"]),
        REMARK,
    ],
};
