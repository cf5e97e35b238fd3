//! The list of commands, and the TypeScript that the screens call them by.

use tauri::Runtime;
use tauri_specta::{Builder, collect_commands};

use crate::commands::{
    attachment, backup, ballot, check, form, grid, history, import, ledger, parameter, plan,
    record, report, support, survey, voice,
};

/// Every command of the window.
#[must_use]
pub fn builder<R: Runtime>() -> Builder<R> {
    Builder::<R>::new()
        .disable_serde_phases()
        .commands(collect_commands![
            ledger::ledger_status,
            ledger::ledger_create,
            ledger::ledger_choose,
            ledger::ledger_open,
            ledger::ledger_recover,
            ledger::ledger_open_sample,
            ledger::ledger_recent,
            ledger::ledger_forget,
            ledger::ledger_problem,
            ledger::settings_get,
            ledger::settings_set,
            record::kind_list,
            record::record_window,
            record::record_totals,
            record::record_get,
            record::record_edit,
            record::record_duplicate,
            record::record_removal_preview,
            record::record_remove,
            record::record_options,
            record::record_search,
            grid::record_find,
            grid::record_replace,
            grid::record_set,
            grid::record_groups,
            grid::view_list,
            grid::view_save,
            grid::view_remove,
            history::record_history,
            history::history_list,
            history::history_undo,
            history::history_redo,
            history::history_undo_transaction,
            history::recycle_list,
            history::recycle_restore,
            backup::backup_list,
            backup::backup_create,
            backup::backup_preview,
            backup::backup_restore,
            parameter::parameter_list,
            parameter::parameter_set,
            parameter::parameter_reset,
            check::check_summary,
            check::check_findings,
            check::check_waived,
            check::check_waive,
            check::check_remind,
            check::check_export,
            plan::overview_get,
            plan::compound_get,
            plan::plan_items,
            plan::plan_demolish,
            plan::plan_page,
            plan::plan_catalogue,
            plan::plan_add,
            plan::plan_use_ground,
            plan::plan_link,
            plan::plan_example_prices,
            plan::plan_publish,
            plan::plan_withdraw,
            plan::plan_new_version,
            plan::plan_difference,
            plan::plan_money,
            plan::plan_contributions,
            plan::comparison_get,
            plan::comparison_rows,
            plan::comparison_ledger,
            plan::chart_get,
            plan::chart_save,
            import::import_choose,
            import::import_read,
            import::import_paste,
            import::import_set_kind,
            import::import_set_column,
            import::import_set_table,
            import::import_check,
            import::import_rows,
            import::import_run,
            import::import_save_bad_rows,
            import::export_view,
            import::export_all,
            report::report_documents,
            report::report_preview,
            report::report_save,
            report::report_print,
            report::report_printing,
            form::form_list,
            form::form_sources,
            form::form_get,
            form::form_choose,
            form::form_create,
            form::form_adopt,
            form::form_rename,
            form::form_remove,
            form::form_bind,
            form::form_review,
            form::form_fill,
            form::form_report,
            attachment::attachment_choose,
            attachment::attachment_drop,
            attachment::attachment_paste,
            attachment::attachment_list,
            attachment::attachment_compound,
            attachment::attachment_edit,
            attachment::attachment_viewpoints,
            attachment::attachment_remove,
            attachment::attachment_removed,
            attachment::attachment_restore,
            attachment::attachment_picture,
            attachment::attachment_save,
            voice::board_get,
            voice::visit_candidates,
            voice::visit_round_make,
            voice::visit_rounds,
            voice::visit_round_get,
            voice::visit_round_close,
            voice::visit_enter,
            voice::visit_timeline,
            voice::visit_timeline_of_household,
            voice::visit_weeks,
            voice::wish_tally,
            voice::wish_list,
            voice::wish_answer,
            voice::wish_conflicts,
            survey::questionnaire_list,
            survey::questionnaire_get,
            survey::questionnaire_save,
            survey::questionnaire_remove,
            survey::survey_list,
            survey::survey_draft,
            survey::survey_create,
            survey::survey_update,
            survey::survey_renew,
            survey::survey_remove,
            survey::survey_get,
            survey::survey_missing,
            survey::survey_entry_find,
            survey::survey_entry_save,
            survey::survey_recent,
            survey::survey_response,
            survey::survey_response_remove,
            survey::survey_differences,
            survey::survey_settle,
            survey::survey_pending,
            survey::survey_doors,
            survey::survey_decide,
            survey::survey_import_choose,
            survey::survey_import_map,
            survey::survey_import_check,
            survey::survey_import_run,
            survey::survey_analysis,
            survey::survey_chart,
            survey::survey_cross,
            survey::survey_drill,
            survey::survey_open,
            survey::survey_tag,
            ballot::ballot_list,
            ballot::ballot_create,
            ballot::ballot_get,
            ballot::ballot_update,
            ballot::ballot_remove,
            ballot::ballot_set_motion,
            ballot::ballot_remove_motion,
            ballot::ballot_make_roll,
            ballot::ballot_roll,
            ballot::ballot_answer,
            ballot::ballot_object,
            ballot::ballot_open,
            ballot::ballot_reopen,
            ballot::ballot_papers,
            ballot::ballot_deliver,
            ballot::ballot_enter,
            ballot::ballot_clear,
            ballot::ballot_settle,
            ballot::ballot_tally,
            ballot::ballot_parts,
            ballot::ballot_what_if,
            ballot::ballot_rule,
            ballot::ballot_straw,
            ballot::ballot_close,
            ballot::lift_get,
            ballot::lift_set,
            support::incoming_judge,
            support::incoming_take,
            support::support_get,
            support::support_show_folder,
            support::support_save,
        ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use specta_typescript::Typescript;
    use std::path::Path;

    /// The committed file is what the commands are; `UPDATE_BINDINGS=1` writes it anew.
    #[test]
    fn committed_bindings_are_current() {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
        let folder = std::env::temp_dir().join(format!("jiugai-bindings-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("temporary folder");
        let fresh = folder.join("bindings.ts");
        builder::<tauri::Wry>()
            .export(
                Typescript::default().header("// Generated from the commands. Do not edit.\n"),
                &fresh,
            )
            .expect("bindings are exported");
        let text = std::fs::read_to_string(&fresh).expect("bindings were written");
        std::fs::remove_dir_all(&folder).expect("temporary folder is removed");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(&committed, &text).expect("bindings are updated");
        }
        let known = std::fs::read_to_string(&committed)
            .unwrap_or_default()
            .replace("\r\n", "\n");
        assert!(
            known == text,
            "ui/src/ipc/bindings.ts is stale: run this test with UPDATE_BINDINGS=1"
        );
    }
}
