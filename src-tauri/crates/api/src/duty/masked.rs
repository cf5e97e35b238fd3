//! 查看员: nothing that is read, printed or exported tells a whole name, and every figure is the planner's.

use std::collections::{BTreeMap, BTreeSet};

use jiugai_storage::Connection;
use serde::Serialize;

use super::tests::divided;
use super::*;
use crate::KindCode;
use crate::testing::{edit, sample};
use crate::wire::{
    DocumentCode, ExportFormat, ReportRequest, SurveyScope, WindowQuery, WishGrouping, WishQuery,
};

/// Stands behind every name, number and word that a reader may not see whole.
const SECRET: &str = "密甄密";

/// What is told by name of the command.
type Told = BTreeMap<String, String>;

fn json<T: Serialize>(reply: Result<T, ApiError>) -> String {
    match reply {
        Ok(reply) => serde_json::to_string(&reply).expect("plain data"),
        Err(error) => format!("{error}"),
    }
}

fn texts(conn: &Connection, sql: &str) -> Vec<String> {
    let mut statement = conn.prepare(sql).expect(sql);
    let rows = statement.query_map([], |row| row.get(0)).expect(sql);
    rows.collect::<Result<_, _>>().expect(sql)
}

/// Marks everything in the ledger that a reader sees otherwise than it stands there, as told by what he sees.
fn mark(session: &mut Session) -> BTreeSet<String> {
    session.duty_switch(Duty::Reader, "1111").expect("in");
    let conn = session.connection().expect("open");
    let views = "SELECT name FROM temp.sqlite_schema WHERE type = 'view' AND name <> 'search_key'";
    let mut marked = Vec::new();
    for table in texts(conn, views) {
        let columns =
            format!("SELECT name FROM pragma_table_info('{table}', 'main') WHERE type = 'TEXT'");
        for column in texts(conn, &columns) {
            let sql = format!(
                "SELECT w.rowid FROM main.\"{table}\" AS w JOIN temp.\"{table}\" AS s ON s.rowid = w.rowid
                 WHERE w.\"{column}\" IS NOT s.\"{column}\""
            );
            let mut statement = conn.prepare(&sql).expect("both");
            let rows = statement
                .query_map([], |row| row.get::<_, i64>(0))
                .expect("both");
            let rows: Vec<i64> = rows.collect::<Result<_, _>>().expect("both");
            marked.push((table.clone(), column, rows));
        }
    }
    session.duty_switch(Duty::Planner, "2468").expect("in");
    let conn = session.connection().expect("open");
    for trigger in texts(
        conn,
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'",
    ) {
        conn.execute_batch(&format!("DROP TRIGGER \"{trigger}\""))
            .expect("gone");
    }
    let mut columns = BTreeSet::new();
    for (table, column, rows) in marked {
        let value = match column.as_str() {
            "media_type" => continue,
            "params" => format!("json_set(params, '$.x', '{SECRET}')"),
            "answers" | "second" => format!(
                "replace(replace(\"{column}\", '\"t\":\"', '\"t\":\"{SECRET}'), '\"o\":\"', '\"o\":\"{SECRET}')"
            ),
            "flaws" => format!("replace(flaws, '\"text\":\"', '\"text\":\"{SECRET}')"),
            _ => format!("\"{column}\" || '{SECRET}'"),
        };
        let sql = format!("UPDATE \"{table}\" SET \"{column}\" = {value} WHERE rowid = ?1");
        let mut update = conn.prepare(&sql).expect("a column");
        for row in &rows {
            update.execute([row]).expect("marked");
        }
        if !rows.is_empty() {
            columns.insert(format!("{table}.{column}"));
        }
    }
    columns
}

fn grid(kind: KindCode) -> WindowQuery {
    WindowQuery {
        kind,
        compound: None,
        search: String::new(),
        filters: Vec::new(),
        sort: Vec::new(),
    }
}

/// What every screen reads.
fn screens(session: &mut Session) -> Told {
    let mut told = Told::new();
    let compound = session.compound_named("五交化家属院").expect("sample");
    let compound = compound.to_string();
    for kind in KindCode::ALL {
        let mut put = |what: &str, text: String| {
            let name = kind.kind().label;
            told.insert(format!("{what} {name}"), text);
        };
        let window = session.record_window(&grid(kind), 0, 400);
        let rows: Vec<String> = match &window {
            Ok(window) => window.rows.iter().map(|row| row.id.clone()).collect(),
            Err(_) => Vec::new(),
        };
        put("record_window", json(window));
        let one: Vec<String> = rows
            .iter()
            .take(30)
            .map(|id| json(session.record_get(kind, id)))
            .collect();
        put("record_get", one.concat());
        put(
            "record_options",
            json(session.record_options(kind, Some(&compound), "")),
        );
        for field in kind.kind().fields {
            put(
                &format!("record_groups {}", field.code),
                json(session.record_groups(&grid(kind), field.code)),
            );
        }
    }
    let mut put = |what: &str, text: String| drop(told.insert(what.to_owned(), text));
    put(
        "record_search",
        json(session.record_search(SECRET, Some(&compound))),
    );
    put(
        "record_search 1",
        json(session.record_search("王", Some(&compound))),
    );
    put("overview_get", json(session.overview_get()));
    put("compound_get", json(session.compound_get(&compound)));
    put("stage_get", json(session.stage_get(&compound)));
    put(
        "board_get",
        json(session.board_get(&compound, None, "willingness")),
    );
    put(
        "visit_candidates",
        json(session.visit_candidates(&compound, "")),
    );
    let rounds = session.visit_rounds(&compound).expect("rounds");
    for round in &rounds {
        put(
            &format!("visit_round_get {}", round.number),
            json(session.visit_round_get(&compound, &round.number)),
        );
    }
    put("visit_weeks", json(session.visit_weeks(&compound)));
    put("wish_conflicts", json(session.wish_conflicts(&compound)));
    put(
        "wish_list",
        json(session.wish_list(&WishQuery {
            compound: compound.clone(),
            measure: None,
            attitude: None,
            group: None,
            open: false,
        })),
    );
    let conn = session.connection().expect("open");
    let homes = texts(
        conn,
        "SELECT lower(hex(dwelling_id)) FROM main.visit UNION SELECT lower(hex(dwelling_id)) FROM main.wish LIMIT 20",
    );
    for home in homes {
        put(
            &format!("visit_timeline {home}"),
            json(session.visit_timeline(&home)),
        );
    }
    for round in session.survey_list(None).expect("rounds") {
        let id = &round.id;
        put(&format!("survey_get {id}"), json(session.survey_get(id)));
        put(
            &format!("survey_missing {id}"),
            json(session.survey_missing(id, None)),
        );
        let recent = session.survey_recent(id);
        for row in recent.as_ref().expect("recent").iter().take(20) {
            put(
                &format!("survey_response {}", row.id),
                json(session.survey_response(&row.id)),
            );
        }
        put(&format!("survey_recent {id}"), json(recent));
        put(
            &format!("survey_pending {id}"),
            json(session.survey_pending(id)),
        );
        put(
            &format!("survey_differences {id}"),
            json(session.survey_differences(id)),
        );
        put(
            &format!("survey_doors {id}"),
            json(session.survey_doors(id, "3-2-301")),
        );
        put(
            &format!("survey_entry_find {id}"),
            json(session.survey_entry_find(id, "3-2-301")),
        );
        for question in 1..30 {
            put(
                &format!("survey_open {id} {question}"),
                json(session.survey_open(id, question, "", "")),
            );
        }
    }
    for ballot in session.ballot_list(&compound).expect("ballots") {
        let id = &ballot.id;
        put(&format!("ballot_get {id}"), json(session.ballot_get(id)));
        put(&format!("ballot_roll {id}"), json(session.ballot_roll(id)));
        put(
            &format!("ballot_papers {id}"),
            json(session.ballot_papers(id)),
        );
        put(
            &format!("ballot_tally {id}"),
            json(session.ballot_tally(id)),
        );
        put(&format!("lift_get {id}"), json(session.lift_get(id)));
    }
    for plan in ids(session, "plan") {
        put(&format!("plan_page {plan}"), json(session.plan_page(&plan)));
        put(
            &format!("plan_items {plan}"),
            json(session.plan_items(&plan)),
        );
        put(
            &format!("plan_money {plan}"),
            json(session.plan_money(&plan)),
        );
    }
    put(
        "attachment_compound",
        json(session.attachment_compound(&compound)),
    );
    put("ledger_status", json(session.ledger_status()));
    put("erasure_get", json(session.erasure_get()));
    put("history_list", json(session.history_list(None, 300)));
    put("recycle_list", json(session.recycle_list()));
    put("check_waived", json(session.check_waived(None)));
    for rule in jiugai_domain::check::RULES.iter() {
        put(
            &format!("check_findings {}", rule.code),
            json(session.check_findings(None, rule.code, 0, 300)),
        );
    }
    told
}

fn ids(session: &Session, table: &str) -> Vec<String> {
    let conn = session.connection().expect("open");
    texts(
        conn,
        &format!("SELECT lower(hex(id)) FROM main.\"{table}\" ORDER BY id"),
    )
}

/// Every paper and every export, as text.
fn leaving(session: &mut Session, folder: &Path) -> Told {
    let mut told = Told::new();
    let compound = session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string();
    for document in session.report_documents() {
        let request = ReportRequest::of(document.code, compound.clone());
        let text = match session.composed(&request) {
            Ok((_, composed)) => composed.texts.concat(),
            Err(error) => format!("{error}"),
        };
        // A line of the paper may end inside of a word.
        let text: String = text.split_whitespace().collect();
        told.insert(format!("{:?}", document.code), text);
    }
    let book = |path: &Path| {
        let bytes = std::fs::read(path).expect("written");
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        let book = jiugai_exchange::book::read_book(&bytes, &name).expect("a workbook");
        let cells = book
            .sheets
            .iter()
            .flat_map(jiugai_exchange::book::Sheet::rows);
        cells
            .flat_map(|(_, cells)| cells.iter().map(|cell| format!("{cell:?}|")))
            .collect::<String>()
    };
    for code in [DocumentCode::D7, DocumentCode::D11, DocumentCode::D21] {
        let path = folder.join("纸.xlsx");
        let request = ReportRequest::of(code, compound.clone());
        if session.report_save(&request, &path).is_ok() {
            told.insert(format!("{code:?} xlsx"), book(&path));
        }
    }
    let path = folder.join("全部.xlsx");
    session.export_all(None, &path).expect("exported");
    told.insert("export_all".to_owned(), book(&path));
    for kind in KindCode::ALL {
        let path = folder.join("一张.xlsx");
        session
            .export_view(&grid(kind), None, ExportFormat::Workbook, &path)
            .expect("exported");
        told.insert(format!("export_view {kind:?}"), book(&path));
        let path = folder.join("一张.csv");
        session
            .export_csv(kind, None, false, &path)
            .expect("exported");
        let text = std::fs::read_to_string(&path).expect("written");
        told.insert(format!("export_csv {kind:?}"), text);
    }
    told
}

/// Where the secret can be read.
fn leaks(told: &Told) -> Vec<&str> {
    let leaks = told.iter().filter(|(_, text)| text.contains(SECRET));
    leaks.map(|(name, _)| name.as_str()).collect()
}

fn ready() -> (tempfile::TempDir, Session) {
    let (folder, mut session) = sample();
    divided(&mut session);
    session.duty_set(Duty::Reader, "1111").expect("set");
    (folder, session)
}

#[test]
fn a_reader_is_told_no_whole_name_anywhere() {
    let (folder, mut session) = ready();
    let marked = mark(&mut session);
    for column in [
        "owner.name",
        "household.contact",
        "household.phone",
        "visit.words",
        "response.answers",
        "ballot_entry.owners",
        "transactions.subject",
    ] {
        assert!(
            marked.contains(column),
            "{column} stands nowhere in the sample"
        );
    }
    // So that the test sees them: to the planner they are told, on screens, papers and in exports.
    let whole = [screens(&mut session), leaving(&mut session, folder.path())];
    let counts = whole.each_ref().map(|told| leaks(told).len());
    assert!(counts[0] > 30 && counts[1] > 10, "{counts:?}");
    session.duty_switch(Duty::Reader, "1111").expect("in");
    let masked = [screens(&mut session), leaving(&mut session, folder.path())];
    let none: [Vec<&str>; 2] = [Vec::new(), Vec::new()];
    assert_eq!(masked.each_ref().map(leaks), none);
    assert!(masked[0]["record_window 业主"].contains('*'));
    for refused in ["history_list", "recycle_list", "check_waived"] {
        assert!(
            masked[0][refused].contains("查看员"),
            "{refused}: {}",
            masked[0][refused]
        );
    }
    session.duty_switch(Duty::Planner, "2468").expect("in");
    assert_eq!(screens(&mut session), whole[0]);
}

/// What is reckoned.
fn figures(session: &mut Session) -> Told {
    let mut told = Told::new();
    let compound = session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string();
    let mut put = |what: &str, text: String| drop(told.insert(what.to_owned(), text));
    put("overview", json(session.overview_get()));
    put("summary", json(session.summary(None)));
    put("comparison", json(session.comparison_get(&compound, None)));
    put("standard", json(session.standard_check(&compound, None)));
    put("stage", json(session.stage_get(&compound)));
    put("check", json(session.check_summary(None)));
    for by in [
        WishGrouping::Building,
        WishGrouping::Tenure,
        WishGrouping::Age,
    ] {
        put(
            &format!("wishes {by:?}"),
            json(session.wish_tally(&compound, by)),
        );
    }
    for kind in KindCode::ALL {
        put(
            &format!("totals {kind:?}"),
            json(session.record_totals(&grid(kind))),
        );
    }
    for round in session.survey_list(None).expect("rounds") {
        let scope = SurveyScope {
            round: round.id.clone(),
            street: false,
        };
        put(
            &format!("survey {}", round.name),
            json(session.survey_get(&round.id).map(|page| page.row)),
        );
        put(
            &format!("analysis {}", round.name),
            json(session.survey_analysis(&scope)),
        );
        put(
            &format!("differences {}", round.name),
            json(session.survey_differences(&round.id).map(|all| all.len())),
        );
    }
    for ballot in session.ballot_list(&compound).expect("ballots") {
        put(
            &format!("ballot {}", ballot.name),
            json(session.ballot_get(&ballot.id).map(|page| page.checks)),
        );
        put(
            &format!("roll {}", ballot.name),
            json(
                session
                    .ballot_roll(&ballot.id)
                    .map(|roll| (roll.figures, roll.drift, roll.questions.len())),
            ),
        );
    }
    put("ballots", json(session.ballot_report(None)));
    for plan in ids(session, "plan") {
        put(&format!("money {plan}"), json(session.plan_money(&plan)));
    }
    told
}

#[test]
fn every_figure_of_a_reader_is_that_of_the_planner_but_the_disabled() {
    let (_folder, mut session) = ready();
    let whole = figures(&mut session);
    session.duty_switch(Duty::Reader, "1111").expect("in");
    let masked = figures(&mut session);
    for (what, text) in &whole {
        if what != "totals Household" {
            assert_eq!(&masked[what], text, "{what}");
        }
    }
}

#[test]
fn a_reader_changes_nothing_and_takes_no_whole_names_along() {
    let (folder, mut session) = ready();
    let compound = session
        .compound_named("五交化家属院")
        .expect("sample")
        .to_string();
    let people = session
        .record_window(&grid(KindCode::Household), 0, 1)
        .expect("rows");
    let household = people.rows[0].id.clone();
    let cells = [("remark", "先改一下")];
    let change = edit(
        KindCode::Household,
        Some(&compound),
        Some(&household),
        &cells,
    );
    session.record_edit(&change).expect("by the planner");
    session.duty_switch(Duty::Reader, "1111").expect("in");
    let status = session.ledger_status().expect("open");
    assert_eq!(
        (status.duty, status.tasks),
        (Some(Duty::Reader), Vec::new())
    );
    assert_eq!((status.undo, status.redo), (None, None));
    let cells = [("remark", "改一下")];
    let change = edit(
        KindCode::Household,
        Some(&compound),
        Some(&household),
        &cells,
    );
    let mut whole = ReportRequest::of(DocumentCode::D21, compound.clone());
    whole.variant = Some("whole".to_owned());
    whole.reason = Some("示例".to_owned());
    let out = folder.path().join("全名.pdf");
    let refusals: Vec<(&str, Option<ApiError>)> = vec![
        ("edit", session.record_edit(&change).err()),
        (
            "remove",
            session
                .record_remove(KindCode::Household, &[household])
                .err(),
        ),
        ("undo", session.history_undo().err()),
        ("backup_restore", session.backup_restore(&out).err()),
        ("duty_set", session.duty_set(Duty::Reader, "2222").err()),
        ("history", session.history_list(None, 9).err()),
        ("recycle", session.recycle_list().err()),
        ("report_save", session.report_save(&whole, &out).err()),
    ];
    for (what, refusal) in refusals {
        let refusal = refusal.unwrap_or_else(|| panic!("{what} was not refused"));
        assert_eq!(refusal.code, ErrorCode::NotOfDuty, "{what}: {refusal}");
        assert!(refusal.message.contains("查看员"), "{what}: {refusal}");
    }
    assert!(!out.exists());
    session.duty_switch(Duty::Recorder, "13579").expect("in");
    let refusal = session.report_save(&whole, &out).expect_err("recorder");
    assert_eq!(refusal.code, ErrorCode::NotOfDuty, "{refusal}");
    assert!(!out.exists());
}
