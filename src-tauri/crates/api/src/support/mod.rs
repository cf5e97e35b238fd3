//! What those who help get to see (技术支持): about program, machine and the soundness of the
//! ledger, never its contents.

mod log;

pub use log::Log;

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};
use std::path::Path;

use jiugai_domain::KindCode;
use jiugai_storage::query::{WindowQuery, invariants, totals};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::machine::{Place, data_place, system};
use crate::text::{counted, minute};
use crate::verify::{broken, sentence};
use crate::wire::{SavedFile, SupportFacts};
use crate::{ApiError, ErrorCode, Session};

/// Records at fault that are counted; more are told as “at least”.
const COUNTED: usize = 10_000;

const NEVER: &str =
    "里面没有台账的内容：没有小区和房号，没有姓名、电话，没有文件名，也没有这台电脑的用户名。";

const CONTENTS: [&str; 5] = [
    "程序版本、操作系统、网页组件的版本",
    "程序出错的记录（时间、出错的位置）",
    "设置：大字显示、备份位置是否另设，不含姓名、单位和文件夹名",
    "当前台账的检查结果：查出几处、是哪一类",
    "当前台账各类记录的条数和文件大小",
];

impl Session {
    /// What the settings screen tells those who help.
    #[must_use]
    pub fn support_get(&self, web_view: &str) -> SupportFacts {
        let folder = &self.environment.data_dir;
        let at = data_place();
        let note = match at.place {
            Place::Portable if at.folder == *folder => {
                "便携使用：设置和备份都在程序旁边的“数据”文件夹里，可以整个拷走。"
            }
            _ => "",
        };
        SupportFacts {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            system: system(),
            web_view: web_view.to_owned(),
            data_folder: folder.to_string_lossy().into_owned(),
            data_note: note.to_owned(),
            contents: CONTENTS.map(str::to_owned).to_vec(),
            never: NEVER.to_owned(),
        }
    }

    /// The log of this data folder.
    #[must_use]
    pub fn log(&self) -> Log {
        Log::new(&self.environment.data_dir)
    }

    /// Name proposed for the collected file.
    #[must_use]
    pub fn support_file_name(&self) -> String {
        format!(
            "旧改一本账 技术支持 {}.zip",
            self.now().format("%Y%m%d-%H%M")
        )
    }

    /// Collects what those who help need into one file.
    ///
    /// # Errors
    /// Those of the disk.
    pub fn support_save(&self, web_view: &str, path: &Path) -> Result<SavedFile, ApiError> {
        let mut files = vec![
            ("说明.txt".to_owned(), self.readme().into_bytes()),
            ("程序和系统.txt".to_owned(), about(web_view).into_bytes()),
            ("设置.txt".to_owned(), self.told_settings().into_bytes()),
            ("台账检查.txt".to_owned(), self.told_ledger().into_bytes()),
        ];
        for (name, bytes) in self.log().files() {
            files.push((format!("日志/{name}"), bytes));
        }
        let bytes = pack(&files).map_err(|_| ApiError::internal())?;
        let mut saved = crate::export::save(path, &bytes)?;
        saved.message = format!("已保存到“{}”，请把这个文件发给技术支持。", saved.path);
        Ok(saved)
    }

    fn readme(&self) -> String {
        let mut lines = vec![
            "旧改一本账 技术支持文件".to_owned(),
            format!("收集时间：{}", minute(self.now())),
            String::new(),
            "里面有：".to_owned(),
        ];
        lines.extend(CONTENTS.iter().map(|line| format!("· {line}")));
        lines.push(String::new());
        lines.push(NEVER.to_owned());
        lines.join("\r\n")
    }

    fn told_settings(&self) -> String {
        let settings = &self.kept.settings;
        let filled = |text: &str| {
            if text.is_empty() {
                "没有填"
            } else {
                "填了"
            }
        };
        [
            format!(
                "大字显示：{}",
                if settings.large_text { "开" } else { "关" }
            ),
            format!("单位名称：{}", filled(&settings.office)),
            format!(
                "备份位置：{}",
                if settings.backup_folder.is_empty() {
                    "默认"
                } else {
                    "另设"
                }
            ),
            format!("最近打开的台账：{} 本", self.recent_count()),
        ]
        .join("\r\n")
    }

    /// Soundness and size of the open ledger, by sort and number.
    fn told_ledger(&self) -> String {
        let lines = self
            .ledger_lines()
            .unwrap_or_else(|error| match error.code {
                ErrorCode::NoLedger => vec!["现在没有打开台账。".to_owned()],
                _ => vec![format!("检查没有做成：{}", error.title)],
            });
        lines.join("\r\n")
    }

    fn ledger_lines(&self) -> Result<Vec<String>, ApiError> {
        let ledger = self.ledger()?;
        let conn = ledger.connection();
        let bytes = ledger
            .path()
            .and_then(|path| std::fs::metadata(path).ok())
            .map_or(0, |about| about.len());
        let mut lines = vec![
            format!("示例台账：{}", if self.is_sample() { "是" } else { "否" }),
            format!(
                "只读：{}",
                if ledger.read_only().is_some() {
                    "是"
                } else {
                    "否"
                }
            ),
            format!("文件大小：{}", crate::text::size(bytes)),
            format!("操作次数：{}", ledger.revision()?),
            format!(
                "上次备份：{}",
                ledger
                    .last_backup_at()?
                    .map_or_else(|| "没有".to_owned(), crate::text::local_minute)
            ),
            String::new(),
            "检查结果：".to_owned(),
        ];
        let problems = ledger.verify(&[])?;
        let violations = invariants::violations(conn, COUNTED)?;
        if problems.is_empty() && violations.is_empty() {
            lines.push("台账完好。".to_owned());
        }
        lines.extend(problems.iter().map(sentence));
        lines.extend(sorted(&violations));
        lines.extend(sorted(&invariants::doubts(conn, COUNTED)?));
        lines.push(String::new());
        lines.push("记录条数：".to_owned());
        for kind in KindCode::ALL {
            let count = totals(conn, &WindowQuery::all(kind, None))?.count;
            let count = usize::try_from(count).unwrap_or_default();
            lines.push(format!("{}：{}", kind.kind().label, counted(kind, count)));
        }
        Ok(lines)
    }
}

/// How many records break which rule, without saying which ones.
fn sorted(violations: &[invariants::Violation]) -> Vec<String> {
    let mut counts: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for violation in violations {
        let label = violation.kind.kind().label;
        *counts.entry((label, violation.invariant)).or_default() += 1;
    }
    counts
        .into_iter()
        .map(|((label, invariant), count)| {
            format!("{label} {count} 条{}（{invariant}）。", broken(invariant))
        })
        .collect()
}

fn about(web_view: &str) -> String {
    let web_view = if web_view.is_empty() {
        "没有"
    } else {
        web_view
    };
    [
        format!("程序版本：{}", env!("CARGO_PKG_VERSION")),
        format!("操作系统：{}", system()),
        format!("网页组件：{web_view}"),
        format!("使用方式：{:?}", data_place().place),
    ]
    .join("\r\n")
}

fn pack(files: &[(String, Vec<u8>)]) -> zip::result::ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in files {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

#[cfg(test)]
mod tests;
