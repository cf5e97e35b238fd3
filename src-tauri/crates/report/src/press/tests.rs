use chrono::DateTime;

use super::*;
use crate::fonts::tests::shipped;

fn paper<'a>(template: &'a str, data: &'a Value) -> Paper<'a, Value> {
    let generated_at =
        DateTime::parse_from_rfc3339("2021-03-18T09:05:07+08:00").expect("a valid time");
    Paper {
        name: "probe",
        template,
        data,
        files: Vec::new(),
        generated_at,
    }
}

const PROBE: &str = r##"#import "base.typ": *
#let data = json("data.json")
#let print = json("print.json")
#set text(font: hei, lang: "zh")
#data.name

#generated(print) #print.checksum #missing-note(print)"##;

#[test]
fn a_template_sees_data_and_print_mark() {
    let data = json!({"name": "五交化\u{7}家属院"});
    let printed = typeset(&paper(PROBE, &data), shipped()).expect("a paper");
    assert_eq!(printed.page_count, 1);
    assert_eq!(printed.missing_glyphs, Vec::<char>::new());
    assert_eq!(printed.fonts_used, ["Noto Sans CJK SC"]);
    assert!(printed.pdf.starts_with(b"%PDF"));
    let expected = format!(
        "五交化 家属院\n2021 年 3 月 18 日 09:05 {}\n",
        printed.checksum
    );
    assert_eq!(printed.texts, [expected]);
}

#[test]
fn a_character_without_glyph_is_named_and_replaced() {
    let data = json!({"name": "张𬭎、李㐂、王䶮"});
    let printed = typeset(&paper(PROBE, &data), shipped()).expect("a paper");
    assert_eq!(printed.missing_glyphs, ['𬭎']);
    assert!(
        printed.texts[0].starts_with("张〓、李㐂、王䶮\n"),
        "{}",
        printed.texts[0]
    );
    assert!(
        printed.texts[0].contains("1 个字缺字形"),
        "{}",
        printed.texts[0]
    );
}

/// The bold face holds common hanzi only.
#[test]
fn a_rare_character_in_a_bold_title_is_set_in_the_regular_face() {
    let template = r#"#set text(font: "Noto Serif CJK SC", weight: "bold")
李㐂、王䶮、镕"#;
    let data = json!({});
    let printed = typeset(&paper(template, &data), shipped()).expect("a paper");
    assert!(printed.missing_glyphs.is_empty());
    assert!(
        printed.texts[0].starts_with("李㐂、王䶮、镕"),
        "{}",
        printed.texts[0]
    );
}

#[test]
fn a_character_without_glyph_is_found_inside_a_picture() {
    let template = r##"#image("chart.svg")"##;
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"90\" height=\"30\"><text y=\"20\">𬭎</text></svg>";
    let data = json!({});
    let mut paper = paper(template, &data);
    paper.files.push(("chart.svg", svg.into()));
    let printed = typeset(&paper, shipped()).expect("a paper");
    assert_eq!(printed.missing_glyphs, ['𬭎']);
}

#[test]
fn the_checksum_follows_the_data_not_the_clock() {
    let (one, other) = (json!({"name": "甲"}), json!({"name": "乙"}));
    let print = |data, later| {
        let mut paper = paper(PROBE, data);
        paper.generated_at += chrono::Duration::minutes(later);
        typeset(&paper, shipped()).expect("a paper")
    };
    assert_eq!(print(&one, 0), print(&one, 0));
    assert_eq!(print(&one, 0).checksum, print(&one, 9).checksum);
    assert_ne!(print(&one, 0).pdf, print(&one, 9).pdf);
    assert_ne!(print(&one, 0).checksum, print(&other, 0).checksum);
}

#[test]
fn a_defective_template_is_an_error_that_names_it() {
    let data = json!({});
    let error =
        typeset(&paper("#nothing-of-this-name", &data), shipped()).expect_err("no such name");
    let ReportError::Template { template, message } = error else {
        panic!("{error:?}")
    };
    assert_eq!(template, "probe");
    assert!(message.contains("nothing-of-this-name"), "{message}");
}

#[test]
fn a_template_reaches_no_file_outside_its_desk() {
    let data = json!({});
    let outside = typeset(&paper(r##"#read("/etc/hostname")"##, &data), shipped());
    assert!(matches!(outside, Err(ReportError::Template { .. })));
}
