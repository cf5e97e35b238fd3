//! `jiugai import`: the same steps as in the window, told by arguments and a file of columns.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;
use jiugai_api::wire::{ImportChoices, ImportDraft, ImportPreview, ImportSettings};
use jiugai_api::{ApiError, ErrorCode, KindCode, Session};
use serde::Deserialize;

/// What is imported, and how.
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// 台账文件
    #[arg(value_name = "台账")]
    pub(crate) ledger: PathBuf,
    /// 要导入的表格（.xlsx、.xls、.et、.ods、.csv）
    #[arg(value_name = "表格")]
    file: PathBuf,
    /// 小区名称；不写就用表题里的
    #[arg(long, value_name = "小区")]
    compound: Option<String>,
    /// 列怎么对：JSON 文件；不写就按表头认
    #[arg(long, value_name = "文件")]
    map: Option<PathBuf>,
    /// 只核对，不写进台账
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// 不能导入和要改的行存成表格
    #[arg(long, value_name = "文件")]
    bad_rows: Option<PathBuf>,
    /// 按 JSON 输出
    #[arg(long)]
    json: bool,
}

/// The file of columns.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
struct Map {
    compound: Option<String>,
    overwrite_blanks: bool,
    /// Only this sheet is imported.
    sheet: Option<String>,
    kind: Option<KindCode>,
    /// Target code by header or letter: `"平方数": "dwelling.grossFloorArea"`.
    columns: BTreeMap<String, String>,
}

impl Map {
    fn read(path: Option<&Path>) -> Result<Self, ApiError> {
        let Some(path) = path else {
            return Ok(Self::default());
        };
        let text = std::fs::read_to_string(path)
            .map_err(|_| refused(&format!("读不到“{}”。", path.display())))?;
        serde_json::from_str(&text).map_err(|error| {
            refused(&format!(
                "“{}”第 {} 行看不懂。",
                path.display(),
                error.line()
            ))
        })
    }

    fn apply(&self, session: &mut Session, draft: ImportDraft) -> Result<ImportDraft, ApiError> {
        let mut draft = draft;
        let mut used = Vec::new();
        for at in 0..draft.tables.len() {
            let table = u32::try_from(at).unwrap_or(u32::MAX);
            if let Some(sheet) = &self.sheet {
                let wanted = draft.tables[at].sheet == *sheet;
                draft = session.import_set_table(draft.draft, table, wanted)?;
                if !wanted {
                    continue;
                }
            }
            if let Some(kind) = self.kind {
                draft = session.import_set_kind(draft.draft, table, kind)?;
            }
            for (name, target) in &self.columns {
                let found = draft.tables[at].columns.iter().position(|column| {
                    column.header == *name
                        || column.header.rsplit(" / ").next() == Some(name)
                        || column.letter == *name
                });
                let Some(column) = found else { continue };
                used.push(name.as_str());
                let column = u32::try_from(column).unwrap_or(u32::MAX);
                draft = session
                    .import_set_column(draft.draft, table, column, target)
                    .map_err(|_| refused(&format!("没有“{target}”这一项。")))?;
            }
        }
        match self
            .columns
            .keys()
            .find(|name| !used.contains(&name.as_str()))
        {
            Some(name) => Err(refused(&format!("表格里没有“{name}”这一列。"))),
            None => Ok(draft),
        }
    }
}

fn refused(message: &str) -> ApiError {
    ApiError::new(
        ErrorCode::Invalid,
        "列没有对上",
        format!("{message}台账没有改动。"),
        "请改好 --map 的文件再试。",
    )
}

pub(crate) fn run(session: &mut Session, import: &Import) -> Result<String, ApiError> {
    let map = Map::read(import.map.as_deref())?;
    let draft = session.import_read(&import.file)?;
    let draft = map.apply(session, draft)?;
    let compound = import.compound.clone().or(map.compound);
    let settings = ImportSettings {
        compound: compound.unwrap_or_else(|| draft.compound_name.clone()),
        overwrite_blanks: map.overwrite_blanks,
    };
    let preview = session.import_check(draft.draft, &settings)?;
    if !preview.blocked.is_empty() {
        let why = draft.tables.iter().find(|table| !table.blocked.is_empty());
        let why = why.map_or(preview.blocked.clone(), |table| table.blocked.clone());
        return Err(ApiError::new(
            ErrorCode::NoTable,
            "没有可以导入的内容",
            format!("{why}台账没有改动。"),
            "请核对表格，或者用 --map 写明哪一列是什么。",
        ));
    }
    let mut lines = Vec::new();
    if let Some(path) = &import.bad_rows
        && preview.states.flawed > 0
    {
        lines.push(session.import_save_bad_rows(draft.draft, path)?.message);
    }
    let outcome = if import.dry_run {
        None
    } else {
        let choices = ImportChoices::default();
        Some(session.import_run(draft.draft, &choices)?.value)
    };
    let counts = outcome
        .as_ref()
        .map_or(&preview.counts, |outcome| &outcome.counts);
    if import.json {
        let differing = preview.checks.iter().filter(|check| !check.equal);
        let told = serde_json::json!({
            "compound": preview.compound_name,
            "dryRun": import.dry_run,
            "states": preview.states,
            "counts": counts.iter().map(|count| (count.kind.code(), count.count)).collect::<BTreeMap<_, _>>(),
            "changed": outcome.as_ref().map(|outcome| outcome.changed),
            "people": outcome.as_ref().map_or(preview.people, |outcome| outcome.people),
            "rejectedRows": preview.states.bad,
            "checks": preview.checks.len(),
            "differingChecks": differing.map(|check| serde_json::json!({
                "row": check.row, "scope": check.scope, "column": check.column, "stated": check.stated, "computed": check.computed,
            })).collect::<Vec<_>>(),
            "tables": draft.tables.iter().map(|table| serde_json::json!({
                "sheet": table.sheet, "kind": table.kind.code(), "rows": table.rows, "included": table.included,
                "columns": table.columns.iter().map(|column| serde_json::json!({
                    "letter": column.letter, "header": column.header, "target": column.target, "reason": column.reason,
                })).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "issues": preview.issues.iter().map(|issue| serde_json::json!({
                "severity": issue.severity, "row": issue.row, "column": issue.column, "text": issue.text, "message": issue.message,
            })).collect::<Vec<_>>(),
        });
        return Ok(told.to_string());
    }
    let made: Vec<String> = counts
        .iter()
        .map(|count| format!("{} {}", count.label, count.text))
        .collect();
    let what = if made.is_empty() {
        "没有新建".to_owned()
    } else {
        made.join("，")
    };
    let verb = if import.dry_run {
        "会导入"
    } else {
        "已导入"
    };
    lines.push(format!(
        "{verb} {}：{what}；{}。",
        preview.compound_name,
        states(&preview)
    ));
    if !preview.checks.is_empty() && preview.checks.iter().all(|check| check.equal) {
        lines.push(format!(
            "小计、合计 {} 项都与各行相符。",
            preview.checks.len()
        ));
    }
    lines.extend(preview.issues.iter().map(|issue| {
        let row = issue
            .row
            .map_or_else(String::new, |row| format!("第 {row} 行 "));
        format!("{row}{}：{}", issue.column, issue.message)
    }));
    Ok(lines.join("\n"))
}

fn states(preview: &ImportPreview) -> String {
    let states = &preview.states;
    format!(
        "新增 {} 行，有改动 {} 行，没有变 {} 行，有冲突（不导入）{} 行，不能导入 {} 行",
        states.new, states.changed, states.unchanged, states.conflict, states.bad
    )
}
