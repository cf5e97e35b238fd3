//! Rules, gates and little sums on the sample.

use crate::testing::{edit, sample};
use crate::wire::{
    Stage, StageMove, StageSays, StandardRule, StandardStage, StandardVerdict, StandardView,
    SumInput, SumTarget, SumText,
};
use crate::{ErrorCode, KindCode, Session};

fn compound(session: &Session) -> String {
    session
        .compound_named("五交化家属院")
        .expect("the sample's compound")
        .to_string()
}

fn check(session: &Session) -> StandardView {
    session
        .standard_check(&compound(session), None)
        .expect("check")
}

fn rule(view: &StandardView, code: &str) -> StandardRule {
    view.groups
        .iter()
        .flat_map(|group| &group.rules)
        .find(|rule| rule.code == code)
        .expect("a rule")
        .clone()
}

fn at(view: &StandardView, code: &str, stage: Stage) -> StandardStage {
    rule(view, code)
        .stages
        .into_iter()
        .find(|one| one.stage == stage)
        .expect("a verdict")
}

fn plan(session: &Session) -> String {
    check(session).plan.expect("the sample's plan").id
}

#[test]
fn three_stages_with_figures_and_what_is_missing() {
    let (_folder, mut session) = sample();
    let view = check(&session);
    let before = at(&view, "greenPerPerson", Stage::Baseline);
    assert_eq!(before.verdict, StandardVerdict::Unmet);
    assert!(
        before.told.contains("1100 人") && before.told.contains("385.00 ㎡"),
        "{}",
        before.told
    );
    let planned = at(&view, "greenPerPerson", Stage::Proposed);
    assert_eq!(planned.verdict, StandardVerdict::Met, "{}", planned.told);
    // What the plan makes has no width yet: the click leads to the effect.
    let width = at(&view, "greenWidth", Stage::Proposed);
    assert_eq!(width.verdict, StandardVerdict::Unknown);
    let missing = &width.missing[0];
    assert_eq!(
        (missing.kind, missing.field.as_str()),
        (KindCode::Effect, "width")
    );
    let effect = missing.id.clone().expect("an effect");
    let record = session
        .record_get(KindCode::Effect, &effect)
        .expect("the effect");
    assert!(missing.label.contains("最小宽度"), "{}", missing.label);
    assert!(!record.label.is_empty());
    // Every row leads to its record.
    assert!(width.rows.iter().all(|row| row.record.is_some()));
}

#[test]
fn a_filled_datum_settles_the_verdict_and_undo_takes_it_back() {
    let (_folder, mut session) = sample();
    let id = compound(&session);
    let unknown = at(&check(&session), "cityEntrances", Stage::Baseline);
    assert_eq!(unknown.verdict, StandardVerdict::Unknown);
    assert_eq!(unknown.missing[0].id.as_deref(), Some(id.as_str()));
    for (typed, expected) in [("1", StandardVerdict::Unmet), ("2", StandardVerdict::Met)] {
        let cells = [("cityEntrances", typed)];
        session
            .record_edit(&edit(KindCode::Compound, None, Some(&id), &cells))
            .expect("edit");
        let found = at(&check(&session), "cityEntrances", Stage::Baseline);
        assert_eq!(found.verdict, expected);
    }
    session.history_undo().expect("undo");
    let found = at(&check(&session), "cityEntrances", Stage::Baseline);
    assert_eq!(found.verdict, StandardVerdict::Unmet);
}

#[test]
fn unverified_rules_wait_switched_off_and_those_of_other_regions_do_not_count() {
    let (_folder, mut session) = sample();
    let view = check(&session);
    let width = rule(&view, "mainRoadWidth");
    assert!(!width.enabled && width.stages.is_empty() && width.mark == "未核实");
    let puyang = rule(&view, "cyclePlaces");
    assert!(puyang.enabled && !puyang.here && puyang.stages.is_empty());
    assert!(rule(&view, "greenToParkingBan").here, "川汇 lies in 周口");
    let changed = session
        .standard_switch("mainRoadWidth", true)
        .expect("switch");
    assert!(changed.sentence.contains("启用"), "{}", changed.sentence);
    assert_eq!(rule(&check(&session), "mainRoadWidth").stages.len(), 3);
    session.history_undo().expect("undo");
    assert!(rule(&check(&session), "mainRoadWidth").stages.is_empty());
    let unknown = session
        .standard_switch("nothing", true)
        .expect_err("no rule");
    assert_eq!(unknown.code, ErrorCode::NotFound);
}

#[test]
fn green_that_becomes_parking_meets_both_laws() {
    let (_folder, mut session) = sample();
    let id = compound(&session);
    let both = |session: &Session| {
        let view = check(session);
        ["greenToParkingVote", "greenToParkingBan"]
            .map(|code| at(&view, code, Stage::Proposed).verdict)
    };
    assert_eq!(both(&session), [StandardVerdict::Void; 2]);
    session
        .record_edit(&edit(
            KindCode::Effect,
            Some(&id),
            None,
            &[
                ("workItem", "添 重新规划停车位（第2版）"),
                ("action", "改变"),
                ("greenSpace", "宅旁绿带"),
                ("area", "20.00"),
            ],
        ))
        .expect("edit");
    assert_eq!(both(&session), [StandardVerdict::Unmet; 2]);
    let vote = at(&check(&session), "greenToParkingVote", Stage::Proposed);
    assert!(vote.told.contains("四分之三"), "{}", vote.told);
}

#[test]
fn a_road_mended_before_its_pipes_is_told() {
    let (_folder, session) = sample();
    // The sample mended the road while 雨污合流改分流 is not done.
    let built = at(&check(&session), "pipesFirst", Stage::AsBuilt);
    assert_eq!(built.verdict, StandardVerdict::Unmet, "{}", built.told);
    let planned = at(&check(&session), "pipesFirst", Stage::Proposed);
    assert_eq!(planned.verdict, StandardVerdict::Met, "{}", planned.told);
    assert_eq!(planned.told, "2 处达到");
}

fn says(session: &Session, condition: &str, reason: &str) -> StageSays {
    StageSays {
        compound: compound(session),
        condition: condition.to_owned(),
        reason: reason.to_owned(),
        by: "示例主任".to_owned(),
        on: "2021-3-6".to_owned(),
    }
}

fn into(session: &Session, stage: u32) -> StageMove {
    StageMove {
        compound: compound(session),
        stage,
        on: "2021-3-6".to_owned(),
        person: "示例责任人".to_owned(),
        remark: String::new(),
    }
}

#[test]
fn a_gate_names_what_is_missing_and_an_exception_opens_it() {
    let (_folder, mut session) = sample();
    let id = compound(&session);
    let view = session.stage_get(&id).expect("stages");
    assert_eq!((view.current, view.stages.len()), (Some(3), 12));
    let visited = &view.stages[2].conditions[0];
    assert!(visited.told.contains("/ 307 户"), "{}", visited.told);
    let open: Vec<String> = view.stages[3]
        .conditions
        .iter()
        .filter(|one| !one.passes)
        .map(|one| one.code.clone())
        .collect();
    assert!(open.contains(&"standards".to_owned()), "{open:?}");

    let refused = session
        .stage_move(&into(&session, 4))
        .expect_err("a closed gate");
    assert!(refused.message.contains("规范检查"), "{}", refused.message);
    let silent = says(&session, "standards", " ");
    assert_eq!(
        session.stage_say(&silent).expect_err("no reason").code,
        ErrorCode::Invalid
    );
    for code in &open {
        let request = says(&session, code, "区里同意边公示边完善");
        let changed = session.stage_say(&request).expect("an exception");
        assert!(changed.sentence.contains("例外"), "{}", changed.sentence);
    }
    let changed = session
        .stage_move(&into(&session, 4))
        .expect("the gate is open");
    assert!(
        changed.sentence.contains("公示议事"),
        "{}",
        changed.sentence
    );
    let view = session.stage_get(&id).expect("stages");
    assert_eq!(view.current, Some(4));
    assert_eq!(view.stages[4].entered_on, "2021年3月6日");
    let word = view.stages[3]
        .conditions
        .iter()
        .find_map(|one| one.word.clone())
        .expect("a word");
    assert!(word.exception && word.by == "示例主任");
    let overview = session.overview_get().expect("overview");
    assert!(overview.iter().any(|row| row.stage == "公示议事"));
    let told: Vec<String> = session
        .history_list(None, 5)
        .expect("history")
        .into_iter()
        .map(|entry| entry.sentence)
        .collect();
    assert!(told[1].contains("区里同意边公示边完善"), "{told:?}");

    session.history_undo().expect("undo");
    let view = session.stage_get(&id).expect("stages");
    assert_eq!(
        (view.current, view.stages[4].entered_on.as_str()),
        (Some(3), "")
    );
    session.stage_unsay(&id, &open[0]).expect("taken back");
    let view = session.stage_get(&id).expect("stages");
    assert_eq!(view.stages[3].open, 1);
    assert_eq!(
        session.verify().expect("verify").problems,
        Vec::<String>::new()
    );
}

#[test]
fn a_stage_is_not_typed_over_its_gate() {
    let (_folder, mut session) = sample();
    let id = compound(&session);
    let typed = edit(
        KindCode::Compound,
        None,
        Some(&id),
        &[("stage", "公示议事")],
    );
    let told = session.record_edit(&typed).expect("told").value.problems;
    assert!(
        told[0].message.contains("阶段与关口"),
        "{}",
        told[0].message
    );
    assert_eq!(session.stage_get(&id).expect("stages").current, Some(3));
    let same = edit(
        KindCode::Compound,
        None,
        Some(&id),
        &[("remark", "示例"), ("stage", "方案草案")],
    );
    let told = session.record_edit(&same).expect("told").value.problems;
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn back_is_always_open() {
    let (_folder, mut session) = sample();
    session.stage_move(&into(&session, 1)).expect("back");
    let view = session.stage_get(&compound(&session)).expect("stages");
    assert_eq!(view.current, Some(1));
    let wrong = StageMove {
        on: "某一天".to_owned(),
        ..into(&session, 0)
    };
    assert_eq!(
        session.stage_move(&wrong).expect_err("no day").code,
        ErrorCode::Invalid
    );
}

fn typed(code: &str, texts: &[(&str, &str)]) -> SumInput {
    SumInput {
        code: code.to_owned(),
        texts: texts
            .iter()
            .map(|(field, text)| SumText {
                field: (*field).to_owned(),
                text: (*text).to_owned(),
            })
            .collect(),
    }
}

#[test]
fn sums_are_filled_from_the_ledger() {
    let (_folder, session) = sample();
    let forms = session.sum_forms(&plan(&session)).expect("forms");
    let of = |code: &str, field: &str| {
        let form = forms.iter().find(|form| form.code == code).expect("form");
        let field = form.fields.iter().find(|one| one.code == field);
        field.expect("field").text.clone()
    };
    assert_eq!(of("green", "people"), "1100");
    assert_eq!(of("cycles", "households"), "307");
    for form in &forms {
        let texts = form.fields.iter().map(|field| SumText {
            field: field.code.clone(),
            text: match field.text.as_str() {
                "" if field.unit == "m" => "30".to_owned(),
                text => text.to_owned(),
            },
        });
        let input = SumInput {
            code: form.code.clone(),
            texts: texts.collect(),
        };
        let result = session.sum_get(&input).expect("a sum");
        assert!(!result.lines.is_empty(), "{}", form.code);
    }
}

#[test]
fn a_sum_becomes_a_work_item_with_its_effect_as_one_undo() {
    let (_folder, mut session) = sample();
    let plan = plan(&session);
    let strip = typed(
        "bays",
        &[
            ("mode", "垂直"),
            ("length", "24"),
            ("width", "10.80"),
            ("fireLane", "要留消防车道"),
        ],
    );
    let result = session.sum_get(&strip).expect("a sum");
    assert_eq!(result.lines.last().expect("a line").value, "10 个");
    let before = session.plan_items(&plan).expect("items");
    let target = SumTarget {
        plan: plan.clone(),
        item: None,
        name: "南墙边划车位".to_owned(),
        with_effect: true,
    };
    let id = session.sum_write(&strip, &target).expect("written").value;
    let after = session.plan_items(&plan).expect("items");
    assert_eq!(after.len(), before.len() + 1);
    let made = after.iter().find(|item| item.id == id).expect("the item");
    assert_eq!(
        (made.name.as_str(), made.quantity.as_str()),
        ("南墙边划车位", "10 位")
    );
    assert!(
        made.effects[0].sentence.contains("车位 10"),
        "{}",
        made.effects[0].sentence
    );
    // Its bays are then checked like any others.
    let bays = at(&check(&session), "bayLength90", Stage::Proposed);
    assert!(bays.rows.iter().any(|row| row.label == "南墙边划车位"));
    // Into an existing item: quantity, unit and the sum behind the old remark.
    let again = SumTarget {
        item: Some(id.clone()),
        with_effect: false,
        ..target
    };
    let shorter = typed("bays", &[("length", "12"), ("width", "10.80")]);
    session.sum_write(&shorter, &again).expect("written");
    let changed = session.plan_items(&plan).expect("items");
    let made = changed.iter().find(|item| item.id == id).expect("the item");
    assert_eq!((made.quantity.as_str(), made.effects.len()), ("5 位", 1));
    session.history_undo().expect("undo");
    session.history_undo().expect("undo");
    let undone = session.plan_items(&plan).expect("items");
    assert_eq!(undone.len(), before.len());
}

#[test]
fn what_cannot_be_reckoned_is_told() {
    let (_folder, mut session) = sample();
    let plan = plan(&session);
    let empty = session
        .sum_get(&typed("ramp", &[]))
        .expect_err("nothing typed");
    assert!(empty.message.contains("高差"), "{}", empty.message);
    let words = session.sum_get(&typed("ramp", &[("rise", "半米")]));
    assert!(words.expect_err("words").message.contains("半米"));
    let narrow = typed("bays", &[("length", "24"), ("width", "9.00")]);
    let result = session.sum_get(&narrow).expect("a sum");
    assert!(result.writes.is_none() && result.lines.iter().any(|line| line.bad));
    let target = SumTarget {
        plan,
        item: None,
        name: String::new(),
        with_effect: true,
    };
    let refused = session
        .sum_write(&narrow, &target)
        .expect_err("nothing fits");
    assert_eq!(refused.code, ErrorCode::Invalid);
}
