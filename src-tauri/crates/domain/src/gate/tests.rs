use rstest::rstest;

use super::*;

fn verdict(code: &str, facts: &GateFacts) -> Verdict {
    let condition = condition(code).expect("a condition");
    judge(
        condition,
        facts,
        Bound::parse(condition.value, condition.unit),
    )
    .0
}

fn of(part: i64, whole: i64) -> Of {
    Of { part, whole }
}

#[test]
fn every_stage_has_a_gate_and_every_code_stands_once() {
    for stage in 0..12 {
        assert!(
            CONDITIONS.iter().any(|one| one.stage == stage),
            "stage {stage}"
        );
    }
    let codes: std::collections::HashSet<_> = CONDITIONS.iter().map(|one| one.code).collect();
    assert_eq!(codes.len(), CONDITIONS.len());
    let stages: Vec<_> = CONDITIONS.iter().map(|one| one.stage).collect();
    assert!(stages.is_sorted());
    for one in CONDITIONS {
        assert_eq!(one.value.is_empty(), one.unit == Unit::None, "{}", one.code);
        let parsed = Bound::parse(one.value, one.unit).is_some();
        assert_eq!(parsed, !one.value.is_empty(), "{}", one.code);
    }
}

#[rstest]
// 307 households: three quarters are 231, two thirds 205.
#[case("visited", of(231, 307), Verdict::Met)]
#[case("visited", of(230, 307), Verdict::Unmet)]
#[case("visited", of(0, 0), Verdict::Unknown)]
#[case("agreeing", of(205, 307), Verdict::Met)]
#[case("agreeing", of(204, 307), Verdict::Unmet)]
#[case("agreeing", of(2, 3), Verdict::Met)]
#[case("archive", of(90, 100), Verdict::Met)]
#[case("archive", of(89, 100), Verdict::Unmet)]
#[case("asked", of(93, 307), Verdict::Met)]
#[case("asked", of(92, 307), Verdict::Unmet)]
#[case("satisfied", of(90, 100), Verdict::Met)]
#[case("satisfied", of(89, 100), Verdict::Unmet)]
#[case("problems", of(0, 0), Verdict::Met)]
#[case("problems", of(2, 2), Verdict::Met)]
#[case("problems", of(1, 2), Verdict::Unmet)]
#[case("costed", of(0, 0), Verdict::Unknown)]
#[case("costed", of(16, 16), Verdict::Met)]
#[case("costed", of(15, 16), Verdict::Unmet)]
#[case("buildings", of(7, 8), Verdict::Unmet)]
#[case("buildings", of(8, 8), Verdict::Met)]
#[case("opinions", of(4, 5), Verdict::Unmet)]
#[case("opinions", of(5, 5), Verdict::Met)]
#[case("decisions", of(0, 1), Verdict::Unmet)]
#[case("decisions", of(1, 1), Verdict::Met)]
#[case("demolished", of(106, 107), Verdict::Unmet)]
#[case("demolished", of(107, 107), Verdict::Met)]
#[case("pipeCompanies", of(0, 1), Verdict::Unmet)]
#[case("pipeCompanies", of(1, 1), Verdict::Met)]
#[case("completed", of(15, 16), Verdict::Unmet)]
#[case("completed", of(16, 16), Verdict::Met)]
#[case("budgeted", of(15, 16), Verdict::Unmet)]
#[case("budgeted", of(16, 16), Verdict::Met)]
#[case("settled", of(15, 16), Verdict::Unmet)]
#[case("settled", of(16, 16), Verdict::Met)]
#[case("measured", of(15, 16), Verdict::Unmet)]
#[case("measured", of(16, 16), Verdict::Met)]
#[case("danger", of(1, 8), Verdict::Unmet)]
#[case("danger", of(0, 8), Verdict::Met)]
fn counts(#[case] code: &str, #[case] value: Of, #[case] expected: Verdict) {
    let mut facts = GateFacts::default();
    *match code {
        "visited" => &mut facts.visited,
        "agreeing" => &mut facts.agreeing,
        "archive" => &mut facts.archive,
        "asked" => &mut facts.asked,
        "satisfied" => &mut facts.satisfied,
        "problems" => &mut facts.problems,
        "costed" => &mut facts.costed,
        "buildings" => &mut facts.buildings,
        "opinions" => &mut facts.opinions,
        "decisions" => &mut facts.decisions,
        "demolished" => &mut facts.demolished,
        "pipeCompanies" => &mut facts.pipes,
        "completed" => &mut facts.completed,
        "measured" => &mut facts.measured,
        "budgeted" => &mut facts.budgeted,
        "settled" => &mut facts.settled,
        _ => &mut facts.dangerous,
    } = value;
    assert_eq!(verdict(code, &facts), expected);
}

#[rstest]
#[case(Some(2_000), Verdict::Met)]
#[case(Some(2_005), Verdict::Met)]
#[case(Some(2_006), Verdict::Unmet)]
#[case(None, Verdict::Unknown)]
fn year(#[case] built_to: Option<i64>, #[case] expected: Verdict) {
    let facts = GateFacts {
        built_to,
        ..GateFacts::default()
    };
    assert_eq!(verdict("builtYear", &facts), expected);
}

#[rstest]
#[case(Some(7), false, Verdict::Met)]
#[case(Some(6), false, Verdict::Unmet)]
#[case(Some(8), true, Verdict::Unmet)]
#[case(None, false, Verdict::Unknown)]
fn notice(#[case] days: Option<i64>, #[case] running: bool, #[case] expected: Verdict) {
    let facts = GateFacts {
        notice_days: days,
        notice_running: running,
        ..GateFacts::default()
    };
    assert_eq!(verdict("notice", &facts), expected);
}

#[rstest]
#[case(100, Some(100), Verdict::Met)]
#[case(99, Some(100), Verdict::Unmet)]
#[case(0, None, Verdict::Unknown)]
fn money(#[case] funds: i64, #[case] cost: Option<i64>, #[case] expected: Verdict) {
    let facts = GateFacts {
        funds_fen: funds,
        cost_fen: cost,
        ..GateFacts::default()
    };
    assert_eq!(verdict("funds", &facts), expected);
}

#[test]
fn plan_standards_and_upkeep() {
    let mut facts = GateFacts::default();
    assert_eq!(verdict("hasPlan", &facts), Verdict::Unmet);
    assert_eq!(verdict("standards", &facts), Verdict::Unknown);
    facts.plan = true;
    assert_eq!(verdict("hasPlan", &facts), Verdict::Met);
    assert_eq!(verdict("standards", &facts), Verdict::Met);
    facts.unmet = 1;
    assert_eq!(verdict("standards", &facts), Verdict::Unmet);
    assert_eq!(verdict("management", &facts), Verdict::Unknown);
    facts.managed = Some(false);
    assert_eq!(verdict("management", &facts), Verdict::Unmet);
    facts.managed = Some(true);
    facts.fee = true;
    assert_eq!(verdict("management", &facts), Verdict::Met);
    assert_eq!(verdict("fee", &facts), Verdict::Met);
}

#[test]
fn what_only_a_person_can_tell_waits_for_one() {
    for one in CONDITIONS.iter().filter(|one| one.confirmed) {
        assert_eq!(
            judge(one, &GateFacts::default(), None).0,
            Verdict::Unknown,
            "{}",
            one.code
        );
    }
}
