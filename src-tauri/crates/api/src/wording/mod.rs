//! Every sentence about something that did not work, in one place: what, where, what to do next.

mod cell;
mod exchange;
mod issue;
mod storage;

pub(crate) use cell::field_error;
pub(crate) use exchange::{exchange, report};
pub(crate) use issue::{finding, issue};
pub(crate) use storage::{read_only, storage};

use std::io::ErrorKind;
use std::path::Path;

use crate::{ApiError, ErrorCode};

/// A file that could not be written.
pub(crate) fn file_error(error: &std::io::Error, path: &Path) -> ApiError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ApiError::new(
            ErrorCode::DiskFull,
            "磁盘已满",
            format!("“{name}”没有写成，磁盘没有空间了。"),
            "请清理磁盘或换一个位置再保存。",
        ),
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => ApiError::new(
            ErrorCode::FileLocked,
            "不能写入这个文件",
            format!("“{name}”没有写成：没有写入权限，或者正在被其他程序（如 Excel、WPS）打开。"),
            "请关闭占用它的程序，或者换一个文件名再保存。",
        ),
        ErrorKind::NotFound => ApiError::new(
            ErrorCode::FileMissing,
            "找不到文件夹",
            format!("“{name}”所在的文件夹不存在，可能是 U 盘已拔出或文件夹已改名。"),
            "请换一个位置再保存。",
        ),
        _ => ApiError::new(
            ErrorCode::Io,
            "文件没有写成",
            format!("写“{name}”时磁盘出了问题。"),
            "请换一个位置再试一次。",
        ),
    }
}
