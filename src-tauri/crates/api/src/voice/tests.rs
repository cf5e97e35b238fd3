//! From the round to the board, the timeline and the answer; and what is wrong on the way.

use rstest::rstest;

use crate::testing::{edit, fresh, sample};
use crate::wire::{
    DocumentCode, ReportRequest, RoundRequest, VisitEntered, VisitEntry, WishAnswer, WishGrouping,
    WishQuery,
};
use crate::{ErrorCode, KindCode, Session};

/// A small compound: two buildings, one dwelling with two households, one without any.
fn yard() -> (tempfile::TempDir, Session, String) {
    let (folder, mut session) = fresh();
    let mut add = |kind, compound: Option<&str>, cells: &[(&str, &str)]| -> String {
        let done = session
            .record_edit(&edit(kind, compound, None, cells))
            .expect("stored");
        assert!(done.value.problems.is_empty(), "{:?}", done.value.problems);
        done.value.ids[0].clone()
    };
    let yard = add(KindCode::Compound, None, &[("name", "示例院")]);
    let here = Some(yard.as_str());
    for building in ["1号楼", "2号楼"] {
        add(KindCode::Building, here, &[("name", building)]);
        add(
            KindCode::Entrance,
            here,
            &[("building", building), ("name", "1单元")],
        );
        for room in ["101", "102", "201"] {
            let cells = [
                ("building", building),
                ("entrance", "1单元"),
                ("room", room),
                ("storey", &room[..1]),
            ];
            add(KindCode::Dwelling, here, &cells);
        }
    }
    for (place, contact) in [
        ("1-1-101", "赵某"),
        ("1-1-102", "钱某"),
        ("1-1-102", "孙某"),
        ("1-1-201", "李某"),
        ("2-1-101", "周某"),
    ] {
        add(
            KindCode::Household,
            here,
            &[
                ("dwelling", place),
                ("contact", contact),
                ("seniors60", "1"),
            ],
        );
    }
    (folder, session, yard)
}

fn entry(compound: &str, place: &str, outcome: &str) -> VisitEntry {
    VisitEntry {
        compound: compound.to_owned(),
        place: place.to_owned(),
        outcome: outcome.to_owned(),
        day: "2021-3-5".to_owned(),
        visitors: "示例员甲、示例员乙".to_owned(),
        ..VisitEntry::default()
    }
}

fn enter(session: &mut Session, entry: &VisitEntry) -> VisitEntered {
    session.visit_enter(entry).expect("answered").value
}

fn wish(session: &mut Session, yard: &str, cells: &[(&str, &str)]) -> String {
    let done = session
        .record_edit(&edit(KindCode::Wish, Some(yard), None, cells))
        .expect("stored");
    assert!(done.value.problems.is_empty(), "{:?}", done.value.problems);
    done.value.ids[0].clone()
}

#[test]
fn a_round_is_made_entered_and_seen_on_the_board() {
    let (_folder, mut session, yard) = yard();
    let choice = session.visit_candidates(&yard, "").expect("candidates");
    let places: Vec<&str> = choice
        .candidates
        .iter()
        .map(|one| one.place.as_str())
        .collect();
    assert_eq!(
        places,
        [
            "1号楼1单元101",
            "1号楼1单元102",
            "1号楼1单元201",
            "2号楼1单元101",
            "2号楼1单元102",
            "2号楼1单元201"
        ]
    );
    assert_eq!(choice.purposes[0].code, "first");
    let request = RoundRequest {
        compound: yard.clone(),
        day: "2021-3-5".to_owned(),
        visitors: "示例员甲".to_owned(),
        dwellings: choice
            .candidates
            .iter()
            .take(4)
            .map(|one| one.dwelling.clone())
            .collect(),
    };
    let number = session.visit_round_make(&request).expect("made").value;
    assert_eq!(number, "20210305-1");
    let left = session.visit_candidates(&yard, "").expect("candidates");
    assert_eq!((left.candidates.len(), left.left_over), (2, 4));

    let of_round = |place: &str, outcome: &str| VisitEntry {
        round: number.clone(),
        ..entry(&yard, place, outcome)
    };
    let first = VisitEntry {
        met: "1".to_owned(),
        words: "愿意改，担心施工".to_owned(),
        promise: "施工前贴通知".to_owned(),
        promise_due: "2021-3-6".to_owned(),
        ..of_round("1", "1")
    };
    assert_eq!(enter(&mut session, &first).told, "1号楼1单元101 已完成");
    let third = VisitEntry {
        next: "2021-3-9".to_owned(),
        ..of_round("1号楼1单元201", "已联系")
    };
    assert_eq!(enter(&mut session, &third).problem, None);
    assert_eq!(enter(&mut session, &of_round("4", "3")).problem, None);
    let round = session.visit_round_get(&yard, &number).expect("round");
    assert_eq!((round.row.stops, round.row.entered), (4, 3));
    assert!(
        round.stops[0].told.contains("施工前贴通知"),
        "{:?}",
        round.stops[0]
    );

    let board = session.board_get(&yard, None, "visit").expect("board");
    assert_eq!(board.coverage.text, "1/3 套，33.3%");
    assert_eq!(board.storeys[0].label, "2层");
    let cell = board.storeys[0].cells[0][0].as_ref().expect("201");
    assert_eq!(
        (cell.sign.as_str(), cell.note.as_str()),
        ("约", "约定 3月9日")
    );
    let cell = board.storeys[1].cells[0][0].as_ref().expect("101");
    assert_eq!(
        (cell.sign.as_str(), cell.note.as_str()),
        ("√", "承诺未兑现")
    );
    let buildings: Vec<&str> = board
        .buildings
        .iter()
        .map(|one| one.text.as_str())
        .collect();
    assert_eq!(buildings, ["1/3 套，33.3%", "0/3 套，0%"]);

    let dwelling = cell.dwelling.clone();
    let timeline = session.visit_timeline(&dwelling).expect("timeline");
    assert_eq!(
        timeline.summary,
        "已走访 1 次，最近 3月5日，承诺 1 件未兑现"
    );
    let line = &timeline.entries[0];
    assert_eq!(line.summary, "上门 · 业主 · 已完成");
    assert!(line.promise_open);
    let due = session.visit_candidates(&yard, "").expect("candidates");
    let promised = due.candidates.iter().find(|one| one.purpose == "promised");
    assert_eq!(
        promised.map(|one| one.why.as_str()),
        Some("答应过：施工前贴通知（3月6日 前）")
    );

    assert_eq!(
        session
            .visit_round_close(&yard, &number)
            .expect("closed")
            .value,
        1
    );
    let weeks = session.visit_weeks(&yard).expect("weeks");
    assert_eq!(weeks.totals.iter().sum::<u32>(), 3);
    assert_eq!(weeks.weeks.last().map(String::as_str), Some("3月1日"));
    assert_eq!(
        (weeks.staff[0].name.as_str(), weeks.staff[0].total),
        ("示例员乙", 3)
    );
    let listing = session.visit_list(&yard, Some("2021-3-1")).expect("listed");
    assert_eq!((listing.done, listing.visits.len()), (1, 3));
    session.history_undo().expect("undone");
    let round = session.visit_round_get(&yard, &number).expect("round");
    assert_eq!(round.row.stops, 4);
}

#[rstest]
#[case(entry("", "9-1-101", "1"), "place", "没有“9-1-101”这套房", false)]
#[case(entry("", "101", "1"), "place", "不止一套", false)]
#[case(entry("", "", "1"), "place", "还没有写是哪一户", false)]
#[case(entry("", "1-1-101", ""), "outcome", "还没有写结果", false)]
#[case(entry("", "1-1-101", "9"), "outcome", "没有第 9 项", false)]
#[case(entry("", "1-1-101", "待走访"), "outcome", "不是结果", false)]
#[case(entry("", "1-1-102", "1"), "household", "登记着 2 户", true)]
#[case(VisitEntry { day: "2021-3-7".into(), ..entry("", "1-1-101", "1") }, "day", "还没到", false)]
#[case(VisitEntry { day: "昨天".into(), ..entry("", "1-1-101", "1") }, "day", "不是日期", false)]
#[case(VisitEntry { met: "无人".into(), ..entry("", "1-1-101", "1") }, "met", "见到的却是", true)]
#[case(VisitEntry { next: "2021-3-4".into(), ..entry("", "1-1-101", "2") }, "next", "还早", false)]
#[case(VisitEntry { household: Some("01940000-0000-7000-8000-000000000000".into()), ..entry("", "1-1-101", "1") }, "household", "合并", true)]
fn what_cannot_be_stored_comes_back_with_what_to_do(
    #[case] mut entry: VisitEntry,
    #[case] field: &str,
    #[case] words: &str,
    #[case] doubt: bool,
) {
    let (_folder, mut session, yard) = yard();
    entry.compound.clone_from(&yard);
    let entered = enter(&mut session, &entry);
    let problem = entered.problem.expect("a problem");
    assert_eq!((problem.field.as_str(), problem.doubt), (field, doubt));
    assert!(problem.message.contains(words), "{}", problem.message);
    assert_eq!(entered.visit, None);
    assert!(
        session
            .visit_list(&yard, None)
            .expect("listed")
            .visits
            .is_empty()
    );
    if words == "登记着 2 户" {
        assert_eq!(problem.choices.len(), 2);
        entry.household = Some(problem.choices[1].id.clone());
        assert_eq!(enter(&mut session, &entry).problem, None);
    } else if doubt {
        entry.decided = true;
        entry.household = None;
        assert_eq!(enter(&mut session, &entry).problem, None);
    }
}

#[test]
fn the_same_day_twice_is_asked_and_a_merged_household_keeps_its_words() {
    let (_folder, mut session, yard) = yard();
    let once = entry(&yard, "2-1-101", "1");
    assert_eq!(enter(&mut session, &once).problem, None);
    let problem = enter(&mut session, &once).problem.expect("asked");
    assert!(
        problem.doubt && problem.message.contains("已经记过一次"),
        "{}",
        problem.message
    );
    let again = VisitEntry {
        decided: true,
        ..once
    };
    assert_eq!(enter(&mut session, &again).problem, None);
    let living = session
        .record_options(KindCode::Household, Some(&yard), "周某")
        .expect("found");
    let timeline = session
        .visit_timeline_of_household(&living[0].id)
        .expect("read");
    assert_eq!(timeline.entries.len(), 2);
    let dwelling = session
        .record_options(KindCode::Dwelling, Some(&yard), "2-1-101")
        .expect("found")[0]
        .id
        .clone();
    session
        .record_remove(KindCode::Household, &[living[0].id.clone()])
        .expect("removed");
    assert_eq!(
        session
            .visit_timeline(&dwelling)
            .expect("read")
            .entries
            .len(),
        2
    );
}

#[test]
fn wishes_are_counted_set_against_each_other_and_answered() {
    let (_folder, mut session, yard) = yard();
    for (place, household, attitude, day) in [
        ("1-1-101", "1号楼1单元101 赵某户", "不要", "2021-3-1"),
        ("1-1-102", "1号楼1单元102 钱某户", "要", "2021-3-1"),
        ("1-1-102", "1号楼1单元102 孙某户", "不要", "2021-3-1"),
        ("1-1-201", "1号楼1单元201 李某户", "不要", "2021-3-1"),
        ("1-1-201", "1号楼1单元201 李某户", "要", "2021-3-4"),
        ("2-1-101", "", "要", "2021-3-4"),
    ] {
        let cells = [
            ("dwelling", place),
            ("household", household),
            ("measure", "停车"),
            ("attitude", attitude),
            ("raisedOn", day),
        ];
        wish(&mut session, &yard, &cells);
    }
    let paid = wish(
        &mut session,
        &yard,
        &[
            ("dwelling", "1-1-201"),
            ("measure", "电梯"),
            ("attitude", "要"),
            ("priority", "1"),
            ("wouldPay", "是"),
            ("amount", "5000"),
        ],
    );
    let tally = session
        .wish_tally(&yard, WishGrouping::Storey)
        .expect("counted");
    assert_eq!(tally.groups, ["1层", "2层"]);
    let parking = &tally.rows[0];
    assert_eq!(
        (
            parking.label.as_str(),
            parking.count.want,
            parking.count.against,
            parking.open
        ),
        ("停车位", 3, 2, 5)
    );
    assert_eq!((parking.groups[0].want, parking.groups[0].against), (2, 2));
    assert_eq!(
        (
            tally.rows[1].first,
            tally.rows[1].would_pay,
            tally.rows[1].amount.as_str()
        ),
        (1, 1, "5,000.00")
    );
    assert!(tally.note.contains("较早的 1 条"), "{}", tally.note);
    assert_eq!((tally.households, tally.of_households), (5, 5));
    let by_age = session
        .wish_tally(&yard, WishGrouping::Age)
        .expect("counted");
    assert_eq!(by_age.groups[0], "有 60 岁以上老人");

    let map = session.wish_conflicts(&yard).expect("map");
    assert_eq!(map.conflicts.len(), 1);
    let conflict = &map.conflicts[0];
    assert_eq!(conflict.title, "停车位 × 一层住户");
    assert_eq!(
        (conflict.storeys[0].want, conflict.storeys[0].against),
        (2, 2)
    );
    assert_eq!(conflict.places.len(), 1);
    assert_eq!(conflict.places[0].against, ["1单元101", "1单元102"]);

    let mut query = WishQuery {
        compound: yard.clone(),
        measure: Some("lift".to_owned()),
        attitude: None,
        group: None,
        open: true,
    };
    assert_eq!(session.wish_list(&query).expect("listed").count, 1);
    let mut answer = WishAnswer {
        compound: yard.clone(),
        wishes: vec![paid],
        answer: "declined".to_owned(),
        work_item: String::new(),
        reason: String::new(),
    };
    let refused = session.wish_answer(&answer).expect_err("no reason");
    assert_eq!(
        (refused.code, refused.title.as_str()),
        (ErrorCode::Invalid, "没写理由")
    );
    answer.reason = "一层住户不同意，先协调".to_owned();
    session.wish_answer(&answer).expect("answered");
    assert_eq!(session.wish_list(&query).expect("listed").count, 0);
    query.open = false;
    let told = &session.wish_list(&query).expect("listed").wishes[0];
    assert_eq!(
        (told.answer.as_str(), told.answered_on.as_str()),
        ("不采纳", "2021年3月6日")
    );
    let board = session.board_get(&yard, None, "lift").expect("board");
    assert_eq!(board.coverage.covered, 1);
}

#[test]
fn an_imported_sheet_of_visits_loses_no_row() {
    let (folder, mut session, yard) = yard();
    let path = folder.path().join("走访记录.csv");
    let text = "楼号,单元,房号,走访日期,走访人,走访结果,居民原话\n\
        1号楼,1单元,101,2021-3-5,示例员甲,完成,支持\n\
        9号楼,1单元,101,2021-3-5,示例员甲,完成,没有这栋\n\
        1号楼,1单元,201,2021-3-5,示例员甲,拒访,\n\
        2号楼,1单元,101,2021-3-9,示例员甲,完成,日期在后头\n";
    std::fs::write(&path, text).expect("written");
    let draft = session.import_read(&path).expect("read");
    let settings = crate::wire::ImportSettings {
        compound: "示例院".to_owned(),
        overwrite_blanks: false,
    };
    let preview = session
        .import_check(draft.draft, &settings)
        .expect("compared");
    assert_eq!(
        (preview.states.new, preview.states.bad),
        (3, 1),
        "{preview:#?}"
    );
    session
        .import_run(draft.draft, &crate::wire::ImportChoices::default())
        .expect("imported");
    let listing = session.visit_list(&yard, None).expect("listed");
    assert_eq!(listing.visits.len(), 3);
    let timeline = session
        .record_options(KindCode::Household, Some(&yard), "赵某")
        .expect("found");
    let timeline = session
        .visit_timeline_of_household(&timeline[0].id)
        .expect("read");
    assert_eq!(
        (
            timeline.entries[0].words.as_str(),
            timeline.entries[0].whose.as_str()
        ),
        ("支持", "")
    );
    let found = session
        .check_findings(Some(&yard), "dateInFuture", 0, 10)
        .expect("checked");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].record.kind, KindCode::Visit);
}

#[test]
fn every_theme_of_the_sample_shows_every_dwelling_once() {
    let (_folder, mut session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string();
    let themes = session
        .board_get(&compound, None, "visit")
        .expect("board")
        .themes;
    assert!(themes.len() >= 5);
    for theme in &themes {
        let mut seen = 0;
        let first = session
            .board_get(&compound, None, &theme.code)
            .expect("board");
        for building in &first.buildings {
            let id = building.building.as_deref();
            let board = session
                .board_get(&compound, id, &theme.code)
                .expect("board");
            let cells = board
                .storeys
                .iter()
                .flat_map(|storey| storey.cells.iter().flatten());
            let here = cells.flatten().count();
            let told: u32 = board.legend.iter().map(|legend| legend.count).sum();
            assert_eq!((told, board.coverage.total), (here as u32, here as u32));
            seen += here;
        }
        assert_eq!(seen, 307, "{}", theme.label);
    }
    let mut request = ReportRequest::of(DocumentCode::D4, compound);
    request.theme = Some("lift".to_owned());
    for sheet in ["a4Lying", "a3Lying"] {
        request.sheet = Some(sheet.to_owned());
        let preview = session.report_preview(&request).expect("set");
        assert_eq!(preview.page_count, 8);
    }
}
