//! Files that come to the program: dropped onto the window, or handed over by a second start.

use std::path::{Path, PathBuf};

use crate::ledger::EXTENSION;
use crate::wire::{IncomingFile, IncomingKind};
use crate::{ApiError, ErrorCode};

/// Workbooks that can be imported.
const WORKBOOKS: [&str; 7] = ["xlsx", "xlsm", "xls", "et", "ods", "csv", "txt"];

const CAN_BE_OPENED: &str = "能打开的是台账文件（.jgdb）和表格（.xlsx、.xls、.et、.ods、.csv）。";

/// What is to be done with these files: one ledger to be opened, or one workbook to be imported.
///
/// # Errors
/// `invalid` for anything else, `fileMissing`.
pub fn judge(paths: &[PathBuf]) -> Result<IncomingFile, ApiError> {
    let [path] = paths else {
        return Err(refused(
            "一次只能打开一个文件",
            format!("这次拖进来 {} 个文件，都没有打开。", paths.len()),
            "请一个一个地拖进来。".to_owned(),
        ));
    };
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    if path.is_dir() {
        return Err(refused(
            "这是一个文件夹",
            format!("“{name}”是文件夹，不是文件。"),
            format!("请打开文件夹，把里面的文件拖进来。{CAN_BE_OPENED}"),
        ));
    }
    if !path.exists() {
        return Err(ApiError::new(
            ErrorCode::FileMissing,
            "找不到文件",
            format!("“{name}”不在原来的位置，可能已移动、改名，或者 U 盘已拔出。"),
            "请找到这个文件再打开一次。",
        ));
    }
    let kind = if has_extension(path, &[EXTENSION]) {
        IncomingKind::Ledger
    } else if has_extension(path, &WORKBOOKS) {
        IncomingKind::Workbook
    } else {
        let next = if has_extension(path, &["jpg", "jpeg", "png", "webp", "heic", "pdf"]) {
            "照片和扫描件请先打开一条记录的“照片与附件”，再拖到那里。".to_owned()
        } else if has_extension(path, &["ett", "xlt", "xlsb", "numbers"]) {
            "请先用 WPS 或 Excel 打开它，另存为 .xlsx，再拖进来。".to_owned()
        } else {
            CAN_BE_OPENED.to_owned()
        };
        return Err(refused(
            "不认识这种文件",
            format!("“{name}”既不是台账，也不是可以导入的表格，没有打开。"),
            next,
        ));
    };
    Ok(IncomingFile {
        kind,
        path: path.to_string_lossy().into_owned(),
    })
}

fn has_extension(path: &Path, known: &[&str]) -> bool {
    path.extension().is_some_and(|extension| {
        known
            .iter()
            .any(|known| extension.eq_ignore_ascii_case(known))
    })
}

fn refused(title: &str, message: String, next_step: String) -> ApiError {
    ApiError::new(ErrorCode::Invalid, title, message, next_step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ledgers_and_workbooks_are_told_apart_and_the_rest_is_refused() {
        let folder = tempfile::tempdir().expect("temporary folder");
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, "x").expect("written");
            path
        };
        let kind = |path: PathBuf| judge(&[path]).map(|file| file.kind);
        assert_eq!(kind(file("我的 台账.JGDB")), Ok(IncomingKind::Ledger));
        assert_eq!(kind(file("摸底 & 汇总.xlsx")), Ok(IncomingKind::Workbook));
        assert_eq!(kind(file("旧表.xls")), Ok(IncomingKind::Workbook));

        let title = |paths: &[PathBuf]| judge(paths).expect_err("refused");
        let photo = title(&[file("照片.jpg")]);
        assert_eq!(photo.title, "不认识这种文件");
        assert!(photo.message.contains("照片.jpg") && photo.next_step.contains("照片与附件"));
        let other = title(&[file("压缩.rar")]);
        assert!(other.next_step.contains(".jgdb"), "{}", other.next_step);
        assert_eq!(kind(file("表.et")), Ok(IncomingKind::Workbook));
        assert!(title(&[file("表.xlsb")]).next_step.contains("另存为 .xlsx"));
        assert_eq!(title(&[folder.path().to_owned()]).title, "这是一个文件夹");
        assert_eq!(title(&[]).title, "一次只能打开一个文件");
        assert!(
            title(&[file("a.jgdb"), file("b.jgdb")])
                .message
                .contains("2 个文件")
        );
        let gone = title(&[folder.path().join("没有.jgdb")]);
        assert_eq!(gone.code, ErrorCode::FileMissing);
    }
}
