//! The ballots of the sample (示例): one closed, one open, both with enough heads and too little
//! area.

use chrono::{DateTime, FixedOffset};
use jiugai_domain::{KindCode, RecordId, Value};
use jiugai_storage::ballots::{self as store, Answer, Ballot, Motion, Paper, VoteRow};
use jiugai_storage::{Connection, StorageError, log, records};

use super::{open_now, roll, tally};

const REASON: &str = "示例：社区核对过居住和购房材料";

/// How a sample ballot goes.
struct Plan {
    name: &'static str,
    notice_on: &'static str,
    starts_on: &'static str,
    ends_on: &'static str,
    returned_on: &'static str,
    motions: &'static [(&'static str, &'static str, &'static str)],
    /// Papers that come back, the smallest dwellings first.
    returned: usize,
    closed: bool,
}

const PLANS: [Plan; 2] = [
    Plan {
        name: "使用维修资金修屋面（示例）",
        notice_on: "2021-01-05",
        starts_on: "2021-01-25",
        ends_on: "2021-02-10",
        returned_on: "2021-02-06",
        motions: &[(
            "是否同意使用维修资金修补1至6号楼屋面",
            "useFund",
            "ordinary",
        )],
        returned: 190,
        closed: true,
    },
    Plan {
        name: "改造方案业主表决（示例）",
        notice_on: "2021-02-10",
        starts_on: "2021-03-01",
        ends_on: "2021-03-31",
        returned_on: "2021-03-05",
        motions: &[
            (
                "是否同意拆除老旧集体车棚、新建带充电位的车棚",
                "rebuild",
                "major",
            ),
            ("是否同意修订管理规约", "covenant", "ordinary"),
        ],
        returned: 188,
        closed: false,
    },
];

/// Makes both ballots of a compound of the sample.
pub(crate) fn fill(
    conn: &Connection,
    compound: RecordId,
    at: DateTime<FixedOffset>,
) -> Result<(), StorageError> {
    let kind = KindCode::Dwelling;
    let source = kind.kind().field("areaSource");
    for row in crate::assets::rows(conn, kind, compound)? {
        if let Some(source) = source {
            records::update(
                conn,
                kind,
                row.id,
                &[(source, Value::Text("register".to_owned()))],
            )?;
        }
    }
    let label = records::label(conn, KindCode::Compound, compound)?.unwrap_or_default();
    for plan in &PLANS {
        ballot(conn, compound, &label, plan, at)?;
    }
    Ok(())
}

fn ballot(
    conn: &Connection,
    compound: RecordId,
    label: &str,
    plan: &Plan,
    at: DateTime<FixedOffset>,
) -> Result<(), StorageError> {
    let fresh = || log::fresh_id(conn, at);
    let ballot = Ballot {
        notice_on: plan.notice_on.to_owned(),
        starts_on: plan.starts_on.to_owned(),
        ends_on: plan.ends_on.to_owned(),
        organiser: "文明社区居民委员会（示例）".to_owned(),
        phone: "0394-示例号码".to_owned(),
        supervisors: "示例监票人甲、示例监票人乙".to_owned(),
        gross_when_missing: true,
        ..Ballot::prepared(fresh()?, compound, plan.name, label)
    };
    store::put(conn, &ballot)?;
    let mut motions = Vec::new();
    for (ordinal, (title, matter, leg)) in (1..).zip(plan.motions) {
        let motion = Motion {
            id: fresh()?,
            ballot: ballot.id,
            ordinal,
            title: (*title).to_owned(),
            detail: String::new(),
            matter: (*matter).to_owned(),
            leg: (*leg).to_owned(),
            leg_reason: String::new(),
            work_item: None,
        };
        store::put_motion(conn, &motion)?;
        motions.push(motion);
    }
    let questions = roll::doubts(conn, &ballot)?;
    for question in questions.iter().filter(|question| question.doubt.blocks()) {
        let answer = Answer {
            question: question.key.clone(),
            subject: question.subject.clone(),
            answer: question
                .answers
                .first()
                .map_or_else(String::new, |(code, _)| code.clone()),
            reason: REASON.to_owned(),
            decided_by: "示例录入员".to_owned(),
            decided_on: plan.notice_on.to_owned(),
        };
        store::put_answer(conn, fresh()?, ballot.id, &answer)?;
    }
    roll::remake(conn, &ballot, at)?;
    let id = ballot.id;
    open_now(conn, ballot, at, "示例录入员")?;
    cast(conn, id, &motions, plan, at)?;
    if plan.closed {
        let ballot = store::find(conn, id)?.ok_or(StorageError::CalledOff)?;
        tally::close_now(conn, ballot, at, "示例录入员")?;
    }
    Ok(())
}

/// The smallest dwellings vote, the work unit and the large ones do not: heads enough, area not.
fn cast(
    conn: &Connection,
    ballot: RecordId,
    motions: &[Motion],
    plan: &Plan,
    at: DateTime<FixedOffset>,
) -> Result<(), StorageError> {
    let mut entries: Vec<_> = store::entries(conn, ballot)?
        .into_iter()
        .filter(|entry| entry.counts)
        .collect();
    entries.sort_by_key(|entry| {
        (
            entry.head.starts_with("workUnit:"),
            entry.area_dm2,
            entry.ordinal,
        )
    });
    let mut papers: std::collections::HashMap<RecordId, Paper> = store::papers(conn, ballot)?
        .into_iter()
        .map(|paper| (paper.entry, paper))
        .collect();
    for (position, entry) in entries.iter().enumerate() {
        let Some(mut paper) = papers.remove(&entry.id) else {
            continue;
        };
        let returned = position < plan.returned;
        // Some are not reached at all.
        if !returned && position % 9 == 0 {
            continue;
        }
        paper.way = if position % 4 == 3 {
            "cohabitant"
        } else {
            "inPerson"
        }
        .to_owned();
        paper.delivered_on = plan.starts_on.to_owned();
        paper.witness = "示例见证人".to_owned();
        paper.evidence = "存根已签收".to_owned();
        if returned {
            paper.returned_on = plan.returned_on.to_owned();
        }
        let invalid = returned && position % 90 == 45;
        if invalid {
            paper.invalid = "unsigned".to_owned();
            paper.first_invalid.clone_from(&paper.invalid);
            paper.first_invalid_by = "示例录入员甲".to_owned();
            paper.second_invalid.clone_from(&paper.invalid);
            paper.second_invalid_by = "示例录入员乙".to_owned();
        }
        store::put_paper(conn, ballot, &paper)?;
        if !returned || invalid {
            continue;
        }
        for motion in motions {
            let said = match position % 24 {
                5 => "reject",
                17 => "abstain",
                _ => "approve",
            };
            let vote = VoteRow {
                id: log::fresh_id(conn, at)?,
                paper: paper.id,
                motion: motion.id,
                first: said.to_owned(),
                first_by: "示例录入员甲".to_owned(),
                second: said.to_owned(),
                second_by: "示例录入员乙".to_owned(),
                settled: String::new(),
                settled_by: String::new(),
                settled_reason: String::new(),
            };
            store::put_vote(conn, ballot, &vote)?;
        }
    }
    Ok(())
}
