//! 阶段与关口: where a compound stands, what is missing to pass, and what a person said about it.

use jiugai_domain::check::{Asked, asked};
use jiugai_domain::comparison::Action;
use jiugai_domain::gate::{CONDITIONS, Condition, GateFacts, Of, condition, judge};
use jiugai_domain::kind::Scope;
use jiugai_domain::kinds::choices;
use jiugai_domain::plan::is_essential;
use jiugai_domain::standard::Verdict;
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value};
use jiugai_storage::query::Row;
use jiugai_storage::records::{self, Record};
use jiugai_storage::stages::{self as store, StageStep, StageWord as Kept};
use jiugai_storage::{Connection, Op, OpCode};

use crate::assets::{self, Fields, counts_of, load_effects};
use crate::comparison::{items_of, newest_plan};
use crate::plan::page::is_settled;
use crate::plan::{consent, estimate_fen, load};
use crate::standard::{self, Limits};
use crate::text::{key, long_date, small};
use crate::wire::{Changed, StageCondition, StageGate, StageMove, StageSays, StageView, StageWord};
use crate::{ApiError, ErrorCode, Session};

fn refused(title: &str, message: impl Into<String>, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, title, message, next)
}

/// Whether an empty cell of a row is worth telling.
fn is_asked(kind: KindCode, field: &Field, fields: &Fields<'_>) -> bool {
    let holds = |code: &str, wanted: &[&str]| match fields.value(code) {
        Value::Integer(number) => wanted.contains(&number.to_string().as_str()),
        value => value.as_text().is_some_and(|text| wanted.contains(&text)),
    };
    match asked(kind, field) {
        Asked::Always => true,
        Asked::Never => false,
        Asked::Where(code, wanted) => holds(code, wanted),
        Asked::Unless(code, wanted) => !holds(code, wanted),
    }
}

/// Cells that superiors usually ask for: filled of all. The plan is not part of the archive.
fn archive(conn: &Connection, compound: &Record) -> Result<Of, ApiError> {
    let mut of = Of::default();
    let mut row = |kind: KindCode, values: &[Value]| {
        let fields = Fields::of(kind, values);
        for (field, value) in kind.kind().fields.iter().zip(values) {
            if is_asked(kind, field, &fields) {
                of.whole += 1;
                of.part += i64::from(!value.is_null());
            }
        }
    };
    row(KindCode::Compound, &compound.values);
    for kind in KindCode::ALL {
        let planned = matches!(
            kind,
            KindCode::Plan
                | KindCode::WorkItem
                | KindCode::Problem
                | KindCode::Opinion
                | KindCode::Fund
                | KindCode::Dependency
        );
        if kind.kind().scope == Scope::Compound && !planned {
            for found in assets::rows(conn, kind, compound.id)? {
                row(kind, &found.values);
            }
        }
    }
    Ok(of)
}

fn count(of: usize) -> i64 {
    i64::try_from(of).unwrap_or(i64::MAX)
}

/// How many of `rows` fit, of how many.
fn part<T>(rows: &[T], fits: impl Fn(&T) -> bool) -> Of {
    Of {
        part: count(rows.iter().filter(|row| fits(row)).count()),
        whole: count(rows.len()),
    }
}

/// What the ledger says to the gates of a compound.
fn facts(conn: &Connection, compound: &Record, today: &str) -> Result<GateFacts, ApiError> {
    let id = compound.id;
    let counts = counts_of(conn, id)?;
    let of = |kind: KindCode| assets::rows(conn, kind, id);
    let buildings = of(KindCode::Building)?;
    let dwellings = of(KindCode::Dwelling)?;
    let inhabited: Vec<RecordId> = dwellings
        .iter()
        .filter_map(|row| {
            Fields::of(KindCode::Dwelling, &row.values)
                .value("building")
                .as_id()
        })
        .collect();
    let mut facts = GateFacts {
        built_to: compound.value("builtTo").as_integer(),
        dangerous: part(&buildings, |row| {
            matches!(
                Fields::of(KindCode::Building, &row.values).text("safety"),
                "c" | "d"
            )
        }),
        archive: archive(conn, compound)?,
        buildings: part(&buildings, |row| inhabited.contains(&row.id)),
        visited: Of {
            part: counts.agreeing + counts.opposing + counts.depending_on_plan,
            whole: counts.households,
        },
        agreeing: Of {
            part: counts.agreeing,
            whole: counts.households,
        },
        managed: compound
            .value("management")
            .as_text()
            .map(|mode| mode != "none"),
        fee: compound.value("feeRate").as_integer().is_some(),
        ..GateFacts::default()
    };
    let plan = newest_plan(conn, id)?;
    let items = match plan {
        Some(plan) => items_of(conn, id, plan)?,
        None => Vec::new(),
    };
    // An item of another version answers a problem when this one has it too.
    let here: Vec<String> = items.iter().map(load::key_of).collect();
    let problems: Vec<_> = load::linked(conn, id, KindCode::Problem)?
        .into_iter()
        .filter(|(row, _)| is_essential(Fields::of(KindCode::Problem, &row.values).text("class")))
        .collect();
    facts.problems = part(&problems, |(row, key)| {
        key.as_ref().is_some_and(|key| here.contains(key))
            || !Fields::of(KindCode::Problem, &row.values)
                .text("reason")
                .is_empty()
    });
    if let Some(plan) = plan {
        of_plan(conn, id, plan, &items, today, &mut facts)?;
    }
    Ok(facts)
}

/// A version of a plan and those that it was made from, the newest first.
fn lineage(conn: &Connection, plan: RecordId) -> Result<Vec<RecordId>, ApiError> {
    let mut versions = Vec::new();
    let mut next = Some(plan);
    while let Some(version) = next.filter(|version| !versions.contains(version)) {
        versions.push(version);
        let record = records::get(conn, KindCode::Plan, version)?;
        next = record.and_then(|record| record.value("basedOn").as_id());
    }
    Ok(versions)
}

/// What residents said since the last work was completed; what they said before is not about it.
fn rated(
    conn: &Connection,
    compound: RecordId,
    items: &[Row],
    facts: &mut GateFacts,
) -> Result<(), ApiError> {
    let completed = items.iter().map(|item| {
        let fields = Fields::of(KindCode::WorkItem, &item.values);
        fields.text("completedOn").to_owned()
    });
    let Some(since) = completed.max().filter(|day| !day.is_empty()) else {
        return Ok(());
    };
    if let Some((satisfied, answered)) = crate::card::last_rating(conn, compound, &since)? {
        facts.asked = Of {
            part: answered,
            whole: facts.agreeing.whole,
        };
        facts.satisfied = Of {
            part: satisfied,
            whole: answered,
        };
    }
    Ok(())
}

/// What the newest plan says.
fn of_plan(
    conn: &Connection,
    compound: RecordId,
    plan: RecordId,
    items: &[Row],
    today: &str,
    facts: &mut GateFacts,
) -> Result<(), ApiError> {
    facts.plan = true;
    rated(conn, compound, items, facts)?;
    let fields = |row: &Row, code: &str| {
        Fields::of(KindCode::WorkItem, &row.values)
            .text(code)
            .to_owned()
    };
    facts.costed = part(items, |item| estimate_fen(item).is_some());
    let money = |item: &Row, code: &str| Fields::of(KindCode::WorkItem, &item.values).integer(code);
    facts.cost_fen = items
        .iter()
        .filter_map(|item| money(item, "budget").or_else(|| estimate_fen(item)))
        .reduce(|sum, fen| sum + fen);
    facts.budgeted = part(items, |item| money(item, "budget").is_some());
    facts.settled = part(items, |item| money(item, "final").is_some());
    facts.completed = part(items, |item| !fields(item, "completedOn").is_empty());
    facts.measured = part(items, |item| {
        Fields::of(KindCode::WorkItem, &item.values)
            .integer("quantityDone")
            .is_some()
    });
    (facts.unmet, facts.untold) = standard::counted(conn, compound, plan)?;
    let versions = lineage(conn, plan)?;
    let of = |kind: KindCode, plans: &[RecordId]| -> Result<Vec<_>, ApiError> {
        let mut rows = assets::rows(conn, kind, compound)?;
        rows.retain(|row| {
            let plan = Fields::of(kind, &row.values).value("plan").as_id();
            plan.is_some_and(|plan| plans.contains(&plan))
        });
        Ok(rows)
    };
    facts.funds_fen = of(KindCode::Fund, &[plan])?
        .iter()
        .filter_map(|row| Fields::of(KindCode::Fund, &row.values).integer("planned"))
        .sum();
    // What was said of an earlier version is answered too.
    facts.opinions = part(&of(KindCode::Opinion, &versions)?, |row| {
        is_settled(&Fields::of(KindCode::Opinion, &row.values))
    });
    // The newest version that was put up: a final one needs no second notice.
    for version in versions {
        let Some(record) = records::get(conn, KindCode::Plan, version)? else {
            continue;
        };
        let day = |code: &str| {
            record
                .value(code)
                .as_text()
                .and_then(|text| text.parse::<chrono::NaiveDate>().ok())
        };
        if let (Some(from), Some(to)) = (day("noticeFrom"), day("noticeTo")) {
            // The first day is not counted.
            facts.notice_days = Some((to - from).num_days());
            facts.notice_running = to.format("%Y-%m-%d").to_string().as_str() >= today;
            break;
        }
    }
    let decided = consent::decided(conn, compound, plan)?;
    let to_decide: Vec<_> = items
        .iter()
        .filter(|item| {
            matches!(
                fields(item, "decision").as_str(),
                "ordinary" | "major" | "entranceMajor"
            )
        })
        .collect();
    facts.decisions = part(&to_decide, |item| {
        decided
            .iter()
            .any(|decision| decision.item == Some(item.id))
    });
    let effects = load_effects(conn, compound, items)?;
    let structures: Vec<_> = effects
        .iter()
        .filter(|loaded| {
            loaded.effect.action == Action::Demolish
                && matches!(
                    loaded.effect.kind,
                    Some(KindCode::Outbuilding | KindCode::CycleShed)
                )
        })
        .collect();
    facts.demolished = part(&structures, |loaded| loaded.effect.completed);
    let about_pipes: Vec<_> = items
        .iter()
        .filter(|item| {
            effects.iter().any(|loaded| {
                let effect = &loaded.effect;
                let dredged = matches!(&effect.action, Action::Quantity { statistic, .. } if statistic == "pipeDredged");
                effect.work_item == item.id
                    && (dredged || effect.kind == Some(KindCode::PipeSegment))
            })
        })
        .collect();
    facts.pipes = part(&about_pipes, |item| !fields(item, "pipeCompany").is_empty());
    Ok(())
}

/// The stages of a compound with their gates.
struct Gates {
    record: Record,
    current: Option<usize>,
    conditions: Vec<(&'static Condition, StageCondition)>,
    steps: Vec<StageStep>,
}

impl Gates {
    fn load(conn: &Connection, compound: RecordId, today: &str) -> Result<Self, ApiError> {
        let record =
            records::get(conn, KindCode::Compound, compound)?.ok_or_else(ApiError::not_found)?;
        let current = record
            .value("stage")
            .as_text()
            .and_then(|code| choices::STAGE.iter().position(|choice| choice.code == code));
        let facts = facts(conn, &record, today)?;
        let limits = Limits::load(conn)?;
        let words = store::words(conn, compound)?;
        let conditions = CONDITIONS
            .iter()
            .map(|one| {
                let (value, bound) = limits.gate(one.code, one.value, one.unit);
                let (verdict, told) = judge(one, &facts, bound);
                let word = words.iter().find(|word| word.condition == one.code);
                let shown = StageCondition {
                    code: one.code.to_owned(),
                    asks: one.asks.replace("{0}", &value),
                    source: one.source.to_owned(),
                    verdict: verdict.into(),
                    told,
                    by_person: one.confirmed,
                    passes: verdict == Verdict::Met || word.is_some(),
                    word: word.map(said),
                    mends: one.mends.to_owned(),
                };
                (one, shown)
            })
            .collect();
        Ok(Self {
            record,
            current,
            conditions,
            steps: store::steps(conn, compound)?,
        })
    }

    fn of(&self, stage: usize) -> impl Iterator<Item = &StageCondition> {
        self.conditions
            .iter()
            .filter(move |(one, _)| one.stage == stage)
            .map(|(_, shown)| shown)
    }
}

fn said(word: &Kept) -> StageWord {
    StageWord {
        exception: word.exception,
        reason: word.reason.clone(),
        by: word.decided_by.clone(),
        on: long_date(Some(&word.decided_on)),
    }
}

impl Session {
    /// Where a compound stands, and what is missing to pass each gate.
    ///
    /// # Errors
    /// `notFound`.
    pub fn stage_get(&self, compound: &str) -> Result<StageView, ApiError> {
        let today = self.now().format("%Y-%m-%d").to_string();
        let gates = Gates::load(self.connection()?, key(compound)?, &today)?;
        let stages = choices::STAGE
            .iter()
            .enumerate()
            .map(|(index, choice)| {
                let number = i64::try_from(index).unwrap_or(0);
                let step = gates.steps.iter().rev().find(|step| step.stage == number);
                let conditions: Vec<StageCondition> = gates.of(index).cloned().collect();
                StageGate {
                    index: small(index),
                    label: choice.label.to_owned(),
                    entered_on: step
                        .map_or_else(String::new, |step| long_date(Some(&step.entered_on))),
                    person: step.map_or_else(String::new, |step| step.person.clone()),
                    remark: step.map_or_else(String::new, |step| step.remark.clone()),
                    open: small(conditions.iter().filter(|one| !one.passes).count()),
                    conditions,
                }
            })
            .collect();
        Ok(StageView {
            compound_name: gates
                .record
                .value("name")
                .as_text()
                .unwrap_or("")
                .to_owned(),
            current: gates.current.map(small),
            stages,
        })
    }

    /// Takes a compound into a stage, with day and person. Forward only when every gate before it is
    /// passed or excepted; back at any time.
    ///
    /// # Errors
    /// `invalid` naming what is missing.
    pub fn stage_move(&mut self, request: &StageMove) -> Result<Changed<()>, ApiError> {
        let today = self.now().format("%Y-%m-%d").to_string();
        let compound = key(&request.compound)?;
        let gates = Gates::load(self.connection()?, compound, &today)?;
        let target = usize::try_from(request.stage).unwrap_or(usize::MAX);
        let choice = choices::STAGE.get(target).ok_or_else(ApiError::not_found)?;
        let first = gates.current.unwrap_or(0);
        let open: Vec<&str> = (first..target)
            .flat_map(|stage| gates.of(stage))
            .filter(|one| !one.passes)
            .map(|one| one.asks.as_str())
            .collect();
        if !open.is_empty() {
            let shown = open.iter().take(3).copied().collect::<Vec<_>>().join("；");
            return Err(refused(
                "还不能进入这个阶段",
                format!(
                    "到“{}”以前还差 {} 条：{shown}{}。",
                    choice.label,
                    open.len(),
                    if open.len() > 3 { " 等" } else { "" }
                ),
                "请逐条补上；确实要先走的，在那一条写明例外的理由和决定人。",
            ));
        }
        let person = spoken(&request.person, "负责人")?;
        let step = StageStep {
            id: self.fresh()?,
            compound,
            stage: i64::from(request.stage),
            entered_on: on_day(&request.on)?,
            person,
            remark: jiugai_domain::text::normalize_long(&request.remark),
        };
        let field = KindCode::Compound
            .kind()
            .field("stage")
            .filter(|field| matches!(field.kind, FieldType::Code(_)))
            .ok_or_else(ApiError::internal)?;
        let name = gates.record.value("name").as_text().unwrap_or("");
        let op = Op::one(
            OpCode::Update,
            format!("{name} 的阶段（进入“{}”）", choice.label),
        );
        self.write(&op, |conn| {
            let value = Value::Text(choice.code.to_owned());
            records::update(conn, KindCode::Compound, compound, &[(field, value)])?;
            store::add_step(conn, &step)
        })
    }

    /// Keeps what a person said about a condition: that it is so, where only a person can tell, or that
    /// it may be passed by exception.
    ///
    /// # Errors
    /// `invalid` without reason or person; `notFound`.
    pub fn stage_say(&mut self, request: &StageSays) -> Result<Changed<()>, ApiError> {
        let one = condition(&request.condition).ok_or_else(ApiError::not_found)?;
        let compound = key(&request.compound)?;
        let name = records::label(self.connection()?, KindCode::Compound, compound)?
            .ok_or_else(ApiError::not_found)?;
        let word = Kept {
            id: self.fresh()?,
            compound,
            condition: one.code.to_owned(),
            exception: !one.confirmed,
            reason: spoken(&request.reason, if one.confirmed { "依据" } else { "理由" })?,
            decided_by: spoken(&request.by, "决定人")?,
            decided_on: on_day(&request.on)?,
        };
        let what = if one.confirmed { "确认" } else { "例外" };
        let op = Op::one(
            OpCode::Update,
            format!("{name} 的关口（{what}“{}”：{}）", told(one), word.reason),
        );
        self.write(&op, |conn| store::put_word(conn, &word))
    }

    /// Takes a word about a condition back.
    ///
    /// # Errors
    /// `notFound`.
    pub fn stage_unsay(&mut self, compound: &str, code: &str) -> Result<Changed<()>, ApiError> {
        let one = condition(code).ok_or_else(ApiError::not_found)?;
        let compound = key(compound)?;
        let name = records::label(self.connection()?, KindCode::Compound, compound)?
            .ok_or_else(ApiError::not_found)?;
        let op = Op::one(
            OpCode::Update,
            format!("{name} 的关口（收回“{}”的说明）", told(one)),
        );
        self.write(&op, |conn| store::remove_word(conn, compound, one.code))
    }
}

fn told(one: &Condition) -> String {
    one.asks.replace("{0}", one.value)
}

/// What a person must write: one to a hundred characters.
fn spoken(typed: &str, what: &str) -> Result<String, ApiError> {
    let text = jiugai_domain::text::normalize_long(typed);
    match text.chars().count() {
        1..=100 => Ok(text),
        _ => Err(refused(
            "没有保存",
            format!("{what}要有 1 到 100 个字。"),
            "请填好再保存。",
        )),
    }
}

fn on_day(typed: &str) -> Result<String, ApiError> {
    jiugai_domain::date::parse(typed)
        .map(|day| day.format("%Y-%m-%d").to_string())
        .ok_or_else(|| {
            refused(
                "日期写得不对",
                format!("“{typed}”认不出是哪一天。"),
                "请写成 2026-3-5 这样。",
            )
        })
}
