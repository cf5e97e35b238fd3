//! Gestures over many rows: finding, replacing, setting, group totals, saved views.

use std::collections::BTreeMap;

use super::{column, import, query};
use crate::testing::fresh;
use crate::wire::{
    CellText, EditGesture, FindQuery, FoundCell, GridView, ReplaceQuery, RowsEdit, SortColumn,
    Stretch,
};
use crate::{Environment, ErrorCode, KindCode, Session};

const WHOLE: Stretch = Stretch {
    from: 0,
    count: 10_000,
};

fn find(compound: &str, text: &str, fields: &[&str], whole: bool) -> FindQuery {
    FindQuery {
        query: query(KindCode::Dwelling, Some(compound)),
        fields: fields.iter().map(|field| (*field).to_owned()).collect(),
        text: text.to_owned(),
        whole,
    }
}

fn texts(session: &mut Session, compound: &str, field: &str) -> Vec<String> {
    session
        .record_window(&query(KindCode::Dwelling, Some(compound)), 0, 1000)
        .expect("window")
        .rows
        .into_iter()
        .map(|row| row.cells[column(KindCode::Dwelling, field)].clone())
        .collect()
}

#[test]
fn replacing_is_one_step_and_one_undo() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let before = texts(&mut session, &compound, "use");
    let homes = before.iter().filter(|text| *text == "住宅").count();
    assert!(homes > 100);
    let looked = find(&compound, "住宅", &["use", "room"], true);
    let found = session.record_find(&looked, WHOLE).expect("found");
    assert_eq!(found.len(), homes);
    assert_eq!(
        found[0],
        FoundCell {
            row: 0,
            field: "use".to_owned()
        }
    );

    let replace = ReplaceQuery {
        find: looked,
        replacement: "商业".to_owned(),
        only: None,
    };
    let changed = session.record_replace(&replace).expect("replaced");
    assert_eq!(changed.value.cells as usize, homes);
    assert_eq!(changed.sentence, format!("替换 {homes} 格"));
    assert!(!texts(&mut session, &compound, "use").contains(&"住宅".to_owned()));
    session.history_undo().expect("undo");
    assert_eq!(texts(&mut session, &compound, "use"), before);

    let one = ReplaceQuery {
        only: Some(FoundCell {
            row: 2,
            field: "use".to_owned(),
        }),
        ..replace
    };
    assert_eq!(
        session.record_replace(&one).expect("replaced").value.cells,
        1
    );
    let after = texts(&mut session, &compound, "use");
    assert_eq!((after[1].as_str(), after[2].as_str()), ("住宅", "商业"));
}

#[test]
fn a_part_of_a_cell_is_found_in_any_width_and_replaced_alone() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let looked = find(&compound, "１０１", &["room"], false);
    let found = session.record_find(&looked, WHOLE).expect("found");
    assert!(found.len() > 1);
    let changed = session
        .record_replace(&ReplaceQuery {
            find: looked,
            replacement: "101附".to_owned(),
            only: Some(found[0].clone()),
        })
        .expect("replaced");
    assert_eq!(changed.value.rows, 1);
    assert_eq!(texts(&mut session, &compound, "room")[0], "101附");
}

#[test]
fn what_a_cell_cannot_take_replaces_nothing_and_is_told_by_place() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let before = texts(&mut session, &compound, "grossFloorArea");
    let changed = session
        .record_replace(&ReplaceQuery {
            find: find(&compound, "62.", &["grossFloorArea"], false),
            replacement: "六十二".to_owned(),
            only: None,
        })
        .expect("told");
    assert_eq!(changed.value.cells, 0);
    assert!(changed.value.refused > 0 && changed.transaction.is_none());
    let problem = &changed.value.problems[0];
    assert_eq!(problem.place, "1号楼1单元101 的建筑面积");
    assert_eq!(problem.cell.row, 0);
    assert_eq!(texts(&mut session, &compound, "grossFloorArea"), before);
}

#[test]
fn many_rows_get_one_value_in_one_step() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let edit = RowsEdit {
        query: query(KindCode::Dwelling, Some(&compound)),
        from: 10,
        count: 200,
        cells: vec![CellText {
            field: "areaSource".to_owned(),
            text: String::new(),
        }],
        gesture: EditGesture::Clear,
    };
    assert_eq!(session.record_set(&edit).expect("set").value.rows, 200);
    let beyond = RowsEdit {
        from: 300,
        count: u32::MAX,
        ..edit
    };
    assert_eq!(session.record_set(&beyond).expect("set").value.rows, 7);
}

#[test]
fn groups_tell_counts_and_sums_with_what_shows_them() {
    let (_folder, mut session) = fresh();
    let compound = import(&mut session);
    let mut asked = query(KindCode::Dwelling, Some(&compound));
    let groups = session.record_groups(&asked, "entrance").expect("groups");
    assert_eq!(groups.heads[0], "建筑面积（㎡）");
    assert_eq!(
        groups.groups.iter().map(|group| group.count).sum::<u32>(),
        307
    );
    for group in &groups.groups {
        asked.filters = vec![group.filter.clone()];
        let totals = session.record_totals(&asked).expect("totals");
        assert_eq!(totals.count, group.count, "{}", group.label);
        assert_eq!(
            totals.sums[column(KindCode::Dwelling, "grossFloorArea")],
            group.sums[0]
        );
    }
}

fn view(name: &str) -> GridView {
    GridView {
        name: name.to_owned(),
        columns: Some(vec!["room".to_owned()]),
        widths: BTreeMap::from([("room".to_owned(), 120)]),
        frozen: Some(2),
        search: String::new(),
        filters: Vec::new(),
        sort: vec![SortColumn {
            field: "room".to_owned(),
            descending: true,
        }],
        group: Some("building".to_owned()),
    }
}

#[test]
fn saved_views_travel_with_the_ledger() {
    let (_folder, mut session) = fresh();
    session
        .view_save(KindCode::Dwelling, view(" 按房号 "))
        .expect("saved");
    session
        .view_save(KindCode::Dwelling, view("核对面积"))
        .expect("saved");
    assert_eq!(
        session
            .view_save(KindCode::Dwelling, view("  "))
            .expect_err("no name")
            .code,
        ErrorCode::Invalid
    );
    let path = session.ledger().expect("open").path().expect("file");
    let path = path.to_owned();
    let mut later = Session::new(Environment {
        data_dir: session.environment.data_dir.join("另一台"),
        ..session.environment.clone()
    });
    session.ledger = None;
    later.ledger_open(&path).expect("opened elsewhere");
    let names =
        |views: Vec<GridView>| -> Vec<String> { views.into_iter().map(|view| view.name).collect() };
    assert_eq!(
        names(later.view_list(KindCode::Dwelling).expect("list")),
        ["按房号", "核对面积"]
    );
    let first = &later.view_list(KindCode::Dwelling).expect("list")[0];
    assert_eq!(*first, view("按房号"));
    assert!(
        later
            .view_list(KindCode::Building)
            .expect("list")
            .is_empty()
    );
    let left = later
        .view_remove(KindCode::Dwelling, "按房号")
        .expect("removed");
    assert_eq!(names(left), ["核对面积"]);
}

#[test]
fn views_of_the_computer_are_offered_until_the_ledger_has_its_own() {
    let (_folder, mut session) = fresh();
    let kind = KindCode::Building;
    session
        .kept
        .views
        .insert("building".to_owned(), vec![view("从前的")]);
    let names =
        |views: Vec<GridView>| -> Vec<String> { views.into_iter().map(|view| view.name).collect() };
    assert_eq!(names(session.view_list(kind).expect("list")), ["从前的"]);
    let saved = session.view_save(kind, view("新的")).expect("saved");
    assert_eq!(names(saved), ["从前的", "新的"]);
    let left = session.view_remove(kind, "从前的").expect("removed");
    assert_eq!(names(left), ["新的"]);
    assert_eq!(names(session.view_list(kind).expect("list")), ["新的"]);
}
