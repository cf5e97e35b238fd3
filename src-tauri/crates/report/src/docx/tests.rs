use std::io::Read as _;

use quick_xml::Reader;
use quick_xml::events::Event;
use rstest::rstest;

use crate::fonts::tests::shipped;

use crate::gallery::office::papers;

fn docx(name: &str) -> Vec<u8> {
    let (_, document) = papers()
        .into_iter()
        .find(|(known, _)| *known == name)
        .expect("a paper of the gallery");
    document
        .docx(shipped())
        .expect("written")
        .expect("a Word document")
}

fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("a container");
    let mut text = String::new();
    zip.by_name(name)
        .expect("a part")
        .read_to_string(&mut text)
        .expect("text");
    text
}

/// The words of a part, paragraph by paragraph; fails when it is not well formed.
fn words(xml: &str) -> String {
    let mut reader = Reader::from_str(xml);
    let mut text = String::new();
    loop {
        match reader.read_event().expect("well formed") {
            Event::Eof => return text,
            Event::Text(piece) => text.push_str(&piece),
            Event::GeneralRef(name) => {
                text.push_str(&name);
            }
            Event::End(tag) if tag.name().as_ref() == "w:p" => text.push('\n'),
            _ => {}
        }
    }
}

#[rstest]
#[case("d10-plain")]
#[case("notice-plain")]
#[case("proxy-plain")]
#[case("roll-plain")]
#[case("d8-plain")]
#[case("d8-extreme")]
#[case("d9-plain")]
#[case("tally-plain")]
fn a_word_document_says_what_was_reviewed(#[case] name: &str) {
    let bytes = docx(name);
    for other in [
        "[Content_Types].xml",
        "_rels/.rels",
        "word/styles.xml",
        "word/settings.xml",
        "word/fontTable.xml",
    ] {
        words(&part(&bytes, other));
    }
    let xml = part(&bytes, "word/document.xml");
    let told = words(&xml);
    insta::assert_snapshot!(name, told);
    assert_eq!(
        xml.matches("<w:tbl>").count(),
        xml.matches("<w:tblGrid><w:gridCol").count()
    );
}

#[test]
fn every_row_covers_the_whole_grid() {
    let xml = part(&docx("d9-plain"), "word/document.xml");
    for row in xml.split("<w:tr>").skip(1) {
        let widths: u32 = row
            .split("<w:tcW w:w=\"")
            .skip(1)
            .map(|rest| {
                rest.split('"')
                    .next()
                    .expect("a width")
                    .parse::<u32>()
                    .expect("a number")
            })
            .sum();
        // Tables across the page or the foot of it: both as wide as the page less its margins.
        assert_eq!(widths, super::twips(269), "{}", &row[..200]);
    }
}

#[test]
fn a_notice_has_the_grid_of_the_standard() {
    let bytes = docx("notice-plain");
    let xml = part(&bytes, "word/document.xml");
    assert!(
        xml.contains("w:type=\"lines\" w:linePitch=\"579\""),
        "22 lines"
    );
    assert!(
        xml.contains("w:top=\"2098\" w:right=\"1474\" w:bottom=\"1984\" w:left=\"1587\""),
        "{}",
        &xml[xml.len() - 600..]
    );
    assert!(
        xml.contains("w:eastAsia=\"方正小标宋简体\"")
            && xml.contains("w:eastAsia=\"黑体\"")
            && xml.contains("w:eastAsia=\"仿宋\"")
    );
    assert!(xml.contains("w:firstLineChars=\"200\" w:firstLine=\"640\""));
    assert!(
        xml.contains("<w:spacing w:val=\"-5\"/><w:sz w:val=\"32\"/>"),
        "28 characters"
    );
    assert!(part(&bytes, "word/footer1.xml").contains("PAGE"));
}

#[test]
fn each_ballot_paper_shows_its_own_code() {
    let bytes = docx("d8-plain");
    let xml = part(&bytes, "word/document.xml");
    let relations = part(&bytes, "word/_rels/document.xml.rels");
    let codes = xml.matches("<w:drawing>").count();
    assert!(codes > 1);
    assert_eq!(codes, xml.matches("r:embed=\"rIdPicture").count());
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(&bytes)).expect("a container");
    for number in 1..=codes {
        let target = format!("media/picture{number}.png");
        assert!(relations.contains(&format!("Id=\"rIdPicture{number}\"")));
        assert!(relations.contains(&target));
        assert!(xml.contains(&format!("r:embed=\"rIdPicture{number}\"")));
        let mut png = Vec::new();
        zip.by_name(&format!("word/{target}"))
            .expect("a picture")
            .read_to_end(&mut png)
            .expect("read");
        assert_eq!(&png[1..4], b"PNG");
    }
}

#[test]
fn equal_papers_are_equal_bytes() {
    assert_eq!(docx("d10-plain"), docx("d10-plain"));
}
