use super::*;
use crate::wire::BallotLocalRule;

/// The rule about lifts that asks for two thirds of all.
fn rule_about_lifts(session: &Session, id: &str) -> BallotLocalRule {
    let rules = session.ballot_get(id).expect("page").local_rules;
    rules
        .into_iter()
        .find(|rule| rule.about == "电梯" && rule.instead_of == Leg::Major)
        .expect("a rule")
}

fn by(rule: &BallotLocalRule, session: &Session, id: &str) -> BallotMotionDraft {
    let draft = session.ballot_get(id).expect("page").motions[0]
        .draft
        .clone();
    BallotMotionDraft {
        leg: rule.leg,
        leg_reason: rule.reason.clone(),
        ..draft
    }
}

#[test]
fn a_local_rule_counts_only_when_chosen_and_the_code_stands_beside_it() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let page = session.ballot_get(&id).expect("page");
    assert_eq!(page.motions[0].draft.leg, Leg::Major, "the Code by default");
    let rule = rule_about_lifts(&session, &id);
    assert_eq!(rule.leg, Leg::AllTwoThirds);
    session
        .ballot_set_motion(&id, &by(&rule, &session, &id))
        .expect("chosen");
    let motion = session.ballot_get(&id).expect("page").motions.remove(0);
    assert_eq!(motion.leg_label, "全体三分之二以上");
    assert!(motion.warnings[0].contains("四分之三以上"));
    assert!(motion.warnings[1].contains("以《民法典》为准"));
    assert!(motion.source.contains("河南省物业管理条例"));
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    settings.double_entry = false;
    session.ballot_update(&id, &settings).expect("settings");
    session.ballot_open(&id).expect("opened");
    // Five of the six who came agree: enough of those who took part, too few of all eight.
    let papers: Vec<String> = session
        .ballot_papers(&id)
        .expect("papers")
        .rows
        .into_iter()
        .map(|row| row.id)
        .collect();
    for (at, paper) in papers.iter().take(6).enumerate() {
        let said = if at == 5 { "reject" } else { "approve" };
        session
            .ballot_enter(&id, &entry(paper, said))
            .expect("read");
    }
    let counted = session.ballot_tally(&id).expect("tally").motions.remove(0);
    assert!(counted.of_all);
    assert!(counted.quorum.heads && !counted.approval.heads);
    assert_eq!(counted.passed, Some(false));
    assert!(counted.beside[0].contains("河南省物业管理条例"));
    assert!(counted.beside[1].contains("四分之三以上"), "{counted:?}");
    assert!(counted.laws[1].contains("全体业主"));
    assert_ne!(counted.needed, "不差");
    let report = session
        .ballot_report(Some("1单元加装电梯"))
        .expect("report");
    assert_eq!(report[0].motions[0].matter, "allTwoThirds");
}

#[test]
fn a_rule_that_is_off_not_dated_or_about_something_else_cannot_be_chosen() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let rule = rule_about_lifts(&session, &id);
    let mut wrong = by(&rule, &session, &id);
    wrong.title = "是否同意修围墙".to_owned();
    let refused = session
        .ballot_set_motion(&id, &wrong)
        .expect_err("not a lift");
    assert!(refused.next_step.contains("依据"), "{refused}");
    let rules = crate::parameters::of_group(
        session.connection().expect("open"),
        crate::wire::ParameterGroup::Ballot,
    )
    .expect("rules");
    let kept = rules.iter().find(|one| one.code == rule.code).expect("it");
    for changed in [
        crate::wire::Parameter {
            enabled: false,
            ..kept.clone()
        },
        crate::wire::Parameter {
            effective_on: String::new(),
            ..kept.clone()
        },
    ] {
        session.parameter_set(&changed).expect("changed");
        let draft = by(&rule, &session, &id);
        assert!(session.ballot_set_motion(&id, &draft).is_err());
        let offered = session.ballot_get(&id).expect("page").local_rules;
        assert!(offered.iter().all(|one| one.code != rule.code));
    }
    let jinan = rules.iter().find(|one| one.code == "lift.jinan");
    assert!(jinan.is_some_and(|rule| rule.effective_on.is_empty()));
}
