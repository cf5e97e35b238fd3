//! Charts of what a plan changes: step by step, as slopes, and its money.

use jiugai_report::charts::{GroupedBars, Mark, Slope, SlopeLine, Waterfall, WaterfallStep};

use super::figures::{LONG, bar, caption, mark};

fn change(value: i64, unit: &str) -> Mark {
    let plain = mark(value, unit);
    let sign = if value > 0 { "+" } else { "" };
    Mark::new(value, format!("{sign}{}", plain.text))
}

fn step(label: &str, value: i64, unit: &str) -> WaterfallStep {
    WaterfallStep {
        label: label.into(),
        change: change(value, unit),
    }
}

/// Waterfalls by the name of the case.
pub(crate) fn waterfalls() -> Vec<(&'static str, Waterfall)> {
    let parking = Waterfall {
        caption: caption("机动车位：从改造前到方案", "方案一（第 1 版）"),
        width_px: 960,
        before: mark(60, "位"),
        steps: vec![
            step("拆除 南门外车位", -8, "位"),
            step("拆大排房后划线车位", 24, "位"),
            step("东院车位重新划线", 36, "位"),
        ],
        after: mark(112, "位"),
        standard: None,
        note: String::new(),
    };
    let green = Waterfall {
        caption: caption("绿地面积：从改造前到方案", ""),
        standard: Some(mark(385, "㎡（每人 0.35 ㎡）")),
        before: mark(210, "㎡"),
        steps: vec![
            step("东院车位占用", -40, "㎡"),
            step("新建口袋公园", 180, "㎡"),
            step("补种", 0, "㎡"),
        ],
        after: mark(350, "㎡"),
        ..parking.clone()
    };
    let extreme = Waterfall {
        caption: caption(&LONG.repeat(2), LONG),
        width_px: 480,
        before: mark(5, "位"),
        steps: vec![
            step(LONG, -9, "平方米（建筑面积）"),
            step("", 9_999_999, "位"),
            step("<脚本>", 1, ""),
        ],
        after: mark(9_999_996, "位"),
        standard: Some(mark(1, LONG)),
        note: LONG.into(),
    };
    let empty = Waterfall {
        caption: caption("没有车位", ""),
        ..Waterfall::default()
    };
    vec![
        ("parking", parking),
        ("green", green),
        ("extreme", extreme),
        ("empty", empty),
    ]
}

/// Slopes by the name of the case.
pub(crate) fn slopes() -> Vec<(&'static str, Slope)> {
    let line = |label: &str, before, after, unit: &str| SlopeLine {
        label: label.into(),
        before: mark(before, unit),
        after: mark(after, unit),
    };
    let places = Slope {
        caption: caption("车位与停放位变化", "方案一（第 1 版）"),
        width_px: 960,
        lines: vec![
            line("机动车位", 60, 112, "位"),
            line("非机动车位", 90, 240, "位"),
            line("电动车充电位", 0, 60, "位"),
            line("无障碍车位", 0, 2, "位"),
        ],
    };
    let extreme = Slope {
        caption: caption(LONG, ""),
        width_px: 480,
        lines: (0..9)
            .map(|at| line(LONG, at % 2, 1_000_000_000 + at, "平方米"))
            .collect(),
    };
    let empty = Slope {
        lines: Vec::new(),
        ..places.clone()
    };
    vec![("places", places), ("extreme", extreme), ("empty", empty)]
}

/// Money by source.
pub(crate) fn money() -> Vec<(&'static str, GroupedBars)> {
    let sources = GroupedBars {
        caption: caption("资金按来源", "单位：万元"),
        width_px: 960,
        parts: vec![
            bar("中央补助", "万元", [Some(320), Some(200), Some(120)]),
            bar("市区财政", "万元", [Some(260), Some(0), Some(0)]),
            bar("居民出资", "万元", [Some(40), None, None]),
        ],
        series: Some(["计划", "到位", "支付"]),
    };
    vec![("sources", sources)]
}
