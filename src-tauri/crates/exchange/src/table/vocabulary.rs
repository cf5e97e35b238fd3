//! What the words of headers mean: for every kind of record its columns, their words and the
//! words that make a header mean something else. Fields bring their labels and synonyms; here
//! stand only the words that people's own tables use beyond those.

use std::collections::HashSet;
use std::sync::LazyLock;

use jiugai_domain::{FieldType, KindCode};

use super::{Target, headings};
use crate::workbook::REASON_HEADING;

/// One column that a table of a kind may have.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) target: Target,
    /// Words beside their compared form, the label first.
    pub(crate) words: Vec<(&'static str, String)>,
    pub(crate) never: &'static [&'static str],
}

/// The columns of one kind. Where two fit a header equally well, the earlier one takes it.
#[derive(Debug)]
pub(crate) struct KindWords {
    pub(crate) kind: KindCode,
    pub(crate) entries: Vec<Entry>,
    /// Words of titles and tabs that name the kind.
    pub(crate) names: &'static [&'static str],
}

/// The words of every kind.
#[derive(Debug)]
pub struct Vocabulary {
    pub(crate) kinds: Vec<KindWords>,
    /// Compared forms of every word of every kind.
    keys: HashSet<String>,
}

static STANDARD: LazyLock<Vocabulary> = LazyLock::new(|| {
    let kinds: Vec<KindWords> = order()
        .map(|kind| KindWords {
            kind,
            entries: entries(kind),
            names: names(kind),
        })
        .collect();
    let entries = kinds.iter().flat_map(|kind| &kind.entries);
    let words = entries.flat_map(|entry| &entry.words);
    let keys = words.map(|(_, key)| key.clone()).collect();
    Vocabulary { kinds, keys }
});

impl Vocabulary {
    /// The words that the declarations of the ledger bring.
    #[must_use]
    pub fn standard() -> &'static Self {
        &STANDARD
    }

    /// The text is a header word of some kind, not only a text that contains one.
    pub(crate) fn is_word(&self, text: &str) -> bool {
        self.keys.contains(&headings::header_key(text))
    }

    pub(crate) fn of(&self, kind: KindCode) -> Option<&KindWords> {
        self.kinds.iter().find(|words| words.kind == kind)
    }
}

/// Kinds that people's tables are mostly about; among equals the earlier one is meant.
const FIRST: [KindCode; 11] = [
    KindCode::Dwelling,
    KindCode::Building,
    KindCode::Outbuilding,
    KindCode::ParkingArea,
    KindCode::GreenSpace,
    KindCode::Facility,
    KindCode::CycleShed,
    KindCode::ActivityArea,
    KindCode::Road,
    KindCode::PipeSegment,
    KindCode::Household,
];

fn order() -> impl Iterator<Item = KindCode> {
    let others = KindCode::ALL
        .into_iter()
        .filter(|kind| !FIRST.contains(kind));
    FIRST.into_iter().chain(others)
}

const fn names(kind: KindCode) -> &'static [&'static str] {
    match kind {
        KindCode::Dwelling => &["摸底", "住户登记", "入户", "房屋", "居民"],
        KindCode::Building => &["楼栋"],
        KindCode::Outbuilding => &[
            "附属房",
            "违建",
            "违章",
            "自建房",
            "私搭",
            "配房",
            "排房",
            "构筑物",
        ],
        KindCode::ParkingArea => &["停车", "车位", "泊位"],
        KindCode::GreenSpace => &["绿地", "绿化", "树木", "苗木"],
        KindCode::Facility => &["设施", "器材", "路灯", "监控", "消防设施"],
        KindCode::CycleShed => &["车棚"],
        KindCode::ActivityArea => &["活动场地", "场地", "广场"],
        KindCode::Road => &["道路", "消防通道", "路面"],
        KindCode::PipeSegment => &["管线", "管网"],
        KindCode::Household => &["住户台账", "住户"],
        KindCode::Compound => &["小区台账", "小区清单", "小区情况"],
        KindCode::WorkItem => &["改造内容", "改造清单"],
        KindCode::Visit => &["走访"],
        KindCode::Wish => &["诉求"],
        KindCode::Problem => &["问题清单", "问题台账"],
        KindCode::Opinion => &["方案意见", "意见台账"],
        KindCode::Fund => &["资金来源", "资金安排"],
        KindCode::Price => &["单价库", "信息价"],
        _ => &[],
    }
}

/// Words of people's tables beyond label and synonyms, and words that refuse them.
type Extra = (&'static [&'static str], &'static [&'static str]);

fn extra(kind: KindCode, field: &str) -> Extra {
    use KindCode::{
        ActivityArea, Building, Compound, CycleShed, Entrance, Facility, GreenSpace, Outbuilding,
        ParkingArea, PipeSegment, Road,
    };
    match (kind, field) {
        (Building, "name") => (
            &["楼幢", "幢号", "楼名", "楼座", "楼房号", "幢", "栋"],
            &["楼栋长", "数"],
        ),
        (Building, "builtYear") => (
            &[
                "建成年代",
                "建造年代",
                "建设年代",
                "建成时间",
                "竣工年份",
                "建筑年代",
                "年代",
            ],
            &[],
        ),
        (Building, "structure") => (&["结构类型", "房屋结构", "建筑结构", "结构形式"], &[]),
        (Building, "storeys") => (&["总层数", "楼层数", "地上层数", "楼层"], &[]),
        (Building, "declaredEntrances") => (&["单元", "单元数量", "门洞数"], &["房号"]),
        (Building, "declaredDwellings") => {
            (&["户数", "住宅套数", "总户数", "住户数", "房屋套数"], &[])
        }
        (Building, "grossFloorArea") => {
            (&["总建筑面积", "面积", "总面积"], &["占地", "基底", "屋面"])
        }
        (Building, "roof") => (&["屋面形式", "屋顶形式", "屋顶"], &["漏"]),
        (Building, "roofLeaks") => (&["屋面是否渗漏", "屋顶漏水", "是否漏雨"], &[]),
        (Building, "safety") => (&["房屋安全等级", "鉴定等级", "危房等级"], &[]),
        (Building, "lifts") => (&["电梯数", "电梯部数"], &[]),
        (Building, "insulated") => (&["保温", "外墙保温", "是否保温"], &[]),
        (Building, "head") => (&["楼长", "楼栋长姓名"], &["电话"]),
        (Building, "workUnit") => (&["单位", "原产权单位", "所属单位"], &["电话"]),
        (Compound, "district") => (&["所属区", "县区", "区县"], &[]),
        (Compound, "subdistrict") => (&["所属街道", "街道办事处", "街道（乡镇）", "办事处"], &[]),
        (Compound, "community") => (&["所属社区", "社区名称", "社区居委会"], &["用房", "服务"]),
        (Compound, "address") => (&["地址", "小区地址", "坐落位置", "坐落"], &[]),
        (Compound, "builtFrom") => (&["建成年份", "建成年代", "建成时间", "建设年代"], &[]),
        (Compound, "siteArea") => (&["占地面积", "小区占地面积"], &[]),
        (Compound, "declaredGrossFloorArea") => (&["总建筑面积", "建筑面积"], &["拟", "改造"]),
        (Compound, "declaredHouseholds") => (
            &["户数", "总户数", "居民户数", "住户数"],
            &["拟", "出租", "空置"],
        ),
        (Compound, "declaredPeople") => (&["人数", "总人数", "常住人口", "居民人数"], &["岁"]),
        (Compound, "management") => (&["物业管理方式", "物业管理模式", "管理方式"], &[]),
        (Compound, "manager") => (&["物业公司", "物业服务企业"], &[]),
        (Compound, "leader") => (&["包保领导", "联系领导"], &[]),
        (Entrance, "building") => (&["楼栋号", "栋号"], &[]),
        (Outbuilding, "number") => (&["序号", "构筑物编号", "房屋编号"], &["证"]),
        (Outbuilding, "kind") => (
            &[
                "类别",
                "构筑物类型",
                "违建类型",
                "附属房类型",
                "自建房类型",
                "房屋类型",
                "名称",
            ],
            &[],
        ),
        (Outbuilding, "rooms") => (&["数量", "间", "房间数", "自建房间数"], &[]),
        (Outbuilding, "area") => (
            &[
                "建筑面积",
                "违建面积",
                "搭建面积",
                "自建面积",
                "自建房面积",
                "配房面积",
                "附属房面积",
                "占地",
            ],
            &[],
        ),
        (Outbuilding, "building") => (
            &["楼号", "楼栋", "所在楼栋", "楼栋号", "栋号", "所属楼栋"],
            &["单元", "房号"],
        ),
        (Outbuilding, "place") => (
            &["所在位置", "具体位置", "地点", "搭建位置", "违建位置"],
            &[],
        ),
        (Outbuilding, "material") => (&["结构", "材料", "房屋结构"], &[]),
        (Outbuilding, "use") => (&["用途", "使用用途", "目前用途", "使用情况"], &[]),
        (Outbuilding, "dwelling") => (
            &["房屋坐落", "住址", "使用人住址", "户主住址", "房屋", "坐落"],
            &[],
        ),
        (Outbuilding, "occupier") => (
            &[
                "使用人",
                "户主",
                "户主姓名",
                "姓名",
                "当事人",
                "搭建人",
                "业主",
                "业主姓名",
                "使用人姓名",
            ],
            &["电话", "手机", "签", "证", "房屋", "住址"],
        ),
        (Outbuilding, "builtYear") => (
            &["建造年份", "搭建时间", "建成时间", "搭建年份", "建造年代"],
            &[],
        ),
        (Outbuilding, "plannedOn") => (&["拟拆除时间", "计划拆除时间"], &[]),
        (Outbuilding, "demolishedOn") => {
            (&["拆除时间", "拆除日期", "实际拆除时间"], &["拟", "计划"])
        }
        (Outbuilding, "disposal") => (&["处理方式", "处理意见", "处置意见"], &[]),
        (Outbuilding, "finding") => (&["认定", "认定情况", "认定性质"], &["机关", "日期", "文号"]),
        (CycleShed, "places") => (&["车位数", "停放数", "停车位", "数量"], &[]),
        (CycleShed, "area") => (&["面积", "车棚面积"], &[]),
        (CycleShed, "chargingPlaces") => (&["充电口", "充电插座", "充电桩"], &[]),
        (ParkingArea, "name") => (
            &[
                "停车区",
                "停车场名称",
                "停车区名称",
                "停车位置",
                "区域",
                "车位编号",
                "车位号",
            ],
            &[],
        ),
        (ParkingArea, "spaces") => (
            &[
                "车位数",
                "停车位",
                "泊位数",
                "停车位数",
                "车位数量",
                "泊位",
                "数量",
            ],
            &["无障碍", "充电", "残疾", "编号", "号", "牌", "位置"],
        ),
        (ParkingArea, "chargers") => (&["充电桩数", "充电桩数量"], &[]),
        (ParkingArea, "accessibleSpaces") => (&["无障碍停车位", "残疾人车位"], &[]),
        (ParkingArea, "area") => (&["面积"], &[]),
        (ParkingArea, "kind") => (&["类型", "车位类型", "停车类型"], &[]),
        (GreenSpace, "name") => (&["绿地名称", "绿化带", "区域", "树种", "品种"], &[]),
        (GreenSpace, "trees") => (
            &[
                "树木",
                "株数",
                "棵数",
                "乔木数",
                "树木数量",
                "数量",
                "乔木株数",
            ],
            &[],
        ),
        (GreenSpace, "area") => (&["绿化面积", "绿地面积"], &["阴影"]),
        (GreenSpace, "kind") => (&["类型", "绿地类型"], &[]),
        (Facility, "name") => (&["设施名称", "设备名称", "器材名称", "项目"], &[]),
        (Facility, "kind") => (&["类型", "设施类别", "设施类型", "种类"], &[]),
        (Facility, "pieces") => (&["件数", "个数", "台数", "设施数量", "数目"], &[]),
        (Facility, "place") => (&["安装位置", "所在位置", "地点", "安装地点"], &[]),
        (Facility, "installedYear") => (&["安装时间", "购置年份", "建设年份"], &[]),
        (ActivityArea, "kind") => (&["类型"], &[]),
        (Road, "name") => (&["路名", "道路名称", "通道名称"], &[]),
        (Road, "length") => (&["长", "道路长度"], &[]),
        (Road, "width") => (&["宽", "宽度", "路宽", "路面宽度"], &["净"]),
        (PipeSegment, "name") => (&["管线名称", "管段"], &[]),
        (PipeSegment, "kind") => (&["类型", "管线种类", "管线类型", "管线类别"], &[]),
        (PipeSegment, "diameter") => (&["口径"], &[]),
        (
            CycleShed | ParkingArea | GreenSpace | ActivityArea | Facility | PipeSegment,
            "condition",
        ) => (&["现状", "完好情况", "使用状况", "完好程度"], &[]),
        (ParkingArea | GreenSpace | ActivityArea | CycleShed, "place") => {
            (&["所在位置", "地点", "具体位置"], &[])
        }
        _ => (&[], &[]),
    }
}

/// A column by its own words.
fn entry(
    target: Target,
    words: impl IntoIterator<Item = &'static str>,
    never: &'static [&'static str],
) -> Entry {
    Entry {
        target,
        words: words
            .into_iter()
            .map(|word| (word, headings::header_key(word)))
            .collect(),
        never,
    }
}

fn entries(kind: KindCode) -> Vec<Entry> {
    let mut entries = Vec::new();
    if kind != KindCode::Compound {
        let words = [
            "小区",
            "小区名称",
            "院落名称",
            "所属小区",
            "所在小区",
            "家属院",
            "院落",
        ];
        entries.push(entry(Target::Compound, words, &["地址", "房屋", "面积"]));
    }
    entries.push(entry(Target::Ignore, [REASON_HEADING], &[]));
    if kind == KindCode::Dwelling {
        entries.extend(
            headings::COLUMNS
                .iter()
                .map(|declared| entry(declared.target, declared.words(), declared.never)),
        );
        return entries;
    }
    for field in kind.kind().fields {
        let (more, never) = extra(kind, field.code);
        let target = match (kind, field.code) {
            (KindCode::Building, "name") | (KindCode::Entrance, "building") => Target::Building,
            (KindCode::Entrance, "name") => Target::Entrance,
            (
                KindCode::Household | KindCode::Ownership | KindCode::Visit | KindCode::Wish,
                "dwelling",
            ) => Target::Address,
            (_, field) => Target::Field { kind, field },
        };
        if matches!(
            (kind, field.code),
            (KindCode::Visit | KindCode::Wish, "dwelling")
        ) {
            let words = ["楼号", "楼栋", "楼栋号", "栋号"];
            entries.push(entry(Target::Building, words, &["数", "长"]));
            let words = ["单元", "单元号", "门洞"];
            entries.push(entry(Target::Entrance, words, &["数", "长"]));
            let words = ["房号", "室号", "房间号", "门牌号"];
            entries.push(entry(Target::Room, words, &["数"]));
        }
        let declared = std::iter::once(field.label).chain(field.synonyms.iter().copied());
        let more = more.iter().copied();
        entries.push(entry(target, declared.chain(more), never));
        if matches!(field.kind, FieldType::Reference(KindCode::Dwelling))
            && target != Target::Address
        {
            entries.push(entry(
                Target::Entrance,
                ["单元", "单元号", "门洞"],
                &["数", "长"],
            ));
            entries.push(entry(
                Target::Room,
                ["房号", "室号", "房间号", "门牌号"],
                &["数"],
            ));
        }
    }
    let taken = |word: &str| {
        entries
            .iter()
            .any(|entry| entry.words.iter().any(|(taken, _)| *taken == word))
    };
    let serial: Vec<&str> = ["序号", "编号", "序", "行号"]
        .into_iter()
        .filter(|word| !taken(word))
        .collect();
    entries.push(entry(Target::Serial, serial, &["证", "房", "楼"]));
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_its_words_and_no_word_means_two_columns() {
        let vocabulary = Vocabulary::standard();
        for kind in KindCode::ALL {
            let words = vocabulary.of(kind).expect("every kind");
            let mut seen = std::collections::HashMap::new();
            for entry in &words.entries {
                for (word, key) in &entry.words {
                    let before = seen.insert(key.clone(), entry.target);
                    assert!(
                        before.is_none_or(|before| before == entry.target),
                        "{kind:?}: {word} is {before:?} and {:?}",
                        entry.target
                    );
                }
            }
        }
    }
}
