//! Versions of a plan: publishing, taking back, making the next one, and what sets two apart.

use std::collections::{HashMap, HashSet};

use jiugai_domain::plan::{Change, Line, PlanState, Shift, difference};
use jiugai_domain::{Field, FieldType, KindCode, RecordId, Value, date, fixed};
use jiugai_storage::plans::{self, Release};
use jiugai_storage::{Connection, Op, OpCode, StorageError, ballots, log, records, survey};

use super::load::{Version, item, key_of};
use super::{effect_row, estimate_fen, plan_row, wan_yuan};
use crate::assets::{self, Fields};
use crate::records::texts;
use crate::text::{key, long_date};
use crate::wire::{Changed, DifferenceLine, NewVersion, PlanDifference, Publication, Severity};
use crate::{ApiError, ErrorCode, Session};

/// The fields of a work item that versions are compared by.
const COMPARED: [&str; 16] = [
    "verb",
    "class",
    "ownClass",
    "name",
    "place",
    "quantityBefore",
    "quantity",
    "measure",
    "unitPrice",
    "responsible",
    "pipeCompany",
    "decision",
    "permit",
    "startOn",
    "endOn",
    "revolution",
];

fn refused(message: impl Into<String>, next: &str) -> ApiError {
    ApiError::new(ErrorCode::Invalid, "这一步没有做", message, next)
}

fn field(kind: KindCode, code: &str) -> Result<&'static Field, ApiError> {
    kind.kind().field(code).ok_or_else(ApiError::internal)
}

impl Session {
    /// Publishes a version for consultation, or as the final one: it is frozen from then on.
    ///
    /// # Errors
    /// `notFound`; `invalid` when the state does not allow it, something contradicts itself, an
    /// opinion is not answered or a day cannot be read.
    pub fn plan_publish(&mut self, request: &Publication) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(&request.plan)?)?;
        let next = PlanState::from_code(&request.state).ok_or_else(ApiError::internal)?;
        self.may_publish(&version, next)?;
        let day = |typed: &str, what: &str| -> Result<Value, ApiError> {
            if typed.trim().is_empty() {
                return Ok(Value::Null);
            }
            date::parse(typed)
                .map(|day| Value::Text(day.format("%Y-%m-%d").to_string()))
                .ok_or_else(|| {
                    refused(
                        format!("{what}写的是“{typed}”，认不出是哪一天。"),
                        "请写成 2021-3-25 这样。",
                    )
                })
        };
        let (from, to) = (
            day(&request.notice_from, "公示开始")?,
            day(&request.notice_to, "公示结束")?,
        );
        if next == PlanState::Consultation && (from.is_null() || to.is_null()) {
            return Err(refused(
                "征求意见要写明公示从哪天到哪天。",
                "请填公示开始和公示结束的日期。",
            ));
        }
        if let (Some(from), Some(to)) = (from.as_text(), to.as_text())
            && from > to
        {
            return Err(refused("公示结束早于公示开始。", "请把两个日期换过来。"));
        }
        let mut values = vec![(
            field(KindCode::Plan, "state")?,
            Value::Text(next.code().to_owned()),
        )];
        for (code, value) in [("noticeFrom", from), ("noticeTo", to)] {
            if !value.is_null() {
                values.push((field(KindCode::Plan, code)?, value));
            }
        }
        let release = Release {
            id: self.fresh()?,
            compound: version.compound,
            plan: version.row.id,
            published_on: self.now().format("%Y-%m-%d").to_string(),
            published_by: self.stamp().actor,
        };
        let op = Op::one(OpCode::PublishPlan, version.row.label.clone());
        self.write(&op, |conn| {
            records::update(conn, KindCode::Plan, release.plan, &values)?;
            if version.release.is_none() {
                plans::release(conn, &release)?;
            }
            Ok(())
        })
    }

    fn may_publish(&self, version: &Version, next: PlanState) -> Result<(), ApiError> {
        let conn = self.connection()?;
        let state = version.state();
        if !state.may_become(next) {
            return Err(refused(
                match (state, next) {
                    (PlanState::Draft, PlanState::Final) => {
                        "草案还没有征求过意见，不能直接定稿。".to_owned()
                    }
                    _ => format!("{}已经发布过。", version.row.label),
                },
                if state == PlanState::Draft {
                    "请先“征求意见”，公示以后再定稿。"
                } else {
                    "要改内容的，请“由此版做新版”。"
                },
            ));
        }
        if version.items.is_empty() {
            return Err(refused("这一版还没有改造内容。", "请先添加内容，再发布。"));
        }
        let (findings, _) = super::findings::findings(conn, version)?;
        let wrong: Vec<_> = findings
            .iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        if let Some(first) = wrong.first() {
            return Err(refused(
                format!("有 {} 处自相矛盾，如：{}。", wrong.len(), first.text),
                "请按“要先解决的”逐条改好，再发布。",
            ));
        }
        if next == PlanState::Final {
            // What was said about the versions that it was made from wants an answer too.
            let mut open = 0;
            let mut asked = Some(version.row.id);
            let mut seen = HashSet::new();
            while let Some(plan) = asked.filter(|plan| seen.insert(*plan)) {
                open += super::page::opinions(conn, version.compound, plan)?.open;
                asked = records::get(conn, KindCode::Plan, plan)?
                    .and_then(|record| record.value("basedOn").as_id());
            }
            if open > 0 {
                return Err(refused(
                    format!("还有 {open} 条意见没有答复。"),
                    "请到“意见”里逐条写明采纳、部分采纳还是不采纳和理由，再定稿。",
                ));
            }
        }
        Ok(())
    }

    /// Takes a publication back, as long as nobody answered to the version.
    ///
    /// # Errors
    /// `notFound`; `invalid` when it is not published, or somebody voted or answered about it.
    pub fn plan_withdraw(&mut self, plan: &str) -> Result<Changed<()>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        if version.release.is_none() {
            return Err(refused("这一版没有发布过。", "直接改就可以。"));
        }
        let asked = ballots::list(conn, Some(version.compound))?
            .into_iter()
            .find(|ballot| ballot.plan == Some(version.row.id) && !ballot.opened_at.is_empty());
        if let Some(ballot) = asked {
            return Err(refused(
                format!("“{}”已经按这一版发票。", ballot.name),
                "发布不能再撤回。要改内容的，请“由此版做新版”。",
            ));
        }
        for round in survey::rounds(conn, Some(version.compound))? {
            if round.plan == Some(version.row.id) && survey::counted(conn, round.id)? > 0 {
                return Err(refused(
                    format!("“{}”已经有人按这一版作答。", round.name),
                    "发布不能再撤回。要改内容的，请“由此版做新版”。",
                ));
            }
        }
        if super::page::opinions(conn, version.compound, version.row.id)?.total > 0 {
            return Err(refused(
                "已经收到对这一版的意见。",
                "发布不能再撤回。要改内容的，请“由此版做新版”。",
            ));
        }
        let before = match version.fields().value("basedOn").as_id() {
            Some(id) => records::get(conn, KindCode::Plan, id)?
                .and_then(|plan| PlanState::from_code(plan.value("state").as_text().unwrap_or("")))
                .map_or(PlanState::Draft, PlanState::of_successor),
            None => PlanState::Draft,
        };
        let state = field(KindCode::Plan, "state")?;
        let op = Op::one(OpCode::WithdrawPlan, version.row.label.clone());
        self.write(&op, |conn| {
            plans::withdraw(conn, version.row.id)?;
            let value = Value::Text(before.code().to_owned());
            records::update(conn, KindCode::Plan, version.row.id, &[(state, value)])
        })
    }

    /// Makes a version from another: the next one, or a scenario beside it. Items, effects, order
    /// and funds are copied; wishes and problems go along with the next version.
    ///
    /// # Errors
    /// `notFound`; `nameTaken` for a scenario that there is.
    pub fn plan_new_version(&mut self, request: &NewVersion) -> Result<Changed<String>, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(&request.plan)?)?;
        let scenario = jiugai_domain::text::normalize(&request.scenario);
        let op = Op::one(OpCode::CopyPlan, version.row.label.clone());
        let at = self.now();
        self.write(&op, |conn| {
            copy(conn, &version, &scenario, at).map(|id| id.to_string())
        })
    }

    /// What sets two versions apart.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_difference(&self, before: &str, after: &str) -> Result<PlanDifference, ApiError> {
        let conn = self.connection()?;
        let (before, after) = (
            Version::load(conn, key(before)?)?,
            Version::load(conn, key(after)?)?,
        );
        let shifts = difference(&lines(&before, &COMPARED), &lines(&after, &COMPARED));
        let count = |is: fn(&Change) -> bool| shifts.iter().filter(|one| is(&one.change)).count();
        let (added, removed) = (
            count(|one| *one == Change::Added),
            count(|one| *one == Change::Removed),
        );
        let changed = shifts.len() - added - removed;
        let fen: i64 = shifts.iter().map(|shift| shift.fen).sum();
        let money = match fen {
            0 => "估算不变".to_owned(),
            less if less < 0 => format!("估算减少 {} 万元", wan_yuan(-less)),
            more => format!("估算增加 {} 万元", wan_yuan(more)),
        };
        let summary = if shifts.is_empty() {
            "两版的内容完全一样".to_owned()
        } else {
            format!("新增 {added} 项，去掉 {removed} 项，改动 {changed} 项，{money}")
        };
        Ok(PlanDifference {
            before: plan_row(&before.row, &before.items),
            after: plan_row(&after.row, &after.items),
            summary,
            lines: shifts.iter().map(told).collect(),
        })
    }
}

/// The items of a version as they are compared by these fields, their cost and their effects.
pub(super) fn lines(version: &Version, compared: &[&str]) -> Vec<Line> {
    let kind = KindCode::WorkItem.kind();
    version
        .items
        .iter()
        .map(|row| {
            let mut shown = texts(kind.fields, &row.values, &row.references);
            for (at, field) in kind.fields.iter().enumerate() {
                if let (FieldType::Amount, Some(text), Some(amount)) = (
                    field.kind,
                    shown.get_mut(at),
                    row.values.get(at).and_then(Value::as_integer),
                ) {
                    *text = super::quantity(amount);
                }
            }
            let mut cells: Vec<(&'static str, String)> = compared
                .iter()
                .filter_map(|code| {
                    let at = kind.fields.iter().position(|field| field.code == *code)?;
                    Some((kind.fields[at].label, shown.get(at)?.clone()))
                })
                .collect();
            let fen = estimate_fen(row);
            cells.push((
                "估算",
                fen.map_or_else(String::new, |fen| fixed::format_grouped(fen, 2)),
            ));
            Line {
                key: key_of(row),
                name: item(row).text("name").to_owned(),
                cells,
                effects: version
                    .effects
                    .iter()
                    .filter(|loaded| loaded.effect.work_item == row.id)
                    .map(|loaded| effect_row(loaded).sentence)
                    .collect(),
                fen,
            }
        })
        .collect()
}

/// Effects listed of one change before the rest is only counted.
const FEW: usize = 6;

fn told(shift: &Shift) -> DifferenceLine {
    let (change, details) = match &shift.change {
        Change::Added => ("新增", Vec::new()),
        Change::Removed => ("去掉", Vec::new()),
        Change::Changed {
            cells,
            effects_gone,
            effects_new,
        } => {
            let shown = |text: &str| {
                if text.is_empty() {
                    "（空）".to_owned()
                } else {
                    text.to_owned()
                }
            };
            let mut details: Vec<String> = cells
                .iter()
                .map(|(label, old, new)| format!("{label}：{} → {}", shown(old), shown(new)))
                .collect();
            for (word, effects) in [("不再", effects_gone), ("多了", effects_new)] {
                details.extend(
                    effects
                        .iter()
                        .take(FEW)
                        .map(|effect| format!("{word}：{effect}")),
                );
                if effects.len() > FEW {
                    details.push(format!("{word}：另有 {} 条效果", effects.len() - FEW));
                }
            }
            ("改动", details)
        }
    };
    let money = match shift.fen {
        0 => "0".to_owned(),
        less if less < 0 => format!("−{}", fixed::format_grouped(-less, 2)),
        more => format!("+{}", fixed::format_grouped(more, 2)),
    };
    DifferenceLine {
        change: change.to_owned(),
        name: shift.name.clone(),
        details,
        money,
        direction: i32::try_from(shift.fen.signum()).unwrap_or(0),
    }
}

/// Copies a version: under the next number, or as a scenario of the same number.
pub(crate) fn copy(
    conn: &Connection,
    version: &Version,
    scenario: &str,
    at: chrono::DateTime<chrono::FixedOffset>,
) -> Result<RecordId, StorageError> {
    let compound = Some(version.compound);
    let id = log::fresh_id(conn, at)?;
    let next = plans::newest(conn, version.compound)?.map_or(0, |(_, number)| number) + 1;
    let mut values = Vec::new();
    for (field, value) in KindCode::Plan.kind().fields.iter().zip(&version.row.values) {
        let value = match field.code {
            "version" if scenario.is_empty() => Value::Integer(next),
            "scenario" if scenario.is_empty() => Value::Null,
            "scenario" => Value::Text(scenario.to_owned()),
            "state" if scenario.is_empty() => {
                Value::Text(version.state().of_successor().code().to_owned())
            }
            "state" => Value::Text(PlanState::Draft.code().to_owned()),
            "basedOn" => Value::Id(version.row.id),
            "noticeFrom" | "noticeTo" => Value::Null,
            _ => value.clone(),
        };
        values.push((field, value));
    }
    insert(conn, KindCode::Plan, compound, id, &values)?;
    let plan = Value::Id(id);
    let mut items: HashMap<RecordId, RecordId> = HashMap::new();
    for row in &version.items {
        let copy = log::fresh_id(conn, at)?;
        items.insert(row.id, copy);
        let values = replaced(KindCode::WorkItem, &row.values, &[("plan", plan.clone())]);
        insert(conn, KindCode::WorkItem, compound, copy, &values)?;
    }
    let moved = |value: &Value| match value.as_id().and_then(|id| items.get(&id)) {
        Some(copy) => Value::Id(*copy),
        None => Value::Null,
    };
    for loaded in &version.effects {
        let values = &loaded.row.values;
        let item = moved(Fields::of(KindCode::Effect, values).value("workItem"));
        let values = replaced(KindCode::Effect, values, &[("workItem", item)]);
        insert(
            conn,
            KindCode::Effect,
            compound,
            log::fresh_id(conn, at)?,
            &values,
        )?;
    }
    for row in assets::rows(conn, KindCode::Dependency, version.compound)? {
        let fields = Fields::of(KindCode::Dependency, &row.values);
        let (one, other) = (
            moved(fields.value("workItem")),
            moved(fields.value("other")),
        );
        if !one.is_null() && !other.is_null() {
            let ends = [("workItem", one), ("other", other)];
            let values = replaced(KindCode::Dependency, &row.values, &ends);
            insert(
                conn,
                KindCode::Dependency,
                compound,
                log::fresh_id(conn, at)?,
                &values,
            )?;
        }
    }
    for row in assets::rows(conn, KindCode::Fund, version.compound)? {
        let fields = Fields::of(KindCode::Fund, &row.values);
        if fields.value("plan").as_id() == Some(version.row.id) {
            let ends = [
                ("plan", plan.clone()),
                ("workItem", moved(fields.value("workItem"))),
            ];
            let values = replaced(KindCode::Fund, &row.values, &ends);
            insert(
                conn,
                KindCode::Fund,
                compound,
                log::fresh_id(conn, at)?,
                &values,
            )?;
        }
    }
    if scenario.is_empty() {
        for kind in [KindCode::Wish, KindCode::Problem] {
            let Some(field) = kind.kind().field("workItem") else {
                continue;
            };
            for row in assets::rows(conn, kind, version.compound)? {
                let item = moved(Fields::of(kind, &row.values).value("workItem"));
                if !item.is_null() {
                    records::update(conn, kind, row.id, &[(field, item)])?;
                }
            }
        }
    }
    Ok(id)
}

/// The values of a record with some of them replaced.
fn replaced(
    kind: KindCode,
    values: &[Value],
    by: &[(&str, Value)],
) -> Vec<(&'static Field, Value)> {
    kind.kind()
        .fields
        .iter()
        .zip(values)
        .map(|(field, value)| {
            let other = by.iter().find(|(code, _)| *code == field.code);
            (
                field,
                other.map_or_else(|| value.clone(), |(_, value)| value.clone()),
            )
        })
        .collect()
}

fn insert(
    conn: &Connection,
    kind: KindCode,
    compound: Option<RecordId>,
    id: RecordId,
    values: &[(&'static Field, Value)],
) -> Result<(), StorageError> {
    let filled: Vec<_> = values
        .iter()
        .filter(|(_, value)| !value.is_null())
        .cloned()
        .collect();
    records::insert(conn, kind, compound, id, &filled)
}

/// `第1版·方案A`.
pub(crate) fn label(version: i64, scenario: &str) -> String {
    if scenario.is_empty() {
        format!("第{version}版")
    } else {
        format!("第{version}版·{scenario}")
    }
}

/// The day on which a version was published, in the form of papers.
pub(super) fn published(release: &Release) -> String {
    format!(
        "{}由{}发布",
        long_date(Some(&release.published_on)),
        release.published_by
    )
}
