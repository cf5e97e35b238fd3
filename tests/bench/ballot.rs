//! A ballot of 20,000 dwellings, counted from the ledger and from its own roll.

use std::path::Path;
use std::time::{Duration, Instant};

use chrono::DateTime;
use jiugai_api::ApiError;
use jiugai_domain::RecordId;
use jiugai_domain::ballot::{Cast, Leg, Mode, Seat, Vote, tally};
use jiugai_storage::ballots::{self as store, Ballot, Motion, Paper, RollEntry, VoteRow};
use jiugai_storage::{Connection, Ledger, Op, OpCode, OpenOptions, Stamp, StorageError, log};

use crate::ms;

const DWELLINGS: usize = 20_000;

/// Prints what a count costs.
pub(crate) fn report(folder: &Path) -> Result<(), ApiError> {
    println!("\n## 业主表决（名册 {DWELLINGS} 套，全部交票）\n\n| 做什么 | 中位 |\n|---|---:|");
    let seats: Vec<Seat> = (0..DWELLINGS)
        .map(|at| Seat {
            area_dm2: 5_000 + i64::try_from(at % 4_000).unwrap_or(0),
            head: at / 2,
        })
        .collect();
    let casts = vec![Cast::Valid(Vote::Approve); DWELLINGS];
    let counted = median(|| {
        std::hint::black_box(tally(
            &seats,
            &casts,
            Leg::Major,
            Mode::Strict,
            &Default::default(),
        ));
        Ok(())
    })?;
    println!("| 计票（一项，内存里） | {} |", ms(counted));
    let path = folder.join("ballot.jgdb");
    ledger(&path)?;
    let mut session = crate::session(folder);
    session.ledger_open_as(&path, false)?;
    let read = median(|| {
        std::hint::black_box(session.ballot_report(None)?);
        Ok(())
    })?;
    println!("| 从台账读出并计票（一项，两遍录票） | {} |", ms(read));
    session.ledger_close()
}

fn median(mut work: impl FnMut() -> Result<(), ApiError>) -> Result<Duration, ApiError> {
    let mut times = Vec::new();
    for _ in 0..9 {
        let start = Instant::now();
        work()?;
        times.push(start.elapsed());
    }
    times.sort();
    Ok(times[times.len() / 2])
}

fn ledger(path: &Path) -> Result<(), ApiError> {
    let at = DateTime::parse_from_rfc3339("2021-03-06T09:30:00+08:00")
        .map_err(|_| ApiError::internal())?;
    let stamp = Stamp {
        actor: "示例".to_owned(),
        device: "示例".to_owned(),
        at,
    };
    let ledger = Ledger::create(path, &OpenOptions::default(), &stamp)?;
    let op = Op::one(OpCode::Sample, "示例表决");
    ledger.transact(&op, &stamp, |conn| fill(conn, || log::fresh_id(conn, at)))?;
    ledger.close()?;
    Ok(())
}

fn fill(
    conn: &Connection,
    fresh: impl Fn() -> Result<RecordId, StorageError>,
) -> Result<(), StorageError> {
    let compound = fresh()?;
    let mut ballot = Ballot::prepared(fresh()?, compound, "示例表决", "示例小区");
    store::put(conn, &ballot)?;
    let motion = Motion {
        id: fresh()?,
        ballot: ballot.id,
        ordinal: 1,
        title: "示例议题".to_owned(),
        detail: String::new(),
        matter: "rebuild".to_owned(),
        leg: "major".to_owned(),
        leg_reason: String::new(),
        work_item: None,
    };
    store::put_motion(conn, &motion)?;
    let mut entries = Vec::with_capacity(DWELLINGS);
    for (at, ordinal) in (0..DWELLINGS).zip(1..) {
        entries.push(RollEntry {
            id: fresh()?,
            ordinal,
            dwelling: fresh()?,
            place: format!("{}号楼1单元{:03}", at / 100 + 1, at % 100),
            building: format!("{}号楼", at / 100 + 1),
            storey: None,
            area_dm2: Some(5_000 + ordinal % 4_000),
            area_source: "register".to_owned(),
            owners: format!("示例{}", at / 2),
            head: format!("owner:{}", at / 2),
            head_label: format!("示例{}", at / 2),
            counts: true,
            note: String::new(),
            coefficient: None,
        });
    }
    store::replace_entries(conn, ballot.id, &entries)?;
    ballot.opened_at = "2021-03-06T09:30:00+08:00".to_owned();
    ballot.opened_by = "示例".to_owned();
    store::put(conn, &ballot)?;
    for (entry, number) in entries.iter().zip(1..) {
        let mut paper = Paper::blank(fresh()?, entry.id, number);
        paper.way = "inPerson".to_owned();
        paper.delivered_on = "2021-03-06".to_owned();
        paper.returned_on = "2021-03-07".to_owned();
        store::put_paper(conn, ballot.id, &paper)?;
        let vote = VoteRow {
            id: fresh()?,
            paper: paper.id,
            motion: motion.id,
            first: "approve".to_owned(),
            first_by: "示例甲".to_owned(),
            second: "approve".to_owned(),
            second_by: "示例乙".to_owned(),
            settled: String::new(),
            settled_by: String::new(),
            settled_reason: String::new(),
        };
        store::put_vote(conn, ballot.id, &vote)?;
    }
    Ok(())
}
