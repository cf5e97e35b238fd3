//! D20 汇总表: every compound of the ledger with the statistics S01 to S15.

use chrono::Datelike;
use jiugai_domain::fixed::format_grouped;
use jiugai_domain::statistic::{STATISTICS, Statistic, Status};
use jiugai_report::documents::{
    Document, Imprint, Roster, RosterColumn, RosterPart, RosterRow, Sheet,
};

use super::{dash, foot};
use crate::forms::value::{Known, load};
use crate::plan::wan_yuan;
use crate::report::Gathered;
use crate::text::key;
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

/// The statistics in columns: code, what stands over it and its neighbours, head, width.
const COLUMNS: &[(&str, &str, &str, u16)] = &[
    ("S01Planned", "S01 小区（个）", "计划", 12),
    ("S01Started", "S01 小区（个）", "开工", 12),
    ("S01Completed", "S01 小区（个）", "完工", 12),
    ("S02Planned", "S02 户数（户）", "计划", 14),
    ("S02Started", "S02 户数（户）", "开工", 14),
    ("S02Completed", "S02 户数（户）", "完工", 14),
    ("S03", "", "S03 楼栋（栋）", 12),
    ("S04", "", "S04 建筑面积（㎡）", 27),
    ("S05", "", "S05 完成投资（万元）", 18),
    ("S06Planned", "S06 管线（m）", "计划", 17),
    ("S06Completed", "S06 管线（m）", "完成", 17),
    ("S07Planned", "S07 加装电梯（部）", "计划", 12),
    ("S07Completed", "S07 加装电梯（部）", "完成", 12),
    ("S08Planned", "S08 节能改造（㎡）", "计划", 19),
    ("S08Completed", "S08 节能改造（㎡）", "完成", 19),
    ("S09Planned", "S09 停车位（个）", "计划", 12),
    ("S09Completed", "S09 停车位（个）", "完成", 12),
    ("S10Planned", "S10 汽车充电桩（个）", "计划", 12),
    ("S10Completed", "S10 汽车充电桩（个）", "完成", 12),
    ("S11Planned", "S11 电动自行车充电桩（个）", "计划", 12),
    ("S11Completed", "S11 电动自行车充电桩（个）", "完成", 12),
    ("S12", "", "S12 服务设施（个）", 13),
    ("S13Planned", "S13 文体场地（㎡）", "计划", 17),
    ("S13Completed", "S13 文体场地（㎡）", "完成", 17),
    ("S14Planned", "S14 口袋公园（个）", "计划", 12),
    ("S14Completed", "S14 口袋公园（个）", "完成", 12),
];

impl Session {
    pub(in crate::report) fn gather_overall(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let year = self.now().year();
        let known = load(self.connection()?, None, year)?;
        let statuses: Vec<Status<'_>> = known.iter().map(Known::status).collect();
        let told = |code: &str, some: &[Status<'_>]| {
            Statistic::from_code(code).map_or_else(|| dash(""), |one| shown(one, some))
        };
        let mut rows: Vec<RosterRow> = known
            .iter()
            .zip(&statuses)
            .enumerate()
            .map(|(at, (one, status))| {
                let mut cells = vec![
                    (at + 1).to_string(),
                    one.name.clone(),
                    dash(&one.text("stage")),
                ];
                let some = std::slice::from_ref(status);
                cells.extend(COLUMNS.iter().map(|(code, ..)| told(code, some)));
                cells.push(one.text("responsible"));
                RosterRow::plain(cells)
            })
            .collect();
        if !known.is_empty() {
            let mut cells = vec![String::new(), "合计".to_owned(), String::new()];
            cells.extend(COLUMNS.iter().map(|(code, ..)| told(code, &statuses)));
            cells.push(String::new());
            rows.push(RosterRow::total(cells));
        }
        let own = self.imprint(key(&request.compound)?)?;
        let roster = Roster {
            imprint: Imprint {
                community: String::new(),
                compound: String::new(),
                data_as_of: jiugai_domain::date::format_long(self.now().date_naive()),
                ..own
            },
            sheet: Sheet::A3Lying,
            title: "老旧小区改造汇总表".to_owned(),
            facts: vec![
                ("统计年度".to_owned(), format!("{year} 年")),
                ("小区".to_owned(), format!("{} 个", known.len())),
                ("S15 开工率（按小区数）".to_owned(), told("S15Compounds", &statuses)),
                ("S15 开工率（按户数）".to_owned(), told("S15Households", &statuses)),
            ],
            columns: columns(),
            row_mm: 10,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes: vec![
                "“—”是台账里还没有记或者算不出，不等于 0；有一个小区算不出的，合计也不写。".to_owned(),
                "计划＝最新一版方案的全部内容；完成＝方案里填了完成日期的内容。完成投资是今年完成内容的估算合计。"
                    .to_owned(),
            ],
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        let mut warnings = Vec::new();
        let untold: Vec<&str> = STATISTICS
            .iter()
            .filter(|one| one.of(&statuses).is_err())
            .map(|one| one.label)
            .collect();
        if !untold.is_empty() {
            warnings.push(format!("合计里算不出的有：{}。", untold.join("、")));
        }
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: Vec::new(),
        })
    }
}

fn columns() -> Vec<RosterColumn> {
    let mut columns = vec![
        RosterColumn::center("序号", 11),
        RosterColumn::left("小区", 32),
        RosterColumn::center("推进阶段", 25),
    ];
    columns.extend(
        COLUMNS
            .iter()
            .map(|(_, group, head, width)| RosterColumn::right(head, *width).under(group)),
    );
    columns.push(RosterColumn::center("责任人", 24));
    columns
}

/// A statistic of these compounds in the unit of its column; a dash when it cannot be told.
fn shown(statistic: &Statistic, some: &[Status<'_>]) -> String {
    let Ok(value) = statistic.of(some) else {
        return dash("");
    };
    match statistic.unit_code {
        "dm2" => format_grouped(value, 2),
        "mm" => format_grouped((value + 5) / 10, 2),
        "fen" => wan_yuan(value),
        "bp" => format!("{} %", format_grouped(value, 2)),
        _ => format_grouped(value, 0),
    }
}
