//! The columns of a table of dwellings, declared once, and the search for words in a header.

use std::sync::LazyLock;

use jiugai_domain::KindCode;
use jiugai_domain::kinds::choices::OUTBUILDING_KIND;
use jiugai_domain::text::normalize;

use super::Target;

/// One declared column: the field gives its label and synonyms, `extra` adds header words of
/// people's own tables, `never` are words that make a header mean something else.
pub(crate) struct Declaration {
    pub(crate) target: Target,
    source: Option<(KindCode, &'static str)>,
    extra: &'static [&'static str],
    pub(crate) never: &'static [&'static str],
}

const fn to(kind: KindCode, field: &'static str) -> Declaration {
    Declaration {
        target: Target::Field { kind, field },
        source: Some((kind, field)),
        extra: &[],
        never: &[],
    }
}

const fn special(target: Target, source: Option<(KindCode, &'static str)>) -> Declaration {
    Declaration {
        target,
        source,
        extra: &[],
        never: &[],
    }
}

const fn rooms(kind: &'static str) -> Declaration {
    special(Target::OutbuildingRooms { kind }, None).never(&[
        "面积", "㎡", "平方", "m2", "米", "位置", "用途", "时间", "年", "是否",
    ])
}

impl Declaration {
    const fn extra(mut self, words: &'static [&'static str]) -> Self {
        self.extra = words;
        self
    }

    const fn never(mut self, words: &'static [&'static str]) -> Self {
        self.never = words;
        self
    }

    /// Every header word of the column.
    pub(crate) fn words(&self) -> impl Iterator<Item = &'static str> {
        let field = self
            .source
            .and_then(|(kind, field)| kind.kind().field(field));
        let choice = match self.target {
            Target::OutbuildingRooms { kind } => {
                OUTBUILDING_KIND.iter().find(|choice| choice.code == kind)
            }
            _ => None,
        };
        let declared = field
            .into_iter()
            .flat_map(|field| std::iter::once(&field.label).chain(field.synonyms));
        let chosen = choice
            .into_iter()
            .flat_map(|choice| std::iter::once(&choice.label).chain(choice.synonyms));
        declared.chain(chosen).chain(self.extra).copied()
    }
}

use KindCode::{Dwelling, Household, Owner};

/// The table of columns. Where two fit a header equally well, the earlier one takes it.
pub(crate) const COLUMNS: &[Declaration] = &[
    special(Target::Serial, None)
        .extra(&["序号", "编号", "序", "行号"])
        .never(&["证", "房", "楼"]),
    special(Target::Address, None)
        .extra(&[
            "坐落",
            "房屋坐落",
            "房屋地址",
            "地址",
            "住址",
            "详细住址",
            "楼栋单元房号",
            "楼号单元房号",
            "楼栋房号",
            "单元房号",
            "楼单元室",
        ])
        .never(&["单位地址", "现住", "户籍"]),
    special(Target::Building, Some((Dwelling, "building")))
        .extra(&["楼幢", "幢号", "楼座", "所在楼栋", "楼名", "幢", "栋"])
        .never(&["楼栋长", "楼层", "层数"]),
    special(Target::Entrance, Some((Dwelling, "entrance")))
        .extra(&["单元门", "门栋"])
        .never(&["单元长", "单元数", "房号"]),
    special(Target::Room, Some((Dwelling, "room")))
        .extra(&["室号", "户号", "门牌", "住房号", "房室号"])
        .never(&["间数", "面积", "附属", "大排", "小配", "租", "户籍"]),
    to(Dwelling, "storey")
        .extra(&["层", "层次"])
        .never(&["总", "层高"]),
    to(Owner, "name")
        .extra(&["产权人姓名", "房主", "房主姓名", "权利人", "住户姓名"])
        .never(&[
            "电话", "手机", "身份", "证", "签", "地址", "年龄", "性别", "数", "意见", "手印",
            "租户", "租客", "承租", "紧急", "关系",
        ]),
    special(Target::Phone, Some((Owner, "phone")))
        .extra(&["电话号码", "手机号码", "联系号码"])
        .never(&["单位电话", "单位联系", "租户", "租客", "承租", "紧急"]),
    to(Dwelling, "workUnit")
        .extra(&["原单位", "所属单位", "房屋产权单位"])
        .never(&["工作", "电话", "填报", "地址", "联系"]),
    to(Dwelling, "use").never(&["附属", "违", "排房", "配房"]),
    to(Dwelling, "grossFloorArea")
        .extra(&["住房面积", "产权面积", "证载面积", "住宅面积"])
        .never(&[
            "附属", "违", "排房", "配房", "套内", "使用", "公摊", "阳台", "车库", "院", "专有",
            "占地", "绿", "储藏",
        ]),
    to(Dwelling, "exclusiveArea"),
    to(Dwelling, "areaSource"),
    to(Dwelling, "tenure")
        .extra(&["房屋产权性质", "产权类型", "房屋类型", "住房性质"])
        .never(&["居住性质", "土地"]),
    to(Dwelling, "titleState")
        .extra(&[
            "有无房产证",
            "有无产权证",
            "有无不动产权证",
            "是否办证",
            "不动产权证书",
            "不动产证",
            "房本",
        ])
        .never(&["证号", "编号", "号码"]),
    to(Dwelling, "titleNumber")
        .extra(&["产权证号", "房产证号", "不动产证号", "证号"])
        .never(&["身份"]),
    to(Dwelling, "remark").extra(&["说明", "其他说明"]),
    to(Household, "contact").never(&["电话", "手机", "号", "关系", "数"]),
    to(Household, "occupancy")
        .extra(&[
            "居住性质",
            "居住现状",
            "房屋使用情况",
            "使用状况",
            "住房使用情况",
            "使用情况",
        ])
        .never(&["附属", "违", "排房", "配房", "车"]),
    to(Household, "people")
        .extra(&[
            "常住",
            "居住人口",
            "居住人数",
            "家庭人数",
            "现住人数",
            "总人数",
        ])
        .never(&[
            "户籍", "流动", "外来", "残疾", "低保", "岁", "党员", "儿童", "租", "学生", "失业",
            "特困", "退役", "独居", "孤",
        ]),
    to(Household, "seniors60")
        .extra(&[
            "60周岁以上",
            "60岁及以上",
            "60周岁及以上",
            "老年人",
            "老年人数",
        ])
        .never(&["80", "70", "65", "独居", "空巢"]),
    to(Household, "seniors80").extra(&["80周岁以上", "80岁及以上", "高龄老人"]),
    to(Household, "children").extra(&["学龄前", "6岁以下"]),
    to(Household, "disabled").never(&["证"]),
    to(Household, "cars")
        .extra(&["轿车", "私家车", "车辆数"])
        .never(&["牌", "位", "库", "充电"]),
    to(Household, "ebikes")
        .extra(&["电动车辆", "两轮电动车"])
        .never(&["充电", "牌", "棚"]),
    to(Household, "bicycles").never(&["棚", "电动"]),
    to(Household, "willingness")
        .extra(&["是否同意", "改造意见", "同意与否", "是否愿意改造"])
        .never(&["拆", "加装", "电梯"]),
    to(Household, "cooperation").extra(&[
        "是否同意拆除",
        "拆除意愿",
        "是否配合",
        "是否同意拆",
        "拆违意愿",
    ]),
    rooms("rowHouse"),
    rooms("annexRoom"),
    rooms("unauthorized"),
];

/// Words in answers that only this column's question gives a meaning.
pub(crate) fn answer(target: Target, text: &str) -> Option<&'static str> {
    let Target::Field {
        kind: Household,
        field,
    } = target
    else {
        return None;
    };
    let yes = matches!(text, "是" | "√" | "✓" | "愿意" | "支持" | "同意" | "配合");
    let no = matches!(
        text,
        "否" | "×" | "✗" | "不愿意" | "不支持" | "不同意" | "不配合"
    );
    match (field, yes, no) {
        ("willingness", true, _) => Some("agree"),
        ("willingness", _, true) => Some("oppose"),
        ("cooperation", true, _) => Some("willing"),
        ("cooperation", _, true) => Some("unwilling"),
        _ => None,
    }
}

/// A header text as it is compared: narrow, without brackets and what stands in them, without
/// blanks, stars, colons, a leading 其中 and a trailing unit of area.
pub(crate) fn header_key(text: &str) -> String {
    let mut depth = 0u32;
    let mut key = String::new();
    for character in normalize(text).chars() {
        match character {
            '（' | '(' | '【' | '[' | '〔' => depth += 1,
            '）' | ')' | '】' | ']' | '〕' => depth = depth.saturating_sub(1),
            ' ' | '*' | ':' | '：' | '\n' => {}
            other if depth == 0 => key.push(other),
            _ => {}
        }
    }
    let mut key = key.as_str();
    for unit in ["平方米", "㎡", "m²", "m2"] {
        key = key.strip_suffix(unit).unwrap_or(key);
    }
    key.strip_prefix("其中")
        .filter(|rest| !rest.is_empty())
        .unwrap_or(key)
        .to_owned()
}

/// How a header was recognised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) score: u32,
    pub(crate) word: &'static str,
    pub(crate) exact: bool,
}

const GENERIC: [&str; 8] = ["数量", "间数", "数", "间", "辆数", "人数", "个数", "情况"];

/// Header words of each column of [`COLUMNS`] beside their compared form.
static KEYS: LazyLock<Vec<Vec<(&'static str, String)>>> = LazyLock::new(|| {
    COLUMNS
        .iter()
        .map(|declaration| {
            declaration
                .words()
                .map(|word| (word, header_key(word)))
                .collect()
        })
        .collect()
});

/// A header path (top level first) made ready for comparing.
pub(crate) struct HeaderPath {
    leaf: String,
    joined: Option<String>,
    raw: String,
}

impl HeaderPath {
    /// `None` when no level says anything.
    pub(crate) fn new<T: AsRef<str>>(path: &[T]) -> Option<Self> {
        let mut keys: Vec<String> = path
            .iter()
            .map(|text| header_key(text.as_ref()))
            .filter(|key| !key.is_empty())
            .collect();
        let raw = path
            .iter()
            .map(|text| normalize(text.as_ref()).replace(' ', ""))
            .collect();
        let mut leaf = keys.pop()?;
        if GENERIC.contains(&leaf.as_str()) {
            leaf = keys.pop().unwrap_or(leaf);
        }
        let joined = keys.pop().map(|group| format!("{group}{leaf}"));
        Some(Self { leaf, joined, raw })
    }

    /// Compares with the column at an index of [`COLUMNS`].
    pub(crate) fn compare(&self, column: usize) -> Option<Match> {
        self.find(&KEYS[column], COLUMNS[column].never)
    }

    /// Compares with words beside their compared form, unless one of `never` stands in it.
    pub(crate) fn find(&self, words: &[(&'static str, String)], never: &[&str]) -> Option<Match> {
        let found = words
            .iter()
            .filter_map(|(word, key)| self.grade(word, key))
            .reduce(|best, next| if next.score > best.score { next } else { best })?;
        let refused = never.iter().any(|word| self.raw.contains(word));
        (!refused).then_some(found)
    }

    fn grade(&self, word: &'static str, key: &str) -> Option<Match> {
        if self.leaf == key {
            return Some(Match {
                score: 100,
                word,
                exact: true,
            });
        }
        if self.joined.as_deref() == Some(key) {
            return Some(Match {
                score: 95,
                word,
                exact: true,
            });
        }
        if !self.leaf.contains(key) {
            return None;
        }
        let length = key.chars().count();
        let leftover = self.leaf.chars().count().saturating_sub(length);
        if length < 2 || leftover > 6 {
            return None;
        }
        let score = u32::try_from((50 + 4 * length).saturating_sub(2 * leftover).min(90)).ok()?;
        Some(Match {
            score,
            word,
            exact: false,
        })
    }
}

/// True for a text that stands in a header: a known word, or a bare unit below one.
pub(crate) fn is_header_word(text: &str) -> bool {
    let Some(path) = HeaderPath::new(&[text]) else {
        return true;
    };
    let digits = path
        .leaf
        .chars()
        .any(|character| character.is_ascii_digit());
    (0..COLUMNS.len())
        .filter_map(|column| path.compare(column))
        .any(|found| found.exact || (!digits && found.score >= 50))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn best(path: &[&str]) -> Option<Target> {
        let path = HeaderPath::new(path)?;
        let found = (0..COLUMNS.len())
            .filter_map(|column| Some((path.compare(column)?.score, std::cmp::Reverse(column))));
        found.max().map(|(_, column)| COLUMNS[column.0].target)
    }

    fn field(kind: KindCode, field: &'static str) -> Option<Target> {
        Some(Target::Field { kind, field })
    }

    #[test]
    fn every_declared_field_exists_and_every_word_finds_its_column() {
        for (column, declaration) in COLUMNS.iter().enumerate() {
            assert!(declaration.words().count() > 0, "{:?}", declaration.target);
            if let Some((kind, code)) = declaration.source {
                assert!(
                    kind.kind().field(code).is_some(),
                    "{:?}",
                    declaration.target
                );
            }
            for word in declaration.words() {
                let found = HeaderPath::new(&[word]).and_then(|path| path.compare(column));
                assert!(found.is_some_and(|found| found.score == 100), "{word}");
            }
        }
    }

    #[rstest]
    #[case(&["产权情况", "建筑面积（㎡）"], field(Dwelling, "grossFloorArea"))]
    #[case(&["面积(平方米)"], field(Dwelling, "grossFloorArea"))]
    #[case(&["附属房", "面积（㎡）"], None)]
    #[case(&["套内面积"], None)]
    #[case(&["专有部分面积"], field(Dwelling, "exclusiveArea"))]
    #[case(&["业主", "姓名"], field(Owner, "name"))]
    #[case(&["姓 名"], field(Owner, "name"))]
    #[case(&["租户信息", "姓名"], None)]
    #[case(&["业主", "电话"], Some(Target::Phone))]
    #[case(&["业主电话"], Some(Target::Phone))]
    #[case(&["租客", "电话"], None)]
    #[case(&["业主签字"], None)]
    #[case(&["车辆（辆）", "汽车"], field(Household, "cars"))]
    #[case(&["车辆（辆）", "电动自行车"], field(Household, "ebikes"))]
    #[case(&["附属房（间）", "大排房"], Some(Target::OutbuildingRooms { kind: "rowHouse" }))]
    #[case(&["附属房", "小配房", "间数"], Some(Target::OutbuildingRooms { kind: "annexRoom" }))]
    #[case(&["附属房", "小配房（㎡）"], None)]
    #[case(&["违建间数"], Some(Target::OutbuildingRooms { kind: "unauthorized" }))]
    #[case(&["居住情况", "自住/出租/空置"], field(Household, "occupancy"))]
    #[case(&["居住情况", "其中60岁以上"], field(Household, "seniors60"))]
    #[case(&["其中：80岁以上"], field(Household, "seniors80"))]
    #[case(&["户籍人口"], None)]
    #[case(&["常住人口数（人）"], field(Household, "people"))]
    #[case(&["不动产权证号"], field(Dwelling, "titleNumber"))]
    #[case(&["不动产权证"], field(Dwelling, "titleState"))]
    #[case(&["是否同意拆除附属房"], field(Household, "cooperation"))]
    #[case(&["是否同意老旧小区改造"], field(Household, "willingness"))]
    #[case(&["楼号"], Some(Target::Building))]
    #[case(&["楼栋长"], None)]
    #[case(&["总楼层"], None)]
    #[case(&["房屋坐落"], Some(Target::Address))]
    #[case(&["工作单位"], None)]
    #[case(&["宽带运营商"], None)]
    fn headers(#[case] path: &[&str], #[case] expected: Option<Target>) {
        assert_eq!(best(path), expected);
    }

    #[rstest]
    #[case("1单元", false)]
    #[case("五交化公司", false)]
    #[case("房改房", false)]
    #[case("（㎡）", true)]
    #[case("其中60岁以上", true)]
    #[case("联系电话", true)]
    fn header_words(#[case] text: &str, #[case] expected: bool) {
        assert_eq!(is_header_word(text), expected);
    }
}
