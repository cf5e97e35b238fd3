use jiugai_domain::BallotHolder;

use super::*;
use crate::Intake;
use crate::wire::{BallotMotionTally, PastedFile};

fn ids(session: &Session, id: &str) -> Vec<String> {
    let papers = session.ballot_papers(id).expect("papers");
    papers.rows.into_iter().map(|row| row.id).collect()
}

fn state(session: &Session, id: &str) -> BallotPaperState {
    session.ballot_papers(id).expect("papers").rows[0].state
}

fn first(session: &Session, id: &str) -> BallotMotionTally {
    session.ballot_tally(id).expect("tally").motions[0].clone()
}

fn both(session: &mut Session, id: &str, paper: &str, choice: &str) {
    session
        .ballot_enter(id, &entry(paper, choice))
        .expect("first");
    session
        .ballot_enter(id, &again(paper, choice))
        .expect("second");
}

fn unsigned(entry: BallotEntry) -> BallotEntry {
    BallotEntry {
        invalid: "unsigned".to_owned(),
        choices: Vec::new(),
        ..entry
    }
}

#[test]
fn one_person_alone_makes_no_paper_invalid() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let paper = ids(&session, &id).remove(0);
    session
        .ballot_enter(&id, &entry(&paper, "approve"))
        .expect("valid");
    session
        .ballot_enter(&id, &unsigned(again(&paper, "")))
        .expect("invalid");
    assert_eq!(state(&session, &id), BallotPaperState::Differs);
    let row = session.ballot_papers(&id).expect("papers").rows.remove(0);
    assert!(row.validity.differs, "{row:?}");
    assert_eq!(
        (
            row.validity.first_label.as_str(),
            row.validity.second_label.as_str()
        ),
        ("有效", "无效：没有签名")
    );
    assert_eq!(row.readings[0].first, "approve", "the other reading stays");
    assert_eq!(first(&session, &id).passed, None);
    let refused = session.ballot_close(&id).expect_err("open");
    assert!(refused.message.contains("不一致"), "{refused}");
    // Settled as valid: the second reading is made again.
    session
        .ballot_settle_paper(&id, &paper, "", "两人看过原票，有签名")
        .expect("settled");
    assert_eq!(state(&session, &id), BallotPaperState::HalfRead);
    session
        .ballot_enter(&id, &again(&paper, "approve"))
        .expect("second");
    assert_eq!(state(&session, &id), BallotPaperState::Valid);
    let told = session.ballot_settle_paper(&id, &paper, "unsigned", "再看");
    assert!(told.is_err(), "nothing differs any more");
}

#[test]
fn two_people_make_a_paper_invalid_and_one_alone_does_not_lift_it() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let paper = ids(&session, &id).remove(0);
    session
        .ballot_enter(&id, &unsigned(entry(&paper, "")))
        .expect("first");
    assert_eq!(state(&session, &id), BallotPaperState::HalfRead);
    let same = BallotEntry {
        reader: "示例录入员甲".to_owned(),
        ..unsigned(again(&paper, ""))
    };
    let refused = session.ballot_enter(&id, &same).expect_err("one person");
    assert!(refused.message.contains("两个人"), "{refused}");
    session
        .ballot_enter(&id, &unsigned(again(&paper, "")))
        .expect("second");
    assert_eq!(state(&session, &id), BallotPaperState::Invalid);
    session
        .ballot_enter(&id, &again(&paper, "approve"))
        .expect("read otherwise");
    assert_eq!(state(&session, &id), BallotPaperState::Differs);
    session
        .ballot_settle_paper(&id, &paper, "unsigned", "看过原票，没有签名")
        .expect("settled");
    assert_eq!(state(&session, &id), BallotPaperState::Invalid);
    let differs = session.ballot_papers(&id).expect("papers").rows[0]
        .validity
        .settled
        .clone();
    assert!(differs.contains("没有签名"), "{differs}");
    session.ballot_clear(&id, &paper).expect("not returned");
    assert_eq!(state(&session, &id), BallotPaperState::Waiting);
}

#[test]
fn a_ruling_holds_only_while_the_papers_disagree() {
    let (_folder, mut session) = sample();
    let list = session.ballot_list(&compound(&session)).expect("list");
    let id = list
        .into_iter()
        .find(|row| row.stage == BallotStage::Open)
        .expect("open")
        .id;
    let papers = session.ballot_papers(&id).expect("papers");
    let motions = papers.motions.len();
    let company: Vec<String> = papers
        .rows
        .into_iter()
        .filter(|paper| paper.owners == "五交化公司")
        .take(2)
        .map(|paper| paper.id)
        .collect();
    let all = |session: &mut Session, paper: &str, choice: &str| {
        for one in [entry(paper, choice), again(paper, choice)] {
            let one = BallotEntry {
                choices: vec![choice.to_owned(); motions],
                returned_on: String::new(),
                ..one
            };
            session.ballot_enter(&id, &one).expect("read");
        }
    };
    all(&mut session, &company[0], "approve");
    all(&mut session, &company[1], "reject");
    let tally = first(&session, &id);
    let head = tally.conflicts[0].head.clone();
    session
        .ballot_rule(&id, &tally.motion, &head, Vote::Reject, "示例：单位来函")
        .expect("ruled");
    // The second paper is read anew, and now both agree.
    all(&mut session, &company[1], "approve");
    let tally = first(&session, &id);
    assert!(tally.conflicts.is_empty());
    for line in &tally.lines {
        let parts = session
            .ballot_parts(&id, &tally.motion, &line.code)
            .expect("parts");
        let area: i64 = parts
            .iter()
            .map(|part| jiugai_domain::fixed::parse(&part.area, 2, &[]).expect("area"))
            .sum();
        let shown = jiugai_domain::fixed::format_grouped(area, 2);
        assert_eq!(shown, line.area, "{}", line.label);
    }
}

/// A ballot of eight papers that counts 从多: all delivered, each with its witness.
fn following(session: &mut Session) -> String {
    let id = prepared(session);
    let mut settings = session.ballot_get(&id).expect("page").settings;
    settings.starts_on = "2021-02-16".to_owned();
    settings.follow_majority = true;
    settings.rules_clause = "示例：未交票的计入多数票。".to_owned();
    settings.consequence_printed = true;
    session.ballot_update(&id, &settings).expect("settings");
    let rules = PastedFile {
        name: "议事规则.pdf".to_owned(),
        base64: "JVBERi0xLjcgYSBwYWdlCiUlRU9GCg==".to_owned(),
    };
    let rules = Intake::default().pasted(&[rules]).expect("taken in");
    session
        .attachment_hang(BallotHolder::Ballot, &id, rules, None)
        .expect("added");
    session.ballot_open(&id).expect("opened");
    let delivery = BallotDelivery {
        papers: ids(session, &id),
        way: "inPerson".to_owned(),
        delivered_on: "2021-02-16".to_owned(),
        witness: "示例见证人".to_owned(),
        receiver: String::new(),
        evidence: String::new(),
    };
    session.ballot_deliver(&id, &delivery).expect("delivered");
    id
}

#[test]
fn what_follows_the_majority_is_in_the_result_too() {
    let (_folder, mut session) = sample();
    let id = following(&mut session);
    for paper in &ids(&session, &id)[..5] {
        both(&mut session, &id, paper, "approve");
    }
    let tally = first(&session, &id);
    assert!(tally.of_all && tally.passed == Some(true), "{tally:?}");
    assert_eq!(tally.needed, "不差");
    let counted = session.counted(&id).expect("there");
    let motion = &counted.motions[0];
    let tally = counted.tally(motion, &counted.casts(motion));
    assert!(tally.following.heads == 3, "{tally:?}");
    let printed = crate::ballot::print::after::took_part(&counted);
    assert_eq!(printed, tally.participating);
    session.ballot_close(&id).expect("closed");
}

#[test]
fn without_a_common_majority_a_person_decides() {
    let (_folder, mut session) = sample();
    let id = following(&mut session);
    let papers = ids(&session, &id);
    let untouched = first(&session, &id).motion;
    both(&mut session, &id, &papers[0], "approve");
    let refused = session.ballot_leave_out(&id, &untouched, "会议记录");
    assert!(refused.is_err(), "there is a majority");
    both(&mut session, &id, &papers[1], "reject");
    let tally = first(&session, &id);
    assert!(tally.no_majority && tally.passed.is_none(), "{tally:?}");
    assert!(session.ballot_close(&id).is_err());
    assert!(session.ballot_leave_out(&id, &tally.motion, " ").is_err());
    session
        .ballot_leave_out(&id, &tally.motion, "示例：业主代表会议记录")
        .expect("decided");
    let tally = first(&session, &id);
    assert!(!tally.of_all && tally.passed == Some(false), "{tally:?}");
    assert!(tally.beside[0].contains("业主代表会议记录"));
    assert_eq!(tally.lines[1].heads, "2");
    session.ballot_close(&id).expect("closed");
}

#[test]
fn what_owners_were_told_stays_after_the_opening() {
    let (_folder, mut session) = sample();
    let id = opened(&mut session);
    let told = session.ballot_get(&id).expect("page").settings;
    let mut dated = told.clone();
    dated.ends_on = "2998-12-31".to_owned();
    session
        .ballot_update(&id, &dated)
        .expect("a last day was left open");
    for change in [
        |one: &mut crate::wire::BallotSettings| one.ends_on = "2999-01-31".to_owned(),
        |one: &mut crate::wire::BallotSettings| one.starts_on = "2021-02-17".to_owned(),
        |one: &mut crate::wire::BallotSettings| one.notice_on = "2021-01-01".to_owned(),
        |one: &mut crate::wire::BallotSettings| one.double_entry = false,
        |one: &mut crate::wire::BallotSettings| one.rules_clause = "另写一条".to_owned(),
    ] {
        let mut moved = dated.clone();
        change(&mut moved);
        let refused = session.ballot_update(&id, &moved).expect_err("frozen");
        assert_eq!(refused.code, ErrorCode::Sealed, "{refused}");
    }
    let phone = crate::wire::BallotSettings {
        phone: "示例电话".to_owned(),
        ..dated
    };
    session.ballot_update(&id, &phone).expect("not frozen");
    // Owners may still hand papers in.
    let refused = session.ballot_close(&id).expect_err("too early");
    assert!(refused.message.contains("到期以前"), "{refused}");
    for paper in ids(&session, &id) {
        both(&mut session, &id, &paper, "approve");
    }
    session.ballot_close(&id).expect("nothing more can come");
}

#[test]
fn a_dwelling_without_storey_is_not_let_off_the_cost_of_a_lift() {
    let (_folder, mut session) = sample();
    let id = prepared(&mut session);
    let compound = compound(&session);
    let dwelling = session.ballot_roll(&id).expect("roll").rows[0]
        .dwelling
        .clone();
    let edit = crate::testing::edit(
        crate::KindCode::Dwelling,
        Some(&compound),
        Some(&dwelling),
        &[("storey", "")],
    );
    session.record_edit(&edit).expect("changed");
    session.ballot_make_roll(&id).expect("made anew");
    let page = session.lift_get(&id).expect("lift");
    let place = page.rows[0].place.clone();
    assert!(page.missing[0].contains(&place), "{:?}", page.missing);
    assert_eq!(
        (page.rows[1].share.as_str(), page.total_share.as_str()),
        ("—", "—")
    );
    let coefficients = |typed: &str| {
        let all = page.rows.iter().enumerate();
        all.map(|(at, row)| {
            let typed = if at == 0 { typed } else { &row.coefficient };
            (row.entry.clone(), typed.to_owned())
        })
        .collect()
    };
    let mut draft = LiftDraft {
        cost: "650000".to_owned(),
        by_area: true,
        coefficients: coefficients(""),
    };
    session.lift_set(&id, &draft).expect("left open");
    assert_eq!(session.lift_get(&id).expect("lift").total_share, "—");
    draft.coefficients = coefficients("0.50");
    session.lift_set(&id, &draft).expect("set");
    let page = session.lift_get(&id).expect("lift");
    assert!(page.missing.is_empty());
    assert_eq!(page.total_amount, "650,000.00");
}
