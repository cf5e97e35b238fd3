//! D5 改造方案公示: the plan for the notice board, after GB/T 9704.

use jiugai_domain::KindCode;
use jiugai_domain::kinds::choices::WORK_CLASS;
use jiugai_report::documents::{Document, Notice, NoticeBlock, RosterColumn, RosterRow};
use jiugai_storage::records;

use super::{Shown, dash, option};
use crate::comparison::{chosen_plan, items_of};
use crate::plan::{quantity, total_fen, wan_yuan};
use crate::report::Gathered;
use crate::text::{key, long_date};
use crate::wire::{ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

impl Session {
    pub(in crate::report) fn gather_proposal(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let chosen = chosen_plan(conn, compound, request.plan.as_deref())?;
        let plan = Shown::all(conn, KindCode::Plan, compound)?
            .into_iter()
            .find(|plan| Some(plan.row.id) == chosen);
        let items: Vec<Shown> = match chosen {
            Some(plan) => items_of(conn, compound, plan)?
                .into_iter()
                .map(|row| Shown::of(KindCode::WorkItem, row))
                .collect(),
            None => Vec::new(),
        };
        let funds: Vec<Shown> = Shown::all(conn, KindCode::Fund, compound)?
            .into_iter()
            .filter(|fund| fund.fields().value("plan").as_id() == chosen)
            .collect();
        let counts = crate::assets::counts_of(conn, compound)?;
        let record =
            records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let desk = record.value("desk").as_text().unwrap_or("").to_owned();
        let imprint = self.imprint(compound)?;
        let of_plan = |code: &str| {
            plan.as_ref()
                .map_or_else(String::new, |plan| plan.text(code).to_owned())
        };
        let day = |code: &str| {
            plan.as_ref().map_or_else(String::new, |plan| {
                long_date(Some(plan.fields().text(code)))
            })
        };
        let (from, to) = (day("noticeFrom"), day("noticeTo"));

        let mut about = format!("{}共有", imprint.compound);
        about += &[
            (counts.buildings, "栋楼"),
            (counts.households, "户"),
            (counts.people, "人"),
        ]
        .iter()
        .map(|(count, unit)| match count {
            0 => format!("＿＿＿{unit}"),
            count => format!("{count}{unit}"),
        })
        .collect::<Vec<_>>()
        .join("、");
        if let Some(area) = counts.gross_floor_area_dm2 {
            about += &format!(
                "，建筑面积 {} ㎡",
                jiugai_domain::fixed::format_grouped(area, 2)
            );
        }
        about += "。";
        let years = [record.value("builtFrom"), record.value("builtTo")]
            .map(jiugai_domain::Value::as_integer);
        if let [Some(first), Some(last)] = years {
            about += &format!("房屋建于 {first} 年至 {last} 年。");
        }
        let total = total_fen(
            &items
                .iter()
                .map(|item| item.row.clone())
                .collect::<Vec<_>>(),
        );
        let mut money = match total {
            Some(fen) => format!("方案估算 {} 万元。", wan_yuan(fen)),
            None => "方案还没有估算。".to_owned(),
        };
        let sources = sources(&funds);
        if !sources.is_empty() {
            money += &format!("资金来源：{}。", sources.join("；"));
        } else if !of_plan("funding").is_empty() {
            money += &format!("资金来源：{}。", of_plan("funding"));
        }
        let residents: i64 = funds
            .iter()
            .filter(|fund| fund.fields().text("source") == "residents")
            .filter_map(|fund| fund.fields().integer("planned"))
            .sum();
        money += &match (residents, of_plan("contribution").as_str()) {
            (0, "") => String::new(),
            (0, way) => format!("居民出资：{way}。"),
            (fen, "") => format!("其中居民出资 {} 万元。", wan_yuan(fen)),
            (fen, way) => format!("其中居民出资 {} 万元，{way}。", wan_yuan(fen)),
        };
        let time = match (day("startOn").as_str(), day("endOn").as_str()) {
            ("", "") => "开工和完工日期确定后另行公布。".to_owned(),
            (start, "") => format!("计划 {start}开工。"),
            ("", end) => format!("计划 {end}完工。"),
            (start, end) => format!("计划{start}开工，{end}完工。"),
        };
        let period = match (from.as_str(), to.as_str()) {
            (from, to) if !from.is_empty() && !to.is_empty() => {
                format!("公示时间：{from}至{to}。")
            }
            _ => "公示时间：自张贴之日起，到下面写明的截止日期。".to_owned(),
        };
        let mut blocks = vec![
            NoticeBlock::paragraph(format!(
                "为改善居住条件，{}改造方案已经编制完成，现予公示，请各位业主和住户提出意见。",
                imprint.compound
            )),
            NoticeBlock::heading("一、改造依据"),
            NoticeBlock::paragraph(
                "《国务院办公厅关于全面推进城镇老旧小区改造工作的指导意见》（国办发〔2020〕23号）和当地的年度改造计划。",
            ),
            NoticeBlock::heading("二、小区概况"),
            NoticeBlock::paragraph(about),
            NoticeBlock::heading("三、改造内容"),
            NoticeBlock::paragraph(format!("本方案共{}项，见下表。", items.len())),
        ];
        blocks.push(table(&items));
        if request.variant.as_deref() == Some(WITH_PLAN) {
            blocks.push(NoticeBlock::Room {
                text: "平面示意图贴在这里".to_owned(),
                height_mm: 120,
            });
        }
        blocks.extend([
            NoticeBlock::heading("四、投资与资金来源"),
            NoticeBlock::paragraph(money),
            NoticeBlock::heading("五、工期"),
            NoticeBlock::paragraph(time),
            NoticeBlock::heading("六、怎样提意见"),
            NoticeBlock::paragraph(period),
            NoticeBlock::paragraph(
                "可以当面说、打电话，也可以写下来交到社区。每条意见都登记，采纳不采纳都答复理由。本公示征求的是意见；依法应当由业主共同决定的事项，另行表决。",
            ),
            NoticeBlock::Blanks {
                fields: vec![
                    ("收意见的地点、电话".to_owned(), desk.clone()),
                    ("意见截止日期".to_owned(), to.clone()),
                ],
            },
        ]);
        let signers: Vec<String> = [imprint.subdistrict.clone(), imprint.community.clone()]
            .into_iter()
            .filter(|name| !name.is_empty())
            .collect();
        let mut warnings = Vec::new();
        if plan.is_none() {
            warnings.push("这个小区还没有改造方案，公示里没有内容。".to_owned());
        }
        if from.is_empty() || to.is_empty() {
            warnings.push("方案里还没有填公示开始和结束日期，截止日期要手写。".to_owned());
        }
        if desk.is_empty() {
            warnings.push("小区概况里还没有填收意见的地点、电话，公示上要手写。".to_owned());
        }
        if signers.is_empty() {
            warnings.push("小区概况里还没有填街道和社区，落款要手写。".to_owned());
        }
        let title = format!("{}改造方案公示", imprint.compound);
        let parameter = self.plan_parameter(compound, chosen)?;
        let notice = Notice {
            imprint,
            title,
            addressee: "各位业主、住户：".to_owned(),
            blocks,
            signers,
            date: from,
        };
        let document = match request.variant.as_deref() {
            Some(ARCHIVE) => {
                let archive = archive(&notice);
                Document::Letters(vec![notice, archive])
            }
            _ => Document::Notice(Box::new(notice)),
        };
        Ok(Gathered {
            document,
            warnings,
            parameters: vec![
                parameter,
                super::parameter(
                    ReportParameterCode::Variant,
                    "附上",
                    request.variant.as_deref().unwrap_or(""),
                    vec![
                        option("", "只有文字和表"),
                        option(WITH_PLAN, "贴平面示意图的地方"),
                        option(ARCHIVE, "贴公示照片的地方（存档用）"),
                    ],
                ),
            ],
        })
    }
}

/// 公示照片存档: a sheet of its own, that stays in the office.
fn archive(notice: &Notice) -> Notice {
    let room = |words: &str| NoticeBlock::Room {
        text: words.to_owned(),
        height_mm: 75,
    };
    Notice {
        imprint: notice.imprint.clone(),
        title: "公示照片存档".to_owned(),
        blocks: vec![
            room("近景照片（看得清内容）贴在这里"),
            room("远景照片（看得出张贴地点）贴在这里"),
            NoticeBlock::blanks(&[("张贴地点", ""), ("张贴日期", ""), ("拍摄人", "")]),
        ],
        ..Notice::default()
    }
}

/// The choice of a place for the drawing of the plan.
const WITH_PLAN: &str = "plan";
/// The choice of places for photos of the notice on its board.
const ARCHIVE: &str = "archive";

/// The funds of a plan, one text for each source with its sum, the largest first.
fn sources(funds: &[Shown]) -> Vec<String> {
    let mut sums: Vec<(&str, i64)> = Vec::new();
    for fund in funds {
        let planned = fund.fields().integer("planned").unwrap_or(0);
        let source = fund.text("source");
        match sums.iter_mut().find(|(known, _)| *known == source) {
            Some((_, sum)) => *sum += planned,
            None => sums.push((source, planned)),
        }
    }
    sums.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
    sums.iter()
        .map(|(source, fen)| format!("{source} {} 万元", wan_yuan(*fen)))
        .collect()
}

fn table(items: &[Shown]) -> NoticeBlock {
    let order = |item: &Shown| {
        let class = item.fields().text("class");
        WORK_CLASS
            .iter()
            .position(|choice| choice.code == class)
            .unwrap_or(WORK_CLASS.len())
    };
    let mut sorted: Vec<&Shown> = items.iter().collect();
    sorted.sort_by_key(|item| order(item));
    let told = sorted
        .iter()
        .any(|item| item.fields().integer("quantityBefore").is_some());
    let rows = sorted.iter().map(|item| {
        let amount = |code: &str| {
            let unit = item.text("measure");
            let value = item.fields().integer(code).map(quantity);
            value.map_or_else(
                || dash(""),
                |value| format!("{value} {unit}").trim().to_owned(),
            )
        };
        let mut cells = vec![
            dash(item.text("class")),
            item.text("name").to_owned(),
            dash(item.text("place")),
            amount("quantity"),
        ];
        if told {
            cells.insert(3, amount("quantityBefore"));
        }
        RosterRow::plain(cells)
    });
    let mut columns = vec![
        RosterColumn::center("类别", 22),
        RosterColumn::left("项目", 56),
        RosterColumn::left("地点", 34),
        RosterColumn::right("工程量", 24),
    ];
    if told {
        columns.insert(3, RosterColumn::right("现状", 22));
    }
    NoticeBlock::Table {
        columns,
        rows: rows.collect(),
    }
}
