use jiugai_domain::KindCode;
use rstest::rstest;

use crate::testing::{edit, fresh, sample};
use crate::wire::{DocumentCode, ReportParameterCode, ReportPreview, ReportRequest};
use crate::{ErrorCode, Session};

fn request(session: &Session, document: DocumentCode) -> ReportRequest {
    let compound = session.compound_named("五交化家属院").expect("sample");
    ReportRequest::of(document, compound.to_string())
}

fn choice(preview: &ReportPreview, code: ReportParameterCode, label: &str) -> String {
    let parameter = preview.parameters.iter().find(|one| one.code == code);
    let options = &parameter.expect("can be chosen").options;
    let found = options.iter().find(|option| option.label == label);
    found.expect("an option").value.clone()
}

#[rstest]
#[case(DocumentCode::D3, "汇总表")]
#[case(DocumentCode::SurveyResult, "公示")]
#[case(DocumentCode::ConflictMap, "矛盾图")]
#[case(DocumentCode::CrossTable, "交叉表")]
fn a_paper_about_answers_is_set(#[case] document: DocumentCode, #[case] words: &str) {
    let (folder, mut session) = sample();
    let request = request(&session, document);
    let preview = session.report_preview(&request).expect("set");
    assert!(preview.title.contains(words), "{}", preview.title);
    let path = folder.path().join("paper.pdf");
    session.report_save(&request, &path).expect("written");
    assert_eq!(&std::fs::read(&path).expect("there")[..4], b"%PDF");
}

#[test]
fn a_cross_table_leaves_small_cells_out_in_public() {
    let (folder, mut session) = sample();
    let mut request = request(&session, DocumentCode::CrossTable);
    for choice in ["轮次=第一轮 摸底调查（示例）", "行=楼栋", "列=产权性质"] {
        session.report_choose(&mut request, choice).expect(choice);
    }
    let read = |session: &mut Session, request: &ReportRequest, name: &str| {
        let path = folder.path().join(name);
        session.report_save(request, &path).expect("written");
        let bytes = std::fs::read(&path).expect("there");
        let book = jiugai_exchange::book::read_book(&bytes, name).expect("a workbook");
        let sheet = &book.sheets[0];
        let cells = sheet.rows().flat_map(|(_, cells)| cells);
        let text: Vec<_> = cells.map(|cell| sheet.text(cell)).collect();
        let text = text.join("|");
        (text.contains("|＊|"), text)
    };
    let (left_out, public) = read(&mut session, &request, "公示.xlsx");
    assert!(left_out && public.contains("能推算出少于 5 户"), "{public}");
    session
        .report_choose(&mut request, "用处=办公室（全部数字）")
        .expect("office");
    let (left_out, office) = read(&mut session, &request, "办公室.xlsx");
    assert!(!left_out && office.contains("1号楼"), "{office}");
}

#[test]
fn sheets_are_printed_for_a_building_a_room_the_missing_and_by_hand() {
    let (_folder, mut session) = sample();
    let mut request = request(&session, DocumentCode::D2);
    request.variant = Some("blank".to_owned());
    let blank = session.report_preview(&request).expect("set");
    let each = blank.page_count;
    assert!(
        blank
            .parameters
            .iter()
            .all(|one| one.code != ReportParameterCode::Building),
        "a blank sheet is of no house"
    );

    request.variant = None;
    for choice in [
        "轮次=第一轮 摸底调查（示例）",
        "楼栋=1号楼",
        "房号=1单元101",
    ] {
        session.report_choose(&mut request, choice).expect(choice);
    }
    let one = session.report_preview(&request).expect("set");
    assert!(one.file_name.contains("第一轮"), "{}", one.file_name);
    assert!(one.warnings.iter().any(|told| told.contains("共 1 份")));

    request.dwelling = None;
    let house = session.report_preview(&request).expect("set");
    assert!(house.page_count > one.page_count, "{}", house.page_count);
    request.variant = Some("missing".to_owned());
    let missing = session.report_preview(&request).expect("set");
    assert!(missing.page_count < house.page_count);

    // A room of another house is let go when the house is changed.
    request.variant = None;
    request.dwelling = Some(choice(&house, ReportParameterCode::Dwelling, "1单元101"));
    request.building = Some(choice(&house, ReportParameterCode::Building, "2号楼"));
    let other = session.report_preview(&request).expect("set");
    let room = other
        .parameters
        .iter()
        .find(|one| one.code == ReportParameterCode::Dwelling)
        .expect("rooms");
    assert_eq!(room.value, "");
    assert!(other.page_count > one.page_count && each > 0);
}

#[test]
fn without_a_round_it_is_told_where_to_make_one() {
    let (_folder, mut session) = fresh();
    let edits = edit(KindCode::Compound, None, None, &[("name", "甲院")]);
    session.record_edit(&edits).expect("made");
    let compound = session.compound_named("甲院").expect("there").to_string();
    let error = session
        .report_preview(&ReportRequest::of(DocumentCode::D2, &compound))
        .expect_err("refused");
    assert_eq!(error.code, ErrorCode::NotFound);
    assert!(error.next_step.contains("问卷调查"), "{}", error.next_step);
}
