use std::collections::HashMap;
use std::io::{Cursor, Read, Write};

use calamine::{Data, Reader as _, Xlsx};
use proptest::prelude::*;
use rstest::rstest;
use rust_xlsxwriter::{
    Color, DataValidation, Format, FormatAlign, FormatBorder, Image, ProtectionOptions, Workbook,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;

fn at(text: &str) -> Place {
    text.parse().expect("a place")
}

fn patch(sheet: &str, place: &str, fill: Fill) -> Patch {
    Patch {
        sheet: sheet.to_owned(),
        place: at(place),
        fill,
        like: None,
    }
}

fn number(text: &str) -> Fill {
    Fill::Number(text.to_owned())
}

fn text(text: &str) -> Fill {
    Fill::Text(text.to_owned())
}

/// The smallest picture there is.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0,
    1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0d, b'I', b'D', b'A', b'T',
    0x78, 0x9c, 0x63, 0xf8, 0xcf, 0xc0, 0xf0, 0x1f, 0, 5, 0, 1, 0xff, 0x89, 0x99, 0x3d, 0x1d, 0, 0,
    0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// A form as Excel keeps it: shared texts, merges, formula, list validation, print set-up, picture,
/// protection.
fn excel() -> Vec<u8> {
    let mut book = Workbook::new();
    let title = Format::new()
        .set_bold()
        .set_font_size(18)
        .set_align(FormatAlign::Center);
    let box_ = Format::new()
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0x00FF_F2CC))
        .set_num_format("#,##0.00");
    let sheet = book.add_worksheet();
    sheet.set_name("基本情况").expect("named");
    sheet
        .merge_range(0, 0, 0, 3, "老旧小区基本情况表", &title)
        .expect("merged");
    sheet.write(1, 0, "小区名称").expect("written");
    sheet.merge_range(1, 1, 1, 3, "", &box_).expect("merged");
    sheet.write(2, 0, "户数").expect("written");
    sheet.write_blank(2, 1, &box_).expect("written");
    sheet.write(2, 2, "人数").expect("written");
    sheet.write_blank(2, 3, &box_).expect("written");
    sheet.write(3, 0, "合计").expect("written");
    sheet.write_formula(3, 1, "=B3+D3").expect("written");
    sheet
        .add_data_validation(
            5,
            1,
            5,
            1,
            &DataValidation::new()
                .allow_list_strings(&["是", "否"])
                .expect("list"),
        )
        .expect("validated");
    sheet
        .set_landscape()
        .set_paper_size(9)
        .set_print_area(0, 0, 9, 3)
        .expect("area");
    sheet.set_header("&C内部资料");
    sheet.set_column_width(0, 20).expect("width");
    sheet
        .insert_image(8, 0, &Image::new_from_buffer(PIXEL).expect("picture"))
        .expect("inserted");
    sheet.protect_with_options(&ProtectionOptions::default());
    book.add_worksheet()
        .set_name("说明")
        .expect("named")
        .write(0, 0, "填报说明")
        .expect("written");
    book.save_to_buffer().expect("saved")
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .expect("started");
        writer.write_all(content.as_bytes()).expect("written");
    }
    writer.finish().expect("finished").into_inner()
}

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="月报" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">月报!$A$1:$D$9</definedName></definedNames></workbook>"#;

/// A workbook of one sheet as other programs write it.
fn workbook(sheet: &str) -> Vec<u8> {
    package(&[
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", ROOT),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/worksheets/sheet1.xml", sheet),
        ("docProps/custom.xml", "<其他 a='1'/>"),
    ])
}

/// Inline texts, gaps between rows, `spans`, an empty row, an extension, an odd order of attributes.
const WPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><sheetPr/><dimension ref="A1:C9"/><cols><col min="4" max="6" width="12.5" style="3"/></cols><sheetData><row r="1" spans="1:3" ht="30"><c t="inlineStr" r="A1" s='2'><is><t>月报 &amp; 进度</t></is></c></row><row r="3" spans="1:3"><c r="A3" t="inlineStr"><is><r><t>户</t></r><rPh><t>hu</t></rPh><r><t>数</t></r></is></c><c r="C3" s="1" t="str"><v>旧</v></c></row><row r="5" spans="1:3" s="7" customFormat="1"/><row r="9"><c r="B9"><f>SUM(B3:B8)</f><v>12</v></c><c r="C9"><f t="array" ref="C9:D9">A1:B1</f><v>0</v></c></row></sheetData><sheetProtection sheet="1" objects="1"/><mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/><extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting/></x14:conditionalFormattings></ext></extLst></worksheet>"#;

fn members(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("a package");
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).expect("a part");
            let mut content = Vec::new();
            part.read_to_end(&mut content).expect("read");
            (part.name().expect("named").into_owned(), content)
        })
        .collect()
}

fn member(bytes: &[u8], name: &str) -> String {
    let found = members(bytes).into_iter().find(|(other, _)| other == name);
    String::from_utf8(found.expect("there").1).expect("text")
}

/// The XML of a sheet without some cells, without what their coming brings along.
fn without(xml: &str, places: &[Place]) -> String {
    let mut out = xml.to_owned();
    for place in places {
        let start = [
            format!(" r=\"{place}\" "),
            format!(" r=\"{place}\">"),
            format!(" r=\"{place}\"/>"),
        ]
        .iter()
        .find_map(|mark| out.find(mark.as_str()));
        let Some(mark) = start else { continue };
        let start = out[..mark].rfind('<').expect("a tag");
        let close = start + out[start..].find('>').expect("closed");
        let end = if out[..close].ends_with('/') {
            close + 1
        } else {
            start + out[start..].find("</c>").expect("ended") + 4
        };
        out.replace_range(start..end, "");
    }
    for place in places {
        let fresh = format!("<row r=\"{}\"></row>", place.row + 1);
        if !xml_has_row(xml, place.row) {
            out = out.replace(&fresh, "");
        }
    }
    let mut plain = String::new();
    for piece in out.split_inclusive('>') {
        let piece = match piece {
            tag if tag.starts_with("<row ") || tag.starts_with("<dimension ") => {
                let kept: Vec<&str> = tag
                    .split(' ')
                    .filter(|part| !part.starts_with("spans=") && !part.starts_with("ref="))
                    .map(|part| part.trim_end_matches("/>").trim_end_matches('>'))
                    .collect();
                format!("{}>", kept.join(" "))
            }
            "</row>" => String::new(),
            other => other.to_owned(),
        };
        plain.push_str(&piece);
    }
    plain
}

fn xml_has_row(original: &str, row: u32) -> bool {
    original.contains(&format!("<row r=\"{}\" ", row + 1))
        || original.contains(&format!("<row r=\"{}\"/>", row + 1))
}

fn values(bytes: &[u8], sheet: &str) -> HashMap<Place, Data> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes.to_vec())).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    let (first_row, first_column) = range.start().unwrap_or_default();
    let cells = range.used_cells().map(|(row, column, value)| {
        let row = u32::try_from(row).expect("few") + first_row;
        let column = u32::try_from(column).expect("few") + first_column;
        (Place::new(row, column), value.clone())
    });
    cells.collect()
}

#[rstest]
#[case("A1", 0, 0)]
#[case("$AB$12", 11, 27)]
#[case("XFD1048576", 1_048_575, 16_383)]
fn places(#[case] text: &str, #[case] row: u32, #[case] column: u32) {
    assert_eq!(text.parse(), Ok(Place::new(row, column)));
    assert_eq!(Place::new(row, column).to_string(), text.replace('$', ""));
}

#[rstest]
#[case("")]
#[case("12")]
#[case("A0")]
#[case("XFE1")]
#[case("A1048577")]
fn no_places(#[case] text: &str) {
    assert!(text.parse::<Place>().is_err());
}

#[test]
fn preview_shows_the_form() {
    let form = Form::open(excel()).expect("opened");
    assert_eq!(form.sheet_names(), ["基本情况", "说明"]);
    let grid = form.grid("基本情况").expect("a grid");
    let title = grid.cell(at("A1")).expect("a title");
    assert_eq!(title.text, "老旧小区基本情况表");
    assert!(title.look.bold && title.look.horizontal == "center" && title.look.size == 180);
    assert_eq!(grid.anchor(at("C2")), at("B2"));
    assert_eq!(grid.area(at("D1")).to_string(), "A1:D1");
    let blank = grid.cell(at("B3")).expect("a box");
    assert_eq!(blank.look.lines.len(), 4);
    assert_eq!(blank.look.fill.as_deref(), Some("#fff2cc"));
    assert!(grid.cell(at("B4")).expect("a sum").formula);
    assert!(grid.protected && grid.widths[0] > 140);
    let odd = Form::open(workbook(WPS)).expect("opened");
    let grid = odd.grid("月报").expect("a grid");
    assert_eq!(
        (grid.text(at("A1")), grid.text(at("A3"))),
        ("月报 & 进度", "户数")
    );
    assert_eq!(grid.heights[0], 40);
}

#[test]
fn fills_numbers_texts_and_blanks() {
    let form = Form::open(excel()).expect("opened");
    let sheet = "基本情况";
    let filled = form
        .fill(&[
            patch(sheet, "B2", text("五交化家属院 <\"&'> \u{1}１")),
            patch(sheet, "B3", number("307")),
            patch(sheet, "D3", Fill::Blank),
            patch(sheet, "B12", number("-12.5")),
        ])
        .expect("filled");
    let found = values(&filled, sheet);
    assert_eq!(
        found[&at("B2")],
        Data::String("五交化家属院 <\"&'> １".to_owned())
    );
    assert_eq!(found[&at("B3")], Data::Float(307.0));
    assert_eq!(found[&at("B12")], Data::Float(-12.5));
    assert!(!found.contains_key(&at("D3")));
    let grid = Form::open(filled)
        .expect("opened")
        .grid(sheet)
        .expect("a grid");
    assert_eq!(grid.text(at("B3")), "307.00", "the style stays");
    assert_eq!(grid.cell(at("B3")).expect("there").look.lines.len(), 4);
}

#[test]
fn all_else_stays_byte_for_byte() {
    let sheet = "xl/worksheets/sheet1.xml";
    for (bytes, name) in [(excel(), "基本情况"), (workbook(WPS), "月报")] {
        let form = Form::open(bytes.clone()).expect("opened");
        let patches = ["B3", "C5", "E5", "A2", "F40"].map(|place| patch(name, place, number("7")));
        let filled = form.fill(&patches).expect("filled");
        let (before, after) = (members(&bytes), members(&filled));
        assert_eq!(before.len(), after.len());
        for ((name, old), (other, new)) in before.iter().zip(&after) {
            assert_eq!(name, other, "the order stays");
            let expected = name != sheet && name != "xl/workbook.xml";
            assert!(!expected || old == new, "{name} changed");
        }
        let places = patches.map(|patch| patch.place);
        assert_eq!(
            without(&member(&bytes, sheet), &places),
            without(&member(&filled, sheet), &places)
        );
    }
}

#[test]
fn new_cells_stand_in_order_and_take_the_style_of_row_model_or_column() {
    let form = Form::open(workbook(WPS)).expect("opened");
    let mut like = patch("月报", "C6", text("新"));
    like.like = Some(at("C3"));
    let filled = form
        .fill(&[
            like,
            patch("月报", "B3", number("1")),
            patch("月报", "D3", number("2")),
            patch("月报", "B5", number("3")),
            patch("月报", "A6", number("4")),
            patch("月报", "C3", text("换")),
        ])
        .expect("filled");
    let xml = member(&filled, "xl/worksheets/sheet1.xml");
    let row = |from: &str, to: &str| {
        let start = xml.find(from).expect("there");
        &xml[start..start + xml[start..].find(to).expect("ends") + to.len()]
    };
    assert!(row("<row r=\"3\"", "</row>").ends_with(
        "</c><c r=\"B3\"><v>1</v></c><c r=\"C3\" s=\"1\" t=\"inlineStr\"><is><t xml:space=\"preserve\">换</t></is></c><c r=\"D3\" s=\"3\"><v>2</v></c></row>"
    ));
    assert!(xml.contains("<row r=\"3\" spans=\"1:4\">"));
    assert!(xml.contains(
        "<row r=\"5\" spans=\"1:3\" s=\"7\" customFormat=\"1\"><c r=\"B5\" s=\"7\"><v>3</v></c></row><row r=\"6\"><c r=\"A6\"><v>4</v></c><c r=\"C6\" s=\"1\" t=\"inlineStr\">"
    ));
    assert!(xml.contains("<dimension ref=\"A1:D9\"/>"));
}

#[test]
fn prefixes_and_an_empty_sheet() {
    let sheet = "\u{feff}<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData/></x:worksheet>";
    let filled = Form::open(workbook(sheet))
        .expect("opened")
        .fill(&[
            patch("月报", "B2", text("好")),
            patch("月报", "C2", number("5")),
        ])
        .expect("filled");
    assert_eq!(
        member(&filled, "xl/worksheets/sheet1.xml"),
        "\u{feff}<x:worksheet xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row r=\"2\"><x:c r=\"B2\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">好</x:t></x:is></x:c><x:c r=\"C2\"><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    );
    assert_eq!(
        member(&filled, "xl/workbook.xml"),
        BOOK,
        "nothing to calculate"
    );
}

#[test]
fn formulas_are_refused_and_asked_to_calculate() {
    let form = Form::open(workbook(WPS)).expect("opened");
    for place in ["B9", "C9", "D9"] {
        assert_eq!(
            form.fill(&[patch("月报", place, number("1"))]),
            Err(FormError::Formula {
                sheet: "月报".to_owned(),
                place: at(place)
            })
        );
    }
    let filled = form
        .fill(&[patch("月报", "B3", number("1"))])
        .expect("filled");
    let book = member(&filled, "xl/workbook.xml");
    assert_eq!(
        book,
        BOOK.replace(
            "</definedNames>",
            "</definedNames><calcPr fullCalcOnLoad=\"1\"/>"
        )
    );
    let again = Form::open(filled)
        .expect("opened")
        .fill(&[patch("月报", "B3", number("2"))]);
    assert_eq!(member(&again.expect("filled"), "xl/workbook.xml"), book);
    let excel = Form::open(excel()).expect("opened");
    let filled = excel
        .fill(&[patch("基本情况", "B3", number("1"))])
        .expect("filled");
    assert!(member(&filled, "xl/workbook.xml").contains("fullCalcOnLoad=\"1\""));
}

#[test]
fn a_sheet_that_is_gone_is_named() {
    let form = Form::open(workbook(WPS)).expect("opened");
    let gone = FormError::NoSheet {
        sheet: "季报".to_owned(),
        place: at("B3"),
    };
    assert_eq!(form.fill(&[patch("季报", "B3", number("1"))]), Err(gone));
}

#[rstest]
#[case(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "Workbook", FormError::OtherFormat)]
#[case(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "EncryptedPackage", FormError::File(ExchangeError::Encrypted))]
fn old_and_locked_workbooks(
    #[case] magic: &[u8],
    #[case] stream: &str,
    #[case] expected: FormError,
) {
    let mut bytes = vec![0; 1024];
    bytes[..8].copy_from_slice(magic);
    for (index, wide) in stream.encode_utf16().enumerate() {
        bytes[512 + 2 * index..514 + 2 * index].copy_from_slice(&wide.to_le_bytes());
    }
    assert_eq!(Form::open(bytes).map(|_| ()), Err(expected));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever stands where: only the filled cells change, and they hold what was put in.
    #[test]
    fn only_filled_cells_change(
        there in proptest::collection::btree_set((0u32..12, 0u32..9), 0..40),
        gaps in proptest::collection::btree_set(0u32..14, 0..4),
        filled in proptest::collection::btree_map((0u32..14, 0u32..12), 0i64..99_999, 1..30),
    ) {
        let mut xml = String::from("<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:I12\"/><sheetData>");
        for row in 0..14 {
            let cells: Vec<_> = there.iter().filter(|(r, _)| *r == row).collect();
            if cells.is_empty() {
                if gaps.contains(&row) {
                    xml.push_str(&format!("<row r=\"{}\" spans=\"1:9\" ht=\"20\"/>", row + 1));
                }
                continue;
            }
            xml.push_str(&format!("<row r=\"{}\" spans=\"1:9\">", row + 1));
            for (row, column) in cells {
                let place = Place::new(*row, *column);
                xml.push_str(&match (row + column) % 3 {
                    0 => format!("<c r=\"{place}\" s=\"{column}\"/>"),
                    1 => format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>格 {place}</t></is></c>"),
                    _ => format!("<c r=\"{place}\"><v>{row}.5</v></c>"),
                });
            }
            xml.push_str("</row>");
        }
        xml.push_str("</sheetData><pageSetup paperSize=\"9\"/></worksheet>");
        let bytes = workbook(&xml);
        let patches: Vec<Patch> = filled
            .iter()
            .map(|((row, column), value)| Patch {
                sheet: "月报".to_owned(),
                place: Place::new(*row, *column),
                fill: if value % 4 == 0 { text(&format!("文{value}")) } else { number(&value.to_string()) },
                like: None,
            })
            .collect();
        let out = Form::open(bytes.clone()).expect("opened").fill(&patches).expect("filled");
        let places: Vec<Place> = patches.iter().map(|patch| patch.place).collect();
        let new = member(&out, "xl/worksheets/sheet1.xml");
        prop_assert_eq!(without(&xml, &places), without_like(&new, &xml, &places));
        let found = values(&out, "月报");
        for patch in &patches {
            let expected = match &patch.fill {
                Fill::Text(text) => Data::String(text.clone()),
                Fill::Number(number) => Data::Float(number.parse().expect("a number")),
                Fill::Blank => Data::Empty,
            };
            prop_assert_eq!(found.get(&patch.place), Some(&expected));
        }
        let untouched: Vec<_> = members(&bytes).into_iter().filter(|(name, _)| !name.ends_with("sheet1.xml")).collect();
        let after: Vec<_> = members(&out).into_iter().filter(|(name, _)| !name.ends_with("sheet1.xml")).collect();
        prop_assert_eq!(untouched, after);
    }
}

/// [`without`], rows that only the filling brought along left out.
fn without_like(xml: &str, original: &str, places: &[Place]) -> String {
    let mut plain = without(xml, places);
    let rows: std::collections::BTreeSet<u32> = places.iter().map(|place| place.row).collect();
    for row in rows {
        if !original.contains(&format!("<row r=\"{}\" ", row + 1)) {
            plain = plain.replace(&format!("<row r=\"{}\">", row + 1), "");
        }
    }
    plain
}
