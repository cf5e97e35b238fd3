//! Renovation plans: standards, scenarios, and the best combination for the money.

use std::path::PathBuf;

use clap::Subcommand;
use jiugai_api::{ApiError, Session};

/// What is to be done about plans.
#[derive(Debug, Subcommand)]
pub(crate) enum Plan {
    /// 方案比选：各个方案的造价、工期、诉求、指标
    Compare {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称
        #[arg(long, value_name = "小区")]
        compound: String,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 最优组合：这些钱做哪几项，满足的诉求最多
    Optimize {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称
        #[arg(long, value_name = "小区")]
        compound: String,
        /// 预算，按元；也可以写 300万
        #[arg(long, value_name = "元")]
        budget: String,
        /// 从哪个方案里选，如 方案A；不写就是内容最多的一个
        #[arg(long, value_name = "方案")]
        plan: Option<String>,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 规范检查：改造前、方案、竣工各达不达标
    Check {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称
        #[arg(long, value_name = "小区")]
        compound: String,
        /// 方案名称或版本号；不写就是最新一版
        #[arg(long, value_name = "方案")]
        plan: Option<String>,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

pub(crate) fn run(session: &mut Session, command: &Plan) -> Result<String, ApiError> {
    match command {
        Plan::Compare {
            ledger,
            compound,
            json,
        } => {
            session.ledger_open_as(ledger, false)?;
            let report = session.plan_compare(compound)?;
            if *json {
                return serde_json::to_string_pretty(&report).map_err(|_| ApiError::internal());
            }
            Ok(report.text())
        }
        Plan::Optimize {
            ledger,
            compound,
            budget,
            plan,
            json,
        } => {
            session.ledger_open_as(ledger, false)?;
            let report = session.plan_optimize(compound, plan.as_deref(), budget)?;
            if *json {
                return serde_json::to_string_pretty(&report).map_err(|_| ApiError::internal());
            }
            Ok(report.text())
        }
        Plan::Check {
            ledger,
            compound,
            plan,
            json,
        } => {
            session.ledger_open_as(ledger, false)?;
            let report = session.standard_report(compound, plan.as_deref())?;
            if *json {
                return serde_json::to_string_pretty(&report).map_err(|_| ApiError::internal());
            }
            Ok(report.text())
        }
    }
}
