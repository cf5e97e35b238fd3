use super::*;
use crate::testing::{edit, fresh, sample};
use crate::wire::{
    OptimizeAdoption, OptimizeRequest, OptimizeRow, ParameterGroup, ScenarioCell, ScenarioView,
};
use crate::{ErrorCode, Session};

const COMPOUND: &str = "五交化家属院";

fn view(session: &Session) -> ScenarioView {
    let compound = session.compound_named(COMPOUND).expect("the sample");
    session
        .scenario_compare(&compound.to_string(), &[])
        .expect("a comparison")
}

fn cells(view: &ScenarioView, label: &str) -> Vec<ScenarioCell> {
    let mut rows = view.groups.iter().flat_map(|group| &group.rows);
    let row = rows.find(|row| row.label == label);
    row.unwrap_or_else(|| panic!("no row {label}"))
        .cells
        .clone()
}

/// The version of most items.
fn longest(view: &ScenarioView) -> String {
    let plan = view.plans.iter().max_by_key(|plan| plan.items);
    plan.expect("a plan").id.clone()
}

fn request(plan: &str, budget: &str) -> OptimizeRequest {
    OptimizeRequest {
        plan: plan.to_owned(),
        budget: budget.to_owned(),
    }
}

#[test]
fn the_scenarios_of_the_sample_stand_side_by_side() {
    let (_folder, session) = sample();
    let view = view(&session);
    let names: Vec<&str> = view
        .columns
        .iter()
        .map(|one| one.scenario.as_str())
        .collect();
    assert!(names.len() >= 2, "{names:?}");
    let report = session.plan_compare(COMPOUND).expect("figures");
    assert_eq!(report.scenarios.len(), view.columns.len());
    for (at, one) in report.scenarios.iter().enumerate() {
        let cost = one.cost_fen.expect("estimated");
        assert_eq!(one.cost_by_class_fen.values().sum::<i64>(), cost);
        assert_eq!(
            cells(&view, "估算合计")[at].text,
            crate::plan::wan_yuan(cost)
        );
        assert!(one.wishes.met <= one.wishes.wanted);
    }
    let best = |label: &str| cells(&view, label).iter().filter(|cell| cell.best).count();
    assert!(best("估算合计") >= 1);
    insta::assert_snapshot!("compare", report.text());
}

#[test]
fn without_plan_there_is_nothing_to_compare() {
    let (_folder, mut session) = fresh();
    let new = edit(KindCode::Compound, None, None, &[("name", "空小区")]);
    session.record_edit(&new).expect("a compound");
    let compound = session.compound_named("空小区").expect("it");
    let view = session
        .scenario_compare(&compound.to_string(), &[])
        .expect("an empty comparison");
    assert!(view.columns.is_empty() && view.plans.is_empty());
    let refused = session
        .plan_optimize("空小区", None, "100")
        .expect_err("no plan");
    assert_eq!(refused.code, ErrorCode::NotFound);
}

#[test]
fn the_combination_keeps_to_the_money_and_says_why() {
    let (_folder, session) = sample();
    let plan = longest(&view(&session));
    let report = session
        .plan_optimize(COMPOUND, None, "130万")
        .expect("a choice");
    assert_eq!(report.budget_fen, 130_000_000);
    assert!(report.proven && report.short_fen.is_none());
    assert!(report.cost_fen <= report.budget_fen);
    let chosen = || report.items.iter().filter(|one| one.chosen);
    assert_eq!(
        chosen().filter_map(|one| one.cost_fen).sum::<i64>(),
        report.cost_fen
    );
    assert_eq!(chosen().map(|one| one.weight).sum::<i64>(), report.weight);
    assert!(
        report
            .items
            .iter()
            .filter(|one| matches!(one.class.as_str(), "basic" | "safety"))
            .all(|one| one.chosen || one.reason == "excluded")
    );
    let shown = session
        .scenario_optimize(&request(&plan, "1300000元"))
        .expect("the same");
    assert_eq!(
        shown.rows.iter().filter(|row| row.chosen).count(),
        chosen().count()
    );
    assert!(shown.rows.iter().all(|row| !row.reason.is_empty()));
    insta::assert_snapshot!("optimize", report.text());
}

#[test]
fn money_that_does_not_reach_for_the_basics_is_told() {
    let (_folder, session) = sample();
    let report = session
        .plan_optimize(COMPOUND, None, "1")
        .expect("a choice");
    assert!(report.short_fen.is_some_and(|short| short > 0));
    assert!(report.text().contains("光是必做的就要"));
    let refused = session
        .plan_optimize(COMPOUND, None, "很多")
        .expect_err("no number");
    assert_eq!(refused.code, ErrorCode::Invalid);
    assert!(refused.one_line().contains("很多"));
}

#[test]
fn the_best_combination_becomes_a_scenario_and_undo_takes_it_back() {
    let (_folder, mut session) = sample();
    let before = view(&session);
    let plan = longest(&before);
    let asked = request(&plan, "130万");
    let found = session.scenario_optimize(&asked).expect("a choice");
    let chosen: Vec<&OptimizeRow> = found.rows.iter().filter(|row| row.chosen).collect();
    assert!(chosen.len() < found.rows.len(), "something is left out");
    let adoption = OptimizeAdoption {
        request: asked,
        scenario: found.scenario.clone(),
    };
    let made = session.scenario_adopt(&adoption).expect("a scenario");
    let after = view(&session);
    assert_eq!(after.plans.len(), before.plans.len() + 1);
    let items = session.plan_items(&made.value).expect("its items");
    let names: std::collections::BTreeSet<&str> =
        items.iter().map(|item| item.name.as_str()).collect();
    for row in &chosen {
        assert!(
            names.contains(row.item.label.as_str()),
            "{}",
            row.item.label
        );
    }
    let again = session.scenario_adopt(&adoption).expect_err("it is there");
    assert_eq!(again.code, ErrorCode::NameTaken);
    session.history_undo().expect("one step");
    assert_eq!(view(&session).plans.len(), before.plans.len());
}

#[test]
fn the_band_is_the_offices_own() {
    let (_folder, mut session) = sample();
    assert_eq!(view(&session).band.mean, "2.67");
    let cost = |session: &Session, at: usize| {
        let lists = session.parameter_list().expect("parameters");
        let list = lists
            .into_iter()
            .find(|list| list.group == ParameterGroup::Cost)
            .expect("the band");
        list.parameters[at].clone()
    };
    let set = |session: &mut Session, at: usize, typed: &str| {
        let mut one = cost(session, at);
        typed.clone_into(&mut one.value);
        "示例：本区上年".clone_into(&mut one.source);
        session.parameter_set(&one)
    };
    assert!(set(&mut session, 0, "一").is_err());
    assert!(set(&mut session, 0, "0").is_err());
    set(&mut session, 0, "0.1").expect("kept");
    set(&mut session, 1, "0.9").expect("kept");
    let mut off = cost(&session, 0);
    let view = view(&session);
    assert_eq!(view.band.low, "0.10");
    assert_eq!(view.band.source, "示例：本区上年");
    assert!(cells(&view, "每户")[0].note.contains("参考区间 0.10–0.90"));

    off.enabled = false;
    session.parameter_set(&off).expect("switched off");
    assert_eq!(cells(&self::view(&session), "每户")[0].note, "");
}

#[test]
fn wishes_weigh_by_priority() {
    assert_eq!(
        [
            points("first"),
            points("second"),
            points("third"),
            points("")
        ],
        [3, 2, 1, 1]
    );
}
