//! Values of the office beside those of the product.

use crate::testing::{edit, sample};
use crate::wire::{Parameter, ParameterGroup};
use crate::{ErrorCode, KindCode, Session};

fn find(session: &Session, code: &str) -> Parameter {
    session
        .parameter_list()
        .expect("list")
        .into_iter()
        .flat_map(|list| list.parameters)
        .find(|parameter| parameter.code == code)
        .expect("a parameter of this code")
}

/// Findings of a rule over the whole ledger, and what the first of them expects.
fn found(session: &Session, rule: &str) -> (usize, String) {
    let findings = session
        .check_findings(None, rule, 0, 500)
        .expect("findings");
    let expected = findings.first().map(|one| one.expected.clone());
    (findings.len(), expected.unwrap_or_default())
}

fn give_cars(session: &mut Session, cars: &str) {
    let id = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let household = session
        .record_options(KindCode::Household, Some(&id), "1号楼1单元101")
        .expect("options")
        .remove(0);
    session
        .record_edit(&edit(
            KindCode::Household,
            Some(&id),
            Some(&household.id),
            &[("cars", cars)],
        ))
        .expect("edited");
}

#[test]
fn a_threshold_of_the_office_holds_until_it_is_reset() {
    let (_folder, mut session) = sample();
    give_cars(&mut session, "5");
    assert_eq!(found(&session, "carsMany").0, 0);
    let mut cars = find(&session, "check.mostCars");
    assert_eq!((cars.value.as_str(), cars.unit.as_str()), ("5", "辆"));
    assert_eq!(cars.standing_label, "惯例、参考");
    "４辆".clone_into(&mut cars.value);
    "街道通知".clone_into(&mut cars.source);
    let changed = session.parameter_set(&cars).expect("set");
    assert_eq!(changed.sentence, "修改 参数“一户汽车最多”");
    assert_eq!(
        found(&session, "carsMany"),
        (1, "一般不超过 4 辆".to_owned())
    );
    let cars = find(&session, "check.mostCars");
    assert_eq!(cars.value, "4");
    assert_eq!(cars.source, "街道通知");
    assert_eq!(cars.original.as_deref(), Some("5 辆"));

    session.history_undo().expect("undone");
    assert_eq!(found(&session, "carsMany").0, 0);
    session.history_redo().expect("redone");
    session.parameter_reset("check.mostCars").expect("reset");
    assert_eq!(find(&session, "check.mostCars").original, None);
    assert_eq!(found(&session, "carsMany").0, 0);
    let again = session.parameter_reset("check.mostCars").expect_err("gone");
    assert_eq!(again.code, ErrorCode::NotFound);
}

#[test]
fn a_threshold_that_is_switched_off_finds_nothing() {
    let (_folder, mut session) = sample();
    give_cars(&mut session, "9");
    assert_eq!(found(&session, "carsMany").0, 1);
    let mut cars = find(&session, "check.mostCars");
    cars.enabled = false;
    session.parameter_set(&cars).expect("set");
    assert_eq!(found(&session, "carsMany").0, 0);
    let summary = session.check_summary(None).expect("summary");
    let mut rules = summary.groups.iter().flat_map(|group| &group.rules);
    assert!(rules.all(|rule| rule.code != "carsMany"));
}

#[test]
fn what_makes_no_sense_is_refused() {
    let (_folder, mut session) = sample();
    let mut storeys = find(&session, "check.mostStoreys");
    for typed in ["0", "三十三", "", "33.5"] {
        typed.clone_into(&mut storeys.value);
        let refused = session.parameter_set(&storeys).expect_err(typed);
        assert_eq!(refused.code, ErrorCode::Invalid);
        assert!(refused.message.contains("1 至 200"), "{}", refused.message);
    }
    let mut law = find(&session, "ballot.major");
    assert!(law.fixed);
    law.enabled = false;
    assert!(session.parameter_set(&law).is_err());
    "check.none".clone_into(&mut law.code);
    let unknown = session.parameter_set(&law).expect_err("unknown");
    assert_eq!(unknown.code, ErrorCode::NotFound);
}

#[test]
fn the_office_adds_a_rule_of_its_own_and_removes_it() {
    let (_folder, mut session) = sample();
    let own = Parameter {
        code: String::new(),
        label: "公告期".to_owned(),
        value: "不少于 7 日".to_owned(),
        source: "某市老旧小区改造办法（示例）".to_owned(),
        standing: "local".to_owned(),
        ..find(&session, "ballot.notice")
    };
    session.parameter_set(&own).expect("added");
    let added = |session: &Session| {
        let lists = session.parameter_list().expect("list");
        let ballot = lists
            .into_iter()
            .find(|list| list.group == ParameterGroup::Ballot);
        let all = ballot.expect("ballot").parameters;
        all.into_iter().find(|one| one.label == "公告期")
    };
    let code = added(&session).expect("listed").code;
    session.parameter_reset(&code).expect("removed");
    assert!(added(&session).is_none());
}
