//! D7 改造清单: the work items of a plan by class, with money and what residents say.

use std::collections::HashMap;

use jiugai_domain::fixed::format_grouped;
use jiugai_domain::kinds::choices::WORK_CLASS;
use jiugai_domain::{KindCode, RecordId};
use jiugai_report::documents::{Document, Roster, RosterColumn, RosterPart, RosterRow, Sheet};

use super::{Shown, dash, foot};
use crate::comparison::{chosen_plan, items_of};
use crate::plan::load::key_of;
use crate::plan::{estimate_fen, quantity, wan_yuan};
use crate::report::Gathered;
use crate::text::key;
use crate::wire::ReportRequest;
use crate::{ApiError, Session};

/// Column of the sum.
const SUM: usize = 9;
const COLUMNS: usize = 14;

impl Session {
    pub(in crate::report) fn gather_works(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let plan = chosen_plan(conn, compound, request.plan.as_deref())?;
        let items: Vec<Shown> = match plan {
            Some(plan) => items_of(conn, compound, plan)?
                .into_iter()
                .map(|row| Shown::of(KindCode::WorkItem, row))
                .collect(),
            None => Vec::new(),
        };
        let wishes = Shown::all(conn, KindCode::Wish, compound)?;
        let problems = Shown::all(conn, KindCode::Problem, compound)?;
        let mut funds = Shown::all(conn, KindCode::Fund, compound)?;
        funds.retain(|fund| fund.fields().value("plan").as_id() == plan);
        let home = home(&items, &Shown::all(conn, KindCode::WorkItem, compound)?);
        let parameter = self.plan_parameter(compound, plan)?;
        let plan_name = parameter
            .options
            .iter()
            .find(|option| option.value == parameter.value)
            .map_or_else(String::new, |option| option.label.clone());

        let plans = Shown::all(conn, KindCode::Plan, compound)?;
        let funding = plans
            .iter()
            .find(|one| Some(one.row.id) == plan)
            .map_or_else(String::new, |one| one.text("funding").to_owned());

        let mut rows = Vec::new();
        let mut number = 0;
        for (class, label) in classes() {
            let some: Vec<&Shown> = items
                .iter()
                .filter(|item| item.fields().text("class") == class)
                .collect();
            if some.is_empty() {
                continue;
            }
            rows.push(RosterRow::heading(format!("{label}（{} 项）", some.len())));
            for item in &some {
                number += 1;
                rows.push(RosterRow::plain(line(
                    item, number, &home, &wishes, &problems, &funds,
                )));
            }
            rows.push(total(&format!("{label}小计"), &some));
        }
        if !items.is_empty() {
            rows.push(total("合计", &items.iter().collect::<Vec<_>>()));
        }
        let sum: i64 = items
            .iter()
            .filter_map(|item| estimate_fen(&item.row))
            .sum();
        let unpriced = items
            .iter()
            .filter(|item| estimate_fen(&item.row).is_none())
            .count();
        let mut warnings = Vec::new();
        if plan.is_none() {
            warnings.push("这个小区还没有改造方案，清单是空的。".to_owned());
        }
        if unpriced > 0 {
            warnings.push(format!(
                "有 {unpriced} 项没有估算，也没有单价，合计里没有它们。"
            ));
        }
        let mut notes = vec![
            "居民支持率＝要÷（要＋不要），按走访记下的诉求计算，是居民意愿，不是业主表决。"
                .to_owned(),
        ];
        if unpriced > 0 {
            notes.push(format!("有 {unpriced} 项未估算，未计入小计和合计。"));
        }
        let roster = Roster {
            imprint: self.imprint(compound)?,
            sheet: Sheet::A3Lying,
            title: "改造清单".to_owned(),
            facts: vec![
                ("方案".to_owned(), plan_name),
                ("资金来源".to_owned(), dash(&funding)),
                ("项目".to_owned(), format!("{} 项", items.len())),
                ("估算".to_owned(), format!("{} 万元", wan_yuan(sum))),
            ],
            columns: columns(),
            row_mm: 9,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes,
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![parameter],
        })
    }
}

fn columns() -> Vec<RosterColumn> {
    vec![
        RosterColumn::center("序号", 11),
        RosterColumn::left("项目", 42),
        RosterColumn::left("位置", 32),
        RosterColumn::left("现状问题", 44),
        RosterColumn::center("措施", 12),
        RosterColumn::center("单位", 12),
        RosterColumn::right("现状数量", 20),
        RosterColumn::right("数量", 20),
        RosterColumn::right("单价（元）", 24),
        RosterColumn::right("合计（元）", 30),
        RosterColumn::left("资金来源", 34),
        RosterColumn::left("责任单位", 34),
        RosterColumn::center("居民支持率", 34),
        RosterColumn::left("备注", 34),
    ]
}

/// The classes in their order, and the items without one.
fn classes() -> impl Iterator<Item = (&'static str, &'static str)> {
    WORK_CLASS
        .iter()
        .map(|choice| (choice.code, choice.label))
        .chain([("", "未分类")])
}

fn line(
    item: &Shown,
    number: usize,
    home: &Home,
    wishes: &[Shown],
    problems: &[Shown],
    funds: &[Shown],
) -> Vec<String> {
    let fields = item.fields();
    let amount = |code: &str| fields.integer(code).map_or_else(String::new, quantity);
    vec![
        number.to_string(),
        item.text("name").to_owned(),
        item.text("place").to_owned(),
        joined(home, problems, "name", item.row.id),
        item.text("verb").to_owned(),
        item.text("measure").to_owned(),
        dash(&amount("quantityBefore")),
        dash(&amount("quantity")),
        fields
            .integer("unitPrice")
            .map_or_else(|| dash(""), |fen| format_grouped(fen, 2)),
        estimate_fen(&item.row).map_or_else(|| dash(""), |fen| format_grouped(fen, 2)),
        joined(home, funds, "source", item.row.id),
        item.text("responsible").to_owned(),
        support(home, wishes, item.row.id),
        item.text("remark").to_owned(),
    ]
}

/// For each work item of any version, the item of this one that is the same work.
pub(super) type Home = HashMap<RecordId, RecordId>;

/// What was said of the same work in another version holds for this one as well.
pub(super) fn home(items: &[Shown], every: &[Shown]) -> Home {
    let here: HashMap<String, RecordId> = items
        .iter()
        .map(|item| (key_of(&item.row), item.row.id))
        .collect();
    every
        .iter()
        .filter_map(|item| Some((item.row.id, *here.get(&key_of(&item.row))?)))
        .collect()
}

fn of_item(home: &Home, record: &Shown, item: RecordId) -> bool {
    let linked = record.fields().value("workItem").as_id();
    linked.and_then(|linked| home.get(&linked)) == Some(&item)
}

/// The texts of the records that belong to an item, each once, in an order that does not depend on keys.
fn joined(home: &Home, records: &[Shown], code: &str, item: RecordId) -> String {
    let mut texts: Vec<&str> = Vec::new();
    for record in records.iter().filter(|record| of_item(home, record, item)) {
        let text = record.text(code);
        if !text.is_empty() && !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts.sort_unstable();
    texts.join("、")
}

/// 居民支持率: of those who want it or do not.
fn support(home: &Home, wishes: &[Shown], item: RecordId) -> String {
    let count = |attitude: &str| {
        let mut some = 0_i64;
        for wish in wishes.iter().filter(|wish| of_item(home, wish, item)) {
            some += i64::from(wish.fields().text("attitude") == attitude);
        }
        some
    };
    let (want, against) = (count("want"), count("against"));
    jiugai_domain::fixed::ratio(Some(want), Some(want + against), 1_000).map_or_else(
        || dash(""),
        |share| format!("{}%（{want}/{}）", format_grouped(share, 1), want + against),
    )
}

fn total(label: &str, items: &[&Shown]) -> RosterRow {
    let mut cells = vec![String::new(); COLUMNS];
    label.clone_into(&mut cells[1]);
    let sum = items
        .iter()
        .filter_map(|item| estimate_fen(&item.row))
        .reduce(|sum, fen| sum + fen);
    cells[SUM] = sum.map_or_else(|| dash(""), |fen| format_grouped(fen, 2));
    RosterRow::total(cells)
}
