//! D15 倒排工期表 and D16 周报、月报: how far the works of a plan are on a day.

use chrono::{Datelike, Days, Months, NaiveDate};
use jiugai_domain::KindCode;
use jiugai_domain::fixed::ratio;
use jiugai_report::documents::{
    Document, Roster, RosterColumn, RosterPart, RosterRow, Sheet, Timeline, TimelineBar,
    TimelineMonth, TimelineRow, TimelineState,
};

use super::{Shown, dash, foot};
use crate::comparison::{chosen_plan, items_of};
use crate::plan::{estimate_fen, quantity, wan_yuan};
use crate::report::{Gathered, option, parameter};
use crate::text::{key, long_date};
use crate::wire::{ReportParameter, ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

/// The choice of the report of a month.
const MONTHLY: &str = "month";

/// The plan that is reported on and what belongs to it.
struct Works {
    plan: Option<Shown>,
    items: Vec<Shown>,
    funds: Vec<Shown>,
}

impl Works {
    fn day(shown: &Shown, code: &str) -> Option<NaiveDate> {
        NaiveDate::parse_from_str(shown.fields().text(code), "%Y-%m-%d").ok()
    }

    fn of_plan(&self, code: &str) -> Option<NaiveDate> {
        self.plan.as_ref().and_then(|plan| Self::day(plan, code))
    }
}

/// A day of a work item, that of the plan where it has none of its own.
struct Dates {
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    done: Option<NaiveDate>,
}

impl Dates {
    fn of(item: &Shown) -> Self {
        Self {
            start: Works::day(item, "startOn"),
            end: Works::day(item, "endOn"),
            done: Works::day(item, "completedOn"),
        }
    }

    fn state(&self, today: NaiveDate) -> TimelineState {
        match (self.done, self.start, self.end) {
            (Some(_), ..) => TimelineState::Done,
            (None, _, Some(end)) if end < today => TimelineState::Late,
            (None, Some(start), _) if start <= today => TimelineState::Doing,
            _ => TimelineState::Planned,
        }
    }

    /// State in words, with how many days too late.
    fn words(&self, today: NaiveDate) -> String {
        let late = |until: NaiveDate| {
            self.end
                .map(|end| (until - end).num_days())
                .filter(|days| *days > 0)
        };
        match self.state(today) {
            TimelineState::Done => match self.done.and_then(late) {
                Some(days) => format!("晚 {days} 天完成"),
                None => "已完成".to_owned(),
            },
            TimelineState::Late => {
                late(today).map_or_else(String::new, |days| format!("超期 {days} 天"))
            }
            TimelineState::Doing => "在施工".to_owned(),
            TimelineState::Planned if self.start.is_none() && self.end.is_none() => {
                "日期未定".to_owned()
            }
            TimelineState::Planned => "未开工".to_owned(),
        }
    }
}

impl Session {
    pub(in crate::report) fn gather_timeline(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let (works, plan) = self.works(request)?;
        let today = self.report_day(request);
        let dates: Vec<Dates> = works.items.iter().map(Dates::of).collect();
        let every = dates
            .iter()
            .flat_map(|one| [one.start, one.end, one.done])
            .chain([works.of_plan("startOn"), works.of_plan("endOn")])
            .flatten();
        let span = Span::of(every);
        let rows = works
            .items
            .iter()
            .zip(&dates)
            .enumerate()
            .map(|(at, (item, dates))| TimelineRow {
                cells: vec![
                    (at + 1).to_string(),
                    item.text("name").to_owned(),
                    item.text("responsible").to_owned(),
                    item.text("startOn").to_owned(),
                    item.text("endOn").to_owned(),
                    dates.words(today),
                ],
                bar: bar(dates, today, span.as_ref()),
            })
            .collect();
        let count = |state: TimelineState| {
            let some = dates.iter().filter(|one| one.state(today) == state);
            some.count()
        };
        let undated = dates
            .iter()
            .filter(|one| one.start.is_none() && one.end.is_none() && one.done.is_none())
            .count();
        let mut warnings = Vec::new();
        if works.items.is_empty() {
            warnings.push("这个小区还没有改造内容，表是空的。".to_owned());
        }
        if undated > 0 {
            warnings.push(format!(
                "有 {undated} 项没有填计划开工和完工日期，画不出横条。可以在改造内容里补上。"
            ));
        }
        let marks = [
            ("noticeFrom", "公示"),
            ("startOn", "开工"),
            ("endOn", "完工"),
        ]
        .into_iter()
        .filter_map(|(code, label)| {
            let at = span.as_ref()?.at(works.of_plan(code)?)?;
            Some((at, label.to_owned()))
        })
        .collect();
        let timeline = Timeline {
            imprint: self.imprint(key(&request.compound)?)?,
            title: "改造工程倒排工期表".to_owned(),
            facts: vec![
                ("项目".to_owned(), format!("{} 项", works.items.len())),
                ("已完成".to_owned(), format!("{} 项", count(TimelineState::Done))),
                ("在施工".to_owned(), format!("{} 项", count(TimelineState::Doing))),
                ("超期".to_owned(), format!("{} 项", count(TimelineState::Late))),
                ("截止".to_owned(), long_date(Some(&today.to_string()))),
            ],
            months: span.as_ref().map_or_else(Vec::new, Span::months),
            today: span.as_ref().and_then(|span| span.at(today)),
            marks,
            rows,
            notes: vec![
                "按计划开工、计划完工日期画；填了完成日期的算完成，过了计划完工日期还没有完成的算超期。"
                    .to_owned(),
            ],
            blanks: foot(),
        };
        Ok(Gathered {
            document: Document::Timeline(Box::new(timeline)),
            warnings,
            parameters: vec![plan, self.day_parameter(request)],
        })
    }

    pub(in crate::report) fn gather_progress(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let (works, plan) = self.works(request)?;
        let today = self.report_day(request);
        let variant = request.variant.as_deref().unwrap_or("");
        let monthly = variant == MONTHLY;
        let mut rows: Vec<RosterRow> = works
            .items
            .iter()
            .enumerate()
            .map(|(at, item)| RosterRow::plain(progress(at + 1, item, &works.funds, today)))
            .collect();
        let estimates = works
            .items
            .iter()
            .filter_map(|item| estimate_fen(&item.row));
        let paid = works
            .funds
            .iter()
            .filter_map(|fund| fund.fields().integer("paid"));
        let sum = |values: &mut dyn Iterator<Item = i64>| {
            let sum = values.reduce(|sum, one| sum + one);
            sum.map_or_else(|| dash(""), wan_yuan)
        };
        if !works.items.is_empty() {
            let mut cells = vec![String::new(); PROGRESS_COLUMNS];
            "合计".clone_into(&mut cells[1]);
            cells[6] = sum(&mut estimates.into_iter());
            cells[7] = sum(&mut paid.into_iter());
            rows.push(RosterRow::total(cells));
        }
        let mut warnings = Vec::new();
        if works.items.is_empty() {
            warnings.push("这个小区还没有改造内容，表是空的。".to_owned());
        }
        let unmeasured = works
            .items
            .iter()
            .filter(|item| done_share(item).is_none())
            .count();
        if unmeasured > 0 {
            warnings.push(format!(
                "有 {unmeasured} 项没有填完成数量和完成日期，实际进度印成“—”。"
            ));
        }
        let next = if monthly {
            "下月安排"
        } else {
            "下周安排"
        };
        let roster = Roster {
            imprint: self.imprint(key(&request.compound)?)?,
            sheet: Sheet::A4Lying,
            title: if monthly { "改造工程月报" } else { "改造工程周报" }.to_owned(),
            facts: vec![("报告期".to_owned(), period(today, monthly))],
            columns: vec![
                RosterColumn::center("序号", 10),
                RosterColumn::left("项目", 44),
                RosterColumn::center("单位", 11),
                RosterColumn::right("计划", 17).under("实物量"),
                RosterColumn::right("完成", 17).under("实物量"),
                RosterColumn::right("完成率", 16).under("实物量"),
                RosterColumn::right("计划", 19).under("投资（万元）"),
                RosterColumn::right("支付", 19).under("投资（万元）"),
                RosterColumn::right("应到", 16).under("形象进度"),
                RosterColumn::right("实际", 16).under("形象进度"),
                RosterColumn::right("偏差", 16).under("形象进度"),
                RosterColumn::left("偏差原因", 30),
                RosterColumn::left(next, 30),
            ],
            row_mm: 10,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes: vec![
                "应到＝已过天数÷计划工期；实际＝完成数量÷数量，填了完成日期的算 100%；偏差＝实际－应到，是百分点。".to_owned(),
                "投资的合计里有没有写明用于哪一项的支付。偏差原因和下步安排由人填写。".to_owned(),
            ],
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![
                parameter(
                    ReportParameterCode::Variant,
                    "报告",
                    variant,
                    vec![option("", "周报"), option(MONTHLY, "月报")],
                ),
                plan,
                self.day_parameter(request),
            ],
        })
    }

    /// The day that a paper speaks of: as chosen, else today.
    pub(super) fn report_day(&self, request: &ReportRequest) -> NaiveDate {
        let chosen = request.day.as_deref();
        chosen
            .and_then(|day| NaiveDate::parse_from_str(day, "%Y-%m-%d").ok())
            .unwrap_or_else(|| self.printed_at().date_naive())
    }

    pub(super) fn day_parameter(&self, request: &ReportRequest) -> ReportParameter {
        let day = self.report_day(request).to_string();
        parameter(ReportParameterCode::Day, "截止日期", &day, Vec::new())
    }

    fn works(&self, request: &ReportRequest) -> Result<(Works, ReportParameter), ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let chosen = chosen_plan(conn, compound, request.plan.as_deref())?;
        let items = match chosen {
            Some(plan) => items_of(conn, compound, plan)?
                .into_iter()
                .map(|row| Shown::of(KindCode::WorkItem, row))
                .collect(),
            None => Vec::new(),
        };
        let mut funds = Shown::all(conn, KindCode::Fund, compound)?;
        funds.retain(|fund| fund.fields().value("plan").as_id() == chosen);
        let plans = Shown::all(conn, KindCode::Plan, compound)?;
        let works = Works {
            plan: plans.into_iter().find(|plan| Some(plan.row.id) == chosen),
            items,
            funds,
        };
        Ok((works, self.plan_parameter(compound, chosen)?))
    }
}

const PROGRESS_COLUMNS: usize = 13;

/// 完成率 in tenths of a percent; none when nothing tells it.
fn done_share(item: &Shown) -> Option<i64> {
    let fields = item.fields();
    if !fields.text("completedOn").is_empty() {
        return Some(1_000);
    }
    ratio(
        Some(fields.integer("quantityDone")?),
        fields.integer("quantity"),
        1_000,
    )
}

/// 应到: how much of its time is over on this day, in tenths of a percent.
fn due_share(item: &Shown, today: NaiveDate) -> Option<i64> {
    let (start, end) = (Works::day(item, "startOn")?, Works::day(item, "endOn")?);
    let whole = (end - start).num_days() + 1;
    let over = (today - start).num_days() + 1;
    (whole > 0).then(|| over.clamp(0, whole) * 1_000 / whole)
}

fn progress(number: usize, item: &Shown, funds: &[Shown], today: NaiveDate) -> Vec<String> {
    let fields = item.fields();
    let amount = |code: &str| fields.integer(code).map_or_else(|| dash(""), quantity);
    let share = |tenths: Option<i64>| {
        tenths.map_or_else(
            || dash(""),
            |tenths| format!("{}%", jiugai_domain::fixed::format_grouped(tenths, 1)),
        )
    };
    let id = Some(item.row.id);
    let paid = funds
        .iter()
        .filter(|fund| fund.fields().value("workItem").as_id() == id)
        .filter_map(|fund| fund.fields().integer("paid"))
        .reduce(|sum, one| sum + one);
    let (done, due) = (done_share(item), due_share(item, today));
    let gap = done.zip(due).map(|(done, due)| {
        let sign = if done > due { "+" } else { "" };
        format!(
            "{sign}{}",
            jiugai_domain::fixed::format_grouped(done - due, 1)
        )
    });
    vec![
        number.to_string(),
        item.text("name").to_owned(),
        item.text("measure").to_owned(),
        amount("quantity"),
        amount("quantityDone"),
        share(done),
        estimate_fen(&item.row).map_or_else(|| dash(""), wan_yuan),
        paid.map_or_else(|| dash(""), wan_yuan),
        share(due),
        share(done),
        gap.unwrap_or_else(|| dash("")),
        String::new(),
        String::new(),
    ]
}

/// The week from Monday, or the month, up to this day.
fn period(today: NaiveDate, monthly: bool) -> String {
    let first = match monthly {
        true => today.with_day(1),
        false => {
            let days = u64::from(today.weekday().num_days_from_monday());
            today.checked_sub_days(Days::new(days))
        }
    };
    let told = |day: NaiveDate| long_date(Some(&day.to_string()));
    format!("{}至{}", told(first.unwrap_or(today)), told(today))
}

/// The bar of a work item: from its beginning to its end, open ends a month long.
fn bar(dates: &Dates, today: NaiveDate, span: Option<&Span>) -> Option<TimelineBar> {
    let span = span?;
    let end = dates.done.or(dates.end);
    let start = dates
        .start
        .or_else(|| end?.checked_sub_months(Months::new(1)))?;
    let end = end.or_else(|| start.checked_add_months(Months::new(1)))?;
    let state = dates.state(today);
    // What is late goes on until today.
    let until = if state == TimelineState::Late {
        today.max(end)
    } else {
        end.max(start)
    };
    let until = until.min(span.last);
    Some(TimelineBar {
        from: span.at(start)?,
        to: span.at(until.succ_opt().unwrap_or(until)).unwrap_or(WHOLE),
        due: match state {
            TimelineState::Late => dates.end.and_then(|end| span.at(end.succ_opt()?)),
            _ => None,
        },
        state,
    })
}

/// Parts of the whole width.
const WHOLE: u16 = 10_000;

/// Whole months from the first day to the last.
struct Span {
    first: NaiveDate,
    last: NaiveDate,
}

impl Span {
    fn of(days: impl Iterator<Item = NaiveDate>) -> Option<Self> {
        let (first, last) = days.fold(None, |span, day| match span {
            None => Some((day, day)),
            Some((first, last)) => Some((day.min(first), day.max(last))),
        })?;
        let last = last
            .with_day(1)?
            .checked_add_months(Months::new(1))?
            .pred_opt()?;
        Some(Self {
            first: first.with_day(1)?,
            last,
        })
    }

    /// Where a day begins, in parts of the width; none outside.
    fn at(&self, day: NaiveDate) -> Option<u16> {
        let whole = (self.last - self.first).num_days() + 1;
        let days = (day - self.first).num_days();
        let part = (0..=whole)
            .contains(&days)
            .then(|| days * i64::from(WHOLE) / whole)?;
        u16::try_from(part).ok()
    }

    fn months(&self) -> Vec<TimelineMonth> {
        let mut months = Vec::new();
        let mut from = self.first;
        while from <= self.last {
            let Some(next) = from.checked_add_months(Months::new(1)) else {
                break;
            };
            months.push(TimelineMonth {
                year: from.year().to_string(),
                label: format!("{}月", from.month()),
                from: self.at(from).unwrap_or(0),
                to: self.at(next).unwrap_or(WHOLE),
            });
            from = next;
        }
        months
    }
}
