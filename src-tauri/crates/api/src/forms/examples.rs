//! The forms shipped as examples: made by `cargo run -p jiugai-exchange --example make_forms`.

use crate::wire::FormBinding;

/// A form shipped with the product.
pub(super) struct Example {
    pub(super) code: &'static str,
    pub(super) name: &'static str,
    pub(super) note: &'static str,
    pub(super) bytes: &'static [u8],
    json: &'static str,
}

/// Every example.
pub(super) const ALL: [Example; 3] = [
    Example {
        code: "overview",
        name: "老旧小区基本情况表（示例）",
        note: "一个小区一张，改造前后对照",
        bytes: include_bytes!("../../data/forms/overview.xlsx"),
        json: include_str!("../../data/forms/overview.json"),
    },
    Example {
        code: "monthly",
        name: "改造项目进度月报（示例）",
        note: "统计数，计划与完成对照",
        bytes: include_bytes!("../../data/forms/monthly.xlsx"),
        json: include_str!("../../data/forms/monthly.json"),
    },
    Example {
        code: "list",
        name: "小区明细汇总表（示例）",
        note: "一行一个小区，表底自动合计",
        bytes: include_bytes!("../../data/forms/list.xlsx"),
        json: include_str!("../../data/forms/list.json"),
    },
];

impl Example {
    pub(super) fn find(code: &str) -> Option<&'static Self> {
        static EXAMPLES: &[Example] = &ALL;
        EXAMPLES.iter().find(|example| example.code == code)
    }

    pub(super) fn bindings(&self) -> Vec<FormBinding> {
        serde_json::from_str(self.json).expect("shipped data, read by a test")
    }
}
