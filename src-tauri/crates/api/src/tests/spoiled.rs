//! Tables whose cells hold anything at all, compared and imported to the end: refused with the ledger as it
//! was, or imported as one step that one undo takes back, cell by cell.

use jiugai_exchange::workbook::{ColumnSpec, SheetCell, SheetData, write_workbook};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::testing::{Fixed, fresh};
use crate::wire::{ImportChoices, ImportSettings, ImportState};
use crate::{ApiError, Clock as _, KindCode, Session};

const HEADS: [&str; 10] = [
    "楼号",
    "单元",
    "房号",
    "业主姓名",
    "建筑面积",
    "联系电话",
    "常住人口",
    "小配房",
    "产权性质",
    "备注",
];

/// What stands in people's cells, sound and not.
fn cell() -> impl Strategy<Value = String> {
    let words: Vec<&str> = vec![
        "1号楼",
        "2#",
        "３号楼",
        "1单元",
        "门洞2",
        "101",
        "1-2-301",
        "3号楼2单元301",
        "张某",
        "李某、王某",
        "61.20",
        "６１．２㎡",
        "1,061.2",
        "-5",
        "1e9",
        "99999999999999999999",
        "=1+1",
        "@甲",
        "是",
        "否",
        "无",
        "—",
        "房改房",
        "不知道",
        "2026年3月5日",
        "139****0001",
        "13900000000",
        "合计",
        "小计",
        "307",
        "0",
        "",
        "",
        "",
        "\u{feff}",
        "第\n二行",
        "\"引号",
        "\u{202e}反",
        "𬭎某",
        "NULL",
        "<b>",
        "'; DROP TABLE dwelling; --",
    ];
    prop_oneof![
        8 => proptest::sample::select(words).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
        1 => (0u32..20_000).prop_map(|number| number.to_string()),
    ]
}

/// Everything that the ledger shows.
fn content(session: &mut Session) -> Vec<Vec<String>> {
    KindCode::ALL
        .into_iter()
        .flat_map(|kind| {
            let window = session
                .record_window(&super::query(kind, None), 0, 500)
                .expect("rows");
            window.rows.into_iter().map(|row| row.cells)
        })
        .collect()
}

/// Reads, compares and imports a file, taking whatever the comparison offers.
fn import(session: &mut Session, path: &std::path::Path, blanks: bool) -> Result<u32, ApiError> {
    let draft = session.import_read(path)?.draft;
    let settings = ImportSettings {
        compound: "示例院".to_owned(),
        overwrite_blanks: blanks,
    };
    let preview = session.import_check(draft, &settings)?;
    let choices = ImportChoices {
        states: vec![
            ImportState::New,
            ImportState::Changed,
            ImportState::Conflict,
        ],
        ..ImportChoices::default()
    };
    session.import_run(draft, &choices)?;
    Ok(preview.states.new + preview.states.changed + preview.states.conflict)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_stands_in_a_table_it_is_imported_whole_or_not_at_all(
        tables in vec((vec(vec(cell(), HEADS.len()), 1..12), any::<bool>(), any::<bool>()), 1..4),
    ) {
        let (folder, mut session) = fresh();
        for (at, (rows, workbook, blanks)) in tables.iter().enumerate() {
            let path = folder.path().join(format!("表{at}.{}", if *workbook { "xlsx" } else { "csv" }));
            let bytes = if *workbook {
                let sheet = SheetData {
                    name: "表".to_owned(),
                    columns: HEADS.iter().map(|head| ColumnSpec::text(head, 80)).collect(),
                    rows: rows
                        .iter()
                        .map(|row| row.iter().cloned().map(SheetCell::Label).collect())
                        .collect(),
                    ..SheetData::default()
                };
                write_workbook(&[sheet], Fixed.now().naive_local()).expect("written")
            } else {
                let lines = rows.iter().map(|row| row.join(","));
                let text: Vec<String> = std::iter::once(HEADS.join(",")).chain(lines).collect();
                text.join("\n").into_bytes()
            };
            std::fs::write(&path, bytes).expect("written");
            let before = content(&mut session);
            match import(&mut session, &path, *blanks) {
                Ok(rows) => {
                    if content(&mut session) != before {
                        session.history_undo().expect("one step");
                        prop_assert_eq!(&content(&mut session), &before, "{} rows are not taken back", rows);
                        session.history_redo().expect("brought again");
                    }
                }
                Err(error) => {
                    prop_assert!(!error.title.is_empty() && !error.next_step.is_empty(), "{:?}", error);
                    prop_assert_eq!(&content(&mut session), &before, "half an import");
                }
            }
        }
    }
}
