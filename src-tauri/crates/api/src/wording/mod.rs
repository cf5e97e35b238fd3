//! Every sentence about something that did not work, in one place: what, where, what to do next.

mod cell;
mod exchange;
mod form;
mod issue;
mod storage;

pub(crate) use cell::field_error;
pub(crate) use exchange::{exchange, report};
pub(crate) use issue::finding;
pub(crate) use storage::{place_warning, read_only, storage};

use std::io::ErrorKind;
use std::path::Path;

use jiugai_storage::WriteError;
use jiugai_storage::files::display;

use crate::{ApiError, ErrorCode};

/// A file that a person asked for and that was not written.
pub(crate) fn write_error(error: &WriteError, path: &Path) -> ApiError {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let e =
        |code, title: &str, message: String, next: &str| ApiError::new(code, title, message, next);
    match error {
        WriteError::Name(fault) => storage::bad_name(&name, fault),
        WriteError::TooLong => storage(&jiugai_storage::StorageError::PathTooLong),
        WriteError::NoFolder { folder } => e(
            ErrorCode::FileMissing,
            "找不到文件夹",
            format!(
                "“{name}”没有写成：“{}”不是一个能用的文件夹，可能已改名，或者 U 盘已拔出。",
                display(folder)
            ),
            "请换一个位置再保存。",
        ),
        WriteError::IsAFolder => e(
            ErrorCode::FileExists,
            "这个名字是一个文件夹",
            format!("“{name}”在这里是一个文件夹，不能写成文件。"),
            "请换一个文件名再保存。",
        ),
        WriteError::IsALedger => e(
            ErrorCode::FileExists,
            "这个名字是一本台账",
            format!("“{name}”是一本台账，没有用别的内容覆盖它。"),
            "请换一个文件名再保存。",
        ),
        WriteError::ReadOnlyFile => e(
            ErrorCode::FileLocked,
            "文件带有“只读”标记",
            format!("“{name}”是只读的，没有改动它。"),
            "请换一个文件名再保存，或者在文件属性里去掉“只读”。",
        ),
        WriteError::ReadOnlyFolder => e(
            ErrorCode::FileLocked,
            "这个文件夹不能写入",
            format!("“{name}”没有写成：这个文件夹或 U 盘不允许写入。"),
            "请换一个位置再保存，例如桌面或“文档”。",
        ),
        WriteError::Held => e(
            ErrorCode::FileLocked,
            "文件正被别的程序打开",
            format!("“{name}”正被 Excel、WPS 或别的程序打开，没有改动它。"),
            "请关闭后再试，或者换一个文件名保存。",
        ),
        WriteError::Full(_) => e(
            ErrorCode::DiskFull,
            "磁盘已满",
            format!("“{name}”没有写成，磁盘或 U 盘没有空间了；原来的文件没有改动。"),
            "请清理磁盘或换一个位置再保存。",
        ),
        WriteError::Medium(_) => e(
            ErrorCode::Io,
            "文件没有写成",
            format!("写“{name}”时磁盘出了问题，可能 U 盘被拔出或网络断开；原来的文件没有改动。"),
            "请检查磁盘或网络，或者换一个位置再试一次。",
        ),
    }
}

/// A folder that could not be made, or a file that could not be renamed.
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
