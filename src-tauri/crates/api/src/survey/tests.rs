mod hard;

use jiugai_domain::survey::{Respondent, RoundKind};

use crate::Session;
use crate::testing::{fresh, sample};
use crate::wire::{
    AnswerText, CrossDrill, EntryChoice, EntrySheet, PendingAction, PendingDecision, PendingKind,
    SurveyRoundDraft, SurveyScope,
};

const NAME: &str = "五交化家属院";

fn round(session: &mut Session, kind: RoundKind) -> (String, String) {
    let compound = session.compound_named(NAME).expect("there").to_string();
    let draft = SurveyRoundDraft {
        name: "新的一轮".to_owned(),
        ..session.survey_draft(&compound, kind).expect("proposed")
    };
    let id = session
        .survey_create(&compound, &draft)
        .expect("made")
        .value;
    (compound, id)
}

fn sheet(session: &Session, round: &str, place: &str, answers: &[(u32, &str)]) -> EntrySheet {
    let door = session
        .survey_entry_find(round, place)
        .expect("found")
        .remove(0);
    EntrySheet {
        round: round.to_owned(),
        dwelling: door.dwelling,
        household: door.household,
        answers: answers
            .iter()
            .map(|(question, text)| AnswerText {
                question: *question,
                text: (*text).to_owned(),
            })
            .collect(),
        answered_on: String::new(),
        collector: "走访员甲".to_owned(),
        channel: "paper".to_owned(),
        respondent: Respondent::Household,
        evidence: String::new(),
        asked_again: false,
    }
}

#[test]
fn the_sample_has_three_rounds_with_enough_answers() {
    let (_folder, session) = sample();
    let compound = session.compound_named(NAME).expect("there").to_string();
    let rounds = session.survey_list(Some(&compound)).expect("listed");
    assert_eq!(rounds.len(), 3);
    for round in &rounds {
        assert!(round.answered >= 231, "{}: {}", round.name, round.answered);
        assert_eq!(round.households, 307);
        assert!(round.name.contains("示例"));
        let page = session.survey_get(&round.id).expect("read");
        let reached: u32 = page
            .buildings
            .iter()
            .map(|building| building.answered)
            .sum();
        assert_eq!(reached, round.answered);
        let missing = session.survey_missing(&round.id, None).expect("listed");
        assert_eq!(u32::try_from(missing.len()), Ok(307 - round.answered));
    }
    let scope = SurveyScope {
        round: rounds[1].id.clone(),
        street: false,
    };
    let analysis = session.survey_analysis(&scope).expect("counted");
    assert_eq!(analysis.responses, rounds[1].answered);
    let table = session
        .survey_cross(&scope, "q8", "level")
        .expect("crossed");
    let inside: u32 = table.rows.iter().map(|row| row.head.count).sum();
    assert_eq!(
        (inside, table.both + table.missing),
        (table.both, table.responses)
    );
    let drill = CrossDrill {
        scope: scope.clone(),
        row: "q8".to_owned(),
        row_value: table.rows[0].head.value.clone(),
        column: Some("level".to_owned()),
        column_value: Some(table.columns[0].value.clone()),
    };
    let behind = session.survey_drill(&drill).expect("drilled");
    assert_eq!(
        u32::try_from(behind.len()),
        Ok(table.rows[0].cells[0].count)
    );
    for question in &analysis.questions {
        let svg = session.survey_chart(&scope, question.key).expect("drawn");
        assert!(svg.contains("<svg"), "{}", question.title);
    }
    assert!(!analysis.comparisons.is_empty());
}

#[test]
fn a_sheet_is_typed_and_typed_again() {
    let (_folder, mut session) = sample();
    let (_, id) = round(&mut session, RoundKind::Willingness);
    let bad = sheet(&session, &id, "1-1-101", &[(3, "9"), (5, "123456")]);
    let refused = session.survey_entry_save(&bad).expect("answered").value;
    assert_eq!((refused.response, refused.problems.len()), (None, 2));
    let good = sheet(&session, &id, "1-1-101", &[(1, "1"), (3, "1"), (5, "0106")]);
    let saved = session.survey_entry_save(&good).expect("stored");
    assert_eq!((saved.value.count, saved.value.problems.len()), (1, 0));
    assert_eq!(saved.sentence, "新建 1号楼1单元101 的答卷");
    // By the figures alone, and the second time.
    let door = session
        .survey_entry_find(&id, "11101")
        .expect("found")
        .remove(0);
    assert!(door.second && door.answers.is_empty());
    let again = sheet(
        &session,
        &id,
        "1号楼1单元101",
        &[(1, "1"), (3, "2"), (5, "0106")],
    );
    let saved = session.survey_entry_save(&again).expect("stored").value;
    assert_eq!((saved.count, saved.differences), (1, 1));
    let differences = session.survey_differences(&id).expect("listed");
    assert_eq!(
        (
            differences[0].first.as_str(),
            differences[0].second.as_str()
        ),
        ("同意", "不同意")
    );
    session
        .survey_settle(&differences[0].response, 3, EntryChoice::Second)
        .expect("settled");
    assert!(session.survey_differences(&id).expect("listed").is_empty());
    let page = session.survey_get(&id).expect("read");
    assert_eq!(page.thresholds[1].have, 0);
    session.history_undo().expect("undone");
    assert_eq!(session.survey_get(&id).expect("read").thresholds[1].have, 1);
}

#[test]
fn numbers_of_other_rounds_and_mistyped_ones_are_told() {
    let (_folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Baseline);
    let other = session
        .survey_list(Some(&compound))
        .expect("listed")
        .remove(0)
        .id;
    let code = |session: &Session, round: &str| {
        let door = session
            .survey_entry_find(round, "1-1-101")
            .expect("found")
            .remove(0);
        jiugai_domain::survey::sheet_code(
            crate::text::key(round).expect("a key"),
            crate::text::key(&door.dwelling).expect("a key"),
        )
    };
    let own = code(&session, &id);
    let found = session.survey_entry_find(&id, &own).expect("found");
    assert_eq!(found[0].place, "1号楼1单元101");
    let told = session
        .survey_entry_find(&id, &code(&session, &other))
        .expect_err("another round");
    assert!(told.message.contains("另一轮"), "{}", told.message);
    let told = session
        .survey_entry_find(&id, "9-9-999")
        .expect_err("no such room");
    assert!(told.message.contains("没有“9-9-999”"), "{}", told.message);
}

#[test]
fn a_later_edit_never_changes_answers_given() {
    let (_folder, mut session) = sample();
    let (_, id) = round(&mut session, RoundKind::Satisfaction);
    let entry = sheet(&session, &id, "1-1-101", &[(1, "1"), (3, "5")]);
    session.survey_entry_save(&entry).expect("stored");
    let family = "bank.satisfaction";
    let mut page = session.questionnaire_get(family).expect("read");
    assert!(page.note.contains("第2版"), "{}", page.note);
    page.sheet.questions.retain(|question| question.key != 3);
    for question in &mut page.sheet.questions {
        if question.key == 1 {
            question.choices[0].text = "房主".to_owned();
        }
    }
    session
        .questionnaire_save(Some(family), &page.sheet)
        .expect("stored");
    let response = session.survey_recent(&id).expect("listed").remove(0);
    assert!(
        response.summary.starts_with("业主；很满意"),
        "{}",
        response.summary
    );
    let page = session.survey_get(&id).expect("read");
    assert!(page.newer);
    session.survey_renew(&id).expect("renewed");
    let scope = SurveyScope {
        round: id,
        street: false,
    };
    let analysis = session.survey_analysis(&scope).expect("counted");
    assert!(analysis.questions.iter().any(|question| question.removed));
}

#[test]
fn what_residents_said_before_the_works_ended_opens_no_gate() {
    let (_folder, mut session) = sample();
    let (compound, id) = round(&mut session, RoundKind::Satisfaction);
    let entry = sheet(&session, &id, "1-1-101", &[(1, "1"), (3, "5")]);
    session.survey_entry_save(&entry).expect("stored");
    let told = |session: &Session| {
        let view = session.stage_get(&compound).expect("stages");
        let mut all = view.stages.into_iter().flat_map(|stage| stage.conditions);
        all.find(|one| one.code == "satisfied").expect("asked").told
    };
    // The works of the sample ended in July.
    assert_eq!(told(&session), "还没有可以计算的数");
    let draft = session
        .survey_draft(&compound, RoundKind::Satisfaction)
        .expect("proposed");
    let later = SurveyRoundDraft {
        name: "完工回访".to_owned(),
        closes_on: "2021-12-31".to_owned(),
        ..draft
    };
    session.survey_update(&id, &later).expect("changed");
    assert!(told(&session).starts_with("1 / 1 份"), "{}", told(&session));
}

const FILE: &str = "序号,提交答卷时间,所用时间,来源,来自IP,您的房号,您的姓名,联系电话,1、您的身份,3、您家是否同意本小区改造,\"5、最希望改什么（最多选5项）\",15、还有什么话要说\n\
1,2021/3/6 10:00:00,60秒,微信,1.2.3.4,1号楼1单元101,,,业主,同意,修道路┋其他〖楼道感应灯〗,早点动工\n\
2,2021/3/6 10:01:00,60秒,微信,1.2.3.4,1-1-102,,,1,2,1┋2,\n\
3,2021/3/6 10:02:00,60秒,微信,1.2.3.4,99号楼9单元999,王示例,,业主,同意,修道路,\n\
4,2021/3/6 10:03:00,60秒,微信,1.2.3.4,1#1单元101,,,业主,不同意,修道路,\n\
5,2020/3/6 10:03:00,60秒,微信,1.2.3.4,1-1-201,,,业主,同意,修道路,\n\
6,2021/3/6 10:05:00,60秒,微信,1.2.3.4,1-1-202,,,业主,改建,修道路,\n";

#[test]
fn a_file_is_imported_and_the_rest_is_decided() {
    let (folder, mut session) = sample();
    let (_, id) = round(&mut session, RoundKind::Willingness);
    let path = folder.path().join("问卷星.csv");
    std::fs::write(&path, FILE).expect("written");
    let draft = session.survey_import_read(&id, &path).expect("read");
    assert_eq!(draft.rows, 6);
    let targets: Vec<&str> = draft
        .columns
        .iter()
        .map(|column| column.target.as_str())
        .collect();
    assert_eq!(
        targets,
        [
            "serial",
            "submitted",
            "ignore",
            "source",
            "ignore",
            "place",
            "name",
            "phone",
            "q1",
            "q3",
            "q5",
            "q15"
        ]
    );
    let done = session.survey_import_run().expect("imported").value;
    assert_eq!(
        (
            done.rows,
            done.counted,
            done.unmatched,
            done.duplicates,
            done.untimely,
            done.flawed
        ),
        (6, 3, 1, 1, 1, 1)
    );
    assert_eq!(
        session
            .survey_list(None)
            .expect("listed")
            .last()
            .map(|row| row.pending),
        Some(3)
    );
    // The same file again gives nothing new.
    session.survey_import_read(&id, &path).expect("read");
    let again = session.survey_import_check().expect("judged");
    assert_eq!((again.repeated, again.counted), (6, 0));
    let pending = session.survey_pending(&id).expect("listed");
    let kinds: Vec<PendingKind> = pending.iter().map(|row| row.kind).collect();
    assert_eq!(
        kinds,
        [
            PendingKind::Waiting,
            PendingKind::Waiting,
            PendingKind::Waiting,
            PendingKind::Flawed
        ]
    );
    let decide = |session: &mut Session, at: usize, action, to: Option<&str>| {
        let door = to.map(|to| session.survey_doors(&id, to).expect("offered").remove(0));
        session.survey_decide(&PendingDecision {
            response: pending[at].id.clone(),
            action,
            dwelling: door.as_ref().map(|door| door.dwelling.clone()),
            household: door.and_then(|door| door.household),
        })
    };
    assert!(pending[0].place.contains("999") && !pending[0].acceptable);
    assert!(decide(&mut session, 0, PendingAction::Accept, None).is_err());
    decide(&mut session, 0, PendingAction::Assign, Some("2-1-101")).expect("assigned");
    assert!(pending[1].duplicate);
    decide(&mut session, 1, PendingAction::Replace, None).expect("replaced");
    decide(&mut session, 2, PendingAction::Discard, None).expect("discarded");
    assert!(
        pending[3]
            .reasons
            .iter()
            .any(|reason| reason.contains("改建"))
    );
    decide(&mut session, 3, PendingAction::Accept, None).expect("taken note of");
    // What was left out stays to be seen, and comes back.
    let left: Vec<(PendingKind, bool)> = session
        .survey_pending(&id)
        .expect("listed")
        .iter()
        .map(|row| (row.kind, row.acceptable))
        .collect();
    assert_eq!(
        left,
        [
            (PendingKind::Discarded, true),
            (PendingKind::Discarded, false)
        ]
    );
    let row = session
        .survey_list(None)
        .expect("listed")
        .pop()
        .expect("there");
    assert_eq!((row.answered, row.pending), (4, 0));
    let open = session.survey_open(&id, 15, "", "").expect("read");
    assert_eq!(open.total, 0, "the first answer was replaced");
}

#[test]
fn what_people_set_wrongly_is_told() {
    let (_folder, mut session) = fresh();
    let made = session.record_edit(&crate::testing::edit(
        crate::KindCode::Compound,
        None,
        None,
        &[("name", "甲院")],
    ));
    made.expect("made");
    let compound = session.compound_named("甲院").expect("there").to_string();
    let draft = session
        .survey_draft(&compound, RoundKind::Willingness)
        .expect("proposed");
    for (change, words) in [
        (
            SurveyRoundDraft {
                name: " ".to_owned(),
                ..draft.clone()
            },
            "名字",
        ),
        (
            SurveyRoundDraft {
                reach: "很多".to_owned(),
                ..draft.clone()
            },
            "不是比例",
        ),
        (
            SurveyRoundDraft {
                opens_on: "春天".to_owned(),
                ..draft.clone()
            },
            "不是日期",
        ),
        (
            SurveyRoundDraft {
                closes_on: "2001-1-1".to_owned(),
                ..draft.clone()
            },
            "前面",
        ),
        (
            SurveyRoundDraft {
                family: "无".to_owned(),
                ..draft.clone()
            },
            "问卷",
        ),
    ] {
        let error = session
            .survey_create(&compound, &change)
            .expect_err("refused");
        assert!(error.message.contains(words), "{}", error.message);
    }
    session.survey_create(&compound, &draft).expect("made");
    let error = session.survey_create(&compound, &draft).expect_err("taken");
    assert_eq!(error.code, crate::ErrorCode::NameTaken);
}
