//! The page of one plan version: findings, ground, opinions, consents, what is not answered.

use std::collections::{BTreeMap, HashMap, HashSet};

use jiugai_domain::plan::is_essential;
use jiugai_domain::{Field, KindCode, RecordId, Value};
use jiugai_storage::{Connection, Op, OpCode, ballots, plans, records, survey};

use super::consent::{self, Terms};
use super::findings::findings;
use super::load::{Version, linked};
use super::plan_row;
use crate::assets::{self, Fields};
use crate::text::{key, keys, long_date, small};
use crate::wire::{
    Changed, ConsentLine, OpinionCount, PlanLink, PlanPage, RecordLink, Unanswered,
    UnansweredProblem, UnansweredWish,
};
use crate::{ApiError, ErrorCode, Session};

impl Session {
    /// One plan version with all that is to be known at one look.
    ///
    /// # Errors
    /// `notFound`.
    pub fn plan_page(&self, plan: &str) -> Result<PlanPage, ApiError> {
        let conn = self.connection()?;
        let version = Version::load(conn, key(plan)?)?;
        let (findings, ground) = findings(conn, &version)?;
        let row = plan_row(&version.row, &version.items);
        let fields = version.fields();
        let based_on = fields.value("basedOn").as_id();
        let based_on = match based_on {
            Some(id) => records::label(conn, KindCode::Plan, id)?.map(|label| RecordLink {
                kind: KindCode::Plan,
                id: id.to_string(),
                label,
            }),
            None => None,
        };
        let newest = plans::newest(conn, version.compound)?;
        let superseded = match newest {
            Some((newest, number))
                if newest != version.row.id && number > i64::from(row.version) =>
            {
                records::label(conn, KindCode::Plan, newest)?.unwrap_or_default()
            }
            _ => String::new(),
        };
        let notice = match (fields.text("noticeFrom"), fields.text("noticeTo")) {
            ("", "") => String::new(),
            (from, to) => format!("公示 {}至{}", long_date(Some(from)), long_date(Some(to))),
        };
        Ok(PlanPage {
            compound: version.compound.to_string(),
            based_on,
            released: version.release.is_some(),
            published: version
                .release
                .as_ref()
                .map_or_else(String::new, super::versions::published),
            notice,
            superseded,
            findings,
            ground: ground.told(),
            opinions: opinions(conn, version.compound, version.row.id)?,
            consents: consents(conn, &version)?,
            unanswered: unanswered(conn, &version)?,
            row,
        })
    }

    /// Says which work item answers these wishes or mends these problems.
    ///
    /// # Errors
    /// `notFound`; `invalid` for other kinds.
    pub fn plan_link(&mut self, request: &PlanLink) -> Result<Changed<u32>, ApiError> {
        let kind = request.kind;
        let item = key(&request.work_item)?;
        let conn = self.connection()?;
        let name = records::get(conn, KindCode::WorkItem, item)?
            .ok_or_else(ApiError::not_found)?
            .value("name")
            .as_text()
            .unwrap_or("")
            .to_owned();
        let field: &'static Field = match kind {
            KindCode::Wish | KindCode::Problem => kind.kind().field("workItem"),
            _ => None,
        }
        .ok_or_else(|| {
            ApiError::new(
                ErrorCode::Invalid,
                "对不上",
                "只有诉求和问题能对上改造内容。",
                "请选诉求或者问题。",
            )
        })?;
        let ids = keys(&request.ids)?;
        let subject = format!("对应到“{name}”的{}", kind.kind().label);
        let op = Op::many(OpCode::Update, subject, ids.len()).of_kind(kind);
        self.write(&op, |conn| {
            for id in &ids {
                records::update(conn, kind, *id, &[(field, Value::Id(item))])?;
            }
            Ok(small(ids.len()))
        })
    }
}

/// An opinion is answered: adopted, or partly or not adopted with the reason.
pub(crate) fn is_settled(opinion: &Fields<'_>) -> bool {
    match opinion.text("answer") {
        "" => false,
        "adopted" => true,
        _ => !opinion.text("reason").is_empty(),
    }
}

/// The opinions on a version, counted.
pub(super) fn opinions(
    conn: &Connection,
    compound: RecordId,
    plan: RecordId,
) -> Result<OpinionCount, ApiError> {
    let rows = assets::rows(conn, KindCode::Opinion, compound)?;
    let of_plan: Vec<Fields<'_>> = rows
        .iter()
        .map(|row| Fields::of(KindCode::Opinion, &row.values))
        .filter(|fields| fields.value("plan").as_id() == Some(plan))
        .collect();
    let answers: Vec<&str> = of_plan.iter().map(|fields| fields.text("answer")).collect();
    let of = |code: &str| answers.iter().filter(|answer| **answer == code).count();
    let (adopted, partly, declined, silent) = (of("adopted"), of("partly"), of("declined"), of(""));
    let open = of_plan.iter().filter(|fields| !is_settled(fields)).count();
    let mut rest = String::new();
    if silent > 0 {
        rest.push_str(&format!("；还有 {silent} 条没有答复"));
    }
    if open > silent {
        rest.push_str(&format!("；有 {} 条没有写理由", open - silent));
    }
    let text = if answers.is_empty() {
        "还没有收到意见".to_owned()
    } else {
        format!(
            "收到意见 {} 条：采纳 {adopted} 条，部分采纳 {partly} 条，不采纳 {declined} 条{rest}",
            answers.len()
        )
    };
    Ok(OpinionCount {
        total: small(answers.len()),
        adopted: small(adopted),
        partly: small(partly),
        declined: small(declined),
        open: small(open),
        text,
    })
}

/// Surveys and ballots that asked about a version of the plan. What was said to another one counts
/// here as long as nothing that it was about changed.
fn consents(conn: &Connection, version: &Version) -> Result<Vec<ConsentLine>, ApiError> {
    let mut lines = Vec::new();
    let now = Terms::of(conn, version)?;
    let own = version.row.id;
    let told = |plan: Option<RecordId>, changed: &Option<Vec<String>>| match changed {
        Some(changed) if changed.is_empty() && plan == Some(own) => String::new(),
        Some(changed) if changed.is_empty() => "，问到的内容没有变，对这一版仍算数".to_owned(),
        Some(changed) => format!("；{}变了，对这一版不算数", consent::named(changed)),
        None => "；问的那一版已经不在，对这一版不算数".to_owned(),
    };
    for round in survey::rounds(conn, Some(version.compound))? {
        let Some(asked) = round.plan_version else {
            continue;
        };
        // The answers know the number; of several scenarios the round's own one was asked about.
        let plan = match round.plan {
            Some(plan) if records::label(conn, KindCode::Plan, plan)?.is_some() => Some(plan),
            _ => plans::numbered(conn, version.compound, Some(asked))?.map(|(plan, _)| plan),
        };
        let changed = match plan {
            Some(plan) => consent::since(conn, plan, &now)?,
            None => None,
        };
        let counted = survey::counted(conn, round.id)?;
        lines.push(ConsentLine {
            text: format!(
                "问卷“{}”问的是第{asked}版，收回 {counted} 份{}",
                round.name,
                told(plan, &changed)
            ),
            stale: changed.is_none_or(|changed| !changed.is_empty()),
        });
    }
    for ballot in ballots::list(conn, Some(version.compound))? {
        let Some(plan) = ballot.plan else { continue };
        let label = records::label(conn, KindCode::Plan, plan)?
            .unwrap_or_else(|| "已经删除的方案".to_owned());
        let standing = match (ballot.opened_at.is_empty(), ballot.closed_at.is_empty()) {
            (true, _) => "准备中",
            (false, true) => "正在表决",
            (false, false) => "已封存",
        };
        let motions = ballots::motions(conn, ballot.id)?;
        let mut changed = if motions.is_empty() {
            consent::since(conn, plan, &now)?
        } else {
            Some(Vec::new())
        };
        for motion in &motions {
            let since = consent::since_motion(conn, ballot.plan, motion, &now)?;
            changed = changed.zip(since).map(|(mut all, since)| {
                all.extend(since);
                all
            });
        }
        if let Some(changed) = &mut changed {
            let mut seen = HashSet::new();
            changed.retain(|name| seen.insert(name.clone()));
        }
        lines.push(ConsentLine {
            text: format!(
                "表决“{}”依据的是{label}，{standing}{}",
                ballot.name,
                told(Some(plan), &changed)
            ),
            stale: changed.is_none_or(|changed| !changed.is_empty()),
        });
    }
    Ok(lines)
}

fn unanswered(conn: &Connection, version: &Version) -> Result<Unanswered, ApiError> {
    let here: HashSet<String> = version.keys().into_keys().collect();
    let answers = |key: &Option<String>| key.as_ref().is_some_and(|key| here.contains(key));
    let problems = linked(conn, version.compound, KindCode::Problem)?;
    let total = problems.len();
    let (mut met, mut reasoned, mut open) = (0, 0, Vec::new());
    for (row, key) in &problems {
        let fields = Fields::of(KindCode::Problem, &row.values);
        if answers(key) {
            met += 1;
        } else if !fields.text("reason").is_empty() {
            reasoned += 1;
        } else {
            let shown = |code: &str| {
                let field = KindCode::Problem.kind().field(code);
                field.map_or_else(String::new, |field| field.format(fields.value(code)))
            };
            open.push(UnansweredProblem {
                id: row.id.to_string(),
                name: fields.text("name").to_owned(),
                class: shown("class"),
                place: fields.text("place").to_owned(),
                essential: is_essential(fields.text("class")),
            });
        }
    }
    open.sort_by_key(|problem| !problem.essential);
    let wishes = linked(conn, version.compound, KindCode::Wish)?;
    let asked = wishes.len();
    let mut answered = 0;
    let mut subjects: BTreeMap<String, UnansweredWish> = BTreeMap::new();
    for (row, key) in &wishes {
        let fields = Fields::of(KindCode::Wish, &row.values);
        if answers(key) {
            answered += 1;
            continue;
        }
        if !fields.text("answer").is_empty() {
            continue;
        }
        let subject = KindCode::Wish
            .kind()
            .field("measure")
            .map_or_else(String::new, |field| field.format(fields.value("measure")));
        let entry = subjects
            .entry(subject.clone())
            .or_insert_with(|| UnansweredWish {
                subject,
                want: 0,
                against: 0,
                ids: Vec::new(),
            });
        match fields.text("attitude") {
            "want" => entry.want += 1,
            "against" => entry.against += 1,
            _ => {}
        }
        entry.ids.push(row.id.to_string());
    }
    let mut subjects: Vec<UnansweredWish> = subjects.into_values().collect();
    subjects.sort_by_key(|wish| std::cmp::Reverse(wish.want));
    Ok(Unanswered {
        problem_text: format!(
            "问题 {total} 个：{met} 个有改造内容，{reasoned} 个写明不列入，{} 个还没有着落",
            open.len()
        ),
        wish_text: format!("诉求 {asked} 条，{answered} 条对上了这一版的改造内容"),
        problems: open,
        wishes: subjects,
    })
}

/// How many wishes and problems each item of a version answers, by position.
pub(super) fn answered(
    conn: &Connection,
    compound: RecordId,
    keys: &HashMap<String, usize>,
    kind: KindCode,
) -> Result<HashMap<usize, u32>, ApiError> {
    let mut counts = HashMap::new();
    for (_, key) in linked(conn, compound, kind)? {
        if let Some(at) = key.and_then(|key| keys.get(&key).copied()) {
            *counts.entry(at).or_insert(0) += 1;
        }
    }
    Ok(counts)
}
