//! Failures of workbooks and papers.

use jiugai_exchange::{ExchangeError, SeemsToBe};
use jiugai_report::ReportError;

use crate::{ApiError, ErrorCode};

pub(crate) fn exchange(error: &ExchangeError) -> ApiError {
    let e =
        |code, title: &str, message: String, next: &str| ApiError::new(code, title, message, next);
    match error {
        ExchangeError::NotAWorkbook { seems_to_be } => e(
            ErrorCode::NotAWorkbook,
            "这不是能读的 Excel 工作簿",
            format!("选的文件{}，台账没有改动。", seems(*seems_to_be)),
            "请用 Excel 或 WPS 打开它，“另存为”.xlsx 后再导入。",
        ),
        ExchangeError::Encrypted => e(
            ErrorCode::NotAWorkbook,
            "工作簿加了密码",
            "加密的工作簿读不出来，台账没有改动。".to_owned(),
            "请在 Excel 或 WPS 里取消打开密码，另存后再导入。",
        ),
        ExchangeError::Empty => e(
            ErrorCode::NoTable,
            "工作簿是空的",
            "里面一个有内容的格子也没有，台账没有改动。".to_owned(),
            "请核对是不是选错了文件。",
        ),
        ExchangeError::TooLarge { bytes, limit } => e(
            ErrorCode::NotAWorkbook,
            "文件太大",
            format!(
                "文件有 {} MB，超过 {} MB，没有读它，台账没有改动。",
                bytes.div_ceil(1 << 20),
                limit >> 20
            ),
            "摸底台账通常只有几百 KB；请删掉图片和多余的工作表，另存后再导入。",
        ),
        ExchangeError::TooManyCells { limit } => e(
            ErrorCode::NotAWorkbook,
            "表格太大",
            format!("有内容的格子超过 {limit} 个，没有读它，台账没有改动。"),
            "请按小区分成几个文件，再逐个导入。",
        ),
        ExchangeError::NoTable => e(
            ErrorCode::NoTable,
            "没有找到摸底表",
            "没有哪一行像表头（要有楼号、房号等栏目），台账没有改动。".to_owned(),
            "请核对是不是选错了文件；表头要写“楼号”“房号”。",
        ),
        ExchangeError::Damaged { .. } => e(
            ErrorCode::NotAWorkbook,
            "工作簿已损坏",
            "文件不完整，读不出来，台账没有改动。".to_owned(),
            "请用 Excel 或 WPS 打开并修复，另存后再导入；或者请对方重新发一份。",
        ),
        ExchangeError::Locked => e(
            ErrorCode::FileLocked,
            "文件正被其他程序打开",
            "Excel 或 WPS 独占着这个文件，读不到内容，台账没有改动。".to_owned(),
            "请在 Excel 或 WPS 里关闭它，再导入。",
        ),
        ExchangeError::NotFound => e(
            ErrorCode::FileMissing,
            "找不到文件",
            "文件不在了，可能被移动、改名，或者 U 盘已拔出。".to_owned(),
            "请重新选择文件。",
        ),
        ExchangeError::PermissionDenied => e(
            ErrorCode::FileLocked,
            "没有权限读这个文件",
            "系统不让读它，台账没有改动。".to_owned(),
            "请把它复制到桌面或“文档”里再导入。",
        ),
        ExchangeError::OwnerFile { workbook } => e(
            ErrorCode::NotAWorkbook,
            "选到了临时文件",
            format!("这是 Excel 打开“{workbook}”时的临时文件，里面没有数据。"),
            "请选择旁边真正的工作簿。",
        ),
        ExchangeError::NotAFile => e(
            ErrorCode::NotAWorkbook,
            "选的不是文件",
            "选到的是文件夹或设备。".to_owned(),
            "请选择一个 .xlsx 文件。",
        ),
        ExchangeError::Unreadable { .. } => e(
            ErrorCode::Io,
            "读文件时出了问题",
            "可能是 U 盘被拔出或网络断开，台账没有改动。".to_owned(),
            "请把文件复制到本机硬盘再导入。",
        ),
        ExchangeError::Unwritable { .. } => ApiError::internal(),
    }
}

fn seems(what: SeemsToBe) -> &'static str {
    match what {
        SeemsToBe::Html => "其实是网页（有的系统导出的 .xls 就是网页）",
        SeemsToBe::XmlSpreadsheet => "是 XML 表格",
        SeemsToBe::Pdf => "是 PDF",
        SeemsToBe::Picture => "是图片",
        SeemsToBe::Text => "是文本",
        SeemsToBe::WordDocument => "是 Word 文档",
        SeemsToBe::Presentation => "是演示文稿",
        SeemsToBe::OpenDocument => "是 .ods 表格",
        SeemsToBe::BinaryWorkbook => "是 .xlsb 二进制工作簿",
        SeemsToBe::Archive => "是压缩包",
        SeemsToBe::Database => "是数据库",
        SeemsToBe::Unknown => "认不出是什么",
    }
}

pub(crate) fn report(error: &ReportError) -> ApiError {
    match error {
        ReportError::FontsUnreadable { .. } | ReportError::FontMissing { .. } => ApiError::new(
            ErrorCode::Report,
            "缺少打印字体",
            "程序自带的字体文件不全，没有生成文件。",
            "请重新安装旧改一本账。",
        ),
        _ => ApiError::new(
            ErrorCode::Report,
            "文件没有生成",
            "排版时出了问题，台账没有改动。",
            "请再试一次；仍然不行，请检查备注里有没有特别的符号。",
        ),
    }
}
