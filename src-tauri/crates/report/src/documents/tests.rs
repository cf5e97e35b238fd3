use std::fmt::Write as _;

use rstest::rstest;

use super::*;
use crate::fonts::tests::shipped;
use crate::gallery::office::{LONG_NAME, papers};
use crate::press::Composed;

fn composed(name: &str) -> Composed {
    let (_, document) = papers()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("a paper of the gallery");
    document.compose(shipped()).expect("a paper")
}

/// Texts and page counts as reviewed; the extreme papers are counted only.
#[test]
fn every_paper_says_what_was_reviewed() {
    let mut counts = String::new();
    for (name, document) in papers() {
        let composed = document.compose(shipped()).expect(name);
        writeln!(counts, "{name} {}", composed.page_count()).expect("writing to a text");
        if !name.ends_with("extreme") && !name.starts_with("d4-") {
            insta::assert_snapshot!(name, composed.texts.join("\n--- page ---\n"));
        }
    }
    insta::assert_snapshot!("pages", counts);
}

#[rstest]
#[case("d2-extreme")]
#[case("round-extreme")]
#[case("d8-extreme")]
#[case("d9-plain")]
fn a_rare_character_is_reported_and_never_a_box(#[case] name: &str) {
    let composed = composed(name);
    assert_eq!(composed.missing_glyphs, ['𬭎']);
    let text = composed.texts.concat();
    assert!(text.contains("缺字形"), "{text}");
}

#[rstest]
#[case("roll-plain", "欧阳示例")]
#[case("roll-plain", "张示例")]
#[case("roll-plain", LONG_NAME)]
#[case("result-plain", "张示例")]
fn a_public_paper_holds_no_whole_name(#[case] name: &str, #[case] person: &str) {
    let text = composed(name).texts.concat().replace('\n', "");
    assert!(!text.contains(person), "{text}");
}

#[test]
fn every_household_has_its_own_pages_and_code() {
    let composed = composed("d2-plain");
    for n in 1..=3 {
        let code = format!("H3-{n:04}");
        assert_eq!(
            composed
                .texts
                .iter()
                .filter(|page| page.contains(&code))
                .count(),
            1,
            "{code}"
        );
    }
    let first = composed
        .texts
        .iter()
        .filter(|page| page.contains("第 1 页"));
    assert_eq!(first.count(), 3);
}

#[test]
fn a_survey_sheet_of_a_batch_is_the_same_as_alone() {
    let (_, Document::SurveySheets(sheets)) = papers().remove(0) else {
        panic!("the first paper is D2")
    };
    let mut many = (*sheets).clone();
    let one = many.sheets[0].clone();
    many.sheets = vec![one; 41];
    let composed = many.compose(shipped()).expect("a paper");
    let each = composed.page_count() / 41;
    assert_eq!(composed.page_count(), each * 41);
    let without_mark = |page: &String| {
        page.lines()
            .rev()
            .skip(1)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(
        without_mark(&composed.texts[0]),
        without_mark(&composed.texts[each * 40])
    );
}

#[test]
fn two_ballot_papers_stand_on_a_sheet_while_they_fit() {
    assert_eq!(
        composed("d8-plain").page_count(),
        2,
        "three papers, two on a sheet"
    );
    assert_eq!(
        composed("d8-many").page_count(),
        3,
        "nine motions need the whole sheet"
    );
}

#[test]
fn every_part_of_a_roster_counts_its_own_pages() {
    let roster = Roster {
        columns: vec![RosterColumn::left("房号", 1)],
        row_mm: 10,
        parts: (0..3)
            .map(|part| RosterPart {
                title: format!("{part}号楼"),
                rows: (0..40)
                    .map(|n| RosterRow::plain(vec![format!("{n}")]))
                    .collect(),
            })
            .collect(),
        ..Roster::default()
    };
    let composed = roster.compose(shipped()).expect("a paper");
    assert_eq!(composed.page_count(), 6);
    for page in &composed.texts {
        assert!(page.contains("房号"), "the head is repeated: {page}");
        assert!(page.contains("共 2 页"), "{page}");
    }
    assert!(composed.texts[2].contains("1号楼"));
}

#[test]
fn a_board_prints_the_ticks_of_the_screen() {
    let composed = composed("d4-a4");
    assert_eq!(composed.missing_glyphs, Vec::<char>::new());
    assert!(composed.texts[0].contains('√'), "{}", composed.texts[0]);
}

#[test]
fn a_notice_without_a_title_is_set() {
    let composed = Notice::default().compose(shipped()).expect("a paper");
    assert_eq!(composed.page_count(), 1);
}
