//! D13 问题整改台账 and D14 交办单、督办单、反馈单: what was found, who puts it right until when, and how far it is.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use jiugai_domain::{KindCode, RecordId};
use jiugai_report::documents::{Document, Roster, RosterColumn, RosterPart, RosterRow, Sheet};
use jiugai_storage::attachments;

use super::works::{Home, home};
use super::{Shown, foot, of_compound};
use crate::comparison::{items_of, newest_plan};
use crate::report::{Gathered, option, parameter};
use crate::text::{key, long_date};
use crate::wire::{ReportParameterCode, ReportRequest};
use crate::{ApiError, Session};

/// The choice of a sheet that is filled by hand.
const BLANK: &str = "blank";
/// The choice of a sheet for each problem that is not done with.
const OPEN: &str = "open";
/// 督办单.
const URGE: &str = "urge";
/// 反馈单.
const ANSWER: &str = "answer";

/// Where a problem stands (状态灯); the signs can be told apart in black and white.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Light {
    Done,
    Doing,
    Soon,
    Late,
    Unplanned,
    Refused,
}

impl Light {
    fn words(self) -> &'static str {
        match self {
            Self::Done => "√ 已办结",
            Self::Doing => "○ 在办",
            Self::Soon => "△ 快到期",
            Self::Late => "× 超期",
            Self::Unplanned => "— 未安排",
            Self::Refused => "— 不列入",
        }
    }
}

/// A problem with the work item of the newest plan that answers it.
struct Found<'a> {
    problem: &'a Shown,
    item: Option<&'a Shown>,
    light: Light,
    /// Photos and scans of it.
    photos: u32,
}

/// Days before the limit from which a problem is told to be due soon.
const SOON: Days = Days::new(7);

impl<'a> Found<'a> {
    fn of(problem: &'a Shown, of: &'a Problems, today: NaiveDate) -> Self {
        let (items, home) = (&of.items, &of.home);
        let linked = problem.fields().value("workItem").as_id();
        let here: Option<RecordId> = linked.and_then(|linked| home.get(&linked).copied());
        let item = items.iter().find(|item| Some(item.row.id) == here);
        let day = |code: &str| {
            let text = item.map_or("", |item| item.fields().text(code));
            NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()
        };
        let light = match (item, day("completedOn"), day("endOn")) {
            (Some(_), Some(_), _) => Light::Done,
            (Some(_), None, Some(end)) if end < today => Light::Late,
            (Some(_), None, Some(end)) if end <= today + SOON => Light::Soon,
            (Some(_), None, _) => Light::Doing,
            (None, ..) if problem.text("reason").is_empty() => Light::Unplanned,
            (None, ..) => Light::Refused,
        };
        Self {
            problem,
            item,
            light,
            photos: of.photos.get(&problem.row.id).copied().unwrap_or(0),
        }
    }

    fn text(&self, code: &str) -> String {
        self.item
            .map_or_else(String::new, |item| item.text(code).to_owned())
    }

    /// 位置.
    fn place(&self) -> String {
        [self.problem.text("building"), self.problem.text("place")]
            .join(" ")
            .trim()
            .to_owned()
    }

    /// 措施: what the plan does about it, or why it does nothing.
    fn measure(&self) -> String {
        match self.item {
            Some(item) => format!("{}：{}", item.text("verb"), item.text("name")),
            None => match self.problem.text("reason") {
                "" => String::new(),
                reason => format!("不列入：{reason}"),
            },
        }
    }

    fn line(&self, number: usize, leader: &str) -> Vec<String> {
        let text = |code: &str| self.problem.text(code).to_owned();
        let name = match text("words").as_str() {
            "" => text("name"),
            words => format!("{}。{words}", text("name")),
        };
        vec![
            number.to_string(),
            text("origin"),
            text("foundOn"),
            name,
            text("class"),
            self.place(),
            self.text("responsible"),
            text("responsible"),
            leader.to_owned(),
            self.measure(),
            self.text("endOn"),
            self.light.words().to_owned(),
            self.text("completedOn"),
            text("toldOn"),
            match self.photos {
                0 => String::new(),
                count => format!("照片{count}张"),
            },
            String::new(),
        ]
    }
}

impl Session {
    pub(in crate::report) fn gather_problems(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let problems = self.problems(request)?;
        let today = self.report_day(request);
        let found = problems.found(today);
        let rows = found
            .iter()
            .enumerate()
            .map(|(at, one)| RosterRow::plain(one.line(at + 1, &problems.leader)))
            .collect();
        let count = |light: Light| found.iter().filter(|one| one.light == light).count();
        let mut facts = vec![("共".to_owned(), format!("{} 个", found.len()))];
        for light in [
            Light::Done,
            Light::Doing,
            Light::Soon,
            Light::Late,
            Light::Unplanned,
            Light::Refused,
        ] {
            let words = light.words().split_once(' ').map_or("", |(_, words)| words);
            facts.push((words.to_owned(), format!("{} 个", count(light))));
        }
        let mut warnings = problems.warnings();
        if count(Light::Unplanned) > 0 {
            warnings.push(format!(
                "有 {} 个问题没有对应的改造内容，也没有写不列入的理由。",
                count(Light::Unplanned)
            ));
        }
        let roster = Roster {
            imprint: self.imprint(key(&request.compound)?)?,
            sheet: Sheet::A3Lying,
            title: "问题整改台账".to_owned(),
            facts,
            columns: vec![
                RosterColumn::center("序号", 11),
                RosterColumn::center("来源", 21),
                RosterColumn::center("发现日期", 23),
                RosterColumn::left("问题", 49),
                RosterColumn::center("类别", 16),
                RosterColumn::left("位置", 32),
                RosterColumn::left("责任单位", 36),
                RosterColumn::center("责任人", 20),
                RosterColumn::center("分包领导", 20),
                RosterColumn::left("措施", 42),
                RosterColumn::center("时限", 23),
                RosterColumn::center("进展", 20),
                RosterColumn::center("办结日期", 23),
                RosterColumn::center("反馈居民", 23),
                RosterColumn::center("佐证", 16),
                RosterColumn::center("销号签字", 20),
            ],
            row_mm: 11,
            parts: vec![RosterPart {
                title: String::new(),
                rows,
            }],
            notes: vec![
                format!(
                    "进展按 {} 推算：对应的改造内容填了完成日期算已办结，过了计划完工日期还没有完成算超期，七天内到期算快到期。",
                    long_date(Some(&today.to_string()))
                ),
                "没有填的由人补写；销号由审核的人签字。".to_owned(),
            ],
            blanks: foot(),
            seal: true,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![self.day_parameter(request)],
        })
    }

    pub(in crate::report) fn gather_assignment(
        &mut self,
        request: &ReportRequest,
    ) -> Result<Gathered, ApiError> {
        let problems = self.problems(request)?;
        let found = problems.found(self.report_day(request));
        let variant = request.variant.as_deref().unwrap_or("");
        let chosen = request.dwelling.as_deref().unwrap_or(BLANK);
        let open = |one: &&Found<'_>| !matches!(one.light, Light::Done | Light::Refused);
        let wanted: Vec<&Found<'_>> = found
            .iter()
            .filter(|one| match chosen {
                BLANK => false,
                OPEN => open(one),
                id => one.problem.row.id.to_string() == id,
            })
            .collect();
        let mut warnings = problems.warnings();
        if wanted.is_empty() && chosen != BLANK {
            warnings.push("没有还没办结的问题，这里是空白的一张。".to_owned());
        }
        let number = |one: &Found<'_>| {
            let same = |other: &Found<'_>| other.problem.row.id == one.problem.row.id;
            found.iter().position(same).map_or(0, |at| at + 1)
        };
        let parts = if wanted.is_empty() {
            vec![sheet(None, 0, variant)]
        } else {
            let each = wanted
                .iter()
                .map(|one| sheet(Some(one), number(one), variant));
            each.collect()
        };
        let mut options = vec![
            option(BLANK, "空白一张（手写）"),
            option(OPEN, "还没办结的，一个一张"),
        ];
        options.extend(found.iter().map(|one| {
            let name = format!("{} {}", number(one), one.problem.text("name"));
            option(&one.problem.row.id.to_string(), &name)
        }));
        let title = match variant {
            URGE => "问题督办单",
            ANSWER => "问题办理反馈单",
            _ => "问题交办单",
        };
        let roster = Roster {
            imprint: self.imprint(key(&request.compound)?)?,
            sheet: Sheet::A4,
            title: title.to_owned(),
            facts: vec![
                ("交办日期".to_owned(), String::new()),
                ("交办单位".to_owned(), String::new()),
            ],
            columns: vec![
                RosterColumn::center("事项", 34),
                RosterColumn::left("内容", 148),
            ],
            row_mm: 12,
            parts,
            notes: vec![
                "一式两份，交办单位和承办单位各一份。一般问题七天内办结，复杂问题一个月内办结，办不结的写明时间节点和办法（时限按当地规定，可以改）。"
                    .to_owned(),
            ],
            blanks: ["交办人", "承办人", "日期"].map(str::to_owned).into(),
            seal: true,
            ..Roster::default()
        };
        Ok(Gathered {
            document: Document::Roster(Box::new(roster)),
            warnings,
            parameters: vec![
                parameter(
                    ReportParameterCode::Variant,
                    "文书",
                    variant,
                    vec![
                        option("", "交办单"),
                        option(URGE, "督办单"),
                        option(ANSWER, "反馈单"),
                    ],
                ),
                parameter(ReportParameterCode::Dwelling, "问题", chosen, options),
            ],
        })
    }

    fn problems(&self, request: &ReportRequest) -> Result<Problems, ApiError> {
        let conn = self.connection()?;
        let compound = key(&request.compound)?;
        let items: Vec<Shown> = match newest_plan(conn, compound)? {
            Some(plan) => items_of(conn, compound, plan)?
                .into_iter()
                .map(|row| Shown::of(KindCode::WorkItem, row))
                .collect(),
            None => Vec::new(),
        };
        Ok(Problems {
            home: home(&items, &Shown::all(conn, KindCode::WorkItem, compound)?),
            problems: Shown::all(conn, KindCode::Problem, compound)?,
            photos: attachments::counts(conn, KindCode::Problem.into())?,
            leader: of_compound(conn, compound, "leader")?,
            items,
        })
    }
}

/// The problems of a compound and what the newest plan does about them.
struct Problems {
    problems: Vec<Shown>,
    items: Vec<Shown>,
    home: Home,
    /// How many photos and scans each has.
    photos: HashMap<RecordId, u32>,
    /// 分包领导 of the compound.
    leader: String,
}

impl Problems {
    fn found(&self, today: NaiveDate) -> Vec<Found<'_>> {
        self.problems
            .iter()
            .map(|problem| Found::of(problem, self, today))
            .collect()
    }

    fn warnings(&self) -> Vec<String> {
        match self.problems.is_empty() {
            true => vec!["这个小区还没有记问题。先到“问题清单”里记。".to_owned()],
            false => Vec::new(),
        }
    }
}

/// One sheet: what is asked and room for what was done.
fn sheet(found: Option<&Found<'_>>, number: usize, variant: &str) -> RosterPart {
    let problem =
        |code: &str| found.map_or_else(String::new, |one| one.problem.text(code).to_owned());
    let item = |code: &str| found.map_or_else(String::new, |one| one.text(code));
    let number = match number {
        0 => String::new(),
        number => format!("第 {number} 号"),
    };
    let room = |lines: usize| "\n".repeat(lines);
    let photos = match found.map_or(0, |one| one.photos) {
        0 => "＿＿＿＿张".to_owned(),
        count => format!("{count} 张"),
    };
    let mut rows = vec![
        ("编号", number.clone()),
        ("问题", problem("name")),
        ("详细情况", problem("words")),
        (
            "类别、位置",
            [
                problem("class"),
                found.map_or_else(String::new, Found::place),
            ]
            .join(" ")
            .trim()
            .to_owned(),
        ),
        (
            "来源、发现日期",
            [problem("origin"), problem("foundOn")]
                .join(" ")
                .trim()
                .to_owned(),
        ),
        ("承办单位", item("responsible")),
    ];
    rows.extend(match variant {
        ANSWER => vec![
            ("办理结果", room(7)),
            ("反馈居民情况", room(4)),
            ("附照片", photos),
            ("审核意见", room(3)),
            ("销号", "□ 同意销号　　□ 退回再办".to_owned()),
        ],
        variant => vec![
            (
                "办理要求",
                match found.map_or_else(String::new, Found::measure).as_str() {
                    "" => room(4),
                    measure => format!("{measure}{}", room(2)),
                },
            ),
            ("办结时限", item("endOn")),
            (
                if variant == URGE {
                    "督办原因"
                } else {
                    "办理情况"
                },
                match (variant, found.map(|one| one.light)) {
                    (URGE, Some(Light::Late)) => format!("超过时限，还没有办结。{}", room(4)),
                    _ => room(5),
                },
            ),
            ("附照片", photos),
            ("审核、销号", room(3)),
        ],
    });
    RosterPart {
        title: number,
        rows: rows
            .into_iter()
            .map(|(label, value)| RosterRow::plain(vec![label.to_owned(), value]))
            .collect(),
    }
}
