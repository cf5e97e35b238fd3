//! The check of the sample, judgements and the list.

use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use jiugai_storage::query::check::{self, Looked, Standing};

use crate::testing::{edit, fresh, sample};
use crate::wire::{CheckFinding, CheckSummary, WaiveRequest};
use crate::{Clock, ErrorCode, KindCode, Session};

/// The end of the year in which the sample's works were done.
struct Later;

impl Clock for Later {
    fn now(&self) -> DateTime<FixedOffset> {
        DateTime::parse_from_rfc3339("2021-12-31T09:30:00+08:00").expect("a plain time")
    }
}

fn compound(session: &Session) -> String {
    session
        .compound_named("五交化家属院")
        .expect("sample compound")
        .to_string()
}

fn count(summary: &CheckSummary, code: &str) -> u32 {
    summary
        .groups
        .iter()
        .flat_map(|group| &group.rules)
        .find(|rule| rule.code == code)
        .map_or(0, |rule| rule.count)
}

/// Room 101 of 1号楼1单元 with 5,000 ㎡.
fn plant(session: &mut Session) -> CheckFinding {
    let id = compound(session);
    let dwelling = session
        .record_options(KindCode::Dwelling, Some(&id), "1号楼1单元101")
        .expect("options")
        .remove(0);
    session
        .record_edit(&edit(
            KindCode::Dwelling,
            Some(&id),
            Some(&dwelling.id),
            &[("grossFloorArea", "5000")],
        ))
        .expect("edited");
    session
        .check_findings(Some(&id), "areaLarge", 0, 50)
        .expect("findings")
        .remove(0)
}

fn waive(finding: &CheckFinding, reason: &str) -> WaiveRequest {
    WaiveRequest {
        rule: finding.rule.clone(),
        kind: finding.record.kind,
        id: finding.record.id.clone(),
        field: finding.field.clone(),
        reason: reason.to_owned(),
    }
}

#[test]
fn the_sample_has_nothing_that_must_be_changed() {
    let (_folder, mut session) = sample();
    session.environment.clock = Arc::new(Later);
    let id = compound(&session);
    let summary = session.check_summary(Some(&id)).expect("checked");
    let labels: Vec<_> = summary
        .groups
        .iter()
        .map(|group| group.label.as_str())
        .collect();
    assert_eq!(labels, ["必须改", "应核实", "建议补"]);
    assert_eq!(summary.groups[0].count, 0, "{:?}", summary.groups[0].rules);
    let verify: Vec<_> = summary.groups[1]
        .rules
        .iter()
        .map(|rule| (rule.code.as_str(), rule.count))
        .collect();
    assert_eq!(verify, [("structureWithoutFinding", 107)]);
    let all = session.check_summary(None).expect("checked");
    assert_eq!(count(&all, "dwellingWithoutOwner"), 64);
    assert!(summary.total < all.total);
}

#[test]
fn an_empty_ledger_has_no_findings() {
    let (_folder, session) = fresh();
    let summary = session.check_summary(None).expect("checked");
    assert_eq!((summary.total, summary.waived), (0, 0));
    assert!(summary.rules > 40);
    assert!(summary.groups.iter().all(|group| group.rules.is_empty()));
}

#[test]
fn a_finding_says_where_what_and_what_instead() {
    let (_folder, mut session) = sample();
    let finding = plant(&mut session);
    assert_eq!(finding.record.label, "1号楼1单元101");
    assert_eq!(
        (finding.building.as_str(), finding.compound_name.as_str()),
        ("1号楼", "五交化家属院")
    );
    assert_eq!(
        (finding.field.as_str(), finding.field_label.as_str()),
        ("grossFloorArea", "建筑面积")
    );
    assert_eq!(finding.found, "5000.00 ㎡");
    assert_eq!(finding.expected, "一般不超过 500 ㎡");
    let summary = session
        .check_summary(Some(&compound(&session)))
        .expect("checked");
    assert_eq!(count(&summary, "areaLarge"), 1);
    session.history_undo().expect("undone");
    let summary = session.check_summary(None).expect("checked");
    assert_eq!(count(&summary, "areaLarge"), 0);
}

#[test]
fn a_judgement_needs_a_reason_and_can_be_taken_back_and_undone() {
    let (_folder, mut session) = sample();
    let finding = plant(&mut session);
    let id = compound(&session);
    let refused = session
        .check_waive(&waive(&finding, "  "))
        .expect_err("no reason");
    assert_eq!(refused.code, ErrorCode::Invalid);

    let done = session
        .check_waive(&waive(&finding, "整层打通，产证如此"))
        .expect("judged");
    assert_eq!(done.sentence, "标为不算问题 1号楼1单元101 的建筑面积");
    assert_eq!(done.scopes, [KindCode::Waiver]);
    let summary = session.check_summary(Some(&id)).expect("checked");
    assert_eq!((count(&summary, "areaLarge"), summary.waived), (0, 1));
    let waived = session.check_waived(Some(&id)).expect("listed");
    assert_eq!(
        (waived[0].reason.as_str(), waived[0].on.as_str()),
        ("整层打通，产证如此", "2021年3月6日")
    );

    session.history_undo().expect("undone");
    assert_eq!(session.check_waived(None).expect("listed").len(), 0);
    session.history_redo().expect("redone");
    session.check_remind(&waived[0].id).expect("taken back");
    let summary = session.check_summary(Some(&id)).expect("checked");
    assert_eq!((count(&summary, "areaLarge"), summary.waived), (1, 0));
}

#[test]
fn a_judged_finding_comes_back_with_its_reason_when_the_value_changes() {
    let (_folder, mut session) = sample();
    let finding = plant(&mut session);
    session
        .check_waive(&waive(&finding, "整层打通"))
        .expect("judged");
    session
        .record_edit(&edit(
            KindCode::Dwelling,
            None,
            Some(&finding.record.id),
            &[("grossFloorArea", "6000")],
        ))
        .expect("edited");
    let again = session
        .check_findings(None, "areaLarge", 0, 50)
        .expect("findings")
        .remove(0);
    assert!(again.earlier.contains("整层打通"), "{}", again.earlier);
    session
        .check_waive(&waive(&again, "又量了一次"))
        .expect("judged again");
    let waived = session.check_waived(None).expect("listed");
    assert_eq!(waived.len(), 1);
    assert_eq!(waived[0].reason, "又量了一次");
}

#[test]
fn what_is_mended_cannot_be_judged() {
    let (_folder, mut session) = sample();
    let finding = plant(&mut session);
    session.history_undo().expect("undone");
    let refused = session
        .check_waive(&waive(&finding, "示例"))
        .expect_err("gone");
    assert_eq!(refused.title, "这条问题已经没有了");
}

#[test]
fn plans_that_contradict_themselves_are_found_here_as_in_the_comparison() {
    let (_folder, mut session) = sample();
    let id = compound(&session);
    let page = session.compound_get(&id).expect("page");
    let plan = page.plans[0].id.clone();
    let before = session
        .comparison_get(&id, Some(&plan))
        .expect("comparison")
        .findings
        .len();
    let items = session.plan_items(&plan).expect("items");
    let item = &items[0];
    let effect = &item.effects[0].id;
    session
        .record_duplicate(KindCode::Effect, std::slice::from_ref(effect))
        .expect("twice");
    let after = session.comparison_get(&id, Some(&plan)).expect("again");
    assert_eq!(after.findings.len(), before + 1);
    let summary = session.check_summary(Some(&id)).expect("checked");
    assert_eq!(count(&summary, "touchedAfterDemolition"), 1);
}

#[test]
fn the_list_has_a_sheet_for_each_building() {
    let (folder, mut session) = sample();
    plant(&mut session);
    let id = compound(&session);
    let path = folder.path().join("清单.xlsx");
    let saved = session.check_export(Some(&id), &path).expect("saved");
    assert!(saved.message.contains("张表"), "{}", saved.message);
    let today = session.today();
    let looked = Looked {
        compound: Some(crate::text::key(&id).expect("key")),
        today: &today,
    };
    let conn = session.connection().expect("open");
    let total: usize = check::counts(conn, looked, Standing::Open)
        .expect("counted")
        .iter()
        .map(|count| count.count)
        .sum();
    assert!(saved.message.contains(&format!("{total} 条")));
    let bytes = std::fs::read(&path).expect("bytes");
    let book = jiugai_exchange::book::read_book(&bytes, "清单.xlsx").expect("workbook");
    let names: Vec<&str> = book
        .sheets
        .iter()
        .map(|sheet| sheet.name.as_str())
        .collect();
    assert_eq!(
        names[..8],
        [
            "1号楼", "2号楼", "3号楼", "4号楼", "5号楼", "6号楼", "7号楼", "8号楼"
        ]
    );
    assert!(names.contains(&"小区"), "{names:?}");
    assert_eq!(
        session.check_file_name(Some(&id)).expect("name"),
        "五交化家属院_数据体检清单.xlsx"
    );
}

#[test]
fn the_report_counts_what_the_screen_counts() {
    let (_folder, mut session) = sample();
    session.environment.clock = Arc::new(Later);
    let report = session
        .check_report(Some("五交化家属院"), 3)
        .expect("report");
    let summary = session
        .check_summary(Some(&compound(&session)))
        .expect("checked");
    assert_eq!(report.total, summary.total as usize);
    assert_eq!(report.checked_on, "2021-12-31");
    assert!(report.rules.iter().all(|rule| rule.findings.len() <= 3));
    let json = serde_json::to_value(&report).expect("json");
    assert_eq!(json["rules"][0]["severity"], "verify");
    assert_eq!(
        session
            .check_report(Some("没有这个小区"), 1)
            .expect_err("none")
            .code,
        ErrorCode::NotFound
    );
}
