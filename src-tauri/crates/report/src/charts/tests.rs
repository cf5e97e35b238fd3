use rstest::rstest;

use crate::fonts::tests::shipped;
use crate::gallery::{changes, figures as gallery};
use crate::svg_to_png;

use super::*;

fn pictures() -> Vec<(String, String)> {
    let dots = gallery::dots()
        .into_iter()
        .map(|(name, chart)| (format!("dots-{name}"), paired_dots(&chart)));
    let bars = gallery::bars()
        .into_iter()
        .map(|(name, chart)| (format!("bars-{name}"), grouped_bars(&chart)));
    let shares = gallery::shares()
        .into_iter()
        .map(|(name, chart)| (format!("shares-{name}"), share_bars(&chart)));
    let ranks = gallery::ranks()
        .into_iter()
        .map(|(name, chart)| (format!("ranks-{name}"), ranked_bars(&chart)));
    let falls = changes::waterfalls()
        .into_iter()
        .map(|(name, chart)| (format!("waterfall-{name}"), waterfall(&chart)));
    let slopes = changes::slopes()
        .into_iter()
        .map(|(name, chart)| (format!("slope-{name}"), slope(&chart)));
    let money = changes::money()
        .into_iter()
        .map(|(name, chart)| (format!("money-{name}"), grouped_bars(&chart)));
    dots.chain(bars)
        .chain(shares)
        .chain(ranks)
        .chain(falls)
        .chain(slopes)
        .chain(money)
        .collect()
}

#[test]
fn the_pictures_are_as_reviewed() {
    for (name, svg) in pictures() {
        if [
            "dots-two",
            "dots-empty",
            "bars-pipes",
            "bars-empty",
            "shares-five",
            "ranks-plain",
            "waterfall-green",
            "slope-places",
            "money-sources",
        ]
        .contains(&name.as_str())
        {
            insta::assert_snapshot!(name, svg);
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    assert_eq!(pictures(), pictures());
}

#[test]
fn every_element_stays_on_the_sheet() {
    let number = |text: &str| text.parse::<i32>().ok();
    for (name, svg) in pictures() {
        let tree = resvg::usvg::roxmltree::Document::parse(&svg).expect("well-formed SVG");
        let root = tree.root_element();
        let side = |attribute| {
            root.attribute(attribute)
                .and_then(number)
                .expect("the sheet has a size")
        };
        let (width, height) = (side("width"), side("height"));
        for node in root
            .children()
            .filter(resvg::usvg::roxmltree::Node::is_element)
        {
            for (attribute, limit) in [
                ("x", width),
                ("x1", width),
                ("x2", width),
                ("cx", width),
                ("y", height),
                ("y1", height),
                ("y2", height),
                ("cy", height),
            ] {
                if let Some(at) = node.attribute(attribute).and_then(number) {
                    assert!(
                        (0..=limit).contains(&at),
                        "{name}: {attribute}={at} of {node:?} outside 0..={limit}"
                    );
                }
            }
        }
    }
}

/// The box of each text as estimated, in px.
fn text_boxes(svg: &str) -> Vec<(String, [i32; 4])> {
    let tree = resvg::usvg::roxmltree::Document::parse(svg).expect("well-formed SVG");
    let boxes = tree
        .descendants()
        .filter(|node| node.has_tag_name("text"))
        .map(|node| {
            let number = |name: &str| -> i32 {
                node.attribute(name)
                    .and_then(|n| n.parse().ok())
                    .expect("a whole number")
            };
            let text = node.text().unwrap_or_default().trim().to_owned();
            let size = number("font-size");
            let wide = lettering::width(&text, u32::try_from(size).expect("a size above zero"));
            let left = match node.attribute("text-anchor") {
                Some("end") => number("x") - wide,
                Some("middle") => number("x") - wide / 2,
                _ => number("x"),
            };
            let top = number("y") - size / 8;
            (text, [left, top, left + wide, top + size])
        });
    boxes.collect()
}

#[test]
fn no_text_covers_another_or_leaves_the_sheet() {
    for (name, svg) in pictures() {
        let boxes = text_boxes(&svg);
        assert!(!boxes.is_empty(), "{name} has texts");
        let width: i32 = svg
            .split_once("width=\"")
            .and_then(|(_, rest)| rest.split_once('"'))
            .and_then(|(width, _)| width.parse().ok())
            .expect("the sheet has a width");
        for (at, (text, [left, top, right, bottom])) in boxes.iter().enumerate() {
            assert!(
                *left >= 0 && *right <= width,
                "{name}: {text:?} from {left} to {right} leaves the sheet"
            );
            for (other, [l, t, r, b]) in &boxes[at + 1..] {
                let apart = right <= l || r <= left || bottom <= t || b <= top;
                assert!(apart, "{name}: {text:?} covers {other:?}");
            }
        }
    }
}

#[test]
fn markup_in_labels_stays_text() {
    let chart = PairedDots {
        rows: vec![DotRow {
            label: "<b>&\"'\u{0}".into(),
            before: Some(Mark::new(1, "1 <个>")),
            ..DotRow::default()
        }],
        ..PairedDots::default()
    };
    let texts: Vec<String> = text_boxes(&paired_dots(&chart))
        .into_iter()
        .map(|(text, _)| text)
        .collect();
    assert!(texts.contains(&"<b>&\"'".to_owned()), "{texts:?}");
    assert!(texts.contains(&"1 <个>".to_owned()), "{texts:?}");
}

#[test]
fn a_row_begins_at_its_own_zero() {
    let row = |before, after| DotRow {
        before: Some(Mark::new(before, before.to_string())),
        after: Some(Mark::new(after, after.to_string())),
        ..DotRow::default()
    };
    let chart = PairedDots {
        width_px: 800,
        rows: vec![row(0, 5), row(0, 5_000_000)],
        ..PairedDots::default()
    };
    let svg = paired_dots(&chart);
    let discs: Vec<&str> = svg
        .lines()
        .filter(|line| line.starts_with("<circle") && line.contains("fill=\"#0A5263\""))
        .filter_map(|line| line.split("cx=\"").nth(1)?.split('"').next())
        .collect();
    assert_eq!(discs.len(), 3, "one in the key and one per row");
    assert_eq!(
        discs[1], discs[2],
        "the greatest value of each row ends its own scale"
    );
}

#[test]
fn a_row_below_zero_marks_its_own_zero() {
    let chart = |before| PairedDots {
        rows: vec![DotRow {
            before: Some(Mark::new(before, "甲")),
            after: Some(Mark::new(35, "乙")),
            ..DotRow::default()
        }],
        ..PairedDots::default()
    };
    let zeros = |chart: &PairedDots| {
        let texts = text_boxes(&paired_dots(chart));
        texts.into_iter().filter(|(text, _)| text == "0").count()
    };
    assert_eq!(zeros(&chart(20)), 1, "the zero of the common axis");
    assert_eq!(zeros(&chart(-20)), 2, "and that of the row");
}

#[test]
fn each_step_begins_where_the_one_before_ended() {
    let mark = |value: i64| Mark::new(value, value.to_string());
    let step = |value| WaterfallStep {
        label: "步".into(),
        change: mark(value),
    };
    let svg = waterfall(&Waterfall {
        width_px: 800,
        before: mark(100),
        steps: vec![step(-40), step(60)],
        after: mark(120),
        ..Waterfall::default()
    });
    let edges = |fill: &str| -> Vec<(i32, i32)> {
        svg.lines()
            .filter(|line| line.starts_with("<rect") && line.contains(fill))
            .filter_map(|line| {
                let number = |name: &str| -> Option<i32> {
                    let rest = line.split(name).nth(1)?;
                    rest.split('"').next()?.parse().ok()
                };
                let left = number(" x=\"")?;
                Some((left, left + number(" width=\"")?))
            })
            .collect()
    };
    let before = edges("fill=\"#80868C\"").pop().expect("a bar before");
    let after = edges("fill=\"#0A5263\"").pop().expect("a bar after");
    let more = edges("fill=\"#D3D8DD\"").pop().expect("a bar that adds");
    assert_eq!(before.0, after.0, "both begin at zero");
    assert_eq!(more.1, after.1, "what is added ends at the plan");
    let whole = f64::from(after.1 - after.0);
    let share = f64::from(more.0 - after.0) / whole;
    assert!((share - 0.5).abs() < 0.01, "60 of 120: {share}");
}

#[rstest]
#[case(1, 760)]
#[case(2, 1520)]
fn a_png_is_as_wide_as_asked(#[case] scale: u32, #[case] wide: u32) {
    let (_, chart) = gallery::bars().remove(0);
    let png = svg_to_png(&grouped_bars(&chart), scale, shipped()).expect("a picture");
    let pixels = resvg::tiny_skia::Pixmap::decode_png(&png).expect("a readable PNG");
    assert_eq!(pixels.width(), wide);
    let dark = pixels
        .pixels()
        .iter()
        .filter(|pixel| pixel.red() < 0x40)
        .count();
    assert!(
        dark > 1000,
        "letters and bars are drawn: {dark} dark pixels"
    );
}

#[rstest]
#[case("no svg at all", 1)]
#[case(
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"/>",
    1_000
)]
#[case(
    "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"100\" height=\"100\"/>",
    0
)]
fn nonsense_is_refused(#[case] svg: &str, #[case] scale: u32) {
    assert!(svg_to_png(svg, scale, shipped()).is_err());
}
