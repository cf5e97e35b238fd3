//! The sample, its comparison and its paper.

use crate::testing::sample;
use crate::wire::{DocumentCode, NewVersion, ReportRequest, Stage};
use crate::{KindCode, Session};

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

#[test]
fn a_ledger_beside_itself_has_every_column_and_is_a_workbook() {
    let (folder, session) = sample();
    let compound = session.compound_named("五交化家属院").expect("compound");
    let compound = compound.to_string();
    let plan = session.compound_get(&compound).expect("page").plans[0]
        .id
        .clone();
    for kind in [KindCode::GreenSpace, KindCode::Outbuilding, KindCode::Road] {
        let ledger = session
            .comparison_ledger(&compound, &plan, kind, Stage::Proposed)
            .expect("a ledger");
        let labels: Vec<&str> = ledger
            .columns
            .iter()
            .map(|one| one.label.as_str())
            .collect();
        let declared: Vec<&str> = kind.kind().fields.iter().map(|field| field.label).collect();
        assert_eq!(labels, declared);
        let path = folder.path().join("对照.xlsx");
        let saved = session
            .comparison_ledger_export(&compound, &plan, kind, Stage::Proposed, &path)
            .expect("saved");
        assert!(saved.message.contains("已导出"), "{}", saved.message);
        let bytes = std::fs::read(&path).expect("written");
        let book = jiugai_exchange::book::read_book(&bytes, "对照.xlsx").expect("a workbook");
        let heads = format!("{:?}", book.sheets[0]);
        assert!(heads.contains("由哪项改造内容引起"), "{heads}");
    }
    let roads = session
        .comparison_ledger(&compound, &plan, KindCode::Road, Stage::Proposed)
        .expect("roads");
    let width = roads.columns.iter().position(|one| one.label == "最窄净宽");
    let width = width.expect("a column");
    let changed: Vec<(&str, &str)> = roads
        .rows
        .iter()
        .map(|row| &row.cells[width])
        .filter(|cell| cell.before != cell.after && !cell.before.is_empty())
        .map(|cell| (cell.before.as_str(), cell.after.as_str()))
        .collect();
    assert_eq!(changed, [("2.80", "4.00")]);
}

#[test]
fn what_the_newest_version_dropped_answers_nothing_any_more() {
    let (_folder, mut session) = sample();
    let compound = session.compound_named("五交化家属院").expect("compound");
    let compound = compound.to_string();
    let told = |session: &Session| {
        let view = session.stage_get(&compound).expect("stages");
        let mut all = view.stages.into_iter().flat_map(|stage| stage.conditions);
        all.find(|one| one.code == "problems").expect("asked").told
    };
    let newest = |session: &Session| {
        let page = session.compound_get(&compound).expect("page");
        page.plans[0].id.clone()
    };
    let closed = |session: &Session| {
        let plan = newest(session);
        let view = session
            .comparison_get(&compound, Some(&plan))
            .expect("compared");
        let mut rows = view.rows.into_iter();
        let row = rows
            .find(|row| row.code == "problemsClosed")
            .expect("a row");
        (row.baseline, row.proposed)
    };
    let (before, share) = (told(&session), closed(&session));
    assert_eq!(share.0, "—");
    let next = NewVersion {
        plan: newest(&session),
        scenario: String::new(),
    };
    let next = session.plan_new_version(&next).expect("copied").value;
    assert_eq!(
        (told(&session), closed(&session)),
        (before.clone(), share.clone())
    );
    let items = session.plan_items(&next).expect("items");
    let pipes = items
        .iter()
        .find(|item| item.name == "疏通污水管网")
        .expect("an item");
    session
        .record_remove(KindCode::WorkItem, std::slice::from_ref(&pipes.id))
        .expect("removed");
    assert_ne!(told(&session), before);
    assert_ne!(closed(&session), share);
}
