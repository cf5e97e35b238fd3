use super::*;
use crate::fonts::tests::shipped;
use crate::png::svg_to_png;
use crate::press::Printed;

/// A little picture of one colour.
fn picture(colour: &str) -> Vec<u8> {
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="{colour}"/></svg>"#
    );
    svg_to_png(&svg, 1, shipped()).expect("a picture")
}

fn photo(words: &str) -> Photo {
    Photo {
        bytes: picture("#7a6a55"),
        subject: String::new(),
        words: words.to_owned(),
    }
}

fn sheet(viewpoints: Vec<Viewpoint>, others: Vec<Photo>) -> ContactSheet {
    ContactSheet {
        compound: "五交化家属院".to_owned(),
        subdistrict: "示例街道".to_owned(),
        community: "示例社区".to_owned(),
        sample: true,
        viewpoints,
        others,
        data_as_of: "2026年3月5日".to_owned(),
        ledger_version: "12".to_owned(),
        ..ContactSheet::default()
    }
}

fn printed(sheet: &ContactSheet) -> Printed {
    sheet
        .compose(shipped())
        .and_then(crate::press::Composed::print)
        .expect("a paper")
}

fn viewpoint(name: &str, before: usize, during: usize, after: usize) -> Viewpoint {
    let photos = |stage: &str, count: usize| -> Vec<Photo> {
        (1..=count)
            .map(|number| photo(&format!("2026-03-0{number} {name}{stage}")))
            .collect()
    };
    Viewpoint {
        name: name.to_owned(),
        before: photos("前", before),
        during: photos("中", during),
        after: photos("后", after),
    }
}

#[test]
fn the_stages_stand_side_by_side_and_what_is_missing_is_told() {
    let two = printed(&sheet(vec![viewpoint("东门口朝西", 1, 0, 1)], Vec::new()));
    let text = two.texts.concat();
    assert_eq!(two.page_count, 1);
    assert!(
        text.contains("改造前") && text.contains("改造后") && !text.contains("施工中"),
        "{text}"
    );
    assert!(!text.contains("还没有照片"), "{text}");
    let three = printed(&sheet(
        vec![
            viewpoint("东门口朝西", 1, 1, 1),
            viewpoint("车棚旁", 1, 0, 0),
        ],
        Vec::new(),
    ));
    let text = three.texts.concat();
    assert!(text.contains("施工中"), "{text}");
    assert_eq!(text.matches("还没有照片").count(), 2, "{text}");
    assert!(
        text.contains("机位 2 个，其中 1 个有改造前和改造后"),
        "{text}"
    );
}

#[test]
fn every_photo_is_printed_over_several_pages() {
    let rows = (1..=7)
        .map(|number| viewpoint(&format!("机位{number}"), 2, 0, 1))
        .collect();
    let others = (1..=7)
        .map(|number| photo(&format!("第{number}张")))
        .collect();
    let result = printed(&sheet(rows, others));
    assert!(result.page_count > 3, "{}", result.page_count);
    let text = result.texts.concat();
    assert!(text.contains("共 28 张"), "{text}");
    for number in 1..=7 {
        assert!(text.contains(&format!("机位{number}后")), "{text}");
        assert!(text.contains(&format!("第{number}张")), "{text}");
    }
    let pictures: usize = result
        .pages
        .iter()
        .map(|page| page.matches("<image").count())
        .sum();
    // Each foot bears the code of the checksum.
    assert_eq!(pictures, 28 + result.pages.len());
}

#[test]
fn nothing_to_show_and_endless_words_are_printed_in_order() {
    let empty = printed(&ContactSheet::default());
    assert_eq!(empty.page_count, 1);
    assert!(empty.texts[0].contains("共 0 张"), "{}", empty.texts[0]);
    let long = "楼前的路坑洼不平，雨后积水，老人出门要绕行。".repeat(12);
    let mut endless = sheet(
        vec![Viewpoint {
            name: long.clone(),
            before: vec![photo(&long)],
            ..Viewpoint::default()
        }],
        vec![Photo {
            subject: long.clone(),
            ..photo(&long)
        }],
    );
    endless.compound = "很长的名字".repeat(20);
    endless.left_out = 3;
    let result = printed(&endless);
    assert_eq!(result.page_count, 1);
    assert!(result.texts[0].contains("另有 3 张没有印"));
}

#[test]
fn equal_photos_give_equal_bytes_and_another_photo_another_checksum() {
    let one = sheet(vec![viewpoint("东门", 1, 0, 1)], Vec::new());
    assert_eq!(printed(&one), printed(&one));
    let mut other = one.clone();
    other.viewpoints[0].before[0].bytes = picture("#0a5263");
    assert_ne!(printed(&one).checksum, printed(&other).checksum);
}
