//! What no rule can decide, and what the board shows of a round.

use jiugai_domain::survey::RoundKind;

use super::{round, sheet};
use crate::testing::{edit, sample};
use crate::wire::{BoardCell, PendingAction, PendingDecision};
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

    // A newer version of the plan: what was agreed to the older one counts no more.
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
    session.record_edit(&edits).expect("made");
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
