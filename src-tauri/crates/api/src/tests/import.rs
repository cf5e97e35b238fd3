//! Import of people's own tables: mapping, comparing, choosing, mending.

use std::path::PathBuf;

use crate::testing::{edit, fresh};
use crate::wire::{
    ImportChoices, ImportMark, ImportPick, ImportSettings, ImportState, ImportStates,
};
use crate::{ErrorCode, KindCode, Session};

const TABLE: &str = "\
楼号,单元,房号,业主姓名,建筑面积,联系电话,常住人口,小配房
1号楼,1单元,101,张某,61.20,,3,1
1号楼,1单元,102,李某、王某,58.00,,2,0
2号楼,2单元,301,赵某,72.50,,4,2
";

fn file(folder: &tempfile::TempDir, name: &str, text: &str) -> PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, text).expect("written");
    path
}

fn states(new: u32, changed: u32, unchanged: u32, conflict: u32, bad: u32) -> ImportStates {
    ImportStates {
        new,
        changed,
        unchanged,
        conflict,
        bad,
        flawed: bad,
    }
}

fn settings(compound: &str) -> ImportSettings {
    ImportSettings {
        compound: compound.to_owned(),
        overwrite_blanks: false,
    }
}

fn read(session: &mut Session, kind: KindCode, field: &str) -> Vec<String> {
    let compound = session.compound_named("示例院").expect("compound");
    let query = super::query(kind, Some(&compound.to_string()));
    let window = session.record_window(&query, 0, 100).expect("rows");
    let place = super::column(kind, field);
    window
        .rows
        .into_iter()
        .map(|row| row.cells[place].clone())
        .collect()
}

fn dwelling(session: &mut Session, room: &str) -> String {
    let compound = session.compound_named("示例院").expect("compound");
    let query = super::query(KindCode::Dwelling, Some(&compound.to_string()));
    let place = super::column(KindCode::Dwelling, "room");
    let window = session.record_window(&query, 0, 100).expect("rows");
    let found = window.rows.into_iter().find(|row| row.cells[place] == room);
    found.expect("a dwelling").id
}

#[test]
fn new_then_unchanged_then_changed() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    let changed = session.import_commit(&path, "示例院").expect("imported");
    let outcome = &changed.value;
    assert_eq!(outcome.people, 9);
    let counts: Vec<(KindCode, u32)> = outcome
        .counts
        .iter()
        .map(|count| (count.kind, count.count))
        .collect();
    assert_eq!(
        counts,
        [
            (KindCode::Compound, 1),
            (KindCode::Building, 2),
            (KindCode::Entrance, 2),
            (KindCode::Dwelling, 3),
            (KindCode::Owner, 4),
            (KindCode::Ownership, 4),
            (KindCode::Household, 3),
            (KindCode::Outbuilding, 2),
        ]
    );
    let draft = session.import_read(&path).expect("read");
    assert!(draft.notes[0].contains("已经导入过"), "{:?}", draft.notes);
    let preview = session
        .import_check(draft.draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(preview.states, states(0, 0, 3, 0, 0));

    let text = TABLE
        .replace("61.20,,3,1", "63.75,13800000000,,1")
        .replace("赵某,72.50,,4,2", "赵某,72.50,,4,3");
    let path = file(&folder, "表二.csv", &text);
    let draft = session.import_read(&path).expect("read");
    let preview = session
        .import_check(draft.draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(preview.states, states(0, 2, 1, 0, 0));
    let rows = session
        .import_rows(draft.draft, 0, Some(ImportState::Changed), false, 0, 10)
        .expect("rows");
    let area = &rows.rows[0].cells[4];
    assert_eq!(
        (area.mark, area.old.as_str(), area.text.as_str()),
        (ImportMark::Change, "61.20", "63.75")
    );
    assert_eq!(rows.rows[0].cells[5].mark, ImportMark::Fill);
    session
        .import_run(draft.draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea"),
        ["63.75", "58.00", "72.50"]
    );
    assert_eq!(
        read(&mut session, KindCode::Household, "people"),
        ["3", "2", "4"],
        "a blank cell empties nothing"
    );
    let mut rooms = read(&mut session, KindCode::Outbuilding, "rooms");
    rooms.sort();
    assert_eq!(rooms, ["1", "3"]);
    session.history_undo().expect("undo");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea")[0],
        "61.20"
    );
}

#[test]
fn blanks_empty_cells_when_asked_and_columns_can_be_left_out() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    session.import_commit(&path, "示例院").expect("imported");
    let text = TABLE.replace("张某,61.20,,3,1", "张某,,,5,1");
    let path = file(&folder, "表二.csv", &text);
    let draft = session.import_read(&path).expect("read").draft;
    let overwrite = ImportSettings {
        overwrite_blanks: true,
        ..settings("示例院")
    };
    let preview = session.import_check(draft, &overwrite).expect("compared");
    assert_eq!(preview.states, states(0, 1, 2, 0, 0));
    let people = preview.tables[0]
        .heads
        .iter()
        .find(|head| head.label == "常住人口")
        .expect("a column");
    assert_eq!(people.changed, 1);
    let choices = ImportChoices {
        skip_columns: vec![crate::wire::ImportColumnPick {
            table: 0,
            column: people.column,
        }],
        ..ImportChoices::default()
    };
    session.import_run(draft, &choices).expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea")[0],
        ""
    );
    assert_eq!(read(&mut session, KindCode::Household, "people")[0], "3");
}

#[test]
fn what_a_person_changed_since_is_a_conflict() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    session.import_commit(&path, "示例院").expect("imported");
    let id = dwelling(&mut session, "301");
    let typed = edit(
        KindCode::Dwelling,
        None,
        Some(&id),
        &[("grossFloorArea", "70")],
    );
    session.record_edit(&typed).expect("edited");
    let text = TABLE.replace("61.20", "61.50").replace("72.50", "72.80");
    let path = file(&folder, "表二.csv", &text);
    let draft = session.import_read(&path).expect("read").draft;
    let preview = session
        .import_check(draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(preview.states, states(0, 1, 1, 1, 0));
    let rows = session
        .import_rows(draft, 0, Some(ImportState::Conflict), false, 0, 10)
        .expect("rows");
    let cell = &rows.rows[0].cells[4];
    assert_eq!(
        (cell.mark, cell.old.as_str(), cell.text.as_str()),
        (ImportMark::Conflict, "70.00", "72.80")
    );
    session
        .import_run(draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea"),
        ["61.50", "58.00", "70.00"],
        "the person's own figure stands"
    );
    let stale = session
        .import_run(draft, &ImportChoices::default())
        .expect_err("the ledger is another one now");
    assert_eq!(stale.title, "要再核对一次");
    let path = file(&folder, "表三.csv", &text.replace("61.50", "61.60"));
    let draft = session.import_read(&path).expect("read").draft;
    session
        .import_check(draft, &settings("示例院"))
        .expect("compared");
    let row = ImportPick { table: 0, row: 2 };
    let choices = ImportChoices {
        except: vec![row],
        ..ImportChoices::default()
    };
    session.import_run(draft, &choices).expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea"),
        ["61.60", "58.00", "72.80"]
    );
}

#[test]
fn rows_about_one_place_are_shown_side_by_side_and_one_is_chosen() {
    let (folder, mut session) = fresh();
    let text = format!("{TABLE}1号楼,1单元,101,张某,66.60,,3,1\n1,1,102,李某、王某,58,,2,0\n");
    let path = file(&folder, "表.csv", &text);
    let draft = session.import_read(&path).expect("read").draft;
    let preview = session
        .import_check(draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(preview.states, states(2, 0, 1, 2, 0));
    let [group] = &preview.duplicates[..] else {
        panic!("{:?}", preview.duplicates);
    };
    assert_eq!(group.label, "1号楼1单元101");
    assert_eq!(group.heads, ["建筑面积"]);
    assert_eq!(group.rows[0].texts, ["61.20"]);
    assert_eq!(group.rows[1].texts, ["66.60"]);
    let choices = ImportChoices {
        except: vec![group.rows[1].pick],
        ..ImportChoices::default()
    };
    let done = session.import_run(draft, &choices).expect("imported");
    assert_eq!(done.value.skipped_rows, 1);
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea"),
        ["66.60", "58.00", "72.50"]
    );
}

#[test]
fn bad_rows_are_saved_with_reasons_and_come_back_mended() {
    let (folder, mut session) = fresh();
    let text = TABLE
        .replace("赵某,72.50", "赵某,约七十")
        .replace("1号楼,1单元,102", "1号楼,1单元,");
    let path = file(&folder, "表.csv", &text);
    let draft = session.import_read(&path).expect("read").draft;
    let preview = session
        .import_check(draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(
        preview.states,
        ImportStates {
            new: 2,
            bad: 1,
            flawed: 2,
            ..ImportStates::default()
        }
    );
    let done = session
        .import_run(draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!((done.value.rejected_rows, done.value.flawed_rows), (1, 2));
    let saved = folder.path().join("要改的行.xlsx");
    let told = session.import_save_bad_rows(draft, &saved).expect("saved");
    assert!(told.message.contains("2 行"), "{}", told.message);

    let again = session.import_preview(&saved).expect("read back");
    assert_eq!(again.states.bad, 1, "{again:#?}");
    assert_eq!(again.states.unchanged, 1);
    let mended = "需要修改的原因,".to_owned()
        + &TABLE
            .lines()
            .enumerate()
            .filter(|(line, _)| *line != 1)
            .map(|(line, text)| {
                if line == 0 {
                    text.to_owned()
                } else {
                    format!(",{text}")
                }
            })
            .collect::<Vec<_>>()
            .join("\n");
    let path = file(&folder, "改好.csv", &mended);
    let preview = session.import_preview(&path).expect("read");
    assert_eq!(
        preview.states,
        states(1, 1, 0, 0, 0),
        "{:#?}",
        preview.issues
    );
    session
        .import_run(preview.draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea"),
        ["61.20", "58.00", "72.50"]
    );
}

#[test]
fn a_column_set_by_hand_is_remembered_for_the_next_file() {
    let (folder, mut session) = fresh();
    let text = TABLE.replace("建筑面积", "平方数");
    let path = file(&folder, "表.csv", &text);
    let draft = session.import_read(&path).expect("read");
    let column = &draft.tables[0].columns[4];
    assert!(column.doubtful && column.target == "ignore", "{column:?}");
    let draft = session
        .import_set_column(draft.draft, 0, 4, "dwelling.grossFloorArea")
        .expect("set");
    assert_eq!(draft.tables[0].columns[4].reason, "这次选定的");
    session
        .import_check(draft.draft, &settings("示例院"))
        .expect("compared");
    session
        .import_run(draft.draft, &ImportChoices::default())
        .expect("imported");
    let path = file(&folder, "下个月.csv", &text.replace("61.20", "61.30"));
    let draft = session.import_read(&path).expect("read");
    assert!(draft.tables[0].remembered);
    assert_eq!(draft.tables[0].columns[4].target, "dwelling.grossFloorArea");
    assert_eq!(draft.tables[0].columns[4].reason, "上次是这样选的");
    assert_eq!(draft.compound_name, "示例院", "the only one there is");
}

#[test]
fn a_pasted_block_is_read_like_a_file_and_an_older_draft_is_gone() {
    let (_folder, mut session) = fresh();
    let block = TABLE.replace(',', "\t");
    let first = session.import_paste(&block).expect("read").draft;
    let second = session.import_paste(&block).expect("read").draft;
    assert_eq!(
        session
            .import_check(first, &settings("示例院"))
            .expect_err("older")
            .code,
        ErrorCode::NotFound
    );
    let preview = session
        .import_check(second, &settings("示例院"))
        .expect("compared");
    assert_eq!(preview.states, states(3, 0, 0, 0, 0));
    let nowhere = session
        .import_check(second, &settings(""))
        .expect("compared");
    assert_eq!(nowhere.states.bad, 3);
    assert!(nowhere.issues[0].message.contains("小区"));
}

#[test]
fn an_owner_changes_hands_or_name() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    session.import_commit(&path, "示例院").expect("imported");
    let text = TABLE.replace("张某", "张甲").replace("李某、王某", "李某");
    let path = file(&folder, "表二.csv", &text);
    let preview = session.import_preview(&path).expect("read");
    assert_eq!((preview.states.changed, preview.states.flawed), (1, 1));
    session
        .import_run(preview.draft, &ImportChoices::default())
        .expect("imported");
    let mut names = read(&mut session, KindCode::Owner, "name");
    names.sort();
    assert_eq!(names, ["张甲", "李某", "王某", "赵某"]);
}

#[test]
fn a_list_of_outbuildings_numbers_itself_and_finds_its_dwellings() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    session.import_commit(&path, "示例院").expect("imported");
    let list = "编号,类型,间数,占地面积,所在楼栋,关联房屋\n,违章建筑,2,12.5,1号楼,1号楼1单元102\nF-001,小配房,4,,,\nX-9,大排房,1,,9号楼,\n";
    let path = file(&folder, "附属房台账.csv", list);
    let draft = session.import_read(&path).expect("read");
    assert_eq!(draft.tables[0].kind, KindCode::Outbuilding, "{draft:#?}");
    let preview = session
        .import_check(draft.draft, &settings("示例院"))
        .expect("compared");
    assert_eq!(
        (
            preview.states.new,
            preview.states.changed,
            preview.states.flawed
        ),
        (2, 1, 1),
        "{:#?}",
        preview.issues
    );
    session
        .import_run(draft.draft, &ImportChoices::default())
        .expect("imported");
    let mut numbers = read(&mut session, KindCode::Outbuilding, "number");
    numbers.sort();
    assert_eq!(numbers, ["F-001", "F-002", "F-003", "X-9"]);
}

#[test]
fn owners_in_common_stand_in_rows_of_their_own() {
    let (_folder, mut session) = fresh();
    let block = "楼号\t单元\t房号\t业主姓名\t联系电话\t建筑面积\n\
        3\t2\t301\t示例甲\t13800000001\t60.50\n\
        3\t2\t301\t示例乙\t13800000002\t\n\
        3\t2\t302\t示例丙\t13800000003\t61.20\n";
    let draft = session.import_paste(block).expect("read");
    let settings = ImportSettings {
        compound: "示例小区".to_owned(),
        overwrite_blanks: false,
    };
    let preview = session
        .import_check(draft.draft, &settings)
        .expect("compared");
    assert_eq!(
        (
            preview.states.new,
            preview.states.conflict,
            preview.states.bad
        ),
        (2, 0, 0)
    );
    let rows = session
        .import_rows(preview.draft, 0, None, false, 0, 10)
        .expect("rows");
    assert!(
        format!("{:?}", rows.rows[1]).contains("另一位业主"),
        "{:#?}",
        rows.rows[1]
    );
    session
        .import_run(preview.draft, &ImportChoices::default())
        .expect("imported");
    let owners = session
        .record_window(&super::query(KindCode::Owner, None), 0, 10)
        .expect("owners");
    let phone = super::column(KindCode::Owner, "phone");
    let mut told: Vec<(&str, &str)> = owners
        .rows
        .iter()
        .map(|row| (row.label.as_str(), row.cells[phone].as_str()))
        .collect();
    told.sort_by_key(|(_, phone)| *phone);
    assert_eq!(
        told,
        [
            ("示例甲", "13800000001"),
            ("示例乙", "13800000002"),
            ("示例丙", "13800000003")
        ]
    );
    let ownerships = session
        .record_window(&super::query(KindCode::Ownership, None), 0, 10)
        .expect("ownerships");
    assert_eq!(ownerships.total, 3);
    let again = session.import_paste(block).expect("read");
    let again = session
        .import_check(again.draft, &settings)
        .expect("compared");
    assert_eq!(again.states.unchanged, 3, "{:#?}", again.issues);
}

#[test]
fn several_ownerships_of_one_dwelling_come_in_one_workbook() {
    let (_folder, mut session) = fresh();
    let settings = ImportSettings {
        compound: "示例小区".to_owned(),
        overwrite_blanks: false,
    };
    for block in [
        "楼号\t单元\t房号\t建筑面积\n3\t2\t301\t60.50\n",
        "业主姓名\t业主类型\n示例甲\t个人\n示例乙\t个人\n",
        "房屋\t业主\t份额\n3号楼2单元301\t示例甲\t50%\n3-2-301\t示例乙\t50%\n",
    ] {
        let mut draft = session.import_paste(block).expect("read");
        if block.contains("份额") {
            draft = session
                .import_set_kind(draft.draft, 0, KindCode::Ownership)
                .expect("set");
        }
        if block.contains("业主类型") {
            draft = session
                .import_set_kind(draft.draft, 0, KindCode::Owner)
                .expect("set");
        }
        let preview = session
            .import_check(draft.draft, &settings)
            .expect("compared");
        let states = &preview.states;
        assert_eq!(
            (states.bad, states.conflict),
            (0, 0),
            "{:#?}",
            preview.issues
        );
        session
            .import_run(preview.draft, &ImportChoices::default())
            .expect("imported");
    }
    let ownerships = session
        .record_window(&super::query(KindCode::Ownership, None), 0, 10)
        .expect("ownerships");
    assert_eq!(ownerships.total, 2);
}

#[test]
fn a_table_does_not_move_a_compound_past_its_gates() {
    let (folder, mut session) = fresh();
    let text = "小区名称,推进阶段,详细地址\n示例院,摸底,示例路1号\n";
    let made = file(&folder, "小区.csv", text);
    session.import_commit(&made, "示例院").expect("a new one");
    let stage = |session: &Session| {
        let compound = session.compound_named("示例院").expect("made");
        session
            .stage_get(&compound.to_string())
            .expect("stages")
            .current
    };
    assert_eq!(stage(&session), Some(1));
    let moved = text.replace("摸底", "施工").replace("1号", "2号") + "示例二院,施工,示例路5号\n";
    let moved = file(&folder, "小区二.csv", &moved);
    let done = session.import_commit(&moved, "示例院").expect("told").value;
    assert_eq!((done.rejected_rows, stage(&session)), (1, Some(1)));
    let same = file(&folder, "小区三.csv", &text.replace("1号", "3号"));
    let done = session
        .import_commit(&same, "示例院")
        .expect("imported")
        .value;
    assert_eq!(done.rejected_rows, 0);
}

#[test]
fn an_import_that_is_stopped_changes_nothing_and_can_be_begun_again() {
    let (folder, mut session) = fresh();
    let path = file(&folder, "表.csv", TABLE);
    let draft = session.import_read(&path).expect("read").draft;
    session
        .import_check(draft, &settings("示例院"))
        .expect("compared");
    let progress = session.progress();
    let going = progress.begin("导入");
    assert!(progress.stop());
    let stopped = session
        .import_run(draft, &ImportChoices::default())
        .expect_err("stopped");
    assert_eq!(stopped.code, crate::ErrorCode::Cancelled);
    drop(going);
    assert_eq!(
        session.ledger_status().expect("status").undo,
        None,
        "nothing was done"
    );
    session
        .import_run(draft, &ImportChoices::default())
        .expect("imported");
    assert_eq!(
        read(&mut session, KindCode::Dwelling, "grossFloorArea").len(),
        3
    );
    let undone = session.history_undo().expect("undone");
    assert!(undone.sentence.contains("导入"), "{}", undone.sentence);
}
