//! `jiugai survey`: rounds and their counts, and questionnaire files.

use std::path::PathBuf;

use clap::Subcommand;
use jiugai_api::wire::{SurveyImported, SurveySummary};
use jiugai_api::{ApiError, Session};

/// What is done with surveys.
#[derive(Debug, Subcommand)]
pub(crate) enum Survey {
    /// 每轮调查的入户率、同意率和每道题的统计
    Summary {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称；不写就是全部
        #[arg(long, value_name = "小区")]
        compound: Option<String>,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 把问卷星等导出的问卷文件导入一轮调查
    Import {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 问卷文件（.xlsx、.xls、.csv）
        #[arg(value_name = "文件")]
        file: PathBuf,
        /// 小区名称
        #[arg(long, value_name = "小区")]
        compound: String,
        /// 轮次名称
        #[arg(long, value_name = "轮次")]
        round: String,
        /// 只核对，不写进台账
        #[arg(long)]
        dry_run: bool,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

/// Runs a command.
pub(crate) fn run(session: &mut Session, command: Survey) -> Result<String, ApiError> {
    match command {
        Survey::Summary {
            ledger,
            compound,
            json,
        } => {
            session.ledger_open_as(&ledger, false)?;
            let compound = compound
                .map(|name| session.compound_named(&name))
                .transpose()?
                .map(|id| id.to_string());
            let rounds = session.survey_summary(compound.as_deref())?;
            if json {
                return serde_json::to_string_pretty(&rounds).map_err(|_| ApiError::internal());
            }
            if rounds.is_empty() {
                return Ok("还没有调查轮次。".to_owned());
            }
            Ok(rounds.iter().map(told).collect::<Vec<_>>().join("\n"))
        }
        Survey::Import {
            ledger,
            file,
            compound,
            round,
            dry_run,
            json,
        } => {
            session.ledger_open_as(&ledger, !dry_run)?;
            let compound = session.compound_named(&compound)?.to_string();
            let round = session.survey_named(&compound, &round)?;
            session.survey_import_read(&round, &file)?;
            let done = if dry_run {
                session.survey_import_check()?
            } else {
                session.survey_import_run()?.value
            };
            if json {
                return serde_json::to_string_pretty(&done).map_err(|_| ApiError::internal());
            }
            Ok(imported(&done, dry_run))
        }
    }
}

fn told(summary: &SurveySummary) -> String {
    let round = &summary.round;
    let mut lines = vec![format!(
        "{} {}：{} 户答了 {} 户（{}），待处理 {} 份",
        summary.compound, round.name, round.households, round.answered, round.rate, round.pending
    )];
    lines.extend(summary.thresholds.iter().map(|line| {
        format!(
            "  {} {}（门槛 {}）：{}",
            line.label, line.rate, line.share, line.sentence
        )
    }));
    lines.join("\n")
}

fn imported(done: &SurveyImported, dry_run: bool) -> String {
    let mut lines = vec![format!(
        "{}：{} 行，计入 {} 份（按房号 {}、按电话 {}、按姓名 {}）；没对上住户 {}，重复 {}，不在日期内 {}，以前导入过 {}，有答案不能用 {}。",
        if dry_run {
            "只核对，没有写进台账"
        } else {
            "已导入"
        },
        done.rows,
        done.counted,
        done.by_room,
        done.by_phone,
        done.by_name,
        done.unmatched,
        done.duplicates,
        done.untimely,
        done.repeated,
        done.flawed
    )];
    lines.extend(done.problems.iter().cloned());
    lines.join("\n")
}
