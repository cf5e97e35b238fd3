use jiugai_domain::KindCode;
use rstest::rstest;

use crate::testing::{edit, fresh, sample};
use crate::wire::{DocumentCode, PaperFormat, ReportParameterCode, ReportRequest};
use crate::{ErrorCode, Session};

fn compound(session: &Session) -> String {
    session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string()
}

fn request(session: &Session, document: DocumentCode) -> ReportRequest {
    ReportRequest::of(document, compound(session))
}

/// Words of a building of the roll.
fn first_building(session: &mut Session, request: &ReportRequest) -> String {
    let preview = session.report_preview(request).expect("set");
    let buildings = preview
        .parameters
        .iter()
        .find(|one| one.code == ReportParameterCode::Building)
        .expect("buildings");
    buildings.options[1].value.clone()
}

#[rstest]
#[case(DocumentCode::BallotNotice)]
#[case(DocumentCode::RollNotice)]
#[case(DocumentCode::D8)]
#[case(DocumentCode::D9)]
#[case(DocumentCode::ProxyForm)]
#[case(DocumentCode::TallySheet)]
#[case(DocumentCode::D10)]
fn every_paper_is_set_with_its_choices_and_is_a_word_document_too(#[case] document: DocumentCode) {
    let (folder, mut session) = sample();
    let mut request = request(&session, document);
    if session.document_named("表决票及存根").expect("known") == document {
        request.building = Some("1号楼".to_owned());
    }
    let preview = session.report_preview(&request).expect("set");
    assert!(!preview.pages.is_empty());
    assert!(
        preview
            .formats
            .starts_with(&[PaperFormat::Pdf, PaperFormat::Docx])
    );
    let ballots = &preview.parameters[0];
    assert_eq!(ballots.code, ReportParameterCode::Ballot);
    assert!(ballots.options.len() > 1);
    let path = folder.path().join("paper.docx");
    session.report_save(&request, &path).expect("written");
    assert_eq!(&std::fs::read(&path).expect("there")[..2], b"PK");
}

#[test]
fn a_result_looks_for_a_closed_ballot_and_papers_for_an_open_one() {
    let (_folder, mut session) = sample();
    let mut chosen = |document| {
        let request = request(&session, document);
        let preview = session.report_preview(&request).expect("set");
        let ballots = preview.parameters[0].clone();
        let label = ballots
            .options
            .into_iter()
            .find(|one| one.value == ballots.value);
        label.expect("one of them").label
    };
    assert!(chosen(DocumentCode::D10).ends_with("（已封存）"));
    assert!(chosen(DocumentCode::TallySheet).ends_with("（进行中）"));
}

#[test]
fn choices_are_taken_in_the_words_of_the_screen() {
    let (_folder, mut session) = sample();
    let mut roll = request(&session, DocumentCode::RollNotice);
    let building = first_building(&mut session, &roll);
    let all = session.report_preview(&roll).expect("set").page_count;
    for choice in [
        format!("楼栋={building}"),
        "姓名=全名（办公室核对用）".to_owned(),
        "异议截止=2026-03-31".to_owned(),
    ] {
        session.report_choose(&mut roll, &choice).expect("a choice");
    }
    let preview = session.report_preview(&roll).expect("set");
    assert!(preview.page_count < all, "one building is shorter");
    assert!(preview.warnings.iter().any(|told| told.contains("全名")));
    let refused = session
        .report_choose(&mut roll, "楼栋=没有的楼")
        .expect_err("no such building");
    assert_eq!(refused.code, ErrorCode::NotFound);
    roll.day = Some("三月底".to_owned());
    let refused = session.report_preview(&roll).expect_err("no day");
    assert!(refused.message.contains("异议截止日期"), "{refused:?}");
}

#[test]
fn a_letter_of_authority_for_each_line_of_the_roll() {
    let (_folder, mut session) = sample();
    let mut proxies = request(&session, DocumentCode::ProxyForm);
    assert_eq!(session.report_preview(&proxies).expect("set").page_count, 1);
    session
        .report_choose(&mut proxies, "填写=按名册一套一张")
        .expect("a choice");
    let building = first_building(&mut session, &proxies);
    proxies.building = Some(building);
    assert!(session.report_preview(&proxies).expect("set").page_count > 10);
}

#[test]
fn without_a_ballot_the_paper_says_where_to_begin() {
    let (_folder, mut session) = fresh();
    let made = session
        .record_edit(&edit(
            KindCode::Compound,
            None,
            None,
            &[("name", "空院（示例）")],
        ))
        .expect("a compound");
    let compound = made.value.ids[0].clone();
    let refused = session
        .report_preview(&ReportRequest::of(DocumentCode::D8, compound))
        .expect_err("no ballot");
    assert_eq!(refused.code, ErrorCode::NotFound);
    assert!(refused.next_step.contains("业主表决"), "{refused:?}");
}
