//! Ballots of the owners.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiugai_api::{ApiError, Leg, Session, ballot_count};

/// What is to be done about ballots.
#[derive(Debug, Subcommand)]
pub(crate) enum Ballot {
    /// 按两张普通表计一项票：名册和票
    Count {
        /// 名册 .csv：dwelling,area_m2,owner_key,counts
        #[arg(long, value_name = "名册")]
        roll: PathBuf,
        /// 票 .csv：dwelling,choice,valid
        #[arg(long, value_name = "票")]
        votes: PathBuf,
        /// 事项：ordinary 一般（过半数）或 major 重大（四分之三）
        #[arg(long, value_enum, value_name = "事项")]
        matter: Matter,
        /// 计法：strict 只计收回的票（不写就是它）或 followMajority 从多
        #[arg(
            long,
            value_enum,
            hide_default_value = true,
            default_value = "strict",
            value_name = "计法"
        )]
        mode: Mode,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
    /// 台账里各次表决的计票
    Tally {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 表决的名称；不写就是全部
        #[arg(long, value_name = "表决")]
        ballot: Option<String>,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Matter {
    /// 一般事项
    Ordinary,
    /// 重大事项
    Major,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum Mode {
    /// 只计收回的票
    Strict,
    /// 从多
    #[value(name = "followMajority")]
    FollowMajority,
}

pub(crate) fn run(session: &mut Session, command: &Ballot) -> Result<String, ApiError> {
    match command {
        Ballot::Count {
            roll,
            votes,
            matter,
            mode,
            json,
        } => {
            let leg = match matter {
                Matter::Ordinary => Leg::Ordinary,
                Matter::Major => Leg::Major,
            };
            let follow = matches!(mode, Mode::FollowMajority);
            let count = ballot_count(roll, votes, leg, follow)?;
            if *json {
                return serde_json::to_string_pretty(&count).map_err(|_| ApiError::internal());
            }
            Ok(count.text(leg, follow))
        }
        Ballot::Tally {
            ledger,
            ballot,
            json,
        } => {
            session.ledger_open_as(ledger, false)?;
            let reports = session.ballot_report(ballot.as_deref())?;
            if *json {
                return serde_json::to_string_pretty(&reports).map_err(|_| ApiError::internal());
            }
            let mut lines = Vec::new();
            for report in &reports {
                lines.push(format!("{}：{}", report.compound, report.ballot));
                for motion in &report.motions {
                    lines.push(format!("〔{}〕", motion.motion));
                    let leg = Leg::from_code(motion.matter).unwrap_or(Leg::Major);
                    let mut count = motion.count.clone();
                    count.conflicts.clone_from(&motion.disagreeing);
                    lines.push(count.text(leg, false));
                }
            }
            if lines.is_empty() {
                lines.push("台账里还没有表决。".to_owned());
            }
            Ok(lines.join("\n"))
        }
    }
}
