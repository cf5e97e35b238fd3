//! What no rule can decide, and what the board shows of a round.

use jiugai_domain::survey::RoundKind;

use super::{round, sheet};
use crate::testing::{edit, sample};
use crate::wire::{BoardCell, PendingAction, PendingDecision, Publication};
use crate::{KindCode, Session};

fn cell(session: &Session, compound: &str, theme: &str, place: &str) -> BoardCell {
    let first = session
        .board_get(compound, None, theme)
        .expect("a board of the round");
    let house = first
        .buildings
        .iter()
        .find(|one| place.starts_with(&one.label))
        .expect("the house");
    let board = session
        .board_get(compound, house.building.as_deref(), theme)
        .expect("read");
    let cells = board.storeys.into_iter().flat_map(|storey| storey.cells);
    let mut cells = cells.flatten().flatten();
    cells
        .find(|cell| cell.place == place)
        .expect("the room is on the board")
}

#[test]
fn the_board_shows_a_round_and_what_was_said_of_an_older_plan() {
    let (_folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Willingness);
    for (place, choice) in [("1-1-101", "1"), ("1-1-102", "2"), ("1-1-201", "3")] {
        let entry = sheet(&session, &id, place, &[(1, "1"), (3, choice)]);
        session.survey_entry_save(&entry).expect("stored");
    }
    let silent = sheet(&session, &id, "1-1-202", &[(1, "1")]);
    session.survey_entry_save(&silent).expect("stored");
    let (answered, stance) = (format!("answered:{id}"), format!("stance:{id}:3"));
    let state =
        |session: &Session, theme: &str, place: &str| cell(session, &compound, theme, place).state;
    for (place, is, says) in [
        ("1号楼1单元101", "answered", "willing"),
        ("1号楼1单元102", "answered", "against"),
        ("1号楼1单元201", "answered", "undecided"),
        ("1号楼1单元202", "answered", "silent"),
        ("1号楼1单元301", "none", "none"),
    ] {
        assert_eq!(state(&session, &answered, place), is, "{place}");
        assert_eq!(state(&session, &stance, place), says, "{place}");
    }
    let page = session.survey_get(&id).expect("read");
    assert_eq!((page.thresholds[1].have, page.row.stale), (1, 0));

    // A draft changes nothing; a newer version that is published does: what was agreed to the older
    // one counts no more.
    let newest = page.plan;
    let edits = edit(
        KindCode::Plan,
        Some(&compound),
        None,
        &[
            ("name", "示例新版"),
            ("version", "99"),
            ("state", "草案"),
            ("preparedOn", "2021-3-6"),
        ],
    );
    let plan = session.record_edit(&edits).expect("made").value;
    let page = session.survey_get(&id).expect("read");
    assert_eq!((page.thresholds[1].have, page.row.stale), (1, 0));
    let item = [
        ("plan", "示例新版（第99版）"),
        ("ordinal", "1"),
        ("number", "G01"),
        ("verb", "修"),
        ("class", "基础类"),
        ("name", "修路"),
    ];
    session
        .record_edit(&edit(KindCode::WorkItem, Some(&compound), None, &item))
        .expect("an item");
    session
        .plan_publish(&Publication {
            plan: plan.ids[0].clone(),
            state: "consultation".to_owned(),
            notice_from: "2021-3-6".to_owned(),
            notice_to: "2021-3-16".to_owned(),
        })
        .expect("published");
    let page = session.survey_get(&id).expect("read");
    assert_eq!(
        page.plan, newest,
        "the round still asks about what it asked"
    );
    assert_eq!((page.thresholds[1].have, page.row.stale), (0, 4));
    assert!(page.stale.contains("重新征求"), "{}", page.stale);
    let agreed = cell(&session, &compound, &stance, "1号楼1单元101");
    assert_eq!(
        (agreed.state.as_str(), agreed.note.as_str()),
        ("willing", "方案已变，要再问")
    );
    session.survey_renew(&id).expect("renewed");
    let again = sheet(&session, &id, "1-1-301", &[(1, "1"), (3, "1")]);
    session.survey_entry_save(&again).expect("stored");
    let page = session.survey_get(&id).expect("read");
    assert_eq!((page.thresholds[1].have, page.row.stale), (1, 4));
}

#[test]
fn the_answer_of_a_household_that_is_gone_is_given_to_another() {
    let (_folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Willingness);
    let entry = sheet(&session, &id, "1-1-101", &[(1, "1"), (3, "1")]);
    let household = entry.household.clone().expect("somebody lives there");
    session.survey_entry_save(&entry).expect("stored");
    session
        .record_remove(KindCode::Household, &[household])
        .expect("removed");
    let pending = session.survey_pending(&id).expect("listed");
    assert_eq!(pending.len(), 1);
    assert!(pending[0].reasons[0].contains("已经合并或删除"));
    assert_eq!(pending[0].answers.len(), 2, "nothing of it is lost");
    let door = session
        .survey_doors(&id, "1-1-102")
        .expect("offered")
        .remove(0);
    session
        .survey_decide(&PendingDecision {
            response: pending[0].id.clone(),
            action: PendingAction::Assign,
            dwelling: Some(door.dwelling),
            household: door.household,
        })
        .expect("assigned");
    assert!(session.survey_pending(&id).expect("listed").is_empty());
    let theme = format!("stance:{id}:3");
    assert_eq!(
        cell(&session, &compound, &theme, "1号楼1单元102").state,
        "willing"
    );
}

#[test]
fn a_sheet_that_is_there_is_corrected_or_asked_again() {
    let (_folder, mut session) = sample();
    let compound = session.compound_named(super::NAME).expect("there");
    let rounds = session
        .survey_list(Some(&compound.to_string()))
        .expect("listed");
    let id = rounds.last().expect("a round").id.clone();
    let mut first = sheet(&session, &id, "1-1-101", &[(1, "1")]);
    first.answered_on = "2021-3-7".to_owned();
    let early = session.survey_entry_save(&first).expect("told").value;
    assert!(
        early.problems[0].message.contains("还没有到"),
        "{}",
        early.problems[0].message
    );
    first.answered_on = "2020-1-1".to_owned();
    let late = session.survey_entry_save(&first).expect("told").value;
    assert!(late.response.is_none() && late.problems[0].message.contains("起止日期"));
}

#[test]
fn a_number_that_ends_alike_is_another_persons() {
    let (folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Willingness);
    let household = session
        .survey_doors(&id, "1-1-102")
        .expect("found")
        .remove(0);
    let household = household.household.expect("a household");
    let phone = [("phone", "13800007777")];
    let changed = edit(
        KindCode::Household,
        Some(&compound),
        Some(&household),
        &phone,
    );
    session.record_edit(&changed).expect("changed");
    let rows = [
        ("", "13999997777"),
        ("99号楼9单元909", "13800007777"),
        ("", "138****7777"),
        ("", "13800007777"),
    ];
    let mut text = "序号,您的房号,联系电话,您家是否同意本小区改造\n".to_owned();
    for (at, (place, phone)) in rows.iter().enumerate() {
        text += &format!("{},{place},{phone},同意\n", at + 1);
    }
    let path = folder.path().join("电话.csv");
    std::fs::write(&path, text).expect("written");
    session.survey_import_read(&id, &path).expect("read");
    let done = session.survey_import_run().expect("imported").value;
    assert_eq!((done.unmatched, done.by_phone, done.counted), (2, 2, 1));
    let pending = session.survey_pending(&id).expect("listed");
    let offered = |place: &str| {
        pending
            .iter()
            .find(|row| row.place == place)
            .is_some_and(|row| row.options.iter().any(|one| one.label.contains("1单元102")))
    };
    assert!(offered("99号楼9单元909"), "the phone is still a hint");
}

#[test]
fn a_household_that_came_later_leaves_its_sheet_to_a_person() {
    let (_folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Willingness);
    let room = [
        ("building", "1号楼"),
        ("entrance", "1单元"),
        ("room", "901"),
    ];
    let dwelling = session
        .record_edit(&edit(KindCode::Dwelling, Some(&compound), None, &room))
        .expect("a dwelling without household");
    assert_eq!(dwelling.value.ids.len(), 1);
    let entry = sheet(&session, &id, "1-1-901", &[(1, "1")]);
    session.survey_entry_save(&entry).expect("stored");
    let home = [("dwelling", "1号楼1单元901"), ("contact", "示例户主")];
    session
        .record_edit(&edit(KindCode::Household, Some(&compound), None, &home))
        .expect("a household");
    let row = session
        .survey_list(None)
        .expect("listed")
        .pop()
        .expect("there");
    assert_eq!((row.answered, row.pending), (0, 1));
    let pending = session.survey_pending(&id).expect("listed");
    assert!(
        pending[0].reasons[0].contains("还没有登记住户"),
        "{:?}",
        pending[0].reasons
    );
}
