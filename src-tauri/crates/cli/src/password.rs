//! The password of an encrypted ledger: from a file or the environment, never from the command line,
//! where everybody on the machine could read it.

use std::path::Path;

use jiugai_api::{ApiError, ErrorCode, Session};

/// Where scripts put the password.
const VARIABLE: &str = "JIUGAI_PASSWORD";

/// Hands the password, if there is one, to the session, and gives it.
pub(crate) fn offer(session: &mut Session, file: Option<&Path>) -> Result<String, ApiError> {
    let password = match file {
        Some(file) => read(file)?,
        None => std::env::var(VARIABLE).unwrap_or_default(),
    };
    if file.is_some() || !password.is_empty() {
        session.offer(&password)?;
    }
    Ok(password)
}

/// The first line of a file.
pub(crate) fn read(file: &Path) -> Result<String, ApiError> {
    let text = std::fs::read_to_string(file).map_err(|_| {
        ApiError::new(
            ErrorCode::FileMissing,
            "读不到密码文件",
            format!("“{}”打不开，或者不是文字。", file.display()),
            "请看看文件名；密码写在第一行。",
        )
    })?;
    Ok(text.lines().next().unwrap_or_default().to_owned())
}
