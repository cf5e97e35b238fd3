//! The commands.

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use jiugai_api::{ApiError, Duty, Environment, ErrorCode, KindCode, Session, SystemClock};

use crate::ballot::{self, Ballot};
use crate::import::{self, Import};
use crate::plan::{self, Plan};
use crate::survey::{self, Survey};
use crate::tell;
use crate::visit::{self, Visit};

/// 旧改一本账：不开窗口也能用的台账工具。
#[derive(Debug, Parser)]
#[command(
    name = "jiugai",
    version,
    about = "旧改一本账：不开窗口也能用的台账工具。",
    disable_help_subcommand = true
)]
pub(crate) struct Cli {
    /// 密码写在这个文件的第一行；也可以放在环境变量 JIUGAI_PASSWORD 里
    #[arg(long, global = true, value_name = "文件")]
    password_file: Option<PathBuf>,
    /// 分了工的台账，以谁的身份打开：规划员、记录员、查看员；也可以放在环境变量 JIUGAI_DUTY 里
    #[arg(long, global = true, value_parser = duty, value_name = "身份")]
    duty: Option<Duty>,
    /// 这个身份的口令写在这个文件的第一行；也可以放在环境变量 JIUGAI_PIN 里
    #[arg(long, global = true, value_name = "文件")]
    pin_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// 新建一本空账
    New {
        /// 台账文件（.jgdb）
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
    /// 新建示例账（五交化家属院）
    Sample {
        /// 台账文件（.jgdb）
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
    /// 导入表格：摸底台账、各种台账
    Import(Import),
    /// 把台账导出为 .xlsx 或 .csv
    Export {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 种类，如 房屋、住户；不写就是全部，一种一张表
        #[arg(long, value_parser = kind, value_name = "种类")]
        kind: Option<KindCode>,
        /// 小区名称；不写就是全部
        #[arg(long, value_name = "小区")]
        compound: Option<String>,
        /// 格式：xlsx 或 csv；不写就看文件名
        #[arg(long, value_enum, value_name = "格式")]
        format: Option<Format>,
        /// .csv 的编码：utf8 或 gb18030；不写就是 utf8
        #[arg(long, value_enum, value_name = "编码")]
        encoding: Option<Encoding>,
        /// 写到哪里
        #[arg(short, long, value_name = "文件")]
        output: PathBuf,
    },
    /// 汇总数字
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
    /// 问卷调查：统计、导入
    #[command(subcommand)]
    Survey(Survey),
    /// 打印一份文件（PDF 或 Word）
    Report {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 文件编号或名称，例如 D6、一页纸改造方案（不写就是 D6）
        #[arg(
            long,
            hide_default_value = true,
            default_value = "D6",
            value_name = "文件"
        )]
        document: String,
        /// 小区名称
        #[arg(long, value_name = "小区", required_unless_present = "all")]
        compound: Option<String>,
        /// 成批印：不写小区就每个小区一份，写了小区就每栋楼（没有楼栋的，每一户、每一处）一份
        #[arg(long)]
        all: bool,
        /// 成批印成什么：pdf、docx、xlsx
        #[arg(long, hide_default_value = true, default_value = "pdf", value_parser = ["pdf", "docx", "xlsx"], value_name = "格式")]
        format: String,
        /// 成批印时按什么分：compound 每个小区、building 每栋楼、household 每一户或每一处
        #[arg(long, value_parser = ["compound", "building", "household"], requires = "all", value_name = "范围")]
        per: Option<String>,
        /// 选哪一种，例如 楼栋=3号楼；可以写几次
        #[arg(long = "with", value_name = "选项=内容")]
        choices: Vec<String>,
        /// 纸上写的生成时间，例如 2026-03-05 09:30；写定了，数据相同，文件就一个字节也不差
        #[arg(long, value_name = "时间")]
        at: Option<String>,
        /// 写到哪里（.pdf，有的文件也能写 .docx、.xlsx）；成批印时写文件夹
        #[arg(short, long, value_name = "文件")]
        output: PathBuf,
    },
    /// 填上级的表（.xlsx），数从台账来
    FillForm {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 填表模板的名称；也可以是三张示例表之一
        #[arg(value_name = "表")]
        form: String,
        /// 只填这个小区；不写就是全部小区
        #[arg(long, value_name = "小区")]
        compound: Option<String>,
        /// 写到哪里；每个小区一份时可以是文件夹或 .zip
        #[arg(short, long, value_name = "文件")]
        output: PathBuf,
        /// 填完记为已上报
        #[arg(long)]
        reported: bool,
    },
    /// 业主表决：按面积和人数计票
    #[command(subcommand)]
    Ballot(Ballot),
    /// 改造方案：规范检查、比选、最优组合
    #[command(subcommand)]
    Plan(Plan),
    /// 入户走访
    #[command(subcommand)]
    Visit(Visit),
    /// 操作记录
    History {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 最多几条（不写就是 20）
        #[arg(
            long,
            default_value_t = 20,
            hide_default_value = true,
            value_name = "条数"
        )]
        limit: u32,
    },
    /// 撤销上一步
    Undo {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
    /// 重做
    Redo {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
    /// 立即备份
    Backup {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
    /// 从备份恢复
    Restore {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 备份文件；不写就列出备份
        #[arg(value_name = "备份")]
        backup: Option<PathBuf>,
    },
    /// 数据体检：查出没填、填错、对不上的内容
    Check {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 小区名称；不写就是全部
        #[arg(long, value_name = "小区")]
        compound: Option<String>,
        /// 每个检查项最多列几条（不写就是 20）
        #[arg(
            long,
            default_value_t = 20,
            hide_default_value = true,
            value_name = "条数"
        )]
        limit: usize,
        /// 按 JSON 输出
        #[arg(long)]
        json: bool,
        /// 另外把清单写成 .xlsx，一栋楼一张表
        #[arg(short, long, value_name = "文件")]
        output: Option<PathBuf>,
    },
    /// 设、换、取消台账密码；现在的密码用 --password-file 或 JIUGAI_PASSWORD 给
    Password {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
        /// 新密码写在这个文件的第一行
        #[arg(
            long,
            value_name = "文件",
            conflicts_with = "remove",
            required_unless_present = "remove"
        )]
        new_file: Option<PathBuf>,
        /// 取消密码
        #[arg(long)]
        remove: bool,
    },
    /// 检查台账文件是否完好
    Verify {
        /// 台账文件
        #[arg(value_name = "台账")]
        ledger: PathBuf,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// 工作簿
    Xlsx,
    /// 逗号分隔的文本
    Csv,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Encoding {
    /// 带标记的 UTF-8
    Utf8,
    /// GB18030
    Gb18030,
}

/// A duty by what people call it.
fn duty(label: &str) -> Result<Duty, String> {
    Duty::from_label(label).ok_or_else(|| "请写规划员、记录员或查看员".to_owned())
}

fn kind(text: &str) -> Result<KindCode, String> {
    KindCode::ALL
        .into_iter()
        .find(|kind| kind.kind().label == text || kind.code() == text)
        .ok_or_else(|| "没有这种台账".to_owned())
}

/// Help in Chinese throughout, for a command and those below it; `above` is how it is called up to
/// its own name.
fn localized(command: clap::Command, above: &str) -> clap::Command {
    const TEMPLATE: &str = "{about}\n\n用法：{usage}\n\n{all-args}";
    let names: Vec<String> = command
        .get_subcommands()
        .map(|below| below.get_name().to_owned())
        .collect();
    let help = Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::Help)
        .help("显示用法");
    let places: Vec<String> = command
        .get_positionals()
        .map(|place| {
            let name = place
                .get_value_names()
                .and_then(|names| names.first())
                .map_or("", |name| name.as_str());
            if place.is_required_set() {
                format!(" <{name}>")
            } else {
                format!(" [{name}]")
            }
        })
        .collect();
    let path = format!("{above}{}", command.get_name());
    let usage = if names.is_empty() {
        format!("{path}{} [选项]", places.concat())
    } else {
        format!("{path} <命令>")
    };
    let mut order = 0;
    let command = command
        .help_template(TEMPLATE)
        .override_usage(usage)
        .subcommand_help_heading("命令")
        .disable_help_flag(true)
        .disable_version_flag(true)
        .arg(help)
        .mut_args(|argument| {
            order += 1;
            let heading = if argument.is_positional() {
                "参数"
            } else {
                "选项"
            };
            let takes = argument.get_action().takes_values();
            argument
                .help_heading(heading)
                .display_order(order)
                .hide_possible_values(takes)
        });
    let above = format!("{path} ");
    names.into_iter().fold(command, |command, name| {
        command.mut_subcommand(name, |below| localized(below, &above))
    })
}

impl Cli {
    /// Reads the command line; the program's name is not part of it.
    pub(crate) fn read(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, clap::Error> {
        let whole = std::iter::once(OsString::from("jiugai")).chain(arguments);
        let version = Arg::new("version")
            .short('V')
            .long("version")
            .action(ArgAction::Version)
            .help("显示版本");
        let command = localized(Self::command(), "").arg(version.help_heading("选项"));
        Self::from_arg_matches(&command.try_get_matches_from(whole)?)
    }

    pub(crate) fn run(self) -> Result<String, ApiError> {
        let mut session = Session::new(environment());
        let present = crate::password::offer(&mut session, self.password_file.as_deref())?;
        crate::password::enter(&mut session, self.duty, self.pin_file.as_deref())?;
        match self.command {
            Command::New { ledger } => {
                let status = session.ledger_create(&ledger)?;
                Ok(format!("已新建“{}”。", status.path))
            }
            Command::Sample { ledger } => {
                session.sample_create(&ledger)?;
                Ok(format!("已新建示例账“{}”。", ledger.display()))
            }
            Command::Survey(command) => survey::run(&mut session, command),
            Command::Import(arguments) => {
                session.ledger_open_as(&arguments.ledger, !arguments.dry_run)?;
                import::run(&mut session, &arguments)
            }
            Command::Export {
                ledger,
                kind,
                compound,
                format,
                encoding,
                output,
            } => {
                let is_csv = format.map_or_else(
                    || {
                        output
                            .extension()
                            .is_some_and(|end| end.eq_ignore_ascii_case("csv"))
                    },
                    |format| matches!(format, Format::Csv),
                );
                session.ledger_open_noting(&ledger)?;
                let id = compound
                    .map(|name| session.compound_named(&name))
                    .transpose()?
                    .map(|id| id.to_string());
                let gb18030 = matches!(encoding, Some(Encoding::Gb18030));
                let saved = match kind {
                    Some(kind) if is_csv => {
                        session.export_csv(kind, id.as_deref(), gb18030, &output)?
                    }
                    None if is_csv => {
                        return Err(ApiError::new(
                            ErrorCode::Invalid,
                            "没有导出",
                            ".csv 一次只放一种台账。",
                            "请用 --kind 写明哪一种，例如 --kind 房屋。",
                        ));
                    }
                    Some(kind) => session.export_ledger(kind, id.as_deref(), &output)?,
                    None => session.export_all(id.as_deref(), &output)?,
                };
                Ok(saved.message)
            }
            Command::Summary {
                ledger,
                compound,
                json,
            } => {
                session.ledger_open_as(&ledger, false)?;
                tell::summary(&session, compound.as_deref(), json)
            }
            Command::Report {
                ledger,
                document,
                compound,
                all,
                format,
                per,
                choices,
                at,
                output,
            } => {
                // Whole names are noted in the ledger, so it has to be open for work.
                let noted = choices.iter().any(|choice| choice.contains("全名"));
                session.ledger_open_as(&ledger, noted)?;
                if let Some(at) = at {
                    session.date_papers(&at)?;
                }
                let document = session.document_named(&document)?;
                let asked = crate::report::Asked {
                    compound,
                    all,
                    format,
                    per,
                    choices,
                };
                crate::report::run(&mut session, document, &asked, &output)
            }
            Command::FillForm {
                ledger,
                form,
                compound,
                output,
                reported,
            } => {
                if reported {
                    session.ledger_open_as(&ledger, true)?;
                } else {
                    session.ledger_open_noting(&ledger)?;
                }
                crate::form::fill(&mut session, &form, compound.as_deref(), &output, reported)
            }
            Command::Visit(command) => visit::run(&mut session, &command),
            Command::Plan(command) => plan::run(&mut session, &command),
            Command::Ballot(command) => ballot::run(&mut session, &command),
            Command::History { ledger, limit } => {
                session.ledger_open_as(&ledger, false)?;
                let line = |entry: jiugai_api::wire::HistoryEntry| {
                    let undone = if entry.undone { "（已撤销）" } else { "" };
                    format!(
                        "{}\t{}\t{}\t{}{undone}",
                        entry.transaction, entry.at, entry.actor, entry.sentence
                    )
                };
                Ok(session
                    .history_list(None, limit)?
                    .into_iter()
                    .map(line)
                    .collect::<Vec<_>>()
                    .join("\n"))
            }
            Command::Undo { ledger } => {
                session.ledger_open_as(&ledger, true)?;
                Ok(format!("已{}。", session.history_undo()?.sentence))
            }
            Command::Redo { ledger } => {
                session.ledger_open_as(&ledger, true)?;
                Ok(format!("已{}。", session.history_redo()?.sentence))
            }
            Command::Backup { ledger } => {
                session.ledger_open_as(&ledger, true)?;
                Ok(format!("已备份到“{}”。", session.backup_create()?.path))
            }
            Command::Restore {
                ledger,
                backup: None,
            } => {
                session.ledger_open_as(&ledger, false)?;
                let line = |entry: jiugai_api::wire::BackupEntry| {
                    format!(
                        "{}\t{}\t{}\t{}\t{}",
                        entry.at, entry.reason, entry.content, entry.size, entry.path
                    )
                };
                Ok(session
                    .backup_list()?
                    .into_iter()
                    .map(line)
                    .collect::<Vec<_>>()
                    .join("\n"))
            }
            Command::Restore {
                ledger,
                backup: Some(backup),
            } => {
                match session.ledger_open_as(&ledger, true) {
                    Err(error) if error.code == ErrorCode::Damaged => {
                        session.recover(&ledger, &backup)?;
                    }
                    opened => {
                        opened?;
                        session.backup_restore(&backup)?;
                    }
                }
                Ok(format!(
                    "已从“{}”恢复；恢复前的内容另有备份。",
                    backup.display()
                ))
            }
            Command::Check {
                ledger,
                compound,
                limit,
                json,
                output,
            } => {
                if output.is_some() {
                    session.ledger_open_noting(&ledger)?;
                } else {
                    session.ledger_open_as(&ledger, false)?;
                }
                tell::check(
                    &session,
                    compound.as_deref(),
                    limit,
                    json,
                    output.as_deref(),
                )
            }
            Command::Password {
                ledger, new_file, ..
            } => {
                session.ledger_open_as(&ledger, true)?;
                match new_file {
                    Some(file) => {
                        let new = crate::password::read(&file)?;
                        session.password_set(&present, &new)?;
                        Ok("密码已设好。忘了密码，谁也打不开这本账。".to_owned())
                    }
                    None => {
                        session.password_remove(&present)?;
                        Ok("密码已取消。".to_owned())
                    }
                }
            }
            Command::Verify { ledger } => {
                session.ledger_open_as(&ledger, false)?;
                tell::verify(&session)
            }
        }
    }
}

/// Where settings, backups and fonts are on this machine.
fn environment() -> Environment {
    Environment {
        data_dir: jiugai_api::data_dir(),
        font_dir: jiugai_api::font_dir(),
        system_fonts: jiugai_api::system_font_dirs(),
        device: jiugai_api::device(),
        clock: Arc::new(SystemClock),
    }
}
