use std::io::{Cursor, Read};
use std::path::PathBuf;

use jiugai_exchange::form::{Form, FormError};

use super::*;
use crate::KindCode;
use crate::testing::{edit, fresh, sample};
use crate::wire::{FormDifference, FormSource, FormTarget};

fn compound(session: &Session) -> String {
    let rows = session.overview_get().expect("overview");
    rows[0].id.clone()
}

fn one(session: &Session) -> FormTarget {
    FormTarget::One {
        compound: compound(session),
    }
}

fn text(path: &Path, sheet: &str, cell: &str) -> String {
    let form = Form::open(std::fs::read(path).expect("written")).expect("a form");
    let grid = form.grid(sheet).expect("a sheet");
    grid.text(cell.parse().expect("a cell")).to_owned()
}

fn binding(sheet: &str, cell: &str, source: FormSource) -> FormBinding {
    FormBinding {
        sheet: sheet.to_owned(),
        cell: cell.to_owned(),
        source,
        unit: String::new(),
        per_row: false,
    }
}

#[test]
fn every_cell_of_the_examples_can_be_filled() {
    let (folder, session) = sample();
    for example in examples::ALL {
        let page = session
            .form_get(example.code, Some(&compound(&session)))
            .expect("a page");
        assert!(page.example && !page.bindings.is_empty());
        for bound in &page.bindings {
            let binding = &bound.binding;
            assert!(
                !bound.missing.contains("公式") && !bound.missing.contains("表样"),
                "{bound:?}"
            );
            let units = source::units_of(&binding.source);
            let known = units.iter().any(|unit| unit.name == binding.unit);
            assert!(
                known != units.is_empty() || binding.unit.is_empty(),
                "{binding:?}"
            );
            assert_ne!(bound.label, "", "{binding:?}");
        }
        let target = if page.rows {
            FormTarget::Rows
        } else {
            one(&session)
        };
        let path = folder.path().join(format!("{}.xlsx", example.code));
        session
            .form_fill(example.code, &target, &path)
            .expect("filled");
    }
    let overview = folder.path().join("overview.xlsx");
    assert_eq!(text(&overview, "基本情况", "B3"), "五交化家属院");
    assert_eq!(text(&overview, "基本情况", "F6"), "307");
    let list = folder.path().join("list.xlsx");
    assert_eq!(text(&list, "明细", "A5"), "1");
    assert_eq!(text(&list, "明细", "E5"), "307");
    assert_eq!(text(&list, "明细", "B8"), "");
}

#[test]
fn what_is_missing_stays_blank_and_is_listed() {
    let (folder, mut session) = fresh();
    session
        .record_edit(&edit(KindCode::Compound, None, None, &[("name", "新院")]))
        .expect("a compound");
    let review = session
        .form_review("overview", &one(&session))
        .expect("a review");
    let blank = |label: &str| review.blanks.iter().find(|blank| blank.label == label);
    assert!(blank("总建筑面积").is_some_and(|blank| blank.blank && !blank.reason.is_empty()));
    assert!(blank("机动车位（方案）").is_some_and(|blank| blank.reason.contains("改造方案")));
    let path = folder.path().join("空.xlsx");
    session
        .form_fill("overview", &one(&session), &path)
        .expect("filled");
    assert_eq!(text(&path, "基本情况", "D7"), "");
    assert_eq!(text(&path, "基本情况", "D11"), "");
}

#[test]
fn next_month_tells_what_changed_since_the_report() {
    let (_folder, mut session) = sample();
    let target = one(&session);
    let id = session.form_adopt("overview").expect("taken over").value;
    let review = session.form_review(&id, &target).expect("a review");
    assert_eq!(review.compared, "这张表还没有上报过");
    assert!(
        review
            .lines
            .iter()
            .all(|line| line.difference == FormDifference::New)
    );
    let noted = session.form_report(&id, &target).expect("noted");
    assert_eq!(noted.value, review.filled);
    assert!(noted.transaction.is_some());
    let again = session.form_review(&id, &target).expect("a review");
    assert_eq!((again.changed, again.filled), (0, review.filled));
    let compound = compound(&session);
    session
        .record_edit(&edit(
            KindCode::Compound,
            None,
            Some(&compound),
            &[("siteArea", "9000.5"), ("address", "七一东路 1 号（示例）")],
        ))
        .expect("edited");
    session
        .record_edit(&edit(
            KindCode::Compound,
            None,
            Some(&compound),
            &[("builtFrom", "")],
        ))
        .expect("edited");
    let changed = session.form_review(&id, &target).expect("a review");
    let of = |label: &str| {
        changed
            .lines
            .iter()
            .find(|line| line.label == label)
            .expect("a line")
    };
    assert_eq!(of("用地面积").after, "9000.5 ㎡");
    assert!(matches!(
        of("用地面积").difference,
        FormDifference::More | FormDifference::Less
    ));
    assert_eq!(of("详细地址").difference, FormDifference::Other);
    assert_eq!(of("最早建成年份").difference, FormDifference::Gone);
    assert_eq!(changed.changed, 3);
    let seen = session.form_get(&id, None).expect("a page");
    assert!(seen.reported.starts_with("上次上报 2021-03-06 09:30"));
    for _ in 0..3 {
        session.history_undo().expect("undone");
    }
    assert_eq!(
        session
            .form_review(&id, &target)
            .expect("a review")
            .compared,
        "这张表还没有上报过"
    );
    session.history_undo().expect("undone");
    assert!(session.form_get(&id, None).is_err());
}

#[test]
fn one_file_each_comes_as_an_archive_or_into_a_folder() {
    let (folder, mut session) = sample();
    session
        .record_edit(&edit(
            KindCode::Compound,
            None,
            None,
            &[("name", "二:号院")],
        ))
        .expect("a compound");
    let path = folder.path().join("各小区.zip");
    session
        .form_fill("overview", &FormTarget::Each, &path)
        .expect("filled");
    let mut archive = zip::ZipArchive::new(Cursor::new(std::fs::read(&path).expect("written")))
        .expect("an archive");
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("read");
        Form::open(bytes).expect("a form");
        names.push(part.name().expect("named").into_owned());
    }
    names.sort();
    assert_eq!(
        names,
        [
            "老旧小区基本情况表（示例）_二_号院.xlsx",
            "老旧小区基本情况表（示例）_五交化家属院.xlsx",
            "老旧小区基本情况表（示例）_示例小区1.xlsx",
            "老旧小区基本情况表（示例）_示例小区2.xlsx"
        ]
    );
    let into = folder.path().join("夹");
    std::fs::create_dir(&into).expect("a folder");
    session
        .form_fill("overview", &FormTarget::Each, &into)
        .expect("filled");
    assert_eq!(std::fs::read_dir(&into).expect("read").count(), 4);
}

#[test]
fn a_list_without_room_is_refused_before_anything_is_written() {
    let (_folder, mut session) = sample();
    for number in 0..30 {
        session
            .record_edit(&edit(
                KindCode::Compound,
                None,
                None,
                &[("name", &format!("院{number}"))],
            ))
            .expect("a compound");
    }
    let error = session
        .form_review("list", &FormTarget::Rows)
        .expect_err("no room");
    assert!(
        error
            .message
            .contains("从第 5 行起只留了 30 行，台账里有 33 个小区；第 35 行"),
        "{}",
        error.message
    );
}

#[test]
fn bindings_are_kept_at_the_top_left_and_never_on_formulas() {
    let (_folder, mut session) = sample();
    let id = session.form_adopt("overview").expect("taken over").value;
    let sheet = "基本情况";
    let actor = || FormSource::Actor;
    session
        .form_bind(
            &id,
            vec![
                binding(sheet, "C3", FormSource::Office),
                binding(sheet, "B3", actor()),
            ],
        )
        .expect("bound");
    let page = session.form_get(&id, None).expect("a page");
    assert_eq!(page.bindings.len(), 1, "one cell, the later binding");
    assert_eq!(page.bindings[0].binding, binding(sheet, "B3", actor()));
    let formula = session
        .form_bind(&id, vec![binding(sheet, "F11", actor())])
        .expect_err("a formula");
    assert!(formula.message.contains("F11"), "{}", formula.message);
    let lost = session
        .form_bind(&id, vec![binding("没有", "B2", actor())])
        .expect_err("no sheet");
    assert!(lost.message.contains("“没有”") && lost.message.contains("B2"));
    assert!(
        session.form_report("overview", &one(&session)).is_err(),
        "an example keeps no reports"
    );
}

#[test]
fn labels_suggest_what_the_examples_bind() {
    let (_folder, mut session) = sample();
    let compound = compound(&session);
    for (code, sure) in [("overview", 36), ("monthly", 22), ("list", 11)] {
        let id = session.form_adopt(code).expect("taken over").value;
        let page = session.form_get(&id, Some(&compound)).expect("a page");
        let wanted: Vec<FormBinding> = page
            .bindings
            .into_iter()
            .map(|bound| bound.binding)
            .collect();
        session.form_bind(&id, Vec::new()).expect("emptied");
        let page = session.form_get(&id, Some(&compound)).expect("a page");
        let (mut right, mut wrong) = (0, Vec::new());
        for suggestion in &page.suggestions {
            let found = &suggestion.binding;
            let same = wanted.iter().any(|wanted| {
                wanted.cell == found.cell
                    && wanted.source == found.source
                    && wanted.per_row == found.per_row
            });
            if same {
                right += 1;
            } else {
                wrong.push(format!("{} {}", found.cell, suggestion.label));
            }
        }
        assert!(right >= sure, "{code}: {right} right; {wrong:?}");
    }
}

#[test]
fn forms_of_the_wrong_sort_are_refused_in_words() {
    let (folder, mut session) = fresh();
    let mut refused = |name: &str, bytes: &[u8]| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        session.form_create(&path).expect_err("refused")
    };
    assert!(
        refused("图.xlsx", b"\x89PNG\r\n\x1a\n")
            .next_step
            .contains(".xlsx")
    );
    let mut old = vec![0; 1024];
    old[..8].copy_from_slice(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    for (index, wide) in "Workbook".encode_utf16().enumerate() {
        old[512 + 2 * index..514 + 2 * index].copy_from_slice(&wide.to_le_bytes());
    }
    assert!(refused("旧.xls", &old).next_step.contains("另存为"));
    let place = "B7".parse().expect("a cell");
    let gone = ApiError::from(FormError::NoSheet {
        sheet: "季报".to_owned(),
        place,
    });
    assert!(gone.message.contains("B7") && gone.message.contains("季报"));
}

#[test]
fn a_form_is_kept_named_and_removed() {
    let (folder, mut session) = fresh();
    let path = folder.path().join("摸底表.xlsx");
    std::fs::write(&path, examples::ALL[0].bytes).expect("written");
    let first = session.form_create(&path).expect("kept").value;
    let second = session.form_create(&path).expect("kept");
    assert_eq!(second.sentence, "新建 填表模板“摸底表（2）”");
    assert!(
        session.form_rename(&second.value, "摸底表").is_err(),
        "the name is taken"
    );
    session.form_rename(&second.value, "月报").expect("renamed");
    assert_eq!(session.form_named("月报").expect("found"), second.value);
    assert_eq!(session.form_named("monthly").expect("found"), "monthly");
    session.form_remove(&first).expect("removed");
    let names: Vec<String> = session
        .form_list()
        .expect("a list")
        .into_iter()
        .map(|row| row.name)
        .collect();
    assert_eq!(names[0], "月报");
    assert_eq!(names.len(), 4);
    session.history_undo().expect("undone");
    assert_eq!(session.form_list().expect("a list").len(), 5);
}
