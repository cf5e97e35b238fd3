//! 先后与拆除: pipes before the road, demolition before building on its ground, and the day from which
//! a forced demolition could be lawful.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::ground::may_meet;
use super::looks::{gathered, no_limit};
use super::{Bound, Missing, Outcome, Place, Row, Scene, Verdict};
use crate::comparison::Stage;
use crate::kinds::choices;
use crate::{KindCode, RecordId};

/// The place of a code in the list of grounds, as details keep it.
pub(super) fn ground_code(code: &str) -> i64 {
    choices::GROUND
        .iter()
        .position(|choice| choice.code == code)
        .and_then(|at| i64::try_from(at).ok())
        .unwrap_or(-1)
}

/// A work item as the order of work sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// The work item.
    pub item: RecordId,
    /// Its name.
    pub label: String,
    /// 地点 as people wrote it; empty when it is nowhere in particular.
    pub place: String,
    /// 计划开工.
    pub starts: Option<NaiveDate>,
    /// 计划完工.
    pub ends: Option<NaiveDate>,
    /// 完成日期.
    pub completed: Option<NaiveDate>,
    /// It lays, alters or clears pipes in the ground.
    pub pipes: bool,
    /// It makes or mends road surface.
    pub surface: bool,
    /// It demolishes outbuildings or sheds.
    pub demolishes: bool,
    /// It builds on freed ground.
    pub builds_on_freed: bool,
    /// It creates an area or a shed, and nobody wrote on what ground: names of what it creates.
    pub ground_unknown: Vec<String>,
    /// Items that it waits for, directly.
    pub after: Vec<RecordId>,
}

impl Step {
    /// A work item of which nothing else is known.
    #[must_use]
    pub fn of(item: RecordId, label: impl Into<String>) -> Self {
        Self {
            item,
            label: label.into(),
            place: String::new(),
            starts: None,
            ends: None,
            completed: None,
            pipes: false,
            surface: false,
            demolishes: false,
            builds_on_freed: false,
            ground_unknown: Vec::new(),
            after: Vec::new(),
        }
    }
}

/// True when `later` waits for `earlier`, directly or through others.
fn waits(steps: &[Step], later: &Step, earlier: RecordId) -> bool {
    let mut open = later.after.clone();
    let mut seen = Vec::new();
    while let Some(item) = open.pop() {
        if item == earlier {
            return true;
        }
        if !seen.contains(&item) {
            seen.push(item);
            let next = steps.iter().find(|step| step.item == item);
            open.extend(next.into_iter().flat_map(|step| step.after.iter().copied()));
        }
    }
    false
}

fn lacks(step: &Step, field: &'static str, what: &str) -> Missing {
    Missing {
        place: Place::Record(KindCode::WorkItem, step.item),
        label: format!("“{}”的{what}", step.label),
        field,
    }
}

/// Each later step against each earlier one that it meets.
fn sequence(
    scene: &Scene<'_>,
    earlier: &[&Step],
    later: &[&Step],
    meet: fn(&Step, &Step) -> bool,
    nothing: &str,
) -> Outcome {
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for after in later {
        let before = earlier.iter().filter(|before| before.item != after.item);
        for before in before.filter(|before| meet(before, after)) {
            let place = Place::Record(KindCode::WorkItem, after.item);
            let row = |value: String, verdict| Row {
                place: place.clone(),
                label: after.label.clone(),
                value,
                verdict,
            };
            if scene.stage == Stage::AsBuilt {
                let Some(done) = after.completed else {
                    continue;
                };
                rows.push(match before.completed {
                    Some(first) if first <= done => row(
                        format!("{done} 完成，“{}”在前（{first}）", before.label),
                        Verdict::Met,
                    ),
                    Some(first) => row(
                        format!("{done} 完成，“{}”到 {first} 才完成", before.label),
                        Verdict::Unmet,
                    ),
                    None => row(
                        format!("{done} 已完成，“{}”还没有完成", before.label),
                        Verdict::Unmet,
                    ),
                });
                continue;
            }
            match (before.ends, after.starts) {
                (Some(first), Some(start)) => rows.push(row(
                    format!("{start} 开工，“{}”{first} 完工", before.label),
                    Verdict::of(first <= start),
                )),
                _ if waits(scene.steps, after, before.item) => {
                    rows.push(row(format!("写明要等“{}”", before.label), Verdict::Met));
                }
                (first, start) => {
                    for one in [
                        first.is_none().then(|| lacks(before, "endOn", "计划完工")),
                        start.is_none().then(|| lacks(after, "startOn", "计划开工")),
                    ]
                    .into_iter()
                    .flatten()
                    {
                        if !missing.contains(&one) {
                            missing.push(one);
                        }
                    }
                }
            }
        }
    }
    gathered(rows, missing, nothing)
}

/// 先地下后路面 (§16.5).
pub(super) fn pipes_before_surface(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    if scene.stage == Stage::Baseline {
        return Outcome::void("改造前没有施工");
    }
    let pipes: Vec<&Step> = scene.steps.iter().filter(|step| step.pipes).collect();
    let surface: Vec<&Step> = scene.steps.iter().filter(|step| step.surface).collect();
    let meet = |pipes: &Step, surface: &Step| may_meet(&pipes.place, &surface.place);
    sequence(scene, &pipes, &surface, meet, "没有在同一处修管线和修路面")
}

/// 先拆后建.
pub(super) fn demolition_first(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    if scene.stage == Stage::Baseline {
        return Outcome::void("改造前没有施工");
    }
    let demolishing: Vec<&Step> = scene.steps.iter().filter(|step| step.demolishes).collect();
    if demolishing.is_empty() {
        return Outcome::void("没有拆除");
    }
    let building: Vec<&Step> = scene
        .steps
        .iter()
        .filter(|step| step.builds_on_freed)
        .collect();
    let nothing = "没有建在拆出来的地上的内容";
    let mut outcome = sequence(scene, &demolishing, &building, |_, _| true, nothing);
    let unknown: Vec<Missing> = scene
        .steps
        .iter()
        .flat_map(|step| {
            step.ground_unknown.iter().map(|name| Missing {
                place: Place::Created {
                    work_item: step.item,
                    name: name.clone(),
                },
                label: format!("“{name}”用什么地"),
                field: "ground",
            })
        })
        .collect();
    if !unknown.is_empty() {
        outcome.verdict = match outcome.verdict {
            Verdict::Unmet => Verdict::Unmet,
            _ => Verdict::Unknown,
        };
        outcome.missing.extend(unknown);
    }
    outcome
}

/// A structure that a plan demolishes, with the dates of its disposal (§9).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enforcement {
    /// The outbuilding.
    pub outbuilding: RecordId,
    /// What people call it.
    pub label: String,
    /// Code of 处置方式; empty when nobody decided.
    pub disposal: String,
    /// 承诺书日期.
    pub promised: Option<NaiveDate>,
    /// 限期拆除决定送达日; of an unknown owner the last day of the notice.
    pub delivered: Option<NaiveDate>,
    /// 复议决定送达日.
    pub reviewed: Option<NaiveDate>,
    /// 催告书送达日.
    pub urged: Option<NaiveDate>,
    /// 公告日.
    pub announced: Option<NaiveDate>,
    /// 计划拆除日, or the day the work item begins.
    pub planned: Option<NaiveDate>,
    /// 实拆日.
    pub demolished: Option<NaiveDate>,
    /// Somebody uses it or claims it.
    pub owner_known: bool,
    /// 有人居住.
    pub lived_in: bool,
}

/// The first day on which a forced demolition could be lawful when nobody sues: after 60 days to ask for
/// a review and `months` to sue (行政强制法44, 行政复议法20, 行政诉讼法46), or 15 days after the review was
/// decided. The first day is not counted; local legal review decides.
#[must_use]
pub fn earliest_enforcement(
    delivered: NaiveDate,
    reviewed: Option<NaiveDate>,
    months: u32,
) -> Option<NaiveDate> {
    let review = delivered.checked_add_days(Days::new(60))?;
    let suit = match reviewed {
        Some(day) => day.checked_add_days(Days::new(15))?,
        None => delivered.checked_add_months(Months::new(months))?,
    };
    review.max(suit).checked_add_days(Days::new(1))
}

/// Structures that are to be demolished by force, against their dates.
pub(super) fn enforcement(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    if scene.stage == Stage::Baseline {
        return Outcome::void("改造前不拆除");
    }
    let Some(months) = bound.and_then(|bound| u32::try_from(bound.numerator).ok()) else {
        return no_limit();
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for one in scene.enforcements {
        let place = Place::Record(KindCode::Outbuilding, one.outbuilding);
        let mut lack = |field: &'static str, what: &str| missing.push(lacks_of(one, field, what));
        if one.disposal.is_empty() {
            lack("disposal", "处置方式");
            continue;
        }
        if one.disposal != "enforcedDemolition" {
            continue;
        }
        let Some(delivered) = one.delivered else {
            lack("deliveredOn", "决定送达日");
            continue;
        };
        let Some(earliest) = earliest_enforcement(delivered, one.reviewed, months) else {
            continue;
        };
        for (day, field, what) in [
            (one.urged, "urgedOn", "催告送达日"),
            (one.announced, "announcedOn", "公告日"),
        ] {
            if day.is_none() {
                lack(field, what);
            }
        }
        let Some(day) = one.demolished.or(one.planned) else {
            lack("plannedOn", &format!("计划拆除日（最早 {earliest}）"));
            continue;
        };
        rows.push(Row {
            place,
            label: one.label.clone(),
            value: format!(
                "最早 {earliest}，{} {day}{}",
                when(one),
                if one.lived_in && one.demolished.is_none() {
                    "；登记有人居住，先安置再拆"
                } else {
                    ""
                }
            ),
            verdict: Verdict::of(day >= earliest),
        });
    }
    gathered(
        rows,
        missing,
        "没有依法强制拆除的；自拆、帮拆不受这个期限限制",
    )
}

/// The structures that are to be demolished by force.
fn forced<'a>(scene: &'a Scene<'_>) -> impl Iterator<Item = &'a Enforcement> {
    let all = scene.enforcements.iter();
    all.filter(|one| one.disposal == "enforcedDemolition")
}

fn when(one: &Enforcement) -> &'static str {
    if one.demolished.is_some() {
        "实拆"
    } else {
        "计划"
    }
}

fn lacks_of(one: &Enforcement, field: &'static str, what: &str) -> Missing {
    Missing {
        place: Place::Record(KindCode::Outbuilding, one.outbuilding),
        label: format!("{}的{what}", one.label),
        field,
    }
}

/// 河南办法75: where nobody knows whose it is, a notice of so many days comes first.
pub(super) fn notice_to_unknown(scene: &Scene<'_>, bound: Option<Bound>) -> Outcome {
    if scene.stage == Stage::Baseline {
        return Outcome::void("改造前不拆除");
    }
    let Some(days) = bound.and_then(|bound| u64::try_from(bound.numerator).ok()) else {
        return no_limit();
    };
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for one in forced(scene).filter(|one| !one.owner_known) {
        let Some(announced) = one.announced else {
            missing.push(lacks_of(one, "announcedOn", "公告日"));
            continue;
        };
        // The first day is not counted.
        let Some(earliest) = announced.checked_add_days(Days::new(days + 1)) else {
            continue;
        };
        let Some(day) = one.demolished.or(one.planned) else {
            missing.push(lacks_of(
                one,
                "plannedOn",
                &format!("计划拆除日（最早 {earliest}）"),
            ));
            continue;
        };
        rows.push(Row {
            place: Place::Record(KindCode::Outbuilding, one.outbuilding),
            label: one.label.clone(),
            value: format!("{announced} 公告，最早 {earliest}，{} {day}", when(one)),
            verdict: Verdict::of(day >= earliest),
        });
    }
    gathered(rows, missing, "没有找不到当事人、要强制拆除的")
}

/// The statutory holidays that lie on the same days every year.
fn holiday(day: NaiveDate) -> Option<&'static str> {
    match (day.month(), day.day()) {
        (1, 1) => Some("元旦"),
        (5, 1 | 2) => Some("五一"),
        (10, 1..=3) => Some("国庆"),
        _ => None,
    }
}

/// 行政强制法43: not on statutory holidays.
pub(super) fn holidays(scene: &Scene<'_>, _: Option<Bound>) -> Outcome {
    if scene.stage == Stage::Baseline {
        return Outcome::void("改造前不拆除");
    }
    let (mut rows, mut missing) = (Vec::new(), Vec::new());
    for one in forced(scene) {
        let Some(day) = one.demolished.or(one.planned) else {
            missing.push(lacks_of(one, "plannedOn", "计划拆除日"));
            continue;
        };
        let told = holiday(day).map_or_else(String::new, |name| format!("，是{name}"));
        rows.push(Row {
            place: Place::Record(KindCode::Outbuilding, one.outbuilding),
            label: one.label.clone(),
            value: format!("{} {day}{told}", when(one)),
            verdict: Verdict::of(told.is_empty()),
        });
    }
    gathered(rows, missing, "没有依法强制拆除的")
}
