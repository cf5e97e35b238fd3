mod counts;
mod local;
mod scans;
mod versions;

use jiugai_domain::ballot::{Leg, Matter, Vote};

use crate::testing::sample;
use crate::wire::{
    BallotDelivery, BallotEntry, BallotMotionDraft, BallotPaperState, BallotStage, LiftDraft,
};
use crate::{ErrorCode, Session};

fn compound(session: &Session) -> String {
    session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string()
}

fn motion(title: &str, matter: Matter) -> BallotMotionDraft {
    BallotMotionDraft {
        id: None,
        title: title.to_owned(),
        detail: String::new(),
        matter,
        leg: matter.leg(),
        leg_reason: String::new(),
        work_item: None,
    }
}

/// A ballot of the first entrance of 1号楼, with roll and one motion, ready to be opened.
fn prepared(session: &mut Session) -> String {
    let compound = compound(session);
    let id = session
        .ballot_create(&compound, "1单元加装电梯")
        .expect("created")
        .value;
    let entrance = session
        .record_options(crate::KindCode::Entrance, Some(&compound), "1号楼1单元")
        .expect("options")
        .into_iter()
        .next()
        .expect("an entrance");
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.scope = "entrance".to_owned();
    settings.scope_id = entrance.id;
    settings.gross_when_missing = true;
    settings.notice_on = "2021-02-01".to_owned();
    settings.starts_on = "2021-2-10".to_owned();
    session.ballot_update(&id, &settings).expect("settings");
    session
        .ballot_set_motion(&id, &motion("是否同意加装电梯", Matter::Rebuild))
        .expect("motion");
    session.ballot_make_roll(&id).expect("roll");
    let open: Vec<(String, String)> = session
        .ballot_roll(&id)
        .expect("roll")
        .questions
        .iter()
        .map(|question| (question.key.clone(), question.answers[0].code.clone()))
        .collect();
    for (key, answer) in open {
        session
            .ballot_answer(&id, &[key], &answer, "示例理由")
            .expect("decided");
    }
    id
}

fn opened(session: &mut Session) -> String {
    let id = prepared(session);
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    session.ballot_update(&id, &settings).expect("settings");
    session.ballot_open(&id).expect("opened");
    id
}

fn entry(paper: &str, choice: &str) -> BallotEntry {
    BallotEntry {
        paper: paper.to_owned(),
        second: false,
        reader: "示例录入员甲".to_owned(),
        returned_on: "2021-02-20".to_owned(),
        choices: vec![choice.to_owned()],
        proxy: String::new(),
        proxy_document: String::new(),
        invalid: String::new(),
        invalid_note: String::new(),
    }
}

fn again(paper: &str, choice: &str) -> BallotEntry {
    BallotEntry {
        second: true,
        reader: "示例录入员乙".to_owned(),
        ..entry(paper, choice)
    }
}

#[test]
fn the_sample_passes_on_heads_and_fails_on_area() {
    let (_folder, session) = sample();
    let compound = compound(&session);
    let rows = session.ballot_list(&compound).expect("list");
    let stages: Vec<BallotStage> = rows.iter().map(|row| row.stage).collect();
    assert_eq!(stages.len(), 2);
    assert!(stages.contains(&BallotStage::Closed) && stages.contains(&BallotStage::Open));
    for report in session.ballot_report(None).expect("report") {
        for motion in &report.motions {
            assert!(motion.count.quorum.heads, "{}", motion.motion);
            assert!(!motion.count.quorum.area, "{}", motion.motion);
            assert_eq!(motion.count.passed, Some(false));
            assert_eq!(motion.count.missing.heads, 0);
            assert_eq!(motion.count.all.area_dm2, 2_023_853);
        }
    }
    let open = rows
        .iter()
        .find(|row| row.stage == BallotStage::Open)
        .expect("open");
    let tally = session.ballot_tally(&open.id).expect("tally");
    assert!(tally.motions[0].verdict.contains("面积不到三分之二"));
    let company = &tally.motions[0].visits[0];
    assert!(
        company.chosen && company.label == "五交化公司",
        "{company:?}"
    );
}

#[test]
fn every_figure_opens_to_its_papers() {
    let (_folder, session) = sample();
    let rows = session.ballot_list(&compound(&session)).expect("list");
    for row in rows {
        let tally = session.ballot_tally(&row.id).expect("tally");
        for motion in &tally.motions {
            for line in &motion.lines {
                let parts = session
                    .ballot_parts(&row.id, &motion.motion, &line.code)
                    .expect("parts");
                let area: i64 = parts
                    .iter()
                    .map(|part| jiugai_domain::fixed::parse(&part.area, 2, &[]).expect("area"))
                    .sum();
                assert_eq!(jiugai_domain::fixed::format_grouped(area, 2), line.area);
                let heads: std::collections::BTreeSet<&str> =
                    parts.iter().map(|part| part.head.as_str()).collect();
                assert!(heads.len() <= parts.len());
            }
        }
    }
}

#[test]
fn a_ballot_opens_when_all_is_ready_and_the_notice_was_long_enough() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let refused = session.ballot_open(&id).expect_err("nine days");
    assert!(refused.message.contains("不足 15 天"), "{refused}");
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    session.ballot_update(&id, &settings).expect("settings");
    session.ballot_open(&id).expect("opened");
    let again = session.ballot_open(&id).expect_err("open already");
    assert_eq!(again.code, ErrorCode::Sealed);
    let roll = session.ballot_make_roll(&id).expect_err("frozen");
    assert_eq!(roll.code, ErrorCode::Sealed);
    let papers = session.ballot_papers(&id).expect("papers");
    assert_eq!(papers.rows.len(), 8);
    assert_eq!(papers.rows[0].number, "0001");
}

#[test]
fn another_leg_than_the_codes_needs_a_reason() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let mut draft = motion("是否同意划车位", Matter::ChangeUse);
    draft.leg = Leg::Ordinary;
    let refused = session
        .ballot_set_motion(&id, &draft)
        .expect_err("no reason");
    assert!(refused.message.contains("四分之三以上"), "{refused}");
    draft.leg_reason = "示例理由".to_owned();
    session
        .ballot_set_motion(&id, &draft)
        .expect("with a reason");
    let page = session.ballot_get(&id).expect("page");
    assert!(page.motions[1].warnings[0].contains("示例理由"));
    assert!(
        page.motions[0]
            .conflicts
            .iter()
            .any(|told| told.contains("河南"))
    );
}

#[test]
fn two_people_read_each_paper_and_differences_are_settled() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let paper = session.ballot_papers(&id).expect("papers").rows[0]
        .id
        .clone();
    session
        .ballot_enter(&id, &entry(&paper, "approve"))
        .expect("first");
    let state = |session: &Session| session.ballot_papers(&id).expect("papers").rows[0].state;
    assert_eq!(state(&session), BallotPaperState::HalfRead);
    let same = BallotEntry {
        reader: "示例录入员甲".to_owned(),
        ..again(&paper, "reject")
    };
    let refused = session
        .ballot_enter(&id, &same)
        .expect_err("one person twice");
    assert!(refused.message.contains("两个人"), "{refused}");
    session
        .ballot_enter(&id, &again(&paper, "reject"))
        .expect("second");
    assert_eq!(state(&session), BallotPaperState::Differs);
    let refused = session.ballot_close(&id).expect_err("open");
    assert!(refused.message.contains("两遍不一致"), "{refused}");
    let motion = session.ballot_get(&id).expect("page").motions[0].id.clone();
    session
        .ballot_settle(&id, &paper, &motion, "approve", "看过原票")
        .expect("settled");
    assert_eq!(state(&session), BallotPaperState::Valid);
    session.history_undo().expect("undone");
    assert_eq!(state(&session), BallotPaperState::Differs);
}

#[test]
fn bad_entries_are_refused_with_the_reason() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let paper = session.ballot_papers(&id).expect("papers").rows[0]
        .id
        .clone();
    let nothing = BallotEntry {
        choices: Vec::new(),
        ..entry(&paper, "approve")
    };
    assert!(
        session
            .ballot_enter(&id, &nothing)
            .expect_err("no choice")
            .message
            .contains("没选")
    );
    let proxy = BallotEntry {
        proxy: "示例代理".to_owned(),
        ..entry(&paper, "approve")
    };
    assert!(
        session
            .ballot_enter(&id, &proxy)
            .expect_err("no letter")
            .message
            .contains("委托书")
    );
    let other = session.ballot_list(&compound(&session)).expect("list");
    let foreign = other
        .iter()
        .find(|row| row.id != id && row.stage == BallotStage::Open)
        .expect("other");
    let strange = session.ballot_papers(&foreign.id).expect("papers").rows[0]
        .id
        .clone();
    let told = session
        .ballot_enter(&id, &entry(&strange, "approve"))
        .expect_err("not of this ballot");
    assert!(told.message.contains("不在这次表决里"), "{told}");
    let nobody = BallotDelivery {
        papers: Vec::new(),
        way: "inPerson".to_owned(),
        delivered_on: "2021-02-16".to_owned(),
        witness: String::new(),
        receiver: String::new(),
        evidence: String::new(),
    };
    assert!(session.ballot_deliver(&id, &nobody).is_err());
    let invalid = BallotEntry {
        invalid: "unsigned".to_owned(),
        choices: Vec::new(),
        ..entry(&paper, "")
    };
    for (day, why) in [("2021-02-15", "才开始"), ("2999-01-01", "今天还没有到")] {
        let wrong = BallotEntry {
            returned_on: day.to_owned(),
            ..invalid.clone()
        };
        let told = session.ballot_enter(&id, &wrong).expect_err("wrong day");
        assert!(told.message.contains(why), "{told}");
    }
    let delivered = BallotDelivery {
        papers: vec![paper.clone()],
        delivered_on: "2021-02-21".to_owned(),
        ..nobody
    };
    session.ballot_deliver(&id, &delivered).expect("delivered");
    let told = session.ballot_enter(&id, &invalid).expect_err("too early");
    assert!(told.message.contains("才送达"), "{told}");
}

#[test]
fn a_whole_ballot_ends_closed_and_can_only_be_taken_up_by_a_new_one() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let papers: Vec<String> = session
        .ballot_papers(&id)
        .expect("papers")
        .rows
        .into_iter()
        .map(|row| row.id)
        .collect();
    let before = session.ballot_tally(&id).expect("tally").motions[0].clone();
    assert!(before.visits.iter().filter(|visit| visit.chosen).count() >= 6);
    let heads: Vec<String> = before
        .visits
        .iter()
        .map(|visit| visit.head.clone())
        .collect();
    let supposed = session
        .ballot_what_if(&id, &before.motion, &heads, Vote::Approve)
        .expect("supposed");
    assert_eq!(supposed.passed, Some(true));
    let after = session.ballot_tally(&id).expect("tally").motions[0].clone();
    assert_eq!(
        after.lines[1].heads, before.lines[1].heads,
        "nothing was written"
    );
    for paper in &papers {
        session
            .ballot_enter(&id, &entry(paper, "approve"))
            .expect("first");
        session
            .ballot_enter(&id, &again(paper, "approve"))
            .expect("second");
    }
    let done = session.ballot_tally(&id).expect("tally");
    assert_eq!(done.motions[0].passed, Some(true));
    session.ballot_close(&id).expect("closed");
    let late = session
        .ballot_enter(&id, &entry(&papers[0], "reject"))
        .expect_err("closed");
    assert_eq!(late.code, ErrorCode::Sealed);
    assert!(session.history_undo().is_err(), "a closing stays");
    assert!(session.ballot_reopen(&id, " ").is_err(), "no reason");
    let next = session
        .ballot_reopen(&id, "示例：有业主提出异议")
        .expect("taken up")
        .value;
    let page = session.ballot_get(&next).expect("page");
    assert_eq!(
        (page.stage, page.follows.as_str()),
        (BallotStage::Preparing, "1单元加装电梯")
    );
    assert_eq!(page.motions.len(), 1);
}

#[test]
fn papers_of_one_owner_that_disagree_wait_for_a_ruling() {
    let (_folder, mut session) = sample();
    let compound = compound(&session);
    let row = session
        .ballot_list(&compound)
        .expect("list")
        .into_iter()
        .find(|row| row.stage == BallotStage::Open)
        .expect("open");
    let papers = session.ballot_papers(&row.id).expect("papers");
    let company: Vec<String> = papers
        .rows
        .iter()
        .filter(|paper| paper.owners == "五交化公司")
        .take(2)
        .map(|paper| paper.id.clone())
        .collect();
    for (paper, choice) in company.iter().zip(["approve", "reject"]) {
        let both = vec![choice.to_owned(); papers.motions.len()];
        session
            .ballot_enter(
                &row.id,
                &BallotEntry {
                    choices: both.clone(),
                    returned_on: "2021-03-05".to_owned(),
                    ..entry(paper, choice)
                },
            )
            .expect("first");
        session
            .ballot_enter(
                &row.id,
                &BallotEntry {
                    choices: both,
                    returned_on: "2021-03-05".to_owned(),
                    ..again(paper, choice)
                },
            )
            .expect("second");
    }
    let tally = session.ballot_tally(&row.id).expect("tally");
    let first = &tally.motions[0];
    assert_eq!(first.passed, None);
    assert_eq!(first.conflicts.len(), 1);
    session
        .ballot_rule(
            &row.id,
            &first.motion,
            &first.conflicts[0].head,
            Vote::Approve,
            "示例：单位来函",
        )
        .expect("ruled");
    let tally = session.ballot_tally(&row.id).expect("tally");
    assert_eq!(tally.motions[0].passed, Some(false));
    assert_eq!(tally.motions[0].conflicts[0].vote, Some(Vote::Approve));
    assert_eq!(
        tally.motions[1].passed, None,
        "the other motion still waits"
    );
}

#[test]
fn a_change_of_the_ledger_after_the_roll_is_told_and_never_changes_it() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let compound = compound(&session);
    let before = session.ballot_roll(&id).expect("roll");
    let dwelling = before.rows[0].dwelling.clone();
    let edit = crate::testing::edit(
        crate::KindCode::Dwelling,
        Some(&compound),
        Some(&dwelling),
        &[("grossFloorArea", "99.99")],
    );
    session.record_edit(&edit).expect("changed");
    let after = session.ballot_roll(&id).expect("roll");
    assert_eq!(after.rows[0].area, before.rows[0].area);
    assert!(after.drift[0].contains("99.99"), "{:?}", after.drift);
}

#[test]
fn a_lift_is_shared_to_the_last_hundredth() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let page = session.lift_get(&id).expect("lift");
    assert_eq!((page.rows.len(), page.total_share.as_str()), (8, "100.00%"));
    let draft = LiftDraft {
        cost: "650000".to_owned(),
        by_area: false,
        coefficients: vec![(page.rows[0].entry.clone(), "0.35".to_owned())],
    };
    session.lift_set(&id, &draft).expect("set");
    let page = session.lift_get(&id).expect("lift");
    assert_eq!(page.total_share, "100.00%");
    assert_eq!(page.total_amount, "650,000.00");
    assert_eq!(page.rows[0].coefficient, "0.35");
    let bad = LiftDraft {
        cost: "很多".to_owned(),
        ..draft
    };
    assert!(
        session
            .lift_set(&id, &bad)
            .expect_err("no money")
            .message
            .contains("很多")
    );
}

#[test]
fn the_plan_proposes_motions_and_green_for_parking_warns_twice() {
    let (_folder, mut session) = sample();
    let compound = compound(&session);
    let id = prepared(&mut session);
    let page = session.ballot_get(&id).expect("page");
    let parking = page
        .proposals
        .iter()
        .find(|proposal| proposal.draft.title.contains("停车位"))
        .expect("a proposal");
    assert_eq!(parking.draft.leg, Leg::Major);
    assert!(parking.warnings.is_empty(), "this plan takes no green");
    let record = |session: &mut Session, kind, cells: &[(&str, &str)]| {
        let edit = crate::testing::edit(kind, Some(&compound), None, cells);
        session.record_edit(&edit).expect("written");
    };
    record(
        &mut session,
        crate::KindCode::Effect,
        &[
            ("workItem", "添 重新规划停车位（第2版）"),
            ("action", "拆除"),
            ("assetKind", "绿地"),
            ("greenSpace", "中心花坛"),
        ],
    );
    let page = session.ballot_get(&id).expect("page");
    let parking = page
        .proposals
        .iter()
        .find(|proposal| proposal.draft.title.contains("停车位"))
        .expect("a proposal");
    assert_eq!(parking.warnings.len(), 2, "{parking:?}");
    let told = &parking.warnings[0];
    assert!(
        told.contains("这一项占绿地 120.00 ㎡，改成停车位") && told.contains("四分之三"),
        "{told}"
    );
    assert!(parking.warnings[1].contains("周口市城市绿化条例"));
}
