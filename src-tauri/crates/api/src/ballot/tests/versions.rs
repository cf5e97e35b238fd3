//! What owners decided counts for the versions in which it did not change.

use super::*;
use crate::KindCode;
use crate::plan::consent::decided;
use crate::testing::edit;
use crate::text::key;
use crate::wire::{NewVersion, WorkItemRow};

fn plan(session: &Session, label: &str) -> String {
    let plans = session
        .compound_get(&compound(session))
        .expect("page")
        .plans;
    let found = plans.into_iter().find(|plan| plan.label == label);
    found.expect("the version").id
}

fn parking(session: &Session, plan: &str) -> WorkItemRow {
    let mut items = session.plan_items(plan).expect("items").into_iter();
    items
        .find(|item| item.name == "重新规划停车位")
        .expect("an item about parking")
}

/// The work items that a decision counts for in a version.
fn counts(session: &Session, plan: &str) -> Vec<String> {
    let conn = session.connection().expect("open");
    let compound = key(&compound(session)).expect("a key");
    decided(conn, compound, key(plan).expect("a key"))
        .expect("read")
        .into_iter()
        .map(|decision| {
            decision
                .item
                .map_or_else(String::new, |item| item.to_string())
        })
        .collect()
}

#[test]
fn a_carried_motion_counts_as_long_as_its_work_stays_the_same() {
    let (_folder, mut session) = sample();
    let second = plan(&session, "第2版");
    let asked = parking(&session, &second).id;
    let id = prepared(&mut session);
    let first = session.ballot_get(&id).expect("page").motions[0].id.clone();
    let about = BallotMotionDraft {
        id: Some(first),
        work_item: Some(asked.clone()),
        ..motion("是否同意重新规划停车位", Matter::ChangeUse)
    };
    session.ballot_set_motion(&id, &about).expect("motion");
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    session.ballot_update(&id, &settings).expect("settings");
    session.ballot_open(&id).expect("opened");
    assert!(
        counts(&session, &second).is_empty(),
        "nothing is counted yet"
    );
    let papers = session.ballot_papers(&id).expect("papers").rows;
    for paper in papers {
        for entry in [entry(&paper.id, "approve"), again(&paper.id, "approve")] {
            session.ballot_enter(&id, &entry).expect("entered");
        }
    }
    session.ballot_close(&id).expect("closed");
    assert_eq!(counts(&session, &second), [asked]);

    // A later version has the same work under another key.
    let next = NewVersion {
        plan: second.clone(),
        scenario: String::new(),
    };
    let third = session.plan_new_version(&next).expect("copied").value;
    let copied = parking(&session, &third).id;
    assert_eq!(counts(&session, &third), std::slice::from_ref(&copied));
    // The first version asked for more spaces, on green.
    assert!(counts(&session, &plan(&session, "第1版·方案B")).is_empty());
    let line = |session: &Session| {
        let page = session.plan_page(&third).expect("page");
        let mut lines = page.consents.into_iter();
        lines
            .find(|line| line.text.contains("1单元"))
            .expect("a line")
    };
    assert!(!line(&session).stale, "{}", line(&session).text);

    let write = |session: &mut Session, cells: &[(&str, &str)]| {
        let edits = edit(KindCode::WorkItem, None, Some(&copied), cells);
        let told = session.record_edit(&edits).expect("written").value;
        assert!(told.problems.is_empty(), "{:?}", told.problems);
    };
    write(
        &mut session,
        &[("responsible", "另一家单位"), ("unitPrice", "99")],
    );
    assert_eq!(counts(&session, &third), std::slice::from_ref(&copied));
    write(&mut session, &[("quantity", "70")]);
    assert!(counts(&session, &third).is_empty());
    let stale = line(&session);
    assert!(
        stale.stale && stale.text.contains("“重新规划停车位”变了"),
        "{}",
        stale.text
    );
    session.history_undo().expect("undone");
    assert_eq!(counts(&session, &third), [copied]);
}
