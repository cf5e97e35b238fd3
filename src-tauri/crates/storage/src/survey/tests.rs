use jiugai_domain::survey::{Answer, Answers, Channel, Questionnaire, Respondent, RoundKind};
use jiugai_domain::{KindCode, RecordId};
use proptest::prelude::*;

use super::*;
use crate::testing::{building, compound, dwelling, id, memory, stamp};
use crate::{Ledger, Op, OpCode, StorageError};

fn fixed(number: u8) -> RecordId {
    RecordId::new(5, [number; 10])
}

fn sheet() -> Version {
    Version {
        id: fixed(1),
        family: "test".to_owned(),
        version: 1,
        sheet: Questionnaire {
            title: "问卷".to_owned(),
            ..Questionnaire::default()
        },
        made_at: stamp(0).at.to_rfc3339(),
        made_by: "录入员".to_owned(),
    }
}

fn round_of(number: u8) -> Round {
    Round {
        id: fixed(number),
        compound: id(KindCode::Compound, 1),
        questionnaire: fixed(1),
        kind: RoundKind::Willingness,
        name: format!("第{number}轮"),
        opens_on: None,
        closes_on: None,
        plan: None,
        plan_version: None,
        reach: "75%".to_owned(),
        reach_source: String::new(),
        agree: "2/3".to_owned(),
        agree_source: String::new(),
        double_entry: false,
        remark: String::new(),
    }
}

fn chose(numbers: &[u32]) -> Answer {
    Answer {
        choices: numbers.to_vec(),
        ..Answer::default()
    }
}

fn answer_of(number: u8, dwelling: u16, answers: Answers) -> Response {
    Response {
        id: RecordId::new(9, [number; 10]),
        round: fixed(10),
        answers,
        state: State::Counted,
        questionnaire: fixed(1),
        dwelling: Some(id(KindCode::Dwelling, dwelling)),
        household: None,
        respondent: Respondent::Household,
        respondent_name: String::new(),
        phone: String::new(),
        place: String::new(),
        answered_on: "2026-03-05".to_owned(),
        collector: String::new(),
        channel: Channel::Paper,
        evidence: String::new(),
        source: String::new(),
        source_key: String::new(),
        plan: None,
        plan_version: Some(1),
        second: None,
        second_by: String::new(),
        flaws: "[]".to_owned(),
        tags: std::collections::BTreeMap::default(),
        entered_at: stamp(0).at.to_rfc3339(),
        entered_by: String::new(),
    }
}

fn ledger() -> Ledger {
    let ledger = memory();
    ledger
        .transact(&Op::one(OpCode::Create, "轮次"), &stamp(0), |conn| {
            compound(conn, 1)?;
            building(conn, 1, 1)?;
            for number in 1..=4 {
                dwelling(conn, number, 1, 1)?;
            }
            insert_version(conn, &sheet())?;
            insert_round(conn, &round_of(10))
        })
        .expect("written");
    ledger
}

fn write(ledger: &Ledger, work: impl FnOnce(&crate::Connection) -> Result<(), StorageError>) {
    ledger
        .transact(&Op::one(OpCode::Create, "答卷"), &stamp(1), work)
        .expect("written");
}

#[test]
fn dwellings_are_split_by_storey_position_tenure_and_building() {
    let ledger = ledger();
    let conn = ledger.connection();
    write(&ledger, |conn| {
        for (number, storey, tenure) in
            [(1, 1, "commodity"), (2, 3, "reformed"), (3, 6, "reformed")]
        {
            conn.execute(
                "UPDATE dwelling SET storey = ?2, tenure = ?3 WHERE id = ?1",
                rusqlite::params![id(KindCode::Dwelling, number).0, storey, tenure],
            )?;
        }
        for number in 1..=4 {
            insert(
                conn,
                &answer_of(number, number.into(), [(1, chose(&[1]))].into()),
            )?;
        }
        Ok(())
    });
    let split = |attribute| {
        let found = cross(
            conn,
            &[fixed(10)],
            CrossField::Attribute(attribute),
            CrossField::Question(1),
        )
        .expect("counted");
        let mut told: Vec<(String, i64)> = found
            .rows
            .iter()
            .map(|(at, many)| {
                let text = &found.row_texts[usize::try_from(*at).expect("small")];
                (text.clone(), *many)
            })
            .collect();
        told.sort();
        told
    };
    let rows = |rows: &[(&str, i64)]| -> Vec<(String, i64)> {
        rows.iter()
            .map(|(text, many)| ((*text).to_owned(), *many))
            .collect()
    };
    // The fourth dwelling has no storey and no tenure; the house says nothing of its height.
    assert_eq!(
        split(Attribute::Storey),
        rows(&[("1", 1), ("3", 1), ("6", 1)])
    );
    assert_eq!(
        split(Attribute::Level),
        rows(&[("ground", 1), ("middle", 1), ("top", 1)])
    );
    assert_eq!(
        split(Attribute::Tenure),
        rows(&[("commodity", 1), ("reformed", 2)])
    );
    assert_eq!(split(Attribute::Building), rows(&[("1号楼", 4)]));
    write(&ledger, |conn| {
        conn.execute("UPDATE building SET storeys = 7", [])?;
        Ok(())
    });
    assert_eq!(
        split(Attribute::Level),
        rows(&[("ground", 1), ("middle", 2)])
    );
}

#[test]
fn two_fields_against_each_other() {
    let ledger = ledger();
    let conn = ledger.connection();
    write(&ledger, |conn| {
        insert(
            conn,
            &answer_of(1, 1, [(1, chose(&[1])), (2, chose(&[1, 3]))].into()),
        )?;
        insert(
            conn,
            &answer_of(2, 2, [(1, chose(&[2])), (2, chose(&[3]))].into()),
        )?;
        insert(conn, &answer_of(3, 3, [(2, chose(&[1]))].into()))?;
        let mut waiting = answer_of(4, 4, [(1, chose(&[1]))].into());
        waiting.state = State::Pending;
        insert(conn, &waiting)
    });
    let table = cross(
        conn,
        &[fixed(10)],
        CrossField::Question(1),
        CrossField::Question(2),
    )
    .expect("counted");
    assert_eq!(table.cells, [((1, 1), 1), ((1, 3), 1), ((2, 3), 1)].into());
    assert_eq!((table.both, table.responses), (2, 3));
    assert_eq!(table.columns, [(1, 1), (3, 2)].into());
    let by_house = cross(
        conn,
        &[fixed(10)],
        CrossField::Attribute(Attribute::Building),
        CrossField::Question(2),
    )
    .expect("counted");
    assert_eq!(by_house.row_texts, ["1号楼"]);
    assert_eq!(by_house.cells, [((0, 1), 2), ((0, 3), 2)].into());
    let behind = respondents(
        conn,
        &[fixed(10)],
        (CrossField::Attribute(Attribute::Building), "1号楼"),
        Some((CrossField::Question(2), "1")),
    )
    .expect("found");
    assert_eq!(behind.len(), 2);
    for attribute in Attribute::ALL {
        let field = CrossField::Attribute(attribute);
        cross(conn, &[fixed(10)], field, field).expect("every attribute is read");
    }
    let (tallies, responses) = tally(conn, &[fixed(10)]).expect("counted");
    assert_eq!((tallies[&2].answered, responses), (3, 3));
    assert_eq!(tallies[&2].values, [(1, 2), (3, 2)].into());
}

#[test]
fn the_standing_of_each_door() {
    let ledger = ledger();
    let conn = ledger.connection();
    write(&ledger, |conn| {
        insert(conn, &answer_of(1, 2, [(1, chose(&[2]))].into()))
    });
    let seen = standing(conn, fixed(10), Some(1), None, &[]).expect("read");
    let choices: Vec<Option<i64>> = seen.iter().map(|one| one.choice).collect();
    assert_eq!(choices, [None, Some(2), None, None]);
    // No plan has the version that the answer refers to.
    assert!(seen[1].stale && stale(conn, fixed(10), &[]).expect("read") == 1);
    let counting = [1];
    let seen = standing(conn, fixed(10), Some(1), None, &counting).expect("read");
    assert!(!seen[1].stale && stale(conn, fixed(10), &counting).expect("read") == 0);
    assert_eq!(
        doors(conn, id(KindCode::Compound, 1)).expect("read").len(),
        4
    );
    assert_eq!(orphans(conn, fixed(10)).expect("read"), []);
    write(&ledger, |conn| {
        conn.execute(
            "DELETE FROM dwelling WHERE id = ?1",
            [id(KindCode::Dwelling, 2).0],
        )?;
        Ok(())
    });
    assert_eq!(orphans(conn, fixed(10)).expect("read").len(), 1);
    assert_eq!(ledger.verify(&[]).expect("verified"), []);
}

#[derive(Debug, Clone)]
enum Step {
    Insert(u8, Answers),
    Update(u8, Answers, bool),
    Remove(u8),
    Undo,
    Redo,
}

fn any_answers() -> impl Strategy<Value = Answers> {
    prop::collection::btree_map(
        1..4u32,
        prop::collection::vec(1..4u32, 1..3).prop_map(|numbers| chose(&numbers)),
        0..3,
    )
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (1..5u8, any_answers()).prop_map(|(n, answers)| Step::Insert(n, answers)),
        (1..5u8, any_answers(), any::<bool>())
            .prop_map(|(n, answers, counted)| Step::Update(n, answers, counted)),
        (1..5u8).prop_map(Step::Remove),
        Just(Step::Undo),
        Just(Step::Redo),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn what_is_counted_follows_the_responses(steps in prop::collection::vec(any_step(), 1..14)) {
        let ledger = ledger();
        let op = Op::one(OpCode::Update, "答卷");
        for step in steps {
            let there = |n: u8| response(ledger.connection(), RecordId::new(9, [n; 10])).unwrap();
            match step {
                Step::Insert(n, answers)
                    if there(n).is_none() && round(ledger.connection(), fixed(10)).unwrap().is_some() =>
                {
                    write(&ledger, |conn| insert(conn, &answer_of(n, 1, answers)));
                }
                Step::Update(n, answers, counted) => {
                    if let Some(mut kept) = there(n) {
                        kept.answers = answers;
                        kept.state = if counted { State::Counted } else { State::Discarded };
                        write(&ledger, |conn| update(conn, &kept));
                    }
                }
                Step::Remove(n) => {
                    ledger.transact(&op, &stamp(2), |conn| remove(conn, RecordId::new(9, [n; 10]))).unwrap();
                }
                Step::Undo => drop(ledger.undo(&stamp(3))),
                Step::Redo => drop(ledger.redo(&stamp(3))),
                Step::Insert(..) => {}
            }
            let (followed, anew) = answers::both(ledger.connection()).unwrap();
            prop_assert_eq!(followed, anew);
        }
    }
}
