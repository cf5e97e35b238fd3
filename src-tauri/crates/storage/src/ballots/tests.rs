use jiugai_domain::{KindCode, RecordId};

use super::*;
use crate::testing::{id, memory, small, stamp};
use crate::{Ledger, Op, OpCode};

fn key(number: u8) -> RecordId {
    let mut bytes = [number; 16];
    bytes[6] = 0x70;
    RecordId(bytes)
}

fn ballot() -> Ballot {
    Ballot {
        starts_on: "2026-03-20".to_owned(),
        gross_when_missing: true,
        ..Ballot::prepared(key(1), id(KindCode::Compound, 1), "示例表决", "小区1")
    }
}

fn entry() -> RollEntry {
    RollEntry {
        id: key(2),
        ordinal: 1,
        dwelling: id(KindCode::Dwelling, 101),
        place: "1号楼101".to_owned(),
        building: "1号楼".to_owned(),
        storey: Some(1),
        area_dm2: Some(6_120),
        area_source: "register".to_owned(),
        owners: "示例甲".to_owned(),
        head: "owner:1".to_owned(),
        head_label: "示例甲".to_owned(),
        counts: true,
        note: String::new(),
        coefficient: None,
    }
}

fn motion() -> Motion {
    Motion {
        id: key(3),
        ballot: key(1),
        ordinal: 1,
        title: "示例议题".to_owned(),
        detail: String::new(),
        matter: "other".to_owned(),
        leg: "ordinary".to_owned(),
        leg_reason: String::new(),
        work_item: None,
    }
}

fn vote(first: &str) -> VoteRow {
    VoteRow {
        id: key(5),
        paper: key(4),
        motion: key(3),
        first: first.to_owned(),
        first_by: "录入员甲".to_owned(),
        second: String::new(),
        second_by: String::new(),
        settled: String::new(),
        settled_by: String::new(),
        settled_reason: String::new(),
    }
}

fn run(
    ledger: &Ledger,
    code: OpCode,
    work: impl FnOnce(&Connection) -> Result<(), StorageError>,
) -> Result<i64, StorageError> {
    let changed = ledger.transact(&Op::one(code, "表决“示例表决”"), &stamp(0), work)?;
    Ok(changed.transaction.map_or(0, |transaction| transaction.seq))
}

/// A ballot that is prepared, opened, with one paper that was read; gives the numbers of the steps.
fn voted(ledger: &Ledger) -> (i64, i64) {
    small(ledger);
    run(ledger, OpCode::Create, |conn| {
        put(conn, &ballot())?;
        put_motion(conn, &motion())?;
        replace_entries(conn, key(1), &[entry()])
    })
    .expect("prepared");
    let opened = run(ledger, OpCode::OpenBallot, |conn| {
        put_paper(conn, key(1), &Paper::blank(key(4), key(2), 1))?;
        let mut ballot = ballot();
        ballot.opened_at = stamp(0).at.to_rfc3339();
        ballot.opened_by = "录入员甲".to_owned();
        put(conn, &ballot)
    })
    .expect("opened");
    let entered = run(ledger, OpCode::EnterPaper, |conn| {
        let mut paper = Paper::blank(key(4), key(2), 1);
        paper.returned_on = "2026-03-21".to_owned();
        put_paper(conn, key(1), &paper)?;
        put_vote(conn, key(1), &vote("approve"))
    })
    .expect("entered");
    (opened, entered)
}

fn close(ledger: &Ledger) -> i64 {
    run(ledger, OpCode::CloseBallot, |conn| {
        let mut ballot = find(conn, key(1))?.expect("a ballot");
        ballot.closed_at = stamp(1).at.to_rfc3339();
        ballot.closed_by = "录入员甲".to_owned();
        ballot.result = "{}".to_owned();
        put(conn, &ballot)
    })
    .expect("closed")
}

#[test]
fn what_is_written_is_read_back() {
    let ledger = memory();
    voted(&ledger);
    let conn = ledger.connection();
    assert_eq!(motions(conn, key(1)).expect("read"), [motion()]);
    assert_eq!(entries(conn, key(1)).expect("read"), [entry()]);
    assert_eq!(votes(conn, key(1)).expect("read"), [vote("approve")]);
    assert_eq!(papers(conn, key(1)).expect("read").len(), 1);
    assert_eq!(list(conn, None).expect("read").len(), 1);
    assert_eq!(ledger.verify(&[]).expect("verified"), []);
}

#[test]
fn the_roll_and_the_motions_are_frozen_when_the_ballot_is_open() {
    let ledger = memory();
    voted(&ledger);
    let mut other = entry();
    other.area_dm2 = Some(9_999);
    let refused = run(&ledger, OpCode::Update, |conn| {
        replace_entries(conn, key(1), &[other])
    });
    assert!(matches!(refused, Err(StorageError::RollFrozen)));
    let mut other = motion();
    other.leg = "major".to_owned();
    let refused = run(&ledger, OpCode::Update, |conn| put_motion(conn, &other));
    assert!(matches!(refused, Err(StorageError::RollFrozen)));
    let refused = run(&ledger, OpCode::Update, |conn| {
        let mut ballot = find(conn, key(1))?.expect("a ballot");
        ballot.count_apart = true;
        put(conn, &ballot)
    });
    assert!(matches!(refused, Err(StorageError::RollFrozen)));
    run(&ledger, OpCode::Update, |conn| {
        set_coefficient(conn, key(2), Some(120))?;
        let mut ballot = find(conn, key(1))?.expect("a ballot");
        ballot.phone = "0394-示例".to_owned();
        put(conn, &ballot)
    })
    .expect("what nobody voted on may change");
}

#[test]
fn work_on_an_open_ballot_is_undone_and_done_again_down_to_its_opening() {
    let ledger = memory();
    let (opened, _) = voted(&ledger);
    let conn = ledger.connection();
    ledger.undo(&stamp(1)).expect("the entry");
    assert_eq!(votes(conn, key(1)).expect("read"), []);
    ledger.undo(&stamp(1)).expect("the opening");
    assert_eq!(papers(conn, key(1)).expect("read"), []);
    run(&ledger, OpCode::Update, |conn| {
        let mut other = entry();
        other.area_dm2 = Some(7_000);
        replace_entries(conn, key(1), &[other])
    })
    .expect("the roll thawed");
    ledger.undo(&stamp(1)).expect("the change");
    ledger.redo(&stamp(1)).expect("the change again");
    assert!(ledger.undo_transaction(opened, &stamp(1)).is_err());
    assert_eq!(ledger.verify(&[]).expect("verified"), []);
}

#[test]
fn nothing_changes_a_closed_ballot() {
    let ledger = memory();
    let (opened, entered) = voted(&ledger);
    let closed = close(&ledger);
    let before = crate::testing::dump(ledger.connection());
    type Work = fn(&Connection) -> Result<(), StorageError>;
    let attempts: [Work; 8] = [
        |conn| put(conn, &ballot()),
        |conn| put_vote(conn, key(1), &vote("reject")),
        |conn| remove_votes(conn, key(4)),
        |conn| put_paper(conn, key(1), &Paper::blank(key(4), key(2), 1)),
        |conn| put_paper(conn, key(1), &Paper::blank(key(9), key(2), 2)),
        |conn| set_coefficient(conn, key(2), Some(1)),
        |conn| remove(conn, key(1)),
        |conn| {
            let straw = Straw {
                head: "owner:1".to_owned(),
                leaning: "approve".to_owned(),
                note: String::new(),
                noted_on: "2026-03-22".to_owned(),
            };
            put_straw(conn, key(7), key(1), &straw)
        },
    ];
    for (number, work) in attempts.into_iter().enumerate() {
        let refused = run(&ledger, OpCode::Update, work);
        assert!(
            matches!(refused, Err(StorageError::BallotClosed)),
            "{number}: {refused:?}"
        );
    }
    for seq in [closed, entered, opened] {
        let refused = ledger.undo_transaction(seq, &stamp(2));
        assert!(
            matches!(refused, Err(StorageError::BallotClosed)),
            "{seq}: {refused:?}"
        );
    }
    assert!(ledger.next_undo().expect("read").is_none());
    assert!(matches!(
        ledger.undo(&stamp(2)),
        Err(StorageError::NothingToUndo)
    ));
    assert_eq!(crate::testing::dump(ledger.connection()), before);
    assert_eq!(
        votes(ledger.connection(), key(1)).expect("read"),
        [vote("approve")]
    );
    // Everything else goes on, and can be undone.
    run(&ledger, OpCode::Update, |conn| {
        crate::testing::set(conn, KindCode::Dwelling, 101, "room = '102'")?;
        Ok(())
    })
    .expect("other work");
    ledger.undo(&stamp(3)).expect("undone");
    assert!(ledger.next_undo().expect("read").is_none());
}

#[test]
fn raw_sql_is_refused_too() {
    let ledger = memory();
    voted(&ledger);
    close(&ledger);
    for sql in [
        "UPDATE ballot SET closed_at = NULL, closed_by = NULL",
        "UPDATE ballot_vote SET first = 'reject'",
        "DELETE FROM ballot_paper",
        "UPDATE ballot_entry SET area_dm2 = 1",
        "DELETE FROM ballot",
    ] {
        let error = ledger.connection().execute(sql, []).expect_err(sql);
        assert!(
            matches!(StorageError::from(error), StorageError::BallotClosed),
            "{sql}"
        );
    }
}

#[test]
fn the_file_refuses_a_second_paper_of_a_dwelling_and_an_area_of_nothing() {
    let ledger = memory();
    voted(&ledger);
    let second = run(&ledger, OpCode::EnterPaper, |conn| {
        put_paper(conn, key(1), &Paper::blank(key(5), key(2), 2))
    });
    assert!(second.is_err());
    let ledger = memory();
    small(&ledger);
    let nothing = run(&ledger, OpCode::Create, |conn| {
        put(conn, &ballot())?;
        let mut entry = entry();
        entry.area_dm2 = Some(0);
        replace_entries(conn, key(1), &[entry])
    });
    assert!(nothing.is_err());
}
