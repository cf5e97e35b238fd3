//! 五交化家属院: published facts where there are any (307 户, 1,100 人, 8 栋; 22 间大排房, 55 间小配房,
//! 3 个车棚, 30 间违章建筑 demolished), every other figure invented and marked 示例. Shared by the
//! gallery and the tests.

use chrono::{DateTime, FixedOffset};
use jiugai_report::charts::{
    BarPart, Caption, DotRow, GroupedBars, Mark, PairedDots, RankedBars, Scale, ShareBars,
    ShareLine,
};
use jiugai_report::documents::{
    Figures, FundingLine, IndicatorLine, IssueLine, Money, OnePager, Responsible, Schedule,
    WorkByVerb, WorkLine,
};

/// Paired dots by the name of the case.
pub(crate) fn dots() -> Vec<(&'static str, PairedDots)> {
    let plain = paired();
    let two = PairedDots {
        rows: plain.rows[..2].to_vec(),
        ..plain.clone()
    };
    let empty = PairedDots {
        rows: Vec::new(),
        ..plain.clone()
    };
    vec![
        ("plain", plain),
        ("two", two),
        ("extreme", extreme_dots()),
        ("empty", empty),
    ]
}

/// Shares of a whole by the name of the case.
pub(crate) fn shares() -> Vec<(&'static str, ShareBars)> {
    let line = |label: &str, values: &[i64]| ShareLine {
        label: label.to_owned(),
        values: values.to_vec(),
        base: format!("{} 户", values.iter().sum::<i64>()),
    };
    let plain = ShareBars {
        caption: caption("您家是否同意本小区改造", "第二轮 改造意愿"),
        width_px: 760,
        parts: ["同意", "不同意", "看方案再定"].map(str::to_owned).to_vec(),
        lines: vec![line("1号楼", &[30, 4, 6]), line("2号楼", &[38, 1, 0])],
        note: "样本 79 份，未答 1 份".to_owned(),
    };
    let five = ShareBars {
        parts: ["很差", "较差", "一般", "较好", "很好"]
            .map(str::to_owned)
            .to_vec(),
        lines: vec![
            line("全部", &[20, 70, 90, 50, 1]),
            line("没有人答的一栋楼", &[0, 0, 0, 0, 0]),
        ],
        width_px: 480,
        ..plain.clone()
    };
    let empty = ShareBars {
        lines: Vec::new(),
        ..plain.clone()
    };
    vec![("plain", plain), ("five", five), ("empty", empty)]
}

/// Choices by how often they were given, by the name of the case.
pub(crate) fn ranks() -> Vec<(&'static str, RankedBars)> {
    let bar = |label: &str, count: i64| (label.to_owned(), Mark::new(count, format!("{count} 户")));
    let plain = RankedBars {
        caption: caption("最希望改什么（最多选5项）", "第一轮 摸底调查"),
        width_px: 760,
        bars: vec![
            bar("修道路", 120),
            bar("增加停车位", 154),
            bar("养老托育服务", 0),
            bar(
                "自行车棚和充电处，要有雨棚、灯、灭火器，离一楼的窗户远一点",
                7,
            ),
        ],
        whole: 231,
        note: "样本 231 份，未答 4 份".to_owned(),
    };
    let empty = RankedBars {
        bars: Vec::new(),
        ..plain.clone()
    };
    vec![("plain", plain), ("empty", empty)]
}

/// Grouped bars by the name of the case.
pub(crate) fn bars() -> Vec<(&'static str, GroupedBars)> {
    let demolished = GroupedBars {
        caption: caption("附属用房与车棚：现状与方案", "按种类"),
        width_px: 760,
        parts: vec![
            bar("小配房", "间", [Some(55), Some(0), Some(0)]),
            bar("违章建筑", "间", [Some(30), Some(0), Some(2)]),
            bar("大排房", "间", [Some(22), Some(0), Some(0)]),
            bar("老旧集体车棚", "个", [Some(3), Some(0), Some(0)]),
        ],
        series: None,
    };
    let pipes = GroupedBars {
        caption: caption("各类管网长度", ""),
        width_px: 760,
        parts: vec![
            bar("污水", "m", [Some(860), Some(1_240), None]),
            bar("雨水", "m", [Some(0), Some(780), None]),
            bar("供水", "m", [Some(1_020), Some(1_020), None]),
            bar("架空弱电线入地", "m", [None, Some(640), None]),
        ],
        series: None,
    };
    let extreme = GroupedBars {
        caption: Caption {
            title: LONG.repeat(3),
            subtitle: LONG.into(),
            source: LONG.repeat(4),
            ..caption("", "")
        },
        width_px: 480,
        parts: vec![
            bar(
                LONG,
                "平方米（建筑面积）",
                [Some(9_999_999_999), Some(1), Some(-5)],
            ),
            bar(
                "<脚本> & \"引号\" '单'",
                "间",
                [Some(7_000_000_000), None, None],
            ),
            bar("", "", [None, None, None]),
            bar(
                "无空格的极长英文名称ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
                "m",
                [Some(1), Some(2), Some(3)],
            ),
        ],
        series: None,
    };
    let empty = GroupedBars {
        parts: Vec::new(),
        ..demolished.clone()
    };
    vec![
        ("demolished", demolished),
        ("pipes", pipes),
        ("extreme", extreme),
        ("empty", empty),
    ]
}

/// One-page plans by the name of the case.
pub(crate) fn papers() -> Vec<(&'static str, OnePager)> {
    let empty = OnePager {
        generated_at: noon(),
        ..OnePager::default()
    };
    vec![
        ("plain", plain_paper()),
        ("empty", empty),
        ("extreme", extreme_paper()),
    ]
}

pub(super) const LONG: &str = "七一路街道文明社区五交化公司与邦杰公司及其他单位共有产权的老旧家属院综合整治提升改造（含雨污分流、拆违腾地）";

fn noon() -> DateTime<FixedOffset> {
    DateTime::parse_from_rfc3339("2021-03-18T12:05:00+08:00").expect("a valid time")
}

pub(super) fn caption(title: &str, subtitle: &str) -> Caption {
    Caption {
        title: title.into(),
        subtitle: subtitle.into(),
        source: "五交化家属院摸底台账".into(),
        surveyed_on: "2021-03-15".into(),
        sample: true,
    }
}

pub(super) fn mark(value: i64, unit: &str) -> Mark {
    let digits = value.unsigned_abs().to_string();
    let mut text = String::from(if value < 0 { "−" } else { "" });
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    Mark::new(
        value,
        if unit.is_empty() {
            text
        } else {
            format!("{text} {unit}")
        },
    )
}

pub(super) fn bar(label: &str, unit: &str, [before, after, as_built]: [Option<i64>; 3]) -> BarPart {
    let mark = |value: Option<i64>| value.map(|value| mark(value, unit));
    BarPart {
        label: label.into(),
        before: mark(before),
        after: mark(after),
        as_built: mark(as_built),
    }
}

fn dot(label: &str, unit: &str, before: i64, after: i64, change: &str) -> DotRow {
    DotRow {
        label: label.into(),
        before: Some(mark(before, unit)),
        after: Some(mark(after, unit)),
        change: change.into(),
        ..DotRow::default()
    }
}

fn paired() -> PairedDots {
    PairedDots {
        caption: caption("五交化家属院改造前后", "主要指标：现状与方案第2版"),
        width_px: 960,
        rows: vec![
            DotRow {
                as_built: Some(mark(116, "个")),
                ..dot("机动车停车位", "个", 60, 118, "+58 个")
            },
            DotRow {
                standard: Some(Mark::new(385, "标准 ≥385 ㎡")),
                ..dot("公共绿地面积", "㎡", 210, 420, "+210 ㎡")
            },
            dot("非机动车位", "位", 90, 260, "+170 位"),
            dot("充电位", "个", 0, 48, "+48 个"),
            DotRow {
                as_built: Some(mark(2, "间")),
                ..dot("附属用房与违章建筑", "间", 107, 0, "−107 间")
            },
            dot("健身器材", "件", 0, 12, "+12 件"),
            dot("自来水管", "m", 1_020, 1_020, "0"),
        ],
    }
}

fn extreme_dots() -> PairedDots {
    PairedDots {
        caption: Caption {
            title: LONG.repeat(3),
            subtitle: LONG.into(),
            source: LONG.repeat(4),
            ..caption("", "")
        },
        width_px: 480,
        rows: vec![
            DotRow {
                standard: Some(Mark::new(385, format!("标准 {LONG}"))),
                as_built: Some(Mark::new(12, LONG)),
                ..dot(
                    LONG,
                    "平方米（建筑面积）",
                    123_456_789_012,
                    0,
                    "−123,456,789,012 平方米",
                )
            },
            DotRow {
                before: None,
                ..dot("只有方案", "个", 0, 48, "")
            },
            DotRow {
                after: None,
                ..dot("只有现状", "个", 48, 0, "")
            },
            DotRow {
                before: None,
                after: None,
                ..dot("全都没有", "个", 0, 0, "")
            },
            dot("<b>&\"'都是普通字符", "个", 3, 4, "+1"),
            dot("负数也能画", "万元", -20, 35, "+55 万元"),
            dot("全为零", "个", 0, 0, "0"),
            DotRow {
                scale: Scale::Between {
                    low: 1_979,
                    high: 2_021,
                    low_text: "1979 年".into(),
                },
                ..dot("最近一次翻修年份", "年", 1_996, 2_021, "+25 年")
            },
            dot("缺字𬭎㐂䶮", "人", i64::MIN, i64::MAX, "很大"),
        ],
    }
}

fn work(items: &[(&str, &str, &str)]) -> Vec<WorkLine> {
    items
        .iter()
        .map(|(name, quantity, unit)| WorkLine {
            name: (*name).into(),
            quantity: (*quantity).into(),
            unit: (*unit).into(),
        })
        .collect()
}

fn indicator(
    group: &str,
    name: &str,
    unit: &str,
    before: &str,
    after: &str,
    change: &str,
) -> IndicatorLine {
    IndicatorLine {
        group: group.into(),
        name: name.into(),
        unit: unit.into(),
        before: Some(before.into()),
        after: Some(after.into()),
        change: Some(change.into()),
        surveyed_on: "2021-03-15".into(),
        ..IndicatorLine::default()
    }
}

pub(crate) fn plain_paper() -> OnePager {
    let some = |text: &str| Some(text.to_owned());
    let issue = |title: &str, remark: &str| IssueLine {
        title: title.into(),
        remark: remark.into(),
    };
    let fund = |source: &str, amount: &str| FundingLine {
        source: source.into(),
        amount: amount.into(),
    };
    OnePager {
        compound: "五交化家属院".into(),
        subdistrict: "七一路街道".into(),
        community: "文明社区".into(),
        plan: "方案第2版".into(),
        sample: true,
        figures: Figures {
            households: some("307 户"),
            people: some("1,100 人"),
            buildings: some("8 栋"),
            dwellings: some("307 套"),
            gross_floor_area: some("18,420 ㎡"),
            built: some("1979—2003 年"),
            land_area: some("12,600 ㎡"),
            work_units: some("五交化公司、邦杰公司等"),
        },
        issues: vec![
            issue("污水管网堵塞外溢", "126 户"),
            issue("附属房占道、消防车进不来", "98 户"),
            issue("车辆乱停", "91 户"),
            issue("路面、墙体破损", "74 户"),
            issue("无处健身休息", "52 户"),
        ],
        work: WorkByVerb {
            demolish: work(&[
                ("大排房", "22", "间"),
                ("小配房", "55", "间"),
                ("老旧集体车棚", "3", "个"),
                ("违章建筑", "30", "间"),
            ]),
            build: work(&[("自行车棚", "4", "座"), ("小广场", "180", "㎡")]),
            add: work(&[
                ("停车位", "58", "个"),
                ("充电位", "48", "个"),
                ("健身器材", "12", "件"),
                ("宣传栏", "6", "块"),
                ("路灯", "24", "盏"),
                ("监控", "16", "个"),
            ]),
            alter: work(&[("公共绿地", "420", "㎡"), ("雨污分流", "780", "m")]),
            repair: work(&[
                ("污水管网清淤疏通", "860", "m"),
                ("路面", "3,200", "㎡"),
                ("墙体", "1,450", "㎡"),
            ]),
        },
        money: Money {
            total: some("820.00 万元"),
            per_household: some("26,710 元/户"),
            per_area: some("445 元/㎡"),
            funding: vec![
                fund("中央补助", "410.00 万元"),
                fund("省级补助", "123.00 万元"),
                fund("区级配套", "205.00 万元"),
                fund("居民出资", "82.00 万元"),
            ],
        },
        schedule: Schedule {
            start: some("2021-04-10"),
            end: some("2021-08-08"),
            duration: some("120 天"),
        },
        responsible: Responsible {
            organisation: some("文明社区居民委员会"),
            person: some("（示例）"),
        },
        indicators: vec![
            IndicatorLine {
                as_built: some("116"),
                ..indicator("停", "机动车停车位", "个", "60", "118", "+58")
            },
            indicator("停", "车位户比", "个/户", "0.20", "0.38", "+0.18"),
            indicator("停", "非机动车位", "位", "90", "260", "+170"),
            indicator("停", "充电位", "个", "0", "48", "+48"),
            IndicatorLine {
                standard: some("≥385"),
                ..indicator("绿", "公共绿地面积", "㎡", "210", "420", "+210")
            },
            IndicatorLine {
                as_built: some("2"),
                ..indicator("拆", "附属用房与违章建筑", "间", "107", "0", "−107")
            },
            indicator("设", "健身器材", "件", "0", "12", "+12"),
            indicator("管", "雨水管", "m", "0", "780", "+780"),
        ],
        chart: Some(paired()),
        data_as_of: "2021-03-15".into(),
        ledger_version: "第 128 笔".into(),
        generated_at: noon(),
    }
}

/// Everything too long, too many, or in characters that no shipped font holds.
pub(crate) fn extreme_paper() -> OnePager {
    let long = || Some(LONG.repeat(3));
    let thirty = || -> Vec<WorkLine> {
        (1..=30)
            .map(|n| WorkLine {
                name: format!("{n}号{LONG}"),
                quantity: "123,456,789.01".into(),
                unit: "平方米".into(),
            })
            .collect()
    };
    let mut paper = OnePager {
        compound: format!("𬭎㐂䶮{LONG}"),
        subdistrict: LONG.into(),
        community: LONG.into(),
        plan: LONG.into(),
        figures: Figures {
            households: Some("1,234,567,890,123 户".into()),
            people: long(),
            buildings: Some("8\n栋\t".into()),
            dwellings: Some(String::new()),
            gross_floor_area: Some("123,456,789.01 ㎡（含地下室与阁楼）".into()),
            built: long(),
            land_area: None,
            work_units: long(),
        },
        issues: (0..30)
            .map(|n| IssueLine {
                title: format!("{LONG}{n}"),
                remark: LONG.into(),
            })
            .collect(),
        work: WorkByVerb {
            demolish: thirty(),
            build: thirty(),
            add: thirty(),
            alter: thirty(),
            repair: thirty(),
        },
        money: Money {
            total: Some("123,456,789,012,345.67 万元".into()),
            per_household: long(),
            per_area: Some("W".repeat(300)),
            funding: (0..30)
                .map(|_| FundingLine {
                    source: LONG.into(),
                    amount: LONG.into(),
                })
                .collect(),
        },
        schedule: Schedule {
            start: long(),
            end: long(),
            duration: long(),
        },
        responsible: Responsible {
            organisation: long(),
            person: Some("𬭎".into()),
        },
        chart: Some(extreme_dots()),
        data_as_of: LONG.into(),
        ledger_version: LONG.into(),
        ..plain_paper()
    };
    let wide = |n: usize| IndicatorLine {
        group: LONG.into(),
        name: format!("{LONG}{n}"),
        unit: LONG.into(),
        before: long(),
        after: long(),
        change: long(),
        as_built: long(),
        standard: long(),
        surveyed_on: LONG.into(),
    };
    paper.indicators = (0..30).map(wide).collect();
    paper
}
