//! Failures of the superiors' forms.

use jiugai_exchange::form::FormError;
use jiugai_exchange::{ExchangeError, SeemsToBe};

use crate::{ApiError, ErrorCode};

fn form(error: &FormError) -> ApiError {
    let e =
        |code, title: &str, message: String, next: &str| ApiError::new(code, title, message, next);
    match error {
        FormError::OtherFormat
        | FormError::File(ExchangeError::NotAWorkbook {
            seems_to_be: SeemsToBe::BinaryWorkbook,
        }) => e(
            ErrorCode::NotAWorkbook,
            "这张表不是 .xlsx",
            "填表只能用 .xlsx 的表样，这个文件是别的格式（如 .xls、.et、.ods）。".to_owned(),
            "请用 Excel 或 WPS 打开它，“另存为”.xlsx 后再选。",
        ),
        FormError::File(ExchangeError::Encrypted) => e(
            ErrorCode::NotAWorkbook,
            "这张表加了打开密码",
            "加密的表样读不出来。".to_owned(),
            "请在 Excel 或 WPS 里取消打开密码，另存后再选。（只保护了工作表、不用密码就能打开的，可以直接用。）",
        ),
        FormError::File(ExchangeError::NotAWorkbook { .. }) => e(
            ErrorCode::NotAWorkbook,
            "这不是 Excel 表",
            "选的文件不是 .xlsx 工作簿。".to_owned(),
            "请选上级发来的 .xlsx 表样。",
        ),
        FormError::File(ExchangeError::Empty) => e(
            ErrorCode::NoTable,
            "这张表是空的",
            "工作簿里没有能填的工作表。".to_owned(),
            "请核对是不是选错了文件。",
        ),
        FormError::File(error @ ExchangeError::TooLarge { .. }) => {
            let told = super::exchange(error);
            e(
                told.code,
                "这张表太大",
                told.message,
                "表样通常只有几十 KB；请删掉多余的图片和工作表，另存后再选。",
            )
        }
        FormError::File(error) => super::exchange(error),
        FormError::NoSheet { sheet, place } => e(
            ErrorCode::Invalid,
            "表样里没有这张工作表了",
            format!(
                "要填的格子 {place} 在工作表“{sheet}”里，现在的表样里没有它，可能改了名。什么也没有写。"
            ),
            "请把工作表的名字改回去，或者重新指定要填的格子。",
        ),
        FormError::Formula { sheet, place } => e(
            ErrorCode::Invalid,
            "这一格是公式，不能填",
            format!("工作表“{sheet}”的 {place} 是表样自己的公式，填上就算不出来了。什么也没有写。"),
            "请去掉这一格的设置，改填公式用到的格子。",
        ),
    }
}

impl From<FormError> for ApiError {
    fn from(error: FormError) -> Self {
        form(&error)
    }
}
