use rstest::rstest;

use super::*;
use crate::fonts::tests::shipped;
use crate::gallery::figures::{self as gallery, plain_paper};

fn printed(paper: &OnePager) -> Printed {
    render_one_pager(paper, shipped()).expect("a paper")
}

#[test]
fn the_text_of_the_plain_and_the_empty_paper_is_as_reviewed() {
    for (name, paper) in gallery::papers() {
        if name != "extreme" {
            insta::assert_snapshot!(name, printed(&paper).texts.join("\n--- page ---\n"));
        }
    }
}

#[test]
fn every_paper_is_one_page() {
    for (name, paper) in gallery::papers() {
        let printed = printed(&paper);
        assert_eq!((printed.page_count, printed.pages.len()), (1, 1), "{name}");
    }
}

#[test]
fn lists_that_do_not_fit_say_how_many_there_are() {
    let text = printed(&gallery::extreme_paper()).texts.concat();
    assert_eq!(
        text.matches("等 30 项").count(),
        8,
        "five verbs, problems, funds, indicators:\n{text}"
    );
}

#[rstest]
#[case(6, true)]
#[case(7, false)]
fn six_work_items_fit_into_a_verb(#[case] count: usize, #[case] all: bool) {
    let mut paper = plain_paper();
    paper.work.demolish = (1..=count)
        .map(|n| WorkLine {
            name: format!("第{n}种"),
            quantity: "1".into(),
            unit: "间".into(),
        })
        .collect();
    let text = printed(&paper).texts.concat();
    assert_eq!(text.contains("第6种"), all, "{text}");
    assert_eq!(text.contains("等 7 项"), !all, "{text}");
}

#[test]
fn rare_characters_are_reported_and_never_printed_as_a_box() {
    let mut paper = plain_paper();
    paper.responsible.person = Some("张𬭎㐂䶮".into());
    let result = printed(&paper);
    assert_eq!(result.missing_glyphs, ['𬭎']);
    assert!(result.texts[0].contains("张〓㐂䶮"), "{}", result.texts[0]);
    assert!(printed(&plain_paper()).missing_glyphs.is_empty());
}

#[test]
fn equal_data_gives_equal_bytes() {
    assert_eq!(printed(&plain_paper()), printed(&plain_paper()));
}

#[test]
fn the_preview_and_the_pdf_come_from_the_same_page() {
    let result = printed(&plain_paper());
    assert!(result.pages[0].starts_with("<svg"), "the preview is an SVG");
    assert!(
        result.pdf.len() > 10_000,
        "the PDF holds fonts: {} bytes",
        result.pdf.len()
    );
    assert!(
        result.texts[0].contains(&result.checksum),
        "the checksum is printed"
    );
}

#[test]
fn the_chart_stays_vectors() {
    let result = printed(&plain_paper());
    assert!(
        !result.pages[0].contains("image/png"),
        "no bitmap on the page"
    );
}
