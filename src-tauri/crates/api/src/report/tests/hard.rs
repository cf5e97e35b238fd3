//! Papers over what is hard to print: long words, rare characters, a tall building; and the words of those that the
//! sample has little for.

use super::{request, texts};
use crate::testing::{edit, fresh, sample};
use crate::wire::{DocumentCode, ReportRequest};
use crate::{KindCode, Session};

const NAME: &str = "欧阳示例示例示例示例示例示例示例示例示例";
const RARE: &str = "王㐂䶮𬭎";

/// A thousand characters, each ten of them told from the others.
fn long_words() -> String {
    (0..100)
        .map(|n| format!("备注第{n:02}句话很长。"))
        .collect()
}

/// Bytes of its first twenty sentences, the most that a short field takes.
const SHORT: usize = 20 * "备注第00句话很长。".len();

/// A record with these cells.
fn put(session: &mut Session, compound: Option<&str>, kind: KindCode, cells: &[(&str, &str)]) {
    let outcome = session
        .record_edit(&edit(kind, compound, None, cells))
        .expect("stored")
        .value;
    assert!(
        outcome.problems.is_empty(),
        "{kind:?}: {:?}",
        outcome.problems
    );
}

/// A compound that asks much of paper.
fn hard() -> (tempfile::TempDir, Session, String) {
    let (folder, mut session) = fresh();
    put(
        &mut session,
        None,
        KindCode::Compound,
        &[("name", "难印示例小区"), ("problems", &long_words())],
    );
    let compound = session
        .compound_named("难印示例小区")
        .expect("there")
        .to_string();
    let here = Some(compound.as_str());
    put(
        &mut session,
        here,
        KindCode::Building,
        &[("name", "1号楼"), ("storeys", "40")],
    );
    put(
        &mut session,
        here,
        KindCode::Entrance,
        &[("building", "1号楼"), ("name", "1单元")],
    );
    for (storey, name) in [(1, NAME), (20, RARE), (40, "张示例")] {
        let room = format!("{storey}01");
        let door = [
            ("building", "1号楼"),
            ("entrance", "1号楼1单元"),
            ("room", room.as_str()),
        ];
        put(&mut session, here, KindCode::Dwelling, &door);
        let dwelling = format!("1号楼1单元{room}");
        put(
            &mut session,
            here,
            KindCode::Household,
            &[("dwelling", &dwelling), ("contact", name)],
        );
    }
    put(
        &mut session,
        here,
        KindCode::Outbuilding,
        &[
            ("number", "F-1"),
            ("kind", "违章建筑"),
            ("rooms", "1"),
            ("place", &long_words()[..SHORT]),
            ("occupier", NAME),
        ],
    );
    put(
        &mut session,
        here,
        KindCode::Plan,
        &[("name", "示例方案"), ("version", "1"), ("state", "草案")],
    );
    put(
        &mut session,
        here,
        KindCode::WorkItem,
        &[
            ("plan", "示例方案"),
            ("verb", "修"),
            (
                "name",
                "名字很长的一项改造内容名字很长的一项改造内容名字很长的一项改造内容",
            ),
            ("place", RARE),
            ("remark", &long_words()),
        ],
    );
    put(
        &mut session,
        here,
        KindCode::Problem,
        &[("name", "示例问题"), ("words", &long_words())],
    );
    (folder, session, compound)
}

/// What stands around the words of a page does not count.
fn body(pages: &[String]) -> String {
    let lines = pages.iter().flat_map(|page| page.lines());
    let lines = lines.filter(|line| !line.starts_with("生成 ") && !line.starts_with("序号"));
    lines.collect::<String>().replace(' ', "")
}

#[test]
fn long_remarks_are_printed_whole() {
    let (_folder, mut session, compound) = hard();
    for (document, kept) in [
        (DocumentCode::D7, 100),
        (DocumentCode::D11, 20),
        (DocumentCode::D13, 100),
        (DocumentCode::D1, 100),
    ] {
        let paper = ReportRequest::of(document, compound.as_str());
        let preview = session.report_preview(&paper).expect("set");
        assert!(
            !preview.warnings.iter().any(|one| one.contains("收尾")),
            "{:?}",
            preview.warnings
        );
        let (_, composed) = session.composed(&paper).expect("set");
        let letters = body(&composed.texts);
        // Columns that run side by side mix their lines: one sign of each sentence is enough.
        let found = letters.matches('句').count();
        assert_eq!(found, kept, "{document:?}: {letters}");
    }
}

#[test]
fn every_paper_of_a_hard_compound_is_set_and_names_what_no_font_holds() {
    let (_folder, mut session, compound) = hard();
    let mut told = 0;
    for document in session.report_documents() {
        let paper = ReportRequest::of(document.code, compound.as_str());
        let Ok(preview) = session.report_preview(&paper) else {
            // Papers of rounds and ballots, of which there are none.
            continue;
        };
        assert!(preview.page_count >= 1, "{}", document.title);
        told += usize::from(preview.warnings.iter().any(|one| one.contains("𬭎")));
    }
    assert!(told >= 2, "{told}");
}

#[test]
fn a_tall_building_stands_on_one_board() {
    let (_folder, mut session, compound) = hard();
    let board = ReportRequest::of(DocumentCode::D4, compound);
    let pages = texts(&mut session, &board);
    assert_eq!(pages.len(), 1);
    assert!(
        pages[0].contains("4001") && pages[0].contains("101"),
        "{}",
        pages[0]
    );
}

#[test]
fn papers_that_had_no_snapshot_say_what_was_reviewed() {
    let (folder, mut session) = sample();
    let boards = request(&session, DocumentCode::D21);
    session
        .report_save(&boards, &folder.path().join("a.pdf"))
        .expect("written");
    for (name, document, variant, building) in [
        ("d21", DocumentCode::D21, None, true),
        ("d12-advice", DocumentCode::D12, Some("advice"), false),
        ("d4", DocumentCode::D4, None, true),
        ("conflict-map", DocumentCode::ConflictMap, None, false),
        ("print-log", DocumentCode::PrintLog, None, false),
        ("contact-sheet", DocumentCode::ContactSheet, None, false),
        ("photo-board", DocumentCode::PhotoBoard, None, false),
        ("d5-archive", DocumentCode::D5, Some("archive"), false),
    ] {
        let mut paper = request(&session, document);
        paper.variant = variant.map(str::to_owned);
        if building {
            let parameters = session.report_preview(&paper).expect("set").parameters;
            let code = crate::wire::ReportParameterCode::Building;
            let found = parameters
                .iter()
                .find(|one| one.code == code)
                .expect("buildings");
            paper.building = Some(found.options[1].value.clone());
        }
        let pages = texts(&mut session, &paper);
        insta::assert_snapshot!(
            name,
            format!("{} pages\n{}", pages.len(), pages.join("\n--- page ---\n"))
        );
    }
}
