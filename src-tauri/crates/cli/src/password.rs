//! The password of an encrypted ledger: from a file or the environment, never from the command line,
//! where everybody on the machine could read it.

use std::path::Path;

use jiugai_api::{ApiError, Duty, ErrorCode, Session};

/// Where scripts put the password.
const VARIABLE: &str = "JIUGAI_PASSWORD";
/// Where scripts put who opens a ledger with divided work, and the PIN.
const DUTY: &str = "JIUGAI_DUTY";
const PIN: &str = "JIUGAI_PIN";

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

/// Hands the duty and its PIN, if both are there, to the session.
pub(crate) fn enter(
    session: &mut Session,
    duty: Option<Duty>,
    file: Option<&Path>,
) -> Result<(), ApiError> {
    let named = || Duty::from_label(&std::env::var(DUTY).unwrap_or_default());
    let pin = match file {
        Some(file) => read(file)?,
        None => std::env::var(PIN).unwrap_or_default(),
    };
    if let Some(duty) = duty.or_else(named)
        && !pin.is_empty()
    {
        session.enter_as(duty, &pin);
    }
    Ok(())
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
