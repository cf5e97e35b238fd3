//! Ballots of the owners.

use std::path::PathBuf;

use clap::{Subcommand, ValueEnum};
use jiugai_api::{ApiError, Leg, ballot_count};

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
        #[arg(long, value_enum, hide_possible_values = true, value_name = "事项")]
        matter: Matter,
        /// 计法：strict 只计收回的票（不写就是它）或 followMajority 从多
        #[arg(
            long,
            value_enum,
            hide_possible_values = true,
            hide_default_value = true,
            default_value = "strict",
            value_name = "计法"
        )]
        mode: Mode,
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

pub(crate) fn run(command: &Ballot) -> Result<String, ApiError> {
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
    }
}
