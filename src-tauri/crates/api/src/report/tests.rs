mod hard;

use rstest::rstest;

use crate::testing::{edit, fresh, sample};
use crate::wire::{DocumentCode, PaperFormat, ReportOver, ReportRequest};
use crate::{KindCode, Session};

fn request(session: &Session, document: DocumentCode) -> ReportRequest {
    let compound = session.compound_named("五交化家属院").expect("sample");
    ReportRequest::of(document, compound.to_string())
}

/// The words of the paper, page by page.
fn texts(session: &mut Session, request: &ReportRequest) -> Vec<String> {
    session.composed(request).expect("set").1.texts
}

#[rstest]
#[case(DocumentCode::D1, "d1")]
#[case(DocumentCode::D5, "d5")]
#[case(DocumentCode::D7, "d7")]
#[case(DocumentCode::D11, "d11")]
#[case(DocumentCode::D12, "d12")]
#[case(DocumentCode::D13, "d13")]
#[case(DocumentCode::D14, "d14")]
#[case(DocumentCode::D15, "d15")]
#[case(DocumentCode::D16, "d16")]
#[case(DocumentCode::FigureBoard, "figure-board")]
#[case(DocumentCode::D20, "d20")]
fn a_paper_of_the_sample_says_what_was_reviewed(#[case] code: DocumentCode, #[case] name: &str) {
    let (_folder, mut session) = sample();
    let request = request(&session, code);
    let pages = texts(&mut session, &request);
    let text = pages.join("\n--- page ---\n");
    insta::assert_snapshot!(name, format!("{} pages\n{text}", pages.len()));
}

#[rstest]
#[case(DocumentCode::D1, &[PaperFormat::Pdf])]
#[case(DocumentCode::D5, &[PaperFormat::Pdf, PaperFormat::Docx])]
#[case(DocumentCode::D7, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D11, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D12, &[PaperFormat::Pdf, PaperFormat::Docx])]
#[case(DocumentCode::D6, &[PaperFormat::Pdf, PaperFormat::Docx])]
#[case(DocumentCode::D13, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D14, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D15, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D16, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::Charts, &[PaperFormat::Pdf])]
#[case(DocumentCode::FigureBoard, &[PaperFormat::Pdf])]
#[case(DocumentCode::PhotoBoard, &[PaperFormat::Pdf])]
#[case(DocumentCode::D20, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
#[case(DocumentCode::D21, &[PaperFormat::Pdf, PaperFormat::Docx, PaperFormat::Xlsx])]
fn every_kind_of_file_is_written_and_the_same_bytes_again(
    #[case] code: DocumentCode,
    #[case] formats: &[PaperFormat],
) {
    let (folder, mut session) = sample();
    let request = request(&session, code);
    assert_eq!(
        session.report_preview(&request).expect("set").formats,
        formats
    );
    for end in ["pdf", "docx", "xlsx"] {
        let path = folder.path().join(format!("paper.{end}"));
        let wanted = match end {
            "docx" => PaperFormat::Docx,
            "xlsx" => PaperFormat::Xlsx,
            _ => PaperFormat::Pdf,
        };
        let saved = session.report_save(&request, &path);
        assert_eq!(saved.is_ok(), formats.contains(&wanted), "{end}");
        if saved.is_err() {
            continue;
        }
        let bytes = std::fs::read(&path).expect("there");
        session.report_save(&request, &path).expect("again");
        assert!(
            bytes == std::fs::read(&path).expect("there"),
            "{end} differs"
        );
    }
}

#[test]
fn the_workbook_of_the_works_holds_figures_as_numbers() {
    let (folder, mut session) = sample();
    let request = request(&session, DocumentCode::D7);
    let path = folder.path().join("d7.xlsx");
    session.report_save(&request, &path).expect("written");
    let book = jiugai_exchange::book::read_book(&std::fs::read(&path).expect("there"), "d7.xlsx")
        .expect("a workbook");
    let sheet = &book.sheets[0];
    let numbers = sheet
        .rows()
        .flat_map(|(_, cells)| cells)
        .filter(|cell| cell.is_number())
        .count();
    assert!(numbers > 30, "{numbers}");
}

#[test]
fn names_are_hidden_until_whole_ones_are_chosen() {
    let (_folder, mut session) = sample();
    let mut request = request(&session, DocumentCode::D21);
    let hidden = texts(&mut session, &request).concat();
    assert!(hidden.contains("公示稿已隐去姓名") && hidden.contains('*'));
    request.variant = Some("whole".to_owned());
    let whole = texts(&mut session, &request).concat();
    assert!(!whole.contains('*') && whole.contains("不张贴"));
}

#[test]
fn letters_about_outbuildings_hold_no_words_of_enforcement() {
    let (_folder, mut session) = sample();
    for variant in [None, Some("advice".to_owned())] {
        let mut request = request(&session, DocumentCode::D12);
        request.variant = variant;
        request.dwelling = Some("each".to_owned());
        let text = texts(&mut session, &request).concat();
        for word in ["责令", "限期拆除", "强制", "处罚", "罚款", "执法"] {
            assert!(!text.contains(word), "{word}");
        }
    }
}

#[rstest]
#[case(DocumentCode::D1)]
#[case(DocumentCode::D5)]
#[case(DocumentCode::D7)]
#[case(DocumentCode::D11)]
#[case(DocumentCode::D12)]
#[case(DocumentCode::D13)]
#[case(DocumentCode::D14)]
#[case(DocumentCode::D15)]
#[case(DocumentCode::D16)]
#[case(DocumentCode::Charts)]
#[case(DocumentCode::FigureBoard)]
#[case(DocumentCode::PhotoBoard)]
#[case(DocumentCode::D20)]
#[case(DocumentCode::D21)]
fn an_empty_compound_with_a_long_name_is_set_and_warned_about(#[case] code: DocumentCode) {
    let (_folder, mut session) = fresh();
    let name = "䶮㐂园小区".repeat(4);
    session
        .record_edit(&edit(KindCode::Compound, None, None, &[("name", &name)]))
        .expect("stored");
    let compound = session.compound_named(&name).expect("there").to_string();
    let request = ReportRequest::of(code, compound);
    let preview = session.report_preview(&request).expect("set");
    assert!(preview.page_count >= 1);
    let text = texts(&mut session, &request).concat().replace('\n', "");
    if code != DocumentCode::D20 || !text.contains('〓') {
        assert!(text.contains("䶮㐂园小区"), "{text}");
    }
}

#[test]
fn what_was_printed_stands_in_the_log_and_changes_nothing_else() {
    let (folder, mut session) = sample();
    let mut names = request(&session, DocumentCode::D21);
    names.building = first_value(&mut session, &names);
    let before = session.report_preview(&names).expect("set").checksum;
    session
        .report_save(&names, &folder.path().join("a.pdf"))
        .expect("written");
    assert_eq!(
        session.report_preview(&names).expect("set").checksum,
        before
    );

    names.variant = Some("whole".to_owned());
    let refused = session.report_save(&names, &folder.path().join("b.xlsx"));
    assert_eq!(
        refused.expect_err("no reason").title,
        "还没有写为什么要全名"
    );
    names.reason = Some("逐户核对户主".to_owned());
    session
        .report_save(&names, &folder.path().join("b.xlsx"))
        .expect("written");

    let log = request(&session, DocumentCode::PrintLog);
    let text = texts(&mut session, &log).concat();
    for word in [
        "共：2 次",
        "存 PDF",
        "存 Excel",
        "逐户核对户主",
        before.as_str(),
    ] {
        assert!(text.contains(word), "{word}: {text}");
    }
}

#[test]
fn what_is_exported_stands_beside_what_was_printed() {
    let (folder, mut session) = sample();
    let log = request(&session, DocumentCode::PrintLog);
    let compound = log.compound.clone();
    for (kind, compound, name) in [
        (KindCode::Household, Some(compound.as_str()), "a.xlsx"),
        (KindCode::Road, Some(compound.as_str()), "b.csv"),
        (KindCode::Owner, None, "c.xlsx"),
    ] {
        session
            .export_ledger(kind, compound, &folder.path().join(name))
            .expect("written");
    }
    session
        .export_all(None, &folder.path().join("d.xlsx"))
        .expect("written");
    let revision = session.ledger_status().expect("status").revision;
    let lines = session.gather_prints(&log).expect("list").document;
    let table = lines.table().expect("a table");
    let told: Vec<[String; 3]> = table.parts[0]
        .rows
        .iter()
        .map(|row| [4, 5, 8].map(|at| row.cells[at].clone()))
        .collect();
    let starts = ["住户 ", "道路", "业主 ", "全部台账 "];
    for (start, rest) in starts.into_iter().zip([
        ["导出 xlsx", "全名"],
        ["导出 csv", "不含"],
        ["导出 xlsx", "全名"],
        ["导出 xlsx", "全名"],
    ]) {
        let found = told.iter().find(|one| one[0].starts_with(start));
        assert_eq!(
            found.map(|one| &one[1..]),
            Some(&rest.map(str::to_owned)[..]),
            "{told:?}"
        );
    }
    assert_eq!(told.len(), starts.len());
    assert_eq!(session.ledger_status().expect("status").revision, revision);
}

/// The password sheet never holds the password, and fits one page.
#[test]
fn the_password_sheet_is_one_page_to_be_written_on() {
    let (_folder, mut session) = sample();
    let sheet = request(&session, DocumentCode::PasswordSheet);
    session.password_set("", "海棠书桌雨伞河流").expect("set");
    let pages = texts(&mut session, &sheet);
    assert_eq!(pages.len(), 1, "{pages:?}");
    assert!(pages[0].contains("没有密码谁也打不开") && !pages[0].contains("海棠"));
}

/// The first building of a paper's choice.
fn first_value(session: &mut Session, request: &ReportRequest) -> Option<String> {
    let parameters = session.report_preview(request).expect("set").parameters;
    Some(parameters[0].options[1].value.clone())
}

#[test]
fn a_batch_has_a_paper_for_each_compound_building_or_record() {
    let (folder, mut session) = sample();
    let boards = request(&session, DocumentCode::D21);
    let count = |session: &mut Session, request: &ReportRequest, over| {
        session.report_batch(request, over).map(|items| items.len())
    };
    assert_eq!(
        count(&mut session, &boards, ReportOver::Buildings).expect("a batch"),
        8
    );
    assert_eq!(
        count(&mut session, &boards, ReportOver::Compounds).expect("a batch"),
        3
    );
    assert!(count(&mut session, &boards, ReportOver::Records).is_err());
    let letters = request(&session, DocumentCode::D12);
    let items = session
        .report_batch(&letters, ReportOver::Records)
        .expect("a batch");
    assert_eq!(items.len(), 107);
    let to = folder.path().join("一处一张");
    let saved = session
        .report_batch_save(&items[0], PaperFormat::Pdf, &to)
        .expect("written");
    assert!(
        std::fs::read(saved.path)
            .expect("there")
            .starts_with(b"%PDF")
    );
}

#[test]
fn a_sheet_for_each_open_problem_and_none_for_what_is_done() {
    let (_folder, mut session) = sample();
    let mut sheets = request(&session, DocumentCode::D14);
    sheets.dwelling = Some("open".to_owned());
    let pages = texts(&mut session, &sheets);
    assert_eq!(pages.len(), 7, "{pages:?}");
    assert!(
        !pages.concat().contains("乱搭乱建"),
        "that one is done with"
    );
    for (variant, word) in [("urge", "问题督办单"), ("answer", "办理结果")] {
        sheets.variant = Some(variant.to_owned());
        assert!(texts(&mut session, &sheets)[0].contains(word), "{word}");
    }
}

#[test]
fn the_day_moves_what_is_late() {
    let (_folder, mut session) = sample();
    let mut plan = request(&session, DocumentCode::D15);
    plan.day = Some("2021-05-20".to_owned());
    let early = texts(&mut session, &plan).concat();
    assert!(
        early.contains("超期：0 项") && early.contains("在施工"),
        "{early}"
    );
    plan.day = Some("2021-08-10".to_owned());
    assert!(texts(&mut session, &plan).concat().contains("超期 10 天"));
}

#[test]
fn papers_bear_the_time_that_was_asked_for() {
    let (_folder, mut session) = sample();
    session.date_papers("2026-03-05 09:07").expect("a time");
    let paper = request(&session, DocumentCode::D7);
    let text = texts(&mut session, &paper).concat();
    assert!(text.contains("2026 年 3 月 5 日 09:07"), "{text}");
    session.date_papers("2026-03-05").expect("a day");
    let refused = session.date_papers("明天").expect_err("no time");
    assert!(refused.next_step.contains("2026-03-05"));
}

#[test]
fn whole_names_are_not_printed_where_it_cannot_be_noted() {
    let (folder, mut session) = sample();
    let path = session.ledger_status().expect("status").path;
    session.ledger_close().expect("closed");
    session
        .ledger_open_as(std::path::Path::new(&path), false)
        .expect("opened for reading");
    let mut names = request(&session, DocumentCode::D21);
    names.variant = Some("whole".to_owned());
    names.reason = Some("核对".to_owned());
    let to = folder.path().join("a.pdf");
    let refused = session.report_save(&names, &to).expect_err("refused");
    assert_eq!(refused.title, "只能看的台账不印全名");
    names.variant = None;
    session
        .report_save(&names, &to)
        .expect("hidden names are printed");
}

#[test]
fn a_batch_of_survey_sheets_goes_through_every_household() {
    let (_folder, mut session) = sample();
    let sheets = request(&session, DocumentCode::D2);
    let preview = session.report_preview(&sheets).expect("set");
    assert_eq!(
        preview.batches,
        [
            ReportOver::Compounds,
            ReportOver::Buildings,
            ReportOver::Records
        ]
    );
    let items = session
        .report_batch(&sheets, ReportOver::Records)
        .expect("a batch");
    assert_eq!(items.len(), 307);
    let overall = request(&session, DocumentCode::D20);
    assert_eq!(session.report_preview(&overall).expect("set").batches, []);
    let one = session
        .report_batch(&overall, ReportOver::Compounds)
        .expect("one");
    assert_eq!(one.len(), 1);
}
