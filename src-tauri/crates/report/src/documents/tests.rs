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
fn both_pages_of_a_survey_sheet_name_the_same_household() {
    let (_, Document::SurveySheets(sheets)) = papers().remove(0) else {
        panic!("the first paper is D2")
    };
    let composed = sheets.compose(shipped()).expect("a paper");
    let foot = |page: &String| page.lines().last().unwrap_or("").to_owned();
    for (at, sheet) in sheets.sheets.iter().enumerate() {
        for page in &composed.texts[2 * at..2 * at + 2] {
            assert!(foot(page).contains(&sheet.dwelling), "{}", foot(page));
        }
    }
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

/// `count` numbered rows under one heading for every ten.
fn long(count: usize) -> Roster {
    let row = |n: usize| match n % 10 {
        0 => RosterRow::heading(format!("第{n}组")),
        _ => RosterRow::plain(vec![format!("R{n}"), "3号楼".to_owned()]),
    };
    Roster {
        title: "登记表".to_owned(),
        columns: vec![RosterColumn::left("房号", 1), RosterColumn::left("楼栋", 1)],
        row_mm: 8,
        parts: vec![RosterPart {
            title: "全部".to_owned(),
            rows: (0..count).map(row).collect(),
        }],
        notes: vec!["到此为止".to_owned()],
        ..Roster::default()
    }
}

#[test]
fn a_long_part_is_set_in_goes_and_counted_through() {
    const ROWS: usize = 1_000;
    let composed = long(ROWS).compose(shipped()).expect("a paper");
    let count = composed.page_count();
    assert!(count > 20, "{count}");
    let mut next = 0;
    for (at, page) in composed.texts.iter().enumerate() {
        assert!(
            page.contains(&format!("第 {} 页　共 {count} 页", at + 1)),
            "{page}"
        );
        assert!(page.contains("房号"), "the head is repeated: {page}");
        assert_eq!(page.contains("登记表（全部）"), at == 0, "{page}");
        assert_eq!(page.contains("到此为止"), at + 1 == count, "{page}");
        let mut rows = 0_usize;
        for line in page.lines() {
            let number = line.strip_prefix('R').or_else(|| line.strip_prefix('第'));
            let digits = number.map(|rest| {
                rest.chars()
                    .take_while(char::is_ascii_digit)
                    .collect::<String>()
            });
            if let Some(Ok(number)) = digits.map(|digits| digits.parse::<usize>()) {
                assert_eq!(number, next, "{page}");
                next += 1;
                rows += 1;
            }
        }
        assert!(
            at + 1 == count || rows > 25,
            "no page is left half empty: {page}"
        );
        let last = page
            .lines()
            .filter(|line| line.starts_with(['R', '第']))
            .nth(rows.saturating_sub(1));
        assert!(
            !last.unwrap_or_default().ends_with('组'),
            "a heading stands alone: {page}"
        );
    }
    assert_eq!(next, ROWS);
}

#[test]
fn a_long_text_is_printed_whole_and_runs_over_pages() {
    let mut roster = long(6);
    let words: String = (0..400).map(|n| format!("第{n}句话，")).collect();
    roster.parts[0].rows[3].cells[1].clone_from(&words);
    let composed = roster.compose(shipped()).expect("a paper");
    let pages = composed.texts.concat();
    let around = |line: &&str| line.starts_with("生成") || line.starts_with("房号");
    let lines: Vec<&str> = pages.lines().filter(|line| !around(line)).collect();
    let text = lines.concat().replace(' ', "");
    for n in 0..400 {
        assert!(text.contains(&format!("第{n}句话，")), "{n}");
    }
    assert_eq!(composed.cut, Vec::<String>::new());
}

#[test]
fn what_had_no_room_is_told() {
    let (_, paper) = crate::gallery::figures::papers().remove(0);
    let mut paper = paper;
    let problem = "很长的问题".repeat(40);
    paper.issues[0].title.clone_from(&problem);
    let composed = Document::OnePager(Box::new(paper))
        .compose(shipped())
        .expect("a paper");
    assert_eq!(composed.cut, [problem]);
}

#[test]
fn two_hundred_photos_are_printed_on_a_roster() {
    let svg = r##"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="#7a6a55"/></svg>"##;
    let photo = crate::svg_to_png(svg, 1, shipped()).expect("a picture");
    let mut roster = long(0);
    roster.parts[0].rows = (0..300)
        .map(|n| {
            let row = RosterRow::plain(vec![format!("R{n}"), String::new()]);
            match n < 200 {
                true => row.with_photo(photo.clone()),
                false => row,
            }
        })
        .collect();
    let composed = roster.compose(shipped()).expect("a paper");
    let drawn: usize = composed
        .pages(usize::MAX)
        .iter()
        .map(|page| page.matches("<image").count())
        .sum();
    // One is the code of the checksum on each page, if it is drawn as a picture at all.
    assert!(drawn >= 200, "{drawn}");
    assert!(composed.texts.concat().contains("R299"));
}
