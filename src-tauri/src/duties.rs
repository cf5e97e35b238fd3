//! 分工: every command says how it is held. What gives `Changed` writes by a transaction, which the ledger refuses by
//! the tables that it changes; everything else is named here, so that no new command is forgotten.

use std::collections::BTreeSet;
use std::path::Path;

/// Refused by themselves to who does not keep the ledger.
const KEEPER: [&str; 10] = [
    "attachment_purge",
    "backup_clear_foreign",
    "backup_clear_older",
    "backup_restore",
    "duty_remove",
    "duty_set",
    "erasure_archive",
    "erasure_run",
    "password_remove",
    "password_set",
];

/// Refused by themselves where whole names would leave the ledger.
const NAMES: [&str; 8] = [
    "attachment_save",
    "check_export",
    "comparison_ledger_export",
    "export_all",
    "export_view",
    "report_batch_save",
    "report_print",
    "report_save",
];

/// For everybody: they ask for a PIN or a reason, are about this computer, or write nothing but a copy.
const ANYONE: [&str; 19] = [
    "backup_create",
    "chart_save",
    "duty_enter",
    "duty_forget",
    "duty_forget_open",
    "duty_switch",
    "form_fill",
    "import_save_bad_rows",
    "ledger_choose",
    "ledger_create",
    "ledger_forget",
    "ledger_open",
    "ledger_open_sample",
    "ledger_recover",
    "ledger_unlock",
    "settings_set",
    "support_save",
    "view_remove",
    "view_save",
];

/// They read.
const READS: [&str; 112] = [
    "attachment_call_off",
    "attachment_compound",
    "attachment_list",
    "attachment_picture",
    "attachment_progress",
    "attachment_removed",
    "attachment_viewpoints",
    "backup_list",
    "backup_preview",
    "ballot_get",
    "ballot_list",
    "ballot_papers",
    "ballot_parts",
    "ballot_roll",
    "ballot_tally",
    "ballot_what_if",
    "board_get",
    "chart_get",
    "check_findings",
    "check_summary",
    "check_waived",
    "comparison_get",
    "comparison_ledger",
    "comparison_rows",
    "compound_get",
    "duty_get",
    "erasure_get",
    "form_get",
    "form_list",
    "form_review",
    "form_sources",
    "history_list",
    "import_check",
    "import_choose",
    "import_paste",
    "import_read",
    "import_rows",
    "import_set_column",
    "import_set_kind",
    "import_set_table",
    "incoming_judge",
    "incoming_take",
    "kind_list",
    "ledger_problem",
    "ledger_recent",
    "ledger_status",
    "lift_get",
    "overview_get",
    "parameter_list",
    "plan_catalogue",
    "plan_contributions",
    "plan_difference",
    "plan_items",
    "plan_money",
    "plan_page",
    "questionnaire_get",
    "questionnaire_list",
    "record_find",
    "record_get",
    "record_groups",
    "record_history",
    "record_options",
    "record_removal_preview",
    "record_search",
    "record_totals",
    "record_window",
    "recycle_list",
    "report_batch",
    "report_batch_place",
    "report_documents",
    "report_preview",
    "report_printing",
    "scenario_compare",
    "scenario_optimize",
    "settings_get",
    "stage_get",
    "standard_check",
    "sum_forms",
    "sum_get",
    "support_get",
    "support_show_folder",
    "survey_analysis",
    "survey_chart",
    "survey_cross",
    "survey_differences",
    "survey_doors",
    "survey_draft",
    "survey_drill",
    "survey_entry_find",
    "survey_get",
    "survey_import_check",
    "survey_import_choose",
    "survey_import_map",
    "survey_list",
    "survey_missing",
    "survey_open",
    "survey_pending",
    "survey_recent",
    "survey_response",
    "view_list",
    "visit_candidates",
    "visit_round_get",
    "visit_rounds",
    "visit_timeline",
    "visit_timeline_of_household",
    "visit_weeks",
    "window_hold",
    "wish_conflicts",
    "wish_list",
    "wish_tally",
    "work_progress",
    "work_stop",
];

/// The commands, and whether they write by a transaction.
fn commands() -> Vec<(String, bool)> {
    let bindings = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    let text = std::fs::read_to_string(bindings).expect("bindings are there");
    let lines = text.lines().filter_map(|line| {
        let name = line.split("__TAURI_INVOKE(\"").nth(1)?.split('"').next()?;
        Some((name.to_owned(), line.contains("typedError<Changed<")))
    });
    lines.collect()
}

#[test]
fn every_command_says_how_it_is_held() {
    let commands = commands();
    assert!(commands.len() > 200);
    let declared: Vec<&str> = [&KEEPER[..], &NAMES, &ANYONE, &READS].concat();
    let once: BTreeSet<&str> = declared.iter().copied().collect();
    assert_eq!(once.len(), declared.len(), "a command is named twice");
    let open: BTreeSet<&str> = commands
        .iter()
        .filter(|(_, by_tables)| !by_tables)
        .map(|(name, _)| name.as_str())
        .collect();
    let forgotten: Vec<_> = open.difference(&once).collect();
    assert!(forgotten.is_empty(), "not declared: {forgotten:?}");
    let stale: Vec<_> = once.difference(&open).collect();
    assert!(
        stale.is_empty(),
        "no such command, or it writes by a transaction: {stale:?}"
    );
}
