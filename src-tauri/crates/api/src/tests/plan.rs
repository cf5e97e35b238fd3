//! The sample, its comparison and its paper.

use crate::testing::sample;
use crate::wire::{DocumentCode, ReportRequest, Stage};

#[test]
fn the_sample_holds_the_published_facts() {
    let (_folder, session) = sample();
    let status = session.ledger_status().expect("status");
    assert!(status.is_sample);
    assert_eq!(
        status.undo, None,
        "the making of the sample is nobody's step"
    );
    let summary = session
        .summary(Some("五交化家属院"))
        .expect("summary")
        .remove(0);
    assert_eq!(
        (
            summary.buildings,
            summary.dwellings,
            summary.people,
            summary.cycle_sheds
        ),
        (8, 307, 1100, 3)
    );
    let triple = |code: &str| {
        let found = summary
            .indicators
            .iter()
            .find(|indicator| indicator.code == code)
            .expect("indicator");
        (found.baseline, found.proposed, found.as_built)
    };
    assert_eq!(triple("rowHouseRooms"), (Some(22), Some(0), Some(0)));
    assert_eq!(triple("annexRooms"), (Some(55), Some(0), Some(0)));
    assert_eq!(triple("unauthorizedRooms"), (Some(30), Some(0), Some(0)));
    assert_eq!(triple("demolishedRooms"), (Some(0), Some(107), Some(107)));
    assert_eq!(triple("demolishedSheds"), (Some(0), Some(3), Some(3)));
    assert_eq!(triple("parkingSpaces"), (Some(60), Some(126), Some(60)));
    assert_eq!(
        triple("concentratedGreen"),
        (Some(21_000), Some(39_000), Some(21_000))
    );
    assert_eq!(
        triple("fireLaneMinWidth"),
        (Some(2_800), Some(4_000), Some(2_800))
    );
    insta::assert_json_snapshot!("summary_of_the_sample", summary);
    let verified = session.verify().expect("verify");
    assert_eq!(
        (verified.problems, verified.doubts),
        (Vec::<String>::new(), Vec::new())
    );
    assert_eq!(session.overview_get().expect("overview").len(), 3);
}

#[test]
fn every_figure_drills_down_to_its_rows() {
    let (_folder, session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let plan = session.compound_get(&compound).expect("page").plans[0]
        .id
        .clone();
    let view = session
        .comparison_get(&compound, Some(&plan))
        .expect("comparison");
    assert_eq!(view.findings.len(), 0);
    assert_eq!(view.surveyed_on, "2021年3月5日");
    let row = |code: &str| view.rows.iter().find(|row| row.code == code).expect("row");
    assert_eq!(
        (
            row("parkingSpaces").delta.as_str(),
            row("parkingSpaces").direction
        ),
        ("+66", 1)
    );
    assert_eq!(
        (
            row("rowHouseRooms").delta.as_str(),
            row("rowHouseRooms").direction
        ),
        ("−22", -1)
    );
    for indicator in &view.rows {
        for stage in [Stage::Baseline, Stage::Proposed, Stage::AsBuilt] {
            let rows = session
                .comparison_rows(&compound, Some(&plan), &indicator.code, stage)
                .expect("rows");
            assert!(!rows.formula.is_empty());
        }
    }
    let spaces = session
        .comparison_rows(&compound, Some(&plan), "parkingSpaces", Stage::Proposed)
        .expect("rows");
    assert_eq!((spaces.rows.len(), spaces.total.as_str()), (5, "126"));
    assert_eq!(
        spaces
            .rows
            .iter()
            .filter(|row| row.cause == "重新规划停车位")
            .count(),
        2
    );
}

#[test]
fn the_one_page_plan_prints() {
    let (folder, mut session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let request = ReportRequest::of(DocumentCode::D6, compound);
    let preview = session.report_preview(&request).expect("preview");
    assert_eq!(preview.pages.len(), 1);
    assert_eq!(preview.warnings, Vec::<String>::new());
    let path = folder.path().join("方案.pdf");
    session.report_save(&request, &path).expect("saved");
    let first = std::fs::read(&path).expect("written");
    assert!(first.starts_with(b"%PDF"));
    session.report_save(&request, &path).expect("saved again");
    assert!(
        std::fs::read(&path).expect("written") == first,
        "equal data and time give equal bytes"
    );
}

#[test]
fn every_document_of_the_catalogue_is_set_and_takes_its_own_choices() {
    let (folder, mut session) = sample();
    let compound = session
        .compound_named("五交化家属院")
        .expect("compound")
        .to_string();
    let documents = session.report_documents();
    for (at, document) in documents.iter().enumerate() {
        assert!(
            documents[..at]
                .iter()
                .all(|other| other.code != document.code),
            "{} twice",
            document.title
        );
        let request = ReportRequest::of(document.code, compound.clone());
        let preview = session.report_preview(&request).expect(&document.title);
        assert!(preview.page_count > 0, "{}", document.title);
        assert_eq!(
            preview.pages.len(),
            preview.widths.len(),
            "{}",
            document.title
        );
        assert_eq!(
            session.document_named(&document.title).expect("named"),
            document.code
        );
        for parameter in &preview.parameters {
            for option in parameter.options.iter().take(3) {
                let mut chosen = request.clone();
                let choice = format!("{}={}", parameter.label, option.label);
                session.report_choose(&mut chosen, &choice).expect(&choice);
                let told = session.report_preview(&chosen).expect(&choice).parameters;
                let now = told.iter().find(|one| one.code == parameter.code);
                assert_eq!(
                    now.map(|one| one.value.as_str()),
                    Some(option.value.as_str()),
                    "{choice}"
                );
            }
        }
        for format in preview.formats {
            let name = session.report_file_name(&request, format).expect("named");
            let path = folder.path().join(&name);
            session.report_save(&request, &path).expect(&name);
            let start = std::fs::read(&path).expect("written");
            let expected: &[u8] = if name.ends_with(".pdf") {
                b"%PDF"
            } else {
                b"PK"
            };
            assert!(start.starts_with(expected), "{name}");
        }
    }
}
