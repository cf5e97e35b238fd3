//! Who may do what, through the use cases.

use super::*;
use crate::testing::{bare, edit, sample};
use crate::wire::{ErasureRequest, ExportFormat, WindowQuery};
use crate::{Clock, KindCode};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// Half past nine, and as many seconds as are added.
struct Later(Arc<AtomicI64>);

impl Clock for Later {
    fn now(&self) -> DateTime<FixedOffset> {
        crate::testing::Fixed.now() + TimeDelta::seconds(self.0.load(Ordering::Relaxed))
    }
}

pub(super) fn divided(session: &mut Session) {
    session.duty_set(Duty::Planner, "２４６８").expect("set");
    session.duty_set(Duty::Recorder, "13579").expect("set");
}

#[test]
fn without_pins_everybody_may_do_everything() {
    let (_folder, mut session) = sample();
    let status = session.ledger_status().expect("open");
    assert_eq!(status.duty, None);
    assert_eq!(status.tasks, Task::ALL);
    let refused = session.duty_set(Duty::Recorder, "1357").expect_err("first");
    assert_eq!(refused.title, "先设规划员口令");
    for bad in ["123", "123456789", "12a4", "", "一二三四"] {
        let refused = session.duty_set(Duty::Planner, bad).expect_err(bad);
        assert_eq!(refused.code, ErrorCode::Invalid);
    }
    session.duty_set(Duty::Planner, "2468").expect("set");
    let refused = session.duty_set(Duty::Recorder, "２４６８");
    assert_eq!(refused.expect_err("taken").title, "口令不合适");
    let kept = session.ledger().expect("open").fact(FACT).expect("fact");
    assert!(!kept.expect("kept").contains("2468"));
    let status = session.duty_remove(Duty::Planner).expect("removed");
    assert_eq!(status.duty, None);
}

#[test]
fn a_ledger_with_divided_work_asks_at_opening_and_waits_grow() {
    let (folder, mut session) = bare();
    let seconds = Arc::new(AtomicI64::new(0));
    session.environment.clock = Arc::new(Later(seconds.clone()));
    let path = folder.path().join("台账.jgdb");
    session.ledger_create(&path).expect("new");
    divided(&mut session);
    session.password_set("", "一二三四五六七八").expect("set");
    session.ledger_close().expect("closed");
    let code = |opened: Result<LedgerStatus, ApiError>| opened.expect_err("refused").code;
    assert_eq!(code(session.ledger_open(&path)), ErrorCode::PasswordNeeded);
    let unlocked = session.ledger_unlock("一二三四五六七八");
    assert_eq!(code(unlocked), ErrorCode::DutyNeeded);
    assert!(session.ledger_status().is_err());
    for _ in 0..3 {
        let refused = session.duty_enter(Duty::Recorder, "2468");
        assert_eq!(refused.expect_err("wrong").title, "口令不对");
    }
    let refused = session.duty_enter(Duty::Recorder, "13579");
    assert_eq!(refused.expect_err("too early").title, "请等一会儿再试");
    seconds.store(4, Ordering::Relaxed);
    assert!(session.duty_enter(Duty::Recorder, "13579").is_err());
    seconds.store(5, Ordering::Relaxed);
    assert!(session.duty_enter(Duty::Recorder, "0000").is_err());
    seconds.store(14, Ordering::Relaxed);
    assert!(session.duty_enter(Duty::Recorder, "13579").is_err());
    seconds.store(15, Ordering::Relaxed);
    let status = session
        .duty_enter(Duty::Recorder, "１３５７９")
        .expect("in");
    assert_eq!(status.duty, Some(Duty::Recorder));
    assert_eq!(status.tasks, [Task::Record, Task::Trace]);
    assert!(session.duty_switch(Duty::Planner, "13579").is_err());
    let status = session.duty_switch(Duty::Planner, "2468").expect("changed");
    assert_eq!(status.duty, Some(Duty::Planner));
}

#[test]
fn a_clock_set_back_locks_nobody_out() {
    let at = crate::testing::Fixed.now();
    let pins = Pins {
        wrong: 40,
        wrong_at: Some(at),
        ..Pins::default()
    };
    assert_eq!(pins.wait(at), LONGEST_WAIT);
    assert_eq!(pins.wait(at - TimeDelta::days(400)), LONGEST_WAIT);
    assert_eq!(pins.wait(at + TimeDelta::seconds(LONGEST_WAIT)), 0);
}

#[test]
fn pins_that_cannot_be_read_any_more_keep_nobody_out() {
    let (folder, mut session) = bare();
    let path = folder.path().join("台账.jgdb");
    session.ledger_create(&path).expect("new");
    divided(&mut session);
    let ledger = session.ledger().expect("open");
    let kept = ledger.fact(FACT).expect("read").expect("kept");
    ledger.set_fact(FACT, &kept[..kept.len() / 2]).expect("cut");
    session.ledger_close().expect("closed");
    let status = session.ledger_open(&path).expect("let in");
    assert_eq!((status.duty, status.tasks), (None, Task::ALL.to_vec()));
    // A planner's PIN is set anew as in a ledger that never had one.
    divided(&mut session);
    session.ledger_close().expect("closed");
    assert!(session.ledger_open(&path).is_err());
}

#[test]
fn a_forgotten_pin_is_taken_away_with_a_reason_that_stays() {
    let (folder, mut session) = bare();
    let path = folder.path().join("台账.jgdb");
    session.ledger_create(&path).expect("new");
    divided(&mut session);
    session.ledger_close().expect("closed");
    assert!(session.ledger_open(&path).is_err());
    let refused = session.duty_forget("忘").expect_err("no reason");
    assert_eq!(refused.code, ErrorCode::Invalid);
    let status = session.duty_forget("原规划员调走，没有交接").expect("in");
    assert_eq!(status.duty, None);
    let view = session.duty_get().expect("view");
    assert!(view.duties.is_empty());
    assert!(view.notes[0].what.contains("原规划员调走"));

    divided(&mut session);
    session.password_set("", "一二三四五六七八").expect("set");
    session.duty_switch(Duty::Recorder, "13579").expect("in");
    let refused = session.duty_forget_open("别的", "口令没有交接");
    assert_eq!(refused.expect_err("wrong").code, ErrorCode::WrongPassword);
    let status = session.duty_forget_open("一二三四五六七八", "口令没有交接");
    assert_eq!(status.expect("cleared").tasks, Task::ALL);
}

#[test]
fn a_recorder_records_and_is_refused_everything_else() {
    let (folder, mut session) = sample();
    divided(&mut session);
    let twin = |session: &mut Session, kind: KindCode| {
        let conn = session.connection().expect("open");
        let rows = crate::assets::all_rows(conn, kind).expect("rows");
        let id = rows[0].id.to_string();
        session.record_duplicate(kind, &[id]).err()
    };
    assert_eq!(twin(&mut session, KindCode::Fund), None);
    session.duty_switch(Duty::Recorder, "13579").expect("in");
    let compound = session.compound_named("五交化家属院").expect("sample");
    let compound = compound.to_string();
    let name = [("name", "９号楼")];
    let building = edit(KindCode::Building, Some(&compound), None, &name);
    let changed = session.record_edit(&building).expect("entered");
    assert!(changed.value.problems.is_empty());
    session.history_undo().expect("own work is taken back");

    let out = folder.path().join("出.xlsx");
    let grid = |kind| WindowQuery {
        kind,
        compound: None,
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    };
    let as_workbook = ExportFormat::Workbook;
    session
        .export_view(&grid(KindCode::Road), None, as_workbook, &out)
        .expect("nobody's name");
    let request = ErasureRequest {
        compounds: vec![compound.clone()],
        reason: "验收满三年".to_owned(),
        archive: String::new(),
        confirmation: "确认销毁".to_owned(),
    };
    let refusals: Vec<(&str, Option<ApiError>)> = vec![
        ("plan", twin(&mut session, KindCode::Plan)),
        ("fund", twin(&mut session, KindCode::Fund)),
        ("undo", session.history_undo().err()),
        (
            "password_set",
            session.password_set("", "一二三四五六七八").err(),
        ),
        ("password_remove", session.password_remove("").err()),
        ("backup_restore", session.backup_restore(&out).err()),
        ("backup_clear_foreign", session.backup_clear_foreign().err()),
        ("backup_clear_older", session.backup_clear_older().err()),
        (
            "erasure_archive",
            session.erasure_archive("一二三四五六七八", &out).err(),
        ),
        ("erasure_run", session.erasure_run(&request).err()),
        ("attachment_purge", session.attachment_purge().err()),
        ("duty_set", session.duty_set(Duty::Planner, "1111").err()),
        ("duty_remove", session.duty_remove(Duty::Planner).err()),
        ("export_all", session.export_all(None, &out).err()),
        (
            "export_view",
            session
                .export_view(&grid(KindCode::Household), None, as_workbook, &out)
                .err(),
        ),
        (
            "export_csv",
            session.export_csv(KindCode::Owner, None, false, &out).err(),
        ),
    ];
    for (what, refusal) in refusals {
        let refusal = refusal.unwrap_or_else(|| panic!("{what} was not refused"));
        assert_eq!(refusal.code, ErrorCode::NotOfDuty, "{what}: {refusal}");
        assert!(refusal.message.contains("规划员"), "{refusal}");
    }
}
